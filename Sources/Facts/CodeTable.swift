// Short byte strings to numbers, for cells that repeat: a county, an employer, a name. Made for the inner loop of
// the bulk reader, hence raw memory and no reference counting. Knows nothing of what the numbers mean.
import Glibc

/// A cell's bytes, with its first sixteen in two words for quick comparison.
struct CellKey {
  let start: UnsafePointer<UInt8>
  let count: Int
  /// The first sixteen bytes, zeros beyond the cell's end; of longer cells the second word is a hash of the rest.
  let low: UInt64
  let high: UInt64

  /// At least 16 bytes must be readable from `start`.
  @inline(__always)
  init(_ start: UnsafePointer<UInt8>, _ count: Int) {
    self.start = start
    self.count = count
    let raw = UnsafeRawPointer(start)
    if count <= 8 {
      low = count == 0 ? 0 : raw.loadUnaligned(as: UInt64.self) & (UInt64.max >> UInt64((8 &- count) &* 8))
      high = 0
    } else {
      low = raw.loadUnaligned(as: UInt64.self)
      if count <= 16 {
        high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & (UInt64.max >> UInt64((16 &- count) &* 8))
      } else {
        high = CellKey.hash(start + 8, count &- 8)
      }
    }
  }

  @inline(never)
  static func hash(_ p: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var h: UInt64 = 0x9E37_79B9_7F4A_7C15
    var i = 0
    while i &+ 8 <= count {
      h = (h ^ UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      h ^= h >> 29
      i &+= 8
    }
    while i < count {
      h = (h ^ UInt64(p[i])) &* 0x0000_0100_0000_01B3
      i &+= 1
    }
    return h ^ (h >> 32)
  }

  @inline(__always)
  var hash: UInt64 { CellKey.mix(low, high, count) }

  /// Both halves of the long product take part, so that every bit of the key reaches the low bits.
  @inline(__always)
  static func mix(_ low: UInt64, _ high: UInt64, _ count: Int) -> UInt64 {
    let product = (low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(
      by: high ^ 0xE703_7ED1_A0B4_28DB ^ UInt64(truncatingIfNeeded: count))
    return product.high ^ product.low
  }

  var text: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }
}

/// A growing table from byte strings to numbers. Owned by one thread at a time; `free` ends it.
struct CodeTable {
  struct Entry {
    let low: UInt64
    let high: UInt64
    /// Where the bytes stand in the arena.
    let offset: Int
    let count: Int32
    let value: Int32
  }

  /// Entry number + 1, or 0; open addressing, at most half full.
  private var slots: UnsafeMutablePointer<Int32>
  private var mask: Int
  private var entries: UnsafeMutablePointer<Entry>
  private var capacity: Int
  private(set) var count = 0
  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCapacity = 4096
  private var arenaCount = 0

  init() {
    slots = .allocate(capacity: 256)
    slots.initialize(repeating: 0, count: 256)
    mask = 255
    entries = .allocate(capacity: 128)
    capacity = 128
    arena = .allocate(capacity: arenaCapacity)
  }

  func free() {
    slots.deallocate()
    entries.deallocate()
    arena.deallocate()
  }

  @inline(__always)
  func value(_ key: CellKey) -> Int32? {
    var slot = Int(truncatingIfNeeded: key.hash) & mask
    while true {
      let number = slots[slot]
      if number == 0 { return nil }
      let entry = entries + Int(number &- 1)
      if entry.pointee.low == key.low, entry.pointee.high == key.high, Int(entry.pointee.count) == key.count,
        key.count <= 16 || memcmp(arena + entry.pointee.offset, key.start, key.count) == 0
      {
        return entry.pointee.value
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Adds a key that is not in the table.
  @inline(never)
  mutating func insert(_ key: CellKey, _ value: Int32) {
    if count == capacity { grow() }
    while arenaCount + key.count > arenaCapacity {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: arenaCapacity * 2)
      larger.update(from: arena, count: arenaCount)
      arena.deallocate()
      arena = larger
      arenaCapacity *= 2
    }
    (arena + arenaCount).update(from: key.start, count: key.count)
    (entries + count).initialize(
      to: Entry(
        low: key.low, high: key.high, offset: arenaCount, count: Int32(truncatingIfNeeded: key.count), value: value))
    arenaCount += key.count
    count += 1
    place(count, key.hash)
  }

  private func place(_ number: Int, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: number)
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    larger.update(from: entries, count: count)
    entries.deallocate()
    entries = larger
    capacity *= 2
    slots.deallocate()
    slots = .allocate(capacity: capacity * 2)
    slots.initialize(repeating: 0, count: capacity * 2)
    mask = capacity * 2 - 1
    for i in 0..<count {
      let e = entries[i]
      place(i + 1, CellKey.mix(e.low, e.high, Int(e.count)))
    }
  }

  /// The text of the nth key that was added.
  func text(_ n: Int) -> String {
    guard n >= 0, n < count else { return "" }
    return String(
      decoding: UnsafeBufferPointer(start: arena + entries[n].offset, count: Int(entries[n].count)), as: UTF8.self)
  }

  func entry(_ n: Int) -> Int32 { n >= 0 && n < count ? entries[n].value : -1 }

  /// The bytes of the nth key.
  func bytes(_ n: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: arena + entries[n].offset, count: Int(entries[n].count))
  }
}
