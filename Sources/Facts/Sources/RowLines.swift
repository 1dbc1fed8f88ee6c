// What rows say that are no records, of the records below them. Knows nothing of how such rows are told.

extension RowKinds {
  /// The text of a row that heads a group.
  func groupCell(_ row: Int, _ block: CellBlock) -> String? {
    (0..<columns).first { block.cell($0, row).count > 0 }.map {
      let cell = block.cell($0, row)
      return TableSurroundings.groupName(
        String(decoding: UnsafeBufferPointer(start: cell.start, count: min(cell.count, 300)), as: UTF8.self))
    }
  }

  /// What a row says that is a line of the form: 张坂 乡（镇） 上塘 村 below the table of another village.
  func formLine(_ row: Int, _ block: CellBlock) -> (said: [(field: Int, text: String)], of: Set<Int>) {
    guard let lines, let cells = texts(row, block) else { return ([], []) }
    return lines.reading(cells)
  }

  /// The text of a row that heads a group, where it says that those below hold no more, and whether a column says since
  /// when.
  func gone(_ row: Int, _ block: CellBlock) -> (text: String, hasDay: Bool)? {
    guard let text = groupCell(row, block) else { return nil }
    let remark = GoneRemark("", of: false)
    return remark.isOne(text) ? (text, hasEnd && remark.isOfLeaving(text)) : nil
  }

  /// A title, or the sheet's name, that says that all records below hold no more, and whether a column says since when:
  /// 2022年离职人员名单.
  var goneTitle: (text: String, hasDay: Bool)? {
    let remark = GoneRemark("", of: false)
    let both = ["在职", "在岗", "入职", "新增", "增减", "变动", "流动", "入离"]
    let found = (titles.sorted() + [sheet].compactMap(\.self)).first { title in
      remark.isOne(title) && remark.isOfLeaving(title) && !both.contains(where: title.contains)
    }
    return found.map { ($0, hasEnd) }
  }

  /// What a row says of the records below it that a line above the table said of the first ones.
  func owner(_ row: Int, _ block: CellBlock) -> (field: Int, text: String)? {
    guard let owners, unitLine(row, block) == nil, let cells = texts(row, block) else { return nil }
    return owners.said(cells)
  }

  /// What a row says that is no record, each of its texts once.
  func said(_ row: Int, _ block: CellBlock) -> String {
    var texts: [String] = []
    for column in 0..<columns {
      let cell = block.cell(column, row)
      guard cell.count > 0, texts.count < 8 else { continue }
      let text = String(decoding: UnsafeBufferPointer(start: cell.start, count: min(cell.count, 300)), as: UTF8.self)
      if !texts.contains(text) { texts.append(text) }
    }
    return ColumnMapping.flat(texts.joined(separator: " "))
  }

  /// The texts of a row, where they are as few and short as those of a line.
  func texts(_ row: Int, _ block: CellBlock) -> [String]? {
    var cells: [String] = []
    for column in 0..<columns {
      let cell = block.cell(column, row)
      if cell.count == 0 { continue }
      // A merged cell may repeat its text.
      guard cell.count <= 200 else { return nil }
      let text = String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self)
      if cells.last != text { cells.append(text) }
      if cells.count > 8 { return nil }
    }
    return cells
  }
}
