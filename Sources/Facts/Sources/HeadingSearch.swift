// Which of a table's first rows names its columns: below titles, and across two rows where headings are merged. Knows
// nothing of the rows below, or of what becomes of the columns.
import Diagnostics

/// The row that names the columns, and what each column is called.
struct HeadingSearch {
  /// How many rows are looked at.
  static let rows = 30

  let row: BulkRow
  /// What each column is called: its own row's cell, that above it, or both together.
  let cells: [BulkRow.Cell]
  /// How many rows with titles stand above.
  let titles: Int
  /// The row's own cells, by which it is known again where it is repeated on each page.
  let own: [String]
  /// The cells of the row above where that is a part of the headings.
  let upper: [String]

  /// - Parameter row: the row that somebody has said names the columns, counted from 1; 0 where none does.
  /// - Returns: nil where there are no rows, or not the row that was said.
  init?(_ top: [BulkRow], _ headings: Headings, _ schema: ListSchema, row said: Int? = nil) {
    guard let first = top.first else { return nil }
    let said = said == ColumnMapping.cards ? nil : said
    if said == 0 {
      titles = HeadingSearch.firstRecord(top)
      row = HeadingSearch.none(above: top[titles...])
      cells = HeadingSearch.named(row.cells, headings, row.end)
      (own, upper) = (row.cells.map(\.text), [])
      return
    }
    var (index, score) = (0, 0)
    // Nearly every file names its columns in its first row.
    if let said {
      guard let found = top.firstIndex(where: { $0.line == said }) else { return nil }
      index = found
    } else if !first.cells.allSatisfy({ $0.text.isEmpty || schema.column($0.text) != nil })
      || first.cells.allSatisfy({ $0.text.isEmpty })
    {
      let known = HeadingSearch.known(top, headings)
      // Below a row of nothing but headings another one is that of another table.
      let full = top.indices.first { i in
        let filled = top[i].cells.indices.filter { !top[i].cells[$0].text.isEmpty }
        return filled.count > 2 && filled.allSatisfy { known[i][$0] }
          && Set(filled.map { top[i].cells[$0].text }).count > 2
      }
      for candidate in top.indices where candidate <= full.map({ $0 + 3 }) ?? top.count {
        // What stands between two rows of headings is none of a record's.
        if let full, candidate > full,
          (full + 1..<candidate).contains(where: { HeadingSearch.isRecord(top[$0], known[$0]) })
        {
          break
        }
        let names = HeadingNames(candidate, top, known, headings)
        // Of two rows of merged headings the lower one names more columns, though the upper one may be known better.
        let isLower =
          candidate == index + 1 && score > 0 && HeadingSearch.isSplit(top[index], top[candidate], known[index])
        if names.own > 0, isLower || names.own + names.lent.count > score {
          (index, score) = (candidate, max(score, names.own + names.lent.count))
        }
      }
    }
    row = top[index]
    own = row.cells.map(\.text)
    let below = top.indices.contains(index + 1) ? HeadingUnits.row(top[index + 1]) : [:]
    guard index > 0 else {
      let named = HeadingUnits.added(below, to: row.cells, headings)
      (cells, titles, upper) = (HeadingSearch.named(named, headings, row.end), 0, [])
      return
    }
    let shown = Array(top[...index])
    let names = HeadingNames(index, shown, HeadingSearch.known(shown, headings), headings)
    let units = below.merging(HeadingUnits.above(index, top)) { own, _ in own }
    cells = HeadingSearch.named(
      HeadingUnits.added(units, to: names.cells(of: row, top), headings), headings, row.end)
    titles = index - names.used.count
    upper = names.used.contains(index - 1) ? top[index - 1].cells.map(\.text) : []
  }

  /// Whether a row of headings is merged with the one below it: some of its cells go down over both, and others stand
  /// above what the lower row has of its own.
  static func isSplit(_ upper: BulkRow, _ lower: BulkRow, _ known: [Bool]) -> Bool {
    let both = upper.cells.indices.filter { lower.cells.indices.contains($0) && !lower.cells[$0].text.isEmpty }
    let down = both.filter { upper.cells[$0].text == lower.cells[$0].text }
    let filled = lower.cells.count { !$0.text.isEmpty }
    return down.count { known[$0] } > 1 && down.count < filled && down.count * 2 >= filled
  }

  /// Of a table whose columns no row names: an empty row above its records.
  private static func none(above records: ArraySlice<BulkRow>) -> BulkRow {
    guard let record = records.first else { return BulkRow(line: 1) }
    let width = records.reduce(record.cells.count) { max($0, $1.cells.count) }
    let at = record.cells.first?.start ?? record.end
    var row = BulkRow(line: record.line)
    row.cells = Array(repeating: BulkRow.Cell(text: "", start: at, end: at), count: width)
    (row.count, row.nextLine, row.start, row.next) = (width, record.line, record.start, record.start)
    return row
  }

  /// The first row that holds more than a title does.
  static func firstRecord(_ top: [BulkRow]) -> Int {
    top.indices.first { Set(top[$0].cells.map(\.text).filter { !$0.isEmpty }).count > 2 } ?? top.startIndex
  }

  /// Whether most of what a row says is no heading.
  private static func isRecord(_ row: BulkRow, _ known: [Bool]) -> Bool {
    let filled = row.cells.indices.filter { !row.cells[$0].text.isEmpty }
    return filled.count > 2 && filled.count { known[$0] } * 2 < filled.count
  }

  /// What columns are called on one line; what has no heading is called by its place where somebody has spoken of it.
  private static func named(_ cells: [BulkRow.Cell], _ headings: Headings, _ end: Position) -> [BulkRow.Cell] {
    var out = cells
    let more = headings.placesSaid.max() ?? 0
    while out.count < min(more, BulkHeader.columnLimit) { out.append(BulkRow.Cell(text: "", start: end, end: end)) }
    for (column, cell) in out.enumerated() {
      let text =
        cell.text.isEmpty && headings.placesSaid.contains(column + 1)
        ? ColumnMapping.place(column + 1).zh : ColumnMapping.flat(cell.text)
      if text != cell.text {
        out[column] = BulkRow.Cell(text: text, start: cell.start, end: cell.end, isFlawed: cell.isFlawed)
      }
    }
    return out
  }

  private static func known(_ rows: [BulkRow], _ headings: Headings) -> [[Bool]] {
    rows.map { row in row.cells.map { !HeadingSearch.saysValue($0.text) && HeadingSearch.isKnown($0.text, headings) } }
  }

  /// Whether a cell names something and says what it is: 镇（街）：洛阳镇. A heading has a unit behind the colon, or how to
  /// fill it in.
  private static func saysValue(_ text: String) -> Bool {
    let plain = CellText.closed(text)
    guard let colon = plain.firstIndex(of: ":"), colon > plain.startIndex else { return false }
    let value = plain[plain.index(after: colon)...]
    if value.isEmpty || HeadingUnit(String(value)).unit != nil { return false }
    return !["元", "年", "月", "日", "是", "否", "填", "人", "岁", "%", "如", "例", "yyyy", "男", "女", "必", "选"].contains {
      value.lowercased().hasPrefix($0)
    }
  }

  static func isKnown(_ text: String, _ headings: Headings) -> Bool {
    if text.isEmpty { return false }
    if headings.saysMixed(text) { return true }
    do { return try headings.match(text) != nil } catch { return true }
  }

  /// Where the headings stand a second time beside themselves: of two tables side by side.
  var second: Int? {
    let names = cells.map { CellText.closed($0.text) }
    guard let first = names.firstIndex(where: { !$0.isEmpty }) else { return nil }
    for start in names.indices.dropFirst(first + 2) where names[start] == names[first] {
      let same = names[start...].indices.count {
        !names[$0].isEmpty && names[$0] == names[$0 - start + first]
      }
      let filled = names[start...].count { !$0.isEmpty }
      if same > 1, same * 3 >= filled * 2 { return start }
    }
    return nil
  }
}

/// What the columns are called if one row names them, with what the rows above add.
struct HeadingNames {
  /// How many columns the row itself names, alone or together with the group above.
  private(set) var own = 0
  /// The columns whose headings stand in a row above, as merged cells leave them, and in which.
  private(set) var lent: [Int: Int] = [:]
  /// The same of columns from which no field is read: 备注 beside groups of headings.
  private var unknown: [Int: Int] = [:]
  /// The rows above that are a part of the headings.
  private(set) var used: Set<Int> = []
  /// The names that a group's heading and the one below it make together.
  private var joined: [Int: String] = [:]

  init(_ index: Int, _ top: [BulkRow], _ known: [[Bool]], _ headings: Headings) {
    let lower = top[index].cells
    let groups = index > 0 ? HeadingNames.groups(top[index - 1].cells, lower) : [:]
    let counts = Dictionary(grouping: lower.map { String($0.text.prefix(200)) }, by: { $0 }).mapValues(\.count)
    var others: [Int: String] = [:]
    for (column, cell) in lower.enumerated() where !cell.text.isEmpty {
      let group = groups[column]
      // What means something by itself does, unless it stands there again or below what is something else's.
      let isOwn = known[index][column] && !(group.map(HeadingNames.isOther) ?? false)
      let isOnly = counts[cell.text] == 1
      if let group, !isOwn || !isOnly {
        if let name = HeadingNames.match(group, cell.text, headings) {
          joined[column] = name
          own += 1
          continue
        }
        // 年, 月 and 日 below 入职时间.
        if ["年", "月", "日", "号"].contains(cell.text), HeadingSearch.isKnown(group, headings) {
          joined[column] = group + cell.text
          own += 1
          continue
        }
        // 省, 市 and 县 below 户籍地.
        if PlacePart(cell.text) != nil, HeadingSearch.isKnown(group, headings) {
          joined[column] = group + CellText.closed(cell.text)
          own += 1
          continue
        }
        // 起 and 止 below 派遣期限.
        if !isOwn, SpanText.isSpan(group), SpanText.isOneEnd(CellText.closed(cell.text)), cell.text.count <= 4 {
          joined[column] = group + CellText.closed(cell.text)
          own += 1
          continue
        }
        if !isOwn { others[column] = group + cell.text }
      }
      if isOwn { own += 1 }
    }
    // What no field is read from is told apart by its group's heading, too.
    let hasGroups = !joined.isEmpty
    for (column, name) in others
    where hasGroups || counts[lower[column].text, default: 0] > 1 || HeadingNames.isOther(name) {
      joined[column] = name
    }
    lend(to: index, top, known)
    used = Set(lent.values)
    let isSplit = index > 0 && HeadingSearch.isSplit(top[index - 1], top[index], known[index - 1])
    if !joined.isEmpty || isSplit { used.insert(index - 1) }
    guard used.contains(index - 1) else { return }
    for column in top[index - 1].cells.indices where lent[column] == nil && !HeadingNames.hasText(top[index], column) {
      if HeadingNames.hasText(top[index - 1], column) { unknown[column] = index - 1 }
    }
  }

  private mutating func lend(to index: Int, _ top: [BulkRow], _ known: [[Bool]]) {
    let rows = max(0, index - 3)...index
    // A row ends at its last text, which the one above may go beyond.
    let columns = top[rows].map(\.cells.count).max() ?? 0
    for column in 0..<columns where !HeadingNames.hasText(top[index], column) {
      for above in rows.reversed().dropFirst() where HeadingNames.hasText(top[above], column) {
        if known[above][column] { lent[column] = above }
        break
      }
    }
  }

  private static func hasText(_ row: BulkRow, _ column: Int) -> Bool {
    row.cells.indices.contains(column) && !row.cells[column].text.isEmpty
  }

  func cells(of row: BulkRow, _ top: [BulkRow]) -> [BulkRow.Cell] {
    let above = lent.merging(unknown) { own, _ in own }
    let width = max(row.cells.count, (above.keys.max() ?? -1) + 1)
    return (0..<width).map { column in
      if let above = above[column] { return top[above].cells[column] }
      guard row.cells.indices.contains(column) else { return BulkRow.Cell(text: "", start: row.end, end: row.end) }
      let cell = row.cells[column]
      return joined[column].map { BulkRow.Cell(text: $0, start: cell.start, end: cell.end) } ?? cell
    }
  }

  /// The heading of the group that each column stands below. A cell merged over several columns has its text in the
  /// first of them.
  static func groups(_ upper: [BulkRow.Cell], _ lower: [BulkRow.Cell]) -> [Int: String] {
    let filled = upper.filter { !$0.text.isEmpty }
    // A title, or a line such as 单位：万元, heads no columns.
    guard filled.count > 1, filled.allSatisfy({ !$0.text.contains(where: { "：:".contains($0) }) }) else { return [:] }
    var out: [Int: String] = [:]
    var open: String?
    for column in lower.indices {
      let above = upper.indices.contains(column) ? upper[column].text : ""
      let below = lower[column].text
      if below.isEmpty || above == below {
        open = nil
        continue
      }
      if !above.isEmpty { open = above }
      if let open { out[column] = CellText.closed(open) }
    }
    return out
  }

  /// What a group's heading and the one below it mean together: 入职 and 时间, 参保情况 and 起始日期.
  private static func match(_ group: String, _ name: String, _ headings: Headings) -> String? {
    if HeadingSearch.isKnown(group + name, headings) { return group + name }
    for filler in ["情况", "信息", "状况", "登记"] where group.hasSuffix(filler) && group.count > filler.count {
      let short = String(group.dropLast(filler.count)) + name
      if HeadingSearch.isKnown(short, headings) { return short }
    }
    return nil
  }

  /// Whether a group is of what has days of its own: the contract's are not those of the employment.
  private static func isOther(_ group: String) -> Bool { group.contains("合同") || group.contains("协议") }
}
