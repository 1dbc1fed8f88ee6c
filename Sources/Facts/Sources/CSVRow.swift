// One record of a CSV file, read with care and with the position of every cell (RFC 4180): for the header, and for
// the rows in which the quick reader found something wrong. Knows nothing of what cells mean.
import Diagnostics
import Glibc

/// The careful reader of one record.
struct CSVRow {
  private let p: UnsafePointer<UInt8>
  private let end: Int
  private let limit: Int
  /// What separates cells.
  private let mark: UInt8
  private var row: BulkRow
  private var position: Position

  /// - Parameters:
  ///   - offset: where the record begins.
  ///   - line: the line it begins on, counted from 1.
  ///   - limit: how many cells are wanted; the rest are counted.
  /// - Returns: the record, and where the next one begins.
  static func read(
    _ file: FileBytes, at offset: Int, line: Int, limit: Int, mark: UInt8 = CSVMark.comma.byte
  ) -> (row: BulkRow, next: Int) {
    var reader = CSVRow(file, line: line, limit: limit, mark)
    let next = reader.read(from: offset)
    (reader.row.start, reader.row.next) = (offset, next)
    return (reader.row, next)
  }

  private init(_ file: FileBytes, line: Int, limit: Int, _ mark: UInt8) {
    self.mark = mark
    p = file.base
    end = file.count
    self.limit = limit
    row = BulkRow(line: line)
    position = Position(line: line, column: 1)
  }

  private mutating func read(from offset: Int) -> Int {
    var i = offset
    while true {
      i = i < end && p[i] == 0x22 ? quoted(from: i) : plain(from: i)
      row.count += 1
      if i >= end || p[i] == 0x0A {
        row.nextLine = position.line + 1
        return min(i + 1, end)
      }
      i += 1
      position.column += 1
    }
  }

  /// A cell in quotation marks.
  /// - Returns: where the mark or line feed behind it stands.
  private mutating func quoted(from first: Int) -> Int {
    let start = position
    var bytes: [UInt8] = []
    var closed = false
    var i = first + 1
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
    if !closed { row.problems.append((.unclosedQuote, start)) }
    position = CSVRow.advance(position, p, from: first, to: i)
    let after = delimiter(from: i)
    let returns = after > i && (after == end || p[after] == 0x0A) && p[after - 1] == 0x0D ? 1 : 0
    if after - returns > i { row.problems.append((.textAfterQuote, position)) }
    if row.count < limit {
      row.cells.append(BulkRow.Cell(text: CSVRow.freed(Members.text(bytes[...])), start: start, end: position))
    }
    position = CSVRow.advance(position, p, from: i, to: after)
    return after
  }

  /// A cell without quotation marks.
  private mutating func plain(from first: Int) -> Int {
    let start = position
    let after = delimiter(from: first)
    var last = after
    if last > first, after == end || p[after] == 0x0A, p[last - 1] == 0x0D { last -= 1 }
    let cell = UnsafeBufferPointer(start: p + first, count: last - first)
    let stop = CSVRow.advance(position, p, from: first, to: last)
    if let quote = cell.firstIndex(of: 0x22), !CSVRow.isFormulaText(CellBlock.Cell(start: p + first, count: cell.count))
    {
      row.problems.append((.strayQuote, CSVRow.advance(position, p, from: first, to: first + quote)))
    }
    if row.count < limit {
      row.cells.append(BulkRow.Cell(text: CSVRow.freed(Members.text(cell)), start: start, end: stop))
    }
    position = stop
    return after
  }

  /// Whether a cell has an apostrophe before what a spreadsheet would carry out, as this program and others write it:
  /// the apostrophe is none of its text.
  static func isInert(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count > 1, cell.start[0] == 0x27 else { return false }
    switch cell.start[1] {
    case 0x3D, 0x40, 0x09, 0x0D: return true
    case 0x2B, 0x2D:
      // A number needs none.
      return !(2..<cell.count).allSatisfy { (0x30...0x39).contains(cell.start[$0]) || cell.start[$0] == 0x2E }
    case 0xEF:
      // ＝ ＋ － ＠
      return cell.count > 3 && cell.start[2] == 0xBC && [0x9D, 0x8B, 0x8D, 0xA0].contains(cell.start[3])
    default: return false
    }
  }

  /// A text without such an apostrophe.
  private static func freed(_ text: String) -> String {
    guard text.utf8.first == 0x27 else { return text }
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress, isInert(CellBlock.Cell(start: start, count: bytes.count)) else {
        return text
      }
      return String(decoding: bytes.dropFirst(), as: UTF8.self)
    }
  }

  /// Whether a cell is `="0012"`, by which exports keep a spreadsheet from reading digits as a number.
  static func isFormulaText(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count > 3, cell.start[0] == 0x3D, cell.start[1] == 0x22, cell.start[cell.count - 1] == 0x22 else {
      return false
    }
    return memchr(cell.start + 2, 0x22, cell.count - 3) == nil
  }

  private func delimiter(from i: Int) -> Int {
    var after = i
    while after < end, p[after] != mark, p[after] != 0x0A { after += 1 }
    return after
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
