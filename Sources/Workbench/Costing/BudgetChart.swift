// What is drawn of a budget: its measures, what it was taken apart by, or how it accrues. Knows nothing of how charts
// look.

import Diagnostics
import PolicyLanguage
import Reckoning
import Reports
import View

/// The chart of a budget: its measures, or what it was taken apart by.
enum BudgetChart {
  /// What a measure is called in a picture: its title, in Chinese the short name that tables have.
  static func words(_ measure: CheckedMeasure) -> Text { Text(measure.title.en, zh: measure.words.zh) }

  /// - Parameter words: what a group is called.
  static func of(
    _ budget: Budget, _ breakdown: Breakdown?, _ currency: Currency, words: (Breakdown.Group) -> Text
  ) -> Chart? {
    if let breakdown, let cross = breakdown.cross, let chart = CrossTable(cross, breakdown.basis, budget).chart {
      return chart
    }
    if let breakdown {
      let bars = breakdown.groups.map { BarChart.Bar(words($0), .money(fen: $0.tally.total)) }
      let title = Text("By \(breakdown.basis.title.en.lowercased())", zh: "按\(breakdown.basis.title.zh)")
      return bars.isEmpty ? nil : .bars(BarChart(ofMost: bars, title: title, axis: currency.axis))
    }
    let bars = budget.lines.filter { $0.tally.total != 0 }.map { line in
      BarChart.Bar(BudgetChart.words(budget.measure(line)), .money(fen: line.tally.total))
    }
    return bars.isEmpty
      ? nil : .bars(BarChart(title: currency.heading("By measure", zh: "各措施"), axis: currency.axis, bars: bars))
  }
}

extension CashFlow {
  /// What accrues in each step, by measure, what it has added up to, and what may be spent.
  func chart(_ currency: Currency) -> Chart? {
    guard steps.count > 1 else { return nil }
    return .stacked(
      StackedChart(
        title: Text("Accruing, by measure", zh: "各措施的合计"), xTitle: Text("Time", zh: "时间"),
        yTitle: currency.axis,
        places: steps.map(\.key),
        series: parts.map { StackedChart.Series(BudgetChart.words($0.measure), fen: $0.amounts) },
        cumulative: steps.map(\.cumulative), limit: limit, unit: Text(currency.word, zh: currency.chinese)))
  }
}
