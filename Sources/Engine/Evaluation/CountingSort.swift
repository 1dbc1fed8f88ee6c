// Rows put in order by whole numbers of theirs, in time that grows with their number alone. Knows nothing of what they
// are.

/// Numbers put in order by counting their digits, those that are the same as they stand.
enum CountingSort {
  private static var digitBits: Int { 11 }
  /// Numbers that lie no further apart are one digit.
  private static var oneDigit: UInt64 { 1 << 16 }

  /// - Parameters:
  ///   - rows: what is put in order.
  ///   - key: the number of one of them.
  static func sort(_ rows: inout [Int32], by key: (Int32) -> Int64) {
    guard let one = rows.first else { return }
    var low = key(one), high = low
    for row in rows {
      let k = key(row)
      low = min(low, k)
      high = max(high, k)
    }
    let range = UInt64(bitPattern: high &- low)
    if range == 0 { return }
    if range < oneDigit, range < UInt64(4 * rows.count + 2_048) {
      sort(&rows, digits: Int(range) + 1) { UInt16(truncatingIfNeeded: key($0) &- low) }
    } else {
      sort(&rows, range) { key($0) &- low }
    }
  }

  /// By numbers that are one digit.
  private static func sort(_ rows: inout [Int32], digits: Int, _ key: (Int32) -> UInt16) {
    let all = rows, keys = Reserve<UInt16>(capacity: rows.count)
    let places = Reserve<Int32>(capacity: digits + 1, repeating: 0)
    let key16 = keys.lane, place = places.lane
    for i in all.indices {
      let k = key(all[i])
      key16[i] = k
      place[Int(k) + 1] &+= 1
    }
    for d in 1..<max(digits, 1) { place[d] &+= place[d - 1] }
    rows = [Int32](unsafeUninitializedCapacity: all.count) { sorted, filled in
      let sorted = OpenLane(sorted)
      for i in all.indices {
        let k = Int(key16[i])
        sorted[Int(place[k])] = all[i]
        place[k] &+= 1
      }
      filled = all.count
    }
  }

  /// By numbers up to one, digit by digit.
  private static func sort(_ rows: inout [Int32], _ range: UInt64, _ key: (Int32) -> Int64) {
    var keys = rows.map(key)
    var other = [Int32](repeating: 0, count: rows.count), otherKeys = [Int64](repeating: 0, count: rows.count)
    var shift: UInt64 = 0
    let mask = UInt64(1) << UInt64(digitBits) - 1
    while shift < 64, range >> shift > 0 {
      var places = [Int](repeating: 0, count: Int(mask) + 2)
      for k in keys { places[Int(UInt64(bitPattern: k) >> shift & mask) + 1] += 1 }
      for d in 1..<places.count { places[d] += places[d - 1] }
      for i in rows.indices {
        let digit = Int(UInt64(bitPattern: keys[i]) >> shift & mask)
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
