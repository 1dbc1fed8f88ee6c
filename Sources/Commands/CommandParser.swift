// Words to commands. Every command of a script is parsed by itself, so that a mistake in one loses that one only.
// Knows nothing of which documents or subjects exist.

import Diagnostics
import Engine
import Reports

/// Reading commands, with the words of a vocabulary.
package struct CommandParser: Sendable {
  package let vocabulary: Vocabulary

  package init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// One command of a script, or what is wrong with it.
  package struct Statement: Sendable {
    package let command: Command?
    package let diagnostics: [Diagnostic]
    /// The command as written.
    package let text: String
    package let location: SourceRange
  }

  /// The commands of a text, each parsed when it is asked for.
  package struct Statements: Sequence, IteratorProtocol {
    private let parser: CommandParser
    private let source: SourceFile
    private var lexer: CommandLexer

    fileprivate init(_ source: SourceFile, _ parser: CommandParser) {
      self.parser = parser
      self.source = source
      lexer = CommandLexer(source.text, long: parser.vocabulary.long)
    }

    package mutating func next() -> Statement? {
      while let run = lexer.next() {
        if !run.tokens.isEmpty { return parser.statement(run, in: source) }
      }
      return nil
    }
  }

  /// The commands of a text in turn.
  package func statements(of source: SourceFile) -> Statements { Statements(source, self) }

  /// All commands of a text.
  package func parse(_ source: SourceFile) -> [Statement] { Array(statements(of: source)) }

  /// Whether a text is whole: no bracket is open, no line ends in `\`, and no text of several lines goes on.
  package func isComplete(_ text: String) -> Bool { CommandLexer.isComplete(text, long: vocabulary.long) }

  private func statement(_ run: TokenRun, in source: SourceFile) -> Statement {
    let tokens = run.tokens
    let (first, last) = (tokens[0], tokens[tokens.count - 1])
    let location = SourceRange(source: source, start: first.from, end: last.to)
    let text = CommandText.slice(source.text, first.start, last.end)
    func refused(_ mistake: CommandMistake, at offset: Int) -> Statement {
      let at = source.location(fromUTF8: offset, to: offset + 1)
      return Statement(command: nil, diagnostics: [mistake.diagnostic(at: at)], text: text, location: location)
    }
    if let quote = run.openQuote { return refused(.openQuote, at: quote) }
    if let bracket = run.openBracket { return refused(.openBracket, at: bracket) }
    var parser = StatementParser(tokens, vocabulary, source: source, text: text, location: location)
    do {
      return Statement(command: try parser.command(), diagnostics: [], text: text, location: location)
    } catch {
      return Statement(command: nil, diagnostics: [error.diagnostic], text: text, location: location)
    }
  }
}

package enum CommandText {
  /// Whether a text can stand in a command as one word, without quotation marks.
  package static func isWord(_ text: String) -> Bool {
    var lexer = CommandLexer(text)
    guard let run = lexer.next(), run.tokens.count == 1, let word = run.tokens.first else { return false }
    return word.kind == .word && word.raw == text
  }

  package static func slice(_ text: String, _ start: Int, _ end: Int) -> String {
    let utf8 = text.utf8
    return String(text[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end)])
  }
}

/// A mistake at its place.
package struct Misread: Error {
  package let diagnostic: Diagnostic
}
