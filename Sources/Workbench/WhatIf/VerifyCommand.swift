// `verify`: a result carried out again and compared.

import Commands
import Diagnostics

/// Carries a result out again.
struct VerifyCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "verify",
    chinese: ["核验", "复核"],
    meaning: Text("carry out a result again and compare", zh: "重做一个结果并核对"),
    usage: Text("verify [r3]", zh: "核验 [r3]"),
    more: Text(
      "Answers about money are numbered: r1, r2, …; the number names one later.", zh: "涉及金额的回答都有编号 r1、r2……，此后可用编号引用。"),
    group: .proposals)

  let name: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    name = parser.isAtEnd || parser.isOption(parser.token) ? nil : try parser.word(Text("a result", zh: "结果"))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("result", name)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.verify(name)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    return after.isEmpty ? WhatIfWords.results(session) : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("verify", zh: "核验")]
  }
}
