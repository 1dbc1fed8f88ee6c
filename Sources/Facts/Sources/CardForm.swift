// Forms of one person each, as files of personnel keep them: what is asked on the left, the answer beside it, one form
// below the other or each on a sheet of its own. Knows nothing of what becomes of them.
import Diagnostics
import Workbooks

/// All rows of a sheet.
struct WholeSheet {
  let name: String
  var rows: [BulkRow]
  var isHidden = false
  /// Why there are none; nil where it has been read.
  var problem: WorkbookWording?
}

/// One form: what it asks, and where the answers stand.
struct CardForm {
  /// Where it begins.
  let start: BulkRow.Cell
  let line: Int
  /// By the number of the field, -1 for ids.
  private(set) var answers: [Int: BulkRow.Cell] = [:]

  /// The forms of sheets, and what they ask: by field, in the order in which they do.
  static func all(
    _ sheets: [WholeSheet], _ headings: Headings
  ) -> (cards: [CardForm], asked: [(field: Int, label: BulkRow.Cell)], isCertain: Bool) {
    var cards: [CardForm] = []
    var asked: [(field: Int, label: BulkRow.Cell)] = []
    var columns: Set<Int> = []
    var strays = 0
    var (filled, asking) = (0, 0)
    for (number, sheet) in sheets.enumerated() {
      var open: CardForm?
      for row in sheet.rows {
        let found = CardForm.answers(in: row, headings)
        if row.cells.contains(where: { !$0.text.isEmpty }) { filled += 1 }
        if !found.pairs.isEmpty { (strays, asking) = (strays + found.strays, asking + 1) }
        for pair in found.pairs {
          columns.insert(pair.column)
          if !asked.contains(where: { $0.field == pair.field }) { asked.append((pair.field, pair.label)) }
          if open?.answers[pair.field] != nil, let whole = open {
            cards.append(whole)
            open = nil
          }
          var card = open ?? CardForm(start: pair.label, line: row.line + number << CardForm.sheetShift)
          card.answers[pair.field] = pair.value
          open = card
        }
      }
      if let open { cards.append(open) }
    }
    cards.removeAll { card in !card.answers.values.contains { !$0.text.isEmpty } }
    // Of a register the headings alone ask.
    let isFilled = cards.allSatisfy { card in
      let answers = card.answers.values.filter { !$0.text.isEmpty }
      return answers.count > 2 && Set(answers.map(\.start.line)).count > 1
    }
    let isMostly = asking * 5 >= filled * 3 && (columns.count > 1 || strays == 0)
    return (cards, asked, !cards.isEmpty && isFilled && isMostly)
  }

  /// By how much the number of a sheet is moved in the line of a form, so that lines of several sheets ascend.
  static let sheetShift = 21

  /// What a row asks and answers: 姓名 | 张三 | 性别 | 男, or 姓名：张三.
  private static func answers(
    in row: BulkRow, _ headings: Headings
  ) -> (pairs: [(field: Int, column: Int, label: BulkRow.Cell, value: BulkRow.Cell)], strays: Int) {
    let cells = row.cells
    var pairs: [(field: Int, column: Int, label: BulkRow.Cell, value: BulkRow.Cell)] = []
    var strays = 0
    var column = 0
    while column < cells.count {
      let cell = cells[column]
      // A merged cell stands in every column that it covers.
      let next = cells[column...].firstIndex { $0.text != cell.text } ?? cells.count
      guard !cell.text.isEmpty else {
        column += 1
        continue
      }
      if let line = OwnerRows.line(cell.text, before: nil), let field = CardForm.field(line.heading, headings) {
        let label = BulkRow.Cell(text: line.heading, start: cell.start, end: cell.end)
        pairs.append((field, column, label, BulkRow.Cell(text: line.value, start: cell.start, end: cell.end)))
        column = next
        continue
      }
      guard let field = CardForm.field(cell.text, headings) else {
        strays += 1
        column = next
        continue
      }
      let label = BulkRow.Cell(text: asked(cell.text), start: cell.start, end: cell.end)
      let value = next < cells.count ? cells[next] : BulkRow.Cell(text: "", start: cell.end, end: cell.end)
      if CardForm.field(value.text, headings) != nil {
        pairs.append((field, column, label, BulkRow.Cell(text: "", start: value.start, end: value.start)))
        column = next
        continue
      }
      pairs.append((field, column, label, value))
      column = next < cells.count ? cells[next...].firstIndex { $0.text != value.text } ?? cells.count : next
    }
    return (pairs, strays)
  }

  /// What a cell asks for; nil where it asks for nothing that is known.
  private static func field(_ text: String, _ headings: Headings) -> Int? {
    let name = asked(text)
    guard !name.isEmpty, name.utf8.count <= 60 else { return nil }
    return TableSurroundings.field(name, headings)
  }

  /// What a cell asks for, without the colon behind it.
  private static func asked(_ text: String) -> String {
    let name = Members.trimmed(text[...])
    guard let last = name.last, "：:".contains(last) else { return String(name) }
    return String(Members.trimmed(name.dropLast()))
  }

  /// That forms are read, and how many.
  static func note(_ count: Int, at location: SourceRange) -> Diagnostic {
    Diagnostic(
      .note, code: "card-forms",
      Text(
        "the file holds \(count) \(count == 1 ? "form" : "forms") of one person each, read as a record each",
        zh: "文件是一人一表，共 \(count) 份，每份读作一条记录"),
      hint: Text("check that no form is missing", zh: "请核对份数是否齐全"), at: location)
  }
}

/// Forms as a table: what they ask as its headings, each form a row.
final class CardSource: CellSource {
  let file: SourceFile
  private let cards: [CardForm]
  private let asked: [(field: Int, label: BulkRow.Cell)]
  private let bytes: CheckedBuffer<UInt8>
  /// Where each answer stands in the bytes, form by form.
  private let places: [Range<Int>]

  /// What is said of sheets of which nothing is read.
  let remarks: [Diagnostic]

  /// - Parameter source: the sheets' own.
  init(_ source: any CellSource, _ headings: Headings) {
    let all = source.sheetsWhole()
    let sheets = all.filter { !$0.isHidden }
    let found = CardForm.all(sheets, headings)
    (cards, asked) = (found.cards, found.asked)
    let (name, base, names) = (source.file.name, source.file, sheets.map(\.name))
    file =
      names.count < 2
      ? base
      : SourceFile(name: name, text: "") { position in
        let sheet = position.line >> CardForm.sheetShift
        let row = position.line & (1 << CardForm.sheetShift - 1)
        let cell = CellName.text(row: max(row, 1), column: max(position.column, 1))
        return names.indices.contains(sheet) ? names[sheet] + "!" + cell : cell
      }
    let hidden = all.filter { $0.isHidden && CardForm.all([$0], headings).isCertain }
    remarks = CardSource.remarks(
      sheets, found.cards, hidden, unread: all.filter { $0.isHidden && $0.problem != nil }, in: base)
    var text: [UInt8] = []
    var places: [Range<Int>] = []
    for card in cards {
      for (field, _) in asked {
        let first = text.count
        text += Array((card.answers[field]?.text ?? "").utf8)
        places.append(first..<text.count)
      }
    }
    let bytes = CheckedBuffer<UInt8>.allocate(text.count + FileBytes.padding)
    for (i, byte) in text.enumerated() { bytes.initialize(i, to: byte) }
    for i in text.count..<text.count + FileBytes.padding { bytes.initialize(i, to: 0) }
    (self.bytes, self.places) = (bytes, places)
  }

  deinit { bytes.deallocate() }

  /// How many forms there are.
  var count: Int { cards.count }

  /// Sheets that cannot be read, that hold no form, and hidden ones that do.
  /// - Parameter unread: hidden sheets that cannot be read.
  private static func remarks(
    _ sheets: [WholeSheet], _ cards: [CardForm], _ hidden: [WholeSheet], unread: [WholeSheet], in file: SourceFile
  ) -> [Diagnostic] {
    let whole = Position(line: 0, column: 0)
    let place = SourceRange(source: SourceFile(name: file.name, text: ""), start: whole, end: whole)
    func list(_ all: [WholeSheet], _ between: String) -> String {
      all.map { "`\(ValueProblem.shown($0.name))`" }.joined(separator: between)
    }
    var out = (sheets + unread).compactMap { sheet in
      sheet.problem.map { problem in
        Diagnostic(
          .warning, code: "card-forms",
          Text(
            "the sheet `\(ValueProblem.shown(sheet.name))` cannot be read, and its forms are left out: "
              + problem.message.en,
            zh: "工作表 `\(ValueProblem.shown(sheet.name))` 读不出，其中的表没有读入：\(problem.message.zh)"),
          hint: problem.hint, at: place)
      }
    }
    let numbers = Set(cards.map { $0.line >> CardForm.sheetShift })
    let without = sheets.enumerated().filter { number, sheet in
      sheet.problem == nil && !numbers.contains(number)
        && sheet.rows.contains { $0.cells.contains { !$0.text.isEmpty } }
    }.map(\.element)
    if !without.isEmpty {
      out.append(
        Diagnostic(
          .note, code: "card-forms",
          Text(
            "nothing on these sheets is taken for a form: \(list(without, ", "))",
            zh: "以下工作表没有认出一人一表，没有读入：\(list(without, "、"))"),
          hint: Text("check that they hold none", zh: "请核对其中是否有表"), at: place))
    }
    if !hidden.isEmpty {
      out.append(
        Diagnostic(
          .warning, code: "card-forms",
          Text(
            "hidden sheets with forms are left out: \(list(hidden, ", "))", zh: "隐藏的工作表中的表没有读入：\(list(hidden, "、"))"),
          hint: Text("show them in the workbook, if they count", zh: "如应计入，请在工作簿中取消隐藏"), at: place))
    }
    return out
  }

  private func moved(_ position: Position, _ card: CardForm) -> Position {
    Position(
      line: position.line + (card.line >> CardForm.sheetShift) << CardForm.sheetShift, column: position.column)
  }

  private func row(_ index: Int, limit: Int) -> BulkRow {
    let card = cards[index]
    var row = BulkRow(line: card.line)
    row.cells = asked.prefix(limit).map { field, _ in
      let cell = card.answers[field] ?? BulkRow.Cell(text: "", start: card.start.start, end: card.start.end)
      return BulkRow.Cell(text: cell.text, start: moved(cell.start, card), end: moved(cell.end, card))
    }
    (row.count, row.nextLine, row.start, row.next) = (asked.count, card.line + 1, index, index + 1)
    return row
  }

  func top(_ rows: Int, limit: Int) -> [BulkRow] {
    guard let first = cards.first else { return [] }
    var head = BulkRow(line: first.line - 1)
    head.cells = asked.prefix(limit).map { BulkRow.Cell(text: $0.label.text, start: $0.label.start, end: $0.label.end) }
    (head.count, head.nextLine) = (asked.count, first.line)
    return [head] + (0..<min(max(rows - 1, 0), cards.count)).map { row($0, limit: limit) }
  }

  func cutters(below heading: BulkRow, columns: Int, threads: Int) -> [any RowCutter] {
    [CardCutter(self, cards.map(\.line), columns: columns)]
  }

  /// The bytes of one answer.
  fileprivate func cell(_ card: Int, _ column: Int) -> CellBlock.Cell {
    let place = asked.indices.contains(column) ? places[card * asked.count + column] : 0..<0
    return CellBlock.Cell(start: UnsafePointer(bytes.start) + place.lowerBound, count: place.count)
  }

  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow? {
    cards.indices.contains(suspect.offset) ? row(suspect.offset, limit: limit) : nil
  }

  func find(_ rows: [Int], _ lines: LineIndex) -> [SuspectRow] {
    rows.compactMap { row in
      let line = lines.line(of: row)
      return cards.firstIndex { $0.line == line }.map { SuspectRow(row: row, line: line, offset: $0) }
    }
  }
}

/// Forms cut into cells.
private final class CardCutter: RowCutter {
  let isUncertain = false
  private let source: CardSource
  private let lines: [Int]
  private let columns: Int
  private var next = 0

  init(_ source: CardSource, _ lines: [Int], columns: Int) {
    (self.source, self.lines, self.columns) = (source, lines, columns)
  }

  var room: Int { lines.count }
  var firstLine: Int { lines.first ?? 1 }
  var isAtEnd: Bool { next >= lines.count }
  var progress: Double { lines.isEmpty ? 1 : Double(next) / Double(lines.count) }

  func letGo() {}

  func cut(into block: CellBlock) -> Int {
    var filled = 0
    while next < lines.count, filled < CellBlock.rows {
      var fill = RowFill(filled, block, columns: columns, of: nil)
      for column in 0..<columns {
        var cell = source.cell(next, column)
        cell.trim()
        fill.add(cell)
      }
      block.records.initialize(filled, to: CellBlock.Record(offset: next, line: lines[next], problems: 0, only: 0))
      next += 1
      filled += 1
    }
    return filled
  }
}
