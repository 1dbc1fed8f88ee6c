// Caps of sources of money, in SQL: what a source bears of each payment, at most so much for each of some keys. What
// exceeds another source bears, or it is not paid. A table of all payments with what each source bears of them, and one
// more for each cap.
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// Writes the caps of sources of a document.
struct SourceCapSQL {
  private let programme: EmittedProgramme
  private let document: CheckedDocument
  private let limits: DocumentLimits
  private var dialect: SQLDialect { programme.dialect }

  init(_ limits: DocumentLimits) {
    (programme, document, self.limits) = (limits.programme, limits.document, limits)
  }

  /// The statements, and the tables that stand in the place of the measures' own.
  func statements(_ tables: inout [String: String]) throws(EmissionRefusal) -> [String] {
    let all = document.limits.filter { $0.caps.contains { $0.source != nil } }
    let names = Set(all.flatMap(\.measures))
    let measures = document.measures.filter { names.contains($0.name) && tables[$0.id] != nil }
    guard let first = measures.first else { return [] }
    let base = "sources_of_" + MeasureSQL(programme, document, first).table
    let funds = funds(measures)
    var out = [split(measures, funds, tables, as: base)]
    var last = base
    for (n, one) in document.sourceCaps.enumerated() {
      let name = "capped_\(n + 1)_" + base
      guard let statement = try capped(one, last, funds, tables, as: name) else { continue }
      out.append(statement)
      last = name
    }
    let paid = "paid_by_" + base
    out.append(entries(measures, last, tables, as: paid))
    return out + limits.parts(of: paid, measures, &tables)
  }

  // MARK: Shares

  private func shares(of measure: CheckedMeasure) -> [(key: String, share: Int64)] {
    document.borneShares(of: measure, programme.settings) ?? [(BorneParts.uncovered, CheckedFund.whole)]
  }

  /// The sources by their keys, each with a column of its own.
  private func funds(_ measures: [CheckedMeasure]) -> [String] {
    let all = document.limits.flatMap(\.caps).compactMap(\.source).flatMap { [$0.fund, $0.next] }
    var keys: [String] = []
    for key in measures.flatMap({ shares(of: $0).map(\.key) }) + all.compactMap({ $0?.rawValue })
    where !keys.contains(key) { keys.append(key) }
    return keys
  }

  /// The table of payments with what each source bears: its share, rounded down, and of the fen that are left one to
  /// each of the largest remainders.
  private func split(
    _ measures: [CheckedMeasure], _ funds: [String], _ tables: [String: String], as name: String
  ) -> String {
    let steps = SQLSteps(dialect)
    let parts = measures.map { measure in
      let shares = shares(of: measure)
      let columns = shares.enumerated().map { k, one in
        let product = "CAST(fen AS \(dialect.wide)) * \(one.share)"
        let whole = "CAST(\(CheckedFund.whole) AS \(dialect.wide))"
        return """
          CAST(\(dialect.quotient(product, whole)) AS BIGINT) AS share_\(k + 1),
            CAST(abs(\(product) % \(CheckedFund.whole)) AS BIGINT) AS rest_\(k + 1)
          """
      }
      let shared = steps.add(
        "shares_of_" + measure.name, shares.map { "\($0.key) \($0.share) / \(CheckedFund.whole)" },
        """
        SELECT \(SQLContests.columns), \(limits.place(of: measure)) AS place,
          \(columns.joined(separator: ",\n  "))
        FROM \(tables[measure.id] ?? "")
        WHERE entry = 'payment' AND standing = 'paid'
        """)
      let columnsOfFunds = funds.enumerated().map { f, key in
        let own = shares.firstIndex { $0.key == key }.map { borne($0, of: shares.count) }
        return "\(own ?? "CAST(0 AS BIGINT)") AS borne_\(f + 1)"
      }
      return """
        SELECT \(SQLContests.columns), place,
          \(columnsOfFunds.joined(separator: ",\n  "))
        FROM \(shared)
        """
    }
    let all = steps.add("borne", [], parts.joined(separator: "\nUNION ALL\n"))
    let end = """
      SELECT *, CAST(0 AS BIGINT) AS unpaid, \(dialect.noText) AS cut_here,
        row_number() OVER (ORDER BY date, place, filing) AS turn
      FROM \(all)
      """
    let told = funds.enumerated().map { "borne_\($0 + 1): \($1)" }.joined(separator: ", ")
    return "-- 各来源承担的部分 · what each source bears: \(SQLSteps.oneLine(told))\n\(steps.table(name, as: end))"
  }

  /// What the source of a share bears: those with larger remainders come first, of equal ones those that stand first.
  private func borne(_ k: Int, of count: Int) -> String {
    let all = (1...count).map { "share_\($0)" }.joined(separator: " + "), own = "rest_\(k + 1)"
    let before = (0..<count).filter { $0 != k }.map { j in
      "CASE WHEN rest_\(j + 1) \(j < k ? ">=" : ">") \(own) THEN 1 ELSE 0 END"
    }
    if before.isEmpty { return "share_\(k + 1)" }
    let rank = before.joined(separator: " + "), left = "fen - (\(all))"
    return "share_\(k + 1) + CASE WHEN \(rank) < abs(\(left)) THEN CAST(sign(\(left)) AS BIGINT) ELSE 0 END"
  }

  // MARK: Caps

  /// The table of payments once a source bears no more than a cap leaves it; nil where no measure draws on it.
  private func capped(
    _ one: SourceCap, _ last: String, _ funds: [String], _ tables: [String: String], as name: String
  ) throws(EmissionRefusal) -> String? {
    let limit = document.limits[one.place], cap = limit.caps[one.number], k = one.number
    let measures = limits.measures(of: limit, tables)
    guard let first = measures.first, let column = funds.firstIndex(of: one.source.fund.rawValue) else { return nil }
    let steps = SQLSteps(dialect), writer = MeasureSQL(programme, document, first)
    let borne = "borne_\(column + 1)"
    let names = measures.map { dialect.quoted($0.id) }.joined(separator: ", ")
    var claims = steps.add("claims", [], "SELECT * FROM \(last) WHERE measure IN (\(names))")
    if limits.asksFrames(k, limit, measures) { claims = limits.withFigures(one.place, claims, measures, steps) }
    var columns = ["\(borne) AS paid", "0 AS cut", "\(try limits.group(cap, k, one.place, writer)) AS group_\(k + 1)"]
    if let room = try limits.room(cap, k, limit, measures, writer) { columns.append(room) }
    var step = steps.add(
      "under_cap", ["\(limit.title.zh) · \(limit.title.en), \(limit.article)"],
      "SELECT *,\n  \(columns.joined(separator: ",\n  "))\nFROM \(claims)")
    let cuts = CapCuts(steps: steps, end: programme.settings.choice(of: Reading.capEnd, in: document))
    if cap.isShared {
      step = cuts.inProportion(step, k)
    } else {
      step = cuts.inTurn(step, try writer.turns(limit.caps).filter { $0.number == k })
    }
    let left = "coalesce(CAST(s.paid AS BIGINT), p.\(borne))", excess = "(p.\(borne) - \(left))"
    var changed = [borne: left]
    if let next = one.source.next.flatMap({ fund in funds.firstIndex(of: fund.rawValue) }) {
      changed["borne_\(next + 1)"] = "p.borne_\(next + 1) + \(excess)"
    } else {
      changed["unpaid"] = "p.unpaid + \(excess)"
      changed["cut_here"] =
        "CASE WHEN \(excess) > 0 THEN \(dialect.quoted(document.id + "." + limit.name)) ELSE p.cut_here END"
    }
    let kept = changed.sorted { $0.key < $1.key }
    let end = """
      SELECT p.* \(dialect.except) (\(kept.map(\.key).joined(separator: ", "))),
        \(kept.map { "\($0.value) AS \($0.key)" }.joined(separator: ",\n  "))
      FROM \(last) AS p
        LEFT JOIN \(step) AS s ON s.turn = p.turn
      """
    return """
      -- \(SQLSteps.oneLine(limit.title.zh)) · \(SQLSteps.oneLine(limit.title.en))
      \(steps.table(name, as: end))
      """
  }

  /// The entries of all measures: of each payment what some source bears, and what none does.
  private func entries(
    _ measures: [CheckedMeasure], _ last: String, _ tables: [String: String], as name: String
  ) -> String {
    let steps = SQLSteps(dialect)
    let step = steps.add("left", [], "SELECT *, fen - unpaid AS paid FROM \(last)")
    func changed(_ amount: String, _ standing: String) -> String {
      CapCuts.left(of: "fen", SQLContests.columns, as: amount, standing, by: "cut_here")
    }
    let others = measures.compactMap { measure in
      tables[measure.id].map {
        "SELECT \(SQLContests.columns) FROM \($0) WHERE NOT (entry = 'payment' AND standing = 'paid')"
      }
    }
    let parts =
      [
        "SELECT \(changed("CAST(paid AS BIGINT)", "'paid'")) FROM \(step) WHERE paid > 0",
        "SELECT \(changed("CAST(fen - paid AS BIGINT)", "'over_cap'")) FROM \(step) WHERE paid < fen",
      ] + others
    return steps.table(name, as: parts.joined(separator: "\nUNION ALL\n"))
  }
}
