// `translate`: a notebook's commands in the other language.

import Answers
import Commands
import Diagnostics
import Sessions
import View

/// Translates a notebook's commands: in the file itself, or into another.
struct TranslateCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "translate",
    chinese: ["翻译"],
    meaning: Text("a notebook's commands in the other language", zh: "把笔记本中的命令换成另一种语言"),
    usage: Text("translate NOTEBOOK.md to zh|en [into FILE]", zh: "翻译 笔记本.md 到 中文|英文 [存入 文件]"),
    more: Text(
      "Only commands change: what they mean, the prose and the answers stay. Without `into` the file itself is "
        + "changed.",
      zh: "只改命令：含义、正文和输出不变。不写“存入”时改动原文件。"),
    group: .session,
    order: 2)

  let file: Written
  let language: Language

  package init(from parser: inout StatementParser) throws(Misread) {
    file = try parser.file()
    guard Keyword.to.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("`to` and a language", zh: "`到` 和语言"), usage: parser.usage))
    }
    parser.index += 1
    language = try parser.language()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("file", file)
    meaning.add("to", language.rawValue)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let notebook: Notebook
    do { notebook = try NotebookFile.read(session.path(file.raw), through: session.door) } catch {
      throw Refusal(.reading(file.raw, error), at: file.location)
    }
    let problems = notebook.diagnostics.filter { $0.severity == .error }
    if !problems.isEmpty { throw Refusal(problems) }
    let bytes = NotebookTranslation.bytes(notebook, to: language)
    if let other = command.into {
      try session.put(String(decoding: bytes, as: UTF8.self), into: other)
    } else if bytes != notebook.bytes {
      do {
        guard try session.door.replace(session.path(file.raw), notebook.bytes, with: bytes) else {
          throw Refusal([NotebookMistake.changedMeanwhile.diagnostic(at: file.location)])
        }
      } catch let error as Files.Failure {
        throw Refusal(.writing(file.raw, error), at: file.location)
      } catch {
        throw (error as? Refusal) ?? Refusal([])
      }
    }
    let target = command.into ?? file
    var answer = Answer(
      Document([
        .paragraph([
          Span("The commands are translated in ", zh: "命令已翻译，写入 "), .data(target.raw, .name), Span(".", zh: "。"),
        ])
      ]),
      records: [Record(kind: "translated", ["file": .id(target.raw), "language": .id(language.rawValue)])])
    answer.isWritten = true
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.count == 1
      ? [Completion(session.language == .zh ? "到" : "to")] : [Completion("en", "English"), Completion("zh", "中文")]
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty ? [] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("translate lesson.md to zh", zh: "翻译 lesson.md 到 英文")]
  }

  static let isSpoken = false
}
