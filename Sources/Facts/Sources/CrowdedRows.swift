// Rows of a register that are of more than one person: a column that counts people, several names in one cell. Each row
// is one record all the same, which has to be said. Knows nothing of what becomes of a register.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// So many rows are looked at.
  private static let rowsCounted = 5000

  /// The warnings on rows of several people.
  func crowds(_ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource) -> [Diagnostic] {
    let list = schema.declaration
    guard list.personName != nil else { return [] }
    let rows = source.head(RegisterSurvey.rowsCounted, limit: BulkHeader.columnLimit).filter {
      $0.line >= header.bodyLine
    }
    func cells(_ column: Int) -> [BulkRow.Cell] {
      rows.compactMap { $0.cells.indices.contains(column) && !$0.cells[column].text.isEmpty ? $0.cells[column] : nil }
    }
    var out: [Diagnostic] = []
    let person = header.columns.first { schema.fields[$0.field].name == list.personName && $0.column < header.width }
    if let person {
      let split = RowSplit(header, schema, mapping)
      let crowded = rows.filter { row in
        split?.parts { row.cells.indices.contains($0) ? row.cells[$0].text : "" } == nil
      }.compactMap { $0.cells.indices.contains(person.column) ? $0.cells[person.column] : nil }.filter {
        CrowdedName.isOne($0.text)
      }
      if let first = crowded.first {
        out.append(
          several(
            header.names[person.column], crowded.map(\.text), schema.words(person.field), isSplit: split != nil,
            SourceRange(source: source.file, start: first.start, end: first.end)))
      }
    }
    for column in header.names.indices where header.plans[column].use == .skip {
      let name = Headings.bare(header.names[column]).name
      guard name.contains("人数") || ["数量", "名额", "人次", "headcount", "numberofpeople", "people"].contains(name),
        !mapping.leaves(header.names[column], of: list.name)
      else { continue }
      let found = cells(column)
      let counts = found.compactMap { cell in Int(cell.text.filter { !"人名,，".contains($0) }) }
      guard let first = found.first, counts.count * 2 > found.count, counts.contains(where: { $0 > 1 }) else {
        continue
      }
      // Far more than any register counts, so that no sum overflows.
      let all = counts.reduce(0) { $0 + min(max($1, 0), 1_000_000) }
      out.append(
        counted(
          header.names[column], all, rows: counts.count, list,
          SourceRange(source: source.file, start: first.start, end: first.end)))
    }
    return out
  }

  /// The warning on a column that names who has referred somebody, where cells name agencies: 介绍人/机构.
  func brokers(_ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource) -> [Diagnostic] {
    guard let column = header.columns.first(where: { schema.fields[$0.field].name == "referrer" })?.column,
      header.names.indices.contains(column), schema.named("agency").map({ $0 >= 0 }) == true
    else { return [] }
    let cells = source.head(RegisterSurvey.rowsCounted, limit: BulkHeader.columnLimit).compactMap { row in
      row.line >= header.bodyLine && row.cells.indices.contains(column) && ColumnLook.isAgency(row.cells[column].text)
        ? row.cells[column] : nil
    }
    guard let first = cells.first else { return [] }
    let (name, quoted) = (ValueProblem.shown(header.names[column]), HeadingNotes.quoted(header.names[column]))
    let sample = ValueProblem.shown(first.text)
    return [
      Diagnostic(
        .warning, code: "referrer-agency",
        Text(
          "`\(name)`, read as `referrer`, names agencies in \(cells.count) \(cells.count == 1 ? "cell" : "cells"), "
            + "such as `\(sample)`, which are taken for persons",
          zh: "`\(name)` 列读作引荐人，其中有 \(cells.count) 格像是机构（如 `\(sample)`），均按个人处理"),
        hint: Text(
          "if it names agencies: `columns \(quoted) = agency`; if both, each by what it is called: "
            + "`columns \(quoted) = mixed`",
          zh: "如该列写的是机构，请加上“各列 \(quoted) = 介绍机构”；两者都有的，请加上“各列 \(quoted) = 机构或个人”，按名称区分"),
        at: SourceRange(source: source.file, start: first.start, end: first.end))
    ]
  }

  /// - Parameter isSplit: whether rows of several people are split, which these cannot be.
  private func several(
    _ heading: String, _ texts: [String], _ field: Text, isSplit: Bool, _ at: SourceRange
  ) -> Diagnostic {
    let name = ValueProblem.shown(heading)
    let samples = texts.prefix(3).map { "`\(ValueProblem.shown($0))`" }
    let more = texts.count > 3
    return Diagnostic(
      .warning, code: "several-people",
      Text(
        "`\(name)` names several people in \(texts.count) \(texts.count == 1 ? "cell" : "cells"), "
          + "each of which is read as one: " + samples.joined(separator: ", ") + (more ? ", …" : ""),
        zh: "`\(name)` 有 \(texts.count) 格写了多人，每格只按一人读入：" + samples.joined(separator: "、") + (more ? "等" : "")),
      hint: isSplit
        ? Text(
          "these cannot be told apart (each with a name, and a number for each or none): give each a row",
          zh: "这几格无法拆开（须逐人写明姓名，身份证号人数相同或都不写），请每人一行")
        : Text(
          "`split \(field.en)` reads each of them as a record with the row's other values",
          zh: "加上“拆分 \(field.zh)”，每人作为一条记录，其他各列的值相同"), at: at)
  }

  private func counted(_ heading: String, _ all: Int, rows: Int, _ list: ListDeclaration, _ at: SourceRange)
    -> Diagnostic
  {
    let (name, quoted) = (ValueProblem.shown(heading), HeadingNotes.quoted(heading))
    return Diagnostic(
      .warning, code: "counted-people",
      Text(
        "`\(name)` counts \(all) people in \(rows) rows and is not read: each row is taken for one \(list.singular)",
        zh: "`\(name)` 列合计 \(all) 人，共 \(rows) 行，该列未读入：每行只按 1 人计"),
      hint: Text(
        "state them as `cohorts` of a scenario (`cohorts: [{id: a, count: \(all), hire: {…}, start: …}]`), or write "
          + "each person in a row; if the figures mean something else: `columns \(quoted) = none`",
        zh: "请在情景中写成批次（`cohorts`），或每人一行；如另有含义，请加上“各列 \(quoted) = 不读”"), at: at)
  }
}

/// Names of several people in one cell: 张伟、王芳, 李娜等3人.
enum CrowdedName {
  static func isOne(_ text: String) -> Bool {
    let word = CellText.closed(text)
    if word.hasSuffix("人") || word.hasSuffix("名"), let at = word.lastIndex(of: "等"),
      word[word.index(after: at)...].dropLast().allSatisfy({ $0.isNumber || "一二三四五六七八九十".contains($0) })
    {
      return true
    }
    // 张⏎伟 is one name, 张伟⏎王芳 are two.
    let parts = Members.trimmed(text[...]).split { "、，,;；/".contains($0) || $0.isNewline }.map {
      CellText.closed(String($0))
    }
    return parts.count > 1
      && parts.allSatisfy { part in
        (2...4).contains(part.count) && part.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
      }
  }
}
