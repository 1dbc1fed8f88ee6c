// Statements as texts: their words, the names in them, and what each column of an answer was asked for. No grammar:
// SQLite
// has that. Whatever is not understood here is left to it.

/// A piece of a statement.
package struct SQLWord: Sendable, Equatable {
  package enum Kind: Sendable {
    /// A word without quotation marks.
    case word
    /// A name in quotation marks.
    case name
    /// Text, numbers, signs.
    case other
  }

  package let kind: Kind
  /// Without quotation marks.
  package let text: String
  /// UTF-8 offsets in the statement.
  package let range: Range<Int>

  /// Whether it is this word of the language.
  func `is`(_ word: String) -> Bool { kind == .word && text.lowercased() == word }
  var isName: Bool { kind != .other }
}

/// Statements as texts.
package enum SQLText {
  /// A name as it may stand in any statement.
  package static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The pieces of a statement, without spaces and remarks. Whatever is never closed goes to the end.
  package static func words(of text: String) -> [SQLWord] {
    let bytes = Array(text.utf8)
    var words: [SQLWord] = []
    var at = 0
    while at < bytes.count {
      let start = at
      let byte = bytes[at]
      if byte <= 0x20 {
        at += 1
        continue
      }
      if byte == 0x2D, at + 1 < bytes.count, bytes[at + 1] == 0x2D {
        while at < bytes.count, bytes[at] != 0x0A { at += 1 }
        continue
      }
      if byte == 0x2F, at + 1 < bytes.count, bytes[at + 1] == 0x2A {
        at += 2
        while at + 1 < bytes.count, !(bytes[at] == 0x2A && bytes[at + 1] == 0x2F) { at += 1 }
        at = min(at + 2, bytes.count)
        continue
      }
      if let closing = closing(byte) {
        let inner = quoted(bytes, &at, closing)
        words.append(SQLWord(kind: byte == 0x27 ? .other : .name, text: inner, range: start..<at))
        continue
      }
      if isLetter(byte) {
        while at < bytes.count, isLetter(bytes[at]) || isDigit(bytes[at]) { at += 1 }
        words.append(
          SQLWord(kind: .word, text: String(decoding: bytes[start..<at], as: UTF8.self), range: start..<at))
        continue
      }
      at += 1
      if isDigit(byte) { while at < bytes.count, isDigit(bytes[at]) || isLetter(bytes[at]) { at += 1 } }
      words.append(SQLWord(kind: .other, text: String(decoding: bytes[start..<at], as: UTF8.self), range: start..<at))
    }
    return words
  }

  private static func closing(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x22, 0x27, 0x60: byte
    case 0x5B: 0x5D
    default: nil
    }
  }

  private static func quoted(_ bytes: [UInt8], _ at: inout Int, _ closing: UInt8) -> String {
    var out: [UInt8] = []
    at += 1
    while at < bytes.count {
      if bytes[at] == closing {
        at += 1
        // Twice is once within.
        guard closing != 0x5D, at < bytes.count, bytes[at] == closing else { break }
      }
      out.append(bytes[at])
      at += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  // MARK: What was asked for

  /// A column of a table that an answer's column shows as it is, or of which it is the sum, the least or the greatest.
  ///
  /// - Returns: one for each entry of the list behind the statement's own `select`, nil for what is something else.
  static func asked(_ text: String) -> [String?] {
    let words = words(of: text)
    var depth = 0
    var entries: [[SQLWord]] = []
    var isInside = false
    for word in words {
      if word.text == "(" || word.text == ")", word.kind == .other { depth += word.text == "(" ? 1 : -1 }
      if depth == 0, !isInside, word.is("select") {
        isInside = true
        entries = [[]]
        continue
      }
      guard isInside else { continue }
      if depth == 0, ["from", "union", "intersect", "except", "order", "limit", "where"].contains(where: word.is) {
        break
      }
      if depth == 0, word.kind == .other, word.text == "," {
        entries.append([])
      } else if !(entries.count == 1 && entries[0].isEmpty && (word.is("distinct") || word.is("all"))) {
        entries[entries.count - 1].append(word)
      }
    }
    return entries.map(column)
  }

  private static let keeping: Set<String> = ["sum", "total", "min", "max"]

  /// The column behind one entry.
  private static func column(_ entry: [SQLWord]) -> String? {
    var words = entry[...]
    // `… as total`, `… total`
    if words.count >= 3, words[words.endIndex - 2].is("as") { words = words.dropLast(2) }
    if let last = words.last, last.isName, words.count >= 2, words.dropLast().last?.text == ")" {
      words = words.dropLast()
    }
    if let first = words.first, first.kind == .word, keeping.contains(first.text.lowercased()), words.count >= 4,
      words.dropFirst().first?.text == "(", words.last?.text == ")"
    {
      // Up to the bracket that closes the first; `filter (…)` and `over (…)` may follow.
      guard let end = words.firstIndex(where: { $0.kind == .other && $0.text == ")" }) else { return nil }
      let behind = words[(end + 1)...]
      guard behind.isEmpty || behind.first?.is("filter") == true || behind.first?.is("over") == true else { return nil }
      return name(words[(words.startIndex + 2)..<end])
    }
    return name(words)
  }

  /// `amount`, `p.amount`
  private static func name(_ words: ArraySlice<SQLWord>) -> String? {
    guard let last = words.last, last.isName else { return nil }
    if words.count == 1 { return last.text }
    let before = Array(words.dropLast())
    return before.count == 2 && before[0].isName && before[1].text == "." ? last.text : nil
  }
}
