// Text copied from an earlier session: lines with prompts, between them what was answered. Only the commands are wanted
// again.
// Knows nothing of where the text comes from.

/// Reading old transcripts.
package enum PastedTranscript {
  private static let prompts = ["测算> ", "测算>", "cesuan> "]
  private static let continuations = ["   … ", "… "]

  /// The commands of a text in which some line begins with a prompt, one below the other; any other text as it is.
  package static func commands(in text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.contains(where: { prompt(of: $0) != nil }) else { return text }
    var kept: [Substring] = []
    /// Whether the line before belongs to a command, so that this one may continue it.
    var open = false
    for line in lines {
      if let length = prompt(of: line) {
        let command = line.dropFirst(length)
        open = true
        if !command.allSatisfy({ $0 == " " }) { kept.append(command) }
      } else if open, let mark = continuations.first(where: { line.hasPrefix($0) }) {
        kept.append(line.dropFirst(mark.count))
      } else {
        open = open && !kept.isEmpty && isUnfinished(kept)
        if open { kept.append(line) }
      }
    }
    return kept.joined(separator: "\n")
  }

  private static func prompt(of line: Substring) -> Int? {
    prompts.first { line.hasPrefix($0) }?.count
  }

  /// Whether the last command goes on: a bracket is open, or the line ends in a backslash.
  private static func isUnfinished(_ lines: [Substring]) -> Bool {
    !CommandLexer.isComplete(lines.suffix(50).joined(separator: "\n"))
  }
}
