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
  /// Nodes of the residual graph: groups of the first quota, groups of the second, source, sink.
  private let source: Int
  private let sink: Int
  /// How the search in hand came to each node: from where, and by taking or giving back which candidate; -1: along a
  /// group's own room. What an earlier search left is told by its number.
  private var cameFrom: [Int]
  private var cameBy: [Int]
  private var seenIn: [Int]
  private var search = 0
  private var queue: [Int] = []

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
    source = capacityA.count + capacityB.count
    sink = source + 1
    cameFrom = Array(repeating: -1, count: sink + 1)
    cameBy = cameFrom
    seenIn = Array(repeating: 0, count: sink + 1)
    for i in 0..<count {
      ofA[a[i]].append(i)
      ofB[b[i]].append(i)
    }
  }

  private func nodeB(_ group: Int) -> Int { capacityA.count + group }

  /// Comes to a node, once.
  private mutating func visit(_ next: Int, from node: Int, by candidate: Int = -1) {
    guard seenIn[next] != search else { return }
    seenIn[next] = search
    (cameFrom[next], cameBy[next]) = (node, candidate)
    queue.append(next)
  }

  /// Comes to all nodes that one leads to, avoiding decided candidates.
  private mutating func goOn(from node: Int) {
    if node == source {
      for g in capacityA.indices where usedA[g] < capacityA[g] { visit(g, from: node) }
    } else if node == sink {
      for g in capacityB.indices where usedB[g] > 0 { visit(nodeB(g), from: node) }
    } else if node < capacityA.count {
      for i in ofA[node] where !taken[i] && !decided[i] { visit(nodeB(b[i]), from: node, by: i) }
      if usedA[node] > 0 { visit(source, from: node) }
    } else {
      let group = node - capacityA.count
      for i in ofB[group] where taken[i] && !decided[i] { visit(a[i], from: node, by: i) }
      if usedB[group] < capacityB[group] { visit(sink, from: node) }
    }
  }

  /// A path in the residual graph from one node to another; applied when found.
  private mutating func augment(from start: Int, to goal: Int) -> Bool {
    search += 1
    seenIn[start] = search
    queue.removeAll(keepingCapacity: true)
    queue.append(start)
    var head = 0
    while head < queue.count, seenIn[goal] != search {
      goOn(from: queue[head])
      head += 1
    }
    guard seenIn[goal] == search else { return false }
    var node = goal
    while node != start {
      let previous = cameFrom[node], candidate = cameBy[node]
      if candidate >= 0 {
        taken[candidate] = previous < capacityA.count
      } else if previous == source {
        usedA[node] += 1
      } else if node == source {
        usedA[previous] -= 1
      } else if node == sink {
        usedB[previous - capacityA.count] += 1
      } else {
        Invariant.holds(
          previous == sink, "flow-room: room is taken and given back between a quota's groups and the ends")
        usedB[node - capacityA.count] -= 1
      }
      node = previous
    }
    return true
  }

  mutating func fill() { while augment(from: source, to: sink) {} }

  /// Settles candidate i: it stays, or is brought in where an exchange allows; else it is out for good.
  mutating func decide(_ i: Int) {
    defer { decided[i] = true }
    if taken[i] { return }
    decided[i] = true
    if augment(from: nodeB(b[i]), to: a[i]) { taken[i] = true }
  }
}
