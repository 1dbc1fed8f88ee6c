// `sensitivity`: what each parameter, reading and value moves.

import Commands
import Diagnostics

/// Varies everything a little, one thing at a time.
struct SensitivityCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "sensitivity",
    chinese: ["敏感性", "敏感度"],
    meaning: Text("what each parameter, reading and value moves", zh: "各参数、读法、引用值的影响大小"),
    usage: Text("sensitivity [PROGRAMME] [by 10%]", zh: "敏感性 [方案] [按 10%]"),
    more: Text(
      "One thing at a time, up and down by the share; readings by each of their choices.", zh: "逐项上下变动给定比例；读法逐一取各选项。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let programme: Programme?
  let change: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = parser.isAtEnd || parser.isOption(parser.token) ? nil : try parser.programme()
    // `by 10%` is no dimension.
    if Keyword.by.matches(parser.token.word), SensitivityCommand.isPercent(parser.peek(1)) { parser.index += 1 }
    if SensitivityCommand.isPercent(parser.token) {
      change = parser.written(parser.token)
      parser.index += 1
    } else {
      change = nil
    }
  }

  private static func isPercent(_ token: Token) -> Bool {
    let text = token.text.hasPrefix("±") ? String(token.text.dropFirst()) : token.text
    return token.kind == .word && text.hasSuffix("%") && text.utf8.first.map { (0x30...0x39).contains($0) } == true
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
    meaning.add("by", change)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.sensitivity(programme, change, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    guard after.isEmpty else { return [] }
    let share = Text("a share, such as 10%", zh: "比例，例如 10%").in(session.language)
    return session.documents() + [Completion(session.language == .zh ? "按" : "by", share)]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("sensitivity", zh: "敏感性"), Text("sensitivity \(n.document) by 10%", zh: "敏感性 \(n.document) 按 10%")]
  }
}
