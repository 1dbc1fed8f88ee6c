// From cells of text to typed columns: the runs of a source are read at once, each by a thread, and their rows put
// together. Knows nothing of any form of file, or of what cells mean.
import Diagnostics
import Dispatch
import Reckoning

extension BulkSource {
  func span(of suspect: SuspectRow, _ column: Int) -> (start: Position, end: Position)? {
    guard let cells = row(suspect, limit: column + 1)?.cells, cells.indices.contains(column) else { return nil }
    return (cells[column].start, cells[column].end)
  }
}

extension CellSource {
  func prepare(_ control: WorkControl, _ findings: inout Findings) -> Bool { true }
  var parts: [String] { [] }
  var partRead: String? { nil }
  func sheetsWhole() -> [WholeSheet] {
    [WholeSheet(name: file.name, rows: top(Int(Int32.max), limit: BulkHeader.columnLimit))]
  }
  func otherParts() -> [(name: String, top: [BulkRow])] { [] }
  func settle(_ fits: ([BulkRow]) -> Bool) {}
  func keepAll() {}
  var countsFrom1904: Bool { false }
  func tell(_ records: BulkRecords, _ key: Text?, _ findings: inout Findings) -> Set<Int> { [] }

  func records(_ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings) -> BulkRecords {
    cellRecords(request, &suggestions, &findings)
  }

  /// The records, of whose cells typed columns are made: anew where a line below them says in what amounts are counted.
  func cellRecords(
    _ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings
  ) -> BulkRecords {
    let before = (suggestions, findings)
    let records = read(request, &suggestions, &findings)
    guard request.unit == nil, let unit = records.unitBelow else { return records }
    (suggestions, findings) = before
    var again = request
    again.unit = unit
    return read(again, &suggestions, &findings)
  }

  private func read(
    _ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings
  ) -> BulkRecords {
    let none = { BulkRecords(none: self.file, request.schema, self) }
    if request.mapping.headerRows[request.schema.declaration.name] == ColumnMapping.cards, !(self is CardSource) {
      return CardSource(self, Headings(request.schema, request.mapping)).cellRecords(request, &suggestions, &findings)
    }
    let top = head(HeadingSearch.rows, limit: BulkHeader.columnLimit)
    guard var header = BulkHeader.read(top, file, request, &suggestions, &findings) else { return none() }
    if countsFrom1904 { header.countFrom1904() }
    if let split = RowSplit(header, request.schema, request.mapping) {
      return splitRecords(split, header, request, &findings)
    }
    let cutters = self.cutters(
      below: header.row, columns: header.width, threads: header.needsOrder ? 1 : request.threads)
    guard cutters.reduce(0, { $0 + $1.room }) <= BulkRecords.limit else {
      findings.add(.tooManyRecords, at: BulkRefusal(.tooManyRecords).location(in: file))
      return none()
    }
    if let records = CellReading(self, header, cutters, request).records() {
      records.makeIDs(request.isPart, &findings)
      return records
    }
    // Where quotation marks are wrong only reading in order says where rows begin, and what stands above a row is
    // known.
    let inOrder = self.cutters(below: header.row, columns: header.width, threads: 1)
    let records = Invariant.value(
      CellReading(self, header, inOrder, request).records(),
      "one-run-is-certain: a source that is cut as a single run begins where its records do")
    records.makeIDs(request.isPart, &findings)
    return records
  }
}

extension CellSource {
  /// The records of a source of whose rows each person is one.
  private func splitRecords(
    _ split: RowSplit, _ header: BulkHeader, _ request: BulkRequest, _ findings: inout Findings
  ) -> BulkRecords {
    func cutter() -> (any RowCutter)? { cutters(below: header.row, columns: header.width, threads: 1).first }
    guard let ahead = cutter(), let base = cutter() else { return BulkRecords(none: file, request.schema, self) }
    let cutter = SplitCutter(base, ahead: ahead, split, columns: header.width)
    guard cutter.room <= BulkRecords.limit else {
      findings.add(.tooManyRecords, at: BulkRefusal(.tooManyRecords).location(in: file))
      return BulkRecords(none: file, request.schema, self)
    }
    if cutter.counts.rows > 0,
      let cell = header.row.cells.indices.contains(split.names) ? header.row.cells[split.names] : nil
    {
      findings.add(
        RowSplit.note(
          header.names[split.names], rows: cutter.counts.rows, people: cutter.counts.people,
          at: SourceRange(source: file, start: cell.start, end: cell.end)))
    }
    let records = Invariant.value(
      CellReading(self, header, [cutter], request).records(),
      "one-run-is-certain: a source that is cut as a single run begins where its records do")
    records.makeIDs(request.isPart, &findings)
    return records
  }
}

/// One reading of all runs of a source.
private struct CellReading {
  let source: any CellSource
  let header: BulkHeader
  let cutters: [any RowCutter]
  let request: BulkRequest
  private let buffers: [ColumnBuffer?]
  /// Where each id ends, behind a first 0; nil for files without ids.
  private let ends: CheckedBuffer<Int64>?
  private let runs: [RecordRun]
  /// For how many rows there is room before each run.
  private let roomBefore: [Int]

  init(_ source: any CellSource, _ header: BulkHeader, _ cutters: [any RowCutter], _ request: BulkRequest) {
    self.source = source
    self.header = header
    self.cutters = cutters
    self.request = request
    let room = cutters.reduce(0) { $0 + $1.room }
    let buffers = header.plans.map { $0.buffer(room) }
    let ends: CheckedBuffer<Int64>? = header.idColumn == nil ? nil : .allocate(room + 1)
    var runs: [RecordRun] = []
    var bases: [Int] = []
    var base = 0
    let kinds = RowKinds(header, sheet: source.partRead)
    for cutter in cutters {
      runs.append(
        RecordRun(
          plans: header.plans, outputs: buffers.map { $0?.slots(from: base, count: cutter.room) },
          idEnds: ends?.part(from: base + 1, count: cutter.room), reader: request.reader, kinds: kinds,
          standIns: header.standIns, carried: header.carried))
      bases.append(base)
      base += cutter.room
    }
    self.buffers = buffers
    self.ends = ends
    self.runs = runs
    roomBefore = bases
  }

  /// - Returns: nil when it came out that runs may not begin where records do, or that one needs the row before it.
  func records() -> BulkRecords? {
    if runs.count == 1 {
      runs[0].read(cutters[0], request.control)
    } else {
      nonisolated(unsafe) let work = (runs, cutters)
      let control = request.control
      // The runs are of one length: the first tells how far all are.
      let quiet = WorkControl(isCancelled: control.isCancelled)
      DispatchQueue.concurrentPerform(iterations: runs.count) {
        work.0[$0].read(work.1[$0], $0 == 0 ? control : quiet)
      }
    }
    if cutters.count > 1, cutters.contains(where: \.isUncertain) || runs.contains(where: \.needsRowAbove) {
      for buffer in buffers { buffer?.release() }
      ends?.deallocate()
      return nil
    }
    return joined()
  }

  /// Closes the gaps between the runs' rows, and puts their findings together.
  private func joined() -> BulkRecords {
    var facts = BulkRecords.Summary()
    facts.runs = runs
    addOrder(&facts)
    var totals: [TotalRow] = []
    for (k, run) in runs.enumerated() {
      let first = facts.rows
      facts.firstRows.append(first)
      facts.suspects += run.suspects.map { SuspectRow(row: $0.row + first, line: $0.line, offset: $0.offset) }
      facts.problems += run.problems
      facts.skipped.add(run.skipped)
      for var total in run.totals {
        total.row += first
        totals.append(total)
      }
      for cell in run.unfilled { facts.unfilled.insert(BulkRecords.unfilledKey(cell.row + first, cell.column)) }
      for column in header.plans.indices { facts.add(run, column, firstRow: first) }
      // A run's own shift begins at zero, which may differ from where the one before it ended.
      let gap = cutters[k].firstLine - header.bodyLine - first
      let shifts = run.lineShifts
      // Without a shift so far, lines and rows run side by side.
      if gap != (facts.lineShifts.last?.by ?? 0), shifts.first?.row != 0 {
        facts.lineShifts.append(LineShift(row: first, by: gap))
      }
      facts.lineShifts += shifts.map { LineShift(row: $0.row + first, by: $0.by + gap) }
      facts.rows += run.rows
      if roomBefore[k] != first {
        for case let buffer? in buffers { buffer.move(from: roomBefore[k], to: first, count: run.rows) }
      }
    }
    if !totals.isEmpty {
      facts.skipped.hold(totals) { column in
        guard let buffer = buffers[column] else { return nil }
        return (buffer.slots(from: 0, count: facts.rows).values(as: Int64.self), header.plans[column].missing)
      }
    }
    if facts.rows > 0 {
      let said = Set((request.mapping.cells[request.schema.declaration.name] ?? [:]).keys)
      let skips = RowSkips.unmet(
        request.mapping.skippedRows[request.schema.declaration.name] ?? [],
        runs.reduce(into: []) { $0.formUnion($1.metSkips) })
      // Of several files each need not have them.
      if !request.isPart { facts.unmetSkips = skips.filter { Int($0).map { $0 >= header.bodyLine } ?? true } }
      facts.unmetCells = said.subtracting(runs.reduce(into: []) { $0.formUnion($1.metCells) }).sorted()
    }
    if let ends { facts.idOffsets = joinedEnds(ends, facts) }
    let columns: [BulkRecords.Column] = header.columns.map { column in
      let values = Invariant.value(
        buffers[column.column], "columns-have-memory: a column that states a field has memory for its values")
      let missing = runs.contains { $0.sawMissing(column.column) }
      return BulkRecords.Column(
        column: column.column, field: column.field, values: values, sawMissing: missing,
        empty: runs.reduce(0) { $0 + $1.empty(column.column) })
    }
    return BulkRecords(source, request.schema, header, columns: columns, facts)
  }

  /// Whether the ids of all runs ascend by code point, and whether their order shows that none repeats.
  private func addOrder(_ facts: inout BulkRecords.Summary) {
    facts.ascending = true
    var byLength = true
    for (k, run) in runs.enumerated() {
      if k > 0, run.rows > 0, let before = runs[..<k].last(where: { $0.rows > 0 }) {
        let a = before.ids.id(before.rows - 1)
        let b = run.ids.id(0)
        if !a.lexicographicallyPrecedes(b) { facts.ascending = false }
        if !(a.count < b.count || (a.count == b.count && a.lexicographicallyPrecedes(b))) { byLength = false }
      }
      if !run.ids.ascending { facts.ascending = false }
      if !run.ids.ascendingByLength { byLength = false }
    }
    facts.unrepeated = facts.ascending || byLength
  }

  /// The ends of all ids, counted in the bytes of all runs together.
  private func joinedEnds(_ ends: CheckedBuffer<Int64>, _ facts: BulkRecords.Summary) -> Storage<Int64> {
    ends[0] = 0
    var bytesBefore: Int64 = 0
    for (k, run) in runs.enumerated() {
      let from = roomBefore[k] + 1
      let to = facts.firstRows[k] + 1
      if from != to || bytesBefore != 0 {
        for i in 0..<run.rows { ends[to + i] = ends[from + i] + bytesBefore }
      }
      bytesBefore += Int64(run.ids.byteCount)
    }
    let count = facts.rows + 1
    return Storage(
      adopting: UnsafeMutableBufferPointer(start: ends.pointer(0, count: count), count: count), count: count)
  }
}

extension BulkColumnPlan {
  /// Memory for the values of a column; nil for one that has none.
  fileprivate func buffer(_ count: Int) -> ColumnBuffer? {
    switch use {
    case .skip, .nameless, .id: nil
    case .flag: ColumnBuffer(.bools(.allocate(count)))
    case .money: ColumnBuffer(.int64(.allocate(count)))
    case .cached, .day, .whole, .coded, .set: ColumnBuffer(.int32(.allocate(count)))
    }
  }
}
