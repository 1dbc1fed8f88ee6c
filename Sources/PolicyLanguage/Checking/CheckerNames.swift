// Names in their scope: facts, parameters, values, readings, definitions and their calls, fields of records.
import Diagnostics
import Facts

extension Checker {
  func name(_ name: Name, _ scope: Scope) -> Typed {
    func typed(_ operation: Typed.Operation, _ type: ValueType) -> Typed {
      Typed(operation, type, at: name.location)
    }
    if let said = reads(name, scope) { return said }
    let text = id(of: name.text, scope)
    note(text, scope, at: name.location)
    if let a = scope.arguments[text] { return typed(.argument(a.index), a.type) }
    // In a definition only ranges have names of their own.
    if let t = scope.lets[text], scope.context == .frame || scope.context == .definition {
      return t.isEdgeOfPeriod ? typed(t.operation, t.type) : t
    }
    if scope.isCandidate, scope.frame?.isCalled(text) == true, scope.frame?.isText == false {
      return candidateOrFrame(name)
    }
    if let t = scope.part[text] { return t }
    if scope.context == .frame, let i = scope.iterations[text] { return typed(.iteration(i.index), i.type) }
    if let clash = twoMeanings(name, scope) { return clash }
    if let list = scope.list, let field = list.field(text) {
      if text == "id" { return typed(.selfRecord, .record(list.name)) }
      return lastDay(field, scope, at: name.location)
    }
    if text == "person", let field = scope.list?.personField { return typed(.selfField(field), .text) }
    if let join = scope.join, join.singular == text { return typed(.selfRecord, .record(join.list)) }
    if let frame = scope.frame, frame.name == text {
      let type: ValueType = frame.isText ? .text : .record(frame.list)
      switch scope.context {
      case .frame: return typed(.selfRecord, type)
      case .member: return typed(.frameRecord, type)
      case .constant, .definition: break
      }
    }
    if let list = scope.list, list.singular == text { return typed(.selfRecord, .record(list.name)) }
    if scope.context == .member {
      if let i = scope.iterations[text] { return typed(.iteration(i.index), i.type) }
      if let t = scope.lets[text] { return Typed(.ofFrame(t), t.type, at: name.location) }
      if text == "member", let list = scope.list { return typed(.selfRecord, .record(list.name)) }
      if scope.frameList?.field(text) != nil, scope.parameters[text] == nil, parameters[text] == nil {
        let t = self.name(name, scope.ofFrame)
        return t.type == .broken ? t : Typed(.ofFrame(t), t.type, at: name.location)
      }
    }
    if let p = scope.parameters[text] ?? parameters[text] { return typed(.parameter(p.id), p.type) }
    if let v = values[text] { return v.isByDate ? whichDay(text, at: name.location) : typed(.value(text), v.type) }
    switch text {
    case "home": return typed(.home, .place)
    case "as_of": return typed(.asOf, .date)
    case "window_start": return typed(.windowStart, .date)
    case "window_end": return typed(.windowEnd, .date)
    case "adopted": return typed(.adopted, .truth)
    case "enacted": return typed(.not(Typed(.adopted, .truth, at: name.location)), .truth)
    case "true": return typed(.constant(1), .truth)
    case "false": return typed(.constant(0), .truth)
    default: return declaredName(Name(text, at: name.location), scope)
    }
  }

  /// A name that is both a fact of the member and a figure of the frame is a mistake: a reader could not tell which.
  private func twoMeanings(_ name: Name, _ scope: Scope) -> Typed? {
    guard scope.context == .member, scope.lets[name.text] != nil, scope.list?.field(name.text) != nil else {
      return nil
    }
    report(
      "two-meanings",
      Text(
        "`\(name.text)` is a fact of the record and a figure of the frame.",
        zh: "`\(name.text)` 既是该记录的事实，又是对象的数值。"),
      hint: Text(
        "Write `member.\(name.text)` for the fact, or give the figure another name.",
        zh: "指事实请写 `member.\(name.text)`，或给该数值换个名称。"),
      at: name.location)
    return broken(name.location)
  }

  /// A definition without arguments, or what is wrong with a name that stands alone.
  private func declaredName(_ name: Name, _ scope: Scope) -> Typed {
    let text = name.text
    if let dated = scope.dated[text] ?? dated[text] {
      return whichDay(dated.name, at: name.location)
    }
    if isDefinition(text) { return call(name, [], scope, name.location) }
    if scope.hasSet(text) {
      report(
        "set-alone", Text("`\(text)` is a set of records; say what is wanted of it.", zh: "`\(text)` 是一组记录，请说明要取什么。"),
        hint: Text("For example `count of \(text)`.", zh: "例如 `count of \(text)`。"), at: name.location)
      return broken(name.location)
    }
    if let reading = reading(text, scope) {
      let choice = reading.choices.first?.name ?? "…"
      report(
        "reading-alone",
        Text("`\(text)` is a reading; compare it with one of its choices.", zh: "`\(text)` 是一个口径，请与其选项比较。"),
        hint: Text("For example `\(text) is \(choice)`.", zh: "例如 `\(text) is \(choice)`。"), at: name.location)
      return broken(name.location)
    }
    if let hint = whose(text, scope) {
      report(
        "unknown-name",
        Text(
          "There is no fact, parameter, reading or definition called `\(text)` here.",
          zh: "此处没有名为 `\(text)` 的事实、参数、口径或定义。"), hint: hint, at: name.location)
      return broken(name.location)
    }
    if declaredInMeasure.contains(text) {
      report(
        "unknown-name",
        Text("`\(text)` is declared by this line or one below it.", zh: "`\(text)` 由本行或其后的行声明。"),
        hint: Text("A line sees what stands above it: move that one up.", zh: "每行只能用它上面的名称，请把该行上移。"),
        at: name.location)
      return broken(name.location)
    }
    if text == "age" || text == "年龄" {
      report(
        "unknown-name", Text("There is no fact called `\(text)`.", zh: "没有名为 `\(text)` 的事实。"),
        hint: Text(
          "An age is reckoned: `whole years from born to start < 35`.", zh: "年龄要计算：`自出生年月至参保日期的整年数少于35`。"),
        at: name.location)
      return broken(name.location)
    }
    if let hint = Self.ofFrames[text] {
      report(
        "unknown-name",
        Text(
          "There is no fact, parameter, reading or definition called `\(text)` here.",
          zh: "此处没有名为 `\(text)` 的事实、参数、口径或定义。"), hint: hint, at: name.location)
      return broken(name.location)
    }
    unknownName(
      Text("fact, parameter, reading or definition", zh: "事实、参数、口径或定义"), text, among: candidates(scope),
      at: name.location)
    return broken(name.location)
  }

  /// What the language calls the years and periods of a frame, where the frame has none.
  private static let ofFrames: [String: Text] = {
    let line = "each period of 3 calendar months from window_start to window_end"
    let periods = Text(
      "The measure does not go through periods: add them to its line, such as `\(line)`.",
      zh: "本措施没有分期：请在对象一行写明各期，例如 `\(line)`。")
    let years = Text(
      "The measure does not go through years: add `each year` to its line, or write the year in digits.",
      zh: "本措施没有分年度：请在对象一行加上 `each year`，或直接写年份。")
    return ["year": years, "period": periods, "period_start": periods, "period_end": periods]
  }()

  /// 企业 of a hire: the field of the record that names one; nil where the word is no list's.
  private func whose(_ text: String, _ scope: Scope) -> Text? {
    guard
      let target = dictionary.lists.first(where: {
        $0.singular == text || $0.name == text || $0.record.zh == text || $0.words.zh == text
      }), let list = scope.list
    else { return nil }
    let fields = list.fields.filter { field in
      if case .reference(let name) = field.type { name == target.name } else { false }
    }
    guard !fields.isEmpty, list.name != target.name else { return nil }
    return Text(
      "Which one? The record names it as \(fields.map { "`\($0.name)`" }.joined(separator: ", ")).",
      zh: "哪一个？本记录中写作 \(fields.map { "`\($0.words.zh)`" }.joined(separator: "、"))。")
  }

  /// A figure that changes on certain days is asked for a day.
  func whichDay(_ name: String, at location: SourceRange) -> Typed {
    report(
      "which-day", Text("On which day? `\(name)` changes.", zh: "按哪一天？`\(name)` 会变动。"),
      hint: Text("Write `\(name)(start)`, with the day that counts.", zh: "请写 `\(name)(start)`，括号内为起算日。"),
      at: location)
    return broken(location)
  }

  /// `lpr(drawn)`: a value laid down elsewhere, on a day.
  private func onDay(
    _ value: ReferenceValue, _ name: Name, _ arguments: [Expression], _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    notes?.name(value.words, at: name.location)
    guard value.isByDate, arguments.count == 1 else {
      report(
        "wrong-count",
        value.isByDate
          ? Text("`\(name.text)` asks for one day.", zh: "`\(name.text)` 需要一个日期。")
          : Text("`\(name.text)` is one figure for every day.", zh: "`\(name.text)` 每天都是同一个数。"),
        hint: value.isByDate
          ? Text("Write `\(name.text)(start)`.", zh: "请写 `\(name.text)(start)`。")
          : Text(
            "Write it without brackets, or declare it `by date`.", zh: "请去掉括号，或声明为 `by date`。"),
        at: location)
      return broken(location)
    }
    let day = expression(arguments[0], scope, of: .date)
    if day.type == .broken { return day }
    return Typed(.form(.onDay(value.name), [day]), value.type, at: location)
  }

  private func candidates(_ scope: Scope) -> [String] {
    var all: [String] = Array(scope.arguments.keys) + Array(scope.lets.keys) + Array(scope.iterations.keys)
    all += scope.list?.fields.map(\.name) ?? []
    all += Array(scope.parameters.keys) + Array(parameters.keys) + Array(values.keys) + definitionNames
    if comparesNames { all += Array(scope.readings.keys) + Array(readings.keys) + Reading.global.map(\.name) }
    all += ["home", "as_of", "window_start", "window_end", "adopted", "enacted", "true", "false"]
    if let f = scope.frame { all.append(f.name) }
    return all.sorted()
  }

  func reading(_ name: String, _ scope: Scope) -> Reading? {
    let name = scope.far.ids[name] ?? shared.ids[name] ?? name
    return scope.readings[name] ?? readings[name]
      ?? Reading.global.first { $0.name == name || $0.chinese == name }
  }

  func member(_ base: Expression, _ fieldName: Name, _ scope: Scope, _ location: SourceRange) -> Typed {
    var t: Typed
    if let said = said(fieldName, of: base, scope, location) { return said }
    if case .name(let written) = base.node, case let n = ownerOfFigures(written),
      let p = measureParameters[n]?.first(where: { $0.key == fieldName.text || $0.value.chinese == fieldName.text })?
        .value, scope.list?.field(n) == nil, scope.arguments[n] == nil
    {
      notes?.name(tableSyntax[n] == nil ? measureNames.words(n) : shared.words(n), at: base.location)
      notes?.name(p.words, at: fieldName.location)
      return Typed(.parameter(p.id), p.type, at: location)
    }
    if scope.isCandidate, case .name(let n) = base.node, scope.frame?.isCalled(n) == true, scope.frame?.isText == false
    {
      return candidateOrFrame(Name(n, at: base.location))
    }
    // `tax_records.year` is allowed for the record that is being looked at.
    if case .name(let n) = base.node, let list = scope.list, n == list.name || n == list.singular, list.field(n) == nil,
      scope.arguments[n] == nil, !(n == scope.frame?.name && scope.context == .member)
    {
      t = Typed(.selfRecord, .record(list.name), at: base.location)
      notes?.name(Text(n, zh: "该" + list.record.zh), at: base.location)
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
    if let said = reads(fieldName, of: t, list, at: location) { return said }
    let isPerson = fieldName.text == "person" || fieldName.text == SurfaceWords.person
    guard let field = list.named(fieldName.text) ?? (isPerson ? list.personField : nil) else {
      unknownName(
        Text("field of \(list.name)", zh: "\(list.name) 的字段"), fieldName.text, among: list.fields.map(\.name),
        at: fieldName.location)
      return broken(location)
    }
    if let says = field.says {
      readsLike(field, says, at: fieldName.location)
    } else {
      notes?.name(isPerson ? Text("person", zh: SurfaceWords.person) : field.words, at: fieldName.location)
    }
    if field.name == "id" { return t }
    if case .selfRecord = t.operation { return lastDay(field, scope, at: location) }
    t = Typed(t.operation, t.type, at: base.location)
    return Typed(.field(t, field), ValueType(field.type), at: location)
  }

  /// The measure, or the table, whose figures may be named behind it.
  private func ownerOfFigures(_ written: String) -> String {
    if let id = shared.ids[written], tableSyntax[id] != nil { return id }
    return measureNames.ids[written] ?? written
  }

  func call(_ written: Name, _ arguments: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    let name = Name(scope.far.ids[written.text] ?? shared.ids[written.text] ?? written.text, at: written.location)
    let ofDay = scope.dated[name.text] ?? dated[name.text]
    if ofDay == nil, !isDefinition(name.text), let value = values[name.text] {
      return onDay(value, name, arguments, scope, location)
    }
    guard ofDay != nil || isDefinition(name.text) else {
      unknownName(Text("definition", zh: "定义"), name.text, among: definitionNames, at: name.location)
      return broken(location)
    }
    use(name.text)
    guard let definition = ofDay ?? definition(name.text) else { return broken(location) }
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
      // A table compares its argument with figures, exactly: the share of a count in another may be asked as it is.
      let isCompared = p.type == .share && t.type == .fraction && definition.onlyCompares
      if t.type != p.type, !isCompared, !(p.type == .fraction && t.type.isNumber) {
        mismatch(t, wanted: p.type)
        return broken(location)
      }
      typed.append(t)
    }
    // A table and a figure of a day are looked up, which is not said of the thing they are looked up by.
    let isSaid = typed.count == 1 && ofDay == nil && tableSyntax[name.text] == nil
    let role: NameNotes.Role = isSaid ? .said(isTruth: definition.body.type == .truth) : .plain
    notes?.name(definition.words, role, at: name.location)
    return Typed(.call(definition, typed), definition.body.type, at: location)
  }
}
