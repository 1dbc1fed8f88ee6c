// Syntax to checked policy: names are resolved, types and units compared, and every mistake is told where it stands.
// A clause with a mistake is left out; the rest of the document stays usable. Knows nothing of columns or settings.
import Diagnostics
import Facts
import Reckoning

/// Checks policy documents against a dictionary of facts.
public final class Checker {
  let places: Gazetteer
  var dictionary: FactDictionary
  var diagnostics: [Diagnostic] = []
  private let source: SourceFile

  // What the document declares, by name.
  var documentID = ""
  var readings: [String: Reading] = [:]
  var parameters: [String: Parameter] = [:]
  var values: [String: ReferenceValue] = [:]
  /// Each measure's own parameters, so that another measure may use one as `measure.parameter`.
  var measureParameters: [String: [String: Parameter]] = [:]
  /// The lists that join records, by name.
  var joined: [String: JoinedList] = [:]
  private var definitionSyntax: [String: DefinitionSyntax] = [:]
  private var definitions: [String: Definition] = [:]
  private var inProgress: [String] = []
  /// Names of definitions that a rule uses, for the report of unused ones.
  private(set) var used: Set<String> = []

  init(dictionary: FactDictionary, places: Gazetteer, source: SourceFile) {
    self.dictionary = dictionary
    self.places = places
    self.source = source
  }

  /// Checks one document. `dictionary` gains the lists and fields that the document declares itself.
  /// Returns nil only when there is no usable header.
  public static func check(
    _ syntax: DocumentSyntax, dictionary: inout FactDictionary, places: Gazetteer
  ) -> (CheckedDocument?, [Diagnostic]) {
    let (lists, problems) = DictionaryBuilder.extend(dictionary, with: syntax.lists, places: places)
    dictionary = lists
    let checker = Checker(dictionary: lists, places: places, source: syntax.source)
    checker.diagnostics = problems
    let document = checker.document(syntax)
    return (document, checker.diagnostics)
  }

  func report(_ code: String, _ message: Text, hint: Text? = nil, at location: SourceRange) {
    diagnostics.append(.error(code, message, hint: hint, at: location))
  }

  func unknownName(_ what: Text, _ name: String, among candidates: [String], at location: SourceRange) {
    report(
      "unknown-name", Text("There is no \(what.en) called `\(name)` here.", zh: "此处没有名为 `\(name)` 的\(what.zh)。"),
      hint: Nearest.question(for: name, among: candidates)
        ?? Text("Declare it, or use one of the names that `show` lists.", zh: "请先声明，或改用 `show` 所列名称。"), at: location)
  }

  // MARK: Document

  private func document(_ syntax: DocumentSyntax) -> CheckedDocument? {
    guard let header = syntax.header else {
      let start = Position(line: 1, column: 1)
      if !syntax.measures.isEmpty || !syntax.definitions.isEmpty {
        report(
          "no-header", Text("The document does not say which one it is.", zh: "文件没有说明自己是哪一个文件。"),
          hint: Text("Begin the first policy fence with `document NAME`.", zh: "请在第一个 policy 代码块开头写 `document 名称`。"),
          at: SourceRange(source: source, start: start, end: start))
      }
      return nil
    }
    documentID = header.name.text
    var jurisdiction: Int32 = -1
    if let name = header.jurisdiction {
      jurisdiction = location(named: name) ?? -1
    } else {
      report(
        "no-jurisdiction", Text("The document does not say where it applies.", zh: "文件没有说明适用地区。"),
        hint: Text(
          "Add `jurisdiction` and a place code, such as `jurisdiction 350112`.",
          zh: "请加上 `jurisdiction` 和地区代码，例如 `jurisdiction 350112`。"),
        at: header.name.location)
    }
    var issued: Day?
    if let name = header.issued {
      issued = Day(name.text[...])
      if issued == nil {
        report(
          "bad-date", Text("`\(name.text)` is not a date.", zh: "`\(name.text)` 不是日期。"),
          hint: Text("Write dates as 2022-01-28.", zh: "日期写作 2022-01-28。"), at: name.location)
      }
    }
    for value in syntax.values { declare(value) }
    for reading in syntax.readings {
      if let r = check(reading, prefix: documentID) { declare(r, in: &readings) }
    }
    for parameter in syntax.parameters {
      if let p = check(parameter, prefix: documentID) { declare(p, in: &parameters) }
    }
    for m in syntax.measures {
      for case .parameter(let p) in m.clauses {
        if let made = check(p, prefix: documentID + "." + m.name.text),
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
    for definition in syntax.definitions { _ = self.definition(definition.name.text) }
    declareJoined(syntax.lists)
    let window = header.window.flatMap { self.window($0, scope: Scope(.constant)) }
    var measures: [CheckedMeasure] = []
    var names: Set<String> = []
    for m in syntax.measures {
      if !names.insert(m.name.text).inserted { duplicate(m.name) }
      if let checked = measure(m, documentWindow: window) { measures.append(checked) }
    }
    for m in measures {
      if let other = m.yields?.to, !names.contains(other) {
        unknownName(Text("measure", zh: "措施"), other, among: Array(names), at: m.location)
      }
    }
    for example in syntax.examples {
      if let day = example.asOf, Day(day.text[...]) == nil {
        report(
          "bad-date", Text("`\(day.text)` is not a date.", zh: "`\(day.text)` 不是日期。"),
          hint: Text("Write dates as 2022-01-28.", zh: "日期写作 2022-01-28。"), at: day.location)
      }
    }
    for m in measures { diagnostics += Unreachable.branches(of: m, readings: Array(readings.values) + Reading.global) }
    for definition in syntax.definitions where !used.contains(definition.name.text) {
      diagnostics.append(
        Diagnostic(
          .warning, code: "unused-definition",
          Text(
            "The definition `\(definition.name.text)` is used by no rule.",
            zh: "定义 `\(definition.name.text)` 没有被任何规则使用。"),
          hint: Text("Use it or remove it.", zh: "请使用或删除它。"), at: definition.name.location))
    }
    return CheckedDocument(
      id: documentID, title: header.title ?? .same(documentID), number: header.number ?? "",
      jurisdiction: jurisdiction, issued: issued, window: window,
      remarks: header.remarks.map { (key: $0.key.text, text: $0.text) },
      parameters: syntax.parameters.compactMap { parameters[$0.name.text] },
      readings: syntax.readings.compactMap { readings[$0.name.text] },
      values: syntax.values.compactMap { values[$0.name.text] },
      definitions: syntax.definitions.compactMap { definitions[$0.name.text] }, measures: measures,
      examples: syntax.examples, prose: syntax.prose, source: syntax.source)
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
    guard let type = Checker.unitType(value.unit.text) else {
      report(
        "unknown-unit", Text("`\(value.unit.text)` is not a unit.", zh: "`\(value.unit.text)` 不是单位。"),
        hint: Text(
          "Use yuan, yuan per month, %, months, days, or a word for what is counted.",
          zh: "请使用 yuan、yuan per month、%、months、days 或计数单位。"),
        at: value.unit.location)
      return
    }
    if values[value.name.text] != nil { duplicate(value.name) }
    values[value.name.text] = ReferenceValue(
      name: value.name.text, type: type, meaning: value.meaning, source: value.source, location: value.name.location)
  }

  /// The type that a unit word stands for; every unknown word counts things.
  static func unitType(_ unit: String?) -> ValueType? {
    switch unit {
    case nil: .number
    case "%", "％": .share
    case "yuan", "元": .money
    case "yuan per month", "元/月", "元每月": .moneyPerMonth
    case "month", "months", "个月", "月": .months
    case "day", "days", "天", "日": .days
    default: .number
    }
  }

  /// The definition, checked when first asked for; nil when it is unknown, wrong, or defined by itself.
  func definition(_ name: String) -> Definition? {
    if let done = definitions[name] { return done }
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
      let type: ValueType
      switch typeName.text {
      case "place": type = .place
      case "date": type = .date
      case "number": type = .number
      case "months": type = .months
      case "money": type = .money
      case "text": type = .text
      default:
        guard let list = dictionary.lists.first(where: { $0.singular == typeName.text || $0.name == typeName.text })
        else {
          unknownName(
            Text("type", zh: "类型"), typeName.text,
            among: dictionary.lists.map(\.singular) + ["place", "date", "number", "months", "money", "text"],
            at: typeName.location)
          return nil
        }
        type = .record(list.name)
      }
      if scope.arguments[parameter.text] != nil { duplicate(parameter) }
      scope.arguments[parameter.text] = (parameters.count, type)
      parameters.append((parameter.text, type))
    }
    var body = self.expression(syntax.body, scope)
    if body.height > Checker.deepest {
      tooDeep(syntax.name.location)
      body = broken(syntax.name.location)
    }
    let made = Definition(name: name, parameters: parameters, body: body, location: syntax.name.location)
    definitions[name] = made
    return made
  }

  /// How many expressions may stand inside each other, definitions and `let` included.
  static let deepest = 200

  func tooDeep(_ location: SourceRange) {
    report(
      "too-deep", Text("Too many definitions are made of each other here.", zh: "定义之间嵌套层数过多。"),
      hint: Text("Say it with fewer steps.", zh: "请减少层数。"), at: location)
  }

  func isDefinition(_ name: String) -> Bool { definitionSyntax[name] != nil }
  var definitionNames: [String] { Array(definitionSyntax.keys) }
  func use(_ name: String) { used.insert(name) }

  // MARK: Declarations shared by documents and measures

  func check(_ syntax: ReadingSyntax, prefix: String) -> Reading? {
    var seen: Set<String> = []
    for c in syntax.choices where !seen.insert(c.name.text).inserted { duplicate(c.name) }
    guard syntax.choices.count >= 2 else {
      report(
        "one-choice", Text("A reading needs at least two choices.", zh: "一个读法至少要有两个选项。"),
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
          "Exactly one choice of `\(syntax.name.text)` must be the default.", zh: "`\(syntax.name.text)` 必须且只能有一个默认选项。"),
        hint: Text("Write `default` at the end of that choice's line.", zh: "请在该选项行末写 `default`。"),
        at: syntax.name.location)
    }
    return Reading(
      id: prefix + "." + syntax.name.text, question: syntax.question,
      choices: syntax.choices.map { Reading.Choice(name: $0.name.text, meaning: $0.meaning ?? .same($0.name.text)) },
      defaultIndex: defaults.first ?? 0, location: syntax.name.location)
  }

  func check(_ syntax: ParameterSyntax, prefix: String) -> Parameter? {
    let id = prefix + "." + syntax.name.text
    if case .name(let name) = syntax.value.node, let value = values[name] {
      return Parameter(
        id: id, type: value.type, value: nil, byReference: name, atLeast: 0, atMost: nil, meaning: syntax.meaning,
        location: syntax.name.location)
    }
    if case .broken = syntax.value.node { return nil }
    guard let (raw, type) = literal(syntax.value) else {
      report(
        "not-a-figure",
        Text(
          "A parameter's default must be a figure with its unit, a date, or a by-reference value.",
          zh: "参数的默认值必须是带单位的数字、日期或引用值。"),
        hint: Text(
          "For example `param \(syntax.name.text) = 300 yuan`.", zh: "例如 `param \(syntax.name.text) = 300 yuan`。"),
        at: syntax.value.location)
      return nil
    }
    func bound(_ e: Expression?) -> Int64? {
      guard let e else { return nil }
      guard let (raw, other) = literal(e), other == type else {
        report(
          "bound-unit", Text("The bound must be a figure in the parameter's own unit.", zh: "界限必须与参数单位相同。"),
          hint: Text("Write \(type.words.en).", zh: "请写\(type.words.zh)。"), at: e.location)
        return nil
      }
      return raw
    }
    let low = bound(syntax.atLeast), high = bound(syntax.atMost)
    if let low, raw < low { outOfBounds(syntax, Text("less than", zh: "小于")) }
    if let high, raw > high { outOfBounds(syntax, Text("more than", zh: "大于")) }
    return Parameter(
      id: id, type: type, value: raw, byReference: nil, atLeast: low ?? (type == .date ? nil : 0),
      atMost: high, meaning: syntax.meaning, location: syntax.name.location)
  }

  private func outOfBounds(_ syntax: ParameterSyntax, _ word: Text) {
    report(
      "out-of-bounds",
      Text(
        "The default of `\(syntax.name.text)` is \(word.en) its own bound.",
        zh: "`\(syntax.name.text)` 的默认值\(word.zh)自身的界限。"),
      hint: Text("Change the default or the bound.", zh: "请修改默认值或界限。"), at: syntax.value.location)
  }

  /// A figure or date as written, in raw form.
  func literal(_ e: Expression) -> (Int64, ValueType)? {
    switch e.node {
    case .number(let digits, let unit): return Checker.figure(digits, unit: unit)
    case .date(let text): return Day(text[...]).map { (Int64($0.number), .date) }
    default: return nil
    }
  }

  /// A figure with its unit in raw form; nil when it has too many decimals or is too large.
  static func figure(_ digits: String, unit: String?) -> (Int64, ValueType)? {
    guard let type = unitType(unit) else { return nil }
    switch type {
    case .share:
      guard let parts = Decimals.parse(digits[...], scale: 6, commas: true), parts <= 100_000 * Share.unit else {
        return nil
      }
      return (parts, type)
    case .money, .moneyPerMonth:
      guard let fen = Decimals.parse(digits[...], scale: 2, commas: true), fen <= Money.limit.fen else { return nil }
      return (fen, type)
    case .months:
      guard let n = Decimals.parse(digits[...], scale: 0, commas: true), n <= 12_000 else { return nil }
      return (n, type)
    default:
      guard let n = Decimals.parse(digits[...], scale: 0, commas: true), n <= 1_000_000_000 else { return nil }
      return (n, type)
    }
  }

  // MARK: Places

  /// A place as rules name it: a code, the leading digits of one (`53` is 530000), or a unique name.
  func location(named name: Name) -> Int32? {
    var text = name.text
    if text.utf8.count < 6, text.utf8.count >= 2, text.utf8.count % 2 == 0,
      text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    {
      text += String(repeating: "0", count: 6 - text.utf8.count)
    }
    switch places.resolve(text) {
    case .found(let id): return id
    case .ambiguous(let ids):
      let codes = ids.prefix(12).map { places.codes[Int($0)].text + " " + places.fullName($0) }.joined(separator: ", ")
      report(
        "ambiguous-place", Text("Several places are called `\(name.text)`.", zh: "有多个地区叫 `\(name.text)`。"),
        hint: Text("Use a code: \(codes)", zh: "请改用代码：\(codes)"), at: name.location)
    case .unknown:
      report(
        "unknown-place",
        Text("There is no place with the code or name `\(name.text)`.", zh: "没有代码或名称为 `\(name.text)` 的地区。"),
        hint: Nearest.question(for: text, among: places.codes.map(\.text) + places.names)
          ?? Text("Places are named by their six-digit GB/T 2260 code.", zh: "地区用六位 GB/T 2260 代码表示。"), at: name.location
      )
    }
    return nil
  }

  func window(_ syntax: WindowSyntax, scope: Scope) -> CheckedWindow? {
    if syntax.isNone { return nil }
    func end(_ e: Expression?) -> Typed? {
      guard let e else { return nil }
      let t = expression(e, scope)
      if t.type != .date, t.type != .broken { mismatch(t, wanted: .date) }
      return t
    }
    return CheckedWindow(from: end(syntax.from), to: end(syntax.to), location: syntax.location)
  }

  func mismatch(_ found: Typed, wanted: ValueType, hint: Text? = nil) {
    if found.type == .broken { return }
    report(
      "wrong-type",
      Text(
        "This is \(found.type.words.en), where \(wanted.words.en) belongs.",
        zh: "这里应为\(wanted.words.zh)，实际是\(found.type.words.zh)。"),
      hint: hint ?? remedy(found, wanted) ?? Text("Check the name and its unit.", zh: "请检查名称和单位。"), at: found.location)
  }

  /// The figure as it should have been written, where it is only its unit that is wrong.
  private func remedy(_ found: Typed, _ wanted: ValueType) -> Text? {
    guard case .constant(let raw) = found.kind else { return nil }
    let figure: String
    switch found.type {
    case .number, .months, .days: figure = String(raw)
    case .money, .moneyPerMonth: figure = Decimals.text(raw, scale: 2, keep: 0)
    case .share: figure = Decimals.text(raw, scale: 6, keep: 0)
    default: return nil
    }
    let written: String
    switch wanted {
    case .number: written = figure
    case .months: written = figure + " months"
    case .days: written = figure + " days"
    case .money: written = figure + " yuan"
    case .moneyPerMonth: written = figure + " yuan per month"
    case .share: written = figure + "%"
    default: return nil
    }
    return Text("Write `\(written)`, if that is meant.", zh: "如果是这个意思，请写 `\(written)`。")
  }
}

/// Where an expression stands, and what it may name.
struct Scope {
  enum Context {
    /// No record: windows, parameters.
    case constant
    case definition
    case frame
    case member
  }

  var context: Context
  /// The list whose fields may be named bare.
  var list: ListDeclaration?
  /// The frame's own name and what it is.
  var frameName: String?
  var frameList: String?
  /// Whether the frame is a text (`each referrer of hires`).
  var frameIsText = false
  var arguments: [String: (index: Int, type: ValueType)] = [:]
  var iterations: [String: (index: Int, type: ValueType)] = [:]
  var lets: [String: Typed] = [:]
  var sets: [String: Int] = [:]
  var setLists: [String] = []
  /// The joined list through which the scope's record is seen, and those of sets.
  var join: JoinedList?
  var setJoins: [Int: JoinedList] = [:]
  /// Sets whose members have a date on which they count.
  var datedSets: Set<Int> = []
  /// Sets that are there but could not be read.
  var brokenSets: Set<String> = []
  var parameters: [String: Parameter] = [:]
  var readings: [String: Reading] = [:]

  init(_ context: Context) { self.context = context }
}
