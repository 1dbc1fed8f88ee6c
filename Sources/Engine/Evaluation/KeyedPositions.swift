// Positions of records by a key of 64 bits, for millions of them: a table that is made as large as it will ever have to
// be.

/// A position for each of some keys.
struct KeyedPositions {
  private var keys: [UInt64]
  /// -1 where there is no key.
  private var positions: [Int32]
  private let mask: Int

  /// - Parameter count: how many keys there may be.
  init(count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    positions = Array(repeating: -1, count: size)
    mask = size - 1
  }

  /// The position that a key has; where it has none, it gets the given one.
  /// - Returns: the slot for `replace`, and the position that was there before.
  @inline(__always)
  mutating func enter(_ key: UInt64, at position: Int) -> (slot: Int, before: Int?) {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed ^ (mixed >> 32)) & mask
    while positions[slot] >= 0 {
      if keys[slot] == key { return (slot, Int(positions[slot])) }
      slot = (slot &+ 1) & mask
    }
    keys[slot] = key
    positions[slot] = Int32(truncatingIfNeeded: position)
    return (slot, nil)
  }

  /// The position that a key has; nil where it has none.
  @inline(__always)
  func find(_ key: UInt64) -> Int? {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed ^ (mixed >> 32)) & mask
    while positions[slot] >= 0 {
      if keys[slot] == key { return Int(positions[slot]) }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Gives the key in a slot another position.
  mutating func replace(_ slot: Int, _ position: Int) { positions[slot] = Int32(truncatingIfNeeded: position) }
}
