// Members sorted into their frames by counting, and the nth of some dates without sorting them all.

/// The positions of members by frame, each frame's in their own order.
struct Buckets {
  private let offsets: [Int32]
  private let order: [Int32]

  init(_ frames: [Int32], count: Int) {
    var offsets = [Int32](repeating: 0, count: count + 1)
    for f in frames { offsets[Int(f) + 1] += 1 }
    for f in 0..<count { offsets[f + 1] += offsets[f] }
    var next = offsets
    order = Array(unsafeUninitializedCapacity: frames.count) { buffer, filled in
      for (k, f) in frames.enumerated() {
        buffer[Int(next[Int(f)])] = Int32(truncatingIfNeeded: k)
        next[Int(f)] += 1
      }
      filled = frames.count
    }
    self.offsets = offsets
  }

  subscript(frame: Int) -> ArraySlice<Int32> { order[Int(offsets[frame])..<Int(offsets[frame + 1])] }

  /// The nth smallest value (from 0), which must exist; the values end up in another order.
  static func nth(_ n: Int, of values: inout [Int32]) -> Int32 {
    var low = 0, high = values.count - 1
    while low < high {
      // The median of three keeps ordered input from being the worst case.
      let a = values[low], b = values[(low + high) / 2], c = values[high]
      let pivot = max(min(a, b), min(max(a, b), c))
      var i = low, j = high
      while i <= j {
        while values[i] < pivot { i += 1 }
        while values[j] > pivot { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if n <= j { high = j } else if n >= i { low = i } else { return pivot }
    }
    return values[n]
  }
}
