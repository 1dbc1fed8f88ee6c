// Caps in turn for engines that go through a list of payments: each against every cap at once.
import Reckoning

extension CapCuts {
  /// Each payment in turn, with what was paid of each group and which groups are closed.
  func goneThrough(_ queue: String, _ turns: [Turn]) -> SQLTurns {
    var lefts: [(k: Int, left: String, isClosed: String)] = []
    for turn in turns {
      let k = turn.number + 1
      let mine = "x.g = c.own_\(k)" + (turn.firstDay == nil ? "" : " AND x.d >= c.first_day_\(k)")
      let isClosed = "size(filter(t.closed_\(k), x -> \(mine))) > 0"
      let taken = """
        aggregate(filter(t.taken_\(k), x -> \(mine)), CAST(0 AS \(steps.dialect.wide)),
              (s, x) -> CAST(s + x.fen AS \(steps.dialect.wide)))
        """
      lefts.append((k, "CASE WHEN \(isClosed) THEN 0 ELSE greatest(c.room_\(k) - \(taken), 0) END", isClosed))
    }
    let least = "least(\((["c.wanted"] + lefts.map(\.left)).joined(separator: ", ")))"
    let granted = end == 0 ? least : "CASE WHEN \(least) = c.wanted THEN c.wanted ELSE 0 END"
    let wide = steps.dialect.wide
    let taken = "ARRAY<STRUCT<g: BIGINT, d: DATE, fen: \(wide)>>", closed = "ARRAY<STRUCT<g: BIGINT, d: DATE>>"
    var start: [SQLTurns.Value] = [], next: [SQLTurns.Value] = []
    for (k, left, isClosed) in lefts {
      start += [.init("taken_\(k)", taken, "array()"), .init("closed_\(k)", closed, "array()")]
      let own = "'g', CAST(c.own_\(k) AS BIGINT), 'd', c.date"
      next.append(
        .init(
          "taken_\(k)", taken,
          "CASE WHEN (\(granted)) > 0 THEN array_append(t.taken_\(k), "
            + "named_struct(\(own), 'fen', CAST(\(granted) AS \(wide)))) ELSE t.taken_\(k) END"))
      // Who does not fit closes the group, once, as long as that day counts.
      let closes = "(\(left)) < c.wanted AND NOT (\(isClosed))"
      next.append(
        .init(
          "closed_\(k)", closed,
          end == 1
            ? "CASE WHEN \(closes) THEN array_append(t.closed_\(k), named_struct(\(own))) ELSE t.closed_\(k) END"
            : "t.closed_\(k)"))
    }
    return SQLTurns(
      queue: queue,
      columns: ["number", "wanted", "date"]
        + turns.flatMap { turn in
          let k = turn.number + 1
          return ["own_\(k)", "room_\(k)"] + (turn.firstDay == nil ? [] : ["first_day_\(k)"])
        },
      start: start, next: next,
      told: [
        .init("number", "BIGINT", "c.number"), .init("granted", wide, granted),
        .init("tightest", "INT", CapCuts.tightest(lefts.map { ($0.k, $0.left) }, wanted: "c.wanted")),
      ])
  }
}
