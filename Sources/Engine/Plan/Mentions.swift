// Which parameters and values a measure's rule speaks of, whatever the settings: what a change can touch at all.
import PolicyLanguage

extension CheckedMeasure {
  /// Whether the rule speaks of a parameter or of a value laid down elsewhere.
  func mentions(_ subject: Watched) -> Bool {
    expressions.mention(subject) { parameterRefers($0, to: subject.name) }
  }

  /// Whether the rule asks for a value laid down elsewhere, itself or through a parameter that it stands for.
  /// - Parameters:
  ///   - name: the value's bare name.
  ///   - document: the measure's own, whose parameters may refer to it.
  package func asks(forValue name: String, in document: CheckedDocument) -> Bool {
    let through = Set((document.parameters + parameters).filter { $0.byReference == name }.map(\.id))
    return expressions.mention(Watched(value: name)) { through.contains($0) }
  }

  /// Whether a rule of the measure asks how a reading stands.
  package func asks(_ reading: Reading) -> Bool {
    expressions.havePart { if case .readingIs(let id, _) = $0.operation { id == reading.id } else { false } }
  }

  /// Whether one of the measure's parameters stands for a value where it is not set.
  private func parameterRefers(_ id: String, to value: String) -> Bool {
    // A document's parameters are not at hand here; that they may refer to it is reason enough.
    guard let own = parameters.first(where: { $0.id == id }) else { return true }
    return own.byReference == value
  }
}

extension Sequence<Typed> {
  /// Whether one of the expressions speaks of a parameter or of a value laid down elsewhere, or of a parameter that may
  /// stand for it.
  func mention(_ subject: Watched) -> Bool { mention(subject) { _ in true } }

  /// The same, where it is known which parameters may stand for a value.
  fileprivate func mention(_ subject: Watched, through parameter: (String) -> Bool) -> Bool {
    havePart { t in
      if case .parameter(let id) = t.operation { return subject.isParameter ? id == subject.name : parameter(id) }
      if case .value(let name) = t.operation { return !subject.isParameter && name == subject.name }
      if case .form(.onDay(let name), _) = t.operation { return subject.isOf(value: name) }
      return false
    }
  }
}

/// A figure that is being varied: a parameter by its id, or a value laid down elsewhere by its name.
package struct Watched: Sendable, Hashable {
  /// A parameter's full id, or a value's name.
  package let name: String
  /// Whether it is a parameter.
  let isParameter: Bool

  /// A parameter, by its full id.
  package init(parameter id: String) {
    name = id
    isParameter = true
  }

  /// A value laid down elsewhere, by its name.
  package init(value name: String) {
    self.name = name
    isParameter = false
  }

  /// Whether an expression is this figure itself.
  package func isFigure(_ t: Typed) -> Bool {
    switch t.operation {
    case .parameter(let id): isParameter && id == name
    case .value(let value): isOf(value: value)
    case _: false
    }
  }

  /// Whether it is a value, or the figure of one from some day on.
  func isOf(value: String) -> Bool { !isParameter && (name == value || name.hasPrefix(value + ".")) }

  /// The settings with the figure at another raw value.
  package func set(_ raw: Int64, in settings: RunSettings) -> RunSettings {
    var settings = settings
    if isParameter { settings.parameters[name] = raw } else { settings.values[name] = raw }
    return settings
  }
}
