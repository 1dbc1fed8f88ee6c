// Columns of a sheet that stand beyond its headings and hold something in rows of records: what stands there, and what
// to say of it. Knows nothing of how rows are read.
import Diagnostics
import Reckoning
import Workbooks

/// A column beyond the headings.
struct FurtherColumn {
  /// Counted from 0.
  let column: Int
  /// Those of its cells that hold something, the first of them; there is one at least.
  let cells: [BulkRow.Cell]

  /// - Parameter cells: by column, those that hold something.
  static func all(_ cells: [Int: [BulkRow.Cell]]) -> [FurtherColumn] {
    cells.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { FurtherColumn(column: $0.key, cells: $0.value) }
  }

  /// So many of its texts are named.
  private static let shown = 3

  func problem(
    _ schema: ListSchema, _ header: BulkHeader, _ reader: ValueReader, in file: SourceFile
  ) -> Diagnostic {
    var texts: [String] = []
    for cell in cells where !texts.contains(cell.text) && texts.count <= FurtherColumn.shown { texts.append(cell.text) }
    let some = texts.prefix(FurtherColumn.shown).map { "`\(ValueProblem.shown($0))`" }
    let more = texts.count > some.count
    let (letters, count) = (CellName.letters(cells[0].start.column), cells.count)
    return .error(
      "nameless-column",
      Text(
        "column \(letters) has no heading and holds " + some.joined(separator: ", ") + (more ? ", …" : "")
          + (count == 1 ? "" : " in \(count) rows"),
        zh: "\(letters) 列没有表头，却写有 " + some.joined(separator: "、") + (more ? " 等" : "") + "（\(count) 格）"),
      hint: hint(schema, header, reader),
      at: SourceRange(source: file, start: cells[0].start, end: cells[0].end))
  }

  /// What to say of it: days that no column states may be last ones.
  private func hint(_ schema: ListSchema, _ header: BulkHeader, _ reader: ValueReader) -> Text {
    let place = ColumnMapping.place(column + 1)
    let none = Text("`columns \"\(place.en)\" = none`", zh: "“各列 \(place.zh) = 不读”")
    let ends = schema.declaration.ends.flatMap { schema.declaration.field($0) }
    guard let ends, !header.hasEnd, cells.count(where: { isDay($0.text, ends, reader) }) * 10 >= cells.count * 7 else {
      return Text(
        "if it states a fact, give it a heading; if it does not, add \(none.en)",
        zh: "如说明某项事实，请补上表头；如无关系，请加上\(none.zh)")
    }
    return Text(
      "its cells look like days: if they are those of `\(ends.name)`, add `columns \"\(place.en)\" = \(ends.name)`; "
        + "if not, \(none.en)",
      zh: "内容似为日期：如为\(ends.words.zh)，请加上“各列 \(place.zh) = \(ends.words.zh)”；如不是，请加上\(none.zh)")
  }

  /// Whether a text is a day where a last one is asked for: 2022-8-31离职. A number of five digits may be anything.
  private func isDay(_ text: String, _ field: Field, _ reader: ValueReader) -> Bool {
    guard text.contains(where: \.isNumber), !CellText.isDigits(text) || text.utf8.count == 8 else { return false }
    do { return try reader.reading(text, field, CellContext()).value != nil } catch {
      if case .ambiguousDate = error { return true }
      return false
    }
  }
}
