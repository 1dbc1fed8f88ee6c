// Records asked for by a condition: how `list`, `count` and `describe` name a list and what its records have to meet,
// and which records that are. Knows nothing of how they are shown.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions
import View

/// A list of facts, and what is asked of its records.
///
///     query = LIST [ "where" condition ]
///
/// The condition is one of the rule language, in either surface; it ends where the options begin.
struct RecordQuery: Sendable {
  let list: Written
  let condition: Written?

  /// Reads the list's name, and a condition behind it.
  init(from parser: inout StatementParser) throws(Misread) {
    guard parser.token.kind == .word || parser.token.kind == .quoted else {
      throw parser.fail(.missing(Text("a list of facts", zh: "清单"), usage: parser.usage))
    }
    // `录用人员其中…`: Chinese needs no space.
    RecordQuery.split(&parser)
    let list = parser.written(parser.token)
    parser.index += 1
    try self.init(list, from: &parser)
  }

  /// Reads a condition behind a list's name.
  init(_ list: Written, from parser: inout StatementParser) throws(Misread) {
    self.list = list
    condition = try RecordQuery.condition(&parser)
  }

  /// Cuts a list's name from the word for “where” that is glued to it.
  static func split(_ parser: inout StatementParser) {
    guard parser.token.kind == .word, let found = parser.token.text.firstRange(of: whereInChinese) else { return }
    parser.split(at: parser.token.text[..<found.lowerBound].utf8.count)
  }

  private static let whereInChinese = "其中"

  private static func condition(_ parser: inout StatementParser) throws(Misread) -> Written? {
    if parser.token.kind == .comma, isWhere(parser.peek(1)) { parser.index += 1 }
    guard isWhere(parser.token) else { return nil }
    if parser.token.text.hasPrefix(whereInChinese) { parser.split(at: whereInChinese.utf8.count) }
    parser.index += 1
    let start = parser.index
    while !parser.isAtEnd, !ends(parser.token, parser) {
      if parser.token.kind == .comma, ends(parser.peek(1), parser) { break }
      parser.index += 1
    }
    guard parser.index > start else {
      throw parser.fail(.missing(Text("a condition after `where`", zh: "`其中` 之后的条件"), usage: parser.usage))
    }
    let (first, last) = (parser.tokens[start], parser.tokens[parser.index - 1])
    return Written(
      text: parser.tokens[start..<parser.index].reduce("") { $0 + ($0.isEmpty || $1.isGlued ? "" : " ") + $1.text },
      raw: CommandText.slice(parser.source.text, first.start, last.end),
      location: parser.location(from: first, to: last))
  }

  private static func isWhere(_ token: Token) -> Bool {
    token.kind == .word && (Keyword.where.matches(token.word) || token.text.hasPrefix(whereInChinese))
  }

  private static func ends(_ token: Token, _ parser: StatementParser) -> Bool {
    token.kind == .word
      && (parser.isOption(token) || Keyword.sort.matches(token.word) || Keyword.limit.matches(token.word)
        || RecordRange.isGluedLimit(token))
  }

  func describe(to meaning: inout Meaning) {
    meaning.add("facts", list)
    meaning.add("where", condition)
  }
}

/// In which order records are told, and how many.
///
///     range = [ "sort" [ "by" ] FACT [ "descending" | "ascending" ] ] [ "limit" NUMBER ]
struct RecordRange: Sendable {
  var sort: Written?
  var isDescending = false
  var limit: Written?

  init() {}

  init(from parser: inout StatementParser) throws(Misread) {
    while !parser.isAtEnd {
      if parser.token.kind == .comma, RecordRange.begins(parser.peek(1), parser, at: 1) { parser.index += 1 }
      guard RecordRange.begins(parser.token, parser, at: 0) else { return }
      if RecordRange.isGluedLimit(parser.token) { parser.split(at: RecordRange.front.utf8.count) }
      if Keyword.limit.matches(parser.token.word) {
        try readLimit(&parser)
      } else {
        try readSort(&parser)
      }
    }
  }

  private static let front = "前"

  /// `前20`
  static func isGluedLimit(_ token: Token) -> Bool {
    guard token.kind == .word, token.text.hasPrefix(front) else { return false }
    return token.text.dropFirst().first.map { $0.isASCII && $0.isNumber } ?? false
  }

  /// Chinese says 按 参保日期 倒序 as well as 排序 参保日期.
  private static func begins(_ token: Token, _ parser: StatementParser, at step: Int) -> Bool {
    guard token.kind == .word else { return false }
    if Keyword.sort.matches(token.word) || Keyword.limit.matches(token.word) || isGluedLimit(token) { return true }
    let last = parser.peek(step + 2).word
    return token.word == "按"
      && (Keyword.sort.matches(last) || Keyword.descending.matches(last) || Keyword.ascending.matches(last))
  }

  private mutating func readLimit(_ parser: inout StatementParser) throws(Misread) {
    let word = parser.token
    if limit != nil { throw parser.fail(.optionTwice(word.raw), at: word) }
    parser.index += 1
    // `前20条`
    if let unit = RecordRange.units.first(where: { parser.token.text.hasSuffix($0) }) {
      parser.split(at: parser.token.text.utf8.count - unit.utf8.count)
    }
    limit = try parser.one(Text("how many", zh: "条数"))
    if RecordRange.units.contains(parser.token.word) { parser.index += 1 }
  }

  private static let units = ["条", "名", "个", "家"]

  private mutating func readSort(_ parser: inout StatementParser) throws(Misread) {
    let word = parser.token
    if sort != nil { throw parser.fail(.optionTwice(word.raw), at: word) }
    parser.index += 1
    if Keyword.by.matches(parser.token.word) { parser.index += 1 }
    sort = try parser.one(Text("a fact to sort by", zh: "排序的事实"))
    while parser.token.kind == .word {
      if Keyword.descending.matches(parser.token.word) {
        isDescending = true
      } else if !Keyword.ascending.matches(parser.token.word), !Keyword.sort.matches(parser.token.word) {
        break
      }
      parser.index += 1
    }
  }

  func describe(to meaning: inout Meaning) {
    meaning.add("sort", sort)
    if sort != nil { meaning.add("order", isDescending ? "descending" : nil) }
    meaning.add("limit", limit)
  }
}

/// The records that a query finds.
struct FoundRecords: Sendable {
  let table: FactTable
  let dataset: Dataset
  /// The condition as it was written; nil: there was none.
  let condition: String?
  /// Ascending; nil: all records.
  var rows: [Int32]?
  /// Records of which it could not be decided, and the facts for want of which.
  let undecided: [Int32]
  let facts: [String]
  /// How the condition was read, where that is not as documents are read unless somebody says otherwise.
  var settings: [[Span]] = []

  var list: ListDeclaration { table.declaration }
  var count: Int { rows?.count ?? table.count }
  /// Every row that is meant.
  var all: [Int32] { rows ?? (0..<Int32(truncatingIfNeeded: table.count)).map { $0 } }
}

extension Desk {
  /// A list of facts by one of its names.
  func factList(_ name: Written) throws(Refusal) -> ListDeclaration {
    let dictionary = state.scenario?.scenario.dataset.dictionary ?? library.dictionary
    let wanted = dictionary.lists.first { list in
      list.name == name.text || list.singular == name.text || list.title.zh == name.raw || list.words.zh == name.raw
        || list.record.zh == name.raw || list.title.en.lowercased() == name.text.lowercased()
    }
    if let wanted { return wanted }
    throw Refusal(
      .unknownList(
        name.raw, Listing.allCases.map { Text($0.rawValue, zh: $0.chinese[0]) } + dictionary.lists.map(\.words)),
      at: name.location)
  }

  /// The records that a query asks for.
  func found(_ query: RecordQuery, _ command: Command) throws(Refusal) -> FoundRecords {
    let list = try factList(query.list)
    let (scenario, facts, settings) = try self.facts(for: command)
    let dataset = facts.dataset
    guard let table = dataset.table(list.name) else {
      throw Refusal(.unknownList(query.list.raw, dataset.dictionary.lists.map(\.words)), at: query.list.location)
    }
    guard let written = query.condition else {
      return FoundRecords(table: table, dataset: dataset, condition: nil, rows: nil, undecided: [], facts: [])
    }
    let (condition, problems) = RecordCondition.read(
      at: written.location, on: list, dataset.dictionary, dataset.places, home: facts.district, Records.names(dataset))
    guard let condition else { throw Refusal(problems) }
    let selection = Engine.select(condition, scenario: facts, settings: settings, control: control)
    if isCancelled() { throw Refusal(.interrupted, at: nil) }
    let readings = try readings(command, scenario)
    if !readings.isEmpty { rest(on: Ground(list.name, readings)) }
    return FoundRecords(
      table: table, dataset: dataset, condition: written.raw, rows: selection.rows, undecided: selection.undecided,
      facts: selection.facts, settings: SettingsText.lines([Ground(list.name, readings)], library.places))
  }

  /// The readings on which a condition may hang: those that are no document's own.
  private func readings(_ command: Command, _ scenario: LoadedScenario) throws(Refusal) -> SettingsInForce {
    let inForce = SettingsInForce(scenario, try settings(command, in: nearDocuments), [])
    return SettingsInForce(
      inForce.settings.filter { if case .reading = $0.target { true } else { false } })
  }
}

extension Records {
  /// Texts longer than these are no names that stand in a condition.
  private static let longestName = 30
  private static let mostTexts = 1_000_000

  /// The ids and names that a condition may hold.
  static func names(_ dataset: Dataset) -> RecordNames {
    RecordNames(
      find: { list, text in
        guard let table = dataset.table(list) else { return .none }
        if let row = table.ids?.row(text) { return .row(Int32(truncatingIfNeeded: row)) }
        let rows = named(text, in: dataset).filter { $0.table.declaration.name == list }.map(\.row)
        if let only = rows.first, rows.count == 1 { return .row(Int32(truncatingIfNeeded: only)) }
        return rows.isEmpty ? .none : .several(rows.prefix(12).map { table.ids?.text($0) ?? String($0 + 1) })
      },
      some: { list in
        guard let table = dataset.table(list), let ids = table.ids else { return [] }
        let names = nameColumns(of: table).flatMap { column in
          (0..<min(table.count, limit)).compactMap {
            column.buffer[$0] >= 0 ? dataset.texts.text(column.buffer[$0]) : nil
          }
        }
        return (0..<min(ids.count, limit)).map { ids.text($0) } + names
      }, within: { within($0, dataset) })
  }

  /// The Chinese texts of the facts that stand in a text.
  private static func within(_ text: String, _ dataset: Dataset) -> [String] {
    guard dataset.texts.count <= mostTexts else { return [] }
    let characters = Array(text)
    var parts: Set<String> = []
    for start in characters.indices {
      var part = ""
      for character in characters[start...].prefix(longestName) {
        part.append(character)
        if part.count > 1 { parts.insert(part) }
      }
    }
    var out: [String] = []
    for number in 0..<dataset.texts.count {
      let text = dataset.texts.text(Int32(truncatingIfNeeded: number))
      if text.utf8.first.map({ $0 >= 0x80 }) == true, parts.contains(text) { out.append(text) }
    }
    for table in dataset.tables where table.count <= 200_000 {
      guard let ids = table.ids else { continue }
      for row in 0..<ids.count where ids.slice(row).first.map({ $0 >= 0x80 }) == true {
        let id = ids.text(row)
        if parts.contains(id) { out.append(id) }
      }
    }
    return out
  }
}
