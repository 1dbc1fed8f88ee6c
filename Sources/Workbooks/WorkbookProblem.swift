// Why a file is not read as a workbook, and what stands out in a sheet that is. Knows nothing of how either is worded.

/// Why a file, or a sheet of it, cannot be read.
package enum WorkbookProblem: Error, Sendable, Hashable {
  /// There is not a byte in it.
  case empty
  /// The older binary form of Excel (`.xls`), or that of WPS (`.et`), which is the same.
  case oldBinary
  /// That form, which the library for it could not make out.
  case oldUnread
  /// `.xlsb`
  case newBinary
  /// `.ods`
  case openDocument
  /// Protected with a password.
  case encrypted
  /// A page of HTML, whatever the file is called.
  case page
  /// XML as Excel 2003 wrote it.
  case oldXML
  /// Plain text, such as CSV, whatever the file is called.
  case plainText
  /// An archive with something else in it, such as a text document.
  case otherArchive
  /// Bytes of no known kind.
  case unknownKind
  /// The file ends before its end, or is changed within.
  case damaged(part: String)
  /// A part grows far beyond what its size in the file allows for.
  case inflated(part: String)
  /// More than can be held.
  case tooLarge
  /// No sheet has this name or number.
  case noSheet(String, known: [String])
  /// There is no sheet with cells.
  case noSheets
  /// The reading was cancelled.
  case cancelled
}

/// A rectangle of cells; rows and columns count from 1.
package struct CellRange: Sendable, Hashable {
  package var rows: ClosedRange<Int>
  package var columns: ClosedRange<Int>

  package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// One cell.
  package init(row: Int, column: Int) { self.init(rows: row...row, columns: column...column) }

  /// `C17`, `A1:B2`
  package var name: String {
    let first = CellName.text(row: rows.lowerBound, column: columns.lowerBound)
    guard rows.count > 1 || columns.count > 1 else { return first }
    return first + ":" + CellName.text(row: rows.upperBound, column: columns.upperBound)
  }
}

/// Cells of one kind that whoever reads a sheet should know of.
package struct SheetRemark: Sendable {
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// `#N/A` and its like.
    case error
    /// A formula whose result was never saved.
    case formulaWithoutValue
    /// A number of more than 15 digits, whose last ones are lost.
    case cutNumber
    /// Cells merged into one. In a column the value is taken for every row; across columns it counts for the first.
    case merged
    /// A row that is not shown, which is read all the same.
    case hiddenRow
    /// A column that is not shown, which is read all the same.
    case hiddenColumn
    /// A row in which texts are struck through, which is read all the same.
    case struck
    /// A cell with a comment, which is not read.
    case comment
  }

  /// As many places of a kind are kept; the rest are counted.
  package static let limit = 10_000

  package private(set) var places: [CellRange] = []
  package private(set) var count = 0

  package init() {}

  mutating func add(_ place: CellRange) {
    count += 1
    if places.count < SheetRemark.limit { places.append(place) }
  }
}
