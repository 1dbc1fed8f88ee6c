// Which of a table's first rows names its columns: below titles, and across two rows where headings are merged. Knows
// nothing of the rows below, or of what becomes of the columns.
import Diagnostics

/// The row that names the columns, and what each column is called.
struct HeadingSearch {
  /// How many rows are looked at.
  static let rows = 30

  let row: BulkRow
  /// What each column is called, its own row's cell or that above it.
  let cells: [BulkRow.Cell]
  /// How many rows with titles stand above.
  let titles: Int
  /// The row's own cells, by which it is known again where it is repeated on each page.
  let own: [String]

  /// - Parameter row: the row that somebody has said names the columns, counted from 1.
  /// - Returns: nil where there are no rows, or not the row that was said.
  init?(_ top: [BulkRow], _ headings: Headings, _ schema: ListSchema, row said: Int? = nil) {
    guard let first = top.first else { return nil }
    var best = (index: 0, score: 0, used: 0)
    // Nearly every file names its columns in its first row.
    if let said {
      guard let index = top.firstIndex(where: { $0.line == said }) else { return nil }
      best.index = index
    } else if !first.cells.allSatisfy({ $0.text.isEmpty || schema.column($0.text) != nil }) || first.cells.isEmpty {
      let known = top.map { row in row.cells.map { HeadingSearch.isKnown($0.text, headings) } }
      for index in top.indices {
        let own = known[index].count { $0 }
        let lent = HeadingSearch.lent(to: index, top, known)
        if own > 0, own + lent.count > best.score { best = (index, own + lent.count, Set(lent.values).count) }
      }
    }
    row = top[best.index]
    var cells = row.cells
    if best.index > 0 {
      let known = top[...best.index].map { row in row.cells.map { HeadingSearch.isKnown($0.text, headings) } }
      for (column, above) in HeadingSearch.lent(to: best.index, top, known) where cells.indices.contains(column) {
        cells[column] = top[above].cells[column]
      }
    }
    self.cells = cells
    titles = best.index - best.used
    own = row.cells.map(\.text)
  }

  private static func isKnown(_ text: String, _ headings: Headings) -> Bool {
    if text.isEmpty { return false }
    do { return try headings.match(text) != nil } catch { return true }
  }

  /// The columns whose headings stand in a row above, as merged cells leave them, and in which.
  private static func lent(to index: Int, _ top: [BulkRow], _ known: [[Bool]]) -> [Int: Int] {
    var out: [Int: Int] = [:]
    for (column, cell) in top[index].cells.enumerated() where cell.text.isEmpty {
      for above in stride(from: index - 1, through: max(0, index - 3), by: -1)
      where top[above].cells.indices.contains(column) && !top[above].cells[column].text.isEmpty {
        if known[above][column] { out[column] = above }
        break
      }
    }
    return out
  }
}
