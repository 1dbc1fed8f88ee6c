// Same kind, take the higher, in SQL; and the ledger that comes of everything.
import Engine
import PolicyLanguage
import Reckoning

/// What excludes what between documents.
struct SQLContests {
  private let programme: EmittedProgramme
  private var dialect: SQLDialect { programme.dialect }

  init(_ programme: EmittedProgramme) { self.programme = programme }

  /// The columns of every measure's table.
  static let columns =
    "entry, measure, document, kind, clause, beneficiary, payee_of, subject, filing, date, fen, standing, upper_bound, "
    + "units, is_months, missing, frame, member, claimed, cut_by, displaced_by, of_year"

  /// The last of them where nothing is cut or displaced, and of no year.
  static func uncut(_ dialect: SQLDialect) -> String {
    "CAST(NULL AS BIGINT) AS claimed, \(dialect.noText) AS cut_by, \(dialect.noText) AS displaced_by, "
      + "CAST(NULL AS BIGINT) AS of_year"
  }

  /// The table of everything that is settled before anything is taken back.
  static let settled = "settled"

  /// The statement that makes that table.
  func settled(_ tables: [String]) -> String {
    let steps = SQLSteps(programme.dialect)
    let last = entries(tables, steps)
    return """
      -- Everything that is paid in the end, before any of it is taken back · 追回之前的全部结果
      \(steps.table(SQLContests.settled, as: "SELECT \(SQLContests.columns) FROM \(last)"))
      """
  }

  /// What every table holds, once of one kind only the higher is paid; its step.
  private func entries(_ tables: [String], _ steps: SQLSteps) -> String {
    let none = "SELECT " + SQLContests.empty + ", " + SQLContests.uncut(dialect) + " WHERE FALSE"
    let all =
      tables.isEmpty
      ? none : tables.map { "SELECT \(SQLContests.columns) FROM \($0)" }.joined(separator: "\nUNION ALL\n")
    var last = steps.add("entries", [], all)
    if programme.documents.count > 1 { last = contests(last, steps) }
    return last
  }

  /// The statement that makes the ledger.
  /// - Parameter isSettled: whether the tables hold what is settled.
  func ledger(_ tables: [String], isSettled: Bool) -> String {
    let steps = SQLSteps(programme.dialect)
    let last =
      isSettled
      ? steps.add(
        "entries", [],
        tables.map { "SELECT \(SQLContests.columns) FROM \($0)" }.joined(separator: "\nUNION ALL\n"))
      : entries(tables, steps)
    let due =
      programme.settings.asOf.map { "CASE WHEN date <= \(SQLDate.text($0)) THEN 'due' ELSE 'pending' END" } ?? "'due'"
    let end = """
      SELECT entry, measure, beneficiary, subject, date, fen,
        CASE WHEN entry = 'payment' AND standing = 'paid' THEN \(due) ELSE standing END AS status,
        upper_bound, CAST(NULL AS BIGINT) AS units, FALSE AS is_months, \(dialect.noText) AS missing, clause,
        claimed, cut_by, CASE WHEN standing = 'displaced' THEN displaced_by END AS displaced_by
      FROM \(last)
      WHERE entry = 'payment'
      UNION ALL
      SELECT entry, measure, NULL, NULL, NULL, NULL, 'unpriced', FALSE, CAST(sum(units) AS BIGINT), is_months, missing,
        0, NULL, NULL, NULL
      FROM \(last)
      WHERE entry = 'unpriced' AND standing = 'paid'
      GROUP BY entry, measure, is_months, missing
      HAVING sum(units) > 0
      UNION ALL
      SELECT entry, measure, beneficiary, subject, NULL, NULL, standing, FALSE, NULL, FALSE, missing, clause,
        NULL, NULL, NULL
      FROM \(last)
      WHERE entry IN ('undetermined', 'elsewhere', 'granted')
      """
    return """
      -- Everything that a run finds. Payments carry fen and the number of their clause, what has no price units and
      -- what is missing, who is governed elsewhere by what. Of what a cap has cut stands what was claimed and which cap
      -- it was, of what is displaced the measure that is paid instead.
      \(steps.table("ledger", as: end, isLasting: true))
      """
  }

  private static let empty =
    "'' AS entry, '' AS measure, '' AS document, '' AS kind, 0 AS clause, '' AS beneficiary, '' AS payee_of, "
    + "'' AS subject, 0 AS filing, "
    + "DATE '2000-01-01' AS date, CAST(0 AS BIGINT) AS fen, '' AS standing, FALSE AS upper_bound, "
    + "CAST(0 AS BIGINT) AS units, FALSE AS is_months, '' AS missing, '' AS frame, '' AS member"

  /// Payments to one beneficiary, for one subject, in one kind.
  private func contests(_ last: String, _ steps: SQLSteps) -> String {
    let documents = programme.documents
    let isAll = programme.settings.readings["higher_between"] == "all"
    let joint = documents.firstIndex { !$0.hasHigherClause }
    let order = ranked()
    let rows = documents.enumerated().map { i, document in
      let contender = isAll || document.hasHigherClause ? i : joint ?? i
      return "(\(dialect.quoted(document.id)), \(contender), \(order[i]))"
    }
    let measures = programme.documents.flatMap(\.measures).enumerated().map { "(\(dialect.quoted($1.id)), \($0))" }
    let contending = steps.add(
      "contending",
      ["Each document with a clause is a contender, all without one are together another (higher_between)."],
      """
      SELECT e.*, d.contender, d.rank, m.place, \(dialect.anyNumber) AS number
      FROM \(last) AS e
        JOIN (VALUES \(rows.joined(separator: ", "))) AS d(document, contender, rank) ON d.document = e.document
        JOIN (VALUES \(measures.joined(separator: ", "))) AS m(measure, place) ON m.measure = e.measure
      WHERE e.entry = 'payment' AND e.standing = 'paid' AND e.kind <> ''
      """)
    let meeting = "PARTITION BY kind, beneficiary, subject"
    let losing: String
    if programme.settings.readings["higher_by"] == "payment" {
      let rounds = steps.add(
        "rounds", ["The kth payments of the contenders, in the order of their days."],
        """
        SELECT *, min(rank) OVER (\(meeting), contender) AS best_rank,
          row_number() OVER (\(meeting), contender ORDER BY date, rank, measure, fen DESC) AS round
        FROM \(contending)
        """)
      losing = steps.add("losing", [], lost(to: "\(meeting), round ORDER BY fen DESC, best_rank", rounds))
    } else {
      let totals = steps.add(
        "totals", ["What each contender pays in all for one beneficiary and subject in one kind."],
        """
        SELECT *, sum(fen) OVER (\(meeting), contender) AS total, min(rank) OVER (\(meeting), contender) AS best_rank
        FROM \(contending)
        """)
      losing = steps.add(
        "losing", [], lost(to: "\(meeting) ORDER BY total DESC, best_rank, place, clause", totals))
    }
    let kept = SQLContests.columns.split(separator: ", ").filter { !["standing", "displaced_by"].contains($0) }
      .joined(separator: ", ")
    return steps.add(
      "after_contests", ["就高不重复 · only the higher is paid"],
      """
      SELECT \(kept), CASE WHEN l.loses THEN 'displaced' ELSE standing END AS standing,
        CASE WHEN l.loses THEN l.winner ELSE displaced_by END AS displaced_by
      FROM \(contending) AS c
        JOIN \(losing) AS l ON l.number = c.number
      UNION ALL
      SELECT \(kept), standing, displaced_by
      FROM \(last)
      WHERE NOT (entry = 'payment' AND standing = 'paid' AND kind <> '')
      """)
  }

  /// Which payments lose to the first of a window, and the measure that is paid instead.
  private func lost(to window: String, _ step: String) -> String {
    """
    SELECT number, contender <> first_value(contender) OVER (\(window)) AS loses,
      first_value(measure) OVER (\(window)) AS winner
    FROM \(step)
    """
  }

  /// The rank of each document on a tie: the higher level first, then the earlier issued.
  private func ranked() -> [Int] {
    let documents = programme.documents
    func level(_ d: CheckedDocument) -> Int {
      d.jurisdiction < 0 ? Int.max : PlaceCode(programme.code(d.jurisdiction)).significant.utf8.count
    }
    let order = documents.indices.sorted { a, b in
      let x = level(documents[a]), y = level(documents[b])
      if x != y { return x < y }
      let i = documents[a].issued?.number ?? Int32.max, j = documents[b].issued?.number ?? Int32.max
      return i != j ? i < j : a < b
    }
    var rank = Array(repeating: 0, count: documents.count)
    for (r, d) in order.enumerated() { rank[d] = r }
    return rank
  }
}
