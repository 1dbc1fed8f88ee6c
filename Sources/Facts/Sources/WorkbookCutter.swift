// The rows of a sheet cut into cells, as runs that threads cut at the same time. Knows nothing of what cells mean.
import Diagnostics
import Glibc
import Reckoning
import Workbooks

/// A stretch of a sheet's rows, cut into cells by one thread.
final class WorkbookCutter: RowCutter {
  let room: Int
  let firstLine: Int
  let isUncertain = false
  private let table: SheetTable
  private let rows: Range<Int>
  private let columns: Int
  private let part: Range<Int>?
  private var next: Int
  private let letsGo: Bool
  /// Up to which row texts have been given up. The first rows of a sheet are looked at again for its headings.
  private var gone: Int

  init(_ table: SheetTable, _ rows: Range<Int>, columns: Int, of part: Range<Int>?, letsGo: Bool) {
    self.letsGo = letsGo
    gone = max(rows.lowerBound, min(HeadingSearch.rows, rows.upperBound))
    self.table = table
    self.rows = rows
    self.columns = columns
    self.part = part
    room = rows.count
    next = rows.lowerBound
    firstLine = rows.isEmpty ? 1 : Int(table.numbers[rows.lowerBound])
  }

  var isAtEnd: Bool { next >= rows.upperBound }
  var progress: Double { rows.isEmpty ? 1 : Double(next - rows.lowerBound) / Double(rows.count) }

  func letGo() {
    guard letsGo, next > gone else { return }
    table.release(gone..<next)
    gone = next
  }

  func cut(into block: CellBlock) -> Int {
    var filled = 0
    while next < rows.upperBound, filled < CellBlock.rows {
      let hasMore = cutRow(next, filled, block)
      let line = Int(table.numbers[next])
      block.records.initialize(
        filled, to: CellBlock.Record(offset: next, line: line, problems: 0, only: hasMore ? 1 : 0, hasMore: hasMore))
      next += 1
      filled += 1
    }
    return filled
  }

  /// - Returns: whether a cell beyond the columns holds anything.
  @inline(__always)
  private func cutRow(_ index: Int, _ row: Int, _ block: CellBlock) -> Bool {
    let bytes = UnsafePointer(table.bytes)
    var start = table.starts[index]
    let end = table.starts[index + 1]
    var fill = RowFill(row, block, columns: columns, of: part)
    while start <= end {
      var stop = start
      while stop < end, bytes[stop] != SheetTable.separator { stop &+= 1 }
      var cell = CellBlock.Cell(start: bytes + start, count: stop &- start)
      cell.trim()
      fill.add(cell)
      start = stop &+ 1
    }
    fill.finish(at: bytes)
    return fill.hasMore
  }
}
