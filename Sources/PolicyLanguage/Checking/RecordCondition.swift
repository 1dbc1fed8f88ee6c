// A condition on the records of a list, asked of facts rather than written into a rule: read in either surface, checked
// like the `where` of a measure that goes through that list. Ids and names of records may stand in it. Knows nothing of
// columns.
import Diagnostics
import Facts
import Reckoning

/// What a condition may name beside facts: the records that there are.
package struct RecordNames: Sendable {
  /// What an id or a name stands for.
  package enum Found: Sendable {
    case row(Int32)
    /// Several records have the name: the ids of some.
    case several([String])
    case none
  }

  /// The record of a list, by its id or by a name.
  let find: @Sendable (_ list: String, _ text: String) -> Found
  /// Some ids and names of a list's records, for did-you-mean.
  let some: @Sendable (_ list: String) -> [String]
  /// The ids and names within a text, where it names some that no grammar would take for one word.
  let within: @Sendable (_ text: String) -> [String]

  /// - Parameters:
  ///   - find: the record of a list, by its id or by a name.
  ///   - some: some ids and names of a list's records.
  ///   - within: the ids and names that stand in a text.
  package init(
    find: @escaping @Sendable (_ list: String, _ text: String) -> Found,
    some: @escaping @Sendable (_ list: String) -> [String], within: @escaping @Sendable (_ text: String) -> [String]
  ) {
    self.find = find
    self.some = some
    self.within = within
  }
}

/// A condition that records of a list meet or do not.
package final class RecordCondition: Sendable {
  /// The list by its name in scenarios.
  package let list: String
  /// The condition as it was understood.
  package let condition: Typed
  /// What it is a condition of: a rule without clauses, in a document without any.
  package let measure: CheckedMeasure
  package let document: CheckedDocument

  private init(_ condition: Typed, list: String, home: Int32, source: SourceFile) {
    self.list = list
    self.condition = condition
    let name = "question"
    let syntax = MeasureSyntax(
      form: .note, name: Name(name, at: condition.location), clauses: [], source: "", at: condition.location)
    measure = CheckedMeasure(
      syntax, id: "\(name).\(name)", document: name, heading: CheckedMeasure.Heading(title: .same(name)),
      parameters: [], readings: [], selection: CheckedMeasure.Selection(), outcome: CheckedMeasure.Outcome(),
      limits: CheckedMeasure.Limits())
    document = CheckedDocument(
      heading: CheckedDocument.Heading(
        id: name, title: .same(name), number: "", jurisdiction: home, issued: nil, window: nil, currency: .yuan,
        defaults: [],
        remarks: []),
      declared: CheckedDocument.Declared(parameters: [], readings: [], values: [], definitions: []), measures: [],
      syntax: DocumentSyntax(source: source))
  }

  /// Reads and checks a condition.
  ///
  /// - Parameters:
  ///   - place: the stretch of a text that holds it; mistakes are told at their places in that text.
  ///   - list: whose records it is about.
  ///   - home: the district that `home` means.
  /// - Returns: nil where something is wrong with it, and what.
  package static func read(
    at place: SourceRange, on list: ListDeclaration, _ dictionary: FactDictionary, _ places: Gazetteer, home: Int32,
    _ names: RecordNames
  ) -> (RecordCondition?, [Diagnostic]) {
    let text = Invariant.value(place.written, "condition-has-text: a condition stands in the text of a command")
    let source = place.source ?? SourceFile(name: "<condition>", text: text)
    var told: [(surface: Surface, diagnostics: [Diagnostic])] = []
    for surface in Surface.tried(for: text) {
      let (expression, problems) = surface.read(text, of: list, at: place.start, in: source, dictionary, names)
      var diagnostics = problems
      if problems.isEmpty {
        let checker = Checker(dictionary: dictionary, places: places, source: source)
        checker.records = names
        let condition = checker.condition(expression, scope(of: list))
        diagnostics = checker.diagnostics
        if diagnostics.isEmpty, condition.type == .truth {
          return (RecordCondition(condition, list: list.name, home: home, source: source), [])
        }
      }
      told.append((surface, diagnostics))
    }
    // Of two ways to read it that is meant which gets along further.
    guard let furthest = told.max(by: { first($0.diagnostics) < first($1.diagnostics) }) else { return (nil, []) }
    guard case .chinese = furthest.surface else { return (nil, furthest.diagnostics) }
    // What is asked in Chinese is answered with what can be written in Chinese.
    var syntax = DocumentSyntax(source: source)
    syntax.chineseLines = [place.start.line...max(place.start.line, place.end.line)]
    let remedies = ChineseRemedies(syntax, dictionary: dictionary, places: places)
    return (nil, OpenPlaces.filled(remedies.told(furthest.diagnostics), places))
  }

  private static func first(_ diagnostics: [Diagnostic]) -> Position {
    diagnostics.compactMap { $0.location?.start }.min() ?? Position(line: 0, column: 0)
  }

  private static func scope(of list: ListDeclaration) -> Scope {
    var scope = Scope(.frame)
    scope.list = list
    scope.frame = Scope.Frame(name: list.singular, list: list.name, words: list.record.pointed, isText: false)
    return scope
  }

  /// The grammars of rules.
  private enum Surface {
    case english, chinese

    /// Which grammars may be meant, the likelier first. Names in English rules may be Chinese.
    static func tried(for text: String) -> [Surface] {
      text.utf8.contains { $0 >= 0xE0 } ? [.chinese, .english] : [.english]
    }

    /// The text stands where it stood in the command, so that mistakes are told there.
    func read(
      _ text: String, of list: ListDeclaration, at start: Position, in source: SourceFile,
      _ dictionary: FactDictionary, _ names: RecordNames
    ) -> (Expression, [Diagnostic]) {
      // A line of a command goes on behind a backslash.
      let whole = String(repeating: " ", count: max(start.column - 1, 0)) + text.replacing("\\\n", with: " \n")
      switch self {
      case .english:
        var parser = RuleParser(Array(whole.utf8), in: source, firstLine: start.line)
        return (parser.wholeExpression(), PolicyParser.inOrder(parser.diagnostics))
      case .chinese:
        var known = ChineseNames(dictionary, document: "")
        for name in names.within(text) + list.headings(in: text) { known.add(name) }
        var parser = ChineseParser(whole, names: known, in: source, firstLine: start.line)
        return (parser.wholeCondition(), PolicyParser.inOrder(parser.diagnostics))
      }
    }
  }
}

extension SourceRange {
  /// The text between start and end; nil without a text, or where it has no such lines.
  package var written: String? {
    guard let lines = source?.lines else { return nil }
    var out: [Substring] = []
    for number in start.line...max(start.line, end.line) {
      guard var line = lines.line(number) else { return nil }
      if number == end.line { line = line.prefix(max(end.column - 1, 0)) }
      if number == start.line { line = line.dropFirst(max(start.column - 1, 0)) }
      out.append(line)
    }
    return out.joined(separator: "\n")
  }
}

// MARK: - What stands for a record

extension Checker {
  /// An expression that stands where a value of a type is compared, and is the name of one: a record by its id or name,
  /// a text, yes or no. Nil where it is something else, or where names of records have no place.
  func named(_ e: Expression, as type: ValueType, _ scope: Scope) -> Typed? {
    guard let records, let written = literal(e, scope) else { return nil }
    switch type {
    case .record(let list):
      switch records.find(list, written) {
      case .row(let row): return Typed(.constant(Int64(row)), type, at: e.location)
      case .several(let ids):
        report(
          "several-records", Text("Several \(list) are called `\(written)`.", zh: "有多条记录名为 `\(written)`。"),
          hint: Text(
            "Write an id: \(ids.joined(separator: ", "))", zh: "请写编号：\(ids.joined(separator: "、"))"),
          at: e.location)
      case .none:
        let what = dictionary.list(list)?.record ?? .same(list)
        unknownRecord(what, written, among: records.some(list), at: e.location)
      }
      return broken(e.location)
    case .text: return Typed(.textConstant(written), .text, at: e.location)
    case .truth:
      if ["yes", "是"].contains(written) { return Typed(.constant(1), .truth, at: e.location) }
      if ["no", "否"].contains(written) { return Typed(.constant(0), .truth, at: e.location) }
      return nil
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date, .dateOrYear,
      .place, .choice, .set, .nothing, .broken:
      return nil
    }
  }

  /// What is written in quotation marks, or as a word or figure that is no fact of the record.
  private func literal(_ e: Expression, _ scope: Scope) -> String? {
    if case .string(let text) = e.node { return text }
    switch e.node {
    case .name(let name):
      if scope.list?.named(name) != nil || scope.list?.singular == name { return nil }
    case .number, .date, .subtract, .divide: break
    case .string, .member, .call, .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes,
      .includesBetween, .stable, .present, .except, .add, .multiply, .portion, .through, .round, .whole, .ifThen, .pick,
      .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .sum, .extreme,
      .extremeOf, .setFigure, .rangeFigure, .dateOfNumber, .firstDayAtOnce, .form, .nothing, .broken:
      return nil
    }
    // An id such as `e-17` looks like a difference; what counts is how it is written.
    let written = e.location.written?.trimmed
    return written.flatMap { $0.isEmpty || $0.contains(" ") ? nil : $0 }
  }

  /// A place by a name without quotation marks.
  func place(written e: Expression, _ scope: Scope) -> Int32? {
    guard records != nil, case .name(let name) = e.node, scope.list?.named(name) == nil else { return nil }
    if case .found(let id) = places.resolve(name) { return id }
    // 毕节, as registers write it.
    if name.isChinese, case .found(let id, .written) = places.reading(name) { return id }
    return nil
  }

  /// A name without quotation marks where a place belongs and nothing is called so: told with the places like it. Nil
  /// where it is something else.
  func unknownPlace(written e: Expression, _ scope: Scope) -> Typed? {
    guard records != nil, case .name(let name) = e.node, scope.list?.named(name) == nil, name != "home",
      name != "as_of", name.isChinese
    else { return nil }
    if !reportMeant(by: name, name, at: e.location) {
      unknownRecord(Text("place", zh: "地区"), name, among: places.resembling(name), at: e.location)
    }
    return broken(e.location)
  }

  /// Tells of a name that no place has as it is written, with the places that it may mean and their codes: 毕节.
  /// - Returns: false where it means none.
  func reportMeant(by text: String, _ name: String, at location: SourceRange) -> Bool {
    let ids: [Int32]
    switch places.reading(text) {
    case .found(let id, _): ids = [id]
    case .several(let all): ids = all
    case .unknown: return false
    }
    let all = ids.prefix(12).map { places.codes[Int($0)].text + " " + places.fullName($0) }
    report(
      ids.count == 1 ? "unknown-place" : "ambiguous-place",
      ids.count == 1
        ? Text("No place is called `\(name)`.", zh: "没有名称就是 `\(name)` 的地区。")
        : Text("Several places are called `\(name)`.", zh: "有多个地区叫 `\(name)`。"),
      hint: Text("Use a code: \(all.joined(separator: ", "))", zh: "请改用代码：\(all.joined(separator: "、"))"), at: location)
    return true
  }

  private func unknownRecord(_ what: Text, _ name: String, among candidates: [String], at location: SourceRange) {
    report(
      "unknown-name", Text("There is no \(what.en) called `\(name)` here.", zh: "此处没有名为 `\(name)` 的\(what.zh)。"),
      hint: Nearest.question(for: name, among: candidates)
        ?? Text("Write an id, or a name in quotation marks.", zh: "请写编号，或用引号写名称。"), at: location)
  }
}

extension Gazetteer {
  /// Names of provinces that resemble one; where none does, of cities, and then of counties. Each also for short: 贵州.
  fileprivate func resembling(_ name: String) -> [String] {
    for level in ["0000", "00", ""] {
      let own = codes.indices.filter { codes[$0].text.hasSuffix(level) }.map { names[$0] }
      let near = Nearest.names(to: name, among: own.map { $0.count > 2 ? String($0.dropLast()) : $0 } + own)
      if !near.isEmpty { return near }
    }
    return []
  }
}

extension String {
  /// Without spaces at either end.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
