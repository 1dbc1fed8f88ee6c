// What stands after each verb. Knows nothing of options, which may follow any of them.

import Answers
import Diagnostics
import Engine
import Reports

extension StatementParser {
  mutating func action(_ verb: Verb) throws(Misread) -> Action {
    switch verb {
    case .load:
      let file = try file(verb)
      return .load(file, name: try loadName(verb))
    case .use: return .use(try phrase(Text("a scenario's name", zh: "情景名称"), verb))
    case .list: return try listing()
    case .show: return .show(try phrase(Text("what to show", zh: "要查看的内容"), verb))
    case .set:
      var settings = [try assignment(beforeVerb: false)]
      while token.kind == .comma {
        index += 1
        settings.append(try assignment(beforeVerb: false))
      }
      return .set(settings)
    case .undo: return .undo(try steps())
    case .redo: return .redo(try steps())
    case .history: return .history
    case .reset: return .reset
    case .run: return .run(try optionalProgramme())
    case .compare: return try compare()
    case .payments: return .payments(optionalPhrase())
    case .duties: return .duties(try optionalProgramme())
    case .readings: return .readings(try optionalProgramme())
    case .explain: return try explain()
    case .draft: return try draft()
    case .diff: return try diff()
    case .sweep: return try sweep()
    case .find: return try find()
    case .cliffs: return try cliffs()
    case .sensitivity: return try sensitivity()
    case .simulate: return try simulate()
    case .plot: return try plot()
    case .verify: return .verify(isAtEnd || isOption(token) ? nil : try word(Text("a result", zh: "结果"), verb))
    case .why: return try whyNot()
    case .source: return .source(try file(verb))
    case .save: return .save(try file(verb))
    case .translate: return try translate()
    case .check:
      var files = [try file(verb)]
      while !isAtEnd {
        if token.kind == .comma { index += 1 }
        files.append(try file(verb))
      }
      return .check(files)
    case .help: return .help(optionalPhrase())
    case .language: return .language(try language())
    case .tour: return .tour
    case .last: return .last(wide: try wide())
    case .settings: return .settings
    case .timer: return .timer(try onOrOff())
    case .quit: return .quit
    }
  }

  // MARK: Words

  /// One word or quoted text, with what is glued to it.
  mutating func word(_ what: Text, _ verb: Verb) throws(Misread) -> Written {
    guard token.kind == .word || token.kind == .quoted else { throw fail(.missing(what, usage: verb.usage)) }
    return fileName()
  }

  mutating func file(_ verb: Verb) throws(Misread) -> Written {
    try word(Text("a file's name", zh: "文件名"), verb)
  }

  /// Everything up to an option.
  mutating func optionalPhrase() -> Written? {
    let start = index
    while !isAtEnd, !isOption(token) { index += 1 }
    guard index > start else { return nil }
    let (first, last) = (tokens[start], tokens[index - 1])
    if index == start + 1 { return written(first) }
    return Written(
      text: tokens[start..<index].reduce("") { $0 + ($0.isEmpty || $1.isGlued ? "" : " ") + $1.text },
      raw: CommandText.slice(source.text, first.start, last.end),
      location: location(from: first, to: last))
  }

  private mutating func phrase(_ what: Text, _ verb: Verb) throws(Misread) -> Written {
    guard let found = optionalPhrase() else { throw fail(.missing(what, usage: verb.usage)) }
    return found
  }

  private mutating func steps() throws(Misread) -> Int {
    guard token.kind == .word else { return 1 }
    guard let count = Int(token.text), (1...10_000).contains(count) else {
      throw fail(.unknownWord(token.raw, what: Text("a number of steps", zh: "步数"), choices: ["1", "2", "3"]))
    }
    index += 1
    return count
  }

  private mutating func loadName(_ verb: Verb) throws(Misread) -> Written? {
    guard Keyword.as.matches(token.word) else { return nil }
    if OutputFormat.named(peek(1).word) != nil { return nil }
    index += 1
    return try word(Text("a name after `as`", zh: "`作为` 之后的名称"), verb)
  }

  private mutating func listing() throws(Misread) -> Action {
    guard token.kind == .word || token.kind == .quoted else {
      throw fail(.missing(Text("what to list", zh: "要列出的内容"), usage: Verb.list.usage))
    }
    let wanted = token
    index += 1
    if let listing = Listing.named(wanted.word) { return .list(listing) }
    return .listFacts(written(wanted))
  }

  /// `wide`, or nothing; the verb `_` holds it.
  private mutating func wide() throws(Misread) -> Bool {
    if index > 0, tokens[index - 1].text == "_" { return true }
    guard token.kind == .word, !isOption(token) else { return false }
    guard ["wide", "全宽", "完整", "宽"].contains(token.word) else {
      throw fail(
        .unknownWord(token.raw, what: Text("how to show the last answer", zh: "显示方式"), choices: ["wide", "全宽"]))
    }
    index += 1
    return true
  }

  private mutating func onOrOff() throws(Misread) -> Bool {
    if isAtEnd { throw fail(.missing(Text("`on` or `off`", zh: "“开”或“关”"), usage: Verb.timer.usage)) }
    guard let choice = Preference.timer.choices.firstIndex(where: { $0.contains(token.word) }) else {
      throw fail(.unknownWord(token.raw, what: Text("`on` or `off`", zh: "“开”或“关”"), choices: ["on", "off"]))
    }
    index += 1
    return choice == 1
  }

  /// `NOTEBOOK.md to zh`
  private mutating func translate() throws(Misread) -> Action {
    let notebook = try file(.translate)
    guard Keyword.to.matches(token.word) else {
      throw fail(.missing(Text("`to` and a language", zh: "`到` 和语言"), usage: Verb.translate.usage))
    }
    index += 1
    return .translate(notebook, try language())
  }

  private mutating func language() throws(Misread) -> Language {
    let word = token.word
    index += isAtEnd ? 0 : 1
    switch word {
    case "en", "english", "英文", "英语": return .en
    case "zh", "chinese", "中文", "汉语": return .zh
    default:
      index = max(0, index - (word.isEmpty ? 0 : 1))
      if isAtEnd { throw fail(.missing(Text("a language", zh: "语言"), usage: Verb.language.usage)) }
      throw fail(.unknownWord(token.raw, what: Text("a language", zh: "语言"), choices: ["en", "zh"]))
    }
  }

  // MARK: Programmes

  mutating func optionalProgramme() throws(Misread) -> Programme? {
    if isAtEnd || isOption(token) { return nil }
    if token.kind == .comma, isOption(peek(1)) { return nil }
    return try programme()
  }

  mutating func programme() throws(Misread) -> Programme {
    var names: [Written] = []
    repeat {
      if !names.isEmpty { index += 1 }
      guard token.kind == .word || token.kind == .quoted, !isOption(token) else {
        throw fail(.missing(Text("a document's name", zh: "文件名称"), usage: Verb.run.usage))
      }
      names.append(written(token))
      index += 1
    } while token.kind == .plus
    return Programme(names: names)
  }

  private mutating func compare() throws(Misread) -> Action {
    guard !isAtEnd else {
      throw fail(.missing(Text("programmes", zh: "方案"), usage: Verb.compare.usage))
    }
    var programmes = [try programme()]
    while token.kind == .comma || Keyword.and.matches(token.word) {
      if token.kind == .comma, isOption(peek(1)) { break }
      index += 1
      programmes.append(try programme())
    }
    if programmes.count < 2, isAtEnd || isOption(token) { throw fail(.oneProgramme, at: tokens[index - 1]) }
    return .compare(programmes)
  }

  /// `not MEASURE for SUBJECT`; the Chinese verb holds the `not`.
  private mutating func whyNot() throws(Misread) -> Action {
    let isEnglish = index > 0 && "why".hasPrefix(tokens[index - 1].word)
    if isEnglish {
      guard Keyword.not.matches(token.word) else { throw fail(.whyWithoutNot(next: token.raw)) }
      index += 1
    }
    let measure = try word(Text("a measure", zh: "措施"), .why)
    guard Keyword.for.matches(token.word) else {
      throw fail(.missing(Text("`for` and an id", zh: "`给` 和编号"), usage: Verb.why.usage))
    }
    index += 1
    return .whyNot(measure: measure, subject: try word(Text("an id", zh: "编号"), .why))
  }
}
