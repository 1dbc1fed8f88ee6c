// What a measure pays, in SQL: each clause for frames or members; who cannot be judged; units of what has no price.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureSQL {
  /// The columns of everything that may be paid.
  static let columns =
    "clause, frame, record, step, member, subject, beneficiary, date, amount, units, is_months, missing, upper_bound, "
    + "standing, claimed, cut_by"

  /// Some columns, those that are given by what stands in their place.
  static func selected(_ names: String, _ changed: [String: String]) -> String {
    names.split(separator: ", ").map { name in changed[String(name)].map { $0 + " AS " + name } ?? String(name) }
      .joined(separator: ", ")
  }

  /// All clauses, then what is paid once, first, or highest only, and quotas.
  /// - Returns: the last step.
  func payments() throws(EmissionRefusal) -> String? {
    var parts: [String] = []
    let columns = MeasureSQL.selected(
      MeasureSQL.columns,
      [
        "standing": "CASE WHEN amount < 0 THEN 'below_nought' ELSE standing END",
        "claimed": "CAST(NULL AS BIGINT)", "cut_by": dialect.noText,
      ])
    for (i, clause) in measure.pays.enumerated() {
      let raw: String
      if let set = clause.forEach { raw = try payMembers(clause, i, set) } else { raw = try payFrames(clause, i) }
      let there = "beneficiary IS NOT NULL AND date IS NOT NULL AND NOT date_unknown AND NOT amount_unknown"
      parts.append(
        "SELECT \(columns) FROM \(raw) "
          + "WHERE ok AND \(there) AND (amount > 0 OR amount < 0 AND missing IS NULL)")
      odd.append(
        """
        SELECT coalesce(member, record) AS subject, CAST(NULL AS BOOLEAN) AS here, CAST(NULL AS BOOLEAN) AS beyond \
        FROM \(raw) \
        WHERE ok IS NOT FALSE AND (beneficiary IS NOT NULL OR beneficiary_unknown) \
        AND (date IS NOT NULL OR date_unknown) AND (amount_unknown OR amount <> 0) \
        AND (ok IS NULL OR beneficiary_unknown OR date_unknown OR amount_unknown)\(MeasureSQL.exceptLeftOut)
        """)
    }
    guard !parts.isEmpty else { return nil }
    let all = steps.add(
      "candidates", ["Everything that may be paid · 可能支付的各笔"], parts.joined(separator: "\nUNION ALL\n"))
    return steps.add("paid", [], "SELECT \(MeasureSQL.columns) FROM \(try limits(all))")
  }

  private func payFrames(_ clause: CheckedPay, _ i: Int) throws(EmissionRefusal) -> String {
    let scope = frameScope("judged")
    let place = framePlace(scope)
    let who = try e.figure(clause.who, place)
    let amount = try priced(clause.amount, place)
    let on = try day(clause, place) ?? .none
    var when: [SQLTruth] = []
    if let t = clause.when { when.append(try e.truth(t, place)) }
    if e.windowOnAccrual, let inside = try window(on) { when.append(inside) }
    return steps.add(
      "pays_\(i + 1)", ["Clause \(i + 1), for each case · 第\(i + 1)项，逐一支付"],
      select(
        clause, i, who, try refusing(amount, place), on, .and(when), member: dialect.noText,
        subject: framesAreNamed ? "f.frame" : "f.record", scope))
  }

  /// The day on which a clause that pays frames pays one; nil where there is none.
  func day(_ clause: CheckedPay, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure? {
    if let on = clause.on { return try e.figure(on, p) }
    return try frameBegins(p)
  }

  private func payMembers(_ clause: CheckedPay, _ i: Int, _ number: Int) throws(EmissionRefusal) -> String {
    let set = e.sets[number]
    let inner = try memberPlace(measure.sets[number], set, frames: "judged")
    let outer = Invariant.value(inner.outer, "members-in-frames: who is paid for a set's members is paid in its frame")
      .place
    let who = try e.figure(clause.who, clause.whoInFrame ? outer : inner)
    let amount = try priced(clause.amount, clause.amountInFrame ? outer : inner)
    let on = try clause.on.map { t throws(EmissionRefusal) in try e.figure(t, inner) }
    var when: [SQLTruth] = []
    if let t = clause.when { when.append(try e.truth(t, inner)) }
    if e.windowOnAccrual, let on, let inside = try window(on) { when.append(inside) }
    let day = on ?? SQLFigure("s.date", unknown: "s.date_unknown", mayBeNone: true)
    return steps.add(
      "pays_\(i + 1)", ["Clause \(i + 1), for each member · 第\(i + 1)项，按人支付"],
      select(clause, i, who, amount, day, .and(when), member: "s.member", subject: "s.member", inner.scope))
  }

  private func select(
    _ clause: CheckedPay, _ i: Int, _ who: SQLFigure, _ amount: Priced, _ on: SQLFigure, _ when: SQLTruth,
    member: String, subject: String, _ scope: SQLScope
  ) -> String {
    let figure = "CAST(\(amount.figure.sql) AS BIGINT)"
    let isPriced = amount.missing.isEmpty
    func told(_ early: String?, _ otherwise: String) -> String {
      guard let test = amount.early?.test else { return otherwise }
      return "CASE WHEN \(test) THEN \(early ?? "") ELSE \(otherwise) END"
    }
    let units = amount.early.map { "CAST(\($0.units.sql) AS BIGINT)" }
    return """
      SELECT \(i + 1) AS clause, f.frame, f.record, f.step, \(member) AS member, \(subject) AS subject,
        \(who.sql) AS beneficiary, \(who.unknown) AS beneficiary_unknown,
        \(on.sql) AS date, \(on.unknown) AS date_unknown,
        \(told(units, figure)) AS amount,
        \(told(amount.early?.units.unknown, amount.figure.unknown)) AS amount_unknown,
        \(told(units, isPriced ? "CAST(NULL AS BIGINT)" : figure)) AS units,
        \(told(amount.early.map { $0.isMonths ? "TRUE" : "FALSE" }, amount.isMonths ? "TRUE" : "FALSE")) AS is_months,
        \(told(amount.early.map { dialect.quoted($0.name) }, MeasureSQL.names(amount.missing, dialect))) AS missing,
        \(clause.isUpperBound ? "TRUE" : "FALSE") AS upper_bound, 'paid' AS standing,
        \(when.here) AS ok
      FROM \(scope.from)
      WHERE f.here
      """
  }

  // MARK: Prices

  /// An amount in fen, or in units where it lacks a value.
  struct Priced {
    var figure: SQLFigure
    var missing: [String] = []
    var isMonths = false
    /// Where a value by date is asked for on a day before its first: the price is missing there, which is a row's own
    /// matter.
    var early: (test: String, name: String, units: SQLFigure, isMonths: Bool)?
  }

  /// What is missing, as one text.
  private static func names(_ missing: [String], _ dialect: SQLDialect) -> String {
    missing.isEmpty ? dialect.noText : dialect.quoted(missing.joined(separator: " "))
  }

  private func priced(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> Priced {
    e.before = []
    let (figure, lacks) = try lacking(t, p)
    if lacks.isEmpty { return try pricedByDate(t, figure, p) }
    let (units, isMonths) = try units(t, p)
    return Priced(figure: units, missing: lacks.sorted(), isMonths: isMonths)
  }

  /// An amount that lacks nothing, or lacks the one value by date in rows of too early a day.
  private func pricedByDate(_ t: Typed, _ figure: SQLFigure, _ p: SQLPlace) throws(EmissionRefusal) -> Priced {
    let before = e.before
    guard let one = before.first, figure.unknown != "FALSE" else { return Priced(figure: figure) }
    if before.contains(where: { $0 != one }) {
      throw refusal(Text("several values by date in one amount", zh: "同一金额中的多个按日期变动的数值"), at: t.location)
    }
    defer { e.early = .unknown }
    e.early = .known
    let given = try lacking(t, p).0
    e.early = .missing
    let (units, isMonths) = try units(t, p)
    // What another fact leaves open is open, whatever the price.
    let test = "(\(one.test) AND (\(figure.unknown)) AND NOT (\(given.unknown)))"
    return Priced(figure: figure, early: (test, one.name, units, isMonths))
  }

  /// A figure, and the values that it lacks.
  private func lacking(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> (SQLFigure, Set<String>) {
    let outside = e.missing
    e.missing = []
    defer { e.missing = outside }
    let figure = try e.figure(t, p)
    return (figure, e.missing)
  }

  /// How many units an unpriced amount comes to: its months where the missing value is monthly, else one.
  private func units(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> (SQLFigure, Bool) {
    switch t.operation {
    case .multiply(let a, let b):
      let la = try lacking(a, p).1, lb = try lacking(b, p).1
      if a.type == .rate(.month), b.type == .months, !la.isEmpty { return (try e.figure(b, p), true) }
      if b.type == .rate(.month), a.type == .months, !lb.isEmpty { return (try e.figure(a, p), true) }
      // Nothing of something is nothing, whatever its price.
      if !la.isEmpty { return try units(of: units(a, p), unlessZero: b, p) }
      if !lb.isEmpty { return try units(of: units(b, p), unlessZero: a, p) }
    case .divide(let a, _): return try units(a, p)
    case .ifThen(let c, let a, let b):
      let test = try e.truth(c, p)
      if test == .yes { return try units(a, p) }
      if test == .no { return try units(b, p) }
    // A figure by itself, a sum with others or one of several: a payment each.
    case .constant, .parameter, .value, .argument, .selfField, .field, .iteration, .call, .add, .subtract, .whole,
      .pick, .yearOf, .wholeMonths, .wholeYears, .yearsRunning, .count, .sum, .extreme, .ofFrame, .notKnown, .rounded,
      .form, .sideways, .numberIn, .different, .grouped:
      break
    case .textConstant, .placeConstant, .readingIs, .home, .asOf, .windowStart, .windowEnd, .adopted, .selfRecord,
      .frameRecord, .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .stable,
      .except, .dayOfYear, .completion, .provinceOf, .dateOfNumber, .firstDayAtOnce, .spellEnd, .spellBegins, .nothing:
      Invariant.broken("amount-is-figure: what lacks a price is a figure, no condition, date or record")
    }
    return (SQLFigure("1"), false)
  }

  private func units(
    of units: (SQLFigure, Bool), unlessZero factor: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> (SQLFigure, Bool) {
    let amount = try e.exact(factor, p)
    if SQLLogic.isNumber(amount.above) { return Int(amount.above) == 0 ? (SQLFigure("0"), units.1) : units }
    let figure = SQLFigure(
      "(CASE WHEN \(amount.above) = 0 THEN 0 WHEN \(amount.above) IS NOT NULL THEN \(units.0.sql) END)",
      unknown: SQLLogic.or([amount.unknown, units.0.unknown]), mayBeNone: amount.mayBeNone || units.0.mayBeNone)
    return (figure, units.1)
  }

  // MARK: Errors

  /// A fact that the rule refuses stops the script, as it stops a budget.
  private func refusing(_ amount: Priced, _ p: SQLPlace) throws(EmissionRefusal) -> Priced {
    var amount = amount
    for (message, when) in measure.outcome.errors {
      let test = try e.truth(when, p).here
      let words = dialect.quoted(": \(message.en) (\(measure.id), \(measure.article))")
      amount.figure = SQLFigure(
        "(CASE WHEN \(test) THEN refuse(f.frame || \(words)) ELSE \(amount.figure.sql) END)",
        unknown: amount.figure.unknown, mayBeNone: amount.figure.mayBeNone)
    }
    return amount
  }

  // MARK: Entries

  /// The statement's SELECT: every entry of the measure.
  func entries(_ paid: String?) throws(EmissionRefusal) -> String {
    let name = dialect.quoted(measure.id), kind = dialect.quoted(measure.kind), document = dialect.quoted(document.id)
    let others = leftOut.map { " AND frame NOT IN (SELECT frame FROM \($0))" }.joined()
    let open = odd.joined(separator: "\nUNION ALL\n").replacing(MeasureSQL.exceptLeftOut, with: others)
    let none = "SELECT \(dialect.noText) AS subject, FALSE AS here, FALSE AS beyond WHERE FALSE"
    let odd = steps.add("open_subjects", ["Who is neither paid nor refused · 未能判定或适用其他文件"], open.isEmpty ? none : open)
    var parts: [String] = []
    if let paid {
      parts.append(
        """
        SELECT CASE WHEN missing IS NULL THEN 'payment' ELSE 'unpriced' END AS entry, \(name) AS measure,
          \(document) AS document, \(kind) AS kind, clause, beneficiary, \(spaces) AS payee_of, subject,
          row_number() OVER (ORDER BY \(orderOfSubjects())) AS filing, date,
          CASE WHEN missing IS NULL THEN amount END AS fen, standing, upper_bound, units, is_months, missing, frame,
          member, claimed, cut_by, \(dialect.noText) AS displaced_by, CAST(\(yearOfPayment) AS BIGINT) AS of_year
        FROM \(paid) AS c
        """)
    }
    func rest(_ entry: String, _ test: String, of odd: String, _ missing: String? = nil) -> String {
      """
      SELECT DISTINCT '\(entry)' AS entry, \(name) AS measure, \(document) AS document, \(kind) AS kind, 0 AS clause,
        \(dialect.noText) AS beneficiary, '' AS payee_of, subject, 0 AS filing, CAST(NULL AS DATE) AS date,
        CAST(NULL AS BIGINT) AS fen,
        '\(entry)' AS standing, FALSE AS upper_bound, CAST(NULL AS BIGINT) AS units, FALSE AS is_months,
        \(missing.map(dialect.quoted) ?? dialect.noText) AS missing,
        \(dialect.noText) AS frame, \(dialect.noText) AS member, \(SQLContests.uncut(dialect))
      FROM \(odd)
      WHERE \(test)
      """
    }
    parts.append(rest("undetermined", "here IS NULL AND beyond IS NOT TRUE", of: odd))
    let governors = e.governors.joined(separator: "; ")
    parts.append(rest("elsewhere", "here IS NOT TRUE AND beyond IS TRUE", of: odd, governors))
    if let granted = try granted() {
      parts.append(
        """
        SELECT 'granted' AS entry, \(name) AS measure, \(document) AS document, \(kind) AS kind, clause, beneficiary,
          '' AS payee_of, subject, 0 AS filing, CAST(NULL AS DATE) AS date, CAST(NULL AS BIGINT) AS fen,
          'granted' AS standing, FALSE AS upper_bound, CAST(NULL AS BIGINT) AS units, FALSE AS is_months,
          \(dialect.noText) AS missing, \(dialect.noText) AS frame, \(dialect.noText) AS member,
          \(SQLContests.uncut(dialect))
        FROM \(granted)
        WHERE clause IS NOT NULL
        """)
    }
    // Who is open for another reason already is told once.
    var told = ["SELECT subject FROM \(odd) WHERE here IS NULL AND beyond IS NOT TRUE"]
    for step in openByCap {
      parts.append(rest("undetermined", "is_open AND subject NOT IN (\(told.joined(separator: " UNION ")))", of: step))
      told.append("SELECT subject FROM \(step) WHERE is_open")
    }
    return parts.joined(separator: "\nUNION ALL\n")
  }
}
