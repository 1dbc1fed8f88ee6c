// Charts in a terminal that need no canvas: horizontal bars for bar charts and histograms, ranges for tornado charts.
// Figures that are not finite have no bar, but their label is shown.

import Diagnostics

extension TerminalRenderer {
  func draw(_ chart: Chart, on screen: inout Screen) {
    if let title = chart.title { screen.lines(wrap([Piece(text(title), .title)])) }
    if let subtitle = chart.subtitle { screen.lines(wrap([Piece(text(subtitle), .muted)])) }
    switch chart {
    case .bars(let chart): draw(chart.bars.map { (text($0.label), $0.value, $0.role) }, on: &screen)
    case .histogram(let chart):
      draw(chart.bins.map { ("\($0.from.label) – \($0.to.label)", .integer($0.count), .name) }, on: &screen)
    case .tornado(let chart): draw(chart, on: &screen)
    case .lines(let chart): draw(chart, on: &screen)
    case .stacked(let chart): draw(chart, on: &screen)
    }
  }

  /// Labels to the left, at most a third of the window, shortened visibly.
  func labels(_ texts: [String]) -> (texts: [String], width: Int) {
    let widest = min(texts.map { columns.of($0) }.greatest, max(width / 3, 4))
    return (
      texts.map { columns.padded(columns.shortened($0, to: widest, ellipsis: glyphs.ellipsis), to: widest) }, widest
    )
  }

  private func draw(_ bars: [(label: String, value: ChartValue, role: Role)], on screen: inout Screen) {
    guard !bars.isEmpty else { return nothing(on: &screen) }
    let (names, nameWidth) = labels(bars.map(\.label))
    let figures = bars.map { visible($0.value.label) }
    let room = width - nameWidth - figures.map { columns.of($0) }.greatest - 2
    let ends = (bars.map { $0.value.position }.filter(\.isFinite) + [0]).extent
    let scale = Scale(from: ends.low, to: ends.high, columns: max(room, 0))
    for (i, bar) in bars.enumerated() {
      // Without room for bars the figures still stand beside their names.
      let drawn = room < 4 ? "" : self.bar(from: 0, to: bar.value.position, scale) + " "
      let line = [Piece(names[i] + " "), Piece(drawn, bar.role), Piece(figures[i], .number)]
      if width(of: line) <= width { screen.line(line) } else { screen.lines(wrap(line)) }
    }
  }

  /// A bar between two figures, with the empty space before it; its last column filled by eighths.
  private func bar(from: Double, to: Double, _ scale: Scale) -> String {
    guard from.isFinite, to.isFinite else { return "" }
    let start = scale.eighths(min(from, to))
    let end = scale.eighths(max(from, to))
    let full = glyphs.eighths.last ?? "#"
    let blank = String(repeating: " ", count: start / 8)
    let whole = max(0, end / 8 - start / 8)
    let part = end % 8
    let tail = part == 0 || glyphs.eighths.count < 8 ? "" : glyphs.eighths[part - 1]
    // Something that is not nothing shows at least a sliver.
    let sliver = whole == 0 && tail.isEmpty && from != to ? glyphs.eighths[0] : ""
    return blank + String(repeating: full, count: whole) + tail + sliver
  }

  private func draw(_ chart: TornadoChart, on screen: inout Screen) {
    guard !chart.bars.isEmpty else { return nothing(on: &screen) }
    let (names, nameWidth) = labels(chart.bars.map { text($0.label) })
    let ends = chart.bars.flatMap { [$0.low.position, $0.high.position] } + [chart.base.position]
    let (low, high) = ends.filter(\.isFinite).extent
    let room = max(width - nameWidth - 1, 4)
    let scale = Scale(from: low, to: high, columns: room)
    let margin = String(repeating: " ", count: nameWidth + 1)
    for (i, bar) in chart.bars.enumerated() {
      screen.line([Piece(names[i] + " "), Piece(self.bar(from: bar.low.position, to: bar.high.position, scale), .name)])
      let range = "\(text(bar.lowInput)) → \(bar.low.label)   \(text(bar.highInput)) → \(bar.high.label)"
      for line in wrap([Piece(visible(range), .muted)], to: room) { screen.line([Piece(margin)] + line) }
    }
    let base = Text("Base: ", zh: "基准：").in(language)
    screen.lines(wrap([Piece(base, .muted), Piece(visible(chart.base.label), .number)]))
  }

  func nothing(on screen: inout Screen) {
    screen.line([Piece(Text("(nothing to draw)", zh: "（无数据）").in(language), .muted)])
  }
}

/// An axis: figures to columns.
struct Scale {
  let from: Double
  let to: Double
  let columns: Int

  /// The place of a figure as a share of the axis, 0 to 1; 0 on an axis without length.
  func share(_ value: Double) -> Double {
    // Halves, so that the length of the longest axes is still finite.
    let length = to / 2 - from / 2
    guard value.isFinite, length > 0, length.isFinite else { return 0 }
    return min(max((value / 2 - from / 2) / length, 0), 1)
  }

  func eighths(_ value: Double) -> Int { Int((share(value) * Double(columns) * 8).rounded()) }

  /// The column of a point, 0 to the last.
  func column(_ value: Double) -> Int { Int((share(value) * Double(max(columns - 1, 0))).rounded()) }
}
