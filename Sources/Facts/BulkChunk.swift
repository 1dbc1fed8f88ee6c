// The inner loop of the bulk reader: a run of whole records of a CSV file into typed columns, without a text per cell.
// What it does not recognise at a glance it asks `ValueReader`, so that a cell means the same here as anywhere; what is
// wrong it only counts and remembers by row. Knows nothing of other chunks, of ids in other lists, or of messages.
import Glibc
import Reckoning

/// A run of whole records of a bulk file, read by one thread.
final class BulkChunk {
  private struct State {
    var kind: BulkColumnPlan.Kind
    var required: Bool
    var missing: Int64
    var out: UnsafeMutableRawPointer?
    var table: CodeTable
    var sawMissing: Bool
  }

  /// A cell's bytes: in the file, or a copy where quotation marks inside it were doubled.
  private struct Cell {
    var start: UnsafePointer<UInt8>
    var count: Int
  }

  /// A row's place, and how many problems it has.
  private struct Row {
    var offset: Int
    var line: Int
    var problems: Int
    /// Where not 0, the number of problems whatever the cells are: of such a row nothing else is said.
    var only: Int
  }

  /// How many rows are cut into cells before the cells are read, column by column: so many that their bytes are still
  /// at hand, and that the memory waited for by one row's cell is on its way for the next rows', too.
  private static let blockRows = 128

  private let file: FileBytes
  private let begin: Int
  private let end: Int
  private let firstLine: Int
  private let hasQuotes: Bool
  private let plans: [BulkColumnPlan]
  private let reader: ValueReader
  private let states: UnsafeMutablePointer<State>
  private let months: UnsafeMutablePointer<Int32>
  /// The cells of a block, column by column.
  private let cells: UnsafeMutablePointer<Cell>
  private let block: UnsafeMutablePointer<Row>
  private let places: UnsafeMutablePointer<CodeTable.Place>
  /// Cells of the block that are not in the file as they read.
  private var copies: [UnsafeMutablePointer<UInt8>] = []

  private(set) var ids: IDRun

  private(set) var rows = 0
  private(set) var problems = 0
  private(set) var suspects: [SuspectRow] = []
  /// Quotation marks are not as they should be: where rows begin is uncertain.
  private(set) var misquoted = false
  /// From which row on lines run ahead of rows, and by how many.
  private(set) var lineShifts: [(row: Int, by: Int)] = []
  /// Typed sets of each set column, by code.
  private(set) var sets: [[Typed]]

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
    places = .allocate(capacity: BulkChunk.blockRows)
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
    places.deallocate()
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

  // MARK: columns

  /// Reads a column's cells of the block.
  private func read(_ column: Int, _ filled: Int) {
    let cells = UnsafePointer(cells + column * BulkChunk.blockRows)
    switch states[column].kind {
    case .skip: break
    case .id: for r in 0..<filled { block[r].problems &+= storeID(cells[r].start, cells[r].count, rows &+ r) }
    case .day: readDays(column, cells, filled)
    case .whole: readWhole(column, cells, filled)
    case .money:
      for r in 0..<filled {
        if cells[r].count == 0 {
          storeMissing(column, r)
        } else {
          block[r].problems &+= storeMoney(states + column, column, rows &+ r, CellKey(cells[r].start, cells[r].count))
        }
      }
    case .flag, .cached, .coded, .set: readTexts(column, cells, filled)
    }
  }

  private func readDays(_ column: Int, _ cells: UnsafePointer<Cell>, _ filled: Int) {
    guard let out = states[column].out?.assumingMemoryBound(to: Int32.self) else { return }
    for r in 0..<filled {
      let cell = cells[r]
      if cell.count == 10 {
        let raw = UnsafeRawPointer(cell.start)
        let low = raw.loadUnaligned(as: UInt64.self), high = UInt64(raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
        if let day = MonthTable.day(low, high, months) {
          out[rows &+ r] = day
          continue
        }
      } else if cell.count == 0 {
        storeMissing(column, r)
        continue
      }
      readRare(column, cell, r)
    }
  }

  private func readWhole(_ column: Int, _ cells: UnsafePointer<Cell>, _ filled: Int) {
    guard let out = states[column].out?.assumingMemoryBound(to: Int32.self) else { return }
    for r in 0..<filled {
      let cell = cells[r]
      if cell.count == 0 {
        storeMissing(column, r)
      } else if cell.count <= 9, let value = BulkChunk.digits(cell.start, cell.count) {
        out[rows &+ r] = Int32(truncatingIfNeeded: value)
      } else {
        readRare(column, cell, r)
      }
    }
  }

  /// Cells whose texts are looked up in a table. Of a large one each cell's place is looked at first, which brings the
  /// table's memory near for many cells at once.
  private func readTexts(_ column: Int, _ cells: UnsafePointer<Cell>, _ filled: Int) {
    let state = states + column
    guard let out = state.pointee.out else { return }
    var table = state.pointee.table
    let size = table.size
    let isFar = size >= 1 << 12
    if isFar { for r in 0..<filled { places[r] = table.place(CellKey(cells[r].start, cells[r].count)) } }
    let isCoded = state.pointee.kind == .coded, isFlag = state.pointee.kind == .flag
    let wide = out.assumingMemoryBound(to: Int32.self) + rows, narrow = out.assumingMemoryBound(to: UInt8.self) + rows
    for r in 0..<filled {
      let cell = cells[r]
      if cell.count == 0 {
        storeMissing(column, r)
        continue
      }
      let key = CellKey(cell.start, cell.count)
      // A table that has grown has everything elsewhere.
      let number = isFar && table.size == size ? table.number(key, at: places[r].slot) : table.number(key)
      let value: Int32
      if number < 0 {
        value = learn(column, key)
        table = state.pointee.table
      } else {
        value = isCoded ? number : table.value(number)
      }
      if value <= Pending.blank {
        storeValue(column, r, value)
      } else if isFlag {
        narrow[r] = UInt8(truncatingIfNeeded: value)
      } else {
        wide[r] = value
      }
    }
  }

  /// What a cell's text was read as, which may be that it is wrong or blank.
  @inline(never)
  private func storeValue(_ column: Int, _ r: Int, _ value: Int32) {
    let state = states + column
    if value == Pending.bad {
      block[r].problems &+= storeWrong(state, rows &+ r)
    } else if value == Pending.blank {
      storeMissing(column, r)
    } else {
      state.pointee.out?.storeBytes(of: value, toByteOffset: (rows &+ r) &* 4, as: Int32.self)
    }
  }

  /// Marks an empty cell.
  @inline(__always)
  private func storeMissing(_ column: Int, _ r: Int) {
    block[r].problems &+= storeMissing(states + column, column, rows &+ r)
  }

  /// A day or a number in an unusual form, which is read once for each different text.
  @inline(never)
  private func readRare(_ column: Int, _ cell: Cell, _ r: Int) {
    let state = states + column
    let key = CellKey(cell.start, cell.count)
    let number = state.pointee.table.number(key)
    storeValue(column, r, number < 0 ? learn(column, key) : state.pointee.table.value(number))
  }

  /// A text seen for the first time.
  @inline(never)
  private func learn(_ column: Int, _ key: CellKey) -> Int32 {
    let value: Int32
    switch plans[column].kind {
    case .coded: value = Int32(truncatingIfNeeded: states[column].table.count)
    case .set:
      if let typed = typed(column, key) {
        value = Int32(truncatingIfNeeded: sets[column].count)
        sets[column].append(typed)
      } else {
        value = Pending.bad
      }
    default:
      switch typed(column, key) {
      case .number(let raw): value = Int32(truncatingIfNeeded: raw)
      case .some: value = Pending.blank
      case nil: value = Pending.bad
      }
    }
    states[column].table.insert(key, value)
    return value
  }

  /// Nil when the text is wrong; a text of nothing when it is blank.
  private func typed(_ column: Int, _ key: CellKey) -> Typed? {
    guard let field = plans[column].field else { return nil }
    do {
      return try reader.read(key.text, field, loose: true) ?? .text("")
    } catch {
      return nil
    }
  }

  private func storeMoney(_ state: UnsafeMutablePointer<State>, _ column: Int, _ row: Int, _ key: CellKey) -> Int {
    var fen = key.count <= 9 ? BulkChunk.digits(key.start, key.count).map { $0 * 100 } : nil
    if fen == nil, key.count > 3, key.count <= 12, key.start[key.count - 3] == 0x2E,
      let yuan = BulkChunk.digits(key.start, key.count - 3), let rest = BulkChunk.digits(key.start + key.count - 2, 2)
    {
      fen = yuan * 100 + rest
    }
    if fen == nil {
      switch typed(column, key) {
      case .number(let raw): fen = raw
      case .some: return storeMissing(state, column, row)
      case nil: return storeWrong(state, row)
      }
    }
    state.pointee.out?.storeBytes(of: fen ?? 0, toByteOffset: row &* 8, as: Int64.self)
    return 0
  }

  /// One to nine digits and nothing else.
  @inline(__always)
  private static func digits(_ cell: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    var value: Int64 = 0
    for k in 0..<count {
      let digit = cell[k] &- 0x30
      if digit > 9 { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return value
  }

  @inline(__always)
  private func storeMissing(_ state: UnsafeMutablePointer<State>, _ column: Int, _ row: Int) -> Int {
    switch state.pointee.kind {
    case .skip: return 0
    case .id: return storeID(file.base, 0, row)
    case .flag: storeRaw(state, row, state.pointee.missing, as: UInt8.self)
    case .money: storeRaw(state, row, state.pointee.missing, as: Int64.self)
    default: storeRaw(state, row, state.pointee.missing, as: Int32.self)
    }
    state.pointee.sawMissing = true
    return state.pointee.required ? 1 : 0
  }

  private func storeWrong(_ state: UnsafeMutablePointer<State>, _ row: Int) -> Int {
    switch state.pointee.kind {
    case .flag: storeRaw(state, row, 2, as: UInt8.self)
    case .money: storeRaw(state, row, Absent.unknown64, as: Int64.self)
    default: storeRaw(state, row, Int64(Absent.unknown32), as: Int32.self)
    }
    state.pointee.sawMissing = true
    return 1
  }

  @inline(__always)
  private func storeRaw<T: FixedWidthInteger & BitwiseCopyable>(
    _ state: UnsafeMutablePointer<State>, _ row: Int, _ value: Int64, as: T.Type
  ) {
    state.pointee.out?.storeBytes(
      of: T(truncatingIfNeeded: value), toByteOffset: row &* MemoryLayout<T>.stride, as: T.self)
  }

  @inline(__always)
  private func storeID(_ cell: UnsafePointer<UInt8>, _ count: Int, _ row: Int) -> Int {
    ids.append(CellKey(cell, count), row)
    return count == 0 ? 1 : 0
  }
}
