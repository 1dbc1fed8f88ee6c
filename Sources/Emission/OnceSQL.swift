// What is paid once for each of some keys, in all or in so many months, in SQL: who comes after one that is paid is
// left out, with whatever is not known of him. Knows nothing of what is paid.
import Diagnostics
import PolicyLanguage

extension MeasureSQL {
  /// Of several frames with the same keys the first that is paid stays, or each so many months after the last.
  func once(_ last: String, _ keyTexts: [Typed], within months: Typed?) throws(EmissionRefusal) -> String {
    let keyed = try keyed(keys(keyTexts))
    // Who has none of a key is nobody's second.
    let free = try isFree(keys(keyTexts))
    let asked = steps.add(
      "asked_once", [],
      """
      SELECT k.*, f.record, f.step, p.frame IS NOT NULL AS payable
      FROM judged AS f
        JOIN \(keyed) AS k ON k.frame = f.frame
        LEFT JOIN (SELECT DISTINCT frame FROM \(last) WHERE standing <> 'below_nought') AS p ON p.frame = f.frame\(
          free == "FALSE" ? "" : "\nWHERE NOT \(SQLLogic.wrapped(free))")
      """)
    let order = "\(partition(keyTexts.count)) ORDER BY k.begins NULLS FIRST, k.record, k.step"
    let out: String
    if let months {
      out = try outWithin(months, asked, order, keyTexts.count)
    } else {
      out = steps.add(
        "left_out", ["Of several with the same keys the first is paid · 相同者只付一次"],
        """
        SELECT frame FROM (
          SELECT k.frame, \(dialect.count(where: "k.payable")) OVER (
            \(order) ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS paid_before
          FROM \(asked) AS k
        ) AS ranked
        WHERE paid_before > 0
        """)
    }
    leftOut = out
    return steps.add(
      "once_only", [], "SELECT \(MeasureSQL.columns) FROM \(last) WHERE frame NOT IN (SELECT frame FROM \(out))")
  }

  /// Who lies less than so many months after one with the same keys that is paid: each in turn.
  private func outWithin(
    _ months: Typed, _ asked: String, _ order: String, _ count: Int
  ) throws(EmissionRefusal) -> String {
    try checkWithin(months)
    let isNextDay = e.choice("month_end") == 1, number = try e.figure(months, .constant).sql
    let function = isNextDay ? "months_after_or_next_day" : "months_after"
    let names = (1...max(count, 1)).map { "k.key_\($0), k.key_\($0)_unknown" }.joined(separator: ", ")
    let queue = steps.add(
      "queue_of_keys", [],
      """
      SELECT k.frame, k.begins AS day, k.payable, dense_rank() OVER (ORDER BY \(names)) AS own,
        row_number() OVER (\(order)) AS number
      FROM \(asked) AS k
      """)
    let isOut = "coalesce(\(function)(t.last_day, \(number)) > q.day, FALSE)"
    let isNear = "coalesce(\(dialect.monthsAfter("t.last_day", number, nextDay: isNextDay)) > c.day, FALSE)"
    steps.addTurns(
      "once_in_turn", ["Each that lies far enough after the last that is paid · 逐笔核对间隔"],
      SQLTurns(
        queue: queue, group: "own", columns: ["number", "frame", "day", "payable"],
        start: [.init("last_day", "DATE", "NULL")],
        next: [.init("last_day", "DATE", "CASE WHEN c.payable AND NOT \(isNear) THEN c.day ELSE t.last_day END")],
        told: [.init("frame", dialect.string, "c.frame"), .init("is_out", "BOOLEAN", isNear)]),
      recursive: """
        SELECT own, number, frame, FALSE AS is_out, CASE WHEN payable THEN day END AS last_day
        FROM \(queue)
        WHERE number = 1
        UNION ALL
        SELECT q.own, q.number, q.frame, \(isOut) AS is_out,
          CASE WHEN q.payable AND NOT \(isOut) THEN q.day ELSE t.last_day END AS last_day
        FROM once_in_turn AS t
          JOIN \(queue) AS q ON q.own = t.own AND q.number = t.number + 1
        """)
    return steps.add("left_out", [], "SELECT frame FROM once_in_turn WHERE is_out")
  }

  /// Days of which it may not be known when they are leave others open, which a script cannot say.
  private func checkWithin(_ months: Typed) throws(EmissionRefusal) {
    let place = framePlace(frameScope("judged"))
    let begins = try frameBegins(place)
    guard measure.limits.onlyFirst == nil, let begins, begins.isSure else {
      throw refusal(
        Text("once within so many months of days that may not be stated", zh: "若干月内只付一次而日期可能未填"), at: months.location)
    }
  }

  /// Odd frames that are left out are none: stands in a SELECT of them until it is known which those are.
  static let exceptLeftOut = "/* left out */"
}
