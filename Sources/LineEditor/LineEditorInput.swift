// Waiting for the terminal and for signals at the same time, so that Ctrl-C, a changed window and Ctrl-Z act
// at once wherever libedit happens to be waiting for a key: in the line, in a search, after a prefix key.

import CLibEdit
import Glibc

extension LineEditor {
  /// A moment in which the rest of a sequence arrives if there is any, in milliseconds.
  private static let moment: Int32 = 30

  /// libedit's reader: 1 with a key, 0 at the end of the input, -1 to abandon the line.
  func readKey(into key: UnsafeMutablePointer<UInt32>) -> Int32 {
    redrawIfShorter()
    if browsing != nil, browsing?.cursor == nil { browsing?.cursor = currentLine().cursor }
    var patient = true
    while true {
      switch decoder.next(patient: patient) {
      case .key(let value):
        key.pointee = value
        return 1
      case .paste(let block):
        pendingPaste = block
        key.pointee = EditorKey.paste.rawValue
        return 1
      case .wait(let briefly):
        switch wait(milliseconds: briefly ? Self.moment : -1) {
        case .bytes: patient = true
        case .silence: patient = false
        case .interrupted: return -1
        case .ended: return 0
        }
      }
    }
  }

  private enum Event {
    case bytes
    case silence
    case interrupted
    case ended
  }

  private func wait(milliseconds: Int32) -> Event {
    if hasEnded { return .ended }
    while true {
      var waits = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals_descriptor(), events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&waits, 2, milliseconds)
      if count == 0 { return .silence }
      if let event = takeSignals() { return event }
      guard count > 0, waits[0].revents != 0 else { continue }
      var chunk = [UInt8](repeating: 0, count: 4096)
      let length = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
      if length < 0, errno == EINTR || errno == EAGAIN { continue }
      guard length > 0 else {
        end(signal: nil)
        return .ended
      }
      decoder.feed(chunk[..<length])
      return .bytes
    }
  }

  /// Acts on the signals that have arrived; answers if they end the waiting.
  private func takeSignals() -> Event? {
    while true {
      let signal = signals_next()
      switch signal {
      case 0: return nil
      case SIGINT:
        signals_discard()
        decoder.discard()
        pendingPaste = ""
        hasInterrupted = true
        showInterrupt()
        return .interrupted
      case SIGHUP, SIGTERM:
        end(signal: signal)
        return .ended
      case SIGWINCH: redrawInPlace()
      case SIGTSTP:
        leaveTerminal()
        signals_stop()
        returnToTerminal()
      case SIGCONT:
        leaveTerminal()
        returnToTerminal()
      default: continue
      }
    }
  }

  private func leaveTerminal() {
    write(moveToEnd() + "\r\n" + "\u{1b}[?2004l")
    edit_prepare_terminal(editor, 0)
  }

  private func returnToTerminal() {
    edit_prepare_terminal(editor, 1)
    write("\u{1b}[?2004h")
    redrawBelow()
  }
}
