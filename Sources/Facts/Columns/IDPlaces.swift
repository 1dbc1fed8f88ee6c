// Where the ids of a long list stand, once many of them have been asked for: names of a million payments are looked up
// one by one, and a search through all ids for each would take hours. Knows nothing of lists.

/// A table from ids to rows that is made when it is worth its memory.
struct IDPlaces: Sendable {
  /// A list of so many is searched through.
  static let few = 256
  /// So many ids of a long one are searched for before the table is made.
  private static let patience = 16

  private var asked = 0
  /// Row + 1, or 0; open addressing, at most half full.
  private var slots: [Int32] = []

  /// The table; nil where it is not worth making yet.
  mutating func next(_ ids: IDColumn) -> IDPlaces? {
    if !slots.isEmpty { return self }
    asked += 1
    guard asked > IDPlaces.patience, ids.count < Int(Int32.max) / 2 else { return nil }
    var size = 16
    while size < ids.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for row in 0..<ids.count {
      let id = ids.slice(row)
      if id.isEmpty { continue }
      var slot = ByteHash.of(id) & (size - 1)
      // The first of several stays.
      while slots[slot] != 0, !ids.slice(Int(slots[slot]) - 1).elementsEqual(id) { slot = (slot + 1) & (size - 1) }
      if slots[slot] == 0 { slots[slot] = Int32(row + 1) }
    }
    return self
  }

  func row(_ id: UnsafeBufferPointer<UInt8>, _ ids: IDColumn) -> Int? {
    var slot = ByteHash.of(id) & (slots.count - 1)
    while slots[slot] != 0 {
      let row = Int(slots[slot]) - 1
      if ids.slice(row).elementsEqual(id) { return row }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
