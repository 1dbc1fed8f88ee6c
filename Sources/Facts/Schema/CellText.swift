// The text of a cell in the plainest writing of the same characters: full-width digits and marks as ASCII, every dash
// as a hyphen. Knows nothing of what cells mean.

/// The plainest writing of a text.
enum CellText {
  /// Full-width characters as ASCII, dashes as hyphens, blanks of any kind as spaces, and none at either end.
  static func plain(_ text: String) -> String {
    if isPlainest(text) { return text }
    var out = String.UnicodeScalarView()
    for scalar in Members.trimmed(text[...]).unicodeScalars { out.append(plain(scalar)) }
    return String(out)
  }

  /// The same without any blank: for names and headings, in which blanks and line ends only fill.
  static func closed(_ text: String) -> String {
    if isPlainest(text) { return text }
    return String(String.UnicodeScalarView(plain(text).unicodeScalars.filter { !Members.isBlank($0) }))
  }

  /// Whether a text is letters, digits and marks of ASCII without a blank, and Chinese characters: nearly every name.
  private static func isPlainest(_ text: String) -> Bool {
    var left = 0
    for byte in text.utf8 {
      if left > 0 {
        // Of the characters that begin with E4 those below 4E00 are rare.
        if left == 3, byte < 0xB8 { return false }
        left = left == 3 ? 1 : left - 1
      } else if byte &- 0x21 <= 0x7E - 0x21 {
        continue
      } else if byte &- 0xE4 <= 0xE9 - 0xE4 {
        left = byte == 0xE4 ? 3 : 2
      } else {
        return false
      }
    }
    return true
  }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x21...0x7E: return scalar
    case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x2010...0x2015, 0x2212, 0x2500, 0xFE63: return "-"
    case 0x3002: return "."
    case 0xFFE5, 0xA5: return "¥"
    default: return Members.isBlank(scalar) ? " " : scalar
    }
  }

  /// Digits and nothing else, at least one.
  static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether a text is a number in scientific notation as a spreadsheet shows a long one: `3.50182E+17`.
  static func isScientific(_ text: some StringProtocol) -> Bool {
    guard (5...24).contains(text.utf8.count) else { return false }
    let bytes = Array(text.utf8)
    guard let e = bytes.firstIndex(where: { $0 == 0x45 || $0 == 0x65 }), e > 0, e + 1 < bytes.count else {
      return false
    }
    let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
    let mantissa = bytes[..<e].split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
    guard mantissa.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }), mantissa[0].count == 1 else { return false }
    let power = bytes[(e + 1)...].drop { $0 == 0x2B }
    guard !power.isEmpty, bytes.count - e - 1 - power.count <= 1, power.count <= 3, power.allSatisfy(isDigit) else {
      return false
    }
    // Shorter numbers are not shown so; an id such as `7E2` is an id.
    return power.reduce(0) { $0 * 10 + Int($1 - 0x30) } >= 11
  }
}
