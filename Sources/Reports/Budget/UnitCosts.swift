// What a budget comes to for each of something: for each beneficiary, for each record that is paid for, for each that a
// measure has counted under a name. And how that spreads. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Yuan for each.
package struct UnitCosts: Sendable {
  /// Of what there is one each.
  package enum Unit: Sendable {
    case beneficiary
    /// Records of a list, by its index.
    case record(Int)
    /// What measures have counted under a name.
    case counted([CountedMembers])
  }

  /// One measure.
  package struct Line: Sendable {
    /// The measure, by its index in the ledger.
    package let measure: Int
    /// How many are paid for.
    package let units: Int
    /// How many are counted at all, whether or not what is asked beside is met; nil: that is no question.
    package let counted: Int?
    /// What the measure pays, less what is taken back (fen).
    package let total: Int64
    /// Fen for each; nil where there is none.
    package var each: Int64? { UnitCosts.each(total, units) }
  }

  /// What one of those who are paid, or are paid for, comes to.
  package struct Share: Sendable {
    package let name: String
    package let units: Int
    /// Fen.
    package let total: Int64
    /// Fen for each of its units.
    package let each: Int64
  }

  package let ledger: Ledger
  package let lines: [Line]
  /// Different ones, whatever measure.
  package let units: Int
  /// What the lines come to (fen).
  package let total: Int64
  /// The dearest first.
  package let shares: [Share]
  private let unit: Unit

  package var each: Int64? { UnitCosts.each(total, units) }

  /// The figures of `shares` for each, summed up; nil where there is none.
  package var spread: UncertaintySummary? { UncertaintySummary(shares.map(\.each), limit: nil) }

  /// Rounded to the fen, half away from nought.
  package static func each(_ total: Int64, _ units: Int) -> Int64? {
    guard units > 0 else { return nil }
    let n = Int64(units)
    let (whole, rest) = total.quotientAndRemainder(dividingBy: n)
    return rest.magnitude * 2 >= n.magnitude ? whole + rest.signum() : whole
  }

  /// Divides a budget by what it is paid for.
  package init(_ budget: Budget, per unit: Unit) {
    ledger = budget.ledger
    self.unit = unit
    var lines: [Line] = []
    var shares: [Share] = []
    switch unit {
    case .beneficiary:
      lines = budget.lines.filter { $0.tally.payments > 0 }.map {
        Line(measure: $0.measure, units: $0.beneficiaries, counted: nil, total: $0.tally.total)
      }
      let groups = Breakdown(budget, by: .beneficiary).groups.filter { $0.tally.payments > 0 }
      shares = groups.map { Share(name: $0.key, units: 1, total: $0.tally.total, each: $0.tally.total) }
      units = shares.count
    case .record(let list):
      (lines, shares) = UnitCosts.records(budget, list)
      units = shares.count
    case .counted(let members):
      var rows: [Int: Set<Int32>] = [:]
      for one in members {
        let total = budget.lines.first { $0.measure == one.measure }?.tally.total ?? 0
        lines.append(Line(measure: one.measure, units: one.rows.count, counted: one.counted, total: total))
        rows[one.list, default: []].formUnion(one.rows)
        shares += UnitCosts.shares(one, budget.ledger)
      }
      units = rows.values.reduce(0) { $0 + $1.count }
    }
    self.lines = lines
    total = lines.reduce(0) { Amounts.add($0, $1.total) }
    self.shares = shares.sorted { a, b in
      a.each != b.each ? a.each > b.each : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
  }

  /// The payments for each record of a list, less what is taken back: as what is paid for or, where that is another
  /// list's, as who is paid.
  private static func records(_ budget: Budget, _ list: Int) -> ([Line], [Share]) {
    let ledger = budget.ledger
    let size = ledger.dataset.tables[list].count
    var totals = [Int64](repeating: 0, count: size)
    var all = BitMap(size: size)
    var lines: [Line] = []
    for line in budget.lines {
      var map = BitMap(size: size)
      var total: Int64 = 0
      for block in ledger.blocks where block.measure == line.measure && block.count > 0 {
        guard let rows = rows(of: block, in: list) else { continue }
        for i in rows.indices where block.standing(i).isInTotal {
          let row = Int(rows[i])
          totals[row] = Amounts.add(totals[row], block.amount(i))
          total = Amounts.add(total, block.amount(i))
          // Nothing is taken back but of what was paid: the record is there already.
          map.insert(row)
          all.insert(row)
        }
      }
      if map.count > 0 { lines.append(Line(measure: line.measure, units: map.count, counted: nil, total: total)) }
    }
    var shares: [Share] = []
    all.forEach { row in
      let name = ledger.name(Int32(truncatingIfNeeded: row), in: .list(list))
      shares.append(Share(name: name, units: 1, total: totals[row], each: totals[row]))
    }
    return (lines, shares)
  }

  private static func rows(of block: PaymentBlock, in list: Int) -> [Int32]? {
    if case .list(list) = block.subjectSpace { return block.subjects }
    if case .list(list) = block.beneficiarySpace { return block.beneficiaries }
    return nil
  }

  /// What each of those who count is paid for each that is counted; none where others are paid.
  private static func shares(_ members: CountedMembers, _ ledger: Ledger) -> [Share] {
    var totals: [Int32: Int64] = [:]
    for block in ledger.blocks where block.measure == members.measure && block.beneficiarySpace == members.space {
      let who = block.beneficiaries
      for i in who.indices where block.standing(i).isInTotal {
        totals[who[i]] = Amounts.add(totals[who[i], default: 0], block.amount(i))
      }
    }
    return members.byRecord.compactMap { record, units in
      guard let total = totals[record], let each = each(total, units) else { return nil }
      return Share(name: ledger.name(record, in: members.space), units: units, total: total, each: each)
    }
  }

  // MARK: In groups

  /// What is paid for those of one group, and how many they are.
  package struct Group: Sendable {
    /// How many are paid for.
    package var units = 0
    /// What is paid for them, less what is taken back (fen): other payments of the group have no part in it.
    package var total: Int64 = 0
    /// Fen for each; nil where there is none.
    package var each: Int64? { UnitCosts.each(total, units) }
  }

  /// How many there are in each group of a budget by one key, and what is paid for them; nil where what is counted has
  /// no such fact.
  package func groups(by key: GroupKey) -> [String: Group]? {
    let codes = GroupCodes(key, of: ledger.dataset)
    var pairs: Set<Pair> = []
    // How many codes there are is known when all payments have theirs.
    var totals: [Int: Int64] = [:]
    func add(_ block: PaymentBlock, _ found: BlockCodes) {
      for i in 0..<block.count where block.standing(i).isInTotal {
        totals[found[i]] = Amounts.add(totals[found[i], default: 0], block.amount(i))
      }
    }
    switch unit {
    case .counted(let members):
      for one in members {
        let list = ledger.dataset.tables[one.list].declaration
        guard codes.has(list) else { return nil }
        for (row, code) in zip(one.rows, codes.codes(one.rows, of: list)) {
          pairs.insert(Pair(code: code, space: .list(one.list), unit: row))
        }
      }
      let measures = Set(members.map(\.measure))
      for block in ledger.blocks where block.count > 0 && measures.contains(block.measure) {
        add(block, BlockCodes(block, codes, ledger))
      }
    case .beneficiary, .record:
      for block in ledger.blocks where block.count > 0 {
        let space: Space
        let units: [Int32]
        if case .record(let list) = unit {
          guard let rows = UnitCosts.rows(of: block, in: list) else { continue }
          (space, units) = (.list(list), rows)
        } else {
          (space, units) = (block.beneficiarySpace, block.beneficiaries)
        }
        let found = BlockCodes(block, codes, ledger)
        for i in units.indices where block.standing(i) == .paid {
          pairs.insert(Pair(code: Int32(truncatingIfNeeded: found[i]), space: space, unit: units[i]))
        }
        add(block, found)
      }
    }
    var counts: [Int64?] = Array(repeating: nil, count: codes.count)
    for pair in pairs { counts[Int(pair.code)] = (counts[Int(pair.code)] ?? 0) + 1 }
    for code in totals.keys { counts[code] = counts[code] ?? 0 }
    let named = NamedGroups(codes, ledger: ledger, dataset: ledger.dataset, weights: counts)
    var out: [String: Group] = [:]
    for (code, count) in counts.enumerated() {
      guard let count, let group = named.groups[code] else { continue }
      var found = out[named.names[group].key] ?? Group()
      found.units += Int(count)
      found.total = Amounts.add(found.total, totals[code] ?? 0)
      out[named.names[group].key] = found
    }
    return out
  }

  private struct Pair: Hashable {
    let code: Int32
    let space: Space
    let unit: Int32
  }
}
