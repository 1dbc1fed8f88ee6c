// Facts that stand beside columns of their own: days whose year, month and day are in several columns, and firms that a
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
  /// Days of which two or three columns say the year, the month and the day: 年 | 月 | 日, 入职年 | 入职月 | 入职日,
  /// 入职年份 | 入职月份.
  ///
  /// - Parameter stated: the fields that are stated otherwise.
  func dated(_ found: HeadingSearch, _ headings: Headings, _ schema: ListSchema, _ stated: Set<Int>) -> [StandIn] {
    let names = found.cells.map { Headings.bare($0.text).name }
    var out: [StandIn] = []
    for column in names.indices.dropLast() {
      guard let (stem, parts) = TableSurroundings.dayParts(names, from: column),
        !parts.contains(where: { headings.isSaid(found.cells[$0].text) }),
        let field = TableSurroundings.day(stem, headings, schema),
        !out.contains(where: { $0.field == field })
      else { continue }
      // Of them one may look like the whole day.
      func isOf(_ column: Int) -> Bool { TableSurroundings.field(found.cells[column].text, headings) == field }
      guard !found.cells.indices.contains(where: { !parts.contains($0) && isOf($0) }),
        !stated.contains(field) || parts.contains(where: isOf)
      else { continue }
      let names = parts.map { ValueProblem.shown(found.cells[$0].text) }
      let shown = names.map { "`\($0)`" }
      let words = schema.fields[field].words
      out.append(
        StandIn(
          field: field, source: .dated(Array(parts)), name: names.joined(separator: "+"),
          note: Text(
            "`\(words.en)` is made of the columns " + shown.joined(separator: ", "),
            zh: "\(words.zh)由 " + shown.joined(separator: "、") + " 各列合成")))
    }
    return out
  }

  /// The columns from one on that say the parts of a day, and what they are called without these words. Of a year and a
  /// month alone something else has to say what they are of: 年份 and 月份 of a list may be of its payments.
  private static func dayParts(_ names: [String], from column: Int) -> (stem: String, columns: ClosedRange<Int>)? {
    guard let year = ["年份", "年度", "年"].first(where: names[column].hasSuffix) else { return nil }
    let stem = String(names[column].dropLast(year.count))
    guard [stem + "月", stem + "月份"].contains(names[column + 1]) else { return nil }
    if names.indices.contains(column + 2), [stem + "日", stem + "号"].contains(names[column + 2]) {
      return (stem, column...column + 2)
    }
    return stem.isEmpty ? nil : (stem, column...column + 1)
  }

  /// The day that these columns are of; without a word for it that since when a record runs.
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
