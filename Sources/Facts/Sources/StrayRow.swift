// Rows below the headings that are probably no records and were not told apart: another table's head, a note in one
// cell. What is said of such a row is said once, with what to do. Knows nothing of how rows are read.
import Diagnostics

/// A row in which something is wrong, and that looks like no record.
enum StrayRow {
  /// A head with other columns than the first: those that the first lacks, by their number from 0 and heading.
  case head(line: Int, more: [(column: Int, heading: String, field: Text?)])
  /// A text alone, or two, where every record must state more; of days, the facts that may stand above it.
  case note(text: String, lacking: [Text], above: [Text])

  /// - Returns: nil for a row that is a record, right or wrong.
  init?(_ row: BulkRow, _ header: BulkHeader, _ schema: ListSchema) {
    let filled = row.cells.enumerated().filter { !$0.element.text.isEmpty }
    let known = filled.filter { HeadingSearch.isKnown($0.element.text, header.known) }
    if known.count >= 3, known.count * 3 >= filled.count * 2 {
      let more = filled.filter { !header.own.indices.contains($0.offset) || header.own[$0.offset].isEmpty }
      self = .head(
        line: row.line,
        more: more.map { cell in
          let field = TableSurroundings.field(cell.element.text, header.known)
          return (cell.offset, ColumnMapping.flat(cell.element.text), field.map { schema.words($0) })
        })
      return
    }
    let required = header.plans.indices.prefix(header.width).filter {
      header.plans[$0].required && header.plans[$0].use != .id
    }
    let lacking = required.filter { !row.cells.indices.contains($0) || row.cells[$0].text.isEmpty }
    // A merged cell may repeat its text in every column.
    let texts = Set(filled.map(\.element.text)).count
    guard header.width > 2, !lacking.isEmpty, let first = filled.first,
      texts == 1 || texts == 2 && lacking.count == required.count
    else { return nil }
    let above = filled.allSatisfy { LoneDays.isDay($0.element.text) } ? header.loneDays?.above(lacking) ?? [] : []
    self = .note(
      text: first.element.text, lacking: lacking.compactMap { header.plans[$0].field?.words },
      above: above.compactMap { header.plans[$0].field.map { Text($0.name, zh: $0.words.zh) } })
  }

  func problem(at location: SourceRange) -> Diagnostic {
    switch self {
    case .head(let line, let more):
      let message = Text(
        "line \(line) is a head again" + (more.isEmpty ? ", with other columns than the first" : ""),
        zh: "第 \(line) 行又是一行表头" + (more.isEmpty ? "，各列与第一个表头不同" : ""))
      guard !more.isEmpty else {
        return .error(
          "second-head", message,
          hint: Text(
            "put the table below it into a file or sheet of its own and take both: `import FILE, FILE`",
            zh: "请把其下的表另存为一个文件或工作表，两个一并导入：“导入 文件, 文件”"), at: location)
      }
      let headings = more.map { ValueProblem.shown($0.heading) }
      let lines = more.map { one in
        let place = ColumnMapping.place(one.column + 1)
        let fact = one.field ?? Text("none", zh: "不读")
        return Text("\"\(place.en)\" = \(fact.en)", zh: "\(place.zh) = \(fact.zh)")
      }
      return .error(
        "second-head",
        Text(
          message.en + ", with columns that the first lacks: " + headings.map { "`\($0)`" }.joined(separator: ", "),
          zh: message.zh + "，比第一个表头多出" + headings.map { "“\($0)”" }.joined(separator: "、")),
        hint: Text(
          "say what stands in those columns: `columns \(lines.map(\.en).joined(separator: ", "))`; "
            + "the head is then left out",
          zh: "请写明这些列：“各列 \(lines.map(\.zh).joined(separator: ", "))”，其余各行即照此读入"), at: location)
    case .note(let text, let lacking, let above):
      let shown = ValueProblem.shown(ColumnMapping.flat(text))
      let carry = Text(
        "carry \(above.map(\.en).joined(separator: ", "))", zh: "沿用上行 \(above.map(\.zh).joined(separator: ", "))")
      return .error(
        "stray-row",
        Text(
          "the row says only `\(shown)` and lacks " + lacking.map { "`\($0.en)`" }.joined(separator: ", "),
          zh: "本行只写有“\(shown)”，缺少" + lacking.map(\.zh).joined(separator: "、")),
        hint: Text(
          "if it is no record, add `skip \"\(shown)\"`; if it is one, "
            + (above.isEmpty ? "complete it" : "complete it, or add `\(carry.en)` where it is of the person above"),
          zh: "如不是记录，请加上“不读行 \"\(shown)\"”；如是记录，请补全"
            + (above.isEmpty ? "" : "，与上行同一人的可加上“\(carry.zh)”")), at: location)
    }
  }
}
