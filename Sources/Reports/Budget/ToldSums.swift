// Payments as another engine has added them up: by measure and clause, by month, by beneficiary. Knows nothing of that
// engine.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// Sums of payments that are somewhere else.
package struct ToldSums: Sendable {
  /// What one measure pays in one month.
  private struct Month {
    /// The measure's id.
    let measure: String
    /// Months since the year nought.
    let ordinal: Int
    /// What it comes to.
    let tally: Tally
  }

  private struct Clause {
    var tally = Tally()
    var isUpperBound = false
    var low: Int64?
  }

  private var clauses: [String: [Int: Clause]] = [:]
  /// Different ones among those that a measure pays, by its id.
  package var payees: [String: Int] = [:]
  /// In no particular order.
  private var months: [Month] = []
  /// What everybody is paid, by id; nil: it was not asked for.
  package var beneficiaries: [String: Tally]?

  /// No payments.
  package init() {}

  /// Adds payments of a clause.
  /// - Parameters:
  ///   - low: fen at the low end of its range; nil where it has none.
  package mutating func add(_ tally: Tally, measure: String, clause: Int, isUpperBound: Bool, low: Int64?) {
    clauses[measure, default: [:]][clause, default: Clause()].tally.add(tally)
    clauses[measure]?[clause]?.isUpperBound = isUpperBound
    clauses[measure]?[clause]?.low = low
  }

  /// Adds payments of a month.
  package mutating func add(_ tally: Tally, measure: String, year: Int, month: Int) {
    months.append(Month(measure: measure, ordinal: year * 12 + month - 1, tally: tally))
  }

  /// The lines of a budget, as they are found of a ledger that has its payments.
  func lines(of ledger: Ledger) -> [Budget.Line] {
    var lines: [Budget.Line] = []
    for (index, measure) in ledger.measures.enumerated() {
      guard let own = clauses[measure.id] else { continue }
      var tally = Tally()
      var isUpperBound = false, hasLow = false
      var low: Int64 = 0
      for clause in own.values {
        tally.add(clause.tally)
        guard clause.tally.payments > 0 else { continue }
        if clause.isUpperBound { isUpperBound = true }
        if clause.low != nil { hasLow = true }
        low = Amounts.add(
          low, clause.low.map { Amounts.multiply($0, clause.tally.payments) } ?? clause.tally.total)
      }
      if tally.isEmpty { continue }
      lines.append(
        Budget.Line(
          measure: index, tally: tally, beneficiaries: payees[measure.id, default: 0], isUpperBound: isUpperBound,
          low: hasLow ? low : nil))
    }
    return lines
  }

  /// The groups by month or year; of one measure by its id, or of all.
  func times(months isMonthly: Bool, measure: String?) -> [Breakdown.Group] {
    var groups: [Int: Tally] = [:]
    for month in months where measure == nil || month.measure == measure {
      groups[isMonthly ? month.ordinal : month.ordinal / 12, default: Tally()].add(month.tally)
    }
    return groups.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map {
      Breakdown.Group(key: Breakdown.key($0.key, isMonthly), title: nil, tally: $0.value)
    }
  }

  /// The groups by beneficiary.
  var byBeneficiary: [Breakdown.Group] {
    let all = Invariant.value(
      beneficiaries, "beneficiaries-told: who asks by beneficiary has asked the engine for them")
    return Breakdown.byLargest(all)
  }

  /// Everybody whose total differs between two sums, in no particular order.
  static func changes(_ first: ToldSums, _ second: ToldSums) -> [Comparison.Change] {
    let why = "beneficiaries-told: who compares has asked the engine for beneficiaries"
    let (a, b) = (Invariant.value(first.beneficiaries, why), Invariant.value(second.beneficiaries, why))
    return Set(a.keys).union(b.keys).compactMap { name in
      let (before, after) = (a[name, default: Tally()].total, b[name, default: Tally()].total)
      return before == after ? nil : Comparison.Change(beneficiary: name, before: before, after: after)
    }
  }
}

extension Tally {
  /// So many payments of one standing.
  /// - Parameter fen: what they come to.
  package init(_ standing: Standing, isDue: Bool, payments: Int, fen: Int64) {
    self.init()
    add(fen, standing.rawValue, isDue: isDue)
    self.payments = standing == .paid ? payments : 0
  }
}
