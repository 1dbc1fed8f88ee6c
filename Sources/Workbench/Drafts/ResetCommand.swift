// `reset`: every setting forgotten.

import Commands
import Diagnostics

/// Forgets every setting.
struct ResetCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "reset",
    chinese: ["重置"],
    meaning: Text("forget every setting", zh: "清除全部设定"),
    usage: Text("reset", zh: "重置"),
    more: Text(
      "Steps are what changes the session: load, use, set, reset. How answers look is not among them.",
      zh: "步骤指改变会话的命令：加载、使用、设定、重置；显示方式不在其中。"),
    group: .whatIf)

  package init(from parser: inout StatementParser) throws(Misread) {}

  package func describe(to meaning: inout Meaning) {}

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return session.reset(command)
  }

  static let isSpoken = false
  static let isShownAgain = false
}
