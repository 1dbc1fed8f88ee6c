// The command as it was probably meant: the line as typed, with the words that were mistaken replaced by the likeliest. Knows
// nothing of what the words mean; each mistake brings its own replacement.

import Diagnostics

package enum Correction {
  /// The corrected line; nil unless every mistake in it has a replacement.
  /// - Parameters:
  ///   - text: the command as written.
  ///   - place: where it stands in its source.
  package static func line(_ text: String, at location: SourceRange, _ diagnostics: [Diagnostic]) -> String? {
    let errors = diagnostics.filter { $0.severity == .error }
    guard !errors.isEmpty, errors.count <= 8, text.utf8.count <= 2_000, let source = location.source else { return nil }
    var changes: [(range: Range<String.Index>, word: String)] = []
    for error in errors {
      guard let word = error.replacement, let at = error.location, at.source === source, at.start >= location.start,
        let from = index(of: at.start, in: text, beginning: location.start),
        let to = index(of: at.end, in: text, beginning: location.start), from < to
      else { return nil }
      changes.append((from..<to, word))
    }
    changes.sort { $0.range.lowerBound > $1.range.lowerBound }
    var line = text
    var last = line.endIndex
    for change in changes {
      guard change.range.upperBound <= last else { return nil }
      last = change.range.lowerBound
      line.replaceSubrange(change.range, with: change.word)
    }
    return line == text ? nil : line
  }

  /// The index of a position of the source within a text that begins at another.
  private static func index(of position: Position, in text: String, beginning: Position) -> String.Index? {
    var line = beginning.line
    var column = beginning.column
    var index = text.startIndex
    while index < text.endIndex, (line, column) < (position.line, position.column) {
      if text[index] == "\n" || text[index] == "\r\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
      index = text.index(after: index)
    }
    return (line, column) == (position.line, position.column) ? index : nil
  }
}
