// `check`: policy documents, scenarios and notebooks, looked through without changing anything.

import Commands
import Diagnostics

/// Checks files.
struct CheckCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "check",
    chinese: ["检查"],
    meaning: Text("check policy documents, scenarios and notebooks", zh: "检查政策文件、情景和笔记本"),
    usage: Text("check FILE, …", zh: "检查 文件，…"),
    more: Text(
      "Policy documents: language, examples, and what a drafter might have left open. Scenarios: every problem of the file. Notebooks: whether what they say still comes out.",
      zh: "政策文件：语法、算例以及可能遗漏之处。情景：文件中的全部问题。笔记本：所写结果是否仍然成立。"),
    group: .session,
    order: 3)

  let files: [Written]

  package init(from parser: inout StatementParser) throws(Misread) {
    var files = [try parser.file()]
    while !parser.isAtEnd {
      if parser.token.kind == .comma { parser.index += 1 }
      files.append(try parser.file())
    }
    self.files = files
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("file", files)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return session.check(files)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    session.commandWords()
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty || after.last?.kind == .comma ? ["yaml", "yml", "md"] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("check my-draft.md", zh: "检查 my-draft.md")]
  }

  static let isSpoken = false
}
