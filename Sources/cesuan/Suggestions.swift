// When to say what one may ask next. Knows nothing of what is suggested.

import Workbench

/// When to say what one may ask next: a few times at the beginning, then no more.
struct Suggestions {
  /// Commands in the history when the session began.
  var experience = 0
  private var told: [String: Int] = [:]
  private var count = 0

  /// Whoever has given so many commands knows what there is.
  private static let enough = 200
  private static let perSession = 6
  private static let perKind = 2

  var isNew: Bool { experience == 0 }

  /// Whether to show these commands now; remembers it if so.
  mutating func wants(_ commands: [String], _ preferences: Preferences) -> Bool {
    guard let kind = commands.last, !preferences.isOff(.suggestions), !preferences.isOn(.plain) else { return false }
    if preferences.isOn(.suggestions) { return true }
    guard experience < Self.enough, count < Self.perSession, told[kind, default: 0] < Self.perKind else { return false }
    count += 1
    told[kind, default: 0] += 1
    return true
  }
}
