// Rule text to tokens, in one pass over the bytes. Full-width punctuation, letters and digits read as the plain ones;
// columns count characters as a reader sees them. Knows nothing of the grammar.
import Diagnostics

/// Reads one rule text. Only strings that do not end and bytes that are no text are complained of here; every other
/// unfit character becomes a token, for the parser to say what would do in its place.
struct Lexer {
  let bytes: [UInt8]
  let source: SourceFile
  private(set) var tokens: [Token] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var offset = 0
  private var line: Int
  /// The column of `columnOffset`; columns are counted as tokens are made.
  private var column = 1
  private var columnOffset = 0
  private var atLineStart = true
  private var replaced: (count: Int, location: SourceRange)?
  private let words = WordTable.shared

  /// - Parameter bytes: well-formed UTF-8, the bytes of a `String`.
  init(_ bytes: [UInt8], in source: SourceFile, firstLine: Int) {
    self.bytes = bytes
    self.source = source
    line = firstLine
  }

  /// All tokens, the last of sort `end`.
  mutating func run() {
    tokens.reserveCapacity(bytes.count / 5 + 1)
    while offset < bytes.count { step() }
    add(.end, to: offset)
    if let replaced {
      diagnostics.append(SyntaxMistake.notText(replaced.count).diagnostic(at: replaced.location))
    }
  }

  private mutating func step() {
    let byte = bytes[offset]
    switch byte {
    case 0x20, 0x09, 0x0D: offset += 1
    case 0x0A:
      offset += 1
      line += 1
      column = 1
      columnOffset = offset
      atLineStart = true
    case 0x23: skipComment()
    case 0x61...0x7A, 0x41...0x5A, 0x5F: word()
    case 0x30...0x39: number()
    case 0x22: string(from: 1)
    case 0x80...: wide()
    default: sign(byte, length: 1)
    }
  }

  private mutating func skipComment() {
    while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
  }

  // MARK: Characters

  func byte(_ i: Int) -> UInt8 { i < bytes.count ? bytes[i] : 0 }

  /// The plain character at an offset, full-width forms made plain, and how many bytes it takes; nil for others.
  func plain(_ i: Int) -> (byte: UInt8, length: Int)? {
    let first = byte(i)
    if first < 0x80 { return i < bytes.count ? (first, 1) : nil }
    // U+FF01 to U+FF5E stand for U+21 to U+7E.
    guard first == 0xEF else { return nil }
    let second = byte(i + 1)
    let third = byte(i + 2)
    if second == 0xBC, third >= 0x81, third <= 0xBF { return (third - 0x60, 3) }
    if second == 0xBD, third >= 0x80, third <= 0x9E { return (third - 0x20, 3) }
    return nil
  }

  /// The scalar at an offset and its length. The bytes come from a `String`, so they are well formed.
  private func scalar(_ i: Int) -> (UInt32, Int) {
    let first = UInt32(byte(i))
    func next(_ k: Int) -> UInt32 { UInt32(byte(i + k)) & 0x3F }
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | next(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3) }
    return ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
  }

  private mutating func wide() {
    if let (plain, length) = plain(offset) {
      switch plain {
      case 0x61...0x7A, 0x41...0x5A, 0x5F: word()
      case 0x30...0x39: number()
      case 0x22: string(from: length)
      case 0x23: skipComment()
      default: sign(plain, length: length)
      }
      return
    }
    let (value, length) = scalar(offset)
    switch value {
    case 0x3000, 0xA0, 0xFEFF, 0x2000...0x200B, 0x202F: offset += length
    case 0x3001: add(.comma, to: offset + length)
    case 0x2264: add(.lessOrEqual, to: offset + length)
    case 0x2265: add(.greaterOrEqual, to: offset + length)
    case 0x2260: add(.notEqual, to: offset + length)
    case 0x00D7: add(.times, to: offset + length)
    case 0x00F7: add(.divide, to: offset + length)
    case 0x2212: add(.minus, to: offset + length)
    case 0x201C: string(from: length)
    case _ where Self.isLetter(value): word()
    default:
      add(.unknown, to: offset + length)
      if value == 0xFFFD { noteReplaced() }
    }
  }

  private mutating func noteReplaced() {
    guard let token = tokens.last else { return }
    replaced = (count: (replaced?.count ?? 0) + 1, location: replaced?.location ?? location(of: token))
  }

  /// Whether a character outside ASCII may stand in a name. Signs, quotation marks and what cannot be seen may not.
  private static func isLetter(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF: true
    case 0..<0xC0, 0x2000...0x2BFF, 0x3000...0x3004, 0x3007...0x3020, 0xFE00...0xFE6F, 0xFF00...0xFFEF, 0xFFF0...0xFFFF,
      0xE000...0xF8FF, 0x061C:
      false
    default: true
    }
  }

  // MARK: Tokens

  private mutating func sign(_ sign: UInt8, length: Int) {
    let after = offset + length
    let following = plain(after)
    func two(_ sort: TokenSort) -> (TokenSort, Int) { (sort, after + (following?.length ?? 0)) }
    let (sort, end): (TokenSort, Int) =
      switch (sign, following?.byte ?? 0) {
      case (0x3D, 0x3D), (0x21, 0x3D), (0x26, 0x26), (0x7C, 0x7C), (0x3C, 0x3E), (0x3D, 0x3E), (0x3D, 0x3C):
        two(.foreign)
      case (0x3C, 0x3D): two(.lessOrEqual)
      case (0x3E, 0x3D): two(.greaterOrEqual)
      case (0x28, _): (.open, after)
      case (0x29, _): (.close, after)
      case (0x2C, _): (.comma, after)
      case (0x3A, _): (.colon, after)
      case (0x3B, _): (.semicolon, after)
      case (0x2E, _): (.dot, after)
      case (0x25, _): (.percent, after)
      case (0x3D, _): (.equals, after)
      case (0x3C, _): (.less, after)
      case (0x3E, _): (.greater, after)
      case (0x2B, _): (.plus, after)
      case (0x2D, _): (.minus, after)
      case (0x2A, _): (.times, after)
      case (0x2F, _): (.divide, after)
      default: (.unknown, after)
      }
    add(sort, to: end)
  }

  private mutating func word() {
    var end = offset
    var isPlain = true
    while end < bytes.count {
      let byte = bytes[end]
      if byte < 0x80 {
        guard Self.isWordByte(byte) else { break }
        end += 1
      } else if let (plain, length) = plain(end) {
        guard Self.isWordByte(plain) else { break }
        isPlain = false
        end += length
      } else {
        let (value, length) = scalar(end)
        // A joiner or a variation mark belongs to the character before it.
        guard Self.isLetter(value) || value == 0x200D || (0xFE00...0xFE0F).contains(value) else { break }
        end += length
      }
    }
    let word = isPlain ? words.word(bytes, offset, end) : words.word(Array(plainText(offset, end).utf8))
    add(.word, to: end, word: word, needsCare: !isPlain)
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F: true
    default: false
    }
  }

  private mutating func string(from opening: Int) {
    // “ is closed by its own ”, and may hold further pairs; " by the next ".
    let curly = byte(offset) == 0xE2
    var depth = 0
    var end = offset + opening
    var needsCare = false
    while end < bytes.count, bytes[end] != 0x0A {
      let byte = bytes[end]
      if byte == 0x5C, self.byte(end + 1) == 0x5C || self.byte(end + 1) == 0x22 {
        needsCare = true
        end += 2
      } else if curly, byte == 0xE2, self.byte(end + 1) == 0x80, self.byte(end + 2) == 0x9C {
        depth += 1
        end += 3
      } else if curly, byte == 0xE2, self.byte(end + 1) == 0x80, self.byte(end + 2) == 0x9D {
        end += 3
        if depth == 0 {
          add(.string, to: end, needsCare: needsCare)
          return
        }
        depth -= 1
      } else if !curly, let (plain, length) = plain(end), plain == 0x22 {
        add(.string, to: end + length, needsCare: needsCare)
        return
      } else {
        end += 1
      }
    }
    while end > offset + opening, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x0D || bytes[end - 1] == 0x09 {
      end -= 1
    }
    add(.string, to: end, needsCare: true)
    if let token = tokens.last, diagnostics.count < RuleParser.mostMistakes {
      diagnostics.append(SyntaxMistake.openString(curly: curly).diagnostic(at: location(of: token)))
    }
  }

  mutating func add(_ sort: TokenSort, to end: Int, word: Word = .other, needsCare: Bool = false) {
    let start = column + characters(columnOffset, offset)
    let stop = start + characters(offset, end)
    tokens.append(
      Token(
        sort: sort, word: word, startsLine: atLineStart, needsCare: needsCare, start: offset, end: end, line: line,
        column: start, endColumn: stop))
    atLineStart = false
    column = stop
    columnOffset = end
    offset = end
  }

  func location(of token: Token) -> SourceRange {
    SourceRange(
      source: source, start: Position(line: token.line, column: token.column),
      end: Position(line: token.line, column: token.endColumn))
  }

  private mutating func number() {
    let (sort, end, needsCare) = numberEnd(offset)
    add(sort, to: end, needsCare: needsCare)
  }

  /// Characters between two offsets of one line. Most are ASCII or ideographs, each a character of its own; anything
  /// that might combine is left to the standard library.
  private func characters(_ start: Int, _ end: Int) -> Int {
    var count = 0
    var i = start
    while i < end {
      switch bytes[i] {
      case ..<0x80: i += 1
      case 0xE4...0xE9: i += 3
      case 0xEF where byte(i + 1) == 0xBC || (byte(i + 1) == 0xBD && byte(i + 2) < 0x9E): i += 3
      case 0xE2 where byte(i + 1) == 0x80 && byte(i + 2) >= 0x90 && byte(i + 2) <= 0xA7: i += 3
      case 0xE3 where byte(i + 1) == 0x80 && byte(i + 2) <= 0x9F: i += 3
      default: return bytes.text(start, end).count
      }
      count += 1
    }
    return count
  }
}
