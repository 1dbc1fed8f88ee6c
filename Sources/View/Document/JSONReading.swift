// JSON that another program wrote, as a value. Strict: what the grammar does not have is refused with its place.
// Nesting has a limit, so that no text can exhaust the stack. Knows nothing of what the keys mean.

import Diagnostics

/// Why a text is no JSON value.
package struct JSONMistake: Error, Sendable {
  /// What is wrong.
  package let message: Text
  /// How many bytes stand before the place.
  package let offset: Int
}

extension JSONValue {
  /// Reads one value, with nothing but white space around it. Numbers without a fraction or exponent that fit in 64
  /// bits become whole numbers, others keep their text. Of a key that stands twice the last value holds, as in most
  /// readers.
  package init(json text: String) throws(JSONMistake) {
    var reader = JSONReader(text)
    self = try reader.whole()
  }
}

private struct JSONReader {
  private let bytes: [UInt8]
  private var at = 0
  /// Deeper nesting is refused.
  private static let deepest = 64

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func whole() throws(JSONMistake) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw mistake("something stands behind the value", zh: "值之后还有内容") }
    return value
  }

  private func mistake(_ english: String, zh: String) -> JSONMistake {
    JSONMistake(message: Text(english, zh: zh), offset: at)
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
  }

  /// Takes a sign if it comes next, whatever space stands before it.
  private mutating func take(_ sign: UInt8) -> Bool {
    skipSpace()
    guard next == sign else { return false }
    at += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONMistake) -> JSONValue {
    guard depth < Self.deepest else {
      throw mistake("more than \(Self.deepest) levels of brackets", zh: "括号超过 \(Self.deepest) 层")
    }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case .some(0x30...0x39), UInt8(ascii: "-"): return try number()
    case nil: throw mistake("the text ends where a value is expected", zh: "此处应有值，文本却已结束")
    default: return try word()
    }
  }

  private mutating func object(depth: Int) throws(JSONMistake) -> JSONValue {
    at += 1
    var members: [JSONValue.Member] = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw mistake("a key in quotation marks is expected", zh: "此处应为带引号的键") }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw mistake("`:` is expected behind a key", zh: "键之后应为 `:`") }
      let value = try value(depth: depth + 1)
      guard !members.contains(where: { $0.key == key }) else {
        throw mistake("the key `\(key.prefix(40))` stands twice in an object", zh: "同一对象中键 `\(key.prefix(40))` 写了两次")
      }
      members.append(JSONValue.Member(key, value))
      guard members.count <= 1000 else { throw mistake("more than 1000 keys in an object", zh: "一个对象超过 1000 个键") }
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw mistake("`,` or `}` is expected", zh: "此处应为 `,` 或 `}`") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONMistake) -> JSONValue {
    at += 1
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat { elements.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw mistake("`,` or `]` is expected", zh: "此处应为 `,` 或 `]`") }
    return .array(elements)
  }

  private mutating func word() throws(JSONMistake) -> JSONValue {
    for (name, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[at...].starts(with: name.utf8) {
      at += name.utf8.count
      return value
    }
    throw mistake("a value is expected", zh: "此处应为值")
  }

  private mutating func number() throws(JSONMistake) -> JSONValue {
    let start = at
    while let byte = next, byte >= 0x30 && byte <= 0x39 || "+-.eE".utf8.contains(byte) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard JSONWriter.isNumber(text) else {
      at = start
      throw mistake("this is no number", zh: "这不是数字")
    }
    return Int64(text).map { .int($0) } ?? .number(text)
  }

  private mutating func string() throws(JSONMistake) -> String {
    at += 1
    var out: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw mistake("a control character in a string wants escaping", zh: "字符串里的控制字符须转义") }
      at += 1
      guard byte == UInt8(ascii: "\\") else {
        out.append(byte)
        continue
      }
      out.append(contentsOf: try escape().utf8)
    }
    guard next != nil else { throw mistake("a quotation mark is open", zh: "引号没有闭合") }
    at += 1
    return String(decoding: out, as: UTF8.self)
  }

  private mutating func escape() throws(JSONMistake) -> String {
    guard let sign = next else { throw mistake("a quotation mark is open", zh: "引号没有闭合") }
    at += 1
    switch sign {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(sign))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicode()
    default:
      at -= 1
      throw mistake("no such escape", zh: "没有这种转义")
    }
  }

  /// A character by its number, two of them where it lies beyond 65,535.
  private mutating func unicode() throws(JSONMistake) -> String {
    let first = try hexadecimal()
    if let scalar = UnicodeScalar(first) { return String(scalar) }
    guard first < 0xDC00, bytes[at...].starts(with: "\\u".utf8) else {
      throw mistake("half of a character", zh: "只有半个字符")
    }
    at += 2
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw mistake("half of a character", zh: "只有半个字符") }
    return String(scalar)
  }

  private mutating func hexadecimal() throws(JSONMistake) -> UInt32 {
    let digits = bytes[at...].prefix(4)
    guard digits.count == 4, let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      digits.first != UInt8(ascii: "+")
    else { throw mistake("four hexadecimal digits are expected", zh: "此处应为四位十六进制数字") }
    at += 4
    return number
  }
}
