// Payments that came back and were made again: a line, one below nought that takes it back whole, and one that pays the
// same once more. The first two come to nothing. Knows nothing of what is due.

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
