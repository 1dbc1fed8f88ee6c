// Places of records by a key of 64 bits, for millions of them: a table that is made as large as it will ever have to be.

/// A place for each of some keys.
struct KeyedPlaces {
  private var keys: [UInt64]
  /// -1 where there is no key.
  private var places: [Int32]
  private let mask: Int

  /// - Parameter count: how many keys there may be.
  init(count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    places = Array(repeating: -1, count: size)
    mask = size - 1
  }

  /// The place that a key has; where it has none, it gets the given one.
  /// - Returns: the slot for `replace`, and the place that was there before.
  @inline(__always)
  mutating func enter(_ key: UInt64, at place: Int) -> (slot: Int, before: Int?) {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed ^ (mixed >> 32)) & mask
    while places[slot] >= 0 {
      if keys[slot] == key { return (slot, Int(places[slot])) }
      slot = (slot &+ 1) & mask
    }
    keys[slot] = key
    places[slot] = Int32(truncatingIfNeeded: place)
    return (slot, nil)
  }

  /// Gives the key in a slot another place.
  mutating func replace(_ slot: Int, _ place: Int) { places[slot] = Int32(truncatingIfNeeded: place) }
}
