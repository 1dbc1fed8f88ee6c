// A bulk list in a CSV file: encoding, header, and its records as typed columns, read by several threads at once.
// Texts and references stay numbered by first appearance until all lists are known (`Assembly`). Knows nothing of the
// other lists.
import Diagnostics
import Dispatch
import Reckoning

/// The records of one bulk file.
final class BulkFile {
  /// One column of the file.
  struct Column {
    /// The number of the column in the file and of the field in the schema.
    let column: Int
    let field: Int
    let values: ColumnBuffer
    let sawMissing: Bool
  }

  static let sizeLimit = 1 << 36
  static let recordLimit = 500_000_000

  let schema: ListSchema
  let source: SourceFile
  let bytes: FileBytes
  private(set) var header: BulkHeader?
  private(set) var rows = 0
  private(set) var columns: [Column] = []
  private(set) var chunks: [BulkChunk] = []
  /// The first row of each chunk.
  private(set) var chunkRows: [Int] = []
  private(set) var idOffsets: Storage<Int64>?
  private(set) var ascending = false
  private(set) var unrepeated = false
  private(set) var suspects: [SuspectRow] = []
  private(set) var problems = 0
  /// The ids where they stand in a kept file.
  private(set) var keptIDs: IDColumn?
  /// Whether the records come from columns that an earlier reading kept: then the text itself is not at hand.
  private(set) var isKept = false
  private var bodyStart = 0
  private(set) var lineShifts: [(row: Int, by: Int)] = []
  private var bodyLine = 1

  /// - Parameters:
  ///   - threads: how many runs of rows are read at once.
  ///   - cache: where large files are kept as columns.
  ///   - control: asked while records are read; what there is of a cancelled file is of no use.
  init(
    _ bytes: FileBytes, name: String, schema: ListSchema, reader: ValueReader, ignored: Ignored, threads: Int,
    cache: ColumnCache?, control: WorkControl, suggestions: inout Suggestions, findings: inout Findings
  ) {
    self.schema = schema
    var keptPath: String?
    if let cache, bytes.count >= cache.least {
      let path = cache.path(bytes, schema: schema, reader: reader, ignored: ignored, threads: threads)
      if let kept = BulkFile.kept(path, schema, ignored, threads) {
        source = SourceFile(name: name, text: "")
        self.bytes = kept.head
        restore(kept.file, kept.header, reader)
        return
      }
      keptPath = path
    }
    var bytes = bytes
    var start = 0
    let problem = BulkFile.transcode(&bytes, &start, threads)
    self.bytes = bytes
    // The text is only for excerpts in messages; of a very large file they do without.
    let excerpt = bytes.count <= 1 << 22 && problem == nil
    let textBytes = UnsafeBufferPointer(rebasing: bytes.bytes[min(start, bytes.count)...])
    source = SourceFile(name: name, text: excerpt ? String(decoding: textBytes, as: UTF8.self) : "")
    let source = source
    if let problem {
      findings.add(problem.0, at: SourceRange(source: source, start: problem.1, end: problem.1))
      return
    }
    header = BulkHeader(
      bytes, start: start, schema: schema, ignored: ignored, suggestions: &suggestions, findings: &findings,
      location: { SourceRange(source: source, start: $0, end: $1) })
    guard let header else { return }
    bodyStart = header.body
    bodyLine = header.bodyLine
    let survey = Survey(bytes, from: header.body, line: header.bodyLine, threads: threads)
    guard survey.lines <= BulkFile.recordLimit else {
      findings.add(
        .tooManyRecords,
        at: SourceRange(source: source, start: Position(line: 1, column: 1), end: Position(line: 1, column: 1)))
      self.header = nil
      return
    }
    if !read(header, survey, reader, control) {
      // Where quotation marks are wrong only reading in order says where rows begin.
      _ = read(header, Survey(bytes, from: header.body, line: header.bodyLine, threads: 1), reader, control)
    }
    if let cache, let keptPath, !control.isCancelled(), problems == 0, suspects.isEmpty, findings.list.isEmpty {
      let head = UnsafeBufferPointer(rebasing: bytes.bytes[start..<header.body])
      KeptFile.write(self, header: head, to: keptPath, in: cache, threads: threads)
    }
  }

  // MARK: kept columns

  /// A kept file with the header that it was read under; nil where there is none that fits.
  private static func kept(
    _ path: String, _ schema: ListSchema, _ ignored: Ignored, _ threads: Int
  ) -> (file: KeptFile, head: FileBytes, header: BulkHeader)? {
    guard let file = KeptFile(path, threads: threads) else { return nil }
    let head = file.header.withUnsafeBufferPointer { FileBytes.copy($0) }
    var suggestions = Suggestions()
    var findings = Findings()
    let nowhere = SourceFile(name: "", text: "")
    guard
      let header = BulkHeader(
        head, start: 0, schema: schema, ignored: ignored, suggestions: &suggestions, findings: &findings,
        location: { SourceRange(source: nowhere, start: $0, end: $1) }), findings.list.isEmpty,
      header.columns.map(\.column) == file.columns.map(\.column),
      header.columns.map(\.field) == file.columns.map(\.field),
      (header.idColumn != nil) == (file.ids != nil),
      file.columns.allSatisfy({ header.plans[$0.column].width == $0.width }),
      file.columns.allSatisfy({ header.plans[$0.column].kind != .coded || file.texts[$0.column] != nil })
    else { return nil }
    return (file, head, header)
  }

  private func restore(_ file: KeptFile, _ header: BulkHeader, _ reader: ValueReader) {
    isKept = true
    self.header = header
    bodyLine = header.bodyLine
    (rows, ascending, unrepeated, lineShifts) = (file.rows, file.ascending, file.unrepeated, file.lineShifts)
    columns = file.columns.map {
      Column(column: $0.column, field: $0.field, values: file.values($0), sawMissing: $0.sawMissing)
    }
    for (k, count) in file.chunkRows.enumerated() {
      chunkRows.append(file.chunkRows[..<k].reduce(0, +))
      chunks.append(
        BulkChunk(bytes, kept: count, plans: header.plans, texts: file.texts.mapValues { $0[k] }, reader: reader))
    }
    keptIDs = file.idColumn
    idOffsets = keptIDs?.offsets
  }

  /// Makes UTF-8 of the bytes, and says what is wrong where that cannot be done.
  private static func transcode(
    _ bytes: inout FileBytes, _ start: inout Int, _ threads: Int
  ) -> (FileProblem, Position)? {
    let p = bytes.base
    let top = Position(line: 1, column: 1)
    if bytes.count >= 2, (p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF) {
      return (.wideCharacters, top)
    }
    if bytes.bytes.prefix(4096).contains(0) { return (.wideCharacters, top) }
    if bytes.count >= 3, p[0] == 0xEF, p[1] == 0xBB, p[2] == 0xBF { start = 3 }
    if let invalid = UTF8Check.firstInvalid(bytes.bytes, threads: max(1, min(threads, 64))) {
      guard start == 0, let converted = bytes.fromGB18030() else {
        let line = 1 + bytes.bytes[..<invalid].count { $0 == 0x0A }
        let at = Position(line: line, column: 1)
        return (start == 3 ? .notUTF8(byte: p[invalid]) : .neitherEncoding, at)
      }
      bytes = converted
      let q = bytes.base
      if bytes.count >= 3, q[0] == 0xEF, q[1] == 0xBB, q[2] == 0xBF { start = 3 }
    } else if start == 0, bytes.looksLikeGB18030, let converted = bytes.fromGB18030() {
      bytes = converted
    }
    if !bytes.bytes.contains(0x0A), bytes.bytes.contains(0x0D) {
      // Lines that end in a carriage return alone, as very old programs write them.
      let copy = [UInt8](bytes.bytes).map { $0 == 0x0D ? 0x0A : $0 }
      bytes = copy.withUnsafeBufferPointer { FileBytes.copy($0) }
    }
    return nil
  }

  /// - Returns: false when quotation marks are wrong and there was more than one run.
  private func read(_ header: BulkHeader, _ survey: Survey, _ reader: ValueReader, _ control: WorkControl) -> Bool {
    let plans = header.plans
    let room = survey.runs.reduce(0) { $0 + $1.lines }
    let buffers: [ColumnBuffer?] = plans.map { plan in
      switch plan.kind {
      case .skip, .id: nil
      case .flag: ColumnBuffer(.bools(.allocate(capacity: max(room, 1))))
      case .money: ColumnBuffer(.int64(.allocate(capacity: max(room, 1))))
      default: ColumnBuffer(.int32(.allocate(capacity: max(room, 1))))
      }
    }
    let ends = header.idColumn == nil ? nil : UnsafeMutablePointer<Int64>.allocate(capacity: room + 1)
    var chunks: [BulkChunk] = []
    var base = 0
    for run in survey.runs {
      chunks.append(
        BulkChunk(
          bytes, from: run.begin, to: run.end, firstLine: run.line, hasQuotes: survey.hasQuotes, plans: plans,
          outputs: buffers.map { $0?.address(of: base) }, idEnds: ends.map { $0 + 1 + base }, reader: reader))
      base += run.lines
    }
    if chunks.count == 1 {
      chunks[0].parse(control)
    } else {
      nonisolated(unsafe) let work = chunks
      // The runs are of one length: the first tells how far all are.
      var quiet = control
      quiet.progress = nil
      let others = quiet
      DispatchQueue.concurrentPerform(iterations: work.count) { work[$0].parse($0 == 0 ? control : others) }
    }
    if chunks.count > 1, chunks.contains(where: \.misquoted) {
      for buffer in buffers { buffer?.release() }
      ends?.deallocate()
      return false
    }
    join(header, survey, chunks, buffers, ends)
    return true
  }

  /// Closes the gaps between the runs' rows, and puts their findings together.
  private func join(
    _ header: BulkHeader, _ survey: Survey, _ chunks: [BulkChunk], _ buffers: [ColumnBuffer?],
    _ ends: UnsafeMutablePointer<Int64>?
  ) {
    self.chunks = chunks
    var base = 0
    ascending = true
    var byLength = true
    for (k, chunk) in chunks.enumerated() {
      let from = survey.runs[..<k].reduce(0) { $0 + $1.lines }
      chunkRows.append(rows)
      if k > 0, chunk.rows > 0, let before = chunks[..<k].last(where: { $0.rows > 0 }) {
        let a = before.ids.id(before.rows - 1)
        let b = chunk.ids.id(0)
        if !a.lexicographicallyPrecedes(b) { ascending = false }
        if !(a.count < b.count || (a.count == b.count && a.lexicographicallyPrecedes(b))) { byLength = false }
      }
      if !chunk.ids.ascending { ascending = false }
      if !chunk.ids.ascendingByLength { byLength = false }
      suspects += chunk.suspects.map { SuspectRow(row: $0.row + rows, line: $0.line, offset: $0.offset) }
      problems += chunk.problems
      // A run's own shift begins at zero, which may differ from where the one before it ended.
      let gap = survey.runs[k].line - bodyLine - rows
      if gap != (lineShifts.last?.by ?? 0), chunk.lineShifts.first?.row != 0 { lineShifts.append((rows, gap)) }
      lineShifts += chunk.lineShifts.map { ($0.row + rows, $0.by + gap) }
      rows += chunk.rows
      base = from
      if base != chunkRows[k] {
        for case let buffer? in buffers { buffer.move(from: base, to: chunkRows[k], count: chunk.rows) }
      }
    }
    unrepeated = ascending || byLength
    columns = header.columns.compactMap { pair in
      guard let buffer = buffers[pair.column] else { return nil }
      let missing = chunks.contains { $0.sawMissing(pair.column) }
      return Column(column: pair.column, field: pair.field, values: buffer, sawMissing: missing)
    }
    if let ends {
      ends[0] = 0
      var bytesBefore: Int64 = 0
      for (k, chunk) in chunks.enumerated() {
        let from = survey.runs[..<k].reduce(0) { $0 + $1.lines } + 1
        let to = chunkRows[k] + 1
        if from != to || bytesBefore != 0 {
          for i in 0..<chunk.rows { ends[to + i] = ends[from + i] + bytesBefore }
        }
        bytesBefore += Int64(chunk.ids.byteCount)
      }
      idOffsets = Storage(adopting: UnsafeMutableBufferPointer(start: ends, count: rows + 1), count: rows + 1)
    }
  }

  /// Hands a column's memory over; what nobody takes is released with the file.
  func take(_ column: Column) -> ColumnBuffer {
    taken.insert(column.column)
    return column.values
  }

  private var taken: Set<Int> = []

  deinit {
    for column in columns where !taken.contains(column.column) { column.values.release() }
  }

  /// The ids' bytes, one after another.
  func copyIDs(to memory: UnsafeMutablePointer<UInt8>) {
    if let keptIDs {
      if let start = keptIDs.bytes.buffer.baseAddress { memory.update(from: start, count: keptIDs.bytes.count) }
      return
    }
    var done = 0
    for chunk in chunks {
      (memory + done).update(from: chunk.ids.bytes, count: chunk.ids.byteCount)
      done += chunk.ids.byteCount
    }
  }

  var idByteCount: Int { keptIDs?.bytes.count ?? chunks.reduce(0) { $0 + $1.ids.byteCount } }

  /// Whether a column gives the field any value; a column of texts without a single text does not.
  func states(_ field: Int) -> Bool {
    guard let column = columns.first(where: { $0.field == field }) else { return false }
    guard header?.plans[column.column].kind == .coded else { return true }
    return chunks.contains { $0.table(column.column).count > 0 }
  }

  /// The line on which a row begins.
  func line(of row: Int) -> Int { LineIndex(first: bodyLine, shifts: lineShifts).line(of: row) }
  var lines: LineIndex { LineIndex(first: bodyLine, shifts: lineShifts) }

  /// Where the given rows begin, which are in ascending order.
  func locate(_ wanted: [Int]) -> [SuspectRow] {
    var out: [SuspectRow] = []
    let p = bytes.base
    let index = lines
    var line = bodyLine
    var offset = bodyStart
    for row in wanted {
      let target = index.line(of: row)
      while line < target, offset < bytes.count {
        if p[offset] == 0x0A { line += 1 }
        offset += 1
      }
      out.append(SuspectRow(row: row, line: target, offset: offset))
    }
    return out
  }
}

/// On which line each row of a bulk file stands.
struct LineIndex: Sendable {
  let first: Int
  let shifts: [(row: Int, by: Int)]

  func line(of row: Int) -> Int {
    var low = 0
    var high = shifts.count
    while low < high {
      let middle = (low + high) / 2
      if shifts[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    return first + row + (low > 0 ? shifts[low - 1].by : 0)
  }
}
