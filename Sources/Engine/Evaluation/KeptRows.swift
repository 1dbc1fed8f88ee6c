// The records that the parts of a condition leave which earlier runs have worked out: found once for all runs that ask
// the same of a list, and by all passes of one run. Knows nothing of what is asked of them besides.
import Facts

/// Some records of a list, ascending, each with how certain parts of a condition come out for it.
final class KeptRows: @unchecked Sendable {
  /// What was found when they were looked for.
  enum Found {
    case few(KeptRows)
    /// So many that all records had better be read in order.
    case many
  }

  private let rows: Storage<Int32>
  private let truths: Storage<UInt8>

  init(rows: [Int32], truths: [UInt8]) {
    self.rows = Storage(rows, padding: 0)
    self.truths = Storage(truths, padding: 0)
  }

  var count: Int { rows.count }
  var bytes: Int { count * 5 }

  /// A batch of them.
  func batch(from first: Int, _ n: Int) -> EarlyTest.Left {
    EarlyTest.Left(
      rows: Lane(rows).part(from: first, count: n), truths: Lane(truths).part(from: first, count: n), count: n)
  }
}

/// What a pass over a list looks at.
struct Pass {
  /// What is asked of every record of a batch before anything else; nil: nothing.
  let early: Node?
  /// What is asked of those that are left.
  let late: Node
  /// Those that are left, where that is known beforehand; then nothing is asked early.
  let left: KeptRows?
  /// How many records it goes through.
  let rows: Int
}

extension Evaluator {
  /// How a pass over a list's records asks a condition of them.
  func pass(_ condition: Node, rows: Int) -> Pass {
    let (early, late) = split(condition, rows: rows)
    switch early.flatMap({ keptRows($0, of: rows) }) {
    case .few(let left)?: return Pass(early: nil, late: late, left: left, rows: left.count)
    // What leaves many wins nothing by being asked first.
    case .many?: return Pass(early: nil, late: condition, left: nil, rows: rows)
    case nil: return Pass(early: early, late: late, left: nil, rows: rows)
    }
  }

  /// The records for which a condition is not certainly false, all of whose parts earlier runs have left; nil where it
  /// has others.
  private func keptRows(_ condition: Node, of rows: Int) -> KeptRows.Found? {
    let parts = condition.op == .and ? condition.inputs : [condition]
    guard let kept = tables.kept, parts.allSatisfy({ self.kept($0) != nil }),
      let number = kept.number(of: condition, &keptNumbers)
    else { return nil }
    if let known = kept.rows(number) { return known }
    let found: KeptRows.Found = leavesFew(condition, of: rows) ? few(left(condition, of: rows), of: rows) : .many
    if control.isCancelled() { return nil }
    kept.keep(number, found)
    return found
  }

  /// To read many rows one by one costs more than to read all in order.
  private func few(_ left: KeptRows, of rows: Int) -> KeptRows.Found { left.count * 3 < rows ? .few(left) : .many }

  /// Whether a condition leaves few records of a sample.
  private func leavesFew(_ condition: Node, of rows: Int) -> Bool {
    let test = EarlyTest(compile([condition], readsKept: true), self)
    var left = 0, sampled = 0
    for s in 0..<4 {
      let start = rows / 4 * s
      let n = min(batch, rows - start)
      left += test.left(n, from: start).rows.count
      sampled += n
    }
    return left * 3 < sampled
  }

  private func left(_ condition: Node, of rows: Int) -> KeptRows {
    let parts = parts(rows)
    let batches = (rows + batch - 1) / batch
    let code = compile([condition], readsKept: true)
    let tests = (0..<parts).map { _ in EarlyTest(code, self) }
    var found = [(rows: [Int32], truths: [UInt8])](repeating: ([], []), count: parts)
    found.withUnsafeMutableBufferPointer { found in
      nonisolated(unsafe) let found = found
      share(parts) { part in
        var own: (rows: [Int32], truths: [UInt8]) = ([], [])
        for b in (batches * part / parts)..<(batches * (part + 1) / parts) {
          if control.isCancelled() { return }
          let start = b * batch
          let left = tests[part].left(min(batch, rows - start), from: start)
          left.rows.append(to: &own.rows)
          left.truths.append(to: &own.truths)
        }
        found[part] = own
      }
    }
    return KeptRows(rows: found.flatMap(\.rows), truths: found.flatMap(\.truths))
  }
}
