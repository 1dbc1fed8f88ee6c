// How figures that nobody knows are spread, and drawing one. Chance decides about inputs only; every total is reckoned
// exactly. Knows nothing of what the figures mean.

import Glibc

/// How a figure is spread, in raw form.
package enum Spread: Sendable, Hashable {
  /// Every value from one to the other is as likely.
  case uniform(Int64, Int64)
  case normal(mean: Int64, deviation: Int64)
  case triangular(Int64, Int64, Int64)
  /// One of these.
  case empirical([Int64])
  case fixed(Int64)

  /// The least and the largest value that it is written to have; of a normal one its mean.
  package var ends: (least: Int64, most: Int64) {
    switch self {
    case .uniform(let a, let b), .triangular(let a, _, let b): (a, b)
    case .normal(let mean, _): (mean, mean)
    case .empirical(let values): (values.min() ?? 0, values.max() ?? 0)
    case .fixed(let value): (value, value)
    }
  }

  /// A value, kept within bounds.
  package func draw(_ numbers: inout SeededNumbers, atLeast: Int64 = 0, atMost: Int64 = .max) -> Int64 {
    let value: Int64
    switch self {
    case .fixed(let v): value = v
    case .uniform(let a, let b):
      let length = UInt64(bitPattern: b &- a)
      value = a &+ Int64(truncatingIfNeeded: numbers.below(length &+ 1))
    case .normal(let mean, let deviation):
      let u = max(numbers.unit(), 0x1p-53), v = numbers.unit()
      value =
        mean.addingReportingOverflow(
          Spread.whole(Double(deviation) * (-2 * log(u)).squareRoot() * cos(2 * Double.pi * v))
        ).partialValue
    case .triangular(let a, let m, let b):
      let u = numbers.unit(), length = Double(b - a)
      guard length > 0 else { return min(max(a, atLeast), atMost) }
      let rise = Double(m - a) / length
      value =
        u < rise
        ? a + Spread.whole((u * length * Double(m - a)).squareRoot())
        : b - Spread.whole(((1 - u) * length * Double(b - m)).squareRoot())
    case .empirical(let values):
      guard !values.isEmpty else { return atLeast }
      value = values[Int(numbers.below(UInt64(values.count)))]
    }
    return min(max(value, atLeast), atMost)
  }

  /// A figure rounded, within what can be held.
  private static func whole(_ x: Double) -> Int64 {
    guard x.isFinite else { return 0 }
    return Int64(max(-4e18, min(4e18, x.rounded())))
  }
}
