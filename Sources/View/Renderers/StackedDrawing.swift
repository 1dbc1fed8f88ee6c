// Months in a terminal, each a bar of its parts. A part is told from another by its filling, so that no colour is
// needed; a part too small for a column is in the sum and in the figures, and the legend names it all the same.

import Diagnostics

extension TerminalRenderer {
  func draw(_ whole: StackedChart, on screen: inout Screen) {
    guard !whole.places.isEmpty, !whole.series.isEmpty else { return nothing(on: &screen) }
    let chart = whole.gathered(most: glyphs.fills.count)
    let (names, nameWidth) = labels(chart.places.map { visible($0) })
    let passed = chart.passed
    let figures = chart.places.indices.map { location -> String in
      var figure = chart.value(chart.sum(location)).label
      if location < chart.cumulative.count { figure += "  " + chart.value(chart.cumulative[location]).label }
      return figure
    }
    let room = max(width - nameWidth - figures.map { columns.of($0) }.greatest - 4, 0)
    // Parts below zero are taken back from elsewhere: a bar shows what is paid.
    let paid = chart.places.indices.map { location in
      chart.series.indices.map { Double(max(chart.fen($0, location), 0)) }
    }
    let top = paid.map { $0.reduce(0, +) }.greatest
    let roles: [Role] = [.name, .warning, .article, .keyword]
    screen.lines(
      wrap(
        [Piece(text(chart.yTitle), .muted)]
          + (chart.cumulative.isEmpty ? [] : [Piece("  " + text(chart.soFar), .muted)])))
    for location in chart.places.indices {
      var line = [Piece(names[location] + " ")]
      var reached = 0.0
      var drawn = 0
      for (part, amount) in paid[location].enumerated() where top > 0 && room >= 4 {
        reached += amount
        let end = Int((reached / top * Double(room)).rounded())
        if end > drawn {
          line.append(
            Piece(
              String(repeating: glyphs.fills[part % glyphs.fills.count], count: end - drawn), roles[part % roles.count])
          )
        }
        drawn = max(drawn, end)
      }
      line.append(Piece((drawn > 0 ? " " : "") + figures[location], location == passed ? .bad : .number))
      if width(of: line) <= width { screen.line(line) } else { screen.lines(wrap(line)) }
    }
    if chart.series.count > 1 {
      for (part, series) in chart.series.enumerated() {
        hang(
          Piece(glyphs.fills[part % glyphs.fills.count] + " ", roles[part % roles.count]), [Piece(text(series.name))],
          on: &screen)
      }
    }
    if let limit = chart.limit { screen.lines(wrap([Piece(text(chart.verdict(limit)), passed == nil ? .good : .bad)])) }
  }
}

extension StackedChart {
  /// The same with no more series than can be told apart: the smallest are one, named by what it holds.
  func gathered(most: Int) -> StackedChart {
    guard most > 1, series.count > most else { return self }
    let sizes = series.map { $0.fen.reduce(0.0) { $0 + Double($1).magnitude } }
    let largest = Set(series.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }.prefix(most - 1))
    let rest = series.indices.filter { !largest.contains($0) }
    var chart = self
    chart.series = rest.map { series[$0] }
    let sums = places.indices.map { chart.sum($0) }
    let names = chart.series.map(\.name)
    let others = Series(
      Text(
        "the other \(rest.count): \(names.map(\.en).joined(separator: ", "))",
        zh: "其余\(rest.count)项：\(names.map(\.zh).joined(separator: "、"))"),
      fen: sums)
    chart.series = series.indices.filter { largest.contains($0) }.map { series[$0] } + [others]
    return chart
  }

  /// Whether and when a limit is passed.
  func verdict(_ limit: Int64) -> Text {
    let budget = value(limit).label
    if let passed, passed < places.count {
      let over = cumulative[passed].subtractingReportingOverflow(limit).partialValue
      return Text(
        "The budget of \(budget) \(unit.en) is passed in \(places[passed]), by \(value(over).label) \(unit.en) "
          + "at its end.",
        zh: "预算 \(budget) \(unit.zh)在 \(places[passed]) 用完，当月末超出 \(value(over).label) \(unit.zh)。")
    }
    guard let last = cumulative.last else {
      return Text("The budget is \(budget) \(unit.en).", zh: "预算 \(budget) \(unit.zh)。")
    }
    let left = limit.subtractingReportingOverflow(last).partialValue
    return Text(
      "The budget of \(budget) \(unit.en) is not passed; \(value(left).label) \(unit.en) are left.",
      zh: "预算 \(budget) \(unit.zh)未用完，余 \(value(left).label) \(unit.zh)。")
  }
}
