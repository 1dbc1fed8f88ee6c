// Money over time: what accrues in each month or year, added up as it goes, against what may be spent. Knows nothing of how
// it is shown.
import Diagnostics
import Engine

/// A budget spread over months or years.
public struct CashFlow: Sendable {
  public struct Step: Sendable {
    /// `2022-06`, `2022`
    public let key: String
    /// Fen that accrue in it, and all until its end.
    public let amount: Int64
    public let cumulative: Int64
  }

  /// Every month or year from the first to the last with a payment, none left out.
  public let steps: [Step]
  public let limit: Int64?
  /// The first step at whose end the limit is passed.
  public let passed: Int?
  private let isMonthly: Bool

  /// - Returns: nil where the breakdown is not one by time.
  public init?(_ breakdown: Breakdown, limit: Int64?) {
    guard breakdown.dimension == .month || breakdown.dimension == .year else { return nil }
    isMonthly = breakdown.dimension == .month
    self.limit = limit
    var amounts: [Int: Int64] = [:]
    for group in breakdown.groups {
      if let ordinal = CashFlow.ordinal(group.key, isMonthly) { amounts[ordinal] = Amounts.add(amounts[ordinal] ?? 0, group.tally.total) }
    }
    var steps: [Step] = []
    var passed: Int?
    var sum: Int64 = 0
    if let first = amounts.keys.min(), let last = amounts.keys.max(), last - first <= 24_000 {
      for ordinal in first...last {
        let amount = amounts[ordinal] ?? 0
        sum = Amounts.add(sum, amount)
        if passed == nil, let limit, sum > limit { passed = steps.count }
        steps.append(Step(key: Breakdown.key(ordinal, isMonthly), amount: amount, cumulative: sum))
      }
    }
    self.steps = steps
    self.passed = passed
  }

  public func step(_ key: String) -> Step? { steps.first { $0.key == key } }

  private static func ordinal(_ key: String, _ months: Bool) -> Int? {
    let parts = key.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first else { return nil }
    if !months { return year }
    return parts.count == 2 ? year * 12 + parts[1] - 1 : nil
  }
}
