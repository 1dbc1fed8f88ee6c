// An effect split over changes and over groups at once, in whole fen that add up both ways: what a group has adds up to
// its effect, and what a change has in all groups to its part. Knows nothing of what the groups are.

import Reckoning

/// Splits of the groups of one effect, rounded together.
struct BothMargins {
  private(set) var splits: [Attribution] = []
  /// What each group has of each change (fen), and whether that is above or below what it is exactly.
  private var fen: [[Int64]]
  private var above: [[Bool]]
  private var below: [[Bool]]
  /// By how much the groups' fen of each change exceed its part.
  private var surplus: [Int64]

  /// - Parameters:
  ///   - groups: each by itself.
  ///   - whole: all of them together.
  init(_ groups: [Attribution], _ whole: Attribution) {
    fen = groups.map { $0.parts.map(\.fen) }
    above = zip(groups, fen).map { group, own in zip(group.exact, own).map { $0.floor.whole < $1 } }
    below = zip(groups, fen).map { group, own in
      zip(group.exact, own).map { $0.floor.rest != 0 && $0.floor.whole == $1 }
    }
    surplus = whole.parts.map { -$0.fen }
    for own in fen { for i in own.indices { surplus[i] = Amounts.add(surplus[i], own[i]) } }
    // Of groups that are not those of the whole each stays as it is.
    if surplus.reduce(0, Amounts.add) == 0, !surplus.allSatisfy({ $0 == 0 }) {
      straight()
      while let path = path() { for (from, to) in zip(path, path.dropFirst()) { move(from, to) } }
      rest()
    }
    splits = zip(groups, fen).map { $0.with($1) }
  }

  /// Whether a fen may go from one change to another in a group, neither of which is a fen off then.
  private func may(_ g: Int, _ from: Int, _ to: Int) -> Bool { above[g][from] && below[g][to] }

  private mutating func give(_ g: Int, _ from: Int, _ to: Int) {
    fen[g][from] -= 1
    fen[g][to] += 1
    (above[g][from], below[g][from]) = (false, true)
    (above[g][to], below[g][to]) = (true, false)
  }

  /// From changes that have too much to those that have too little, in one group each.
  private mutating func straight() {
    for g in fen.indices {
      for from in surplus.indices where surplus[from] > 0 && above[g][from] {
        guard let to = surplus.indices.first(where: { surplus[$0] < 0 && may(g, from, $0) }) else { continue }
        give(g, from, to)
        surplus[from] -= 1
        surplus[to] += 1
      }
    }
  }

  /// The shortest way for a fen from a change that has too much to one that has too little, over others.
  private func path() -> [Int]? {
    var before = [Int?](repeating: nil, count: surplus.count)
    var open = surplus.indices.filter { surplus[$0] > 0 }
    var seen = surplus.map { $0 > 0 }
    var at = 0
    while at < open.count {
      let from = open[at]
      at += 1
      for to in surplus.indices where !seen[to] && fen.indices.contains(where: { may($0, from, to) }) {
        seen[to] = true
        before[to] = from
        if surplus[to] < 0 {
          var path = [to]
          while let last = path.last, let earlier = before[last] { path.append(earlier) }
          return path.reversed()
        }
        open.append(to)
      }
    }
    return nil
  }

  /// A fen from one change to another, in the first group that may.
  private mutating func move(_ from: Int, _ to: Int) {
    let g = Invariant.value(
      fen.indices.first { may($0, from, to) }, "margins-have-ways: on the way of a fen some group may give it")
    give(g, from, to)
    surplus[from] -= 1
    surplus[to] += 1
  }

  /// What cannot be had by rounding alone goes where most is at stake, a fen at a time.
  private mutating func rest() {
    while let from = surplus.firstIndex(where: { $0 > 0 }), let to = surplus.firstIndex(where: { $0 < 0 }) {
      let g = fen.indices.max { a, b in stake(a, from, to) < stake(b, from, to) } ?? 0
      fen[g][from] -= 1
      fen[g][to] += 1
      surplus[from] -= 1
      surplus[to] += 1
    }
  }

  private func stake(_ g: Int, _ from: Int, _ to: Int) -> UInt64 { min(fen[g][from].magnitude, fen[g][to].magnitude) }
}
