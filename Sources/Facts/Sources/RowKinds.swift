// Rows of a table that are no records: empty ones, totals, the heading once more on each page, notes at the end. Found
// in a block before its cells are read, so that no column has a value for them. Knows nothing of what cells mean.
import Glibc

/// Tells rows that are no records.
struct RowKinds {
  let columns: Int
  let titles: Set<String>
  let sheet: String?
  /// Whether rows that head a group say what no column does.
  private let hasGroups: Bool
  /// The column of persons' identity numbers, of the records' ids, and those of amounts and counts.
  private let identity: Int?
  private let id: Int?
  private let figures: Set<Int>
  /// The heading row's own cells.
  private let heading: [[UInt8]]
  /// Those of the row above where it is a part of the headings.
  private let upper: [[UInt8]]
  /// The columns of other records' names that every record must state.
  private let named: [Int]
  private let required: [Int]
  /// What reads the lines of the form that the table is, and rows that say whose records follow.
  let lines: FormLines?
  let owners: OwnerRows?
  private let loneDays: LoneDays?
  /// Rows that are not to be read because somebody has said so.
  let skips: RowSkips?
  /// The columns without a heading that somebody has spoken of by their place.
  private let placed: Set<Int>
  /// Whether a column says when somebody left.
  let hasEnd: Bool
  /// That column, where it is one of the file's own.
  let endColumn: Int?
  /// Whether ids are numbers of rows.
  private let isNumbered: Bool
  /// The last line on which something may stand that still belongs to the headings.
  private let headLine: Int
  /// Lines right below the headings that only name the columns once more.
  private let headLines: Set<Int>

  init(_ header: BulkHeader, sheet: String?) {
    (columns, self.sheet) = (header.width, sheet)
    heading = header.own.map { Array(Members.trimmed($0[...]).utf8) }
    upper = header.upper.map { Array(Members.trimmed($0[...]).utf8) }
    let own = header.plans.indices.prefix(header.width)
    required = own.filter { header.plans[$0].required }
    named = own.filter {
      guard header.plans[$0].required, case .reference? = header.plans[$0].field?.type else { return false }
      return true
    }
    titles = header.titles
    (lines, owners) = (header.lines, header.owners)
    (hasEnd, endColumn, loneDays, skips) = (header.hasEnd, header.endColumn, header.loneDays, header.skips)
    placed = header.placed
    headLine = header.bodyLine + 1
    headLines = header.headLines
    isNumbered = header.idColumn.map { header.plans[$0].isSerial } ?? false
    hasGroups = header.hasGroups
    identity = own.first { header.plans[$0].field.map { $0.name == header.personID } ?? false }
    id = header.idColumn ?? header.serialColumn
    figures = Set(
      own.filter {
        switch header.plans[$0].use {
        case .money, .whole, .skip, .nameless: true
        case .id, .flag, .cached, .day, .coded, .set: false
        }
      })
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

  /// - Parameter before: what the row above was, if that was no record.
  /// - Returns: nil for a record.
  func kind(_ row: Int, _ block: CellBlock, after before: SkippedRows.Kind? = nil) -> SkippedRows.Kind? {
    if block.records[row].hasMore { return nil }
    guard let first = (0..<columns).first(where: { block.cell($0, row).count > 0 }) else { return .empty }
    if !headLines.isEmpty, headLines.contains(block.records[row].line) { return .marks }
    if isHeading(row, block, first, heading) || isHeading(row, block, first, upper) { return .heading }
    // Whoever has an identity number is somebody, even one called 合计.
    if let identity {
      let cell = block.cell(identity, row)
      if IdentityNumber.plain(cell.start, cell.count) != nil { return isSample(row, block, first) ? .sample : nil }
    }
    if isSample(row, block, first) { return .sample }
    // A list that asks for an id alone has a total for one.
    let head = block.cell(first, row)
    if RowKinds.mayBeTotal(head), RowKinds.isTotalWord(text(head)) { return .total }
    if isMarks(row, block) { return .marks }
    if block.records[row].line <= headLine, isFormats(row, block) { return .marks }
    let isShort = required.contains { block.cell($0, row).count == 0 }
    if isShort, loneDays?.isRecord(row, block, after: before) == true { return nil }
    // 填报单位：乙公司 between two sections says whose the second is, and is no mere remark.
    if isShort, owner(row, block) != nil { return .owner }
    if named.contains(where: { isSeal(block.cell($0, row)) }) || isSigned(row, block, first) { return .remark }
    if isShort || hasGroups || lines != nil, isTitle(row, block, first) { return .title }
    if lines != nil, !formLine(row, block).said.isEmpty { return .group }
    if hasGroups, let kind = grouped(row, block, first) { return kind }
    if isGroup(row, block, first) { return .group }
    if columns > 1, isAlone(row, block, first) {
      if isRemark(head) || isOpinion(head) || before == .remark && isSentence(head) { return .remark }
      if isTotal(head) { return .total }
      if isShort, RowKinds.isNote(text(head)) { return .remark }
    }
    guard isShort || isNumbered else { return nil }
    let others = (first + 1..<max(columns, first + 1)).filter { block.cell($0, row).count > 0 }
    // Numbers that are printed before anybody is written down.
    if others.isEmpty, first == id, isNumber(head), isNumbered || required.contains(where: { $0 != id }) {
      return .bare
    }
    guard isShort else { return nil }
    for column in first..<min(first + 3, columns) where isTotal(block.cell(column, row)) { return .total }
    if before == .total, isPart(row, block, first) { return .total }
    if isSum(row, block, first) { return .total }
    // The form's places for days stand below those for names.
    let isBelow = before == .remark && isBlankToFill(head)
    guard isRemark(head) || isSeal(head) || isBelow || text(head) == "年月日" else { return nil }
    // 制表人：甲 and 审核：乙 in one row, or a remark alone.
    let isAlone = others.count <= 2 && !required.contains { $0 > first && block.cell($0, row).count > 0 }
    return isAlone || others.allSatisfy { isNote(block.cell($0, row)) } ? .remark : nil
  }

  /// A row of one text where such rows head groups: whatever it is, it is no record.
  private func grouped(_ row: Int, _ block: CellBlock, _ first: Int) -> SkippedRows.Kind? {
    guard first < 2, isAlone(row, block, first) else { return nil }
    let cell = block.cell(first, row)
    if isTotal(cell) { return .total }
    // 第二批 and 三月份 are nobody's name.
    let word = text(cell)
    let isOther = RowKinds.isPartHeading(word) || RowKinds.isPeriod(word) || RowKinds.isTableTitle(word)
    if isRemark(cell) || isOther || RowKinds.isNote(word) { return .remark }
    return isNumber(cell) ? nil : .group
  }

  /// Whether nothing stands in a row but one text, which a merged cell may repeat in every column that it covers.
  private func isAlone(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    let head = block.cell(first, row)
    for column in first + 1..<max(columns, first + 1) {
      let cell = block.cell(column, row)
      if cell.count > 0, cell.count != head.count || memcmp(cell.start, head.start, cell.count) != 0 { return false }
    }
    return true
  }

  /// A title or a page number once more, as each printed page has them.
  private func isTitle(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    let filled = (first..<columns).filter { block.cell($0, row).count > 0 }
    guard filled.count <= 2 || isAlone(row, block, first) else { return false }
    return filled.allSatisfy { column in
      let cell = block.cell(column, row)
      guard cell.count <= 300 else { return false }
      let word = String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self)
      return titles.contains(CellText.closed(word)) || RowKinds.isPage(CellText.closed(word).lowercased())
    }
  }

  /// `第1页`, `共3页`, `第1页共3页`, `page 2`
  private static func isPage(_ word: String) -> Bool {
    if word.hasPrefix("page"), word.dropFirst(4).first?.isNumber == true { return true }
    guard word.hasSuffix("页"), word.utf8.count <= 60, let first = word.first, "第共本-".contains(first) else {
      return false
    }
    return word.allSatisfy { $0.isNumber || "第共页本/-,，、()之".contains($0) || "一二三四五六七八九十".contains($0) }
  }

  /// `甲 乙 1 2 3` or `1 2 3 4` below the headings.
  private func isMarks(_ row: Int, _ block: CellBlock) -> Bool {
    for column in 0..<columns where block.cell(column, row).count > 9 { return false }
    var next = 1
    var seen = 0
    for column in 0..<columns {
      let cell = block.cell(column, row)
      if cell.count == 0 { continue }
      let word = text(cell)
      if word == String(next) || word == "(\(next))" {
        next += 1
      } else if next > 1 || !["甲", "乙", "丙", "丁", "戊", "己", "a", "b", "c", "d", "栏次", "-"].contains(word) {
        return false
      }
      seen += 1
    }
    return seen >= 3 && next > 2
  }

  private func isFormats(_ row: Int, _ block: CellBlock) -> Bool {
    var seen = 0
    for column in 0..<columns {
      let cell = block.cell(column, row)
      if cell.count == 0 { continue }
      guard let word = RowKinds.formatWord(RowKinds.text(cell)) else { return false }
      if word != "-" { seen += 1 }
    }
    return seen >= 2
  }

  /// Whether a row shows how the form is filled in: it is called an example.
  private func isSample(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    for column in first..<min(first + 2, columns) {
      let cell = block.cell(column, row)
      guard RowKinds.mayBeSample(cell) else { continue }
      var word = text(cell)
      if word.hasPrefix("("), let close = word.firstIndex(of: ")") {
        let inner = word[word.index(after: word.startIndex)..<close]
        word = String(inner) + (word.index(after: close) < word.endIndex ? ":" : "")
      }
      let names = ["例", "示例", "样例", "范例", "填写示例", "填表示例", "填报示例"]
      if names.contains(word) || names.contains(where: { word.hasPrefix($0 + ":") }) { return true }
    }
    return false
  }

  /// Whether a cell begins as examples are called, 例, 示, 样, 范, 填 or a bracket.
  @inline(__always)
  private static func mayBeSample(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count >= 3, cell.count <= 60 else { return false }
    if cell.start[0] == 0x28 { return true }
    let first = UInt32(cell.start[0]) << 16 | UInt32(cell.start[1]) << 8 | UInt32(cell.start[2])
    switch first {
    case 0xE4_BE8B, 0xE7_A4BA, 0xE6_A0B7, 0xE8_8C83, 0xE5_A1AB, 0xEF_BC88: return true
    default: return false
    }
  }

  /// A row with nothing but figures, in columns of figures: sums without a word.
  private func isSum(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    guard !required.isEmpty, required.allSatisfy({ $0 == id || block.cell($0, row).count == 0 }) else { return false }
    for column in first..<columns where block.cell(column, row).count > 0 {
      let cell = block.cell(column, row)
      guard figures.contains(column), cell.count <= 30 else { return false }
      var word = text(cell)
      for unit in ["万元", "元", "人", "名"] where word.hasSuffix(unit) {
        word = String(word.dropLast(unit.count))
        break
      }
      guard AmountWriting.ungrouped(word) != nil else { return false }
    }
    return true
  }

  /// Whether a text is longer than what stands alone in a record's first cell.
  private func isSentence(_ cell: CellBlock.Cell) -> Bool {
    if isNumber(cell) { return false }
    let word = text(cell)
    return word.count > 8 || word.first.map { "1234567890(".contains($0) } == true && word.count > 3
  }

  private func isNumber(_ cell: CellBlock.Cell) -> Bool {
    cell.count > 0 && cell.count <= 9 && (0..<cell.count).allSatisfy { (0x30...0x39).contains(cell.start[$0]) }
  }

  /// Whether a row says whose records follow, as the forms of villages and companies do: one cell at its beginning and
  /// nothing else, numbered (一、, （二）) or called after a place or an office.
  private func isGroup(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    guard first < 2, required.count > 1, isAlone(row, block, first) else { return false }
    let head = block.cell(first, row)
    guard head.count <= 120 else { return false }
    let word = text(head)
    let bare = word.hasPrefix("(") ? word.dropFirst() : word[...]
    let numerals = bare.prefix { RowKinds.numerals.contains($0) }
    if !numerals.isEmpty, bare.dropFirst(numerals.count).first.map({ "、.)".contains($0) }) ?? false { return true }
    if RowKinds.isPartHeading(word) || RowKinds.isPeriod(word) || RowKinds.isTableTitle(word) { return true }
    return RowKinds.groups.contains { word.hasSuffix($0) || word.hasSuffix($0 + ":") }
  }

  /// A row below a total that says what it is made of: 其中：男性, 女性.
  private func isPart(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    guard first < 3, required.allSatisfy({ $0 == id || $0 == first || block.cell($0, row).count == 0 }) else {
      return false
    }
    let others = (first + 1..<max(columns, first + 1)).filter { block.cell($0, row).count > 0 }
    return !others.isEmpty
      && others.allSatisfy { column in
        let cell = block.cell(column, row)
        guard cell.count <= 30 else { return false }
        var word = text(cell)
        for unit in ["万元", "元", "人", "名", "%"] where word.hasSuffix(unit) {
          word = String(word.dropLast(unit.count))
          break
        }
        return AmountWriting.ungrouped(word) != nil
      }
  }

  /// `填表人：张三 | 审核人：李四 | 2022年12月30日`, `审核意见： | （盖章）`, whatever columns they stand in.
  private func isSigned(_ row: Int, _ block: CellBlock, _ first: Int) -> Bool {
    let head = block.cell(first, row)
    guard head.count >= 7, head.count <= 200, RowKinds.hasColon(head) else { return false }
    guard isRemark(head) || isOpinion(head) else { return unitLine(row, block) != nil }
    return (first + 1..<max(columns, first + 1)).allSatisfy { column in
      let cell = block.cell(column, row)
      return cell.count == 0 || isNote(cell)
    }
  }

  @inline(__always)
  static func hasColon(_ cell: CellBlock.Cell) -> Bool {
    for i in 0..<cell.count - 2 {
      if cell.start[i] == 0x3A { return true }
      if cell.start[i] == 0xEF, cell.start[i + 1] == 0xBC, cell.start[i + 2] == 0x9A { return true }
    }
    return false
  }

  /// `福建恒申集团有限公司（盖章）`
  private func isSeal(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count > 3, cell.count <= 200 else { return false }
    let end = cell.start + (cell.count - 3)
    let last = UInt32(end[0]) << 16 | UInt32(end[1]) << 8 | UInt32(end[2])
    // ） , ) , 章 , ：
    guard last == 0xEF_BC89 || end[2] == 0x29 || last == 0xE7_ABA0 || last == 0xEF_BC9A || end[2] == 0x3A else {
      return false
    }
    let word = text(cell)
    return ["(盖章)", "(公章)", "(签章)", "(章)", "(签字)", "(签名)", "(盖公章)", "(签字盖章)", "(签字并盖章)"].contains {
      word.hasSuffix($0) || word.hasSuffix($0 + ":")
    } || ["盖章", "公章", "盖章:", "公章:", "盖章处"].contains(where: word.hasSuffix)
  }

  /// `日期：`, `签字：____`: a place that the form leaves open.
  private func isBlankToFill(_ cell: CellBlock.Cell) -> Bool {
    let word = text(cell).filter { $0 != "_" }
    return cell.count <= 60 && word.hasSuffix(":") && word.count > 1
  }

  /// What stands beside a remark: another, a day, a page number, a seal.
  private func isNote(_ cell: CellBlock.Cell) -> Bool {
    if isRemark(cell) || isSeal(cell) { return true }
    let word = text(cell)
    if RowKinds.isPage(word) || word.contains(":") { return true }
    // A day, or the form's place for one.
    return word.allSatisfy { $0.isNumber || "年月日-/.时分".contains($0) }
  }

  /// `人社部门审核意见：`
  private func isOpinion(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count <= 120 else { return false }
    let word = text(cell)
    return word.hasSuffix("意见") || word.hasSuffix("意见:")
  }

  private func isHeading(_ row: Int, _ block: CellBlock, _ first: Int, _ heading: [[UInt8]]) -> Bool {
    guard first < heading.count else { return false }
    var same = 0
    for column in first..<min(columns, heading.count) {
      let cell = block.cell(column, row)
      if cell.count == 0 { continue }
      // Another table's head below names a column that the first one does not, of which somebody has spoken.
      if heading[column].isEmpty, placed.contains(column) { continue }
      guard cell.count == heading[column].count, memcmp(cell.start, heading[column], cell.count) == 0 else {
        return false
      }
      same += 1
    }
    return same >= 2
  }

  private func isTotal(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count > 0, cell.count <= 60 else { return false }
    let word = text(cell)
    return RowKinds.totals.contains { word.hasPrefix($0) } || word.hasPrefix("其中:") || word == "其中"
      || RowKinds.plainTotals.contains(word) || ["grandtotal", "total:", "subtotal:"].contains(where: word.hasPrefix)
      || word.hasSuffix("合计") || word.hasSuffix("小计")
      || word.hasSuffix("总计")
  }

  private func isRemark(_ cell: CellBlock.Cell) -> Bool {
    let word = text(cell)
    return RowKinds.remarks.contains { word.hasPrefix($0) }
  }

  /// Whether a short text holds 计 or 总, or `tot` or `sub` or `sum` as its beginning or behind `grand`.
  private static func mayBeTotal(_ cell: CellBlock.Cell) -> Bool {
    guard cell.count >= 3, cell.count <= 60 else { return false }
    let first = cell.start[0] | 0x20
    // Ids begin with these letters as well: `to`, `su`, `gr` and no others.
    let second = cell.start[1] | 0x20
    if first == 0x74 && second == 0x6F || first == 0x73 && second == 0x75 || first == 0x67 && second == 0x72 {
      return cell.count <= 24
    }
    for i in 0..<cell.count - 2 {
      let word = UInt32(cell.start[i]) << 16 | UInt32(cell.start[i + 1]) << 8 | UInt32(cell.start[i + 2])
      if word == 0xE8_AEA1 || word == 0xE6_80BB { return true }
    }
    return false
  }

  private func text(_ cell: CellBlock.Cell) -> String {
    CellText.closed(
      String(decoding: UnsafeBufferPointer(start: cell.start, count: min(cell.count, 200)), as: UTF8.self)
    ).lowercased()
  }
}
