// How many cells the tables of a text have, told before they are made: a reader of tables fills short rows up, so that
// a few kilobytes of lines can become millions of cells. Knows nothing of what is in them.

/// The largest table of a Markdown text.
package enum MarkupTables {
  /// How many cells one table may have.
  package static let mostCells = 500_000

  /// The line, from 1, at which a table begins that has more cells than it may; nil where there is none.
  package static func tooLarge(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var line = 1, start = 0
    var columns = 0, rows = 0, head = 0
    for i in 0...bytes.count where i == bytes.count || bytes[i] == 0x0A {
      let text = bytes[start..<i]
      if let found = delimiters(text) {
        (columns, rows, head) = (found, 1, max(line - 1, 1))
      } else if columns > 0, text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        columns = 0
      } else {
        rows += 1
      }
      if columns > 0, columns.multipliedReportingOverflow(by: rows).partialValue > mostCells { return head }
      (line, start) = (line + 1, i + 1)
    }
    return nil
  }

  /// How many columns a line of dashes makes below a table's head; nil where it is none.
  private static func delimiters(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var dashes = 0, columns = 0, isInside = false
    for byte in text {
      switch byte {
      case 0x2D:
        dashes += 1
        if !isInside { columns += 1 }
        isInside = true
      case 0x7C: isInside = false
      case 0x3A, 0x20, 0x09, 0x0D, 0x3E: break
      default: return nil
      }
    }
    return dashes > 0 && text.contains(0x7C) ? columns : nil
  }
}
