// Identity numbers of residents (GB 11643): what offices write around them, the shorter ones of before 1999, what is
// wrong with one, and the birth, sex and county that a right one gives. Knows nothing of records or files.
import Reckoning

/// A right identity number's own facts.
package struct IdentityNumber: Sendable, Hashable {
  /// The day of birth that it gives.
  package let born: Day
  /// Whether it is a man's.
  let isMale: Bool
  /// The county that registered it first, as a code of six digits.
  package let county: Int32

  /// What is wrong with a text that should be one.
  package enum Fault: Hashable, Sendable, CaseIterable {
    /// Digits, but neither 18 nor 15 of them.
    case length
    /// Digits 7 to 14 are no day of birth.
    case birth
    /// The first two digits are those of no province.
    case region
    /// The last character does not follow from the others.
    case check
    /// No number at all.
    case other
  }

  /// What a cell holds.
  package enum Reading: Hashable, Sendable {
    /// A number, as it stands or as it is written without what stood around it.
    case number(String, IdentityNumber, Written)
    /// Something else, which may have been freed of what stood around it.
    case faulty(String, Fault)
  }

  /// How a right number was written.
  package enum Written: Hashable, Sendable {
    case asItIs
    /// With blanks, hyphens or quotation marks in it or around it.
    case filled
    /// With 15 digits, which are completed to 18.
    case short
  }

  /// Reads 18 bytes of which all is right; nil for anything else, which `read` explains. The way of nearly every cell.
  static func plain(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> IdentityNumber? {
    guard count == 18 else { return nil }
    var sum = 0
    for i in 0..<17 {
      let digit = Int(bytes[i]) &- 0x30
      if digit < 0 || digit > 9 { return nil }
      sum &+= digit &* weights[i]
    }
    guard last(sum) == bytes[17] || (bytes[17] == 0x78 && last(sum) == 0x58) else { return nil }
    return fields(bytes)
  }

  /// What a text is.
  package static func read(_ text: String) -> Reading {
    let bare = bared(text)
    let bytes = Array(bare.utf8)
    let digits = bytes.count { (0x30...0x39).contains($0) }
    let endsInX = bytes.last.map { $0 | 0x20 == 0x78 } ?? false
    guard digits == bytes.count || (digits == bytes.count - 1 && endsInX), digits >= 8 else {
      return .faulty(unquoted(text), .other)
    }
    if bytes.count == 15, !endsInX {
      guard let full = completed(bytes), let number = full.withUnsafeBufferPointer({ plain($0) }) else {
        return .faulty(bare, hasDay(bytes, isShort: true) ? .region : .birth)
      }
      return .number(String(decoding: full, as: UTF8.self), number, .short)
    }
    guard bytes.count == 18 else { return .faulty(bare, .length) }
    if let number = bytes.withUnsafeBufferPointer({ plain($0) }) {
      return .number(bare, number, bare == text ? .asItIs : .filled)
    }
    if !hasDay(bytes, isShort: false) { return .faulty(bare, .birth) }
    return .faulty(bare, provinces.contains(value(bytes, 0, 2)) ? .check : .region)
  }

  /// The text without blanks, hyphens and what programs put around a number so that it stays a text: an apostrophe,
  /// `="…"`, a tab or a backtick.
  static func bared(_ text: String) -> String {
    String(String.UnicodeScalarView(CellText.plain(text).unicodeScalars.filter { !isFilling($0) }))
  }

  /// A text that is no number, without what stands around it.
  private static func unquoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let from = scalars.firstIndex(where: { !isWrapping($0) }),
      let to = scalars.lastIndex(where: { !isWrapping($0) })
    else { return text }
    return String(scalars[from...to])
  }

  private static func isFilling(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || isWrapping(scalar)
  }

  private static func isWrapping(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "'", "\"", "`", "=", "‘", "’", "“", "”", "′", "´", "＝", "＇", "＂": true
    default: Members.isBlank(scalar)
    }
  }

  /// Whether a text looks like a number that says who somebody is: digits, 11 of them or more, in groups or not.
  static func looksPersonal(_ text: String) -> Bool {
    guard text.utf8.count <= 80 else { return false }
    let bare = bared(text)
    let digits = bare.utf8.count { (0x30...0x39).contains($0) }
    // A day with its time has colons, an amount has a unit or fewer digits.
    return digits >= 11 && bare.utf8.count - digits <= 1
  }

  // MARK: parts

  private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  /// The first two digits of provinces, and those of residence permits of Hong Kong, Macau and Taiwan.
  private static let provinces: Set<Int> = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
  ]

  private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> IdentityNumber? {
    bytes.baseAddress.flatMap { plain($0, bytes.count) }
  }

  /// The last character by the sum of the weighted ones before it.
  @inline(__always)
  private static func last(_ sum: Int) -> UInt8 {
    let rest = (12 &- sum % 11) % 11
    return rest == 10 ? 0x58 : UInt8(truncatingIfNeeded: 0x30 + rest)
  }

  private static func fields(_ bytes: UnsafePointer<UInt8>) -> IdentityNumber? {
    func value(_ from: Int, _ count: Int) -> Int {
      var out = 0
      for i in from..<from &+ count { out = out &* 10 &+ Int(bytes[i] &- 0x30) }
      return out
    }
    guard provinces.contains(value(0, 2)), let born = day(value(6, 4), value(10, 2), value(12, 2)) else { return nil }
    return IdentityNumber(born: born, isMale: bytes[16] & 1 == 1, county: Int32(truncatingIfNeeded: value(0, 6)))
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day? {
    (1850...2100).contains(year) ? Day(year: year, month: month, day: day) : nil
  }

  private static func value(_ bytes: [UInt8], _ from: Int, _ count: Int) -> Int {
    bytes[from..<from + count].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }

  private static func hasDay(_ bytes: [UInt8], isShort: Bool) -> Bool {
    isShort
      ? day(1900 + value(bytes, 6, 2), value(bytes, 8, 2), value(bytes, 10, 2)) != nil
      : day(value(bytes, 6, 4), value(bytes, 10, 2), value(bytes, 12, 2)) != nil
  }

  /// A number of 15 digits with the century and the last character that it lacks. Numbers of 15 digits were given to
  /// people born in the twentieth century.
  private static func completed(_ bytes: [UInt8]) -> [UInt8]? {
    guard hasDay(bytes, isShort: true) else { return nil }
    var full = bytes[..<6] + [0x31, 0x39] + bytes[6...]
    var sum = 0
    for (weight, byte) in zip(weights, full) { sum += weight * Int(byte & 0x0F) }
    full.append(last(sum))
    return Array(full)
  }
}
