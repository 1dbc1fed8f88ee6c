// Sorting by whole numbers: digit by digit from the lowest, so that equal keys keep their order and no two are ever
// compared. Made for stretches of millions, hence raw memory. Knows nothing of what the keys stand for.

/// Values in the order of their keys.
enum KeySort {
  /// Fewer are put in place one by one.
  private static let few = 24

  /// Sorts keys, and values with them; equal keys keep their order.
  ///
  /// - Parameters:
  ///   - spareKeys: room for as many keys; what is in it is lost.
  ///   - spareValues: room for as many values.
  static func sort(
    _ keys: UnsafeMutablePointer<UInt64>, _ values: UnsafeMutablePointer<UInt32>, count: Int,
    spareKeys: UnsafeMutablePointer<UInt64>, spareValues: UnsafeMutablePointer<UInt32>
  ) {
    guard count > 1 else { return }
    var isSorted = true
    var varying: UInt64 = 0
    for i in 1..<count {
      if keys[i] < keys[i - 1] { isSorted = false }
      varying |= keys[i] ^ keys[0]
    }
    if isSorted { return }
    if count <= few { return insert(keys, values, count) }
    var (from, to) = ((keys, values), (spareKeys, spareValues))
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { positions in
      var shift: UInt64 = 0
      while shift < 64, varying >> shift != 0 {
        // A digit that all keys share decides nothing.
        if (varying >> shift) & 0xFF != 0 {
          positions.initialize(repeating: 0)
          for i in 0..<count { positions[Int((from.0[i] &>> shift) & 0xFF)] &+= 1 }
          var sum = 0
          for digit in 0..<256 {
            let size = positions[digit]
            positions[digit] = sum
            sum &+= size
          }
          for i in 0..<count {
            let digit = Int((from.0[i] &>> shift) & 0xFF)
            let position = positions[digit]
            positions[digit] = position &+ 1
            to.0[position] = from.0[i]
            to.1[position] = from.1[i]
          }
          (from, to) = (to, from)
        }
        shift += 8
      }
    }
    if from.0 != keys {
      keys.update(from: from.0, count: count)
      values.update(from: from.1, count: count)
    }
  }

  private static func insert(_ keys: UnsafeMutablePointer<UInt64>, _ values: UnsafeMutablePointer<UInt32>, _ count: Int)
  {
    for i in 1..<count {
      let (key, value) = (keys[i], values[i])
      var position = i
      while position > 0, keys[position - 1] > key {
        keys[position] = keys[position - 1]
        values[position] = values[position - 1]
        position -= 1
      }
      keys[position] = key
      values[position] = value
    }
  }
}
