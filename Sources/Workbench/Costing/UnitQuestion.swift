// Of what a budget is told for each: beneficiaries, records of a list, or what measures count under a name. Knows
// nothing of how it is shown.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions

/// What there is one each of, found by its name.
struct UnitQuestion: Sendable {
  private let unit: UnitCosts.Unit
  let name: String
  let title: Text
  /// The list whose records there is one each of; nil for anything else.
  private var list: ListDeclaration?

  /// - Parameter documents: whose measures count.
  init(
    _ written: Written, _ documents: [CheckedDocument], _ facts: Scenario, _ settings: RunSettings, in session: Desk
  ) throws(Refusal) {
    let dataset = facts.dataset
    if Dimension.named(written.text) == .beneficiary {
      (unit, name, title) = (.beneficiary, Dimension.beneficiary.rawValue, Text("Beneficiaries", zh: "对象数"))
      return
    }
    if let list = dataset.dictionary.list(called: written.text), let index = dataset.dictionary.index(list.name) {
      (unit, name, title, self.list) = (.record(index), list.singular, list.words, list)
      return
    }
    let members = Engine.members(
      of: written.text, in: documents, scenario: facts, settings: settings, control: session.control)
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    guard let first = members.first else {
      let counts = Engine.counts(of: documents)
      let lists = dataset.tables.filter { $0.count > 0 }.map(\.declaration)
      // The lists that have records; then what measures count.
      let records = lists.map { session.language == .zh ? $0.record.zh : $0.singular }
      let known = records + Array(Set(counts.map { $0.in(session.language) })).sorted()
      let near = Nearest.names(
        to: written.text, among: counts.flatMap { [$0.en, $0.zh] } + lists.flatMap { [$0.singular, $0.record.zh] })
      throw Refusal(.grouping(.noCount(written.raw, nearest: near, all: known)), at: written.location)
    }
    (unit, name, title) = (.counted(members), first.name.en, first.name)
  }

  /// What a run over other facts comes to for each; nil where there is none of them.
  func each(_ ledger: Ledger, _ facts: Scenario) -> Int64? {
    var unit = unit
    if case .counted = unit {
      unit = .counted(
        Engine.members(
          of: name, in: ledger.documents, scenario: facts.with(ledger.dataset), settings: ledger.settings))
    }
    return UnitCosts(Budget(ledger), per: unit).each
  }

  /// The budget for each.
  func answer(_ budget: Budget) -> UnitCostAnswer {
    var answer = UnitCostAnswer(costs: UnitCosts(budget, per: unit), name: name, title: title)
    if let list { answer.one = (Text("Who", zh: list.record.zh), list.chinese.classifier ?? "个") }
    return answer
  }

  /// What may be named, for completion.
  static func completions(in session: Desk) -> [Completion] {
    let language = session.language
    return [Completion(language == .zh ? Dimension.beneficiary.chinese[0] : "beneficiary")]
      + session.library.dictionary.lists.map {
        Completion(language == .zh ? $0.record.zh : $0.singular, $0.title.in(language), alias: $0.singular)
      } + counts(in: session)
  }

  /// What measures count, for completion.
  static func counts(in session: Desk) -> [Completion] {
    let language = session.language
    let documents = session.last?.documents ?? session.nearDocuments
    var seen: Set<String> = []
    return Engine.counts(of: documents).filter { seen.insert($0.en).inserted }
      .map { Completion($0.in(language), language == .zh ? $0.en : $0.zh, alias: $0.zh) }
  }
}
