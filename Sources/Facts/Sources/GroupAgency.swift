// Rows that head a group of records by the name of an agency, where no column says which agency brought somebody. Knows
// nothing of how rows are told.
import Diagnostics

enum GroupAgency {
  /// Whether a row that heads a group names an agency: 黔西劳务有限公司输送人员.
  static func isOne(_ text: String) -> Bool {
    let name = CellText.closed(text)
    return name.count <= 60 && OwnerRows.isBroker(name) && firms.contains(where: name.contains)
  }

  private static let firms = ["公司", "合作社", "服务中心", "服务站", "服务部", "人才市场", "事务所", "介绍所", "职介所", "中介所"]

  /// The warning on such rows; nil where there are none, or the list knows no agencies, or something states them.
  static func warning(
    _ found: (first: [SkippedRows.Said], count: Int), _ schema: ListSchema, _ header: BulkHeader, in file: SourceFile
  ) -> Diagnostic? {
    guard let first = found.first.first, let number = schema.named("agency"), number >= 0,
      !header.columns.contains(where: { $0.field == number }), !header.hasGroups
    else { return nil }
    let field = schema.fields[number]
    let names = found.first.prefix(3).map { (line: $0.line, text: ValueProblem.shown($0.text)) }
    let more = found.count > names.count
    let at = Position(line: first.line, column: 1)
    return Diagnostic(
      .warning, code: "group-agency",
      Text(
        names.map { "`\($0.text)` (line \($0.line))" }.joined(separator: ", ") + (more ? ", …" : "")
          + " \(found.count == 1 ? "heads" : "head") records of which no agency is read",
        zh: names.map { "“\($0.text)”（第 \($0.line) 行）" }.joined(separator: "、") + (more ? "等" : "")
          + "写有机构，其下各条没有读入\(field.words.zh)"),
      hint: Text(
        "add a column `\(field.name)` that names it in each row; if no agency brought them, nothing needs to be done",
        zh: "请增加“\(field.words.zh)”一列，逐行写明；如不是由机构输送，无需处理"),
      at: SourceRange(source: file, start: at, end: at))
  }
}
