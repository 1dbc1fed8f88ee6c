// Signals that end this program, while it waits for another one: that one is ended first, what it was given is removed,
// and then they end this program as they would have. Knows nothing of the other program.

import Glibc
import Synchronization

/// The signals that end a program, as long as another one is waited for.
enum EndingSignals {
  private struct State {
    var waiting = 0
    var taken: [(number: Int32, before: sigaction)] = []
  }

  private static let state = Mutex(State())
  nonisolated(unsafe) private static var arrived: Int32 = 0

  /// Whether one has come.
  static var haveCome: Bool { arrived != 0 }

  /// They are taken down instead of ending this program, but for those that are ignored; Ctrl-C only where nobody else
  /// has taken it over.
  static func hold() {
    state.withLock { state in
      state.waiting += 1
      guard state.waiting == 1, !haveCome else { return }
      for number in [SIGTERM, SIGHUP, SIGINT] {
        var before = sigaction()
        guard sigaction(number, nil, &before) == 0 else { continue }
        // 0: it ends the program. 1: it is ignored.
        let handler = unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self)
        if handler == 1 || (number == SIGINT && handler != 0) { continue }
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in EndingSignals.arrived = number }
        sigaction(number, &action, nil)
        state.taken.append((number, before))
      }
    }
  }

  /// They are what they were.
  static func release() {
    state.withLock { state in
      state.waiting -= 1
      guard state.waiting == 0 else { return }
      for taken in state.taken {
        var before = taken.before
        sigaction(taken.number, &before, nil)
      }
      state.taken = []
    }
  }

  /// Whatever has come does what it would have done, once nothing is waited for and all is tidy.
  static func passOn() {
    guard haveCome, state.withLock({ $0.waiting == 0 }) else { return }
    let number = arrived
    arrived = 0
    raise(number)
  }
}
