// Comparisons: signs, `is any of`, `within`, `includes`, `from ... to`, and what may stand in the place of a choice or
// of a place.
import Diagnostics
import Facts

extension Checker {
  func compare(
    _ op: Expression.Comparison, _ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    // `reading is choice`
    if case .name(let n) = a.node, case .name(let c) = b.node, scope.arguments[id(of: n, scope)] == nil,
      scope.lets[id(of: n, scope)] == nil,
      scope.list?.named(n) == nil || reading(n, scope).map({ scope.readings[$0.name] != nil }) == true,
      let r = reading(n, scope),
      op == .equal || op == .notEqual
    {
      guard let index = r.choices.firstIndex(where: { $0.name == c || $0.chinese == c }) else {
        unknownChoice(Text("choice of `\(n)`", zh: "`\(n)` 的选项"), c, among: r.choices.map(\.name), at: b.location)
        return broken(location)
      }
      notes?.name(r.words, at: a.location)
      notes?.name(r.choices[index].words, at: b.location)
      // The choice among readings is made by name, so that a document's own override is found when it runs.
      let test = Typed(.readingIs(reading: r.id, choice: index), .truth, at: location)
      return op == .equal ? test : Typed(.not(test), .truth, at: location)
    }
    let ta = comparedName(a, b, op, scope)
    if ta.type == .broken { return ta }
    if op == .equal || op == .notEqual, let said = said(b, of: a, ta, scope, location) {
      return op == .equal ? said : Typed(.not(said), .truth, at: location)
    }
    let tb = element(b, like: ta, scope)
    if tb.type == .broken { return tb }
    if ta.type == .nothing || tb.type == .nothing, op != .equal, op != .notEqual {
      report(
        "no-order",
        Text("`nothing` comes neither before nor after anything: this never holds.", zh: "“无”没有先后大小，此条件永远不成立。"),
        hint: Text(
          "Ask whether there is a value, for example `end is given` or `not (end is given)`.",
          zh: "请改问是否填有该项，例如 `end is given`、`not (end is given)`。"), at: location)
      return broken(location)
    }
    switch ta.type {
    case .set:
      report(
        "no-order", Text("A set is not compared as a whole.", zh: "集合不能整体比较。"),
        hint: Text(
          "Ask what it holds: `includes` or `includes any of`.", zh: "请询问它包含什么：`includes` 或 `includes any of`。"),
        at: location)
      return broken(location)
    case .choice, .record, .text, .place, .truth:
      if op != .equal, op != .notEqual, !ascends(ta.type) {
        report(
          "no-order", Text("\(ta.type.words.en) has no order.", zh: "\(ta.type.words.zh)不分大小。"),
          hint: Text("Use `is` or `is not`.", zh: "请用 `is` 或 `is not`。"), at: location)
        return broken(location)
      }
      guard ta.type == tb.type else {
        mismatch(tb, wanted: ta.type)
        return broken(location)
      }
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date, .dateOrYear,
      .nothing, .broken:
      if isInOtherTime(a, ta, b, tb) || isInOtherTime(b, tb, a, ta) { return broken(location) }
      guard comparable(ta, tb) else { return broken(location) }
    }
    return Typed(.compare(op, ta, tb), .truth, at: location)
  }

  /// The left side of a comparison. Where two names are said to be the same it may have been meant as a reading.
  private func comparedName(
    _ a: Expression, _ b: Expression, _ op: Expression.Comparison, _ scope: Scope
  ) -> Typed {
    comparesNames = a.bareName != nil && b.bareName != nil && (op == .equal || op == .notEqual)
    defer { comparesNames = false }
    return expression(a, scope)
  }

  /// Tells of years where months are counted, and of a unit beside a fact that is a number of months.
  private func isInOtherTime(_ a: Expression, _ ta: Typed, _ b: Expression, _ tb: Typed) -> Bool {
    guard case .number(let digits, let unit?) = b.node, tb.type == .number else { return false }
    if ta.type == .months || ta.type == .partMonths, let hint = Checker.inMonths(b) {
      mismatch(tb, wanted: ta.type, hint: hint)
      return true
    }
    guard ta.type == .number, let field = Checker.monthsField(ta) else { return false }
    let months = Checker.yearUnits.contains(unit) ? Int(digits).flatMap { $0 <= 1000 ? String($0 * 12) : nil } : nil
    report(
      "wrong-type",
      Text(
        "`\(field.name)` is a number of months, and this is counted in `\(unit)`.",
        zh: "`\(field.words.zh)`按月数填写，这里的单位却是“\(unit)”。"),
      hint: months.map { Text("Write `\($0)`.", zh: "请写 `\($0)`。") }
        ?? Text("Write the number of months without a unit.", zh: "请写月数，不带单位。"), at: b.location)
    return true
  }

  /// The fact that an expression is, where its figure is a number of months.
  private static func monthsField(_ t: Typed) -> Field? {
    let field: Field? =
      if case .selfField(let own) = t.operation { own } else if case .field(_, let of) = t.operation { of } else { nil }
    return field.flatMap { $0.name.hasSuffix("_months") ? $0 : nil }
  }

  /// Something that may be one of a set or a choice; of another type it is a mistake.
  private func member(_ e: Expression, of type: ValueType, _ scope: Scope) -> Typed {
    let t = element(e, member: type, scope)
    if t.type == .broken || t.type == type || t.type == .nothing { return t }
    mismatch(t, wanted: type)
    return broken(e.location)
  }

  /// The options of a list; of those of another type the first is told.
  private func members(_ options: [Expression], of type: ValueType, _ scope: Scope) -> [Typed] {
    var out: [Typed] = []
    for e in options {
      out.append(member(e, of: type, scope))
      if out.last?.type == .broken { break }
    }
    return out
  }

  /// Whether it is one of choices of which each is more than those before it.
  func ascends(_ type: ValueType) -> Bool {
    guard case .choice(let names) = type else { return false }
    return dictionary.lists.contains { list in
      list.fields.contains { $0.isAscending && $0.type == .choice(names) }
    }
  }

  /// Whether there is more and less of such a thing.
  private func hasOrder(_ t: Typed, _ location: SourceRange) -> Bool {
    switch t.type {
    case .choice where ascends(t.type): return true
    case .choice, .record, .text, .place, .truth, .set:
      report(
        "no-order", Text("\(t.type.words.en) has no order.", zh: "\(t.type.words.zh)不分大小。"),
        hint: Text("Use `is` or `is any of`.", zh: "请用 `is` 或 `is any of`。"), at: location)
      return false
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date, .dateOrYear,
      .nothing, .broken:
      return true
    }
  }

  private func comparable(_ a: Typed, _ b: Typed) -> Bool {
    let numbers: Set<ValueType> = [.number, .decimal, .fraction, .share]
    let dates: Set<ValueType> = [.date, .dateOrYear]
    let pair: Set<ValueType> = [a.type, b.type]
    if a.type == b.type || pair.contains(.nothing) { return true }
    if pair.isSubset(of: dates) { return true }
    if pair.isSubset(of: numbers), pair.contains(.fraction) || !pair.contains(.share) { return true }
    if pair.isSubset(of: [.months, .partMonths]) { return true }
    mismatch(b, wanted: a.type)
    return false
  }

  /// An expression in the place of a member of a choice, a place or whatever `t` is.
  private func element(_ e: Expression, like t: Typed, _ scope: Scope) -> Typed { element(e, member: t.type, scope) }

  private func element(_ e: Expression, member: ValueType, _ scope: Scope) -> Typed {
    if let named = named(e, as: member, scope) { return named }
    switch member {
    case .choice(let names):
      guard case .name(let n) = e.node else { return expression(e, scope) }
      if let words = choice(n, of: names), let i = names.firstIndex(of: words.en) {
        notes?.name(words, at: e.location)
        return Typed(.constant(Int64(i)), member, at: e.location)
      }
      // Another field or argument of the same choices may stand here too.
      let own = id(of: n, scope)
      if scope.arguments[own] != nil || scope.lets[own] != nil || scope.iterations[own] != nil
        || scope.list?.named(n) != nil || scope.frameList?.named(n) != nil
      {
        return expression(e, scope)
      }
      unknownChoice(Text("choice", zh: "选项"), n, among: names, at: e.location)
      return broken(e.location)
    case .place: return location(e, scope)
    case .truth, .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date,
      .dateOrYear, .text,
      .record, .set, .nothing, .broken:
      return expression(e, scope)
    }
  }

  /// One of some choices by its id or its Chinese name, in both languages.
  func choice(_ written: String, of names: [String]) -> Text? {
    let words = dictionary.words(ofChoices: names)
    let place = names.firstIndex(of: written) ?? words.firstIndex { $0.zh == written }
    return place.map { words[$0] }
  }

  /// A place: a code, leading digits, a name in quotes, or an expression that is one.
  private func location(_ e: Expression, _ scope: Scope) -> Typed {
    /// What names a place as it is written.
    func written() -> String? {
      if case .number(let digits, nil) = e.node { return digits }
      if case .string(let name) = e.node { return name }
      return nil
    }
    if let written = written() {
      guard let id = location(named: Name(written, at: e.location)) else { return broken(e.location) }
      notes?.type(.place, at: e.location)
      return Typed(.placeConstant(id), .place, at: e.location)
    }
    if case .name(let n) = e.node, let id = places.id(code: n) {
      notes?.type(.place, at: e.location)
      return Typed(.placeConstant(id), .place, at: e.location)
    }
    if let id = place(written: e, scope) { return Typed(.placeConstant(id), .place, at: e.location) }
    if let unknown = unknownPlace(written: e, scope) { return unknown }
    return expression(e, scope, of: .place)
  }

  // MARK: Ranges and sets

  func between(
    _ x: Expression, _ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let t = expression(x, scope), ta = expression(a, scope), tb = expression(b, scope)
    if [t, ta, tb].contains(where: { $0.type == .broken }) { return broken(location) }
    guard hasOrder(t, location), comparable(t, ta), comparable(t, tb) else { return broken(location) }
    demandOrder(ta, tb, at: location)
    // Figures of different kinds, and exact ones, are compared one by one.
    if Set([t.type, ta.type, tb.type]).count > 1 || t.type == .fraction || t.type == .partMonths, t.type.isExact {
      let low = Typed(.compare(.greaterOrEqual, t, ta), .truth, at: location)
      let high = Typed(.compare(.lessOrEqual, t, tb), .truth, at: location)
      return Typed(.and([low, high]), .truth, at: location)
    }
    return Typed(.between(t, ta, tb), .truth, at: location)
  }

  func within(_ x: Expression, _ areas: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    let t = expression(x, scope)
    if t.type != .place, t.type != .broken, t.type != .nothing {
      mismatch(t, wanted: .place, hint: withinTime(t, areas))
      return broken(location)
    }
    let places = areas.map { self.location($0, scope) }
    return t.type == .broken ? t : Typed(.within(t, places), .truth, at: location)
  }

  /// Of a day that is said to lie within something: how that is written.
  private func withinTime(_ t: Typed, _ areas: [Expression]) -> Text? {
    guard t.type == .date || t.type == .dateOrYear else { return nil }
    guard areas.count == 1, case .number(let year, let unit) = areas[0].node, unit == nil || unit == "years",
      year.count == 4, year.hasPrefix("19") || year.hasPrefix("20")
    else {
      return Text("A day lies between two others: write `from … to …`.", zh: "日期应在两个日期之间：请写 `from … to …`。")
    }
    return Text(
      "Write `from \(year)-01-01 to \(year)-12-31`.", zh: "请写 `from \(year)-01-01 to \(year)-12-31`。")
  }

  func isAny(_ x: Expression, _ options: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    let t = expression(x, scope)
    if t.type == .broken { return t }
    return Typed(.isAny(t, members(options, of: t.type, scope)), .truth, at: location)
  }

  func includes(_ set: Expression, _ options: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    let t = expression(set, scope)
    guard case .set(let member) = t.type else {
      mismatch(
        t, wanted: .set(.text),
        hint: Text("`includes` asks about a set, such as `lists`.", zh: "`includes` 用于集合，例如 `lists`。"))
      return broken(location)
    }
    return Typed(.includes(t, members(options, of: member, scope)), .truth, at: location)
  }

  func includesBetween(
    _ set: Expression, _ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let t = expression(set, scope)
    guard case .set(let member) = t.type else {
      mismatch(t, wanted: .set(.date))
      return broken(location)
    }
    let ta = expression(a, scope, of: member), tb = expression(b, scope, of: member)
    demandOrder(ta, tb, at: location)
    return Typed(.includesBetween(t, ta, tb), .truth, at: location)
  }
}

extension ValueType {
  /// Whether its figures may be exact quotients or scaled.
  fileprivate var isExact: Bool { isNumber || self == .share || self == .months || self == .partMonths }
}
