// Which parameters, values and readings the rules of a document use.

import PolicyLanguage

struct Usage {
  private(set) var parameters: Set<String> = []
  private(set) var values: Set<String> = []
  private(set) var readings: Set<String> = []

  init(_ document: CheckedDocument) {
    for parameter in document.parameters + document.measures.flatMap(\.parameters) {
      // A value by reference that stands as a parameter's default is used with the parameter.
      if let value = parameter.byReference { values.insert(value) }
    }
    let expressions =
      (document.window?.expressions ?? []) + document.definitions.map(\.body)
      + document.limits.flatMap { $0.caps.flatMap(\.expressions) }
      + document.measures.flatMap(\.expressions)
    expressions.walk { t in
      if case .parameter(let id) = t.operation { parameters.insert(id) }
      if case .value(let name) = t.operation { values.insert(name) }
      if case .form(.onDay(let name), _) = t.operation { values.insert(name) }
      if case .readingIs(let reading, _) = t.operation { readings.insert(reading) }
      return .into
    }
  }
}
