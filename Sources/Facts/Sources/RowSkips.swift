// Rows of which somebody has said that they are not to be read: by what their first cell says, or by their number.
// Knows nothing of what rows are.

/// The rows that are left out because somebody has said so.
struct RowSkips {
  private var lines: Set<Int> = []
  /// Texts, perhaps with a place left open, by what `ColumnMapping.plain` makes of them.
  private var texts: [String: String] = [:]

  /// - Returns: nil where nothing is said.
  init?(_ said: [String]) {
    if said.isEmpty { return nil }
    for text in said {
      if let line = Int(text), CellText.isDigits(text) { lines.insert(line) }
      texts[ColumnMapping.plain(CellPattern.written(text))] = ""
    }
  }

  /// Whether a row of a block is one of them.
  func leave(_ row: Int, _ block: CellBlock, columns: Int) -> Bool {
    if lines.contains(block.records[row].line) { return true }
    guard let first = (0..<columns).first(where: { block.cell($0, row).count > 0 }) else { return false }
    let cell = block.cell(first, row)
    guard cell.count <= 600 else { return false }
    let text = String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self)
    return !CellText.isDigits(text) && CellPattern.met(text, texts) != nil
  }
}
