// Tables that stand side by side in one sheet: which columns each of them has, and how each is named, so that none is
// read by halves. Knows nothing of what becomes of a register.
import Diagnostics
import Workbooks

extension HeadingSearch {
  /// The columns of each table, where the same headings stand several times beside themselves; none where they do not.
  var tables: [Range<Int>] {
    guard let second, let first = cells.firstIndex(where: { !$0.text.isEmpty }) else { return [] }
    let names = cells.map { CellText.closed($0.text) }
    let step = second - first
    let starts = [first] + stride(from: second, to: names.count, by: step).filter { names[$0] == names[first] }
    return starts.indices.map { k in
      let end = starts.indices.contains(k + 1) ? starts[k + 1] : names.count
      let last = names[starts[k]..<end].lastIndex { !$0.isEmpty } ?? starts[k]
      return starts[k]..<last + 1
    }
  }
}

/// Tables beside each other, and what they are called.
struct SideTables {
  let columns: [Range<Int>]
  /// Each as a file's name has it behind `#`.
  let parts: [String]

  /// - Parameter source: whose sheet is meant.
  init(_ columns: [Range<Int>], _ source: any CellSource) {
    self.columns = columns
    let sheet = source.partRead.map { $0 + "!" } ?? ""
    parts = columns.map { sheet + BulkPlace.text($0) }
  }

  /// How each is named.
  static func remedy(_ parts: [String]) -> Text {
    let shown = parts.map { "`FILE#\($0)`" }
    return Text(
      "name each table by its columns: \(shown.joined(separator: ", "))",
      zh: "请按列分别写明各表：\(parts.map { "`文件#\($0)`" }.joined(separator: "、"))")
  }
}

extension RegisterSurvey {
  /// So many rows are looked at.
  private static let rowsBeside = 5000

  /// Refuses tables side by side, and says how each is read.
  /// - Returns: the warning on columns behind an empty one, which may be of another table.
  func beside(
    _ list: ListDeclaration, _ top: [BulkRow], _ source: any CellSource
  ) throws(RegisterRefusal) -> [Diagnostic] {
    guard let fit = RegisterFit(list, top, mapping), mapping.headerRows[list.name] != 0 else { return [] }
    if let second = fit.found.second {
      let cell = fit.found.cells[second]
      let tables = SideTables(fit.found.tables, source)
      let twice = HeadingNotes.twice(fit.found, second, tables.parts)
      let there = SourceRange(source: source.file, start: cell.start, end: cell.end)
      throw RegisterRefusal(
        diagnostics: [.error(twice.code, twice.message, hint: twice.hint, at: there)],
        question: tables.parts.count > 1 ? .tables(tables.parts) : nil)
    }
    let rows = source.head(RegisterSurvey.rowsBeside, limit: BulkHeader.columnLimit)
    let below = rows.filter { $0.line >= fit.found.row.nextLine }
    guard let gap = RegisterSurvey.gap(fit.found.cells, below) else { return [] }
    let end = fit.found.cells.count
    let both = [0..<gap, gap + 1..<end]
    let parts = both.map { part in top.map { $0.part(part) } }
    let isOwn = parts.allSatisfy { part in
      dictionary.lists.contains { RegisterFit($0, part, mapping)?.isWhole == true }
    }
    let cell = fit.found.cells[gap + 1]
    let at = SourceRange(source: source.file, start: cell.start, end: cell.end)
    let tables = SideTables(both, source)
    let columns = Text(
      "columns \(BulkPlace.text(both[1])) stand behind an empty column",
      zh: "\(BulkPlace.text(both[1])) 各列与前面隔着一个空列")
    if isOwn {
      throw RegisterRefusal(diagnostics: [
        .error(
          "side-tables",
          Text(
            "two tables stand side by side: \(columns.en) and are a list by themselves",
            zh: "左右并排着两张表：\(columns.zh)，自成一份清单"),
          hint: SideTables.remedy(tables.parts), at: at)
      ])
    }
    return RegisterSurvey.doubt(both, below, columns, tables.parts, fit, at)
  }

  /// The warning on columns behind an empty one that end before the others do.
  private static func doubt(
    _ both: [Range<Int>], _ below: [BulkRow], _ columns: Text, _ parts: [String], _ fit: RegisterFit,
    _ at: SourceRange
  ) -> [Diagnostic] {
    func isFilled(_ row: BulkRow, _ part: Range<Int>) -> Bool { row.part(part).cells.contains { !$0.text.isEmpty } }
    let left = below.count { isFilled($0, both[0]) }
    let right = below.count { isFilled($0, both[1]) }
    guard left != right else { return [] }
    let (part, count) = (parts[left > right ? 0 : 1], right == 1 ? "1 row" : "\(right) rows")
    return [
      Diagnostic(
        .warning, code: "side-tables",
        Text(
          "\(columns.en) and are filled in \(count), the others in \(left): they are taken for more columns of the "
            + "same records", zh: "\(columns.zh)，有内容的 \(right) 行，前面各列 \(left) 行：按同一记录的其他列处理"),
        hint: Text(
          "if they are a table by itself, `FILE#\(part)` reads the other alone",
          zh: "如另是一张表，请写“文件#\(part)”，只读取其余各列"), at: at)
    ]
  }

  /// The only column without a heading that is empty throughout and has several headings on either side.
  private static func gap(_ cells: [BulkRow.Cell], _ below: [BulkRow]) -> Int? {
    func named(_ part: Range<Int>) -> Int { cells[part].count { !$0.text.isEmpty } }
    let gaps = cells.indices.filter { column in
      cells[column].text.isEmpty && named(0..<column) > 1 && named(column + 1..<cells.count) > 1
        && !cells[column + 1].text.isEmpty
        && below.allSatisfy { !$0.cells.indices.contains(column) || $0.cells[column].text.isEmpty }
    }
    return gaps.first
  }
}
