// Where text comes to stand in a window of a given width, by the rules libedit draws with. The editor needs it
// to find the first row of its own prompt again after the window has changed, and to align the list of
// completions. Knows nothing of the terminal beyond its width.

import CLibEdit

/// A place in the window that moves as text is written.
struct ScreenLayout: Equatable {
  let columns: Int
  private(set) var row = 0
  private(set) var column = 0

  init(columns: Int) { self.columns = max(columns, 2) }

  mutating func write(_ scalars: some Sequence<UInt32>) {
    for scalar in scalars { write(scalar) }
  }

  private mutating func write(_ scalar: UInt32) {
    switch scalar {
    case 0x09:
      repeat { put(1) } while column & 7 != 0
    case 0x0a:
      row += 1
      column = 0
    default:
      for width in Self.cells(scalar) { put(width) }
    }
  }

  /// Where the cursor stands when `next` follows it: a wide character that does not fit takes it along.
  mutating func settle(before next: UInt32?) {
    guard let next, DisplayWidth.of(next) > 1, column + 2 > columns else { return }
    row += 1
    column = 0
  }

  private mutating func put(_ width: Int) {
    if column + width > columns {
      row += 1
      column = 0
    }
    column += width
    if column >= columns {
      row += 1
      column = 0
    }
  }

  /// Control characters are drawn as ^X, others that cannot be printed by their number.
  private static func cells(_ scalar: UInt32) -> [Int] {
    let width = DisplayWidth.of(scalar)
    if width >= 0 { return [max(width, 1)] }
    if scalar < 0x100 { return [1, 1] }
    return Array(repeating: 1, count: scalar > 0xffff ? 8 : 7)
  }
}

/// Columns that text takes on the terminal: two for Chinese characters, none for combining marks.
enum DisplayWidth {
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
