// An archive written from its beginning to its end, part by part, without going back: what a part comes to is told
// behind it and in the directory. The same parts give the same bytes on every machine and every day. Knows nothing of
// what the parts say.
import CZlib

/// Writes a zip archive.
package final class ZipWriter {
  /// Takes the next bytes of the archive.
  package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

  /// Why an archive cannot be written.
  package enum Failure: Error {
    /// A part or the archive is larger than the form allows for.
    case tooLarge
  }

  private struct Entry {
    let name: [UInt8]
    let head: Int
    var checksum: UInt32 = 0
    var packed = 0
    var size = 0
  }

  /// 1980-01-01 00:00, the earliest that the form knows: when a part was written is nobody's business.
  private static let date: UInt16 = 0x21
  /// Sizes of 32 bits.
  private static let limit = 0xFFFF_FFFE
  private static let room = 1 << 18

  private let sink: Sink
  private let level: Int32
  private var entries: [Entry] = []
  private var written = 0
  private var stream = z_stream()
  private var isOpen = false
  private let output: UnsafeMutablePointer<UInt8>

  /// - Parameter level: how hard to try, from 1 (quick) to 9 (small).
  package init(level: Int = 6, _ sink: @escaping Sink) {
    self.sink = sink
    self.level = Int32(level)
    output = .allocate(capacity: ZipWriter.room)
  }

  deinit {
    if isOpen { deflateEnd(&stream) }
    output.deallocate()
  }

  /// Writes a part as a whole.
  package func add(_ name: String, _ text: String) throws {
    try begin(name)
    var text = text
    try text.withUTF8 { try write($0) }
    try end()
  }

  /// Begins a part; `write` and `end` follow.
  package func begin(_ name: String) throws {
    precondition(!isOpen, "one part of an archive is ended before the next begins")
    stream = z_stream()
    guard czlib_deflate_begin(&stream, level) == Z_OK else { throw Failure.tooLarge }
    isOpen = true
    let name = Array(name.utf8)
    entries.append(Entry(name: name, head: written))
    // Bit 3: what the part comes to stands behind it; bit 11: the name is UTF-8.
    var head = Bytes()
    head.add(0x0403_4B50 as UInt32, 20 as UInt16, 0x0808 as UInt16, 8 as UInt16, 0 as UInt16, ZipWriter.date)
    head.add(0 as UInt32, 0 as UInt32, 0 as UInt32, UInt16(name.count), 0 as UInt16)
    try put(head.bytes + name)
  }

  /// Adds bytes to the part.
  package func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard bytes.count > 0, let start = bytes.baseAddress else { return }
    let last = entries.count - 1
    entries[last].checksum = UInt32(truncatingIfNeeded: crc32_z(uLong(entries[last].checksum), start, bytes.count))
    entries[last].size += bytes.count
    guard entries[last].size <= ZipWriter.limit else { throw Failure.tooLarge }
    var taken = 0
    while taken < bytes.count {
      let part = min(bytes.count - taken, 1 << 28)
      stream.next_in = UnsafeMutablePointer(mutating: start + taken)
      stream.avail_in = UInt32(part)
      try deflate(Z_NO_FLUSH)
      taken += part
    }
  }

  /// Ends the part.
  package func end() throws {
    stream.next_in = nil
    stream.avail_in = 0
    try deflate(Z_FINISH)
    deflateEnd(&stream)
    isOpen = false
    let entry = entries[entries.count - 1]
    guard entry.packed <= ZipWriter.limit else { throw Failure.tooLarge }
    var tail = Bytes()
    tail.add(0x0807_4B50 as UInt32, entry.checksum, UInt32(entry.packed), UInt32(entry.size))
    try put(tail.bytes)
  }

  /// Writes the directory, which ends the archive.
  package func finish() throws {
    let start = written
    for entry in entries {
      guard entry.head <= ZipWriter.limit else { throw Failure.tooLarge }
      var line = Bytes()
      line.add(0x0201_4B50 as UInt32, 20 as UInt16, 20 as UInt16, 0x0808 as UInt16, 8 as UInt16, 0 as UInt16)
      line.add(ZipWriter.date, entry.checksum, UInt32(entry.packed), UInt32(entry.size), UInt16(entry.name.count))
      line.add(0 as UInt16, 0 as UInt16, 0 as UInt16, 0 as UInt16, 0 as UInt32, UInt32(entry.head))
      try put(line.bytes + entry.name)
    }
    let size = written - start
    guard start <= ZipWriter.limit, size <= ZipWriter.limit, entries.count < 0xFFFF else { throw Failure.tooLarge }
    var end = Bytes()
    end.add(0x0605_4B50 as UInt32, 0 as UInt16, 0 as UInt16, UInt16(entries.count), UInt16(entries.count))
    end.add(UInt32(size), UInt32(start), 0 as UInt16)
    try put(end.bytes)
  }

  private func deflate(_ flush: Int32) throws {
    repeat {
      stream.next_out = output
      stream.avail_out = UInt32(ZipWriter.room)
      let result = CZlib.deflate(&stream, flush)
      precondition(result != Z_STREAM_ERROR, "a stream that has begun and not ended takes bytes")
      let count = ZipWriter.room - Int(stream.avail_out)
      entries[entries.count - 1].packed += count
      written += count
      if count > 0 { try sink(UnsafeRawBufferPointer(start: output, count: count)) }
    } while stream.avail_out == 0
  }

  private func put(_ bytes: [UInt8]) throws {
    written += bytes.count
    try bytes.withUnsafeBytes { try sink($0) }
  }
}

/// Whole numbers as the form writes them, the last byte first.
private struct Bytes {
  var bytes: [UInt8] = []

  mutating func add(_ numbers: any FixedWidthInteger & UnsignedInteger...) {
    for number in numbers {
      for shift in stride(from: 0, to: number.bitWidth, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: UInt64(number) >> UInt64(shift)))
      }
    }
  }
}
