// `save`: the session as a script or a notebook, or a draft as a policy document.

import Commands
import Diagnostics

/// Saves the session, or a draft.
struct SaveCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "save",
    chinese: ["保存"],
    meaning: Text("write this session as a script or a notebook", zh: "把本次会话存成脚本或笔记本"),
    usage: Text("save FILE, save session into NOTEBOOK.md", zh: "保存 文件，保存 会话 存入 笔记本.md"),
    more: Text(
      "A file that ends in .md becomes a notebook, a cell for each step that holds; `source` plays either. `save DRAFT into FILE.md` writes a draft as a policy document.",
      zh: "以 .md 结尾的文件存成笔记本，有效的每一步一个单元格；两种文件都可用“执行”重做。“保存 草案名 存入 文件.md”把草案写成政策文件。"),
    group: .session,
    order: 1)

  let file: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    file = try parser.file()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("what", file)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    if let target = command.into {
      if SaveWord.isSession(file.raw) { return try session.saveNotebook(into: target) }
      return try session.saveDraft(file, into: target)
    }
    if ["md", "markdown"].contains(Files.ending(file.raw)) { return try session.saveNotebook(into: file) }
    return try session.save(file)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    session.commandWords()
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty ? [] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("save steps.cesuan", zh: "保存 steps.cesuan")]
  }

  static let isSpoken = false
  static let isShownAgain = false
}
