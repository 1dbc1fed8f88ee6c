// `diff`: what two programmes change, and for whom.

import Commands
import Diagnostics

/// Shows what differs between two programmes.
struct DiffCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "diff",
    chinese: ["差异", "对照"],
    meaning: Text("what two programmes change, and for whom", zh: "两套方案改了什么、影响谁"),
    usage: Text("diff PROGRAMME, PROGRAMME", zh: "差异 方案，方案"),
    more: Text(
      "Answers about money are numbered: r1, r2, …; the number names one later.", zh: "涉及金额的回答都有编号 r1、r2……，此后可用编号引用。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let first: Programme
  let second: Programme

  package init(from parser: inout StatementParser) throws(Misread) {
    first = try parser.programme()
    guard parser.token.kind == .comma || Keyword.vs.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("a second programme", zh: "第二套方案"), usage: parser.usage))
    }
    parser.index += 1
    second = try parser.programme()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("first", first)
    meaning.add("second", second)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.diff(first, second, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    return after.isEmpty || WhatIfWords.isInList(after) ? session.documents() : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("diff \(n.document), \(n.other)", zh: "差异 \(n.document)，\(n.other)")]
  }
}
