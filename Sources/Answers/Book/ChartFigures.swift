// What an office's own chart is drawn of: a table of names and numbers, and how they become its series. Knows nothing
// of where the table stands.

import Diagnostics
import View
import Workbooks

/// The figures of one chart, as cells.
struct ChartFigures {
  /// The first names what the rows are.
  private(set) var heads: [String] = []
  private(set) var rows: [[CellValue]] = []
  /// How figures look, column by column behind the first.
  private var format = CellStyle.Format.amount
  /// Nil where the first column holds names.
  private var places: CellStyle.Format?
  private var form = NativeChart.Form.bars
  private var (title, subtitle, xTitle, yTitle) = ("", "", "", "")
  private var lines: Set<Int> = []
  private var dashed: Set<Int> = []
  private let language: Language

  /// Nil where there is nothing to draw.
  init?(_ chart: Chart, _ language: Language) {
    self.language = language
    title = word(chart.title)
    subtitle = word(chart.subtitle)
    switch chart {
    case .bars(let chart): take(chart)
    case .lines(let chart): take(chart)
    case .tornado(let chart): take(chart)
    case .histogram(let chart): take(chart)
    case .stacked(let chart): take(chart)
    }
    if rows.isEmpty { return nil }
  }

  private func word(_ text: Text?) -> String { text?.in(language) ?? "" }

  /// How a column of the table looks.
  func style(_ column: Int) -> CellStyle.Format { column == 0 ? places ?? .general : format }

  // MARK: Charts

  private mutating func take(_ chart: BarChart) {
    yTitle = word(chart.axis)
    let value = yTitle.isEmpty ? word(Text("Value", zh: "数值")) : yTitle
    heads = [word(Text("Item", zh: "项目")), title.isEmpty ? value : title]
    set(chart.bars.first?.value)
    rows = chart.bars.map { [.text(word($0.label)), figure($0.value)] }
  }

  private mutating func take(_ chart: LineChart) {
    (xTitle, yTitle) = (word(chart.xTitle), word(chart.yTitle))
    heads = [xTitle] + (chart.series.count == 1 ? [yTitle] : chart.series.map { word($0.name) })
    var known: [Double: (x: ChartValue, figures: [CellValue])] = [:]
    for (i, line) in chart.series.enumerated() {
      for point in line.points where point.x.position.isFinite && point.y.position.isFinite {
        known[point.x.position, default: (point.x, Array(repeating: .empty, count: chart.series.count))].figures[i] =
          figure(point.y)
        set(point.y)
      }
    }
    let sorted = known.sorted { $0.key < $1.key }
    form = .points
    if case .moment? = sorted.first?.value.x {
      form = .lines
    } else {
      places = ChartFigures.format(sorted.first?.value.x)
    }
    rows = sorted.map { [figure($0.value.x)] + $0.value.figures }
  }

  /// What each end does, against the outcome as things stand.
  private mutating func take(_ chart: TornadoChart) {
    heads = [
      word(Text("Input", zh: "参数")), word(Text("At the low end", zh: "取低值时")),
      word(Text("At the high end", zh: "取高值时")),
    ]
    yTitle = word(
      Text("Change against \(chart.base.label)", zh: "与现状 \(chart.base.label) 的差额"))
    format = .difference
    rows = chart.bars.map { bar in
      [.text("\(word(bar.label))  \(word(bar.lowInput)) – \(word(bar.highInput))")]
        + [bar.low, bar.high].map { end in
          guard case .money(let fen) = end, case .money(let base) = chart.base else { return figure(end) }
          return .number(Figures.money(fen: fen &- base, grouped: false))
        }
    }
  }

  private mutating func take(_ chart: Histogram) {
    form = .columns
    heads = [title.isEmpty ? word(Text("From – to", zh: "区间")) : title, word(Text("Count", zh: "次数"))]
    yTitle = heads[1]
    format = .whole
    func end(_ value: ChartValue) -> String {
      guard case .money(let fen) = value else { return value.label }
      return Figures.integer((fen &+ (fen < 0 ? -50 : 50)) / 100)
    }
    rows = chart.bins.map { [.text(end($0.from) + " – " + end($0.to)), .number(String($0.count))] }
  }

  private mutating func take(_ chart: StackedChart) {
    form = .stacked
    (xTitle, yTitle) = (word(chart.xTitle), word(chart.yTitle))
    heads = [xTitle] + chart.series.map { word($0.name) }
    func money(_ fen: Int64) -> CellValue { figure(chart.isInMyriads ? .myriads(fen: fen) : .money(fen: fen)) }
    rows = chart.places.enumerated().map { i, place in
      [.text(place)] + chart.series.map { money($0.fen.indices.contains(i) ? $0.fen[i] : 0) }
    }
    if !chart.cumulative.isEmpty {
      lines.insert(heads.count)
      heads.append(word(Text("So far, \(chart.unit.en)", zh: "累计（\(chart.unit.zh)）")))
      for i in rows.indices {
        rows[i].append(chart.cumulative.indices.contains(i) ? money(chart.cumulative[i]) : .empty)
      }
    }
    if let limit = chart.limit {
      lines.insert(heads.count)
      dashed.insert(heads.count)
      heads.append(word(Text("Budget, \(chart.unit.en)", zh: "预算（\(chart.unit.zh)）")))
      for i in rows.indices { rows[i].append(money(limit)) }
    }
  }

  // MARK: Figures

  private mutating func set(_ value: ChartValue?) { format = ChartFigures.format(value) }

  private static func format(_ value: ChartValue?) -> CellStyle.Format {
    switch value {
    case .money, .myriads: .amount
    case .integer: .whole
    case .share: .percent(decimals: 1)
    case .number, .moment, nil: .general
    }
  }

  private func figure(_ value: ChartValue) -> CellValue {
    switch value {
    case .money(let fen): .number(Figures.money(fen: fen, grouped: false))
    case .myriads: .number(value.label.filter { $0 != "," })
    case .integer(let count): .number(String(count))
    case .number(let number), .share(let number):
      number.isFinite && abs(number) < 1e15 ? .number(ChartFigures.decimal(number)) : .empty
    case .moment(_, let name): .text(name)
    }
  }

  /// With as many decimals as mean anything, and no exponent.
  private static func decimal(_ number: Double) -> String {
    let millionths = Int64((number.magnitude * 1e6).rounded())
    let digits = String(millionths % 1_000_000)
    let fraction = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    return (number < 0 && millionths > 0 ? "-" : "") + "\(millionths / 1_000_000).\(fraction)"
  }

  // MARK: The chart

  /// The chart over the table, wherever it stands.
  /// - Parameter range: the cells of a column below its head; `head` the cell that heads it.
  func chart(range: (_ column: Int) -> String, head: (_ column: Int) -> String) -> NativeChart {
    func cells(_ column: Int) -> NativeChart.Cells {
      let isNames = column == 0 && places == nil
      return NativeChart.Cells(
        range(column),
        isNames
          ? .texts(rows.map { if case .text(let text) = $0[0] { text } else { "" } })
          : .numbers(
            rows.map { if case .number(let text) = $0[column] { text } else { nil } }, format: style(column).code))
    }
    let series = (1..<heads.count).map { column in
      var one = NativeChart.Series(heads[column], at: head(column), categories: cells(0), figures: cells(column))
      (one.isLine, one.isDashed) = (lines.contains(column), dashed.contains(column))
      return one
    }
    var chart = NativeChart(form, title: title, series: series)
    (chart.subtitle, chart.xTitle, chart.yTitle) = (subtitle, xTitle, yTitle)
    return chart
  }

  /// In millimetres, as high as its rows need.
  var height: Int { form == .bars ? min(max(35 + rows.count * 9, 70), 170) : 95 }
}
