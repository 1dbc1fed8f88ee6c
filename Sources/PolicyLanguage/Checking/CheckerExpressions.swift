// Expressions: names resolved in their scope, types and units compared.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  func broken(_ location: SourceRange) -> Typed { Typed(.nothing, .broken, at: location) }

  /// A condition, or a diagnostic.
  func condition(_ e: Expression, _ scope: Scope) -> Typed {
    let t = expression(e, scope)
    if t.type != .truth, t.type != .broken {
      mismatch(
        t, wanted: .truth, hint: Text("Compare it with something, such as `>= 100`.", zh: "请与某个值比较，例如 `>= 100`。"))
      return broken(e.location)
    }
    return t
  }

  /// An expression of one of the given types, or a diagnostic.
  func expression(_ e: Expression, _ scope: Scope, of wanted: ValueType...) -> Typed {
    let t = expression(e, scope)
    if t.type != .broken, t.type != .nothing, !wanted.contains(t.type) {
      mismatch(t, wanted: wanted[0])
      return broken(e.location)
    }
    return t
  }

  func expression(_ e: Expression, _ scope: Scope) -> Typed {
    func typed(_ kind: Typed.Kind, _ type: ValueType) -> Typed { Typed(kind, type, at: e.location) }
    switch e.node {
    case .broken: return broken(e.location)
    case .nothing: return typed(.nothing, .nothing)
    case .string(let s): return typed(.textConstant(s), .text)
    case .number, .date:
      guard let (raw, type) = literal(e) else {
        report(
          "bad-figure",
          Text(
            "This figure has too many decimals, is too large, or is no day of the calendar.", zh: "该数字小数位过多、过大，或不是有效日期。"
          ),
          hint: Text(
            "Yuan take two decimals and go up to ten billion; dates are written 2022-01-28.",
            zh: "元最多两位小数、不超过一百亿；日期写作 2022-01-28。"),
          at: e.location)
        return broken(e.location)
      }
      return typed(.constant(raw), type)
    case .name(let name): return self.name(Name(name, at: e.location), scope)
    case .member(let base, let fieldName): return member(base, fieldName, scope, e.location)
    case .call(let name, let arguments): return call(name, arguments, scope, e.location)
    case .not(let x): return typed(.not(condition(x, scope)), .truth)
    case .and(let xs): return typed(.and(xs.map { condition($0, scope) }), .truth)
    case .or(let xs): return typed(.or(xs.map { condition($0, scope) }), .truth)
    case .compare(let op, let a, let b): return compare(op, a, b, scope, e.location)
    case .between(let x, let a, let b):
      let t = expression(x, scope), ta = expression(a, scope), tb = expression(b, scope)
      if [t, ta, tb].contains(where: { $0.type == .broken }) { return broken(e.location) }
      guard hasOrder(t, e.location), comparable(t, ta), comparable(t, tb) else { return broken(e.location) }
      return typed(.between(t, ta, tb), .truth)
    case .given(let x, let negated):
      return typed(.given(expression(x, scope), negated: negated), .truth)
    case .within(let x, let areas):
      let t = expression(x, scope, of: .place)
      let places = areas.map { self.location($0, scope) }
      return t.type == .broken ? t : typed(.within(t, places), .truth)
    case .isAny(let x, let options):
      let t = expression(x, scope)
      if t.type == .broken { return t }
      return typed(.isAny(t, members(options, of: t.type, scope)), .truth)
    case .includes(let set, let options):
      let t = expression(set, scope)
      guard case .set(let member) = t.type else {
        mismatch(
          t, wanted: .set(.text),
          hint: Text("`includes` asks about a set, such as `lists`.", zh: "`includes` 用于集合，例如 `lists`。"))
        return broken(e.location)
      }
      return typed(.includes(t, members(options, of: member, scope)), .truth)
    case .includesBetween(let set, let a, let b):
      let t = expression(set, scope)
      guard case .set(let member) = t.type else {
        mismatch(t, wanted: .set(.date))
        return broken(e.location)
      }
      let ta = expression(a, scope, of: member), tb = expression(b, scope, of: member)
      return typed(.includesBetween(t, ta, tb), .truth)
    case .stable(let months, let from, let to):
      let n = expression(months, scope, of: .months)
      if let from, let to {
        return typed(
          .stable(months: n, from: expression(from, scope, of: .date), to: expression(to, scope, of: .date)), .truth)
      }
      guard let list = scope.list, let b = list.begins.flatMap(list.field), let f = list.ends.flatMap(list.field) else {
        report(
          "no-spell", Text("There is no record with a beginning and an end here.", zh: "此处没有带起止日期的记录。"),
          hint: Text(
            "Say from when to when: `stable for 3 months from employed_from to employed_to`.",
            zh: "请写明起止：`stable for 3 months from employed_from to employed_to`。"),
          at: e.location)
        return broken(e.location)
      }
      return typed(
        .stable(
          months: n, from: Typed(.selfField(b), .date, at: e.location), to: lastDay(f, scope, at: e.location)),
        .truth)
    case .except(let x, let exception, let governedBy, let when):
      return typed(
        .except(
          condition(x, scope), condition(exception, scope), governedBy: governedBy,
          when: when.map { condition($0, scope) }),
        .truth)
    case .add(let a, let b): return sum(a, b, adding: true, scope, e.location)
    case .subtract(let a, let b): return sum(a, b, adding: false, scope, e.location)
    case .multiply(let a, let b): return product(a, b, scope, e.location)
    case .divide(let a, let b):
      let ta = expression(a, scope), tb = expression(b, scope)
      if ta.type == .broken || tb.type == .broken { return broken(e.location) }
      switch (ta.type, tb.type) {
      case (.money, .number): return typed(.divide(ta, tb), .money)
      case (.number, .number), (.months, .months), (.months, .number), (.money, .money), (.fraction, .number),
        (.days, .days):
        return typed(.divide(ta, tb), .fraction)
      default:
        report(
          "cannot-divide",
          Text(
            "\(ta.type.words.en) cannot be divided by \(tb.type.words.en).",
            zh: "\(ta.type.words.zh)不能除以\(tb.type.words.zh)。"),
          hint: Text("Divide by a number.", zh: "请除以一个数。"), at: e.location)
        return broken(e.location)
      }
    case .whole(let x):
      let t = expression(x, scope, of: .fraction, .number)
      return t.type == .broken ? t : typed(.whole(t), .number)
    case .ifThen(let c, let a, let b):
      let tc = condition(c, scope), ta = expression(a, scope), tb = expression(b, scope)
      if ta.type == .broken || tb.type == .broken || tc.type == .broken { return broken(e.location) }
      let type = ta.type == .nothing ? tb.type : ta.type
      if ta.type != .nothing, tb.type != .nothing, ta.type != tb.type {
        report(
          "branches-differ",
          Text(
            "One branch is \(ta.type.words.en), the other \(tb.type.words.en).",
            zh: "一支是\(ta.type.words.zh)，另一支是\(tb.type.words.zh)。"),
          hint: Text("Give both the same unit.", zh: "请让两支的单位相同。"), at: e.location)
        return broken(e.location)
      }
      return typed(.ifThen(tc, ta, tb), type)
    case .pick(let pick, let xs):
      let ts = xs.map { expression($0, scope) }
      guard let first = ts.first(where: { $0.type != .nothing }), !ts.contains(where: { $0.type == .broken }) else {
        return broken(e.location)
      }
      let allowed: Set<ValueType> =
        pick == .later || pick == .earlier ? [.date] : [.number, .months, .days, .money, .moneyPerMonth, .share]
      for t in ts where t.type != .nothing && (t.type != first.type || !allowed.contains(t.type)) {
        mismatch(t, wanted: allowed.contains(first.type) ? first.type : (allowed.contains(.date) ? .date : .number))
        return broken(e.location)
      }
      return typed(.pick(pick, ts), first.type)
    case .yearOf(let x):
      let t = expression(x, scope, of: .date, .dateOrYear)
      return t.type == .broken ? t : typed(.yearOf(t), .number)
    case .dayOfYear(let day, let month, let year):
      guard Day(year: 2024, month: month, day: day) != nil, !(month == 2 && day == 29) else {
        report(
          "bad-date", Text("There is no such day in every year.", zh: "并非每年都有这一天。"),
          hint: Text("For example `31 December of year`.", zh: "例如 `31 December of year`。"), at: e.location)
        return broken(e.location)
      }
      return typed(.dayOfYear(day: day, month: month, expression(year, scope, of: .number)), .date)
    case .wholeMonths(let a, let b):
      return typed(.wholeMonths(expression(a, scope, of: .date), expression(b, scope, of: .date)), .months)
    case .wholeYears(let a, let b):
      return typed(.wholeYears(expression(a, scope, of: .date), expression(b, scope, of: .date)), .number)
    case .completion(let n, let from):
      let months = expression(n, scope, of: .months)
      if let from { return typed(.completion(months, from: expression(from, scope, of: .date)), .date) }
      guard let list = scope.list, let b = list.begins.flatMap(list.field) else {
        report(
          "no-spell", Text("There is no record with a beginning here.", zh: "此处没有带起始日期的记录。"),
          hint: Text(
            "Say from when: `completion of 6 months from employed_from`.",
            zh: "请写明起点：`completion of 6 months from employed_from`。"),
          at: e.location)
        return broken(e.location)
      }
      return typed(.completion(months, from: Typed(.selfField(b), .date, at: e.location)), .date)
    case .yearsRunning(let set, let from):
      return typed(
        .yearsRunning(expression(set, scope, of: .set(.number)), from: expression(from, scope, of: .number)), .number)
    case .provinceOf(let p):
      let t = expression(p, scope, of: .place)
      return t.type == .broken ? t : typed(.provinceOf(t), .place)
    case .count(let set): return aggregate(set, scope) { i, _ in typed(.count(i), .number) }
    case .dateOfNumber(let n, let set):
      let t = expression(n, scope, of: .number)
      return aggregate(set, scope) { i, _ in typed(.dateOfNumber(t, in: i), .date) }
    case .firstDayAtOnce(let n, let set):
      let t = expression(n, scope, of: .number)
      return aggregate(set, scope) { i, _ in typed(.firstDayAtOnce(t, of: i), .date) }
    case .sum(let x, let set):
      return aggregate(set, scope) { i, list in
        let t = expression(x, ofMember(list, scope), of: .money, .number, .months, .days)
        return t.type == .broken ? t : typed(.sum(t, over: i), t.type)
      }
    case .extremeOf(let pick, let x, let set): return grouped(pick, x, set, scope, e.location)
    case .extreme(let pick, let x, let set):
      return aggregate(set, scope) { i, list in
        let inner = ofMember(list, scope)
        let t =
          pick == .earlier || pick == .later
          ? expression(x, inner, of: .date)
          : expression(x, inner, of: .number, .money, .moneyPerMonth, .months, .days, .share)
        return t.type == .broken ? t : typed(.extreme(pick, t, over: i), t.type)
      }
    }
  }

  /// The scope of an expression that is asked of each member of a set.
  private func ofMember(_ list: String, _ scope: Scope) -> Scope {
    var inner = Scope(.member)
    inner.list = dictionary.list(list)
    inner.parameters = scope.parameters
    inner.readings = scope.readings
    inner.frameName = scope.frameName
    inner.frameList = scope.frameList
    return inner
  }

  private func aggregate(_ set: Name, _ scope: Scope, _ make: (Int, String) -> Typed) -> Typed {
    guard scope.context == .frame, let i = scope.sets[set.text], scope.setLists.indices.contains(i) else {
      unknownSet(set, scope)
      return broken(set.location)
    }
    return make(i, scope.setLists[i])
  }

  // MARK: Names

  private func name(_ name: Name, _ scope: Scope) -> Typed {
    func typed(_ kind: Typed.Kind, _ type: ValueType) -> Typed { Typed(kind, type, at: name.location) }
    let text = name.text
    if let a = scope.arguments[text] { return typed(.argument(a.index), a.type) }
    if let t = scope.lets[text], scope.context == .frame { return Typed(t.kind, t.type, at: t.location) }
    if scope.context == .frame, let i = scope.iterations[text] { return typed(.iteration(i.index), i.type) }
    if let field = scope.list?.field(text) {
      if text == "id" { return typed(.selfRecord, .record(scope.list?.name ?? "")) }
      return lastDay(field, scope, at: name.location)
    }
    if text == "person", let field = scope.list?.personField {
      return typed(.selfField(field), .text)
    }
    if let frame = scope.frameName, frame == text {
      if scope.context == .frame {
        return typed(.selfRecord, scope.frameIsText ? .text : .record(scope.frameList ?? ""))
      }
      if scope.context == .member {
        return typed(.frameRecord, scope.frameIsText ? .text : .record(scope.frameList ?? ""))
      }
    }
    if let join = scope.join, join.singular == text { return typed(.selfRecord, .record(join.list)) }
    if let list = scope.list, list.singular == text { return typed(.selfRecord, .record(list.name)) }
    if scope.context == .member, let i = scope.iterations[text] { return typed(.iteration(i.index), i.type) }
    if let p = scope.parameters[text] ?? parameters[text] { return typed(.parameter(p.id), p.type) }
    if let v = values[text] { return typed(.value(text), v.type) }
    switch text {
    case "home": return typed(.home, .place)
    case "as_of": return typed(.asOf, .date)
    case "window_start": return typed(.windowStart, .date)
    case "window_end": return typed(.windowEnd, .date)
    case "adopted": return typed(.adopted, .truth)
    case "enacted": return typed(.not(Typed(.adopted, .truth, at: name.location)), .truth)
    case "true": return typed(.constant(1), .truth)
    case "false": return typed(.constant(0), .truth)
    default: break
    }
    if isDefinition(text) { return call(name, [], scope, name.location) }
    if scope.sets[text] != nil {
      report(
        "set-alone", Text("`\(text)` is a set of records; say what is wanted of it.", zh: "`\(text)` 是一组记录，请说明要取什么。"),
        hint: Text("For example `count of \(text)`.", zh: "例如 `count of \(text)`。"), at: name.location)
      return broken(name.location)
    }
    if reading(text, scope) != nil {
      report(
        "reading-alone",
        Text("`\(text)` is a reading; compare it with one of its choices.", zh: "`\(text)` 是一个读法，请与其选项比较。"),
        hint: Text(
          "For example `\(text) is \(reading(text, scope)?.choices.first?.name ?? "…")`.",
          zh: "例如 `\(text) is \(reading(text, scope)?.choices.first?.name ?? "…")`。"),
        at: name.location)
      return broken(name.location)
    }
    unknownName(
      Text("fact, parameter, reading or definition", zh: "事实、参数、读法或定义"), text, among: candidates(scope),
      at: name.location)
    return broken(name.location)
  }

  private func candidates(_ scope: Scope) -> [String] {
    var all: [String] = Array(scope.arguments.keys) + Array(scope.lets.keys) + Array(scope.iterations.keys)
    all += scope.list?.fields.map(\.name) ?? []
    all += Array(scope.parameters.keys) + Array(parameters.keys) + Array(values.keys) + definitionNames
    all += Array(scope.readings.keys) + Array(readings.keys) + Reading.global.map(\.name)
    all += ["home", "as_of", "window_start", "window_end", "adopted", "enacted", "true", "false"]
    if let f = scope.frameName { all.append(f) }
    return all.sorted()
  }

  func reading(_ name: String, _ scope: Scope) -> Reading? {
    scope.readings[name] ?? readings[name] ?? Reading.global.first { $0.name == name }
  }

  private func member(_ base: Expression, _ fieldName: Name, _ scope: Scope, _ location: SourceRange) -> Typed {
    var t: Typed
    if case .name(let n) = base.node, let p = measureParameters[n]?[fieldName.text], scope.list?.field(n) == nil,
      scope.arguments[n] == nil
    {
      return Typed(.parameter(p.id), p.type, at: location)
    }
    // `tax_records.year` is allowed for the record that is being looked at.
    if case .name(let n) = base.node, let list = scope.list, n == list.name || n == list.singular, list.field(n) == nil,
      scope.arguments[n] == nil, !(n == scope.frameName && scope.context == .member && scope.frameList != list.name)
    {
      t = Typed(.selfRecord, .record(list.name), at: base.location)
    } else {
      t = expression(base, scope)
    }
    if t.type == .broken { return t }
    guard case .record(let listName) = t.type, let list = dictionary.list(listName) else {
      report(
        "no-fields", Text("\(t.type.words.en) has no fields.", zh: "\(t.type.words.zh)没有字段。"),
        hint: Text("Only a record does, such as `enterprise.district`.", zh: "只有记录才有字段，例如 `enterprise.district`。"),
        at: location)
      return broken(location)
    }
    guard let field = list.field(fieldName.text) ?? (fieldName.text == "person" ? list.personField : nil) else {
      unknownName(
        Text("field of \(list.name)", zh: "\(list.name) 的字段"), fieldName.text, among: list.fields.map(\.name),
        at: fieldName.location)
      return broken(location)
    }
    if field.name == "id" { return t }
    if case .selfRecord = t.kind { return lastDay(field, scope, at: location) }
    t = Typed(t.kind, t.type, at: base.location)
    return Typed(.field(t, field), ValueType(field.type), at: location)
  }

  private func call(_ name: Name, _ arguments: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    guard isDefinition(name.text) else {
      unknownName(Text("definition", zh: "定义"), name.text, among: definitionNames, at: name.location)
      return broken(location)
    }
    use(name.text)
    guard let definition = definition(name.text) else { return broken(location) }
    guard definition.parameters.count == arguments.count else {
      report(
        "wrong-count",
        Text(
          "`\(name.text)` asks for \(definition.parameters.count) things, and \(arguments.count) are given.",
          zh: "`\(name.text)` 需要 \(definition.parameters.count) 个参数，给了 \(arguments.count) 个。"),
        hint: Text(
          "Write \(name.text)(\(definition.parameters.map(\.name).joined(separator: ", "))).",
          zh: "请写 \(name.text)(\(definition.parameters.map(\.name).joined(separator: ", ")))。"),
        at: location)
      return broken(location)
    }
    var typed: [Typed] = []
    for (a, p) in zip(arguments, definition.parameters) {
      let t = expression(a, scope)
      if t.type == .broken { return t }
      if t.type != p.type {
        mismatch(t, wanted: p.type)
        return broken(location)
      }
      typed.append(t)
    }
    return Typed(.call(definition, typed), definition.body.type, at: location)
  }

  // MARK: Comparisons

  private func compare(
    _ op: Expression.Comparison, _ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    // `reading is choice`
    if case .name(let n) = a.node, case .name(let c) = b.node, scope.arguments[n] == nil, scope.lets[n] == nil,
      scope.list?.field(n) == nil || scope.readings[n] != nil, let r = reading(n, scope),
      op == .equal || op == .notEqual
    {
      guard let index = r.choices.firstIndex(where: { $0.name == c }) else {
        unknownName(Text("choice of `\(n)`", zh: "`\(n)` 的选项"), c, among: r.choices.map(\.name), at: b.location)
        return broken(location)
      }
      // The choice among readings is made by name, so that a document's own override is found when it runs.
      let test = Typed(.readingIs(reading: r.id, choice: index), .truth, at: location)
      return op == .equal ? test : Typed(.not(test), .truth, at: location)
    }
    let ta = expression(a, scope)
    if ta.type == .broken { return ta }
    let tb = element(b, like: ta, scope)
    if tb.type == .broken { return tb }
    switch ta.type {
    case .set:
      report(
        "no-order", Text("A set is not compared as a whole.", zh: "集合不能整体比较。"),
        hint: Text(
          "Ask what it holds: `includes` or `includes any of`.", zh: "请询问它包含什么：`includes` 或 `includes any of`。"),
        at: location)
      return broken(location)
    case .choice, .record, .text, .place, .truth:
      if op != .equal && op != .notEqual {
        report(
          "no-order", Text("\(ta.type.words.en) has no order.", zh: "\(ta.type.words.zh)不分大小。"),
          hint: Text("Use `is` or `is not`.", zh: "请用 `is` 或 `is not`。"), at: location)
        return broken(location)
      }
      guard ta.type == tb.type else {
        mismatch(tb, wanted: ta.type)
        return broken(location)
      }
    default:
      guard comparable(ta, tb) else { return broken(location) }
    }
    return Typed(.compare(op, ta, tb), .truth, at: location)
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

  /// Whether there is more and less of such a thing.
  private func hasOrder(_ t: Typed, _ location: SourceRange) -> Bool {
    switch t.type {
    case .choice, .record, .text, .place, .truth, .set:
      report(
        "no-order", Text("\(t.type.words.en) has no order.", zh: "\(t.type.words.zh)不分大小。"),
        hint: Text("Use `is` or `is any of`.", zh: "请用 `is` 或 `is any of`。"), at: location)
      return false
    default: return true
    }
  }

  private func comparable(_ a: Typed, _ b: Typed) -> Bool {
    let numbers: Set<ValueType> = [.number, .fraction, .share]
    let dates: Set<ValueType> = [.date, .dateOrYear]
    let pair: Set<ValueType> = [a.type, b.type]
    if a.type == b.type || pair.contains(.nothing) { return true }
    if pair.isSubset(of: dates) { return true }
    if pair.isSubset(of: numbers), pair.contains(.fraction) { return true }
    mismatch(b, wanted: a.type)
    return false
  }

  /// An expression in the place of a member of a choice, a place or whatever `t` is.
  private func element(_ e: Expression, like t: Typed, _ scope: Scope) -> Typed { element(e, member: t.type, scope) }

  private func element(_ e: Expression, member: ValueType, _ scope: Scope) -> Typed {
    switch (member, e.node) {
    case (.choice(let names), .name(let n)):
      if let i = names.firstIndex(of: n) { return Typed(.constant(Int64(i)), member, at: e.location) }
      // Another field or argument of the same choices may stand here too.
      if scope.arguments[n] != nil || scope.list?.field(n) != nil { return expression(e, scope) }
      unknownName(Text("choice", zh: "选项"), n, among: names, at: e.location)
      return broken(e.location)
    case (.place, _): return location(e, scope)
    default: return expression(e, scope)
    }
  }

  /// A place: a code, leading digits, a name in quotes, or an expression that is one.
  private func location(_ e: Expression, _ scope: Scope) -> Typed {
    switch e.node {
    case .number(let digits, nil), .string(let digits):
      guard let id = location(named: Name(digits, at: e.location)) else { return broken(e.location) }
      return Typed(.placeConstant(id), .place, at: e.location)
    case .name(let n) where places.id(code: n) != nil:
      return Typed(.placeConstant(places.id(code: n) ?? 0), .place, at: e.location)
    default: return expression(e, scope, of: .place)
    }
  }

  // MARK: Arithmetic

  private func sum(_ a: Expression, _ b: Expression, adding: Bool, _ scope: Scope, _ location: SourceRange) -> Typed {
    let ta = expression(a, scope), tb = expression(b, scope)
    if ta.type == .broken || tb.type == .broken { return broken(location) }
    let type: ValueType?
    switch (ta.type, tb.type) {
    case (.number, .number), (.months, .months), (.days, .days), (.money, .money), (.moneyPerMonth, .moneyPerMonth),
      (.share, .share):
      type = ta.type
    case (.date, .months), (.date, .days), (.dateOrYear, .months): type = ta.type
    case (.months, .date), (.days, .date): type = adding ? .date : nil
    case (.date, .date): type = adding ? nil : .days
    default: type = nil
    }
    guard let type else {
      let verb = adding ? Text("added to", zh: "相加") : Text("subtracted from", zh: "相减")
      report(
        "units-differ",
        adding
          ? Text(
            "\(tb.type.words.en) cannot be \(verb.en) \(ta.type.words.en).",
            zh: "\(ta.type.words.zh)与\(tb.type.words.zh)不能\(verb.zh)。")
          : Text(
            "\(tb.type.words.en) cannot be \(verb.en) \(ta.type.words.en).",
            zh: "\(ta.type.words.zh)与\(tb.type.words.zh)不能\(verb.zh)。"),
        hint: Text("Check the units: 6 months, 300 yuan, 100 persons.", zh: "请检查单位：6 months、300 yuan、100 persons。"),
        at: b.location)
      return broken(location)
    }
    if adding, ta.type == .months || ta.type == .days, tb.type == .date {
      return Typed(.add(tb, ta), type, at: location)
    }
    return Typed(adding ? .add(ta, tb) : .subtract(ta, tb), type, at: location)
  }

  private func product(_ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    let ta = expression(a, scope), tb = expression(b, scope)
    if ta.type == .broken || tb.type == .broken { return broken(location) }
    func type(_ x: ValueType, _ y: ValueType) -> ValueType? {
      switch (x, y) {
      case (.number, .number): .number
      case (.number, .money): .money
      case (.number, .months): .months
      case (.number, .days): .days
      case (.number, .moneyPerMonth): .moneyPerMonth
      case (.moneyPerMonth, .months): .money
      case (.share, .money): .money
      case (.share, .moneyPerMonth): .moneyPerMonth
      case (.share, .number), (.share, .months), (.share, .share), (.share, .fraction), (.fraction, .number): .fraction
      case (.fraction, .money): .money
      default: nil
      }
    }
    guard let type = type(ta.type, tb.type) ?? type(tb.type, ta.type) else {
      let isMoneyMonths = (ta.type == .money && tb.type == .months) || (ta.type == .months && tb.type == .money)
      report(
        "cannot-multiply",
        Text(
          "\(ta.type.words.en) times \(tb.type.words.en) means nothing.",
          zh: "\(ta.type.words.zh)乘以\(tb.type.words.zh)没有意义。"),
        hint: isMoneyMonths
          ? Text("Give the rate as `yuan per month`.", zh: "请把标准写成 `yuan per month`。")
          : Text("Check the units of both.", zh: "请检查两者的单位。"), at: location)
      return broken(location)
    }
    return Typed(.multiply(ta, tb), type, at: location)
  }
}
