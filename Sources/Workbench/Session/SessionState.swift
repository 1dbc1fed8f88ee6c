// What a session knows: the scenarios that are loaded, and what is set. A value; every change makes a new one, and undo is
// an old one (architecture, decision 1).

import Diagnostics
import Engine
import Facts
import PolicyLanguage

/// A scenario with what it sets itself.
public struct LoadedScenario: Sendable {
  /// What the session calls it.
  public let name: String
  public let path: String
  public let scenario: Scenario
  /// Its title in both languages where it is written in both.
  public var title: Text { Text.halves(scenario.title) }
  /// Tells one reading of a file from another.
  let serial: Int
  /// Its values and readings, understood.
  let settings: [Setting]

  func named(_ name: String) -> LoadedScenario {
    LoadedScenario(name: name, path: path, scenario: scenario, serial: serial, settings: settings)
  }
}

/// One state of a session.
public struct SessionState: Sendable {
  public var scenarios: [LoadedScenario] = []
  /// The name of the scenario that commands are about.
  public var current: String?
  /// What the user has set, in the order of setting; each thing once.
  public var settings: [Setting] = []
  /// Proposals, in the order in which they were made.
  var drafts: [Draft] = []

  public init() {}

  public var scenario: LoadedScenario? { scenarios.first { $0.name == current } }

  /// The setting of a thing by the user.
  func setting(_ id: String) -> Setting? { settings.first { $0.target.id == id } }

  mutating func set(_ setting: Setting) {
    settings.removeAll { $0.target.id == setting.target.id }
    if setting.value != .byDefault { settings.append(setting) }
  }
}

/// The states of a session in the order in which they came about, and the one that holds.
struct StateLog {
  struct Step {
    /// The command as written.
    let command: String
    let state: SessionState
  }

  /// A command of the session, for writing it down.
  struct Spoken {
    let command: String
    /// How many steps held when it was carried out, its own included.
    let depth: Int
  }

  init() {}

  /// A log that begins with a state.
  init(_ state: SessionState) {
    steps = [Step(command: "", state: state)]
    depth = 1
  }

  private(set) var steps: [Step] = []
  /// How many of the steps hold; the others are undone.
  private(set) var depth = 0
  private var spoken: [Spoken] = []

  var state: SessionState { depth > 0 ? steps[depth - 1].state : SessionState() }

  mutating func change(_ state: SessionState, by command: String) {
    steps.removeSubrange(depth...)
    spoken.removeAll { $0.depth > depth }
    steps.append(Step(command: command, state: state))
    depth += 1
    spoken.append(Spoken(command: command, depth: depth))
  }

  /// Remembers a command that changes nothing.
  mutating func remember(_ command: String) { spoken.append(Spoken(command: command, depth: depth)) }

  /// - Returns: the commands that no longer hold, the latest first; empty when there was nothing to undo.
  mutating func undo(_ count: Int) -> [String] {
    let taken = min(count, depth)
    let commands = steps[(depth - taken)..<depth].reversed().map(\.command)
    depth -= taken
    return commands
  }

  /// - Returns: the commands that hold again.
  mutating func redo(_ count: Int) -> [String] {
    let taken = min(count, steps.count - depth)
    let commands = steps[depth..<(depth + taken)].map(\.command)
    depth += taken
    return Array(commands)
  }

  /// Every command whose state holds, as a script.
  var script: [String] { spoken.filter { $0.depth <= depth }.map(\.command) }
}
