// Limits over several measures of a document, in SQL: their payments together, in the order of days and measures, cut
// as the caps of one measure are.
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// Writes the limits of a document.
struct DocumentLimits {
  let programme: EmittedProgramme
  let document: CheckedDocument

  private var dialect: SQLDialect { programme.dialect }

  /// The statements, and the tables that stand in the place of the measures' own.
  func statements(_ tables: inout [String: String]) throws(EmissionRefusal) -> [String] {
    var out: [String] = []
    for (i, limit) in document.limits.enumerated() {
      let measures = limit.measures.compactMap { document.measure($0) }.filter { tables[$0.id] != nil }
      guard let first = measures.first else { continue }
      let writer = MeasureSQL(programme, document, first)
      for (k, cap) in limit.caps.enumerated() {
        _ = try writer.span(of: cap)
        if cap.source != nil {
          throw writer.refusal(Text("a cap of a source of money", zh: "资金来源的额度"), at: cap.location)
        }
        if measures.contains(where: { $0.limits.joint(limit.name, k) != nil }) {
          throw writer.refusal(
            Text("a limit by facts of its measures", zh: "按各项措施的事实计的限额"), at: cap.location)
        }
      }
      let name = "limit_\(i + 1)_of_" + writer.table
      out.append(try statement(limit, measures, writer, tables, name))
      for (k, measure) in measures.enumerated() {
        out.append(
          "CREATE OR REPLACE TEMP VIEW \(name)_\(k + 1) AS SELECT * FROM \(name) "
            + "WHERE measure = \(dialect.quoted(measure.id));\n")
        tables[measure.id] = "\(name)_\(k + 1)"
      }
    }
    return out
  }

  /// One table of all measures that the limit is about.
  private func statement(
    _ limit: CheckedLimit, _ measures: [CheckedMeasure], _ writer: MeasureSQL, _ tables: [String: String],
    _ name: String
  ) throws(EmissionRefusal) -> String {
    let steps = SQLSteps(programme.dialect)
    // Measures count in the order of their document.
    let order = document.measures.map(\.id)
    let all = measures.compactMap { measure in
      tables[measure.id].map { table in
        let place = Invariant.value(
          order.firstIndex(of: measure.id), "measure-of-document: a limit is over measures of its document")
        return "SELECT *, \(place) AS place FROM \(table)"
      }
    }
    let together = steps.add("together", [], all.joined(separator: "\nUNION ALL\n"))
    var columns = ["row_number() OVER (ORDER BY date, place, filing) AS turn", "fen AS paid", "0 AS cut"]
    for (k, cap) in limit.caps.enumerated() {
      let amount = try writer.e.figure(cap.amount, .constant)
      if amount.unknown != "FALSE" {
        throw writer.refusal(Text("a limit that is not known", zh: "未知的限额"), at: cap.location)
      }
      columns.append("coalesce(greatest(\(amount.sql), 0), 9223372036854775807) AS room_\(k + 1)")
      columns.append("\(try group(cap, writer)) AS group_\(k + 1)")
    }
    var step = steps.add(
      "under_limit", ["\(limit.title.zh) · \(limit.title.en), \(limit.article)"],
      """
      SELECT *,
        \(columns.joined(separator: ",\n  "))
      FROM \(together)
      WHERE entry = 'payment' AND standing = 'paid'
      """)
    let end = programme.settings.choice(of: Reading.capEnd, in: document)
    let cuts = CapCuts(steps: steps, end: end)
    step = cuts.inTurn(step, try writer.turns(limit.caps))
    for (k, cap) in limit.caps.enumerated() where cap.isShared { step = cuts.inProportion(step, k) }
    let own = dialect.quoted(document.id + "." + limit.name)
    func changed(_ amount: String, _ standing: String) -> String {
      CapCuts.left(of: "fen", SQLContests.columns, as: amount, standing, by: own)
    }
    let entries = """
      SELECT \(changed("CAST(paid AS BIGINT)", "'paid'")) FROM \(step) WHERE paid > 0
      UNION ALL
      SELECT \(changed("CAST(fen - paid AS BIGINT)", "'over_cap'")) FROM \(step) WHERE paid < fen
      UNION ALL
      SELECT \(SQLContests.columns) FROM \(together) WHERE NOT (entry = 'payment' AND standing = 'paid')
      """
    return """
      -- \(SQLSteps.oneLine(limit.title.zh)) · \(SQLSteps.oneLine(limit.title.en))
      \(steps.table(name, as: entries))
      """
  }

  /// The group of a limit that a payment belongs to; other figures are no matter of several measures.
  private func group(_ cap: CheckedCap, _ writer: MeasureSQL) throws(EmissionRefusal) -> String {
    var parts = cap.keys.compactMap { key in
      switch key {
      case .beneficiary: "beneficiary, payee_of"
      case .yearOfPayment: "of_year"
      case .figure: nil
      }
    }
    if try writer.span(of: cap).isYear { parts.append("year_of(date)") }
    return dialect.row(parts)
  }
}
