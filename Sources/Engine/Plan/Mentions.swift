// Which parameters and values a measure's rule speaks of, whatever the settings: what a change can touch at all.
import PolicyLanguage

extension CheckedMeasure {
  /// Every expression that the measure is made of; those of definitions stand inside their calls.
  public var expressions: [Typed] {
    var all = conditions + requirements + oncePer + ordered
    if let begins { all.append(begins) }
    if let window { all += [window.from, window.to].compactMap { $0 } }
    for (_, iteration) in frame?.iterations ?? [] {
      switch iteration {
      case .years(let when): if let when { all.append(when) }
      case .range(_, let from, let to): all += [from, to]
      case .members, .completeYears: break
      }
    }
    for set in sets {
      all += set.conditions + [set.on, set.begins, set.inYear].compactMap { $0 }
      if case .first(let n, _) = set.source { all.append(n) }
    }
    if let when = onlyFirst?.when { all.append(when) }
    if let onlyFirst { all += [onlyFirst.limit, onlyFirst.by] + onlyFirst.keys }
    if let onlyHighest { all += onlyHighest.keys + [onlyHighest.preferring, onlyHighest.when].compactMap { $0 } }
    for pay in pays { all += [pay.who, pay.amount] + [pay.low, pay.on, pay.when].compactMap { $0 } }
    for grant in grants { all += [grant.who] + [grant.when].compactMap { $0 } }
    if let when = yields?.when { all.append(when) }
    all += sets.compactMap(\.personsWhen)
    for quota in quotas { all += [quota.limit] + quota.keys }
    all += errors.map(\.when) + expectations.map(\.condition)
    return all
  }

  /// Whether the rule speaks of a parameter or of a value laid down elsewhere.
  public func mentions(_ subject: Watched) -> Bool {
    var seen: Set<ObjectIdentifier> = []
    func speaks(_ t: Typed) -> Bool {
      switch t.kind {
      case .parameter(let id):
        if subject.isParameter, id == subject.name { return true }
        if !subject.isParameter { return parameterRefers(id, to: subject.name) }
        return false
      case .value(let name): return !subject.isParameter && name == subject.name
      case .call(let definition, let arguments):
        if arguments.contains(where: speaks) { return true }
        return seen.insert(ObjectIdentifier(definition)).inserted && speaks(definition.body)
      default: return t.kind.parts.contains(where: speaks)
      }
    }
    return expressions.contains(where: speaks)
  }

  /// Whether one of the measure's parameters stands for a value where it is not set.
  private func parameterRefers(_ id: String, to value: String) -> Bool {
    // A document's parameters are not at hand here; that they may refer to it is reason enough.
    guard let own = parameters.first(where: { $0.id == id }) else { return true }
    return own.byReference == value
  }
}

/// A figure that is being varied: a parameter by its id, or a value laid down elsewhere by its name.
public struct Watched: Sendable, Hashable {
  public let name: String
  public let isParameter: Bool

  public init(parameter id: String) {
    name = id
    isParameter = true
  }

  public init(value name: String) {
    self.name = name
    isParameter = false
  }

  /// The settings with the figure at another raw value.
  public func set(_ raw: Int64, in settings: RunSettings) -> RunSettings {
    var settings = settings
    if isParameter { settings.parameters[name] = raw } else { settings.values[name] = raw }
    return settings
  }
}
