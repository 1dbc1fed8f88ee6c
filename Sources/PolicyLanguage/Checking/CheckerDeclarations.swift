// What a document or a measure declares for its rules: values, readings, parameters and definitions, each name once.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  /// Everything that the whole document shares, and each measure's own parameters.
  func declare(_ syntax: DocumentSyntax) {
    declareNames(syntax)
    for value in syntax.values { declare(value) }
    for reading in syntax.readings {
      if let r = check(reading, prefix: documentID) { declare(r, in: &readings) }
    }
    for parameter in syntax.parameters where !parameter.dated.isEmpty {
      if let (definition, figures) = datedParameter(parameter, prefix: documentID) {
        dated[parameter.name.text] = definition
        tableParameters += figures
      }
    }
    for parameter in syntax.parameters where parameter.dated.isEmpty {
      if let p = check(parameter, prefix: documentID) { declare(p, in: &parameters) }
    }
    for m in syntax.measures {
      for case .parameter(let p) in m.clauses where p.dated.isEmpty {
        if let made = check(p, prefix: documentID + "." + m.name.text, owner: m.name.zh ?? m.name.text),
          measureParameters[m.name.text]?[p.name.text] == nil
        {
          measureParameters[m.name.text, default: [:]][p.name.text] = made
        }
      }
    }
    for definition in syntax.definitions {
      if definitionSyntax[definition.name.text] != nil {
        duplicate(definition.name)
      } else {
        definitionSyntax[definition.name.text] = definition
      }
    }
    for table in syntax.tables {
      if definitionSyntax[table.name.text] != nil || tableSyntax[table.name.text] != nil {
        duplicate(table.name)
      } else {
        tableSyntax[table.name.text] = table
      }
    }
    for definition in syntax.definitions { _ = self.definition(definition.name.text) }
    for table in syntax.tables { _ = self.definition(table.name.text) }
    declareJoined(syntax.lists)
  }

  func duplicate(_ name: Name) {
    report(
      "declared-twice", Text("`\(name.text)` is declared twice.", zh: "`\(name.text)` 重复声明。"),
      hint: Text("Give one of them another name.", zh: "请给其中一个换个名称。"), at: name.location)
  }

  func declare(_ reading: Reading, in table: inout [String: Reading]) {
    if table[reading.name] != nil || Reading.global.contains(where: { $0.name == reading.name }),
      let p = reading.location
    {
      duplicate(Name(reading.name, at: p))
    }
    table[reading.name] = reading
  }

  func declare(_ parameter: Parameter, in table: inout [String: Parameter]) {
    if table[parameter.name] != nil { duplicate(Name(parameter.name, at: parameter.location)) }
    table[parameter.name] = parameter
  }

  private func declare(_ value: ValueSyntax) {
    guard let type = declaredType(value.unit.text) else {
      unknownUnit(value.unit.text, at: value.unit.location)
      return
    }
    if values[value.name.text] != nil { duplicate(value.name) }
    values[value.name.text] = ReferenceValue(
      name: value.name.text, chinese: value.name.zh, type: type, meaning: value.meaning, source: value.source,
      isByDate: value.isByDate, location: value.name.location)
  }

  // MARK: Definitions

  /// The definition, checked when first asked for; nil when it is unknown, wrong, or defined by itself.
  func definition(_ name: String) -> Definition? {
    if let done = definitions[name] { return done }
    if let table = tableSyntax[name] {
      if brokenTables.contains(name) { return nil }
      let made = self.table(table)
      if made == nil { brokenTables.insert(name) }
      return made
    }
    guard let syntax = definitionSyntax[name] else { return nil }
    if inProgress.contains(name) {
      let round = (inProgress.drop { $0 != name } + [name]).joined(separator: " → ")
      report(
        "circular-definition", Text("This definition is made of itself: \(round).", zh: "定义循环：\(round)。"),
        hint: Text("Say one of them without the others.", zh: "请让其中一个不依赖其余定义。"), at: syntax.name.location)
      return nil
    }
    if inProgress.count >= Checker.deepest / 2 {
      tooDeep(syntax.name.location)
      return nil
    }
    inProgress.append(name)
    defer { inProgress.removeLast() }
    var scope = Scope(.definition)
    var parameters: [(name: String, type: ValueType)] = []
    for (parameter, typeName) in syntax.parameters {
      guard let type = argumentType(typeName) else { return nil }
      if scope.arguments[parameter.text] != nil { duplicate(parameter) }
      scope.near.add(parameter)
      scope.arguments[parameter.text] = (parameters.count, type)
      parameters.append((parameter.text, type))
    }
    var body = self.expression(syntax.body, scope)
    if body.height > Checker.deepest {
      tooDeep(syntax.name.location)
      body = broken(syntax.name.location)
    }
    var size = ExpansionCount()
    size.add(body) { expansion(of: $0) }
    if !demandSize(size.all, at: syntax.name.location) { body = broken(syntax.name.location) }
    let made = Definition(
      name: name, chinese: syntax.name.zh, parameters: parameters, body: body, location: syntax.name.location)
    definitions[name] = made
    return made
  }

  /// Takes down what the lists are called that fields refer to, and those that are added to.
  func noteReferences(_ lists: [ListSyntax], given: FactDictionary) {
    guard let notes else { return }
    for list in lists where list.name.zh == nil && list.singular.zh == nil {
      guard let old = given.list(named: list.name.text), let zh = old.chinese.name, let one = old.chinese.singular
      else { continue }
      notes.name(Text(old.name, zh: zh), at: list.name.location)
      notes.name(Text(old.singular, zh: one), at: list.singular.location)
    }
    for field in lists.flatMap(\.fields) {
      guard let name = field.type.reference, let list = dictionary.list(called: name.text) else { continue }
      notes.name(list.words, at: name.location)
    }
  }

  /// What a definition's argument is: the singular of a list, or a word for a plain type.
  func argumentType(_ name: Name) -> ValueType? {
    var plain: [String: ValueType] = [
      "place": .place, "date": .date, "number": .number, "months": .months, "money": .money, "text": .text,
      "days": .days, "share": .share, "decimal": .fraction, "bool": .truth,
    ]
    plain["money"] = money
    if let (id, type) = plain.first(where: { $0.key == name.text || SurfaceWords.types[$0.key] == name.text }) {
      notes?.name(Text(id, zh: SurfaceWords.types[id] ?? id), at: name.location)
      return type
    }
    if let list = list(called: name.text) {
      notes?.name(list.record, at: name.location)
      return .record(list.name)
    }
    let parts = name.text.split(separator: ".")
    if parts.count == 2, let list = dictionary.list(called: String(parts[0])), let field = list.named(String(parts[1]))
    {
      notes?.name(Text("\(list.name).\(field.name)", zh: "\(list.words.zh)的\(field.words.zh)"), at: name.location)
      return ValueType(field.type)
    }
    unknownName(
      Text("type", zh: "类型"), name.text,
      among: dictionary.lists.map(\.singular) + plain.keys.sorted(), at: name.location)
    return nil
  }

  /// How many rows a table may have, and how many figures a parameter that changes on certain days.
  static let mostRows = 10_000

  /// How many expressions may stand inside each other, definitions and `let` included.
  static let deepest = 200

  func tooDeep(_ location: SourceRange) {
    report(
      "too-deep", Text("Too many definitions are made of each other here.", zh: "定义之间嵌套层数过多。"),
      hint: Text("Say it with fewer steps.", zh: "请减少层数。"), at: location)
  }

  func isDefinition(_ name: String) -> Bool { definitionSyntax[name] != nil || tableSyntax[name] != nil }
  var definitionNames: [String] { Array(definitionSyntax.keys) + Array(tableSyntax.keys) }
  func use(_ name: String) { used.insert(name) }

  // MARK: Readings and parameters

  func check(_ syntax: ReadingSyntax, prefix: String, owner: String? = nil) -> Reading? {
    var seen: Set<String> = []
    for c in syntax.choices where !seen.insert(c.name.text).inserted { duplicate(c.name) }
    guard syntax.choices.count >= 2 else {
      report(
        "one-choice", Text("A reading needs at least two choices.", zh: "一个口径至少要有两个选项。"),
        hint: Text(
          "Write each choice on a line of its own, one of them marked `default`.", zh: "每个选项单独一行，其中一个标明 `default`。"),
        at: syntax.name.location)
      return nil
    }
    let defaults = syntax.choices.indices.filter { syntax.choices[$0].isDefault }
    if defaults.count != 1 {
      report(
        "no-default",
        Text(
          "Exactly one choice of `\(syntax.name.text)` must be the default.",
          zh: "`\(syntax.name.text)` 必须且只能有一个默认选项。"),
        hint: Text("Write `default` at the end of that choice's line.", zh: "请在该选项行末写 `default`。"),
        at: syntax.name.location)
    }
    // Without a default, which is an error and told, the first stands in so that the rest can be checked.
    return Reading(
      id: prefix + "." + syntax.name.text, chinese: syntax.name.zh, owner: owner, question: syntax.question,
      choices: syntax.choices.map {
        Reading.Choice(name: $0.name.text, chinese: $0.name.zh, meaning: $0.meaning ?? .same($0.name.text))
      },
      defaultIndex: defaults.first ?? 0, location: syntax.name.location)
  }

  func check(_ syntax: ParameterSyntax, prefix: String, owner: String? = nil) -> Parameter? {
    let id = prefix + "." + syntax.name.text
    if case .name(let written) = syntax.value.node, let name = valueID(written), let value = values[name] {
      if value.isByDate {
        _ = whichDay(name, at: syntax.value.location)
        return nil
      }
      notes?.name(value.words, at: syntax.value.location)
      return Parameter(
        id: id, type: value.type, value: nil, byReference: name, atLeast: 0, atMost: nil, meaning: syntax.meaning,
        chinese: syntax.name.zh, owner: owner, location: syntax.name.location)
    }
    if case .broken = syntax.value.node { return nil }
    guard let (raw, type) = literal(syntax.value) else {
      if let (message, hint) = beyondReach(syntax.value) {
        report("bad-figure", message, hint: hint, at: syntax.value.location)
        return nil
      }
      report(
        "not-a-figure",
        Text(
          "A parameter's default must be a figure with its unit, a date, or a by-reference value.",
          zh: "参数的默认值必须是带单位的数字、日期或引用标准。"),
        hint: Text(
          "For example `param \(syntax.name.text) = 300 yuan`.", zh: "例如 `param \(syntax.name.text) = 300 yuan`。"),
        at: syntax.value.location)
      return nil
    }
    let low = bound(syntax.atLeast, type), high = bound(syntax.atMost, type)
    if let low, raw < low { outOfBounds(syntax, Text("less than", zh: "小于")) }
    if let high, raw > high { outOfBounds(syntax, Text("more than", zh: "大于")) }
    var parameter = Parameter(
      id: id, type: type, value: raw, byReference: nil, atLeast: low ?? (type == .date ? nil : 0),
      atMost: high, meaning: syntax.meaning, chinese: syntax.name.zh, owner: owner, location: syntax.name.location)
    if case .number(_, let unit) = syntax.value.node { parameter.unit = unit }
    return parameter
  }

  private func bound(_ e: Expression?, _ type: ValueType) -> Int64? {
    guard let e else { return nil }
    guard let (raw, other) = literal(e), other == type else {
      report(
        "bound-unit", Text("The bound must be a figure in the parameter's own unit.", zh: "界限必须与参数单位相同。"),
        hint: Text("Write \(type.words.en).", zh: "请写\(type.words.zh)。"), at: e.location)
      return nil
    }
    return raw
  }

  private func outOfBounds(_ syntax: ParameterSyntax, _ word: Text) {
    report(
      "out-of-bounds",
      Text(
        "The default of `\(syntax.name.text)` is \(word.en) its own bound.",
        zh: "`\(syntax.name.text)` 的默认值\(word.zh)自身的界限。"),
      hint: Text("Change the default or the bound.", zh: "请修改默认值或界限。"), at: syntax.value.location)
  }
}
