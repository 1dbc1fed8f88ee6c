// What a session knows: the scenarios that are loaded, and what is set. A value; every change makes a new one, and undo
// is
// an old one (architecture: A run depends on one value).

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A scenario with what it sets itself.
package struct LoadedScenario: Sendable {
  /// What the session calls it.
  package let name: String
  package let path: String
  package let scenario: Scenario
  /// Its title in both languages where it is written in both.
  package var title: Text { Text.halves(scenario.title) }
  /// Tells one reading of a file from another.
  package let serial: Int
  /// Its values and readings, understood.
  package let settings: [Setting]

  package init(name: String, path: String, scenario: Scenario, serial: Int, settings: [Setting]) {
    self.name = name
    self.path = path
    self.scenario = scenario
    self.serial = serial
    self.settings = settings
  }

  package func named(_ name: String) -> LoadedScenario {
    LoadedScenario(name: name, path: path, scenario: scenario, serial: serial, settings: settings)
  }
}

/// One state of a session.
package struct SessionState: Sendable {
  package var scenarios: [LoadedScenario] = []
  /// The name of the scenario that commands are about.
  package var current: String?
  /// What the user has set, in the order of setting; each thing once.
  package var settings: [Setting] = []
  /// Proposals, in the order in which they were made.
  package var drafts: [Draft] = []

  package init() {}

  /// The day of the costing as it stands: what was set, else the scenario's; nil where there is none.
  package var asOf: Day? {
    for setting in settings.reversed() {
      if case .asOf = setting.target, case .day(let day) = setting.value { return day }
    }
    return scenario?.scenario.asOf
  }

  package var scenario: LoadedScenario? { scenarios.first { $0.name == current } }

  /// The setting of a thing by the user.
  package func setting(_ id: String) -> Setting? { settings.first { $0.target.id == id } }

  package mutating func set(_ setting: Setting) {
    settings.removeAll { $0.target.id == setting.target.id }
    if setting.value != .byDefault { settings.append(setting) }
  }
}

/// The states of a session in the order in which they came about, and the one that holds.
package struct StateLog {
  package struct Step {
    /// The command as written.
    package let command: String
    package let state: SessionState
  }

  /// A command of the session, for writing it down.
  package struct Spoken {
    package let command: String
    /// How many steps held when it was carried out, its own included.
    package let depth: Int
  }

  package init() {}

  /// A log that begins with a state.
  package init(_ state: SessionState) {
    steps = [Step(command: "", state: state)]
    depth = 1
    given = 1
  }

  package private(set) var steps: [Step] = []
  /// How many of the steps hold; the others are undone.
  package private(set) var depth = 0
  /// How many of the steps were there before the first command, and are not taken back.
  private var given = 0
  private var spoken: [Spoken] = []

  package var state: SessionState { depth > 0 ? steps[depth - 1].state : SessionState() }

  package mutating func change(_ state: SessionState, by command: String) {
    steps.removeSubrange(depth...)
    spoken.removeAll { $0.depth > depth }
    steps.append(Step(command: command, state: state))
    depth += 1
    spoken.append(Spoken(command: command, depth: depth))
  }

  /// Lets what holds now be where the session begins: nothing of it is taken back.
  package mutating func begin() { given = depth }

  /// Remembers a command that changes nothing.
  package mutating func remember(_ command: String) { spoken.append(Spoken(command: command, depth: depth)) }

  /// - Returns: the commands that no longer hold, the latest first; empty when there was nothing to undo.
  package mutating func undo(_ count: Int) -> [String] {
    let taken = min(count, max(0, depth - given))
    let commands = steps[(depth - taken)..<depth].reversed().map(\.command)
    depth -= taken
    return commands
  }

  /// - Returns: the commands that hold again.
  package mutating func redo(_ count: Int) -> [String] {
    let taken = min(count, steps.count - depth)
    let commands = steps[depth..<(depth + taken)].map(\.command)
    depth += taken
    return Array(commands)
  }

  /// Every command whose state holds, as a script.
  package var script: [String] { spoken.filter { $0.depth <= depth }.map(\.command) }
}
