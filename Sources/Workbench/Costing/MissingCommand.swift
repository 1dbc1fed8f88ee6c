// `missing`: what nobody has stated and rules ask for, and what it would cost if it were otherwise.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import Reports
import Sessions
import View

/// Lists what nobody has stated.
struct MissingCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "missing",
    chinese: ["缺什么", "缺项"],
    meaning: Text("what nobody stated, and what it would cost otherwise", zh: "哪些事实无人说明，若非如此预算为何"),
    usage: Text("missing [PROGRAMME]", zh: "缺什么 [方案]"),
    more: Text(
      "Every fact that is absent or was taken as its default, with the measures that ask for it and the budget if it "
        + "were otherwise in every record that does not state it; the dearest first.",
      zh: "列出未说明或按默认处理的每项事实、涉及的措施，以及未说明的记录若均为另一值时的预算；影响最大的在前。"),
    group: .costing,
    options: [.settings, .mode])

  let programme: Programme?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = try parser.optionalProgramme()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let run =
      programme == nil
      ? try session.lastRun(command) : try session.carryOut(programme, command, default: .enacted)
    let facts = OpenFact.of(run.documents, run.facts.dataset)
    let now = Budget(run.ledger).sum.total
    let settings = run.ledger.settings
    var leftOut = LeftOut(run.ledger)
    func total(_ dataset: Dataset) -> Int64? {
      let ledger = Engine.run(
        run.documents, scenario: run.facts.with(dataset), settings: settings, control: session.control)
      if ledger.refusal != nil { return nil }
      leftOut.look(at: ledger, leftOut.all)
      return Budget(ledger).sum.total
    }
    let found = OtherwiseStated.all(
      facts, run.facts.dataset, now: now, isCancelled: session.isCancelled, progress: { session.progress?($0) },
      total: total)
    let records = run.facts.dataset.tables.reduce(0) { $0 + $1.count }
    let isFew = records <= OtherwiseTogether.recordLimit
    let most = found.compactMap(\.total).max() ?? now
    let together =
      isFew
      ? OtherwiseTogether.find(
        facts, run.facts.dataset, most: max(most, now), isCancelled: session.isCancelled, total: total) : nil
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    let open = session.unreckoned(run)
    return MissingAnswer(
      found, together: together, triedTogether: isFew, now: now, run: run, places: session.library.places
    ).answer.telling(
      open.isEmpty ? Unreckoned(leftOut.most.map { [(.same(run.programme), $0)] } ?? [], session.library.places) : open,
      Unreckoned.lead(leftOut, of: Text("runs", zh: "次试算"), at: nil))
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("missing", zh: "缺什么"), Text("missing \(n.document)", zh: "缺什么 \(n.document)")]
  }
}
