// The bytes of one part of an archive, inflated as they are asked for, within limits, and compared with the checksum at
// their end. Knows nothing of what they say.
import CZlib

/// A part of an archive, read from its beginning to its end.
final class PartStream {
  /// How much a part may grow beyond its size in the file before it counts as a trap, and from which size on one looks.
  private static let ratio = 400
  private static let harmless = 64 << 20

  private let entry: ZipArchive.Entry
  private let source: UnsafeRawBufferPointer
  private let limit: Int
  private var stream = z_stream()
  private var taken = 0
  private var checksum: uLong = 0
  private var isDone = false
  /// How many bytes have been given.
  private(set) var count = 0

  /// - Parameter limit: how many bytes the part may have at most.
  init(_ archive: ZipArchive, _ entry: ZipArchive.Entry, limit: Int) throws(WorkbookProblem) {
    if entry.isEncrypted { throw .encrypted }
    let place = try archive.place(of: entry)
    self.entry = entry
    self.limit = limit
    source = UnsafeRawBufferPointer(rebasing: archive.bytes[place])
    checksum = crc32(0, nil, 0)
    guard !entry.isDeflated || czlib_inflate_begin(&stream) == Z_OK else { throw .tooLarge }
  }

  deinit { if entry.isDeflated { inflateEnd(&stream) } }

  /// How much of the part has been read, 0 to 1.
  var progress: Double { source.isEmpty ? 1 : Double(taken) / Double(source.count) }

  /// Puts the next bytes into memory.
  /// - Returns: how many; none at the part's end.
  func read(into room: UnsafeMutableBufferPointer<UInt8>) throws(WorkbookProblem) -> Int {
    guard !isDone, let start = room.baseAddress, room.count > 0 else { return 0 }
    let given = entry.isDeflated ? try inflated(start, room.count) : stored(start, room.count)
    count += given
    checksum = crc32_z(checksum, start, given)
    if count > limit || count > PartStream.harmless && count / PartStream.ratio > source.count {
      throw .inflated(part: entry.name)
    }
    if isDone, UInt32(truncatingIfNeeded: checksum) != entry.checksum { throw .damaged(part: entry.name) }
    return given
  }

  private func stored(_ room: UnsafeMutablePointer<UInt8>, _ space: Int) -> Int {
    let part = min(space, source.count - taken)
    if part > 0, let from = source.baseAddress {
      UnsafeMutableRawPointer(room).copyMemory(from: from + taken, byteCount: part)
    }
    taken += part
    isDone = taken == source.count
    return part
  }

  private func inflated(_ room: UnsafeMutablePointer<UInt8>, _ space: Int) throws(WorkbookProblem) -> Int {
    let space = min(space, 1 << 30)
    var given = 0
    while given < space, !isDone {
      let part = min(source.count - taken, 1 << 30)
      guard part > 0, let from = source.baseAddress else { throw .damaged(part: entry.name) }
      let input = from.assumingMemoryBound(to: UInt8.self) + taken
      stream.next_in = UnsafeMutablePointer(mutating: input)
      stream.avail_in = UInt32(part)
      stream.next_out = room + given
      stream.avail_out = UInt32(space - given)
      let before = (stream.avail_in, stream.avail_out)
      let result = inflate(&stream, Z_NO_FLUSH)
      taken += part - Int(stream.avail_in)
      given = space - Int(stream.avail_out)
      if result == Z_STREAM_END {
        isDone = true
      } else if result != Z_OK || before == (stream.avail_in, stream.avail_out) {
        throw .damaged(part: entry.name)
      }
    }
    return given
  }
}
