// Words to commands. Every command of a script is parsed by itself, so that a mistake in one loses that one only.
// Knows nothing of which documents or subjects exist.

import Diagnostics
import Engine
import Reports

/// Reading commands.
public enum CommandParser {
  /// One command of a script, or what is wrong with it.
  public struct Statement: Sendable {
    public let command: Command?
    public let diagnostics: [Diagnostic]
    /// The command as written.
    public let text: String
    public let location: SourceRange
  }

  /// The commands of a text, each parsed when it is asked for.
  public struct Statements: Sequence, IteratorProtocol {
    private let source: SourceFile
    private var lexer: CommandLexer

    init(_ source: SourceFile) {
      self.source = source
      lexer = CommandLexer(source.text)
    }

    public mutating func next() -> Statement? {
      while let run = lexer.next() {
        if !run.tokens.isEmpty { return CommandParser.statement(run, in: source) }
      }
      return nil
    }
  }

  /// The commands of a text in turn.
  public static func statements(of source: SourceFile) -> Statements { Statements(source) }

  /// All commands of a text.
  public static func parse(_ source: SourceFile) -> [Statement] { Array(statements(of: source)) }

  /// Whether a text is whole: no bracket is open, and no line ends in `\`.
  public static func isComplete(_ text: String) -> Bool { CommandLexer.isComplete(text) }

  private static func statement(_ run: TokenRun, in source: SourceFile) -> Statement {
    let tokens = run.tokens
    let (first, last) = (tokens[0], tokens[tokens.count - 1])
    let location = SourceRange(source: source, start: first.from, end: last.to)
    let text = CommandText.slice(source.text, first.start, last.end)
    func refused(_ mistake: CommandMistake, at offset: Int) -> Statement {
      let at = source.location(fromUTF8: offset, to: offset + 1)
      return Statement(command: nil, diagnostics: [mistake.diagnostic(at: at)], text: text, location: location)
    }
    if let quote = run.openQuote { return refused(.openQuote, at: quote) }
    if let bracket = run.openBracket { return refused(.openBracket, at: bracket) }
    var parser = StatementParser(tokens, source: source, text: text, location: location)
    do {
      return Statement(command: try parser.command(), diagnostics: [], text: text, location: location)
    } catch {
      return Statement(command: nil, diagnostics: [error.diagnostic], text: text, location: location)
    }
  }
}

enum CommandText {
  static func slice(_ text: String, _ start: Int, _ end: Int) -> String {
    let utf8 = text.utf8
    return String(text[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end)])
  }
}

/// A mistake at its place.
struct Misread: Error {
  let diagnostic: Diagnostic
}

/// Parses one command.
struct StatementParser {
  var tokens: [Token]
  var index = 0
  let source: SourceFile
  let text: String
  let location: SourceRange
  private let end: Token

  init(_ tokens: [Token], source: SourceFile, text: String, location: SourceRange) {
    self.tokens = tokens
    self.source = source
    self.text = text
    self.location = location
    let last = tokens.last?.end ?? 0
    let at = tokens.last?.to ?? Position(line: 1, column: 1)
    end = Token(kind: .end, text: "", raw: "", start: last, end: last, from: at, to: at, isGlued: false)
  }

  var token: Token { index < tokens.count ? tokens[index] : end }
  var isAtEnd: Bool { index >= tokens.count }
  func peek(_ n: Int) -> Token { index + n < tokens.count ? tokens[index + n] : end }

  func location(of token: Token) -> SourceRange { location(from: token, to: token) }

  /// From the beginning of one token to the end of another.
  func location(from first: Token, to last: Token) -> SourceRange {
    SourceRange(source: source, start: first.from, end: last.to)
  }

  func fail(_ mistake: CommandMistake, at token: Token? = nil) -> Misread {
    Misread(diagnostic: mistake.diagnostic(at: location(of: token ?? self.token)))
  }

  func written(_ token: Token) -> Written { Written(text: token.text, raw: token.raw, location: location(of: token)) }

  // MARK: Command

  mutating func command() throws(Misread) -> Command {
    if tokens.count > CommandLexer.limit { throw fail(.tooMany(tokens.count)) }
    let settings = try withList()
    let verbToken = token
    let verb = try self.verb(after: settings)
    splitSuffix()
    let action = try self.action(verb)
    var command = Command(action, text: text, location: location)
    command.with = settings
    // What is drawn takes its own options.
    if case .plot(_, let inner?) = action, let plotted = Verb.named(of: inner.action) {
      try options(plotted, &command)
    } else {
      try options(verb, &command)
    }
    if !isAtEnd { throw fail(.unexpected(token.raw, usage: verb.usage)) }
    if !settings.isEmpty, !verb.takesSettings { throw fail(.notHere("with", verb: verb.rawValue), at: verbToken) }
    return command
  }

  mutating func verb(after settings: [Assignment]) throws(Misread) -> Verb {
    guard !isAtEnd else {
      throw fail(settings.isEmpty ? .missing(Text("a verb", zh: "命令"), usage: Verb.help.usage) : .withoutVerb)
    }
    let word = token.word
    if let verb = Verb.named(word) {
      index += 1
      return verb
    }
    if let (verb, spelling) = Verb.leading(token.text), token.kind == .word {
      split(at: spelling.utf8.count)
      index += 1
      return verb
    }
    let meant = word.isEmpty ? [] : Verb.beginning(with: word)
    if let only = meant.first, meant.count == 1 {
      index += 1
      return only
    }
    if meant.count > 1 { throw fail(.ambiguousVerb(token.raw, meant)) }
    let near = Nearest.names(to: token.text, among: Verb.allCases.flatMap(\.spellings))
    throw fail(.unknownVerb(token.raw, nearest: near, lines: near.map(corrected)))
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
  mutating func split(at offset: Int) {
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
    let suffixes = Dimension.allCases.flatMap(\.chinese) + Mode.enacted.chinese + Mode.adopted.chinese
    let saved = index
    defer { index = saved }
    for i in tokens.indices.dropFirst(index).reversed() where tokens[i].kind == .word {
      let text = tokens[i].text
      guard let suffix = suffixes.first(where: { text.hasSuffix("按" + $0) }) else { continue }
      index = i
      split(at: text.utf8.count - ("按" + suffix).utf8.count)
    }
  }

  // MARK: with

  mutating func withList() throws(Misread) -> [Assignment] {
    if token.kind == .word, !Keyword.with.matches(token.word) {
      for spelling in Keyword.with.spellings
      where spelling.utf8.count > 4 && token.text.hasPrefix(spelling) && peek(1).kind == .equals {
        split(at: spelling.utf8.count)
      }
      if token.text.hasPrefix("若"), peek(1).kind == .equals { split(at: "若".utf8.count) }
    }
    guard Keyword.with.matches(token.word) else { return [] }
    index += 1
    var settings = [try assignment(beforeVerb: true)]
    while token.kind == .comma {
      index += 1
      // `若 a = 4，测算`: the comma before the verb ends the list.
      if peek(1).kind != .equals { break }
      settings.append(try assignment(beforeVerb: true))
    }
    if token.kind == .colon { index += 1 }
    return settings
  }

  /// `NAME = VALUE`
  mutating func assignment(beforeVerb: Bool) throws(Misread) -> Assignment {
    guard token.kind == .word || token.kind == .quoted else {
      throw fail(.missing(Text("a name", zh: "名称"), usage: Verb.set.usage))
    }
    let name = written(token)
    index += 1
    guard token.kind == .equals else { throw fail(.noEquals(name.text), at: tokens[index - 1]) }
    index += 1
    return Assignment(name: name, value: try value(of: name.text, beforeVerb: beforeVerb))
  }

  /// A value: up to a comma or the end, or with units only where a verb follows.
  mutating func value(of name: String, beforeVerb: Bool) throws(Misread) -> Written {
    let start = index
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

  /// A word after a number that belongs to it: a unit, or any word that is no verb.
  private func isUnit(_ token: Token) -> Bool {
    let word = token.word
    if UnitWord.isKnown(word) || word == "per" { return true }
    if Verb.named(word) != nil || Verb.leading(token.text) != nil { return false }
    return Verb.beginning(with: word).isEmpty
  }

  /// A file's name: one word or quoted text, glued pieces joined.
  mutating func fileName() -> Written {
    let first = token
    index += 1
    while !isAtEnd, token.isGlued, token.kind != .comma { index += 1 }
    let last = tokens[index - 1]
    if last.start == first.start { return written(first) }
    let raw = CommandText.slice(source.text, first.start, last.end)
    return Written(text: raw, raw: raw, location: location(from: first, to: last))
  }
}
