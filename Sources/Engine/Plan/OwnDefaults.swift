// Which choice of a reading holds for a measure (semantics, "Settings"): what the user set for the measure goes
// before what is set for the document, before what is set for everything, before the measure's own default, before
// the reading's.
import PolicyLanguage

extension RunSettings {
  /// The choice of a reading that holds for a measure, by its place among the choices.
  package func choice(of reading: Reading, for measure: CheckedMeasure) -> Int {
    if let set = chosen(of: reading, measure: measure.id, document: measure.document) { return set }
    return measure.selection.defaults.first { $0.reading == reading.id }?.choice ?? reading.defaultIndex
  }

  /// The choice of a reading that holds for a document as a whole.
  package func choice(of reading: Reading, document: String) -> Int {
    chosen(of: reading, measure: document, document: document) ?? reading.defaultIndex
  }

  /// The same, with the document's own defaults.
  package func choice(of reading: Reading, in document: CheckedDocument) -> Int {
    chosen(of: reading, measure: document.id, document: document.id)
      ?? document.heading.defaults.first { $0.reading == reading.id }?.choice ?? reading.defaultIndex
  }

  /// A value laid down elsewhere as it stands for a measure: set for the measure, for its document, or for everything.
  package func value(of name: String, for measure: CheckedMeasure) -> Int64? {
    values[measure.id + "." + name] ?? values[measure.document + "." + name] ?? values[name]
  }
}
