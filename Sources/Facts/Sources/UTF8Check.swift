// Whether bytes are UTF-8, for files whose encoding nobody states. Knows nothing of files.
import Dispatch

/// Whether bytes are UTF-8.
enum UTF8Check {
  /// The offset of the first byte that is not UTF-8, or nil.
  static func firstInvalid(_ b: UnsafeBufferPointer<UInt8>, threads: Int = 1) -> Int? {
    guard threads > 1, b.count > 1 << 20 else { return firstInvalid(of: b) }
    // A part begins with a byte that begins a character, if there is one near.
    let edges = (0...threads).map { part in
      var edge = b.count * part / threads
      var steps = 0
      while edge > 0, edge < b.count, b[edge] & 0xC0 == 0x80, steps < 3 { (edge, steps) = (edge - 1, steps + 1) }
      return edge
    }
    let found = UnsafeMutablePointer<Int>.allocate(capacity: threads)
    found.initialize(repeating: -1, count: threads)
    defer { found.deallocate() }
    nonisolated(unsafe) let results = found
    nonisolated(unsafe) let bytes = b
    DispatchQueue.concurrentPerform(iterations: threads) { part in
      let run = UnsafeBufferPointer(rebasing: bytes[edges[part]..<edges[part + 1]])
      if let offset = firstInvalid(of: run) { results[part] = edges[part] + offset }
    }
    return (0..<threads).map { found[$0] }.first { $0 >= 0 }
  }

  private static func firstInvalid(of b: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let p = b.baseAddress else { return nil }
    let n = b.count
    var i = 0
    while i < n {
      if i &+ 8 <= n, UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
        i &+= 8
        continue
      }
      let c = p[i]
      if c < 0x80 {
        i &+= 1
        continue
      }
      let length = c >= 0xC2 && c <= 0xDF ? 2 : c >= 0xE0 && c <= 0xEF ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0
      guard length > 0, i &+ length <= n else { return i }
      let second = p[i &+ 1]
      switch c {
      case 0xE0: if second < 0xA0 || second > 0xBF { return i }
      case 0xED: if second < 0x80 || second > 0x9F { return i }
      case 0xF0: if second < 0x90 || second > 0xBF { return i }
      case 0xF4: if second < 0x80 || second > 0x8F { return i }
      default: if second & 0xC0 != 0x80 { return i }
      }
      if length > 2, p[i &+ 2] & 0xC0 != 0x80 { return i }
      if length > 3, p[i &+ 3] & 0xC0 != 0x80 { return i }
      i &+= length
    }
    return nil
  }
}
