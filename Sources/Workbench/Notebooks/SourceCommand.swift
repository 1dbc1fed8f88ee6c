// `source`: the commands of a file, carried out.

import Commands
import Diagnostics

/// Plays a file.
struct SourceCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "source",
    chinese: ["执行"],
    meaning: Text("carry out the commands of a file", zh: "执行文件中的命令"),
    usage: Text("source FILE", zh: "执行 文件"),
    group: .session,
    order: 0)

  let file: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    file = try parser.file()
  }

  func performAll(in session: Session, sink: (Answer) -> Bool) -> Bool {
    session.playFile(file, sink: sink)
    return true
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("file", file)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    throw Refusal(.tooDeep(file.raw), at: file.location)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    session.commandWords()
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty ? [] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("source steps.cesuan", zh: "执行 steps.cesuan")]
  }
}
