// `diff`: what two programmes change, and for whom.

import Answers
import Commands
import Diagnostics
import Engine
import Reports
import Sessions
import View

/// Shows what differs between two programmes.
struct DiffCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "diff",
    chinese: ["差异", "对照"],
    meaning: Text("what two programmes change, and for whom", zh: "两套方案改了什么、影响谁"),
    usage: Text("diff PROGRAMME, PROGRAMME [by DIMENSION|FACT]", zh: "差异 方案，方案 [按 维度|事实]"),
    more: Text(
      "Answers about money are numbered: r1, r2, …; the number names one later.", zh: "涉及金额的回答都有编号 r1、r2……，此后可用编号引用。"),
    group: .proposals,
    options: [.settings, .dimension, .fact, .mode],
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

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    try session.amending(first.names + second.names, command) { () throws(Refusal) in
      try answer(command, in: session)
    }
  }

  private func answer(_ command: Command, in session: Desk) throws(Refusal) -> Answer {
    let keys = try session.groupKeys(command)
    let runs = try session.both(first, second, command)
    let changes = ClauseChanges.between(runs.0, runs.1, session.library.places, session.ruleTexts)
    let columns = [runs.0, runs.1].map { Comparison.Column(name: $0.programme, budget: Budget($0.ledger)) }
    let comparison = keys.isEmpty ? Comparison(columns, by: .measure) : Comparison(columns, by: keys)
    let view = ComparisonAnswer(comparison, runs: [runs.0, runs.1], places: session.library.places)
    var body = AnswerBody(blocks: [
      .heading(level: 2, [.data("\(runs.0.programme) → \(runs.1.programme)", .title)]),
      .lines(ClauseChanges.lines(changes)),
    ])
    body.append(view.body(records: .people))
    session.evidence = Evidence([runs.0, runs.1], extra: "diff")
    var answer = Answer(
      body,
      records: [
        Record(
          kind: "diff",
          ["changes": .rows(ClauseChanges.relation(changes)), "comparison": .record(view.record)])
      ])
    answer.leftOut = view.unreckoned.line
    answer.chart = .bars(
      BarChart(
        title: runs.0.documents.currency.heading("Total", zh: "合计"), axis: runs.0.documents.currency.axis,
        bars: [runs.0, runs.1].map { .init(.same($0.programme), .money(fen: Budget($0.ledger).sum.total)) }))
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    return after.isEmpty || WhatIfWords.isInList(after) ? session.documents() : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("diff \(n.document), \(n.other)", zh: "差异 \(n.document)，\(n.other)")]
  }
}
