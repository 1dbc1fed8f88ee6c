// Units of amounts that stand beside a heading rather than in it: in the heading of the group that it stands below, or
// in a row of units below the headings. Knows nothing of fields.

enum HeadingUnits {
  /// By column, the unit that a heading above says: 工资（万元） over 月工资 and 年工资.
  ///
  /// - Parameter index: the row that names the columns.
  static func above(_ index: Int, _ top: [BulkRow]) -> [Int: String] {
    var out: [Int: String] = [:]
    for above in (max(0, index - 3)..<index).reversed() {
      let groups = HeadingNames.groups(top[above].cells, top[above + 1].cells)
      if groups.isEmpty { break }
      for (column, group) in groups where out[column] == nil {
        out[column] = Headings.bare(group).brackets.first { HeadingUnit($0).unit != nil }
      }
    }
    return out
  }

  /// By column, what a row of units says; empty for any other row.
  static func row(_ row: BulkRow) -> [Int: String] {
    var out: [Int: String] = [:]
    for (column, cell) in row.cells.enumerated() where !cell.text.isEmpty {
      guard let word = RowKinds.formatWord(cell.text) else { return [:] }
      if HeadingUnit(word).unit != nil { out[column] = word }
    }
    return out
  }

  /// Headings with the units that they do not say themselves, where these change what is read.
  static func added(_ units: [Int: String], to cells: [BulkRow.Cell], _ headings: Headings) -> [BulkRow.Cell] {
    if units.isEmpty { return cells }
    var out = cells
    for (column, unit) in units where out.indices.contains(column) {
      let cell = out[column]
      guard !cell.text.isEmpty, !Headings.bare(cell.text).brackets.contains(where: { HeadingUnit($0).unit != nil })
      else { continue }
      let text = cell.text + "（" + unit + "）"
      let changes: Bool
      // A unit that cannot be meant is told of as if it stood in the heading itself.
      do { changes = try headings.match(text)?.unit != nil } catch { changes = true }
      if changes { out[column] = BulkRow.Cell(text: text, start: cell.start, end: cell.end, isFlawed: cell.isFlawed) }
    }
    return out
  }
}

extension RowKinds {
  /// A word of a row that says how cells are filled in, or in what they are counted; nil for any other text.
  static func formatWord(_ text: String) -> String? {
    guard text.utf8.count <= 30 else { return nil }
    var word = CellText.closed(text).lowercased()
    if word.hasPrefix("("), word.hasSuffix(")") { word = String(word.dropFirst().dropLast()) }
    if word.hasPrefix("单位:") { word = String(word.dropFirst(3)) }
    let unit = HeadingUnit(word)
    return formats.contains(word) || unit.unit != nil && unit.rest.isEmpty ? word : nil
  }
}
