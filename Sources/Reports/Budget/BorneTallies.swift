// What sources of money bear of the measures of whose payments that is told one by one. Knows nothing of shares.

import Engine
import Reckoning

/// Sums of what sources bear, by measure.
struct BorneTallies {
  private var parts: [Int: [(key: String, tally: Tally)]] = [:]

  init(_ ledger: Ledger) {
    for key in ledger.borneKeys {
      for line in Budget(ledger.borne(by: key)).lines { parts[line.measure, default: []].append((key, line.tally)) }
    }
  }

  /// What a measure's payments come to by source, in parts that add up to it: what is not told one by one by the
  /// shares.
  func parts(of line: Budget.Line, _ budget: Budget) -> [(key: String, tally: Tally)] {
    let measure = budget.measure(line)
    guard let own = parts[line.measure] else { return FundSplit.parts(of: line.tally, measure, budget.ledger) }
    let rest = line.tally.without(own.map(\.tally))
    return own + (rest.isEmpty ? [] : FundSplit.parts(of: rest, measure, budget.ledger))
  }
}

/// The same in groups of another key.
struct BorneCells {
  private struct Cell: Hashable {
    let measure: String
    let column: String
  }

  private var parts: [Cell: [(key: String, tally: Tally)]] = [:]

  /// - Parameter keys: the measures, and the other key.
  init(_ ledger: Ledger, by keys: [GroupKey]) {
    for key in ledger.borneKeys {
      guard let cross = Breakdown(Budget(ledger.borne(by: key)), by: keys).cross else { continue }
      for (row, group) in zip(cross.cells, cross.rows) {
        for (tally, column) in zip(row, cross.columns) {
          guard let tally else { continue }
          parts[Cell(measure: group.key, column: column.key), default: []].append((key, tally))
        }
      }
    }
  }

  /// What sources bear of a measure's payments in a group; none where it is not told one by one.
  func parts(_ measure: String, _ column: String) -> [(key: String, tally: Tally)] {
    parts[Cell(measure: measure, column: column)] ?? []
  }
}

extension Tally {
  /// What is not among some parts of its amounts; no payments where there are parts, since each counts with them.
  func without(_ parts: [Tally]) -> Tally {
    if parts.isEmpty { return self }
    var rest = parts.reduce(self) { $0.less($1) }
    rest.payments = 0
    return rest
  }
}
