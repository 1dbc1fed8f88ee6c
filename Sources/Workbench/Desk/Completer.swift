// What could stand at the cursor, by the position in the command and by what the session knows: verbs, programmes,
// measures, names and their values, ids, files. Knows nothing of keys or screens.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions

/// A word that could stand at the cursor.
package struct Completion: Sendable, Hashable {
  package let text: String
  package let meaning: String
  /// Whether a space follows it.
  package let appendsSpace: Bool
  /// Another name by which it may be sought: a person's name for an id, a title for a measure.
  let alias: String

  package init(_ text: String, _ meaning: String = "", appendsSpace: Bool = true, alias: String = "") {
    self.text = text
    self.meaning = meaning
    self.appendsSpace = appendsSpace
    self.alias = alias
  }
}

/// What stands before the cursor in the command there.
struct CursorContext {
  /// The words and signs before the word at the cursor.
  let before: [Token]
  /// The word at the cursor, as far as it is written.
  let partial: String
  /// Where that word begins, as a UTF-8 offset.
  let start: Int

  init(_ text: String, cursor: Int) {
    let head = CommandText.slice(text, 0, CursorContext.boundary(text, cursor))
    var lexer = CommandLexer(head, long: WorkbenchCommands.vocabulary.long)
    var own: [Token] = []
    while let run = lexer.next() { own = run.tokens }
    let length = head.utf8.count
    if let last = own.last, last.kind == .word || last.kind == .quoted, last.end == length {
      before = own.dropLast()
      partial = last.raw
      start = last.kind == .quoted ? last.start + 1 : last.start
    } else {
      before = own
      partial = ""
      start = length
    }
  }

  /// The nearest place before which no character is cut.
  private static func boundary(_ text: String, _ cursor: Int) -> Int {
    let bytes = Array(text.utf8)
    var i = max(0, min(cursor, bytes.count))
    while i < bytes.count, i > 0, bytes[i] & 0xC0 == 0x80 { i -= 1 }
    return i
  }

  /// The last word before the cursor.
  var previous: String { before.last?.word ?? "" }

  /// The command's word as it is written; nil while it is still to come.
  var verb: String? { command.map { before[before.count - $0.after.count - 1].word } }

  /// The command and the words after its word; nil while that is still to come.
  var command: (type: any WorkbenchCommand.Type, after: [Token])? {
    let vocabulary = WorkbenchCommands.vocabulary
    var index = before.startIndex
    if let first = before.first, Keyword.with.matches(first.word) {
      guard
        let location = before.indices.dropFirst().first(where: {
          vocabulary.named(before[$0].word) != nil && !isName($0)
        })
      else {
        return nil
      }
      index = location
    }
    guard index < before.endIndex else { return nil }
    let word = before[index].word
    let meant = word.isEmpty ? [] : vocabulary.beginning(with: word)
    guard let found = vocabulary.named(word) ?? (meant.count == 1 ? meant[0] : nil) else { return nil }
    return (WorkbenchCommands.type(of: found.form), Array(before[(index + 1)...]))
  }

  /// Whether a word is the name or value of a setting.
  private func isName(_ i: Int) -> Bool {
    (i + 1 < before.count && before[i + 1].kind == .equals) || (i > 0 && before[i - 1].kind == .equals)
  }

  /// The name whose value is being written: the word before the last `=`, with at most a word after it.
  var assigned: String? {
    guard let equals = before.lastIndex(where: { $0.kind == .equals }), equals > 0, equals == before.count - 1 else {
      return nil
    }
    return before[equals - 1].text
  }

  /// The name whose value is there already, so that a unit or a comma may follow: `set rate_3m = 400 `.
  var valued: String? {
    guard let equals = before.lastIndex(where: { $0.kind == .equals }), equals > 0, equals == before.count - 2,
      before[before.count - 1].kind == .word
    else { return nil }
    return before[equals - 1].text
  }

  /// Whether a name of a setting belongs here.
  var wantsName: Bool {
    guard let last = before.last else { return false }
    if Keyword.with.matches(last.word) { return before.count == 1 }
    let isSetting = before.contains { $0.kind == .equals }
    return last.kind == .comma && isSetting
  }
}

extension Desk {
  /// What could stand at the cursor.
  ///
  /// - Parameters:
  ///   - text: the whole command so far.
  ///   - cursor: a UTF-8 offset.
  /// - Returns: where the word to be replaced begins, and the words that fit, the likeliest first.
  package func complete(_ text: String, at cursor: Int) -> (replaceFrom: Int, completions: [Completion]) {
    let position = CursorContext(text, cursor: cursor)
    if let endings = fileEndings(position) { return Paths.complete(position, endings: endings) }
    let all = candidates(position)
    let partial = position.partial
    let folded = partial.lowercased()
    var found = all.filter { $0.text.hasPrefix(partial) }
    // Who writes a name may want the id.
    if !found.isEmpty, !partial.isEmpty {
      found += all.filter { !$0.text.hasPrefix(partial) && $0.alias.hasPrefix(partial) }
    }
    if found.isEmpty { found = all.filter { $0.text.lowercased().hasPrefix(folded) } }
    if found.isEmpty { found = all.filter { !$0.alias.isEmpty && $0.alias.lowercased().hasPrefix(folded) } }
    if found.isEmpty, folded.utf8.count > 1 {
      // The end of a name will do, and so will its middle here.
      found = all.filter {
        $0.text.lowercased().firstRange(of: folded) != nil || $0.alias.lowercased().firstRange(of: folded) != nil
      }
    }
    var seen: Set<String> = []
    return (position.start, found.filter { seen.insert($0.text).inserted })
  }

  private func candidates(_ position: CursorContext) -> [Completion] {
    let sets = position.command?.type.takesConditions != true
    if sets, let name = position.assigned { return values(of: name) }
    if sets, position.wantsName { return names(forSet: position.command?.type.namesPreferences == true) }
    if sets, let name = position.valued { return units(of: name) + (position.command == nil ? commandWords() : []) }
    guard let (type, after) = position.command else {
      return position.before.isEmpty
        ? commandWords(all: !position.partial.isEmpty) + [
          Completion(
            language == .zh ? "若" : "with", Text("settings for this command only", zh: "只对本命令有效的设定").in(language))
        ] : commandWords()
    }
    let previous = position.previous
    let things = type.completions(position, after, in: self)
    if let keys = groupingCompletions(position, type.form.options) { return keys }
    if after.isEmpty || after.last?.kind == .comma || after.last?.kind == .plus { return things }
    if Keyword.as.matches(previous), !type.nameFollowsAs {
      return modes() + OutputFormat.texts.map { Completion($0.rawValue) }
    }
    // Behind such a word something must follow before options may.
    let isOpen = [Keyword.so, .that, .total, .from, .to, .in, .step, .within].contains { $0.matches(previous) }
    return things + (isOpen ? [] : options(type.form.options))
  }

  // MARK: Commands and options

  /// The commands' words in the session's language, and in the other one when some letters are there to choose by.
  func commandWords(all: Bool = true) -> [Completion] {
    let forms = WorkbenchCommands.vocabulary.forms
    let own = forms.map { Completion($0.word(language), $0.meaning.in(language)) }
    guard all else { return own }
    return own
      + forms.flatMap { form in
        (language == .zh ? form.english + form.chinese.dropFirst() : form.chinese + form.english.dropFirst())
          .map { Completion($0, form.meaning.in(language)) }
      }
  }

  private func options(_ options: CommandForm.Options) -> [Completion] {
    var out: [Completion] = []
    if options.contains(.dimension) {
      out.append(
        Completion(
          language == .zh ? "按" : "by",
          Text("measure, kind, year, month, beneficiary", zh: "措施、待遇类型、年度、月份、对象").in(language)))
    }
    if options.contains(.fact), !options.contains(.dimension) {
      out.append(Completion(language == .zh ? "按" : "by", Text("a fact", zh: "事实").in(language)))
    }
    if options.contains(.per) {
      out.append(
        Completion(language == .zh ? "每" : "per", Text("yuan for each of something", zh: "平均每个的金额").in(language)))
    }
    if options.contains(.engine) {
      for engine in OtherEngine.allCases {
        let text = "\(language == .zh ? "在" : "on") \(engine.rawValue)"
        out.append(Completion(text, Text("computed there", zh: "由其计算").in(language)))
      }
    }
    if options.contains(.mode) {
      if language == .zh { out.append(Completion("假设本地采用", "不论在哪里施行，不计期限")) }
      out.append(
        Completion(
          language == .zh ? "按" : "as",
          Text("enacted, adopted; json, csv, markdown", zh: "原文件施行、假设本地采用；csv、markdown").in(language)))
      out.append(Completion(language == .zh ? "存入" : "into", Text("a file", zh: "文件").in(language)))
    }
    return out
  }

  // MARK: Things

  func documents() -> [Completion] {
    library.documents.map { document in
      // Who writes the district means its document.
      let names = library.places.names
      let place = names.indices.contains(Int(document.jurisdiction)) ? names[Int(document.jurisdiction)] : ""
      return Completion(document.id, document.title.in(language), alias: place)
    }
      + state.drafts.map { Completion($0.name, Text("a draft", zh: "草案").in(language)) }
  }

  func measures(paying: Bool = false) -> [Completion] {
    let all = (last?.documents ?? nearDocuments).flatMap(\.measures).filter { !paying || !$0.pays.isEmpty }
    var names: [String: Int] = [:]
    for measure in all { names[measure.words.in(language), default: 0] += 1 }
    return all.map { measure in
      let name = measure.words.in(language)
      let text = names[name] == 1 && !name.contains(" ") ? name : measure.id
      // Whoever knows the title from the text finds the measure by it, too.
      let other = language == .zh ? measure.name : measure.words.zh
      return Completion(text, measure.title.in(language), alias: other + " " + measure.title.zh)
    }
  }

  /// The articles that have a number.
  func articles() -> [Completion] {
    var seen: Set<String> = []
    return nearDocuments.flatMap { Article.all(of: $0) }.compactMap { article in
      let number = String(article.title.zh.prefix { $0 != " " })
      guard !Article.plain(number).isEmpty, seen.insert(number).inserted else { return nil }
      return Completion(number, article.title.in(language), alias: Article.plain(number))
    }
  }

  /// Names of settings, as short as they may be.
  func names(forSet: Bool = false) -> [Completion] {
    settables() + (forSet ? Preference.allCases.map(completion) : [])
  }

  private func completion(_ preference: Preference) -> Completion {
    let (name, other) =
      language == .zh ? (preference.chinese, preference.rawValue) : (preference.rawValue, preference.chinese)
    return Completion(
      name, "\(preference.words(preferences.value(preference)).in(language)) · \(preference.meaning.in(language))",
      alias: other)
  }

  func settables() -> [Completion] {
    let all = NameTable(nearDocuments).all
    var tails: [String: Int] = [:]
    for target in all { tails[target.name, default: 0] += 1 }
    var called: [String: Int] = [:]
    for target in all { called[target.words.zh, default: 0] += 1 }
    let places = library.places
    return all.map { target in
      let text: String
      let zh = target.words.zh
      let whole = target.typedName.zh
      if language == .zh, called[zh] == 1 {
        text = zh
      } else if language == .zh, !zh.allSatisfy(\.isASCII), all.count(where: { $0.typedName.zh == whole }) == 1 {
        text = whole.replacing(".", with: "的")
      } else if tails[target.name] == 1 {
        text = target.name
      } else {
        let parts = target.id.split(separator: ".")
        let tail = parts.suffix(2).joined(separator: ".")
        let isUnique = all.count { $0.id == tail || $0.id.hasSuffix("." + tail) } == 1
        text = isUnique ? tail : target.id
      }
      let now = SettingView.current(target, state, places).in(language)
      let meaning = target.meaning?.in(language) ?? ""
      // 机构奖励的首次标准, as answers have it, finds 首次标准.
      let alias = language == .zh ? "\(whole.replacing(".", with: "的")) \(target.name)" : zh
      return Completion(text, meaning.isEmpty ? now : "\(now) · \(meaning)", alias: alias)
    }
  }

  /// Ids that begin with what is typed, or whose records have a name that does; at most as many as a list can show.
  /// - Parameter measure: only what this measure looks at.
  func ids(_ position: CursorContext, of measure: CheckedMeasure? = nil) -> [Completion] {
    guard let dataset = state.scenario?.scenario.dataset else { return [] }
    let wanted = Array(position.partial.utf8)
    let lists = measure.map { Set($0.sets.map(\.list) + ($0.frame.map { [$0.list] } ?? []).compactMap { $0 }) }
    let tables = dataset.tables.filter { $0.count > 0 && lists?.contains($0.declaration.name) != false }
      .sorted { $0.count < $1.count }
    var out: [Completion] = []
    for table in tables {
      guard let ids = table.ids else { continue }
      for row in 0..<ids.count where out.count < Self.shownIDs {
        let bytes = ids.slice(row)
        if bytes.count >= wanted.count, bytes.starts(with: wanted) { out.append(record(table, row, in: dataset)) }
      }
    }
    if out.isEmpty, !wanted.isEmpty { out = named(position.partial, in: tables, of: dataset) }
    return wanted.isEmpty && language == .zh ? out.map { byName($0, in: dataset) } : out
  }

  /// A record by its name where that stands for it alone; its id finds it as well.
  private func byName(_ record: Completion, in dataset: Dataset) -> Completion {
    let name = record.alias
    guard CommandText.isWord(name), Records.named(name, in: dataset).count == 1 else { return record }
    return Completion(name, record.meaning.replacing("· \(name)", with: "· \(record.text)"), alias: record.text)
  }

  private static let shownIDs = 200

  private func record(_ table: FactTable, _ row: Int, in dataset: Dataset) -> Completion {
    let title = table.declaration.title.in(language)
    let id = table.ids?.text(row) ?? ""
    let named = dataset.named(table.declaration.name, row)
    guard named != id else { return Completion(id, title) }
    let name = named.dropFirst(id.count + 2).dropLast()
    return Completion(id, "\(title) · \(name)", alias: String(name))
  }

  /// Records by the beginning of their names.
  private func named(_ beginning: String, in tables: [FactTable], of dataset: Dataset) -> [Completion] {
    var out: [Completion] = []
    for table in tables {
      for names in Records.nameColumns(of: table) {
        for row in 0..<min(table.count, 100_000) where out.count < Self.shownIDs {
          let number = names.buffer[row]
          guard number >= 0, dataset.texts.text(number).hasPrefix(beginning) else { continue }
          let found = record(table, row, in: dataset)
          // The name will do as well, where it can be written without quotation marks and stands for itself.
          let name = dataset.texts.text(number)
          if CommandText.isWord(name), Records.named(name, in: dataset).count == 1 {
            out.append(Completion(name, "\(table.declaration.title.in(language)) · \(found.text)"))
          }
          out.append(found)
        }
      }
    }
    return out
  }

  // MARK: Files

  /// The endings of files that belong here, none meaning any; nil where no file does.
  private func fileEndings(_ position: CursorContext) -> [String]? {
    let endings = position.command.flatMap { $0.type.fileEndings($0.after) }
    return Keyword.into.matches(position.previous) ? endings ?? [] : endings
  }
}
