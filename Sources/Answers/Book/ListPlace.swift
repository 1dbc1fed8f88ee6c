// Where a list of a book stands, and what its rows come to by their words: for formulas that add it up elsewhere. Knows
// nothing of how it was written.

import Diagnostics
import View
import Workbooks

/// A list that has been written.
struct ListPlace {
  /// A stretch of rows on one sheet.
  private struct Stretch {
    let sheet: String
    let number: Int
    var rows: ClosedRange<Int>
  }

  private let list: BookList
  private let language: Language
  private var stretches: [Stretch] = []
  private(set) var count = 0
  /// For each word of each column by which it is added up: how many rows, and their figure.
  private var sums: [[String: (count: Int64, figure: Int64)]]
  private let words: [Int]
  private let figure: Int?
  /// What names and figures of a short list were, for charts.
  private var cells: [[(datum: Datum, shown: [Span]?)]] = []
  private static let charted = 60

  init(_ list: BookList, _ language: Language) {
    self.list = list
    self.language = language
    let keys = list.columns.map { list.relation.columns[$0].key }
    func place(_ key: String) -> Int {
      guard let place = keys.firstIndex(of: key) else {
        preconditionFailure("list \(list.key) is added up by column \(key), which it does not show")
      }
      return place
    }
    words = list.tallied.dropLast().map(place)
    figure = list.tallied.last.map(place)
    sums = Array(repeating: [:], count: words.count)
  }

  /// Takes a row in that has been written.
  mutating func add(row: Int, sheet: Int, name: String, _ values: [(datum: Datum, shown: [Span]?)]) {
    count += 1
    if let last = stretches.last, last.number == sheet, last.rows.upperBound == row - 1 {
      stretches[stretches.count - 1].rows = last.rows.lowerBound...row
    } else {
      stretches.append(Stretch(sheet: name, number: sheet, rows: row...row))
    }
    if count <= ListPlace.charted, list.tallied.isEmpty { cells.append(values) }
    guard let figure, let fen = ListPlace.figure(values[figure].datum) else { return }
    for (i, column) in words.enumerated() {
      var sum = sums[i][word(values[column]), default: (0, 0)]
      sum.count += 1
      let (added, overflow) = sum.figure.addingReportingOverflow(fen)
      precondition(!overflow, "the figures of list \(list.key) add up within what a figure may be")
      sum.figure = added
      sums[i][word(values[column])] = sum
    }
  }

  private func word(_ value: (datum: Datum, shown: [Span]?)) -> String {
    switch value.datum {
    case .words(let text): text.in(language)
    case .id(let text): text
    case .none, .flag, .count, .money, .change, .decimal, .share, .date, .list, .record, .rows: ""
    }
  }

  private static func figure(_ datum: Datum) -> Int64? {
    switch datum {
    case .money(let fen), .change(let fen): fen
    case .none, .words, .id, .flag, .count, .decimal, .share, .date, .list, .record, .rows: nil
    }
  }

  private func column(_ key: String) -> Int? { list.columns.firstIndex { list.relation.columns[$0].key == key } }

  /// The formula of a sum over this list.
  /// - Parameter text: what the sum is said to come to. Another figure is a mistake of ours.
  func formula(_ sum: BookSum, _ language: Language, comesTo text: String) -> String {
    guard let at = list.tallied.firstIndex(of: sum.column), at < words.count, let column = column(sum.column) else {
      preconditionFailure("list \(list.key) is not added up by \(sum.column)")
    }
    let found = sum.words.reduce((count: Int64(0), figure: Int64(0))) { all, word in
      let one = sums[at][word.in(language)] ?? (0, 0)
      return (all.count + one.count, all.figure + one.figure)
    }
    let comes = sum.figure == nil ? String(found.count) : Figures.money(fen: found.figure, grouped: false)
    precondition(comes == text, "a formula over list \(list.key) comes to \(comes) and not to \(text)")
    var terms: [String] = []
    for stretch in stretches {
      let criteria = CellName.range(stretch.sheet, column: column + 1, rows: stretch.rows)
      for word in sum.words {
        let wanted = "\"" + word.in(language).replacing("\"", with: "\"\"") + "\""
        if let figure = sum.figure {
          guard let place = self.column(figure) else { continue }
          let range = CellName.range(stretch.sheet, column: place + 1, rows: stretch.rows)
          terms.append("SUMIFS(\(range),\(criteria),\(wanted))")
        } else {
          terms.append("COUNTIFS(\(criteria),\(wanted))")
        }
      }
    }
    return terms.isEmpty ? text : terms.joined(separator: "+")
  }

  /// The cells of a column where they lie on one sheet.
  func only(_ key: String) -> (column: Int, range: String, head: String)? {
    guard let stretch = stretches.first, stretches.count == 1, let column = column(key) else { return nil }
    let head = stretch.rows.lowerBound - 1
    return (
      column, CellName.range(stretch.sheet, column: column + 1, rows: stretch.rows),
      CellName.range(stretch.sheet, column: column + 1, rows: head...head)
    )
  }

  /// Lying bars over two of its columns; nil where it is too long for them.
  func chart(
    _ bars: BookBars, _ names: (column: Int, range: String, head: String),
    _ figures: (column: Int, range: String, head: String), _ language: Language
  ) -> NativeChart? {
    guard !cells.isEmpty, cells.count == count else { return nil }
    let labels = cells.map { row in
      row[names.column].shown.map { $0.map { $0.text.in(language) }.joined() } ?? word(row[names.column])
    }
    let numbers = cells.map {
      ListPlace.figure($0[figures.column].datum).map { Figures.money(fen: $0, grouped: false) }
    }
    let title = list.relation.columns[list.columns[figures.column]].title.in(language)
    var chart = NativeChart(
      .bars, title: bars.title.in(language),
      series: [
        NativeChart.Series(
          title, at: figures.head, categories: NativeChart.Cells(names.range, .texts(labels)),
          figures: NativeChart.Cells(figures.range, .numbers(numbers, format: CellStyle.Format.amount.code)))
      ])
    chart.yTitle = bars.axis.in(language)
    chart.subtitle = bars.subtitle?.in(language) ?? ""
    return chart
  }
}
