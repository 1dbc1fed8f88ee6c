// What a measure takes back of what was paid, in SQL: asked once it is settled what that is, with the measure's own
// steps written once more. One recovery after the other, each of what those before it have left.
import Diagnostics
import PolicyLanguage
import Reckoning

extension MeasureSQL {
  /// The table of what is taken back.
  var tableOfRecoveries: String { "taken_back_" + table }

  /// The statement that makes it, after the measure's own has been written.
  func takingBack(of settled: String) throws(EmissionRefusal) -> String {
    let name = dialect.quoted(measure.id)
    var left = steps.add(
      "paid_in_the_end", ["What was paid · 实际已付"],
      """
      SELECT p.frame, f.record, p.member, p.beneficiary, p.payee_of, p.date, p.fen AS left_fen, p.clause,
        row_number() OVER (ORDER BY p.clause, p.filing) AS number
      FROM \(settled) AS p
        JOIN judged AS f ON f.frame = p.frame
      WHERE p.measure = \(name) AND p.entry = 'payment' AND p.standing = 'paid'
      """)
    var parts: [String] = []
    for (k, recovery) in measure.recoveries.enumerated() {
      let decided = try decided(recovery, k, left)
      parts += entries(recovery, k, decided)
      if k + 1 < measure.recoveries.count { left = spent(k, left, decided) }
    }
    let end = parts.joined(separator: "\nUNION ALL\n")
    return """
      -- \(SQLSteps.oneLine(measure.title.zh)) · \(SQLSteps.oneLine(measure.title.en)): 追回 · taken back
      \(steps.table(tableOfRecoveries, as: end, needed: true))
      """
  }

  /// The steps of one recovery.
  private struct Decided {
    /// Payments with the number of the group that they are asked about together.
    let grouped: String
    /// What is taken back of each group, or may be.
    let amounts: String
  }

  /// The list that the members of a set are of, or nothing for frames.
  private func list(ofMembers set: Int?) -> String? { set.map { measure.sets[$0].list } }

  /// Which payments are asked about together, and what becomes of each such group.
  private func decided(_ recovery: CheckedRecovery, _ k: Int, _ left: String) throws(EmissionRefusal) -> Decided {
    let clauses = measure.pays.indices.filter {
      list(ofMembers: measure.pays[$0].forEach) == list(ofMembers: recovery.forEach)
    }
    let whole = recovery.isOncePerRecord ? "record" : "frame"
    let grouped = steps.add(
      "grouped_\(k + 1)", ["Recovery \(k + 1) · 第\(k + 1)项追回"],
      """
      SELECT *, dense_rank() OVER (ORDER BY \(whole), member NULLS FIRST, beneficiary, payee_of) AS no
      FROM \(left)
      WHERE left_fen > 0 AND clause IN (\((clauses.map { String($0 + 1) } + ["0"]).joined(separator: ", ")))
      """)
    let groups = steps.add(
      "groups_\(k + 1)", [],
      """
      SELECT no, min_by(frame, number) AS frame, any_value(record) AS record, any_value(member) AS member,
        any_value(beneficiary) AS beneficiary, any_value(payee_of) AS payee_of
      FROM \(grouped)
      GROUP BY no
      """)
    let place = try place(of: recovery)
    let on = try e.figure(recovery.on, place)
    let when = try recovery.when.map { t throws(EmissionRefusal) in try e.truth(t, place).here } ?? "TRUE"
    let who = try recovery.who.map { t throws(EmissionRefusal) in try e.figure(t, place) }
    let asked = steps.add(
      "asked_\(k + 1)", [],
      """
      SELECT g.*, \(when) AS holds, \(on.sql) AS day, \(on.unknown) AS day_unknown,
        \(who?.sql ?? "g.beneficiary") AS payer, \(who?.unknown ?? "FALSE") AS payer_unknown
      FROM \(from(place, recovery, groups))
      """)
    let paid = steps.add(
      "paid_of_\(k + 1)", [],
      """
      SELECT a.no, CAST(sum(p.left_fen) AS BIGINT) AS paid
      FROM \(asked) AS a
        JOIN \(grouped) AS p ON p.no = a.no AND (a.day_unknown OR p.date <= a.day)
      WHERE a.holds IS NOT FALSE AND (a.day_unknown OR a.day IS NOT NULL)
        AND (a.payer_unknown OR a.payer = a.beneficiary)
      GROUP BY a.no
      """)
    return Decided(grouped: grouped, amounts: try amounts(recovery, k, asked, paid))
  }

  /// How much is taken back, cut to what was paid; `is_known`: whether that is certain.
  private func amounts(
    _ recovery: CheckedRecovery, _ k: Int, _ asked: String, _ paid: String
  ) throws(EmissionRefusal) -> String {
    let place = try place(of: recovery)
    let wanted =
      try recovery.amount.map { t throws(EmissionRefusal) in
        try e.withPaid("o.paid") { () throws(EmissionRefusal) in try e.figure(t, place) }
      } ?? SQLFigure("o.paid")
    return steps.add(
      "amounts_\(k + 1)", [],
      """
      SELECT g.*, g.holds IS TRUE AND NOT g.day_unknown AND NOT g.payer_unknown AND NOT (\(wanted.unknown)) AS is_known,
        CASE WHEN \(wanted.unknown) THEN o.paid
          ELSE least(greatest(CAST(\(wanted.sql) AS BIGINT), 0), o.paid) END AS fen,
        NOT (\(wanted.unknown)) AND CAST(\(wanted.sql) AS BIGINT) IS NULL AS is_none
      FROM \(from(place, recovery, asked))
        JOIN \(paid) AS o ON o.no = g.no
      """)
  }

  /// Where a recovery is asked: of a frame, or of a member with its frame.
  private func place(of recovery: CheckedRecovery) throws(EmissionRefusal) -> SQLPlace {
    guard let set = recovery.forEach else { return framePlace(frameScope("judged", taken: ["f", "g", "o"])) }
    return try memberPlace(measure.sets[set], e.sets[set], frames: "judged")
  }

  /// The tables of a place, with the groups that are asked about.
  private func from(_ place: SQLPlace, _ recovery: CheckedRecovery, _ groups: String) -> String {
    let member = recovery.forEach == nil ? "" : " AND g.member = s.member"
    return place.scope.from + "\n    JOIN \(groups) AS g ON g.frame = f.frame" + member
  }

  /// What is left of each payment: taken back is from the earliest on.
  private func spent(_ k: Int, _ left: String, _ decided: Decided) -> String {
    let spent = steps.add(
      "spent_\(k + 1)", [],
      """
      SELECT p.number, greatest(least(p.left_fen, t.fen
        - (sum(p.left_fen) OVER (PARTITION BY p.no ORDER BY p.date, p.number) - p.left_fen)), 0) AS spent
      FROM \(decided.grouped) AS p
        JOIN \(decided.amounts) AS t ON t.no = p.no AND p.date <= t.day
      WHERE t.is_known AND NOT t.is_none AND t.fen > 0
      """)
    return steps.add(
      "left_after_\(k + 1)", [],
      """
      SELECT p.* \(dialect.except) (left_fen), CAST(p.left_fen - coalesce(s.spent, 0) AS BIGINT) AS left_fen
      FROM \(left) AS p
        LEFT JOIN \(spent) AS s ON s.number = p.number
      """)
  }

  private func entries(_ recovery: CheckedRecovery, _ k: Int, _ decided: Decided) -> [String] {
    let name = dialect.quoted(measure.id), kind = dialect.quoted(measure.kind), document = dialect.quoted(document.id)
    let subject =
      recovery.forEach != nil ? "member" : framesAreNamed && !recovery.isOncePerRecord ? "frame" : "record"
    return [
      """
      SELECT 'payment' AS entry, \(name) AS measure, \(document) AS document, \(kind) AS kind,
        \(measure.pays.count + k + 1) AS clause, beneficiary, payee_of, \(subject) AS subject, no AS filing,
        day AS date, -fen AS fen, 'recovered' AS standing, FALSE AS upper_bound, CAST(NULL AS BIGINT) AS units,
        FALSE AS is_months, \(dialect.noText) AS missing, frame, member, \(SQLContests.uncut(dialect))
      FROM \(decided.amounts)
      WHERE is_known AND NOT is_none AND fen > 0
      """,
      """
      SELECT DISTINCT 'undetermined' AS entry, \(name) AS measure, \(document) AS document, \(kind) AS kind,
        0 AS clause, \(dialect.noText) AS beneficiary, '' AS payee_of, \(subject) AS subject, 0 AS filing,
        CAST(NULL AS DATE) AS date, CAST(NULL AS BIGINT) AS fen, 'undetermined' AS standing, FALSE AS upper_bound,
        CAST(NULL AS BIGINT) AS units, FALSE AS is_months, \(dialect.noText) AS missing,
        \(dialect.noText) AS frame, \(dialect.noText) AS member, \(SQLContests.uncut(dialect))
      FROM \(decided.amounts)
      WHERE NOT is_known AND NOT is_none AND fen > 0
      """,
    ]
  }
}
