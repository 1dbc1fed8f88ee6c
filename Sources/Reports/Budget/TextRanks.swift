// Where each of some texts stands among them by code point, which is the order of their bytes in UTF-8. Eight bytes
// behind what all have in common decide nearly everything; whole texts are compared only where these are the same.

import Glibc

/// Texts one after another: text i is `bytes[offsets[i]..<offsets[i + 1]]`.
struct TextRun {
  let offsets: UnsafePointer<Int64>
  let bytes: UnsafePointer<UInt8>
  let count: Int

  func length(_ i: Int) -> Int { Int(offsets[i + 1] - offsets[i]) }
  func start(_ i: Int) -> UnsafePointer<UInt8> { bytes + Int(offsets[i]) }

  /// Below zero where text a precedes text b, zero where they are equal.
  func order(_ a: Int, _ b: Int) -> Int {
    let order = memcmp(start(a), start(b), min(length(a), length(b)))
    return order != 0 ? Int(order) : length(a) - length(b)
  }

  /// How many bytes all texts begin with.
  private var common: Int {
    guard count > 0 else { return 0 }
    var common = length(0)
    let first = start(0)
    for i in 1..<max(count, 1) {
      common = min(common, length(i))
      let other = start(i)
      var same = 0
      while same < common, first[same] == other[same] { same += 1 }
      common = same
      if common == 0 { break }
    }
    return common
  }

  /// The place of each text, from 0; equal texts have the same.
  func ranks(into ranks: UnsafeMutablePointer<Int32>) {
    guard count > 0 else { return }
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * count)
    let texts = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * count)
    defer {
      keys.deallocate()
      texts.deallocate()
    }
    let common = common
    for i in 0..<count {
      keys[i] = key(i, after: common)
      texts[i] = UInt32(truncatingIfNeeded: i)
    }
    KeySort.sort(keys, texts, count: count, spareKeys: keys + count, spareValues: texts + count)
    var rank: Int32 = 0
    var begin = 0
    while begin < count {
      var end = begin + 1
      while end < count, keys[end] == keys[begin] { end += 1 }
      if begin > 0 { rank += 1 }
      ranks[Int(texts[begin])] = rank
      if end > begin + 1 {
        var alike = UnsafeMutableBufferPointer(start: texts + begin, count: end - begin)
        alike.sort { order(Int($0), Int($1)) < 0 }
        ranks[Int(alike[0])] = rank
        for k in 1..<alike.count {
          if order(Int(alike[k - 1]), Int(alike[k])) != 0 { rank += 1 }
          ranks[Int(alike[k])] = rank
        }
      }
      begin = end
    }
  }

  /// Eight bytes as one number that orders as they do; what is missing counts as zero.
  private func key(_ i: Int, after common: Int) -> UInt64 {
    let start = start(i) + common
    let left = length(i) - common
    if left >= 8 { return UInt64(bigEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)) }
    var key: UInt64 = 0
    for k in 0..<max(left, 0) { key |= UInt64(start[k]) << UInt64(56 - 8 * k) }
    return key
  }
}
