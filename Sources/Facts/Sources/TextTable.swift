// A table of text cells in memory, row by row, for forms of files that are no lines of text (a sheet of a workbook). It
// is a source like any other: titles, headings, units, totals and every way of writing a cell are met as in CSV. Knows
// nothing of any form.
import Diagnostics
import Reckoning

/// A table that is filled cell by cell and then read.
package final class TextTable {
  /// What messages point into; a line is a row's number in its sheet, a column a cell's.
  package let file: SourceFile
  fileprivate private(set) var bytes: CheckedBuffer<UInt8> = .allocate(1 << 16)
  private var capacity = 1 << 16
  private var byteCount = 0
  /// Where each cell ends in `bytes`, behind a first 0.
  fileprivate private(set) var ends: [Int] = [0]
  /// Which is each row's first cell, and behind the last row where the next would be; and each row's line.
  fileprivate private(set) var firstCells: [Int] = [0]
  fileprivate private(set) var lines: [Int32] = []

  /// A table without rows.
  /// - Parameter name: what messages call it.
  package init(name: String) { file = SourceFile(name: name, text: "") }

  deinit { bytes.deallocate() }

  /// How many rows have been ended.
  package var rows: Int { lines.count }

  /// Adds the next cell of the row that is being filled; an empty one where the sheet has none.
  /// - Parameter text: UTF-8.
  package func add(_ text: UnsafeBufferPointer<UInt8>) {
    if byteCount + text.count + FileBytes.padding > capacity { grow(text.count) }
    if let start = text.baseAddress {
      bytes.pointer(byteCount, count: text.count).update(from: start, count: text.count)
    }
    byteCount += text.count
    ends.append(byteCount)
  }

  /// The same from a text.
  package func add(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  /// Ends the row.
  /// - Parameter line: its number in the sheet, which ascends; rows that the sheet leaves out need not be added.
  package func endRow(line: Int) {
    firstCells.append(ends.count - 1)
    lines.append(Int32(clamping: line))
  }

  private func grow(_ count: Int) {
    let room = capacity * 2 + count + FileBytes.padding
    let larger = CheckedBuffer<UInt8>.allocate(room)
    larger.start.update(from: bytes.start, count: byteCount)
    bytes.deallocate()
    bytes = larger
    capacity = room
  }

  /// How many cells a row has.
  fileprivate func count(_ row: Int) -> Int { firstCells[row + 1] - firstCells[row] }

  /// A cell's bytes, without blanks around them.
  fileprivate func cell(_ row: Int, _ column: Int) -> CellBlock.Cell {
    let number = firstCells[row] + column
    let count = ends[number + 1] - ends[number]
    var cell = CellBlock.Cell(start: UnsafePointer(bytes.start) + ends[number], count: count)
    cell.trim()
    return cell
  }

  /// Whether a row holds nothing.
  fileprivate func isBlank(_ row: Int) -> Bool { !(0..<count(row)).contains { cell(row, $0).count > 0 } }
}

/// A table as a source of records.
final class TextTableSource: CellSource {
  private let table: TextTable
  private var first = 0
  private var columns = 0

  init(_ table: TextTable) { self.table = table }

  var file: SourceFile { table.file }

  func top(_ rows: Int, limit: Int) -> [BulkRow] {
    (0..<table.rows).lazy.filter { !self.table.isBlank($0) }.prefix(rows).map { self.row($0, limit) }
  }

  func cutters(below heading: BulkRow, columns: Int, threads: Int) -> [any RowCutter] {
    (first, self.columns) = (heading.next, columns)
    let rows = table.rows - first
    guard rows > 0 else { return [] }
    let parts = rows < 4096 ? 1 : max(1, min(threads, 64))
    return (0..<parts).map { part in
      TableCutter(table, first + rows * part / parts, first + rows * (part + 1) / parts, columns: columns)
    }
  }

  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow? { row(suspect.offset, limit) }

  func find(_ rows: [Int], _ lines: LineIndex) -> [SuspectRow] {
    var at = first
    return rows.compactMap { row in
      let line = lines.line(of: row)
      while at < table.rows, Int(table.lines[at]) < line { at += 1 }
      return at < table.rows ? SuspectRow(row: row, line: line, offset: at) : nil
    }
  }

  private func row(_ number: Int, _ limit: Int) -> BulkRow {
    let line = Int(table.lines[number])
    var row = BulkRow(line: line)
    row.count = table.count(number)
    for column in 0..<min(row.count, limit) {
      let cell = table.cell(number, column)
      let text = String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self)
      let at = Position(line: line, column: column + 1)
      row.cells.append(BulkRow.Cell(text: text, start: at, end: at))
    }
    // A sheet leaves out the empty cells behind a row's last.
    let behind = Position(line: line, column: row.count + 1)
    while row.cells.count < min(columns, limit) { row.cells.append(BulkRow.Cell(text: "", start: behind, end: behind)) }
    row.count = max(row.count, columns)
    row.next = number + 1
    row.nextLine = number + 1 < table.rows ? Int(table.lines[number + 1]) : line + 1
    return row
  }
}

/// Some rows of a table.
private final class TableCutter: RowCutter {
  private let table: TextTable
  private let begin: Int
  private let end: Int
  private let columns: Int
  private var next: Int
  let isUncertain = false

  init(_ table: TextTable, _ begin: Int, _ end: Int, columns: Int) {
    (self.table, self.begin, self.end, self.columns) = (table, begin, end, columns)
    next = begin
  }

  var room: Int { end - begin }
  var firstLine: Int { begin < table.rows ? Int(table.lines[begin]) : 1 }
  var isAtEnd: Bool { next >= end }
  var progress: Double { Double(next - begin) / Double(max(end - begin, 1)) }
  func letGo() {}

  func cut(into block: CellBlock) -> Int {
    let filled = min(CellBlock.rows, end - next)
    for r in 0..<filled {
      let row = next + r
      let count = table.count(row)
      for column in 0..<columns {
        // A sheet leaves out the empty cells behind a row's last.
        let cell =
          column < count ? table.cell(row, column) : CellBlock.Cell(start: UnsafePointer(table.bytes.start), count: 0)
        block.cells.initialize(column * CellBlock.rows + r, to: cell)
      }
      let hasMore = count > columns && (columns..<count).contains { table.cell(row, $0).count > 0 }
      block.records.initialize(
        r,
        to: CellBlock.Record(
          offset: row, line: Int(table.lines[row]), problems: 0, only: hasMore ? 1 : 0, hasMore: hasMore))
    }
    next += filled
    return filled
  }
}
