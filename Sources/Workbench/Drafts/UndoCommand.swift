// `undo`: the last steps of the session taken back.

import Commands
import Diagnostics

/// Takes steps back.
struct UndoCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "undo",
    chinese: ["撤销"],
    meaning: Text("take back the last change", zh: "撤销上一步"),
    usage: Text("undo [STEPS]", zh: "撤销 [步数]"),
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
    return try session.undo(count)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("undo", zh: "撤销"), Text("undo 3", zh: "撤销 3")]
  }

  static let isSpoken = false
  static let isShownAgain = false
}

extension StatementParser {
  /// A number of steps; one where none is written.
  mutating func steps() throws(Misread) -> Int {
    guard token.kind == .word else { return 1 }
    guard let count = Int(token.text), (1...10_000).contains(count) else {
      throw fail(.unknownWord(token.raw, what: Text("a number of steps", zh: "步数"), choices: ["1", "2", "3"]))
    }
    index += 1
    return count
  }
}
