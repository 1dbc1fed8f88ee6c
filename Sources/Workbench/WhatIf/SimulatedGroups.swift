// What each group of a budget comes to over many draws: as things stand, on average, and between which amounts nine of
// ten draws lie. Knows nothing of what was drawn.

import Answers
import Diagnostics
import Reports
import View

/// A budget in groups, drawn many times.
struct SimulatedGroups: Sendable {
  private struct Row: Sendable {
    let group: GroupDraws.Group
    let base: Int64
    let summary: UncertaintySummary?

    func quantile(_ percent: Int) -> Int64? { summary?.quantiles.first { $0.percent == percent }?.total }
  }

  private let basis: Breakdown.Basis
  private let rows: [Row]

  /// - Parameter base: the budget as things stand.
  init(_ keys: [GroupKey], _ draws: GroupDraws, base: Budget) {
    let stated = Breakdown(base, by: keys)
    basis = stated.basis
    var amounts: [String: Int64] = [:]
    for group in stated.groups { amounts[group.key] = group.tally.total }
    rows = draws.groups.map { group in
      Row(group: group, base: amounts[group.key] ?? 0, summary: UncertaintySummary(group.totals, limit: nil))
    }
  }

  var relation: Relation {
    let both: ColumnHead.Faces = [.json, .csv]
    var relation = Relation(
      of: rows,
      [
        .id("group", basis.title, .essential) { $0.group.key }.shown { [Span($0.group.title, .name)] }.faces(both),
        .money("stated", Text("As things stand", zh: "按所列事实"), .useful) { $0.base }.faces(both),
        .money("mean", Text("Mean", zh: "均值"), .essential) { $0.summary?.mean }.faces(both),
        .money("q5", Text("5 %", zh: "5%"), .important) { $0.quantile(5) }.faces(both),
        .money("q50", Text("Median", zh: "中位数"), .important) { $0.quantile(50) }.faces(both),
        .money("q95", Text("95 %", zh: "95%"), .important) { $0.quantile(95) }.faces(both),
      ])
    relation.records = .programs
    return relation
  }

  func add(to record: inout Record) { record.add(["by": basis.datum, "groups": .rows(relation)]) }
}
