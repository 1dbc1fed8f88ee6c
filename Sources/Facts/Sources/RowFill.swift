// The cells of one row laid into a block, column by column. Knows nothing of where cells come from or what they mean.

/// A row of a block while its cells are found from left to right.
struct RowFill {
  /// Whether a cell beyond the columns holds anything.
  private(set) var hasMore = false
  private let cells: CheckedBuffer<CellBlock.Cell>
  private let columns: Int
  /// How many columns there are before the next table, beside this one.
  private let limit: Int
  private var column: Int
  private var target: Int

  /// - Parameter part: the columns of the file that are read; nil where all are.
  @inline(__always)
  init(_ row: Int, _ block: CellBlock, columns: Int, of part: Range<Int>?) {
    cells = block.cells
    self.columns = columns
    limit = part?.count ?? .max
    column = -(part?.lowerBound ?? 0)
    target = row
  }

  /// The next cell of the row.
  @inline(__always)
  mutating func add(_ cell: CellBlock.Cell) {
    if UInt(bitPattern: column) < UInt(bitPattern: columns) {
      cells.initialize(target, to: cell)
      target &+= CellBlock.rows
    } else if cell.count > 0, column >= columns, column < limit {
      hasMore = true
    }
    column &+= 1
  }

  /// Many programs leave out what is empty at a row's end.
  @inline(__always)
  mutating func finish(at empty: UnsafePointer<UInt8>) {
    column = max(column, 0)
    while column < columns {
      cells.initialize(target, to: CellBlock.Cell(start: empty, count: 0))
      target &+= CellBlock.rows
      column &+= 1
    }
  }
}
