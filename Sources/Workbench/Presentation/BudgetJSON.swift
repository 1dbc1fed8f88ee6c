// A budget as the object that other programs read. The keys and their order are the contract.

import Sessions
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import View

enum BudgetJSON {
  static func object(
    _ budget: Budget, run: Session.Run, breakdown: Breakdown? = nil, flow: CashFlow? = nil, limit: Int64? = nil
  ) -> JSONValue {
    let ledger = budget.ledger
    let places = ledger.dataset.places
    let district = Int(run.scenario.scenario.district)
    var members: [JSONValue.Member] = [
      .init("kind", "budget"),
      .init("scenario", .string(run.scenario.scenario.title)),
      .init("home", .string(places.codes.indices.contains(district) ? places.codes[district].text : "")),
      .init("mode", .string(ledger.settings.mode.rawValue)),
      .init("programme", .strings(run.names)),
      .init("as_of", ledger.settings.asOf.map { .string($0.text) } ?? .null),
    ]
    members += amounts(budget.sum)
    members.append(.init("measures", .array(budget.lines.map { line($0, budget) })))
    members.append(
      .init(
        "unpriced",
        .array(
          ledger.unpriced.map {
            [
              "measure": .string(ledger.measures[$0.measure].id), "units": .int($0.units),
              "unit": $0.isMonths ? "month" : "payment", "missing": .strings($0.missing),
            ]
          })))
    members.append(
      .init(
        "undetermined",
        .array(
          ledger.undetermined.map {
            [
              "measure": .string(ledger.measures[$0.measure].id), "subjects": .int(Int64($0.count)),
              "facts": .strings($0.facts),
            ]
          })))
    members.append(
      .init(
        "elsewhere",
        .array(
          ledger.elsewhere.map {
            [
              "measure": .string(ledger.measures[$0.measure].id), "subjects": .int(Int64($0.count)),
              "governed_by": .string($0.governedBy),
            ]
          })))
    members.append(
      .init(
        "grants",
        .array(
          ledger.grants.map {
            [
              "measure": .string(ledger.measures[$0.measure].id), "beneficiary": .string($0.beneficiary),
              "subject": .string($0.subject), "title": .string($0.title.en),
            ]
          })))
    let notes = ledger.diagnostics.map { JSONValue.string($0.message.en) }
    if !notes.isEmpty { members.append(.init("notes", .array(notes))) }
    if let breakdown {
      members.append(.init("by", .string(breakdown.dimension.rawValue)))
      members.append(
        .init(
          "groups",
          .array(
            breakdown.groups.map {
              .object(
                [.init("group", .string($0.key)), .init("payments", .int(Int64($0.tally.payments)))] + amounts($0.tally)
                  + (flow?.step($0.key).map { [.init("cumulative", .money(fen: $0.cumulative))] } ?? []))
            })))
    }
    if let limit {
      members.append(.init("budget", .money(fen: limit)))
      members.append(.init("left", .money(fen: limit &- budget.sum.total)))
      if let flow { members.append(.init("passed", flow.passed.map { .string(flow.steps[$0].key) } ?? .null)) }
    }
    return .object(members)
  }

  private static func amounts(_ tally: Tally) -> [JSONValue.Member] {
    [
      .init("total", .money(fen: tally.total)), .init("due", .money(fen: tally.due)),
      .init("pending", .money(fen: tally.pending)), .init("displaced", .money(fen: tally.displaced)),
      .init("over_quota", .money(fen: tally.overQuota)),
    ]
  }

  private static func line(_ line: Budget.Line, _ budget: Budget) -> JSONValue {
    let measure = budget.measure(line)
    return .object(
      [
        .init("measure", .string(measure.id)), .init("article", .string(measure.article)),
        .init("kind", .string(measure.kind)), .init("payments", .int(Int64(line.tally.payments))),
        .init("beneficiaries", .int(Int64(line.beneficiaries))),
      ] + amounts(line.tally) + [.init("upper_bound", .bool(line.isUpperBound))]
        + (line.low.map { [.init("low", .money(fen: $0))] } ?? []))
  }
}
