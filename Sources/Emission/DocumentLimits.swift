// Limits over several measures of a document, in SQL: their payments together, in the order of days and measures, cut
// as the caps of one measure are. What a limit asks of the frames, each measure reads in its own.
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// Writes the limits of a document.
struct DocumentLimits {
  let programme: EmittedProgramme
  let document: CheckedDocument
  /// The measures that have been written, by id.
  let written: [String: MeasureSQL]

  var dialect: SQLDialect { programme.dialect }

  /// The statements, and the tables that stand in the place of the measures' own.
  func statements(_ tables: inout [String: String]) throws(EmissionRefusal) -> [String] {
    var out: [String] = []
    for (i, limit) in document.limits.enumerated() {
      let measures = measures(of: limit, tables)
      guard let first = measures.first else { continue }
      let writer = MeasureSQL(programme, document, first)
      for cap in limit.caps { _ = try writer.span(of: cap) }
      out += try figures(limit, i, measures)
      // What a source of money bears is asked when it is known what is paid.
      guard limit.caps.indices.contains(where: { limit.caps[$0].source == nil || asksFrames($0, limit, measures) })
      else { continue }
      let name = "limit_\(i + 1)_of_" + writer.table
      out.append(try statement(i, measures, writer, tables, name))
      out += parts(of: name, measures, &tables)
    }
    return out
  }

  /// The statements that take each measure's payments out of a table of all of them, and stand in the place of its own.
  func parts(of name: String, _ measures: [CheckedMeasure], _ tables: inout [String: String]) -> [String] {
    measures.enumerated().map { k, measure in
      tables[measure.id] = "\(name)_\(k + 1)"
      return "CREATE OR REPLACE TEMP VIEW \(name)_\(k + 1) AS SELECT * FROM \(name) "
        + "WHERE measure = \(dialect.quoted(measure.id));\n"
    }
  }

  /// The measures of a limit that pay, in its order.
  func measures(of limit: CheckedLimit, _ tables: [String: String]) -> [CheckedMeasure] {
    limit.measures.compactMap { document.measure($0) }.filter { tables[$0.id] != nil }
  }

  /// Whether a cap asks for facts or figures of the frames.
  func asksFrames(_ k: Int, _ limit: CheckedLimit, _ measures: [CheckedMeasure]) -> Bool {
    measures.first?.limits.joint(limit.name, k) != nil
  }

  /// The caps of a limit that ask for facts or figures, as a measure reads them, by their numbers.
  private func joint(_ limit: CheckedLimit, of measure: CheckedMeasure) -> [(k: Int, cap: CheckedCap)] {
    limit.caps.indices.compactMap { k in measure.limits.joint(limit.name, k).map { (k, $0) } }
  }

  /// The table of what a limit asks of a measure's frames.
  func figures(_ i: Int, of measure: CheckedMeasure) -> String? {
    guard let made = written[measure.id], !joint(document.limits[i], of: measure).isEmpty else { return nil }
    return "figures_\(i + 1)_" + made.table
  }

  /// The statements that make these tables.
  private func figures(
    _ limit: CheckedLimit, _ i: Int, _ measures: [CheckedMeasure]
  ) throws(EmissionRefusal) -> [String] {
    var out: [String] = []
    for measure in measures {
      guard let name = figures(i, of: measure), let made = written[measure.id] else { continue }
      out.append(try made.figures(of: joint(limit, of: measure), as: name))
    }
    return out
  }

  /// One table of all measures that the limit is about.
  private func statement(
    _ i: Int, _ measures: [CheckedMeasure], _ writer: MeasureSQL, _ tables: [String: String], _ name: String
  ) throws(EmissionRefusal) -> String {
    let steps = SQLSteps(programme.dialect), limit = document.limits[i]
    // Measures count in the order of their document.
    let together = steps.add(
      "together", [],
      measures.compactMap { measure in
        tables[measure.id].map { "SELECT \(SQLContests.columns), \(place(of: measure)) AS place FROM \($0)" }
      }.joined(separator: "\nUNION ALL\n"))
    let paid = "entry = 'payment' AND standing = 'paid'"
    var last = steps.add("claims", [], "SELECT * FROM \(together) WHERE \(paid)", isOptional: true)
    var open: [String] = []
    if limit.caps.indices.contains(where: { asksFrames($0, limit, measures) }) {
      last = withFigures(i, last, measures, steps)
      for k in limit.caps.indices where asksFrames(k, limit, measures) {
        let judged = try judged(k, i, last, writer, steps)
        open.append("SELECT measure, whom FROM \(judged) WHERE is_open")
        last = steps.add(
          "claims_under_\(k + 1)", [], "SELECT * \(dialect.except) (is_open) FROM \(judged) WHERE NOT is_open")
      }
    }
    var columns = ["row_number() OVER (ORDER BY date, place, filing) AS turn", "fen AS paid", "0 AS cut"]
    for (k, cap) in limit.caps.enumerated() where cap.source == nil {
      if let room = try room(cap, k, limit, measures, writer) { columns.append(room) }
      columns.append("\(try group(cap, k, i, writer)) AS group_\(k + 1)")
    }
    var step = steps.add(
      "under_limit", ["\(limit.title.zh) · \(limit.title.en), \(limit.article)"],
      "SELECT *,\n  \(columns.joined(separator: ",\n  "))\nFROM \(last)")
    let own = limit.caps.enumerated().filter { $1.source == nil }
    let cuts = CapCuts(steps: steps, end: programme.settings.choice(of: Reading.capEnd, in: document))
    step = cuts.inTurn(step, try writer.turns(limit.caps).filter { limit.caps[$0.number].source == nil })
    for (k, cap) in own where cap.isShared { step = cuts.inProportion(step, k) }
    let told = open.isEmpty ? "" : "\nUNION ALL\n" + leftOpen(open, together)
    return """
      -- \(SQLSteps.oneLine(limit.title.zh)) · \(SQLSteps.oneLine(limit.title.en))
      \(steps.table(name, as: entries(step, limit, together, "NOT (\(paid))") + told))
      """
  }

  /// What is left of each payment and what exceeds, and everything else as it was.
  private func entries(_ step: String, _ limit: CheckedLimit, _ together: String, _ others: String) -> String {
    let own = dialect.quoted(document.id + "." + limit.name)
    func changed(_ amount: String, _ standing: String) -> String {
      CapCuts.left(of: "fen", SQLContests.columns, as: amount, standing, by: own)
    }
    return """
      SELECT \(changed("CAST(paid AS BIGINT)", "'paid'")) FROM \(step) WHERE paid > 0
      UNION ALL
      SELECT \(changed("CAST(fen - paid AS BIGINT)", "'over_cap'")) FROM \(step) WHERE paid < fen
      UNION ALL
      SELECT \(SQLContests.columns) FROM \(together) WHERE \(others)
      """
  }

  /// The place of a measure among those of its document.
  func place(of measure: CheckedMeasure) -> Int {
    Invariant.value(
      document.measures.firstIndex { $0.id == measure.id },
      "measure-of-document: a limit is over measures of its document")
  }

  // MARK: Facts

  /// Payments with what a limit asks of their frames.
  func withFigures(_ i: Int, _ claims: String, _ measures: [CheckedMeasure], _ steps: SQLSteps) -> String {
    let limit = document.limits[i]
    var columns: [String] = []
    for (k, cap) in measures.first.map({ joint(limit, of: $0) }) ?? [] {
      columns += ["room_\(k + 1)", "is_unkeyed_\(k + 1)"]
      for (n, key) in cap.keys.enumerated() {
        if case .figure = key { columns += ["key_\(k + 1)_\(n + 1)", "key_\(k + 1)_\(n + 1)_unknown"] }
      }
    }
    let parts = measures.compactMap { measure in
      figures(i, of: measure).map { table in
        """
        SELECT c.*, coalesce(c.member, k.record) AS whom, \(columns.map { "k." + $0 }.joined(separator: ", "))
        FROM \(claims) AS c
          JOIN \(table) AS k ON k.frame = c.frame
        WHERE c.measure = \(dialect.quoted(measure.id))
        """
      }
    }
    return steps.add("claims_with_figures", [], parts.joined(separator: "\nUNION ALL\n"))
  }

  /// The payments with whether it is not known what a cap leaves of each: its group is not known, or how much that may
  /// come to, or two amounts stand against it.
  private func judged(
    _ k: Int, _ i: Int, _ last: String, _ writer: MeasureSQL, _ steps: SQLSteps
  ) throws(EmissionRefusal) -> String {
    let limit = document.limits[i]
    let group = "PARTITION BY \(try self.group(limit.caps[k], k, i, writer))"
    return steps.add(
      "judged_by_cap_\(k + 1)",
      ["Against a group that is not known, or whose cap is not known or is not one, nothing can be said."],
      """
      SELECT *, is_unkeyed_\(k + 1)
        OR bool_or(room_\(k + 1) = -1) OVER (\(group))
        OR min(room_\(k + 1)) OVER (\(group)) <> max(room_\(k + 1)) OVER (\(group)) AS is_open
      FROM \(last)
      """)
  }

  /// Whom a limit leaves open, unless he is told of already.
  private func leftOpen(_ open: [String], _ together: String) -> String {
    """
    SELECT DISTINCT 'undetermined' AS entry, o.measure, m.document, m.kind, 0 AS clause,
      \(dialect.noText) AS beneficiary, '' AS payee_of, o.whom AS subject, 0 AS filing, CAST(NULL AS DATE) AS date,
      CAST(NULL AS BIGINT) AS fen, 'undetermined' AS standing, FALSE AS upper_bound, CAST(NULL AS BIGINT) AS units,
      FALSE AS is_months, \(dialect.noText) AS missing, \(dialect.noText) AS frame, \(dialect.noText) AS member,
      \(SQLContests.uncut(dialect))
    FROM (\(open.joined(separator: " UNION "))) AS o
      JOIN (SELECT DISTINCT measure, document, kind FROM \(together)) AS m ON m.measure = o.measure
      LEFT JOIN (SELECT DISTINCT measure, subject FROM \(together) WHERE entry = 'undetermined') AS u
        ON u.measure = o.measure AND u.subject = o.whom
    WHERE u.subject IS NULL
    """
  }

  // MARK: Groups

  /// The column of how much a group may come to; nil where the frames say.
  func room(
    _ cap: CheckedCap, _ k: Int, _ limit: CheckedLimit, _ measures: [CheckedMeasure], _ writer: MeasureSQL
  ) throws(EmissionRefusal) -> String? {
    if asksFrames(k, limit, measures) { return nil }
    let amount = try writer.e.figure(cap.amount, .constant)
    if amount.unknown != "FALSE" {
      throw writer.refusal(Text("a limit that is not known", zh: "未知的限额"), at: cap.location)
    }
    return "coalesce(greatest(\(amount.sql), 0), 9223372036854775807) AS room_\(k + 1)"
  }

  /// The group of a limit that a payment belongs to.
  func group(_ cap: CheckedCap, _ k: Int, _ i: Int, _ writer: MeasureSQL) throws(EmissionRefusal) -> String {
    var parts = cap.keys.enumerated().map { n, key in
      switch key {
      case .beneficiary: "beneficiary, payee_of"
      case .yearOfPayment: "of_year"
      case .figure: "key_\(k + 1)_\(n + 1), key_\(k + 1)_\(n + 1)_unknown"
      }
    }
    if try writer.span(of: cap).isYear { parts.append("year_of(date)") }
    return dialect.row(parts)
  }
}

extension MeasureSQL {
  /// The statement that makes a table of what caps of a limit ask of frames: how much a group may come to, or -1 where
  /// that is not known, the keys, and whether one of them is not known.
  func figures(of caps: [(k: Int, cap: CheckedCap)], as name: String) throws(EmissionRefusal) -> String {
    var wanted: [(name: String, t: Typed)] = []
    for (k, cap) in caps {
      wanted.append(("cap_\(k + 1)", cap.amount))
      for (n, key) in cap.keys.enumerated() {
        if case .figure(let t) = key { wanted.append(("key_\(k + 1)_\(n + 1)", t)) }
      }
    }
    let keyed = try keyed(wanted)
    var columns = ["k.frame", "f.record"]
    for (k, _) in caps {
      let own = wanted.filter { $0.name.hasPrefix("key_\(k + 1)_") }
      let room = try room(k, own)
      columns += ["\(room.sql) AS room_\(k + 1)", "\(room.isUnkeyed) AS is_unkeyed_\(k + 1)"]
      columns += own.flatMap { ["k.\($0.name)", "k.\($0.name)_unknown"] }
    }
    let end =
      "SELECT \(columns.joined(separator: ",\n  "))\nFROM \(keyed) AS k\n  JOIN judged AS f ON f.frame = k.frame"
    return try bounded(steps.table(name, as: end, needed: true))
  }

  /// How much the group of a frame may come to by the column `cap_…` of its keys `k`, and whether it is not known which
  /// group that is. Who has none of a key is in no group, and not limited.
  func room(
    _ k: Int, _ keys: [(name: String, t: Typed)]
  ) throws(EmissionRefusal) -> (sql: String, isUnkeyed: String) {
    let free = try isFree(keys), unknown = SQLLogic.or(keys.map { "k.\($0.name)_unknown" })
    let sql = """
      CASE \(free == "FALSE" ? "" : "WHEN \(free) THEN 9223372036854775807 ")\
      WHEN k.cap_\(k + 1)_unknown THEN -1 WHEN k.cap_\(k + 1) IS NULL THEN 9223372036854775807 \
      ELSE greatest(k.cap_\(k + 1), 0) END
      """
    return (sql, free == "FALSE" ? unknown : SQLLogic.and([unknown, "NOT " + SQLLogic.wrapped(free)]))
  }
}
