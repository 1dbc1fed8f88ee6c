// What is looked up outside the facts, in SQL: a value's figure on a day, and the places of a level that hold a place.
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

extension ExpressionSQL {
  // MARK: Values by date

  /// A value laid down elsewhere, on a day: one for every day where it is set so, else that of the day. Before its
  /// first day it is not known, and an amount that needs it then has no price.
  func onDay(_ name: String, _ day: Typed, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let settings = programme.settings
    let date = try figure(day, p)
    let days = settings.days(of: name)
    if settings.value(of: name, for: measure) != nil || days.isEmpty {
      let one = supplied(settings.value(of: name, for: measure), t.type, name)
      return SQLFigure(
        one.sql == "NULL" || date.isSure ? one.sql : "(CASE WHEN \(date.sql) IS NOT NULL THEN \(one.sql) END)",
        unknown: SQLLogic.or([one.unknown, date.isSure ? "FALSE" : "(\(date.sql) IS NULL)"]))
    }
    let first = SQLDate.text(Day(number: days[0]))
    // A name of several is one word in the ledger.
    let lacked = "\(name)@\(Day(number: days[0]).text)"
    if early == .missing {
      missing.insert(lacked)
      return .unknown
    }
    before.append((test: "coalesce(\(date.sql) < \(first), FALSE)", name: lacked))
    let cases = days.reversed().map { number -> String in
      let day = Day(number: number)
      let raw = settings.values[name + "." + day.text]
      return "WHEN \(date.sql) >= \(SQLDate.text(day)) THEN \(raw.map { programme.literal($0, t.type) } ?? "NULL")"
    }
    return SQLFigure(
      "(CASE \(cases.joined(separator: " ")) END)",
      unknown: SQLLogic.or(
        [date.unknown, "(\(date.sql) IS NULL)"] + (early == .known ? [] : ["coalesce(\(date.sql) < \(first), FALSE)"])))
  }

  // MARK: Levels of places

  /// The place of a level that a place lies within; not known where it is wider.
  func area(_ level: PlaceLevel, _ x: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let rule = level == .county ? "right(@, 2) = '00'" : "right(@, 4) = '0000'"
    let plain = level == .county ? "@" : "substr(@, 1, 4) || '00'"
    return try placed(x, p, wider: rule, plain: plain) { places, place in
      places.area(level, of: place).map { places.codes[Int($0)].text }
    } expected: { code in
      if code.hasSuffix(level == .county ? "00" : "0000") { return nil }
      return level == .county ? code : String(code.prefix(4)) + "00"
    }
  }

  /// The level of a place, as one of its choices.
  func level(_ x: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    func word(_ level: PlaceLevel) -> String {
      switch level {
      case .province: "province"
      case .prefecture: "prefecture"
      case .county: "county"
      }
    }
    let plain =
      "CASE WHEN right(@, 4) = '0000' THEN 'province' WHEN right(@, 2) = '00' THEN 'prefecture' ELSE 'county' END"
    return try placed(x, p, wider: "FALSE", plain: plain) { places, place in
      places.level(of: place).map(word)
    } expected: { code in
      code.hasSuffix("0000") ? "province" : code.hasSuffix("00") ? "prefecture" : "county"
    }
  }

  /// What follows from a place's code by a rule, with the places for which it is something else.
  /// - Parameters:
  ///   - wider: where the rule says nothing, with `@` for the code.
  ///   - plain: what the rule says.
  ///   - found: what is so of a place.
  ///   - expected: what the rule says of a code.
  private func placed(
    _ x: Typed, _ p: SQLPlace, wider: String, plain: String, found: (Gazetteer, Int32) -> String?,
    expected: (String) -> String?
  ) throws(EmissionRefusal) -> SQLFigure {
    let place = try figure(x, p)
    let places = programme.places
    var others: [String: [String]] = [:]
    var none: [String] = []
    for i in places.codes.indices {
      let code = places.codes[i].text, own = found(places, Int32(truncatingIfNeeded: i))
      if own == expected(code) { continue }
      if let own {
        others[own == code ? "@" : dialect.quoted(own), default: []].append(code)
      } else {
        none.append(code)
      }
    }
    func list(_ codes: [String]) -> String { codes.sorted().map(dialect.quoted).joined(separator: ", ") }
    var cases = none.isEmpty ? [] : ["WHEN @ IN (\(list(none))) THEN NULL"]
    for (own, codes) in others.sorted(by: { $0.key < $1.key }) {
      cases.append("WHEN @ IN (\(list(codes))) THEN \(own)")
    }
    if wider != "FALSE" { cases.append("WHEN \(wider) THEN NULL") }
    let sql = "(CASE \(cases.joined(separator: " ")) ELSE \(plain) END)".replacing("@", with: place.sql)
    return SQLFigure(
      sql, unknown: SQLLogic.or([place.unknown, "(\(place.sql) IS NOT NULL AND \(sql) IS NULL)"]),
      mayBeNone: place.mayBeNone)
  }
}
