// The month of a payment of which one column says the year and another the month: 2022 | 9月. Knows nothing of other
// columns.
import Diagnostics
import Reckoning

/// The month and the year that a row states in two cells.
struct PaidPeriod {
  /// Its first day; nil where none is stated, or it cannot be read.
  let month: Day?
  let year: Int32?
  /// Whether what is stated could be read.
  let isRead: Bool

  /// - Parameters:
  ///   - month: what the month's cell says; nil where it is blank.
  ///   - year: the same of the year's.
  init(month: String?, year: String?, _ reader: ValueReader) {
    let said = year.flatMap { PaidPeriod.year($0) }
    self.year = said.map { Int32($0) }
    guard let month else {
      self.month = nil
      isRead = year == nil || said != nil
      return
    }
    if let number = PaidPeriod.month(month) {
      self.month = said.flatMap { Day(year: $0, month: number, day: 1) }
    } else {
      self.month = PaidPeriod.whole(month, reader)
    }
    isRead = self.month != nil && (year == nil || said != nil)
  }

  /// A month that says its own year, or a day of it.
  private static func whole(_ text: String, _ reader: ValueReader) -> Day? {
    guard let field = PaidRegister.list.field("month") else { return nil }
    do {
      guard case .number(let raw)? = try reader.reading(text, field, CellContext()).value else { return nil }
      return Day(number: Int32(truncatingIfNeeded: raw))
    } catch { return nil }
  }

  /// The number of a month without its year: 9, 09, 9月, 九月份.
  static func month(_ text: String) -> Int? {
    let plain = CellText.closed(text)
    guard plain.utf8.count <= 20 else { return nil }
    if let found = plain.wholeMatch(of: /([0-9]{1,2})(?:月份?)?/), let month = Int(found.1) {
      return (1...12).contains(month) ? month : nil
    }
    guard let named = PaidMonths.month(plain), named.year == nil, plain.hasSuffix("月") || plain.hasSuffix("份") else {
      return nil
    }
    return named.month
  }

  /// 2022, 2022年, 2022年度.
  private static func year(_ text: String) -> Int? {
    let plain = CellText.closed(text)
    guard plain.utf8.count <= 20, let found = plain.wholeMatch(of: /([0-9]{4})(?:年度?|度)?/) else { return nil }
    return Int(found.1)
  }
}

extension RegisterSurvey {
  /// The list read once more, with its months and years as two cells say them together; nil where no column says a
  /// month alone, or none the year.
  func parted(
    _ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource, of month: PaidMonths.Column?,
    apart: Set<Int>
  ) throws(RegisterRefusal) -> PaidRegister? {
    func column(_ name: String) -> Int? { header.columns.first { schema.fields[$0.field].name == name }?.column }
    guard month == nil, let number = schema.named("month"), schema.fields[number].type == .dateOrMonth,
      let months = column("month"), let years = column("year"), saysMonths(months, header, source)
    else { return nil }
    let told = try paid(source, PaidRegister.parted, apart: apart)
    let shown = [years, months].map { ValueProblem.shown(header.name($0)) }
    let at = SourceRange(
      source: source.file, start: header.row.cells.first?.start ?? header.row.end, end: header.row.end)
    let note = Diagnostic(
      .note, code: "paid-months",
      Text(
        "the month of each payment is made of `\(shown[0])` and `\(shown[1])`",
        zh: "每笔发放的月份由“\(shown[0])”和“\(shown[1])”两列合成"),
      hint: Text("check that this is what was meant", zh: "请核对是否如此"), at: at)
    return PaidRegister(
      lines: told.lines, hasMeasures: told.hasMeasures, hasDates: told.hasDates, doubts: [note] + told.doubts)
  }

  /// Whether the first cells of a column say months without their years.
  private func saysMonths(_ column: Int, _ header: BulkHeader, _ source: any CellSource) -> Bool {
    source.head(HeadingSearch.rows, limit: BulkHeader.columnLimit).contains { row in
      row.line >= header.bodyLine && row.cells.indices.contains(column)
        && PaidPeriod.month(row.cells[column].text) != nil
    }
  }
}
