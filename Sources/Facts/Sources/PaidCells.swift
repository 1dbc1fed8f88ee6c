// The lines of a list of payments, made of the columns that were read. Knows nothing of headings or of what was due.
import Diagnostics
import Reckoning

/// Lines made of typed columns.
struct PaidCells {
  private let records: BulkRecords
  private let schema: ListSchema
  private let reader: ValueReader
  /// Lines of which it is not known what their figures are.
  private let doubted: Set<Int>
  /// The month whose column is read; nil where a line is one payment.
  private let of: PaidMonths.Column?
  private let heading: PayeeHeading?

  init(
    _ records: BulkRecords, _ schema: ListSchema, _ reader: ValueReader, _ doubted: Set<Int>,
    _ month: PaidMonths.Column?, _ heading: PayeeHeading?
  ) {
    (self.records, self.schema, self.reader, self.doubted, of) = (records, schema, reader, doubted, month)
    self.heading = heading
  }

  /// The lines, and the warning on months that cannot be made out of two columns; nil where there are none.
  func read() -> (lines: [PaidRegister.Line], unread: Diagnostic?) {
    let measure = texts("measure"), payee = texts("payee"), payeeNumber = texts("payee_number")
    let person = texts("person"), personNumber = texts("person_number"), record = texts("record")
    let status = texts("status")
    let fen = numbers("amount"), day = numbers("date"), period = periods()
    var unread: [Int] = []
    // Of rows beyond those that are remembered nobody knows which are wrong, so that all of them may be.
    let faulty = Set(records.suspects.map(\.row))
    let lastKnown = records.problems > records.suspects.count ? records.suspects.last?.row ?? -1 : Int.max
    // The columns' memory is that of the records.
    let lines: [PaidRegister.Line] = withExtendedLifetime(records) {
      let open = of.map { month in
        unreadRows((0..<records.rows).filter { fen($0) ?? 0 == 0 && (faulty.contains($0) || $0 > lastKnown) }, month)
      }
      return (0..<records.rows).compactMap { row in
        if let open, fen(row) ?? 0 == 0, !open.contains(row) { return nil }
        let number = records.line(of: row), period = period(row)
        if !period.isRead { unread.append(row) }
        return PaidRegister.Line(
          number: number, measure: measure(row), payee: payee(row),
          payeeNumber: payeeNumber(row)?.uppercased(), payeeHeading: heading, person: person(row),
          personNumber: personNumber(row).map(PaidCells.number), record: record(row), fen: fen(row),
          day: day(row).map { Day(number: Int32(truncatingIfNeeded: $0)) },
          month: of.flatMap { $0.day(period.year.map { Int64($0) }) } ?? period.month, year: period.year,
          status: status(row),
          isFaulty: faulty.contains(row) || row > lastKnown || doubted.contains(number) || !period.isRead)
      }
    }
    return (lines, warning(unread))
  }

  /// What each row says of month and year.
  private func periods() -> (Int) -> (month: Day?, year: Int32?, isRead: Bool) {
    if let number = schema.named("month"), schema.fields[number].type == .text {
      let month = texts("month"), year = texts("year")
      return { row in
        let period = PaidPeriod(month: month(row), year: year(row), reader)
        return (period.month, period.year, period.isRead)
      }
    }
    let month = numbers("month"), year = numbers("year")
    return { row in
      (
        month(row).map { Day(number: Int32(truncatingIfNeeded: $0)) }, year(row).map { Int32(truncatingIfNeeded: $0) },
        true
      )
    }
  }

  /// The warning on rows whose month and year say no month together.
  private func warning(_ rows: [Int]) -> Diagnostic? {
    guard let first = rows.first else { return nil }
    let numbers = rows.prefix(5).map { String(records.line(of: $0)) }.joined(separator: ", ")
    let more = rows.count > 5
    let column = schema.named("month").flatMap { records.column(of: $0)?.column } ?? 0
    return Diagnostic(
      .warning, code: "not-a-date",
      Text(
        "\(rows.count) \(rows.count == 1 ? "row states" : "rows state") a month or a year that cannot be read: "
          + "line \(numbers)\(more ? " …" : "")",
        zh: "\(rows.count) 行的年度或月份无法读取：第 \(numbers.replacing(", ", with: "、")) 行\(more ? "等" : "")"),
      hint: Text(
        "write the year as 2022 and the month as 9, or 2022-09 in one cell", zh: "年度请写 2022，月份请写 9，或在一格内写 2022-09"),
      at: records.location(first, column))
  }

  /// Those of some rows whose cell of a month holds something that is no amount.
  private func unreadRows(_ rows: [Int], _ month: PaidMonths.Column) -> Set<Int> {
    guard !rows.isEmpty, let source = records.source, let field = schema.declaration.field("amount") else { return [] }
    var out: Set<Int> = []
    for suspect in source.find(rows, records.lines) {
      guard let cells = source.row(suspect, limit: month.number + 1)?.cells, cells.indices.contains(month.number)
      else { continue }
      do { _ = try reader.reading(cells[month.number].text, field, CellContext()) } catch { out.insert(suspect.row) }
    }
    return out
  }

  /// A number as it identifies somebody, however it was written.
  private static func number(_ text: String) -> String {
    switch IdentityNumber.read(text) {
    case .number(let number, _, _): number.uppercased()
    case .faulty(let bare, _): bare.uppercased()
    }
  }

  /// A column's text in each row.
  private func texts(_ name: String) -> (Int) -> String? {
    guard let number = schema.named(name), let column = records.column(of: number),
      case .int32(let codes) = column.values.values
    else { return { _ in nil } }
    let field = schema.fields[number]
    let tables = records.runs.map { run -> [String?] in
      let table = run.table(column.column)
      return (0..<table.count).map { read(table.text($0), field) }
    }
    let firsts = records.firstRows
    return { row in
      guard codes[row] >= 0, let run = firsts.lastIndex(where: { $0 <= row }) else { return nil }
      return tables[run][Int(codes[row])]
    }
  }

  /// A text, nil where it says in words that there is none.
  private func read(_ text: String, _ field: Field) -> String? {
    do {
      guard case .text(let text)? = try reader.reading(text, field, CellContext()).value else { return nil }
      return text
    } catch { return nil }
  }

  /// A column's figure in each row.
  private func numbers(_ name: String) -> (Int) -> Int64? {
    guard let number = schema.named(name), let column = records.column(of: number) else { return { _ in nil } }
    let type = schema.fields[number].type
    return { row in
      let raw = column.values[row]
      return ListSchema.isMark(raw, type) ? nil : raw
    }
  }
}
