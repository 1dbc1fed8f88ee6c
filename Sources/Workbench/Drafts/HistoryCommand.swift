// `history`: the steps of the session.

import Answers
import Commands
import Diagnostics
import Sessions

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

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let depth = session.log.depth
    let steps = Relation(
      title: Text("Steps of this session", zh: "本次会话的步骤"),
      of: session.log.steps.enumerated().map { (number: Int64($0 + 1), command: $1.command, holds: $0 < depth) },
      role: { $0.holds ? nil : .muted },
      [
        .count("step", Text("Step", zh: "步"), .essential) { $0.number },
        .id("command", Text("Command", zh: "命令"), .essential) { $0.command }.role(.code),
        .flag("holds", Text("Holds", zh: "有效")) { $0.holds },
        .words("state", Text("State", zh: "状态"), .important) {
          $0.holds ? Text("holds", zh: "有效") : Text("undone", zh: "已撤销")
        }.role(.muted).forPeople(),
      ])
    return Answer([.relation(steps)], records: [Record(kind: "history", ["steps": .rows(steps)])])
  }

  static let isSpoken = false
}
