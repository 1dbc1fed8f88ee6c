// As many as any number of quotas allow. Where of every two the groups of one lie within those of the other, taking in
// filing order is largest; two quotas are a flow; of more there is a search that gives up after so many steps.
import Reckoning

/// Places that are given out to whoever asks for them, by what somebody else has found out.
package enum Places {
  /// One quota over candidates in filing order: the group that each counts against, and the places of each group.
  package typealias Groups = (groups: [Int], places: [Int])

  /// Who of some candidates has a place, as many as all quotas allow (semantics, reading `allocation`).
  /// - Returns: `more`: how many more there could be at best, where the largest set is not found.
  package static func most(count: Int, _ quotas: [Groups]) -> (taken: [Bool], more: Int) {
    Allocation.most(count: count, quotas.map { Quota(groups: $0.groups, capacities: $0.places) })
  }
}

extension Allocation {
  /// More steps than this are not searched.
  static let mostSteps = 1_000_000

  /// As many candidates as the quotas allow, and of all largest sets the one that comes first in filing order.
  /// - Returns: `more`: how many more there could be at best, where the search was given up.
  static func most(count: Int, _ quotas: [Quota]) -> (taken: [Bool], more: Int) {
    let greedy = inOrder(count: count, quotas)
    if isNested(quotas) { return (greedy, 0) }
    if quotas.count == 2 { return (maximum(count: count, quotas[0], quotas[1]), 0) }
    var bound = count
    for i in quotas.indices {
      for j in quotas.indices where j > i {
        bound = min(bound, maximum(count: count, quotas[i], quotas[j]).count { $0 })
      }
    }
    let size = greedy.count { $0 }
    if size == bound { return (greedy, 0) }
    var search = QuotaSearch(count: count, quotas, bound: bound)
    if let found = search.run() { return (found, 0) }
    return (greedy, bound - size)
  }

  /// Whether of every two quotas the groups of one lie within those of the other.
  private static func isNested(_ quotas: [Quota]) -> Bool {
    func lies(_ a: Quota, within b: Quota) -> Bool {
      var of = [Int](repeating: -1, count: a.capacities.count)
      for (x, y) in zip(a.groups, b.groups) {
        if of[x] == -1 { of[x] = y } else if of[x] != y { return false }
      }
      return true
    }
    return quotas.indices.allSatisfy { i in
      quotas.indices.allSatisfy { j in
        j <= i || lies(quotas[i], within: quotas[j]) || lies(quotas[j], within: quotas[i])
      }
    }
  }
}

/// Goes through candidates in filing order, each taken first and then left out, without going where no larger set is.
private struct QuotaSearch {
  private let count: Int
  private let quotas: [Quota]
  private let bound: Int
  private var left: [[Int]]
  private var taken: [Bool]
  private var size = 0
  private var best: [Bool] = []
  private var bestSize = -1
  private var steps = 0

  init(count: Int, _ quotas: [Quota], bound: Int) {
    self.count = count
    self.quotas = quotas
    self.bound = bound
    left = quotas.map(\.capacities)
    taken = Array(repeating: false, count: count)
  }

  /// The first of the largest sets; nil where the search was given up.
  mutating func run() -> [Bool]? {
    var at = 0
    while steps < Allocation.mostSteps {
      steps += 1
      if at < count, size + count - at > bestSize {
        if fits(at) { move(at, by: 1) }
        at += 1
        continue
      }
      if at == count, size > bestSize {
        (best, bestSize) = (taken, size)
        if size == bound { return best }
      }
      // Back to the last that was taken, which is left out now.
      at = min(at, count) - 1
      while at >= 0, !taken[at] { at -= 1 }
      if at < 0 { return best }
      move(at, by: -1)
      at += 1
    }
    return nil
  }

  private func fits(_ i: Int) -> Bool { quotas.indices.allSatisfy { left[$0][quotas[$0].groups[i]] > 0 } }

  private mutating func move(_ i: Int, by step: Int) {
    taken[i] = step > 0
    size += step
    for q in quotas.indices { left[q][quotas[q].groups[i]] -= step }
  }
}
