// Rows of which somebody has said that they are not to be read: by what their first cell says, or by their number.
// Knows nothing of what rows are.

/// The rows that are left out because somebody has said so.
struct RowSkips {
  private var lines: Set<Int> = []
  /// Texts, perhaps with a place left open, by what `ColumnMapping.plain` makes of them.
  private var texts: [String: String] = [:]
  /// Texts of nothing but dots, in which no place is open: a row that stands for more rows.
  private var dots: Set<String> = []

  /// - Returns: nil where nothing is said.
  init?(_ said: [String]) {
    if said.isEmpty { return nil }
    for text in said {
      if let line = Int(text), CellText.isDigits(text) { lines.insert(line) }
      if RowSkips.isDots(text) {
        dots.insert(text)
      } else {
        texts[ColumnMapping.plain(CellPattern.written(text))] = ""
      }
    }
  }

  /// What was said of a row of a block that is one of them, as it is kept here; nil for any other row.
  func met(_ row: Int, _ block: CellBlock, columns: Int) -> String? {
    let line = block.records[row].line
    if lines.contains(line) { return String(line) }
    guard let first = (0..<columns).first(where: { block.cell($0, row).count > 0 }) else { return nil }
    let cell = block.cell(first, row)
    guard cell.count <= 600 else { return nil }
    let text = String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self)
    if RowSkips.isDots(text) { return dots.contains(text) ? text : nil }
    return CellText.isDigits(text) ? nil : CellPattern.met(text, texts)
  }

  private static func isDots(_ text: String) -> Bool { !text.isEmpty && text.allSatisfy { "….·。．".contains($0) } }

  /// Those of the texts that were said which no row has met, as they were written.
  static func unmet(_ said: [String], _ met: Set<String>) -> [String] {
    said.filter { !met.contains($0) && !met.contains(ColumnMapping.plain(CellPattern.written($0))) }
  }
}
