// A short text that tells contents apart: the same contents have the same digest on every machine, others almost surely
// another one. It guards against mistakes, not against malice.

/// Takes in contents piece by piece and yields a digest of them all, in their order.
public struct Digest: Sendable {
  private var a: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var b: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  /// A digest of nothing yet.
  public init() {}

  /// Takes in 64 bits.
  @inlinable public mutating func add(_ value: Int64) { mix(UInt64(bitPattern: value)) }

  /// Takes in a text; its length keeps neighbouring texts apart.
  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// Takes in bytes and how many they are.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(bytes.count))
    var i = 0
    while i + 8 <= bytes.count {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)))
      i += 8
    }
    var rest: UInt64 = 0
    var shift: UInt64 = 0
    while i < bytes.count {
      rest |= UInt64(bytes[i]) << shift
      shift += 8
      i += 1
    }
    mix(rest)
  }

  @usableFromInline mutating func mix(_ word: UInt64) {
    a = (a ^ word) &* 0xFF51_AFD7_ED55_8CCD
    a ^= a >> 32
    b = ((b << 29 | b >> 35) &+ word) &* 0xC4CE_B9FE_1A85_EC53
    b ^= a >> 7
  }

  /// 64 bits of the digest.
  public var value: UInt64 {
    var x = a ^ (b << 17 | b >> 47)
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }

  /// Sixteen hexadecimal digits.
  public var hex: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
