// Small numbers for keys of several parts, given out as they come. Knows nothing of what the keys are.

/// Numbers from 0 for values, each after a number that what stands before it has. Kept in one table without an object
/// for each key, since there may be as many keys as records.
struct KeyedNumbers {
  /// The number at each place of the table; -1: none.
  private var places: [Int32]
  /// What was before each number's value, and the value.
  private var befores: [Int] = []
  private var values: [Int64] = []

  init() { places = [Int32](repeating: -1, count: 16) }

  var count: Int { values.count }

  /// The number of a value after another's.
  mutating func number(_ before: Int, _ value: Int64) -> Int32 {
    let place = place(before, value)
    if places[place] >= 0 { return places[place] }
    let next = Int32(truncatingIfNeeded: values.count)
    places[place] = next
    befores.append(before)
    values.append(value)
    // At most half of the places are taken.
    if values.count * 2 > places.count { grow() }
    return next
  }

  func known(_ before: Int, _ value: Int64) -> Int32? {
    let number = places[place(before, value)]
    return number >= 0 ? number : nil
  }

  /// Whether a value has not been seen after another's number.
  mutating func isNew(_ before: Int, _ value: Int64) -> Bool {
    let count = values.count
    _ = number(before, value)
    return values.count > count
  }

  /// Where a key stands, or would.
  private func place(_ before: Int, _ value: Int64) -> Int {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: KeyedNumbers.mixed(before, value)) & mask
    while places[place] >= 0 {
      let number = Int(places[place])
      if values[number] == value, befores[number] == before { return place }
      place = (place + 1) & mask
    }
    return place
  }

  private static func mixed(_ before: Int, _ value: Int64) -> UInt64 {
    var z =
      UInt64(bitPattern: value) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: Int64(before)) &* 0xC2B2_AE3D_27D4_EB4F
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: places.count * 2)
    for number in values.indices {
      places[place(befores[number], values[number])] = Int32(truncatingIfNeeded: number)
    }
  }
}
