// Texts by number, as one run of bytes: a province's names would be too many objects. Knows nothing of facts.
import Glibc

/// Texts by number; equal texts have equal numbers.
public struct TextPool: Sendable {
  private var bytes: [UInt8] = []
  /// Text i is `bytes[ends[i]..<ends[i + 1]]`.
  private var ends: [Int] = [0]
  /// Number + 1, or 0; open addressing, at most half full.
  private var slots: [Int32] = Array(repeating: 0, count: 64)

  /// No texts.
  public init() {}

  /// How many texts there are; their numbers are those below it.
  public var count: Int { ends.count - 1 }

  /// All texts, by number.
  public var texts: [String] { (0..<count).map { text(Int32(truncatingIfNeeded: $0)) } }

  /// All texts as they lie: text i is `bytes[ends[i]..<ends[i + 1]]`.
  package var flat: (ends: [Int], bytes: [UInt8]) { (ends, bytes) }

  /// The number of a text, which it is given when it is new.
  mutating func intern(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  /// The same for a text's UTF-8 bytes.
  mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    if count * 2 >= slots.count { grow() }
    let slot = find(text)
    if slots[slot] != 0 { return slots[slot] - 1 }
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    slots[slot] = Int32(truncatingIfNeeded: count)
    return Int32(truncatingIfNeeded: count - 1)
  }

  /// A number for a text that is no other's, not even that of an equal text.
  public mutating func apart(_ text: String) -> Int32 {
    bytes.append(contentsOf: text.utf8)
    ends.append(bytes.count)
    return Int32(truncatingIfNeeded: count - 1)
  }

  /// The number of a text; nil for one that is not among them.
  public func id(_ text: String) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      let number = slots[find(bytes)]
      return number == 0 ? nil : number - 1
    }
  }

  /// The text with a number; empty for numbers that no text has, such as the marks of absence.
  public func text(_ id: Int32) -> String {
    guard id >= 0, Int(id) < count else { return "" }
    return String(decoding: bytes[ends[Int(id)]..<ends[Int(id) + 1]], as: UTF8.self)
  }

  /// Looks at a text's bytes; there are none of a number that no text has.
  @inline(__always)
  func withText<R>(_ id: Int32, _ body: (UnsafePointer<UInt8>, Int) -> R) -> R {
    bytes.withUnsafeBufferPointer { bytes in
      guard id >= 0, Int(id) < count, let start = bytes.baseAddress else {
        var none: UInt8 = 0
        return body(&none, 0)
      }
      return body(start + ends[Int(id)], ends[Int(id) + 1] - ends[Int(id)])
    }
  }

  /// The numbers of all texts.
  var numbers: Range<Int32> { 0..<Int32(truncatingIfNeeded: count) }

  /// Whether a text may have small letters: it has one of ASCII, or a character beyond.
  @inline(__always)
  func maySmall(_ number: Int32) -> Bool {
    withText(number) { start, count in
      for i in 0..<count where start[i] >= 0x80 || start[i] &- 0x61 < 26 { return true }
      return false
    }
  }

  /// The slot that a text has or would take.
  private func find(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let mask = slots.count - 1
    var slot = ByteHash.of(text) & mask
    return bytes.withUnsafeBufferPointer { bytes in
      while slots[slot] != 0 {
        let number = Int(slots[slot])
        let from = ends[number - 1]
        if ends[number] - from == text.count {
          guard text.count > 0, let known = bytes.baseAddress, let wanted = text.baseAddress else { break }
          if memcmp(known + from, wanted, text.count) == 0 { break }
        }
        slot = (slot + 1) & mask
      }
      return slot
    }
  }

  private mutating func grow() {
    var larger = [Int32](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    bytes.withUnsafeBufferPointer { bytes in
      for number in 0..<count {
        var slot = ByteHash.of(UnsafeBufferPointer(rebasing: bytes[ends[number]..<ends[number + 1]])) & mask
        while larger[slot] != 0 { slot = (slot + 1) & mask }
        larger[slot] = Int32(truncatingIfNeeded: number + 1)
      }
    }
    slots = larger
  }
}

/// A quick hash of bytes, the same in every run.
enum ByteHash {
  @inline(__always)
  static func of(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    // No bytes have no address; with one they would have the same hash.
    guard let p = text.baseAddress else { return 0 }
    var h = UInt64(truncatingIfNeeded: text.count) &* 0x9E37_79B9_7F4A_7C15
    var i = 0
    while i &+ 8 <= text.count {
      h = (h ^ UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      h ^= h &>> 32
      i &+= 8
    }
    while i < text.count {
      h = (h ^ UInt64(p[i])) &* 0x0000_0100_0000_01B3
      i &+= 1
    }
    h = (h ^ (h &>> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return Int(truncatingIfNeeded: h ^ (h &>> 29)) & Int.max
  }
}
