// Cells that are merged into one: only the first of them has the value. Down a column it is taken for every row that is
// merged, as whoever reads the sheet does; across columns it stays with the first, so that a title is not taken for
// as many headings. Knows nothing of what cells mean.

/// The merged cells of a sheet.
struct MergedCells {
  /// Merges of no more rows than this in all.
  private static let limit = 1 << 22

  /// Those of several rows, by their first.
  private let ranges: [CellRange]

  init(_ ranges: [CellRange]) {
    self.ranges = ranges.filter { $0.rows.count > 1 }.sorted {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
  }

  /// The table with the values of merged cells in every row that has cells.
  func filled(_ table: SheetTable) throws(WorkbookProblem) -> SheetTable {
    // Across columns a value stays where it is: of titles nothing is filled in.
    guard ranges.contains(where: { $0.rows.count > 1 }) else { return table }
    let out = SheetTable(capacity: table.count + table.count / 8 + 1024)
    out.remarks = table.remarks
    out.isFiltered = table.isFiltered
    var (next, work) = (0, 0)
    /// What holds in a row, by column: the value, and the last row.
    var open: [(column: Int, last: Int, text: [UInt8])] = []
    for row in 0..<table.rows {
      let number = Int(table.numbers[row])
      open.removeAll { $0.last < number }
      let all = UnsafeBufferPointer(
        start: table.bytes + table.starts[row], count: table.starts[row + 1] - table.starts[row])
      if open.isEmpty {
        try out.append(all)
      } else {
        work += open.count
        guard work <= MergedCells.limit else { throw .tooLarge }
        try MergedCells.append(all, open, to: out)
      }
      out.endRow(number)
      while next < ranges.count, ranges[next].rows.lowerBound <= number {
        let range = ranges[next]
        next += 1
        guard range.rows.lowerBound == number else { continue }
        let column = range.columns.lowerBound
        let value = MergedCells.cell(all, column)
        if !value.isEmpty { open.append((column, range.rows.upperBound, Array(value))) }
      }
    }
    out.end()
    return out
  }

  private static func cell(_ row: UnsafeBufferPointer<UInt8>, _ column: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    let cells = row.split(separator: SheetTable.separator, maxSplits: column, omittingEmptySubsequences: false)
    return column <= cells.count ? cells[column - 1] : row[0..<0]
  }

  /// A row with what holds in its empty cells.
  private static func append(
    _ row: UnsafeBufferPointer<UInt8>, _ open: [(column: Int, last: Int, text: [UInt8])], to out: SheetTable
  ) throws(WorkbookProblem) {
    let cells = row.split(separator: SheetTable.separator, omittingEmptySubsequences: false)
    var more: [Int: [UInt8]] = [:]
    for part in open { more[part.column] = part.text }
    let width = max(cells.count, open.reduce(0) { max($0, $1.column) })
    for column in 1...max(width, 1) {
      if column > 1 { try out.appendSeparator() }
      if column <= cells.count, !cells[column - 1].isEmpty {
        try out.append(UnsafeBufferPointer(rebasing: cells[column - 1]))
      } else if let text = more[column] {
        try text.withUnsafeBufferPointer { (text) throws(WorkbookProblem) in try out.append(text) }
      }
    }
  }
}
