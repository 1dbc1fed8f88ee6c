// Text that was copied from a screen: prompts before the commands, answers between them. Only the commands are wanted. Knows
// nothing of what they do.

/// Commands within a transcript.
public enum Transcript {
  /// What stands before a command, and before a further line of one.
  private static let prompts = ["测算> ", "测算>", "cesuan> "]
  private static let continuations = ["   … ", "   …", "   ... "]

  /// The commands of a transcript, a line each; the text itself where it holds no prompt.
  public static func commands(in text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.contains(where: { command($0) != nil }) else { return text }
    var out: [String] = []
    // A further line belongs to the command only right below it: answers may begin with dots, too.
    var isOpen = false
    for line in lines {
      if let command = command(line) {
        out.append(command)
        isOpen = true
      } else if isOpen, let more = continuations.first(where: { line.hasPrefix($0) }), !CommandParser.isComplete(out.suffix(1).joined()) {
        out[out.count - 1] += "\n" + line.dropFirst(more.count)
      } else {
        isOpen = false
      }
    }
    return out.joined(separator: "\n") + "\n"
  }

  private static func command(_ line: Substring) -> String? {
    let body = line.drop { $0 == " " }
    guard let prompt = prompts.first(where: { body.hasPrefix($0) }) else { return nil }
    return String(body.dropFirst(prompt.count))
  }
}
