// Ids that are made one after another, each of which is another's than all before it: as bytes, because there may be
// millions. Knows nothing of what they are made of.
import Glibc
import Reckoning

/// Ids while they are being made.
struct MadeIDBytes {
  private var bytes: [UInt8] = []
  private var ends: [Int64] = [0]
  /// The number of an id, and 1; 0 where there is none. Open addressing, at most half full.
  private var slots: [Int32]
  /// By the number of an id that others repeat, the last number that was put behind it.
  private var repeats: [Int32: Int] = [:]
  private var ascending = true

  /// - Parameter count: how many there will be.
  init(count: Int) {
    var size = 64
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    ends.reserveCapacity(count + 1)
    bytes.reserveCapacity(count * 24)
  }

  /// Adds what an id is made of.
  mutating func append(_ part: ArraySlice<UInt8>) {
    part.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  /// Adds one character of ASCII.
  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Ends an id; one that there is already has a number put behind it.
  mutating func end() {
    let start = Int(ends[ends.count - 1])
    var slot = find(start)
    if slots[slot] != 0 {
      let first = slots[slot]
      let length = bytes.count
      var count = repeats[first] ?? 1
      repeat {
        count += 1
        bytes.removeLast(bytes.count - length)
        bytes.append(contentsOf: "-\(count)".utf8)
        slot = find(start)
      } while slots[slot] != 0
      repeats[first] = count
    }
    let number = ends.count - 1
    slots[slot] = Int32(truncatingIfNeeded: number + 1)
    if number > 0, ascending {
      let before = bytes[Int(ends[number - 1])..<start]
      ascending = before.lexicographicallyPrecedes(bytes[start...])
    }
    ends.append(Int64(bytes.count))
  }

  /// The slot that the bytes from `start` on have or would take.
  private func find(_ start: Int) -> Int {
    let mask = slots.count - 1
    return bytes.withUnsafeBufferPointer { all in
      let own = UnsafeBufferPointer(rebasing: all[start...])
      var slot = ByteHash.of(own) & mask
      while slots[slot] != 0 {
        let number = Int(slots[slot]) - 1
        let known = UnsafeBufferPointer(rebasing: all[Int(ends[number])..<Int(ends[number + 1])])
        if known.count == own.count {
          guard let a = known.baseAddress, let b = own.baseAddress, own.count > 0 else { break }
          if memcmp(a, b, own.count) == 0 { break }
        }
        slot = (slot + 1) & mask
      }
      return slot
    }
  }

  /// All ids.
  var column: IDColumn {
    IDColumn(offsets: Storage(ends, padding: 0), bytes: Storage(bytes, padding: 0), ascending: ascending)
  }
}

/// Texts close together in memory, by number.
struct TextRun {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
    ends.append(bytes.count)
  }

  /// A text's bytes.
  subscript(number: Int) -> ArraySlice<UInt8> { bytes[ends[number]..<ends[number + 1]] }
}
