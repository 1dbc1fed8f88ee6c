// How many cells text takes, by the same table that libedit draws with: the C library's. Answers use the tables of
// Diagnostics instead, which follow Unicode wherever the program runs; here both sides of the cursor have to agree with
// libedit. Knows nothing of where the text stands.

import CLibEdit

/// Columns that text takes on the terminal: two for Chinese characters, none for combining marks.
enum CellWidth {
  /// Of one character; -1 when it cannot be printed.
  static func of(_ scalar: UInt32) -> Int { Int(edit_width(scalar)) }

  /// Of a text without line feeds or escape sequences.
  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + max(of($1.value), 0) }
  }

  /// The text in at most `width` columns, with an ellipsis where something was cut.
  static func cut(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    guard width > 0 else { return "" }
    var kept = ""
    var used = 1
    for character in text {
      let next = of(String(character))
      guard used + next <= width else { break }
      kept.append(character)
      used += next
    }
    return kept + "…"
  }

  /// The text with control characters made visible, so that a name cannot command the terminal.
  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 || scalar.value == 0x7f {
        // The pictures of control characters stand in the same order as the characters.
        result.append(Unicode.Scalar(scalar.value == 0x7f ? 0x2421 : 0x2400 + scalar.value) ?? "\u{fffd}")
      } else if of(scalar.value) < 0 || isDirectionControl(scalar.value) {
        result.append("\u{fffd}")
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isDirectionControl(_ scalar: UInt32) -> Bool {
    (0x202a...0x202e).contains(scalar) || (0x2066...0x2069).contains(scalar)
  }
}
