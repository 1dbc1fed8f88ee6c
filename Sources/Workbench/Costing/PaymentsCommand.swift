// `payments`: every payment of the last run.

import Commands
import Diagnostics

/// Lists payments.
struct PaymentsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "payments",
    chinese: ["明细", "支付明细", "付款"],
    meaning: Text("every payment of the last run", zh: "上次测算的逐笔明细"),
    usage: Text("payments [MEASURE] [into FILE.csv]", zh: "明细 [措施] [存入 文件.csv]"),
    more: Text("All payments of the last run, those displaced or over quota included.", zh: "上次测算的全部明细，含就高让出和超出名额的。"),
    group: .costing,
    options: [.settings, .mode])

  let measure: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    measure = parser.optionalPhrase()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("measure", measure)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.payments(measure, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    after.isEmpty ? session.measures(paying: true) : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("payments \(n.measure)", zh: "明细 \(n.measure)"), Text("payments into ledger.csv", zh: "明细 存入 ledger.csv")]
  }

  func next(in session: Session) -> [Text] {
    [Text("payments into ledger.csv", zh: "明细 存入 ledger.csv")]
  }
}
