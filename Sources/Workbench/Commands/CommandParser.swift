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
    public let place: Place
  }

  /// All commands of a text.
  public static func parse(_ source: SourceFile) -> [Statement] {
    let (tokens, openQuote, openBracket) = CommandLexer.tokens(of: source.text)
    var statements: [Statement] = []
    var start = 0
    for (i, token) in tokens.enumerated() where token.kind == .separator || token.kind == .end {
      if i > start {
        let own = Array(tokens[start..<i])
        let range = own[0].start..<own[own.count - 1].end
        var open: (CommandMistake, Int)?
        if let openQuote, range.contains(openQuote) { open = (.openQuote, openQuote) }
        if let openBracket, range.contains(openBracket) { open = (.openBracket, openBracket) }
        statements.append(statement(own, in: source, open: open))
      }
      start = i + 1
    }
    return statements
  }

  /// Whether a text is whole: no bracket is open, and no line ends in `\`.
  public static func isComplete(_ text: String) -> Bool { CommandLexer.isComplete(text) }

  private static func statement(
    _ tokens: [Token], in source: SourceFile, open: (mistake: CommandMistake, offset: Int)?
  ) -> Statement {
    let (start, end) = (tokens[0].start, tokens[tokens.count - 1].end)
    let place = source.place(fromUTF8: start, to: end)
    let text = CommandText.slice(source.text, start, end)
    if let open {
      let at = source.place(fromUTF8: open.offset, to: open.offset + 1)
      return Statement(command: nil, diagnostics: [open.mistake.diagnostic(at: at)], text: text, place: place)
    }
    var parser = StatementParser(tokens, source: source, text: text, place: place)
    do {
      return Statement(command: try parser.command(), diagnostics: [], text: text, place: place)
    } catch {
      return Statement(command: nil, diagnostics: [error.diagnostic], text: text, place: place)
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
  let place: Place
  private let end: Token

  /// More words than this are data, not a command.
  static let longest = 2000

  init(_ tokens: [Token], source: SourceFile, text: String, place: Place) {
    self.tokens = tokens
    self.source = source
    self.text = text
    self.place = place
    let last = tokens.last?.end ?? 0
    end = Token(kind: .end, text: "", raw: "", start: last, end: last, isGlued: false)
  }

  var token: Token { index < tokens.count ? tokens[index] : end }
  var isAtEnd: Bool { index >= tokens.count }
  func peek(_ n: Int) -> Token { index + n < tokens.count ? tokens[index + n] : end }

  func place(of token: Token) -> Place { source.place(fromUTF8: token.start, to: token.end) }

  func fail(_ mistake: CommandMistake, at token: Token? = nil) -> Misread {
    Misread(diagnostic: mistake.diagnostic(at: place(of: token ?? self.token)))
  }

  func written(_ token: Token) -> Written { Written(text: token.text, raw: token.raw, place: place(of: token)) }

  // MARK: Command

  mutating func command() throws(Misread) -> Command {
    if tokens.count > Self.longest { throw fail(.tooMany(tokens.count)) }
    let settings = try withList()
    let verbToken = token
    let verb = try self.verb(after: settings)
    splitSuffix()
    let action = try self.action(verb)
    var command = Command(action, text: text, place: place)
    command.with = settings
    try options(verb, &command)
    if !isAtEnd { throw fail(.unexpected(token.raw, usage: verb.usage)) }
    if !settings.isEmpty, !verb.takesSettings { throw fail(.notHere("with", verb: verb.rawValue), at: verbToken) }
    return command
  }

  private mutating func verb(after settings: [Assignment]) throws(Misread) -> Verb {
    guard !isAtEnd else { throw fail(settings.isEmpty ? .missing(Text("a verb", zh: "命令"), usage: Verb.help.usage) : .withoutVerb) }
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
    throw fail(.unknownVerb(token.raw, nearest: near.map(corrected)))
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
    tokens.replaceSubrange(
      index...index,
      with: [
        Token(kind: .word, text: head, raw: head, start: token.start, end: middle, isGlued: token.isGlued),
        Token(kind: .word, text: tail, raw: rawTail, start: middle, end: token.end, isGlued: true),
      ])
  }

  /// `jindong-2021按措施`: an option at the end of a word, without a space.
  private mutating func splitSuffix() {
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

  private mutating func withList() throws(Misread) -> [Assignment] {
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
  private mutating func value(of name: String, beforeVerb: Bool) throws(Misread) -> Written {
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
      place: source.place(fromUTF8: first.start, to: last.end))
  }

  /// A word after a number that belongs to it: a unit, or any word that is no verb.
  private func isUnit(_ token: Token) -> Bool {
    let word = token.word
    if UnitWord.isKnown(word) || word == "per" { return true }
    if Verb.named(word) != nil || Verb.leading(token.text) != nil { return false }
    return Verb.beginning(with: word).isEmpty
  }

  // MARK: Options

  func isOption(_ token: Token) -> Bool {
    guard token.kind == .word else { return false }
    let word = token.word
    return [Keyword.by, .as, .into].contains { $0.matches(word) } || glued(token) != nil
  }

  /// `按措施`, `以json`: a keyword and its word in one.
  private func glued(_ token: Token) -> Int? {
    for keyword in [Keyword.by, .as, .into] {
      for spelling in keyword.spellings where spelling.utf8.first.map({ $0 > 0x7F }) == true {
        guard token.text.hasPrefix(spelling), token.text.utf8.count > spelling.utf8.count else { continue }
        let rest = String(token.text.dropFirst(spelling.count))
        if keyword == .into || Dimension.named(rest) != nil || Mode.named(rest) != nil || OutputFormat.named(rest) != nil {
          return spelling.utf8.count
        }
      }
    }
    return nil
  }

  private mutating func options(_ verb: Verb, _ command: inout Command) throws(Misread) {
    while !isAtEnd, token.kind == .word || token.kind == .comma {
      if token.kind == .comma {
        guard isOption(peek(1)) else { return }
        index += 1
      }
      if let offset = glued(token) { split(at: offset) }
      let option = token
      let word = option.word
      let isChineseBy = word == "按"
      if Keyword.into.matches(word) {
        index += 1
        guard !isAtEnd else { throw fail(.missing(Text("a file name after `into`", zh: "`存入` 之后的文件名"), usage: verb.usage)) }
        if command.into != nil { throw fail(.optionTwice(option.raw), at: option) }
        command.into = fileName()
      } else if Keyword.by.matches(word) || Keyword.as.matches(word) {
        index += 1
        let value = token
        guard value.kind == .word else {
          throw fail(.missing(Text("a word after `\(option.raw)`", zh: "`\(option.raw)` 之后的词"), usage: verb.usage))
        }
        if let dimension = Dimension.named(value.word), Keyword.by.matches(word) {
          if command.dimension != nil { throw fail(.optionTwice(option.raw), at: option) }
          guard verb.takesDimension else { throw fail(.notHere("by", verb: verb.rawValue), at: option) }
          command.dimension = dimension
        } else if let mode = Mode.named(value.word), Keyword.as.matches(word) {
          if command.mode != nil { throw fail(.optionTwice(option.raw), at: option) }
          guard verb.takesMode else { throw fail(.notHere("as " + value.raw, verb: verb.rawValue), at: option) }
          command.mode = mode
        } else if let format = OutputFormat.named(value.word), Keyword.as.matches(word) {
          if command.format != nil { throw fail(.optionTwice(option.raw), at: option) }
          command.format = format
        } else if Keyword.by.matches(word), !isChineseBy || verb.takesDimension {
          throw fail(
            .unknownWord(value.raw, what: Text("a dimension", zh: "维度"), choices: Dimension.allCases.map(\.rawValue)),
            at: value)
        } else {
          throw fail(
            .unknownWord(
              value.raw, what: Text("a mode or a format", zh: "方式或格式"),
              choices: ["enacted", "adopted"] + OutputFormat.allCases.map(\.rawValue)), at: value)
        }
        index += 1
      } else {
        return
      }
    }
  }

  /// A file's name: one word or quoted text, glued pieces joined.
  mutating func fileName() -> Written {
    let first = token
    index += 1
    while !isAtEnd, token.isGlued, token.kind != .separator { index += 1 }
    let last = tokens[index - 1]
    if last.start == first.start { return written(first) }
    let raw = CommandText.slice(source.text, first.start, last.end)
    return Written(text: raw, raw: raw, place: source.place(fromUTF8: first.start, to: last.end))
  }
}

extension Verb {
  /// Whether `with` may stand before it.
  var takesSettings: Bool {
    switch self {
    case .run, .compare, .payments, .duties, .readings, .explain, .why, .show, .list: true
    default: false
    }
  }

  var takesDimension: Bool { self == .run || self == .compare }

  var takesMode: Bool {
    switch self {
    case .run, .compare, .payments, .duties, .readings, .explain, .why: true
    default: false
    }
  }
}
