// Which settings a run has looked at. A run is determined by its rule, its facts and the settings that it reads; if all
// of those are the same, so is what it finds.
import PolicyLanguage

/// One look at a setting.
enum SettingRead: Sendable {
  case mode
  case asOf
  case reading(Reading)
  case parameter(String)
  case value(String)
  /// The figures of a value by their days.
  case dates(String)

  enum Key: Hashable {
    case mode
    case asOf
    case reading(String)
    case parameter(String)
    case value(String)
    case dates(String)
  }

  var key: Key {
    switch self {
    case .mode: .mode
    case .asOf: .asOf
    case .reading(let r): .reading(r.id)
    case .parameter(let id): .parameter(id)
    case .value(let name): .value(name)
    case .dates(let name): .dates(name)
    }
  }

  /// Whether the look was at a figure.
  func speaks(of watched: Watched) -> Bool {
    switch self {
    case .parameter(let id): Watched(parameter: id) == watched
    case .value(let name), .dates(let name): Watched(value: name) == watched
    case .mode, .asOf, .reading: false
    }
  }

  /// Whether the setting stands the same for a measure in two settings.
  func isSame(_ a: RunSettings, _ b: RunSettings, _ measure: CheckedMeasure) -> Bool {
    switch self {
    case .mode: a.mode == b.mode
    case .asOf: a.asOf == b.asOf
    case .reading(let r):
      a.choice(of: r, for: measure) == b.choice(of: r, for: measure)
    case .parameter(let id): a.parameters[id] == b.parameters[id]
    case .dates(let name): a.dated(name) == b.dated(name)
    case .value(let name): a.value(of: name, for: measure) == b.value(of: name, for: measure)
    }
  }
}

/// In which respects two settings differ at all, so that most reads need not be looked at.
struct SettingsDifference {
  private let a: RunSettings
  private let b: RunSettings
  private let readings: Bool
  private let parameters: Bool
  private let values: Bool

  init(_ a: RunSettings, _ b: RunSettings) {
    self.a = a
    self.b = b
    readings = a.readings != b.readings
    parameters = a.parameters != b.parameters
    values = a.values != b.values
  }

  /// How many of the reads, from the first on, find the same.
  func same(_ reads: [SettingRead], _ measure: CheckedMeasure) -> Int {
    if !readings, !parameters, !values, a.mode == b.mode, a.asOf == b.asOf { return reads.count }
    for (i, read) in reads.enumerated() {
      switch read {
      case .reading: if !readings { continue }
      case .parameter: if !parameters { continue }
      case .value, .dates: if !values { continue }
      case .mode, .asOf: break
      }
      if !read.isSame(a, b, measure) { return i }
    }
    return reads.count
  }
}
