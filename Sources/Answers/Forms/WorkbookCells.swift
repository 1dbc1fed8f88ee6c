// Values of an answer as cells of a workbook: amounts, counts, shares and days as numbers with a format, names as text.
// What a person sees beside an amount (`≤`) becomes part of its format, so that the cell stays a number. Knows nothing
// of sheets.

import Diagnostics
import Reckoning
import View
import Workbooks

/// The cells of one list.
struct WorkbookCells {
  typealias Cell = WorkbookWriter.Cell

  /// Marks longer than this are no part of a number's format.
  private static let longestMark = 24
  private let heads: [ColumnHead]
  private let language: Language
  private let showsIdNumbers: Bool
  /// Whether lines stand around the cells.
  private let isBoxed: Bool
  /// Wider texts run over several lines.
  private let lineWidth: Int

  init(
    _ heads: [ColumnHead], _ language: Language, showsIdNumbers: Bool, isBoxed: Bool = false,
    lineWidth: Int = SheetWidths.usual
  ) {
    self.heads = heads
    self.language = language
    self.showsIdNumbers = showsIdNumbers
    self.isBoxed = isBoxed
    self.lineWidth = lineWidth
  }

  private var plain: CellStyle {
    var style = CellStyle()
    style.isBoxed = isBoxed
    return style
  }

  // MARK: rows

  func values(_ relation: Relation, _ row: Int, _ columns: [Int]) -> [(datum: Datum, shown: [Span]?)] {
    relation.cells(row, columns)
  }

  func row(_ relation: Relation, _ row: Int, _ columns: [Int]) -> [Cell] {
    self.row(values(relation, row, columns), role: relation.role(row))
  }

  func row(_ values: [(datum: Datum, shown: [Span]?)], role: Role?) -> [Cell] {
    values.enumerated().map { i, value in
      var style = plain
      style.isMuted = role == .muted
      style.isBold = role == .strong
      return cell(value.datum, value.shown, heads[i], style)
    }
  }

  /// A line that is no row.
  func row(_ line: Relation.Line, isTotal: Bool = false) -> [Cell] {
    heads.enumerated().map { i, head in
      var style = plain
      style.isTotal = isTotal
      style.isMuted = line.role == .muted
      style.isBold = line.role == .strong
      if i == 0 { return text(line.label, style) }
      if let shown = line.shown[head.key] { return text(shown, style) }
      return line.values[head.key].map { cell($0, nil, head, style) } ?? Cell(.empty, style)
    }
  }

  /// The line of sums: formulas over the rows, where they come to what the line says.
  func footer(_ line: Relation.Line, _ sums: ColumnSums?) -> [Cell] {
    var cells = row(line, isTotal: true)
    guard let sums, sums.last >= sums.first else { return cells }
    for (i, head) in heads.enumerated() where i > 0 {
      guard case .number(let text) = cells[i].value, let sum = sums.sums[i], let datum = line.values[head.key],
        WorkbookCells.figure(datum) == sum
      else { continue }
      let column = CellName.letters(i + 1)
      cells[i].value = .formula("SUM(\(column)\(sums.first):\(column)\(sums.last))", text)
    }
    return cells
  }

  /// A row of a table without types.
  func row(_ row: Table.Row, isTotal: Bool = false) -> [Cell] {
    row.cells.map { cell in
      var style = CellStyle()
      style.isTotal = isTotal
      style.isMuted = row.role == .muted
      style.isBold = row.role == .strong
      return self.cell(cell, style)
    }
  }

  static func heading(_ title: String, _ alignment: Table.Alignment?, isBoxed: Bool = false) -> Cell {
    var style = CellStyle()
    style.isHeading = true
    style.isBoxed = isBoxed
    if alignment == .right { style.side = .right }
    return Cell(.text(title), style)
  }

  static func section(_ title: String) -> Cell {
    var style = CellStyle()
    style.isBold = true
    return Cell(.text(title), style)
  }

  // MARK: values

  /// Fen, or a whole number.
  private static func figure(_ datum: Datum) -> Int64? {
    switch datum {
    case .count(let value), .money(let value), .change(let value): value
    case .none, .words, .id, .flag, .decimal, .share, .date, .list, .record, .rows: nil
    }
  }

  private func cell(_ datum: Datum, _ shown: [Span]?, _ head: ColumnHead, _ style: CellStyle) -> Cell {
    if let shown {
      if shown.isEmpty { return Cell(.empty, style) }
      if case .decimal = datum, let number = grouped(shown, style) { return number }
      return marked(datum, shown, style) ?? text(shown, style)
    }
    switch datum {
    case .share(let share):
      var style = style
      let decimals = share.text.split(separator: ".").dropFirst().first.map { $0.utf8.count - 1 } ?? 0
      style.format = .percent(decimals: decimals)
      return Cell(.number(Decimals.text(share.parts, scale: 8, keep: 0)), style)
    case .decimal(let text): return Cell(WorkbookCells.isNumber(text) ? .number(text) : .text(text), style)
    case .none, .words, .id, .flag, .count, .money, .change, .date, .list, .record, .rows:
      return cell(TableForm.cell(datum, head), style)
    }
  }

  private func cell(_ cell: View.Cell, _ style: CellStyle) -> Cell {
    var style = style
    switch cell {
    case .empty: return Cell(.empty, style)
    case .spans(let spans): return text(spans, style)
    case .money(let fen):
      style.format = .amount
      return Cell(.number(Figures.money(fen: fen, grouped: false)), style)
    case .change(let fen):
      style.format = .difference
      return Cell(.number(Figures.money(fen: fen, grouped: false)), style)
    case .integer(let value):
      style.format = .whole
      return Cell(.number(String(value)), style)
    case .percent(let text):
      if text.hasSuffix("%"), let share = WorkbookCells.hundredth(of: String(text.dropLast())) {
        style.format = .percent(decimals: text.split(separator: ".").dropFirst().first.map { $0.utf8.count - 1 } ?? 0)
        return Cell(.number(share), style)
      }
      return Cell(WorkbookCells.isNumber(text) ? .number(text) : .text(text), style)
    case .date(let text):
      guard text.utf8.count == 10, let day = Day(text[...]), let serial = WorkbookCells.serial(day) else {
        return Cell(.text(text), style)
      }
      style.format = .date
      // A day at the right of its cell touches the text of the next.
      if style.side == .usual { style.side = .middle }
      return Cell(.number(String(serial)), style)
    }
  }

  /// Spans as a cell's text.
  func text(_ spans: [Span]) -> String {
    let shown = Visible.text(spans.map { $0.text.in(language) }.joined(), keepLines: true)
    return showsIdNumbers ? shown : PersonalNumbers.covered(shown)
  }

  private func text(_ spans: [Span], _ style: CellStyle) -> Cell {
    var style = style
    let text = text(spans)
    if DisplayWidth().of(text) > lineWidth || text.contains("\n") { style.wraps = true }
    return Cell(text.isEmpty ? .empty : .text(text), style)
  }

  /// A number that people see with separators.
  private func grouped(_ shown: [Span], _ style: CellStyle) -> Cell? {
    let text = text(shown)
    let plain = text.replacing(",", with: "")
    guard WorkbookCells.isNumber(plain) else { return nil }
    var style = style
    if style.side == .usual { style.side = .right }
    if plain != text { style.format = plain.contains(".") ? .money : .whole }
    return Cell(.number(plain), style)
  }

  /// An amount with a mark before or behind it.
  private func marked(_ datum: Datum, _ shown: [Span], _ style: CellStyle) -> Cell? {
    guard case .money(let fen) = datum, let at = shown.firstIndex(where: { $0.amount == fen }) else { return nil }
    let before = shown[..<at].map { $0.text.in(language) }.joined()
    let behind = shown[(at + 1)...].map { $0.text.in(language) }.joined()
    guard before.count + behind.count <= WorkbookCells.longestMark else { return nil }
    var style = style
    style.format =
      before.isEmpty && behind.isEmpty
      ? .amount
      : .marked(before: before, behind: behind, isWhole: AmountWriting.isWhole)
    return Cell(.number(Figures.money(fen: fen, grouped: false)), style)
  }

  /// The number of a day in the system of 1900; nil before March 1900, where that system is wrong.
  private static func serial(_ day: Day) -> Int? {
    let serial = Int(day.number) + 25_569
    return serial >= 61 && serial <= 2_958_465 ? serial : nil
  }

  private static func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 &- 0x30 <= 9 } }
      && digits.utf8.count <= 16
  }

  /// `37.5` as `0.375`.
  private static func hundredth(of text: String) -> String? {
    guard isNumber(text) else { return nil }
    let negative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: ".")
    let whole = String(repeating: "0", count: max(0, 3 - parts[0].utf8.count)) + parts[0]
    let fraction = String(whole.suffix(2)) + (parts.count > 1 ? parts[1] : "")
    return (negative ? "-" : "") + whole.dropLast(2) + "." + fraction
  }
}

extension CellStyle.Format {
  /// Of an amount, with the decimals of the answer's currency.
  static var amount: CellStyle.Format { AmountWriting.isWhole ? .whole : .money }
  /// Of a difference of amounts.
  static var difference: CellStyle.Format { AmountWriting.isWhole ? .wholeChange : .change }
}
