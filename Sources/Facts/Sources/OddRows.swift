// Rows of a register that are read and may be something else: records that name nobody, names behind which it says that
// the person has left, amounts of which another column says that they are for another time or in another currency.
// Knows nothing of what becomes of a register.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// So many rows are looked at.
  static let rowsOfOddities = 20_000

  /// The warnings on such rows, one for each kind and column.
  func oddities(
    _ header: BulkHeader, _ schema: ListSchema, _ records: BulkRecords, _ source: any CellSource
  ) -> [Diagnostic] {
    let lines = Set((0..<min(records.rows, RegisterSurvey.rowsOfOddities)).map { records.line(of: $0) })
    let rows = source.head(RegisterSurvey.rowsOfOddities, limit: BulkHeader.columnLimit).filter {
      lines.contains($0.line)
    }
    let told =
      [nobody(header, schema, rows, source.file)].compactMap(\.self)
      + left(header, schema, rows, source.file) + otherTerms(header, schema, rows, source.file)
      + [sameEnd(header, schema, rows, source.file)].compactMap(\.self)
    return records.rows > RegisterSurvey.rowsOfOddities ? told.map(RegisterSurvey.ofTheFirst) : told
  }

  /// What is told of a longer file, of which the first rows alone were looked at.
  static func ofTheFirst(_ told: Diagnostic) -> Diagnostic {
    let rows = Decimals.grouped(String(rowsOfOddities))
    return Diagnostic(
      told.severity, code: told.code,
      Text("\(told.message.en) (of the first \(rows) rows)", zh: "\(told.message.zh)（只看了前 \(rows) 行）"),
      hint: told.hint, at: told.location, replacement: told.replacement)
  }

  /// Whether a row that stands above the headings looks like a record: an identity number stands among several
  /// cells.
  static func isLikeRecord(_ row: BulkRow) -> Bool {
    let texts = row.cells.map { String(Members.trimmed($0.text[...])) }.filter { !$0.isEmpty }
    guard texts.count >= 3 else { return false }
    return texts.contains { if case .number = IdentityNumber.read($0) { true } else { false } }
  }

  // MARK: Nobody

  /// That records name nobody, and are each a person's of their own; nil where all do, or none.
  private func nobody(
    _ header: BulkHeader, _ schema: ListSchema, _ rows: [BulkRow], _ file: SourceFile
  ) -> Diagnostic? {
    let list = schema.declaration
    let names = Set([list.personName, list.personID, list.person].compactMap(\.self))
    let columns = header.columns.filter { $0.column < header.width && names.contains(schema.fields[$0.field].name) }
      .map(\.column)
    guard !columns.isEmpty, columns.allSatisfy({ !header.carried.contains($0) }) else { return nil }
    let found = rows.filter { row in
      columns.allSatisfy { !row.cells.indices.contains($0) || CellText.closed(row.cells[$0].text).isEmpty }
    }
    guard let first = found.first, found.count < rows.count else { return nil }
    let lines = found.prefix(5).map { String($0.line) }.joined(separator: ", ")
    let more = found.count > 5
    let count = found.count == 1 ? "1 row names" : "\(found.count) rows name"
    let fields = columns.compactMap { column in header.columns.first { $0.column == column }?.field }
    let carried = fields.map { schema.fields[$0] }
    return Diagnostic(
      .warning, code: "names-nobody",
      Text(
        "\(count) nobody (\(lines)\(more ? ", …" : "")) and \(found.count == 1 ? "is" : "are each") taken for a person "
          + "of \(found.count == 1 ? "its" : "their") own",
        zh: "有 \(found.count) 行没有写是谁（第 \(lines.replacing(", ", with: "、")) 行\(more ? "等" : "")），每行按另一个人处理"),
      hint: Text(
        "where a blank is the person of the row above, add `carry \(carried.map(\.name).joined(separator: ", "))`; "
          + "else "
          + "name them",
        zh: "空白即与上一行同一人的，请加上“沿用上行 \(carried.map(\.words.zh).joined(separator: "、"))”；否则请补写"),
      at: SourceRange(source: file, start: first.cells.first?.start ?? first.end, end: first.end))
  }

  // MARK: Left, as the name says

  /// That it says behind names that the person has left, in rows that state no last day: 张三（已离职）.
  private func left(
    _ header: BulkHeader, _ schema: ListSchema, _ rows: [BulkRow], _ file: SourceFile
  ) -> [Diagnostic] {
    let list = schema.declaration
    guard list.name != PaidRegister.list.name, list.ends != nil else { return [] }
    let ends = LastDays(header, schema, reader)
    return header.columns.compactMap { column, field -> Diagnostic? in
      guard column < header.width, schema.fields[field].name == list.personName else { return nil }
      let found = rows.filter { row in
        guard row.cells.indices.contains(column), let remark = RegisterSurvey.remark(behind: row.cells[column].text)
        else { return false }
        return GoneRemark("备注", of: false).isOfLeaving(remark) && !ends.isStated(row)
      }
      guard let first = found.first else { return nil }
      let cell = first.cells[column], shown = ValueProblem.shown(cell.text)
      let (lines, more) = (found.prefix(5).map { String($0.line) }, found.count > 5)
      let shownLines = lines.joined(separator: ", ") + (more ? ", …" : "")
      return Diagnostic(
        .warning, code: "left-by-name",
        Text(
          "`\(shown)`: behind \(found.count == 1 ? "a name" : "\(found.count) names") it says that the person has "
            + "left, and the row states no last day (\(shownLines)): taken as still employed",
          zh: "`\(shown)`：有 \(found.count) 个姓名后注明已离职，而没有写离职日期"
            + "（第 \(lines.joined(separator: "、")) 行\(more ? "等" : "")），按仍在职处理"),
        hint: Text(
          "state the last day in a column of its own, or leave out the rows of who has left: "
            + "`skip \(lines.joined(separator: ", "))`",
          zh: "请另列写明离职日期，或不读已离职的行：“不读行 \(lines.joined(separator: "、"))”"),
        at: SourceRange(source: file, start: cell.start, end: cell.end))
    }
  }

  /// What stands in brackets at the end of a cell; nil where nothing does.
  static func remark(behind text: String) -> String? {
    let trimmed = Members.trimmed(text[...])
    guard let last = trimmed.last, "）)】]".contains(last),
      let open = trimmed.lastIndex(where: { "（(【[".contains($0) }), open != trimmed.startIndex
    else { return nil }
    return String(trimmed[trimmed.index(after: open)...].dropLast().filter { !$0.isNumber && !".-/年月日".contains($0) })
  }

  // MARK: Another time, another currency

  private static let termHeadings: Set<String> = [
    "计薪方式", "计薪周期", "发薪周期", "薪资类型", "工资类型", "薪酬类型", "结算方式", "工资形式", "payfrequency", "payperiod", "paybasis", "paytype",
    "salarytype", "wagetype", "ratetype", "salarybasis", "wagebasis", "frequency", "per",
  ]
  private static let currencyHeadings: Set<String> = ["币种", "货币", "币别", "货币种类", "currency", "ccy", "currencycode"]
  private static let ownCurrency: Set<String> = ["人民币", "元", "cny", "rmb", "￥", "¥", "yuan", "人民币元", "chn", "renminbi"]
  private static let monthly: Set<String> = [
    "月", "月薪", "月薪制", "按月", "月结", "每月", "月度", "月工资", "monthly", "month", "permonth", "m", "月薪/固定", "固定工资", "固定", "计时",
    "salary",
    "salaried",
  ]

  /// That a column which is not read says of amounts by the month that they are for another time, or in another
  /// currency.
  private func otherTerms(
    _ header: BulkHeader, _ schema: ListSchema, _ rows: [BulkRow], _ file: SourceFile
  ) -> [Diagnostic] {
    let amounts = header.columns.filter { column, field in
      guard column < header.width, case .money = schema.fields[field].type else { return false }
      return true
    }
    guard !amounts.isEmpty else { return [] }
    return header.names.indices.compactMap { column -> Diagnostic? in
      guard header.plans[column].use == .skip, !mapping.leaves(header.names[column], of: schema.declaration.name) else {
        return nil
      }
      let name = Headings.bare(header.names[column]).name
      let isCurrency = RegisterSurvey.currencyHeadings.contains(name)
      guard isCurrency || RegisterSurvey.termHeadings.contains(name) else { return nil }
      let concerned = amounts.filter { isCurrency || schema.fields[$0.field].name.hasPrefix("monthly") }
      let usual = isCurrency ? RegisterSurvey.ownCurrency : RegisterSurvey.monthly
      let found = rows.compactMap { row -> BulkRow.Cell? in
        guard row.cells.indices.contains(column) else { return nil }
        let word = CellText.closed(row.cells[column].text).lowercased()
        return word.isEmpty || usual.contains(word) ? nil : row.cells[column]
      }
      guard let first = found.first, let amount = concerned.first else { return nil }
      return otherTerm(
        header.names[column], Set(found.map(\.text)).sorted(), found.count, header.names[amount.column],
        schema.words(amount.field), isCurrency: isCurrency,
        SourceRange(source: file, start: first.start, end: first.end))
    }
  }

  private func otherTerm(
    _ heading: String, _ said: [String], _ count: Int, _ amount: String, _ field: Text, isCurrency: Bool,
    _ location: SourceRange
  ) -> Diagnostic {
    let shown = said.prefix(3).map { ValueProblem.shown($0) }, more = said.count > 3
    let (name, own) = (ValueProblem.shown(heading), ValueProblem.shown(amount))
    let words = Text(
      shown.map { "`\($0)`" }.joined(separator: ", ") + (more ? ", …" : ""),
      zh: shown.map { "“\($0)”" }.joined(separator: "、") + (more ? "等" : ""))
    let taken =
      isCurrency ? Text("in yuan", zh: "按人民币元") : Text("as yuan per month", zh: "按每月多少元")
    return Diagnostic(
      .warning, code: "other-terms",
      Text(
        "`\(name)` says \(words.en) in \(count) \(count == 1 ? "row" : "rows"), and `\(own)` is read \(taken.en) in "
          + "all",
        zh: "`\(name)` 列有 \(count) 行写着\(words.zh)，而 `\(own)` 列全部\(taken.zh)读取"),
      hint: Text(
        "state \(field.en) in the file \(taken.en) in every row, or leave it out: "
          + "`columns \(HeadingNotes.quoted(amount)) = none`; if it means nothing: "
          + "`columns \(HeadingNotes.quoted(heading)) = none`",
        zh: "请在文件中把\(field.zh)统一换算成\(isCurrency ? "人民币元" : "每月多少元")，或不读该列：“各列 \(HeadingNotes.quoted(amount)) = 不读”；"
          + "如无关系，请加上“各列 \(HeadingNotes.quoted(heading)) = 不读”"),
      at: location)
  }
}
