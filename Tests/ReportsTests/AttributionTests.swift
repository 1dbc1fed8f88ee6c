// An effect split over its changes: the average over all orders, worked out one order after another, and whole fen that
// add up.

import Testing

@testable import Reports

@Suite("An effect split over its changes")
struct AttributionTests {
  /// What sets of changes come to, by chance: nothing relates them.
  private func values(_ count: Int, seed: UInt64) -> [Int64] {
    var numbers = SeededNumbers(seed: seed)
    return (0..<(1 << count)).map { _ in Int64(numbers.below(2_000_000)) - 1_000_000 }
  }

  private func orders(_ count: Int) -> [[Int]] {
    if count == 0 { return [[]] }
    return orders(count - 1).flatMap { order in
      (0...order.count).map { at in Array(order[..<at]) + [count - 1] + Array(order[at...]) }
    }
  }

  @Test("it is the average over all orders, to the fen", arguments: 0...6)
  func bruteForce(count: Int) throws {
    for seed in 1...20 {
      let values = values(count, seed: UInt64(seed))
      let found = try #require(Attribution(count: count) { values[Int($0)] })
      let orders = orders(count)
      var sums = Array(repeating: Int64(0), count: count)
      for order in orders {
        var set = 0
        for i in order {
          sums[i] += values[set | 1 << i] - values[set]
          set |= 1 << i
        }
      }
      #expect(found.effect == values[values.count - 1] - values[0])
      #expect(found.parts.reduce(0) { $0 + $1.fen } == found.effect)
      #expect(found.method == .exact(runs: 1 << count))
      for i in 0..<count {
        let n = Int64(orders.count)
        let floor = Int64((Double(sums[i]) / Double(n)).rounded(.down))
        #expect(found.parts[i].fen == floor || found.parts[i].fen == floor + 1)
        #expect(found.parts[i].isRounded == (found.parts[i].fen != floor))
        #expect(found.parts[i].alone == values[1 << i] - values[0])
        #expect(found.parts[i].last == values[values.count - 1] - values[(values.count - 1) ^ (1 << i)])
      }
    }
  }

  @Test("the fen that are left over go to the largest remainders, of equal ones to the first")
  func remainders() throws {
    // Only all three together do anything: each gets a third of ten fen.
    let found = try #require(Attribution(count: 3) { $0 == 7 ? 10 : 0 })
    #expect(found.parts.map(\.fen) == [4, 3, 3])
    #expect(found.parts.map(\.isRounded) == [true, false, false])
    let below = try #require(Attribution(count: 3) { $0 == 7 ? -10 : 0 })
    #expect(below.parts.map(\.fen) == [-3, -3, -4])
  }

  @Test("changes that have nothing to do with each other get what they add by themselves", arguments: [5, 12, 15])
  func independent(count: Int) throws {
    let amounts = (0..<count).map { Int64($0 * $0 * 7 - 100) }
    let found = try #require(
      Attribution(count: count, orders: 20) { set in
        amounts.indices.reduce(0) { $0 + (set & (1 << UInt64($1)) != 0 ? amounts[$1] : 0) }
      })
    #expect(found.parts.map(\.fen) == amounts)
    #expect(found.parts.allSatisfy { $0.error == 0 && !$0.isRounded })
  }

  @Test("beyond twelve changes orders are drawn; the parts still add up, and lie within their errors")
  func sampled() throws {
    // Every pair together adds a fen times the product of their numbers: each change's part is half of its pairs.
    let count = 14
    func value(_ set: UInt64) -> Int64 {
      var sum: Int64 = 0
      for i in 0..<count where set & (1 << UInt64(i)) != 0 {
        for j in 0..<i where set & (1 << UInt64(j)) != 0 { sum += Int64((i + 1) * (j + 1) * 2) }
      }
      // Three of them only do something together.
      return sum + (set & 0b111 == 0b111 ? 9_000 : 0)
    }
    let found = try #require(Attribution(count: count, orders: 300, seed: 7) { value($0) })
    #expect(found.parts.reduce(0) { $0 + $1.fen } == value(UInt64(1 << count) - 1))
    guard case .sampled(600, let runs, 7) = found.method else {
      Issue.record("\(found.method)")
      return
    }
    #expect(runs <= 1 << count)
    let numbers = 1...count
    for i in numbers {
      let pairs = numbers.filter { $0 != i }.reduce(0) { $0 + Int64(i * $1) }
      let exact = pairs + (i <= 3 ? 3_000 : 0)
      let part = found.parts[i - 1]
      #expect(abs(part.fen - exact) <= part.error * 4 + 1, "\(i): \(part.fen), \(exact), \(part.error)")
    }
    #expect(found == Attribution(count: count, orders: 300, seed: 7) { value($0) })
  }

  @Test("split over groups as well it adds up both ways, no part a fen off where that can be", arguments: 2...5)
  func bothMargins(count: Int) throws {
    for seed in 1...60 {
      let groups = 1 + seed % 7
      let ofGroups = (0..<groups).map { values(count, seed: UInt64(seed * 100 + $0)).map { $0 % 50 } }
      let whole = try #require(Attribution(count: count) { set in ofGroups.reduce(0) { $0 + $1[Int(set)] } })
      let alone = try ofGroups.map { own in try #require(Attribution(count: count) { own[Int($0)] }) }
      let splits = BothMargins(alone, whole).splits
      for i in 0..<count {
        #expect(splits.reduce(0) { $0 + $1.parts[i].fen } == whole.parts[i].fen, "seed \(seed), change \(i)")
      }
      for (split, own) in zip(splits, alone) {
        #expect(split.parts.reduce(0) { $0 + $1.fen } == own.effect)
        #expect(zip(split.parts, own.parts).allSatisfy { abs($0.fen - $1.fen) <= 1 }, "seed \(seed)")
      }
    }
  }

  @Test("where a set has no value there is no split")
  func refused() {
    #expect(Attribution(count: 3) { $0 == 5 ? nil : 1 } == nil)
    #expect(Attribution(count: 61) { _ in 1 } == nil)
  }
}
