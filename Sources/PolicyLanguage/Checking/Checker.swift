// Syntax to checked policy: names are resolved, types and units compared, and every mistake is told where it stands.
// A clause with a mistake is left out; the rest of the document stays usable. Knows nothing of columns or settings.
import Diagnostics
import Facts
import Reckoning

/// Checks policy documents against a dictionary of facts.
package final class Checker {
  let places: Gazetteer
  var dictionary: FactDictionary
  var diagnostics: [Diagnostic] = []
  private let source: SourceFile

  // What the document declares, by name.
  var documentID = ""
  /// What its amounts are counted in; nil: yuan.
  var currency: Currency?
  /// A day within the document's time, for lines that are offered.
  var sampleDay = "2026-12-31"
  /// Whether a bare name is being looked at that is compared with another, as readings are with their choices.
  var comparesNames = false
  /// How the document reads what all documents may.
  var documentDefaults: [CheckedDefault] = []
  var readings: [String: Reading] = [:]
  var parameters: [String: Parameter] = [:]
  var values: [String: ReferenceValue] = [:]
  /// Each measure's own parameters, so that another measure may use one as `measure.parameter`.
  var measureParameters: [String: [String: Parameter]] = [:]
  /// The lists that join records, by name.
  var joined: [String: JoinedList] = [:]
  var definitionSyntax: [String: DefinitionSyntax] = [:]
  var definitions: [String: Definition] = [:]
  /// Chinese names of what the whole document declares, and of its measures.
  var shared = NamePairs()
  var measureNames = NamePairs()
  /// What names were found to stand for, where somebody wants to know.
  var notes: NameNotes?
  /// The records that may be named, where a condition is asked of facts.
  var records: RecordNames?
  var inProgress: [String] = []
  /// How far the measure that is being checked has come.
  var progress = Progress()
  /// What the measure that is being checked declares by `let` and `count`, wherever that stands.
  var declaredInMeasure: Set<String> = []
  var tableSyntax: [String: TableSyntax] = [:]
  /// Tables that could not be read, which has been told.
  var brokenTables: Set<String> = []
  /// The tables that have been checked, by name, and the figures of their rows.
  var tables: [String: CheckedTable] = [:]
  /// Caps of the document's limits that ask for facts of the frames.
  var joint: [JointCapSyntax] = []
  var tableParameters: [Parameter] = []
  /// What the figures and bounds of tables are called in the whole document.
  var tableFigures: Set<String> = []
  /// When the rows of each table give way to later ones.
  var tableDays: [String: TableDays] = [:]
  /// What each definition comes to; it is held, so that no other takes its place.
  var expansions: [ObjectIdentifier: (definition: Definition, expansion: Expansion)] = [:]
  /// The document's parameters that change on certain days.
  var dated: [String: Definition] = [:]
  /// Names of definitions that a rule uses, for the report of unused ones.
  var used: Set<String> = []

  init(dictionary: FactDictionary, places: Gazetteer, source: SourceFile) {
    self.dictionary = dictionary
    self.places = places
    self.source = source
  }

  /// Checks one document. `dictionary` gains the lists and fields that the document declares itself.
  /// Returns nil only when there is no usable header.
  /// - Parameter notes: takes down what names stand for.
  package static func check(
    _ syntax: DocumentSyntax, dictionary: inout FactDictionary, places: Gazetteer, notes: NameNotes? = nil
  ) -> (CheckedDocument?, [Diagnostic]) {
    let (lists, problems) = DictionaryBuilder.extend(
      dictionary, with: syntax.lists, places: places, currency: syntax.header?.currency)
    let given = dictionary
    dictionary = lists
    let checker = Checker(dictionary: lists, places: places, source: syntax.source)
    checker.diagnostics = problems
    checker.notes = notes
    checker.noteReferences(syntax.lists, given: given)
    let document = checker.document(syntax)
    let told = ChineseRemedies(syntax, dictionary: lists, places: places).told(checker.diagnostics)
    return (document, inRules(told, syntax, given, places))
  }

  /// What is wrong with lines, each with the line as rules have it where a notice says it otherwise.
  private static func inRules(
    _ diagnostics: [Diagnostic], _ syntax: DocumentSyntax, _ dictionary: FactDictionary, _ places: Gazetteer
  ) -> [Diagnostic] {
    guard diagnostics.contains(where: { $0.severity == .error }) else { return diagnostics }
    let source = syntax.source
    func wrong(_ other: String) -> [Diagnostic] {
      let (trial, mistakes) = PolicyParser.parse(
        document: SourceFile(name: source.name, text: other), dictionary: dictionary)
      let (lists, problems) = DictionaryBuilder.extend(
        dictionary, with: trial.lists, places: places, currency: trial.header?.currency)
      let checker = Checker(dictionary: lists, places: places, source: trial.source)
      checker.diagnostics = mistakes + problems
      _ = checker.document(trial)
      return checker.diagnostics
    }
    var out = diagnostics
    for (isChinese, turned) in [(true, EverydayTurns.asRule), (false, EnglishTurns.asRule)] {
      let own = diagnostics.indices.filter {
        diagnostics[$0].location.map { syntax.isChinese(line: $0.start.line) } == isChinese
      }
      if own.isEmpty { continue }
      let everyday = EverydayTurns(source.text, firstLine: 1, turned: turned, trial: wrong)
      for (i, told) in zip(own, everyday.told(own.map { diagnostics[$0] })) { out[i] = told }
    }
    return out
  }

  func report(_ code: String, _ message: Text, hint: Text? = nil, at location: SourceRange) {
    diagnostics.append(.error(code, message, hint: hint, at: location))
  }

  func unknownName(_ what: Text, _ name: String, among candidates: [String], at location: SourceRange) {
    report(
      "unknown-name", Text("There is no \(what.en) called `\(name)` here.", zh: "此处没有名为 `\(name)` 的\(what.zh)。"),
      hint: Nearest.question(for: name, among: name.isChinese ? candidates + inChinese(candidates) : candidates)
        ?? Text("Declare it, or use one of the names that `show` lists.", zh: "请先声明，或改用 `查看` 所列名称。"), at: location)
  }

  /// Tells of a choice that there is none of, with those that there are.
  func unknownChoice(_ what: Text, _ name: String, among choices: [String], at location: SourceRange) {
    let own = choices.map { inChinese([$0]).first ?? $0 }
    let shown = choices.prefix(12), more = choices.count > shown.count
    report(
      "unknown-name", Text("There is no \(what.en) called `\(name)` here.", zh: "此处没有名为 `\(name)` 的\(what.zh)。"),
      hint: Nearest.question(for: name, among: name.isChinese ? choices + own : choices)
        ?? Text(
          "There are: \(shown.map { "`\($0)`" }.joined(separator: ", "))\(more ? ", …" : "").",
          zh: "可写：\(own.prefix(12).map { "`\($0)`" }.joined(separator: "、"))\(more ? "等" : "")。"), at: location)
  }

  /// The Chinese names of what might have been meant.
  private func inChinese(_ ids: [String]) -> [String] {
    var found: Set<String> = []
    for id in ids {
      if let zh = shared.chinese[id] ?? measureNames.chinese[id] ?? SurfaceWords.constants[id] { found.insert(zh) }
      for list in dictionary.lists {
        if list.name == id { found.insert(list.words.zh) }
        if list.singular == id { found.insert(list.record.zh) }
        if let field = list.field(id) { found.insert(field.words.zh) }
        for field in list.fields { found.formUnion(field.choices.filter { $0.en == id }.map(\.zh)) }
      }
    }
    return found.filter(\.isChinese).sorted()
  }

  // MARK: Document

  private func document(_ syntax: DocumentSyntax) -> CheckedDocument? {
    guard let header = syntax.header else {
      missingHeader(syntax)
      return nil
    }
    documentID = header.name.text
    demandNoResult(header.name)
    currency = header.currency
    sampleDay = syntax.header.sampleDay
    let jurisdiction = jurisdiction(header), issued = issued(header)
    declare(syntax)
    let window = header.window.flatMap { self.window($0, scope: Scope(.constant)) }
    let defaults = defaults(header)
    documentDefaults = defaults
    noteLimits(syntax)
    let measures = measures(syntax, window: window)
    for example in syntax.examples {
      if let day = example.asOf, Day(day.text[...]) == nil { notADate(day) }
    }
    for m in measures { diagnostics += Unreachable.branches(of: m, readings: Array(readings.values) + Reading.global) }
    tellEdges(measures)
    unusedDefinitions(syntax)
    let funds = header.funds.flatMap { self.funds($0, prefix: documentID) }
    return CheckedDocument(
      heading: CheckedDocument.Heading(
        id: documentID, title: header.title ?? .same(documentID), number: header.number ?? "",
        jurisdiction: jurisdiction, issued: issued, window: window,
        currency: currency ?? .yuan, defaults: defaults,
        funds: funds,
        remarks: header.remarks.map { (key: $0.key.text, text: $0.text) }),
      declared: CheckedDocument.Declared(
        parameters: syntax.parameters.compactMap { parameters[$0.name.text] } + tableParameters,
        readings: syntax.readings.compactMap { readings[$0.name.text] },
        values: syntax.values.compactMap { values[$0.name.text] },
        definitions: (syntax.definitions.map(\.name.text) + syntax.tables.map(\.name.text)).compactMap {
          definitions[$0]
        }),
      measures: measures, limits: limits(syntax, measures, funds), syntax: syntax)
  }

  /// Results are called `r1`, `r2`, …: a document of such a name could not be asked for.
  private func demandNoResult(_ name: Name) {
    let digits = name.text.dropFirst()
    guard name.text.first == "r", (1...6).contains(digits.utf8.count), digits.first != "0",
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return }
    report(
      "reserved-name",
      Text(
        "`\(name.text)` is what a result is called, such as the third `r3`.",
        zh: "`\(name.text)` 是结果的编号，例如第三个结果 `r3`。"),
      hint: Text(
        "Give the document another name, such as `rules-\(name.text)`.",
        zh: "请给文件换个名称，例如 `rules-\(name.text)`。"),
      at: name.location)
  }

  private func missingHeader(_ syntax: DocumentSyntax) {
    if syntax.measures.isEmpty, syntax.definitions.isEmpty { return }
    let start = Position(line: 1, column: 1)
    report(
      "no-header", Text("The document does not say which one it is.", zh: "文件没有说明自己是哪一个文件。"),
      hint: Text("Begin the first policy fence with `document NAME`.", zh: "请在第一个 policy 代码块开头写 `document 名称`。"),
      at: SourceRange(source: source, start: start, end: start))
  }

  /// Where the document applies; -1 where it does not say, which is told.
  private func jurisdiction(_ header: HeaderSyntax) -> Int32 {
    if let name = header.jurisdiction { return location(named: name) ?? -1 }
    report(
      "no-jurisdiction", Text("The document does not say where it applies.", zh: "文件没有说明适用地区。"),
      hint: Text(
        "Add `jurisdiction` and a place code, such as `jurisdiction 350112`.",
        zh: "请加上 `jurisdiction` 和地区代码，例如 `jurisdiction 350112`。"),
      at: header.name.location)
    return -1
  }

  private func issued(_ header: HeaderSyntax) -> Day? {
    guard let name = header.issued else { return nil }
    let day = Day(name.text[...])
    if day == nil { notADate(name) }
    return day
  }

  private func notADate(_ name: Name) {
    report(
      "bad-date", Text("`\(name.text)` is not a date.", zh: "`\(name.text)` 不是日期。"),
      hint: Text("Write dates as 2022-01-28.", zh: "日期写作 2022-01-28。"), at: name.location)
  }

  private func measures(_ syntax: DocumentSyntax, window: CheckedWindow?) -> [CheckedMeasure] {
    var measures: [CheckedMeasure] = []
    var names: Set<String> = []
    for m in syntax.measures {
      if !names.insert(m.name.text).inserted { duplicate(m.name) }
      if let checked = measure(m, documentWindow: window) { measures.append(checked) }
    }
    yields(measures, names)
    return measures
  }

  /// What each measure yields to has to be there, and to be a measure; and none may come back to itself.
  private func yields(_ measures: [CheckedMeasure], _ names: Set<String>) {
    var next: [String: String] = [:]
    for m in measures {
      guard let other = m.limits.yields?.to else { continue }
      if !names.contains(other) {
        unknownName(Text("measure", zh: "措施"), other, among: Array(names), at: m.location)
      } else if let found = measures.first(where: { $0.name == other }), found.form != .measure {
        report(
          "yields-to-nothing", Text("`\(other)` pays nothing that could go before.", zh: "`\(other)` 不支付，无从让位。"),
          hint: Text("Name a measure.", zh: "请写一项措施。"), at: m.location)
      } else {
        next[m.name] = other
      }
    }
    var told: Set<String> = []
    for m in measures where !told.contains(m.name) {
      var round = [m.name]
      while let name = next[round[round.count - 1]], !round.contains(name) { round.append(name) }
      guard next[round[round.count - 1]] == m.name else { continue }
      told.formUnion(round)
      let shown = (round + [m.name]).joined(separator: " → ")
      report(
        "yields-in-circle", Text("These yield to each other: \(shown).", zh: "让位循环：\(shown)。"),
        hint: Text("Leave one `yields to` out.", zh: "请删去其中一个 `yields to`。"), at: m.location)
    }
  }

  /// Whoever has a mistake may ask for what nobody else does.
  private func unusedDefinitions(_ syntax: DocumentSyntax) {
    if diagnostics.contains(where: { $0.severity == .error }) { return }
    for table in syntax.tables where !used.contains(table.name.text) {
      diagnostics.append(
        Diagnostic(
          .warning, code: "unused-table",
          Text("The table `\(table.name.text)` is used by no rule.", zh: "表 `\(table.name.text)` 没有被任何规则使用。"),
          hint: Text("Use it or remove it.", zh: "请使用或删除它。"), at: table.name.location))
    }
    for definition in syntax.definitions where !used.contains(definition.name.text) {
      diagnostics.append(
        Diagnostic(
          .warning, code: "unused-definition",
          Text(
            "The definition `\(definition.name.text)` is used by no rule.",
            zh: "定义 `\(definition.name.text)` 没有被任何规则使用。"),
          hint: Text("Use it or remove it.", zh: "请使用或删除它。"), at: definition.name.location))
    }
  }

  func window(_ syntax: WindowSyntax, scope: Scope) -> CheckedWindow? {
    if syntax.isNone { return nil }
    func end(_ e: Expression?) -> Typed? {
      guard let e else { return nil }
      let t = expression(e, scope)
      if t.type != .date, t.type != .broken { mismatch(t, wanted: .date) }
      return t
    }
    let window = CheckedWindow(from: end(syntax.from), to: end(syntax.to), location: syntax.location)
    if let from = window.from, let to = window.to { demandOrder(from, to, at: syntax.location) }
    return window
  }
}
