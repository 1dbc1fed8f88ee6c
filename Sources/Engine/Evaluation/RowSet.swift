// A set of rows, one bit for each: there may be millions of them.

/// Rows of a list, from 0. Negative numbers are no rows and are left out.
struct RowSet: Sendable {
  private var words: [UInt64] = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// - Returns: false where the row was there already.
  @discardableResult
  mutating func insert(_ row: Int32) -> Bool {
    guard row >= 0 else { return true }
    let word = Int(row) >> 6
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: max(word + 1, words.count * 2) - words.count))
    }
    let bit: UInt64 = 1 << UInt64(row & 63)
    if words[word] & bit != 0 { return false }
    words[word] |= bit
    count += 1
    return true
  }

  func contains(_ row: Int32) -> Bool {
    row >= 0 && Int(row) >> 6 < words.count && words[Int(row) >> 6] & 1 << UInt64(row & 63) != 0
  }

  /// The first rows in ascending order.
  func first(_ limit: Int) -> [Int32] {
    var out: [Int32] = []
    out.reserveCapacity(min(limit, count))
    for (n, word) in words.enumerated() {
      var rest = word
      while rest != 0, out.count < limit {
        out.append(Int32(truncatingIfNeeded: n << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
      if out.count >= limit { break }
    }
    return out
  }
}
