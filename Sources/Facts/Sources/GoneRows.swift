// Columns that nothing is read from and that say of some rows that they no longer hold: 离职, 未入职, 减员, 作废. Such rows are
// read like all others, which has to be said. Knows nothing of what becomes of a register.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// So many rows are looked at.
  private static let rowsLookedAt = 5000
  /// What says that somebody has left.
  static let left = ["离职", "辞职", "离岗", "停保", "减员", "退保", "离厂", "离司", "退工", "解聘"]
  /// What says that a record was never to be one.
  static let void = [
    "作废", "注销", "取消", "已退", "退回", "不通过", "未通过", "不符合", "未入职", "未录用", "未到岗", "未报到", "放弃", "删除", "无效", "冲销", "撤销",
  ]
  private static let words: Set<String> = Set(left + void).union(left.map { "已" + $0 }).union(void.map { "已" + $0 })
    .union(["减少", "审核不通过", "不符合条件", "重复", "错误", "误录", "多录"])

  /// The warnings on such columns, one each.
  func gone(_ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource) -> [Diagnostic] {
    let list = schema.declaration
    let hasEnd =
      list.ends.flatMap { schema.named($0) }.map { end in header.columns.contains { $0.field == end } } ?? true
    let free = header.names.indices.filter {
      header.plans[$0].use == .skip && !header.names[$0].isEmpty && !mapping.leaves(header.names[$0], of: list.name)
    }
    guard !free.isEmpty else { return [] }
    let rows = source.top(RegisterSurvey.rowsLookedAt, limit: BulkHeader.columnLimit).filter {
      $0.line >= header.bodyLine
    }
    return free.compactMap { column -> Diagnostic? in
      let found = rows.filter { row in
        row.cells.indices.contains(column) && RegisterSurvey.words.contains(CellText.closed(row.cells[column].text))
      }
      guard let first = found.first?.cells[column] else { return nil }
      let word = ValueProblem.shown(first.text)
      // Where a column states the last day, who has left is told by it.
      if hasEnd, ["离职", "离岗", "辞职"].contains(where: word.contains) { return nil }
      let name = ValueProblem.shown(header.names[column])
      return Diagnostic(
        .warning, code: "column-unread",
        Text(
          "`\(name)` is not read and says `\(word)` in \(found.count) \(found.count == 1 ? "row" : "rows"), which are "
            + "taken like all others",
          zh: "`\(name)` 列未读入，其中有 \(found.count) 行写着“\(word)”，这些行照样读入"),
        hint: Text(
          "give the last day in a column of its own, or leave these rows out; if it means nothing: "
            + "`columns \(HeadingNotes.quoted(header.names[column])) = none`",
          zh: "请另列写明离职日期，或不含这些行另存；如无关系，请加上“各列 \(HeadingNotes.quoted(header.names[column])) = 不读”"),
        at: SourceRange(source: source.file, start: first.start, end: first.end))
    }
  }
}
