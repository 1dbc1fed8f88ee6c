// Commands that ask what a programme costs, and for whom.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Session {
  func run(_ programme: Programme?, _ command: Command) throws(Refusal) -> Answer {
    let run = try carryOut(programme, command, default: .enacted)
    last = run
    let budget = Budget(run.ledger)
    let limit = budgetLimit(run.settings)
    let view = BudgetView(budget, run: run, places: library.places, limit: limit)
    let breakdown = command.dimension.map { Breakdown(budget, by: $0) }
    let flow = breakdown.flatMap { CashFlow(budget, $0, limit: limit) }
    let sum = budget.sum
    evidence = Evidence([run], extra: "run", tally: sum)
    var answer = Answer(
      view.document(breakdown, flow),
      json: [BudgetJSON.object(budget, run: run, breakdown: breakdown, flow: flow, limit: limit)],
      diagnostics: run.ledger.diagnostics)
    answer.csv = { view.csv(breakdown) }
    answer.chart = flow?.chart ?? BudgetChart.of(budget, breakdown)
    return answer
  }

  func compare(_ programmes: [Programme], _ command: Command) throws(Refusal) -> Answer {
    var runs: [Run] = []
    // Settings may name things of any of the programmes.
    for programme in programmes { runs.append(try carryOutCompared(programme, programmes, command)) }
    let columns = runs.map { Comparison.Column(name: $0.programme, budget: Budget($0.ledger)) }
    evidence = Evidence(runs, extra: "compare")
    let dimension = command.dimension ?? (ComparisonView.share(runs) ? .measure : .kind)
    let comparison = Comparison(columns, by: dimension)
    let view = ComparisonView(comparison, runs: runs, places: library.places)
    var diagnostics: [Diagnostic] = []
    for run in runs { diagnostics += run.ledger.diagnostics }
    let compared = runs
    var answer = Answer(
      view.document(), json: [ComparisonView.json(comparison, runs: compared)], diagnostics: diagnostics)
    answer.csv = { view.csv() }
    answer.chart = .bars(
      BarChart(
        title: Text("Total, yuan", zh: "合计（元）"),
        bars: columns.map { .init(.same($0.name), .money(fen: $0.budget.sum.total)) }))
    return answer
  }

  /// One programme of a comparison; `with` may name what only another has.
  func carryOutCompared(
    _ programme: Programme, _ all: [Programme], _ command: Command, default mode: Mode = .adopted
  ) throws(Refusal) -> Run {
    if let earlier = try result(programme) { return try run(again: earlier, command) }
    let scenario = try self.scenario(at: command.location)
    let resolved = try self.resolve(programme)
    var everything = resolved.documents
    for other in all where try result(other) == nil {
      for document in try self.resolve(other).documents where !everything.contains(where: { $0.id == document.id }) {
        everything.append(document)
      }
    }
    let settings = try self.settings(command, in: everything, draft: resolved.settings)
    return try run(resolved, scenario, settings, mode: self.mode(command, settings, default: mode))
  }

  func payments(_ measure: Written?, _ command: Command) throws(Refusal) -> Answer {
    let run = try lastRun(command)
    let wanted = try measure.map { name throws(Refusal) in try self.measure(name, in: run.documents).id }
    let list = PaymentList(run.ledger) { wanted == nil || $0.id == wanted }
    let view = PaymentView(list, run: run, measure: wanted, changed: run.depth != log.depth)
    var answer = Answer(view.document(), json: [view.json()])
    answer.stream = view.stream
    return answer
  }

  func duties(_ programme: Programme?, _ command: Command) throws(Refusal) -> Answer {
    let run = programme == nil ? try lastRun(command) : try carryOut(programme, command, default: .enacted)
    if programme != nil { last = run }
    return Answer(DutyView.document(run), json: [DutyView.json(run)])
  }

  func readings(_ programme: Programme?, _ command: Command) throws(Refusal) -> Answer {
    let run = try carryOut(programme, command, default: .enacted)
    let base = run.ledger.settings
    // Each choice is run once; how many combinations follow is not known before.
    let choices = ReadingReport.readings(of: run.documents).reduce(1) { $0 + $1.choices.count }
    var done = 0
    let report = ReadingReport.make(
      run.documents, settings: base,
      run: { changes in
        if changes.isEmpty { return run.ledger }
        done += 1
        progress?(min(Double(done) / Double(choices), 0.99))
        var settings = base
        settings.readings.merge(changes) { $1 }
        return self.ledger(run.documents, run.scenario, settings)
      }, isCancelled: isCancelled)
    evidence = Evidence([run], extra: "readings")
    var answer = Answer(
      ReadingsView(report, run: run, places: library.places).document(), json: [ReadingsView.json(report, run: run)])
    answer.chart = ReadingsView.chart(report)
    return answer
  }

  // MARK: Measures by name

  /// A measure, duty or note by the end of its name, among documents and then among all.
  func measure(_ name: Written, in documents: [CheckedDocument]) throws(Refusal) -> CheckedMeasure {
    for documents in [documents, library.documents] {
      let found = documents.flatMap(\.measures).filter { measure in
        measure.id == name.text || measure.name == name.text || measure.id.hasSuffix("." + name.text)
          || measure.title.en == name.raw || measure.title.zh == name.raw
      }
      if let only = found.first, found.count == 1 { return only }
      if found.count > 1 { throw Refusal(.ambiguousMeasure(name.raw, found.map(\.id)), at: name.location) }
    }
    let near = Nearest.names(to: name.text, among: (documents + library.documents).flatMap(\.measures).map(\.id))
    throw Refusal(.unknownMeasure(name.raw, nearest: near), at: name.location)
  }
}
