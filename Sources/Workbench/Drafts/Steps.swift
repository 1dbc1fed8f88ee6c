// Steps of the session that are taken back or made again: how their number is written, and what is told of them. Knows
// nothing of what the steps changed.

import Answers
import Commands
import Diagnostics
import Sessions
import View

enum Steps {
  /// The answer once the session has moved by some steps. A last run that is not of the scenario that is present now is
  /// forgotten.
  ///
  /// - Parameter word: what stands before each command.
  static func moved(_ commands: [String], _ word: Text, kind: String, in session: Desk) -> Answer {
    if session.last?.scenario.name != session.state.current { session.last = nil }
    let lines = commands.map { [Span(word, .muted), Span.data($0, .code)] }
    return Answer(
      Document([.lines(lines)]), records: [Record(kind: kind, ["commands": .ids(commands)])])
  }
}

extension StatementParser {
  /// A number of steps; one where none is written.
  mutating func steps() throws(Misread) -> Int {
    guard token.kind == .word else { return 1 }
    guard let count = Int(token.text), (1...10_000).contains(count) else {
      throw fail(
        .unknownWord(
          token.raw, what: Text("a number of steps", zh: "步数"), choices: [.same("1"), .same("2"), .same("3")]))
    }
    index += 1
    return count
  }
}
