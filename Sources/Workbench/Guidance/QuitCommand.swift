// `quit`: the end of the session.

import Commands
import Diagnostics

/// Ends the session.
struct QuitCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "quit",
    english: ["quit", "exit"],
    chinese: ["退出"],
    meaning: Text("end the session", zh: "结束会话"),
    usage: Text("quit", zh: "退出"),
    group: .session,
    order: 10)

  package init(from parser: inout StatementParser) throws(Misread) {}

  package func describe(to meaning: inout Meaning) {}

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    var answer = Answer()
    answer.ends = true
    return answer
  }

  static let isSpoken = false
  static let isShownAgain = false
}
