// `redo`: steps that were taken back, made again.

import Commands
import Diagnostics

/// Makes undone steps again.
struct RedoCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "redo",
    chinese: ["重做"],
    meaning: Text("make an undone change again", zh: "恢复撤销的一步"),
    usage: Text("redo [STEPS]", zh: "重做 [步数]"),
    more: Text(
      "Steps are what changes the session: load, use, set, reset. How answers look is not among them.",
      zh: "步骤指改变会话的命令：加载、使用、设定、重置；显示方式不在其中。"),
    group: .whatIf)

  let count: Int

  package init(from parser: inout StatementParser) throws(Misread) {
    count = try parser.steps()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("steps", String(count))
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.redo(count)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("redo", zh: "重做")]
  }

  static let isSpoken = false
  static let isShownAgain = false
}
