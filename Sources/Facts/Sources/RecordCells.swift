// A block's cells read column by column into typed columns. What is not recognised at a glance is asked of
// `ValueReader`, so that a cell means the same here as anywhere; what is wrong is only counted. Knows nothing of how
// rows are cut.
import Diagnostics
import Glibc
import Reckoning

extension RecordRun {
  /// Reads a column's cells of the block.
  func read(_ column: Int, _ filled: Int) {
    let cells = block.column(column)
    switch states[column].use {
    case .skip: break
    case .nameless: countNameless(column, cells, filled)
    case .id:
      for r in 0..<filled { block.records[r].problems &+= storeID(cells[r].start, cells[r].count, rows &+ r) }
    case .day: readDays(column, cells, filled)
    case .whole: readWhole(column, cells, filled)
    case .money:
      for r in 0..<filled {
        if cells[r].count == 0 {
          storeMissing(column, r)
        } else {
          block.records[r].problems &+= storeMoney(column, r, CellKey(cells[r].start, cells[r].count))
        }
      }
    case .flag, .cached, .coded, .set: readTexts(column, cells, filled)
    }
  }

  /// Where a column's values go.
  @inline(__always)
  private func output(_ column: Int) -> ColumnSlots {
    guard let out = states[column].out else {
      Invariant.broken("values-have-room: a column that is read has memory for its values")
    }
    return out
  }

  @inline(__always)
  private func slots<T>(_ column: Int, as type: T.Type) -> CheckedBuffer<T> { output(column).values(as: type) }

  private func readDays(_ column: Int, _ cells: CheckedBuffer<CellBlock.Cell>, _ filled: Int) {
    let out = slots(column, as: Int32.self)
    let isPlain = !states[column].isSaid
    for r in 0..<filled {
      let cell = cells[r]
      if cell.count == 10, isPlain {
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

  private func readWhole(_ column: Int, _ cells: CheckedBuffer<CellBlock.Cell>, _ filled: Int) {
    let out = slots(column, as: Int32.self)
    let isPlain = plans[column].scale == 1 && !states[column].isSaid
    for r in 0..<filled {
      let cell = cells[r]
      if cell.count == 0 {
        storeMissing(column, r)
      } else if isPlain, cell.count <= 9, let value = RecordRun.digits(cell.start, cell.count) {
        out[rows &+ r] = Int32(truncatingIfNeeded: value)
      } else {
        readRare(column, cell, r)
      }
    }
  }

  /// Cells whose texts are looked up in a table. Of a large one each cell's place is looked at first, which brings the
  /// table's memory near for many cells at once.
  private func readTexts(_ column: Int, _ cells: CheckedBuffer<CellBlock.Cell>, _ filled: Int) {
    var table = states[column].table
    let size = table.size
    let isFar = size >= 1 << 12
    if isFar { for r in 0..<filled { probes[r] = table.probe(CellKey(cells[r].start, cells[r].count)) } }
    let isCoded = states[column].use == .coded, isFlag = states[column].use == .flag
    let out = output(column)
    var hasMarks = states[column].hasMarks
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
        table = states[column].table
        hasMarks = states[column].hasMarks
      } else {
        value = isCoded && !hasMarks ? number : table.value(number)
      }
      if value <= Pending.last {
        storeValue(column, r, value, key)
      } else if isFlag {
        out.store(UInt8(truncatingIfNeeded: value), rows &+ r)
      } else {
        out.store(value, rows &+ r)
      }
    }
  }

  /// What a cell's text was read as, which may be that it is wrong, blank or written in another way.
  @inline(never)
  private func storeValue(_ column: Int, _ r: Int, _ value: Int32, _ key: CellKey) {
    if value == Pending.bad {
      block.records[r].problems &+= storeWrong(column, rows &+ r)
    } else if value == Pending.blank {
      storeMissing(column, r)
    } else if value == Pending.ditto {
      storeAbove(column, r, key)
    } else if value == Pending.odd {
      storeOdd(column, r, states[column].table.number(key))
    } else {
      slots(column, as: Int32.self)[rows &+ r] = value
    }
  }

  private func storeOdd(_ column: Int, _ r: Int, _ number: Int32) {
    let cell = Invariant.value(
      odd[column][number], "odd-cells-known: what a text in another way was read as stands beside its number")
    if !readAs[column].count(cell.form) {
      let record = block.records[r]
      readAs[column].add(
        cell.form, cell.text, as: cell.shown,
        at: SuspectRow(row: rows &+ r, line: record.line, offset: record.offset))
    }
    guard let value = cell.value else {
      storeMissing(column, r)
      return
    }
    let out = output(column)
    if case .flag = plans[column].use {
      out.store(UInt8(truncatingIfNeeded: value), rows &+ r)
    } else {
      out.store(value, rows &+ r)
    }
  }

  /// Marks an empty cell.
  @inline(__always)
  private func storeMissing(_ column: Int, _ r: Int) {
    block.records[r].problems &+= storeMissing(column, row: rows &+ r)
  }

  /// A day or a number in an unusual form, which is read once for each different text.
  @inline(never)
  private func readRare(_ column: Int, _ cell: CellBlock.Cell, _ r: Int) {
    let key = CellKey(cell.start, cell.count)
    let number = states[column].table.number(key)
    storeValue(column, r, number < 0 ? learn(column, key) : states[column].table.value(number), key)
  }

  /// A text seen for the first time.
  @inline(never)
  private func learn(_ column: Int, _ key: CellKey) -> Int32 {
    if DittoMark.isAbove(key.start, key.count) || DittoMark.isLeft(key.start, key.count) {
      let mark = DittoMark.isAbove(key.start, key.count) ? Pending.ditto : Pending.bad
      states[column].hasMarks = true
      states[column].table.insert(key, mark)
      return mark
    }
    if case .coded = plans[column].use, let value = learnSaid(column, key) ?? learnQuoted(column, key) { return value }
    // Names and numbers of persons: nearly each is another, and nearly each is what it is.
    let number = Int32(truncatingIfNeeded: states[column].table.count)
    if case .coded = plans[column].use, !WordWriting.maySayNothing(key.start, key.count) {
      states[column].table.insert(key, number)
      return number
    }
    var value = Pending.bad
    if let reading = reading(column, key) {
      value = raw(reading, column, number)
      if let form = reading.form {
        let field = Invariant.value(plans[column].field, "columns-have-fields: a column that is read states a field")
        odd[column][number] = OddCell(
          form: form, value: value == Pending.blank ? nil : value, text: key.text,
          shown: reading.shown(field, reader.places))
        value = Pending.odd
      }
    }
    if value <= Pending.last { states[column].hasMarks = true }
    states[column].table.insert(key, value)
    return value
  }

  /// A name or a reference for which somebody has said that another stands: it has that one's number.
  /// - Returns: nil where nothing is said of it. A place left open, `约…`, is one of figures and days, and a word that
  ///   says yes or no is nobody's name.
  private func learnSaid(_ column: Int, _ key: CellKey) -> Int32? {
    let plan = plans[column]
    if plan.cells.isEmpty { return nil }
    let plain = ColumnMapping.plain(key.text)
    guard let field = plan.field, let other = plan.cells[plain], WordWriting.bool(other) == nil else { return nil }
    metCells.insert(plain)
    let number: Int32
    if WordWriting.blank(other, field) != nil {
      number = Pending.blank
    } else if let known = standing[column]?[other] {
      number = known
    } else {
      number = CellKey.of(other.utf8) { states[column].table.addUnfound($0) }
      standing[column, default: [:]][other] = number
    }
    states[column].hasMarks = true
    states[column].table.insert(key, number)
    return number
  }

  /// What a reading leaves in the column.
  private func raw(_ reading: Reading, _ column: Int, _ number: Int32) -> Int32 {
    switch plans[column].use {
    case .coded: return reading.value == nil ? Pending.blank : number
    case .set:
      guard let typed = reading.value else { return Pending.blank }
      sets[column].append(typed)
      return Int32(truncatingIfNeeded: sets[column].count - 1)
    case .skip, .nameless, .id, .money:
      Invariant.broken("texts-are-learnt: the cells of the column are looked up as texts")
    case .flag, .cached, .day, .whole:
      switch reading.value {
      case .number(let raw): return Int32(truncatingIfNeeded: raw)
      case .text, .numbers, .texts, nil: return Pending.blank
      }
    }
  }

  /// Nil when the text is wrong.
  private func reading(_ column: Int, _ key: CellKey) -> Reading? {
    let field = Invariant.value(plans[column].field, "columns-have-fields: a column that is read states a field")
    let said = plans[column].cells
    if !said.isEmpty, let met = CellPattern.met(key.text, said) { metCells.insert(met) }
    do {
      return try reader.reading(key.text, field, plans[column].context)
    } catch {
      return nil
    }
  }

  private func countNameless(_ column: Int, _ cells: CheckedBuffer<CellBlock.Cell>, _ filled: Int) {
    for r in 0..<filled where cells[r].count > 0 {
      let record = block.records[r]
      if namelessCells[column].count == 0 {
        namelessCells[column].first = SuspectRow(row: rows &+ r, line: record.line, offset: record.offset)
      }
      namelessCells[column].count &+= 1
    }
  }

  private func storeMoney(_ column: Int, _ r: Int, _ key: CellKey) -> Int {
    let row = rows &+ r
    if states[column].isYuan, let plain = RecordRun.fen(key) {
      slots(column, as: Int64.self)[row] = plain
      return 0
    }
    guard let reading = reading(column, key) else {
      if DittoMark.isAbove(key.start, key.count) { return aboveProblems(column, r, key) }
      return storeWrong(column, row)
    }
    if let form = reading.form, !readAs[column].count(form) {
      let field = Invariant.value(plans[column].field, "columns-have-fields: a column that is read states a field")
      let record = block.records[r]
      readAs[column].add(
        form, key.text, as: reading.shown(field, reader.places),
        at: SuspectRow(row: row, line: record.line, offset: record.offset))
    }
    guard case .number(let raw)? = reading.value else { return storeMissing(column, row: row) }
    slots(column, as: Int64.self)[row] = raw
    return 0
  }

  /// An amount in one of the two usual forms, `1660` and `1660.50`; nil for any other.
  @inline(__always)
  private static func fen(_ key: CellKey) -> Int64? {
    if key.count <= 9, let yuan = digits(key.start, key.count) { return yuan * 100 }
    guard key.count > 3, key.count <= 12, key.start[key.count - 3] == 0x2E,
      let yuan = digits(key.start, key.count - 3), let rest = digits(key.start + key.count - 2, 2)
    else { return nil }
    return yuan * 100 + rest
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
  private func storeMissing(_ column: Int, row: Int) -> Int {
    let missing = states[column].missing
    switch states[column].use {
    case .skip, .nameless: return 0
    case .id: return storeID(UnsafePointer(ids.bytes.start), 0, row)
    case .flag: slots(column, as: UInt8.self)[row] = UInt8(truncatingIfNeeded: missing)
    case .money: slots(column, as: Int64.self)[row] = missing
    case .cached, .day, .whole, .coded, .set:
      slots(column, as: Int32.self)[row] = Int32(truncatingIfNeeded: missing)
    }
    states[column].sawMissing = true
    states[column].empty &+= 1
    if states[column].required { noteUnfilled(column, row) }
    return states[column].required ? 1 : 0
  }

  private func storeWrong(_ column: Int, _ row: Int) -> Int {
    switch states[column].use {
    case .flag: slots(column, as: UInt8.self)[row] = 2
    case .money: slots(column, as: Int64.self)[row] = Absent.unknown64
    case .cached, .day, .whole, .coded, .set: slots(column, as: Int32.self)[row] = Absent.unknown32
    case .skip, .nameless, .id:
      Invariant.broken("ids-are-never-wrong: an id is any text, and what is skipped is not read")
    }
    states[column].sawMissing = true
    return 1
  }

  /// What a cell says that only points at the one above it.
  /// - Returns: how many problems that is.
  @inline(never)
  private func aboveProblems(_ column: Int, _ r: Int, _ key: CellKey) -> Int {
    let row = rows &+ r
    guard row > 0 else {
      // The row above may be another run's.
      needsRowAbove = true
      return storeWrong(column, row)
    }
    if !readAs[column].count(.ditto) {
      let record = block.records[r]
      readAs[column].add(
        .ditto, key.text, as: Text("what stands above it", zh: "上一行的内容"),
        at: SuspectRow(row: row, line: record.line, offset: record.offset))
    }
    let missing = states[column].missing
    switch states[column].use {
    case .flag:
      let out = slots(column, as: UInt8.self)
      if out[row - 1] == UInt8(truncatingIfNeeded: missing) { return storeMissing(column, row: row) }
      out[row] = out[row - 1]
    case .money:
      let out = slots(column, as: Int64.self)
      if out[row - 1] == missing { return storeMissing(column, row: row) }
      out[row] = out[row - 1]
    case .cached, .day, .whole, .coded, .set:
      let out = slots(column, as: Int32.self)
      if out[row - 1] == Int32(truncatingIfNeeded: missing) { return storeMissing(column, row: row) }
      out[row] = out[row - 1]
    case .skip, .nameless, .id:
      Invariant.broken("marks-have-values: a mark for the cell above stands in a column that is read")
    }
    return 0
  }

  private func storeAbove(_ column: Int, _ r: Int, _ key: CellKey) {
    block.records[r].problems &+= aboveProblems(column, r, key)
  }

  @inline(__always)
  private func storeID(_ cell: UnsafePointer<UInt8>, _ count: Int, _ row: Int) -> Int {
    ids.append(CellKey(cell, count), row)
    // `3.50182E+17`, as a spreadsheet shows a number that is too long for it.
    if count >= 5, count <= 24, cell[count &- 3] == 0x2B || cell[count &- 2] == 0x2B || cell[count &- 4] == 0x2B,
      CellText.isScientific(CellKey(cell, count).text)
    {
      return 1
    }
    return count == 0 && !hasSerials ? 1 : 0
  }
}
