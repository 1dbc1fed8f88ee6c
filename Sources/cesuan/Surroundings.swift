// What the environment says: terminals, their width, colour, the locale, folders. Knows nothing of commands.

import Diagnostics
import Glibc
import View

enum Surroundings {
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns of the terminal; COLUMNS or a hundred where there is none.
  static var columns: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return variable("COLUMNS").flatMap { Int($0) }.map { max(20, min($0, 1000)) } ?? 100
  }

  /// The rows of the terminal; a number that nothing exceeds where there is none.
  static var rows: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 { return Int(size.ws_row) }
    return Int.max
  }

  /// Colours for the background that the terminal tells of in COLORFGBG (`15;0`), else such as suit any.
  static var palette: TerminalLook.Palette {
    guard let last = variable("COLORFGBG")?.split(separator: ";").last, let number = Int(last) else { return .middle }
    return number == 7 || number == 15 ? .light : .dark
  }

  /// Whether a stream is coloured. NO_COLOR wins over everything.
  static func colours(_ choice: ColourChoice, _ descriptor: Int32) -> Bool {
    if variable("NO_COLOR") != nil { return false }
    if choice == .auto, variable("CLICOLOR") == "0" { return false }
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      if let force = variable("CLICOLOR_FORCE"), force != "0" { return true }
      return isTerminal(descriptor) && variable("TERM") != "dumb"
    }
  }

  /// The language of the locale, and the variable that says it.
  static var language: (language: Language, variable: String) {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let locale = variable(name) { return (locale.lowercased().hasPrefix("zh") ? .zh : .en, name) }
    }
    return (.en, "")
  }

  /// The user's configuration.
  static var configFile: String? {
    if let folder = variable("XDG_CONFIG_HOME") { return folder + "/cesuan/config" }
    return variable("HOME").map { $0 + "/.config/cesuan/config" }
  }

  /// Where large CSV files are kept as columns.
  static var cacheFolder: String? {
    if let cache = variable("XDG_CACHE_HOME") { return cache + "/cesuan" }
    return variable("HOME").map { $0 + "/.cache/cesuan" }
  }

  /// Where the history is kept.
  static var historyFile: String? {
    if let state = variable("XDG_STATE_HOME") { return state + "/cesuan/history" }
    return variable("HOME").map { $0 + "/.local/state/cesuan/history" }
  }
}

/// Writing to the standard streams.
enum Stream {
  /// Bytes could not be written.
  enum Failure: Error {
    /// Whoever read them has gone away.
    case closed
    case broken
  }

  /// Writes text as it stands. A reader that has gone away ends the program quietly.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    var text = text
    do {
      try text.withUTF8 { try write(UnsafeRawBufferPointer($0), to: descriptor) }
    } catch Failure.closed {
      exit(0)
    } catch {
      // A full disk behind the standard output is for the shell to tell.
    }
  }

  /// Writes bytes as they stand.
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32 = STDOUT_FILENO) throws {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, 1000)
        continue
      }
      if count < 0, errno == EPIPE { throw Failure.closed }
      guard count > 0 else { throw Failure.broken }
      done += count
    }
  }

  /// Everything that comes from a descriptor, up to a limit.
  static func readAll(_ descriptor: Int32, limit: Int = 64 << 20) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
