// Budgets side by side: rows of one dimension with an amount for each programme, who gains and who loses, and what
// each programme could not know. Differences are taken against the first column. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage

/// Several programmes costed over the same facts.
public struct Comparison: Sendable {
  /// One programme.
  public struct Column: Sendable {
    /// As it was asked for: `changle-2022 + jindong-2021`.
    public let name: String
    public let budget: Budget

    public init(name: String, budget: Budget) {
      self.name = name
      self.budget = budget
    }
  }

  public struct Row: Sendable {
    public let key: String
    public let title: Text?
    /// What is paid under each column (fen); nil where the column has nothing of the kind.
    public let totals: [Int64?]
  }

  /// A beneficiary who gets another sum than under the first column.
  public struct Change: Sendable {
    public let beneficiary: String
    /// Fen, under the first column and under the other.
    public let before: Int64
    public let after: Int64

    public var difference: Int64 { Amounts.add(after, -before) }

    /// The order of telling: the largest change first, then by id.
    static func isLarger(_ a: Change, _ b: Change) -> Bool {
      let (x, y) = (a.difference.magnitude, b.difference.magnitude)
      return x != y ? x > y : a.beneficiary.utf8.lexicographicallyPrecedes(b.beneficiary.utf8)
    }
  }

  public let dimension: Dimension
  public let columns: [Column]
  public let breakdowns: [Breakdown]
  public let rows: [Row]

  public init(_ columns: [Column], by dimension: Dimension) {
    self.columns = columns
    self.dimension = dimension
    breakdowns = columns.map { Breakdown($0.budget, by: dimension) }
    rows = Comparison.rows(breakdowns, dimension)
  }

  private static func rows(_ breakdowns: [Breakdown], _ dimension: Dimension) -> [Row] {
    var order: [String: Int] = [:]
    var keys: [(key: String, title: Text?)] = []
    var totals: [[Int64?]] = []
    for (column, breakdown) in breakdowns.enumerated() {
      for group in breakdown.groups {
        let row = order[group.key] ?? keys.count
        if row == keys.count {
          order[group.key] = row
          keys.append((group.key, group.title))
          totals.append(Array(repeating: nil, count: breakdowns.count))
        }
        totals[row][column] = group.tally.total
      }
    }
    let rows = zip(keys, totals).map { Row(key: $0.key, title: $0.title, totals: $1) }
    switch dimension {
    case .measure, .kind: return rows
    case .year, .month:
      return rows.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    case .beneficiary:
      return rows.enumerated().sorted { a, b in
        let (x, y) = (spread(a.element), spread(b.element))
        return x != y ? x > y : a.offset < b.offset
      }.map(\.element)
    }
  }

  /// How far the columns of a row lie apart.
  private static func spread(_ row: Row) -> Int64 {
    let totals = row.totals.map { $0 ?? 0 }
    return Amounts.add(totals.max() ?? 0, -(totals.min() ?? 0))
  }

  /// The difference of a column against the first.
  public func difference(_ column: Int) -> Int64 {
    guard columns.indices.contains(column) else { return 0 }
    return Amounts.add(columns[column].budget.sum.total, -columns[0].budget.sum.total)
  }

  /// The gap between the first column and another, split over measures: a measure that both have counts with the
  /// difference of its totals, another with its whole total. The parts add up to the gap whatever the order.
  public func split(_ column: Int) -> [(measure: CheckedMeasure, part: Int64)] {
    guard columns.indices.contains(column) else { return [] }
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
  public func changes(_ column: Int) -> (gain: [Change], lose: [Change]) {
    guard columns.indices.contains(column), column > 0 else { return ([], []) }
    let changes = BeneficiaryTotals.changes(columns[0].budget.ledger, columns[column].budget.ledger)
    let sorted = changes.sorted(by: Change.isLarger)
    return (sorted.filter { $0.difference > 0 }, sorted.filter { $0.difference < 0 })
  }
}

/// What each beneficiary is paid, without texts as long as possible.
public enum BeneficiaryTotals {
  /// Everybody whose total differs between two ledgers over the same facts, in no particular order.
  public static func changes(_ first: Ledger, _ second: Ledger) -> [Comparison.Change] {
    let (a, b) = (totals(first), totals(second))
    var changed: [String: (Int64, Int64)] = [:]
    let spaces = Set(a.keys).union(b.keys)
    // Equal ids in different lists are one beneficiary, so that with several lists every id has to be looked at.
    let isOne = spaces.count <= 1
    for space in spaces {
      let (x, y) = (a[space] ?? [], b[space] ?? [])
      for id in 0..<max(x.count, y.count) {
        let before = id < x.count ? x[id] : 0
        let after = id < y.count ? y[id] : 0
        if isOne ? before == after : before == 0 && after == 0 { continue }
        let ledger = x.count >= y.count ? first : second
        let name = ledger.name(Int32(truncatingIfNeeded: id), in: space)
        let known = changed[name] ?? (0, 0)
        changed[name] = (Amounts.add(known.0, before), Amounts.add(known.1, after))
      }
    }
    return changed.compactMap { name, sums in
      sums.0 == sums.1 ? nil : Comparison.Change(beneficiary: name, before: sums.0, after: sums.1)
    }
  }

  /// What is paid to each id of each space.
  private static func totals(_ ledger: Ledger) -> [Space: [Int64]] {
    var spaces: [Space: [Int64]] = [:]
    for block in ledger.blocks where block.count > 0 {
      var sums =
        spaces.removeValue(forKey: block.beneficiarySpace)
        ?? Array(repeating: 0, count: ledger.size(of: block.beneficiarySpace))
      let isCounted = block.forEachCount { who, count in
        let id = Int(who)
        if sums.indices.contains(id) { sums[id] = Amounts.add(sums[id], Amounts.multiply(block.amount(0), count)) }
      }
      if !isCounted {
        let ids = block.beneficiaries
        for i in ids.indices where block.standings.isEmpty || block.standings[i] == 0 {
          let id = Int(ids[i])
          if sums.indices.contains(id) { sums[id] = Amounts.add(sums[id], block.amount(i)) }
        }
      }
      spaces[block.beneficiarySpace] = sums
    }
    return spaces
  }
}
