// Lines above and below a table that say in what its amounts are counted: 单位：万元. Knows nothing of columns.

/// A line that says in what is counted, and nothing else.
struct UnitLine {
  /// The unit of amounts, and how many yuan it is; nil where only people are counted.
  let unit: (name: String, yuan: Int64)?

  /// - Parameter next: the next cell, where the unit may stand.
  /// - Returns: nil for any other text.
  init?(_ text: String, before next: String?) {
    let plain = CellText.closed(text)
    let remark = UnitLine.remarks.first(where: plain.hasPrefix)
    guard let (heading, value) = OwnerRows.line(remark.map { String(plain.dropFirst($0.count)) } ?? text, before: next),
      UnitLine.headings.contains(heading.lowercased())
    else { return nil }
    let parts = CellText.closed(value).split { "、,/;，；)".contains($0) }
    let known = parts.lazy.compactMap { part in AmountWriting.units.first { $0.name == part } }.first
    guard known != nil || parts.contains("人") else { return nil }
    unit = known
  }

  static let headings: Set<String> = ["单位", "金额单位", "计量单位", "货币单位", "unit"]
  /// What stands before a line that says something of the table.
  private static let remarks = ["注:", "备注:", "说明:", "附注:"]
}

/// The unit of amounts that a line below a table says.
struct UnitBelow {
  let line: Int
  let name: String
  let yuan: Int64
}

extension RowKinds {
  /// What a row says that says nothing but in what is counted; nil for any other row.
  func unitLine(_ row: Int, _ block: CellBlock) -> UnitLine? {
    guard let first = (0..<columns).first(where: { block.cell($0, row).count > 0 }) else { return nil }
    let head = block.cell(first, row)
    guard head.count >= 6, head.count <= 90, RowKinds.hasColon(head), let cells = texts(row, block), cells.count <= 2,
      let line = UnitLine(cells[0], before: cells.count > 1 ? cells[1] : nil)
    else { return nil }
    return cells.count == 1 || UnitLine(cells[0], before: nil) == nil ? line : nil
  }
}

extension BulkRecords {
  /// What the lines below the last record say that amounts are counted in; nil where they differ, or a line above or
  /// the headings have said it.
  var unitBelow: UnitBelow? {
    guard rows > 0, header?.hasOpenAmounts == true else { return nil }
    let last = line(of: rows - 1)
    let found = summary.skipped.units.filter { $0.line > last }
    guard let first = found.first, first.yuan != 1, found.allSatisfy({ $0.yuan == first.yuan }) else { return nil }
    return first
  }
}
