// What is paid once for each of some keys, in all or in so many months, in SQL: who comes after one that is paid is
// left out, with whatever is not known of him. Knows nothing of what is paid.
import Diagnostics
import PolicyLanguage

extension MeasureSQL {
  /// Notes of which frames it is not known whether others are paid for them.
  func noteOpenOnce(_ keyTexts: [Typed]) throws(EmissionRefusal) {
    guard try canBeOpen(keyTexts) else { return }
    let keys = keys(keyTexts)
    let unknown = keys.map { "k.\($0.name)_unknown" }.joined(separator: " OR "), free = try isFree(keys)
    let isOpen = free == "FALSE" ? unknown : "(\(unknown)) AND NOT \(SQLLogic.wrapped(free))"
    openOnce.append("SELECT k.frame FROM \(try keyed(keys)) AS k WHERE \(isOpen)")
  }

  /// Of several frames with the same keys the first that is paid stays, or each so many months after the last.
  func once(_ last: String, _ keyTexts: [Typed], within months: Typed?) throws(EmissionRefusal) -> String {
    let keyed = try keyed(keys(keyTexts))
    var last = last
    let out: String
    if let months {
      let day = try dayOfFrame()
      if day.unknown != "FALSE" { last = try withKnownDays(last, keyed, keyTexts, day) }
      let asked = try askedOnce(last, keyed, keyTexts, day)
      let order = "\(partition(keyTexts.count)) ORDER BY k.day NULLS FIRST, k.record, k.step"
      out = try outWithin(months, asked, order, keyTexts.count)
    } else {
      let asked = try askedOnce(last, keyed, keyTexts, .none)
      let order = "\(partition(keyTexts.count)) ORDER BY k.begins NULLS FIRST, k.record, k.step"
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
    leftOut.append(out)
    return steps.add(
      "once_only", [], "SELECT \(MeasureSQL.columns) FROM \(last) WHERE frame NOT IN (SELECT frame FROM \(out))")
  }

  /// Every frame with its keys, and whether anything is paid for it.
  private func askedOnce(
    _ last: String, _ keyed: String, _ keyTexts: [Typed], _ day: SQLFigure
  ) throws(EmissionRefusal) -> String {
    // Who has none of a key is nobody's second.
    let free = try isFree(keys(keyTexts))
    let scope = frameScope("judged", taken: ["f", "k", "p"])
    let asked = try dayOfFrame(framePlace(scope), where: day)
    return steps.add(
      "asked_once", [],
      """
      SELECT k.*, f.record, f.step, p.frame IS NOT NULL AS payable, \(asked.sql) AS day, \(asked.unknown) AS day_unknown
      FROM \(scope.from)
        JOIN \(keyed) AS k ON k.frame = f.frame
        LEFT JOIN (SELECT DISTINCT frame FROM \(last) WHERE standing <> 'below_nought') AS p ON p.frame = f.frame\(
          free == "FALSE" ? "" : "\nWHERE NOT \(SQLLogic.wrapped(free))")
      """)
  }

  /// The day of a frame from which months are counted: its own begin, of a year its first day.
  private func dayOfFrame() throws(EmissionRefusal) -> SQLFigure {
    try dayOfFrame(framePlace(frameScope("judged")), where: .unknown)
  }

  private func dayOfFrame(_ p: SQLPlace, where asked: SQLFigure) throws(EmissionRefusal) -> SQLFigure {
    if asked == .none { return SQLFigure("CAST(NULL AS DATE)") }
    if let begins = try frameBegins(p) { return begins }
    return framesHaveYear && e.framesHaveSteps
      ? SQLFigure("day_of_year(f.step, 1, 1)", unknown: "FALSE", mayBeNone: true)
      : SQLFigure("CAST(NULL AS DATE)", mayBeNone: true)
  }

  /// Where nobody knows when a frame begins, it and those of the same keys are left open.
  private func withKnownDays(
    _ last: String, _ keyed: String, _ keyTexts: [Typed], _ day: SQLFigure
  ) throws(EmissionRefusal) -> String {
    let asked = try askedOnce(last, keyed, keyTexts, day)
    let names = ["k.payable"] + keys(keyTexts).flatMap { ["k.\($0.name)", "k.\($0.name)_unknown"] }
    let open = steps.add(
      "open_days", [],
      """
      SELECT k.frame,
        bool_or(k.payable AND k.day_unknown) OVER (PARTITION BY \(names.joined(separator: ", "))) AS is_open
      FROM \(asked) AS k
      """)
    return leftOpen(
      last, by: marked(keyed, open, "q.is_open", as: "is_open_group"), where: "k.is_open_group",
      "When they begin nobody knows · 起始日期未填")
  }

  /// Who lies less than so many months after one with the same keys that is paid: each in turn. What has no day has no
  /// place in time.
  private func outWithin(
    _ months: Typed, _ asked: String, _ order: String, _ count: Int
  ) throws(EmissionRefusal) -> String {
    let isNextDay = e.choice("month_end") == 1, number = try e.figure(months, .constant).sql
    let function = isNextDay ? "months_after_or_next_day" : "months_after"
    let names = count == 0 ? "''" : (1...count).map { "k.key_\($0), k.key_\($0)_unknown" }.joined(separator: ", ")
    let queue = steps.add(
      "queue_of_keys", [],
      """
      SELECT k.frame, k.day, k.payable, dense_rank() OVER (ORDER BY \(names)) AS own,
        row_number() OVER (\(order)) AS number
      FROM \(asked) AS k
      """)
    let isOut =
      "(q.day IS NULL AND q.payable OR coalesce(\(function)(t.last_day, \(number)) > q.day, FALSE))"
    let near = dialect.monthsAfter("t.last_day", number, nextDay: isNextDay)
    let isNear = "(c.day IS NULL AND c.payable OR coalesce(\(near) > c.day, FALSE))"
    steps.addTurns(
      "once_in_turn", ["Each that lies far enough after the last that is paid · 逐笔核对间隔"],
      SQLTurns(
        queue: queue, group: "own", columns: ["number", "frame", "day", "payable"],
        start: [.init("last_day", "DATE", "NULL")],
        next: [.init("last_day", "DATE", "CASE WHEN c.payable AND NOT \(isNear) THEN c.day ELSE t.last_day END")],
        told: [.init("frame", dialect.string, "c.frame"), .init("is_out", "BOOLEAN", isNear)]),
      recursive: """
        SELECT own, number, frame, day IS NULL AND payable AS is_out, CASE WHEN payable THEN day END AS last_day
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

  /// Odd frames that are left out are none: stands in a SELECT of them until it is known which those are.
  static let exceptLeftOut = "/* left out */"
}
