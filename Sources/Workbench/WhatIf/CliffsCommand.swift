// `cliffs`: who stands just short of a threshold or just past it, and what hangs on it.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions

/// Finds the thresholds and who stands near them.
///
///     cliffs = "cliffs" [ programme ] [ "within" NUMBER ] [ "for" ID ]
struct CliffsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "cliffs",
    chinese: ["门槛", "断崖", "临界"],
    meaning: Text("who stands just short of a threshold or just past it, and what hangs on it", zh: "谁在门槛边上，差一点值多少"),
    usage: Text("cliffs [PROGRAMME] [within K] [for ID]", zh: "门槛 [方案] [范围 K] [给 编号]"),
    more: Text(
      "Groups near a threshold, what one record more or less is worth to them.", zh: "门槛附近的对象，以及多一条或少一条记录值多少。"),
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

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let inquiry = try session.inquiry(programme, command)
    let near = try nearness()
    let run = try session.baseRun(inquiry)
    var id: String?
    if let subject { id = try session.subjectID(subject, in: run) }
    let asked = "cliffs \(near) \(id ?? "")"
    let report = session.remembered(asked, inquiry.documents, inquiry.scenario, inquiry.base) {
      let (facts, memory) = session.memorised(inquiry.scenario, inquiry.base)
      let (thresholds, quotas, unseen) = Engine.thresholds(
        inquiry.documents, scenario: facts, settings: inquiry.base, near: near,
        listed: id == nil ? CliffsCommand.listed : .max,
        memory: memory,
        isCancelled: session.isCancelled)
      return CliffReport.make(
        thresholds, quotas, unseen: unseen, base: run.ledger, only: id, isCancelled: session.isCancelled,
        progress: { session.progress?($0) }
      ) { watched, value in session.budgetLedger(inquiry, watched.set(value, in: inquiry.base)) }
    }
    session.evidence = Evidence([inquiry], extra: asked)
    return CliffAnswer(report, inquiry: inquiry, near: near, only: id, places: session.library.places).answer
      .telling(session.unreckoned(run))
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if Keyword.for.matches(position.previous) { return session.ids(position) }
    let word = WhatIfWords(session)
    return (after.isEmpty ? session.documents() : []) + [
      word(.within, Text("how many short or over", zh: "差多少以内")), word(.for, Text("an id", zh: "编号")),
    ]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("cliffs", zh: "门槛"), Text("cliffs \(n.document)", zh: "门槛 \(n.document)")]
  }
}

extension CliffsCommand {
  /// So many are listed of those who stand near one threshold; whoever is asked for is found among all.
  private static let listed = 200

  /// How far from a threshold is still near it.
  private func nearness() throws(Refusal) -> Int64 {
    guard let within else { return 5 }
    let digits = within.text.split(separator: " ").first.map(String.init) ?? within.text
    guard let near = Int64(digits), (0...1000).contains(near) else {
      throw Refusal(.whatIf(.notACount(within.raw, upTo: 1000)), at: within.location)
    }
    return near
  }
}
