// How far long work is, on the standard error of a terminal: a line that appears after half a second and goes away when
// the answer comes; where there is no terminal, a line for each minute that stays. Several threads may tell; the line
// is drawn by one of them at a time. Knows nothing of what is worked on.

import Diagnostics
import Glibc
import Synchronization

final class Progress: Sendable {
  private struct State {
    var began = 0.0
    var drawn = 0.0
    var isShown = false
    var isOn = false
    var language = Language.en
  }

  private let state = Mutex(State())
  /// Before this nothing is drawn, in seconds.
  private static let patience = 0.5
  /// Between two drawings.
  private static let pause = 0.1
  /// Between two lines that stay.
  private static let minute = 60.0

  /// Seconds of a clock that only goes forward.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Work begins.
  /// - Parameter isQuiet: only the time is wanted.
  func begin(_ language: Language, isQuiet: Bool) {
    state.withLock { $0 = State(began: Self.now, isOn: !isQuiet, language: language) }
  }

  /// Told how much is done, 0 to 1, from any thread.
  func tell(_ share: Double) {
    state.withLock { state in
      let now = Self.now
      guard state.isOn, now - state.began >= Self.patience, now - state.drawn >= Self.pause, share.isFinite else {
        return
      }
      state.drawn = now
      state.isShown = true
      let line = Self.line(min(max(share, 0), 1), after: now - state.began, state.language)
      Stream.write("\r\u{1B}[K" + line, to: STDERR_FILENO)
    }
  }

  /// The same where nothing can be drawn over.
  func note(_ share: Double) {
    state.withLock { state in
      let now = Self.now
      guard state.isOn, now - max(state.began, state.drawn) >= Self.minute, share.isFinite else { return }
      state.drawn = now
      let line = Self.line(min(max(share, 0), 1), after: now - state.began, state.language)
      Stream.write(line + "\n", to: STDERR_FILENO)
    }
  }

  /// The answer is there: the line goes away.
  /// - Returns: seconds since the beginning.
  @discardableResult
  func end() -> Double {
    state.withLock { state in
      if state.isShown { Stream.write("\r\u{1B}[K", to: STDERR_FILENO) }
      state.isShown = false
      state.isOn = false
      return Self.now - state.began
    }
  }

  /// `42% [########............] 4.2% a second, 14 s left, Ctrl-C stops`
  static func line(_ share: Double, after seconds: Double, _ language: Language) -> String {
    let percent = Int((share * 100).rounded(.down))
    let full = Int((share * 20).rounded(.down))
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full)
    var parts: [Text] = []
    let rate = share * 100 / max(seconds, 0.001)
    let figure = rate >= 10 ? String(Int(rate)) : "\(Int(rate * 10) / 10).\(Int(rate * 10) % 10)"
    parts.append(Text("\(figure)% a second", zh: "每秒 \(figure)%"))
    if share > 0.02 {
      let left = max(1, Int((seconds * (1 - share) / share).rounded(.up)))
      parts.append(
        left < 90 ? Text("\(left) s left", zh: "还需 \(left) 秒") : Text("\(left / 60) min left", zh: "还需 \(left / 60) 分钟")
      )
    }
    parts.append(Text("Ctrl-C stops", zh: "Ctrl-C 停止"))
    return "\(percent)% [\(bar)] " + parts.map { $0.in(language) }.joined(separator: language == .zh ? "，" : ", ")
  }
}
