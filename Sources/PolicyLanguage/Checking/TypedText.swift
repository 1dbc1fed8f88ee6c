// What an expression is in the text that it was read from. Knows nothing of what it means.
import Diagnostics

extension Typed {
  /// The rule as it is written, on one line.
  package var written: String {
    let start = location.start, end = location.end
    guard let source = location.source, start < end else { return "" }
    var words: [Substring] = []
    for line in start.line...max(start.line, end.line) {
      guard var text = source.lines.line(line) else { continue }
      if line == end.line { text = text.prefix(max(0, end.column - 1)) }
      if line == start.line { text = text.dropFirst(max(0, start.column - 1)) }
      words += text.split(whereSeparator: \.isWhitespace)
    }
    return words.joined(separator: " ")
  }
}
