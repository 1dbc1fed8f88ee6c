// Ctrl-C as a wish that long work can ask about. The handler only sets a flag; whoever computes looks at it
// between two steps and stops tidily, so that the session lives on however often the key is pressed.
// Knows nothing of the terminal or of what is being computed.

import CLibEdit

/// The user's wish to stop what is going on.
package enum Interrupt {
  /// Takes over SIGINT for the whole program. Further calls change nothing. The editor and the plain reader
  /// do this themselves; a program that computes without either calls it first.
  package static func install() { _ = signals_install_interrupt() }

  /// Whether Ctrl-C was pressed since the last `clear()`. Cheap, and may be asked from any thread.
  package static var pending: Bool { signals_interrupted() != 0 }

  /// Forgets the wish, once it has been granted. Reading a command does this too.
  package static func clear() { signals_clear_interrupt() }
}
