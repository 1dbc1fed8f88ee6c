// The form in which a bulk file's columns are kept: a head with what does not come in columns, then the columns, each on a
// page of its own, all under one digest. Numbers are those of the machine: the file does not leave it.
import Glibc
import Reckoning

/// A bulk file's records as they stand in a file of columns.
struct KeptFile {
  static let version = 2
  private static let magic: UInt64 = 0x4E41_5553_4543_0A0D
  private static let page = 4096
  /// Magic, version, length of the head, digest.
  private static let fixed = 32

  struct Column {
    let column: Int
    let field: Int
    let width: Int
    let sawMissing: Bool
    let offset: Int
  }

  /// The source's header row as UTF-8.
  private(set) var header: [UInt8] = []
  private(set) var rows = 0
  private(set) var ascending = false
  private(set) var unrepeated = false
  private(set) var lineShifts: [(row: Int, by: Int)] = []
  private(set) var chunkRows: [Int] = []
  private(set) var columns: [Column] = []
  /// By column and then by chunk: the texts that the column's numbers stand for.
  private(set) var texts: [Int: [[[UInt8]]]] = [:]
  private(set) var ids: (offsets: Int, bytes: Int, byteCount: Int)?
  let map: MappedFile

  // MARK: Reading

  /// - Returns: nil where there is no such file, or it is not whole.
  init?(_ path: String, threads: Int) {
    guard let map = MappedFile(path), map.count >= KeptFile.fixed else { return nil }
    self.map = map
    func word(_ i: Int) -> UInt64 { map.base.loadUnaligned(fromByteOffset: i * 8, as: UInt64.self) }
    guard word(0) == KeptFile.magic, word(1) == UInt64(KeptFile.version) else { return nil }
    let body = UnsafeRawBufferPointer(start: map.base + KeptFile.fixed, count: map.count - KeptFile.fixed)
    // Seen once, and not needed until a rule reads the column.
    let digest = ContentDigest.of(body, threads: threads) { KeptFile.release($0, of: map) }
    guard digest == word(3), word(2) <= UInt64(body.count) else { return nil }
    var head = Head(UnsafeRawBufferPointer(rebasing: body[..<Int(word(2))]))
    guard read(&head), head.isDone else { return nil }
    utimensat(AT_FDCWD, path, nil, 0)
  }

  /// Gives up the pages of a part of the digested bytes.
  private static func release(_ range: Range<Int>, of map: MappedFile) {
    let from = (range.lowerBound + fixed + page - 1) / page * page, to = (range.upperBound + fixed) / page * page
    if from < to { map.release(from..<to) }
  }

  private mutating func read(_ head: inout Head) -> Bool {
    header = head.text()
    rows = head.number()
    ascending = head.number() != 0
    unrepeated = head.number() != 0
    for _ in 0..<head.count() { lineShifts.append((head.number(), head.number())) }
    for _ in 0..<head.count() { chunkRows.append(head.number()) }
    guard rows >= 0, chunkRows.allSatisfy({ $0 >= 0 }), chunkRows.reduce(0, +) == rows else { return false }
    for _ in 0..<head.count() {
      let column = Column(
        column: head.number(), field: head.number(), width: head.number(), sawMissing: head.number() != 0,
        offset: head.number())
      guard [1, 4, 8].contains(column.width), lies(column.offset, rows * column.width) else { return false }
      columns.append(column)
    }
    for _ in 0..<head.count() {
      let column = head.number()
      var chunks: [[[UInt8]]] = []
      for _ in chunkRows {
        var table: [[UInt8]] = []
        for _ in 0..<head.count() { table.append(head.text()) }
        chunks.append(table)
      }
      texts[column] = chunks
    }
    if head.number() != 0 {
      let (offsets, bytes, count) = (head.number(), head.number(), head.number())
      guard lies(offsets, (rows + 1) * 8), lies(bytes, count) else { return false }
      ids = (offsets, bytes, count)
    }
    return true
  }

  private func lies(_ offset: Int, _ count: Int) -> Bool {
    offset >= 0 && count >= 0 && offset % KeptFile.page == 0 && offset <= map.count && count <= map.count - offset
  }

  /// A column's memory.
  func values(_ column: Column) -> ColumnBuffer {
    let start = map.base + column.offset
    switch column.width {
    case 1: return ColumnBuffer(.bools(start.assumingMemoryBound(to: UInt8.self)), owner: map)
    case 4: return ColumnBuffer(.int32(start.assumingMemoryBound(to: Int32.self)), owner: map)
    default: return ColumnBuffer(.int64(start.assumingMemoryBound(to: Int64.self)), owner: map)
    }
  }

  /// Where each id ends in the ids' bytes, and those.
  var idColumn: IDColumn? {
    guard let ids else { return nil }
    func storage<T>(_ offset: Int, _ count: Int, as type: T.Type) -> Storage<T> {
      let start = (map.base + offset).assumingMemoryBound(to: T.self)
      return Storage(adopting: UnsafeMutableBufferPointer(start: start, count: count), count: count, owner: map)
    }
    return IDColumn(
      offsets: storage(ids.offsets, rows + 1, as: Int64.self), bytes: storage(ids.bytes, ids.byteCount, as: UInt8.self),
      ascending: ascending)
  }

  /// The head, number by number.
  private struct Head {
    let all: UnsafeRawBufferPointer
    private var at = 0
    /// Something was asked for that is not there.
    private var isShort = false
    /// Everything has been read, and it was there.
    var isDone: Bool { !isShort && at == all.count }

    init(_ all: UnsafeRawBufferPointer) { self.all = all }

    mutating func number() -> Int {
      guard at + 8 <= all.count else {
        isShort = true
        return 0
      }
      defer { at += 8 }
      return Int(truncatingIfNeeded: all.loadUnaligned(fromByteOffset: at, as: Int64.self))
    }

    /// How many of something follow.
    mutating func count() -> Int {
      let n = number()
      // Each takes eight bytes at least.
      guard n >= 0, n <= (all.count - at) / 8 else {
        isShort = true
        return 0
      }
      return n
    }

    mutating func text() -> [UInt8] {
      let n = number()
      guard n >= 0, n <= all.count - at else {
        isShort = true
        return []
      }
      defer { at += n }
      return [UInt8](all[at..<at + n])
    }
  }

  // MARK: Writing

  /// Keeps a bulk file that nothing is wrong with. What cannot be kept is not: there may be no room, or no right to write.
  static func write(
    _ file: BulkFile, header: UnsafeBufferPointer<UInt8>, to path: String, in cache: ColumnCache, threads: Int
  ) {
    guard let parsed = file.header, !parsed.plans.contains(where: { $0.kind == .set }) else { return }
    var head: [UInt8] = []
    func number(_ n: Int) { withUnsafeBytes(of: Int64(n)) { head += $0 } }
    func bytes(_ b: UnsafeBufferPointer<UInt8>) {
      number(b.count)
      head += b
    }
    var at = 0
    var pieces: [(offset: Int, bytes: UnsafeRawBufferPointer)] = []
    /// Places stretches, one after another, behind what stands already.
    func location(_ stretches: [UnsafeRawBufferPointer]) -> Int {
      let offset = at
      for bytes in stretches {
        pieces.append((at, bytes))
        at += bytes.count
      }
      at = (at + page - 1) / page * page
      return offset
    }
    func made(from start: Int) -> [UInt8] {
      head = []
      pieces = []
      at = start
      bytes(header)
      number(file.rows)
      number(file.ascending ? 1 : 0)
      number(file.unrepeated ? 1 : 0)
      number(file.lineShifts.count)
      for shift in file.lineShifts {
        number(shift.row)
        number(shift.by)
      }
      number(file.chunks.count)
      for chunk in file.chunks { number(chunk.rows) }
      number(file.columns.count)
      for column in file.columns {
        let width = column.values.width
        for n in [column.column, column.field, width, column.sawMissing ? 1 : 0] { number(n) }
        number(location([UnsafeRawBufferPointer(start: column.values.address(of: 0), count: file.rows * width)]))
      }
      let coded = file.columns.filter { parsed.plans[$0.column].kind == .coded }
      number(coded.count)
      for column in coded {
        number(column.column)
        for chunk in file.chunks {
          let table = chunk.table(column.column)
          number(table.count)
          for i in 0..<table.count { bytes(table.bytes(i)) }
        }
      }
      if let offsets = file.idOffsets {
        number(1)
        number(location([UnsafeRawBufferPointer(start: offsets.buffer.baseAddress, count: (file.rows + 1) * 8)]))
        number(location(file.chunks.map { UnsafeRawBufferPointer(start: $0.ids.bytes, count: $0.ids.byteCount) }))
        number(file.idByteCount)
      } else {
        number(0)
      }
      return head
    }
    // The head's length does not depend on where the columns stand.
    let whole = made(from: (fixed + made(from: 0).count + page - 1) / page * page)
    guard cache.prepare(for: at) else { return }
    write(whole, pieces, size: at, to: path, threads: threads)
  }

  private static func write(
    _ head: [UInt8], _ pieces: [(offset: Int, bytes: UnsafeRawBufferPointer)], size: Int, to path: String, threads: Int
  ) {
    let part = path + ".part-\(getpid())"
    let file = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_TRUNC, 0o600)
    guard file >= 0 else { return }
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
    if isWhole, let map = MappedFile(part), map.count == size {
      // The digest is of what stands in the file.
      let body = UnsafeRawBufferPointer(start: map.base + fixed, count: size - fixed)
      let digest = ContentDigest.of(body, threads: threads) { release($0, of: map) }
      for (i, word) in [magic, UInt64(version), UInt64(head.count), digest].enumerated() {
        withUnsafeBytes(of: word) { put($0, at: i * 8) }
      }
    } else {
      isWhole = false
    }
    if close(file) != 0 { isWhole = false }
    if !isWhole || rename(part, path) != 0 { unlink(part) }
  }
}
