// What a source of bulk records gives, whatever its form: a row that names the columns, runs of records cut into cells,
// and each record again with care where something is wrong with it. A form is one file that conforms and one line in
// `BulkFormat.all`. Knows nothing of any form, of the other lists, or of what cells mean.
import Diagnostics
import Workbooks

/// A file of bulk records that has been opened.
///
/// A form whose cells are texts conforms to `CellSource`, which makes typed columns of them; one that holds typed
/// columns already gives them as they are.
protocol BulkSource: AnyObject {
  /// What messages about its records point into.
  var file: SourceFile { get }

  /// All records as typed columns.
  ///
  /// - Parameter findings: takes what is wrong with the file as a whole and with its header; what is wrong with single
  ///   records is counted and remembered in what is returned, and told by `BulkRecords.describe`.
  /// - Returns: no records where nothing below the header can be understood or `request.control` has been cancelled.
  func records(_ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings) -> BulkRecords

  /// A record read again with care, each cell with its place; nil from a source that does not hold records as they were
  /// written.
  /// - Parameter limit: how many cells are wanted; the rest are counted.
  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow?

  /// Where a cell of a record stands; nil where the source does not know, or the record has no such cell.
  func span(of suspect: SuspectRow, _ column: Int) -> (start: Position, end: Position)?

  /// Where the given rows begin, which are in ascending order.
  func find(_ rows: [Int], _ lines: LineIndex) -> [SuspectRow]
}

/// How the records of a list are to be read.
struct BulkRequest {
  let schema: ListSchema
  let reader: ValueReader
  let ignored: Ignored
  let mapping: ColumnMapping
  /// Whether the list has other files besides, each of which numbers its rows from 1.
  var isPart = false
  /// What a line below the table has been found to say that amounts are counted in.
  var unit: UnitBelow?
  /// How many runs of records are read at once.
  let threads: Int
  /// Asked while records are read; what there is of a cancelled reading is of no use.
  let control: WorkControl
}

/// A source whose records are cells of text.
protocol CellSource: BulkSource {
  /// Makes the cells ready, where opening alone does not.
  /// - Returns: false where there are none, which has been told or was cancelled.
  func prepare(_ control: WorkControl, _ findings: inout Findings) -> Bool

  /// The parts of the file of which one is read and none has been named, such as sheets; none where there is only one.
  var parts: [String] { get }

  /// The name of the part that is read; nil where there is only one.
  var partRead: String? { get }

  /// The first rows of each part that is shown and not the one that is read.
  func otherParts() -> [(name: String, top: [BulkRow])]

  /// All rows of the part that is read; where none has been named, of every part.
  func sheetsWhole() -> [WholeSheet]

  /// Says what of the part that was read whoever uses the records should know: other parts like it, what is hidden in
  /// it, cells that falsify what is read.
  /// - Parameter key: under which a scenario names such files; nil where a command names them.
  /// - Returns: the lines of which it is not known what their figures are.
  func tell(_ records: BulkRecords, _ key: Text?, _ findings: inout Findings) -> Set<Int>

  /// Whether numbers of days in cells without a format are counted from 1904 on.
  var countsFrom1904: Bool { get }

  /// Keeps what has been cut at hand, for whoever looks at many records again.
  func keepAll()

  /// Chooses the part that is read by its first rows, where none has been named; nothing where there is only one.
  func settle(_ fits: ([BulkRow]) -> Bool)

  /// The first rows that hold anything: among them are a table's titles and the row that names its columns.
  /// - Parameters:
  ///   - rows: how many are wanted at most.
  ///   - limit: how many cells of a row are wanted; the rest are counted.
  func top(_ rows: Int, limit: Int) -> [BulkRow]

  /// The records below the row that names the columns as runs, in their order, that can be cut at the same time, each
  /// by a thread of its own.
  /// - Parameters:
  ///   - heading: one of the top rows. `find` counts from it from now on.
  ///   - columns: how many cells a record has.
  func cutters(below heading: BulkRow, columns: Int, threads: Int) -> [any RowCutter]
}

/// One run of whole records, to be cut into cells by one thread.
protocol RowCutter: AnyObject {
  /// No fewer than its records.
  var room: Int { get }
  /// The line on which it begins.
  var firstLine: Int { get }
  /// Whether it has come out that the run may not begin where a record does: then all is cut anew as a single run.
  var isUncertain: Bool { get }
  var isAtEnd: Bool { get }
  /// How much of the run has been cut, 0 to 1.
  var progress: Double { get }

  /// Cuts the next records, `CellBlock.rows` of them at most. The cells' bytes stay until the next call.
  /// - Returns: how many there are; none where only blank lines were left.
  func cut(into block: CellBlock) -> Int

  /// Told now and then: what has been cut so far will hardly be looked at again.
  func letGo()
}

/// Why a file cannot be opened as a source of its form, and where that shows.
struct BulkRefusal: Error {
  let problem: FileProblem
  let position: Position

  init(_ problem: FileProblem, at position: Position = Position(line: 0, column: 0)) {
    self.problem = problem
    self.position = position
  }

  /// The place in a file.
  func location(in file: SourceFile) -> SourceRange { SourceRange(source: file, start: position, end: position) }
}

/// A form in which files hold bulk records.
struct BulkFormat: Sendable {
  /// How its files' names end, without the dot and in small letters.
  let endings: [String]
  /// Opens a file of the form.
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what messages call it.
  let open: @Sendable (_ bytes: FileBytes, _ name: String, _ threads: Int) throws(BulkRefusal) -> any BulkSource

  /// Every form, the first being that of files whose ending says nothing.
  static let all: [BulkFormat] = [.csv, .workbook, .parquet]

  /// The form of a file by its name, without the part of it that is meant.
  static func of(_ name: String) -> BulkFormat {
    let name = BulkPlace(name).file
    let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    return all.first { $0.endings.contains { $0 == ending } } ?? all[0]
  }
}

/// Where bulk records are: a file, of a workbook the sheet, and the columns where not all are meant:
/// `花名册.xlsx#Sheet1!A:F`, `名单.csv#A:F`.
struct BulkPlace {
  let file: String
  /// What stands behind `#`; nil where nothing does.
  let part: String?
  /// The sheet's name or number; nil where none is named.
  let sheet: String?
  /// The columns that are read, counted from 0; nil where all are.
  let columns: Range<Int>?

  /// A file's name without its folder.
  static func name(of file: String) -> String {
    file.lastIndex(of: "/").map { String(file[file.index(after: $0)...]) } ?? file
  }

  init(_ path: String) {
    let parted = BulkPlace.parted(path)
    (file, part) = parted
    guard let part else {
      (sheet, columns) = (nil, nil)
      return
    }
    if let mark = part.lastIndex(of: "!"), let columns = BulkPlace.columns(part[part.index(after: mark)...]) {
      (sheet, self.columns) = (mark == part.startIndex ? nil : String(part[..<mark]), columns)
    } else if let columns = BulkPlace.columns(part[...]) {
      (sheet, self.columns) = (nil, columns)
    } else {
      (sheet, columns) = (part, nil)
    }
  }

  /// The file, and what stands behind `#`: of a workbook anything, of other files columns alone.
  private static func parted(_ path: String) -> (file: String, part: String?) {
    guard let mark = path.lastIndex(of: "#") else { return (path, nil) }
    let (file, named) = (path[..<mark], path[path.index(after: mark)...])
    func ends(in endings: [String]) -> Bool { endings.contains { file.lowercased().hasSuffix("." + $0) } }
    if ends(in: BulkFormat.workbook.endings) { return (String(file), named.isEmpty ? nil : String(named)) }
    let isText = ends(in: BulkFormat.csv.endings + ["txt", "tsv"])
    return isText && columns(named) != nil ? (String(file), String(named)) : (path, nil)
  }

  /// `A:F`
  private static func columns(_ text: Substring) -> Range<Int>? {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { CellName.column($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else { return nil }
    return first - 1..<last
  }

  /// Columns as a place names them.
  static func text(_ columns: Range<Int>) -> String {
    CellName.letters(columns.lowerBound + 1) + ":" + CellName.letters(columns.upperBound)
  }
}

/// One record's cells as texts, each with its place.
struct BulkRow {
  /// A cell's text, and the positions of its first character and behind its last.
  struct Cell {
    let text: String
    let start: Position
    let end: Position
    /// Whether its text is no value and has been told of: an error, or a formula without a result.
    var isFlawed = false
  }

  /// No more than were asked for.
  var cells: [Cell] = []
  /// How many cells the record has.
  var count = 0
  /// What is wrong with its form.
  var problems: [(problem: FileProblem, position: Position)] = []
  /// The line on which it begins, and that on which the next begins.
  let line: Int
  var nextLine: Int
  /// Where it begins, and where the next record does, in the source's own measure.
  var start = 0
  var next = 0

  init(line: Int) {
    self.line = line
    nextLine = line
  }

  /// Where what is missing from the record would stand.
  var end: Position { cells.last?.end ?? Position(line: line, column: 1) }

  /// The same row, of which some columns alone are looked at.
  func part(_ columns: Range<Int>) -> BulkRow {
    var row = self
    row.cells = Array(cells.dropFirst(columns.lowerBound).prefix(columns.count))
    row.count = max(0, min(count, columns.upperBound) - columns.lowerBound)
    return row
  }
}

extension CellSource {
  /// The first rows as they are looked at for what they are: of a cell no more than the beginning, since no heading
  /// and no fact is longer.
  func head(_ rows: Int, limit: Int) -> [BulkRow] {
    top(rows, limit: limit).map { row in
      guard row.cells.contains(where: { $0.text.utf8.count > BulkRow.longest }) else { return row }
      var row = row
      row.cells = row.cells.map(\.clipped)
      return row
    }
  }
}

extension BulkRow {
  /// How many bytes of a cell are looked at in a table's first rows.
  static let longest = 4_000
}

extension BulkRow.Cell {
  /// The cell with the beginning of a very long text.
  fileprivate var clipped: BulkRow.Cell {
    guard text.utf8.count > BulkRow.longest else { return self }
    let start = String(decoding: text.utf8.prefix(BulkRow.longest), as: UTF8.self)
    return BulkRow.Cell(text: start + "…", start: self.start, end: end, isFlawed: isFlawed)
  }
}

/// A row in which something is wrong, with where it stands.
struct SuspectRow {
  let row: Int
  let line: Int
  /// Where it begins, in the source's own measure: bytes in a text; negative where that is still to be found.
  let offset: Int
}

/// From a row on, lines run ahead of rows by so many.
struct LineShift: Sendable {
  var row: Int
  var by: Int
}

/// On which line each row of a bulk file stands.
struct LineIndex: Sendable {
  /// The line behind the header.
  let first: Int
  let shifts: [LineShift]

  func line(of row: Int) -> Int {
    var low = 0
    var high = shifts.count
    while low < high {
      let middle = (low + high) / 2
      if shifts[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    return first + row + (low > 0 ? shifts[low - 1].by : 0)
  }
}

/// The cells of some records at once, column by column: so many records that their bytes are still at hand when the
/// cells are read, and that the memory waited for by one record's cell is on its way for the next ones', too.
struct CellBlock {
  /// A cell's bytes, at least 16 of which may be read whatever the count.
  struct Cell {
    var start: UnsafePointer<UInt8>
    var count: Int
  }

  /// Where a record begins, and how many problems it has.
  struct Record {
    var offset: Int
    var line: Int
    var problems: Int
    /// Where not 0, the number of problems whatever the cells are: of such a record nothing else is said.
    var only: Int
    /// Whether a cell beyond the columns holds anything.
    var hasMore = false
  }

  static let rows = 128

  let columns: Int
  /// The cell of column c and row r is `cells[c * CellBlock.rows + r]`.
  let cells: CheckedBuffer<Cell>
  let records: CheckedBuffer<Record>

  init(columns: Int) {
    self.columns = columns
    cells = .allocate(max(columns, 1) * CellBlock.rows)
    records = .allocate(CellBlock.rows)
  }

  func deallocate() {
    cells.deallocate()
    records.deallocate()
  }

  /// Puts one record in the place of another.
  func move(_ from: Int, to row: Int) {
    for column in 0..<columns { cells[column * CellBlock.rows + row] = cells[column * CellBlock.rows + from] }
    records[row] = records[from]
  }

  /// The cell of a column and row.
  func cell(_ column: Int, _ row: Int) -> Cell { cells[column * CellBlock.rows + row] }

  /// The cells of a column.
  @inline(__always)
  func column(_ column: Int) -> CheckedBuffer<Cell> { cells.part(from: column * CellBlock.rows, count: CellBlock.rows) }
}
