// Answers as workbooks: each list a sheet with its columns typed, sums as formulas, and a last sheet with everything
// that is no list. Lists are written row by row, however long. Knows nothing of archives and XML (`Workbooks`).

import Diagnostics
import View
import Workbooks

extension OutputFormat {
  /// A workbook, for a spreadsheet.
  package static let workbook: OutputFormat = OutputFormat(
    rawValue: "xlsx", chinese: ["xlsx格式", "工作簿"], short: ["excel"], endings: ["xlsx"]
  ) { answer, language, work in
    if let book = answer.wholeBook { return try BookForm(book, answer, language, work).write() }
    return try WorkbookForm(answer, language, work).write()
  }
}

/// The writing of one answer.
final class WorkbookForm {
  /// Lists longer than this are packed quickly rather than small.
  private static let longList = 50_000
  /// So many rows are looked at for the widths of columns.
  private static let sample = 200

  let language: Language
  private let answer: Answer
  private let work: FileWork
  private let writer: WorkbookWriter
  private var prose: [Block] = []
  private var tally = FileTally()

  init(_ answer: Answer, _ language: Language, _ work: FileWork) throws {
    self.answer = answer
    self.language = language
    self.work = work
    let title = answer.document.title(in: language) ?? Text("Answer", zh: "测算结果").in(language)
    let rows = answer.body.parts.reduce(0) { sum, part in
      if case .relation(let relation) = part { sum + (relation.whole?().count ?? relation.count) } else { sum }
    }
    writer = try WorkbookWriter(
      WorkbookWriter.Properties(title: title, program: "Cesuan"), level: rows > WorkbookForm.longList ? 1 : 6, work.sink
    )
  }

  func write() throws -> FileTally {
    for part in answer.body.parts {
      switch part {
      case .relation(let relation):
        try write(relation.whole?() ?? relation, title: relation.title)
      case .block(.table(let table)): try write(table)
      case .block(.chart(let chart)): try write(chart.table)
      case .block(let block): prose.append(block)
      }
    }
    let notes = WorkbookNotes(prose, answer, language, showsIdNumbers: work.showsIdNumbers)
    if !notes.isEmpty || tally.sheets == 0 {
      try writer.begin(notes.layout)
      for row in notes.rows { try writer.add(row) }
      tally.sheets += 1
    }
    try writer.finish()
    tally.sheets = writer.sheetCount
    return tally
  }

  func text(_ spans: [Span]) -> String { Visible.text(spans.map { $0.text.in(language) }.joined(), keepLines: true) }

  // MARK: lists

  private func write(_ relation: Relation, title: Text?) throws {
    let columns = relation.peopleColumns
    guard !columns.isEmpty else { return }
    let heads = columns.map { relation.columns[$0] }
    let limit = min(relation.count, WorkbookForm.sample)
    let cells = WorkbookCells(heads, language, showsIdNumbers: work.showsIdNumbers)
    var widths = SheetWidths(heads.map { $0.title.in(language) })
    for row in 0..<limit { widths.see(cells.row(relation, row, columns)) }
    for line in [relation.footer].compactMap(\.self) + relation.further.flatMap(\.lines) { widths.see(cells.row(line)) }
    try begin(sheet: title, widths, heads.map { WorkbookCells.heading($0.title.in(language), $0.stand?.alignment) })
    var sums = ColumnSums(heads.count, first: writer.nextRow)
    let sheet = writer.sheetCount
    for section in relation.sections {
      if let title = section.title { try writer.add([WorkbookCells.section(text(title))]) }
      for row in section.rows {
        if row & 0x3FF == 0, work.isCancelled() { throw AnswerStream.Interrupted() }
        let values = cells.values(relation, row, columns)
        sums.add(values.map(\.datum))
        try writer.add(cells.row(values, role: relation.role(row)))
      }
    }
    tally.rows += relation.count
    sums.last = writer.nextRow - 1
    try writer.endList()
    if let footer = relation.footer {
      // A list in several sheets is not added up by one formula.
      try writer.add(cells.footer(footer, writer.sheetCount == sheet ? sums : nil))
    }
    for further in relation.further {
      try writer.add([WorkbookCells.section(text(further.title))])
      for line in further.lines { try writer.add(cells.row(line)) }
    }
  }

  private func write(_ table: Table) throws {
    let cells = WorkbookCells([], language, showsIdNumbers: work.showsIdNumbers)
    var widths = SheetWidths(table.columns.map { $0.title.in(language) })
    let rows = table.sections.flatMap { section in
      (section.title.map { [[WorkbookCells.section(text($0))]] } ?? []) + section.rows.map { cells.row($0) }
    }
    for row in rows.prefix(WorkbookForm.sample) where row.count > 1 { widths.see(row) }
    try begin(
      sheet: table.title, widths, table.columns.map { WorkbookCells.heading($0.title.in(language), $0.alignment) })
    for row in rows { try writer.add(row) }
    tally.rows += table.rowCount
    try writer.endList()
    if let footer = table.footer { try writer.add(cells.row(footer, isTotal: true)) }
  }

  private func begin(sheet title: Text?, _ widths: SheetWidths, _ heads: [WorkbookWriter.Cell]) throws {
    let title = title?.in(language) ?? Text("Summary", zh: "汇总").in(language)
    // A sheet's name is short: what stands before the explanation will do.
    let name = title.prefix { $0 != ":" && $0 != "：" }
    var layout = WorkbookWriter.Layout(name: String(name), widths: widths.all)
    layout.headRows = 1
    layout.filters = true
    layout.isLandscape = widths.all.reduce(0, +) > 90
    try writer.begin(layout)
    try writer.add(heads)
    tally.sheets += 1
  }
}

/// Sums of a list's columns, to see whether a formula would come to what stands below.
struct ColumnSums {
  /// Fen, or whole numbers; nil where a column holds anything else.
  private(set) var sums: [Int64?]
  let first: Int
  var last = 0

  init(_ columns: Int, first: Int) {
    sums = Array(repeating: 0, count: columns)
    self.first = first
  }

  mutating func add(_ row: [Datum]) {
    for (i, datum) in row.enumerated() {
      guard let sum = sums[i] else { continue }
      switch datum {
      case .none: continue
      case .count(let value), .money(let value), .change(let value):
        let (added, overflow) = sum.addingReportingOverflow(value)
        sums[i] = overflow ? nil : added
      case .words, .id, .flag, .decimal, .share, .date, .list, .record, .rows: sums[i] = nil
      }
    }
  }
}

/// How wide a sheet's columns are.
struct SheetWidths {
  static let usual = 60
  private let widest: Int
  private let columns = DisplayWidth()
  private var widths: [Int]

  init(_ titles: [String], widest: Int = SheetWidths.usual) {
    self.widest = widest
    // A filter has a button beside the title.
    widths = titles.map { min(DisplayWidth().of($0) + 3, widest) }
  }

  mutating func see(_ row: [WorkbookWriter.Cell]) {
    for (i, cell) in row.enumerated() where i < widths.count {
      let width: Int
      switch cell.value {
      case .empty: continue
      case .text(let text): width = text.split(separator: "\n").map { columns.of(String($0)) }.max() ?? 0
      // A day takes more room than its number.
      case .number where cell.style.format == .date: width = 10
      // Separators take room, too.
      case .number(let text), .formula(_, let text): width = text.utf8.count * 4 / 3 + 1
      }
      widths[i] = max(widths[i], min(width, widest))
    }
  }

  var all: [Double] { widths.map { Double(max($0, 6)) + 2 } }
}
