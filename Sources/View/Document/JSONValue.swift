// JSON values and their text, for the contract with other programs: one object on a line, keys in the order given,
// amounts as strings of yuan. Only writes; knows nothing of what the keys mean.

import Diagnostics

/// A JSON value.
package indirect enum JSONValue: Sendable, Hashable {
  /// Keys in the order in which they are written.
  case object([Member])
  case array([JSONValue])
  case string(String)
  case int(Int64)
  case bool(Bool)
  /// The text of a number, such as `0.375`. If it is not one by JSON's grammar it is written as a string.
  case number(String)
  case null

  /// A key of an object with its value.
  package struct Member: Sendable, Hashable {
    /// Unique within its object by custom; it is not checked.
    package let key: String
    /// What stands under the key.
    package let value: JSONValue

    /// A key with its value.
    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// An amount in fen as the contract has it, a string of yuan with two decimals: `"1234.50"`.
  package static func money(fen: Int64) -> JSONValue { .string(Figures.money(exactly: fen, grouped: false)) }

  /// An array of strings.
  package static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// The value on one line, without a line end.
  package var line: String {
    var writer = JSONWriter()
    writer.write(self)
    return writer.text
  }

  /// The value of a key of an object; nil for other values and missing keys.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  /// An object in the order of the literal.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  /// An array.
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// A string.
  package init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  package init(integerLiteral value: Int64) { self = .int(value) }
  /// A truth value.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Null.
  package init(nilLiteral: ()) { self = .null }
}

/// Writes values as bytes. Nesting is kept in a list instead of on the call stack, so that depth is no danger.
struct JSONWriter {
  private var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  private enum Task {
    case value(JSONValue)
    case members(ArraySlice<JSONValue.Member>)
    case elements(ArraySlice<JSONValue>)
  }

  mutating func write(_ value: JSONValue) {
    var tasks: [Task] = [.value(value)]
    while let task = tasks.popLast() {
      switch task {
      case .value(.object(let members)):
        append("{")
        tasks.append(.members(members[...]))
      case .value(.array(let elements)):
        append("[")
        tasks.append(.elements(elements[...]))
      case .value(let value): scalar(value)
      case .members(let rest):
        guard let member = rest.first else {
          append("}")
          continue
        }
        if rest.startIndex > 0 { append(",") }
        string(member.key)
        append(":")
        tasks.append(.members(rest.dropFirst()))
        tasks.append(.value(member.value))
      case .elements(let rest):
        guard let element = rest.first else {
          append("]")
          continue
        }
        if rest.startIndex > 0 { append(",") }
        tasks.append(.elements(rest.dropFirst()))
        tasks.append(.value(element))
      }
    }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func scalar(_ value: JSONValue) {
    switch value {
    case .string(let text): string(text)
    case .int(let value): bytes.append(contentsOf: String(value).utf8)
    case .bool(true): append("true")
    case .bool(false): append("false")
    case .number(let text): if Self.isNumber(text) { bytes.append(contentsOf: text.utf8) } else { string(text) }
    case .null, .object, .array: append("null")
    }
  }

  private mutating func string(_ text: String) {
    append("\"")
    if Self.isSafe(text) {
      bytes.append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars { escape(scalar) }
    }
    append("\"")
  }

  /// Beyond what JSON demands, whatever would act on a terminal is escaped too, and the line and paragraph
  /// separators that some readers take for line ends.
  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case _ where Visible.acts(scalar):
      let digits = String(scalar.value, radix: 16)
      append("\\u")
      for _ in digits.utf8.count..<max(4, digits.utf8.count) { append("0") }
      bytes.append(contentsOf: digits.utf8)
    default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  /// Whether no byte could belong to a character that needs escaping.
  private static func isSafe(_ text: String) -> Bool {
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F { return false }
      if byte == 0xC2 || byte == 0xD8 || byte == 0xE2 { return false }
    }
    return true
  }

  /// `-`? whole (`.` digits)? (`e` sign? digits)?, no leading zeros.
  static func isNumber(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func digits() -> Int {
      let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    if rest.first == UInt8(ascii: "0") { rest = rest.dropFirst() } else if digits() == 0 { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      if digits() == 0 { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      if digits() == 0 { return false }
    }
    return rest.isEmpty
  }
}
