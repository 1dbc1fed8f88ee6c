// `translate`: a notebook's commands in the other language.

import Commands
import Diagnostics

/// Translates a notebook's commands: in the file itself, or into another.
struct TranslateCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "translate",
    chinese: ["翻译"],
    meaning: Text("a notebook's commands in the other language", zh: "把笔记本中的命令换成另一种语言"),
    usage: Text("translate NOTEBOOK.md to zh|en [into FILE]", zh: "翻译 笔记本.md 到 中文|英文 [存入 文件]"),
    more: Text(
      "Only commands change: what they mean, the prose and the answers stay. Without `into` the file itself is changed.",
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

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.translate(file, to: language, into: command.into)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
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
