// Where a figure is looked for when nobody says. Knows nothing of the search.

import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions

extension FindCommand {
  /// Where to look when nobody says: within the bounds of the parameter, and as far as anything can change.
  func searchRange(
    _ varied: Varied, _ type: ValueType, _ inquiry: Inquiry, target: Int64, _ amount: (Int64) -> Int64?,
    _ course: (Int64) -> Solver.Course
  ) -> ClosedRange<Int64> {
    let now = varied.current(inquiry.base)
    let records = Int64(inquiry.scenario.scenario.dataset.tables.map(\.count).max() ?? 0)
    let low = varied.bounds.atLeast ?? 0
    var high: Int64
    switch type {
    case .money, .amount, .rate:
      // Rates are looked for up to where the target lies below, within what can be stated at all.
      high = max((now ?? 100_000) &* 100, 100_000_000)
      if course(high).direction != .none {
        while high < Money.limit.fen / 10, let amount = amount(high), amount < target { high *= 10 }
      }
      // An amount that cannot be reckoned any more is no budget.
      while high > 100_000_000, amount(high) == nil { high /= 10 }
    case .share: high = max(Share.unit, (now ?? 0) * 2)
    case .decimal: high = max(100 * Share.unit, (now ?? 0) * 10)
    case .months: high = max(600, (now ?? 0) * 2)
    case .days: high = max(3660, (now ?? 0) * 2)
    case .date:
      let middle = now ?? 19_000
      return max(
        low == 0 ? middle - 7_320 : low, middle - 7_320)...min(varied.bounds.atMost ?? Int64.max, middle + 7_320)
    default: high = max((now ?? 0) * 10, records + 1, 100)
    }
    if let most = varied.bounds.atMost { high = min(high, most) }
    return min(low, high)...max(low, high)
  }
}
