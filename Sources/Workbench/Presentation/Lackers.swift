// Of records that are undetermined for several facts at once: which of them lacks what. It is asked only where few
// enough records are, since the measure is run once more for it.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import View

struct Lackers: Sendable {
  private let ledger: Ledger
  private let facts: Scenario?

  init(_ ledger: Ledger, _ facts: Scenario?) {
    self.ledger = ledger
    self.facts = facts
  }

  /// So many records are asked one by one, among so many.
  private static var most: (asked: Int, records: Int) { (40, 200_000) }
  /// So many are named.
  private static var named: Int { 6 }

  /// Who lacks what, each fact with those who lack it; nil where all lack the same, or it cannot be said.
  func words(_ entry: Undetermined) -> [Span]? {
    guard let facts, entry.facts.count > 1, entry.count > 1, entry.count <= Self.most.asked,
      entry.subjects.count == entry.count,
      facts.dataset.tables.reduce(0, { $0 + $1.count }) <= Self.most.records
    else { return nil }
    let explainer = Explainer(ledger: ledger, scenario: facts)
    let all = explainer.derivations(of: entry.subjects, under: ledger.measures[entry.measure])
    var groups: [(lacking: [Text], who: [String])] = []
    for (subject, derivations) in zip(entry.subjects, all) {
      var lacking: [Text] = []
      for fact in derivations.flatMap(\.openFacts) where !lacking.contains(fact) { lacking.append(fact) }
      if lacking.isEmpty { return nil }
      if let i = groups.firstIndex(where: { $0.lacking == lacking }) {
        groups[i].who.append(subject)
      } else {
        groups.append((lacking, [subject]))
      }
    }
    guard groups.count > 1 else { return nil }
    return .joined(
      groups.prefix(Self.named).map { group in
        ledger.dataset.names(group.who, of: group.who.count, limit: 4)
          + [
            Span(group.who.count == 1 ? " lacks " : " lack ", zh: "缺", .muted),
            Span(
              Text(
                group.lacking.map(\.en).joined(separator: ", "), zh: group.lacking.map(\.zh).joined(separator: "、")),
              .keyword),
          ]
      }, Text("; ", zh: "；"))
  }
}
