// The cells of a workbook's sheets as texts, by row and column. Knows nothing of what they mean.

import Diagnostics
import Sessions
import Workbooks

/// The sheets of a workbook, as texts.
struct FiguresTexts {
  /// A row that says anything, with its number in the sheet.
  struct Row {
    let number: Int
    let cells: [String]

    /// The text of a column, counted from 1, without spaces around it.
    func text(_ column: Int) -> String {
      cells.indices.contains(column - 1) ? ValueText.plain(cells[column - 1]) : ""
    }
  }

  struct Sheet {
    let name: String
    let rows: [Row]

    /// The text of a cell; empty where nothing stands.
    func text(row: Int, column: Int) -> String {
      rows.first { $0.number == row }?.text(column) ?? ""
    }
  }

  /// No book of figures has more, nor more columns that are read.
  private static let (sheetLimit, rowLimit, columnLimit) = (60, 20_000, 16)

  let file: String
  let sheets: [Sheet]
  /// How many formulas have no result saved with them, which read as nothing.
  let unsaved: Int

  init(_ file: String, _ bytes: [UInt8], isCancelled: () -> Bool) throws(WorkbookProblem) {
    self.file = file
    let read = bytes.withUnsafeBytes { raw in
      Result { () throws(WorkbookProblem) in try FiguresTexts.sheets(of: raw, isCancelled) }
    }
    (sheets, unsaved) = try read.get()
  }

  private static func sheets(of bytes: UnsafeRawBufferPointer, _ isCancelled: () -> Bool) throws(WorkbookProblem)
    -> (sheets: [Sheet], unsaved: Int)
  {
    let book = try Workbook(bytes, isCancelled: isCancelled)
    var out: [Sheet] = []
    var unsaved = 0
    for i in book.sheets.indices.prefix(sheetLimit) {
      let table = try book.table(i, limit: rowLimit, isCancelled: isCancelled)
      let rows = (0..<table.rows).map {
        Row(number: Int(table.numbers[$0]), cells: table.cells($0, limit: columnLimit))
      }
      out.append(Sheet(name: book.sheets[i].name, rows: rows))
      unsaved += table.remarks[.formulaWithoutValue]?.count ?? 0
    }
    return (out, unsaved)
  }

  /// The sheet of this name in either language.
  func sheet(_ name: Text) -> Sheet? { sheets.first { $0.name == name.en || $0.name == name.zh } }

  /// The place of a cell, for messages.
  func place(_ sheet: String, row: Int, column: Int) -> SourceRange {
    let source = SourceFile(name: file, text: "") { position in
      FiguresTexts.cell(sheet, row: position.line, column: position.column)
    }
    let position = Position(line: row, column: column)
    return SourceRange(source: source, start: position, end: position)
  }

  /// `Parameters!D17`
  static func cell(_ sheet: String, row: Int, column: Int) -> String {
    sheet + "!" + CellName.text(row: max(row, 1), column: max(column, 1))
  }
}
