// What is set of the things that a draft changes, while an answer is about that change: the text in force has its own
// figure, whatever is set. Knows nothing of how such an answer is made.

import Commands
import Diagnostics
import PolicyLanguage

extension Session {
  /// Performs something that is about what drafts change. What is set of the same things, in the session or for the one
  /// command, is left aside in every run of it; everything else that is set holds.
  ///
  /// - Parameter changed: what the drafts set.
  package func amending<Result>(
    _ changed: [Setting], _ body: () throws(Refusal) -> Result
  ) throws(Refusal) -> Result {
    let kept = amended
    amended += changed
    defer { amended = kept }
    return try body()
  }

  /// Whether something is set of what the answer's drafts change.
  func isLeftAside(_ setting: Setting) -> Bool {
    amended.contains { $0.target.isChanged(otherwise: setting.target) && (!$0.isValue || isStated($0)) }
  }

  /// Whether the scenario states a value, so that it has a figure without what is set.
  private func isStated(_ setting: Setting) -> Bool {
    state.scenario?.settings.contains { $0.target.id == setting.target.id } ?? false
  }

  /// What holds without what is left aside: what the text in force says is told from it.
  package var stateOfText: SessionState {
    var own = state
    own.settings.removeAll { isLeftAside($0) }
    return own
  }

  /// What is set, in the session or by a command, and left aside; not what says the same as the document.
  package func leftAside(_ command: Command, in documents: [CheckedDocument]) throws(Refusal) -> [Setting] {
    var all = state.settings
    for setting in try understand(command.with, in: documents) {
      all.removeAll { $0.target.id == setting.target.id }
      var setting = setting
      setting.source = .command
      all.append(setting)
    }
    return all.filter { isLeftAside($0) && $0.value != .byDefault && !$0.saysWhatIsWritten }
  }
}

extension Setting {
  /// Whether it is of a value that another document lays down.
  fileprivate var isValue: Bool { if case .value = target { true } else { false } }

  /// Whether it is the figure that the document has.
  fileprivate var saysWhatIsWritten: Bool {
    guard case .parameter(let parameter) = target, case .raw(let raw) = value else { return false }
    return parameter.value == raw
  }
}

extension Settable {
  /// Whether setting another thing says what this one is: the same, or the same reading for more or for less.
  fileprivate func isChanged(otherwise other: Settable) -> Bool {
    if id == other.id { return true }
    guard case .reading(let mine, let key) = self, case .reading(let its, let otherKey) = other, mine.id == its.id
    else { return false }
    let (own, wider) = (key.split(separator: ".").dropLast(), otherKey.split(separator: ".").dropLast())
    return own.starts(with: wider) || wider.starts(with: own)
  }
}
