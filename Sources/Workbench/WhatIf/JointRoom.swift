// What the figures of the best combination could be besides: the values of each that do as well, the others staying.

import Engine
import Reports
import Sessions

extension JointFind {
  /// The values of one figure that do as well, the others being as they are.
  struct Room: Sendable {
    /// The stretch in which the value itself lies.
    let around: ClosedRange<Int64>
    /// What else does, apart from it.
    let others: [ClosedRange<Int64>]
    /// Whether every value of the range is accounted for.
    let isExact: Bool
  }

  /// More combinations than this are not run for one figure's room.
  private static let roomLimit = 1_500

  /// The values of one figure that count as many and hold the condition, or come to the same where the amount is what
  /// is sought; the other figures stay.
  func room(_ best: JointSearch.Point, _ axis: Int) -> Room {
    let own = best.values[axis]
    func box(_ range: ClosedRange<Int64>) -> [ClosedRange<Int64>] {
      best.values.indices.map { $0 == axis ? range : best.values[$0]...best.values[$0] }
    }
    let ranges = axes[axis].varied.isReading ? axes[axis].range.map { $0...$0 } : [axes[axis].range]
    let found = search(ranges.map(box), limit: Self.roomLimit) { _ in }
    var isExact = found.isExact
    var stretches: [ClosedRange<Int64>] = []
    for cell in found.cells {
      let (doing, isWhole) = doing(as: best, in: cell, axis)
      stretches += doing
      isExact = isExact && isWhole
    }
    let joined = Self.joined(stretches + [own...own])
    let around = joined.first { $0.contains(own) } ?? own...own
    return Room(around: around, others: joined.filter { $0 != around }, isExact: isExact)
  }

  /// Stretches in order, those that touch each other as one.
  private static func joined(_ stretches: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
    stretches.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, next in
      guard let last = joined.last, next.lowerBound <= last.upperBound + 1 else {
        joined.append(next)
        return
      }
      joined[joined.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
    }
  }

  /// The values of a box along one axis that do as well, and whether all of it was looked at.
  private func doing(
    as best: JointSearch.Point, in cell: JointSearch.Cell, _ axis: Int
  ) -> ([ClosedRange<Int64>], isExact: Bool) {
    let comparison: GoalComparison, target: Int64
    switch aim {
    case .count(_, let sign, let amount):
      guard cell.count == best.count else { return ([], true) }
      (comparison, target) = (sign, amount)
    case .amount(_, let sign, let count):
      guard sign.holds(cell.count, count) else { return ([], true) }
      (comparison, target) = (.equal, best.amount)
    }
    if cell.directions[axis] == .none {
      return (comparison.holds(cell.low.amount, target) ? [cell.ranges[axis]] : [], true)
    }
    func values(_ raw: Int64) -> [Int64] {
      var values = best.values
      values[axis] = raw
      return values
    }
    let found = Solver.solve(
      cell.ranges[axis], target: target, comparison: comparison, isCancelled: session.isCancelled,
      amount: { raw in session.budgetLedger(inquiry, settings(values(raw))).map { goal.amount($0) } },
      course: { raw in course(values(raw), axis) })
    return (found.stretches, found.isExact)
  }
}
