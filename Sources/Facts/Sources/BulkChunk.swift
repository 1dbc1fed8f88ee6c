// The inner loop of the bulk reader: a run of whole records of a CSV file, cut into cells a block of rows at a time, without a
// text per cell. What is wrong it only counts and remembers by row; what cells mean is in BulkCells.swift. Knows nothing of other
// chunks, of ids in other lists, or of messages.
import Glibc
import Reckoning

/// A run of whole records of a bulk file, read by one thread.
final class BulkChunk {
  struct State {
    var kind: BulkColumnPlan.Kind
    var required: Bool
    var missing: Int64
    var out: UnsafeMutableRawPointer?
    var table: CodeTable
    var sawMissing: Bool
  }

  /// A cell's bytes: in the file, or a copy where quotation marks inside it were doubled.
  struct Cell {
    var start: UnsafePointer<UInt8>
    var count: Int
  }

  /// A row's place, and how many problems it has.
  struct Row {
    var offset: Int
    var line: Int
    var problems: Int
    /// Where not 0, the number of problems whatever the cells are: of such a row nothing else is said.
    var only: Int
  }

  /// How many rows are cut into cells before the cells are read, column by column: so many that their bytes are still
  /// at hand, and that the memory waited for by one row's cell is on its way for the next rows', too.
  static let blockRows = 128

  let file: FileBytes
  private let begin: Int
  private let end: Int
  private let firstLine: Int
  private let hasQuotes: Bool
  let plans: [BulkColumnPlan]
  let reader: ValueReader
  let states: UnsafeMutablePointer<State>
  let months: UnsafeMutablePointer<Int32>
  /// The cells of a block, column by column.
  let cells: UnsafeMutablePointer<Cell>
  let block: UnsafeMutablePointer<Row>
  let probes: UnsafeMutablePointer<CodeTable.Probe>
  /// Cells of the block that are not in the file as they read.
  private var copies: [UnsafeMutablePointer<UInt8>] = []

  var ids: IDRun

  private(set) var rows = 0
  private(set) var problems = 0
  private(set) var suspects: [SuspectRow] = []
  /// Quotation marks are not as they should be: where rows begin is uncertain.
  private(set) var misquoted = false
  /// From which row on lines run ahead of rows, and by how many.
  private(set) var lineShifts: [(row: Int, by: Int)] = []
  /// Typed sets of each set column, by code.
  var sets: [[Typed]]

  /// - Parameters:
  ///   - outputs: for each column the memory of its first row, with room for every line of the chunk.
  ///   - idEnds: room for the end of each id, counted in the bytes of this chunk's ids.
  init(
    _ file: FileBytes, from begin: Int, to end: Int, firstLine: Int, hasQuotes: Bool, plans: [BulkColumnPlan],
    outputs: [UnsafeMutableRawPointer?], idEnds: UnsafeMutablePointer<Int64>?, reader: ValueReader
  ) {
    self.file = file
    self.begin = begin
    self.end = end
    self.firstLine = firstLine
    self.hasQuotes = hasQuotes
    self.plans = plans
    self.reader = reader
    ids = IDRun(ends: idEnds)
    cells = .allocate(capacity: max(plans.count, 1) * BulkChunk.blockRows)
    block = .allocate(capacity: BulkChunk.blockRows)
    probes = .allocate(capacity: BulkChunk.blockRows)
    states = .allocate(capacity: max(plans.count, 1))
    for (i, plan) in plans.enumerated() {
      (states + i).initialize(
        to: State(
          kind: plan.kind, required: plan.required, missing: plan.missing, out: outputs[i], table: CodeTable(),
          sawMissing: false))
    }
    sets = Array(repeating: [], count: plans.count)
    months = .allocate(capacity: MonthTable.count)
    MonthTable.fill(months)
  }

  /// A run whose rows have been read before.
  /// - Parameters:
  ///   - rows: how many there are.
  ///   - texts: by column, the texts that its numbers stand for.
  convenience init(
    _ file: FileBytes, kept rows: Int, plans: [BulkColumnPlan], texts: [Int: [[UInt8]]], reader: ValueReader
  ) {
    self.init(
      file, from: 0, to: 0, firstLine: 1, hasQuotes: false, plans: plans, outputs: plans.map { _ in nil }, idEnds: nil,
      reader: reader)
    self.rows = rows
    for (column, texts) in texts where plans.indices.contains(column) {
      for text in texts {
        // A key looks ahead of its end.
        let padded = text + [UInt8](repeating: 0, count: FileBytes.padding)
        padded.withUnsafeBufferPointer { bytes in
          guard let start = bytes.baseAddress else { return }
          states[column].table.insert(CellKey(start, text.count), Int32(truncatingIfNeeded: states[column].table.count))
        }
      }
    }
  }

  deinit {
    for i in plans.indices { states[i].table.free() }
    states.deallocate()
    months.deallocate()
    cells.deallocate()
    block.deallocate()
    probes.deallocate()
    freeCopies()
    ids.free()
  }

  /// Texts of a column of texts, references or sets, by code.
  func table(_ column: Int) -> CodeTable { states[column].table }
  func sawMissing(_ column: Int) -> Bool { states[column].sawMissing }

  // MARK: rows

  func parse(_ control: WorkControl = WorkControl()) {
    var i = begin
    var line = firstLine
    var blocks = 0
    var released = begin
    while i < end {
      if blocks & 63 == 63 {
        if control.isCancelled() { return }
        control.progress?(Double(i - begin) / Double(end - begin))
        if i - released >= 1 << 22 {
          // What has been read takes as much memory as what it became.
          file.release(released..<i)
          released = i
        }
      }
      blocks &+= 1
      let filled = cut(&i, &line)
      if filled == 0 { continue }
      for column in plans.indices { read(column, filled) }
      var wrong = 0
      for r in 0..<filled { wrong |= block[r].problems | block[r].only }
      if wrong != 0 { note(filled) }
      rows &+= filled
      if !copies.isEmpty { freeCopies() }
    }
  }

  /// Cuts the next rows into cells.
  /// - Returns: how many rows there are in the block.
  private func cut(_ position: inout Int, _ lineNumber: inout Int) -> Int {
    let p = file.base
    let n = plans.count
    var i = position
    var line = lineNumber
    var filled = 0
    var shift = lineShifts.last?.by ?? 0
    while i < end, filled < BulkChunk.blockRows {
      if p[i] == 0x0A || (p[i] == 0x0D && p[i &+ 1] == 0x0A) {
        i &+= p[i] == 0x0A ? 1 : 2
        line &+= 1
        continue
      }
      if p[i] == 0x2C, let after = BulkChunk.emptyRow(p, i) {
        // Rows of empty cells, as spreadsheets leave them behind the last record.
        i = after
        line &+= 1
        continue
      }
      if line &- firstLine &- rows &- filled != shift {
        shift = line &- firstLine &- rows &- filled
        lineShifts.append((rows &+ filled, shift))
      }
      let rowStart = i
      var misplaced = 0
      var column = 0
      var innerLines = 0
      var target = cells + filled
      while true {
        var cell = Cell(start: p + i, count: 0)
        let stop: Int
        if hasQuotes, p[i] == 0x22 {
          let quoted = quoted(i)
          cell = quoted.cell
          stop = quoted.stop
          innerLines &+= quoted.lines
          if !quoted.wellFormed { misplaced &+= 1 }
        } else {
          stop = BulkChunk.delimiter(p, i)
          cell.count = stop &- i
          if p[stop] == 0x0A, cell.count > 0, p[stop &- 1] == 0x0D { cell.count &-= 1 }
          if hasQuotes, cell.count > 0, memchr(cell.start, 0x22, cell.count) != nil {
            misquoted = true
            misplaced &+= 1
          }
        }
        BulkChunk.trim(&cell)
        if column < n {
          target.initialize(to: cell)
          target += BulkChunk.blockRows
        }
        column &+= 1
        i = stop &+ 1
        if p[stop] == 0x0A { break }
      }
      let isShort = column != n
      while column < n {
        target.initialize(to: Cell(start: p, count: 0))
        target += BulkChunk.blockRows
        column &+= 1
      }
      // Of a row whose quotation marks are wrong nothing else is said.
      let only = misplaced > 0 ? misplaced : isShort ? 1 : 0
      (block + filled).initialize(to: Row(offset: rowStart, line: line, problems: 0, only: only))
      line &+= 1 &+ innerLines
      filled &+= 1
    }
    position = i
    lineNumber = line
    return filled
  }

  /// Counts the block's problems and remembers where the first of them are.
  private func note(_ filled: Int) {
    for r in 0..<filled {
      let row = block[r]
      let bad = row.only != 0 ? row.only : row.problems
      guard bad > 0 else { continue }
      problems &+= bad
      if suspects.count < Findings.shownInFull {
        suspects.append(SuspectRow(row: rows + r, line: row.line, offset: row.offset))
      }
    }
  }

  /// Where the next line begins, if this one holds nothing but commas and spaces.
  private static func emptyRow(_ p: UnsafePointer<UInt8>, _ from: Int) -> Int? {
    var i = from
    while p[i] == 0x2C || p[i] == 0x20 || p[i] == 0x09 { i &+= 1 }
    if p[i] == 0x0D { i &+= 1 }
    return p[i] == 0x0A ? i &+ 1 : nil
  }

  /// The offset of the first comma or line feed at or after `from`.
  @inline(__always)
  private static func delimiter(_ p: UnsafePointer<UInt8>, _ from: Int) -> Int {
    var i = from
    while true {
      let word = UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self)
      // A byte that is zero after the exclusive or is the one sought; the lowest mark is always a true one.
      let comma = word ^ 0x2C2C_2C2C_2C2C_2C2C
      let feed = word ^ 0x0A0A_0A0A_0A0A_0A0A
      let marks =
        (((comma &- 0x0101_0101_0101_0101) & ~comma) | ((feed &- 0x0101_0101_0101_0101) & ~feed))
        & 0x8080_8080_8080_8080
      if marks != 0 { return i &+ (marks.trailingZeroBitCount &>> 3) }
      i &+= 8
    }
  }

  /// A cell in quotation marks, from the first of them.
  @inline(never)
  private func quoted(_ start: Int) -> (cell: Cell, stop: Int, lines: Int, wellFormed: Bool) {
    let p = file.base
    var i = start + 1
    var doubled = 0
    var lines = 0
    var closed = false
    var close = end
    while i < end {
      if p[i] == 0x22 {
        guard i + 1 < end, p[i + 1] == 0x22 else {
          close = i
          i += 1
          closed = true
          break
        }
        doubled += 1
        i += 1
      }
      if p[i] == 0x0A { lines += 1 }
      i += 1
    }
    var cell = Cell(start: p + start + 1, count: max(min(close, i) - start - 1, 0))
    if doubled > 0 { cell = single(cell, doubled) }
    let stop = i < end ? BulkChunk.delimiter(p, i) : file.count
    let returns = stop > i && p[stop] == 0x0A && p[stop - 1] == 0x0D ? 1 : 0
    let wellFormed = closed && stop - returns <= i
    if !wellFormed { misquoted = true }
    return (cell, stop, lines, wellFormed)
  }

  /// The cell with each doubled quotation mark once.
  private func single(_ cell: Cell, _ doubled: Int) -> Cell {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: cell.count - doubled + FileBytes.padding)
    copies.append(copy)
    var count = 0
    var i = 0
    while i < cell.count {
      copy[count] = cell.start[i]
      i += cell.start[i] == 0x22 ? 2 : 1
      count += 1
    }
    return Cell(start: UnsafePointer(copy), count: count)
  }

  private func freeCopies() {
    for copy in copies { copy.deallocate() }
    copies = []
  }
}
