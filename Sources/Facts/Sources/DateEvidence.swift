// How a register writes its days, where other cells of it show which of several readings is meant: 01/27/2022 beside
// 08/05/2022, and the year of a title for 3月1日. Knows nothing of what becomes of that.
import Diagnostics
import Reckoning

/// What the cells of one column leave open and the file itself settles.
struct DateEvidence {
  /// What one column's cells are read by.
  struct Order {
    let field: Field
    let order: DateOrder
    let heading: String
    /// The first cell that could be read otherwise, and how many there are.
    let cell: BulkRow.Cell
    let count: Int
    /// What shows it.
    let witness: String

    /// What is said of it.
    /// - Parameter isKept: whether a scenario keeps it.
    func told(_ file: SourceFile, isKept: Bool = true) -> Diagnostic {
      let (name, text, seen) = (
        ValueProblem.shown(heading), ValueProblem.shown(cell.text), ValueProblem.shown(witness)
      )
      let (word, cells) = (order.word, count == 1 ? "1 cell" : "\(count) cells")
      let line = Text(
        "`dates \(field.name) = \"\(word.en)\"`", zh: "“日期写法 \(field.words.zh) = \(word.zh)”")
      let hint = Text(
        "check that this is what was meant\(isKept ? "; the scenario keeps it as \(line.en)" : "")",
        zh: "请核对是否如此\(isKept ? "；情景中记作\(line.zh)" : "")")
      return Diagnostic(
        .warning, code: "dates-settled",
        Text(
          "`\(name)`: \(cells) such as `\(text)` could be read in several ways and are read by \(word.en), as "
            + "`\(seen)` shows",
          zh: "`\(name)` 列有 \(count) 格（如 `\(text)`）本可有几种理解，按“\(word.zh)”读入，依据是 `\(seen)`"),
        hint: hint, at: SourceRange(source: file, start: cell.start, end: cell.end))
    }
  }

  let orders: [Order]
  /// The fields of which something is left open.
  let open: [Field]

  /// So many rows are looked at; of a longer file it is asked.
  private static let rows = 20_000

  init(_ header: BulkHeader, _ schema: ListSchema, _ top: [BulkRow], _ source: any CellSource) {
    let columns = header.columns.filter { column, field in
      column < header.width && schema.fields[field].type == .date && header.plans[column].dates == []
    }
    guard !columns.isEmpty else {
      (orders, open) = ([], [])
      return
    }
    let rows = source.head(DateEvidence.rows + 1, limit: BulkHeader.columnLimit)
    guard rows.count <= DateEvidence.rows else {
      (orders, open) = ([], [])
      return
    }
    let below = rows.filter { $0.line >= header.bodyLine }
    func cells(_ column: Int) -> [BulkRow.Cell] {
      below.compactMap { $0.cells.indices.contains(column) && !$0.cells[column].text.isEmpty ? $0.cells[column] : nil }
    }
    let written = columns.map { column, field in
      (field: schema.fields[field], name: header.names[column], cells: cells(column))
    }
    let all = written.flatMap(\.cells)
    var found: [Order] = []
    func settle(_ order: DateOrder, by witness: String, _ only: (Field) -> Bool, _ isOpen: (String) -> Bool) {
      for (field, name, cells) in written where only(field) {
        let open = cells.filter { isOpen($0.text) }
        guard let first = open.first else { continue }
        found.append(
          Order(field: field, order: order, heading: name, cell: first, count: open.count, witness: witness))
      }
    }
    // One program writes all its days in one way: whatever speaks against it leaves the question open.
    for mark: Character in ["/", "-"] {
      let parts = all.map { ($0.text, SlashedDay($0.text, mark)) }
      let months = parts.first { $0.1?.isMonthFirst == true }, days = parts.first { $0.1?.isDayFirst == true }
      guard (months == nil) != (days == nil), let witness = months ?? days else { continue }
      settle(months == nil ? .dayFirst : .monthFirst, by: witness.0) { _ in
        true
      } _: {
        SlashedDay($0, mark)?.isOpen == true
      }
    }
    if let title = DateEvidence.year(header, top) {
      let begins = schema.declaration.begins
      let open = written.filter { $0.field.name == begins }.flatMap(\.cells).filter {
        DateWriting.isWithoutYear($0.text)
      }
      let isWithin = open.allSatisfy { cell in
        title.month.map { last in DateWriting.month(cell.text).map { $0 <= last } ?? false } ?? true
      }
      if isWithin {
        settle(.of(year: title.year), by: title.text) {
          $0.name == begins
        } _: {
          DateWriting.isWithoutYear($0)
        }
      }
    }
    orders = found
    open = written.filter { field, _, cells in
      !found.contains { $0.field.name == field.name }
        && cells.contains { SlashedDay($0.text, "/")?.isOpen == true || DateWriting.isWithoutYear($0.text) }
    }.map(\.field)
  }

  /// The one year, and the month perhaps, that a title above the table names: 2022年3月新招用人员名单.
  private static func year(_ header: BulkHeader, _ top: [BulkRow]) -> (year: Int, month: Int?, text: String)? {
    var found: (year: Int, month: Int?, text: String)?
    for row in top where row.line < header.row.line {
      let texts = Set(row.cells.map(\.text)).subtracting([""])
      guard texts.count == 1, let text = texts.first, text.utf8.count <= 200 else { continue }
      let plain = CellText.closed(text)
      for range in plain.ranges(of: "年") {
        let figures = plain[..<range.lowerBound].suffix(4)
        guard figures.utf8.count == 4, CellText.isDigits(figures), let year = Int(figures) else { continue }
        let month = plain[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
        let isMonth = plain[month.endIndex...].hasPrefix("月")
        if let found, found.year != year { return nil }
        if found == nil { found = (year, isMonth ? Int(month) : nil, text) }
      }
    }
    return found.flatMap { (1990...2099).contains($0.year) ? $0 : nil }
  }
}

/// `08/05/2022`: a day whose year comes last.
private struct SlashedDay {
  private let first: Int
  private let second: Int

  /// - Returns: nil for any other text.
  init?(_ text: String, _ mark: Character) {
    let date = text.split(separator: " ", maxSplits: 1).first ?? ""
    let parts = date.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ CellText.isDigits($0) }), parts[2].utf8.count == 4,
      parts[0].utf8.count <= 2, parts[1].utf8.count <= 2, let first = Int(parts[0]), let second = Int(parts[1])
    else { return nil }
    (self.first, self.second) = (first, second)
  }

  var isMonthFirst: Bool { (1...12).contains(first) && (13...31).contains(second) }
  var isDayFirst: Bool { (13...31).contains(first) && (1...12).contains(second) }
  var isOpen: Bool { (1...12).contains(first) && (1...12).contains(second) && first != second }
}
