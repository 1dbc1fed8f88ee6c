// A ledger of what another engine has found by a script of the same programme: everything that is no payment. The
// payments stay there, and are known by their sums alone. Knows nothing of that engine.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// What another engine tells of a programme beside the payments; measures by their ids.
package struct FoundElsewhere: Sendable {
  /// Units of what has no price: measure, how many, whether they are months, what is missing.
  package var unpriced: [(measure: String, units: Int64, isMonths: Bool, missing: [String])] = []
  /// Who cannot be judged: measure, the first ids, how many.
  package var undetermined: [(measure: String, subjects: [String], count: Int)] = []
  /// Who is governed elsewhere: measure, the first ids, how many, by what.
  package var elsewhere: [(measure: String, subjects: [String], count: Int, governedBy: String)] = []
  /// What is granted: measure, the grant's number from 0, to whom, for what.
  package var granted: [(measure: String, grant: Int, beneficiary: String, subject: String)] = []

  /// Nothing.
  package init() {}
}

extension Ledger {
  /// The ledger of a programme whose payments another engine has and keeps.
  /// - Parameters:
  ///   - documents: the programme, in its order.
  ///   - scenario: what it was carried out over.
  ///   - settings: what it was carried out with.
  package init(
    of found: FoundElsewhere, _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings
  ) {
    let measures = documents.flatMap(\.measures)
    var homes: [String: Int32] = [:]
    for d in documents { homes[d.id] = Engine.home(of: d, scenario, settings) }
    self.init(documents: documents, measures: measures, settings: settings, dataset: scenario.dataset, homes: homes)
    func index(_ id: String) -> Int {
      Invariant.value(
        measures.firstIndex { $0.id == id }, "found-of-programme: a script tells of measures of its programme")
    }
    for entry in found.unpriced {
      unpriced.append(
        Unpriced(
          measure: index(entry.measure), units: entry.units, isMonths: entry.isMonths, missing: entry.missing))
    }
    unpriced.sort { a, b in
      a.measure != b.measure
        ? a.measure < b.measure
        : (a.missing.joined(separator: " ") + (a.isMonths ? "#" : ""))
          < (b.missing.joined(separator: " ") + (b.isMonths ? "#" : ""))
    }
    for entry in found.undetermined {
      undetermined.append(
        Undetermined(measure: index(entry.measure), subjects: entry.subjects, count: entry.count, facts: []))
    }
    undetermined.sort { $0.measure < $1.measure }
    for entry in found.elsewhere {
      elsewhere.append(
        Elsewhere(
          measure: index(entry.measure), count: entry.count, subjects: entry.subjects, governedBy: entry.governedBy))
    }
    elsewhere.sort { $0.measure < $1.measure }
    for entry in found.granted {
      let i = index(entry.measure)
      let grant = measures[i].grants[entry.grant]
      grants.append(
        Grant(measure: i, beneficiary: entry.beneficiary, subject: entry.subject, title: grant.title))
    }
    grants.sort { $0.measure < $1.measure }
    diagnostics += settings.unknownChoices(in: documents)
    check()
  }
}
