// Bytes that are put one after another at some tens of millions of fields a second. Knows nothing of what they say.

import Glibc

/// Growing memory for bytes. Owned by one thread at a time.
struct ByteBlock: ~Copyable {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    bytes = .allocate(capacity: self.capacity)
  }

  deinit { bytes.deallocate() }

  var contents: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }

  mutating func clear() { count = 0 }

  @inline(__always)
  mutating func append(_ start: UnsafePointer<UInt8>, _ size: Int) {
    if count &+ size > capacity { grow(by: size) }
    memcpy(bytes + count, start, size)
    count &+= size
  }

  @inline(__always)
  mutating func append(_ other: UnsafeBufferPointer<UInt8>) {
    guard let start = other.baseAddress else { return }
    append(start, other.count)
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Digits, with a sign where it is needed.
  mutating func append(_ number: Int64) {
    var left = number.magnitude
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var start = digits.count
      repeat {
        start -= 1
        digits[start] = UInt8(truncatingIfNeeded: 0x30 + left % 10)
        left /= 10
      } while left > 0
      if number < 0 {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      append(UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// Fen as yuan with two decimals and without separators, as `Figures.money` has them.
  /// - Parameter isWhole: of a currency without decimals, which are then left out.
  mutating func append(fen: Int64, isWhole: Bool) {
    if isWhole, fen % 100 == 0 { append(fen / 100) } else { append(fen: fen) }
  }

  /// The same with two decimals.
  mutating func append(fen: Int64) {
    var left = fen.magnitude
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digits in
      var start = digits.count
      for location in 0... {
        if location == 2 {
          start -= 1
          digits[start] = UInt8(ascii: ".")
        }
        start -= 1
        digits[start] = UInt8(truncatingIfNeeded: 0x30 + left % 10)
        left /= 10
        if left == 0, location >= 2 { break }
      }
      if fen < 0 {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      append(UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  @inline(never)
  private mutating func grow(by size: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * capacity + size)
    larger.update(from: bytes, count: count)
    bytes.deallocate()
    bytes = larger
    capacity = 2 * capacity + size
  }
}
