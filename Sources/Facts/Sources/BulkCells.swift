// A block's cells read column by column into typed columns. What is not recognised at a glance is asked of `ValueReader`, so
// that a cell means the same here as anywhere; what is wrong is only counted. Knows nothing of how rows are cut.
import Glibc
import Reckoning

extension BulkChunk {
  /// Reads a column's cells of the block.
  func read(_ column: Int, _ filled: Int) {
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
        let low = raw.loadUnaligned(as: UInt64.self),
          high = UInt64(raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
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
    if isFar { for r in 0..<filled { probes[r] = table.probe(CellKey(cells[r].start, cells[r].count)) } }
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
      let number = isFar && table.size == size ? table.number(key, at: probes[r].slot) : table.number(key)
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
