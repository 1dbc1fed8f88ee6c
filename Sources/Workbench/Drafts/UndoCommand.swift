// `undo`: the last steps of the session taken back.

import Answers
import Commands
import Diagnostics
import Sessions

/// Takes steps back.
struct UndoCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "undo",
    chinese: ["撤销"],
    meaning: Text("take back the last change", zh: "撤销上一步"),
    usage: Text("undo [STEPS]", zh: "撤销 [步数]"),
    more: Text(
      "Steps are what changes the session: load, use, set, reset. How answers look is not among them, nor is a command "
        + "that was refused, nor the scenario that the program was started with.",
      zh: "步骤指改变会话的命令：加载、使用、设定、重置；显示方式、未能执行的命令、启动时给出的情景不在其中。"),
    group: .whatIf)

  let count: Int

  package init(from parser: inout StatementParser) throws(Misread) {
    count = try parser.steps()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("steps", String(count))
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let commands = session.log.undo(count)
    if commands.isEmpty { throw Refusal(.nothingToUndo, at: nil) }
    return Steps.moved(commands, Text("Undone: ", zh: "已撤销："), kind: "undo", in: session)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("undo", zh: "撤销"), Text("undo 3", zh: "撤销 3")]
  }

  static let isSpoken = false
  static let isShownAgain = false
}
