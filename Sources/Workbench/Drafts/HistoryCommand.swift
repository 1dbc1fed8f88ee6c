// `history`: the steps of the session.

import Commands
import Diagnostics

/// Lists the steps of the session.
struct HistoryCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "history",
    chinese: ["历史"],
    meaning: Text("the changes of this session", zh: "本次会话的各步变更"),
    usage: Text("history", zh: "历史"),
    more: Text(
      "Steps are what changes the session: load, use, set, reset. How answers look is not among them.",
      zh: "步骤指改变会话的命令：加载、使用、设定、重置；显示方式不在其中。"),
    group: .whatIf)

  package init(from parser: inout StatementParser) throws(Misread) {}

  package func describe(to meaning: inout Meaning) {}

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return session.history()
  }

  static let isSpoken = false
}
