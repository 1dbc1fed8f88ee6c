// Where the lines of a text begin, so that a reader that counts bytes can say line and column, and an excerpt can
// be shown. A line ends at a line feed, with or without a carriage return before it. Knows nothing of syntax.

/// The beginnings of a text's lines.
public struct LineMap: Sendable {
  private let text: String
  /// UTF-8 offsets; the first is always 0.
  private let starts: [Int]
  private let length: Int

  /// Counts the lines of a text.
  public init(_ text: String) {
    var text = text
    var starts = [0]
    let length = text.withUTF8 { bytes in
      for i in 0..<bytes.count where bytes[i] == 0x0A { starts.append(i + 1) }
      return bytes.count
    }
    self.text = text
    self.starts = starts
    self.length = length
  }

  /// The number of lines, at least 1; a text that ends in a line feed has an empty last line.
  public var count: Int { starts.count }

  /// The line counted from 1, without its line end; nil where there is no such line.
  public func line(_ number: Int) -> Substring? {
    guard number >= 1, number <= starts.count else { return nil }
    let start = index(starts[number - 1])
    guard number < starts.count else { return text[start...] }
    var end = starts[number] - 1
    // A carriage return and a line feed are one character; cutting before the return keeps them together.
    if end > starts[number - 1], text.utf8[index(end - 1)] == 0x0D { end -= 1 }
    return text[start..<index(end)]
  }

  /// The line of a byte offset, without the work of counting characters for the column.
  public func line(atUTF8 offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Line and column of a byte offset. An offset outside the text is moved to its nearer end, one inside a
  /// character to that character's beginning.
  public func position(atUTF8 offset: Int) -> Position {
    let offset = min(max(offset, 0), length)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let before = text[index(starts[low])..<index(offset)]
    return Position(line: low + 1, column: before.count + 1)
  }

  private func index(_ offset: Int) -> String.Index { text.utf8.index(text.startIndex, offsetBy: offset) }
}

extension SourceFile {
  /// The stretch between two byte offsets of this text.
  public func location(fromUTF8 start: Int, to end: Int) -> SourceRange {
    SourceRange(source: self, start: lines.position(atUTF8: start), end: lines.position(atUTF8: end))
  }
}
