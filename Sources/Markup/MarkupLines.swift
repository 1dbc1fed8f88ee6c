// Where the lines of a text begin, so that the lines that a Markdown tree speaks of become bytes. Knows nothing of the
// tree.

/// The lines of a text as ranges of its bytes.
package struct MarkupLines: Sendable {
  /// What ends a line.
  package enum Ending: Sendable {
    /// A line feed only, as the lexer of rules counts.
    case lineFeed
    /// A lone carriage return, too, as CommonMark counts.
    case commonMark
  }

  /// Where each line begins, and behind the last of them the end of the text.
  package let starts: [Int]

  package init(_ bytes: UnsafeBufferPointer<UInt8>, _ ending: Ending) {
    var starts = [0]
    for i in bytes.indices {
      let ends =
        switch ending {
        case .lineFeed: bytes[i] == 0x0A
        case .commonMark:
          bytes[i] == 0x0A || (bytes[i] == 0x0D && (i + 1 == bytes.count || bytes[i + 1] != 0x0A))
        }
      if ends { starts.append(i + 1) }
    }
    if starts.last != bytes.count { starts.append(bytes.count) }
    self.starts = starts
  }

  package init(_ bytes: [UInt8], _ ending: Ending) {
    self = bytes.withUnsafeBufferPointer { MarkupLines($0, ending) }
  }

  /// How many lines there are; a text that ends with a line's end has none behind it.
  package var count: Int { starts.count - 1 }

  /// The bytes of a line with its end; lines are counted from 1. Empty, at the end of the text, where there is no such
  /// line.
  package func range(_ line: Int) -> Range<Int> {
    guard line >= 1, line <= count else { return starts[count]..<starts[count] }
    return starts[line - 1]..<starts[line]
  }

  /// The bytes of several lines, both ends included; empty, at the end of the text, where there are none.
  package func range(_ first: Int, _ last: Int) -> Range<Int> {
    guard first >= 1, first <= last, last <= count else { return starts[count]..<starts[count] }
    return starts[first - 1]..<starts[last]
  }

  /// The bytes of a line without its end.
  package func inside(_ line: Int, of bytes: [UInt8]) -> Range<Int> {
    let whole = range(line)
    var end = whole.upperBound
    while end > whole.lowerBound, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return whole.lowerBound..<end
  }
}
