// Commands from a pipe, a file, or a terminal that cannot edit: lines of bytes, whatever they hold, with the
// same outcomes as the editor. Prompts are written only when a person is there to see them.

import CLibEdit
import Glibc

/// Reads commands line by line, mostly from the standard input.
package final class PlainReader: CommandReader {
  /// Stands before a new command where a person is there to see it.
  package var prompt = ""
  /// Stands before the further lines of a command that is not complete.
  package var continuationPrompt = ""
  /// Whether a text is a whole command. When it says no, reading goes on.
  package var isComplete: ((_ text: String) -> Bool)?

  private let input: Int32
  private let isInteractive: Bool
  private var bytes: [UInt8] = []
  private var head = 0
  private var hasEnded = false

  /// - Parameter input: the descriptor that is read; the standard input unless told otherwise.
  package init(input: Int32 = STDIN_FILENO) {
    Interrupt.install()
    self.input = input
    isInteractive = isatty(input) == 1 && isatty(STDOUT_FILENO) == 1
  }

  /// Reads one command, however many lines it takes.
  package func read() -> ReadOutcome {
    if isInteractive {
      signals_discard()
      Interrupt.clear()
    }
    var text: String?
    while true {
      show(text == nil ? prompt : continuationPrompt)
      switch nextLine() {
      case .interrupted:
        show("\n")
        return .interrupted
      case .end:
        if let text { return .line(text, pasted: false) }
        show("\n")
        return .end
      case .line(let line, _):
        let whole = text.map { $0 + "\n" + line } ?? line
        if isComplete?(whole) ?? true { return .line(whole, pasted: false) }
        text = whole
      }
    }
  }

  /// Does nothing: what comes from a pipe was not typed.
  package func addHistory(_ line: String) {}

  private func show(_ text: String) {
    guard isInteractive else { return }
    fputs(text, edit_standard_output())
    edit_flush()
  }

  private func nextLine() -> ReadOutcome {
    var searched = head
    if !isInteractive, Interrupt.pending {
      Interrupt.clear()
      return .interrupted
    }
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { head = end + 1 }
        return .line(Self.text(bytes[head..<end]), pasted: false)
      }
      if hasEnded {
        guard head < bytes.count else { return .end }
        defer { head = bytes.count }
        return .line(Self.text(bytes[head...]), pasted: false)
      }
      bytes.removeFirst(head)
      head = 0
      searched = bytes.count
      if !fill() { return .interrupted }
    }
  }

  /// Waits for bytes or the end of the input. False when Ctrl-C came first.
  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      var waits = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals_descriptor(), events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&waits, 2, -1)
      signals_discard()
      if Interrupt.pending {
        Interrupt.clear()
        if isInteractive { bytes = [] }
        return false
      }
      guard waits[0].revents != 0 else { continue }
      let count = Glibc.read(input, &chunk, chunk.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 { hasEnded = true } else { bytes.append(contentsOf: chunk[..<count]) }
      return true
    }
  }

  private static func text(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
  }
}
