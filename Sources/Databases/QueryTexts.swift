// Texts by number as one run of bytes that stays where it is, which is how a statement reads them.

/// Texts by number.
package final class QueryTexts: @unchecked Sendable {
  /// How many texts there are.
  package let count: Int
  let offsets: UnsafePointer<Int64>
  let bytes: UnsafePointer<UInt8>
  /// Whose memory it is; nil: its own.
  private let owner: AnyObject?

  /// Texts that stand in somebody's memory: text i is `bytes[offsets[i]..<offsets[i + 1]]`.
  package init(count: Int, offsets: UnsafePointer<Int64>, bytes: UnsafePointer<UInt8>, owner: AnyObject) {
    self.count = count
    self.offsets = offsets
    self.bytes = bytes
    self.owner = owner
  }

  /// A copy of texts.
  package convenience init(_ texts: some Sequence<String>) {
    var all: [UInt8] = []
    var ends = [0]
    for text in texts {
      all.append(contentsOf: text.utf8)
      ends.append(all.count)
    }
    self.init(ends: ends, bytes: all)
  }

  /// A copy of texts: text i is `bytes[ends[i]..<ends[i + 1]]`.
  package init(ends: [Int], bytes: [UInt8]) {
    count = ends.count - 1
    let offsets = UnsafeMutablePointer<Int64>.allocate(capacity: ends.count)
    for (i, end) in ends.enumerated() { (offsets + i).initialize(to: Int64(end)) }
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    bytes.withUnsafeBufferPointer { if let from = $0.baseAddress { copy.initialize(from: from, count: $0.count) } }
    self.offsets = UnsafePointer(offsets)
    self.bytes = UnsafePointer(copy)
    owner = nil
  }

  deinit {
    guard owner == nil else { return }
    offsets.deallocate()
    bytes.deallocate()
  }
}
