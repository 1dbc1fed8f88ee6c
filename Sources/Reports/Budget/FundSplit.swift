// A budget split over where its money comes from. What each measure comes to is split by the shares in force, so that
// the parts add up to it to the fen. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A budget by source of money.
package struct FundSplit: Sendable {
  /// Money of which no document says where it comes from.
  package static let unstated = "(not stated)"
  /// What is left, or too much, where shares have been set so that they do not come to the whole.
  static let uncovered = BorneParts.uncovered

  /// The sources in the order of `Fund`, then what nobody states, then what shares do not cover. A payment counts with
  /// each source that it draws on.
  package let groups: [Breakdown.Group]
  /// The measures whose shares, as they have been set, do not come to the whole, with what they come to.
  package let uneven: [(measure: CheckedMeasure, share: Int64)]

  package init(_ budget: Budget) {
    var sums: [String: Tally] = [:]
    var uneven: [(measure: CheckedMeasure, share: Int64)] = []
    let borne = BorneTallies(budget.ledger)
    for line in budget.lines {
      let measure = budget.measure(line)
      let sum = FundSplit.shares(of: measure, budget.ledger).reduce(Int64(0)) { $0 + $1.share }
      if sum != CheckedFund.whole { uneven.append((measure, sum)) }
      for (key, tally) in borne.parts(of: line, budget) { sums[key, default: Tally()].add(tally) }
    }
    groups = FundSplit.order.compactMap { key in
      guard let tally = sums[key], !tally.isEmpty else { return nil }
      return Breakdown.Group(key: key, title: FundSplit.words(key), tally: tally)
    }
    self.uneven = uneven
  }

  /// The keys of groups in their order.
  package static let order = Fund.allCases.map(\.rawValue) + [unstated, uncovered]

  /// What a measure's payments come to by source, in parts that add up to it.
  static func parts(of tally: Tally, _ measure: CheckedMeasure, _ ledger: Ledger) -> [(key: String, tally: Tally)] {
    var parts = shares(of: measure, ledger)
    let sum = parts.reduce(Int64(0)) { $0 + $1.share }
    if sum != CheckedFund.whole { parts.append((uncovered, CheckedFund.whole - sum)) }
    return split(tally, parts, by: ledger.documents.first?.currency.decimals == 0 ? 100 : 1)
  }

  /// What a group is called.
  package static func words(_ key: String) -> Text {
    key == unstated ? Text("no source or share stated", zh: "未写明来源或比例") : BorneParts.words(key)
  }

  /// The shares of a measure's sources in hundred-millionths.
  private static func shares(of measure: CheckedMeasure, _ ledger: Ledger) -> [(key: String, share: Int64)] {
    let document = ledger.documents.first { $0.id == measure.document }
    guard let funds = document?.funds(of: measure) else { return [(unstated, CheckedFund.whole)] }
    return funds.inForce(ledger.settings.parameters).map { ($0.fund.rawValue, $0.share) }
  }

  /// A tally in parts that add up to it.
  ///
  /// - Parameter coin: how many hundredths the smallest amount has.
  private static func split(
    _ tally: Tally, _ shares: [(key: String, share: Int64)], by coin: Int64
  ) -> [(key: String, tally: Tally)] {
    var parts = shares.map { ($0.key, Tally()) }
    for path in Tally.amounts {
      let amount = tally[keyPath: path]
      // Whole amounts of a currency without smaller coins are split in whole ones.
      let coin = amount % coin == 0 ? coin : 1
      for (i, part) in BorneParts.apportioned(amount / coin, shares.map(\.share)).enumerated() {
        parts[i].1[keyPath: path] = part * coin
      }
    }
    for (i, one) in shares.enumerated() where one.share != 0 { parts[i].1.payments = tally.payments }
    return parts.map { (key: $0.0, tally: $0.1) }
  }
}
