// Everything that a run depends on beside the facts and the documents. One value: "what if" is running twice with two
// of them, and undo is an old one (ARCHITECTURE.md, “A run depends on one value”).
import PolicyLanguage
import Reckoning

/// Whether documents are costed where and when they are in force, or as if the scenario's district had them.
package enum Mode: String, Sendable, Hashable {
  /// Where and when each document is in force.
  case enacted
  /// As if the scenario's district had adopted it, without its window.
  case adopted
}

/// The settings of a run.
package struct RunSettings: Sendable, Hashable {
  /// How documents are costed.
  package var mode: Mode = .enacted
  /// The day up to which payments are due, and which rules may ask for; nil: none is given.
  package var asOf: Day?
  /// Parameters that are set, by full id, in raw form (fen, hundred-millionths, months, counts, day numbers).
  package var parameters: [String: Int64] = [:]
  /// Readings that are set, by id: global (`window_on`), for a document (`changle-2022.window_on`) or a measure.
  package var readings: [String: String] = [:]
  /// By-reference values that are supplied, in raw form.
  package var values: [String: Int64] = [:]
  /// What is assumed of how people respond. A run takes facts as they are: whoever makes its facts, or counts what it
  /// pays, takes these into account.
  package var assumptions: [Assumption] = []
  /// How many threads share the work; results are the same for any number.
  package var threads: Int = 2
  /// How many rows are worked out at a time; results are the same for any number.
  package var batch: Int = 2048

  /// Everything as it is by default.
  package init() {}

  /// The choice of a reading that the user has set for a measure, for its document or for everything; nil: none.
  func chosen(of reading: Reading, measure: String, document: String) -> Int? {
    if reading.isGlobalOnly { return choice(ofGlobal: reading) }
    let name = reading.name
    // Most readings are as the documents have them, and every run asks for each of them.
    let isSet = readings.keys.contains { $0.utf8.suffix(name.utf8.count).elementsEqual(name.utf8) }
    guard isSet else { return nil }
    for key in [measure + "." + name, document + "." + name, reading.id, name] {
      if let wanted = readings[key], let i = reading.choices.firstIndex(where: { $0.name == wanted }) {
        // A bare name only ever sets a global reading or one that is its own id.
        if key == name, reading.id != name { continue }
        return i
      }
    }
    return nil
  }

  private func choice(ofGlobal reading: Reading) -> Int? {
    readings[reading.id].flatMap { wanted in reading.choices.firstIndex { $0.name == wanted } }
  }
}
