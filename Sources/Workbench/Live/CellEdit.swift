// A cell with another text, in the bytes of its notebook: the fence's own lines stay, and every other byte. Knows
// nothing of what cells do.

import Diagnostics

struct CellEdit {
  private let cell: NotebookCell
  private let text: String

  init(_ cell: NotebookCell, _ text: String) { (self.cell, self.text) = (cell, text) }

  /// The notebook's bytes with the text in the cell's place.
  func applied(to bytes: [UInt8]) -> [UInt8] {
    let lineEnd = NotebookWriting.lineEnd(bytes)
    let whole = bytes[cell.range]
    // The opening line with its marks and options, the closing line as it is.
    let opening = whole.prefix(through: whole.firstIndex(of: 0x0A) ?? whole.endIndex - 1)
    let hasEnd = whole.last == 0x0A
    let inside = hasEnd ? whole.dropLast() : whole
    let closing = whole[((inside.lastIndex(of: 0x0A) ?? inside.startIndex - 1) + 1)...]
    let mark = opening.first { $0 == 0x60 || $0 == 0x7E } ?? 0x60
    let length = max(opening.drop { $0 != mark }.prefix { $0 == mark }.count, CellEdit.longestRun(text, mark) + 1)
    var out = CellEdit.lengthened(opening, mark, to: length)
    for line in lines {
      out += (line.isEmpty ? NotebookWriting.trimmed(cell.margin) : cell.margin) + Array(line.utf8) + lineEnd
    }
    out += CellEdit.lengthened(closing, mark, to: length)
    return bytes[..<cell.range.lowerBound] + out + bytes[cell.range.upperBound...]
  }

  private var lines: [Substring] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The longest run of a fence's mark in a text.
  private static func longestRun(_ text: String, _ mark: UInt8) -> Int {
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      run = byte == mark ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// A fence's line with so many marks.
  private static func lengthened(_ line: ArraySlice<UInt8>, _ mark: UInt8, to length: Int) -> [UInt8] {
    guard let start = line.firstIndex(of: mark) else { return Array(line) }
    let count = line[start...].prefix { $0 == mark }.count
    return line[..<start] + Array(repeating: mark, count: max(length, count)) + line[(start + count)...]
  }

  /// Whether a cell is as the file has it.
  static func isOriginal(_ notebook: Notebook, _ file: [UInt8], _ number: Int) -> Bool {
    let original = Notebook.read(file, name: notebook.source.name)
    guard original.cells.count == notebook.cells.count else { return false }
    return original.cells[number - 1].text == notebook.cells[number - 1].text
  }
}
