// `diff A, B`: the clauses that two programmes word differently, then who gains and who loses. `explain A vs B for ID`: the
// same for one subject, down to the conditions that decide otherwise.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Session {
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
  private func both(_ a: Programme, _ b: Programme, _ command: Command) throws(Refusal) -> (Run, Run) {
    func ids(_ programme: Programme) throws(Refusal) -> Set<String> {
      if let earlier = try result(programme) { return Set(earlier.evidence.parts.flatMap(\.documents).map(\.id)) }
      return Set(try resolve(programme).documents.map(\.id))
    }
    let mode: Mode = try ids(a) == ids(b) ? .enacted : .adopted
    return (
      try carryOutCompared(a, [a, b], command, default: mode), try carryOutCompared(b, [a, b], command, default: mode)
    )
  }

  func explainDifference(_ a: Programme, _ b: Programme, _ subject: Written?, _ command: Command) throws(Refusal)
    -> Answer
  {
    let (first, second) = try both(a, b, command)
    let id = try subject.map { name throws(Refusal) in try subjectID(name, in: first) }
    let changes = ClauseChanges.between(first, second, library.places)
    let difference = DifferenceOf(first, second, id)
    var title: [Span] = [.data("\(first.programme) → \(second.programme)", .title)]
    if let id { title.append(.data("  " + id, .title)) }
    var body = AnswerBody(blocks: [.heading(level: 2, title)])
    body.append(.paragraph(difference.sentence))
    if !difference.rows.isEmpty { body.append(difference.relation) }
    // What of the changes bears on the measures that differ.
    let touched = Set(difference.rows.map(\.measure.id))
    let bearing = changes.filter { change in
      touched.contains {
        $0 == change.owner || change.isMeasure
          ? $0 == change.owner + "." + change.name : change.owner.isEmpty || $0.hasPrefix(change.owner + ".")
      }
    }
    if !bearing.isEmpty {
      body.append(.paragraph(Text("The clauses that differ:", zh: "不同的条款：")))
      body.append(.lines(ClauseChanges.lines(bearing)))
    } else if difference.rows.isEmpty {
      body.append(.paragraph(Text("Nothing differs in what is paid.", zh: "所付金额没有差别。")))
    }
    // Where one side pays nothing, the conditions that fail there.
    if let id {
      for row in difference.rows where row.before == 0 || row.after == 0 {
        let silent = row.before == 0 ? first : second
        guard silent.documents.contains(where: { $0.id == row.measure.document }),
          let own = silent.ledger.measures.first(where: { $0.id == row.measure.id })
        else { continue }
        let accounts = Explainer(ledger: silent.ledger, scenario: silent.facts).explain(id) { $0.id == own.id }
        body.append(
          .paragraph([Span("Under ", zh: "按 ", .muted), .data(silent.programme, .name), Span(":", zh: "：", .muted)]))
        body.append(ExplanationAnswer(id, accounts, run: silent, places: library.places).whyNot(own).body)
      }
    }
    evidence = Evidence([first, second], extra: "explain \(id ?? "")")
    return Answer(
      body,
      records: [
        Record(
          kind: "difference",
          [
            "programmes": .ids([first.programme, second.programme]), "subject": .id(id),
            "measures": .rows(difference.relation),
            "clauses": .rows(ClauseChanges.relation(bearing, withArticles: false)),
          ])
      ])
  }
}

/// What two runs pay differently, for one subject or for all.
private struct DifferenceOf {
  struct Row {
    let measure: CheckedMeasure
    var before: Int64 = 0
    var after: Int64 = 0
    var countBefore = 0
    var countAfter = 0
  }

  let rows: [Row]
  private let names: (String, String)

  init(_ first: Session.Run, _ second: Session.Run, _ id: String?) {
    names = (first.programme, second.programme)
    var rows: [String: Row] = [:]
    var order: [String] = []
    func add(_ run: Session.Run, isFirst: Bool) {
      let ledger = run.ledger
      for block in ledger.blocks {
        let measure = ledger.measures[block.measure]
        var sum: Int64 = 0
        var count = 0
        for i in id.map({ ledger.rows(of: $0, in: block) }) ?? Array(0..<block.count) where block.standing(i) == .paid {
          sum = sum.addingReportingOverflow(block.amount(i)).partialValue
          count += 1
        }
        if rows[measure.id] == nil {
          rows[measure.id] = Row(measure: measure)
          order.append(measure.id)
        }
        if isFirst {
          rows[measure.id]?.before &+= sum
          rows[measure.id]?.countBefore += count
        } else {
          rows[measure.id]?.after &+= sum
          rows[measure.id]?.countAfter += count
        }
      }
    }
    add(first, isFirst: true)
    add(second, isFirst: false)
    self.rows = order.compactMap { rows[$0] }.filter { $0.before != $0.after || $0.countBefore != $0.countAfter }
      .sorted { ($0.after - $0.before).magnitude > ($1.after - $1.before).magnitude }
  }

  var sentence: [Span] {
    let change = rows.reduce(Int64(0)) { $0 &+ ($1.after - $1.before) }
    if change == 0 {
      return [
        .data(names.1, .name), Span(" pays as much as ", zh: " 与 "), .data(names.0, .name), Span(".", zh: " 所付相同。"),
      ]
    }
    return [
      .data(names.1, .name), change > 0 ? Span(" pays more than ", zh: " 多于 ") : Span(" pays less than ", zh: " 少于 "),
      .data(names.0, .name), Span(" by ", zh: "，相差 "), .money(fen: abs(change)), Span(" yuan.", zh: " 元。"),
    ]
  }

  var relation: Relation {
    Relation(
      of: rows,
      [
        .id("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.id }
          .shown { [.data($0.measure.name, .name)] },
        .id("article", Text("Article", zh: "条款"), .useful) { $0.measure.article }.role(.article).forPeople(),
        .money("before", .same(names.0), .essential) { $0.before }.headedByTitle(),
        .count("payments_before", Text("Payments", zh: "笔数"), .incidental) { Int64($0.countBefore) }.forPeople()
          .headedByTitle(),
        .money("after", .same(names.1), .essential) { $0.after }.headedByTitle(),
        .count("payments_after", Text("Payments", zh: "笔数"), .incidental) { Int64($0.countAfter) }.forPeople()
          .headedByTitle(),
        .change("change", Text("Change", zh: "差额"), .important) { $0.after - $0.before },
      ])
  }
}
