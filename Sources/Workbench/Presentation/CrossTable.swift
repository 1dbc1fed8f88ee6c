// Two keys that cross, with the sums of both: for people one column for each group of the second key, the first of them
// where there are many. Knows nothing of what is counted.

import Answers
import Diagnostics
import Reckoning
import Reports
import View

/// Figures that two keys cross in.
struct CrossTable: Sendable {
  /// The groups of one key with their sums.
  struct Line: Sendable {
    /// What programs call it.
    let key: String
    let title: Text
    let sum: Int64
  }

  /// More columns than these are one.
  private static let mostColumns = 12
  private static let mostRows = 60

  let rows: [Line]
  let columns: [Line]
  /// Row by row; nil: nothing.
  let cells: [[Int64?]]
  let total: Int64
  /// What the keys are called.
  let names: (down: Text, across: Text)
  /// What the figures are amounts of, in fen; nil: they are counts.
  let currency: Currency?
  private var isMoney: Bool { currency != nil }

  private struct Row: Sendable {
    let title: Text
    let cells: [Int64?]
    let sum: Int64
  }

  /// The columns that are shown, and how many stand in one behind them.
  private var shown: (columns: [Line], others: Int) {
    columns.count <= CrossTable.mostColumns
      ? (columns, 0) : (Array(columns.prefix(CrossTable.mostColumns - 1)), columns.count - CrossTable.mostColumns + 1)
  }

  private func folded(_ values: [Int64?]) -> [Int64?] {
    let (columns, others) = shown
    guard others > 0 else { return values }
    let rest = values.dropFirst(columns.count).compactMap(\.self)
    return Array(values.prefix(columns.count)) + [rest.isEmpty ? nil : rest.reduce(0) { $0 &+ $1 }]
  }

  private func figure(_ value: Int64?) -> Datum { value.map { isMoney ? .money(fen: $0) : .count($0) } ?? .none }

  var relation: Relation {
    let (columns, others) = shown
    let entries = zip(rows, cells).map { Row(title: $0.title, cells: folded($1), sum: $0.sum) }
    var heads = columns.map(\.title)
    if others > 0 { heads.append(Text("\(others) others", zh: "其余\(others)项")) }
    let isMoney = isMoney
    func column(
      _ key: String, _ title: Text, _ importance: Table.Importance, _ value: @escaping @Sendable (Row) -> Int64?
    ) -> AnswerColumn<Row> {
      let column: AnswerColumn<Row> =
        isMoney ? .money(key, title, importance, value) : .count(key, title, importance, value)
      return column.forPeople()
    }
    let corner = Text("\(names.down.en) \\ \(names.across.en)", zh: "\(names.down.zh)＼\(names.across.zh)")
    var all: [AnswerColumn<Row>] = [
      AnswerColumn<Row>.words("row", corner, .essential) { $0.title }.role(.name).forPeople()
    ]
    for (i, head) in heads.enumerated() { all.append(column("column_\(i)", head, .important) { $0.cells[i] }) }
    all.append(
      column("sum", currency?.heading("Total", zh: "合计") ?? Text("Total", zh: "合计"), .essential) { $0.sum })
    var relation = Relation(of: entries, all)
    relation.footer = line(Text("Total", zh: "合计"), self.columns.map { $0.sum }, total, .strong)
    if rows.count > CrossTable.mostRows {
      let folded = rows.indices.dropFirst(CrossTable.mostRows), last = folded.map { rows[$0].key }.besides
      let rest = folded.dropLast(last)
      let sums = self.columns.indices.map { column in rest.reduce(Int64(0)) { $0 &+ (cells[$1][column] ?? 0) } }
      relation.cut = Relation.Cut(
        CrossTable.mostRows, last: last,
        rest: rest.isEmpty
          ? nil
          : line(
            Text("\(rest.count) more", zh: "另有 \(rest.count) 项"), sums, rest.reduce(Int64(0)) { $0 &+ rows[$1].sum },
            .muted))
    }
    return relation
  }

  private func line(_ title: Text, _ sums: [Int64], _ total: Int64, _ role: Role) -> Relation.Line {
    var values: [String: Datum] = ["sum": figure(total)]
    for (i, sum) in folded(sums).enumerated() { values["column_\(i)"] = figure(sum) }
    return Relation.Line([Span(title, role)], values, role: role)
  }

  /// The same as a chart: a column for each row, stacked by the groups of the second key.
  var chart: Chart? {
    guard let currency, rows.count > 1 else { return nil }
    let (columns, others) = shown
    var series = columns.enumerated().map { i, column in
      StackedChart.Series(column.title, fen: cells.map { $0[i] ?? 0 })
    }
    if others > 0 {
      series.append(
        StackedChart.Series(
          Text("\(others) others", zh: "其余\(others)项"), fen: cells.map { folded($0).last.flatMap { $0 } ?? 0 }))
    }
    return .stacked(
      StackedChart(
        title: Text("\(names.down.en) by \(names.across.en)", zh: "\(names.down.zh)×\(names.across.zh)"),
        xTitle: names.down, yTitle: currency.axis, places: rows.map(\.title.en), series: series,
        unit: Text(currency.word, zh: currency.chinese)))
  }
}
