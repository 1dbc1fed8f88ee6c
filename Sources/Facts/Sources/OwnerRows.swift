// Rows between records that say whose records follow, where a line above the table has said it of the first ones:
// 用工单位：乙公司 below 用工单位：甲公司. Knows nothing of the table's columns.

/// Reads rows that change what a line above the table said.
struct OwnerRows {
  private let headings: Headings
  /// The field that each fact taken from above is of, by the name of its list's field.
  private let fields: [String: Int]

  /// - Parameter standIns: what stands for facts without a column; nil where no line above the table says any.
  init?(_ standIns: [StandIn], _ headings: Headings, _ schema: ListSchema) {
    var fields: [String: Int] = [:]
    for standIn in standIns {
      guard case .above = standIn.source else { continue }
      fields[schema.fields[standIn.field].name] = standIn.field
    }
    guard !fields.isEmpty else { return nil }
    (self.headings, self.fields) = (headings, fields)
  }

  /// What a row says whose cells are these, a merged one once; nil for a row that says nothing of the kind.
  func said(_ cells: [String]) -> (field: Int, text: String)? {
    guard let first = cells.first, cells.reduce(0, { $0 + $1.utf8.count }) <= 600 else { return nil }
    if cells.count == 2, !OwnerRows.hasColon(cells[1]), let field = field(CellText.closed(first)) {
      return (field, cells[1])
    }
    for (i, cell) in cells.enumerated() {
      guard let line = OwnerRows.line(cell, before: cells.indices.contains(i + 1) ? cells[i + 1] : nil),
        let field = field(line.heading)
      else { continue }
      return (field, line.value)
    }
    // 填报单位：乙纺织有限公司
    for (i, cell) in cells.enumerated() {
      guard let line = OwnerRows.line(cell, before: cells.indices.contains(i + 1) ? cells[i + 1] : nil),
        OwnerRows.isOfFirm(line)
      else { continue }
      let name = OwnerRows.unsealed(line.value)
      if let owner = OwnerRows.isBroker(name) ? fields["agency"] : fields["enterprise"] { return (owner, name) }
    }
    guard cells.count == 1, OwnerRows.isFirm(first) else { return nil }
    let owner = OwnerRows.isBroker(first) ? fields["agency"] : fields["enterprise"]
    return owner.map { ($0, TableSurroundings.groupName(first)) }
  }

  private func field(_ heading: String) -> Int? {
    do {
      guard let match = try headings.match(heading), fields.values.contains(match.field) else { return nil }
      return match.field
    } catch {
      // A unit in these words is no heading's.
      return nil
    }
  }

  /// `单位名称：甲公司` as its heading and its value, which may stand in the next cell. What more lines in the same cell
  /// say is none of the value: `单位名称：甲公司  填报日期：2023年3月1日`.
  static func line(_ text: String, before next: String?) -> (heading: String, value: String)? {
    guard text.utf8.count <= 300, let colon = text.firstIndex(where: isColon) else { return nil }
    // 花名册（单位：万元）
    let before = CellText.closed(String(text[..<colon]))
    var heading = before
    if let open = before.lastIndex(of: "("), !before[open...].contains(")") {
      heading = String(before[before.index(after: open)...])
    }
    var value = Members.trimmed(text[text.index(after: colon)...])
    if let second = value.firstIndex(where: isColon) {
      let words = value[..<second]
      if let blank = words.lastIndex(where: \.isWhitespace) { value = Members.trimmed(words[..<blank]) }
    }
    let said = value.isEmpty ? next ?? "" : String(value)
    return heading.isEmpty || said.isEmpty ? nil : (heading, said)
  }

  private static func isColon(_ character: Character) -> Bool { character == "：" || character == ":" }
  private static func hasColon(_ text: String) -> Bool { text.contains(where: isColon) }

  /// Whether a text is called as firms are: 乙纺织有限公司, perhaps numbered or with a count behind it.
  static func isFirm(_ text: String) -> Bool {
    let name = TableSurroundings.groupName(CellText.closed(text))
    return name.count >= 3 && name.utf8.count <= 120 && firms.contains(where: name.hasSuffix)
  }

  /// Whether a line names a firm as that of the table: 填报单位：乙纺织有限公司.
  static func isOfFirm(_ line: (heading: String, value: String)) -> Bool {
    ["单位", "企业", "公司", "厂", "机构"].contains(where: Headings.bare(line.heading).name.hasSuffix)
      && isFirm(unsealed(line.value))
  }

  /// A firm's name without the form's place for its seal.
  static func unsealed(_ name: String) -> String {
    var rest = CellText.closed(name)
    for seal in ["(盖章)", "(公章)", "(签章)", "(章)", "(盖公章)", "盖章", "公章"] where rest.hasSuffix(seal) {
      rest = String(rest.dropLast(seal.count))
    }
    return rest
  }

  static let firms = ["有限责任公司", "有限公司", "股份公司", "集团", "合作社", "公司", "厂"]

  /// Who brings workers employs none of them.
  static func isBroker(_ name: String) -> Bool {
    ["人力资源", "劳务", "中介", "人才", "派遣", "职业介绍"].contains(where: name.contains)
  }
}
