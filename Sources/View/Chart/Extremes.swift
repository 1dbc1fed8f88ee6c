// How far figures reach, for drawings that have to hold them all. Knows nothing of what they measure.

extension Sequence where Element: Comparable & AdditiveArithmetic {
  /// The greatest of some widths, heights or counts, which are never below zero; zero where there are none.
  var greatest: Element { reduce(.zero) { Swift.max($0, $1) } }
}

extension Sequence where Element == Double {
  /// From the least to the greatest; an axis without length at zero where there is nothing to draw.
  var extent: (low: Double, high: Double) {
    var found: (low: Double, high: Double)?
    for value in self {
      guard let known = found else {
        found = (value, value)
        continue
      }
      found = (Swift.min(known.low, value), Swift.max(known.high, value))
    }
    return found ?? (0, 0)
  }
}
