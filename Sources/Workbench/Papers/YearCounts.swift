// How many payments a measure makes in a year, and to how many. Knows nothing of papers.

import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports

/// Payments and beneficiaries by measure and year.
struct YearCounts {
  /// What one measure pays in one year.
  struct Count {
    fileprivate(set) var payments = 0
    fileprivate(set) var fen: Int64 = 0
    fileprivate var who: [Space: Set<Int32>] = [:]
    /// Different ones, counted.
    fileprivate(set) var beneficiaries = 0
  }

  private var counts: [String: [Int: Count]] = [:]

  init(_ ledger: Ledger) {
    for part in PaymentList(ledger).parts {
      let space = part.block.beneficiarySpace
      for row in 0..<part.count {
        let standing = part.standing(row)
        guard standing.isInTotal else { continue }
        let year = Day(number: part.dates[row]).year
        var count = counts[part.measure.id]?[year] ?? Count()
        // Taken out while it is changed, so that it is not copied.
        counts[part.measure.id]?[year] = nil
        count.fen = Amounts.add(count.fen, part.amount(row))
        if standing == .paid {
          count.payments += 1
          count.who[space, default: []].insert(part.beneficiaries[row])
        }
        counts[part.measure.id, default: [:]][year] = count
      }
    }
    for (measure, years) in counts {
      for (year, count) in years {
        counts[measure]?[year]?.beneficiaries = ledger.different(count.who)
      }
    }
  }

  /// All years in which anything is paid, in order.
  var years: [Int] { Set(counts.values.flatMap(\.keys)).sorted() }

  /// What a measure pays in a year.
  func count(_ measure: String, _ year: Int) -> Count { counts[measure]?[year] ?? Count() }

  /// What all measures pay in a year, fen.
  func sum(_ year: Int) -> Int64 { counts.values.reduce(0) { Amounts.add($0, $1[year]?.fen ?? 0) } }
}

extension Ledger {
  /// How many different ones there are: equal ids in different lists are one beneficiary.
  func different(_ who: [Space: Set<Int32>]) -> Int {
    who.count == 1
      ? who.first?.value.count ?? 0
      : Set(who.flatMap { space, ids in ids.map { name($0, in: space) } }).count
  }
}
