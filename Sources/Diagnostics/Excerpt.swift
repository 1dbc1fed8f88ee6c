// The part of a source line around some words, in at most so many columns, and where the carets go. Only the
// neighbourhood of the words is looked at closely, whatever the length of the line.

/// A line cut to a number of columns around a span of it.
struct Excerpt {
  private(set) var text = ""
  /// Columns before the first caret.
  private(set) var caretStart = 0
  /// Carets; at least one, so that an empty span still points somewhere.
  private(set) var caretCount = 0

  private static let mark = "…"

  /// - Parameters:
  ///   - start: the first character of the span, counted from 1; beyond the line's end means its end.
  ///   - end: the character after the span's last.
  ///   - room: the columns that the text may take.
  init(of line: Substring, from start: Int, to end: Int, room: Int, tabWidth: Int, _ width: DisplayWidth) {
    var reader = Reader(line: line, tabWidth: tabWidth, width: width)
    let start = max(start, 1)
    let whole = reader.cells(upTo: line.endIndex, columns: room)
    if reader.index == line.endIndex {
      show(whole, from: start, to: end)
      return
    }
    // The line is too long: show it from a little before the span, as far as there is room.
    let lead = room / 2
    let first: Int
    let spanIndex: Substring.Index
    if let index = line.index(line.startIndex, offsetBy: start - 1, limitedBy: line.endIndex) {
      (first, spanIndex) = (start, index)
    } else {
      (first, spanIndex) = (line.count + 1, line.endIndex)
    }
    let skipped = max(0, first - 1 - lead)
    let near = line.index(line.startIndex, offsetBy: skipped, limitedBy: line.endIndex) ?? line.endIndex
    reader = Reader(line: line, tabWidth: tabWidth, width: width, index: near, position: skipped + 1)
    var cells = reader.cells(upTo: spanIndex, columns: .max)
    var dropped = 0
    while reader.column > lead, dropped < cells.count {
      reader.column -= cells[dropped].columns
      dropped += 1
    }
    cells.removeFirst(dropped)
    let marked = width.of(Self.mark)
    if skipped + dropped > 0 {
      text = Self.mark
      caretStart = marked
      reader.column += marked
    }
    cells += reader.cells(upTo: line.endIndex, columns: room - marked)
    show(cells, from: first, to: end)
    if reader.index < line.endIndex { text += Self.mark }
  }

  private mutating func show(_ cells: [Cell], from start: Int, to end: Int) {
    for cell in cells {
      text += cell.text
      if cell.position < start {
        caretStart += cell.columns
      } else if cell.position < end {
        caretCount += cell.columns
      }
    }
    caretCount = max(caretCount, 1)
  }

  /// One character as it is shown.
  private struct Cell {
    let text: String
    let columns: Int
    /// Which character of the line it is, counted from 1.
    let position: Int
  }

  /// Reads characters of a line one after the other, keeping the column.
  private struct Reader {
    let line: Substring
    let tabWidth: Int
    let width: DisplayWidth
    var index: Substring.Index
    var position: Int
    var column = 0

    init(line: Substring, tabWidth: Int, width: DisplayWidth, index: Substring.Index? = nil, position: Int = 1) {
      self.line = line
      self.tabWidth = tabWidth
      self.width = width
      self.index = index ?? line.startIndex
      self.position = position
    }

    /// The next characters, before a place and as far as they fit.
    mutating func cells(upTo end: Substring.Index, columns: Int) -> [Cell] {
      var cells: [Cell] = []
      while index < end {
        let (text, taken) = shown(line[index])
        guard taken <= columns - column else { break }
        cells.append(Cell(text: text, columns: taken, position: position))
        column += taken
        position += 1
        index = line.index(after: index)
      }
      return cells
    }

    /// A character as it is shown, and its columns; a tab reaches to the next tab stop.
    private func shown(_ character: Character) -> (text: String, columns: Int) {
      if character == "\t" {
        let count = tabWidth - column % tabWidth
        return (String(repeating: " ", count: count), count)
      }
      // One letter may carry any number of marks; a few are enough to recognise it.
      var few = ""
      few.unicodeScalars.append(contentsOf: character.unicodeScalars.prefix(16))
      let text = Visible.text(few)
      return (text, width.of(text))
    }
  }
}
