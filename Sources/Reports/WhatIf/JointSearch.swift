// Several figures at once: what a programme costs and whom it counts over every combination of their values. The values
// are cut into boxes until the programme decides alike at all corners of each. Every comparison flips at most once as
// one figure grows and the others stay, so that what is the same at the corners is the same throughout: the count is
// one for the whole box, the amount lies between those of two corners, and the best combination is one of corners.
// Knows nothing of parameters, of what an amount is made of, or of what is counted.

import Engine

/// The boxes of values of several figures over which a programme decides alike.
package struct JointSearch {
  /// What one combination of values comes to.
  package struct Point: Sendable, Equatable {
    /// A raw figure for each axis.
    package let values: [Int64]
    /// Fen.
    package let amount: Int64
    package let count: Int64

    /// What values come to.
    package init(values: [Int64], amount: Int64, count: Int64) {
      (self.values, self.amount, self.count) = (values, amount, count)
    }
  }

  /// Values over which everything is decided alike.
  package struct Cell: Sendable {
    package let ranges: [ClosedRange<Int64>]
    /// How many are counted, throughout.
    package let count: Int64
    /// A corner with the least amount, and one with the greatest; of several that whose values are least.
    package let low: Point
    package let high: Point
    /// Which way the amount moves along each axis.
    package let directions: [Direction]
    /// By how many fen amounts inside may lie beyond those of the corners, since their parts are rounded.
    package let slack: Int64
  }

  /// What was found.
  package struct Found: Sendable {
    package let cells: [Cell]
    /// Whether every combination has been accounted for.
    package let isExact: Bool
    /// Whether the search was stopped before its end.
    package let isCancelled: Bool
    /// How many combinations were run.
    package let runs: Int
    /// What they came to, where not every combination has been accounted for.
    var tried: [Point] = []
    /// The combinations that were run and have no budget, by their values.
    package var uncosted: [[Int64]] = []
  }

  /// More combinations than this are not run; the answer then says that it is not exact.
  package static let limit = 6_000

  private let point: ([Int64]) -> Point?
  private let course: ([Int64], Int) -> Solver.Course
  /// An amount that a box must not leave open: a box is cut where this lies within its slack.
  private let target: Int64?
  private var points: [[Int64]: Point?] = [:]
  private var courses: [Asked: Solver.Course] = [:]
  private var cells: [Cell] = []

  private struct Asked: Hashable {
    let values: [Int64]
    let axis: Int
  }

  /// Searches the values of some figures.
  ///
  /// - Parameters:
  ///   - ranges: raw figures, boxes with one range for each axis.
  ///   - target: an amount (fen) that is asked about, where one is.
  ///   - aim: what is wanted, where one is: a search that has to give up goes on from the best that it has run.
  ///   - start: values to go on from as well.
  ///   - point: what values come to; nil where there is no budget, since a measure refuses a fact.
  ///   - course: how the programme decides on the figure of an axis at some values, and which way amounts move with it.
  package static func search(
    _ ranges: [[ClosedRange<Int64>]], target: Int64?, aim: JointAim? = nil, from start: [Int64]? = nil,
    limit: Int = JointSearch.limit,
    isCancelled: () -> Bool = { false }, progress: (Double) -> Void = { _ in },
    point: @escaping ([Int64]) -> Point?, course: @escaping ([Int64], Int) -> Solver.Course
  ) -> Found {
    var search = JointSearch(point: point, course: course, target: target)
    // From the widest boxes on, so that a search that has to give up has looked everywhere.
    var boxes = ranges, at = 0, settled = 0.0
    let whole = boxes.reduce(0) { $0 + size($1) }
    var isStopped = false, gaveUp = false
    while at < boxes.count {
      isStopped = isCancelled()
      gaveUp = search.points.count > limit
      if isStopped || gaveUp { break }
      let box = boxes[at]
      at += 1
      if let axis = search.settle(box) {
        boxes += halves(box, axis)
      } else {
        settled += size(box)
        progress(settled / max(whole, 1))
      }
      if at > 1 << 14 {
        boxes.removeFirst(at)
        at = 0
      }
    }
    if gaveUp, let aim { search.climb(ranges, aim, from: start, isCancelled) }
    return Found(
      cells: search.cells, isExact: !isStopped && !gaveUp, isCancelled: isStopped, runs: search.points.count,
      tried: isStopped || gaveUp ? search.points.values.compactMap(\.self) : [],
      uncosted: search.points.filter { $0.value == nil }.keys.sorted { $0.lexicographicallyPrecedes($1) })
  }

  private init(
    point: @escaping ([Int64]) -> Point?, course: @escaping ([Int64], Int) -> Solver.Course, target: Int64?
  ) {
    self.point = point
    self.course = course
    self.target = target
  }

  // MARK: Going on

  /// How many runs it takes at most to go on from the best.
  private static let climbing = 600

  /// Changes one figure at a time, of the best that was run and of the values given, as long as that does better: to
  /// either end, or as far towards it as does better.
  private mutating func climb(
    _ boxes: [[ClosedRange<Int64>]], _ aim: JointAim, from start: [Int64]?, _ isCancelled: () -> Bool
  ) {
    let most = points.count + Self.climbing
    let best = points.values.compactMap(\.self).filter(aim.holds).min { aim.prefers($0, to: $1) }
    let own = start.flatMap { values in
      boxes.contains { box in zip(box, values).allSatisfy { $0.contains($1) } } ? at(values) : nil
    }
    for begin in [best, own].compactMap(\.self) where aim.holds(begin) {
      var now = begin
      var moved = true
      while moved {
        moved = false
        for axis in now.values.indices {
          for end in ends(boxes, axis, now.values[axis]) {
            guard points.count < most, !isCancelled() else { return }
            guard let further = towards(end, axis, now, aim) else { continue }
            (now, moved) = (further, true)
          }
        }
      }
    }
  }

  /// Where a figure may go: to the ends of its range, or to every value that stands alone.
  private func ends(_ boxes: [[ClosedRange<Int64>]], _ axis: Int, _ now: Int64) -> [Int64] {
    let ranges = boxes.map { $0[axis] }
    let alone = Set(ranges.filter { $0.count == 1 }.map(\.lowerBound))
    let around = ranges.filter { $0.contains(now) && $0.count > 1 }.flatMap { [$0.lowerBound, $0.upperBound] }
    return alone.union(around).filter { $0 != now }.sorted()
  }

  /// The furthest on the way to an end that does better; nil where nothing on it does.
  private mutating func towards(_ end: Int64, _ axis: Int, _ now: Point, _ aim: JointAim) -> Point? {
    func values(_ value: Int64) -> [Int64] {
      var values = now.values
      values[axis] = value
      return values
    }
    func ifBetter(_ value: Int64, than known: Point) -> Point? {
      guard let point = at(values(value)), aim.holds(point), aim.prefers(point, to: known) else { return nil }
      return point
    }
    if let point = ifBetter(end, than: now) { return point }
    var better: Point?
    var (near, far) = (now.values[axis], end)
    while true {
      let middle = near + (far - near) / 2
      if middle == near || middle == far { return better }
      if let point = ifBetter(middle, than: better ?? now) { (better, near) = (point, middle) } else { far = middle }
    }
  }

  // MARK: Boxes

  private static func size(_ box: [ClosedRange<Int64>]) -> Double { box.reduce(1) { $0 * (length($1) + 1) } }

  private static func length(_ range: ClosedRange<Int64>) -> Double {
    Double(range.upperBound) - Double(range.lowerBound)
  }

  private static func halves(_ box: [ClosedRange<Int64>], _ axis: Int) -> [[ClosedRange<Int64>]] {
    let (a, b) = (box[axis].lowerBound, box[axis].upperBound)
    let middle = a + (b - a) / 2
    var (first, second) = (box, box)
    first[axis] = a...middle
    second[axis] = middle + 1...b
    return [first, second]
  }

  private mutating func at(_ values: [Int64]) -> Point? {
    if let known = points[values] { return known }
    let found = point(values)
    points[values] = .some(found)
    return found
  }

  private mutating func goes(_ values: [Int64], _ axis: Int) -> Solver.Course {
    let asked = Asked(values: values, axis: axis)
    if let known = courses[asked] { return known }
    let found = course(values, axis)
    courses[asked] = found
    return found
  }

  /// Takes what a box holds, where its corners tell all about it.
  /// - Returns: the axis along which it has to be cut; nil: it is settled.
  private mutating func settle(_ box: [ClosedRange<Int64>]) -> Int? {
    let free = box.indices.filter { box[$0].lowerBound < box[$0].upperBound }
    let longest = free.max { Self.length(box[$0]) < Self.length(box[$1]) }
    let corners = Self.corners(box, free)
    let found = corners.map { at($0) }
    guard let longest else {
      if let only = found[0] { take(box, [only], box.map { _ in .none }, 0) }
      return nil
    }
    var directions = [Direction](repeating: .none, count: box.count)
    var slack: Int64 = 0
    for axis in free.sorted(by: { Self.length(box[$0]) > Self.length(box[$1]) }) {
      let pairs = corners.indices.filter { corners[$0][axis] == box[axis].lowerBound }
      for n in pairs {
        var other = corners[n]
        other[axis] = box[axis].upperBound
        let a = goes(corners[n], axis), b = goes(other, axis)
        guard a.direction != .mixed, a.leads(as: b), n == pairs[0] || a.direction == directions[axis] else {
          return axis
        }
        directions[axis] = a.direction
        if a.direction != .none { slack = max(slack, a.slack, b.slack) }
        if let x = at(corners[n]), let y = at(other), !Self.moves(x.amount, y.amount, a.direction, slack) {
          return axis
        }
      }
    }
    let known = found.compactMap(\.self)
    if known.isEmpty { return nil }
    guard known.count == found.count, known.allSatisfy({ $0.count == known[0].count }) else { return longest }
    if slack > 0, let target, known.contains(where: { ($0.amount - slack...$0.amount + slack).contains(target) }) {
      return longest
    }
    take(box, known, directions, slack)
    return nil
  }

  /// Whether an amount that goes from one to another moves as it is said to.
  private static func moves(_ from: Int64, _ to: Int64, _ direction: Direction, _ slack: Int64) -> Bool {
    switch direction {
    case .none: from == to
    case .up: to >= from - slack
    case .down: to <= from + slack
    case .mixed: false
    }
  }

  private mutating func take(
    _ box: [ClosedRange<Int64>], _ corners: [Point], _ directions: [Direction], _ slack: Int64
  ) {
    var (low, high) = (corners[0], corners[0])
    for one in corners.dropFirst() {
      let isLess = one.values.lexicographicallyPrecedes(low.values)
      if one.amount < low.amount || one.amount == low.amount && isLess { low = one }
      let isLessHere = one.values.lexicographicallyPrecedes(high.values)
      if one.amount > high.amount || one.amount == high.amount && isLessHere { high = one }
    }
    cells.append(
      Cell(ranges: box, count: low.count, low: low, high: high, directions: directions, slack: slack))
  }

  private static func corners(_ box: [ClosedRange<Int64>], _ free: [Int]) -> [[Int64]] {
    var corners = [box.map(\.lowerBound)]
    for axis in free {
      corners += corners.map { corner in
        var other = corner
        other[axis] = box[axis].upperBound
        return other
      }
    }
    return corners
  }
}

// MARK: - The best of them

/// What is wanted of combinations of values.
package enum JointAim: Sendable, Equatable {
  /// The most or the fewest counted, with an amount (fen) at most or at least so large.
  case count(most: Bool, amount: GoalComparison, Int64)
  /// The greatest or the least amount, with a count that stands so to a number.
  case amount(most: Bool, count: GoalComparison, Int64)

  /// Whether small amounts are looked for.
  var wantsLow: Bool {
    switch self {
    case .count(_, let comparison, _): comparison != .atLeast
    case .amount(let most, _, _): !most
    }
  }

  /// Whether the more are counted for an amount the better.
  package var isForMany: Bool {
    switch self {
    case .count(let most, _, _): most
    case .amount(let most, _, _): !most
    }
  }

  func holds(_ point: JointSearch.Point) -> Bool {
    switch self {
    case .count(_, let comparison, let target): comparison.holds(point.amount, target)
    case .amount(_, let comparison, let target): comparison.holds(point.count, target)
    }
  }

  /// Whether one point comes before another; of those that do equally well, that whose values are least.
  func prefers(_ a: JointSearch.Point, to b: JointSearch.Point) -> Bool {
    let amounts = wantsLow ? (a.amount, b.amount) : (-a.amount, -b.amount)
    let counts = isForMany ? (-a.count, -b.count) : (a.count, b.count)
    let (first, second) =
      switch self {
      case .count: (counts, amounts)
      case .amount: (amounts, counts)
      }
    if first.0 != first.1 { return first.0 < first.1 }
    if second.0 != second.1 { return second.0 < second.1 }
    return a.values.lexicographicallyPrecedes(b.values)
  }
}
