// Rows by id, for references between lists and for repeated ids. Knows nothing of lists or messages.
import Glibc

/// A table from ids to rows.
struct IDIndex {
  private let ids: IDColumn
  /// Row + 1, or 0; open addressing, at most half full.
  private var slots: [Int32]
  private let mask: Int

  /// Enters the first `count` rows.
  /// - Parameter repeated: is told each row whose id an earlier row has, and that row. Empty ids are left out.
  init(_ ids: IDColumn, count: Int, repeated: (Int, Int) -> Void = { _, _ in }) {
    self.ids = ids
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    mask = size - 1
    let mask = mask
    slots.withUnsafeMutableBufferPointer { slots in
      for row in 0..<count {
        let id = ids.slice(row)
        if id.isEmpty { continue }
        var slot = ByteHash.of(id) & mask
        while true {
          let entry = slots[slot]
          if entry == 0 {
            slots[slot] = Int32(truncatingIfNeeded: row + 1)
            break
          }
          if IDIndex.equal(ids.slice(Int(entry) - 1), id) {
            repeated(row, Int(entry) - 1)
            break
          }
          slot = (slot + 1) & mask
        }
      }
    }
  }

  func row(_ id: UnsafeBufferPointer<UInt8>) -> Int32? {
    if id.isEmpty { return nil }
    var slot = ByteHash.of(id) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      if IDIndex.equal(ids.slice(Int(entry) - 1), id) { return entry - 1 }
      slot = (slot + 1) & mask
    }
  }

  func row(_ id: String) -> Int32? {
    var id = id
    return id.withUTF8 { row($0) }
  }

  @inline(__always)
  private static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count, let x = a.baseAddress, let y = b.baseAddress else { return false }
    return memcmp(x, y, a.count) == 0
  }
}
