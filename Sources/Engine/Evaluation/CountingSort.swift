// Rows put in order by whole numbers of theirs, in time that grows with their number alone. Knows nothing of what they
// are.

/// Numbers put in order by counting their digits, those that are the same as they stand.
enum CountingSort {
  private static var digitBits: Int { 11 }

  /// - Parameters:
  ///   - rows: what is put in order.
  ///   - key: the number of one of them.
  static func sort(_ rows: inout [Int32], by key: (Int32) -> Int64) {
    if rows.count < 2 { return }
    var keys = rows.map(key)
    var low = keys[0], high = keys[0]
    for k in keys {
      low = min(low, k)
      high = max(high, k)
    }
    let range = UInt64(bitPattern: high &- low)
    var other = [Int32](repeating: 0, count: rows.count), otherKeys = [Int64](repeating: 0, count: rows.count)
    var shift: UInt64 = 0
    let mask = UInt64(1) << UInt64(digitBits) - 1
    while shift < 64, range >> shift > 0 {
      var places = [Int](repeating: 0, count: Int(mask) + 2)
      for k in keys { places[Int(UInt64(bitPattern: k &- low) >> shift & mask) + 1] += 1 }
      for d in 1..<places.count { places[d] += places[d - 1] }
      for i in rows.indices {
        let digit = Int(UInt64(bitPattern: keys[i] &- low) >> shift & mask)
        other[places[digit]] = rows[i]
        otherKeys[places[digit]] = keys[i]
        places[digit] += 1
      }
      swap(&rows, &other)
      swap(&keys, &otherKeys)
      shift += UInt64(digitBits)
    }
  }
}
