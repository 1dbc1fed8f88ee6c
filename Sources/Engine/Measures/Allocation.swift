// Who gets the seats of a quota (semantics, "Quotas", reading `allocation`).
import Reckoning

/// One quota over candidates in filing order: the group that each counts against, and the seats of each group.
struct Quota {
  let groups: [Int]
  let capacities: [Int]
}

enum Allocation {
  /// Each candidate in turn is taken while every quota it counts against has room.
  static func inOrder(count: Int, _ quotas: [Quota]) -> [Bool] {
    var left = quotas.map(\.capacities)
    var taken = [Bool](repeating: false, count: count)
    for i in 0..<count where quotas.indices.allSatisfy({ left[$0][quotas[$0].groups[i]] > 0 }) {
      taken[i] = true
      for q in quotas.indices { left[q][quotas[q].groups[i]] -= 1 }
    }
    return taken
  }

  /// As many candidates as two quotas at once allow; of all largest sets the one that comes first in filing order.
  ///
  /// Candidates are edges between the groups of the two quotas, and a set of them is a flow from a source through one
  /// group of each quota to a sink. A largest flow is found first. Then, in filing order, each candidate that is not
  /// in it is brought in where a cycle of exchanges among those not decided yet makes room for it, which keeps the flow
  /// as large as it was.
  static func maximum(count: Int, _ first: Quota, _ second: Quota) -> [Bool] {
    var flow = Flow(count: count, first, second)
    flow.fill()
    for i in 0..<count { flow.decide(i) }
    return flow.taken
  }
}

/// A flow of candidates between the groups of two quotas.
private struct Flow {
  private let a: [Int]
  private let b: [Int]
  private let capacityA: [Int]
  private let capacityB: [Int]
  private var usedA: [Int]
  private var usedB: [Int]
  private(set) var taken: [Bool]
  private var decided: [Bool]
  private var ofA: [[Int]]
  private var ofB: [[Int]]

  init(count: Int, _ first: Quota, _ second: Quota) {
    a = first.groups
    b = second.groups
    capacityA = first.capacities
    capacityB = second.capacities
    usedA = Array(repeating: 0, count: capacityA.count)
    usedB = Array(repeating: 0, count: capacityB.count)
    taken = Array(repeating: false, count: count)
    decided = Array(repeating: false, count: count)
    ofA = Array(repeating: [], count: capacityA.count)
    ofB = Array(repeating: [], count: capacityB.count)
    for i in 0..<count {
      ofA[a[i]].append(i)
      ofB[b[i]].append(i)
    }
  }

  /// Nodes of the residual graph: groups of the first quota, groups of the second, source, sink.
  private enum Node: Hashable {
    case a(Int)
    case b(Int)
    case source
    case sink
  }

  /// How a search came to a node: by taking or giving back a candidate, or along a group's own room.
  private enum Step {
    case take(Int)
    case giveBack(Int)
    case room
  }

  /// A path in the residual graph from one node to another, avoiding decided candidates; applied when found.
  private mutating func augment(from start: Node, to goal: Node) -> Bool {
    var cameBy: [Node: (Node, Step)] = [:]
    var queue: [Node] = [start]
    var head = 0
    var found = false
    search: while head < queue.count {
      let node = queue[head]
      head += 1
      func visit(_ next: Node, _ step: Step) -> Bool {
        if next == start || cameBy[next] != nil { return false }
        cameBy[next] = (node, step)
        queue.append(next)
        return next == goal
      }
      switch node {
      case .source:
        for g in capacityA.indices where usedA[g] < capacityA[g] {
          if visit(.a(g), .room) { found = true; break search }
        }
      case .a(let g):
        for i in ofA[g] where !taken[i] && !decided[i] { if visit(.b(b[i]), .take(i)) { found = true; break search } }
        if usedA[g] > 0, visit(.source, .room) { found = true; break search }
      case .b(let g):
        for i in ofB[g] where taken[i] && !decided[i] {
          if visit(.a(a[i]), .giveBack(i)) { found = true; break search }
        }
        if usedB[g] < capacityB[g], visit(.sink, .room) { found = true; break search }
      case .sink:
        for g in capacityB.indices where usedB[g] > 0 { if visit(.b(g), .room) { found = true; break search } }
      }
    }
    guard found else { return false }
    var node = goal
    while node != start, let (previous, step) = cameBy[node] {
      switch step {
      case .take(let i): taken[i] = true
      case .giveBack(let i): taken[i] = false
      case .room:
        switch (previous, node) {
        case (.source, .a(let g)): usedA[g] += 1
        case (.a(let g), .source): usedA[g] -= 1
        case (.b(let g), .sink): usedB[g] += 1
        case (.sink, .b(let g)): usedB[g] -= 1
        case (_, _): Invariant.broken("flow-room: room is taken and given back between a quota's groups and the ends")
        }
      }
      node = previous
    }
    return true
  }

  mutating func fill() { while augment(from: .source, to: .sink) {} }

  /// Settles candidate i: it stays, or is brought in where an exchange allows; else it is out for good.
  mutating func decide(_ i: Int) {
    defer { decided[i] = true }
    if taken[i] { return }
    decided[i] = true
    if augment(from: .b(b[i]), to: .a(a[i])) { taken[i] = true }
  }
}
