// The form in which a bulk file's columns are kept: a head with what does not come in columns, then the columns, each
// on a page of its own, all under one digest. Numbers are those of the machine: the file does not leave it.
import Glibc
import Reckoning

/// A bulk file's records as they stand in a file of columns.
struct KeptFile {
  static let version = 4
  static let magic: UInt64 = 0x4E41_5553_4543_0A0D
  static let page = 4096
  /// How many bytes stand before the head: magic, version, length of the head, digest.
  static let fixed = 32

  struct Column {
    let column: Int
    let field: Int
    let width: Int
    /// How many cells of the source were empty.
    let empty: Int
    let offset: Int
  }

  /// The source's columns as they were named, and the line behind its header.
  private(set) var names: [[UInt8]] = []
  private(set) var bodyLine = 1
  private(set) var rows = 0
  private(set) var ascending = false
  private(set) var unrepeated = false
  private(set) var lineShifts: [LineShift] = []
  private(set) var runRows: [Int] = []
  private(set) var columns: [Column] = []
  /// By column and then by run: the texts that the column's numbers stand for.
  private(set) var texts: [Int: [[[UInt8]]]] = [:]
  private(set) var ids: (offsets: Int, bytes: Int, byteCount: Int)?
  let map: MappedFile

  private init(_ map: MappedFile) { self.map = map }

  // MARK: Reading

  /// - Returns: nil where there is no such file, or it is not whole.
  static func open(_ path: String, threads: Int) -> KeptFile? {
    guard let map = MappedFile.open(path), map.count >= KeptFile.fixed else { return nil }
    func word(_ i: Int) -> UInt64 { map.base.loadUnaligned(fromByteOffset: i * 8, as: UInt64.self) }
    guard word(0) == KeptFile.magic, word(1) == UInt64(KeptFile.version) else { return nil }
    let body = UnsafeRawBufferPointer(start: map.base + KeptFile.fixed, count: map.count - KeptFile.fixed)
    // Seen once, and not needed until a rule reads the column.
    let digest = ContentDigest.of(body, threads: threads) { KeptFile.release($0, of: map) }
    guard digest == word(3), word(2) <= UInt64(body.count) else { return nil }
    var head = Head(UnsafeRawBufferPointer(rebasing: body[..<Int(word(2))]))
    var file = KeptFile(map)
    guard file.read(&head), head.isDone else { return nil }
    // Used now: the files used least recently go first.
    utimensat(AT_FDCWD, path, nil, 0)
    return file
  }

  /// Gives up the pages of a part of the digested bytes.
  static func release(_ range: Range<Int>, of map: MappedFile) {
    let from = (range.lowerBound + fixed + page - 1) / page * page, to = (range.upperBound + fixed) / page * page
    if from < to { map.release(from..<to) }
  }

  private mutating func read(_ head: inout Head) -> Bool {
    for _ in 0..<head.count() { names.append(head.text()) }
    bodyLine = head.number()
    rows = head.number()
    ascending = head.number() != 0
    unrepeated = head.number() != 0
    for _ in 0..<head.count() { lineShifts.append(LineShift(row: head.number(), by: head.number())) }
    for _ in 0..<head.count() { runRows.append(head.number()) }
    guard rows >= 0, runRows.allSatisfy({ $0 >= 0 }), runRows.reduce(0, +) == rows else { return false }
    for _ in 0..<head.count() {
      let column = Column(
        column: head.number(), field: head.number(), width: head.number(), empty: head.number(),
        offset: head.number())
      guard [1, 4, 8].contains(column.width), lies(column.offset, rows * column.width) else { return false }
      columns.append(column)
    }
    for _ in 0..<head.count() {
      let column = head.number()
      var runs: [[[UInt8]]] = []
      for _ in runRows {
        var table: [[UInt8]] = []
        for _ in 0..<head.count() { table.append(head.text()) }
        runs.append(table)
      }
      texts[column] = runs
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
    case 1:
      return ColumnBuffer(.bools(CheckedBuffer(start.assumingMemoryBound(to: UInt8.self), count: rows)), owner: map)
    case 4:
      return ColumnBuffer(.int32(CheckedBuffer(start.assumingMemoryBound(to: Int32.self), count: rows)), owner: map)
    case 8:
      return ColumnBuffer(.int64(CheckedBuffer(start.assumingMemoryBound(to: Int64.self), count: rows)), owner: map)
    default: Invariant.broken("kept-widths: a kept column whose width was read takes 1, 4 or 8 bytes a value")
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
}
