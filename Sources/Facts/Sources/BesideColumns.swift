// Facts that stand beside columns of their own: days whose year, month and day are in three columns, and firms that a
// line above the table names. Knows nothing of cells below.
import Diagnostics

/// A firm that a line above the table names: 填报单位（盖章）：台商区惠民人力资源有限公司.
struct FirmLine {
  let line: Int
  /// What the line calls it.
  let heading: String
  let name: String

  /// The warning that nothing is taken from it; nil where columns state all that it could be.
  func warning(_ schema: ListSchema, _ stated: Set<Int>, at location: SourceRange) -> Diagnostic? {
    let order = OwnerRows.isBroker(name) ? ["agency", "enterprise"] : ["enterprise", "agency"]
    let open = order.compactMap { schema.named($0) }.filter { $0 >= 0 && !stated.contains($0) }
    guard let first = open.first else { return nil }
    let (field, shown) = (schema.fields[first], ValueProblem.shown(name))
    let said = HeadingNotes.quoted(heading)
    return Diagnostic(
      .warning, code: "firm-above",
      Text(
        "line \(line) above the table names `\(shown)` (\(heading)), and no fact is taken from it",
        zh: "表头上方第 \(line) 行写有“\(heading)：\(shown)”，未作为任何事实读入"),
      hint: Text(
        "if it is the `\(field.name)` of the records below, add `columns \(said) = \(field.name)`",
        zh: "如以下各条的\(field.words.zh)即是该单位，请加上“各列 \(said) = \(field.words.zh)”"), at: location)
  }
}

extension TableSurroundings {
  /// Days of which three columns say the year, the month and the day: 年 | 月 | 日, 入职年 | 入职月 | 入职日.
  ///
  /// - Parameter stated: the fields that are stated otherwise.
  func dated(_ found: HeadingSearch, _ headings: Headings, _ schema: ListSchema, _ stated: Set<Int>) -> [StandIn] {
    let names = found.cells.map { Headings.bare($0.text).name }
    var out: [StandIn] = []
    for column in names.indices.dropLast(2) where names[column].hasSuffix("年") {
      let stem = String(names[column].dropLast())
      guard names[column + 1] == stem + "月", [stem + "日", stem + "号"].contains(names[column + 2]),
        !(column...column + 2).contains(where: { headings.isSaid(found.cells[$0].text) }),
        let field = TableSurroundings.day(stem, headings, schema),
        !out.contains(where: { $0.field == field })
      else { continue }
      // Of the three one may look like the whole day.
      let isStated = found.cells.indices.contains { other in
        !(column...column + 2).contains(other) && TableSurroundings.field(found.cells[other].text, headings) == field
      }
      guard !isStated,
        !stated.contains(field)
          || (column...column + 2).contains(where: {
            TableSurroundings.field(found.cells[$0].text, headings) == field
          })
      else { continue }
      let shown = (column...column + 2).map { "`\(ValueProblem.shown(found.cells[$0].text))`" }
      let words = schema.fields[field].words
      out.append(
        StandIn(
          field: field, source: .dated(Array(column...column + 2)),
          name: (column...column + 2).map { ValueProblem.shown(found.cells[$0].text) }.joined(separator: "+"),
          note: Text(
            "`\(words.en)` is made of the columns " + shown.joined(separator: ", "),
            zh: "\(words.zh)由 " + shown.joined(separator: "、") + " 各列合成")))
    }
    return out
  }

  /// The day that three columns are of; without a word for it that since when a record runs.
  private static func day(_ stem: String, _ headings: Headings, _ schema: ListSchema) -> Int? {
    let found =
      stem.isEmpty
      ? schema.declaration.begins.flatMap { schema.named($0) }
      : ["", "日期", "时间"].lazy.compactMap { TableSurroundings.field(stem + $0, headings) }.first
    guard let found, found >= 0, schema.fields[found].type == .date else { return nil }
    return found
  }

  static func field(_ heading: String, _ headings: Headings) -> Int? {
    do { return try headings.match(heading)?.field } catch { return nil }
  }
}

extension StandInCells {
  /// Year, month and day as one text: 2022-3-1. What lacks a part is left as it is, so that it is told of.
  static func dated(_ parts: [String]) -> String {
    let figures = parts.map { part in
      let text = CellText.closed(part)
      return text.last.map { "年月日号".contains($0) } ?? false ? String(text.dropLast()) : text
    }
    if figures.allSatisfy(\.isEmpty) { return "" }
    return figures.joined(separator: "-")
  }
}
