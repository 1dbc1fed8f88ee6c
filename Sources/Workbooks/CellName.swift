// Names of cells, `C17`, as texts and numbers. Knows nothing of sheets.

/// How cells are called.
package enum CellName {
  /// How many rows and columns a sheet has at most.
  package static let rowLimit = 1_048_576
  package static let columnLimit = 16_384

  /// `A`, `Z`, `AA`; columns count from 1.
  package static func letters(_ column: Int) -> String {
    var rest = column
    var out: [UInt8] = []
    while rest > 0 {
      out.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: out.reversed(), as: UTF8.self)
  }

  /// The number of a column, counted from 1, of its letters; nil where no sheet has it.
  package static func column(_ letters: Substring) -> Int? {
    guard (1...3).contains(letters.utf8.count) else { return nil }
    var out = 0
    for letter in letters.utf8 {
      let plain = letter & 0xDF
      guard (0x41...0x5A).contains(plain) else { return nil }
      out = out * 26 + Int(plain - 0x40)
    }
    return out <= columnLimit ? out : nil
  }

  /// `C17`
  package static func text(row: Int, column: Int) -> String { letters(column) + String(row) }

  /// A sheet's name as formulas write it: `'明细 (2)'`.
  package static func sheet(_ name: String) -> String {
    "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// `'明细'!$A$2:$A$7`, cells of one column.
  package static func range(_ sheet: String, column: Int, rows: ClosedRange<Int>) -> String {
    let letters = letters(column)
    let first = "\(self.sheet(sheet))!$\(letters)$\(rows.lowerBound)"
    return rows.count > 1 ? first + ":$\(letters)$\(rows.upperBound)" : first
  }

  /// Reads a name such as `C17` or `$C$17`; nil where it is none that a sheet has.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> (row: Int, column: Int)? {
    var (row, column) = (0, 0)
    var i = 0
    if i < bytes.count, bytes[i] == 0x24 { i += 1 }
    while i < bytes.count {
      let letter = bytes[i] & 0xDF
      guard letter >= 0x41, letter <= 0x5A else { break }
      column = column &* 26 &+ Int(letter &- 0x40)
      if column > columnLimit { return nil }
      i += 1
    }
    if i < bytes.count, bytes[i] == 0x24 { i += 1 }
    while i < bytes.count {
      let digit = bytes[i] &- 0x30
      guard digit <= 9 else { return nil }
      row = row &* 10 &+ Int(digit)
      if row > rowLimit { return nil }
      i += 1
    }
    return row > 0 && column > 0 ? (row, column) : nil
  }

  /// Reads `A1:B2` or `A1`.
  static func range(_ bytes: UnsafeBufferPointer<UInt8>) -> CellRange? {
    let colon = bytes.firstIndex(of: 0x3A)
    let first = UnsafeBufferPointer(rebasing: bytes[..<(colon ?? bytes.count)])
    guard let start = read(first) else { return nil }
    guard let colon else { return CellRange(row: start.row, column: start.column) }
    guard let end = read(UnsafeBufferPointer(rebasing: bytes[(colon + 1)...])), end.row >= start.row,
      end.column >= start.column
    else { return nil }
    return CellRange(rows: start.row...end.row, columns: start.column...end.column)
  }
}
