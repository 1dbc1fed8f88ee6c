// Showing a long text through the user's pager. The pager gets the keys until it is left; whatever goes wrong with it,
// the text is written all the same. Knows nothing of what the text says.

import Glibc

enum Pager {
  /// Shows a text through the pager.
  ///
  /// - Parameters:
  ///   - choice: auto, on or off.
  ///   - isChinese: whether the reader reads Chinese: the keys are then named without a sentence around them.
  ///   - cutsLines: whether lines wider than the window are cut, to be looked at by moving sideways.
  /// - Returns: false when there is no pager, or none is wanted: nothing has been shown then.
  static func show(_ text: String, _ choice: String, cutsLines: Bool, isChinese: Bool) -> Bool {
    guard choice != "off", Surroundings.isTerminal(STDOUT_FILENO), Surroundings.isTerminal(STDIN_FILENO) else {
      return false
    }
    let isDumb = Surroundings.variable("TERM").map { $0 == "dumb" } ?? true
    guard choice == "on" || !isDumb else { return false }
    guard let command = Surroundings.variable("PAGER") ?? (isInstalled("less") ? "less" : nil), command != "cat" else {
      return false
    }
    // As git does: leave at once if all fits, pass colours on, keep the text on the screen.
    // What it says below a screenful; less writes nothing but ASCII there, and reads most signs as more than
    // themselves.
    let prompt = isChinese ? "Ps(Space / q)$" : "Ps(Space turns the page, q comes back)$"
    setenv("LESS", (cutsLines ? "FRXS" : "FRX") + prompt, cutsLines ? 1 : 0)
    setenv("LESSCHARSET", "utf-8", 0)
    guard let pipe = popen(command, "w") else { return false }
    let before = signal(SIGPIPE, SIG_IGN)
    var text = text
    let count = text.utf8.count
    let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, pipe) }
    fflush(pipe)
    let status = pclose(pipe)
    _ = signal(SIGPIPE, before)
    // 127: the shell has found no such program.
    return written == count ? status >> 8 != 127 : true
  }

  private static func isInstalled(_ name: String) -> Bool {
    (Surroundings.variable("PATH") ?? "").split(separator: ":").contains { access($0 + "/" + name, X_OK) == 0 }
  }
}
