// The prompt on a terminal: libedit with completion, usage hints, history shared by sessions, pasted blocks
// and Ctrl-C that never kills. This file holds what the rest of the program uses; the keys are in
// LineEditorKeys, the screen in LineEditorScreen, waiting for the terminal in LineEditorInput. It
// deliberately knows nothing of the commands that are typed: completion, hints and completeness are asked for.

import CLibEdit
import Glibc

/// Reads commands with line editing. One at a time: it owns the terminal while `read()` runs.
///
/// ```swift
/// let reader: any CommandReader =
///   LineEditor(application: "cesuan", historyFile: path, historyLimit: 5000) ?? PlainReader()
/// ```
package final class LineEditor: CommandReader {
  /// Stands before a new command. May hold ANSI colour.
  package var prompt = "" { didSet { promptMarkup = PromptMarkup(prompt) } }
  /// Stands before the further lines of a command that is not complete. May hold ANSI colour.
  package var continuationPrompt = "" { didSet { continuationMarkup = PromptMarkup(continuationPrompt) } }
  /// Whether a text is a whole command. When it says no, reading goes on with the continuation prompt.
  package var isComplete: ((_ text: String) -> Bool)?

  /// A hint at the right margin while typing, asked for at each key with the whole command so far and the
  /// cursor's place in it as a UTF-8 offset. May hold ANSI colour; shown where it fits, shortened if need be.
  package var rightPrompt: ((_ text: String, _ cursor: Int) -> String)?

  /// What could stand at the cursor: asked for at Tab with the whole command so far and the cursor's UTF-8
  /// offset. Answers where the replaced text begins (UTF-8 offset, up to the cursor) and the candidates.
  package var complete: ((_ text: String, _ cursor: Int) -> (replaceFrom: Int, candidates: [Candidate]))?

  /// The last command as it was probably meant, which one key puts into the line; nil where there is none.
  package var correction: (() -> String?)?

  /// Takes from a pasted block what is wanted of it.
  package var cleanPaste: ((_ block: String) -> String)?

  /// How many commands of earlier sessions are remembered.
  package var historyCount: Int { history.entries.count }

  /// What stands before what is typed while the history is searched.
  package var searchWord = "search:"

  /// Whether the meanings in the list of completions are shown faint.
  package var showsColour = true

  /// The signal that ended the last `read()` with `.end`: SIGHUP or SIGTERM. A program that wants to exit as
  /// if killed by it can.
  package private(set) var endingSignal: Int32?

  // What follows is for the other files of the editor.

  let editor: OpaquePointer
  var decoder = KeyDecoder()
  var history: CommandHistory
  let libeditHistory: OpaquePointer
  var promptMarkup = PromptMarkup("")
  var continuationMarkup = PromptMarkup("")
  /// Kept alive for libedit, which reads them after the callback has returned.
  let promptText = TextBuffer()
  let rightPromptText = TextBuffer()

  /// The lines of the command before the one being edited, each with its line feed.
  var earlierLines = ""
  /// The keys that were asked for: auto, emacs or vi.
  var keys = "auto"
  var pendingPaste = ""
  var hasPasted = false
  /// A pasted block too long to edit, which becomes the line as it is.
  var bulkPaste: String?
  var hidesHint = false
  var hasInterrupted = false
  var hasEnded = false
  var browsing: HistoryBrowsing?
  /// Rows that the line took, and the cursor's row in it, when keys were last waited for.
  var rowsShown = 1
  var cursorRowShown = 0
  /// The line when keys were last waited for.
  var lineShown: [UInt32] = []
  /// What stands for the prompt while the history is searched.
  var searchMarkup: PromptMarkup?

  /// - Parameters:
  ///   - application: the name that `.editrc` may use for lines of its own.
  ///   - historyFile: where commands are kept for later sessions; nil keeps them for this one.
  /// - Returns: nil when there is no terminal that can edit; `PlainReader` does then.
  package init?(application: String, historyFile: String?, historyLimit: Int) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, edit_use_utf8() == 1 else { return nil }
    let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
    guard terminal != "dumb", !terminal.isEmpty, let silence = fopen("/dev/null", "w") else { return nil }
    // libedit would complain about a terminal it does not know; the plain reader serves that one.
    guard let editor = edit_open(application, silence) else {
      fclose(silence)
      return nil
    }
    edit_set_errors(editor, edit_standard_error())
    fclose(silence)
    guard edit_is_ansi(editor) == 1, let events = edit_history_open(editor, Int32(clamping: historyLimit)) else {
      el_end(editor)
      return nil
    }
    self.editor = editor
    libeditHistory = events
    history = CommandHistory(path: historyFile, limit: historyLimit)
    Interrupt.install()
    for entry in history.entries { rememberForSearch(entry) }
    connect()
    if edit_is_editing(editor) == 0 {
      // The user has switched editing off in .editrc. (Everything is initialised, so deinit tidies up.)
      return nil
    }
  }

  deinit {
    el_end(editor)
    history_wend(libeditHistory)
  }

  /// Remembers a command, at once and for later sessions.
  package func addHistory(_ line: String) {
    if history.add(line) { rememberForSearch(history.entries.last ?? line) }
  }

  /// Reads one command. Ctrl-C that was pressed before the call is forgotten.
  package func read() -> ReadOutcome {
    edit_flush()
    earlierLines = ""
    hasPasted = false
    endingSignal = nil
    signals_discard()
    Interrupt.clear()
    signals_begin_line()
    write("\u{1b}[?2004h")
    defer {
      write("\u{1b}[?2004l")
      signals_end_line()
    }
    while true {
      switch readLine() {
      case .line(let line, _):
        let text = earlierLines + line
        if isComplete?(text) ?? true { return .line(text, pasted: hasPasted) }
        earlierLines = text + "\n"
      case .interrupted: return .interrupted
      case .end:
        // Ctrl-D before a further line gives up the command, not the session.
        if !hasEnded, !earlierLines.isEmpty { return .interrupted }
        return .end
      }
    }
  }

  private func readLine() -> ReadOutcome {
    hasInterrupted = false
    hidesHint = false
    bulkPaste = nil
    browsing = nil
    rowsShown = 1
    var count: Int32 = 0
    let line = edit_read(editor, &count)
    if hasEnded { return .end }
    if hasInterrupted {
      // A search that is abandoned has already moved to a new row.
      if count < 0 { write("\r\n") }
      Interrupt.clear()
      return .interrupted
    }
    guard let line, count > 0 else {
      write("\r\n")
      return .end
    }
    if let bulkPaste { return .line(bulkPaste, pasted: true) }
    var scalars = UnsafeBufferPointer(start: line, count: Int(count))[...]
    if scalars.last == 0x0a || scalars.last == 0x0d { scalars.removeLast() }
    return .line(Self.text(scalars), pasted: hasPasted)
  }

  /// Ends reading for good: the terminal has gone, or the program was told to end.
  func end(signal: Int32?) {
    hasEnded = true
    endingSignal = signal
  }

  private func rememberForSearch(_ entry: String) {
    let scalars = entry.unicodeScalars.map(\.value) + [0]
    edit_history_enter(libeditHistory, scalars)
  }

  /// Text out of libedit's buffer, with what should not have got there made visible.
  static func text(_ scalars: some Sequence<UInt32>) -> String {
    var result = String.UnicodeScalarView()
    for value in scalars {
      let isStray = value == 0 || (0x80...0x9f).contains(value)
      result.append(isStray ? "\u{fffd}" : Unicode.Scalar(value) ?? "\u{fffd}")
    }
    return String(result)
  }
}

/// Zero-terminated UTF-32 at an address that stays the same until it is replaced.
final class TextBuffer {
  private var storage: UnsafeMutableBufferPointer<UInt32>

  init() {
    storage = .allocate(capacity: 1)
    storage.initialize(repeating: 0)
  }

  deinit { storage.deallocate() }

  func replace(with text: [UInt32]) -> UnsafeMutablePointer<UInt32>? {
    storage.deallocate()
    storage = .allocate(capacity: max(text.count, 1))
    storage.initialize(repeating: 0)
    for (location, value) in text.enumerated() { storage[location] = value }
    return storage.baseAddress
  }
}
