// What each source of money bears of payments, where the cap of a source decides it: of all others the shares of their
// measure tell it. Knows nothing of caps.
import Diagnostics
import PolicyLanguage
import Reckoning

/// What each source bears of some payments, in columns.
package struct BorneParts: Sendable {
  /// The key of what is left, or too much, where shares have been set so that they do not come to the whole.
  package static let uncovered = "(not covered)"

  /// What a key is called.
  package static func words(_ key: String) -> Text {
    if key == uncovered { return Text("not covered by the shares", zh: "比例合计与 100% 之差") }
    return Fund(rawValue: key)?.words ?? .same(key)
  }

  /// The sources by their words in rules, then what shares do not cover.
  package let keys: [String]
  /// Fen, for each source those of each payment; together the payment's amount.
  package var fen: [[Int64]]
  /// What of it came from sources that had reached their caps, likewise; empty where nothing did.
  var passed: [[Int64]] = []

  /// The fen of a source; nil where it bears nothing of any payment.
  package func column(_ key: String) -> [Int64]? { keys.firstIndex(of: key).map { fen[$0] } }

  /// An amount in shares: each rounded towards nought, and of the fen left over the largest remainders get one each,
  /// of equal ones the first.
  ///
  /// - Parameters:
  ///   - amount: fen.
  ///   - shares: parts of the whole, which come to it.
  ///   - whole: hundred-millionths, if nothing else is said.
  /// - Returns: one for each share, together the amount.
  package static func apportioned(
    _ amount: Int64, _ shares: [Int64], of whole: Int64 = CheckedFund.whole
  ) -> [Int64] {
    Invariant.holds(
      shares.reduce(0, +) == whole, "shares-whole: an amount is split over shares that come to the whole")
    let whole = Int128(whole)
    var parts: [Int64] = []
    var remainders: [(index: Int, size: Int128)] = []
    for (i, share) in shares.enumerated() {
      let (quotient, remainder) = (Int128(amount) * Int128(share)).quotientAndRemainder(dividingBy: whole)
      parts.append(Int64(quotient))
      remainders.append((i, Int128(remainder.magnitude)))
    }
    var left = amount - parts.reduce(0, +)
    if left == 0 { return parts }
    let order = remainders.sorted { a, b in a.size != b.size ? a.size > b.size : a.index < b.index }
    var next = 0
    while left != 0 {
      parts[order[next % order.count].index] += left.signum()
      left -= left.signum()
      next += 1
    }
    return parts
  }

  /// An amount taken from parts in the measure of their sizes, from none more than it has.
  ///
  /// - Parameters:
  ///   - amount: fen, no more than the parts come to.
  ///   - parts: fen, none below nought.
  /// - Returns: one for each part, together the amount.
  static func taken(_ amount: Int64, from parts: [Int64]) -> [Int64] {
    let whole = parts.reduce(Int64(0), +)
    Invariant.holds(
      amount >= 0 && amount <= whole, "taken-of-borne: no more is taken back from sources than they have borne")
    return whole == 0 ? parts : apportioned(amount, parts, of: whole)
  }

  /// The parts of payments of which another amount counts: what is rounded is a payment's parts added up, so that they
  /// come to what the whole is rounded to.
  /// - Parameter rounded: what counts of an amount, nought of nought.
  func counted(_ rounded: (Int64) -> Int64) -> BorneParts {
    var out = self
    var sums = [Int64](repeating: 0, count: fen.first?.count ?? 0)
    for k in keys.indices {
      for i in sums.indices {
        let before = rounded(sums[i])
        sums[i] += fen[k][i]
        out.fen[k][i] = rounded(sums[i]) - before
      }
    }
    // Of its part no more came from others than the part is.
    for k in passed.indices {
      for i in passed[k].indices { out.passed[k][i] = min(rounded(passed[k][i]), out.fen[k][i]) }
    }
    return out
  }
}

extension CheckedDocument {
  /// The sources of a measure's money with their shares in hundred-millionths, which come to the whole: what they do
  /// not cover, or too much of it, stands last; nil: nobody says where the money comes from.
  package func borneShares(of measure: CheckedMeasure, _ settings: RunSettings) -> [(key: String, share: Int64)]? {
    guard let funds = funds(of: measure) else { return nil }
    var shares = funds.inForce(settings.parameters).map { (key: $0.fund.rawValue, share: $0.share) }
    let sum = shares.reduce(Int64(0)) { $0 + $1.share }
    if sum != CheckedFund.whole { shares.append((BorneParts.uncovered, CheckedFund.whole - sum)) }
    return shares
  }
}

extension Ledger {
  /// The sources of which something is borne of payments one by one, by their keys; none where shares tell all.
  package var borneKeys: [String] {
    var keys: [String] = []
    for key in blocks.flatMap({ $0.borne?.keys ?? [] }) where !keys.contains(key) { keys.append(key) }
    return keys
  }

  /// A ledger of nothing but what a source bears of payments of which that is told one by one.
  package func borne(by key: String) -> Ledger {
    var ledger = self
    ledger.blocks = blocks.compactMap { block in block.borne?.column(key).flatMap { block.borne($0) } }
    (ledger.unpriced, ledger.undetermined, ledger.elsewhere) = ([], [], [])
    return ledger
  }
}

extension PaymentBlock {
  /// The payments of which there is a part, at these parts; nil where there is none.
  fileprivate func borne(_ parts: [Int64]) -> PaymentBlock? {
    let rows = parts.indices.filter { parts[$0] != 0 }
    if rows.isEmpty { return nil }
    func some<T>(_ column: [T]) -> [T] { column.isEmpty ? [] : rows.map { column[$0] } }
    let block = PaymentBlock(
      measure: measure, clause: clause, beneficiarySpace: beneficiarySpace, subjectSpace: subjectSpace,
      beneficiaries: some(beneficiaries), subjects: some(subjects), years: some(years), dates: some(dates),
      amounts: some(parts), isUpperBound: isUpperBound, low: nil, frames: some(frames))
    block.standings = some(standings)
    block.displacedBy = some(displacedBy)
    return block
  }
}
