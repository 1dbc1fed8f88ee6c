// `plot`: the chart of a result, in the window or as an SVG file with its data as CSV beside it.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Session {
  func plot(_ name: Written?, _ inner: Command?, _ command: Command) throws(Refusal) -> Answer {
    var chart: Chart?
    var about = ""
    if var inner {
      inner.dimension = command.dimension
      inner.mode = command.mode
      if inner.with.isEmpty { inner.with = command.with }
      let answer = perform(inner)
      if answer.failed { return answer }
      chart = answer.chart
      about = answer.result?.name ?? inner.text
      evidence = nil
    } else if let name {
      let found = try result(name)
      chart = found.chart
      about = found.name
    } else {
      let found = results.all.last { $0.chart != nil }
      chart = found?.chart
      about = found?.name ?? ""
      if chart == nil { throw Refusal(.whatIf(.nothingToPlot), at: command.location) }
    }
    guard let chart else { throw Refusal(.whatIf(.notPlotted(about)), at: name?.location ?? command.location) }
    let table = chart.table
    let json: JSONValue = [
      "kind": "chart", "of": .string(about), "columns": .strings(table.columns.map { $0.key ?? $0.title.en }),
      "rows": .array(PlotJSON.rows(table)),
    ]
    guard let file = command.into, Files.ending(file.raw) == "svg" else {
      var answer = Answer(Document([.chart(chart)]), objects: [json])
      answer.chart = chart
      return answer
    }
    let svg = SVGRenderer(language: language, isStandalone: true).render(chart)
    let data = String(file.raw.dropLast(4)) + ".csv"
    try put(svg, into: file)
    try put(
      CSVRenderer(language: language).render(table), into: Written(text: data, raw: data, location: file.location))
    var answer = Answer(
      Document([
        .paragraph([
          Span("Drawn into ", zh: "已绘制到 "), .data(file.raw, .name), Span("; its data are in ", zh: "；数据在 "),
          .data(data, .name), Span(".", zh: "。"),
        ])
      ]), objects: [["kind": "written", "file": .string(file.raw), "data": .string(data), "of": .string(about)]])
    answer.isWritten = true
    return answer
  }
}

enum PlotJSON {
  /// The rows of a chart's table, every cell as text.
  static func rows(_ table: Table) -> [JSONValue] {
    table.sections.flatMap(\.rows).map { row in
      .array(
        row.cells.map { cell in
          switch cell {
          case .money(let fen): .money(fen: fen)
          case .integer(let value): .int(value)
          case .empty: .null
          default: .string(cell.plain(.en))
          }
        })
    }
  }
}

/// The chart of a budget: its measures, or what it was taken apart by.
enum BudgetChart {
  static func of(_ budget: Budget, _ breakdown: Breakdown?) -> Chart? {
    if let breakdown {
      let bars = breakdown.groups.prefix(40).map {
        BarChart.Bar($0.title ?? .same($0.key), .money(fen: $0.tally.total))
      }
      return bars.isEmpty ? nil : .bars(BarChart(title: Text("Yuan", zh: "元"), bars: Array(bars)))
    }
    let bars = budget.lines.filter { $0.tally.total != 0 }.map { line in
      BarChart.Bar(budget.measure(line).title, .money(fen: line.tally.total))
    }
    return bars.isEmpty ? nil : .bars(BarChart(title: Text("By measure, yuan", zh: "各措施（元）"), bars: bars))
  }
}

extension CashFlow {
  /// What accrues in each step, by measure, what it has added up to, and what may be spent.
  var chart: Chart? {
    guard steps.count > 1 else { return nil }
    return .stacked(
      StackedChart(
        title: Text("Accruing, by measure", zh: "各措施的发生额"), xTitle: Text("Time", zh: "时间"),
        yTitle: Text("Yuan", zh: "元"),
        places: steps.map(\.key), series: parts.map { StackedChart.Series($0.measure.title, fen: $0.amounts) },
        cumulative: steps.map(\.cumulative), limit: limit))
  }
}
