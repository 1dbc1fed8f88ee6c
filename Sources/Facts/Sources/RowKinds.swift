// Rows of a table that are no records: empty ones, totals, the heading once more on each page, notes at the end. Found
// in a block before its cells are read, so that no column has a value for them. Knows nothing of what cells mean.
import Diagnostics
import Glibc

/// Rows that were left out, by kind.
struct SkippedRows {
  enum Kind: Int, CaseIterable {
    case empty, total, heading, group, remark
  }

  private(set) var counts = Array(repeating: 0, count: Kind.allCases.count)
  /// The line of the first of each kind, 0 where there is none.
  private(set) var lines = Array(repeating: 0, count: Kind.allCases.count)

  /// Empty rows at a file's end are how spreadsheets leave it; those that a record follows are told.
  private var waiting: (count: Int, line: Int) = (0, 0)

  mutating func add(_ kind: Kind, line: Int) {
    if kind == .empty {
      if waiting.count == 0 { waiting.line = line }
      waiting.count += 1
      return
    }
    if counts[kind.rawValue] == 0 { lines[kind.rawValue] = line }
    counts[kind.rawValue] += 1
  }

  /// A record follows.
  mutating func record() {
    guard waiting.count > 0 else { return }
    if counts[Kind.empty.rawValue] == 0 { lines[Kind.empty.rawValue] = waiting.line }
    counts[Kind.empty.rawValue] += waiting.count
    waiting = (0, 0)
  }

  mutating func add(_ other: SkippedRows) {
    for kind in Kind.allCases where other.counts[kind.rawValue] > 0 {
      if counts[kind.rawValue] == 0 { lines[kind.rawValue] = other.lines[kind.rawValue] }
      counts[kind.rawValue] += other.counts[kind.rawValue]
    }
  }

  var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

  /// One note on all of them.
  func note(in file: SourceFile) -> Diagnostic {
    var parts: [Text] = []
    for kind in Kind.allCases where counts[kind.rawValue] > 0 {
      let (count, line) = (counts[kind.rawValue], lines[kind.rawValue])
      let (one, many, zh) =
        switch kind {
        case .empty: ("empty row", "empty rows", "空行")
        case .total: ("row of totals", "rows of totals", "合计行")
        case .heading: ("repeated heading", "repeated headings", "重复的表头")
        case .group: ("row that heads a group", "rows that head a group", "分组标题行")
        case .remark: ("remark", "remarks", "说明行")
        }
      parts.append(
        count == 1
          ? Text("1 \(one) (line \(line))", zh: "\(zh) 1 行（第 \(line) 行）")
          : Text("\(count) \(many) (the first in line \(line))", zh: "\(zh) \(count) 行（首行为第 \(line) 行）"))
    }
    let first = Position(line: lines.filter { $0 > 0 }.min() ?? 1, column: 1)
    return Diagnostic(
      .note, code: "rows-skipped",
      Text(
        "rows that are no records are left out: " + parts.map(\.en).joined(separator: ", "),
        zh: "不是记录的行未读入：" + parts.map(\.zh).joined(separator: "、")),
      hint: Text("nothing needs to be done, if these are no records", zh: "若确实不是记录，无需处理"),
      at: SourceRange(source: file, start: first, end: first))
  }
}

/// Tells rows that are no records.
struct RowKinds {
  private let columns: Int
  /// The heading row's own cells.
  private let heading: [[UInt8]]
  private let required: [Int]

  init(_ header: BulkHeader) {
    columns = header.plans.count
    heading = header.own.map { Array(Members.trimmed($0[...]).utf8) }
    required = header.plans.indices.filter { header.plans[$0].required }
  }

  /// Whether a cell is one that a row may begin with which is no record: empty, or of another script than most ids.
  @inline(__always)
  func isPlain(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count > 0 else { return false }
    let first = cell.start[0]
    // `T` of total, `S` of subtotal and sum.
    return first < 0x80 && first != 0x54 && first != 0x53 && first != 0x74 && first != 0x73
      && !(heading.first.map { !$0.isEmpty && $0[0] == first } ?? false)
  }

  /// - Returns: nil for a record.
  func kind(_ row: Int, _ block: CellBlock) -> SkippedRows.Kind? {
    if block.records[row].hasMore { return nil }
    guard let first = (0..<columns).first(where: { block.cell($0, row).count > 0 }) else { return .empty }
    if isHeading(row, block, first) { return .heading }
    // A list that asks for an id alone has a total for one.
    let head = block.cell(first, row)
    if RowKinds.mayBeTotal(head), (RowKinds.totals + RowKinds.plainTotals).contains(text(head)) { return .total }
    let isShort = required.contains { block.cell($0, row).count == 0 }
    if isGroup(row, block, first) { return .group }
    guard isShort else { return nil }
    for column in first..<min(first + 3, columns) where isTotal(block.cell(column, row)) { return .total }
    guard isRemark(block.cell(first, row)) else { return nil }
    let others = (first + 1..<max(columns, first + 1)).filter { block.cell($0, row).count > 0 }
    // 制表人：甲 and 审核：乙 in one row, or a remark alone.
    let isAlone = others.count <= 2 && !required.contains { $0 > first && block.cell($0, row).count > 0 }
    return isAlone || others.allSatisfy { isRemark(block.cell($0, row)) } ? .remark : nil
  }

  /// Whether a row says whose records follow, as the forms of villages and companies do: one cell at its beginning and
  /// nothing else, numbered (一、, （二）) or called after a place or an office.
  private func isGroup(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    guard first < 2, required.count > 1 else { return false }
    let head = block.cell(first, row)
    // A merged cell may stand in every column that it covers.
    for column in first + 1..<max(columns, first + 1) {
      let cell = block.cell(column, row)
      if cell.count > 0, cell.count != head.count || memcmp(cell.start, head.start, cell.count) != 0 { return false }
    }
    guard head.count <= 120 else { return false }
    let word = text(head)
    let bare = word.hasPrefix("(") ? word.dropFirst() : word[...]
    let numerals = bare.prefix { RowKinds.numerals.contains($0) }
    if !numerals.isEmpty, bare.dropFirst(numerals.count).first.map({ "、.)".contains($0) }) ?? false { return true }
    return RowKinds.groups.contains { word.hasSuffix($0) || word.hasSuffix($0 + ":") }
  }

  private static let numerals: Set<Character> = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
  /// How places and offices end that records are grouped by.
  private static let groups = [
    "村", "社区", "镇", "乡", "街道", "居委会", "村委会", "办事处", "县", "区", "市", "公司", "厂", "车间", "班组", "部门", "基地", "中心", "工作站", "机构",
  ]

  private func isHeading(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    var same = 0
    for column in first..<min(columns, heading.count) {
      let cell = block.cell(column, row)
      if cell.count == 0 { continue }
      guard cell.count == heading[column].count, memcmp(cell.start, heading[column], cell.count) == 0 else {
        return false
      }
      same += 1
    }
    return same >= 2
  }

  /// Words for totals, which more may follow where they are Chinese.
  private static let totals = ["合计", "总计", "小计", "共计", "累计", "本页", "总合计"]
  private static let plainTotals = ["total", "subtotal", "sum", "grandtotal", "total:", "totals"]
  private static let remarks = [
    "备注", "说明", "注:", "注1", "制表", "填表", "审核", "复核", "经办", "负责人", "单位负责人", "填报", "联系人", "联系电话", "统计人", "审批", "盖章",
  ]

  private func isTotal(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count > 0, cell.count <= 60 else { return false }
    let word = text(cell)
    return RowKinds.totals.contains { word.hasPrefix($0) } || RowKinds.plainTotals.contains(word)
      || word.hasSuffix("合计") || word.hasSuffix("小计")
      || word.hasSuffix("总计")
  }

  private func isRemark(_ cell: CellBlock.Cell) -> Bool {
    let word = text(cell)
    return RowKinds.remarks.contains { word.hasPrefix($0) }
  }

  /// Whether a short text holds 计, or begins as `total` and `sum` do: what nearly no record begins with.
  private static func mayBeTotal(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count >= 3, cell.count <= 16 else { return false }
    let second = cell.start[1] | 0x20
    if second == 0x6F || second == 0x75 { return true }
    for i in 0..<cell.count - 2 where cell.start[i] == 0xE8 && cell.start[i + 1] == 0xAE && cell.start[i + 2] == 0xA1 {
      return true
    }
    return false
  }

  private func text(_ cell: CellBlock.Cell) -> String {
    CellText.closed(
      String(decoding: UnsafeBufferPointer(start: cell.start, count: min(cell.count, 200)), as: UTF8.self)
    ).lowercased()
  }
}
