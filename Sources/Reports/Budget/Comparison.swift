// Budgets side by side: rows of one dimension with an amount for each programme, who gains and who loses, and what
// each programme could not know. Differences are taken against the first column. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Several programmes costed over the same facts.
package struct Comparison: Sendable {
  /// One programme.
  package struct Column: Sendable {
    /// As it was asked for: `changle-2022 + jindong-2021`.
    package let name: String
    /// What it costs.
    package let budget: Budget

    /// A programme under a name.
    package init(name: String, budget: Budget) {
      self.name = name
      self.budget = budget
    }
  }

  /// One group of the dimension under every programme.
  package struct Row: Sendable {
    /// What other programs call it, as in `Breakdown.Group`.
    package let key: String
    /// What people call it, where that is another thing.
    package let title: Text?
    /// What is paid under each column (fen); nil where the column has nothing of the kind.
    package let totals: [Int64?]
    /// Where two keys cross, the names of both groups.
    package let parts: [String]
  }

  /// A beneficiary who gets another sum than under the first column.
  package struct Change: Sendable {
    /// The beneficiary's id.
    package let beneficiary: String
    /// What they get under the first column (fen).
    package let before: Int64
    /// What they get under the other (fen).
    package let after: Int64

    /// What they gain; below zero what they lose (fen).
    package var difference: Int64 { Amounts.add(after, -before) }

    /// The order of telling: the largest change first, then by id.
    static func isLarger(_ a: Change, _ b: Change) -> Bool {
      let (x, y) = (a.difference.magnitude, b.difference.magnitude)
      return x != y ? x > y : a.beneficiary.utf8.lexicographicallyPrecedes(b.beneficiary.utf8)
    }
  }

  /// What the rows are.
  package let basis: Breakdown.Basis
  /// In the order in which they were asked for; differences are taken against the first.
  package let columns: [Column]
  /// One for each column.
  let breakdowns: [Breakdown]
  /// In the order of the first breakdown that has them; times as they follow, beneficiaries by the largest difference.
  package let rows: [Row]

  /// Puts budgets side by side.
  package init(_ columns: [Column], by dimension: Dimension) {
    self.init(columns, by: .dimension(dimension)) { Breakdown($0, by: dimension) }
  }

  /// Puts budgets side by side, by one key or by two that cross.
  package init(_ columns: [Column], by keys: [GroupKey]) {
    let names = keys.map { Breakdown.GroupName(name: $0.name, title: $0.title) }
    if keys.count == 1, case .dimension(let dimension) = keys[0].source {
      self.init(columns, by: dimension)
    } else {
      self.init(columns, by: .keys(names)) { Breakdown($0, by: keys) }
    }
  }

  private init(_ columns: [Column], by basis: Breakdown.Basis, _ breakdown: (Budget) -> Breakdown) {
    self.columns = columns
    self.basis = basis
    breakdowns = columns.map { breakdown($0.budget) }
    rows = Comparison.rows(breakdowns, basis)
  }

  private static func rows(_ breakdowns: [Breakdown], _ basis: Breakdown.Basis) -> [Row] {
    var order: [String: Int] = [:]
    var keys: [(key: String, title: Text?, parts: [String], rank: Int64?)] = []
    var totals: [[Int64?]] = []
    for (column, breakdown) in breakdowns.enumerated() {
      for group in breakdown.groups {
        let row = order[group.key] ?? keys.count
        if row == keys.count {
          order[group.key] = row
          keys.append((group.key, group.title, group.parts, group.rank))
          totals.append(Array(repeating: nil, count: breakdowns.count))
        }
        totals[row][column] = group.tally.total
      }
    }
    let rows = zip(keys, totals).map { Row(key: $0.key, title: $0.title, totals: $1, parts: $0.parts) }
    switch basis {
    case .dimension(.measure), .dimension(.kind), .dimension(.fund): return rows
    case .dimension(.year), .dimension(.month):
      return rows.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    case .keys(let names):
      // Pairs stand as the first column has them: their numbers hang on the groups that a column has.
      guard names.count == 1 else { return rows }
      return rows.indices.sorted { i, j in
        let (a, b) = (keys[i].rank ?? 0, keys[j].rank ?? 0)
        return a != b ? a < b : i < j
      }.map { rows[$0] }
    case .dimension(.beneficiary):
      return rows.enumerated().sorted { a, b in
        let (x, y) = (spread(a.element), spread(b.element))
        return x != y ? x > y : a.offset < b.offset
      }.map(\.element)
    }
  }

  /// How far the columns of a row lie apart.
  private static func spread(_ row: Row) -> Int64 {
    let paid = row.totals.compactMap(\.self)
    guard var least = paid.min(), var greatest = paid.max() else {
      Invariant.broken("rows-in-columns: a row stands in a comparison because some column has it.")
    }
    // Who does not stand in a column gets nothing there.
    if paid.count < row.totals.count { (least, greatest) = (min(least, 0), max(greatest, 0)) }
    return Amounts.add(greatest, -least)
  }

  /// The difference of a column against the first (fen).
  package func difference(_ column: Int) -> Int64 {
    Amounts.add(columns[column].budget.sum.total, -columns[0].budget.sum.total)
  }

  /// The gap between the first column and another, split over measures: a measure that both have counts with the
  /// difference of its totals, another with its whole total. The parts add up to the gap whatever the order.
  package func split(_ column: Int) -> [(measure: CheckedMeasure, part: Int64)] {
    let (first, other) = (columns[0].budget, columns[column].budget)
    var order: [String: Int] = [:]
    var parts: [(measure: CheckedMeasure, part: Int64)] = []
    func add(_ budget: Budget, sign: Int64) {
      for line in budget.lines {
        let measure = budget.measure(line)
        let amount = sign * line.tally.total
        if let i = order[measure.id] {
          parts[i].part = Amounts.add(parts[i].part, amount)
        } else {
          order[measure.id] = parts.count
          parts.append((measure, amount))
        }
      }
    }
    add(first, sign: -1)
    add(other, sign: 1)
    return parts.filter { $0.part != 0 }
  }

  /// Who gains and who loses under a column against the first; each by the largest change first.
  package func changes(_ column: Int) -> (gain: [Change], lose: [Change]) {
    guard column > 0 else { return ([], []) }
    let (first, other) = (columns[0].budget, columns[column].budget)
    let changes: [Change]
    if let a = first.told, let b = other.told {
      changes = ToldSums.changes(a, b)
    } else {
      changes = BeneficiaryTotals.changes(first.ledger, other.ledger)
    }
    let sorted = changes.sorted(by: Change.isLarger)
    return (sorted.filter { $0.difference > 0 }, sorted.filter { $0.difference < 0 })
  }
}
