// What a register's own lines of totals say of how many people it names and of what amounts come to, held against the
// records above them. Knows nothing of what else such lines say.
import Diagnostics
import Reckoning

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

/// A line of totals whose amount is not that of the records above it.
struct Missum {
  let line: Int
  let column: Int
  /// Both in fen.
  let said: Int64
  let found: Int64

  func warning(_ heading: String, in file: SourceFile) -> Diagnostic {
    let at = Position(line: line, column: column + 1)
    let name = ValueProblem.shown(heading)
    let (said, found) = (Money(fen: said).grouped, Money(fen: found).grouped)
    return Diagnostic(
      .warning, code: "rows-summed",
      Text(
        "line \(line) says \(said) for `\(name)`, and the records above it come to \(found)",
        zh: "第 \(line) 行合计“\(name)”为 \(said)，其上各条相加为 \(found)"),
      hint: Text(
        "check that no row is missing, and that no amount was mistyped", zh: "请核对是否有缺漏的行，或有金额写错"),
      at: SourceRange(source: file, start: at, end: at))
  }
}

/// A line of totals, for when all records above it have been read.
struct TotalRow {
  /// How many records stand above it, of its run or of the file.
  var row: Int
  let line: Int
  /// How many people it says there are; nil where it does not.
  let people: Int?
  /// What it says of columns of amounts, in fen.
  let amounts: [(column: Int, fen: Int64)]
}

extension RecordRun {
  /// What a line of totals says of columns of amounts; nothing where it is of other rows than those above it alone.
  func amounts(_ row: Int) -> [(column: Int, fen: Int64)] {
    let said = plans.indices.filter { plans[$0].isYuan && block.cell($0, row).count > 0 }
    guard !said.isEmpty, !RowKinds.isOfOtherRows(row, block, columns: plans.count) else { return [] }
    return said.compactMap { column in
      guard let field = plans[column].field, block.cell(column, row).count <= 60 else { return nil }
      let text = RowKinds.text(block.cell(column, row))
      guard case .number(let fen)? = try? reader.reading(text, field, plans[column].context).value else { return nil }
      return (column, fen)
    }
  }
}

extension SkippedRows {
  /// Holds lines of totals against the records above them: all of them, or those since the last such line.
  ///
  /// - Parameters:
  ///   - totals: with the number of all records of the file above each.
  ///   - values: a column's values in fen, and what stands where none is stated; nil for a column without any.
  mutating func hold(_ totals: [TotalRow], _ values: (Int) -> (fen: CheckedBuffer<Int64>, missing: Int64)?) {
    var last = 0
    for total in totals {
      if let said = total.people, said != total.row, said != total.row - last {
        add(Miscount(line: total.line, said: said, found: total.row))
      }
      last = total.row
    }
    var wrong: [Missum] = []
    for column in Set(totals.flatMap(\.amounts).map(\.column)).sorted() {
      guard let (fen, missing) = values(column) else { continue }
      var (all, next, isKnown) = (Int64(0), 0, true)
      for total in totals {
        var part: Int64 = 0
        while next < total.row {
          let raw = fen[next]
          next += 1
          if raw == missing { continue }
          if raw.magnitude > Money.limit.fen.magnitude { isKnown = false } else { part &+= raw }
        }
        all &+= part
        guard isKnown, let said = total.amounts.first(where: { $0.column == column })?.fen else { continue }
        if said != all, said != part {
          wrong.append(Missum(line: total.line, column: column, said: said, found: part == 0 ? all : part))
        }
      }
    }
    for missum in wrong.sorted(by: { ($0.line, $0.column) < ($1.line, $1.column) }).prefix(5) { add(missum) }
  }
}

extension RowKinds {
  static func text(_ cell: CellBlock.Cell) -> String {
    CellText.closed(String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self))
  }

  /// Whether a line of totals speaks of other rows than those above it, or of some of them alone.
  static func isOfOtherRows(_ row: Int, _ block: CellBlock, columns: Int) -> Bool {
    (0..<columns).contains { column in
      let cell = block.cell(column, row)
      guard cell.count > 0, cell.count <= 60 else { return false }
      let text = text(cell)
      return ["其中", "本页", "累计", "男", "女", "上月", "上年", "去年", "计划", "平均", "人均"].contains(where: text.contains)
    }
  }

  /// How many people a line of totals says there are; nil where it does not say, or not of the rows above it alone.
  func counted(_ row: Int, _ block: CellBlock) -> Int? {
    var found: Set<Int> = []
    for column in 0..<columns {
      let cell = block.cell(column, row)
      guard cell.count > 0, cell.count <= 60 else { continue }
      if let count = RowKinds.people(RowKinds.text(cell)) { found.insert(count) }
    }
    guard let only = found.first, found.count == 1, !RowKinds.isOfOtherRows(row, block, columns: columns) else {
      return nil
    }
    return only
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
