// What the numbers and bytes of a column mean, as texts that everybody can read: decimals, dates, times, truths.

import Reckoning

/// What a column holds beside its form.
enum Meaning: Equatable, Sendable {
  case plain
  case unsigned
  case text
  case decimal(scale: Int)
  case date
  /// Since 1970, so many in a second; the same moment everywhere, or the time of the place where it was written.
  case moment(perSecond: Int64, isUniversal: Bool)
  /// What is no text, number or date.
  case other
}

/// Writes one value after another as text.
struct ValueText {
  let meaning: Meaning
  let column: String
  private var lastDay: (number: Int64, text: [UInt8])?

  init(_ meaning: Meaning, column: String) {
    self.meaning = meaning
    self.column = column
  }

  /// A whole number.
  mutating func text(_ number: Int64) throws(ParquetProblem) -> [UInt8] {
    switch meaning {
    case .plain: return Array(String(number).utf8)
    case .unsigned: return Array(String(UInt64(bitPattern: number)).utf8)
    case .decimal(let scale): return ValueText.decimal(Int128(number), scale)
    case .date: return try day(number)
    case .moment(let perSecond, let isUniversal):
      return try moment(seconds: ValueText.floor(number, perSecond), isUniversal)
    case .text, .other: throw .type(column: column)
    }
  }

  /// A number that need not be whole; nothing where it is none, which is how pandas writes what is not there. A number
  /// beyond all others is a mistake, which whoever reads the text says.
  func text(_ number: Double) throws(ParquetProblem) -> [UInt8] {
    guard meaning == .plain else { throw .type(column: column) }
    if number.isNaN { return [] }
    if number.isInfinite { return Array(number.description.utf8) }
    if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 { return Array(String(whole).utf8) }
    return Array(number.description.utf8)
  }

  /// The same of half the digits.
  func text(_ number: Float) throws(ParquetProblem) -> [UInt8] {
    guard meaning == .plain else { throw .type(column: column) }
    if number.isNaN { return [] }
    if number.isInfinite { return Array(number.description.utf8) }
    if let whole = Int64(exactly: number), whole.magnitude < 1 << 24 { return Array(String(whole).utf8) }
    return Array(number.description.utf8)
  }

  /// Bytes: a text, or a decimal whose highest byte stands first.
  func text(_ bytes: UnsafeRawBufferPointer) throws(ParquetProblem) -> [UInt8] {
    switch meaning {
    case .text, .plain: return Array(bytes)
    case .decimal(let scale):
      guard (1...16).contains(bytes.count) else { throw .type(column: column) }
      var value: Int128 = bytes[0] >= 0x80 ? -1 : 0
      for byte in bytes { value = value << 8 | Int128(byte) }
      return ValueText.decimal(value, scale)
    case .unsigned, .date, .moment, .other: throw .type(column: column)
    }
  }

  /// A moment as older programs write it: nanoseconds of a day, and the day by the Julian count, the same everywhere.
  mutating func text(nanoseconds: Int64, julian: Int32) throws(ParquetProblem) -> [UInt8] {
    let seconds = (Int64(julian) - 2_440_588) * 86_400 + nanoseconds / 1_000_000_000
    return try moment(seconds: seconds, true)
  }

  private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }

  /// `2022-03-01`, and the time of day where it is not midnight: with `Z` where it is Greenwich's,
  /// whose day may be another than that of whoever wrote it.
  private mutating func moment(seconds: Int64, _ isUniversal: Bool) throws(ParquetProblem) -> [UInt8] {
    let number = ValueText.floor(seconds, 86_400)
    let ofDay = seconds - number * 86_400
    var out = try day(number)
    guard ofDay != 0 else { return out }
    func two(_ value: Int64) -> [UInt8] { [UInt8(0x30 + value / 10), UInt8(0x30 + value % 10)] }
    out += [0x20] + two(ofDay / 3600) + [0x3A] + two(ofDay / 60 % 60) + [0x3A] + two(ofDay % 60)
    if isUniversal { out.append(UInt8(ascii: "Z")) }
    return out
  }

  private mutating func day(_ number: Int64) throws(ParquetProblem) -> [UInt8] {
    if let lastDay, lastDay.number == number { return lastDay.text }
    // The years 1 to 9999.
    guard (-719_162...2_932_896).contains(number) else { throw .type(column: column) }
    let text = Array(Day(number: Int32(number)).text.utf8)
    lastDay = (number, text)
    return text
  }

  private static func decimal(_ value: Int128, _ scale: Int) -> [UInt8] {
    var digits = Array(String(value.magnitude).utf8)
    while digits.count <= scale { digits.insert(0x30, at: 0) }
    if scale > 0 { digits.insert(0x2E, at: digits.count - scale) }
    return value < 0 ? [0x2D] + digits : digits
  }
}
