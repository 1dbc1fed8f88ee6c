// Which list the records of a sheet are of, by its headings: the one that fits best, or what is missing for it. Knows
// nothing of the records.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// - Parameter fits: the lists that could hold the sheet's records, the best first.
  func choice(
    _ fits: [RegisterFit], _ top: [BulkRow], _ source: any CellSource, _ place: (file: String, sheet: String?)
  ) throws(RegisterRefusal) -> ListDeclaration {
    let file = source.file
    let at = SourceRange(
      source: file, start: Position(line: top.first?.line ?? 1, column: 1),
      end: Position(line: top.first?.line ?? 1, column: 1))
    if let best = fits.first, fits.dropFirst().allSatisfy({ $0.score < best.score }) { return best.list }
    let names = fits.filter { $0.score == fits.first?.score }.map(\.list.name)
    if let meant = meant(fits.filter { $0.score == fits.first?.score }, place) { return meant }
    if !names.isEmpty {
      let lists = fits.filter { $0.score == fits.first?.score }.map(\.list)
      throw RegisterRefusal(
        diagnostics: [
          .error(
            "register-list",
            Text(
              "the headings fit several lists: \(names.joined(separator: ", "))",
              zh: "表头与多个清单相符：\(lists.map(\.words.zh).joined(separator: "、"))"),
            hint: Text(
              "say which: `import FILE as \(names[0])`", zh: "请写明：“导入 文件 作为 \(lists[0].words.zh)”"), at: at)
        ], question: .list(lists))
    }
    let near = dictionary.lists.compactMap { RegisterFit($0, top, mapping) }.max { $0.score < $1.score }
    let lacks = near.map { $0.score == 0 ? [] : $0.lacking } ?? []
    if let near, near.found.second != nil, near.score > 1 { _ = try beside(near.list, top, source) }
    if let lying = lying(top, near?.score ?? 0, at) { throw RegisterRefusal(diagnostics: [lying]) }
    if let hires = dictionary.list("hires") ?? dictionary.lists.first,
      let unlike = headless(top, near?.score ?? 0, hires, file)
    {
      throw unlike
    }
    if let counted = counted(near, at) { throw RegisterRefusal(diagnostics: [counted]) }
    throw RegisterRefusal(
      diagnostics: [none(near, lacks, top, source, at)],
      question: near.flatMap { lacks.isEmpty ? nil : question($0, top) })
  }

  /// That each record is a form of its own: what is asked on the left, the answer beside it.
  func cards(_ source: any CellSource, _ top: [BulkRow]) -> RegisterRefusal? {
    guard let list = dictionary.list("hires"), mapping.headerRows[list.name] == nil else { return nil }
    let headings = Headings(ListSchema(list), mapping)
    guard CardForm.all([WholeSheet(name: source.file.name, rows: top)], headings).isCertain else { return nil }
    let count = CardForm.all(source.sheetsWhole().filter { !$0.isHidden }, headings).cards.count
    let start = top.first?.cells.first?.start ?? Position(line: 1, column: 1)
    return RegisterRefusal(
      diagnostics: [
        .error(
          "register-list",
          Text(
            "each person has a form of their own, \(count) in all: no row is a record",
            zh: "文件是一人一表，共 \(count) 份，不是一人一行"),
          hint: Text(
            "read each form as a record: `import FILE as hires header cards`",
            zh: "请按每份一条读入：“导入 文件 作为 录用人员 表头行 卡片”"),
          at: SourceRange(source: source.file, start: start, end: start))
      ], question: .cards)
  }

  /// That the table lies on its side, where the first cells of its rows are headings and its first row's are not.
  private func lying(_ top: [BulkRow], _ score: Int, _ at: SourceRange) -> Diagnostic? {
    let first = top.compactMap { $0.cells.first?.text }.filter { !$0.isEmpty }
    let most = dictionary.lists.map { list -> Int in
      let schema = ListSchema(list)
      let headings = Headings(schema, mapping)
      return Set(
        first.compactMap { text -> Int? in
          do { return try headings.match(text)?.field } catch { return nil }
        }
      ).count
    }.max()
    guard let most, most > 2, most > score else { return nil }
    return .error(
      "register-list",
      Text(
        "the table lies on its side: its headings stand in the first column, one below the other",
        zh: "表是横排的：表头在第一列，从上到下排列"),
      hint: Text(
        "copy it in the spreadsheet and paste it transposed, so that each record is a row",
        zh: "请在表格软件中复制后选择性粘贴、勾选“转置”，使每条记录占一行"), at: at)
  }

  /// That the table counts people by months, so that no row is a person.
  private func counted(_ near: RegisterFit?, _ at: SourceRange) -> Diagnostic? {
    guard let near, near.list.personName != nil else { return nil }
    let months = near.found.cells.map { Headings.bare($0.text).name }.filter { name in
      let figure = name.prefix { $0.isNumber }
      return !figure.isEmpty && figure.count <= 2 && ["月", "月份", "月人数"].contains(String(name.dropFirst(figure.count)))
    }
    guard months.count > 1 else { return nil }
    let title = near.list.title.zh
    return .error(
      "register-list",
      Text(
        "the columns \(months[0]), \(months[1]), … hold figures for each month, no row one \(near.list.singular)",
        zh: "“\(months[0])”“\(months[1])”等列是各月的数字，不是一人一行的\(title)"),
      hint: Text(
        "take the list of the people behind these figures; or state the numbers as `cohorts` of a scenario "
          + "(`new scenario` shows how)",
        zh: "请导入逐人名册；只有人数时，请在情景中写成批次（`新建情景 文件.yaml` 有样例）"), at: at)
  }

  /// That the headings fit no list, and what to do.
  private func none(
    _ near: RegisterFit?, _ lacks: [String], _ top: [BulkRow], _ source: any CellSource, _ at: SourceRange
  ) -> Diagnostic {
    .error(
      "register-list",
      near.map { near in
        lacks.isEmpty
          ? Text("the headings fit no list", zh: "表头与任何清单都不相符")
          : Text(
            "the headings fit no list; \(near.list.name) come nearest and lack \(lacks.joined(separator: ", "))",
            zh: "表头与任何清单都不相符；最接近的是\(near.list.title.zh)，缺少"
              + lacks.map { near.list.field($0)?.words.zh ?? $0 }.joined(separator: "、"))
      } ?? Text("the file has no rows", zh: "文件没有内容"),
      hint: RegisterSurvey.sheets(source, lacks.isEmpty)
        ?? near.flatMap { lacks.isEmpty ? nil : remedy($0, top) }
        ?? (near == nil ? Text("fetch the file again, or open it and save it anew", zh: "请重新获取文件，或打开后另存") : nil)
          ?? Text(
            "say which list it is and which column states what: `import FILE as hires columns HEADING = FACT, …`; "
              + "`show hires` lists the facts",
            zh: "请写明是哪一类清单、各列说明什么：“导入 文件 作为 录用人员 各列 表头 = 事实，…”；“显示 录用人员”列出其事实"),
      at: at)
  }

  /// What to say of a sheet that lacks what every record must state.
  private func remedy(_ near: RegisterFit, _ top: [BulkRow]) -> Text {
    let facts = near.lacking.compactMap { near.list.field($0) }
    let could = facts.map { candidates($0, near, top) }
    func line(_ heading: String, _ fact: (Field) -> String) -> String {
      zip(facts, could).map { "\($1.first ?? heading) = \(fact($0))" }.joined(separator: ", ")
    }
    let name = near.lacking[0]
    let label = near.list.field(name)?.words.zh ?? name
    if facts.count == 1, could[0].isEmpty, RegisterSurvey.target(facts[0].type) != nil, let firm = firmAbove(near, top)
    {
      let said = firm.name.contains { !$0.isLetter && !$0.isNumber } ? "\"\(firm.name)\"" : firm.name
      return Text(
        "line \(firm.line) above the headings names `\(firm.name)`; if all records are its own: "
          + "`import FILE as \(near.list.name) constant \(name) = \(said)`; else say which column states it: `columns`",
        zh: "表头上方第 \(firm.line) 行写有“\(firm.name)”；如各条的\(label)都是该单位，请写“导入 文件 作为 \(near.list.words.zh) "
          + "常量 \(label) = \(said)”；否则请用“各列”写明由哪一列说明")
    }
    let several = zip(facts, could).filter { $1.count > 1 }
    let both = bothDays(near, top)
    let choice = Text(
      several.map { "; \($0.name) could be \($1.joined(separator: ", "))" }.joined() + both.en,
      zh: several.map { "；\($0.words.zh)可能是\($1.joined(separator: "、"))" }.joined() + both.zh)
    return Text(
      "say which column states it, or what it is in every record: "
        + "`import FILE as \(near.list.name) columns \(line("HEADING", \.name))`, `constant \(name) = …`\(choice.en)",
      zh: "请写明由哪一列说明，或各条记录相同的值：“导入 文件 作为 \(near.list.words.zh) 各列 \(line("表头", \.words.zh))”，"
        + "“常量 \(label) = …”\(choice.zh)")
  }

  /// The headings of columns that nothing is read from and that could state a fact, as a command has them.
  private func candidates(_ field: Field, _ near: RegisterFit, _ top: [BulkRow]) -> [String] {
    let headings = Headings(ListSchema(near.list), mapping)
    let rows = top.filter { $0.line >= near.found.row.nextLine }
    let free = near.found.cells.enumerated().filter {
      !$0.element.text.isEmpty && !HeadingSearch.isKnown($0.element.text, headings)
    }
    return free.filter { column, cell in
      // Any text could be a name.
      if case .text = field.type { return false }
      if !RegisterSurvey.mayState(field, cell.text) { return false }
      if field.name == near.list.begins, isSpan(column, cell.text, rows) { return true }
      return fits(rows, column, field)
    }.prefix(3).map { RegisterSurvey.spelled($0.element.text) }
  }

  /// Whether a column says two days in each cell: 合同起止时间, 2023.3.1-2024.2.28.
  func isSpan(_ column: Int, _ heading: String, _ rows: [BulkRow]) -> Bool {
    guard SpanText.isSpan(Headings.bare(heading).name) else { return false }
    let cells = rows.compactMap { $0.cells.indices.contains(column) ? $0.cells[column].text : nil }.filter {
      !$0.isEmpty
    }
    return !cells.isEmpty && cells.count { SpanText.days($0) != nil } * 2 > cells.count
  }

  /// What more may be said of a column that says two days in each cell.
  private func bothDays(_ near: RegisterFit, _ top: [BulkRow]) -> Text {
    let rows = top.filter { $0.line >= near.found.row.nextLine }
    guard let ends = near.list.ends.flatMap({ near.list.field($0) }),
      let begins = near.list.begins.flatMap({ near.list.field($0) }), near.lacking.contains(begins.name)
    else { return .same("") }
    if let last = lastOfPair(near, candidates(begins, near, top)) {
      return Text("; `\(last) = \(ends.name)` reads the last day", zh: "；“\(last) = \(ends.words.zh)”读入最后一天")
    }
    guard
      let cell = near.found.cells.enumerated().first(where: { isSpan($0.offset, $0.element.text, rows) })?.element
    else { return .same("") }
    let name = RegisterSurvey.spelled(cell.text)
    return Text(
      "; `\(name)` says two days: `= \(begins.name)` takes the first, `= span` the second as `\(ends.name)` as well",
      zh: "；“\(name)”一格写有两个日期：“= \(begins.words.zh)”只取前一个，“= 起止日期”并把后一个作为\(ends.words.zh)")
  }

  /// A firm that a line above the headings names: 核算组织：金华市东兴服饰有限公司.
  private func firmAbove(_ near: RegisterFit, _ top: [BulkRow]) -> FirmLine? {
    for row in top where row.line < near.found.row.line {
      for (index, cell) in row.cells.enumerated() {
        let next = row.cells.indices.contains(index + 1) ? row.cells[index + 1].text : nil
        if let line = OwnerRows.line(cell.text, before: next), OwnerRows.isFirm(OwnerRows.unsealed(line.value)) {
          return FirmLine(line: row.line, heading: line.heading, name: OwnerRows.unsealed(line.value))
        }
      }
    }
    return nil
  }

  /// The column of last days beside one of first days: 派遣期限止 beside 派遣期限起.
  private func lastOfPair(_ near: RegisterFit, _ could: [String]) -> String? {
    let names = near.found.cells.map { RegisterSurvey.plain($0.text) }
    for first in could {
      for (begin, end) in SpanText.pairs where first.hasSuffix(begin) {
        let last = String(first.dropLast(begin.count)) + end
        if names.contains(last) { return RegisterSurvey.spelled(last) }
      }
    }
    return nil
  }

  /// A heading as a command has it.
  static func spelled(_ heading: String) -> String {
    let plain = RegisterSurvey.plain(heading)
    return plain.allSatisfy { $0.isLetter || $0.isNumber } ? plain : "\"\(plain)\""
  }

  /// Which sheets there are and how one of them is named, where the first says nothing.
  private static func sheets(_ source: any CellSource, _ isOther: Bool) -> Text? {
    let parts = source.parts.map { ValueProblem.shown($0) }
    guard isOther, parts.count > 1 else { return nil }
    let name = source.file.name.lastIndex(of: "/").map { source.file.name[$0...].dropFirst() } ?? source.file.name[...]
    let shown = parts.prefix(8).map { "`\($0)`" }
    return Text(
      "the workbook has the sheets \(shown.joined(separator: ", ")); none of them fits; say which is meant: "
        + "`import \(name)#\(parts[1])`",
      zh: "工作簿有工作表 \(shown.joined(separator: "、"))，都不相符；请写明是哪一张：`导入 \(name)#\(parts[1])`")
  }

  /// The note on a list of which the sheet states nearly everything and lacks only since when the records run.
  func nearly(_ top: [BulkRow], _ chosen: ListDeclaration, _ file: SourceFile) -> [Diagnostic] {
    let near = dictionary.lists.filter { $0.name != chosen.name }.compactMap { RegisterFit($0, top, mapping) }.filter {
      $0.lacking.count == 1 && $0.lacking[0] == $0.list.begins && $0.score >= RegisterSurvey.nearlyAll
    }
    guard let fit = near.max(by: { $0.score < $1.score }) else { return [] }
    return [fit.nearly(insteadOf: chosen, file)]
  }

  /// With so many facts in columns a sheet may have been meant for a list.
  private static let nearlyAll = 4

  /// The same where the headings alone have been looked at.
  private func question(_ near: RegisterFit, _ top: [BulkRow]) -> RegisterQuestion? {
    guard near.score > 1, let name = near.lacking.first, let field = near.list.field(name) else { return nil }
    let headings = Headings(ListSchema(near.list), mapping)
    let free = near.found.cells.enumerated().filter {
      !$0.element.text.isEmpty && !HeadingSearch.isKnown($0.element.text, headings)
    }
    return question(
      field, near.list, free.map { ($0.offset, $0.element.text) }, top.filter { $0.line >= near.found.row.nextLine })
  }
}
