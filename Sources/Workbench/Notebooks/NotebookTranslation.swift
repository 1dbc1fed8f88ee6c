// A notebook's commands in the other language: verbs and the words of the grammar are replaced where they stand, names,
// values
// and everything around stay. A command whose translation would not mean the same is left as it is. Knows nothing of
// prose.

import Answers
import Commands
import Diagnostics
import Engine
import Reports
import View

enum CommandTranslation {
  /// A text of commands in a language.
  static func translated(_ text: String, to language: Language) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var at = 0
    var lexer = CommandLexer(text, long: WorkbenchCommands.vocabulary.long)
    while let run = lexer.next() {
      guard let first = run.tokens.first, let last = run.tokens.last, run.openQuote == nil, run.openBracket == nil
      else { continue }
      let whole = String(decoding: bytes[first.start..<last.end], as: UTF8.self)
      out += bytes[at..<first.start]
      out += Array(statement(whole, language).utf8)
      at = last.end
    }
    return String(decoding: out + bytes[at...], as: UTF8.self)
  }

  /// One command, comments and continuations included.
  private static func statement(_ text: String, _ language: Language) -> String {
    guard let meaning = meaning(text) else { return text }
    // Words are tried one after another: each stays translated only while the whole still means the same.
    var current = text
    var index = 0
    var rounds = 0
    while true {
      let tokens = self.tokens(current)
      guard index < tokens.count else { return current }
      let token = tokens[index]
      index += 1
      guard token.kind == .word else { continue }
      // `why not` is one word in Chinese.
      if language == .zh, token.text.lowercased() == "why", index < tokens.count,
        tokens[index].text.lowercased() == "not"
      {
        let both = replaced(current, token, through: tokens[index], WhyNotCommand.form.chinese[0])
        if self.meaning(both) == meaning {
          current = both
          continue
        }
      }
      if language == .zh, token.text.lowercased() == "as", index < tokens.count,
        let found = Mode.named(tokens[index].word)
      {
        let whole = found == .adopted ? "假设本地采用" : "按原文件施行"
        let both = replaced(current, token, through: tokens[index], whole)
        if self.meaning(both) == meaning {
          current = both
          continue
        }
      }
      let isListing = tokens.first.map { ListCommand.form.spellings.contains($0.text.lowercased()) } ?? false
      for candidate in candidates(token.text, language, isFirst: index == 1, isListing: isListing)
      where candidate != token.text {
        let tried = replaced(current, token, candidate)
        if self.meaning(tried) == meaning {
          // A word that was glued to another may hold one more.
          current = tried
          if rounds < 8 { index -= 1 }
          rounds += 1
          break
        }
      }
    }
  }

  private static func tokens(_ text: String) -> [Token] {
    var lexer = CommandLexer(text, long: WorkbenchCommands.vocabulary.long)
    return lexer.next()?.tokens ?? []
  }

  /// What a text of one command means; nil when it is none.
  private static func meaning(_ text: String) -> String? {
    let statements = WorkbenchCommands.parser.parse(SourceFile(name: "", text: text))
    guard statements.count == 1, let command = statements[0].command else { return nil }
    return Meaning(command).text
  }

  private static func replaced(_ text: String, _ token: Token, through last: Token? = nil, _ word: String) -> String {
    let end = (last ?? token).end
    let bytes = Array(text.utf8)
    var middle = Array(word.utf8)
    func isWord(_ byte: UInt8) -> Bool {
      byte > 0x7F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    // English words need a space that Chinese ones do not.
    if let first = middle.first, first < 0x80, token.start > 0, isWord(bytes[token.start - 1]) {
      middle.insert(0x20, at: 0)
    }
    if let last = middle.last, last < 0x80, end < bytes.count, isWord(bytes[end]) { middle.append(0x20) }
    return String(decoding: bytes[..<token.start] + middle + bytes[end...], as: UTF8.self)
  }

  /// What a word may be in the language: the whole of it, or a word of the grammar with the rest glued on.
  private static func candidates(_ word: String, _ language: Language, isFirst: Bool, isListing: Bool) -> [String] {
    var out: [String] = []
    let lower = word.lowercased()
    // What is listed and what a budget is taken apart by share their Chinese words.
    if isListing, !isFirst, let listing = Listing.named(lower) { out.append(listing.word(language)) }
    for group in groups where group.spellings.contains(lower) { out.append(group.word(language)) }
    let meant = isFirst && out.isEmpty ? WorkbenchCommands.vocabulary.beginning(with: lower) : []
    if let only = meant.first, meant.count == 1 { out.append(only.form.word(language)) }
    guard language == .en, word.utf8.contains(where: { $0 > 0x7F }) else { return out }
    // `jindong-2021按措施`
    for group in groups {
      for spelling in group.spellings where word.hasSuffix("按" + spelling) && word.utf8.count > spelling.utf8.count + 3
      {
        let head = String(word.dropLast(spelling.count + 1))
        out += ["by", "as"].map { head + " " + $0 + " " + group.english }
      }
    }
    // `按措施`, `测算changle-2022`: the word's parts.
    for group in groups {
      for spelling in group.spellings
      where word.hasPrefix(spelling) && word.utf8.count > spelling.utf8.count && (spelling.utf8.first ?? 0) > 0x7F {
        let rest = String(word.dropFirst(spelling.count))
        let inner = groups.first { $0.spellings.contains(rest) }?.word(language) ?? rest
        out.append(group.word(language) + " " + inner)
      }
    }
    return out
  }

  private struct Group {
    let spellings: [String]
    let english: String
    let chinese: String

    func word(_ language: Language) -> String { language == .en ? english : chinese }
  }

  /// Every word of the grammar with its twin.
  private static let groups: [Group] = {
    func isChinese(_ word: String) -> Bool { (word.utf8.first ?? 0) > 0x7F }
    var out = WorkbenchCommands.vocabulary.forms.map {
      Group(spellings: $0.spellings, english: $0.english[0], chinese: $0.chinese[0])
    }
    for keyword in Keyword.allCases {
      let english = keyword.spellings.filter { !isChinese($0) }
      for chinese in keyword.spellings.filter(isChinese).prefix(1) {
        if let first = english.first {
          out.append(Group(spellings: keyword.spellings, english: first, chinese: chinese))
        }
      }
      // A Chinese word may be two in English: `使得` is `so that`.
      if keyword == .so {
        out.append(Group(spellings: keyword.spellings, english: "so that", chinese: keyword.chinese))
      }
    }
    out += Dimension.allCases.map {
      Group(spellings: [$0.rawValue] + $0.chinese, english: $0.rawValue, chinese: $0.chinese[0])
    }
    out += Listing.allCases.map {
      Group(spellings: [$0.rawValue] + $0.chinese, english: $0.rawValue, chinese: $0.chinese[0])
    }
    out += [Mode.enacted, .adopted].map {
      Group(spellings: [$0.rawValue] + $0.chinese, english: $0.rawValue, chinese: $0.chinese[0])
    }
    out += OutputFormat.allCases.map {
      Group(spellings: [$0.rawValue] + $0.chinese, english: $0.rawValue, chinese: $0.chinese[0])
    }
    for word in Mode.standingWords {
      let mode = word == "按原文件施行" ? Mode.enacted : .adopted
      out.append(Group(spellings: [word], english: "as " + mode.rawValue, chinese: word))
    }
    out.append(Group(spellings: ["为何没有", "为什么没有", "为何不"], english: "why not", chinese: "为何没有"))
    return out
  }()
}

enum NotebookTranslation {
  /// The file's bytes with its commands and rules in a language; nothing else changes.
  ///
  /// - Parameter rules: the rules of a cell in the language; nil where they have to stay as they are.
  static func bytes(
    _ notebook: Notebook, to language: Language, rules: (NotebookCell) -> String?
  ) -> (bytes: [UInt8], left: [NotebookCell]) {
    var out: [UInt8] = []
    var left: [NotebookCell] = []
    var at = 0
    for cell in notebook.cells where cell.kind == .commands || cell.kind == .policy {
      let all = notebook.bytes
      // From the line below the opening fence to the one above the closing one.
      guard let inside = inside(cell, all) else { continue }
      out += all[at..<inside.lowerBound]
      at = inside.upperBound
      if cell.kind == .commands {
        out += translated(Array(all[inside]), margin: cell.margin, language)
      } else if cell.margin.isEmpty, let made = rules(cell) {
        out += Array(made.utf8)
      } else {
        out += all[inside]
        left.append(cell)
      }
    }
    return (out + notebook.bytes[at...], left)
  }

  private static func inside(_ cell: NotebookCell, _ bytes: [UInt8]) -> Range<Int>? {
    guard let first = bytes[cell.range].firstIndex(of: 0x0A) else { return nil }
    var end = cell.range.upperBound
    while end > first + 1, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    while end > first + 1, bytes[end - 1] != 0x0A { end -= 1 }
    return end > first ? first + 1..<end : nil
  }

  private static func translated(_ bytes: [UInt8], margin: [UInt8], _ language: Language) -> [UInt8] {
    guard !margin.isEmpty else {
      return Array(CommandTranslation.translated(String(decoding: bytes, as: UTF8.self), to: language).utf8)
    }
    // Inside a list or quotation each line has its margin: lines are translated one by one.
    var out: [UInt8] = []
    for (i, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if i > 0 { out.append(0x0A) }
      out += line.prefix(margin.count)
      let body = String(decoding: line.dropFirst(margin.count), as: UTF8.self)
      out += Array(CommandTranslation.translated(body, to: language).utf8)
    }
    return out
  }
}
