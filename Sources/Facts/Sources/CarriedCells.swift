// Columns in which a value is written once and left blank below, as sheets with merged cells look when they have become
// plain: which columns are so, and their cells filled in. Knows nothing of what cells mean.
import Diagnostics
import Glibc

/// What was taken from above in one column.
struct CarriedCount {
  var count = 0
  /// Where the first of them stands.
  var line = 0

  mutating func add(_ other: CarriedCount) {
    if count == 0 { line = other.line }
    count += other.count
  }
}

/// The last values of such columns while rows are read in their order.
final class CarriedCells {
  private let columns: [Int]
  private var last: [CellBlock.Cell?]
  private(set) var counts: [Int: CarriedCount] = [:]
  /// Memory of the values, which stay as long as the run.
  private var texts: [UnsafeMutablePointer<UInt8>] = []

  init(_ columns: [Int]) {
    self.columns = columns
    last = Array(repeating: nil, count: columns.count)
  }

  deinit { for text in texts { text.deallocate() } }

  /// Behind a row of totals or a group's heading nothing is taken from above it.
  func forget() { for i in last.indices { last[i] = nil } }

  /// Gives a record's blank cells what stands above, and remembers what it has.
  func fill(_ row: Int, _ block: CellBlock) {
    for (i, column) in columns.enumerated() {
      let cells = block.column(column)
      let cell = cells[row]
      if cell.count == 0 {
        guard let above = last[i] else { continue }
        cells[row] = above
        counts[column, default: CarriedCount(count: 0, line: block.records[row].line)].count += 1
      } else if last[i].map({ $0.count != cell.count || memcmp($0.start, cell.start, cell.count) != 0 }) ?? true {
        last[i] = keep(cell)
      }
    }
  }

  private func keep(_ cell: CellBlock.Cell) -> CellBlock.Cell {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: cell.count + FileBytes.padding)
    memory.initialize(repeating: 0, count: cell.count + FileBytes.padding)
    memory.update(from: cell.start, count: cell.count)
    texts.append(memory)
    return CellBlock.Cell(start: UnsafePointer(memory), count: cell.count)
  }

  /// Whether the first rows show a column whose values are written once for the rows below: it begins with one, no
  /// value stands twice one below the other, and at least as many cells are blank as are filled.
  static func isCarried(_ column: Int, _ rows: [BulkRow]) -> Bool {
    var (filled, blank) = (0, 0)
    var before: String?
    for row in rows {
      // Totals, notes and empty rows have little else.
      let others = row.cells.enumerated().count { $0.offset != column && !$0.element.text.isEmpty }
      guard others > 1 else { continue }
      let text = row.cells.indices.contains(column) ? row.cells[column].text : ""
      if text.isEmpty {
        if filled == 0 { return false }
        blank += 1
        before = nil
      } else {
        if DittoMark.isAbove(text) || text == before { return false }
        filled += 1
        before = text
      }
    }
    return blank > 1 && blank >= filled
  }

  /// The warning on a column that need not be stated and looks as if its values were written once for the rows below.
  static func doubt(
    _ column: Int, _ heading: String, _ rows: [BulkRow], _ location: (Position, Position) -> SourceRange
  ) -> Diagnostic? {
    let records = rows.filter { row in
      row.cells.enumerated().count { $0.offset != column && !$0.element.text.isEmpty } > 1
    }
    let blank = records.filter { !$0.cells.indices.contains(column) || $0.cells[column].text.isEmpty }
    guard let above = records.first?.cells[column], let first = blank.first else { return nil }
    let (name, quoted) = (ValueProblem.shown(heading), HeadingNotes.quoted(heading))
    let shown = ValueProblem.shown(above.text)
    return Diagnostic(
      .warning, code: "carried-doubt",
      Text(
        "`\(name)` is blank in \(blank.count) of the first \(records.count) rows, each below one that says it "
          + "(`\(shown)`): blank cells are taken for none",
        zh: "`\(name)` 在前 \(records.count) 行中有 \(blank.count) 行空白，其上写有 `\(shown)` 等；空白按“没有”处理"),
      hint: Text(
        "if a blank cell means what stands above it: `carry \(quoted)`; if it means none, nothing needs to be done",
        zh: "如空白表示与上方相同，请加上“沿用上行 \(quoted)”；如确实没有，无需处理"),
      at: location(Position(line: first.line, column: column + 1), Position(line: first.line, column: column + 1)))
  }

  /// The warning on one column.
  static func warning(_ heading: String, _ found: CarriedCount, at location: SourceRange) -> Diagnostic {
    let name = ValueProblem.shown(heading)
    return Diagnostic(
      .warning, code: "carried-down",
      Text(
        "`\(name)` is written once for the rows below it: \(found.count) empty cells have the value above them",
        zh: "`\(name)` 只写在每组的首行，以下 \(found.count) 个空格均取上方的值"),
      hint: Text("check it; where a cell ought to be empty, say so in it", zh: "请核对；确实没有内容的，请写“无”"), at: location)
  }
}
