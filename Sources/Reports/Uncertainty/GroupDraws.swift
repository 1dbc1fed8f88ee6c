// The totals of many draws, group by group: every group of any draw has a total in each. Knows nothing of what was
// drawn.

import Diagnostics

/// Totals by group, draw after draw.
package struct GroupDraws: Sendable {
  /// One group over all draws.
  package struct Group: Sendable {
    package let key: String
    package let title: Text
    /// What it comes to in each draw (fen); nothing where the draw has no such group.
    package let totals: [Int64]
  }

  private struct Known {
    let title: Text
    let rank: Int64?
    var totals: [Int64]
  }

  private var known: [String: Known] = [:]
  private var count = 0

  /// No draw yet.
  package init() {}

  /// Takes the next draw.
  package mutating func add(_ breakdown: Breakdown) {
    for group in breakdown.groups {
      var one = known[group.key] ?? Known(title: group.title ?? .same(group.key), rank: group.rank, totals: [])
      one.totals += Array(repeating: 0, count: count - one.totals.count)
      one.totals.append(group.tally.total)
      known[group.key] = one
    }
    count += 1
  }

  /// Every group, in its own order or by the largest sum of totals.
  package var groups: [Group] {
    let count = count
    let all = known.map { key, one in
      let missing = Array(repeating: Int64(0), count: count - one.totals.count)
      return (one.rank, Group(key: key, title: one.title, totals: one.totals + missing))
    }
    func sum(_ group: Group) -> Int64 { group.totals.reduce(0) { Amounts.add($0, $1) } }
    return all.map { (rank: $0.0 ?? 0, sum: sum($0.1), group: $0.1) }.sorted { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      if a.sum != b.sum { return a.sum > b.sum }
      return a.group.key.utf8.lexicographicallyPrecedes(b.group.key.utf8)
    }.map(\.group)
  }
}
