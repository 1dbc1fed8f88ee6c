// Bytes read one after another, never beyond their end: whatever a file says of itself, what is not there is a problem.

/// A place in some bytes.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  private(set) var at: Int

  init(_ bytes: UnsafeRawBufferPointer, from start: Int = 0) {
    self.bytes = bytes
    at = min(max(start, 0), bytes.count)
  }

  var left: Int { bytes.count - at }

  mutating func byte() throws(ParquetProblem) -> UInt8 {
    guard at < bytes.count else { throw .damaged }
    defer { at += 1 }
    return bytes[at]
  }

  /// The next bytes.
  mutating func take(_ count: Int) throws(ParquetProblem) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= left else { throw .damaged }
    defer { at += count }
    return UnsafeRawBufferPointer(rebasing: bytes[at..<(at + count)])
  }

  /// A number of so many bytes, the lowest first.
  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(ParquetProblem) -> Number {
    let size = MemoryLayout<Number>.size
    guard size <= left else { throw .damaged }
    defer { at += size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Number.self))
  }

  /// A number of as many bytes as it needs, seven bits each.
  mutating func varint() throws(ParquetProblem) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw .damaged
  }

  /// The same of a number with a sign.
  mutating func zigzag() throws(ParquetProblem) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A size that cannot be more than what there is.
  mutating func size(limit: Int) throws(ParquetProblem) -> Int {
    guard let size = Int(exactly: try varint()), size <= limit else { throw .damaged }
    return size
  }
}
