// An effect split over the changes that make it, group by group: whom each change brings how much. Knows nothing of
// what the groups are.

import Diagnostics
import Reckoning

/// What sets of changes come to in each group, and how the effect in each is split.
package struct AttributedGroups: Sendable {
  /// One group.
  package struct Group: Sendable {
    package let key: String
    package let title: Text
    /// Its own effect, split over the changes.
    package let split: Attribution
  }

  private struct Known {
    let number: Int
    let title: Text
    let rank: Int64?
  }

  private var known: [String: Known] = [:]
  /// What each set comes to in each group that it has, by the groups' numbers (fen).
  private var totals: [UInt64: [Int64]] = [:]

  /// No set yet.
  package init() {}

  /// Takes what a set of changes comes to.
  package mutating func add(_ set: UInt64, _ breakdown: Breakdown) {
    var own = [Int64](repeating: 0, count: known.count)
    for group in breakdown.groups {
      let one = known[group.key] ?? Known(number: known.count, title: group.title ?? .same(group.key), rank: group.rank)
      known[group.key] = one
      if one.number >= own.count { own += [Int64](repeating: 0, count: one.number + 1 - own.count) }
      own[one.number] = group.tally.total
    }
    totals[set] = own
  }

  /// The groups that any change touches, in their own order or by the largest effect.
  ///
  /// - Parameters:
  ///   - count: how many changes there are.
  ///   - orders: as the whole effect was split, so that every set that is asked for has been taken.
  ///   - whole: the whole effect's split: what each change has in the groups adds up to its part.
  package func groups(of count: Int, orders: Int, seed: UInt64, whole: Attribution) -> [Group] {
    var all = known.map { key, one -> (rank: Int64, group: Group) in
      let split = Attribution(count: count, orders: orders, seed: seed) { set in
        totals[set].map { one.number < $0.count ? $0[one.number] : 0 }
      }
      let found = Invariant.value(split, "groups-have-sets: every set of changes has been taken apart.")
      return (one.rank ?? 0, Group(key: key, title: one.title, split: found))
    }.sorted { $0.group.key.utf8.lexicographicallyPrecedes($1.group.key.utf8) }
    let splits = BothMargins(all.map(\.group.split), whole).splits
    all = zip(all, splits).map { ($0.rank, Group(key: $0.group.key, title: $0.group.title, split: $1)) }
    return all.filter { $0.group.split.effect != 0 || $0.group.split.parts.contains { $0.fen != 0 } }.sorted { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      let (x, y) = (a.group.split.effect.magnitude, b.group.split.effect.magnitude)
      return x != y ? x > y : a.group.key.utf8.lexicographicallyPrecedes(b.group.key.utf8)
    }.map(\.group)
  }
}
