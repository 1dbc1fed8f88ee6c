// What only the first few of a group are paid, in SQL: whose group or place is not known is left open and is none of
// them; where it is not known how many there are, or two numbers are said, the whole group is left open.
import Diagnostics
import Facts
import PolicyLanguage

extension MeasureSQL {
  /// The first few frames of each group, or those less than so many beyond the first.
  func onlyFirst(
    _ all: String, _ limit: Typed, _ inSuccession: Bool, _ keyTexts: [Typed], _ by: Typed
  ) throws(EmissionRefusal) -> String {
    let rank = inSuccession ? "rank" : "compared_rank"
    let keyed = try keyed(keys(keyTexts) + [(rank, by), ("most", limit)])
    let free = try isFree(keys(keyTexts))
    var last = try setAside(all, [keyTexts])
    if try canBeOpen([by]) {
      let isOpen = free == "FALSE" ? "k.\(rank)_unknown" : "(k.\(rank)_unknown AND NOT \(SQLLogic.wrapped(free)))"
      last = leftOpen(last, by: keyed, where: isOpen, "Whose place nobody knows is none of the first · 先后依据未填者不在其内")
    }
    let figure = try e.figure(limit, framePlace(frameScope("judged")))
    // Whoever says no number says any.
    let most = figure.isSure ? "k.most" : "coalesce(k.most, 9223372036854775807)"
    let ranked = try ranked(keyed, rank, by, keyTexts.count, free, most)
    if !SQLLogic.isNumber(figure.sql) {
      last = leftOpen(
        last, by: marked(keyed, ranked, "q.is_open", as: "is_open_group"), where: "k.is_open_group",
        "How many the first are nobody knows, or two numbers are said · 名额数未填或同组不一致的不计")
    }
    let isFirst = inSuccession ? "rank - first_rank < most" : "number <= most"
    let beyond = steps.add(
      "beyond_first", ["Only the first of each are paid · 只付最先的"],
      "SELECT frame FROM \(ranked) WHERE NOT is_open AND NOT coalesce(\(isFirst), FALSE)")
    leftOut.append(beyond)
    return steps.add(
      "only_first", [], "SELECT \(MeasureSQL.columns) FROM \(last) WHERE frame NOT IN (SELECT frame FROM \(beyond))")
  }

  /// The frames that stand in an order with others, each with its number, the first one's place, and how many are the
  /// first.
  private func ranked(
    _ keyed: String, _ rank: String, _ by: Typed, _ count: Int, _ free: String, _ most: String
  ) throws(EmissionRefusal) -> String {
    let sorted = try self.sorted(by, rank)
    // Days in succession are counted.
    let place = by.type == .date ? "day_number(\(sorted))" : sorted
    let order = "\(partition(count)) ORDER BY \(sorted) NULLS FIRST, f.record, f.step"
    let group = partition(count)
    var tests = ["f.here", "NOT k.\(rank)_unknown"]
    if measure.pays.allSatisfy({ $0.forEach == nil }), e.windowOnAccrual { tests.append("f.open_here") }
    if count > 0 { tests += (1...count).map { "NOT k.key_\($0)_unknown" } }
    if free != "FALSE" { tests.append("NOT " + SQLLogic.wrapped(free)) }
    let others = leftOut.map { "SELECT frame FROM \($0)" } + openOnce
    tests += others.map { "k.frame NOT IN (\($0))" }
    return steps.add(
      "ranked", [],
      """
      SELECT k.frame, \(place) AS rank,
        first_value(\(place)) OVER (\(order)) AS first_rank,
        first_value(\(most)) OVER (\(order)) AS most,
        bool_or(k.most_unknown) OVER (\(group))
          OR min(\(most)) OVER (\(group)) <> max(\(most)) OVER (\(group)) AS is_open,
        row_number() OVER (\(order)) AS number
      FROM judged AS f
        JOIN \(keyed) AS k ON k.frame = f.frame
      WHERE \(tests.joined(separator: "\n  AND "))
      """)
  }
}
