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

  private let file: FileBytes
  private let begin: Int
  private let end: Int
  private let firstLine: Int
  private let hasQuotes: Bool
  private let plans: [BulkColumnPlan]
  private let reader: ValueReader
  private let states: UnsafeMutablePointer<State>
  private let months: UnsafeMutablePointer<Int32>
  private var scratch: UnsafeMutablePointer<UInt8>
  private var scratchCapacity = 1024

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
    scratch = .allocate(capacity: scratchCapacity + FileBytes.padding)
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

  deinit {
    for i in plans.indices { states[i].table.free() }
    states.deallocate()
    months.deallocate()
    scratch.deallocate()
    ids.free()
  }

  /// Texts of a column of texts, references or sets, by code.
  func table(_ column: Int) -> CodeTable { states[column].table }
  func sawMissing(_ column: Int) -> Bool { states[column].sawMissing }

  // MARK: the loop

  func parse() {
    let p = file.base
    let n = plans.count
    var i = begin
    var row = 0
    var line = firstLine
    var shift = 0
    while i < end {
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
      if line &- firstLine &- row != shift {
        shift = line &- firstLine &- row
        lineShifts.append((row, shift))
      }
      let rowStart = i
      var bad = 0
      var misplaced = 0
      var column = 0
      var innerLines = 0
      while true {
        var cell = p + i
        var count: Int
        var stop: Int
        if hasQuotes, p[i] == 0x22 {
          let quoted = readQuoted(i)
          cell = UnsafePointer(scratch)
          count = quoted.count
          stop = quoted.stop
          innerLines &+= quoted.lines
          if !quoted.wellFormed { misplaced &+= 1 }
        } else {
          stop = BulkChunk.delimiter(p, i)
          count = stop &- i
          if p[stop] == 0x0A, count > 0, p[stop &- 1] == 0x0D { count &-= 1 }
          if hasQuotes, count > 0, memchr(cell, 0x22, count) != nil {
            misquoted = true
            misplaced &+= 1
          }
        }
        if column < n { bad &+= store(column, row, cell, count) }
        column &+= 1
        i = stop &+ 1
        if p[stop] == 0x0A { break }
      }
      if column != n {
        bad = 1
        while column < n {
          _ = storeMissing(states + column, column, row)
          column &+= 1
        }
      }
      // Of a row whose quotation marks are wrong nothing else is said.
      if misplaced > 0 { bad = misplaced }
      if bad > 0 {
        problems &+= bad
        if suspects.count < Findings.shownInFull { suspects.append(SuspectRow(row: row, line: line, offset: rowStart)) }
      }
      line &+= 1 &+ innerLines
      row &+= 1
    }
    rows = row
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

  /// Reads a cell in quotation marks into `scratch`.
  @inline(never)
  private func readQuoted(_ start: Int) -> (count: Int, stop: Int, lines: Int, wellFormed: Bool) {
    let p = file.base
    var i = start + 1
    var count = 0
    var lines = 0
    var closed = false
    while i < end {
      if p[i] == 0x22 {
        guard i + 1 < end, p[i + 1] == 0x22 else {
          i += 1
          closed = true
          break
        }
        i += 1
      }
      if p[i] == 0x0A { lines += 1 }
      if count == scratchCapacity {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: scratchCapacity * 2 + FileBytes.padding)
        larger.update(from: scratch, count: count)
        scratch.deallocate()
        scratch = larger
        scratchCapacity *= 2
      }
      scratch[count] = p[i]
      count += 1
      i += 1
    }
    let stop = i < end ? BulkChunk.delimiter(p, i) : file.count
    let returns = stop > i && p[stop] == 0x0A && p[stop - 1] == 0x0D ? 1 : 0
    let wellFormed = closed && stop - returns <= i
    if !wellFormed { misquoted = true }
    return (count, stop, lines, wellFormed)
  }

  // MARK: cells

  /// - Returns: the number of problems in the cell, 0 or 1.
  @inline(__always)
  private func store(_ column: Int, _ row: Int, _ cell: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let state = states + column
    switch state.pointee.kind {
    case .skip: return 0
    case .id: return storeID(cell, count, row)
    default: break
    }
    if count == 0 { return storeMissing(state, column, row) }
    let key = CellKey(cell, count)
    switch state.pointee.kind {
    case .day:
      if count == 10, let day = MonthTable.day(key.low, key.high, months) {
        state.pointee.out?.storeBytes(of: day, toByteOffset: row &* 4, as: Int32.self)
        return 0
      }
    case .whole:
      if count <= 9, let value = BulkChunk.digits(cell, count) {
        state.pointee.out?.storeBytes(
          of: Int32(truncatingIfNeeded: value), toByteOffset: row &* 4, as: Int32.self)
        return 0
      }
    case .money: return storeMoney(state, column, row, key)
    default: break
    }
    let value = state.pointee.table.value(key) ?? learn(column, key)
    if value == Pending.bad { return storeWrong(state, row) }
    if value == Pending.blank { return storeMissing(state, column, row) }
    if state.pointee.kind == .flag {
      state.pointee.out?.storeBytes(
        of: UInt8(truncatingIfNeeded: value), toByteOffset: row, as: UInt8.self)
    } else {
      state.pointee.out?.storeBytes(of: value, toByteOffset: row &* 4, as: Int32.self)
    }
    return 0
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
