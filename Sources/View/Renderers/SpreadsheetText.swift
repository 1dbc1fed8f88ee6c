// Text in a file of values that a spreadsheet would carry out as a formula. Knows nothing of files.

/// Text that stays text in a spreadsheet.
package enum SpreadsheetText {
  /// The text with an apostrophe before it where a spreadsheet would take it for a formula: where it begins with `=`,
  /// `+`, `-`, `@` (full width too), a tab or a carriage return. A plain number is left alone, since it is one there as
  /// well.
  package static func inert(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, isActing(first), !isNumber(text) else { return text }
    return "'" + text
  }

  /// Whether a byte may begin a text that `inert` changes.
  package static func mayAct(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0xEF: true
    default: false
    }
  }

  private static func isActing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠": true
    default: false
    }
  }

  /// A sign, digits, and perhaps decimals.
  private static func isNumber(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    guard let first = digits.first, (0x30...0x39).contains(first) else { return false }
    return digits.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } && digits.count { $0 == 0x2E } <= 1
      && (text.utf8.first == 0x2B || text.utf8.first == 0x2D)
  }
}
