// Quotas: first come first served, and as many as possible, against trying every set.
import Testing

@testable import Engine

/// A small generator of pseudo-random numbers with a seed.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var x = state
    x ^= x >> 33
    x = x &* 0xff51_afd7_ed55_8ccd
    return x ^ (x >> 29)
  }
}

@Suite("Quotas")
struct AllocationTests {
  @Test("Filing order takes each candidate while every quota has room")
  func filingOrder() {
    let enterprise = Quota(groups: [0, 0, 0, 1], capacities: [2, 2])
    let county = Quota(groups: [0, 1, 1, 0], capacities: [1, 2])
    #expect(Allocation.inOrder(count: 4, [enterprise, county]) == [true, true, false, false])
  }

  @Test("The maximum is not the first come")
  func exchange() {
    // The first candidate blocks both others when it is taken.
    let enterprise = Quota(groups: [0, 0, 1], capacities: [1, 1])
    let county = Quota(groups: [0, 1, 0], capacities: [1, 1])
    #expect(Allocation.inOrder(count: 3, [enterprise, county]) == [true, false, false])
    #expect(Allocation.maximum(count: 3, enterprise, county) == [false, true, true])
  }

  @Test("The maximum is the first in filing order of all largest sets", arguments: 0..<400)
  func bruteForce(seed: Int) {
    var dice = Dice(state: UInt64(seed) &* 77 &+ 5)
    let n = Int.random(in: 1...9, using: &dice)
    func quota() -> Quota {
      let groups = Int.random(in: 1...4, using: &dice)
      return Quota(
        groups: (0..<n).map { _ in Int.random(in: 0..<groups, using: &dice) },
        capacities: (0..<groups).map { _ in Int.random(in: 0...3, using: &dice) })
    }
    let a = quota(), b = quota()
    var best: [Bool] = []
    var size = -1
    for bits in 0..<(1 << n) {
      // Bit 0 stands for the last candidate, so that larger numbers come first in filing order.
      let set = (0..<n).map { bits >> (n - 1 - $0) & 1 == 1 }
      let fits = [a, b].allSatisfy { q in
        q.capacities.indices.allSatisfy { g in (0..<n).filter { set[$0] && q.groups[$0] == g }.count <= q.capacities[g]
        }
      }
      guard fits else { continue }
      let count = set.filter { $0 }.count
      if count > size || (count == size && bits > best.reduce(0) { $0 << 1 | ($1 ? 1 : 0) }) {
        size = count
        best = set
      }
    }
    #expect(Allocation.maximum(count: n, a, b) == best)
  }
}

@Suite("Truth in four bits")
struct TruthTests {
  static let values: [UInt8] = [Truth.no, Truth.unknown, Truth.yes]

  @Test("Conjunction, disjunction and negation are Kleene's", arguments: values, values)
  func kleene(a: UInt8, b: UInt8) {
    func rank(_ t: UInt8) -> Int { t == Truth.no ? 0 : t == Truth.unknown ? 1 : 2 }
    #expect(rank(a & b) == min(rank(a), rank(b)))
    #expect(rank(a | b) == max(rank(a), rank(b)))
    #expect(rank(Truth.not(a)) == 2 - rank(a))
  }

  @Test("What is governed elsewhere would hold otherwise, and does not here")
  func elsewhere() {
    #expect(!Truth.holds(Truth.elsewhere))
    #expect(Truth.isElsewhere(Truth.elsewhere))
    #expect(Truth.isElsewhere(Truth.elsewhere & Truth.yes))
    #expect(!Truth.isElsewhere(Truth.elsewhere & Truth.no))
    // Unknown and governed elsewhere: not paid here either way.
    #expect(!Truth.isElsewhere(Truth.elsewhere & Truth.unknown))
    #expect(!Truth.isUnknown(Truth.elsewhere & Truth.unknown))
  }

  @Test("Any number of quotas, against trying every set", arguments: 0..<200)
  func several(seed: Int) {
    var dice = Dice(state: UInt64(seed) &* 131 &+ 9)
    let n = Int.random(in: 1...9, using: &dice)
    var quotas: [Quota] = []
    for _ in 0..<Int.random(in: 2...4, using: &dice) {
      let groups = Int.random(in: 1...4, using: &dice)
      quotas.append(
        Quota(
          groups: (0..<n).map { _ in Int.random(in: 0..<groups, using: &dice) },
          capacities: (0..<groups).map { _ in Int.random(in: 0...3, using: &dice) }))
    }
    var best: [Bool] = []
    var size = -1
    // Larger numbers come first in filing order, so that the first of a size stays.
    for bits in (0..<(1 << n)).reversed() {
      let set = (0..<n).map { bits >> (n - 1 - $0) & 1 == 1 }
      let fits = quotas.allSatisfy { q in
        q.capacities.indices.allSatisfy { g in
          (0..<n).count { set[$0] && q.groups[$0] == g } <= q.capacities[g]
        }
      }
      let count = set.count { $0 }
      if fits, count > size { (best, size) = (set, count) }
    }
    let found = Allocation.most(count: n, quotas)
    #expect(found.taken == best)
    #expect(found.more == 0)
  }

  @Test("A search that is given up says how many more there could be")
  func givenUp() {
    // Three crossing quotas over many candidates, one seat in each group.
    let n = 400
    var dice = Dice(state: 3)
    let quotas = (0..<3).map { _ in
      Quota(
        groups: (0..<n).map { _ in Int.random(in: 0..<60, using: &dice) },
        capacities: Array(repeating: 1, count: 60))
    }
    let found = Allocation.most(count: n, quotas)
    #expect(found.taken == Allocation.inOrder(count: n, quotas) || found.more == 0)
    #expect(found.taken.count { $0 } + found.more <= 60)
  }
}
