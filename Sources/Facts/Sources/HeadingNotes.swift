// What is said of a heading row that is no error: which headings were read as which fields, and what was left out.
// Knows nothing of rows below it.
import Diagnostics

/// The notes on one heading row.
struct HeadingNotes {
  /// Headings of columns that only number the rows.
  static let serials: Set<String> = ["序号", "行号", "no", "no.", "编号", "项次"]

  static func isSerial(_ heading: String) -> Bool { serials.contains(Headings.bare(heading).name) }

  private var read: [(heading: String, field: Text, unit: String?)] = []
  var unused: [String] = []

  /// Remembers a heading that is not the field's own name.
  mutating func add(_ heading: String, _ match: Headings.Match, _ schema: ListSchema) {
    guard match.rank > 1 || match.unit != nil || match.qualifier != nil else { return }
    read.append((heading, schema.words(match.field), match.unit))
  }

  func tell(_ findings: inout Findings, at location: SourceRange) {
    if !read.isEmpty {
      let parts = read.map { entry in
        let heading = ValueProblem.shown(entry.heading)
        guard let unit = entry.unit else {
          return Text("`\(heading)` as `\(entry.field.en)`", zh: "`\(heading)` 读作\(entry.field.zh)")
        }
        return Text(
          "`\(heading)` as `\(entry.field.en)` in \(unit)", zh: "`\(heading)` 读作\(entry.field.zh)，单位\(unit)，数字已换算")
      }
      findings.add(
        Diagnostic(
          .note, code: "headings-read",
          Text(
            "headings are read so: " + parts.map(\.en).joined(separator: ", "),
            zh: "表头识别：" + parts.map(\.zh).joined(separator: "、")),
          hint: Text("check that this is what was meant", zh: "请核对是否如此"), at: location))
    }
    for heading in unused {
      let name = ValueProblem.shown(heading)
      findings.add(
        Diagnostic(
          .note, code: "column-not-used", Text("the column `\(name)` only numbers the rows", zh: "`\(name)` 列只是行号，未使用"),
          hint: Text("nothing needs to be done", zh: "无需处理"), at: location))
    }
  }

  /// The same of the headings of a file, with the cell where the second table begins; nil where there is one alone.
  static func twice(_ found: HeadingSearch) -> (Diagnostic, BulkRow.Cell)? {
    found.second.map { (twice(found, $0, found.tables.map(BulkPlace.text)), found.cells[$0]) }
  }

  /// Two tables stand side by side.
  /// - Parameter parts: how each of them is named.
  static func twice(_ found: HeadingSearch, _ second: Int, _ parts: [String]) -> Diagnostic {
    let first = 1 + found.cells.prefix { $0.text.isEmpty }.count
    let name = ValueProblem.shown(found.cells[second].text)
    return .error(
      "repeated-column",
      Text(
        "two tables stand side by side: the headings begin with `\(name)` in column \(first) and once more in "
          + "column \(second + 1)",
        zh: "左右并排着两张表：第 \(first) 列和第 \(second + 1) 列起的表头都以 `\(name)` 开头"),
      hint: SideTables.remedy(parts))
  }

  /// - Parameter isHeadless: whether the line is the first record's, since no row names the columns.
  /// - Parameter record: the line of a row above the headings that looks like a record.
  static func titles(_ count: Int, line: Int, isHeadless: Bool = false, record: Int? = nil) -> Diagnostic {
    if let record, !isHeadless {
      return Diagnostic(
        .warning, code: "titles-skipped",
        Text(
          "the columns are named in line \(line); line \(record) above it looks like a record and is not read",
          zh: "第 \(line) 行是表头；其上第 \(record) 行像是一条记录，未读入"),
        hint: Text(
          "if it is one, put it below the headings; if it is none, nothing needs to be done",
          zh: "如是记录，请移到表头之下；如不是，无需处理"))
    }
    let begins =
      isHeadless
      ? Text("the records begin in line \(line)", zh: "记录自第 \(line) 行起")
      : Text("the columns are named in line \(line)", zh: "第 \(line) 行是表头")
    return Diagnostic(
      .note, code: "titles-skipped",
      Text(
        "\(begins.en); \(count == 1 ? "the row" : "the \(count) rows") above it \(count == 1 ? "is" : "are") taken for "
          + "a title", zh: "\(begins.zh)；其上 \(count) 行按标题处理"),
      hint: Text("nothing needs to be done, if no record stands above", zh: "若上方没有记录，无需处理"))
  }

  /// A heading that `columns` maps and the file does not have.
  static func absent(_ heading: String, _ field: Text) -> Diagnostic {
    let name = ValueProblem.shown(heading)
    return Diagnostic(
      .warning, code: "column-absent",
      Text(
        "`columns` reads `\(field.en)` from `\(name)`, and the file has no such column",
        zh: "指定从 `\(name)` 列读取\(field.zh)，文件没有该列"),
      hint: Text(
        "write the heading under `columns` as the file has it", zh: "请按文件的表头改写 `columns` 中的列名"))
  }

  /// The same of a heading that is not to be read.
  static func absentUnread(_ heading: String) -> Diagnostic {
    let name = ValueProblem.shown(heading)
    return Diagnostic(
      .note, code: "column-absent",
      Text("`\(name)` is not to be read, and the file has no such column", zh: "指定不读 `\(name)` 列，文件没有该列"),
      hint: Text("write the heading as the file has it, or leave it out", zh: "请按文件的表头改写，或去掉"))
  }

  /// A fact that is said of every record and that a column states.
  static func idle(_ field: Text) -> Diagnostic {
    Diagnostic(
      .warning, code: "column-absent",
      Text(
        "`constant` says `\(field.en)` of every record, and a column states it: the column is read",
        zh: "`constant` 对每条记录规定了\(field.zh)，而文件另有一列写明：按该列读取"),
      hint: Text(
        "leave the constant out, or do not read the column: `columns HEADING = none`",
        zh: "请去掉该常量，或不读该列：“各列 表头 = 不读”"))
  }

  /// A heading that says what the figures below it stand for.
  static func codes(_ heading: String, _ codes: [String: String]) -> Diagnostic {
    let parts = codes.sorted { $0.key < $1.key }.map { (figure: $0.key, word: ValueProblem.shown($0.value)) }
    let name = ValueProblem.shown(heading)
    return Diagnostic(
      .note, code: "beside-columns",
      Text(
        "as the heading `\(name)` says, " + parts.map { "\($0.figure) is \($0.word)" }.joined(separator: ", "),
        zh: "按表头 `\(name)`，" + parts.map { "\($0.figure) 为\($0.word)" }.joined(separator: "，")),
      hint: Text("check that this is what was meant", zh: "请核对是否如此"))
  }

  /// A column of codes that a standard gives.
  static func standardCodes(_ heading: String, _ codes: [String: String]) -> Diagnostic {
    let parts = codes.sorted { $0.key < $1.key }
    let name = ValueProblem.shown(heading)
    return Diagnostic(
      .note, code: "beside-columns",
      Text(
        "in `\(name)` " + parts.map { "\($0.key) is \($0.value)" }.joined(separator: ", ") + ", as GB/T 2261.1 has it",
        zh: "`\(name)` 按国家标准 GB/T 2261.1，" + parts.map { "\($0.key) 为\($0.value)" }.joined(separator: "，")),
      hint: Text("check that this is what was meant", zh: "请核对是否如此"))
  }

  /// A heading as a command takes it.
  static func quoted(_ heading: String) -> String {
    let name = ValueProblem.shown(heading)
    return heading.allSatisfy { $0.isLetter || $0.isNumber } ? name : "\"\(name)\""
  }

  static func notUsed(_ heading: String, _ field: Text, _ other: String, isNote: Bool) -> Diagnostic {
    let (name, used) = (ValueProblem.shown(heading), ValueProblem.shown(other))
    return Diagnostic(
      isNote ? .note : .warning, code: "column-not-used",
      Text(
        "the column `\(name)` is not used: `\(used)` states `\(field.en)`",
        zh: "`\(name)` 列未使用：\(field.zh)取自 `\(used)` 列"),
      hint: Text(
        "if the other is meant: `columns \(HeadingNotes.quoted(other)) = none`",
        zh: "如应取本列，请加上 `各列 \(HeadingNotes.quoted(other)) = 不读`"))
  }
}
