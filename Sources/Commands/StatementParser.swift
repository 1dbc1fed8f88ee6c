// The grammar that every command shares: settings before its word, the word, names, values, options. Each command reads
// what
// is its own. Knows nothing of which names exist.

import Diagnostics
import Engine
import Reports

/// Parses one command.
package struct StatementParser {
  package var tokens: [Token]
  package var index = 0
  package let vocabulary: Vocabulary
  /// The form of the command that is being read; nil before its word.
  package private(set) var form: CommandForm?
  package let source: SourceFile
  package let text: String
  package let location: SourceRange
  private let end: Token

  package init(_ tokens: [Token], _ vocabulary: Vocabulary, source: SourceFile, text: String, location: SourceRange) {
    self.tokens = tokens
    self.vocabulary = vocabulary
    self.source = source
    self.text = text
    self.location = location
    let last = tokens.last?.end ?? 0
    let at = tokens.last?.to ?? Position(line: 1, column: 1)
    end = Token(kind: .end, text: "", raw: "", start: last, end: last, from: at, to: at, isGlued: false)
  }

  package var token: Token { index < tokens.count ? tokens[index] : end }
  package var isAtEnd: Bool { index >= tokens.count }
  package func peek(_ n: Int) -> Token { index + n < tokens.count ? tokens[index + n] : end }

  package func location(of token: Token) -> SourceRange { location(from: token, to: token) }

  /// From the beginning of one token to the end of another.
  package func location(from first: Token, to last: Token) -> SourceRange {
    SourceRange(source: source, start: first.from, end: last.to)
  }

  package func fail(_ mistake: CommandMistake, at token: Token? = nil) -> Misread {
    Misread(diagnostic: mistake.diagnostic(at: location(of: token ?? self.token)))
  }

  package func written(_ token: Token) -> Written {
    Written(text: token.text, raw: token.raw, location: location(of: token))
  }

  // MARK: Command

  package mutating func command() throws(Misread) -> Command {
    if tokens.count > CommandLexer.limit { throw fail(.tooMany(tokens.count)) }
    let wordToken: Token
    var command: Command
    (command, wordToken) = try request()
    try options(&command)
    if !isAtEnd { throw fail(.unexpected(token.raw, usage: usage)) }
    let form = command.request.form
    if !command.with.isEmpty, !form.options.contains(.settings) {
      throw fail(.notHere("with", of: form), at: wordToken)
    }
    return command
  }

  /// `with` and a command up to its options, and the token of its word.
  package mutating func request() throws(Misread) -> (command: Command, wordToken: Token) {
    let settings = try withList()
    let wordToken = token
    let type = try commandWord(after: settings)
    form = type.form
    splitSuffix()
    readNumerals()
    var command = Command(try type.init(from: &self), text: text, location: location)
    command.with = settings
    return (command, wordToken)
  }

  /// How the command is used that is being read.
  package var usage: Text { form?.usage ?? vocabulary.usage("help") }

  private mutating func commandWord(after settings: [Assignment]) throws(Misread) -> any Request.Type {
    guard !isAtEnd else {
      // `if rate_3m = 400` asks what would be paid then.
      guard settings.isEmpty else { return vocabulary.request("run") }
      throw fail(.missing(Text("a verb", zh: "命令"), usage: vocabulary.usage("help")))
    }
    let word = token.word
    if let found = vocabulary.named(word) {
      index += 1
      return found
    }
    if let (found, spelling) = vocabulary.leading(token.text), token.kind == .word {
      split(at: spelling.utf8.count)
      index += 1
      return found
    }
    // 设首次标准=400: a word of one character goes on where a value follows.
    if token.kind == .word, token.text.hasPrefix("设"), let found = vocabulary.named("设"),
      peek(1).kind == .equals || SpokenChange.isWhole(token.text)
    {
      split(at: "设".utf8.count)
      index += 1
      return found
    }
    // `as csv` behind nothing is an option without a command, not the beginning of one.
    let meant = word.isEmpty || isOption(token) ? [] : vocabulary.beginning(with: word)
    if let only = meant.first, meant.count == 1 {
      index += 1
      return only
    }
    if meant.count > 1 { throw fail(.ambiguousVerb(token.raw, meant.map { $0.form })) }
    let near = Nearest.names(to: token.text, among: vocabulary.forms.flatMap(\.spellings))
    // A command in quotation marks is told with them: without them it is one.
    let written = token.kind == .quoted ? CommandText.slice(source.text, token.start, token.end) : token.raw
    throw fail(.unknownVerb(written, nearest: near, lines: near.map(corrected)))
  }

  /// The command with the present word replaced.
  private func corrected(_ word: String) -> String {
    let whole = Array(source.text.utf8)
    let (from, to) = (tokens[0].start, tokens[tokens.count - 1].end)
    let line =
      String(decoding: whole[from..<token.start], as: UTF8.self) + word
      + String(decoding: whole[token.end..<to], as: UTF8.self)
    return line.count > 120 || line.contains("\n") ? word : line
  }

  /// Cuts the present token in two.
  package mutating func split(at offset: Int) {
    guard offset > 0 else { return }
    let token = self.token
    let head = CommandText.slice(token.text, 0, offset)
    let tail = CommandText.slice(token.text, offset, token.text.utf8.count)
    guard !tail.isEmpty else { return }
    // Where the text was made plain, the raw letters take other room; the cut is then approximate in places only.
    let rawOffset = token.raw.hasPrefix(head) ? offset : min(offset, token.raw.utf8.count)
    let rawTail = token.raw.hasPrefix(head) ? CommandText.slice(token.raw, offset, token.raw.utf8.count) : tail
    let middle = min(token.start + rawOffset, token.end)
    let between = Position(line: token.from.line, column: token.from.column + head.count)
    tokens.replaceSubrange(
      index...index,
      with: [
        Token(
          kind: .word, text: head, raw: head, start: token.start, end: middle, from: token.from, to: between,
          isGlued: token.isGlued),
        Token(
          kind: .word, text: tail, raw: rawTail, start: middle, end: token.end, from: between, to: token.to,
          isGlued: true),
      ])
  }

  /// `jindong-2021按措施`: an option at the end of a word, without a space.
  mutating func splitSuffix() {
    let suffixes =
      (Dimension.allCases.flatMap(\.chinese) + Mode.enacted.chinese + Mode.adopted.chinese).map { "按" + $0 }
      + Mode.standingWords
    let saved = index
    defer { index = saved }
    for i in tokens.indices.dropFirst(index).reversed() where tokens[i].kind == .word {
      let text = tokens[i].text
      guard let suffix = suffixes.first(where: { text.hasSuffix($0) }) else { continue }
      index = i
      split(at: text.utf8.count - suffix.utf8.count)
    }
  }

  // MARK: with

  mutating func withList() throws(Misread) -> [Assignment] {
    if token.kind == .word, !Keyword.with.matches(token.word) {
      for spelling in Keyword.with.spellings
      where spelling.utf8.count > 4 && token.text.hasPrefix(spelling)
        && (peek(1).kind == .equals || SpokenChange.isWhole(token.text))
      {
        split(at: spelling.utf8.count)
      }
      let saysOrder = ["若设定", "若设", "如果设定", "假如设定"].contains(token.text) && peek(1).kind == .word
      if token.text.hasPrefix("若"), saysOrder || peek(1).kind == .equals || SpokenChange.isWhole(token.text) {
        split(at: "若".utf8.count)
      }
    }
    if token.word == "what", Keyword.with.matches(peek(1).word) { index += 1 }
    guard Keyword.with.matches(token.word), !beginsAssumption else { return [] }
    index += 1
    var settings = [try assignment(beforeVerb: true)]
    while token.kind == .comma {
      index += 1
      if let rest = secondWith { throw withTwice(rest) }
      // `若 a = 4，测算`: the comma before the verb ends the list.
      if peek(1).kind != .equals, !SpokenChange.isWhole(token.text) { break }
      settings.append(try assignment(beforeVerb: true))
    }
    if token.kind == .colon { index += 1 }
    return settings
  }

  /// 若 a = 1，若 b = 2，测算: one word leads all of them. What stands in the place of the second; nil where there is none.
  private var secondWith: String? {
    if Keyword.with.matches(token.word) {
      return peek(2).kind == .equals || SpokenChange.isWhole(peek(1).text) ? "" : nil
    }
    // Another such word may begin a name: 假设增长率.
    guard token.kind == .word, peek(1).kind == .equals, token.text.hasPrefix("若") else { return nil }
    return String(token.text.dropFirst())
  }

  private func withTwice(_ rest: String) -> Misread {
    let line = corrected(rest).replacing("，  ", with: "，").replacing("， ", with: "，").replacing(",  ", with: ", ")
    return fail(.withTwice(token.raw, rest: rest, line: line == rest ? nil : line))
  }

  /// 假设 机构奖励 申领率 70%: the word of a command, where no name is given a value behind it.
  private var beginsAssumption: Bool {
    guard vocabulary.named(token.word) != nil else { return false }
    let next = peek(1)
    let isOrder = ["设定", "设", "把", "将"].contains { next.text.hasPrefix($0) }
    return peek(2).kind != .equals && SpokenChange.leading(peek(2)) == nil && !SpokenChange.isWhole(next.text)
      && !isOrder
  }

  /// `NAME = VALUE`
  package mutating func assignment(beforeVerb: Bool) throws(Misread) -> Assignment {
    guard token.kind == .word || token.kind == .quoted else {
      throw fail(.missing(Text("a name", zh: "名称"), usage: vocabulary.usage("set")))
    }
    skipOrders()
    if SpokenChange.isWhole(token.text) { splitSpoken() }
    let name = written(token)
    index += 1
    if let word = SpokenChange.leading(token), token.kind == .word {
      split(at: word.utf8.count)
    } else if token.kind != .equals {
      throw fail(.noEquals(name.text), at: tokens[index - 1])
    }
    index += 1
    return Assignment(name: name, value: try value(of: name.text, beforeVerb: beforeVerb))
  }

  /// 把首次标准改成400, 设定 首次标准 = 400 behind 若: the first word only says that something is to be changed.
  private mutating func skipOrders() {
    for word in ["设定", "设", "把", "将"] where token.text.hasPrefix(word) {
      guard token.text != word else {
        if peek(1).kind == .word || peek(1).kind == .quoted { index += 1 }
        return
      }
      guard word == "把" || word == "将", SpokenChange.isWhole(token.text) else { continue }
      split(at: word.utf8.count)
      index += 1
      return
    }
  }

  /// 首次标准为400元 in one piece, cut before 为.
  private mutating func splitSpoken() {
    guard peek(1).kind != .equals, let name = SpokenChange.name(in: token.text) else { return }
    split(at: name.utf8.count)
  }

  /// A value: up to a comma or the end, or with units only where a verb follows.
  package mutating func value(of name: String, beforeVerb: Bool) throws(Misread) -> Written {
    let start = index
    cutQuestion()
    let first = token
    guard first.kind == .word || first.kind == .quoted else { throw fail(.noValue(name)) }
    index += 1
    if first.kind == .word {
      if beforeVerb {
        if first.text.utf8.first.map({ ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }) == true {
          while token.kind == .word, isUnit(token) { index += 1 }
        }
      } else {
        while token.kind == .word, !isOption(token) { index += 1 }
      }
    }
    if index == start + 1 { return written(first) }
    let last = tokens[index - 1]
    return Written(
      text: tokens[start..<index].map(\.text).joined(separator: " "),
      raw: CommandText.slice(source.text, first.start, last.end),
      location: location(from: first, to: last))
  }

  /// 400会怎样: the question behind a value says nothing that a run does not.
  private mutating func cutQuestion() {
    let questions = ["会怎么样", "会怎样", "会如何", "怎么样", "的话", "会多少"]
    guard token.kind == .word, let tail = questions.first(where: { token.text.hasSuffix($0) }),
      token.text.utf8.count > tail.utf8.count
    else { return }
    split(at: token.text.utf8.count - tail.utf8.count)
    tokens.remove(at: index + 1)
  }

  /// A word after a number that belongs to it: a unit, or any word that is no verb.
  private func isUnit(_ token: Token) -> Bool {
    let word = token.word
    if UnitWord.isKnown(word) || UnitWord.scale(of: word) != nil || word == "per" { return true }
    if vocabulary.named(word) != nil || vocabulary.leading(token.text) != nil { return false }
    return vocabulary.beginning(with: word).isEmpty
  }

  /// A file's name: one word or quoted text, glued pieces joined.
  /// - Parameter endsAtColon: a colon behind it begins a list.
  package mutating func fileName(endsAtColon: Bool = false) -> Written {
    let first = token
    index += 1
    while !isAtEnd, token.isGlued, token.kind != .comma, !(endsAtColon && token.kind == .colon) { index += 1 }
    let last = tokens[index - 1]
    if last.start == first.start { return written(first) }
    let raw = CommandText.slice(source.text, first.start, last.end)
    return Written(text: raw, raw: raw, location: location(from: first, to: last))
  }
}
