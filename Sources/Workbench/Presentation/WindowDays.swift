// The days of a document's or a measure's period where it hangs on readings: those under the readings in force. Knows
// nothing of how they are shown.

import Engine
import PolicyLanguage
import Reckoning
import Sessions

/// Works out the ends of a period that hang on nothing but readings and figures.
struct WindowDays {
  private let document: CheckedDocument
  private let measure: CheckedMeasure?
  private let settings: RunSettings

  /// - Parameter measure: whose period it is; nil: the document's.
  init(_ document: CheckedDocument, _ measure: CheckedMeasure? = nil, in settings: RunSettings?) {
    self.document = document
    self.measure = measure
    self.settings = settings ?? RunSettings()
  }

  /// Under the readings that the user or the scenario has set.
  init(_ document: CheckedDocument, _ measure: CheckedMeasure? = nil, in state: SessionState) {
    var settings = RunSettings()
    for setting in (state.scenario?.settings ?? []) + state.settings { settings.apply(setting) }
    self.init(document, measure, in: settings)
  }

  /// The day of an end; nil where facts decide it.
  func day(_ end: Typed) -> Day? {
    value(end).flatMap { Int32(exactly: $0) }.map { Day(number: $0) }
  }

  private func value(_ t: Typed) -> Int64? {
    switch t.operation {
    case .constant(let raw): return raw
    case .parameter(let id):
      let all = document.parameters + document.measures.flatMap(\.parameters)
      return settings.parameters[id] ?? all.first { $0.id == id }?.value
    case .readingIs(let id, let choice): return chosen(id).map { $0 == choice ? 1 : 0 }
    case .adopted: return settings.mode == .adopted ? 1 : 0
    case .not(let x): return value(x).map { 1 - $0 }
    case .and(let parts):
      let values = parts.map(value)
      return values.contains(0) ? 0 : values.contains(nil) ? nil : 1
    case .or(let parts):
      let values = parts.map(value)
      return values.contains(1) ? 1 : values.contains(nil) ? nil : 0
    case .ifThen(let condition, let yes, let no): return value(condition).flatMap { value($0 == 0 ? no : yes) }
    default: return nil
    }
  }

  /// The choice of a reading that holds.
  private func chosen(_ id: String) -> Int? {
    let readings = document.readings + document.measures.flatMap(\.readings) + Reading.global
    guard let reading = readings.first(where: { $0.id == id }) ?? readings.first(where: { $0.name == id }) else {
      return nil
    }
    if let measure { return settings.choice(of: reading, for: measure) }
    return settings.choice(of: reading, in: document)
  }
}
