// A name that is written otherwise, wherever it means the same: in the rules of an open document, and in scenarios and
// notebooks that call it by its measure or document. What the rules say is compared before and after.

import Diagnostics
import PolicyLanguage
import Sessions

extension OpenFile {
  /// A text of a folder in which a name may be called.
  package struct Neighbour: Sendable {
    package let path: String
    package let text: String

    package init(path: String, text: String) { (self.path, self.text) = (path, text) }
  }

  /// Why a name is not written otherwise.
  package struct NotRenamed: Error {
    package let reason: Text
  }

  /// Where a name is to be written otherwise.
  package struct Renaming: Sendable {
    /// Places in this file.
    package let here: [SourceRange]
    /// Places in others, by their paths.
    package let there: [(path: String, places: [SourceRange])]
  }

  /// The name at a place that can be written otherwise; nil where there is none.
  package func renamable(at position: Position) -> SourceRange? {
    (try? named(at: position))?.token.location
  }

  private struct Named {
    let declaration: Declaration
    let token: RuleToken
    /// The name as it is written at the place: its id or its Chinese name.
    let spelling: String
  }

  private func named(at position: Position) throws(NotRenamed) -> Named {
    let at = tokens.first { $0.location.start <= position && position <= $0.location.end && $0.sort == .name }
    guard kind == .policy, let token = at else {
      throw NotRenamed(reason: Text("no name of the rules stands here", zh: "此处不是规则中的名称"))
    }
    let spelling = token.text.split(separator: ".").last.map(String.init) ?? token.text
    let found = callable.filter { $0.name == spelling || $0.chinese == spelling }
    let around = extent(around: position.line)
    guard let declaration = found.first(where: { $0.owner != nil && $0.owner == around?.owner }) ?? found.first else {
      let field = desk.library.dictionary.lists.contains { list in
        list.fields.contains { $0.name == spelling || $0.chinese == spelling }
      }
      let why =
        field
        ? Text("`\(spelling)` is a fact: scenarios and registers go by its name", zh: "“\(spelling)”是事实，情景和台账按此名称填写")
        : Text("`\(spelling)` is not declared in this document", zh: "本文件没有声明“\(spelling)”")
      throw NotRenamed(reason: why)
    }
    return Named(declaration: declaration, token: token, spelling: spelling)
  }

  /// Names that the document declares, those within measures included.
  private var callable: [Declaration] {
    guard let document else { return [] }
    var all = declarations
    for (measure, syntax) in zip(document.measures, document.syntax.measures) where measure.name == syntax.name.text {
      for clause in syntax.clauses {
        let name: Name
        if case .letting(let one, _) = clause {
          name = one
        } else if case .set(let set) = clause {
          name = set.name
        } else {
          continue
        }
        all.append(Declaration(name: name.text, chinese: name.zh, owner: measure.id, location: name.location))
      }
    }
    return all
  }

  // MARK: Writing it otherwise

  /// Where the name at a place would be written otherwise.
  /// - Parameter neighbours: scenarios, notebooks and documents beside this one.
  /// - Throws: where there is no such name, the new one is taken or none, or the rules would say something else.
  package func renaming(
    at position: Position, to new: String, in neighbours: [Neighbour]
  ) throws(NotRenamed) -> Renaming {
    let named = try named(at: position)
    let (old, declaration) = (named.spelling, named.declaration)
    guard new != old else { return Renaming(here: [], there: []) }
    let isID = old == declaration.name
    let isChinese = new.first.map { !$0.isASCII } ?? false
    guard RuleTokens.isName(new), isID != isChinese || declaration.chinese == nil else {
      throw NotRenamed(
        reason: isID
          ? Text("`\(new)` cannot be a name: letters, digits and `_`", zh: "“\(new)”不能作编号：只用字母、数字和 _")
          : Text("`\(new)` cannot be a Chinese name", zh: "“\(new)”不能作中文名称"))
    }
    let taken = callable.contains {
      ($0.name == new || $0.chinese == new) && $0.location.start != declaration.location.start
    }
    guard !taken,
      !names.contains(where: { $0.text == new && $0.text != declaration.name && $0.text != declaration.chinese })
    else { throw NotRenamed(reason: Text("`\(new)` is the name of something else", zh: "“\(new)”已另有所指")) }
    let here = places(of: named)
    try compare(named, new, here)
    return Renaming(
      here: here,
      there: neighbours.compactMap { neighbour in
        let places = calls(of: named, in: neighbour)
        return places.isEmpty ? nil : (neighbour.path, places)
      })
  }

  /// A measure's or an example's lines.
  private struct Extent {
    let lines: Range<Int>
    /// The measure's id; nil: an example.
    let owner: String?
  }

  private func extent(around line: Int) -> Extent? {
    guard let syntax = document?.syntax, let document else { return nil }
    var starts = syntax.measures.map(\.location.start.line) + syntax.examples.map(\.location.start.line)
    starts += syntax.definitions.map(\.name.location.start.line) + syntax.tables.map(\.name.location.start.line)
    starts += syntax.parameters.map(\.name.location.start.line) + syntax.readings.map(\.name.location.start.line)
    starts += syntax.lists.map(\.name.location.start.line) + syntax.limits.map(\.name.location.start.line)
    // A measure's own parameters stand within it.
    let inner = Set(document.measures.flatMap { $0.parameters.map(\.location.start.line) })
    let sorted = starts.filter { !inner.contains($0) }.sorted()
    guard let start = sorted.last(where: { $0 <= line }) else { return nil }
    let end = sorted.first { $0 > start } ?? Int.max
    if let measure = document.measures.first(where: { $0.location.start.line == start }) {
      return Extent(lines: start..<end, owner: measure.id)
    }
    return syntax.examples.contains { $0.location.start.line == start } ? Extent(lines: start..<end, owner: nil) : nil
  }

  private func places(of named: Named) -> [SourceRange] {
    let (old, declaration) = (named.spelling, named.declaration)
    let all = tokens
    let owner = declaration.owner.flatMap { id in document?.measures.first { $0.id == id } }
    let rivals = callable.filter {
      ($0.name == old || $0.chinese == old) && $0.location.start != declaration.location.start
    }
    let isField = desk.library.dictionary.lists.contains { list in
      list.fields.contains { $0.name == old || $0.chinese == old }
    }
    return all.indices.compactMap { i in
      let token = all[i]
      guard token.sort == .name || token.sort == .word else { return nil }
      let parts = token.text.split(separator: ".").map(String.init)
      guard parts.last == old else { return nil }
      let place = tail(of: token, old)
      let before = i > 0 ? all[i - 1] : nil
      // Kinds of benefit are no names of measures, though they may be spelled like them.
      if let before, ["kind", "待遇类型"].contains(before.text), before.location.start.line == token.location.start.line {
        return nil
      }
      let isBehindDot = before.map { touches($0, token, by: ".") } ?? false
      let prefix = parts.count > 1 ? parts[parts.count - 2] : isBehindDot ? before?.text : of(i, all)
      let called = [owner?.name, owner?.heading.chinese, document?.id]
      if let prefix, called.contains(prefix) { return place }
      if parts.count > 1 || isBehindDot && isField { return nil }
      let around = extent(around: token.location.start.line)
      if let owner = declaration.owner {
        if around?.owner == owner { return place }
        return around != nil && around?.owner == nil && rivals.isEmpty ? place : nil
      }
      let shadowed = rivals.contains { $0.owner != nil && $0.owner == around?.owner }
      return shadowed ? nil : place
    }
  }

  /// The name before 的, where the piece stands behind one.
  private func of(_ i: Int, _ all: [RuleToken]) -> String? {
    guard i >= 2, all[i - 1].text == "的", all[i - 1].location.end == all[i].location.start else { return nil }
    return all[i - 2].text
  }

  private func touches(_ a: RuleToken, _ b: RuleToken, by mark: String) -> Bool {
    let (end, start) = (a.location.end, b.location.start)
    guard end.line == start.line, start.column == end.column + mark.count else { return false }
    let line = OpenFile.lines(source.text)[start.line - 1]
    return line.dropFirst(end.column - 1).hasPrefix(mark)
  }

  private func tail(of token: RuleToken, _ name: String) -> SourceRange {
    var start = token.location.start
    start.column = token.location.end.column - name.count
    return SourceRange(source: source, start: start, end: token.location.end)
  }

  // MARK: What the rules say

  /// The rules have to say afterwards what they say now, but for the name.
  private func compare(_ named: Named, _ new: String, _ places: [SourceRange]) throws(NotRenamed) {
    let library = desk.library
    let changed = SourceFile(name: source.name, text: OpenFile.replaced(source.text, places, by: new))
    func canonical(_ file: SourceFile) -> [[Substring]] {
      RuleTranslation.canonical(file, dictionary: library.bundledDictionary, places: library.places).map { line in
        line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      }
    }
    func errors(_ file: SourceFile) -> Int {
      var dictionary = library.bundledDictionary
      return Library.check(file, &dictionary, library.places).diagnostics.count { $0.severity == .error }
    }
    let (before, after) = (canonical(source), canonical(changed))
    let isSame =
      before.count == after.count
      && zip(before, after).allSatisfy { a, b in
        a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || $0 == named.spelling && $1 == new }
      }
    guard isSame, errors(changed) <= errors(source) else {
      throw NotRenamed(
        reason: Text(
          "with `\(new)` for `\(named.spelling)` the rules would say something else",
          zh: "把“\(named.spelling)”改为“\(new)”后，规则的含义会改变"))
    }
  }

  /// A text with the same words in the place of several.
  package static func replaced(_ text: String, _ places: [SourceRange], by new: String) -> String {
    var lines = lines(text).map { Array($0) }
    for place in places.sorted(by: { $1.start < $0.start }) where lines.indices.contains(place.start.line - 1) {
      lines[place.start.line - 1].replaceSubrange((place.start.column - 1)..<(place.end.column - 1), with: Array(new))
    }
    let end = text.contains("\r\n") ? "\r\n" : "\n"
    return lines.map { String($0) }.joined(separator: end)
  }

  /// Whether nothing else that the program knows goes by a name: where it stands alone in a scenario or a command, it
  /// means this.
  private func isOnly(_ named: Named) -> Bool {
    let name = named.spelling
    func isCalled(_ id: String, _ chinese: String?) -> Bool { id == name || chinese == name }
    let isFact = desk.library.dictionary.lists.contains { list in
      isCalled(list.name, list.title.zh) || isCalled(list.singular, list.record.zh)
        || list.fields.contains { isCalled($0.name, $0.chinese) }
    }
    let isElsewhere = desk.library.documents.contains { other in
      guard other.id != document?.id else { return false }
      let parameters = other.parameters + other.measures.flatMap(\.parameters)
      let readings = other.readings + other.measures.flatMap(\.readings)
      return parameters.contains { isCalled($0.name, $0.chinese) }
        || readings.contains { isCalled($0.name, $0.chinese) }
        || other.measures.contains { isCalled($0.name, $0.heading.chinese) }
        || other.definitions.contains { isCalled($0.name, $0.chinese) }
    }
    let here = callable.count { isCalled($0.name, $0.chinese) }
    return !isFact && here == 1 && !isElsewhere && !RuleTokens.isWord(name)
  }

  /// Where a neighbour calls the name by its measure or document, `agency_reward.rate_3m`, 机构奖励的首次标准, or alone
  /// where nothing else goes by it: in the cells of a notebook, and in a scenario.
  private func calls(of named: Named, in neighbour: Neighbour) -> [SourceRange] {
    guard let document else { return [] }
    let owner = named.declaration.owner.flatMap { id in document.measures.first { $0.id == id } }
    var prefixes = [(owner?.name ?? document.id) + "."]
    if let chinese = owner?.heading.chinese { prefixes += [chinese + "的", chinese + "."] }
    if let owner, owner.heading.chinese == nil { prefixes.append(owner.name + "的") }
    if isOnly(named) { prefixes.append("") }
    let file = SourceFile(name: neighbour.path, text: neighbour.text)
    let isScenario = OpenFile.kind(of: neighbour.text, neighbour.path) == .scenario
    return OpenFile.fenced(OpenFile.lines(neighbour.text)).flatMap { number, line, isInside -> [SourceRange] in
      guard isScenario || isInside else { return [] }
      var seen: Set<Int> = []
      return prefixes.flatMap { prefix in
        OpenFile.occurrences(of: prefix + named.spelling, in: line).compactMap { columns -> SourceRange? in
          let start = columns.upperBound - named.spelling.count
          guard prefix != "" || OpenFile.stands(alone: start..<columns.upperBound, in: line),
            seen.insert(start).inserted
          else { return nil }
          return SourceRange(
            source: file, start: Position(line: number, column: start),
            end: Position(line: number, column: columns.upperBound))
        }
      }
    }
  }
  /// Whether neither letters nor a dot stand beside a name.
  private static func stands(alone columns: Range<Int>, in line: Substring) -> Bool {
    let line = Array(line)
    func isFree(_ at: Int) -> Bool { !line.indices.contains(at) || !isNamePart(line[at]) && line[at] != "." }
    return isFree(columns.lowerBound - 2) && isFree(columns.upperBound - 1)
  }
}
