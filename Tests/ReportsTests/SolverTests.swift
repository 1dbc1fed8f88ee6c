import Engine
import Testing

@testable import Reports

/// Goal seeking on functions whose every value is known.
@Suite("Goal seeking")
struct SolverTests {
  /// A function of whole numbers with its decisions: what `decide` says is the same where the function goes on in one
  /// way.
  private func solve(
    _ range: ClosedRange<Int64>, _ target: Int64, _ comparison: GoalComparison = .equal, direction: Direction = .up,
    decide: @escaping (Int64) -> UInt64 = { _ in 0 }, _ f: @escaping (Int64) -> Int64?
  ) -> Solver.Solution {
    Solver.solve(range, target: target, comparison: comparison, amount: f) {
      Solver.Course(decisions: decide($0), direction: direction)
    }
  }

  private func values(_ solution: Solver.Solution) -> Set<Int64> { Set(solution.stretches.flatMap { Array($0) }) }

  @Test("finds the one value of a line, however long the range")
  func line() {
    let solution = solve(0...1_000_000_000_000, 7_000_035) { $0 * 7 }
    #expect(solution.stretches == [1_000_005...1_000_005])
    #expect(solution.isExact)
    #expect(solution.runs < 100)
  }

  @Test("says which values come nearest where none reaches the target")
  func nearest() {
    let solution = solve(0...1000, 50) { $0 * 7 }
    #expect(solution.stretches.isEmpty)
    #expect(solution.below?.value == 7 && solution.below?.amount == 49)
    #expect(solution.above?.value == 8 && solution.above?.amount == 56)
  }

  @Test("finds a whole stretch where a rounded amount stands still")
  func rounded() {
    let solution = solve(0...1000, 3) { $0 / 10 }
    #expect(solution.stretches == [30...39])
  }

  @Test(
    "finds every stretch of a step function that goes up and down",
    arguments: [GoalComparison.equal, .atMost, .atLeast])
  func steps(_ comparison: GoalComparison) {
    // Thresholds at 20, 50 and 51; between them the amount stands.
    func f(_ p: Int64) -> Int64 { p < 20 ? 500 : p < 50 ? 100 : p == 50 ? 500 : 0 }
    for target: Int64 in [0, 100, 300, 500] {
      let solution = solve(
        0...200, target, comparison, direction: .none, decide: { $0 < 20 ? 1 : $0 < 50 ? 2 : $0 == 50 ? 3 : 4 }, f)
      #expect(values(solution) == Set((0...200).filter { comparison.holds(f($0), target) }))
      #expect(solution.isExact)
    }
  }

  @Test("trusts no direction that the ends contradict")
  func mixed() {
    func f(_ p: Int64) -> Int64 { (p * 37) % 11 }
    let solution = solve(0...60, 5, direction: .mixed, f)
    #expect(values(solution) == Set((0...60).filter { f($0) == 5 }))
  }

  @Test("finds every value where rounding moves the amount the other way by a few", arguments: [0, 3, 5])
  func wavering(slack: Int64) {
    // Instalments, each rounded by itself.
    func f(_ p: Int64) -> Int64 { p / 2 + [0, slack, 1, slack / 2, 2][Int(p % 5)] }
    for comparison in [GoalComparison.equal, .atMost, .atLeast] {
      let solution = Solver.solve(0...20_000, target: 4_004, comparison: comparison, amount: f) { _ in
        Solver.Course(decisions: 0, direction: .up, slack: max(slack, 2))
      }
      #expect(values(solution) == Set((0...20_000).filter { comparison.holds(f($0), 4_004) }))
      #expect(solution.isExact)
      #expect(solution.runs < 400)
    }
  }

  @Test("looks everywhere before it gives up, and says that it was not exact")
  func notExact() {
    // A single step far up, of which nothing is known.
    let solution = solve(0...1_000_000_000, 2, .atLeast, direction: .mixed) { $0 < 900_000_000 ? 1 : 2 }
    #expect(!solution.isExact)
    // What was tried tells where it ends, and what stands now is tried.
    #expect(solution.stretches == [900_000_000...1_000_000_000])
    #expect(solution.runs <= Solver.limit + 100)
    let present: Int64 = 123_456_789
    let narrow = Solver.solve(
      0...1_000_000_000, target: 1, comparison: .equal, also: [present], amount: { $0 == present ? 1 : 0 }
    ) { _ in Solver.Course(decisions: 0, direction: .mixed) }
    #expect(narrow.stretches == [present...present] && !narrow.isExact)
  }

  @Test("passes over values at which there is no budget")
  func refused() {
    let solution = solve(0...100, 60, .atLeast, decide: { $0 > 70 ? 1 : 0 }) { $0 > 70 ? nil : $0 }
    #expect(solution.stretches == [60...70])
    #expect(solution.uncosted == [71...100])
    let within = solve(0...100, 60, .atLeast, decide: { $0 > 70 ? $0 > 80 ? 2 : 1 : 0 }) {
      (71...80).contains($0) ? nil : $0
    }
    #expect(within.uncosted == [71...80] && within.stretches == [60...70, 81...100] && within.isExact)
  }

  @Test("agrees with trying every value, for random step functions")
  func random() {
    var numbers = SeededNumbers(seed: 11)
    for _ in 0..<200 {
      // Thresholds cut the range; in each part the amount rises by a rate of its own.
      let cuts = (0..<4).map { _ in Int64(numbers.below(120)) }.sorted()
      let rates = (0..<5).map { _ in Int64(numbers.below(4)) }
      func part(_ p: Int64) -> Int { cuts.count { $0 <= p } }
      func f(_ p: Int64) -> Int64 { rates[part(p)] * p / 3 }
      let target = Int64(numbers.below(160))
      let comparison: GoalComparison = [.equal, .atMost, .atLeast][Int(numbers.below(3))]
      let solution = solve(0...119, target, comparison, decide: { UInt64(part($0)) }, f)
      #expect(values(solution) == Set((0...119).filter { comparison.holds(f($0), target) }))
    }
  }

  @Test("stops when it is told to, and says so")
  func cancelled() {
    var asked = 0
    let solution = Solver.solve(
      0...1000, target: 5, comparison: .equal,
      isCancelled: {
        asked += 1
        return asked > 3
      }, amount: { $0 }
    ) { Solver.Course(decisions: UInt64($0), direction: .up) }
    #expect(solution.isCancelled && !solution.isExact)
  }
}

@Suite("Numbers from a seed")
struct UncertaintyTests {
  @Test("are the same for the same seed and draw, and others for another")
  func seeds() {
    func first(_ seed: UInt64, _ draw: Int) -> UInt64 {
      var numbers = SeededNumbers(seed: seed, draw: draw)
      return numbers.next()
    }
    #expect(first(1, 5) == first(1, 5))
    #expect(Set((0..<100).map { first(1, $0) }).count == 100)
    #expect(first(1, 0) != first(2, 0))
    // No draw goes on where another has been.
    func some(_ draw: Int) -> Set<UInt64> {
      var numbers = SeededNumbers(seed: 9, draw: draw)
      return Set((0..<50).map { _ in numbers.next() })
    }
    #expect(Set((0..<40).flatMap { some($0) }).count == 2000)
  }

  @Test("stay within what a distribution allows, and about its middle")
  func spreads() {
    var numbers = SeededNumbers(seed: 3)
    let spreads: [(Spread, ClosedRange<Int64>, Int64)] = [
      (.uniform(100, 300), 100...300, 200), (.triangular(0, 300, 300), 0...300, 200),
      (.empirical([1, 1, 7, 7]), 1...7, 4),
      (.normal(mean: 1000, deviation: 10), 900...1100, 1000), (.fixed(5), 5...5, 5),
    ]
    for (spread, range, middle) in spreads {
      var sum: Int64 = 0
      for _ in 0..<4000 {
        let v = spread.draw(&numbers)
        #expect(range.contains(v))
        sum += v
      }
      #expect(abs(sum / 4000 - middle) <= max(1, (range.upperBound - range.lowerBound) / 25))
    }
    #expect(Spread.uniform(.min, .max).draw(&numbers, atLeast: 0, atMost: 10) <= 10)
    #expect(Spread.normal(mean: .max, deviation: .max).draw(&numbers, atMost: 9) <= 9)
  }

  @Test("sum up exactly: mean, quantiles, overspending with its error")
  func summary() throws {
    let summary = try #require(UncertaintySummary([10, 20, 30, 40], limit: 25))
    #expect(summary.mean == 25)
    #expect(summary.quantiles.map(\.total) == [10, 10, 10, 20, 30, 40, 40])
    #expect(summary.over == 2)
    let (p, error) = try #require(summary.overspending)
    #expect(p == 0.5 && error == 0.25)
    #expect(UncertaintySummary([], limit: nil) == nil)
    #expect(UncertaintySummary.bins([1, 1, 9], 4).map(\.count).reduce(0, +) == 3)
    #expect(UncertaintySummary.share(of: [1, 2, 3], in: [10, 20, 30]) > 0.999)
    #expect(UncertaintySummary.share(of: [1, 1, 1], in: [10, 20, 30]) == 0)
  }
}
