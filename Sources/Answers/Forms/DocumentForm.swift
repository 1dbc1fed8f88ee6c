// Answers as text documents: headings, paragraphs, tables as wide as the page, charts that an office can change. A
// book's long lists stay with the workbook. Knows nothing of archives and XML (`Workbooks`).

import Diagnostics
import View
import Workbooks

extension OutputFormat {
  /// A text document, for a word processor.
  package static let document: OutputFormat = OutputFormat(
    rawValue: "docx", chinese: ["docx格式", "文档"], short: ["word"], endings: ["docx"]
  ) { answer, language, work in
    try DocumentForm(answer, language, work).write()
  }
}

/// The writing of one text.
final class DocumentForm {
  /// Longer tables are for workbooks.
  private static let longest = 400
  /// Columns of a page at the size of tables.
  private static let pageColumns = 88

  private let answer: Answer
  private let language: Language
  private let work: FileWork
  private let writer: TextWriter
  private let measure: DisplayWidth
  private var hasTitle = false

  init(_ answer: Answer, _ language: Language, _ work: FileWork) {
    self.answer = answer
    self.language = language
    self.work = work
    measure = DisplayWidth(ambiguousWide: language == .zh)
    let title = answer.document.title(in: language) ?? Text("Answer", zh: "测算结果").in(language)
    writer = TextWriter(
      WorkbookWriter.Properties(title: title, program: "Cesuan"), isChinese: language == .zh)
  }

  func write() throws -> FileTally {
    if let book = answer.wholeBook {
      for sheet in book.sheets where !sheet.isLong { try add(sheet) }
    } else {
      for part in answer.body.parts {
        switch part {
        case .block(.chart(let chart)): try add(chart)
        case .block(let block): add(block)
        case .relation(let relation): add(relation)
        }
      }
      if let chart = answer.chart, !answer.document.hasChart { try add(chart) }
      for remark in answer.remarks { add(remark) }
    }
    try writer.write(work.sink)
    return FileTally()
  }

  private func add(_ sheet: AnswerBook.Sheet) throws {
    if work.isCancelled() { throw AnswerStream.Interrupted() }
    if sheet.isPaper, hasTitle {
      writer.beginPage()
      hasTitle = false
    }
    if case .block(.heading)? = sheet.parts.first {} else { add(.heading(2, sheet.name)) }
    for part in sheet.parts {
      switch part {
      case .block(let block): add(block)
      case .list(let list): add(list.relation)
      case .chart(let chart): try add(chart)
      case .bars(let bars):
        guard let list = sheet.lists.first(where: { $0.key == bars.list }), let chart = bars.chart(over: list) else {
          continue
        }
        try add(chart)
      }
    }
  }

  private func word(_ text: Text) -> String { plain(text.in(language)) }

  private func plain(_ text: String) -> String {
    let shown = Visible.text(text, keepLines: true)
    return work.showsIdNumbers ? shown : PersonalNumbers.covered(shown)
  }

  private func text(_ spans: [Span]) -> String { plain(spans.map { $0.text.in(language) }.joined()) }

  private func runs(_ spans: [Span], isMuted: Bool = false) -> [TextWriter.Run] {
    spans.map { span in
      TextWriter.Run(
        plain(span.text.in(language)), isBold: span.role == .strong || span.role == .title,
        isMuted: isMuted || span.role == .muted)
    }
  }

  // MARK: Blocks

  private func add(_ block: Block) {
    switch block {
    case .heading(let level, let spans):
      let name = [TextWriter.Run(text(spans))]
      if hasTitle { writer.add(.heading(max(level - 1, 1)), name) } else { writer.add(.title, name) }
      hasTitle = true
    case .paragraph(let spans): writer.add(.body, runs(spans))
    case .list(let ordered, let items):
      for (i, item) in items.enumerated() { writer.add(.item(ordered ? "\(i + 1)." : "•"), runs(item)) }
    case .table(let table): add(table)
    case .tree(let nodes): for node in nodes { add(node, depth: 0) }
    case .code(let code, _): writer.add(.code, [TextWriter.Run(plain(code))])
    case .lines(let lines): for line in lines.told(in: language) { writer.add(.body, runs(line)) }
    case .note(let kind, let spans):
      let colon = Text(": ", zh: "：").in(language)
      writer.add(.remark, [TextWriter.Run(word(kind.word) + colon, isBold: true)] + runs(spans))
    case .rule, .chart: break
    }
  }

  private func add(_ node: TreeNode, depth: Int) {
    let before = String(repeating: "\u{3000}", count: min(depth, 12))
    writer.add(.remark, [TextWriter.Run(before)] + runs(node.line))
    for child in node.children { add(child, depth: depth + 1) }
  }

  // MARK: Tables

  private func add(_ relation: Relation) {
    var relation = relation
    if relation.count > DocumentForm.longest {
      let more = relation.count - DocumentForm.longest
      relation.cut = Relation.Cut(
        DocumentForm.longest,
        rest: Relation.Line([
          Span(Text("\(more) more, in a workbook: into FILE.xlsx", zh: "另有 \(more) 行，见工作簿：存入 文件.xlsx"), .muted)
        ]))
    } else {
      // A screen shows less; what is handed in is whole.
      relation.cut = nil
    }
    guard let table = TableForm.table(of: relation) else { return }
    add(table)
  }

  private func add(_ table: View.Table) {
    let columns = table.allColumns
    guard !columns.isEmpty else { return }
    if let title = table.title { writer.add(.caption, [TextWriter.Run(word(title))]) }
    func row(_ row: View.Table.Row, isTotal: Bool = false) -> TextWriter.Table.Row {
      TextWriter.Table.Row(
        columns.indices.map { text(row[cell: $0].spans) }, isBold: isTotal || row.role == .strong,
        isMuted: row.role == .muted)
    }
    var rows: [TextWriter.Table.Row] = []
    for section in table.sections {
      if let title = section.title { rows.append(TextWriter.Table.Row([text(title)], isSection: true)) }
      rows += section.rows.map { row($0) }
    }
    if let footer = table.footer { rows.append(row(footer, isTotal: true)) }
    let heads = columns.map { word($0.title) }
    writer.add(
      TextWriter.Table(
        widths: widths(heads, rows), heads: heads, areFigures: columns.map { $0.alignment == .right }, rows: rows))
  }

  /// Shares of the page: what fits into its column in one line stays in one; the longest texts give way.
  private func widths(_ heads: [String], _ rows: [TextWriter.Table.Row]) -> [Double] {
    var wanted = heads.map { min(measure.of($0), 14) }
    for row in rows where !row.isSection {
      for (i, text) in row.cells.enumerated() {
        let longest = text.split(separator: "\n").map { measure.of(String($0)) }.max() ?? 0
        wanted[i] = max(wanted[i], min(longest, 48))
      }
    }
    var least = [Int](), room = Room.ample
    for one in Room.allCases where least.isEmpty || least.reduce(0, +) > DocumentForm.pageColumns {
      (least, room) = (self.least(heads, rows, one), one)
    }
    wanted = zip(wanted, least).map { max($0 + 3, room == .ample ? 7 : 6, $1) }
    if wanted.reduce(0, +) > DocumentForm.pageColumns { wanted = shared(wanted, least, heads, rows, room) }
    let sum = wanted.reduce(0, +)
    return wanted.map { Double($0) / Double(sum) }
  }

  /// How much room a table leaves its columns.
  private enum Room: CaseIterable {
    /// Heads stay whole.
    case ample
    /// Long Chinese heads are broken into two or three lines.
    case scarce
    /// Chinese is broken anywhere; figures and words in letters stay whole.
    case least
  }

  /// What each column needs at least. A heading's words stay whole as far as there is room; they are bold, and so a
  /// little wider. Figures, days and other words in letters always do.
  private func least(_ heads: [String], _ rows: [TextWriter.Table.Row], _ room: Room) -> [Int] {
    heads.indices.map { column in
      let head = heads[column].split(separator: " ").map { width(of: $0, room) }.max() ?? 0
      let cells =
        rows.lazy.filter { !$0.isSection && $0.cells.indices.contains(column) }.map {
          let (whole, longest) = (self.measure.of($0.cells[column]), DocumentForm.longestWord($0.cells[column]))
          return switch room {
          case .ample: whole <= DocumentForm.shortText ? whole : longest
          // Of longer texts as much stands in one line.
          case .scarce: max(min(whole, DocumentForm.shortText), longest)
          case .least: longest
          }
        }.max() ?? 0
      return max(head, min(cells, DocumentForm.wholeWord)) + (room == .ample ? 4 : 2)
    }
  }

  /// The room of a heading's word: 超出限额（元） may be broken before its unit, 修订后临近的对象 in the middle.
  private func width(of word: Substring, _ room: Room) -> Int {
    let whole = measure.of(String(word))
    if room == .ample || word.allSatisfy(\.isASCII) { return whole * 6 / 5 }
    var pieces = [Substring]()
    var rest = word
    while let open = rest.dropFirst().firstIndex(where: { "（(".contains($0) }) {
      pieces.append(rest[..<open])
      rest = rest[open...]
    }
    let most = room == .scarce ? 8 : 4
    return (pieces + [rest]).map { piece in
      let whole = measure.of(String(piece))
      return whole <= most ? whole : room == .scarce ? max(6, (whole + 3) / 4 * 2) : most
    }.max() ?? 0
  }

  /// What is no longer than this stays in one line, Chinese as well: 三（二）.
  private static let shortText = 8

  /// Words of so many letters are not cut.
  private static let wholeWord = 14

  /// How long the longest word is that is written in letters and may not be cut.
  private static func longestWord(_ text: String) -> Int {
    var longest = 0, now = 0
    for byte in text.utf8.prefix(4000) {
      now = byte > 0x20 && byte < 0x80 ? now + 1 : 0
      longest = max(longest, now)
    }
    return longest
  }

  /// The page shared out so that rows stay low: what is left beside the least goes, a little at a time, to the columns
  /// in which the longest texts stand.
  private func shared(
    _ wanted: [Int], _ least: [Int], _ heads: [String], _ rows: [TextWriter.Table.Row], _ room: Room
  ) -> [Int] {
    var texts = rows.filter { !$0.isSection }.prefix(100).map(\.cells)
    // Where heads are broken they are as tall as other lines.
    if room != .ample { texts.append(heads) }
    let lengths = texts.map { row in
      row.map { text in text.split(separator: "\n").map { measure.of(String($0)) } }
    }
    var widths = room == .ample ? zip(wanted, least).map { min($0, max(12, $1)) } : least
    func lines(_ row: [[Int]], _ column: Int) -> Int {
      guard column < row.count else { return 0 }
      return row[column].reduce(0) { $0 + max(1, ($1 + widths[column] - 3) / (widths[column] - 2)) }
    }
    var left = DocumentForm.pageColumns - widths.reduce(0, +)
    // Where there is no room for all, those give way first that have most beyond their least.
    while left < 0, let at = widths.indices.max(by: { widths[$0] - least[$0] < widths[$1] - least[$1] }),
      widths[at] > max(least[at], 7)
    {
      widths[at] -= 1
      left += 1
    }
    while left > 0 {
      var weight = widths.map { _ in 0 }
      for row in lengths {
        let tall = widths.indices.map { lines(row, $0) }
        guard let most = tall.max(), most > 1 else { continue }
        // A line that is much taller than others counts for more of them.
        let own = room == .ample ? most : most * most
        for column in tall.indices where tall[column] == most { weight[column] += own }
      }
      guard let at = weight.indices.max(by: { weight[$0] < weight[$1] }), weight[at] > 0 else { break }
      widths[at] += 1
      left -= 1
    }
    return widths
  }

  // MARK: Charts

  private func add(_ chart: Chart) throws {
    guard let figures = ChartFigures(chart, language) else { return }
    let sheet = Text("Figures", zh: "数据").in(language)
    let native = figures.chart(
      range: { CellName.range(sheet, column: $0 + 1, rows: 2...(figures.rows.count + 1)) },
      head: { CellName.range(sheet, column: $0 + 1, rows: 1...1) })
    writer.add(
      native, figures: try workbook(figures, sheet), height: min(figures.height, 150),
      told: chart.title.map(word) ?? sheet)
  }

  private final class Bytes {
    var bytes: [UInt8] = []
  }

  /// The cells that the chart is drawn of.
  private func workbook(_ figures: ChartFigures, _ sheet: String) throws -> [UInt8] {
    let out = Bytes()
    let book = try WorkbookWriter(WorkbookWriter.Properties(title: sheet, program: "Cesuan")) {
      out.bytes.append(contentsOf: $0)
    }
    try book.begin(WorkbookWriter.Layout(name: sheet, widths: figures.heads.map { _ in 18 }))
    try book.add(figures.heads.map { WorkbookCells.heading($0, .left) })
    for row in figures.rows {
      try book.add(
        row.enumerated().map { i, value in
          var style = CellStyle()
          if case .number = value { style.format = figures.style(i) }
          return WorkbookWriter.Cell(value, style)
        })
    }
    try book.finish()
    return out.bytes
  }
}

extension BookBars {
  /// The bars as a chart of their own; nil where the list is too long for one.
  func chart(over list: BookList) -> Chart? {
    let relation = list.relation
    guard relation.count <= 40, let names = relation.columns.firstIndex(where: { $0.key == names }),
      let figures = relation.columns.firstIndex(where: { $0.key == self.figures })
    else { return nil }
    var chart = BarChart(
      title: title, axis: axis,
      bars: (0..<relation.count).compactMap { row in
        guard case .money(let fen) = relation.datum(row, figures) else { return nil }
        let name =
          switch relation.datum(row, names) {
          case .words(let text): text
          case .id(let text): Text.same(text)
          case .none, .flag, .count, .money, .change, .decimal, .share, .date, .list, .record, .rows: Text.same("")
          }
        return BarChart.Bar(name, .money(fen: fen))
      })
    chart.subtitle = subtitle
    return .bars(chart)
  }
}
