// The ids of a run of records as one stretch of bytes, and whether their order shows that none repeats. Made for the
// inner loop of the bulk reader, hence raw memory. Knows nothing of other runs.
import Glibc

/// Ids one after another. Owned by one thread at a time; `free` ends it.
struct IDRun {
  private(set) var bytes: CheckedBuffer<UInt8>
  private(set) var byteCount = 0
  private var capacity = 1 << 16
  /// Where each id ends in `bytes`; the memory is the caller's. Nil for lists without ids.
  private let ends: CheckedBuffer<Int64>?

  /// Ids ascend by code point, or by length and then by code point; either way none repeats.
  private(set) var ascending = true
  private(set) var ascendingByLength = true
  /// Whether a record has none.
  private(set) var hasEmpty = false
  private var last: (low: UInt64, high: UInt64, start: Int, count: Int) = (0, 0, 0, -1)

  init(ends: CheckedBuffer<Int64>?) {
    self.ends = ends
    bytes = .allocate(capacity)
  }

  func free() { bytes.deallocate() }

  @inline(__always)
  mutating func append(_ key: CellKey, _ row: Int) {
    let count = key.count
    if count == 0 { hasEmpty = true }
    if byteCount &+ count &+ 16 > capacity { grow(count) }
    if count <= 16 {
      let end = UnsafeMutableRawPointer(bytes.pointer(byteCount, count: 16))
      end.storeBytes(of: key.low, as: UInt64.self)
      end.storeBytes(of: key.high, toByteOffset: 8, as: UInt64.self)
    } else {
      bytes.pointer(byteCount, count: count).update(from: key.start, count: count)
    }
    // Big-endian words compare as their bytes do.
    let low = key.low.bigEndian
    let high = key.high.bigEndian
    if ascending || ascendingByLength {
      let more: Bool
      if count <= 16, last.count <= 16 {
        more = low != last.low ? low > last.low : high != last.high ? high > last.high : count > last.count
      } else {
        let order = memcmp(
          bytes.start + last.start, bytes.start + byteCount, min(max(last.count, 0), count))
        more = order != 0 ? order < 0 : count > last.count
      }
      if !more { ascending = false }
      if !(count > last.count || (count == last.count && more)) { ascendingByLength = false }
    }
    last = (low, high, byteCount, count)
    byteCount &+= count
    if let ends { ends[row] = Int64(byteCount) }
  }

  @inline(never)
  private mutating func grow(_ count: Int) {
    let larger = CheckedBuffer<UInt8>.allocate(capacity * 2 + count + 16)
    larger.start.update(from: bytes.start, count: byteCount)
    bytes.deallocate()
    bytes = larger
    capacity = capacity * 2 + count + 16
  }

  /// The id of a row of the run, as long as the runs have not been joined: then the ends are those of all.
  func id(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    // Of a list without ids each is empty.
    guard let ends else { return UnsafeBufferPointer(start: nil, count: 0) }
    let from = row == 0 ? 0 : Int(ends[row - 1])
    let count = Int(ends[row]) - from
    return UnsafeBufferPointer(start: bytes.pointer(from, count: count), count: count)
  }
}
