// Documents as lines of a terminal: wrapped to its width, coloured if it has colours. Every text is made visible
// before it gets here; the only control characters that come out are the renderer's own colours and line feeds.

import Diagnostics

/// Documents to terminal text.
package struct TerminalRenderer: Sendable {
  /// Columns, from 8 to 10,000.
  package let width: Int
  /// The language of the answer.
  package let language: Language
  let look: TerminalLook
  let columns: DisplayWidth
  let glyphs: Glyphs

  /// Whether roles become colours.
  package var colour: Bool { look.colour }

  /// A renderer with a look.
  package init(_ look: TerminalLook, language: Language) {
    self.look = look
    self.language = language
    width = min(max(look.width, 8), 10_000)
    columns = DisplayWidth(ambiguousWide: look.ambiguousWide)
    glyphs = look.isPlain ? .plain : look.ascii || look.ambiguousWide ? .ascii : .unicode
  }

  /// - Parameters:
  ///   - width: columns of the window; unsuitable numbers become the nearest suitable one.
  ///   - ambiguousWide: whether signs such as ─ and … take two columns; then lines are drawn in ASCII.
  ///   - ascii: draw lines and bars in ASCII (texts stay as they are).
  package init(
    width: Int = 80, colour: Bool = false, language: Language = .en, ambiguousWide: Bool = false, ascii: Bool = false
  ) {
    var look = TerminalLook(width: width, colour: colour)
    look.ambiguousWide = ambiguousWide
    look.ascii = ascii
    self.init(look, language: language)
  }

  /// The whole document, each line ending in a line feed; blocks stand apart by an empty line.
  package func render(_ document: Document) -> String {
    var screen = Screen(colour: colour && !look.isPlain, palette: look.palette)
    var previous: Block?
    for block in document.blocks {
      if let previous, !isClose(previous, block) { screen.line([]) }
      draw(block, on: &screen)
      previous = block
    }
    return screen.text
  }

  /// Spans on one line without a line feed and without wrapping, for prompts and progress.
  package func render(line spans: [Span]) -> String {
    var screen = Screen(colour: colour && !look.isPlain, palette: look.palette)
    screen.write(pieces(spans))
    return screen.text
  }

  private func isClose(_ first: Block, _ second: Block) -> Bool {
    if case .heading = first {
      if case .heading = second { return false }
      return true
    }
    if case .note = first, case .note = second { return true }
    return false
  }

  private func draw(_ block: Block, on screen: inout Screen) {
    switch block {
    case .heading(let level, let spans): heading(level, spans, on: &screen)
    case .paragraph(let spans): screen.lines(wrap(pieces(spans)))
    case .list(let ordered, let items):
      let last = String(items.count).utf8.count
      for (i, item) in items.enumerated() {
        let mark =
          ordered ? String(repeating: " ", count: last - String(i + 1).utf8.count) + "\(i + 1). " : glyphs.bullet
        hang(Piece(mark, .muted), pieces(item), on: &screen)
      }
    case .table(let table): draw(table, on: &screen)
    case .tree(let nodes): draw(nodes, on: &screen)
    case .chart(let chart): draw(chart, on: &screen)
    case .code(let text, _):
      let shown = Visible.text(text, keepLines: true, keepTabs: true)
      for line in shown.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
        .trimmingLastEmpty()
      { screen.line([Piece(String(line), .code)]) }
    case .lines(let lines): for line in lines.told(in: language) { screen.line(pieces(line)) }
    case .rule: if !look.isPlain { screen.line([rule(min(width, 100))]) }
    case .note(let kind, let spans):
      let colon = Text(": ", zh: "：").in(language)
      let body = kind == .note ? tinted(pieces(spans), .muted) : pieces(spans)
      screen.lines(wrap([Piece(kind.word.in(language) + colon, kind.role)] + body))
    }
  }

  private func heading(_ level: Int, _ spans: [Span], on screen: inout Screen) {
    let lines = wrap(tinted(pieces(spans), .title))
    screen.lines(lines)
    guard level <= 2, !look.isPlain else { return }
    let longest = lines.map { width(of: $0) }.greatest
    let glyph = level <= 1 ? glyphs.doubleRule : glyphs.rule
    if longest > 0 { screen.line([Piece(String(repeating: glyph, count: longest), .muted)]) }
  }

  /// Text after a mark, its further lines under its beginning.
  func hang(_ mark: Piece, _ body: [Piece], on screen: inout Screen) {
    let margin = columns.of(mark.text)
    let space = Piece(String(repeating: " ", count: margin))
    for (i, line) in wrap(body, to: max(width - margin, 4)).enumerated() {
      screen.line([i == 0 ? mark : space] + line)
    }
  }

  func rule(_ count: Int) -> Piece { Piece(String(repeating: glyphs.rule, count: max(0, count)), .muted) }

  /// Spans in the renderer's language with every character visible.
  /// - Parameter decimals: those of amounts in 万, so that a table's column has them alike.
  func pieces(_ spans: [Span], decimals: Int = 2) -> [Piece] {
    spans.map { span in
      let text = span.text.in(language)
      if look.unit == .wan, let amount = span.amount {
        let whole = Figures.wan(fen: amount, decimals: decimals)
        let figure = look.headsSayUnit ? String(whole.dropLast()) : whole
        return Piece(text.hasPrefix("+") ? "+" + figure : figure, span.role)
      }
      return Piece(look.isPlain ? Self.worded(visible(text), language) : visible(text), span.role)
    }
  }

  /// Signs as the words that a voice can say.
  private static func worded(_ text: String, _ language: Language) -> String {
    guard text.utf8.contains(where: { $0 == 0xE2 }) else { return text }
    var text = text
    let signs: [(String, Text)] = [
      ("✓", Text("yes:", zh: "是：")), ("✗", Text("no:", zh: "否：")), ("≤", Text("at most", zh: "至多")),
      ("≥", Text("at least", zh: "至少")), ("…", .same("...")), ("→", Text("to", zh: "至")),
    ]
    for (sign, word) in signs where text.contains(sign) { text = text.replacing(sign, with: word.in(language)) }
    return text
  }

  func text(_ text: Text) -> String { visible(text.in(language)) }

  /// A text on one line as this terminal may show it.
  func visible(_ text: String) -> String {
    Visible.text(look.coversNumbers ? PersonalNumbers.covered(text) : text)
  }

  /// Gives pieces without a role of their own one.
  func tinted(_ pieces: [Piece], _ role: Role) -> [Piece] {
    pieces.map { $0.role == .plain ? Piece($0.text, role) : $0 }
  }

  func width(of line: [Piece]) -> Int { line.reduce(0) { $0 + columns.of($1.text) } }

  func wrap(_ pieces: [Piece], to width: Int? = nil) -> [[Piece]] {
    Wrapping(columns: columns, width: width ?? self.width).lines(pieces)
  }
}

extension Array where Element == Substring {
  /// A text that ends in a line feed has no further, empty line.
  fileprivate func trimmingLastEmpty() -> [Substring] {
    guard count > 1, let last, last.isEmpty else { return self }
    return dropLast()
  }
}
