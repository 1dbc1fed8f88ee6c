// A sheet read from its first row to its last: each cell's text as an office reads it. Knows the marks of a sheet, and
// nothing of what cells mean.

extension Workbook {
  /// The cells of a sheet.
  /// - Parameters:
  ///   - limit: how many rows that hold anything are wanted, the first ones; what stands behind the rows, such as which
  ///     cells are merged, is known only where all are.
  ///   - isCancelled: asked now and then.
  ///   - progress: told now and then how much is done, 0 to 1.
  package func table(
    _ sheet: Int, limit: Int = .max, isCancelled: () -> Bool = { false }, progress: ((Double) -> Void)? = nil
  ) throws(WorkbookProblem) -> SheetTable {
    var reading = SheetReading(self, try scanner(of: sheets[sheet]))
    let table = try reading.read(limit, isCancelled, progress)
    if limit == .max { for place in comments(of: sheets[sheet]) { table.remark(.comment, place) } }
    return table
  }
}

/// One reading of a sheet.
struct SheetReading {
  /// What a cell holds, as its mark `t` says.
  private enum Kind {
    case number
    case shared
    case inline
    /// The text of a formula.
    case text
    case flag
    case error
    case date
  }

  /// A cell of the row at hand.
  private struct Cell {
    let column: Int
    let start: Int
    let end: Int
  }

  private let scanner: XMLScanner
  private let strings: SharedStrings
  private let styles: StyleTable
  private let system: DateSystem
  private let table = SheetTable()
  private var merges: [CellRange] = []

  private var row = 0
  private var column = 0
  private var cells: [Cell] = []
  private var text: [UInt8] = []
  private var formula: [UInt8] = []
  /// The last row in which a text that is struck through was met.
  private var struckRow = 0

  init(_ book: Workbook, _ scanner: XMLScanner) {
    self.scanner = scanner
    strings = book.strings
    styles = book.styles
    system = book.system
  }

  mutating func read(
    _ limit: Int, _ isCancelled: () -> Bool, _ progress: ((Double) -> Void)?
  ) throws(WorkbookProblem) -> SheetTable {
    var rows = 0
    reading: while true {
      switch try scanner.next() {
      case .end: break reading
      case .close, .text: continue
      case .open:
        if scanner.isNamed("row") {
          try readRow()
          rows += 1
          if table.rows >= limit { break reading }
          if rows & 0xFFF == 0 {
            if isCancelled() { throw .cancelled }
            progress?(scanner.progress)
          }
        } else {
          try readOther()
        }
      }
    }
    table.end()
    return merges.isEmpty ? table : try MergedCells(merges).filled(table)
  }

  /// What stands beside the rows.
  private mutating func readOther() throws(WorkbookProblem) {
    if scanner.isNamed("mergeCell") {
      var found: CellRange?
      try scanner.attributes { (attribute) throws(WorkbookProblem) in
        if attribute.name.elementsEqual("ref".utf8) { found = CellName.range(attribute.value) }
      }
      guard let range = found else { throw scanner.damaged }
      guard merges.count < 1 << 20 else { throw .tooLarge }
      merges.append(range)
      table.remark(.merged, range)
    } else if scanner.isNamed("autoFilter") {
      table.isFiltered = true
    } else if scanner.isNamed("col"), let hidden = try scanner.attribute("hidden"), hidden == "1" || hidden == "true" {
      guard let first = try scanner.attribute("min").flatMap({ Int($0) }),
        let last = try scanner.attribute("max").flatMap({ Int($0) }), first > 0, first <= last,
        last <= CellName.columnLimit
      else { return }
      // Everything to the right of a sheet's last column may be hidden.
      for column in first...min(last, first + 999) { table.remark(.hiddenColumn, CellRange(row: 1, column: column)) }
    }
  }

  private mutating func readRow() throws(WorkbookProblem) {
    var number = row + 1
    var isHidden = false
    let damaged = scanner.damaged
    try scanner.attributes { (attribute) throws(WorkbookProblem) in
      if attribute.name.count == 1, attribute.name[0] == 0x72 {
        number = try SheetReading.number(attribute.value, damaged)
      } else if attribute.name.elementsEqual("hidden".utf8) {
        isHidden = attribute.value.elementsEqual("1".utf8) || attribute.value.elementsEqual("true".utf8)
      }
    }
    guard number > row else { throw damaged }
    // No program shows so many: a file of little that becomes much.
    guard number <= CellName.rowLimit else { throw .tooLarge }
    row = number
    column = 0
    cells.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      switch try scanner.next() {
      case .end: throw damaged
      case .close, .text: continue
      case .open: if scanner.isNamed("c") { try readCell() } else { try scanner.skipElement() }
      }
    }
    if isHidden, !cells.isEmpty { table.remark(.hiddenRow, CellRange(row: row, column: 1)) }
    try endRow()
  }

  /// Puts the row's cells into the table.
  private mutating func endRow() throws(WorkbookProblem) {
    var last = 1
    for cell in cells {
      // Programs write columns in their order; a column that stands twice has no one text.
      guard cell.column >= last else { throw scanner.damaged }
      while last < cell.column {
        try table.appendSeparator()
        last += 1
      }
      try text.withUnsafeBufferPointer { (all) throws(WorkbookProblem) in
        try table.append(UnsafeBufferPointer(rebasing: all[cell.start..<cell.end]))
      }
    }
    table.endRow(row)
  }

  // MARK: cells

  private mutating func readCell() throws(WorkbookProblem) {
    var (place, style, kind) = (column + 1, 0, Kind.number)
    let (damaged, row) = (scanner.damaged, row)
    try scanner.attributes { (attribute) throws(WorkbookProblem) in
      guard attribute.name.count == 1 else { return }
      switch attribute.name[0] {
      case 0x72:
        guard let name = CellName.read(attribute.value), name.row == row else { throw damaged }
        place = name.column
      case 0x73: style = try SheetReading.number(attribute.value, damaged)
      case 0x74: kind = try SheetReading.kind(attribute.value, damaged)
      default: break
      }
    }
    guard place > column, place <= CellName.columnLimit else { throw damaged }
    column = place
    let start = text.count
    let (hasFormula, hasValue) = try readParts(kind, style)
    if hasFormula, !hasValue, kind != .text {
      table.remark(.formulaWithoutValue, CellRange(row: row, column: place))
      text.append(0x3D)
      text += formula
      XMLText.settle(&text, from: start)
    }
    if text.count > start, styles.struck.contains(style), struckRow != row {
      struckRow = row
      table.remark(.struck, CellRange(row: row, column: place))
    }
    if text.count > start { cells.append(Cell(column: place, start: start, end: text.count)) }
  }

  /// The value, the text or the formula of a cell.
  private mutating func readParts(_ kind: Kind, _ style: Int) throws(WorkbookProblem) -> (formula: Bool, value: Bool) {
    var (hasFormula, hasValue) = (false, false)
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      switch try scanner.next() {
      case .end: throw scanner.damaged
      case .close, .text: continue
      case .open:
        if scanner.isNamed("v") {
          hasValue = try readValue(kind, style)
        } else if scanner.isNamed("is") {
          try RichText.read(scanner, into: &text)
        } else if scanner.isNamed("f") {
          hasFormula = true
          formula.removeAll(keepingCapacity: true)
          try readPlain(into: &formula)
        } else {
          try scanner.skipElement()
        }
      }
    }
    return (hasFormula, hasValue)
  }

  /// Adds the text of the element that has just begun, up to its end.
  private func readPlain(into bytes: inout [UInt8]) throws(WorkbookProblem) {
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      switch try scanner.next() {
      case .end: throw scanner.damaged
      case .open: throw scanner.damaged
      case .close: continue
      case .text: try XMLText.append(scanner, to: &bytes)
      }
    }
  }

  /// - Returns: whether there was one.
  private mutating func readValue(_ kind: Kind, _ style: Int) throws(WorkbookProblem) -> Bool {
    let start = text.count
    guard case .text = try scanner.next() else { return false }
    let raw = scanner.text
    switch kind {
    case .number:
      let value = SheetReading.trimmed(raw)
      guard let isCut = CellNumber.append(value, styles.format(style), system, to: &text) else { throw scanner.damaged }
      if isCut { table.remark(.cutNumber, CellRange(row: row, column: column)) }
    case .shared:
      let number = try SheetReading.number(SheetReading.trimmed(raw), scanner.damaged)
      guard let range = strings.range(number) else { throw scanner.damaged }
      text += strings.bytes[range]
    case .flag: text += SheetReading.trimmed(raw).elementsEqual("0".utf8) ? "FALSE".utf8 : "TRUE".utf8
    case .error:
      text += raw
      table.remark(.error, CellRange(row: row, column: column))
    case .date: SheetReading.append(isoDate: raw, to: &text)
    case .text, .inline:
      try XMLText.append(scanner, to: &text)
      while case .text = try scanner.next() { try XMLText.append(scanner, to: &text) }
      XMLText.settle(&text, from: start)
      return text.count > start
    }
    guard case .close = try scanner.next() else { throw scanner.damaged }
    return true
  }

  // MARK: marks

  private static func kind(_ mark: UnsafeBufferPointer<UInt8>, _ damaged: WorkbookProblem) throws(WorkbookProblem)
    -> Kind
  {
    switch mark.first {
    case 0x6E where mark.count == 1: return .number
    case 0x73 where mark.count == 1: return .shared
    case 0x62 where mark.count == 1: return .flag
    case 0x65 where mark.count == 1: return .error
    case 0x64 where mark.count == 1: return .date
    case 0x73 where mark.elementsEqual("str".utf8): return .text
    case 0x69 where mark.elementsEqual("inlineStr".utf8): return .inline
    default: throw damaged
    }
  }

  /// A date that stands as a text, `2022-03-01T08:30:00Z`: the day, and the time where there is one.
  private static func append(isoDate raw: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    let day = raw.prefix { $0 != 0x54 }
    text += day
    let time = raw.dropFirst(day.count + 1).prefix { $0 != 0x5A && $0 != 0x2E }
    guard !time.isEmpty, !time.elementsEqual("00:00:00".utf8) else { return }
    text.append(0x20)
    text += time
  }

  private static func trimmed(_ raw: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let first = raw.first, let last = raw.last, first <= 0x20 || last <= 0x20 else { return raw }
    var (start, end) = (0, raw.count)
    while start < end, raw[start] <= 0x20 { start += 1 }
    while end > start, raw[end - 1] <= 0x20 { end -= 1 }
    return UnsafeBufferPointer(rebasing: raw[start..<end])
  }

  /// A whole number in digits.
  private static func number(_ digits: UnsafeBufferPointer<UInt8>, _ damaged: WorkbookProblem) throws(WorkbookProblem)
    -> Int
  {
    var value = 0
    guard digits.count > 0, digits.count < 10 else { throw damaged }
    for byte in digits {
      guard byte &- 0x30 <= 9 else { throw damaged }
      value = value &* 10 &+ Int(byte &- 0x30)
    }
    return value
  }
}
