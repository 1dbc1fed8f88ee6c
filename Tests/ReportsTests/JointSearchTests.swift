import Engine
import Testing

@testable import Reports

/// Several figures at once, on programmes whose every combination is known.
@Suite("Several figures at once")
struct JointSearchTests {
  /// Groups of so many: a group of at least `threshold` is counted and brings `rate` for each of it; `bonus` makes
  /// groups look larger than they are, so that two figures decide one comparison.
  struct Groups {
    let sizes: [Int64]
    let hasBonus: Bool

    func passes(_ size: Int64, _ values: [Int64]) -> Bool { size + (hasBonus ? values[2] : 0) >= values[1] }

    func point(_ values: [Int64]) -> JointSearch.Point {
      let count = sizes.filter { passes($0, values) }.reduce(0, +)
      return JointSearch.Point(values: values, amount: count * values[0] + (hasBonus ? values[2] * 7 : 0), count: count)
    }

    func course(_ values: [Int64], _ axis: Int) -> Solver.Course {
      if axis == 0 { return Solver.Course(decisions: 0, direction: .up) }
      let decisions = sizes.enumerated().reduce(UInt64(0)) {
        $0 | (passes($1.element, values) ? 1 << UInt64($1.offset) : 0)
      }
      return Solver.Course(decisions: decisions, direction: axis == 2 ? .up : .none)
    }

    func search(_ ranges: [ClosedRange<Int64>], limit: Int = JointSearch.limit) -> JointSearch.Found {
      JointSearch.search([ranges], target: nil, limit: limit, point: point, course: course)
    }

    /// Every combination.
    func grid(_ ranges: [ClosedRange<Int64>]) -> [JointSearch.Point] {
      ranges.reduce([[]]) { all, range in all.flatMap { one in range.map { one + [$0] } } }.map(point)
    }
  }

  private func groups(_ seed: Int, bonus: Bool) -> (Groups, [ClosedRange<Int64>]) {
    var numbers = SeededNumbers(seed: 11, draw: seed)
    let sizes = (0..<6).map { _ in Int64(numbers.below(14)) }
    let ranges: [ClosedRange<Int64>] = [Int64(numbers.below(5))...17, 0...15] + (bonus ? [0...5] : [])
    return (Groups(sizes: sizes, hasBonus: bonus), ranges)
  }

  @Test("the best is what going through the whole grid finds", arguments: 0..<12, [false, true])
  func best(seed: Int, bonus: Bool) throws {
    let (groups, ranges) = groups(seed, bonus: bonus)
    let found = groups.search(ranges), grid = groups.grid(ranges)
    #expect(found.isExact && found.runs <= grid.count)
    for target: Int64 in [0, 60, 200, 400, 10_000] {
      let aims: [JointAim] = [
        .count(most: true, amount: .atMost, target), .count(most: false, amount: .atMost, target),
        .count(most: true, amount: .atLeast, target), .count(most: false, amount: .atLeast, target),
        .amount(most: false, count: .atLeast, target / 10), .amount(most: true, count: .atMost, target / 10),
        .amount(most: false, count: .equal, target / 10),
      ]
      for aim in aims {
        let wanted = grid.filter(aim.holds).min { aim.prefers($0, to: $1) }
        let best = found.best(aim)
        #expect(best?.amount == wanted?.amount && best?.count == wanted?.count, "\(aim)")
        if let best { #expect(groups.point(best.values) == best && aim.holds(best)) }
      }
    }
  }

  @Test("of those that do equally well the nearest to what there is is the best", arguments: 0..<12, [false, true])
  func nearest(seed: Int, bonus: Bool) throws {
    let (groups, ranges) = groups(seed, bonus: bonus)
    let found = groups.search(ranges), grid = groups.grid(ranges)
    let now: [Int64] = bonus ? [9, 7, 2] : [9, 7]
    for aim: JointAim in [.count(most: true, amount: .atMost, 200), .amount(most: false, count: .atLeast, 10)] {
      guard let best = found.best(aim, near: now), let least = found.best(aim) else { continue }
      #expect(best.amount == least.amount && best.count == least.count && groups.point(best.values) == best)
      #expect(grid.contains(best))
      // As many figures stay as they are as in any other that only moves what decides nothing.
      #expect(zip(best.values, now).count(where: ==) >= zip(least.values, now).count(where: ==))
      #expect(found.frontier(aim, near: now).map(\.amount) == found.frontier(aim).map(\.amount))
    }
    let same = Groups(sizes: [5, 9], hasBonus: false).search([3...3, 0...20])
    #expect(same.best(.count(most: true, amount: .atMost, 100), near: [3, 7])?.values == [3, 5])
    #expect(same.best(.count(most: true, amount: .atMost, 100), near: [3, 2])?.values == [3, 2])
  }

  @Test("the frontier has what no combination betters, and nothing else", arguments: 0..<12)
  func frontier(seed: Int) {
    let (groups, ranges) = groups(seed, bonus: false)
    let grid = groups.grid(ranges)
    let aim = JointAim.count(most: true, amount: .atMost, 100)
    let frontier = groups.search(ranges).frontier(aim)
    let wanted = grid.filter { one in
      !grid.contains {
        $0.amount <= one.amount && $0.count >= one.count && ($0.amount, $0.count) != (one.amount, one.count)
      }
    }
    #expect(Set(frontier.map { [$0.amount, $0.count] }) == Set(wanted.map { [$0.amount, $0.count] }))
    #expect(frontier.map(\.amount) == frontier.map(\.amount).sorted())
  }

  @Test("boxes hold what they are said to hold", arguments: 0..<6)
  func cells(seed: Int) {
    let (groups, ranges) = groups(seed, bonus: true)
    let found = groups.search(ranges)
    for cell in found.cells {
      for point in groups.grid(cell.ranges) {
        #expect(point.count == cell.count && (cell.low.amount...cell.high.amount).contains(point.amount))
      }
    }
    let size = found.cells.reduce(0) { $0 + $1.ranges.reduce(1) { $0 * $1.count } }
    #expect(size == ranges.reduce(1) { $0 * $1.count })
  }

  @Test("long ranges take few runs where little is decided")
  func long() {
    let groups = Groups(sizes: [80, 120, 120, 400], hasBonus: false)
    let found = groups.search([0...1_000_000_000, 0...1_000_000])
    #expect(found.isExact && found.runs < 400)
    #expect(found.best(.count(most: true, amount: .atMost, 3_000_000))?.count == 720)
  }

  @Test("a search that has to give up says so, and what it found is there")
  func limit() throws {
    let groups = Groups(sizes: [3, 5, 8, 11], hasBonus: true)
    let found = groups.search([0...9, 0...15, 0...9], limit: 40)
    #expect(!found.isExact && !found.isCancelled)
    for cell in found.cells { #expect(groups.point(cell.low.values) == cell.low) }
  }

  @Test("a search that has to give up goes on from the best that it has run, one figure at a time")
  func climbing() {
    let aim = JointAim.count(most: true, amount: .atMost, 650)
    let ranges: [ClosedRange<Int64>] = [0...1_000_000, 0...1_000_000]
    func best(_ aim: JointAim?) -> JointSearch.Point? {
      JointSearch.search(
        [ranges], target: nil, aim: aim, limit: 12,
        point: { JointSearch.Point(values: $0, amount: $0[0], count: $0[0]) },
        course: { values, _ in Solver.Course(decisions: 0, direction: .mixed) }
      ).best(.count(most: true, amount: .atMost, 650))
    }
    #expect(best(aim)?.count == 650)
    #expect(best(nil)?.count != 650)
  }

  @Test("where there is no budget nothing is found, and a box that has one in part is cut")
  func none() {
    let found = JointSearch.search(
      [[0...9, 0...9]], target: nil,
      point: { $0[0] > 6 ? nil : JointSearch.Point(values: $0, amount: $0[1], count: 1) },
      course: { values, axis in Solver.Course(decisions: 0, direction: axis == 1 ? .up : .none) })
    #expect(found.isExact)
    #expect(found.best(.amount(most: true, count: .equal, 1))?.amount == 9)
    #expect(found.cells.allSatisfy { $0.ranges[0].upperBound <= 6 })
    #expect(!found.uncosted.isEmpty && found.uncosted.allSatisfy { $0[0] > 6 })
    let nothing = JointSearch.search(
      [[0...9]], target: nil, point: { _ in nil }, course: { _, _ in Solver.Course(decisions: 0, direction: .up) })
    #expect(nothing.isExact && nothing.cells.isEmpty)
  }

  @Test("rounded amounts that leave a target open are looked at one by one")
  func slack() {
    func point(_ values: [Int64]) -> JointSearch.Point {
      JointSearch.Point(values: values, amount: values[0] / 3 * 3 - values[0] % 3, count: 1)
    }
    for target: Int64 in 0...20 {
      let found = JointSearch.search(
        [[0...20]], target: target, point: point,
        course: { _, _ in Solver.Course(decisions: 0, direction: .up, slack: 3) })
      let aim = JointAim.count(most: true, amount: .atLeast, target)
      let wanted = (0...20).map { point([$0]) }.contains(where: aim.holds)
      #expect((found.best(aim) != nil) == wanted)
    }
  }
}
