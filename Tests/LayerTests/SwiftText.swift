// A Swift source cut into what the compiler reads and what people read: tokens, where comments and the contents of
// literals are gone, and comments. Knows where literals begin and end, also with interpolation, and nothing of grammar.

/// One source with its tokens and comments.
struct SwiftText {
  /// A word or a sign, with the line (from 1) where it stands.
  struct Token {
    let text: Substring
    let line: Int
    /// Whether it is the first of its line.
    let leads: Bool

    var isWord: Bool { text.first.map { $0 == "_" || $0 == "`" || $0.isLetter } ?? false }
    /// The word without backticks.
    var name: String { String(text.filter { $0 != "`" }) }
  }

  /// The file's name, the last part of its path.
  let file: String
  let lines: [Substring]
  /// Of code, and of what is interpolated into texts. A literal leaves its quotation marks.
  let tokens: [Token]
  /// The words of all comments, one space between them wherever lines break, so that a phrase is found across lines.
  let comments: String

  init(_ text: String, file: String) {
    self.file = file
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    self.lines = lines
    var cut = Cut(Array(text.utf8))
    cut.code(interpolated: false)
    tokens = Self.tokens(of: String(decoding: cut.code, as: UTF8.self))
    let said = String(decoding: cut.comment, as: UTF8.self).split(whereSeparator: {
      $0 == "\n" || $0 == " " || $0 == "\t"
    })
    comments = said.filter { !["//", "///", "*"].contains($0) }.joined(separator: " ")
  }

  private static func tokens(of code: String) -> [Token] {
    var found: [Token] = []
    for (number, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var rest = line.drop { $0 == " " || $0 == "\t" }
      var leads = true
      while let first = rest.first {
        let isWord = first == "_" || first == "`" || first.isLetter || first.isNumber
        let length = isWord ? rest.prefix { $0 == "_" || $0 == "`" || $0.isLetter || $0.isNumber }.count : 1
        found.append(Token(text: rest.prefix(length), line: number + 1, leads: leads))
        rest = rest.dropFirst(length).drop { $0 == " " || $0 == "\t" || $0 == "\r" }
        leads = false
      }
    }
    return found
  }
}

/// Walks once over the bytes. `code` and `comment` are as long as the source, with spaces for what is the other's.
private struct Cut {
  let bytes: [UInt8]
  var at = 0
  var code: [UInt8]
  var comment: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    code = bytes.map { $0 == newline ? newline : space }
    comment = code
  }

  private func sees(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

  /// Until the end, or until the parenthesis that ends an interpolation.
  mutating func code(interpolated: Bool) {
    var depth = 0
    while at < bytes.count {
      let byte = bytes[at]
      if sees("//") {
        remark { $0.bytes[$0.at] == newline }
      } else if sees("/*") {
        blockRemark()
      } else if byte == quote {
        literal(hashes: 0)
      } else if byte == hash, let hashes = hashesBeforeQuote() {
        literal(hashes: hashes)
      } else {
        code[at] = byte
        at += 1
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if interpolated, depth == 0 { return }
      }
    }
  }

  private mutating func remark(until ended: (Cut) -> Bool) {
    while at < bytes.count, !ended(self) {
      comment[at] = bytes[at]
      at += 1
    }
  }

  private mutating func blockRemark() {
    var depth = 0
    repeat {
      let step = sees("/*") ? 1 : sees("*/") ? -1 : 0
      depth += step
      at += step == 0 ? 1 : 2
      if step == 0, at <= bytes.count { comment[at - 1] = bytes[at - 1] }
    } while depth > 0 && at < bytes.count
  }

  private func hashesBeforeQuote() -> Int? {
    let count = bytes[at...].prefix { $0 == hash }.count
    return at + count < bytes.count && bytes[at + count] == quote ? count : nil
  }

  private mutating func literal(hashes: Int) {
    let signs = String(repeating: "#", count: hashes)
    at += hashes
    let marks = sees("\"\"\"") ? "\"\"\"" : "\""
    code[at] = quote
    at += marks.count
    while at < bytes.count {
      if sees(marks + signs) {
        code[at] = quote
        at += marks.count + hashes
        return
      }
      if marks.count == 1, bytes[at] == newline { return }
      if sees("\\" + signs) {
        at += 1 + hashes
        if at < bytes.count, bytes[at] == UInt8(ascii: "(") { code(interpolated: true) } else { at += 1 }
      } else {
        at += 1
      }
    }
  }
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
private let quote = UInt8(ascii: "\"")
private let hash = UInt8(ascii: "#")
