// Which parameters, values and readings the rules of a document use. Walks every expression once.

import PolicyLanguage

struct Usage {
  private(set) var parameters: Set<String> = []
  private(set) var values: Set<String> = []
  private(set) var readings: Set<String> = []
  private var seen: Set<ObjectIdentifier> = []

  init(_ document: CheckedDocument) {
    visit(window: document.window)
    for definition in document.definitions { visit(definition.body) }
    for parameter in document.parameters { note(parameter) }
    for measure in document.measures { visit(measure) }
  }

  /// A value by reference that stands as a parameter's default is used with the parameter.
  private mutating func note(_ parameter: Parameter) {
    if let value = parameter.byReference { values.insert(value) }
  }

  private mutating func visit(window: CheckedWindow?) {
    visit(window?.from)
    visit(window?.to)
  }

  private mutating func visit(_ measure: CheckedMeasure) {
    for parameter in measure.parameters { note(parameter) }
    visit(measure.expressions)
  }

  private mutating func visit(_ typed: [Typed]) { for one in typed { visit(one) } }

  private mutating func visit(_ typed: Typed?) {
    guard let typed, seen.insert(ObjectIdentifier(typed)).inserted else { return }
    switch typed.kind {
    case .parameter(let id): parameters.insert(id)
    case .value(let name): values.insert(name)
    case .readingIs(let reading, _): readings.insert(reading)
    default: visit(typed.kind.parts)
    }
  }
}
