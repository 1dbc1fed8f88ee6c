// Money over time: what accrues in each month or year, added up as it goes, against what may be spent. Knows nothing of
// how it is shown.

import Diagnostics
import Engine
import PolicyLanguage

/// A budget spread over months or years.
package struct CashFlow: Sendable {
  /// One month or year.
  package struct Step: Sendable {
    /// `2022-06`, `2022`
    package let key: String
    /// What accrues in it (fen).
    package let amount: Int64
    /// What has accrued until its end (fen).
    package let cumulative: Int64
  }

  /// What one measure has in each step.
  package struct Part: Sendable {
    /// The measure.
    package let measure: CheckedMeasure
    /// What accrues in each step (fen).
    package let amounts: [Int64]
  }

  /// Every month or year from the first to the last with a payment, none left out.
  package let steps: [Step]
  /// The measures that pay something, in the order of the programme.
  package let parts: [Part]
  /// What may be spent (fen).
  package let limit: Int64?
  /// The first step at whose end the limit is passed.
  package let passed: Int?
  private let isMonthly: Bool

  /// Spreads a budget over the months or years of its breakdown.
  ///
  /// - Returns: nil where the breakdown is not one by time.
  package init?(_ budget: Budget, _ breakdown: Breakdown, limit: Int64?) {
    guard breakdown.basis == .dimension(.month) || breakdown.basis == .dimension(.year) else { return nil }
    isMonthly = breakdown.basis == .dimension(.month)
    self.limit = limit
    let isMonthly = isMonthly
    func byTime(_ groups: [Breakdown.Group]) -> [Int: Int64] {
      var amounts: [Int: Int64] = [:]
      for group in groups {
        if let ordinal = CashFlow.ordinal(group.key, isMonthly) {
          amounts[ordinal] = Amounts.add(amounts[ordinal, default: 0], group.tally.total)
        }
      }
      return amounts
    }
    let amounts = byTime(breakdown.groups)
    var steps: [Step] = []
    var parts: [Part] = []
    var passed: Int?
    var sum: Int64 = 0
    if let first = amounts.keys.min(), let last = amounts.keys.max(), last - first <= 24_000 {
      for ordinal in first...last {
        let amount = amounts[ordinal, default: 0]
        sum = Amounts.add(sum, amount)
        if passed == nil, let limit, sum > limit { passed = steps.count }
        steps.append(Step(key: Breakdown.key(ordinal, isMonthly), amount: amount, cumulative: sum))
      }
      for line in budget.lines where line.tally.payments > 0 {
        let own = byTime(Breakdown.times(budget, months: isMonthly, measure: line.measure))
        parts.append(Part(measure: budget.measure(line), amounts: (first...last).map { own[$0, default: 0] }))
      }
    }
    self.steps = steps
    self.parts = parts
    self.passed = passed
  }

  /// The step with a key such as `2022-06`; nil where there is none.
  package func step(_ key: String) -> Step? { steps.first { $0.key == key } }

  private static func ordinal(_ key: String, _ months: Bool) -> Int? {
    let parts = key.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first else { return nil }
    if !months { return year }
    return parts.count == 2 ? year * 12 + parts[1] - 1 : nil
  }
}
