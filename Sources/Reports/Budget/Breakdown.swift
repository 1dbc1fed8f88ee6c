// A budget taken apart along one dimension: by measure, kind, year, month, beneficiary or fund, or by a fact. Knows
// nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// What a budget is taken apart by.
package enum Dimension: String, Sendable, CaseIterable {
  case measure
  case kind
  case year
  case month
  case beneficiary
  /// Where the money comes from: a payment is split between its sources.
  case fund
}

/// A budget in groups.
package struct Breakdown: Sendable {
  /// One line of the breakdown.
  package struct Group: Sendable {
    /// What other programs call it: `changle-2022.agency_reward`, `2024-06`, an id.
    package let key: String
    /// What people call it, where that is another thing.
    package let title: Text?
    /// What the group comes to.
    package var tally: Tally
    /// Where it stands among others of itself; nil: by what it comes to.
    var rank: Int64?
    /// Where two keys cross, the names of both groups; else none.
    package var parts: [String] = []
  }

  /// Two keys that cross.
  package struct Cross: Sendable {
    /// The groups of the first key.
    package let rows: [Group]
    /// The groups of the second.
    package let columns: [Group]
    /// What both have in common, row by row; nil: nothing.
    package let cells: [[Tally?]]
  }

  /// What a budget may be taken apart by.
  package enum Basis: Sendable, Hashable {
    case dimension(Dimension)
    /// Facts and dimensions, one or two, by their names.
    case keys([GroupName])
  }

  /// What a key is called.
  package struct GroupName: Sendable, Hashable {
    /// By programs.
    package let name: String
    /// By people.
    package let title: Text
  }

  /// What it was taken apart by.
  package let basis: Basis
  /// Measures and kinds in the order of the programme, years and months as they follow, beneficiaries by the largest
  /// total; values of a fact in their own order where they have one, else by the largest total.
  package let groups: [Group]
  /// The same where two keys cross, with the sums of both; nil where there is one key.
  package let cross: Cross?

  init(basis: Basis, groups: [Group], cross: Cross? = nil) {
    self.basis = basis
    self.groups = groups
    self.cross = cross
  }

  /// Takes a budget apart.
  package init(_ budget: Budget, by dimension: Dimension) {
    basis = .dimension(dimension)
    cross = nil
    switch dimension {
    case .measure:
      groups = budget.lines.map {
        let measure = budget.measure($0)
        return Group(key: measure.id, title: measure.title, tally: $0.tally)
      }
    case .kind: groups = Breakdown.kinds(budget)
    case .year: groups = Breakdown.times(budget, months: false)
    case .month: groups = Breakdown.times(budget, months: true)
    case .beneficiary: groups = budget.told?.byBeneficiary ?? Breakdown.beneficiaries(budget.ledger)
    case .fund: groups = FundSplit(budget).groups
    }
  }

  private static func kinds(_ budget: Budget) -> [Group] {
    var order: [String: Int] = [:]
    var groups: [Group] = []
    for line in budget.lines {
      let measure = budget.measure(line)
      if let i = order[measure.kind] {
        groups[i].tally.add(line.tally)
      } else {
        order[measure.kind] = groups.count
        groups.append(Group(key: measure.kind, title: measure.kindWords, tally: line.tally))
      }
    }
    return groups
  }

  // MARK: Time

  /// By the accrual date's year or month; of one measure, by its index, or of all.
  static func times(_ budget: Budget, months: Bool, measure: Int? = nil) -> [Group] {
    let ledger = budget.ledger
    if let told = budget.told { return told.times(months: months, measure: measure.map { ledger.measures[$0].id }) }
    var first = Int32.max
    var last = Int32.min
    let blocks = ledger.blocks.filter { measure == nil || $0.measure == measure }
    for block in blocks {
      let dates = block.dates
      if let low = dates.min(), let high = dates.max() {
        first = min(first, low)
        last = max(last, high)
      }
    }
    guard first <= last else { return [] }
    // The calendar is asked once for each day there is, not once for each payment.
    let width = Int(last) - Int(first)
    let origin = ordinal(first, months)
    let slots = ordinal(last, months) - origin + 1
    let table: [Int32] =
      width <= 400_000 ? (0...width).map { Int32(truncatingIfNeeded: ordinal(first + Int32($0), months) - origin) } : []
    var tallies = Array(repeating: Tally(), count: max(slots, 1))
    for block in blocks {
      let lastDue = ledger.lastDue ?? .max
      let dates = block.dates
      for i in dates.indices {
        let date = dates[i]
        let slot = table.isEmpty ? ordinal(date, months) - origin : Int(table[Int(date) - Int(first)])
        tallies[slot].add(block.amount(i), block.standings.isEmpty ? 0 : block.standings[i], isDue: date <= lastDue)
      }
    }
    return tallies.enumerated().compactMap { slot, tally in
      tally.isEmpty ? nil : Group(key: key(origin + slot, months), title: nil, tally: tally)
    }
  }

  private static func ordinal(_ day: Int32, _ months: Bool) -> Int {
    let (year, month, _) = Day(number: day).parts
    return months ? year * 12 + month - 1 : year
  }

  static func key(_ ordinal: Int, _ months: Bool) -> String {
    guard months else { return String(ordinal) }
    let month = ordinal % 12 + 1
    return "\(ordinal / 12)-" + (month < 10 ? "0" : "") + String(month)
  }

  // MARK: Beneficiaries

  private static func beneficiaries(_ ledger: Ledger) -> [Group] {
    var spaces: [Space: [Tally]] = [:]
    for block in ledger.blocks where block.count > 0 {
      var tallies =
        spaces.removeValue(forKey: block.beneficiarySpace)
        ?? Array(repeating: Tally(), count: ledger.size(of: block.beneficiarySpace))
      let lastDue = ledger.lastDue ?? .max
      let ids = block.beneficiaries, dates = ledger.lastDue == nil ? [] : block.dates
      for i in ids.indices {
        let id = Int(ids[i])
        Invariant.holds(tallies.indices.contains(id), "payees-in-facts: every payment goes to somebody in the facts.")
        tallies[id].add(
          block.amount(i), block.standings.isEmpty ? 0 : block.standings[i], isDue: dates.isEmpty || dates[i] <= lastDue
        )
      }
      spaces[block.beneficiarySpace] = tallies
    }
    var byName: [String: Tally] = [:]
    for (space, tallies) in spaces {
      for (id, tally) in tallies.enumerated() where !tally.isEmpty {
        byName[ledger.name(Int32(truncatingIfNeeded: id), in: space), default: Tally()].add(tally)
      }
    }
    return byLargest(byName)
  }

  /// A group for each, by the largest total.
  static func byLargest(_ byName: [String: Tally]) -> [Group] {
    byName.map { Group(key: $0.key, title: nil, tally: $0.value) }.sorted { a, b in
      a.tally.total != b.tally.total
        ? a.tally.total > b.tally.total : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }
  }
}
