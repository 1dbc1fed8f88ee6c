// Data may hold characters that command a terminal instead of being seen: escape sequences that recolour or
// rewrite the screen, marks that reverse the reading order. Here they become text that can be seen. What is safe is
// left exactly as it is. Knows nothing of widths.

/// Making every character of a text visible.
public enum Visible {
  /// The text with control characters as their pictures (`␛`, `␊`, `␡`) and with other characters that would act
  /// on the display instead of being seen (C1 controls, bidirectional marks, line and paragraph separators) as
  /// their numbers, `<U+202E>`.
  ///
  /// - Parameters:
  ///   - keepLines: leave line feeds (and the carriage return before one) as they are.
  ///   - keepTabs: leave tabs as they are.
  public static func text(_ text: String, keepLines: Bool = false, keepTabs: Bool = false) -> String {
    guard mayAct(text) else { return text }
    var out = ""
    out.reserveCapacity(text.utf8.count)
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if afterReturn {
        // Only a line feed redeems a carriage return: alone it would overwrite the line.
        out.unicodeScalars.append(scalar == "\n" && keepLines ? "\r" : "\u{240D}")
        afterReturn = false
      }
      switch scalar {
      case "\r": afterReturn = true
      case "\n" where keepLines, "\t" where keepTabs: out.unicodeScalars.append(scalar)
      default:
        if let picture = picture(of: scalar) { out += picture } else { out.unicodeScalars.append(scalar) }
      }
    }
    if afterReturn { out.unicodeScalars.append("\u{240D}") }
    return out
  }

  /// Whether a scalar acts on a display instead of being seen on it.
  public static func acts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    // Marks of direction, embeddings, overrides, isolates; line and paragraph separators.
    case 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  static func picture(of scalar: Unicode.Scalar) -> String? {
    guard acts(scalar) else { return nil }
    if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) { return String(picture) }
    if scalar.value == 0x7F { return "\u{2421}" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + ">"
  }

  /// A quick look at the bytes: nearly every text has none of those that could begin such a character.
  private static func mayAct(_ text: String) -> Bool {
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F { return true }
      if byte == 0xC2 || byte == 0xD8 || byte == 0xE2 { return true }
    }
    return false
  }
}
