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
}

extension Engine {
  /// Facts with more records are not changed one by one, where all of them may decide.
  static let remedyLimit = 300_000

  /// Proposals for a subject that a measure does not pay, the smallest first; empty when none was found.
  /// - Parameter subject: a record's id, with its year where only that is meant.
  package static func remedies(
    _ measure: CheckedMeasure, of document: CheckedDocument, subject: String, scenario: Scenario, settings: RunSettings
  ) -> [Remedy] {
    guard measure.lacks(in: scenario.dataset.dictionary) == nil else { return [] }
    let home = home(of: document, scenario, settings)
    if let near = RemedyNeighbours(of: subject, measure, scenario) {
      let search = RemedySearch(measure, document, near.scenario, settings, home)
      return search.find(subject).map(near.whole)
    }
    let records = scenario.dataset.tables.reduce(0) { $0 + $1.count }
    guard records <= remedyLimit else { return [] }
    return RemedySearch(measure, document, scenario, settings, home).find(subject)
  }
}
