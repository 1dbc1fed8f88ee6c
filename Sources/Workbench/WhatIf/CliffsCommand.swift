// `cliffs`: who stands just short of a threshold or just past it, and what hangs on it.

import Commands
import Diagnostics

/// Finds the thresholds and who stands near them.
/// 
///     cliffs = "cliffs" [ programme ] [ "within" NUMBER ] [ "for" ID ]
struct CliffsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "cliffs",
    chinese: ["断崖", "门槛"],
    meaning: Text("who stands just short of a threshold or just past it, and what hangs on it", zh: "谁在门槛边上，差一点值多少"),
    usage: Text("cliffs [PROGRAMME] [within K] [for ID]", zh: "断崖 [方案] [范围 K] [给 编号]"),
    more: Text("Groups near a threshold, what one record more or less is worth to them.", zh: "门槛附近的对象，以及多一条或少一条记录值多少。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let programme: Programme?
  let within: Written?
  let subject: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    var programme: Programme?
    if !parser.isAtEnd, !parser.isOption(parser.token), !Keyword.within.matches(parser.token.word),
      !Keyword.for.matches(parser.token.word)
    {
      programme = try parser.programme()
    }
    var within: Written?
    var subject: Written?
    while !parser.isAtEnd {
      if Keyword.within.matches(parser.token.word) {
        parser.index += 1
        within = try parser.figure(Text("how near", zh: "范围"))
      } else if Keyword.for.matches(parser.token.word) {
        parser.index += 1
        subject = try parser.word(Text("an id", zh: "编号"))
      } else {
        break
      }
    }
    (self.programme, self.within, self.subject) = (programme, within, subject)
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
    meaning.add("within", within)
    meaning.add("subject", subject)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.cliffs(programme, within, subject, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if Keyword.for.matches(position.previous) { return session.ids(position) }
    let word = WhatIfWords(session)
    return (after.isEmpty ? session.documents() : []) + [
      word(.within, Text("how many short or over", zh: "差多少以内")), word(.for, Text("an id", zh: "编号")),
    ]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("cliffs", zh: "断崖"), Text("cliffs \(n.document)", zh: "断崖 \(n.document)")]
  }
}
