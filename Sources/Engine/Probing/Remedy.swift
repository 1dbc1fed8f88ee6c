// A proposal to change facts so that a subject fits a measure. How it is found is in Remedies.swift.
import Facts
import PolicyLanguage

/// Changes of facts that make a subject fit a measure, as far as its own conditions go.
package struct Remedy: Sendable {
  /// One change.
  package struct Part: Sendable {
    /// What is changed.
    package let edit: FactEdit
    /// The record that is changed, and its field; of copies, the record that they are like.
    package let record: String
    /// The field; nil for copies.
    package let field: Field?
    /// The raw value as it is; nil for sets and copies.
    package let before: Int64?
    /// How far the value moves, for choosing among several.
    package let distance: Int64

    /// Whether another part is about the same fact.
    func isAbout(sameAs other: Part) -> Bool { record == other.record && field?.name == other.field?.name }

    /// Whether another part gives the same fact a value.
    func changes(sameAs other: Part) -> Bool {
      guard case .set(let list, let row, let field, _) = edit,
        case .set(let otherList, let otherRow, let otherField, _) = other.edit
      else { return false }
      return list == otherList && row == otherRow && field == otherField
    }
  }

  /// All of them are needed together.
  package let parts: [Part]
  /// Where the subject is one record of many that are counted: the frame whose number is short even then.
  package var leadsTo: String?
}

/// What stands between a subject and a payment.
package struct Lacking: Sendable {
  /// Proposals, the smallest first; empty when none was found.
  package let remedies: [Remedy]
  /// Stated facts in the way that nobody can bring about otherwise, such as where somebody is at home, each with what
  /// it would have to be.
  package let settled: [Remedy.Part]
}

extension Engine {
  /// Facts with more records are not changed one by one, where all of them may decide.
  static let remedyLimit = 300_000

  /// What a subject that a measure does not pay lacks; nil where nothing was looked for.
  /// - Parameter subject: a record's id, with its year where only that is meant.
  package static func lacking(
    _ measure: CheckedMeasure, of document: CheckedDocument, subject: String, scenario: Scenario, settings: RunSettings
  ) -> Lacking? {
    guard measure.lacks(in: scenario.dataset.dictionary) == nil else { return nil }
    let home = home(of: document, scenario, settings)
    if let near = RemedyNeighbours(of: subject, measure, scenario) {
      return RemedySearch(measure, document, near.scenario, settings, home).find(subject).map(near.whole)
    }
    guard hasFewRecords(scenario) else { return nil }
    return RemedySearch(measure, document, scenario, settings, home).find(subject)
  }

  /// The facts among which a measure decides about a subject; nil where they are too many to be asked again and again.
  package static func neighbours(of subject: String, _ measure: CheckedMeasure, _ scenario: Scenario) -> Scenario? {
    guard measure.lacks(in: scenario.dataset.dictionary) == nil else { return nil }
    let near = RemedyNeighbours(of: subject, measure, scenario)?.scenario ?? scenario
    return hasFewRecords(near) ? near : nil
  }

  private static func hasFewRecords(_ scenario: Scenario) -> Bool {
    scenario.dataset.tables.reduce(0) { $0 + $1.count } <= remedyLimit
  }
}

extension Lacking {
  fileprivate func map(_ whole: (Remedy) -> Remedy) -> Lacking {
    Lacking(remedies: remedies.map(whole), settled: settled)
  }
}
