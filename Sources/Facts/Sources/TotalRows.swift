// What a register's own lines of totals say of how many people it names, held against the records above them. Knows
// nothing of what else such lines say.
import Diagnostics

/// A line of totals that counts other than the records above it.
struct Miscount {
  let line: Int
  /// How many it says there are.
  let said: Int
  /// How many records stand above it, in all.
  let found: Int

  func warning(in file: SourceFile) -> Diagnostic {
    let at = Position(line: line, column: 1)
    let records = found == 1 ? "1 record stands" : "\(found) records stand"
    return Diagnostic(
      .warning, code: "rows-counted",
      Text(
        "line \(line) counts \(said), and \(records) above it",
        zh: "第 \(line) 行合计 \(said) 人，其上共读入 \(found) 条"),
      hint: Text(
        "check that no row is missing, and that none stands there twice", zh: "请核对是否有缺漏或重复的行"),
      at: SourceRange(source: file, start: at, end: at))
  }
}

extension RowKinds {
  /// How many people a line of totals says there are; nil where it does not say, or not of the rows above it alone.
  func counted(_ row: Int, _ block: CellBlock) -> Int? {
    var found: Set<Int> = []
    var isOfRest = false
    for column in 0..<columns {
      let cell = block.cell(column, row)
      guard cell.count > 0, cell.count <= 60 else { continue }
      let text = CellText.closed(
        String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self))
      if ["其中", "本页", "累计", "男", "女", "上月", "上年", "去年", "计划"].contains(where: text.contains) { isOfRest = true }
      if let count = RowKinds.people(text) { found.insert(count) }
    }
    return isOfRest || found.count != 1 ? nil : found.first
  }

  /// `6人`, `合计：6人`, `总计6名`, `共6人`; no amount and no number alone.
  private static func people(_ text: String) -> Int? {
    guard let last = text.last, "人名".contains(last) else { return nil }
    let figures = String(text.dropLast().reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
    var words = text.dropLast(figures.count + 1)
    while let mark = words.last, ":：共".contains(mark) { words.removeLast() }
    guard (1...7).contains(figures.utf8.count), words.isEmpty || isTotalWord(String(words)) else { return nil }
    return Int(figures)
  }
}
