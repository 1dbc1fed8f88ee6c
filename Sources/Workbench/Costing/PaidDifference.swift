// What two runs pay differently, for one subject or for all: by measure, and in a sentence. Knows nothing of the
// clauses that make the difference.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions
import View

/// What two runs pay differently, for one subject or for all.
struct PaidDifference {
  struct Row {
    let measure: CheckedMeasure
    var before: Int64 = 0
    var after: Int64 = 0
    var countBefore = 0
    var countAfter = 0
  }

  let rows: [Row]
  private let names: (String, String)
  private let currency: Currency

  init(_ first: Session.Run, _ second: Session.Run, _ id: String?, of list: Int? = nil) {
    names = (first.programme, second.programme)
    currency = first.documents.currency
    var rows: [String: Row] = [:]
    var order: [String] = []
    func add(_ run: Session.Run, isFirst: Bool) {
      let ledger = run.ledger
      for block in ledger.blocks {
        let measure = ledger.measures[block.measure]
        var sum: Int64 = 0
        var count = 0
        let found = id.map { ledger.rows(of: $0, in: block, within: list.map { .list($0) }) } ?? Array(0..<block.count)
        for i in found where block.standing(i).isInTotal {
          sum = sum.addingReportingOverflow(block.amount(i)).partialValue
          if block.standing(i) == .paid { count += 1 }
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
      .data(names.0, .name), Span(" by ", zh: "，相差 "), .money(fen: abs(change)), Span(currency.behind(".", zh: "。")),
    ]
  }

  var relation: Relation {
    Relation(
      of: rows,
      [
        .id("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.id }
          .shown { [Span($0.measure.words, .name)] },
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
