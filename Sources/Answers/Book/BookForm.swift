// A book as a workbook. Sheets whose figures rest on others are written after them and stand before them; a formula is
// written with the figure that it comes to. Knows nothing of archives and XML (`Workbooks`).

import Diagnostics
import View
import Workbooks

/// The writing of one book.
final class BookForm {
  typealias Cell = WorkbookWriter.Cell

  /// Lists longer than this are packed quickly rather than small.
  private static let longList = 50_000
  /// So many rows are looked at for the widths of columns.
  private static let sample = 300
  /// Text above and below lists runs over columns up to this width.
  private static let textWidth = 105.0
  /// Wider texts in lists run over several lines, so that a page holds the sheet.
  private static let lineWidth = 42
  /// The width of a column that has none of its own.
  private static let usualWidth = 9.0

  private let book: AnswerBook
  private let language: Language
  private let work: FileWork
  private let writer: WorkbookWriter
  private var names: [String] = []
  private var located: [String: ListPlace] = [:]
  private var tally = FileTally()
  /// Of the sheet that is being written.
  private var widths: [Double] = []

  init(_ book: AnswerBook, _ answer: Answer, _ language: Language, _ work: FileWork) throws {
    self.book = book
    self.language = language
    self.work = work
    let rows = book.sheets.flatMap(\.lists).reduce(0) { $0 + $1.relation.count }
    let title = answer.document.title(in: language) ?? Text("Answer", zh: "测算结果").in(language)
    writer = try WorkbookWriter(
      WorkbookWriter.Properties(title: title, program: "Cesuan"), level: rows > BookForm.longList ? 1 : 6, work.sink)
  }

  func write() throws -> FileTally {
    names = book.sheets.map { writer.reserve($0.name.in(language)) }
    // What others rest on first.
    let order = book.sheets.indices.sorted {
      (book.sheets[$0].hasSums ? 1 : 0, $0) < (book.sheets[$1].hasSums ? 1 : 0, $1)
    }
    for number in order { try write(book.sheets[number], number) }
    try writer.finish()
    tally.sheets = writer.sheetCount
    return tally
  }

  // MARK: Sheets

  private func write(_ sheet: AnswerBook.Sheet, _ number: Int) throws {
    let cells = sheet.lists.map { list in
      WorkbookCells(
        heads(list), language, showsIdNumbers: work.showsIdNumbers, isBoxed: true, lineWidth: BookForm.lineWidth)
    }
    widths = columnWidths(sheet, cells)
    var layout = WorkbookWriter.Layout(name: names[number], widths: widths)
    let above = sheet.parts.prefix { part in
      if case .block(.table) = part { return false }
      return if case .block = part { true } else { false }
    }
    var prose = BookProse(language, showsIdNumbers: work.showsIdNumbers)
    for case .block(let block) in above { prose.add(block) }
    let headsList = above.count < sheet.parts.count && sheet.parts[above.count].list != nil
    layout.titleRows = prose.lines.count
    layout.headRows = headsList ? 1 : 0
    layout.filters = headsList
    // Above the figures of one list the heads of another would be wrong ones.
    layout.repeatsHead = sheet.lists.count == 1
    layout.isLandscape = true
    layout.place = number
    layout.isFront = number == 0
    try writer.begin(layout)
    try add(prose)
    var list = 0
    for part in sheet.parts.dropFirst(above.count) {
      switch part {
      case .list(let one):
        try write(one, cells[list], isFirst: list == 0 && headsList)
        list += 1
      case .block(.table(let table)): try write(table)
      case .block(let block):
        var prose = BookProse(language, showsIdNumbers: work.showsIdNumbers)
        prose.add(block)
        if case .heading = block { try writer.add([]) }
        try add(prose)
      case .chart(let chart): try write(chart)
      case .bars(let bars): try write(bars)
      }
    }
  }

  /// Text over as many columns as it needs to be read.
  private func add(_ prose: BookProse) throws {
    let (columns, width) = textColumns
    let measure = DisplayWidth(ambiguousWide: language == .zh)
    for line in prose.lines {
      // A title is larger.
      let room = Int(line.style.isTitle ? width / 1.5 : width)
      let rows = line.text.split(separator: "\n", omittingEmptySubsequences: false)
        .reduce(0) { $0 + max(1, (measure.of(String($1)) + room - 1) / room) }
      try writer.add(Cell(line.text.isEmpty ? .empty : .text(line.text), line.style), over: columns, lines: rows)
    }
  }

  private var textColumns: (count: Int, width: Double) {
    var (count, width) = (0, 0.0)
    while width < BookForm.textWidth {
      width += widths.indices.contains(count) ? widths[count] : BookForm.usualWidth
      count += 1
    }
    return (count, width)
  }

  private func heads(_ list: BookList) -> [ColumnHead] { list.columns.map { list.relation.columns[$0] } }

  /// As wide as the widest of each column of the sheet's lists.
  private func columnWidths(_ sheet: AnswerBook.Sheet, _ cells: [WorkbookCells]) -> [Double] {
    var all: [Double] = []
    func take(_ widths: [Double]) {
      for (i, width) in widths.enumerated() {
        if i < all.count { all[i] = max(all[i], width) } else { all.append(width) }
      }
    }
    for (list, cells) in zip(sheet.lists, cells) {
      var widths = SheetWidths(heads(list).map { $0.title.in(language) }, widest: BookForm.lineWidth)
      for row in 0..<min(list.relation.count, BookForm.sample) {
        widths.see(cells.row(list.relation, row, list.columns))
      }
      for line in [list.relation.footer].compactMap(\.self) + list.relation.further.flatMap(\.lines) {
        widths.see(cells.row(line))
      }
      take(widths.all)
    }
    for case .chart(let chart) in sheet.parts {
      guard let figures = ChartFigures(chart, language) else { continue }
      var widths = SheetWidths(figures.heads, widest: BookForm.lineWidth)
      for row in figures.rows { widths.see(row.map { Cell($0) }) }
      take(widths.all)
    }
    return all
  }

  // MARK: Lists

  private func write(_ list: BookList, _ cells: WorkbookCells, isFirst: Bool) throws {
    let relation = list.relation
    let columns = list.columns
    if !isFirst {
      try writer.add([])
      if let title = relation.title { try writer.add([WorkbookCells.section(title.in(language))]) }
    }
    try writer.add(
      heads(list).map { head in
        WorkbookCells.heading(head.title.in(language), head.stand?.alignment, isBoxed: true)
      })
    var place = ListPlace(list, language)
    var sums = ColumnSums(columns.count, first: writer.nextRow)
    let sheet = writer.sheetCount
    for section in relation.sections {
      if let title = section.title { try writer.add([WorkbookCells.section(cells.text(title))]) }
      for row in section.rows {
        if row & 0x3FF == 0, work.isCancelled() { throw AnswerStream.Interrupted() }
        let values = cells.values(relation, row, columns)
        sums.add(values.map(\.datum))
        var line = cells.row(values, role: relation.role(row))
        try fill(&line, list, row)
        try writer.add(line, height: height(line))
        place.add(row: writer.nextRow - 1, sheet: writer.sheetCount, name: writer.sheetName, values)
      }
    }
    tally.rows += relation.count
    sums.last = writer.nextRow - 1
    if isFirst { try writer.endList() }
    located[list.key] = place
    if let footer = relation.footer {
      try writer.add(cells.footer(footer, writer.sheetCount == sheet ? sums : nil))
    }
    for further in relation.further {
      try writer.add([WorkbookCells.section(cells.text(further.title))])
      for line in further.lines { try writer.add(cells.row(line)) }
    }
  }

  /// A table that is no list, such as the one to sign in.
  private func write(_ table: Table) throws {
    try writer.add([])
    let cells = WorkbookCells([], language, showsIdNumbers: work.showsIdNumbers)
    try writer.add(
      table.columns.map { WorkbookCells.heading($0.title.in(language), $0.alignment, isBoxed: true) })
    for section in table.sections {
      if let title = section.title { try writer.add([WorkbookCells.section(cells.text(title))]) }
      for row in section.rows {
        try writer.add(
          cells.row(row).map { cell in
            var cell = cell
            cell.style.isBoxed = true
            return cell
          }, height: BookForm.signedHeight)
      }
    }
    tally.rows += table.rowCount
  }

  /// Room for a hand, in points.
  private static let signedHeight = 26.0

  /// As high as the longest of its texts, which not every office finds out by itself; nil where all fit into one line.
  private func height(_ cells: [Cell]) -> Double? {
    var lines = 1
    for (i, cell) in cells.enumerated() where cell.style.wraps {
      guard case .text(let text) = cell.value else { continue }
      let room = max(Int(widths[i] * 1.02), 4)
      lines = max(
        lines,
        text.split(separator: "\n", omittingEmptySubsequences: false)
          .reduce(0) { $0 + max(1, (DisplayWidth().of(String($1)) + room - 1) / room) })
    }
    // A row is at most 409 points high.
    return lines > 1 ? min(Double(lines) * 14.5 + 3, 409) : nil
  }

  /// Puts formulas into the place of the figures of a row that are sums over other lists.
  private func fill(_ line: inout [Cell], _ list: BookList, _ row: Int) throws {
    guard list.hasSums else { return }
    for (i, column) in list.columns.enumerated() {
      guard let sum = list.sums[list.relation.columns[column].key]?(row), let place = located[sum.list],
        case .number(let text) = line[i].value
      else { continue }
      line[i].value = .formula(place.formula(sum, language, comesTo: text), text)
    }
  }

  // MARK: Charts

  private static let (chartWidth, rowHeight) = (225, 5.29)

  private func lay(_ chart: NativeChart, height: Int) throws {
    try writer.add([])
    writer.place(chart, width: BookForm.chartWidth, height: height, told: chart.title)
    for _ in 0..<Int(Double(height) / BookForm.rowHeight) + 2 { try writer.add([]) }
  }

  private func write(_ chart: Chart) throws {
    guard let figures = ChartFigures(chart, language) else { return }
    let height = figures.height
    // The table stands below the picture, in rows that are known beforehand.
    let head = writer.nextRow + Int(Double(height) / BookForm.rowHeight) + 3
    let sheet = writer.sheetName
    try lay(
      figures.chart(
        range: { CellName.range(sheet, column: $0 + 1, rows: (head + 1)...(head + figures.rows.count)) },
        head: { CellName.range(sheet, column: $0 + 1, rows: head...head) }), height: height)
    precondition(writer.nextRow == head, "the figures of a chart stand where the chart looks for them")
    try writer.add(
      figures.heads.enumerated().map { i, title in
        WorkbookCells.heading(title, i == 0 ? .left : .right, isBoxed: true)
      })
    for row in figures.rows {
      try writer.add(
        row.enumerated().map { i, value in
          var style = CellStyle()
          style.isBoxed = true
          if case .number = value { style.format = figures.style(i) }
          return Cell(value, style)
        })
    }
    tally.rows += figures.rows.count
  }

  private func write(_ bars: BookBars) throws {
    guard let place = located[bars.list], let names = place.only(bars.names), let figures = place.only(bars.figures),
      let chart = place.chart(bars, names, figures, language)
    else { return }
    try lay(chart, height: min(max(35 + place.count * 9, 70), 170))
  }
}

extension AnswerBook.Sheet {
  var lists: [BookList] { parts.compactMap(\.list) }
  var hasSums: Bool { lists.contains(where: \.hasSums) }
}

extension AnswerBook.Part {
  var list: BookList? { if case .list(let list) = self { list } else { nil } }
}

extension BookList {
  /// The columns that people see, from left to right.
  var columns: [Int] { relation.peopleColumns }
}
