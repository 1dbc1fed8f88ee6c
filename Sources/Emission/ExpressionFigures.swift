// Numbers, amounts, dates and choices among them in SQL. What has fractions in it stays exact until it is paid,
// compared or asked to be whole.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension ExpressionSQL {
  func isNumber(_ type: ValueType) -> Bool {
    switch type {
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction: true
    case .truth, .date, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken: false
    }
  }

  /// Whether a type's figures are whole numbers of hundred-millionths.
  func isScaled(_ type: ValueType) -> Bool { type == .share || type == .decimal }

  /// Whether a figure need not be whole: it is a share, a quotient, or made of such.
  func isFractional(_ t: Typed) throws(EmissionRefusal) -> Bool {
    try counted(t)
    if isScaled(t.type) { return true }
    switch t.operation {
    case .divide: return true
    case .multiply(let a, let b), .add(let a, let b), .subtract(let a, let b): return try isFractional([a, b])
    case .ifThen(_, let a, let b): return try isFractional([a, b])
    case .pick(_, let all): return try isFractional(all)
    case .sum(let x, _), .extreme(_, let x, _), .ofFrame(let x): return try isFractional(x)
    case .sideways(let figure):
      if figure.isOfValues, let value = figure.value { return try isFractional(value) }
      return false
    case .call(let definition, let args):
      return try inCall(args, .constant) { () throws(EmissionRefusal) in try isFractional(definition.body) }
    case .argument(let i):
      return try inArgument(i) { argument, _ throws(EmissionRefusal) in try isFractional(argument) }
    case .form(let form, _): return form == .grown
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .field, .frameRecord, .iteration, .not, .and, .or, .compare,
      .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .whole, .yearOf, .dayOfYear,
      .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .dateOfNumber,
      .firstDayAtOnce, .nothing, .notKnown, .rounded, .spellEnd, .spellBegins, .grouped, .numberIn, .different:
      return false
    }
  }

  /// Whether it is reckoned above and below a line, and is no figure of so many parts by itself.
  func isQuotient(_ t: Typed) throws(EmissionRefusal) -> Bool {
    if isScaled(t.type) { return false }
    return try isFractional(t)
  }

  func isFractional(_ all: [Typed]) throws(EmissionRefusal) -> Bool {
    for t in all where try isFractional(t) { return true }
    return false
  }

  // MARK: Exact

  /// A figure in its exact form.
  func exact(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLExact { try named(wholeExact(t, p), t, p) }

  private func wholeExact(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLExact {
    guard try isFractional(t) else { return SQLExact(try figure(t, p), in: dialect) }
    if isScaled(t.type) {
      if case .argument(let i) = t.operation {
        return try inArgument(i) { argument, place throws(EmissionRefusal) in try exact(argument, place) }
      }
      let parts = SQLExact(try figure(t, p), in: dialect)
      return SQLExact(
        above: parts.above, below: String(Share.unit), unknown: parts.unknown, mayBeNone: parts.mayBeNone, in: dialect)
    }
    switch t.operation {
    case .multiply(let a, let b): return .times(try exact(a, p), try exact(b, p))
    case .divide(let a, let b): return .divided(try exact(a, p), by: try exact(b, p))
    case .add(let a, let b): return .sum(try exact(a, p), try exact(b, p), adding: true)
    case .subtract(let a, let b): return .sum(try exact(a, p), try exact(b, p), adding: false)
    case .ifThen(let condition, let a, let b): return try exactBranch(condition, a, b, p)
    case .pick(let pick, let all): return try exactPick(pick, all, t, p)
    case .sum(let x, let i): return try exactSum(x, over: i, t, p)
    case .extreme(let pick, let x, let i): return try exactExtreme(pick, x, over: i, t, p)
    case .call(let definition, let args):
      return try inCall(args, p) { () throws(EmissionRefusal) in try exact(definition.body, p) }
    case .argument(let i):
      return try inArgument(i) { argument, place throws(EmissionRefusal) in try exact(argument, place) }
    case .sideways(let figure) where figure.isOfValues: return try exactSideways(figure, t, p)
    case .form(.grown, let parts): return try grown(parts, t, p)
    case .ofFrame(let x):
      return try placeOfFrame(p).map { p throws(EmissionRefusal) in try exact(x, p) } ?? SQLExact(.unknown, in: dialect)
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .field, .frameRecord, .iteration, .not, .and, .or, .compare,
      .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .whole, .yearOf, .dayOfYear,
      .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .dateOfNumber,
      .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn, .different, .notKnown, .rounded, .form,
      .nothing:
      return SQLExact(try figure(t, p), in: dialect)
    }
  }

  private func exactBranch(
    _ condition: Typed, _ a: Typed, _ b: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLExact {
    let test = try truth(condition, p).here
    if test == "TRUE" { return try exact(a, p) }
    if test == "FALSE" { return try exact(b, p) }
    let x = try exact(a, p), y = try exact(b, p)
    return SQLExact(
      above: "(CASE WHEN \(test) THEN \(x.above) ELSE \(y.above) END)",
      below: x.below == y.below ? x.below : "(CASE WHEN \(test) THEN \(x.below) ELSE \(y.below) END)",
      unknown: branchUnknown(test, x.unknown, y.unknown), mayBeNone: x.mayBeNone || y.mayBeNone, in: dialect)
  }

  /// Where the test is unknown, so is what it decides.
  private func branchUnknown(_ test: String, _ a: String, _ b: String) -> String {
    "(\(SQLLogic.wrapped(test)) IS NULL OR CASE WHEN \(test) THEN \(a) ELSE \(b) END)"
  }

  private func exactPick(
    _ pick: Expression.Pick, _ all: [Typed], _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLExact {
    var parts: [SQLExact] = []
    for part in all { parts.append(try exact(part, p)) }
    let isLarger = pick == .larger || pick == .later
    // Of figures over one number the one above the line decides; what is not there is left out.
    if parts.count > 1, let (above, below) = SQLExact.overOne(parts) {
      return SQLExact(
        above: "\(isLarger ? "greatest" : "least")(\(above.joined(separator: ", ")))", below: below,
        unknown: SQLLogic.or(parts.map(\.unknown)), mayBeNone: parts.allSatisfy(\.mayBeNone), in: dialect)
    }
    var best: SQLExact?
    let sign = isLarger ? ">" : "<"
    for next in parts {
      guard let known = best else {
        best = next
        continue
      }
      let takes =
        "(\(known.above) IS NULL OR compared(\(next.above), \(next.below), \(known.above), \(known.below)) \(sign) 0)"
      let taken = SQLExact(
        above: "(CASE WHEN \(takes) THEN \(next.above) ELSE \(known.above) END)",
        below: next.below == known.below
          ? known.below : "(CASE WHEN \(takes) THEN \(next.below) ELSE \(known.below) END)",
        unknown: SQLLogic.or([known.unknown, next.unknown]), mayBeNone: known.mayBeNone && next.mayBeNone, in: dialect)
      best = try named(taken, t, p)
    }
    return Invariant.value(best, "pick-of-some: one of several is taken")
  }

  /// What grows by a share for some years: for as many as an engine's whole figures reach. More stop the script.
  private func grown(_ parts: [Typed], _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLExact {
    let share = try figure(parts[1], p), years = try figure(parts[2], p)
    guard let raw = Int64(share.sql), raw >= 0, raw <= 10 * Share.unit else {
      throw refusal(Text("an amount that grows by a share that facts state", zh: "按事实中比例逐年增长的金额"), t)
    }
    let (above, below) = SQLGrowth.powers(of: raw)
    let name = dialect.quoted(": more years of growth than a script can say (\(measure.id))")
    func power(_ all: [Int64]) -> String {
      let power = dialect.element(all.map(String.init), at: years.sql)
      return "(CASE WHEN \(years.sql) >= \(all.count) AND \(years.sql) <= \(TypedForm.mostYears) THEN refuse(\(name)) "
        + "ELSE CAST(\(power) AS \(dialect.wide)) END)"
    }
    let isBeyond = "coalesce(\(years.sql) < 0 OR \(years.sql) > \(TypedForm.mostYears), FALSE)"
    let grown = SQLExact(
      above: "(CASE WHEN \(years.sql) >= 0 THEN \(power(above)) END)", below: power(below),
      unknown: SQLLogic.or([years.unknown, isBeyond]), mayBeNone: years.mayBeNone, in: dialect)
    return .times(try exact(parts[0], p), grown)
  }

  // MARK: Arithmetic

  func arithmetic(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let isFractional = try isFractional(t)
    if isFractional, !isScaled(t.type) { return try exact(t, p).rounded() }
    let x: SQLFigure, y: SQLFigure
    switch t.operation {
    case .add(let a, let b):
      (x, y) = (try figure(a, p), try figure(b, p))
      return try sum(a, x, b, y, adding: true, t)
    case .subtract(let a, let b):
      (x, y) = (try figure(a, p), try figure(b, p))
      return try sum(a, x, b, y, adding: false, t)
    case .multiply(let a, let b):
      (x, y) = (try figure(a, p), try figure(b, p))
      return .of([x, y], SQLLogic.reckoned(x.sql, "*", y.sql))
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .argument, .field, .frameRecord, .iteration, .call, .not, .and,
      .or,
      .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .divide, .whole,
      .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count,
      .sum, .extreme, .dateOfNumber, .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn,
      .different, .ofFrame, .notKnown, .rounded, .form, .nothing:
      Invariant.broken("plain-arithmetic: only sums and products of whole figures are plain arithmetic")
    }
  }

  private func sum(
    _ a: Typed, _ x: SQLFigure, _ b: Typed, _ y: SQLFigure, adding: Bool, _ t: Typed
  ) throws(EmissionRefusal) -> SQLFigure {
    if a.type == .date, b.type == .date { return .of([x, y], "days_between(\(y.sql), \(x.sql))") }
    let moved = adding ? y.sql : "-" + SQLLogic.wrapped(y.sql)
    switch (a.type, b.type) {
    case (.date, .days): return .of([x, y], "days_after(\(x.sql), \(moved))")
    case (.date, .months): return .of([x, y], "\(monthsAfter)(\(x.sql), \(moved))")
    case (.dateOrYear, .months):
      return .of([x, y], "months_after_loosely(\(x.sql), \(moved), \(choice("month_end") == 1))")
    case (_, _): return .of([x, y], SQLLogic.reckoned(x.sql, adding ? "+" : "-", y.sql))
    }
  }

  // MARK: Choice

  func ifThen(
    _ condition: Typed, _ a: Typed, _ b: Typed, _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLTerm {
    let test = try truth(condition, p)
    if test == .yes { return try fitted(a, t, p) }
    if test == .no { return try fitted(b, t, p) }
    if t.type == .truth {
      let x = try truth(a, p), y = try truth(b, p)
      return .truth(.or([.and([test, x]), .and([test.negated, y])]))
    }
    if try isFractional(t), !isScaled(t.type) { return .figure(try exact(t, p).rounded()) }
    let x = try figure(a, p), y = try figure(b, p)
    return .figure(
      SQLFigure(
        "(CASE WHEN \(test.here) THEN \(x.sql) WHEN \(SQLLogic.not(test.here)) THEN \(y.sql) END)",
        unknown: branchUnknown(test.here, x.unknown, y.unknown), mayBeNone: x.mayBeNone || y.mayBeNone))
  }

  /// What is taken of a choice, as a condition or a value, as the choice is.
  private func fitted(_ t: Typed, _ whole: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTerm {
    whole.type == .truth ? .truth(try truth(t, p)) : .figure(try figure(t, p))
  }

  func choose(
    _ pick: Expression.Pick, _ xs: [Typed], _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLFigure {
    if try isFractional(t), !isScaled(t.type) { return try exact(t, p).rounded() }
    var all: [SQLFigure] = []
    for x in xs { all.append(try figure(x, p)) }
    if all.count == 1 { return all[0] }
    let unknown = SQLLogic.or(all.map(\.unknown))
    let name = pick == .later || pick == .larger ? "greatest" : "least"
    // Of several, what is not there is left out; what is unknown makes all unknown.
    let chosen = "\(name)(\(all.map(\.sql).joined(separator: ", ")))"
    return SQLFigure(
      unknown == "FALSE" ? chosen : "(CASE WHEN NOT \(SQLLogic.wrapped(unknown)) THEN \(chosen) END)",
      unknown: unknown, mayBeNone: all.allSatisfy(\.mayBeNone))
  }

  // MARK: Dates and places

  func province(_ x: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let place = try figure(x, p)
    return .of([place], "province_of(\(place.sql))")
  }

  func yearOf(_ x: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let day = try figure(x, p)
    return .of([day], x.type == .dateOrYear ? "loose_year(\(day.sql))" : "year_of(\(day.sql))")
  }

  func dayOfYear(
    _ day: Int, _ month: Int, _ year: Typed, _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLFigure {
    let number = try figure(year, p)
    // A day that a year lacks is its month's last.
    if day > Day.length(year: 2023, month: month) {
      return .of([number], "last_of_month(day_of_year(\(number.sql), \(month), 1))")
    }
    return .of([number], "day_of_year(\(number.sql), \(month), \(day))")
  }

  /// A function of two values of which either makes it absent.
  func dates(_ name: String, _ a: Typed, _ b: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let x = try figure(a, p), y = try figure(b, p)
    let function = name == "whole_months" && choice("month_end") == 1 ? "whole_months_or_next_day" : name
    return .of([x, y], "\(function)(\(x.sql), \(y.sql))")
  }

  func form(_ form: TypedForm, _ parts: [Typed], _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    switch form {
    case .days:
      let a = try figure(parts[0], p), b = try figure(parts[1], p)
      return .of([a, b], "not_below_nought(days_between(\(a.sql), \(b.sql)))")
    case .edge(let isLast, let stretch):
      let day = try figure(parts[0], p)
      return .of([day], "\(isLast ? "last" : "first")_of_\(stretch)(\(day.sql))")
    case .part(let stretch):
      let day = try figure(parts[0], p)
      return .of([day], "\(stretch)(\(day.sql))")
    case .grown: return try exact(t, p).rounded()
    case .onDay(let name): return try onDay(name, parts[0], t, p)
    case .daysPresent: return try present(parts, p)
    case .monthParts: return try dates("month_parts", parts[0], parts[1], p)
    case .yearParts: return try dates("year_parts", parts[0], parts[1], p)
    case .days360: return try dates("days_of_thirty", parts[0], parts[1], p)
    case .numbered(let isLast, let stretch, let number):
      let year = try figure(parts[0], p), month = stretch == .quarter ? 3 * number - 2 : number
      return .of([year], "\(isLast ? "last" : "first")_of_\(stretch)(day_of_year(\(year.sql), \(month), 1))")
    case .prefecture: return try area(.prefecture, parts[0], p)
    case .county: return try area(.county, parts[0], p)
    case .level: return try level(parts[0], p)
    case .periods(let months, let isCalendar):
      let from = try figure(parts[0], p), until = try figure(parts[1], p)
      let origin = isCalendar ? "first_of_month(\(from.sql))" : from.sql
      return .of([from, until], "\(ofPeriods("periods"))(\(from.sql), \(origin), \(until.sql), \(months))")
    case .periodStart(let months, let isCalendar):
      let from = try figure(parts[0], p), n = try figure(parts[1], p)
      return whole([from, n], periodStart(from, "least(\(n.sql), \(TypedForm.mostPeriods + 1))", months, isCalendar))
    case .periodEnd(let months, let isCalendar):
      let from = try figure(parts[0], p), n = try figure(parts[1], p), until = try figure(parts[2], p)
      let next = "least(greatest(\(n.sql), 1), \(TypedForm.mostPeriods)) + 1"
      return whole([from, n, until], "least(\(periodStart(from, next, months, isCalendar)) - 1, \(until.sql))")
    }
  }

  /// What is made by `least` or `greatest`, which leave out what is absent: absent where one of the values is.
  private func whole(_ all: [SQLFigure], _ sql: String) -> SQLFigure {
    let there = all.filter { !$0.isSure }.map { "\($0.sql) IS NOT NULL" }
    return .of(all, there.isEmpty ? sql : "(CASE WHEN \(there.joined(separator: " AND ")) THEN \(sql) END)")
  }

  private func ofPeriods(_ name: String) -> String { name + (choice("month_end") == 1 ? "_or_next_day" : "") }

  private func periodStart(_ from: SQLFigure, _ n: String, _ months: Int, _ isCalendar: Bool) -> String {
    let origin = isCalendar ? "first_of_month(\(from.sql))" : from.sql
    return "\(ofPeriods("period_start"))(\(from.sql), \(origin), \(n), \(months))"
  }

  /// Days of a stay within a stretch: without an end it goes on.
  private func present(_ parts: [Typed], _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    var all: [SQLFigure] = []
    for part in parts { all.append(try figure(part, p)) }
    let (begins, ends, a, b) = (all[0], all[1], all[2], all[3])
    let unknown = SQLLogic.or(all.map(\.unknown))
    let days = "days_present(\(all.map(\.sql).joined(separator: ", ")))"
    let there =
      [begins, a, b].map { "\($0.sql) IS NOT NULL" }
      + (ends.unknown == "FALSE" ? [] : ["NOT \(SQLLogic.wrapped(ends.unknown))"])
    return SQLFigure(
      "(CASE WHEN \(there.joined(separator: " AND ")) THEN \(days) END)", unknown: unknown,
      mayBeNone: begins.mayBeNone || a.mayBeNone || b.mayBeNone)
  }
}

/// Days as SQL writes them.
enum SQLDate {
  static func text(_ day: Day) -> String { "DATE '\(day.text)'" }
}
