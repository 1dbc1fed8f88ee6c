// Conditions in SQL. What compares with something unknown is unknown; with something that is not there, false.
import Facts
import PolicyLanguage
import Reckoning

extension ExpressionSQL {
  func compare(
    _ op: Expression.Comparison, _ a: Typed, _ b: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLTruth {
    if a.type == .nothing || b.type == .nothing {
      let isGiven = try given(a.type == .nothing ? b : a, negated: false, p)
      return op == .equal ? isGiven.negated : isGiven
    }
    if a.type == .truth {
      let x = try truth(a, p), y = try truth(b, p)
      let same = SQLTruth.or([.and([x, y]), .and([x.negated, y.negated])])
      return op == .equal ? same : same.negated
    }
    if a.type == .dateOrYear || b.type == .dateOrYear {
      let x = try loose(a, p), y = try loose(b, p)
      return .asked([x, y], loosely(op, x, y))
    }
    if let counted = try comparedCount(op, a, b, p) { return counted }
    if isNumber(a.type), isNumber(b.type), try isFractional([a, b]) {
      let order = SQLExact.order(try exact(a, p), try exact(b, p))
      let holds = "\(order.sql) \(op.sign) 0"
      let isSure = order.unknown == "FALSE"
      return .asked([order], isSure ? holds : "CASE WHEN NOT \(SQLLogic.wrapped(order.unknown)) THEN \(holds) END")
    }
    let x = try ranked(a, op, p), y = try ranked(b, op, p)
    return .asked([x, y], "\(x.sql) \(op.sign) \(y.sql)")
  }

  /// A comparison with a count of other records, decided where what is certain and what is possible decides it; nil
  /// where nothing is counted.
  private func comparedCount(
    _ op: Expression.Comparison, _ a: Typed, _ b: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLTruth? {
    let isLeft: Bool
    let counts: (asked: SQLFigure, least: SQLFigure, most: SQLFigure)
    if let found = try countsBeside(a, p) {
      (counts, isLeft) = (found, true)
    } else if let found = try countsBeside(b, p) {
      (counts, isLeft) = (found, false)
    } else {
      return nil
    }
    let other = try exact(isLeft ? b : a, p)
    func test(_ count: SQLFigure, _ op: Expression.Comparison) -> SQLTruth {
      let order =
        isLeft
        ? SQLExact.order(SQLExact(count, in: dialect), other) : SQLExact.order(other, SQLExact(count, in: dialect))
      let holds = "\(order.sql) \(op.sign) 0"
      let isSure = order.unknown == "FALSE"
      return .asked([order], isSure ? holds : "CASE WHEN NOT \(SQLLogic.wrapped(order.unknown)) THEN \(holds) END")
    }
    // Of the two bounds one has to pass for the answer to be yes, and the other has to fail for it to be no.
    func decided(_ op: Expression.Comparison) -> SQLTruth {
      let isRising = (op == .greater || op == .greaterOrEqual) == isLeft
      let (sure, possible) = isRising ? (counts.least, counts.most) : (counts.most, counts.least)
      return .and([.or([test(counts.asked, op), test(sure, op)]), test(possible, op)])
    }
    switch op {
    case .greater, .greaterOrEqual, .less, .lessOrEqual: return decided(op)
    case .equal: return .and([decided(.greaterOrEqual), decided(.lessOrEqual)])
    case .notEqual: return .or([decided(.greater), decided(.less)])
    }
  }

  /// What is compared: choices that stand in an order by their place in it.
  private func ranked(_ t: Typed, _ op: Expression.Comparison, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let figure = try figure(t, p)
    guard case .choice(let names) = t.type, op != .equal, op != .notEqual else { return figure }
    return .of([figure], dialect.position(of: figure.sql, in: names.map(dialect.quoted)))
  }

  /// Dates that may be years, by year where one of two is.
  private func loosely(_ op: Expression.Comparison, _ x: SQLFigure, _ y: SQLFigure) -> String {
    "compared_loosely(\(x.sql), \(y.sql)) \(op.sign) 0"
  }

  /// A date or year as one number: days, or from 1,000,000,000 on years.
  private func loose(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let figure = try figure(t, p)
    return t.type == .dateOrYear ? figure : .of([figure], "day_number(\(figure.sql))")
  }

  func between(_ x: Typed, _ a: Typed, _ b: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    if [x, a, b].contains(where: { $0.type == .dateOrYear }) {
      let all = [try loose(x, p), try loose(a, p), try loose(b, p)]
      return .asked(all, "\(loosely(.greaterOrEqual, all[0], all[1])) AND \(loosely(.lessOrEqual, all[0], all[2]))")
    }
    if let low = try comparedCount(.greaterOrEqual, x, a, p), let high = try comparedCount(.lessOrEqual, x, b, p) {
      return .and([low, high])
    }
    let all = [try figure(x, p), try figure(a, p), try figure(b, p)]
    let sql = "\(all[0].sql) >= \(all[1].sql) AND \(all[0].sql) <= \(all[2].sql)"
    // Where one of the three is unknown the whole is, also where another decides.
    let unknown = SQLLogic.or(all.map(\.unknown))
    if unknown == "FALSE" { return .asked(all, sql) }
    return SQLTruth("CASE WHEN \(unknown) THEN NULL ELSE coalesce(\(sql), FALSE) END")
  }

  func isAny(_ x: Typed, _ options: [Typed], _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    var all: [SQLTruth] = []
    for option in options { all.append(try compare(.equal, x, option, p)) }
    return .or(all)
  }

  func given(_ x: Typed, negated: Bool, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    let isGiven: SQLTruth
    switch try term(x, p) {
    case .truth(let truth):
      isGiven = SQLTruth(
        "(\(SQLLogic.wrapped(truth.here)) IS NOT NULL OR \(SQLLogic.wrapped(truth.beyond)) IS NOT NULL)")
    case .figure(let figure): isGiven = figure.isSure ? .yes : SQLTruth("\(SQLLogic.wrapped(figure.sql)) IS NOT NULL")
    }
    return negated ? isGiven.negated : isGiven
  }

  func within(_ x: Typed, _ areas: [Typed], _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    let place = try figure(x, p)
    var all: [SQLTruth] = []
    // Areas of one level are looked for together.
    var starts: [Int: [String]] = [:]
    for t in areas {
      let area = try figure(t, p)
      if area.sql.hasPrefix("'") {
        let start = PlaceCode(String(area.sql.dropFirst().dropLast())).significant
        starts[start.utf8.count, default: []].append(dialect.quoted(start))
      } else {
        all.append(.asked([place, area], dialect.starts(place.sql, with: "significant(\(area.sql))")))
      }
    }
    for (length, texts) in starts.sorted(by: { $0.key < $1.key }) {
      let test =
        texts.count == 1
        ? dialect.starts(place.sql, with: texts[0])
        : "substr(\(place.sql), 1, \(length)) IN (\(texts.joined(separator: ", ")))"
      all.append(.asked([place], test))
    }
    return .or(all)
  }

  /// Whether a spell lasts to a day; one without an end goes on.
  func stable(_ months: Typed, _ from: Typed, _ to: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    let n = try figure(months, p), start = try figure(from, p), end = try figure(to, p)
    let test: String
    switch clock {
    case .inclusive: test = "\(monthsAfter)(\(start.sql), \(n.sql)) - 1"
    case .anniversary: test = "\(monthsAfter)(\(start.sql), \(n.sql))"
    case .insuredMonths: test = "first_of_insured_month(\(start.sql), \(n.sql))"
    }
    let lasts = SQLLogic.isNumber(n.sql) && (Int(n.sql) ?? 0) <= 0 ? "TRUE" : "\(end.sql) >= \(test)"
    var sql = lasts
    if lasts != "TRUE", !SQLLogic.isNumber(n.sql) { sql = "(\(n.sql) <= 0 OR \(lasts))" }
    if lasts != "TRUE", end.mayBeNone || end.unknown != "FALSE" { sql = "(\(end.sql) IS NULL OR \(sql))" }
    let asked = SQLFigure.of([n, start], "0")
    if asked.isSure, end.unknown == "FALSE" { return SQLTruth(sql) }
    let absent = "\(n.sql) IS NULL OR \(start.sql) IS NULL"
    return SQLTruth(
      "CASE WHEN \(SQLLogic.or([asked.unknown, end.unknown])) THEN NULL WHEN \(absent) THEN FALSE ELSE \(sql) END")
  }

  var clock: Clock {
    switch choice("clock") {
    case 0: .inclusive
    case 1: .anniversary
    case 2: .insuredMonths
    case let other: Invariant.broken("clock-known: the reading `clock` has no choice \(other)")
    }
  }

  /// The function of a day and months that gives the day on which they are complete.
  var completion: String {
    switch clock {
    case .inclusive, .anniversary: "completes" + (choice("month_end") == 1 ? "_or_next_day" : "")
    case .insuredMonths: "last_of_insured_month"
    }
  }

  func except(
    _ x: Typed, _ exception: Typed, _ governor: String, _ when: Typed?, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLTruth {
    let base = try truth(x, p)
    var parts: [SQLTruth] = []
    if let when { parts.append(try truth(when, p)) }
    parts.append(try truth(exception, p))
    let excepted = SQLTruth.and(parts)
    if excepted == .no { return base }
    if !governors.contains(governor) { governors.append(governor) }
    return base.except(excepted)
  }
}
