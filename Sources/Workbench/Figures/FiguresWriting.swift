// A book of figures as a workbook: a first sheet that says of what it is and how it is edited, and a sheet for each
// sort of figure, in which only the cells to be edited are open. Knows nothing of what the figures decide.

import Diagnostics
import PolicyLanguage
import Reckoning
import Sessions
import Workbooks

/// What the first sheet says of the whole book.
struct FiguresHead {
  /// The mark by which a book of figures is known, with the number of its layout.
  static let form = "cesuan figures 1"
  static let formStart = "cesuan figures "
  static let name = Text("Read me first", zh: "说明")

  let document: String
  let draft: String?
  /// What the rules say, as a short text: a book of other rules is not read.
  let fingerprint: String

  /// What a document's rules say, as a short text that is the same in both languages.
  static func fingerprint(_ document: CheckedDocument, _ desk: Desk) -> String {
    let digits = String(desk.library.rulesDigest(of: document.source), radix: 16)
    return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
  }

  /// The labels of its lines, in their order below the form.
  static let labels = [
    Text("Layout", zh: "版式"), Text("Document", zh: "文件"), Text("Draft", zh: "草案"), Text("Fingerprint", zh: "指纹"),
  ]

  static let advice = [
    Text(
      "Change cells on yellow ground only, in the column ‘New’. All else is protected, without a password.",
      zh: "只改“改为”一列的黄底单元格。其余内容供查阅，已加保护（无密码）。"),
    Text(
      "A figure is counted in the unit beside it. 40万, 2.5 million, 50% and 6 months are understood as well.",
      zh: "数值以右侧单位计，也可写 40万、50%、6个月 等。"),
    Text(
      "Rows may be sorted, but none added and none taken away. Other columns may be made wider, or hidden.",
      zh: "各行可以排序，但不得增删；列宽可调，也可隐藏。"),
    Text(
      "What no longer fits is refused by its cell, and nothing is taken over then.",
      zh: "读回时，凡不符合之处逐个单元格指出，且一概不采用。"),
  ]
}

/// Writes a book of figures.
struct FiguresWriting {
  typealias Cell = WorkbookWriter.Cell

  let book: FiguresBook
  let head: FiguresHead
  let language: Language
  let places: Gazetteer

  /// - Returns: how many sheets there are, and how many rows with figures.
  func write(_ sink: @escaping ZipWriter.Sink) throws -> (sheets: Int, rows: Int) {
    let title = Text("Figures of \(head.draft ?? head.document)", zh: "\(head.draft ?? head.document) 的数值")
    let writer = try WorkbookWriter(
      WorkbookWriter.Properties(title: title.in(language), program: "Cesuan"), sink)
    try writeHead(title, to: writer)
    var rows = 0
    for sheet in FiguresSheet.allCases {
      guard let all = book.sheets[sheet], !all.isEmpty else { continue }
      try write(all, sheet, to: writer)
      rows += all.count
    }
    try writer.finish()
    return (writer.sheetCount, rows)
  }

  private func writeHead(_ title: Text, to writer: WorkbookWriter) throws {
    var layout = WorkbookWriter.Layout(name: FiguresHead.name.in(language), widths: [16, 84])
    layout.isProtected = true
    try writer.begin(layout)
    try writer.add(text(title, FiguresWriting.title), over: 2, lines: 1)
    try writer.add(text(book.document.title, FiguresWriting.muted), over: 2, lines: 1)
    try writer.add([])
    let values = [FiguresHead.form, head.document, head.draft ?? "", head.fingerprint]
    for (label, value) in zip(FiguresHead.labels, values) {
      try writer.add([text(label, FiguresWriting.muted), Cell(value.isEmpty ? .empty : .text(value))])
    }
    try writer.add([])
    let back = Text(
      "Back again: draft NAME from FILE.xlsx (it is shown what changes).", zh: "读回：草案 名称 从 文件.xlsx（并列出改动）。")
    for line in FiguresHead.advice + [back] {
      try writer.add(text(line, FiguresWriting.prose), over: 2, lines: lines(line.in(language), 100))
    }
  }

  private func write(_ rows: [FiguresBook.Row], _ sheet: FiguresSheet, to writer: WorkbookWriter) throws {
    var widths = sheet.widths
    // Names are not to be broken.
    widths[0] = max(widths[0], Double(rows.map(\.name.utf8.count).max() ?? 0) + 2)
    var layout = WorkbookWriter.Layout(name: sheet.name.in(language), widths: widths)
    (layout.titleRows, layout.headRows) = (FiguresSheet.firstRow - 2, 1)
    layout.isLandscape = true
    layout.isProtected = true
    try writer.begin(layout)
    let width = sheet.heads.count
    try writer.add(text(sheet.name, FiguresWriting.title), over: width, lines: 1)
    try writer.add(text(sheet.note, FiguresWriting.muted), over: width, lines: 1)
    try writer.add(sheet.heads.map { text($0, FiguresWriting.head) })
    for row in rows {
      let now = cell(row.now)
      let cells = [text(.same(row.name)), text(row.what), now, open(now, row)] + row.rest.map { cell($0) }
      // A spreadsheet does not make rows higher by itself when it opens a file.
      let needed = zip(cells, widths).map { cell, width in
        if case .text(let text) = cell.value { lines(text, Int(width) - 1) } else { 1 }
      }
      let most = needed.max() ?? 1
      try writer.add(cells, height: most > 1 ? min(Double(most) * 14 + 3, FiguresWriting.highest) : nil)
      if !row.choices.isEmpty {
        writer.admit(.words(row.choices.map { $0.in(language) }), column: FiguresSheet.newColumn)
      } else {
        writer.admit(.number(least: number(row.least), most: number(row.most)), column: FiguresSheet.newColumn)
      }
    }
  }

  /// No row is higher, in points.
  private static let highest = 409.0

  /// Over how many lines a text runs in a column of so many characters.
  private func lines(_ text: String, _ width: Int) -> Int {
    let measure = DisplayWidth(ambiguousWide: language == .zh)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .reduce(0) { $0 + max(1, (measure.of(String($1)) + width - 1) / width) }
  }

  // MARK: Cells

  private func text(_ text: Text, _ style: CellStyle = wrapped) -> Cell { Cell(.text(text.in(language)), style) }

  /// The cell to be edited, as the one beside it.
  private func open(_ now: Cell, _ row: FiguresBook.Row) -> Cell {
    var cell = now
    cell.style.isOpen = true
    // What a figure is by reference is not typed.
    if case .words = row.now, row.choices.isEmpty { cell.value = .empty }
    return cell
  }

  private func cell(_ value: FiguresBook.Value) -> Cell {
    switch value {
    case .none: return Cell(.empty, FiguresWriting.boxed)
    case .words(let words): return text(words)
    case .figure(let raw, let type):
      var style = FiguresWriting.boxed
      guard let number = FiguresWriting.number(raw, type) else {
        return text(ValueText.text(raw, type, places: places))
      }
      style.format = number.format
      style.side = .right
      return Cell(.number(number.text), style)
    }
  }

  private func number(_ value: FiguresBook.Value) -> String? {
    guard case .figure(let raw, let type) = value else { return nil }
    return FiguresWriting.number(raw, type)?.text
  }

  /// A figure as a cell's number; nil where it is none.
  private static func number(_ raw: Int64, _ type: ValueType) -> (text: String, format: CellStyle.Format)? {
    switch type {
    case .money, .amount, .rate: return (Decimals.text(raw, scale: 2, keep: 2), .money)
    case .share:
      let digits = Decimals.text(raw, scale: 6, keep: 0).split(separator: ".").dropFirst().first?.count
      return (Decimals.text(raw, scale: 8, keep: 0), .percent(decimals: digits ?? 0))
    case .months, .partMonths, .days, .number: return (String(raw), .whole)
    case .decimal: return (Decimals.text(raw, scale: 8, keep: 0), .general)
    case .date:
      // Below its first of March a workbook of 1900 has a day that there was not.
      let serial = raw + 25_569
      return serial >= 61 && serial <= 2_958_465 ? (String(serial), .date) : nil
    case .truth, .fraction, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken: return nil
    }
  }

  private static func style(_ change: (inout CellStyle) -> Void) -> CellStyle {
    var style = CellStyle()
    change(&style)
    return style
  }

  private static let title = style { $0.isTitle = true }
  private static let muted = style { $0.isMuted = true }
  private static let prose = style { $0.wraps = true }
  private static let boxed = style { $0.isBoxed = true }
  private static let wrapped = style { ($0.isBoxed, $0.wraps) = (true, true) }
  private static let head = style { ($0.isHeading, $0.isBoxed) = (true, true) }
}
