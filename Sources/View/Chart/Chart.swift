// Charts as values: bars, lines, tornado, histogram, months stacked by what they hold. They hold what is to be drawn
// and in which unit, not how. Each can also be read as a table, for formats that cannot draw.

import Diagnostics

/// A figure on an axis.
public enum ChartValue: Sendable, Hashable {
  /// An amount in fen.
  case money(fen: Int64)
  case integer(Int64)
  case number(Double)
  /// A share of one: 0.5 is 50 %.
  case share(Double)
  /// A point in time: its place on the axis and what it is called.
  case moment(Int, String)

  /// Where it lies on an axis. Not finite when the figure is not.
  public var position: Double {
    switch self {
    case .money(let fen): Double(fen)
    case .integer(let value): Double(value)
    case .number(let value), .share(let value): value
    case .moment(let location, _): Double(location)
    }
  }

  /// The figure as people read it.
  public var label: String {
    switch self {
    case .money(let fen): Figures.money(fen: fen)
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
    case .number, .share: .percent(label)
    case .moment(_, let name): .date(name)
    }
  }
}

/// One of the kinds of chart.
public enum Chart: Sendable {
  case bars(BarChart)
  case lines(LineChart)
  case tornado(TornadoChart)
  case histogram(Histogram)
  case stacked(StackedChart)

  /// What the chart is called.
  public var title: Text? {
    switch self {
    case .bars(let chart): chart.title
    case .lines(let chart): chart.title
    case .tornado(let chart): chart.title
    case .histogram(let chart): chart.title
    case .stacked(let chart): chart.title
    }
  }
}

/// One figure for each of several things.
public struct BarChart: Sendable {
  /// One thing with its figure.
  public struct Bar: Sendable {
    /// What the thing is called.
    public var label: Text
    /// Its figure.
    public var value: ChartValue
    /// What kind of thing it is, which decides the colour.
    public var role: Role

    /// A thing with its figure.
    public init(_ label: Text, _ value: ChartValue, _ role: Role = .name) {
      self.label = label
      self.value = value
      self.role = role
    }
  }

  /// What the chart is called.
  public var title: Text?
  /// From top to bottom.
  public var bars: [Bar]

  /// A chart of bars.
  public init(title: Text? = nil, bars: [Bar]) {
    self.title = title
    self.bars = bars
  }
}

/// How figures move along an axis, such as the total along a parameter.
public struct LineChart: Sendable {
  /// One figure at one place of the x axis.
  public struct Point: Sendable, Hashable {
    /// Where it stands.
    public var x: ChartValue
    /// The figure.
    public var y: ChartValue

    /// A figure at a place.
    public init(_ x: ChartValue, _ y: ChartValue) {
      self.x = x
      self.y = y
    }
  }

  /// Figures that belong together.
  public struct Series: Sendable {
    /// What they are called.
    public var name: Text
    /// In any order.
    public var points: [Point]

    /// Figures under a name.
    public init(_ name: Text, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// What the chart is called.
  public var title: Text?
  /// What the x axis measures.
  public var xTitle: Text
  /// What the y axis measures, and in which unit.
  public var yTitle: Text
  /// Drawn one over another in this order.
  public var series: [Series]

  /// A chart of lines.
  public init(title: Text? = nil, xTitle: Text, yTitle: Text, series: [Series]) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.series = series
  }
}

/// How far an outcome moves when each input goes to its ends.
public struct TornadoChart: Sendable {
  /// One input and what its ends come to.
  public struct Bar: Sendable {
    /// What the input is called.
    public var label: Text
    /// The outcome at the input's lower end, and what that end is.
    public var low: ChartValue
    /// The input's lower end.
    var lowInput: String
    /// The outcome at the input's upper end, and what that end is.
    public var high: ChartValue
    /// The input's upper end.
    var highInput: String

    /// An input with the outcomes at its ends.
    public init(_ label: Text, low: ChartValue, at lowInput: String, high: ChartValue, at highInput: String) {
      self.label = label
      self.low = low
      self.lowInput = lowInput
      self.high = high
      self.highInput = highInput
    }
  }

  /// What the chart is called.
  public var title: Text?
  /// The outcome with every input where it is.
  public var base: ChartValue
  /// From top to bottom, the widest first by custom.
  public var bars: [Bar]

  /// A chart of inputs around an outcome.
  public init(title: Text? = nil, base: ChartValue, bars: [Bar]) {
    self.title = title
    self.base = base
    self.bars = bars
  }
}

/// How often an outcome falls into each stretch.
public struct Histogram: Sendable {
  /// One stretch of outcomes.
  public struct Bin: Sendable {
    /// Its lower end, which belongs to it.
    public var from: ChartValue
    /// Its upper end.
    public var to: ChartValue
    /// How many outcomes fall into it.
    public var count: Int64

    /// A stretch with the outcomes in it.
    public init(from: ChartValue, to: ChartValue, count: Int64) {
      self.from = from
      self.to = to
      self.count = count
    }
  }

  /// What the chart is called.
  public var title: Text?
  /// In ascending order.
  public var bins: [Bin]

  /// A chart of frequencies.
  public init(title: Text? = nil, bins: [Bin]) {
    self.title = title
    self.bins = bins
  }
}

/// Amounts along time, each month's split into what it holds, with the sum so far against a limit: a cash flow.
public struct StackedChart: Sendable {
  /// One part of every month, such as a measure.
  public struct Series: Sendable {
    /// What the part is called.
    public var name: Text
    /// An amount for each month in fen; missing ones are zero.
    public var fen: [Int64]

    /// A part with its amount for each month.
    public init(_ name: Text, fen: [Int64]) {
      self.name = name
      self.fen = fen
    }
  }

  /// What the chart is called.
  public var title: Text?
  /// What the months are.
  public var xTitle: Text
  /// What is stacked, and in which unit.
  public var yTitle: Text
  /// The months as they are called, in their order.
  public var places: [String]
  /// From bottom to top.
  public var series: [Series]
  /// The sum up to and including each month in fen; empty where it is not to be drawn.
  public var cumulative: [Int64]
  /// A budget in fen that the sum is held against.
  public var limit: Int64?

  /// A chart of months.
  public init(
    title: Text? = nil, xTitle: Text, yTitle: Text, places: [String], series: [Series], cumulative: [Int64] = [],
    limit: Int64? = nil
  ) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.places = places
    self.series = series
    self.cumulative = cumulative
    self.limit = limit
  }

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
