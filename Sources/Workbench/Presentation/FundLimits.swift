// What may be spent of each source of money, beside what a budget takes of it. Knows nothing of where the limits are
// said.

import Answers
import Diagnostics
import Reckoning
import Reports
import View

/// Limits of sources of money.
struct FundLimits: Sendable {
  /// Fen by the source's key; sources without a limit are not there.
  var limits: [String: Int64] = [:]

  /// Fen that are left of a source; nil where it has no limit.
  private func left(_ group: Breakdown.Group) -> Int64? {
    limits[group.key].map { $0 &- group.tally.total }
  }

  func isOver(_ group: Breakdown.Group) -> Bool { left(group).map { $0 < 0 } ?? false }

  /// Limit and what is left, where a budget is taken apart by source and any has a limit.
  func columns(_ breakdown: Breakdown, _ currency: Currency) -> [AnswerColumn<Breakdown.Group>] {
    guard breakdown.basis == .dimension(.fund), !limits.isEmpty else { return [] }
    return [
      .money("budget", currency.heading("Limit", zh: "额度"), .essential) { limits[$0.key] },
      .change("left", currency.heading("Left", zh: "剩余"), .essential) { left($0) },
    ]
  }

  /// That more is spent of a source than may be; why a table has more of one in a year than it may bear.
  func notes(_ budget: Budget, _ breakdown: Breakdown?) -> [Block] {
    let years = breakdown.map { SourceCapYears($0, budget.ledger).notes } ?? []
    guard !limits.isEmpty else { return years }
    return years
      + FundSplit(budget).groups.compactMap { group in
        guard let left = left(group), left < 0, let limit = limits[group.key] else { return nil }
        let words = FundSplit.words(group.key)
        return .note(
          .warning,
          [
            Span(Text("Of \(words.en) ", zh: "\(words.zh)需 ")), .money(fen: group.tally.total),
            Span(" are needed, ", zh: "，超出额度 "), .money(fen: -left),
            Span(" above its limit of ", zh: "（额度 "), .money(fen: limit), Span(".", zh: "）。"),
          ])
      }
  }
}
