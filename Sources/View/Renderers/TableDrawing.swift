// Tables in a terminal: columns aligned by display width, figures to the right. What does not fit is left out by
// importance, wrapped, or at the last shortened, and a line below says so. A figure is never shortened.

import Diagnostics

extension TerminalRenderer {
  private static let gap = 2
  /// Lines that one cell may take before it is shortened.
  private static let tallest = 8
  /// Columns below which wrapped text is no longer legible.
  private static let narrowest = 10
  /// Columns up to which a name is kept in one piece.
  private static let longestName = 24

  func draw(_ table: Table, on screen: inout Screen) {
    if look.unit == .wan, !look.headsSayUnit, table.allColumns.contains(where: { title($0) != text($0.title) }) {
      var other = look
      other.headsSayUnit = true
      return TerminalRenderer(other, language: language).draw(sayingUnits(table), on: &screen)
    }
    if let title = table.title { screen.lines(wrap([Piece(text(title), .title)])) }
    let all = table.allColumns
    let decimals = look.unit == .wan ? wanDecimals(table) : 2
    let room = look.widensTables ? 10_000 : width
    let layout =
      look.isPlain ? .stacked : TableLayout.fit(measured(table, all, decimals), width: room, gap: Self.gap)
    switch layout {
    case .columns(let kept, let widths): drawColumns(table, all, kept, widths, decimals, on: &screen)
    case .stacked: drawStacked(table, all, decimals, on: &screen)
    }
    if table.rowCount == 0 { screen.line([Piece(TableWords.empty.in(language), .muted)]) }
  }

  /// A column's title, with the unit that amounts are written in: 合计（万元） for 合计（元）.
  private func title(_ column: Table.Column) -> String {
    let title = text(column.title)
    guard look.unit == .wan else { return title }
    if title.hasSuffix("（元）") { return title.dropLast(3) + "（万元）" }
    return title.hasSuffix(", yuan") ? title.dropLast(4) + "万元" : title
  }

  /// The table with the unit in every head below which amounts stand: where one head says 万元, none leaves it open.
  private func sayingUnits(_ table: Table) -> Table {
    var table = table
    let rows = table.sections.flatMap(\.rows) + (table.footer.map { [$0] } ?? [])
    for i in table.columns.indices where title(table.columns[i]) == text(table.columns[i].title) {
      let hasAmounts = rows.contains { row in
        row.cells.indices.contains(i) && row.cells[i].spans.contains { $0.amount != nil }
      }
      guard hasAmounts, !text(table.columns[i].title).isEmpty else { continue }
      let old = table.columns[i].title
      table.columns[i].title = Text(old.en + ", yuan", zh: old.zh + "（元）")
    }
    return table
  }

  /// The decimals that the table's amounts need in 万.
  private func wanDecimals(_ table: Table) -> Int {
    var decimals = 2
    func see(_ row: Table.Row) {
      for cell in row.cells {
        for span in cell.spans { if let fen = span.amount { decimals = max(decimals, Figures.wanDecimals(fen: fen)) } }
      }
    }
    for section in table.sections { section.rows.forEach(see) }
    if let footer = table.footer { see(footer) }
    return decimals
  }

  private func measured(_ table: Table, _ all: [Table.Column], _ decimals: Int) -> [TableLayout.Column] {
    var widest = all.map { columns.of(title($0)) }
    var minimum = widest.map { min($0, Self.narrowest) }
    let words = Wrapping(columns: columns, width: width)
    func see(_ row: Table.Row) {
      for i in all.indices {
        let cell = row[cell: i]
        if case .empty = cell { continue }
        let content = pieces(cell.spans, decimals: decimals)
        let needed = width(of: content)
        widest[i] = max(widest[i], needed)
        guard needed > minimum[i] else { continue }
        let word = cell.isFigure ? needed : words.longestWord(content, upTo: Self.longestName)
        minimum[i] = max(minimum[i], min(needed, Self.narrowest), word)
      }
    }
    for section in table.sections { section.rows.forEach(see) }
    if let footer = table.footer { see(footer) }
    return all.indices.map { .init(natural: widest[$0], minimum: minimum[$0], importance: all[$0].importance) }
  }

  // MARK: Columns side by side

  private func drawColumns(
    _ table: Table, _ all: [Table.Column], _ kept: [Int], _ widths: [Int], _ decimals: Int,
    on screen: inout Screen
  ) {
    let total = widths.reduce(0, +) + Self.gap * max(0, kept.count - 1)
    let alignments = kept.map { all[$0].alignment }
    var shortened = 0
    func row(_ cells: [[Piece]]) { shortened += drawRow(cells, widths, alignments, on: &screen) }
    if all.contains(where: { !$0.title.in(language).isEmpty }) {
      row(kept.map { [Piece(title(all[$0]), .strong)] })
      screen.line([rule(total)])
    }
    for section in table.sections {
      if let title = section.title { screen.lines(wrap(tinted(pieces(title), .strong))) }
      for line in section.rows { row(kept.map { cell(line[cell: $0], line.role, decimals) }) }
    }
    if let footer = table.footer {
      screen.line([rule(total)])
      row(kept.map { cell(footer[cell: $0], footer.role ?? .strong, decimals) })
    }
    let dropped = all.indices.filter { !kept.contains($0) }.map { text(all[$0].title) }
    tell(dropped: dropped, shortened: shortened, on: &screen)
  }

  private func cell(_ cell: Cell, _ role: Role?, _ decimals: Int) -> [Piece] {
    let pieces = pieces(cell.spans, decimals: decimals)
    guard let role else { return pieces }
    return pieces.map { $0.role == .plain || cell.isFigure ? Piece($0.text, role) : $0 }
  }

  /// Draws one row of as many lines as its tallest cell, and returns how many cells had to be shortened.
  private func drawRow(
    _ cells: [[Piece]], _ widths: [Int], _ alignments: [Table.Alignment], on screen: inout Screen
  ) -> Int {
    var shortened = 0
    let blocks = cells.indices.map { i in
      let (lines, isWhole) = fitted(cells[i], to: widths[i])
      if !isWhole { shortened += 1 }
      return lines
    }
    for n in 0..<blocks.map(\.count).greatest {
      var line: [Piece] = []
      var owed = 0
      for (i, block) in blocks.enumerated() {
        let content = n < block.count ? block[n] : []
        let used = width(of: content)
        let space = max(0, widths[i] - used)
        // Spaces are only written once something follows them, so that no line ends in spaces.
        if used > 0 {
          let before = owed + (alignments[i] == .right ? space : 0)
          if before > 0 { line.append(Piece(String(repeating: " ", count: before))) }
          line += content
          owed = alignments[i] == .right ? 0 : space
        } else {
          owed += widths[i]
        }
        owed += Self.gap
      }
      screen.line(line)
    }
    return shortened
  }

  private func fitted(_ cell: [Piece], to width: Int) -> (lines: [[Piece]], isWhole: Bool) {
    if self.width(of: cell) <= width { return ([cell], true) }
    var (lines, isWhole) = Wrapping(columns: columns, width: max(width, 2), limit: Self.tallest).limited(cell)
    if !isWhole, let last = lines.popLast() {
      let room = max(0, width - columns.of(glyphs.ellipsis))
      lines.append(beginning(of: last, room) + [Piece(glyphs.ellipsis, .muted)])
    }
    return (lines, isWhole)
  }

  /// As much of a line as fits.
  func beginning(of line: [Piece], _ room: Int) -> [Piece] {
    var left = room
    var out: [Piece] = []
    for piece in line {
      let part = columns.prefix(of: piece.text[...], fitting: left)
      out.append(Piece(String(part.text), piece.role))
      left -= part.columns
      if part.text.endIndex < piece.text.endIndex { break }
    }
    return out
  }

  private func tell(dropped: [String], shortened: Int, on screen: inout Screen) {
    var sentences: [Text] = []
    if !dropped.isEmpty {
      sentences.append(
        Text(
          "Left out for want of room: \(dropped.joined(separator: ", ")).",
          zh: "窗口较窄，未显示：\(dropped.joined(separator: "、"))。"))
    }
    if shortened > 0 {
      let mark = glyphs.ellipsis
      sentences.append(
        Text(
          shortened == 1 ? "One cell is shortened (\(mark))." : "\(shortened) cells are shortened (\(mark)).",
          zh: "有 \(shortened) 个单元格未显示完整（\(mark)）。"))
    }
    if !sentences.isEmpty, let remedy = look.remedy { sentences.append(remedy) }
    guard !sentences.isEmpty else { return }
    let space = Text(" ", zh: "").in(language)
    let told = sentences.map { $0.in(language) }.joined(separator: space)
    screen.lines(wrap([Piece(told, .muted)]))
  }

  // MARK: One cell to a line

  /// Every row as a list of its cells: nothing is left out, however narrow the window.
  private func drawStacked(_ table: Table, _ all: [Table.Column], _ decimals: Int, on screen: inout Screen) {
    let colon = Text(": ", zh: "：").in(language)
    func draw(_ row: Table.Row, _ role: Role?) {
      if look.isPlain {
        // A voice reads a row as a sentence.
        var sentence: [Piece] = []
        for (i, column) in all.enumerated() {
          let value = cell(row[cell: i], role, decimals)
          if value.isEmpty { continue }
          if !sentence.isEmpty { sentence.append(Piece(Text("; ", zh: "；").in(language))) }
          let title = text(column.title)
          sentence += (title.isEmpty ? [] : [Piece(title + colon)]) + value
        }
        screen.lines(wrap(sentence))
        return
      }
      for (i, column) in all.enumerated() {
        let value = cell(row[cell: i], role, decimals)
        if value.isEmpty { continue }
        let title = text(column.title)
        let lines = wrap((title.isEmpty ? [] : [Piece(title + colon, .muted)]) + value, to: max(width - 2, 4))
        for (n, line) in lines.enumerated() { screen.line(n == 0 ? line : [Piece("  ")] + line) }
      }
    }
    var isFirst = true
    for section in table.sections {
      if let title = section.title {
        if !isFirst { screen.line([]) }
        screen.lines(wrap(tinted(pieces(title), .strong)))
        isFirst = true
      }
      for row in section.rows {
        if !isFirst, !look.isPlain { screen.line([]) }
        draw(row, row.role)
        isFirst = false
      }
    }
    if let footer = table.footer {
      if !look.isPlain { screen.line([rule(min(width, 20))]) }
      draw(footer, footer.role ?? .strong)
    }
  }
}
