// Short byte strings to numbers, for cells that repeat: a county, an employer, a name. Made for the inner loop of
// the bulk reader, hence raw memory and no reference counting. Knows nothing of what the numbers mean.
import Glibc
import Reckoning

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

  /// Does something with the key of a text: a key looks ahead of its end, so that the text needs room behind it.
  static func of<Result>(_ text: some Sequence<UInt8>, _ body: (CellKey) -> Result) -> Result {
    let bytes = Array(text)
    let padded = bytes + [UInt8](repeating: 0, count: FileBytes.padding)
    return padded.withUnsafeBufferPointer { memory in
      body(CellKey(Invariant.value(memory.baseAddress, "padded: a text with padding has an address"), bytes.count))
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
  /// A text that was added, and what with it.
  private struct KnownText {
    let low: UInt64
    let high: UInt64
    /// Where the bytes stand in the arena.
    let offset: Int
    let count: Int32
    let value: Int32
  }

  /// A slot of the table: what decides about short keys stands in it, so that one look at memory is enough.
  private struct Slot {
    let low: UInt64
    let count: Int32
    /// Number of a known text + 1, or 0.
    let number: Int32
  }

  /// Open addressing, at most half full.
  private var slots: CheckedBuffer<Slot>
  private var mask: Int
  private var known: CheckedBuffer<KnownText>
  private var capacity: Int
  private(set) var count = 0
  private var arena: CheckedBuffer<UInt8>
  private var arenaCapacity = 4096
  private var arenaCount = 0

  private init() {
    slots = .allocate(256, repeating: Slot(low: 0, count: 0, number: 0))
    mask = 255
    known = .allocate(128)
    capacity = 128
    arena = .allocate(arenaCapacity)
  }

  /// An empty table.
  static func make() -> CodeTable { CodeTable() }

  func free() {
    slots.deallocate()
    known.deallocate()
    arena.deallocate()
  }

  /// Where a key is to be looked for, and what stands there: asking brings that memory near.
  struct Probe {
    var slot: Int32
    var number: Int32
  }

  /// Changes when keys change their slots.
  var size: Int { mask }

  @inline(__always)
  func probe(_ key: CellKey) -> Probe {
    let at = Int(truncatingIfNeeded: key.hash) & mask
    return Probe(slot: Int32(truncatingIfNeeded: at), number: slots[at].number)
  }

  /// Which of the keys that were added a key is, from 0; -1 where it is none of them.
  @inline(__always)
  func number(_ key: CellKey, at slot: Int32) -> Int32 {
    var at = Int(slot)
    let count = Int32(truncatingIfNeeded: key.count)
    while true {
      let slot = slots[at]
      if slot.number == 0 { return -1 }
      if slot.low == key.low, slot.count == count, key.count <= 8 || isText(slot.number &- 1, key) {
        return slot.number &- 1
      }
      at = (at &+ 1) & mask
    }
  }

  @inline(__always)
  func number(_ key: CellKey) -> Int32 {
    number(key, at: Int32(truncatingIfNeeded: Int(truncatingIfNeeded: key.hash) & mask))
  }

  /// What was added with a key.
  @inline(__always)
  func value(_ number: Int32) -> Int32 { known[Int(number)].value }

  /// Whether a key of more than eight bytes, whose first word is that of a known text, is that text.
  @inline(__always)
  private func isText(_ number: Int32, _ key: CellKey) -> Bool {
    let text = known[Int(number)]
    return text.high == key.high && Int(text.count) == key.count
      && (key.count <= 16 || memcmp(arena.pointer(text.offset, count: key.count), key.start, key.count) == 0)
  }

  /// Adds a key that is not in the table.
  @inline(never)
  mutating func insert(_ key: CellKey, _ value: Int32) {
    if count == capacity { grow() }
    while arenaCount + key.count > arenaCapacity {
      let larger = CheckedBuffer<UInt8>.allocate(arenaCapacity * 2)
      larger.start.update(from: arena.start, count: arenaCount)
      arena.deallocate()
      arena = larger
      arenaCapacity *= 2
    }
    arena.pointer(arenaCount, count: key.count).update(from: key.start, count: key.count)
    known.initialize(
      count,
      to: KnownText(
        low: key.low, high: key.high, offset: arenaCount, count: Int32(truncatingIfNeeded: key.count), value: value))
    arenaCount += key.count
    count += 1
    enter(count)
  }

  /// Adds a text that no key finds: what is said to stand for another has a number of its own, whatever cells say.
  /// - Returns: its number.
  mutating func addUnfound(_ key: CellKey) -> Int32 {
    let number = Int32(truncatingIfNeeded: count)
    insert(key, CodeTable.unfound)
    return number
  }

  private static let unfound: Int32 = .min + 7

  /// Puts the nth known text, counted from 1, into a free slot.
  private func enter(_ number: Int) {
    let text = known[number - 1]
    if text.value == CodeTable.unfound { return }
    var slot = Int(truncatingIfNeeded: CellKey.mix(text.low, text.high, Int(text.count))) & mask
    while slots[slot].number != 0 { slot = (slot + 1) & mask }
    slots[slot] = Slot(low: text.low, count: text.count, number: Int32(truncatingIfNeeded: number))
  }

  private mutating func grow() {
    let larger = CheckedBuffer<KnownText>.allocate(capacity * 2)
    larger.start.update(from: known.start, count: count)
    known.deallocate()
    known = larger
    capacity *= 2
    slots.deallocate()
    slots = .allocate(capacity * 2, repeating: Slot(low: 0, count: 0, number: 0))
    mask = capacity * 2 - 1
    for i in 0..<count { enter(i + 1) }
  }

  /// The text of the nth key that was added.
  func text(_ n: Int) -> String { String(decoding: bytes(n), as: UTF8.self) }

  /// The bytes of the nth key.
  func bytes(_ n: Int) -> UnsafeBufferPointer<UInt8> {
    Invariant.holds(n >= 0 && n < count, "texts-known: only a text that was added is asked for by its number")
    let count = Int(known[n].count)
    return UnsafeBufferPointer(start: arena.pointer(known[n].offset, count: count), count: count)
  }
}
