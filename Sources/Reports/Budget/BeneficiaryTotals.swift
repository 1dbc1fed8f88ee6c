// What each beneficiary is paid under two ledgers over the same facts. Knows nothing of why.

import Engine
import Facts
import Reckoning

/// What each beneficiary is paid under a ledger, without texts as long as possible.
struct BeneficiaryTotals {
  private let ledger: Ledger
  /// What is paid to each id of each space.
  private let spaces: [Space: [Int64]]

  init(_ ledger: Ledger) {
    self.ledger = ledger
    spaces = BeneficiaryTotals.totals(ledger)
  }

  /// Everybody whose total differs between two ledgers over the same facts, in no particular order.
  static func changes(_ first: Ledger, _ second: Ledger) -> [Comparison.Change] {
    BeneficiaryTotals(first).changes(to: BeneficiaryTotals(second))
  }

  /// Everybody who gets another sum under another ledger over the same facts, in no particular order.
  func changes(to other: BeneficiaryTotals) -> [Comparison.Change] {
    let (a, b) = (self.spaces, other.spaces)
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
        let ledger = x.count >= y.count ? ledger : other.ledger
        let name = ledger.name(Int32(truncatingIfNeeded: id), in: space)
        let known = changed[name] ?? (0, 0)
        changed[name] = (Amounts.add(known.0, before), Amounts.add(known.1, after))
      }
    }
    return changed.compactMap { name, sums in
      sums.0 == sums.1 ? nil : Comparison.Change(beneficiary: name, before: sums.0, after: sums.1)
    }
  }

  private static func totals(_ ledger: Ledger) -> [Space: [Int64]] {
    var spaces: [Space: [Int64]] = [:]
    for block in ledger.blocks where block.count > 0 {
      var sums =
        spaces.removeValue(forKey: block.beneficiarySpace)
        ?? Array(repeating: 0, count: ledger.size(of: block.beneficiarySpace))
      let isCounted = block.forEachCount { who, count in
        let id = Int(who)
        Invariant.holds(sums.indices.contains(id), "payees-in-facts: every payment goes to somebody in the facts.")
        sums[id] = Amounts.add(sums[id], Amounts.multiply(block.amount(0), count))
      }
      if !isCounted {
        let ids = block.beneficiaries
        for i in ids.indices where block.standings.isEmpty || Standing(of: block.standings[i]).isInTotal {
          let id = Int(ids[i])
          Invariant.holds(sums.indices.contains(id), "payees-in-facts: every payment goes to somebody in the facts.")
          sums[id] = Amounts.add(sums[id], block.amount(i))
        }
      }
      spaces[block.beneficiarySpace] = sums
    }
    return spaces
  }
}
