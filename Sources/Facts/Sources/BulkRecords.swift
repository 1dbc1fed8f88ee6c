// The records of one bulk file as typed columns, whatever its form. Texts and references stay numbered by first
// appearance in each run until all lists are known (`Assembly`). Knows nothing of the other lists or of how records
// were read.
import Diagnostics
import Reckoning

/// The records of one bulk file.
final class BulkRecords {
  /// One column of the file.
  struct Column {
    /// The number of the column in the file and of the field in the schema.
    let column: Int
    let field: Int
    let values: ColumnBuffer
    let sawMissing: Bool
    /// How many cells are empty.
    let empty: Int
  }

  /// What is known of the records beside their columns.
  struct Summary {
    var rows = 0
    var runs: [RecordRun] = []
    /// The first row of each run.
    var firstRows: [Int] = []
    /// Whether the ids ascend by code point, and whether their order shows that none repeats.
    var ascending = false
    var unrepeated = false
    /// The rows in which something is wrong, the first of them, and how many problems there are.
    var suspects: [SuspectRow] = []
    var problems = 0
    var lineShifts: [LineShift] = []
    /// Where each id ends in the ids' bytes; nil where the file has no ids.
    var idOffsets: Storage<Int64>?
    /// The ids where they stand in a kept file.
    var keptIDs: IDColumn?
    /// By column, what was taken from the rows above.
    var carried: [Int: CarriedCount] = [:]
    /// Cells that have to hold something and hold nothing, the first of them, as `unfilledKey` numbers them.
    var unfilled: Set<Int> = []
    /// Rows that are no records.
    var skipped = SkippedRows()
    /// By column, what was read otherwise than usual.
    var readAs: [Int: ReadAs] = [:]
    /// What somebody has said that texts of cells stand for, and no cell of the file says.
    var unmetCells: [String] = []
    /// The same of rows that are not to be read.
    var unmetSkips: [String] = []
    /// By column without a heading, how many cells hold something.
    var nameless: [Int: (count: Int, first: SuspectRow?)] = [:]

    /// Adds what a run whose rows begin at `firstRow` has counted in a column.
    mutating func add(_ run: RecordRun, _ column: Int, firstRow: Int) {
      if !run.readAs[column].isEmpty { readAs[column, default: ReadAs()].add(run.readAs[column], firstRow: firstRow) }
      if let count = run.carriedCounts[column] { carried[column, default: CarriedCount()].add(count) }
      let cells = run.namelessCells[column]
      guard cells.count > 0 else { return }
      let first = cells.first.map { SuspectRow(row: $0.row + firstRow, line: $0.line, offset: $0.offset) }
      let before = nameless[column]
      nameless[column] = ((before?.count ?? 0) + cells.count, before?.first ?? first)
    }
  }

  static let limit = 500_000_000

  let schema: ListSchema
  /// What messages point into.
  let file: SourceFile
  /// Nil where the file could not be opened.
  let source: (any BulkSource)?
  /// Nil where nothing below the header could be understood; then there are no records.
  let header: BulkHeader?
  let columns: [Column]
  private(set) var summary: Summary
  private var taken: Set<Int> = []
  /// Whether the ids are none that the file has, but made of what tells the records apart.
  private(set) var hasMadeIDs = false
  /// Cells of which it has been told that they hold nothing to be read: nothing more is said of them.
  var told: Set<Position> = []

  init(
    _ source: any BulkSource, _ schema: ListSchema, _ header: BulkHeader, columns: [Column], _ summary: Summary
  ) {
    self.schema = schema
    self.source = source
    self.header = header
    self.columns = columns
    self.summary = summary
    file = source.file
    Invariant.holds(
      summary.runs.count == summary.firstRows.count && summary.runs.reduce(0) { $0 + $1.rows } == summary.rows,
      "runs-make-up-file: the rows of a bulk file's runs are all of its rows")
  }

  /// No records: nothing below the header was understood, or the file could not be opened.
  init(none file: SourceFile, _ schema: ListSchema, _ source: (any BulkSource)? = nil) {
    self.schema = schema
    self.source = source
    self.file = file
    header = nil
    columns = []
    summary = Summary()
  }

  deinit {
    for column in columns where !taken.contains(column.column) { column.values.release() }
  }

  var rows: Int { summary.rows }
  var runs: [RecordRun] { summary.runs }
  var firstRows: [Int] { summary.firstRows }
  var ascending: Bool { summary.ascending }
  var unrepeated: Bool { summary.unrepeated }
  var suspects: [SuspectRow] { summary.suspects }
  var problems: Int { summary.problems }
  var idOffsets: Storage<Int64>? { summary.idOffsets }
  var keptIDs: IDColumn? { summary.keptIDs }
  /// Whether anything is to be said of the records beside what is wrong.
  var hasRemarks: Bool {
    !summary.skipped.isEmpty || !summary.readAs.isEmpty || !summary.nameless.isEmpty || !summary.carried.isEmpty
      || !summary.unmetCells.isEmpty || !summary.unmetSkips.isEmpty
  }
  /// Whether the records come from columns that an earlier reading kept: then the text itself is not at hand.
  var isKept: Bool { source is KeptColumns }
  /// Where no header was understood there are no rows, and no line is asked for.
  var lines: LineIndex { LineIndex(first: header?.bodyLine ?? 1, shifts: summary.lineShifts) }

  static func unfilledKey(_ row: Int, _ column: Int) -> Int { row * (BulkHeader.columnLimit * 2) + column }

  /// Takes ids that the file does not have.
  func take(_ ids: IDColumn) {
    summary.keptIDs = ids
    summary.idOffsets = ids.offsets
    summary.ascending = ids.ascending
    summary.unrepeated = true
    hasMadeIDs = true
  }

  /// Hands a column's memory over; what nobody takes is released with the file.
  func take(_ column: Column) -> ColumnBuffer {
    taken.insert(column.column)
    return column.values
  }

  /// The column that states a field, if one does.
  func column(of field: Int) -> Column? { columns.first { $0.field == field } }

  /// Whether a column gives the field any value; a column of texts without a single text does not.
  func states(_ field: Int) -> Bool {
    guard let column = column(of: field), let header else { return false }
    guard header.plans[column.column].use == .coded else { return true }
    return runs.contains { $0.table(column.column).count > 0 }
  }

  /// The ids' bytes, one after another.
  func copyIDs(to memory: UnsafeMutablePointer<UInt8>) {
    if let keptIDs {
      // Where all ids together have no bytes there is nothing to copy.
      if let start = keptIDs.bytes.buffer.baseAddress { memory.update(from: start, count: keptIDs.bytes.count) }
      return
    }
    var done = 0
    for run in runs {
      (memory + done).update(from: run.ids.bytes.start, count: run.ids.byteCount)
      done += run.ids.byteCount
    }
  }

  /// The ids in the order of the rows; nil where the file has none. The ends that runs have are no longer their own
  /// once all runs have been joined.
  var ids: IDColumn? {
    if let keptIDs { return keptIDs }
    guard let idOffsets else { return nil }
    let bytes = Storage<UInt8>(adopting: .allocate(capacity: idByteCount + 16), count: idByteCount)
    if let memory = bytes.buffer.baseAddress { copyIDs(to: memory) }
    return IDColumn(offsets: idOffsets, bytes: bytes, ascending: ascending)
  }

  var idByteCount: Int { keptIDs?.bytes.count ?? runs.reduce(0) { $0 + $1.ids.byteCount } }

  /// The line on which a row begins.
  func line(of row: Int) -> Int { lines.line(of: row) }
  var lineShifts: [LineShift] { summary.lineShifts }
}
