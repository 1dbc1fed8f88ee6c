// The rows for which a condition holds, with values of other nodes there, found by several threads and put together in
// order.
import Facts
import Reckoning

/// Rows that a condition selects, with values of other nodes, and the rows for which it is neither true nor false.
struct Selection {
  var rows: [Int32] = []
  /// Other nodes' values, by the node's position; empty where the node is of another register.
  var int32: [[Int32]] = []
  var int64: [[Int64]] = []
  /// Rows that are undetermined or governed elsewhere, with their truth.
  var odd: [(row: Int32, truth: UInt8)] = []
}

extension Evaluator {
  /// The rows of a range for which a condition is not certainly false, with other nodes' values there, in row order.
  func select(_ condition: Node, _ others: [Node], count: Int) -> Selection {
    keepParts(of: condition, others)
    let pass = pass(condition, rows: count)
    let parts = parts(pass.rows)
    let batches = (pass.rows + batch - 1) / batch
    // Only what is known to be left is looked at apart.
    let code = compile([pass.left == nil ? condition : pass.late] + others, readsKept: true)
    let workers = (0..<parts).map { _ in Worker(code, self) }
    let found = (0..<parts).map { part in
      SelectionPart(others, capacity: (batches * (part + 1) / parts - batches * part / parts) * batch)
    }
    share(parts) { part in
      for b in (batches * part / parts)..<(batches * (part + 1) / parts) {
        if control.isCancelled() { break }
        let start = b * batch
        let n = min(batch, pass.rows - start)
        let left = pass.left?.batch(from: start, n)
        workers[part].run(start: start, count: n, rows: left?.rows)
        found[part].take(workers[part], start, n, left)
      }
    }
    if workers.contains(where: \.overflowed) { overflowed = true }
    return SelectionPart.joined(found, others: others)
  }
}

/// One worker's share of a selection.
private final class SelectionPart: @unchecked Sendable {
  private enum Column {
    case int32(Reserve<Int32>)
    case int64(Reserve<Int64>)
  }

  private let rows: Reserve<Int32>
  private let columns: [Column]
  private(set) var count = 0
  private(set) var odd: [(row: Int32, truth: UInt8)] = []

  init(_ others: [Node], capacity: Int) {
    rows = Reserve(capacity: capacity)
    columns = others.map { node in
      switch node.register {
      case .int32: .int32(Reserve(capacity: capacity))
      case .int64: .int64(Reserve(capacity: capacity))
      case .truth: Invariant.broken("select-numbers: values beside a selection are numbers, not conditions")
      }
    }
  }

  func take(_ worker: Worker, _ start: Int, _ n: Int, _ left: EarlyTest.Left?) {
    let truth = worker.truth(0)
    @inline(__always) func truths(_ k: Int) -> UInt8 { left.map { truth[k] & $0.truths[k] } ?? truth[k] }
    @inline(__always) func row(_ k: Int) -> Int32 { left?.rows?[k] ?? Int32(truncatingIfNeeded: start &+ k) }
    let target = rows.lane.part(from: count, count: n)
    var chosen = 0
    var strange: UInt8 = 0
    for k in 0..<n {
      target[chosen] = Int32(truncatingIfNeeded: k)
      let t = truths(k)
      let holds = t & 0b0011 == 0b0011
      chosen += holds ? 1 : 0
      strange |= holds ? 0 : t
    }
    for (j, column) in columns.enumerated() {
      switch column {
      case .int32(let reserve): take(worker.int32(j + 1), target, chosen, reserve.lane)
      case .int64(let reserve): take(worker.int64(j + 1), target, chosen, reserve.lane)
      }
    }
    for i in 0..<chosen { target[i] = row(Int(target[i])) }
    count += chosen
    if strange != 0 {
      for k in 0..<n where truths(k) & 0b0011 != 0b0011 && truths(k) != 0 { odd.append((row(k), truths(k))) }
    }
  }

  @inline(__always) private func take<Value: BitwiseCopyable>(
    _ values: Lane<Value>, _ target: OpenLane<Int32>, _ chosen: Int, _ out: OpenLane<Value>
  ) {
    let out = out.part(from: count, count: chosen)
    for i in 0..<chosen { out[i] = values[Int(target[i])] }
  }

  static func joined(_ parts: [SelectionPart], others: [Node]) -> Selection {
    var out = Selection()
    out.rows = Reserve.joined(parts.map { ($0.rows, $0.count) })
    for j in others.indices {
      out.int32.append(
        Reserve.joined(
          parts.compactMap { p in if case .int32(let r) = p.columns[j] { (values: r, count: p.count) } else { nil } }))
      out.int64.append(
        Reserve.joined(
          parts.compactMap { p in if case .int64(let r) = p.columns[j] { (values: r, count: p.count) } else { nil } }))
    }
    out.odd = parts.flatMap(\.odd)
    return out
  }
}
