// A text that somebody has open in an editor: what is wrong in it, what its names mean and where they are declared,
// what it is made of. Knows nothing of protocols.

import Answers
import Commands
import Diagnostics
import Facts
import PolicyLanguage
import Sessions
import View

/// A policy document, a notebook or a scenario as it stands in an editor.
package final class OpenFile {
  /// What the file is.
  package enum Kind: Sendable {
    case policy
    case notebook
    case scenario
    /// Nothing that the program reads.
    case other
  }

  package let kind: Kind
  package let source: SourceFile
  let desk: Desk
  /// The checked document; nil where there is none, or where its mistakes leave nothing of it.
  let document: CheckedDocument?
  /// The file as a notebook.
  lazy var notebook = Notebook.read(Array(source.text.utf8), name: source.name)

  /// - Parameters:
  ///   - path: where it lies; scenarios name files beside it.
  ///   - neighbours: further policy documents, which may declare facts.
  package init(_ text: String, path: String, neighbours: [SourceFile], door: FileDoor, language: Language) {
    source = SourceFile(name: path, text: text)
    kind = OpenFile.kind(of: text, path)
    let isPolicy = kind == .policy
    let library = Library(files: neighbours.filter { $0.name != path } + (isPolicy ? [source] : []))
    desk = Desk(library: library, language: language)
    desk.door = door
    if let slash = path.lastIndex(of: "/") { desk.folder = String(path[...slash]) }
    let whole = isPolicy ? library.documents.first { $0.source === library.ownFiles.last } : nil
    document = whole ?? (isPolicy ? OpenFile.rest(source, library) : nil)
  }

  /// A document with mistakes, of which names are known all the same.
  private static func rest(_ source: SourceFile, _ library: Library) -> CheckedDocument? {
    var dictionary = library.bundledDictionary
    return Library.check(source, &dictionary, library.places).document
  }

  static func kind(of text: String, _ path: String) -> Kind {
    switch Files.ending(path) {
    case "yaml", "yml": return .scenario
    case "md", "markdown":
      if Notebook.isOne(text) { return .notebook }
      let hasRules = text.utf8.split(separator: 0x0A).contains { line in
        [Array("```policy".utf8), Array("```政策".utf8)].contains { line.starts(with: $0) }
      }
      return hasRules ? .policy : .other
    default: return .other
    }
  }

  // MARK: What is wrong

  /// What a check of a policy document finds, its examples run.
  lazy var documentCheck = DocumentCheck(source, library: desk.library, threads: 1).run()

  /// Everything that a check of the file tells, examples of a policy document included; notebooks are not run.
  package private(set) lazy var diagnostics = checked

  private var checked: [Diagnostic] {
    switch kind {
    case .other: return []
    case .policy: return documentCheck.diagnostics + documentCheck.mismatches
    case .scenario:
      return desk.trial { desk.loadScenario(source.text, name: nil, source: source, line: 1).diagnostics }
    case .notebook:
      return notebook.diagnostics
        + notebook.cells.filter { $0.kind == .commands && !$0.options.expectsError }.flatMap(mistakes)
    }
  }

  /// Commands of a cell that are none. Parameters stand for whatever they may be given.
  private func mistakes(_ cell: NotebookCell) -> [Diagnostic] {
    guard !cell.text.contains("{") else { return [] }
    let text = SourceFile(name: source.name, text: cell.text)
    return WorkbenchCommands.parser.statements(of: text)
      .filter { $0.command == nil && Familiar.meant($0.text, in: desk) == nil }
      .flatMap { $0.diagnostics.map { $0.moved(from: text, to: source, by: cell.line) } }
  }

  // MARK: Names

  /// Where the name at a place is declared in this file.
  package func declaration(at position: Position) -> SourceRange? {
    guard let word = word(at: position) else { return nil }
    let found = declarations.filter { $0.name == word.text || $0.chinese == word.text }
    // One of the measure around it goes before one of another.
    let owner = owners(at: position)
    return (found.first { name in name.owner.map { owner.contains($0) } ?? false } ?? found.first)?.location
  }

  /// Ids of the measures whose declaration holds a place, the document's id before it.
  func owners(at position: Position) -> [String] {
    let before = document?.measures.filter { $0.location.start <= position } ?? []
    return before.max { $0.location.start < $1.location.start }.map { [$0.id] } ?? []
  }

  /// A name that the document declares.
  struct Declaration {
    let name: String
    let chinese: String?
    var owner: String?
    let location: SourceRange
  }

  var declarations: [Declaration] {
    guard let document else { return [] }
    func of(_ parameter: Parameter, _ owner: String?) -> Declaration {
      Declaration(name: parameter.name, chinese: parameter.chinese, owner: owner, location: parameter.location)
    }
    func of(_ reading: Reading, _ owner: String?) -> Declaration? {
      reading.location.map { Declaration(name: reading.name, chinese: reading.chinese, owner: owner, location: $0) }
    }
    var all = document.definitions.map { Declaration(name: $0.name, chinese: $0.chinese, location: $0.location) }
    all += document.parameters.map { of($0, nil) } + document.readings.compactMap { of($0, nil) }
    all += document.values.map { Declaration(name: $0.name, chinese: $0.chinese, location: $0.location) }
    for measure in document.measures {
      all.append(Declaration(name: measure.name, chinese: measure.heading.chinese, location: measure.location))
      all += measure.parameters.map { of($0, measure.id) } + measure.readings.compactMap { of($0, measure.id) }
    }
    return all
  }

  // MARK: What it is made of

  /// A part of the file with a name.
  package struct Part: Sendable {
    package enum Sort: Sendable {
      /// A heading of so many marks.
      case heading(Int)
      case measure
      case parameter
      case reading
      case definition
      case example
      case cell
    }

    package let name: String
    package let detail: String
    package let sort: Sort
    package let line: Int
  }

  /// Headings, and what stands below them, in the order of lines.
  package var parts: [Part] {
    var parts = headings
    if let document {
      let language = desk.language
      for measure in document.measures {
        parts.append(
          Part(
            name: measure.name,
            detail: measure.heading.title.in(language), sort: .measure, line: measure.location.start.line))
      }
      for one in document.measures.flatMap(\.parameters) + document.parameters {
        parts.append(
          Part(
            name: one.words.in(language), detail: one.meaning?.in(language) ?? "", sort: .parameter,
            line: one.location.start.line))
      }
      for one in document.measures.flatMap(\.readings) + document.readings {
        guard let location = one.location else { continue }
        parts.append(
          Part(
            name: one.words.in(language), detail: one.question.in(language), sort: .reading,
            line: location.start.line))
      }
      for one in document.definitions {
        parts.append(Part(name: one.words.in(language), detail: "", sort: .definition, line: one.location.start.line))
      }
      for one in document.examples {
        parts.append(Part(name: one.title.in(language), detail: "", sort: .example, line: one.location.start.line))
      }
    }
    if kind == .notebook {
      for cell in notebook.cells {
        let first = cell.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        parts.append(Part(name: cell.name.in(desk.language), detail: first, sort: .cell, line: cell.line))
      }
    }
    return parts.sorted { $0.line < $1.line }
  }

  private var headings: [Part] {
    guard kind == .policy || kind == .notebook else { return [] }
    var parts: [Part] = []
    let lines = OpenFile.fenced(OpenFile.lines(source.text))
    for (number, line, isInside) in lines where !isInside && line.hasPrefix("#") {
      let level = line.prefix { $0 == "#" }.count
      let title = line.dropFirst(level)
      guard level <= 6, title.first == " " else { continue }
      parts.append(
        Part(name: String(title.drop { $0 == " " }), detail: "", sort: .heading(level), line: number))
    }
    return parts
  }

  /// The first and last lines of fences, which may be folded.
  package var folds: [ClosedRange<Int>] {
    var folds: [ClosedRange<Int>] = []
    var start: Int?
    for (number, _, isInside) in OpenFile.fenced(OpenFile.lines(source.text)) {
      if isInside, start == nil { start = number }
      if let first = start, !isInside {
        folds.append(first...max(first, number))
        start = nil
      }
    }
    return folds
  }

  // MARK: Completion

  /// What may be written at a place, with its meaning: names that are declared, facts, and in a notebook's commands
  /// what the prompt would offer.
  package func completions(at position: Position) -> (from: Int, words: [Completion]) {
    let lines = OpenFile.lines(source.text)
    guard lines.indices.contains(position.line - 1) else { return (position.column, []) }
    let head = String(lines[position.line - 1].prefix(position.column - 1))
    switch kind {
    case .other: return (position.column, [])
    case .notebook:
      guard
        let cell = notebook.cells.last(where: { $0.line < position.line }), cell.kind == .commands,
        position.line <= cell.line + cell.text.split(separator: "\n", omittingEmptySubsequences: false).count
      else { return (position.column, []) }
      let (from, found) = desk.complete(head, at: head.utf8.count)
      return (String(decoding: Array(head.utf8.prefix(from)), as: UTF8.self).count + 1, found)
    case .policy, .scenario:
      if kind == .policy, ruleLines(lines).contains(position.line),
        let (partial, words) = fitting(lines, position.line, head)
      {
        return (position.column - partial.count, words)
      }
      let partial = String(head.reversed().prefix { OpenFile.isNamePart($0) }.reversed())
      let isRule = kind == .policy && ruleLines(lines).contains(position.line)
      let isChinese = isRule && block(lines, position.line, head).isChinese
      let all = kind == .policy && !isRule ? [] : names
      // In Chinese rules Chinese names come first.
      let known =
        isChinese ? all.filter { !$0.text.allSatisfy(\.isASCII) } + all.filter { $0.text.allSatisfy(\.isASCII) } : all
      let folded = partial.lowercased()
      let fitting = known.filter { $0.text.lowercased().hasPrefix(folded) || $0.alias.hasPrefix(partial) }
      return (position.column - partial.count, fitting.isEmpty && !partial.isEmpty ? ofEnd(partial, known) : fitting)
    }
  }

  /// Chinese is written without spaces: the name may begin anywhere in what stands before the cursor.
  private func ofEnd(_ partial: String, _ known: [Completion]) -> [Completion] {
    known.filter { $0.text.contains(partial) }
  }

  var names: [Completion] {
    let language = desk.language
    var all: [Completion] = []
    func add(_ name: String, _ chinese: String?, _ meaning: String) {
      all.append(Completion(name, meaning, alias: chinese ?? ""))
      if let chinese, chinese != name { all.append(Completion(chinese, meaning, alias: name)) }
    }
    if let document {
      for one in document.measures.flatMap(\.parameters) + document.parameters {
        add(one.name, one.chinese, one.meaning?.in(language) ?? "")
      }
      for one in document.measures.flatMap(\.readings) + document.readings {
        add(one.name, one.chinese, one.question.in(language))
      }
      for one in document.definitions { add(one.name, one.chinese, "") }
      for one in document.values { add(one.name, one.chinese, one.meaning?.in(language) ?? "") }
      for one in document.measures {
        add(
          one.name, one.heading.chinese,
          one.heading.title.in(language))
      }
    }
    for list in desk.library.dictionary.lists {
      add(list.name, nil, list.title.in(language))
      if kind == .policy { add(list.singular, list.title.zh, list.title.in(language)) }
      for field in list.fields {
        add(field.name, field.chinese, "\(list.title.in(language)): \(field.meaning.in(language))")
      }
    }
    var seen: Set<String> = []
    return all.filter { seen.insert($0.text).inserted }
  }

  // MARK: Lines and words

  /// The name at a place: letters of any language, digits, `_` and, within, `-`. Of Chinese, which has no spaces, the
  /// longest declared name that holds the place.
  func word(at position: Position) -> (text: String, from: Int)? {
    let lines = OpenFile.lines(source.text)
    guard lines.indices.contains(position.line - 1) else { return nil }
    let line = Array(lines[position.line - 1])
    var at = position.column - 1
    // Behind a word the cursor is still at it.
    if at >= line.count || !OpenFile.isNamePart(line[at]) { at -= 1 }
    guard line.indices.contains(at), OpenFile.isNamePart(line[at]) else { return nil }
    var (first, last) = (at, at)
    while first > 0, OpenFile.isNamePart(line[first - 1]) { first -= 1 }
    while last + 1 < line.count, OpenFile.isNamePart(line[last + 1]) { last += 1 }
    let whole = String(line[first...last])
    guard !whole.allSatisfy(\.isASCII) else { return (whole, first + 1) }
    var best: (text: String, from: Int)?
    for name in Set(names.map(\.text)) where name.count > (best?.text.count ?? 0) && whole.contains(name) {
      for found in OpenFile.occurrences(of: name, in: Substring(whole)) {
        let start = first + found.lowerBound - 1
        if start <= at, at < start + name.count { best = (name, start + 1) }
      }
    }
    return best ?? (whole, first + 1)
  }

  static func isNamePart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-"
  }

  /// The lines of a text, without their ends.
  package static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// Where a name stands in a line, as columns; of names in Latin letters only whole words.
  static func occurrences(of name: String, in line: Substring) -> [Range<Int>] {
    let (line, name) = (Array(line), Array(name))
    guard !name.isEmpty, line.count >= name.count else { return [] }
    let isWord = name.allSatisfy(\.isASCII)
    var found: [Range<Int>] = []
    var at = 0
    while at + name.count <= line.count {
      let end = at + name.count
      let isFree =
        !isWord
        || (at == 0 || !(line[at - 1].isASCII && isNamePart(line[at - 1])))
          && (end == line.count || !(line[end].isASCII && isNamePart(line[end])))
      if isFree, line[at..<end].elementsEqual(name) {
        found.append(at + 1..<end + 1)
        at = end
      } else {
        at += 1
      }
    }
    return found
  }

  /// Lines with their numbers, and whether each stands within a fence.
  static func fenced(_ lines: [Substring]) -> [(number: Int, line: Substring, isInside: Bool)] {
    var mark: Substring?
    return lines.enumerated().map { i, line in
      let ticks = line.prefix { $0 == "`" }
      if let open = mark {
        if ticks.count >= open.count, line.dropFirst(ticks.count).allSatisfy(\.isWhitespace) {
          mark = nil
          return (i + 1, line, false)
        }
        return (i + 1, line, true)
      }
      if ticks.count >= 3 {
        mark = ticks
        return (i + 1, line, true)
      }
      return (i + 1, line, false)
    }
  }

  /// The numbers of lines within fences.
  func ruleLines(_ lines: [Substring]) -> [Int] {
    OpenFile.fenced(lines).filter { $0.isInside && !$0.line.hasPrefix("```") }.map(\.number)
  }
}
