// Columns of days as people fill them in: days beside 在职 and 至今, months, first and last days in one cell, and a
// column for each month. Knows nothing of what becomes of them.
import Diagnostics
import Reckoning

extension ColumnLook {
  /// What sort of days cells hold; nil where they hold none. Words for a last day that is still to come and for
  /// nothing stand beside days without being any.
  static func days(_ cells: [String], _ reader: ValueReader) -> ColumnLook? {
    let said = cells.filter { !isOpen($0) }
    guard !said.isEmpty else { return nil }
    func most(_ isSo: (String) -> Bool) -> Bool { said.count(where: isSo) * 10 >= said.count * 7 }
    if most({ isDay($0, reader) }) { return .day }
    if most({ isDay($0, reader) || isMonth($0) }) { return .month }
    return most({ isSpan($0, reader) }) ? .span : nil
  }

  private static let end = Field(name: "end", type: .date, absence: .none, labels: [], meaning: .same(""))
  private static let goingOn: Set<String> = ["正常", "正常缴费", "缴费中", "在保", "参保中", "续保", "仍在缴费", "用工中", "派遣中", "服务中"]

  /// Whether a text says that there is no last day yet, or nothing.
  static func isOpen(_ text: String) -> Bool {
    if goingOn.contains(CellText.closed(text)) { return true }
    return switch WordWriting.blank(text, end) {
    case .stillThere?, .nothing?: true
    case nil, _?: false
    }
  }

  /// Whether a text is a month of a year: 202206, 2022.06, 2022年6月, June 2022.
  static func isMonth(_ text: String) -> Bool {
    guard text.utf8.count <= 24 else { return false }
    let plain = CellText.closed(text)
    let year = plain.prefix(4)
    guard year.count == 4, CellText.isDigits(String(year)) else {
      // Of a name and a year only a month's is read as one.
      guard plain.first?.isLetter == true, plain.first?.isASCII == true, plain.contains(where: \.isNumber) else {
        return false
      }
      return DateWriting(text: text, type: .dateOrMonth).isRead
    }
    guard let number = Int(year), (1900...2100).contains(number) else { return false }
    var rest = plain.dropFirst(4)
    let isParted = rest.first.map { "-./年".contains($0) } ?? false
    if isParted { rest = rest.dropFirst() }
    for word in ["月份", "月"] where rest.hasSuffix(word) {
      rest = rest.dropLast(word.count)
      break
    }
    guard rest.count == 2 || isParted && rest.count == 1, CellText.isDigits(String(rest)), let month = Int(rest) else {
      return false
    }
    return (1...12).contains(month)
  }

  /// Whether a text says since when and until when: 2022.3.1-2022.6.30, 202203-202206, 2022.3.1至今.
  private static func isSpan(_ text: String, _ reader: ValueReader) -> Bool {
    guard text.utf8.count <= 80 else { return false }
    let ends = SpanText.ends(of: text)
    func part(_ range: Range<Int>) -> String {
      String(Members.trimmed(Members.text(text.utf8.prefix(range.upperBound).dropFirst(range.lowerBound))[...]))
    }
    let (first, last) = (part(ends.first), part(ends.last))
    guard !first.isEmpty, !last.isEmpty, isDay(first, reader) || isMonth(first) else { return false }
    if isDay(last, reader) || isMonth(last) || isOpen(last) { return true }
    // 2022.3.1-6.30
    let figures = last.split { ".-/月日".contains($0) }
    return (1...2).contains(figures.count) && figures.allSatisfy { $0.count <= 2 && CellText.isDigits(String($0)) }
  }

  /// Whether a heading is of a contract's days, which are not those of the employment.
  static func isOfContract(_ heading: String) -> Bool {
    ["合同", "协议", "试用", "contract", "probation"].contains(where: heading.lowercased().contains)
  }
}

extension RegisterSurvey {
  /// The warning on columns for each month of which rows have some and not others, where no column states a last day.
  func months(
    _ header: BulkHeader, _ schema: ListSchema, _ rows: [BulkRow], _ file: SourceFile
  ) -> [Diagnostic] {
    let list = schema.declaration
    guard let end = list.ends, let field = list.field(end), let number = schema.named(end),
      !header.columns.contains(where: { $0.field == number })
    else { return [] }
    let columns = header.names.indices.filter { column in
      header.plans[column].use == .skip && RegisterSurvey.isMonth(header.names[column])
        && !mapping.leaves(header.names[column], of: list.name) && !mapping.leaves(place: column + 1, of: list.name)
    }
    guard columns.count > 2 else { return [] }
    func text(_ row: BulkRow, _ column: Int) -> String {
      row.cells.indices.contains(column) ? row.cells[column].text : ""
    }
    // Months that nobody has are still to come.
    let last = columns.last { column in rows.contains { !RegisterSurvey.isWithout(text($0, column)) } }
    let broken = rows.filter { row in
      let stated = columns.filter { !RegisterSurvey.isWithout(text(row, $0)) }
      return !stated.isEmpty && stated.last != last
    }
    guard let first = broken.first else { return [] }
    let (from, to) = (ValueProblem.shown(header.names[columns[0]]), ValueProblem.shown(header.names[columns.last ?? 0]))
    let cell = header.row.cells.indices.contains(columns[0]) ? header.row.cells[columns[0]] : nil
    let quoted = HeadingNotes.quoted(header.names[columns[0]])
    return [
      Diagnostic(
        .warning, code: "column-unread",
        Text(
          "the \(columns.count) columns of months from `\(from)` to `\(to)` are not read; \(broken.count) of the first "
            + "rows have nothing in the last of them (line \(first.line)), and no column states `\(field.name)`",
          zh: "`\(from)` 至 `\(to)` 共 \(columns.count) 列按月填写，未读入；前若干行中有 \(broken.count) 行（如第 \(first.line) 行）"
            + "在最后几个月没有填写，而没有列说明\(field.words.zh)"),
        hint: Text(
          "if these people have left, state the last day in a column of its own; if the months mean nothing, "
            + "`columns \(quoted) = none`, and so the others",
          zh: "如这些人已离开，请另列写明\(field.words.zh)；如各月无关系，请加上 `各列 \(quoted) = 不读`，其余各列同样"),
        at: SourceRange(source: file, start: cell?.start ?? header.row.end, end: cell?.end ?? header.row.end))
    ]
  }

  /// Whether a heading is a month and nothing else: 1月, 12月份, 2022年3月, 202203, 2022-03.
  private static func isMonth(_ heading: String) -> Bool {
    let name = Headings.bare(heading).name
    if ColumnLook.isMonth(name) { return true }
    guard let mark = name.firstIndex(of: "月"), ["", "份"].contains(name[name.index(after: mark)...]) else {
      return false
    }
    let figures = String(name[..<mark])
    let words = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    return words.contains(figures) || CellText.isDigits(figures) && Int(figures).map { (1...12).contains($0) } == true
  }

  /// Whether a cell of a month says that there was nothing in it.
  private static func isWithout(_ text: String) -> Bool {
    let plain = CellText.closed(text)
    return plain.isEmpty || ["-", "/", "0", "0.00", "0.0"].contains(plain) || WordWriting.bool(plain) == false
  }

  /// The warning on a column of the records' own ids whose cells are identity numbers, where none states those.
  func ids(_ header: BulkHeader, _ schema: ListSchema, _ rows: [BulkRow], _ file: SourceFile) -> [Diagnostic] {
    let list = schema.declaration
    guard let column = header.idColumn, let id = list.personID, let field = list.field(id),
      let number = schema.named(id), !header.columns.contains(where: { $0.field == number }),
      BulkHeader.holdsNumbers(rows.compactMap { $0.cells.indices.contains(column) ? $0.cells[column].text : nil })
    else { return [] }
    let (name, quoted) = (ValueProblem.shown(header.names[column]), HeadingNotes.quoted(header.names[column]))
    let cell = header.row.cells.indices.contains(column) ? header.row.cells[column] : nil
    return [
      Diagnostic(
        .warning, code: "column-unread",
        Text(
          "`\(name)` is read as the id of each record; its cells look like identity numbers, and no column states "
            + "`\(id)`",
          zh: "`\(name)` 列读作每条记录的编号，内容似为身份证号；没有列说明\(field.words.zh)"),
        hint: Text(
          "if they are, add `columns \(quoted) = \(id)`; if not, nothing needs to be done",
          zh: "如确实如此，请加上 `各列 \(quoted) = \(field.words.zh)`；如不是，无需处理"),
        at: SourceRange(source: file, start: cell?.start ?? header.row.end, end: cell?.end ?? header.row.end))
    ]
  }
}
