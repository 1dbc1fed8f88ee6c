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
