// What a ledger comes to in each of some years, measure by measure. Knows nothing of how the facts came about.

import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Amounts by year and measure.
package struct YearlyAmounts: Sendable {
  /// The years, without a gap.
  package let years: ClosedRange<Int>
  /// The programme's measures.
  package let measures: [CheckedMeasure]
  /// Fen, by measure and then by year.
  package private(set) var amounts: [[Int64]]
  /// What accrues after the last year, by measure (fen).
  package private(set) var later: [Int64]

  /// Adds up what is due and pending by the year in which it accrues.
  package init(_ ledger: Ledger, _ years: ClosedRange<Int>) {
    self.years = years
    measures = ledger.measures
    amounts = ledger.measures.map { _ in years.map { _ in 0 } }
    later = ledger.measures.map { _ in 0 }
    let ends = years.map { Day.clamped(year: $0, month: 12, day: 31).number }
    let first = Day.clamped(year: years.lowerBound, month: 1, day: 1).number
    for block in ledger.blocks {
      let dates = block.dates
      for i in dates.indices where dates[i] >= first && (block.standings.isEmpty || block.standing(i).isInTotal) {
        if let year = ends.firstIndex(where: { dates[i] <= $0 }) {
          amounts[block.measure][year] = Amounts.add(amounts[block.measure][year], block.amount(i))
        } else {
          later[block.measure] = Amounts.add(later[block.measure], block.amount(i))
        }
      }
    }
  }

  /// Takes a year from another run over the same measures; with the last year what accrues after it.
  package mutating func take(_ year: Int, from other: YearlyAmounts) {
    let place = year - years.lowerBound
    for i in amounts.indices { amounts[i][place] = other.amounts[i][place] }
    if year == years.upperBound { later = other.later }
  }

  /// What accrues after the last year (fen).
  package var laterTotal: Int64 { later.reduce(0) { Amounts.add($0, $1) } }

  /// What each year comes to (fen).
  package var totals: [Int64] {
    (0..<years.count).map { place in amounts.reduce(Int64(0)) { Amounts.add($0, $1[place]) } }
  }
}
