// Records of a list that a condition leaves undetermined or refers elsewhere: often none, sometimes nearly all of
// millions, since a column may be missing altogether. Knows nothing of conditions.
import Reckoning

/// Rows with their truths, in ascending order; a byte for each row of the batches that have any.
struct OddRows {
  private let batch: Int
  private var starts: [Int32] = []
  /// The truths of each batch's rows one batch after another, 0 where a row is not odd.
  private var truths: [UInt8] = []
  private(set) var count = 0

  init(batch: Int) { self.batch = batch }

  var isEmpty: Bool { count == 0 }

  /// Adds what is odd in one batch: truths that are neither certainly true nor certainly false.
  /// - Parameters:
  ///   - rows: the rows of the truths, ascending; nil: `start` and those that follow.
  ///   - truth: the truth of the kth of them.
  mutating func add(start: Int, rows: Lane<Int32>?, _ n: Int, _ truth: (Int) -> UInt8) {
    guard let rows else { return add(0..<n, first: start, { start + $0 }, truth) }
    // Those that are left of a long list may lie far apart.
    var from = 0
    while from < n {
      let first = Int(rows[from])
      var end = from + 1
      while end < n, Int(rows[end]) - first < batch { end += 1 }
      add(from..<end, first: first, { Int(rows[$0]) }, truth)
      from = end
    }
  }

  /// The same of rows that lie less than a batch apart.
  private mutating func add(_ range: Range<Int>, first: Int, _ row: (Int) -> Int, _ truth: (Int) -> UInt8) {
    func isOdd(_ t: UInt8) -> Bool { t != 0 && t & 0b0011 != 0b0011 }
    guard range.contains(where: { isOdd(truth($0)) }) else { return }
    let base = truths.count
    starts.append(Int32(truncatingIfNeeded: first))
    truths.append(contentsOf: repeatElement(0, count: batch))
    for k in range {
      let t = truth(k)
      guard isOdd(t) else { continue }
      let offset = row(k) - first
      Invariant.holds(offset < batch, "odd-rows-in-batch: odd rows lie less than a batch apart")
      truths[base + offset] = t
      count += 1
    }
  }

  /// Adds the rows of another, which come later.
  mutating func append(_ other: OddRows) {
    starts += other.starts
    truths += other.truths
    count += other.count
  }

  /// Calls `body` with the rows of each batch and their truths.
  func forEachBatch(_ body: (_ rows: Lane<Int32>, _ truths: Lane<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: batch) { rows in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: batch) { values in
        truths.withUnsafeBufferPointer { truths in
          for (b, start) in starts.enumerated() {
            var n = 0
            for k in 0..<batch {
              let t = truths[b * batch + k]
              rows[n] = start &+ Int32(truncatingIfNeeded: k)
              values[n] = t
              n += t != 0 ? 1 : 0
            }
            body(
              Lane(UnsafeBufferPointer(rebasing: rows[..<n])), Lane(UnsafeBufferPointer(rebasing: values[..<n])))
          }
        }
      }
    }
  }
}
