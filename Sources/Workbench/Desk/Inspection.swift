// What the name or command word under the cursor means, for programs that show it beside the line. It reads only:
// nothing is remembered, numbered or shown again.

import Answers
import Commands
import Diagnostics
import Sessions

extension Desk {
  /// What stands at the cursor, explained as `help` would.
  ///
  /// - Parameters:
  ///   - text: the whole command so far.
  ///   - cursor: a UTF-8 offset.
  /// - Returns: nil where nothing with a meaning stands there.
  package func inspect(_ text: String, at cursor: Int) -> Answer? {
    guard let phrase = InspectedPhrase(text, cursor: cursor) else { return nil }
    let held = (grounds, evidence)
    defer { (grounds, evidence) = held }
    for words in phrase.readings {
      let location = SourceRange(source: nil, start: Position(line: 0, column: 0), end: Position(line: 0, column: 0))
      let help = HelpCommand(Written(text: words, raw: words, location: location))
      let command = Command(help, text: words, location: location)
      if let answer = try? help.perform(in: self, command), !answer.document.isEmpty { return answer }
    }
    return nil
  }

  /// What a name stands for, where no command is meant: whatever can be shown.
  func explained(_ name: String) -> Answer? {
    let held = (grounds, evidence)
    defer { (grounds, evidence) = held }
    let location = SourceRange(source: nil, start: Position(line: 0, column: 0), end: Position(line: 0, column: 0))
    let show = ShowCommand(Written(text: name, raw: name, location: location))
    let answer = try? show.perform(in: self, Command(show, text: name, location: location))
    return answer.flatMap { $0.document.isEmpty ? nil : $0 }
  }

  /// Whether a text is a whole command, or several: no bracket and no quotation mark is open, and no line goes on.
  package static func isComplete(_ text: String) -> Bool {
    guard WorkbenchCommands.parser.isComplete(text) else { return false }
    let statements = WorkbenchCommands.parser.statements(of: SourceFile(name: "text", text: text))
    return !statements.contains { $0.diagnostics.contains { CommandMistake.leavesOpen($0) } }
  }
}

/// The word at the cursor, with those beside it that may belong to its name.
private struct InspectedPhrase {
  /// What to look up, the likeliest first: the longest phrases that begin or end with the word, and the word itself.
  let readings: [String]
  /// A name has no more words than that.
  private static let longest = 4

  init?(_ text: String, cursor: Int) {
    guard text.utf8.count < 100_000 else { return nil }
    var lexer = CommandLexer(text, long: WorkbenchCommands.vocabulary.long)
    var tokens: [Token] = []
    while let run = lexer.next() {
      tokens = run.tokens
      if let last = tokens.last, last.end >= cursor { break }
    }
    // At the end of a word the cursor is still at it.
    guard let at = tokens.firstIndex(where: { $0.start <= cursor && cursor <= $0.end && Self.isWord($0) }) else {
      return nil
    }
    let first = tokens[..<at].lastIndex { !Self.isWord($0) }.map { $0 + 1 } ?? 0
    let last = tokens[at...].firstIndex { !Self.isWord($0) }.map { $0 - 1 } ?? tokens.count - 1
    var found: [String] = []
    for length in stride(from: min(Self.longest, last - first + 1), through: 1, by: -1) {
      for start in max(first, at - length + 1)...at where start + length - 1 <= last {
        found.append(tokens[start..<(start + length)].map(\.text).joined(separator: " "))
      }
    }
    readings = found
  }

  private static func isWord(_ token: Token) -> Bool { token.kind == .word || token.kind == .quoted }
}
