// What holds in a run and is not what the documents say: set by the scenario, in the session, by a draft or for the one
// command, in this order, each before the former. Knows nothing of how it is shown.

import Engine
import PolicyLanguage
import Reckoning
import Reports

/// Who sets something; a later one goes before an earlier.
package enum SettingSource: Int, Sendable, Comparable, CaseIterable {
  case scenario
  /// `set`
  case session
  case draft
  /// `with`
  case command

  package static func < (a: SettingSource, b: SettingSource) -> Bool { a.rawValue < b.rawValue }
}

/// The settings of a run that differ from its documents.
package struct SettingsInForce: Sendable {
  package let settings: [Setting]

  /// Whether the run was made with what is assumed of how people respond; else it is static, and that stands beside.
  package var isResponding = false
  /// The engine that has made the run, which knows nothing of what is assumed; nil: it was made here.
  package var engine: String?
  package var mode = Mode.enacted
  /// The facts that it was run over; nil: it is about no run.
  package var scenario: LoadedScenario?
  package var asOf: Day?

  package var isEmpty: Bool { settings.isEmpty }

  package init(_ settings: [Setting]) { self.settings = settings }

  /// - Parameters:
  ///   - user: what the user set, each thing once, with what it goes before.
  ///   - documents: those that are run; what is set for others plays no part.
  package init(_ scenario: LoadedScenario, _ user: [Setting], _ documents: [CheckedDocument]) {
    func own(_ id: String) -> Setting? {
      guard var found = scenario.settings.last(where: { $0.target.id == id }) else { return nil }
      found.source = .scenario
      return found
    }
    var all: [Setting] = []
    for setting in scenario.settings where !all.contains(where: { $0.target.id == setting.target.id }) {
      guard !user.contains(where: { $0.target.id == setting.target.id }), let own = own(setting.target.id) else {
        continue
      }
      all.append(own)
    }
    for setting in user {
      if case .mode = setting.target { continue }
      let below = own(setting.target.id)
      if setting.value == .byDefault {
        if let below { all.append(below) }
      } else {
        var setting = setting
        if let below { setting.over.insert(below, at: 0) }
        all.append(setting)
      }
    }
    let ids = Set(documents.map(\.id))
    settings = all.filter { setting in
      if case .assumption(let assumption) = setting.target {
        return setting.value != .none && assumption.document.map(ids.contains) ?? true
      }
      // A draft is run wherever it is told of; another's document is not.
      if case .programme(let name, _) = setting.target { return setting.source == .draft || ids.contains(name) }
      // What has a document's name before it is that document's alone; behind a value's may stand a day.
      if case .value = setting.target { return true }
      let parts = setting.target.id.split(separator: ".")
      guard parts.count == 1 || ids.contains(String(parts[0])) else { return false }
      return !setting.over.isEmpty || setting.isChange(in: documents)
    }
  }
}

extension Setting {
  /// Whether it says anything else than the document.
  fileprivate func isChange(in documents: [CheckedDocument]) -> Bool {
    switch (target, value) {
    case (.parameter(let parameter), .raw(let raw)): parameter.value != raw
    // A reading for one document or measure may bring back what a wider one has changed.
    case (.reading(let reading, let key), .choice(let name)):
      key != reading.id || !isDefault(name, of: reading, in: documents)
    default: true
    }
  }
}

/// Whether a choice is what all measures have by themselves.
private func isDefault(_ choice: String, of reading: Reading, in documents: [CheckedDocument]) -> Bool {
  let own = reading.defaults(in: documents)
  return own.isEmpty
    ? reading.choices[reading.defaultIndex].name == choice : own.allSatisfy { reading.choices[$0].name == choice }
}

extension Session.Run {
  /// What held that is not what the documents say.
  package var inForce: SettingsInForce {
    var inForce = SettingsInForce(scenario, settings, documents)
    inForce.isResponding = !ledger.settings.assumptions.isEmpty
    inForce.engine = there?.engine
    (inForce.mode, inForce.scenario, inForce.asOf) = (ledger.settings.mode, scenario, ledger.settings.asOf)
    return inForce
  }
}

extension Inquiry {
  /// What holds that is not what the documents say.
  package var inForce: SettingsInForce {
    var inForce = SettingsInForce(scenario, settings, documents)
    inForce.isResponding = !base.assumptions.isEmpty
    (inForce.mode, inForce.scenario, inForce.asOf) = (base.mode, scenario, base.asOf)
    return inForce
  }
}

extension SettingsInForce {
  /// What is assumed of how people respond.
  package var assumptions: SettingsInForce { only(\.isAssumption) }

  /// The same without what is assumed.
  package var withoutAssumptions: SettingsInForce { only { !$0.isAssumption } }

  /// Some of the settings.
  package func only(_ isWanted: (Setting) -> Bool) -> SettingsInForce {
    var some = SettingsInForce(settings.filter(isWanted))
    (some.isResponding, some.engine, some.mode) = (isResponding, engine, mode)
    (some.scenario, some.asOf) = (scenario, asOf)
    return some
  }
}

extension Setting {
  /// Whether it says how people respond.
  package var isAssumption: Bool { if case .assumption = target { true } else { false } }
}

/// A programme that an answer rests on, with what held in it.
package struct Ground: Sendable {
  package let programme: String
  package let inForce: SettingsInForce

  package init(_ programme: String, _ inForce: SettingsInForce) {
    (self.programme, self.inForce) = (programme, inForce)
  }
}

extension Session {
  /// The answer that is being made rests on a run.
  package func rest(on run: Run) {
    note(run.documents)
    rest(on: Ground(run.programme, run.inForce))
  }

  /// The answer that is being made rests on a programme.
  package func rest(on ground: Ground) {
    // A programme is asked again and again; its settings are told once.
    if !grounds.contains(where: { $0.programme == ground.programme }) { grounds.append(ground) }
  }

  /// An answer that shows an earlier result rests on what that did.
  package func rest(on evidence: Evidence) {
    for part in evidence.parts {
      note(part.documents)
      rest(on: part.ground)
    }
  }
}

extension Evidence.Part {
  /// The programme with what held in it.
  package var ground: Ground {
    var inForce = SettingsInForce(scenario, settings, documents)
    inForce.engine = engine
    (inForce.mode, inForce.scenario, inForce.asOf) = (runSettings.mode, scenario, runSettings.asOf)
    return Ground(names.joined(separator: " + "), inForce)
  }
}
