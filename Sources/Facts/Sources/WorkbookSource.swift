// Bulk records in a sheet of a workbook: which sheet, its cells as texts with the names of their places, and what of
// the sheet whoever uses the records should know of. Knows nothing of what cells mean, or of the form of workbooks.
import Diagnostics
import Reckoning
import Workbooks

extension BulkFormat {
  /// A sheet of a workbook. The endings of kindred forms are here, too, so that their messages say what to do.
  static let workbook = BulkFormat(endings: ["xlsx", "xlsm", "xltx", "xltm", "xls", "xlsb", "et", "ett", "ods"]) {
    (bytes, name, _) throws(BulkRefusal) in
    try WorkbookSource.open(bytes, BulkPlace(name))
  }
}

/// A sheet of an opened workbook.
final class WorkbookSource: CellSource {
  private(set) var file: SourceFile
  private let bytes: FileBytes
  private let book: Workbook
  private var sheet: Int
  /// Whether somebody has named the sheet.
  private let isNamed: Bool
  /// The columns that are read; nil where all are.
  private let part: Range<Int>?
  /// Whether the workbook is of an older form, and was turned into one of the present.
  private let isOld: Bool
  private let ending: String
  private var table: SheetTable?
  /// The first rows of sheets that have been looked at, or why they cannot be read.
  private var tops: [Int: Result<[BulkRow], WorkbookProblem>] = [:]
  /// How many columns have headings.
  private var width = 0
  /// Whether the texts of rows that have been cut are given up, and read anew where somebody asks for one.
  private var isReleased = false
  private var keepsAll = false
  /// What was asked of it.
  private var asked: BulkRequest?

  private init(_ bytes: FileBytes, _ book: Workbook, _ sheet: Int, _ place: BulkPlace, isOld: Bool) {
    self.isOld = isOld
    self.bytes = bytes
    self.book = book
    self.sheet = sheet
    isNamed = place.sheet != nil
    part = place.columns
    ending = WorkbookSource.ending(place.file)
    let name = book.sheets[sheet].name
    file = WorkbookSource.file(place.file, name)
  }

  private static func file(_ name: String, _ sheet: String) -> SourceFile {
    SourceFile(name: name, text: "") { position in
      let cell = CellName.text(row: max(position.line, 1), column: max(position.column, 1))
      return sheet + "!" + cell
    }
  }

  static func open(_ bytes: FileBytes, _ place: BulkPlace) throws(BulkRefusal) -> WorkbookSource {
    do {
      let (bytes, book, isOld) = try OldWorkbook.opened(bytes)
      return WorkbookSource(bytes, book, try book.sheet(place.sheet), place, isOld: isOld)
    } catch {
      throw BulkRefusal(.workbook(.refused(error, ending: ending(place.file))))
    }
  }

  private static func ending(_ name: String) -> String {
    name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
  }

  func records(_ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings) -> BulkRecords {
    asked = request
    settle { WorkbookSource.fit($0, request) != nil }
    guard prepare(request.control, &findings) else { return BulkRecords(none: file, request.schema, self) }
    let records = cellRecords(request, &suggestions, &findings)
    let list = request.schema.declaration
    // Of forms the remarks of one sheet say nothing.
    if let cards = records.source as? CardSource {
      for remark in cards.remarks { findings.add(remark) }
      return records
    }
    _ = tell(records, Text(list.name + ScenarioKeys.bulkSuffix, zh: list.words.zh + "来自"), &findings)
    return records
  }

  func prepare(_ control: WorkControl, _ findings: inout Findings) -> Bool {
    do {
      let progress = control.progress
      table = try book.table(sheet, isCancelled: control.isCancelled) { [bytes] share in
        progress?(share)
        bytes.release(0..<Int(Double(bytes.count) * min(max(share, 0), 1)))
      }
      // What is read is not held twice: the file's pages and the shared texts have done their work.
      bytes.release(0..<bytes.count)
      if isNamed || book.sheets.count == 1 { book.forgetTexts() }
    } catch .cancelled {
      return false
    } catch {
      // What is wrong with the file has no place in it.
      let whole = Position(line: 0, column: 0)
      findings.add(
        .workbook(.refused(error, ending: ending)), at: SourceRange(source: file, start: whole, end: whole))
      return false
    }
    if cells.rows > 0 { return true }
    findings.add(.workbook(.noCells(others: others)), at: place(1, 1))
    return false
  }

  // MARK: cells

  /// The cells, which are there as soon as records have been asked for.
  private var cells: SheetTable {
    if let table { return table }
    Invariant.holds(bytes.hasChanged, "sheet-read-first: a sheet is read before its rows are asked for")
    return SheetTable.none
  }

  func top(_ rows: Int, limit: Int) -> [BulkRow] { (0..<min(rows, cells.rows)).map { row($0, limit: limit) } }

  func cutters(below heading: BulkRow, columns: Int, threads: Int) -> [any RowCutter] {
    width = columns
    if isReleased { readAgain() }
    isReleased = !keepsAll && cells.count >= WorkbookSource.large
    let first = heading.next
    let rows = cells.rows - first
    let parts = rows < 4096 ? 1 : max(1, min(threads, 64))
    return (0..<parts).map { k in
      let run = (first + rows * k / parts)..<(first + rows * (k + 1) / parts)
      return WorkbookCutter(cells, run, columns: columns, of: part, letsGo: isReleased)
    }
  }

  /// From so many bytes on the texts of a sheet are not held while columns are made of them.
  private static let large = 16 << 20

  func keepAll() { keepsAll = true }

  var countsFrom1904: Bool { book.countsFrom1904 }

  /// Reads the sheet once more, for a row whose texts have been given up.
  private func readAgain() {
    isReleased = false
    do { table = try Workbook(UnsafeRawBufferPointer(bytes.bytes)).table(sheet) } catch {
      // It could be read before: another program has changed it since, which is told of the whole file.
      table = nil
    }
  }

  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow? {
    if isReleased, suspect.offset >= HeadingSearch.rows { readAgain() }
    guard let table, suspect.offset < table.rows else { return nil }
    return row(suspect.offset, limit: limit)
  }

  func span(of suspect: SuspectRow, _ column: Int) -> (start: Position, end: Position)? {
    let place = Position(line: suspect.line, column: firstColumn + column + 1)
    return (place, place)
  }

  func find(_ rows: [Int], _ lines: LineIndex) -> [SuspectRow] {
    var out: [SuspectRow] = []
    var index = 0
    for row in rows {
      let line = lines.line(of: row)
      while index < cells.rows, Int(cells.numbers[index]) < line { index += 1 }
      if index < cells.rows { out.append(SuspectRow(row: row, line: line, offset: index)) }
    }
    return out
  }

  private func row(_ index: Int, limit: Int) -> BulkRow { row(of: cells, index, width: width, limit: limit) }

  private func row(of cells: SheetTable, _ index: Int, width: Int, limit: Int) -> BulkRow {
    let line = Int(cells.numbers[index])
    var row = BulkRow(line: line)
    var texts = cells.cells(index).map { String(Members.trimmed($0[...])) }
    if let part { texts = Array(texts.dropFirst(part.lowerBound).prefix(part.count)) }
    // What says nothing at a row's end is not there, and what a sheet leaves out there is empty.
    while let last = texts.last, last.isEmpty, texts.count > width { texts.removeLast() }
    while texts.count < width { texts.append("") }
    for (column, text) in texts.prefix(limit).enumerated() {
      let start = Position(line: line, column: firstColumn + column + 1)
      let isFlawed = table != nil && flawed.contains(line * CellName.columnLimit + firstColumn + column)
      row.cells.append(BulkRow.Cell(text: text, start: start, end: start, isFlawed: isFlawed))
    }
    row.count = texts.count
    row.nextLine = line + 1
    (row.start, row.next) = (index, index + 1)
    return row
  }

  /// Cells that are told of by themselves: errors, and what has lost its value. Their texts are no values.
  private lazy var flawed: Set<Int> = {
    var out: Set<Int> = []
    for kind in [SheetRemark.Kind.error, .formulaWithoutValue, .cutNumber] {
      for place in cells.remarks[kind]?.places ?? [] {
        out.insert(place.rows.lowerBound * CellName.columnLimit + place.columns.lowerBound - 1)
      }
    }
    return out
  }()

  // MARK: which sheet

  private var others: [String] { book.sheets.indices.filter { $0 != sheet }.map { book.sheets[$0].name } }

  var parts: [String] { isNamed ? [] : book.sheets.map(\.name) }
  var partRead: String? { book.sheets.count > 1 || isNamed ? book.sheets[sheet].name : nil }

  /// How many columns stand before those that are read.
  private var firstColumn: Int { part?.lowerBound ?? 0 }

  func otherParts() -> [(name: String, top: [BulkRow])] {
    if isNamed { return [] }
    let shown = book.sheets.indices.filter { $0 != sheet && !book.sheets[$0].isHidden }
    return shown.prefix(WorkbookSource.sheetsLookedAt).map { (book.sheets[$0].name, first(of: $0)) }
  }

  func sheetsWhole() -> [WholeSheet] {
    let limit = BulkHeader.columnLimit
    let own = WholeSheet(name: book.sheets[sheet].name, rows: (0..<cells.rows).map { row($0, limit: limit) })
    if isNamed { return [own] }
    return book.sheets.indices.map { other in
      if other == sheet { return own }
      var whole = WholeSheet(name: book.sheets[other].name, rows: [], isHidden: book.sheets[other].isHidden)
      do throws(WorkbookProblem) {
        let table = try book.table(other)
        whole.rows = (0..<table.rows).map { row(of: table, $0, width: 0, limit: limit) }
      } catch {
        whole.problem = .refused(error, ending: ending)
      }
      return whole
    }
  }

  func settle(_ fits: ([BulkRow]) -> Bool) {
    guard !isNamed, table == nil, book.sheets.count > 1 else { return }
    let shown = book.sheets.indices.filter { !book.sheets[$0].isHidden }.prefix(WorkbookSource.sheetsLookedAt)
    guard !fits(first(of: sheet)) else { return }
    let others = shown.filter { $0 != sheet }
    // Of a sheet that cannot be read nobody knows what it held; the others are read, and it is told of.
    let readable = problem(of: sheet) == nil ? nil : others.first { !first(of: $0).isEmpty }
    guard let other = others.first(where: { fits(first(of: $0)) }) ?? readable else { return }
    sheet = other
    file = WorkbookSource.file(file.name, book.sheets[other].name)
  }

  /// So many sheets are looked at for what they hold.
  private static let sheetsLookedAt = 60

  /// The first rows of a sheet; none of one that cannot be read, which is told by itself.
  private func first(of sheet: Int) -> [BulkRow] {
    switch top(of: sheet) {
    case .success(let rows): rows
    case .failure: []
    }
  }

  /// The first rows of a sheet, or why they cannot be read; read once, whoever asks.
  private func top(of sheet: Int) -> Result<[BulkRow], WorkbookProblem> {
    if let known = tops[sheet] { return known }
    let read: Result<[BulkRow], WorkbookProblem>
    do throws(WorkbookProblem) {
      let table = try book.table(sheet, limit: HeadingSearch.rows)
      read = .success((0..<table.rows).map { row(of: table, $0, width: 0, limit: BulkHeader.columnLimit) })
    } catch { read = .failure(error) }
    tops[sheet] = read
    return read
  }

  /// The sheets besides the one that is read of which not even the first rows can be read, hidden ones too.
  private var brokenSheets: [(name: String, problem: WorkbookProblem)] {
    book.sheets.indices.filter { $0 != sheet }.prefix(WorkbookSource.sheetsLookedAt).compactMap { other in
      problem(of: other).map { (book.sheets[other].name, $0) }
    }
  }

  /// What is wrong with the first rows of a sheet; nil: nothing.
  private func problem(of sheet: Int) -> WorkbookProblem? {
    switch top(of: sheet) {
    case .success: nil
    case .failure(let problem): problem
    }
  }

  /// Other sheets that are shown and have the headings of the one that is read, or such as name what each record must
  /// state and half of what that one does (a month's sheet with one column more), in the order of the workbook.
  private func alike(_ header: BulkHeader, isHidden: Bool = false) -> [String] {
    let own = Set(header.own.map { CellText.closed($0) }.filter { !$0.isEmpty })
    guard own.count > 1 else { return [] }
    let shown = book.sheets.indices.filter { $0 != sheet && book.sheets[$0].isHidden == isHidden }
    let stated = Set(header.columns.map(\.field))
    return shown.prefix(WorkbookSource.sheetsLookedAt).filter { other in
      let top = first(of: other)
      if top.contains(where: { own == Set($0.cells.map { CellText.closed($0.text) }.filter { !$0.isEmpty }) }) {
        return true
      }
      let fields = isHidden ? nil : asked.flatMap { WorkbookSource.fit(top, $0) }
      return fields.map { $0.intersection(stated).count * 2 >= stated.count } ?? false
    }.map { book.sheets[$0].name }
  }

  // MARK: what stands out

  /// Says of each kind once how many cells there are and where the first of them stand. An error is what falsifies a
  /// column that is read.
  func tell(_ records: BulkRecords, _ key: Text?, _ findings: inout Findings) -> Set<Int> {
    var doubted: Set<Int> = []
    let name = book.sheets[sheet].name
    let alike = isNamed ? [] : records.header.map { self.alike($0) } ?? []
    if !alike.isEmpty {
      let all = book.sheets.map(\.name).filter { $0 == name || alike.contains($0) }
      findings.add(.workbook(.alikeSheets(read: name, all, file: file.name, key: key)), at: place(1, 1))
    } else if !isNamed, !others.isEmpty {
      findings.add(.workbook(.otherSheets(read: name, others)), at: place(1, 1))
    }
    let broken = isNamed ? [] : brokenSheets
    if let first = broken.first {
      findings.add(
        .workbook(.brokenSheets(read: name, broken.map(\.name), first.problem, ending: ending)), at: place(1, 1))
    }
    let hidden = isNamed ? [] : records.header.map { self.alike($0, isHidden: true) } ?? []
    if !hidden.isEmpty { findings.add(.workbook(.hiddenSheets(read: name, hidden)), at: place(1, 1)) }
    guard let header = records.header else { return doubted }
    if isOld { findings.add(.workbook(.old), at: place(1, 1)) }
    for kind in SheetRemark.Kind.allCases {
      guard let remark = cells.remarks[kind] else { continue }
      let (wrong, known) = sorted(remark, kind, header, records)
      if !wrong.isEmpty {
        if kind == .merged { doubted.formUnion(wrong.flatMap(\.rows)) }
        let more = remark.count - remark.places.count
        let column = wrong[0].columns.lowerBound - 1 - firstColumn
        let heading =
          header.names.indices.contains(column) ? header.names[column] : CellName.letters(wrong[0].columns.lowerBound)
        findings.add(
          .workbook(.wrong(kind, Array(wrong.prefix(3)), count: wrong.count + more, heading: heading)),
          at: place(wrong[0]))
      }
      if !known.isEmpty {
        findings.add(
          .workbook(.noted(kind, Array(known.prefix(3)), count: known.count, isFiltered: cells.isFiltered)),
          at: place(known[0]))
      }
    }
    return doubted
  }

  /// The places of a remark that falsify what is read, and those that are only worth knowing.
  private func sorted(
    _ remark: SheetRemark, _ kind: SheetRemark.Kind, _ header: BulkHeader, _ records: BulkRecords
  ) -> (wrong: [CellRange], known: [CellRange]) {
    func isRead(_ place: CellRange, as uses: Set<BulkColumnPlan.Use>? = nil) -> Bool {
      let column = place.columns.lowerBound - 1 - firstColumn
      guard header.plans.indices.contains(column) else { return false }
      let use = header.plans[column].use
      return uses?.contains(use) ?? (use != .skip && use != .nameless)
    }
    // Rows of totals and remarks are not read, so that nothing in them is wrong.
    let within = remark.places.filter { records.holds(line: $0.rows.lowerBound) }.sorted {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    switch kind {
    case .error, .formulaWithoutValue, .cutNumber: return (within.filter { isRead($0) }, [])
    case .merged:
      let down = within.filter { $0.rows.count > 1 }
      // One amount over several rows could be that of each or that of all.
      return (
        down.filter { isRead($0, as: [.money, .whole]) },
        down.filter { isRead($0) && !isRead($0, as: [.money, .whole]) }
      )
    case .hiddenRow, .struck, .comment: return ([], within)
    case .hiddenColumn: return ([], remark.places.filter { isRead($0) })
    }
  }

  private func place(_ row: Int, _ column: Int) -> SourceRange {
    let position = Position(line: row, column: column)
    return SourceRange(source: file, start: position, end: position)
  }

  private func place(_ range: CellRange) -> SourceRange { place(range.rows.lowerBound, range.columns.lowerBound) }
}

extension BulkRecords {
  /// Whether one of the records stands in a line.
  fileprivate func holds(line: Int) -> Bool {
    var (low, high) = (0, rows)
    while low < high {
      let middle = (low + high) / 2
      if lines.line(of: middle) < line { low = middle + 1 } else { high = middle }
    }
    return low < rows && lines.line(of: low) == line
  }
}
