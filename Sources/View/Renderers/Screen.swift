// The text that goes to a terminal as it grows, and how roles look there. The colours are of middling lightness, so
// that they can be read on dark and on light backgrounds.

/// A stretch of visible text in one language, ready to be placed.
struct Piece: Hashable {
  let text: String
  let role: Role

  init(_ text: String, _ role: Role = .plain) {
    self.text = text
    self.role = role
  }
}

/// The signs that lines and bars are drawn with.
struct Glyphs: Sendable {
  let rule: String
  let doubleRule: String
  let bullet: String
  let ellipsis: String
  /// A node with further ones beside it, the last node, and the line past a node.
  let fork: String
  let corner: String
  let trunk: String
  /// Parts of a bar's last column, from the thinnest to the full one.
  let eighths: [String]
  let axis: String
  let origin: String
  /// One for each series of a chart, in turn.
  let markers: [String]
  let trail: String
  /// One for each part of a stacked bar, in turn.
  let fills: [String]

  static let unicode = Glyphs(
    rule: "─", doubleRule: "═", bullet: "• ", ellipsis: "…", fork: "├─ ", corner: "└─ ", trunk: "│  ",
    eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], axis: "│", origin: "└",
    markers: ["●", "■", "▲", "◆"] + letters, trail: "·",
    fills: ["█", "▓", "▒", "░", "▚", "▄", "▌", "▖"] + letters)
  /// For screen readers: nothing but indentation.
  static let plain = Glyphs(
    rule: "", doubleRule: "", bullet: "- ", ellipsis: "...", fork: "  ", corner: "  ", trunk: "  ", eighths: ["#"],
    axis: "|", origin: "+", markers: ["*", "o", "x", "+"] + letters, trail: ".",
    fills: ["#", "=", "+", "-", "*", "o", "x", "~"] + letters)
  static let ascii = Glyphs(
    rule: "-", doubleRule: "=", bullet: "* ", ellipsis: "...", fork: "|- ", corner: "`- ", trunk: "|  ",
    eighths: ["#"], axis: "|", origin: "+", markers: ["*", "o", "x", "+"] + letters, trail: ".",
    fills: ["#", "=", "+", "-", "*", "o", "x", "~"] + letters)

  /// What is left when the signs have run out, so that no two series look alike.
  private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
}

/// Lines for a terminal.
struct Screen {
  private(set) var text = ""
  let colour: Bool
  let palette: TerminalLook.Palette

  init(colour: Bool, palette: TerminalLook.Palette = .middle) {
    self.colour = colour
    self.palette = palette
  }

  mutating func lines(_ lines: [[Piece]]) { for line in lines { self.line(line) } }

  mutating func line(_ pieces: [Piece]) {
    write(pieces)
    text += "\n"
  }

  mutating func write(_ pieces: [Piece]) {
    for piece in pieces where !piece.text.isEmpty {
      if colour, let code = piece.role.code(palette) {
        text += "\u{1B}[" + code + "m" + piece.text + "\u{1B}[0m"
      } else {
        text += piece.text
      }
    }
  }
}
