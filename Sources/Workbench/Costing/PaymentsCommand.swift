// `payments`: every payment of the last run.

import Answers
import Commands
import Diagnostics
import PolicyLanguage
import Reports
import Sessions

/// Lists payments.
struct PaymentsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "payments",
    chinese: ["明细", "支付明细", "付款"],
    meaning: Text("every payment of the last run", zh: "上次测算的逐笔明细"),
    usage: Text("payments [MEASURE] [by FACT[, FACT]] [into FILE.csv]", zh: "明细 [措施] [按 事实[，事实]] [存入 文件.csv]"),
    more: Text(
      "All payments of the last run, those displaced or over quota included; `by` puts facts beside each.",
      zh: "上次测算的全部明细，含就高不重复和超出名额的；“按”在每笔旁列出事实。"),
    group: .costing,
    options: [.settings, .dimension, .fact, .mode])

  let measure: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    measure = parser.optionalPhrase()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("measure", measure)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let keys = try session.groupKeys(command)
    if keys.contains(where: \.isFund) { throw Refusal(.grouping(.fundAlone), at: command.location) }
    let run = try session.lastRun(command, asShown: true)
    let wanted = try measure.map { name throws(Refusal) in try session.measure(name, in: run.documents).id }
    let list = PaymentList(run.ledger) { wanted == nil || $0.id == wanted }
    let groups = keys.isEmpty ? nil : PaymentGroups(list, by: keys)
    return PaymentAnswer(list, run: run, measure: wanted, changed: run.depth != session.log.depth, groups: groups)
      .answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty ? session.measures(paying: true) : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("payments \(n.measure)", zh: "明细 \(n.zh.measure)"), Text("payments into ledger.csv", zh: "明细 存入 ledger.csv")]
  }

  func next(in session: Desk) -> [Text] {
    [Text("payments into ledger.csv", zh: "明细 存入 ledger.csv")]
  }
}
