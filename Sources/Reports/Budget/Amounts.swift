// Sums of amounts that may be as many and as large as a scenario cares to make them: never a trap, never a wrapped
// figure. Knows nothing of ledgers.

/// Adding fen without overflow.
package enum Amounts {
  /// How many amounts of the largest size (ten trillion yuan) may be added before a sum has to be looked at.
  static let safeRun = 1 << 12

  /// The sum, or the nearest figure that can be held. Chosen without a branch: of eight of these with two branches each
  /// the compiler wrote out every path.
  package static func add(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    // All ones for a negative number, so that the largest figure goes over into the smallest.
    let nearest = Int64.max &- (b >> 63)
    return overflow ? nearest : sum
  }

  /// `count` times `amount`, or the nearest figure that can be held.
  static func multiply(_ amount: Int64, _ count: Int) -> Int64 {
    let (product, overflow) = amount.multipliedReportingOverflow(by: Int64(count))
    return overflow ? (amount > 0 ? .max : .min) : product
  }
}
