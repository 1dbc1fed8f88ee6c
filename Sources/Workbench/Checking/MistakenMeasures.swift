// Which measures of a document have mistakes, so that examples say nothing about them: a clause that could not be read
// is left out, and what comes out without it is another measure's. Knows nothing of what the mistakes are.
import Diagnostics
import PolicyLanguage

/// Measures with mistakes.
struct MistakenMeasures {
  private var names: Set<String> = []
  /// Whether something is mistaken that any measure may hang on.
  private var areAll = false

  /// - Parameter diagnostics: what was told of the document; only errors are looked at.
  init(_ diagnostics: [Diagnostic], in syntax: DocumentSyntax) {
    // Where each declaration begins, with the measure that it is.
    var starts: [(line: Int, measure: Name?, isExample: Bool)] = syntax.measures.map {
      ($0.name.location.start.line, $0.name, false)
    }
    starts += syntax.examples.map { ($0.location.start.line, nil, true) }
    let others =
      syntax.definitions.map(\.name) + syntax.tables.map(\.name) + syntax.limits.map(\.name)
      + syntax.lists.map(\.name) + syntax.values.map(\.name) + syntax.readings.map(\.name)
      + syntax.parameters.map(\.name) + [syntax.header?.name].compactMap { $0 }
    starts += others.map { ($0.location.start.line, nil, false) }
    starts.sort { $0.line < $1.line }
    for mistake in diagnostics where mistake.severity == .error {
      guard let line = mistake.location?.start.line, let start = starts.last(where: { $0.line <= line }) else {
        areAll = true
        continue
      }
      if let name = start.measure {
        names.formUnion([name.text] + [name.zh].compactMap { $0 })
      } else if !start.isExample {
        areAll = true
      }
    }
  }

  /// Whether a measure of a name, with or without its document's, has mistakes.
  func contains(_ name: String) -> Bool {
    areAll || names.contains(name) || names.contains { name.hasSuffix("." + $0) }
  }
}
