// `last`: the last answer again, wider or in another form.

import Answers
import Commands
import Diagnostics
import Sessions

/// Shows the last answer again.
struct LastCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "last",
    english: ["last", "_"],
    chinese: ["上次", "上一条"],
    meaning: Text("the last answer again; `last wide` with every column, as `_`", zh: "再看上次回答；“上次 全宽”或 _ 显示全部列"),
    usage: Text("last [wide] [as FORMAT] [into FILE]", zh: "上次 [全宽] [以 格式] [存入 文件]"),
    more: Text(
      "`last wide`, or `_`, shows the columns that found no room; `last as csv` and `last into FILE` put the "
        + "same answer into another form without asking anew.",
      zh: "“上次 全宽”或 _ 显示放不下的列；“上次 以 csv”“上次 存入 文件”不必重算即可换一种形式。"),
    group: .session,
    order: 5)

  /// Whether its tables come with every column.
  let isWide: Bool

  package init(from parser: inout StatementParser) throws(Misread) {
    // The word `_` holds it.
    if parser.index > 0, parser.tokens[parser.index - 1].text == "_" {
      isWide = true
    } else if parser.token.kind == .word, !parser.isOption(parser.token) {
      guard ["wide", "全宽", "完整", "宽"].contains(parser.token.word) else {
        throw parser.fail(
          .unknownWord(
            parser.token.raw, what: Text("how to show the last answer", zh: "显示方式"), choices: [Text("wide", zh: "全宽")]))
      }
      parser.index += 1
      isWide = true
    } else {
      isWide = false
    }
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("wide", isWide ? "yes" : nil)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    guard var answer = session.lastAnswer else { throw Refusal(.nothingBefore, at: nil) }
    answer.isWide = isWide
    answer.format = nil
    answer.diagnostics = []
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty
      ? [
        Completion(
          session.language == .zh ? "全宽" : "wide", Text("with every column", zh: "显示全部列").in(session.language))
      ] : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("last wide", zh: "上次 全宽"), Text("last as csv", zh: "上次 以 csv"),
      Text("last into answer.md", zh: "上次 存入 回答.md"),
    ]
  }

  static let isSpoken = false
  static let isShownAgain = false
}
