// A proposal to change facts so that a subject fits a measure. How it is found is in Remedies.swift.
import Facts
import PolicyLanguage

/// Changes of facts that make a subject fit a measure, as far as its own conditions go.
public struct Remedy: Sendable {
  /// One change.
  public struct Part: Sendable {
    /// What is changed.
    public let edit: FactEdit
    /// The record that is changed, and its field; of copies, the record that they are like.
    public let record: String
    /// The field; nil for copies.
    public let field: Field?
    /// The raw value as it is; nil for sets and copies.
    public let before: Int64?
    /// How far the value moves, for choosing among several.
    public let distance: Int64
  }

  /// All of them are needed together.
  public let parts: [Part]
}

extension Engine {
  /// Facts with more records are not changed one by one.
  public static let remedyLimit = 300_000

  /// Proposals for a subject that a measure does not pay, the smallest first; empty when none was found.
  /// - Parameter subject: a record's id, with its year where only that is meant.
  public static func remedies(
    _ measure: CheckedMeasure, of document: CheckedDocument, subject: String, scenario: Scenario, settings: RunSettings
  ) -> [Remedy] {
    let records = scenario.dataset.tables.reduce(0) { $0 + $1.count }
    guard records <= remedyLimit, measure.lacks(in: scenario.dataset.dictionary) == nil else { return [] }
    let home = home(of: document, scenario, settings)
    let search = RemedySearch(measure, document, scenario, settings, home)
    return search.find(subject)
  }
}
