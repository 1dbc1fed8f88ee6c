// `compare`: what several programmes cost, side by side.

import Answers
import Commands
import Diagnostics
import Engine
import Reports
import Sessions
import View

/// Compares programmes.
struct CompareCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "compare",
    chinese: ["比较", "对比"],
    meaning: Text("what several programmes cost, side by side", zh: "并列比较几套方案"),
    usage: Text(
      "compare PROGRAMME, PROGRAMME, … [by DIMENSION|FACT] [on duckdb|spark]",
      zh: "比较 方案，方案，… [按 维度|事实] [在 duckdb|spark]"),
    more: Text(
      "Every programme is costed as if the scenario's district had adopted it; `as enacted` keeps each in "
        + "its own district and period. Differences are against the first.",
      zh: "各方案均按本地区采用测算；`按原文件施行` 则各在其本地区、本期限内。差额以第一列为准。"),
    group: .costing,
    options: [.settings, .dimension, .fact, .mode, .engine],
    isDrawable: true)

  let programmes: [Programme]

  package init(from parser: inout StatementParser) throws(Misread) {
    guard !parser.isAtEnd else { throw parser.fail(.missing(Text("programmes", zh: "方案"), usage: parser.usage)) }
    var programmes = [try parser.programme()]
    while parser.token.kind == .comma || Keyword.and.matches(parser.token.word) {
      if parser.token.kind == .comma, parser.isOption(parser.peek(1)) { break }
      parser.index += 1
      programmes.append(try parser.programme())
    }
    // `compare a b`, without a comma.
    while parser.token.kind == .word, !parser.isOption(parser.token), !["per", "每"].contains(parser.token.word) {
      programmes.append(try parser.programme())
    }
    if programmes.count < 2, parser.isAtEnd || parser.isOption(parser.token) {
      throw parser.fail(.oneProgramme, at: parser.tokens[parser.index - 1])
    }
    self.programmes = programmes
  }

  package func describe(to meaning: inout Meaning) {
    for programme in programmes { meaning.add("programme", programme) }
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if let engine = command.engine { try EngineRun(session: session, engine: engine, command: command).demandTold() }
    let keys = try session.groupKeys(command)
    var runs: [Session.Run] = []
    let settled = self.programmes.map { session.latest($0) }
    let programmes = settled.map(\.0)
    // Settings may name things of any of the programmes.
    for programme in programmes {
      if let engine = command.engine {
        let inquiry = try session.comparedThere(programme, programmes, command)
        let there = EngineRun(session: session, engine: engine, command: command)
        runs.append(try there.carryOut(inquiry, wish: EngineRun.Wish(everybody: true)))
      } else {
        runs.append(try session.carryOutCompared(programme, programmes, command))
      }
    }
    try session.demandOneCurrency(of: runs.flatMap(\.ledger.documents), at: command.location)
    let columns = runs.map { Comparison.Column(name: $0.programme, budget: $0.budget) }
    session.evidence = Evidence(runs, extra: "compare")
    let comparison =
      keys.isEmpty
      ? Comparison(columns, by: ComparisonAnswer.share(runs) ? .measure : .kind) : Comparison(columns, by: keys)
    let told = ComparisonAnswer(comparison, runs: runs, places: session.library.places)
    var diagnostics = settled.flatMap(\.told)
    for run in runs { diagnostics += run.ledger.diagnostics }
    if let engine = command.engine {
      diagnostics += EngineRun(session: session, engine: engine, command: command).leftOut(runs)
    }
    var answer = Answer(told.body(), records: [told.record], diagnostics: diagnostics)
    answer.leftOut = told.unreckoned.line
    answer.chart = .bars(
      BarChart(
        title: runs[0].documents.currency.heading("Total", zh: "合计"), axis: runs[0].documents.currency.axis,
        bars: columns.map { .init(.same($0.name), .money(fen: $0.budget.sum.total)) }))
    return answer
  }

  func besides(_ command: Command) -> Besides { command.engine == nil ? .both : .nothing }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .comma || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("compare \(n.document), \(n.other)", zh: "比较 \(n.document)，\(n.other)"),
      Text("compare \(n.document), \(n.other) by year", zh: "比较 \(n.document)，\(n.other) 按年度"),
    ]
  }

  func next(in session: Desk) -> [Text] {
    [Text("list measures", zh: "列出 措施"), Text("readings", zh: "口径")]
  }
}
