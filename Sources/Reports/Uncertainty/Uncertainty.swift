// Budgets under uncertainty: numbers drawn from a seed, distributions of figures, and what many totals come to. Chance decides
// about inputs only; every total is reckoned exactly. Knows nothing of what is drawn.
import Glibc
import Reckoning

/// Random numbers that a seed determines, on every machine alike.
public struct SeededNumbers: Sendable {
  private var state: UInt64

  /// - Parameters:
  ///   - seed: the user's.
  ///   - draw: which draw of a simulation, so that each has numbers of its own whatever came before.
  public init(seed: UInt64, draw: Int = 0) {
    // Each draw begins at a place of the sequence that has nothing to do with another's.
    state = seed
    state = next() ^ (UInt64(truncatingIfNeeded: draw) &* 0xA24B_AED4_963E_E407 &+ 0x9FB2_1C65_1E98_DF25)
    state = next()
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// At least 0 and below 1.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// From 0 to below a bound.
  public mutating func below(_ bound: UInt64) -> UInt64 {
    guard bound > 1 else { return 0 }
    return next().multipliedFullWidth(by: bound).high
  }
}

/// How a figure is spread, in raw form.
public enum Spread: Sendable, Hashable {
  /// Every value from one to the other is as likely.
  case uniform(Int64, Int64)
  case normal(mean: Int64, deviation: Int64)
  case triangular(Int64, Int64, Int64)
  /// One of these.
  case empirical([Int64])
  case fixed(Int64)

  /// A value, kept within bounds.
  public func draw(_ numbers: inout SeededNumbers, atLeast: Int64 = 0, atMost: Int64 = .max) -> Int64 {
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

/// What many totals come to.
public struct UncertaintySummary: Sendable {
  public struct Quantile: Sendable {
    /// In per cent.
    public let percent: Int
    public let total: Int64
  }

  public let count: Int
  public let mean: Int64
  /// The standard deviation (fen).
  public let deviation: Double
  public let quantiles: [Quantile]
  /// How many lie above what may be spent.
  public let over: Int?

  public static let percents = [0, 5, 25, 50, 75, 95, 100]

  public init?(_ totals: [Int64], limit: Int64?) {
    guard !totals.isEmpty else { return nil }
    let sorted = totals.sorted()
    count = sorted.count
    var sum = Int128(0)
    for t in sorted { sum += Int128(t) }
    let n = Int128(count)
    let half = n / 2
    let mean = Int64(clamping: sum >= 0 ? (sum + half) / n : -((-sum + half) / n))
    self.mean = mean
    var squares = 0.0
    for t in sorted {
      let d = Double(t) - Double(mean)
      squares += d * d
    }
    deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
    quantiles = UncertaintySummary.percents.map { p in
      // The smallest total that at least so many per cent do not exceed.
      let rank = max(1, (p * sorted.count + 99) / 100)
      return Quantile(percent: p, total: sorted[min(rank, sorted.count) - 1])
    }
    over = limit.map { limit in sorted.count { $0 > limit } }
  }

  /// The probability of overspending and its standard error.
  public var overspending: (probability: Double, error: Double)? {
    guard let over else { return nil }
    let p = Double(over) / Double(count)
    return (p, (p * (1 - p) / Double(count)).squareRoot())
  }

  /// Which share of the totals' variance goes along with an input: the square of their correlation.
  public static func share(of inputs: [Double], in totals: [Int64]) -> Double {
    let n = Double(min(inputs.count, totals.count))
    guard n > 1 else { return 0 }
    let values = totals.map(Double.init)
    let a = inputs.reduce(0, +) / n, b = values.reduce(0, +) / n
    var xy = 0.0, xx = 0.0, yy = 0.0
    for (x, y) in zip(inputs, values) {
      xy += (x - a) * (y - b)
      xx += (x - a) * (x - a)
      yy += (y - b) * (y - b)
    }
    guard xx > 0, yy > 0 else { return 0 }
    return min(1, xy * xy / (xx * yy))
  }

  /// Totals in so many stretches of the same length.
  public static func bins(_ totals: [Int64], _ count: Int) -> [(from: Int64, to: Int64, count: Int64)] {
    guard let low = totals.min(), let high = totals.max(), count > 0 else { return [] }
    if low == high { return [(low, high, Int64(totals.count))] }
    let length = max((high - low) / Int64(count) + 1, 1)
    var counts = [Int64](repeating: 0, count: count)
    for t in totals { counts[min(Int((t - low) / length), count - 1)] += 1 }
    return counts.enumerated().map { (low + Int64($0) * length, min(low + Int64($0 + 1) * length - 1, high), $1) }
      .filter { $0.0 <= high }
  }
}
