// How each chart is laid out on a picture of 720 by as much as it needs. Each returns the height it took.

import Diagnostics

extension SVGRenderer {
  private static let margin = 8.0

  // MARK: Bars

  func draw(_ chart: BarChart, _ canvas: inout SVGCanvas) -> Double {
    guard !chart.bars.isEmpty else { return nothing(&canvas) }
    let names = chart.bars.map { canvas.cut(text($0.label), to: Self.width * 0.36) }
    let left = Self.margin + names.map { canvas.width(of: $0) }.greatest + 10
    let figures = chart.bars.map(\.value.label)
    let right = Self.width - Self.margin - figures.map { canvas.width(of: $0) }.greatest - 8
    let (low, high) = (chart.bars.map(\.value.position).filter(\.isFinite) + [0]).extent
    func x(_ value: Double) -> Double {
      guard value.isFinite, high > low else { return left }
      return left + (right - left) * (value / 2 - low / 2) / (high / 2 - low / 2)
    }
    for (i, bar) in chart.bars.enumerated() {
      let y = Self.margin + Double(i) * 28
      let (from, to) = (min(x(0), x(bar.value.position)), max(x(0), x(bar.value.position)))
      canvas.text(left - 10, y + 16, names[i], .end)
      if bar.value.position.isFinite, bar.value.position != 0 {
        canvas.bar(from, y + 3, max(to - from, 1), 18, Self.part(0), "\(text(bar.label)): \(figures[i])")
      }
      canvas.text(to + 7, y + 16, figures[i], .start, "label figure")
    }
    let height = Self.margin * 2 + Double(chart.bars.count) * 28 - 4
    canvas.line(x(0), Self.margin, x(0), height - Self.margin, "axis")
    guard let axis = chart.axis else { return height }
    canvas.text(Self.width - Self.margin, height + 10, text(axis), .end, "soft")
    return height + 20
  }

  // MARK: Lines

  func draw(_ chart: LineChart, _ canvas: inout SVGCanvas) -> Double {
    let series = chart.series.map { line in
      line.points.filter { $0.x.position.isFinite && $0.y.position.isFinite }.sorted { $0.x.position < $1.x.position }
    }
    let points = series.flatMap(\.self)
    guard let sample = points.first else { return nothing(&canvas) }
    let ys = points.map(\.y.position).extent
    let (low, high) = points.map(\.x.position).extent
    var y = AxisTicks(ys.low, ys.high, count: 5, whole: isWhole(sample.y))
    // An axis that nearly reaches zero begins there.
    if y.from > 0, y.from < (y.to - y.from) * 0.5 {
      y = AxisTicks(0, ys.high, count: 5, whole: isWhole(sample.y))
    }
    let names = y.values.map { tick($0, like: sample.y) }
    let top = legend(chart.series.map { text($0.name) }, &canvas) + 24
    let left = Self.margin + names.map { canvas.width(of: $0) }.greatest + 10
    let right = Self.width - 28
    let bottom = top + 240
    canvas.text(Self.margin, top - 12, text(chart.yTitle), .start, "soft")
    for (value, name) in zip(y.values, names) {
      let at = y.location(value, bottom, top)
      canvas.line(left, at, right, at, "grid")
      canvas.text(left - 8, at + 4, name, .end, "soft figure")
    }
    let location: (Double) -> Double
    if case .moment = sample.x {
      location = { high > low ? left + (right - left) * ($0 - low) / (high - low) : left }
      var named: [Double: String] = [:]
      for point in points { named[point.x.position] = point.x.label }
      across(named.sorted { $0.key < $1.key }.map { (location($0.key), $0.value) }, bottom, &canvas)
    } else {
      let x = AxisTicks(low, high, count: 7, whole: isWhole(sample.x))
      // The line fills the width: round figures stand within it.
      location = { high > low ? left + (right - left) * ($0 / 2 - low / 2) / (high / 2 - low / 2) : left }
      across(
        x.values.filter { $0 >= low && $0 <= high || low == high }.map { (location($0), tick($0, like: sample.x)) },
        bottom, &canvas)
    }
    canvas.line(left, bottom, right, bottom, "axis")
    for (i, line) in series.enumerated() {
      let drawn = line.map { (x: location($0.x.position), y: y.location($0.y.position, bottom, top)) }
      canvas.path(drawn, Self.part(i))
      guard line.count <= 60 else { continue }
      for (point, at) in zip(line, drawn) { canvas.dot(at.x, at.y, Self.part(i), "\(point.x.label): \(point.y.label)") }
    }
    canvas.text(right, bottom + 38, text(chart.xTitle), .end, "soft")
    return bottom + 48
  }

  // MARK: Tornado

  func draw(_ chart: TornadoChart, _ canvas: inout SVGCanvas) -> Double {
    guard !chart.bars.isEmpty else { return nothing(&canvas) }
    let ends = chart.bars.flatMap { [$0.low.position, $0.high.position] } + [chart.base.position]
    let (least, most) = ends.filter(\.isFinite).extent
    let ticks = AxisTicks(least, most, count: 4, whole: isWhole(chart.base))
    let names = chart.bars.map { canvas.cut(text($0.label), to: Self.width * 0.34) }
    let inputs = chart.bars.flatMap { [$0.lowInput, $0.highInput] }.map { canvas.width(of: text($0)) }.greatest
    let left = Self.margin + names.map { canvas.width(of: $0) }.greatest + 18 + inputs
    let right = max(Self.width - Self.margin - 8 - inputs, left + 60)
    let bottom = Self.margin + Double(chart.bars.count) * 30 + 4
    func x(_ value: Double) -> Double { ticks.location(value, left, right) }
    for value in ticks.values { canvas.line(x(value), Self.margin, x(value), bottom, "grid") }
    across(ticks.values.map { (x($0), tick($0, like: chart.base)) }, bottom, &canvas)
    for (i, bar) in chart.bars.enumerated() {
      let y = Self.margin + Double(i) * 30
      canvas.text(Self.margin, y + 18, names[i])
      for (value, input, style) in [(bar.low, bar.lowInput, "c2"), (bar.high, bar.highInput, "c1")]
      where value.position.isFinite {
        let (from, to) = (
          min(x(chart.base.position), x(value.position)), max(x(chart.base.position), x(value.position))
        )
        if to > from {
          canvas.bar(from, y + 4, to - from, 20, style, "\(text(bar.label)) = \(text(input)): \(value.label)")
        }
      }
      let (low, high) = bar.low.position <= bar.high.position ? (bar.low, bar.high) : (bar.high, bar.low)
      let (lowName, highName) =
        bar.low.position <= bar.high.position ? (bar.lowInput, bar.highInput) : (bar.highInput, bar.lowInput)
      let base = chart.base.position
      canvas.text(min(x(low.position), x(base)) - 5, y + 18, text(lowName), .end, "soft figure")
      canvas.text(max(x(high.position), x(base)) + 5, y + 18, text(highName), .start, "soft figure")
    }
    if chart.base.position.isFinite {
      canvas.line(x(chart.base.position), Self.margin, x(chart.base.position), bottom, "base")
    }
    canvas.text(Self.margin, bottom + 38, text(Text("Base: ", zh: "基准：")) + chart.base.label, .start, "soft figure")
    if let axis = chart.axis { canvas.text(Self.width - Self.margin, bottom + 38, text(axis), .end, "soft") }
    return bottom + 48
  }

  // MARK: Histogram

  func draw(_ chart: Histogram, _ canvas: inout SVGCanvas) -> Double {
    guard let first = chart.bins.first, let last = chart.bins.last else { return nothing(&canvas) }
    let y = AxisTicks(0, Double(chart.bins.map(\.count).greatest), count: 5, whole: true)
    let names = y.values.map { tick($0, like: .integer(0)) }
    let left = Self.margin + names.map { canvas.width(of: $0) }.greatest + 10
    let (top, bottom, right) = (30.0, 250.0, Self.width - 28)
    canvas.text(Self.margin, 14, text(chart.yTitle), .start, "soft")
    for (value, name) in zip(y.values, names) {
      let at = y.location(value, bottom, top)
      canvas.line(left, at, right, at, "grid")
      canvas.text(left - 8, at + 4, name, .end, "soft figure")
    }
    let step = (right - left) / Double(chart.bins.count)
    for (i, bin) in chart.bins.enumerated() {
      let at = y.location(Double(bin.count), bottom, top)
      canvas.bar(
        left + Double(i) * step + 1, at, step - 2, bottom - at, Self.part(0),
        "\(bin.from.label) – \(bin.to.label): \(bin.count)")
    }
    canvas.line(left, bottom, right, bottom, "axis")
    // Stretches of one length have round figures below them; others are named at their ends.
    let (low, high) = (first.from.position, last.to.position)
    let ticks = AxisTicks(low, high, count: 6, whole: isWhole(first.from))
    let within = ticks.values.filter { $0 >= low && $0 <= high }
    if isEven(chart.bins), within.count > 1 {
      across(
        within.map { (left + (right - left) * ($0 - low) / (high - low), tick($0, like: first.from)) }, bottom, &canvas)
    } else {
      let ends = chart.bins.enumerated().map {
        (left + Double($0.offset) * step, tick($0.element.from.position, like: first.from))
      }
      across(ends + [(right, tick(high, like: last.to))], bottom, &canvas)
    }
    guard let title = chart.xTitle else { return bottom + 32 }
    canvas.text(right, bottom + 38, text(title), .end, "soft")
    return bottom + 48
  }

  /// Whether all stretches are as long as the first, but for rounding.
  private func isEven(_ bins: [Histogram.Bin]) -> Bool {
    let lengths = bins.map { $0.to.position - $0.from.position }
    guard let first = lengths.first, first.isFinite, first > 0 else { return false }
    return lengths.allSatisfy { abs($0 - first) <= max(first * 0.01, 1) }
  }

  // MARK: Stacked months

  func draw(_ whole: StackedChart, _ canvas: inout SVGCanvas) -> Double {
    guard !whole.places.isEmpty, !whole.series.isEmpty else { return nothing(&canvas) }
    let chart = whole.gathered(most: Self.parts)
    let sums = chart.places.indices.map { location in
      chart.series.indices.reduce(0.0) { $0 + Double(max(chart.fen($1, location), 0)) }
    }
    let y = AxisTicks(0, sums.greatest, count: 5, whole: true)
    let names = y.values.map { tick($0, like: chart.value(0)) }
    let lines = chart.cumulative.map(Double.init) + (chart.limit.map { [Double($0)] } ?? [])
    let sum = AxisTicks(0, lines.greatest, count: 4, whole: true)
    let sumNames = sum.values.map { tick($0, like: chart.value(0)) }
    let left = Self.margin + (names + sumNames).map { canvas.width(of: $0) }.greatest + 10
    let right = Self.width - 28
    let top = legend(chart.series.map { text($0.name) }, &canvas) + 24
    let bottom = top + 200
    canvas.text(Self.margin, top - 12, text(chart.yTitle), .start, "soft")
    for (value, name) in zip(y.values, names) {
      let at = y.location(value, bottom, top)
      canvas.line(left, at, right, at, "grid")
      canvas.text(left - 8, at + 4, name, .end, "soft figure")
    }
    let step = (right - left) / Double(chart.places.count)
    let gap = min(step * 0.25, 8)
    for (i, location) in chart.places.enumerated() {
      var reached = 0.0
      for (part, series) in chart.series.enumerated() {
        let amount = Double(max(chart.fen(part, i), 0))
        guard amount > 0 else { continue }
        let (from, to) = (y.location(reached, bottom, top), y.location(reached + amount, bottom, top))
        let told = "\(location), \(text(series.name)): \(chart.value(chart.fen(part, i)).label)"
        canvas.bar(left + Double(i) * step + gap / 2, to, step - gap, from - to, Self.part(part), told)
        reached += amount
      }
    }
    canvas.line(left, bottom, right, bottom, "axis")
    let middles = chart.places.enumerated().map { (left + (Double($0.offset) + 0.5) * step, $0.element) }
    guard !chart.cumulative.isEmpty else {
      across(middles, bottom, &canvas)
      canvas.text(right, bottom + 38, text(chart.xTitle), .end, "soft")
      return bottom + 48
    }
    let (upper, lower) = (bottom + 44, bottom + 184)
    canvas.text(Self.margin, upper - 12, text(chart.soFar), .start, "soft")
    for (value, name) in zip(sum.values, sumNames) {
      let at = sum.location(value, lower, upper)
      canvas.line(left, at, right, at, "grid")
      canvas.text(left - 8, at + 4, name, .end, "soft figure")
    }
    let points = zip(middles, chart.cumulative).map { (x: $0.0, y: sum.location(Double($1), lower, upper)) }
    canvas.path(points, Self.part(0))
    for (i, at) in points.enumerated() where points.count <= 60 {
      canvas.dot(at.x, at.y, Self.part(0), "\(chart.places[i]): \(chart.value(chart.cumulative[i]).label)")
    }
    if let limit = chart.limit {
      let at = sum.location(Double(limit), lower, upper)
      canvas.line(left, at, right, at, "limit")
      canvas.text(
        left + 6, at - 5, text(Text("budget ", zh: "预算 ")) + chart.value(limit).label, .start, "label figure")
    }
    canvas.line(left, lower, right, lower, "axis")
    across(middles, lower, &canvas)
    canvas.text(right, lower + 38, text(chart.xTitle), .end, "soft")
    return lower + 48
  }

  // MARK: Parts

  /// Names below an axis, as many as there is room for.
  private func across(_ names: [(x: Double, name: String)], _ y: Double, _ canvas: inout SVGCanvas) {
    let widest = names.map { canvas.width(of: $0.name) }.greatest + 14
    var last = -Double.infinity
    for (x, name) in names where x - last >= widest {
      let half = canvas.width(of: name) / 2
      canvas.line(x, y, x, y + 4, "axis")
      canvas.text(min(max(x, half + 2), Self.width - half - 2), y + 19, name, .middle, "soft figure")
      last = x
    }
  }

  /// The names of several parts with their colours, in lines.
  /// - Returns: where they end.
  private func legend(_ names: [String], _ canvas: inout SVGCanvas) -> Double {
    guard names.count > 1 else { return 4 }
    var (x, y) = (Self.margin, Self.margin)
    for (i, name) in names.enumerated() {
      let shown = canvas.cut(name, to: Self.width * 0.4)
      let width = canvas.width(of: shown) + 34
      if x + width > Self.width, x > Self.margin { (x, y) = (Self.margin, y + 20) }
      canvas.bar(x, y + 2, 12, 12, Self.part(i), name)
      canvas.text(x + 18, y + 12, shown)
      x += width
    }
    return y + 20
  }

  private func isWhole(_ value: ChartValue) -> Bool {
    switch value {
    case .integer, .money, .myriads: true
    case .number, .share, .moment: false
    }
  }

  private func nothing(_ canvas: inout SVGCanvas) -> Double {
    canvas.text(Self.margin, 24, text(Text("(nothing to draw)", zh: "（无数据）")), .start, "soft")
    return 40
  }
}
