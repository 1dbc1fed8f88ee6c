// What the prompt loop asks of whatever reads its commands: an editor on a terminal, or plain lines from a
// pipe or a terminal that cannot edit. Knows nothing of what a command means.

/// A source of commands.
package protocol CommandReader: AnyObject {
  /// Stands before a new command. May hold ANSI colour.
  var prompt: String { get set }
  /// Stands before the further lines of a command that is not complete. May hold ANSI colour.
  var continuationPrompt: String { get set }
  /// Whether a text is a whole command. When it says no, reading goes on with the continuation prompt.
  var isComplete: ((_ text: String) -> Bool)? { get set }

  /// Reads one command. Ctrl-C that was pressed before the call is forgotten.
  func read() -> ReadOutcome

  /// Remembers a command, at once and for later sessions where there is a history.
  func addHistory(_ line: String)
}

/// How an attempt to read a command ended.
package enum ReadOutcome: Equatable {
  /// One complete command, possibly of several lines joined by line feeds. A pasted block of lines arrives
  /// as a whole, with `pasted` true: it may hold several commands.
  case line(String, pasted: Bool)
  /// Ctrl-C: what was typed is dropped and the session goes on.
  case interrupted
  /// Ctrl-D on an empty line, the end of the input, or a terminal that has vanished.
  case end
}

/// What could stand at the cursor.
package struct Candidate: Equatable {
  /// Replaces what was typed.
  package var text: String
  /// What it means, shown beside it in the list. May be empty.
  package var meaning: String
  /// Whether a space follows when this is the only candidate.
  package var appendsSpace: Bool

  /// A candidate with its meaning.
  package init(text: String, meaning: String, appendsSpace: Bool) {
    self.text = text
    self.meaning = meaning
    self.appendsSpace = appendsSpace
  }
}
