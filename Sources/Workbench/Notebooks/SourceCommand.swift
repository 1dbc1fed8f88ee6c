// `source`: the commands of a file, carried out.

import Answers
import Commands
import Diagnostics
import Sessions

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

  func performAll(in session: Desk, sink: (Answer) -> Bool) -> Bool {
    let path = session.path(file.raw)
    guard !session.playing.contains(path), session.playing.count < 16 else {
      _ = sink(.failure(Mistake.tooDeep(file.raw).diagnostic(at: file.location)))
      return true
    }
    do {
      let text = try session.door.text(path, as: .glance)
      session.playing.append(path)
      defer { session.playing.removeLast() }
      // What the file asks for is its author's wish, not that of whoever plays it.
      session.confined(to: path.lastIndex(of: "/").map { String(path[...$0]) } ?? "") {
        if ["md", "markdown"].contains(Files.ending(file.raw)), Notebook.isOne(text) {
          session.door.load(path)
          session.playNotebook(Notebook.read(Array(text.utf8), name: path), sink: sink)
        } else {
          let door = session.door
          door.keeping(path) {
            session.play(SourceFile(name: file.raw, text: PastedTranscript.commands(in: text)), echo: true, sink: sink)
          }
        }
      }
    } catch {
      _ = sink(.failure(Mistake.reading(file.raw, error).diagnostic(at: file.location)))
    }
    return true
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("file", file)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    throw Refusal(.tooDeep(file.raw), at: file.location)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    session.commandWords()
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty ? [] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("source steps.cesuan", zh: "执行 步骤.cesuan")]
  }
}
