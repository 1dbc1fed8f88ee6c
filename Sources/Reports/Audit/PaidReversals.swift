// Payments that came back: a line and one below nought that takes it back whole, which come to nothing, whether the
// same was paid once more or ought not to have been paid. Knows nothing of what is due.

import Diagnostics
import Facts

/// Lines that cancel each other.
struct PaidReversals {
  /// Indices of lines.
  struct Reversal {
    let line: Int
    let reversal: Int
    let again: Int
  }

  private(set) var all: [Reversal] = []

  init(_ lines: [PaidLine]) {
    guard lines.contains(where: { $0.line.isRecovery }) else { return }
    var groups: [Key: [Int]] = [:]
    for (i, line) in lines.enumerated() where line.settled == nil {
      guard let fen = line.line.fen, fen != 0 else { continue }
      groups[Key(line.line, fen), default: []].append(i)
    }
    for group in groups.values where group.count > 2 {
      let sorted = group.sorted { (lines[$0].line.earliest, $0) < (lines[$1].line.earliest, $1) }
      var open: [Int] = []
      var pairs: [(line: Int, reversal: Int)] = []
      for i in sorted {
        if !lines[i].line.isRecovery {
          for pair in pairs { all.append(Reversal(line: pair.line, reversal: pair.reversal, again: i)) }
          pairs = []
          open.append(i)
        } else if lines[i].open.isEmpty, let line = open.popLast() {
          // What is to be taken back by the rule is no reversal.
          pairs.append((line, i))
        }
      }
    }
    all.sort { ($0.line, $0.reversal) < ($1.line, $1.reversal) }
  }

  /// Findings in which what was paid without being due, or twice, or for nobody knows whom, and was taken back by a
  /// later line of the same words and amount, is no fault any more.
  static func settled(_ entries: [PaidEntry]) -> [PaidEntry] {
    var open: [Key: [Int]] = [:]
    var out = entries
    let faults: Set<PaidFinding> = [.notDue, .twice, .nobody, .unclear, .undetermined]
    let found = entries.indices.filter { entries[$0].line != nil && faults.contains(entries[$0].finding) }
    let order = found.sorted { a, b in
      (entries[a].line?.earliest ?? .min, a) < (entries[b].line?.earliest ?? .min, b)
    }
    for i in order {
      guard let line = entries[i].line, let fen = line.fen, fen != 0 else { continue }
      let key = Key(line, fen)
      if fen > 0 {
        open[key, default: []].append(i)
      } else if let k = open[key]?.popLast(), let other = entries[k].line {
        out[k] = entries[k].reversed(other.place, by: line.place)
        out[i] = entries[i].reversed(other.place, by: line.place)
      }
    }
    return out
  }

  /// What the lines of one payment have alike.
  private struct Key: Hashable {
    let words: [String?]
    let fen: Int64

    init(_ line: PaidRegister.Line, _ fen: Int64) {
      words =
        [line.measure, line.payee, line.person].map { $0.map(PayeeSearch.plain) } + [
          line.payeeNumber, line.personNumber, line.record,
        ]
      self.fen = abs(fen)
    }
  }
}
