// Line charts in a terminal: points and the way between them on a grid of characters, the ends of both axes named.
// A series is told from another by its sign, so that no colour is needed.

import Diagnostics

extension TerminalRenderer {
  private static let rows = 12
  /// Where all figures are the same: their row and one to either side.
  private static let flatRows = 3
  private static let roles: [Role] = [.name, .warning, .article, .keyword]

  /// One character of the drawing.
  private typealias Sign = (sign: String, role: Role)

  func draw(_ chart: LineChart, on screen: inout Screen) {
    let series = chart.series.map { line in
      line.points.filter { $0.x.position.isFinite && $0.y.position.isFinite }
        .sorted { $0.x.position < $1.x.position }
    }
    let points = series.flatMap(\.self)
    guard let left = points.min(by: { $0.x.position < $1.x.position })?.x,
      let right = points.max(by: { $0.x.position < $1.x.position })?.x,
      let bottom = points.min(by: { $0.y.position < $1.y.position })?.y,
      let top = points.max(by: { $0.y.position < $1.y.position })?.y
    else { return nothing(on: &screen) }

    let isFlat = top.position == bottom.position
    let rows = isFlat ? Self.flatRows : Self.rows
    let middle = bottom.moved(to: bottom.position / 2 + top.position / 2)
    var names: [Int: String] = [0: visible(top.label), rows - 1: visible(bottom.label)]
    if isFlat {
      names = [1: visible(top.label)]
    } else if let middle {
      names[(rows - 1) / 2] = visible(middle.label)
    }
    let nameWidth = names.values.map { columns.of($0) }.greatest
    let room = width - nameWidth - 2
    guard room >= 8 else {
      // Too narrow to draw: the figures themselves are better than a smudge.
      var table = chart.table
      table.title = nil
      return draw(table, on: &screen)
    }

    let across = Scale(from: left.position, to: right.position, columns: room)
    let up = Scale(from: bottom.position, to: top.position, columns: rows)
    let grid = grid(of: series, rows: rows, across: across) { isFlat ? 1 : rows - 1 - up.column($0) }
    screen.lines(wrap([Piece(text(chart.yTitle), .muted)]))
    for (n, line) in grid.enumerated() {
      let name = columns.padded(names[n] ?? "", to: nameWidth, right: true)
      let last = line.lastIndex { $0.sign != " " } ?? -1
      let body = line[..<(last + 1)].map { Piece($0.sign, $0.role) }
      screen.line([Piece(name + " ", .number), Piece(glyphs.axis, .muted)] + merged(body))
    }
    drawAxis(from: left, to: right, margin: nameWidth + 1, room: room, on: &screen)
    screen.lines(wrap([Piece(text(chart.xTitle), .muted)]))
    if series.count > 1 {
      for (i, line) in chart.series.enumerated() {
        let sign = Piece(glyphs.markers[i % glyphs.markers.count] + " ", Self.roles[i % Self.roles.count])
        hang(sign, [Piece(text(line.name))], on: &screen)
      }
    }
  }

  /// The signs of all series: first the ways between points, over them the points.
  private func grid(
    of series: [[LineChart.Point]], rows: Int, across: Scale, row: (Double) -> Int
  ) -> [[Sign]] {
    var grid: [[Sign]] = Array(repeating: Array(repeating: (" ", .plain), count: across.columns), count: rows)
    for (i, line) in series.enumerated() {
      let role = Self.roles[i % Self.roles.count]
      for (a, b) in zip(line, line.dropFirst()) {
        let (start, end) = (across.column(a.x.position), across.column(b.x.position))
        guard end > start + 1 else { continue }
        for column in (start + 1)..<end {
          let share = Double(column - start) / Double(end - start)
          let y = a.y.position * (1 - share) + b.y.position * share
          if grid[row(y)][column].sign == " " { grid[row(y)][column] = (glyphs.trail, role) }
        }
      }
    }
    for (i, line) in series.enumerated() {
      for point in line {
        let sign = glyphs.markers[i % glyphs.markers.count]
        grid[row(point.y.position)][across.column(point.x.position)] = (sign, Self.roles[i % Self.roles.count])
      }
    }
    return grid
  }

  /// The line below the drawing, with the names of its ends.
  private func drawAxis(
    from left: ChartValue, to right: ChartValue, margin: Int, room: Int, on screen: inout Screen
  ) {
    let margin = String(repeating: " ", count: margin)
    screen.line([Piece(margin + glyphs.origin + String(repeating: glyphs.rule, count: room), .muted)])
    let under = Piece(margin + " ")
    let (first, last) = (visible(left.label), visible(right.label))
    let space = room - columns.of(first) - columns.of(last)
    if left.position == right.position {
      screen.line([under, Piece(first, .number)])
    } else if space >= 1 {
      screen.line([under, Piece(first + String(repeating: " ", count: space) + last, .number)])
    } else {
      screen.lines(wrap([Piece("\(first) – \(last)", .number)]))
    }
  }

  /// Neighbours with one role as one piece, so that they share one colour code.
  private func merged(_ pieces: [Piece]) -> [Piece] {
    var out: [Piece] = []
    for piece in pieces {
      if let last = out.last, last.role == piece.role {
        out[out.count - 1] = Piece(last.text + piece.text, piece.role)
      } else {
        out.append(piece)
      }
    }
    return out
  }
}
