// Charts as values: bars, lines, tornado, histogram, months stacked by what they hold. They hold what is to be drawn
// and in which unit, not how. Each can also be read as a table, for formats that cannot draw.

import Diagnostics

/// A figure on an axis.
package enum ChartValue: Sendable, Hashable {
  /// An amount in fen.
  case money(fen: Int64)
  /// The same, shown in tens of thousands.
  case myriads(fen: Int64)
  case integer(Int64)
  case number(Double)
  /// A share of one: 0.5 is 50 %.
  case share(Double)
  /// A point in time: its place on the axis and what it is called.
  case moment(Int, String)

  /// Where it lies on an axis. Not finite when the figure is not.
  package var position: Double {
    switch self {
    case .money(let fen), .myriads(let fen): Double(fen)
    case .integer(let value): Double(value)
    case .number(let value), .share(let value): value
    case .moment(let location, _): Double(location)
    }
  }

  /// The figure as people read it.
  package var label: String {
    switch self {
    case .money(let fen): Figures.money(fen: fen)
    case .myriads(let fen): Figures.myriads(fen: fen, decimals: Figures.wanDecimals(fen: fen))
    case .integer(let value): Figures.integer(value)
    case .number(let value): Figures.decimal(value)
    case .share(let value): Figures.decimal(value * 100) + "%"
    case .moment(_, let name): name
    }
  }

  /// A figure of the same unit elsewhere on the axis; nil for moments, which have no names in between.
  func moved(to position: Double) -> ChartValue? {
    switch self {
    case .money: Int64(exactly: position.rounded()).map { .money(fen: $0) }
    case .myriads: Int64(exactly: position.rounded()).map { .myriads(fen: $0) }
    case .integer: Int64(exactly: position.rounded()).map { .integer($0) }
    case .number: .number(position)
    case .share: .share(position)
    case .moment: nil
    }
  }

  var cell: Cell {
    switch self {
    case .money(let fen): .money(fen: fen)
    case .integer(let value): .integer(value)
    case .number, .share, .myriads: .percent(label)
    case .moment(_, let name): .date(name)
    }
  }
}

/// One of the kinds of chart.
package enum Chart: Sendable {
  case bars(BarChart)
  case lines(LineChart)
  case tornado(TornadoChart)
  case histogram(Histogram)
  case stacked(StackedChart)

  /// What the chart is called.
  package var title: Text? {
    switch self {
    case .bars(let chart): chart.title
    case .lines(let chart): chart.title
    case .tornado(let chart): chart.title
    case .histogram(let chart): chart.title
    case .stacked(let chart): chart.title
    }
  }

  /// What holds in it, below the title.
  package var subtitle: Text? {
    switch self {
    case .bars(let chart): chart.subtitle
    case .lines(let chart): chart.subtitle
    case .tornado(let chart): chart.subtitle
    case .histogram(let chart): chart.subtitle
    case .stacked(let chart): chart.subtitle
    }
  }

  /// The same with something below the title.
  package func with(subtitle: Text) -> Chart {
    switch self {
    case .bars(var chart):
      chart.subtitle = subtitle
      return .bars(chart)
    case .lines(var chart):
      chart.subtitle = subtitle
      return .lines(chart)
    case .tornado(var chart):
      chart.subtitle = subtitle
      return .tornado(chart)
    case .histogram(var chart):
      chart.subtitle = subtitle
      return .histogram(chart)
    case .stacked(var chart):
      chart.subtitle = subtitle
      return .stacked(chart)
    }
  }
}

/// One figure for each of several things.
package struct BarChart: Sendable {
  /// One thing with its figure.
  package struct Bar: Sendable {
    /// What the thing is called.
    package var label: Text
    /// Its figure.
    package var value: ChartValue
    /// What kind of thing it is, which decides the colour.
    package var role: Role

    /// A thing with its figure.
    package init(_ label: Text, _ value: ChartValue, _ role: Role = .name) {
      self.label = label
      self.value = value
      self.role = role
    }
  }

  /// What the chart is called.
  package var title: Text?
  /// What holds in it, below the title.
  package var subtitle: Text?
  /// What the figures measure, and in which unit; nil: the title says it.
  package var axis: Text?
  /// From top to bottom.
  package var bars: [Bar]

  /// A chart of bars.
  package init(title: Text? = nil, axis: Text? = nil, bars: [Bar]) {
    self.title = title
    self.axis = axis
    self.bars = bars
  }

  /// More bars than these are no picture.
  package static var most: Int { 40 }

  /// A chart of the first bars of a list, as many as a picture holds; its title says where there are more.
  package init(ofMost all: [Bar], title: Text, axis: Text? = nil, most: Int = BarChart.most) {
    self.init(title: title.ofFirst(most, of: all.count), axis: axis, bars: Array(all.prefix(most)))
  }
}

extension Text {
  /// The title of a chart that shows the first things only: with how many there are. As it is where it shows them all.
  package func ofFirst(_ shown: Int, of all: Int) -> Text {
    all > shown ? Text("\(en): the first \(shown) of \(all)", zh: "\(zh)（前\(shown)项，共\(all)项）") : self
  }
}

/// How figures move along an axis, such as the total along a parameter.
package struct LineChart: Sendable {
  /// One figure at one place of the x axis.
  package struct Point: Sendable, Hashable {
    /// Where it stands.
    package var x: ChartValue
    /// The figure.
    package var y: ChartValue

    /// A figure at a place.
    package init(_ x: ChartValue, _ y: ChartValue) {
      self.x = x
      self.y = y
    }
  }

  /// Figures that belong together.
  package struct Series: Sendable {
    /// What they are called.
    package var name: Text
    /// In any order.
    package var points: [Point]

    /// Figures under a name.
    package init(_ name: Text, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// What the chart is called.
  package var title: Text?
  /// What holds in it, below the title.
  package var subtitle: Text?
  /// What the x axis measures.
  package var xTitle: Text
  /// What the y axis measures, and in which unit.
  package var yTitle: Text
  /// Drawn one over another in this order.
  package var series: [Series]

  /// A chart of lines.
  package init(title: Text? = nil, xTitle: Text, yTitle: Text, series: [Series]) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.series = series
  }
}

/// How far an outcome moves when each input goes to its ends.
package struct TornadoChart: Sendable {
  /// One input and what its ends come to.
  package struct Bar: Sendable {
    /// What the input is called.
    package var label: Text
    /// The outcome at the input's lower end, and what that end is.
    package var low: ChartValue
    /// The input's lower end.
    package var lowInput: Text
    /// The outcome at the input's upper end, and what that end is.
    package var high: ChartValue
    /// The input's upper end.
    package var highInput: Text

    /// An input with the outcomes at its ends.
    package init(_ label: Text, low: ChartValue, at lowInput: Text, high: ChartValue, at highInput: Text) {
      self.label = label
      self.low = low
      self.lowInput = lowInput
      self.high = high
      self.highInput = highInput
    }
  }

  /// What the chart is called.
  package var title: Text?
  /// What holds in it, below the title.
  package var subtitle: Text?
  /// What the outcome measures, and in which unit; nil: the title says it.
  package var axis: Text?
  /// The outcome with every input where it is.
  package var base: ChartValue
  /// From top to bottom, the widest first by custom.
  package var bars: [Bar]

  /// A chart of inputs around an outcome.
  package init(title: Text? = nil, axis: Text? = nil, base: ChartValue, bars: [Bar]) {
    self.title = title
    self.axis = axis
    self.base = base
    self.bars = bars
  }
}

/// How often an outcome falls into each stretch.
package struct Histogram: Sendable {
  /// One stretch of outcomes.
  package struct Bin: Sendable {
    /// Its lower end, which belongs to it.
    package var from: ChartValue
    /// Its upper end.
    package var to: ChartValue
    /// How many outcomes fall into it.
    package var count: Int64

    /// A stretch with the outcomes in it.
    package init(from: ChartValue, to: ChartValue, count: Int64) {
      self.from = from
      self.to = to
      self.count = count
    }
  }

  /// What the chart is called.
  package var title: Text?
  /// What holds in it, below the title.
  package var subtitle: Text?
  /// What the outcomes measure, and in which unit; nil: the title says it.
  package var xTitle: Text?
  /// What is counted.
  package var yTitle: Text
  /// In ascending order.
  package var bins: [Bin]

  /// A chart of frequencies.
  package init(
    title: Text? = nil, xTitle: Text? = nil, yTitle: Text = Text("Count", zh: "次数"), bins: [Bin]
  ) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.bins = bins
  }
}

/// Amounts along time, each month's split into what it holds, with the sum so far against a limit: a cash flow.
package struct StackedChart: Sendable {
  /// One part of every month, such as a measure.
  package struct Series: Sendable {
    /// What the part is called.
    package var name: Text
    /// An amount for each month in fen; missing ones are zero.
    package var fen: [Int64]

    /// A part with its amount for each month.
    package init(_ name: Text, fen: [Int64]) {
      self.name = name
      self.fen = fen
    }
  }

  /// What the chart is called.
  package var title: Text?
  /// What holds in it, below the title.
  package var subtitle: Text?
  /// What the months are.
  package var xTitle: Text
  /// What is stacked, and in which unit.
  package var yTitle: Text
  /// The months as they are called, in their order.
  package var places: [String]
  /// From bottom to top.
  package var series: [Series]
  /// The sum up to and including each month in fen; empty where it is not to be drawn.
  package var cumulative: [Int64]
  /// A budget in fen that the sum is held against.
  package var limit: Int64?
  /// What amounts are counted in: `yuan`.
  package var unit: Text
  /// Whether they are shown in tens of thousands, of which the unit says so.
  package var isInMyriads = false

  /// A chart of months.
  package init(
    title: Text? = nil, xTitle: Text, yTitle: Text, places: [String], series: [Series], cumulative: [Int64] = [],
    limit: Int64? = nil, unit: Text = Text("yuan", zh: "元")
  ) {
    self.unit = unit
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.places = places
    self.series = series
    self.cumulative = cumulative
    self.limit = limit
  }

  /// An amount as it is shown.
  func value(_ fen: Int64) -> ChartValue { isInMyriads ? .myriads(fen: fen) : .money(fen: fen) }

  /// The amount of a part in a month, in fen.
  func fen(_ part: Int, _ location: Int) -> Int64 {
    let amounts = series[part].fen
    return location < amounts.count ? amounts[location] : 0
  }

  /// A month's whole amount. Sums beyond what 64 bits hold stay at their end.
  func sum(_ location: Int) -> Int64 {
    series.indices.reduce(0) { total, part in
      let amount = fen(part, location)
      let (sum, overflow) = total.addingReportingOverflow(amount)
      return overflow ? (amount < 0 ? .min : .max) : sum
    }
  }

  /// The first month at whose end the limit is passed.
  var passed: Int? {
    guard let limit else { return nil }
    return cumulative.indices.first { cumulative[$0] > limit }
  }
}
