// The members of a set one by one: the rows of a list for which a condition holds and that fall to a frame, found by
// several threads and put together in the order of the list.
import Facts

extension Evaluator {
  /// The rows of a range for which a condition holds, with their frames and dates, in row order.
  func members(
    _ condition: Node, link: Node, year: Node?, date: Node, count: Int, _ finder: FrameFinder, keeps: [Bool]
  ) -> MemberRows {
    keepParts(of: condition, [link, date] + (year.map { [$0] } ?? []))
    let pass = pass(condition, rows: count)
    let parts = parts(pass.rows)
    let batches = (pass.rows + batch - 1) / batch
    let first = pass.early.map { compile([$0], readsKept: true) }
    let code = compile([pass.late, link, date] + (year.map { [$0] } ?? []), readsKept: true)
    let workers = (0..<parts).map { _ in Worker(code, self) }
    let tests = (0..<parts).map { _ in first.map { EarlyTest($0, self) } }
    let found = (0..<parts).map { part in
      MemberPart(capacity: (batches * (part + 1) / parts - batches * part / parts) * batch)
    }
    keeps.withUnsafeBufferPointer { keeps in
      let keeps = Lane(keeps)
      share(parts) { part in
        for b in (batches * part / parts)..<(batches * (part + 1) / parts) {
          if control.isCancelled() { break }
          let start = b * batch
          let n = min(batch, pass.rows - start)
          let left = pass.left?.batch(from: start, n) ?? tests[part]?.left(of: n, from: start)
          workers[part].run(start: start, count: left?.count ?? n, rows: left?.rows)
          found[part].take(workers[part], hasYear: year != nil, start, n, left, finder, keeps)
        }
      }
    }
    if workers.contains(where: \.overflowed) { overflowed = true }
    return MemberPart.joined(found)
  }
}

/// One thread's share of a set's members.
private final class MemberPart: @unchecked Sendable {
  private let rows: Reserve<Int32>
  private let frames: Reserve<Int32>
  private let dates: Reserve<Int32>
  private var count = 0

  init(capacity: Int) {
    rows = Reserve(capacity: capacity)
    frames = Reserve(capacity: capacity)
    dates = Reserve(capacity: capacity)
  }

  func take(
    _ worker: Worker, hasYear: Bool, _ start: Int, _ n: Int, _ left: EarlyTest.Left?, _ finder: FrameFinder,
    _ keeps: Lane<Bool>
  ) {
    let truth = worker.truth(0), link = worker.int32(1), date = worker.int32(2)
    let year = hasYear ? worker.int64(3) : nil
    let rows = rows.lane, frames = frames.lane, dates = dates.lane
    var at = count
    for k in 0..<(left?.count ?? n) {
      guard truth[k] & (left?.truths[k] ?? Truth.yes) & 0b0011 == 0b0011 else { continue }
      let f = finder(link[k], year?[k])
      guard f >= 0, keeps[Int(f)] else { continue }
      rows[at] = left?.rows?[k] ?? Int32(truncatingIfNeeded: start &+ k)
      frames[at] = f
      dates[at] = date[k]
      at &+= 1
    }
    count = at
  }

  static func joined(_ parts: [MemberPart]) -> MemberRows {
    MemberRows(
      rows: Reserve.joined(parts.map { ($0.rows, $0.count) }),
      frames: Reserve.joined(parts.map { ($0.frames, $0.count) }),
      dates: Reserve.joined(parts.map { ($0.dates, $0.count) }))
  }
}
