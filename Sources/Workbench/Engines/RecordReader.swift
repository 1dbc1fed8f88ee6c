// Records of comma-separated values (RFC 4180) that come block after block. Knows nothing of what they say.

/// The values of a record, as long as the record is looked at.
struct RecordCells {
  fileprivate let bytes: UnsafeBufferPointer<UInt8>
  fileprivate let ends: [Int]

  var count: Int { ends.count }

  subscript(i: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[(i == 0 ? 0 : ends[i - 1])..<ends[i]])
  }

  func text(_ i: Int) -> String { String(decoding: self[i], as: UTF8.self) }
}

/// Reads records, which end with a line feed.
struct RecordReader {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var isQuoted = false
  /// Whether the byte before was a mark that ended a quotation; another one after it stands for itself.
  private var hasEnded = false

  /// Takes the next bytes.
  /// - Parameter told: gets each record that they end.
  mutating func read(_ block: UnsafeRawBufferPointer, _ told: (RecordCells) throws -> Void) throws {
    for byte in block {
      if byte == UInt8(ascii: "\"") {
        if isQuoted {
          (isQuoted, hasEnded) = (false, true)
        } else {
          if hasEnded { bytes.append(byte) }
          (isQuoted, hasEnded) = (true, false)
        }
        continue
      }
      hasEnded = false
      if !isQuoted, byte == UInt8(ascii: ",") {
        ends.append(bytes.count)
      } else if !isQuoted, byte == UInt8(ascii: "\n") {
        ends.append(bytes.count)
        try bytes.withUnsafeBufferPointer { try told(RecordCells(bytes: $0, ends: ends)) }
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
      } else {
        bytes.append(byte)
      }
    }
  }
}
