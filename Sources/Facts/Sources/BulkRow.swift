// One record of a bulk file, read with care and with the position of every cell (RFC 4180): for the header, and for
// the rows in which the quick reader found something wrong. Knows nothing of what cells mean.
import Diagnostics

/// One record's cells as texts, each with its place.
struct BulkRow {
  struct Cell {
    let text: String
    let start: Position
    let end: Position
  }

  /// No more than were asked for.
  private(set) var cells: [Cell] = []
  /// How many cells the record has.
  private(set) var count = 0
  private(set) var problems: [(FileProblem, Position)] = []
  /// Where the next record begins, and on which line.
  private(set) var next: Int
  private(set) var nextLine: Int

  /// - Parameters:
  ///   - offset: where the record begins.
  ///   - line: the line it begins on, counted from 1.
  ///   - limit: how many cells are wanted; the rest are counted.
  init(_ file: FileBytes, at offset: Int, line: Int, limit: Int) {
    next = offset
    nextLine = line
    let p = file.base
    let end = file.count
    var position = Position(line: line, column: 1)
    var i = offset
    while true {
      let start = position
      let first = i
      var bytes: [UInt8] = []
      if i < end, p[i] == 0x22 {
        i += 1
        var closed = false
        while i < end {
          if p[i] == 0x22 {
            if i + 1 < end, p[i + 1] == 0x22 {
              bytes.append(0x22)
              i += 2
              continue
            }
            i += 1
            closed = true
            break
          }
          bytes.append(p[i])
          i += 1
        }
        if !closed { problems.append((.unclosedQuote, start)) }
        position = BulkRow.advance(position, p, from: first, to: i)
        var after = i
        while after < end, p[after] != 0x2C, p[after] != 0x0A { after += 1 }
        let returns = after > i && (after == end || p[after] == 0x0A) && p[after - 1] == 0x0D ? 1 : 0
        if after - returns > i { problems.append((.textAfterQuote, position)) }
        if count < limit {
          cells.append(Cell(text: BulkRow.trimmed(bytes[...]), start: start, end: position))
        }
        position = BulkRow.advance(position, p, from: i, to: after)
        i = after
      } else {
        var after = i
        while after < end, p[after] != 0x2C, p[after] != 0x0A { after += 1 }
        var last = after
        if last > i, after == end || p[after] == 0x0A, p[last - 1] == 0x0D { last -= 1 }
        let cell = UnsafeBufferPointer(start: p + i, count: last - i)
        let stop = BulkRow.advance(position, p, from: i, to: last)
        if let quote = cell.firstIndex(of: 0x22) {
          problems.append((.strayQuote, BulkRow.advance(position, p, from: i, to: i + quote)))
        }
        if count < limit { cells.append(Cell(text: BulkRow.trimmed(cell), start: start, end: stop)) }
        position = stop
        i = after
      }
      count += 1
      if i >= end || p[i] == 0x0A {
        next = min(i + 1, end)
        nextLine = position.line + 1
        return
      }
      i += 1
      position.column += 1
    }
  }

  private static func trimmed(_ bytes: some Collection<UInt8>) -> String {
    String(Members.trimmed(String(decoding: bytes, as: UTF8.self)[...]))
  }

  /// The position after the bytes up to `to`, when `position` is that of the byte at `from`.
  private static func advance(_ position: Position, _ p: UnsafePointer<UInt8>, from: Int, to: Int) -> Position {
    guard to > from else { return position }
    var out = position
    let bytes = UnsafeBufferPointer(start: p + from, count: to - from)
    if bytes.allSatisfy({ $0 < 0x80 && $0 != 0x0A && $0 != 0x0D }) {
      out.column += bytes.count
      return out
    }
    if bytes.count > 1 << 16 {
      // Telling characters apart is slow, and nobody counts this far: scalars will do.
      for byte in bytes {
        if byte == 0x0A { (out.line, out.column) = (out.line + 1, 1) } else if byte & 0xC0 != 0x80 { out.column += 1 }
      }
      return out
    }
    let text = String(decoding: UnsafeBufferPointer(start: p + from, count: to - from), as: UTF8.self)
    for character in text {
      if character == "\n" || character == "\r\n" {
        out.line += 1
        out.column = 1
      } else {
        out.column += 1
      }
    }
    return out
  }
}
