// `reset`: every setting forgotten.

import Answers
import Commands
import Diagnostics
import Sessions
import View

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

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    var next = session.state
    let count = next.settings.count
    next.settings = []
    session.log.change(next, by: command.text)
    return Answer(
      Document([
        .paragraph([
          Span(Count.text(count, "setting", zh: "项设定")), Span(" forgotten; ", zh: "已清除；"), .command("undo"),
          Span(" brings them back.", zh: " 可恢复。"),
        ])
      ]), records: [Record(kind: "reset", ["settings": .count(count)])])
  }

  static let isSpoken = false
  static let isShownAgain = false
}
