// Which place lies within which, as a comparison of whole numbers: in the order of their codes, the places within one
// stand side by side, since their codes begin with the same digits. Knows nothing of names.

/// The order of places by code, and for each place the stretch of that order which lies within it.
///
/// *Invariant*: a place lies within another by code (`PlaceCode.lies`) exactly when its rank lies in the other's
/// stretch.
struct PlaceOrder: Sendable {
  /// By a place's id, where it stands in the order of codes.
  let rank: [UInt32]
  /// By a place's id, the first rank within it, and how many there are.
  let first: [UInt32]
  let length: [UInt32]

  init(_ codes: [PlaceCode]) {
    let texts = codes.map { Array($0.text.utf8) }
    let order = texts.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
    var rank = [UInt32](repeating: 0, count: codes.count)
    for (r, id) in order.enumerated() { rank[id] = UInt32(truncatingIfNeeded: r) }
    let significant = codes.map { Array($0.significant.utf8) }
    // Whoever begins with a code's digits stands at or behind where these would stand, before whoever does not.
    func boundary(_ isBefore: ([UInt8]) -> Bool) -> Int {
      var low = 0, high = order.count
      while low < high {
        let middle = (low + high) / 2
        if isBefore(texts[order[middle]]) { low = middle + 1 } else { high = middle }
      }
      return low
    }
    var first = rank, length = rank
    for id in codes.indices {
      let digits = significant[id]
      let start = boundary { $0.lexicographicallyPrecedes(digits) }
      let end = boundary { $0.lexicographicallyPrecedes(digits) || $0.starts(with: digits) }
      first[id] = UInt32(truncatingIfNeeded: start)
      length[id] = UInt32(truncatingIfNeeded: end - start)
    }
    (self.rank, self.first, self.length) = (rank, first, length)
  }

  /// Whether one place lies within another; ids that are none lie within nothing.
  func lies(_ place: Int32, within area: Int32) -> Bool {
    guard rank.indices.contains(Int(place)), rank.indices.contains(Int(area)) else { return false }
    return rank[Int(place)] &- first[Int(area)] < length[Int(area)]
  }

  func mark(
    _ places: UnsafeBufferPointer<Int32>, within areas: UnsafeBufferPointer<Int32>, _ out: UnsafeMutablePointer<UInt8>,
    yes: UInt8, no: UInt8
  ) {
    rank.withUnsafeBufferPointer { rank in
      first.withUnsafeBufferPointer { first in
        length.withUnsafeBufferPointer { length in
          let count = UInt32(truncatingIfNeeded: rank.count)
          for k in places.indices {
            let place = UInt32(bitPattern: places[k]), area = UInt32(bitPattern: areas[k])
            guard place < count, area < count else {
              out[k] = no
              continue
            }
            out[k] = rank[Int(place)] &- first[Int(area)] < length[Int(area)] ? yes : no
          }
        }
      }
    }
  }
}
