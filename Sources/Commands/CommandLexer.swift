// Text to words. Full-width punctuation and digits become plain, comments go, a comma between groups of three digits
// belongs to the number. One pass over the bytes, so that a line of ten megabytes is no harm. Knows no verbs.

import Diagnostics

/// A piece of a command.
package struct Token {
  package enum Kind {
    case word
    case quoted
    case comma
    case equals
    case plus
    case colon
    /// `<=`, `≤`
    case atMost
    /// `>=`, `≥`
    case atLeast
    case end
  }

  package let kind: Kind
  /// Plain text; of quoted tokens what stands between the marks.
  package let text: String
  package let raw: String
  /// UTF-8 offsets into the source, and the same as line and column.
  package let start: Int
  package let end: Int
  package let from: Position
  package let to: Position
  /// Whether nothing stands between it and the token before.
  package let isGlued: Bool

  /// For recognising words of the language: quoted ones are none.
  package var word: String { kind == .word ? text.lowercased() : "" }
}

/// The tokens of one command.
package struct TokenRun {
  package var tokens: [Token] = []
  /// The offsets of a quotation mark and of a bracket that are never closed.
  package var openQuote: Int?
  package var openBracket: Int?
}

/// Cuts a text into tokens, one command after another.
package struct CommandLexer {
  /// More tokens of one command are not kept: it is no command.
  package static let limit = 2000

  private let bytes: [UInt8]
  private let long: Set<String>
  /// Whether the text ends within a quoted text that may have several lines.
  private var isInLongText = false
  private var at = 0
  private var run = TokenRun()
  /// Brackets that opened at the beginning of a word: inside them a line's end is a space.
  private var depth = 0
  private var bracket = 0
  private var endsInContinuation = false
  private var hasEnded = false
  private var location = (offset: 0, position: Position(line: 1, column: 1))

  /// - Parameter long: words of commands whose quoted texts may have several lines.
  package init(_ text: String, long: Set<String> = []) {
    bytes = Array(text.utf8)
    self.long = long
  }

  /// Whether a text is a whole command: no bracket is open, no line goes on, and no text of several lines.
  package static func isComplete(_ text: String, long: Set<String> = []) -> Bool {
    var lexer = CommandLexer(text, long: long)
    while lexer.next() != nil {}
    return lexer.depth == 0 && !lexer.endsInContinuation && !lexer.awaitsMore && !lexer.isInLongText
  }

  /// The tokens of the next command, perhaps none; nil behind the last.
  package mutating func next() -> TokenRun? {
    guard !hasEnded else { return nil }
    run = TokenRun()
    while at < bytes.count {
      if step() { return run }
    }
    hasEnded = true
    if depth > 0 { run.openBracket = bracket }
    return run
  }

  /// Reads one token or what stands between two.
  /// - Returns: whether the command has ended.
  private mutating func step() -> Bool {
    let start = at
    let (character, length) = plain(at)
    switch character {
    case 0x20, 0x09: at += length
    case 0x0D where next(at + 1) == 0x0A: at += 1
    case 0x0A, 0x0D:
      at += 1
      if depth > 0 || goesOn { return false }
      guard listGoesOn else { return true }
      add(.comma, ",", start)
    case 0x3B:
      at += length
      if depth == 0 { return true }
      add(.comma, ",", start)
    case 0x23 where isAfterSpace(start): while at < bytes.count, bytes[at] != 0x0A { at += 1 }
    case 0x5C where continues(at + length): break
    case 0x2C:
      at += length
      add(.comma, ",", start)
    case 0x3D:
      at += length
      add(.equals, "=", start)
    case 0x3C where plain(at + length).character == 0x3D:
      at += length + plain(at + length).length
      add(.atMost, "<=", start)
    case 0x3E where plain(at + length).character == 0x3D:
      at += length + plain(at + length).length
      add(.atLeast, ">=", start)
    case 0x2B:
      at += length
      add(.plus, "+", start)
    case 0x3A where isSpace(at + length) || length == 3:
      at += length
      add(.colon, ":", start)
    case 0x22, 0x27: quoted(start, length)
    default:
      if bytes[at...].starts(with: [0xE2, 0x80, 0x9C]) {
        quoted(start, 3)
      } else if bytes[at...].starts(with: [0xE3, 0x80, 0x81]) {
        at += 3
        add(.comma, ",", start)
      } else if bytes[at...].starts(with: [0xE2, 0x89, 0xA4]) {
        at += 3
        add(.atMost, "<=", start)
      } else if bytes[at...].starts(with: [0xE2, 0x89, 0xA5]) {
        at += 3
        add(.atLeast, ">=", start)
      } else {
        word(start)
      }
    }
    return false
  }

  /// Whether a list goes on below the line that has just ended: the line ends in a comma, or in the colon of a draft,
  /// and the next one is not empty.
  private var goesOn: Bool {
    guard let last = run.tokens.last, last.kind == .colon || last.kind == .comma else { return false }
    var i = at
    while i < bytes.count, case let (character, length) = plain(i),
      character == 0x20 || character == 0x09 || character == 0x0D
    {
      i += length
    }
    return i < bytes.count && bytes[i] != 0x0A
  }

  /// Whether a list that stands on lines of its own goes on without a comma: its first line follows a colon, and the
  /// next is set in and gives a name a value.
  private var listGoesOn: Bool {
    guard let colon = run.tokens.lastIndex(where: { $0.kind == .colon }), colon + 1 < run.tokens.count,
      bytes[run.tokens[colon].end..<run.tokens[colon + 1].start].contains(0x0A)
    else { return false }
    let line = String(decoding: bytes[at...].prefix { $0 != 0x0A }.prefix(400), as: UTF8.self)
    guard line.hasPrefix("  ") || line.hasPrefix("\t") || line.hasPrefix("\u{3000}"),
      let equals = line.firstIndex(where: { "=＝".contains($0) })
    else { return false }
    let name = line[..<equals].trimmingCharacters(where: { $0 == " " || $0 == "\t" || $0 == "\u{3000}" })
    return !name.isEmpty && !name.contains { " \t;；,，、".contains($0) }
  }

  /// Whether the text ends in a line that a list goes on below.
  private var awaitsMore: Bool {
    guard let last = run.tokens.last, last.kind == .colon || last.kind == .comma else { return false }
    return !bytes[last.end...].contains(0x0A)
  }

  /// Line and column of an offset that does not lie before the last one asked for. Columns count characters.
  private mutating func position(_ offset: Int) -> Position {
    var rest = bytes[location.offset..<offset]
    while let feed = rest.firstIndex(of: 0x0A) {
      location.position = Position(line: location.position.line + 1, column: 1)
      rest = rest[(feed + 1)...]
    }
    let isPlain = rest.allSatisfy { $0 < 0x80 }
    location.position.column += isPlain ? rest.count : String(decoding: rest, as: UTF8.self).count
    location.offset = offset
    return location.position
  }

  /// The ASCII character at an offset, full-width forms made plain, and its length; 0 for any other.
  private func plain(_ i: Int) -> (character: UInt8, length: Int) {
    guard i < bytes.count else { return (0, 1) }
    let byte = bytes[i]
    if byte < 0x80 { return (byte, 1) }
    guard i + 2 < bytes.count else { return (0, 1) }
    // U+FF01 to U+FF5E are EF BC 81 to EF BD 9E; U+3000 is E3 80 80.
    if byte == 0xEF, bytes[i + 1] == 0xBC, bytes[i + 2] >= 0x81 { return (bytes[i + 2] - 0x60, 3) }
    if byte == 0xEF, bytes[i + 1] == 0xBD, bytes[i + 2] <= 0x9E { return (bytes[i + 2] - 0x20, 3) }
    if byte == 0xE3, bytes[i + 1] == 0x80, bytes[i + 2] == 0x80 { return (0x20, 3) }
    if byte == 0xC2, bytes[i + 1] == 0xA0 { return (0x20, 2) }
    return (0, byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1)
  }

  private func next(_ i: Int) -> UInt8? { i < bytes.count ? bytes[i] : nil }

  private func isSpace(_ i: Int) -> Bool {
    guard i < bytes.count else { return true }
    let c = plain(i).character
    return c == 0x20 || c == 0x09 || c == 0x0A || c == 0x0D
  }

  private func isAfterSpace(_ i: Int) -> Bool {
    guard i > 0 else { return true }
    switch bytes[i - 1] {
    case 0x20, 0x09, 0x0A, 0x0D, 0x3B: return true
    default: return i >= 3 && plain(i - 3) == (0x20, 3)
    }
  }

  /// A backslash at a line's end: the line goes on. Moves behind the line's end.
  private mutating func continues(_ after: Int) -> Bool {
    var i = after
    while let c = next(i), c == 0x20 || c == 0x09 || c == 0x0D { i += 1 }
    guard i >= bytes.count || bytes[i] == 0x0A else { return false }
    endsInContinuation = i >= bytes.count
    at = min(i + 1, bytes.count)
    // A line feed at the very end leaves an empty line, which is still to come.
    if at >= bytes.count { endsInContinuation = true }
    return true
  }

  private mutating func add(_ kind: Token.Kind, _ text: String, _ start: Int) {
    add(kind, text, start, raw: start..<at)
  }

  private mutating func add(_ kind: Token.Kind, _ text: String, _ start: Int, raw: Range<Int>) {
    guard run.tokens.count <= CommandLexer.limit else { return }
    let from = position(start)
    let to = position(at)
    run.tokens.append(
      Token(
        kind: kind, text: text, raw: String(decoding: bytes[raw], as: UTF8.self), start: start, end: at, from: from,
        to: to, isGlued: run.tokens.last?.end == start))
  }

  private mutating func quoted(_ start: Int, _ length: Int) {
    let opening = plain(start).character
    at += length
    let inner = at
    let isLong = run.tokens.contains { long.contains($0.word) }
    var out: [UInt8] = []
    while at < bytes.count, isLong || bytes[at] != 0x0A {
      let (character, size) = plain(at)
      let closes =
        opening == 0 ? bytes[at...].starts(with: [0xE2, 0x80, 0x9D]) || character == 0x22 : character == opening
      if closes {
        let end = at
        at += character == 0 ? 3 : size
        add(.quoted, String(decoding: out, as: UTF8.self), start, raw: inner..<end)
        return
      }
      if bytes[at] == 0x5C, let c = next(at + 1), c == 0x22 || c == 0x5C || c == 0x27 { at += 1 }
      let step = max(1, min(size, bytes.count - at))
      out.append(contentsOf: bytes[at..<at + step])
      at += step
    }
    if run.openQuote == nil { run.openQuote = start }
    isInLongText = isLong
    add(.quoted, String(decoding: out, as: UTF8.self), start, raw: inner..<at)
  }

  private mutating func word(_ start: Int) {
    var out: [UInt8] = []
    /// Brackets that opened inside the word: `三（二）` holds its own.
    var inner = 0
    /// Whether something other than opening brackets has come.
    var hasBegun = false
    /// Digits since the word's beginning or the last comma; -1 once the word is no plain number.
    var digits = 0
    var hasDot = false
    scan: while at < bytes.count {
      let (character, length) = plain(at)
      switch character {
      case 0x20, 0x09, 0x0A, 0x0D, 0x3B, 0x3D, 0x2B, 0x22: break scan
      case 0x5C where continuesWord(at + length): break scan
      case 0x3C, 0x3E: if plain(at + length).character == 0x3D { break scan }
      case 0x2C:
        guard digits >= 1, digits <= 3, !hasDot, isGroup(at + length) else { break scan }
        digits = 0
      case 0x30...0x39: if digits >= 0 { digits += 1 }
      case 0x2E: if digits > 0 { hasDot = true } else { digits = -1 }
      case 0x3A where isSpace(at + length) || length == 3: break scan
      case 0x28, 0x5B, 0x7B:
        if !hasBegun {
          if depth == 0 { bracket = at }
          depth += 1
        } else {
          inner += 1
        }
        digits = -1
      case 0x29, 0x5D, 0x7D:
        if inner > 0 { inner -= 1 } else { depth = max(0, depth - 1) }
        digits = -1
      default:
        if bytes[at...].starts(with: [0xE3, 0x80, 0x81]) || isOrderSign(at) || endsSentence(at) { break scan }
        digits = -1
      }
      if character != 0x28, character != 0x5B, character != 0x7B { hasBegun = true }
      if character != 0 {
        out.append(character)
      } else {
        out.append(contentsOf: bytes[at..<min(at + length, bytes.count)])
      }
      at = min(at + length, bytes.count)
    }
    if at == start {
      let (character, length) = plain(at)
      at = min(at + max(1, length), bytes.count)
      // A full stop or question mark at a command's end says nothing; a question mark alone asks for help.
      if character == 0x3F, run.tokens.isEmpty { add(.word, "?", start) }
      return
    }
    add(.word, String(decoding: out, as: UTF8.self), start)
  }

  /// `≤` or `≥`.
  private func isOrderSign(_ i: Int) -> Bool {
    bytes[i...].starts(with: [0xE2, 0x89, 0xA4]) || bytes[i...].starts(with: [0xE2, 0x89, 0xA5])
  }

  /// `。` or `？` or `?` or `！` before a space or the end.
  private func endsSentence(_ i: Int) -> Bool {
    if bytes[i...].starts(with: [0xE3, 0x80, 0x82]) { return isEnd(i + 3) }
    let (character, length) = plain(i)
    return (character == 0x3F || (character == 0x21 && length == 3)) && isEnd(i + length)
  }

  private func isEnd(_ i: Int) -> Bool { isSpace(i) || plain(i).character == 0x3B }

  private func continuesWord(_ after: Int) -> Bool {
    var i = after
    while let c = next(i), c == 0x20 || c == 0x09 || c == 0x0D { i += 1 }
    return i >= bytes.count || bytes[i] == 0x0A
  }

  /// Exactly three digits, and no fourth.
  private func isGroup(_ start: Int) -> Bool {
    var i = start
    for _ in 0..<3 {
      let (character, length) = plain(i)
      guard (0x30...0x39).contains(character) else { return false }
      i += length
    }
    return !(0x30...0x39).contains(plain(i).character)
  }
}

extension Substring {
  /// Without certain characters at either end.
  fileprivate func trimmingCharacters(where isOne: (Character) -> Bool) -> Substring {
    var rest = self
    while let first = rest.first, isOne(first) { rest = rest.dropFirst() }
    while let last = rest.last, isOne(last) { rest = rest.dropLast() }
    return rest
  }
}
