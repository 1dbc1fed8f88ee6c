// `payments`: every payment of the last run.

import Answers
import Commands
import Diagnostics
import PolicyLanguage
import Reports
import Sessions
import View

/// Lists payments.
struct PaymentsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "payments",
    chinese: ["明细", "支付明细", "付款"],
    meaning: Text("every payment of the last run", zh: "上次测算的逐笔明细"),
    usage: Text(
      "payments [MEASURE] [by FACT[, FACT]] [on duckdb|spark] [into FILE.csv]",
      zh: "明细 [措施] [按 事实[，事实]] [在 duckdb|spark] [存入 文件.csv]"),
    more: Text(
      "All payments of the last run, those displaced or over quota included; `by` puts facts beside each. `on duckdb` "
        + "or `on spark` has the engine write them, as Parquet or CSV.",
      zh: "上次测算的全部明细，含就高不重复和超出名额的；“按”在每笔旁列出事实。“在 duckdb”“在 spark”由该引擎写成 Parquet 或 CSV。"),
    group: .costing,
    options: [.settings, .dimension, .fact, .mode, .engine])

  let measure: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    measure = parser.optionalPhrase()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("measure", measure)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if let engine = command.engine { return try perform(on: engine, in: session, command) }
    // Each payment has its measure and its beneficiary beside it anyway.
    let keys = try session.groupKeys(command).filter { !$0.isToldOfEach }
    if keys.contains(where: \.isFund) { throw Refusal(.grouping(.fundAlone), at: command.location) }
    let run = try session.lastRun(command, asShown: true)
    let wanted = try measure.map { name throws(Refusal) in try session.measure(name, in: run.documents).id }
    let list = PaymentList(run.ledger) { wanted == nil || $0.id == wanted }
    let groups = keys.isEmpty ? nil : PaymentGroups(list, by: keys)
    return PaymentAnswer(list, run: run, measure: wanted, changed: run.depth != session.log.depth, groups: groups)
      .answer
  }

  /// The same where another engine computes: into a file that the engine makes.
  private func perform(on engine: OtherEngine, in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if !command.grouping.isEmpty {
      throw Refusal(.engine(.notTold(Text("facts beside payments", zh: "每笔旁的事实"), engine)), at: command.location)
    }
    guard let file = command.into, ["parquet", "csv"].contains(Files.ending(file.raw)) else {
      throw Refusal(.engine(.paymentsIntoFile), at: command.location)
    }
    let recent = session.recent.flatMap { $0.scenario == session.state.scenario?.name ? $0 : nil }
    let programme = recent.map { recent in
      Programme(names: recent.names.map { Written(text: $0, raw: $0, location: command.location) })
    }
    let inquiry = try session.inquiryThere(programme, command, default: recent?.mode ?? .enacted)
    let wanted = try measure.map { name throws(Refusal) in try session.measure(name, in: inquiry.documents).id }
    let wish = EngineRun.Wish(payments: file, measure: wanted)
    let run = try EngineRun(session: session, engine: engine, command: command).carryOut(inquiry, wish: wish)
    // A file of one measure's payments is told with what that measure pays.
    let sum = wanted.map { run.budget.line($0)?.tally ?? Tally() } ?? run.budget.sum
    var answer = Answer(
      Document([
        RunHead(run, places: session.library.places).block,
        .paragraph([
          Span("The payments are written into ", zh: "明细已写入 "), .data(file.raw, .name),
          Span("; paid are ", zh: "；支付合计 "), .money(fen: sum.total),
          Span(inquiry.documents.currency.behind(".", zh: "。")),
        ]),
      ]),
      records: [
        Record(
          kind: "written",
          [
            "file": .id(file.raw), "total": .money(fen: sum.total), "payments": .count(sum.payments),
            "computed_by": .id(run.there?.engine ?? engine.title),
          ])
      ])
    answer.isWritten = true
    answer.diagnostics = EngineRun(session: session, engine: engine, command: command).leftOut([run])
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty ? session.measures(paying: true) : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("payments \(n.measure)", zh: "明细 \(n.zh.measure)"), Text("payments into ledger.csv", zh: "明细 存入 明细.csv")]
  }

  func next(in session: Desk) -> [Text] {
    [Text("payments into ledger.csv", zh: "明细 存入 明细.csv")]
  }
}
