// Rows in which nothing stands but a day in a column of days: a further spell of the person above, whose name is
// written once. At the end of a form the day on which it was signed looks the same. Knows nothing of what becomes of
// the row.

/// Tells such rows from remarks.
struct LoneDays {
  private let width: Int
  /// How the records of each column of days write them, by what their figures leave.
  private let forms: [Int: Set<String>]
  /// The columns whose blank cells have what stands above them, and those that every record must state.
  private let carried: Set<Int>
  private let required: [Int]
  /// Those that say who somebody is.
  private let people: [Int]

  /// - Parameter below: the first rows below the headings.
  init(_ header: BulkHeader, _ below: [BulkRow]) {
    width = header.width
    let own = header.plans.indices.prefix(header.width)
    var forms: [Int: Set<String>] = [:]
    for column in own where header.plans[column].field?.type == .date {
      let cells = below.filter { row in row.cells.count { !$0.text.isEmpty } > 1 && row.cells.indices.contains(column) }
      forms[column] = Set(cells.map { LoneDays.form($0.cells[column].text) }).subtracting([""])
    }
    self.forms = forms
    carried = Set(header.carried)
    required = own.filter { header.plans[$0].required }
    people = own.filter { column in
      guard let field = header.plans[column].field else { return false }
      return field.type == .text || field.name == header.personID
    }
  }

  /// Whether a row is a record although nothing else stands in it: its other cells are carried from above, or its day
  /// is written as those of the records are. Below a remark, a total or an empty row it is none.
  func isRecord(_ row: Int, _ block: CellBlock, after before: SkippedRows.Kind?) -> Bool {
    guard !forms.isEmpty, before.map({ $0 == .heading || $0 == .title }) ?? true else { return false }
    var days: [Int] = []
    for column in 0..<width where block.cell(column, row).count > 0 {
      guard forms[column] != nil, days.count < 2 else { return false }
      days.append(column)
    }
    guard !days.isEmpty else { return false }
    let texts = days.map { column in
      let cell = block.cell(column, row)
      return String(decoding: UnsafeBufferPointer(start: cell.start, count: min(cell.count, 60)), as: UTF8.self)
    }
    guard texts.allSatisfy(LoneDays.isDay) else { return false }
    let isCarried = required.allSatisfy { days.contains($0) || carried.contains($0) }
    if isCarried { return people.isEmpty || people.contains(where: carried.contains) }
    return zip(days, texts).allSatisfy { forms[$0]?.contains(LoneDays.form($1)) ?? false }
  }

  /// The columns that such a row would take from above, where it states a record.
  /// - Parameter lacking: the required ones in which it has nothing.
  func above(_ lacking: [Int]) -> [Int] { Set(people).union(lacking).sorted() }

  /// Whether a text is a day, with its year or without.
  static func isDay(_ text: String) -> Bool {
    DateWriting(text: text, type: .date).isRead || DateWriting.isWithoutYear(text)
  }

  /// What the figures of a text leave: `--` of 2022-3-1.
  private static func form(_ text: String) -> String {
    let closed = CellText.closed(text)
    return closed.contains(where: \.isNumber) ? "/" + closed.filter { !$0.isNumber } : ""
  }
}
