// How answers look in a terminal, apart from what they say: the window, colours, signs, the unit of amounts. Chosen by
// whoever opens the terminal; the renderer only follows.

import Diagnostics

/// The look of answers in a terminal.
package struct TerminalLook: Sendable {
  /// Colours for a kind of background; `middle` can be read on both.
  package enum Palette: Sendable {
    case middle
    case dark
    case light
  }

  /// Columns of the window.
  package var width: Int
  /// Whether roles become colours.
  package var colour: Bool
  /// The colours for the window's background.
  package var palette: Palette = .middle
  /// Whether signs such as ─ and … take two columns; then lines are drawn in ASCII.
  package var ambiguousWide = false
  /// Draw lines and bars in ASCII (texts stay as they are).
  package var ascii = false
  /// For screen readers: no lines, no columns, signs as words.
  package var isPlain = false
  /// Whether the middle of identity numbers is covered, before a narrow column cuts them in two.
  package var coversNumbers = true
  /// In what amounts are written.
  package var unit: MoneyUnit = .yuan
  /// Whether the head of a table's column names the unit, so that its figures need not.
  var headsSayUnit = false
  /// Tables as wide as they need to be, with every column.
  package var widensTables = false
  /// What to type to see what a table leaves out, told below it.
  package var remedy: Text?

  /// A look with everything else as usual.
  package init(width: Int = 80, colour: Bool = false) {
    self.width = width
    self.colour = colour
  }
}

extension Role {
  /// The parameters of "select graphic rendition"; nil leaves the text as the terminal has it.
  func code(_ palette: TerminalLook.Palette) -> String? {
    func choose(_ middle: Int, dark: Int, light: Int) -> String {
      switch palette {
      case .middle: "38;5;\(middle)"
      case .dark: "38;5;\(dark)"
      case .light: "38;5;\(light)"
      }
    }
    switch self {
    case .plain, .number: return nil
    case .emphasis: return "3"
    case .strong, .title: return "1"
    case .prompt: return "1;" + choose(33, dark: 75, light: 25)
    case .money: return choose(29, dark: 114, light: 22)
    case .date: return choose(67, dark: 110, light: 24)
    case .name, .place, .code: return choose(30, dark: 80, light: 23)
    case .article: return choose(134, dark: 176, light: 90)
    case .keyword: return choose(33, dark: 75, light: 25)
    case .good: return choose(28, dark: 77, light: 22)
    case .bad: return choose(160, dark: 203, light: 124)
    case .warning: return choose(166, dark: 215, light: 130)
    case .muted: return choose(243, dark: 247, light: 240)
    }
  }
}
