// `diff A, B`: the clauses that two programmes word differently, then who gains and who loses.

import Answers
import Sessions
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Desk {
  func diff(_ a: Programme, _ b: Programme, _ command: Command) throws(Refusal) -> Answer {
    let runs = try both(a, b, command)
    let changes = ClauseChanges.between(runs.0, runs.1, library.places)
    let comparison = Comparison(
      [runs.0, runs.1].map { Comparison.Column(name: $0.programme, budget: Budget($0.ledger)) },
      by: command.dimension ?? .measure)
    let view = ComparisonAnswer(comparison, runs: [runs.0, runs.1], places: library.places)
    var body = AnswerBody(blocks: [
      .heading(level: 2, [.data("\(runs.0.programme) → \(runs.1.programme)", .title)]),
      .lines(ClauseChanges.lines(changes)),
    ])
    body.append(view.body(records: .people))
    evidence = Evidence([runs.0, runs.1], extra: "diff")
    var answer = Answer(
      body,
      records: [
        Record(
          kind: "diff",
          ["changes": .rows(ClauseChanges.relation(changes)), "comparison": .record(view.record)])
      ])
    answer.chart = .bars(
      BarChart(bars: [runs.0, runs.1].map { .init(.same($0.programme), .money(fen: Budget($0.ledger).sum.total)) }))
    return answer
  }

  /// Two programmes run alike: as enacted where they rest on the same documents, else as adopted.
  func both(_ a: Programme, _ b: Programme, _ command: Command) throws(Refusal) -> (Run, Run) {
    func ids(_ programme: Programme) throws(Refusal) -> Set<String> {
      if let earlier = try result(programme) { return Set(earlier.evidence.parts.flatMap(\.documents).map(\.id)) }
      return Set(try resolve(programme).documents.map(\.id))
    }
    let mode: Mode = try ids(a) == ids(b) ? .enacted : .adopted
    return (
      try carryOutCompared(a, [a, b], command, default: mode), try carryOutCompared(b, [a, b], command, default: mode)
    )
  }
}
