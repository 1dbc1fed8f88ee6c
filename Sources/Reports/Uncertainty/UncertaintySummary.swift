// What many totals come to: their mean, how far they lie apart, and how often a limit is passed. Knows nothing of what
// was drawn.

/// What many totals, or counts, come to.
package struct UncertaintySummary: Sendable {
  /// The total that a part of the draws does not exceed.
  package struct Quantile: Sendable {
    /// In per cent.
    package let percent: Int
    /// Fen.
    package let total: Int64
  }

  /// How many totals there are.
  package let count: Int
  /// Their mean, rounded to the fen; of counts to one of them.
  package let mean: Int64
  /// The same, rounded to a hundredth of that.
  package let meanInHundredths: Int64
  /// The standard deviation (fen).
  package let deviation: Double
  /// One for each of `percents`.
  package let quantiles: [Quantile]
  /// How many lie above what may be spent.
  package let over: Int?

  /// The quantiles that are told.
  static let percents = [0, 5, 25, 50, 75, 95, 100]

  /// Sums up totals in fen against what may be spent.
  ///
  /// - Returns: nil where there are none.
  package init?(_ totals: [Int64], limit: Int64?) {
    guard !totals.isEmpty else { return nil }
    let sorted = totals.sorted()
    count = sorted.count
    var sum = Int128(0)
    for t in sorted { sum += Int128(t) }
    let n = Int128(count)
    let half = n / 2
    func rounded(_ sum: Int128) -> Int64 { Int64(clamping: sum >= 0 ? (sum + half) / n : -((-sum + half) / n)) }
    mean = rounded(sum)
    meanInHundredths = rounded(sum * 100)
    let exact = Double(sum) / Double(n)
    var squares = 0.0
    for t in sorted {
      let d = Double(t) - exact
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
  package var overspending: (probability: Double, error: Double)? {
    guard let over else { return nil }
    let p = Double(over) / Double(count)
    return (p, (p * (1 - p) / Double(count)).squareRoot())
  }

  /// Which share of the totals' variance goes along with an input: the square of their correlation.
  package static func share(of inputs: [Double], in totals: [Int64]) -> Double {
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
  package static func bins(_ totals: [Int64], _ count: Int) -> [(from: Int64, to: Int64, count: Int64)] {
    guard let low = totals.min(), let high = totals.max(), count > 0 else { return [] }
    if low == high { return [(low, high, Int64(totals.count))] }
    let length = max((high - low) / Int64(count) + 1, 1)
    var counts = [Int64](repeating: 0, count: count)
    for t in totals { counts[min(Int((t - low) / length), count - 1)] += 1 }
    return counts.enumerated().map { (low + Int64($0) * length, min(low + Int64($0 + 1) * length - 1, high), $1) }
      .filter { $0.0 <= high }
  }
}
