// The directory of a zip archive: its parts by name, where each one's bytes stand and how large they claim to be.
// Nothing in it is believed without a look. Knows nothing of what the parts are.

/// An archive in memory.
struct ZipArchive: @unchecked Sendable {
  /// One part.
  struct Entry: Sendable {
    let name: String
    let isDeflated: Bool
    let isEncrypted: Bool
    /// As the directory has it.
    let checksum: UInt32
    let size: Int
    /// Where its head stands.
    let head: Int
    /// How many bytes it takes in the archive.
    let packed: Int
  }

  let bytes: UnsafeRawBufferPointer
  /// By names in small letters: some programs write them as they please.
  private(set) var entries: [String: Entry] = [:]

  /// - Parameter bytes: the whole archive, which stays where it is as long as the value is used.
  init(_ bytes: UnsafeRawBufferPointer) throws(WorkbookProblem) {
    self.bytes = bytes
    let directory = try ZipArchive.directory(bytes)
    var at = directory.start
    for _ in 0..<directory.count {
      guard at + 46 <= bytes.count, u32(at) == 0x0201_4B50 else { throw .damaged(part: "") }
      let (name, extra, comment) = (Int(u16(at + 28)), Int(u16(at + 30)), Int(u16(at + 32)))
      guard at + 46 + name + extra + comment <= bytes.count else { throw .damaged(part: "") }
      let text = String(decoding: bytes[(at + 46)..<(at + 46 + name)], as: UTF8.self)
      let sizes = try sizes(at, extra: (at + 46 + name)..<(at + 46 + name + extra))
      let method = u16(at + 10)
      guard method == 0 || method == 8 else { throw .damaged(part: text) }
      let entry = Entry(
        name: text, isDeflated: method == 8, isEncrypted: u16(at + 8) & 1 != 0, checksum: u32(at + 16),
        size: sizes.whole, head: sizes.head, packed: sizes.packed)
      let key = text.lowercased()
      // A name that stands twice could mean one thing here and another elsewhere.
      guard entries.updateValue(entry, forKey: key) == nil else { throw .damaged(part: text) }
      at += 46 + name + extra + comment
    }
  }

  /// Where the bytes of a part stand in the archive.
  func place(of entry: Entry) throws(WorkbookProblem) -> Range<Int> {
    guard entry.head >= 0, entry.head + 30 <= bytes.count, u32(entry.head) == 0x0403_4B50 else {
      throw .damaged(part: entry.name)
    }
    let start = entry.head + 30 + Int(u16(entry.head + 26)) + Int(u16(entry.head + 28))
    guard entry.packed >= 0, start <= bytes.count, entry.packed <= bytes.count - start else {
      throw .damaged(part: entry.name)
    }
    return start..<(start + entry.packed)
  }

  /// Sizes and place of a part, from its fields or, where they are full, from the further ones for large archives.
  private func sizes(_ at: Int, extra: Range<Int>) throws(WorkbookProblem) -> (packed: Int, whole: Int, head: Int) {
    var packed = Int(u32(at + 20)), whole = Int(u32(at + 24)), head = Int(u32(at + 42))
    let full = 0xFFFF_FFFF
    guard packed == full || whole == full || head == full else { return (packed, whole, head) }
    var field = extra.lowerBound
    while field + 4 <= extra.upperBound {
      let end = field + 4 + Int(u16(field + 2))
      guard end <= extra.upperBound else { break }
      if u16(field) == 1 {
        var value = field + 4
        func next() throws(WorkbookProblem) -> Int {
          guard value + 8 <= end, let number = Int(exactly: u64(value)), number <= 1 << 48 else {
            throw .damaged(part: "")
          }
          value += 8
          return number
        }
        if whole == full { whole = try next() }
        if packed == full { packed = try next() }
        if head == full { head = try next() }
        return (packed, whole, head)
      }
      field = end
    }
    throw .damaged(part: "")
  }

  /// Where the directory begins, and how many parts it lists.
  private static func directory(_ bytes: UnsafeRawBufferPointer) throws(WorkbookProblem) -> (start: Int, count: Int) {
    let reader = ZipArchive(unread: bytes)
    // The end is told by a record behind which only a comment of at most 65,535 bytes may stand.
    let lowest = max(0, bytes.count - 22 - 65_535)
    var at = bytes.count - 22
    while at >= lowest {
      if reader.u32(at) == 0x0605_4B50, at + 22 + Int(reader.u16(at + 20)) <= bytes.count { break }
      at -= 1
    }
    guard at >= lowest, at >= 0 else { throw .damaged(part: "") }
    var (start, count) = (Int(reader.u32(at + 16)), Int(reader.u16(at + 10)))
    if start == 0xFFFF_FFFF || count == 0xFFFF, at >= 20, reader.u32(at - 20) == 0x0706_4B50 {
      guard let end = Int(exactly: reader.u64(at - 12)), end <= bytes.count - 56, reader.u32(end) == 0x0606_4B50,
        let many = Int(exactly: reader.u64(end + 32)), let first = Int(exactly: reader.u64(end + 48))
      else { throw .damaged(part: "") }
      (start, count) = (first, many)
    }
    guard start <= bytes.count, count <= 100_000 else { throw .damaged(part: "") }
    return (start, count)
  }

  private init(unread bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private func u16(_ at: Int) -> UInt16 {
    UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self))
  }
  private func u32(_ at: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
  }
  private func u64(_ at: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }
}
