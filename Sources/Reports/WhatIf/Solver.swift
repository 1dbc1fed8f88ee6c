// Goal seeking: every value of a figure for which an amount stands as wanted to a target. Budgets are step functions,
// so the answer is a set of stretches, perhaps empty. It is exact: between two values at which the programme decides
// alike and its amounts move one way, the amount is monotone and a search by halves finds where it crosses; elsewhere
// the stretch is halved until its ends are neighbours. Knows nothing of parameters or of what an amount is made of.

import Engine

/// Finds the values that reach a target.
package struct Solver {
  /// How the programme decides at one value, and which way its amounts move there.
  package struct Course: Sendable, Equatable {
    /// A digest of every comparison that the figure takes part in.
    package let decisions: UInt64
    /// Which way amounts move as the figure grows.
    package let direction: Direction
    /// By how many fen at most the amount may move the other way all the same, since its parts are rounded.
    package let slack: Int64
    /// What the amount is made of, where each part of it moves one way by itself; nil where that cannot be told.
    package let parts: Parts?

    /// Amounts that each move one way by itself.
    package struct Parts: Sendable, Equatable {
      /// What is added up (fen).
      package let amounts: [Int64]
      /// A digest of everything that is reckoned, added up or not: where it is the same at two values, nothing moves
      /// between them.
      package let all: UInt64

      /// Amounts, beside what else is reckoned.
      package init(amounts: [Int64], all: UInt64) {
        self.amounts = amounts
        self.all = all
      }
    }

    /// Decisions with the direction they lead to.
    package init(decisions: UInt64, direction: Direction, slack: Int64 = 0, parts: Parts? = nil) {
      self.decisions = decisions
      self.direction = direction
      self.slack = slack
      self.parts = parts
    }

    func leads(as other: Course) -> Bool { decisions == other.decisions && direction == other.direction }
  }

  /// What was found.
  package struct Solution: Sendable {
    /// Stretches of values that do, ascending, in raw form; both ends included. Of a search that is not exact each
    /// value that was tried in them does, and none that was tried beside them.
    package let stretches: [ClosedRange<Int64>]
    /// The value whose amount (fen) comes nearest to the target from below, where nothing reaches it.
    package let below: (value: Int64, amount: Int64)?
    /// The value whose amount (fen) comes nearest to the target from above, where nothing reaches it.
    package let above: (value: Int64, amount: Int64)?
    /// What was searched.
    package let range: ClosedRange<Int64>
    /// Whether every value of the range has been accounted for.
    package let isExact: Bool
    /// Whether the search was stopped before its end.
    package let isCancelled: Bool
    /// How many times the programme was run.
    package let runs: Int
    /// Stretches of values at which there is no budget, ascending; of a search that is not exact each value that was
    /// tried in them has none.
    package let uncosted: [ClosedRange<Int64>]
  }

  /// More runs than this are not made; the answer then says that it is not exact.
  package static let limit = 20_000
  /// Of so many stretches between values that were tried the ends are looked for.
  private static let mostEnds = 50

  private let target: Int64
  private let comparison: GoalComparison
  private let amount: (Int64) -> Int64?
  private let course: (Int64) -> Course
  private let isCancelled: () -> Bool
  private var known: [Int64: Int64?] = [:]
  private var courses: [Int64: Course] = [:]
  private var found: [ClosedRange<Int64>] = []
  private var uncosted: [ClosedRange<Int64>] = []
  private var gaveUp = false

  /// Searches a range of raw figures.
  ///
  /// - Parameters:
  ///   - target: fen.
  ///   - also: values that a search which has to give up has looked at, too.
  ///   - amount: the amount at a value in fen; nil where there is no budget, since a measure refuses a fact.
  ///   - course: how the programme decides at a value. It costs more than an amount, and is asked for at the ends of
  ///     stretches only.
  ///   - step: how far values lie apart, from 0 on.
  package static func solve(
    _ range: ClosedRange<Int64>, by step: Int64, target: Int64, comparison: GoalComparison, also: [Int64] = [],
    isCancelled: @escaping () -> Bool = { false },
    progress: (Double) -> Void = { _ in }, amount: @escaping (Int64) -> Int64?, course: @escaping (Int64) -> Course
  ) -> Solution {
    let first = (range.lowerBound + step - 1) / step, last = range.upperBound / step
    if step == 1 || first > last {
      return solve(
        range, target: target, comparison: comparison, also: also, isCancelled: isCancelled, progress: progress,
        amount: amount, course: course)
    }
    let found = solve(
      first...last, target: target, comparison: comparison, also: also.filter { $0 % step == 0 }.map { $0 / step },
      isCancelled: isCancelled, progress: progress, amount: { amount($0 * step) }, course: { course($0 * step) })
    func times(_ range: ClosedRange<Int64>) -> ClosedRange<Int64> {
      range.lowerBound * step...range.upperBound * step
    }
    return Solution(
      stretches: found.stretches.map(times), below: found.below.map { ($0.value * step, $0.amount) },
      above: found.above.map { ($0.value * step, $0.amount) }, range: times(found.range), isExact: found.isExact,
      isCancelled: found.isCancelled, runs: found.runs, uncosted: found.uncosted.map(times))
  }

  /// The same where every raw figure is a value.
  package static func solve(
    _ range: ClosedRange<Int64>, target: Int64, comparison: GoalComparison, also: [Int64] = [],
    isCancelled: @escaping () -> Bool = { false },
    progress: (Double) -> Void = { _ in }, amount: @escaping (Int64) -> Int64?, course: @escaping (Int64) -> Course
  ) -> Solution {
    var solver = Solver(
      target: target, comparison: comparison, amount: amount, course: course, isCancelled: isCancelled)
    return solver.run(range, also, progress)
  }

  private init(
    target: Int64, comparison: GoalComparison, amount: @escaping (Int64) -> Int64?, course: @escaping (Int64) -> Course,
    isCancelled: @escaping () -> Bool
  ) {
    self.target = target
    self.comparison = comparison
    self.amount = amount
    self.course = course
    self.isCancelled = isCancelled
  }

  private mutating func at(_ value: Int64) -> Int64? {
    if let found = known[value] { return found }
    let found = amount(value)
    known[value] = .some(found)
    return found
  }

  private mutating func goes(_ value: Int64) -> Course {
    if let found = courses[value] { return found }
    let found = course(value)
    courses[value] = found
    return found
  }

  private mutating func run(
    _ range: ClosedRange<Int64>, _ also: [Int64], _ progress: (Double) -> Void
  ) -> Solution {
    // Where the target lies between the ends it is most likely to be met; the rest is gone through from the longest
    // stretch on, so that a search that has to give up has looked everywhere.
    var likely: [ClosedRange<Int64>] = [], others = [range], at = 0
    let length = Double(range.upperBound) - Double(range.lowerBound) + 1
    var stopped = false, settled = 0.0
    while let stretch = likely.popLast() ?? (at < others.count ? others[at] : nil) {
      if at < others.count, stretch == others[at] { at += 1 }
      if isCancelled() {
        stopped = true
        break
      }
      if known.count > Solver.limit {
        gaveUp = true
        break
      }
      let (a, b) = (stretch.lowerBound, stretch.upperBound)
      if settle(stretch) {
        settled += Double(b) - Double(a) + 1
        progress(settled / length)
        continue
      }
      let middle = a + (b - a) / 2
      let halves = [a...middle, min(middle + 1, b)...b]
      if let x = self.at(a), let y = self.at(b), min(x, y) <= target, target <= max(x, y) {
        likely += halves.reversed()
      } else {
        others += halves
      }
    }
    if gaveUp {
      for value in also where range.contains(value) { _ = self.at(value) }
      takeTried()
    }
    let stretches = Solver.joined(found)
    var below: (value: Int64, amount: Int64)?
    var above: (value: Int64, amount: Int64)?
    if stretches.isEmpty {
      for (value, found) in known.sorted(by: { $0.key < $1.key }) {
        guard let amount = found else { continue }
        if amount < target, below.map({ amount > $0.amount }) ?? true { below = (value, amount) }
        if amount > target, above.map({ amount < $0.amount }) ?? true { above = (value, amount) }
      }
    }
    return Solution(
      stretches: stretches, below: below, above: above, range: range, isExact: !gaveUp && !stopped,
      isCancelled: stopped, runs: known.count, uncosted: Solver.joined(uncosted))
  }

  /// Takes what a stretch holds, where its ends tell all about it.
  private mutating func settle(_ stretch: ClosedRange<Int64>) -> Bool {
    let (a, b) = (stretch.lowerBound, stretch.upperBound)
    let first = at(a)
    if a == b {
      take(a, first)
      return true
    }
    let last = at(b)
    if b - a == 1 {
      take(a, first)
      take(b, last)
      return true
    }
    let course = goes(a)
    let other = goes(b)
    if let parts = course.parts, let others = other.parts {
      let slack = max(course.slack, other.slack)
      return course.decisions == other.decisions && settle(stretch, parts, others, first, last, slack: slack)
    }
    guard course.direction != .mixed, course.leads(as: other) else { return false }
    guard let x = first, let y = last else { return isUncosted(stretch, first, last) }
    let slack = course.direction == .none ? 0 : max(course.slack, other.slack)
    if slack > 0 { return settle(stretch, within: min(x, y) - slack...max(x, y) + slack) }
    switch course.direction {
    case .none: if x != y { return false }
    case .up: if x > y { return false }
    case .down: if x < y { return false }
    case .mixed: return false
    }
    if x == y {
      if comparison.holds(x, target) { found.append(stretch) }
      return true
    }
    // The amount is monotone: where it first reaches the target and where it first goes beyond it.
    let rises = x < y
    let target = self.target
    let reaches = boundary(stretch) { rises ? $0 >= target : $0 <= target }
    let passes = boundary(stretch) { rises ? $0 > target : $0 < target }
    let interval: (Int64, Int64)
    switch (comparison, rises) {
    case (.equal, _): interval = (reaches, passes - 1)
    case (.atMost, true), (.atLeast, false): interval = (a, passes - 1)
    case (.atMost, false), (.atLeast, true): interval = (reaches, b)
    }
    if interval.0 <= interval.1 { found.append(interval.0...interval.1) }
    return true
  }

  /// Takes a value with its amount, where it has one.
  private mutating func take(_ value: Int64, _ amount: Int64?) {
    if let amount {
      if comparison.holds(amount, target) { found.append(value...value) }
    } else {
      uncosted.append(value...value)
    }
  }

  /// Whether a stretch over which everything is decided alike has no budget at either end, and so nowhere.
  private mutating func isUncosted(_ stretch: ClosedRange<Int64>, _ first: Int64?, _ last: Int64?) -> Bool {
    guard first == nil, last == nil else { return false }
    uncosted.append(stretch)
    return true
  }

  // MARK: Giving up

  /// Takes what the values tried tell: stretches in which each of them does, up to where the next does not.
  private mutating func takeTried() {
    let tried = known.keys.sorted()
    var does: [Bool] = []
    for value in tried { does.append(self.does(value)) }
    takeUncosted(tried)
    var looked = 0
    var i = 0
    while i < tried.count {
      guard does[i] else {
        i += 1
        continue
      }
      var j = i
      while j + 1 < tried.count, does[j + 1] { j += 1 }
      var (low, high) = (tried[i], tried[j])
      if looked < Solver.mostEnds {
        looked += 1
        if i > 0 { low = end(from: low, to: tried[i - 1]) }
        if j + 1 < tried.count { high = end(from: high, to: tried[j + 1]) }
      }
      found.append(low...high)
      i = j + 1
    }
  }

  /// Stretches of values tried of which none has a budget.
  private mutating func takeUncosted(_ tried: [Int64]) {
    var first: Int64?
    for (i, value) in tried.enumerated() {
      guard at(value) == nil else {
        first = nil
        continue
      }
      if first == nil { first = value }
      if let first, i + 1 == tried.count || at(tried[i + 1]) != nil { uncosted.append(first...value) }
    }
  }

  /// A value that does beside one that does not, between two such.
  private mutating func end(from first: Int64, to last: Int64) -> Int64 {
    var (inside, outside) = (first, last)
    while abs(outside - inside) > 1, !isCancelled() {
      let middle = inside + (outside - inside) / 2
      if does(middle) { inside = middle } else { outside = middle }
    }
    return inside
  }

  private mutating func does(_ value: Int64) -> Bool { at(value).map { comparison.holds($0, target) } ?? false }

  /// Takes a stretch whose amounts lie within bounds, where these tell that all of it does or none.
  private mutating func settle(_ stretch: ClosedRange<Int64>, within amounts: ClosedRange<Int64>) -> Bool {
    let (low, high) = (amounts.lowerBound, amounts.upperBound)
    switch comparison {
    case .equal: return !amounts.contains(target)
    case .atMost:
      if high <= target { found.append(stretch) }
      return high <= target || low > target
    case .atLeast:
      if low >= target { found.append(stretch) }
      return low >= target || high < target
    }
  }

  /// Takes a stretch over which every part of the amount moves one way by itself: the amount lies between the sums of
  /// the parts' lower and higher ends.
  private mutating func settle(
    _ stretch: ClosedRange<Int64>, _ parts: Course.Parts, _ others: Course.Parts, _ first: Int64?, _ last: Int64?,
    slack: Int64
  ) -> Bool {
    guard let x = first, let y = last else { return isUncosted(stretch, first, last) }
    guard parts.amounts.count == others.amounts.count else { return false }
    if parts.all == others.all, x == y {
      if comparison.holds(x, target) { found.append(stretch) }
      return true
    }
    var falls: Int64 = 0, rises: Int64 = 0
    for (a, b) in zip(parts.amounts, others.amounts) {
      if b < a { falls &+= a &- b } else { rises &+= b &- a }
    }
    return settle(stretch, within: x &- falls &- slack...x &+ rises &+ slack)
  }

  /// The first value of a stretch for which a test on the amount holds, which holds from there on; behind its end when
  /// it holds nowhere.
  private mutating func boundary(_ stretch: ClosedRange<Int64>, _ test: (Int64) -> Bool) -> Int64 {
    // Mostly the ends tell: they are known.
    if let amount = at(stretch.lowerBound), test(amount) { return stretch.lowerBound }
    if let amount = at(stretch.upperBound), !test(amount) { return stretch.upperBound + 1 }
    var (low, high) = (stretch.lowerBound, stretch.upperBound + 1)
    while low < high {
      let middle = low + (high - low) / 2
      if let amount = at(middle), test(amount) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func joined(_ stretches: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    var out: [ClosedRange<Int64>] = []
    for stretch in stretches.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = out.last, last.upperBound >= stretch.lowerBound - 1 {
        out[out.count - 1] = last.lowerBound...max(last.upperBound, stretch.upperBound)
      } else {
        out.append(stretch)
      }
    }
    return out
  }
}
