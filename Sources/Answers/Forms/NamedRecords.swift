// Records of comma-separated values for people: the columns that programs get, under their titles, with names in the
// reader's language instead of ids. Amounts, dates and counts stay as they are, so that a spreadsheet can reckon with
// them. Knows nothing of where they go.

import Diagnostics
import View

/// A relation's records under names.
package struct NamedRecords {
  private let relation: Relation
  private let language: Language
  private let companions: [CSVRenderer.Companion]
  private let columns: [Int]

  /// - Parameter companions: last columns that say the same in every record.
  package init(_ relation: Relation, _ language: Language, _ companions: [CSVRenderer.Companion] = []) {
    self.relation = relation
    self.language = language
    self.companions = companions
    columns = relation.columns([.csv, .csvShown])
  }

  /// The heads and all records.
  var text: String { heads + records(0..<relation.count) }

  /// The record of heads.
  package var heads: String { render([]) }

  /// Some records, without heads.
  package func records(_ rows: Range<Int>) -> String {
    let text = render(rows.map { row in Table.Row(columns.map { cell(row, $0) }) })
    return String(text.dropFirst(heads.count))
  }

  private func render(_ rows: [Table.Row]) -> String {
    let heads = columns.map { Table.Column(relation.columns[$0].title) }
    return CSVRenderer(
      language: language, keys: false, companions: companions, tellsOfNone: relation.count == 0
    ).render(Table(columns: heads, rows: rows))
  }

  /// What people see, but for figures, which are written whole.
  private func cell(_ row: Int, _ column: Int) -> Cell {
    let head = relation.columns[column]
    switch head.type {
    case .money, .change, .count, .date, .decimal, .share, .flag: break
    case .words, .id, .list, .mixed, .record, .rows:
      if let shown = relation.shown(row, column) { return .spans(shown) }
    }
    return TableForm.cell(relation.datum(row, column), head)
  }
}
