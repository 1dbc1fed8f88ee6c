// A last day that is the same in every record: a system writes so the day of its extract, and nobody has left on it.
// Knows nothing of what becomes of a register.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// From so many records on one last day for all of them is told of, whatever else is said.
  private static let many = 6

  /// That all records state the same last day, where it has passed in more than a few of them or another column says of
  /// some that they go on; nil where they do not, or somebody has said that the column states last days.
  func sameEnd(
    _ header: BulkHeader, _ schema: ListSchema, _ rows: [BulkRow], _ file: SourceFile
  ) -> Diagnostic? {
    let list = schema.declaration
    guard list.name != PaidRegister.list.name, let column = header.endColumn, rows.count > 1,
      let number = list.ends.flatMap({ schema.named($0) }), mapping.field(header.names[column], of: list.name) == nil
    else { return nil }
    let ends = LastDays(header, schema, reader)
    guard let day = ends.day(rows[0]), rows.allSatisfy({ ends.day($0) == day }) else { return nil }
    let going = goingOn(header, rows)
    let isPast = rows.count >= RegisterSurvey.many && asOf.map { day <= $0.number } ?? false
    guard going != nil || isPast else { return nil }
    let (field, cell) = (schema.fields[number], rows[0].cells[column])
    let (name, quoted) = (ValueProblem.shown(header.names[column]), HeadingNotes.quoted(header.names[column]))
    let shown = ValueProblem.shown(cell.text)
    let beside = going.map { going in
      let (heading, word) = (ValueProblem.shown(header.names[going.column]), ValueProblem.shown(going.text))
      return Text(
        ", and `\(heading)` says `\(word)` in \(going.count) of them",
        zh: "，而 `\(heading)` 列有 \(going.count) 条写着“\(word)”")
    }
    return Diagnostic(
      .warning, code: "same-last-day",
      Text(
        "`\(name)` is `\(shown)` in all \(rows.count) records\(beside?.en ?? ""), and is read as `\(field.name)`; it "
          + "may be the day of an extract",
        zh: "`\(name)` 列 \(rows.count) 条都是“\(shown)”\(beside?.zh ?? "")，读作\(field.words.zh)；也可能是导出数据的日期"),
      hint: Text(
        "if nobody has left on that day, add `columns \(quoted) = none`; if all have, "
          + "`columns \(quoted) = \(field.name)`",
        zh: "如当天并无人离开，请加上“各列 \(quoted) = 不读”；如确是，请加上“各列 \(quoted) = \(field.words.zh)”"),
      at: SourceRange(source: file, start: cell.start, end: cell.end))
  }

  /// The column that nothing is read from and that says of records that they go on, with its word and how many do.
  private func goingOn(_ header: BulkHeader, _ rows: [BulkRow]) -> (column: Int, text: String, count: Int)? {
    for column in header.names.indices where header.plans[column].use == .skip {
      let remark = GoneRemark(header.names[column], of: false)
      let found = rows.filter { row in
        guard row.cells.indices.contains(column) else { return false }
        let text = row.cells[column].text
        return remark.isOfStaying(text) || RegisterSurvey.insured.contains(CellText.closed(text))
      }
      if let first = found.first { return (column, first.cells[column].text, found.count) }
    }
    return nil
  }

  /// What registers of the insured say of whoever is so still.
  private static let insured: Set<String> = [
    "正常参保", "参保缴费", "正常缴费", "正常参保缴费", "参保", "在保", "续保", "缴费中", "参保中", "在缴",
  ]
}
