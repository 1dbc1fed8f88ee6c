// Reports of many runs that are asked for again while nothing has changed of what they rest on: a page plays the cells
// behind the one that was moved, and most of them are about another programme.

import Engine
import Facts
import PolicyLanguage

/// The last few reports of a session.
final class ReportMemory {
  /// What a report is made from.
  struct Key: Hashable {
    /// Which report, and what it was asked.
    let asked: String
    let scenario: Int
    /// The documents' texts, each under its name.
    let documents: [[String]]
    /// How many fields facts can have: declarations are only ever added.
    let fields: Int
    let settings: RunSettings
  }

  private var kept: [(key: Key, report: any Sendable)] = []
  /// What is forgotten is made once more.
  private static let most = 8

  subscript(key: Key) -> (any Sendable)? {
    guard let i = kept.firstIndex(where: { $0.key == key }) else { return nil }
    let found = kept.remove(at: i)
    kept.append(found)
    return found.report
  }

  func keep(_ report: any Sendable, _ key: Key) {
    kept.removeAll { $0.key == key }
    kept.append((key, report))
    if kept.count > ReportMemory.most { kept.removeFirst() }
  }
}

extension Session {
  /// A report that is made from nothing but facts, documents and settings: as it was made before from the same, or
  /// anew.
  /// - Parameter asked: which report, and whatever else it is made from.
  package func remembered<Report: Sendable>(
    _ asked: String, _ documents: [CheckedDocument], _ scenario: LoadedScenario, _ settings: RunSettings,
    make: () -> Report
  ) -> Report {
    let key = ReportMemory.Key(
      asked: asked, scenario: scenario.serial, documents: documents.map { [$0.id, $0.source.text] },
      fields: dictionary.fieldCount, settings: settings)
    if let known = reports[key] as? Report { return known }
    let made = make()
    // Of work that was stopped there is only a part.
    if !isCancelled() { reports.keep(made, key) }
    return made
  }
}
