// The cells of one row laid into a block, column by column. Knows nothing of where cells come from or what they mean.

/// A row of a block while its cells are found from left to right.
struct RowFill {
  /// Whether a cell beyond the columns holds anything.
  private(set) var hasMore = false
  private let cells: CheckedBuffer<CellBlock.Cell>
  private let columns: Int
  private var column = 0
  private var target: Int

  @inline(__always)
  init(_ row: Int, _ block: CellBlock, columns: Int) {
    cells = block.cells
    self.columns = columns
    target = row
  }

  /// The next cell of the row.
  @inline(__always)
  mutating func add(_ cell: CellBlock.Cell) {
    if column < columns {
      cells.initialize(target, to: cell)
      target &+= CellBlock.rows
    } else if cell.count > 0 {
      hasMore = true
    }
    column &+= 1
  }

  /// Many programs leave out what is empty at a row's end.
  @inline(__always)
  mutating func finish(at empty: UnsafePointer<UInt8>) {
    while column < columns {
      cells.initialize(target, to: CellBlock.Cell(start: empty, count: 0))
      target &+= CellBlock.rows
      column &+= 1
    }
  }
}
