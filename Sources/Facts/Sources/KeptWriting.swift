// How a bulk file's columns come to be kept: laid out page by page, written beside and then renamed. Knows nothing of
// how kept columns are read.
import Glibc
import Reckoning

extension KeptFile {
  /// Keeps a bulk file that nothing is wrong with. What cannot be kept is not: there may be no room, or no right to
  /// write.
  static func write(_ records: BulkRecords, to path: String, in cache: ColumnCache, threads: Int) {
    // Columns of sets are not kept; without a header there is nothing to keep.
    guard let header = records.header, !header.plans.contains(where: { $0.use == .set }) else { return }
    // The head's length does not depend on where the columns stand.
    let length = KeptLayout(records, header, from: 0).head.count
    let layout = KeptLayout(records, header, from: (fixed + length + page - 1) / page * page)
    guard cache.prepare(for: layout.end) else { return }
    write(layout.head, layout.pieces, size: layout.end, to: path, threads: threads)
  }

  private static func write(
    _ head: [UInt8], _ pieces: [(offset: Int, bytes: UnsafeRawBufferPointer)], size: Int, to path: String, threads: Int
  ) {
    guard let part = TemporaryFile.beside(path, mode: 0o600) else { return }
    let file = part.descriptor
    var isWhole = ftruncate(file, size) == 0
    func put(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
      var done = 0
      while isWhole, done < bytes.count {
        let n = pwrite(file, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
        if n < 0, errno == EINTR { continue }
        if n <= 0 { isWhole = false } else { done += n }
      }
    }
    head.withUnsafeBytes { put($0, at: fixed) }
    for piece in pieces { put(piece.bytes, at: piece.offset) }
    if isWhole, let map = MappedFile.open(part.path), map.count == size {
      // The digest is of what stands in the file.
      let body = UnsafeRawBufferPointer(start: map.base + fixed, count: size - fixed)
      let digest = ContentDigest.of(body, threads: threads) { release($0, of: map) }
      for (i, word) in [magic, UInt64(version), UInt64(head.count), digest].enumerated() {
        withUnsafeBytes(of: word) { put($0, at: i * 8) }
      }
    } else {
      isWhole = false
    }
    guard isWhole else { return part.discard() }
    // What cannot be kept is read from its source again.
    _ = part.take(path)
  }
}

/// What stands where in a file of kept columns.
private struct KeptLayout {
  private(set) var head: [UInt8] = []
  private(set) var pieces: [(offset: Int, bytes: UnsafeRawBufferPointer)] = []
  /// Where the next stretch would stand.
  private(set) var end: Int

  /// - Parameter start: where the first column is to stand.
  init(_ records: BulkRecords, _ header: BulkHeader, from start: Int) {
    end = start
    add(names: header)
    add(rows: records)
    add(columns: records)
    add(texts: records, header)
    add(ids: records)
  }

  private mutating func add(_ n: Int) { withUnsafeBytes(of: Int64(n)) { head += $0 } }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    add(bytes.count)
    head += bytes
  }

  /// Places stretches, one after another, behind what stands already, and says where.
  private mutating func place(_ stretches: [UnsafeRawBufferPointer]) {
    add(end)
    for bytes in stretches {
      pieces.append((end, bytes))
      end += bytes.count
    }
    end = (end + KeptFile.page - 1) / KeptFile.page * KeptFile.page
  }

  private mutating func add(names header: BulkHeader) {
    add(header.names.count)
    for name in header.names {
      var name = name
      name.withUTF8 { add($0) }
    }
    add(header.bodyLine)
  }

  private mutating func add(rows records: BulkRecords) {
    add(records.rows)
    add(records.ascending ? 1 : 0)
    add(records.unrepeated ? 1 : 0)
    add(records.lineShifts.count)
    for shift in records.lineShifts {
      add(shift.row)
      add(shift.by)
    }
    add(records.runs.count)
    for run in records.runs { add(run.rows) }
  }

  private mutating func add(columns records: BulkRecords) {
    add(records.columns.count)
    for column in records.columns {
      for n in [column.column, column.field, column.values.width, column.empty] { add(n) }
      place([column.values.bytes(records.rows)])
    }
  }

  private mutating func add(texts records: BulkRecords, _ header: BulkHeader) {
    let coded = records.columns.filter { header.plans[$0.column].use == .coded }
    add(coded.count)
    for column in coded {
      add(column.column)
      for run in records.runs {
        let table = run.table(column.column)
        add(table.count)
        for i in 0..<table.count { add(table.bytes(i)) }
      }
    }
  }

  private mutating func add(ids records: BulkRecords) {
    guard let offsets = records.idOffsets else {
      // No ids follow.
      add(0)
      return
    }
    add(1)
    place([UnsafeRawBufferPointer(start: offsets.buffer.baseAddress, count: (records.rows + 1) * 8)])
    place(records.runs.map { UnsafeRawBufferPointer(start: $0.ids.bytes.start, count: $0.ids.byteCount) })
    add(records.idByteCount)
  }
}
