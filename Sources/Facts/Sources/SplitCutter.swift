// Rows that name several people, as a record for each of them where somebody has said so: 张三、李四 beside one agency and
// one day. What is said of one person each (the identity number, the sex) is split with the names; everything else
// holds for all of them. Knows nothing of what cells mean.
import Diagnostics

/// Which columns of a row are split, and how.
struct RowSplit {
  /// The column of names.
  let names: Int
  /// That of identity numbers, of which there have to be as many, or none.
  let numbers: Int?
  /// Columns of what each person has, split where there are as many.
  let others: [Int]

  /// - Returns: nil where nobody has said so, or no column names people.
  init?(_ header: BulkHeader, _ schema: ListSchema, _ mapping: ColumnMapping) {
    let list = schema.declaration
    guard mapping.splits.contains(list.name) else { return nil }
    func column(_ name: String?) -> Int? {
      header.columns.first { schema.fields[$0.field].name == name && $0.column < header.width }?.column
    }
    guard let names = column(list.personName) else { return nil }
    self.names = names
    numbers = column(list.personID)
    others = ["sex", "born", "education", "occupation"].compactMap { column($0) }
  }

  /// Where each person's text stands in the cells of a row, by column; nil for a row of one person, or of which it
  /// cannot be told whose number is whose.
  func parts(_ text: (Int) -> String) -> [Int: [Range<Int>]]? {
    let people = CrowdedName.ranges(text(names))
    guard people.count > 1 else { return nil }
    var out = [names: people]
    if let numbers {
      let cell = text(numbers)
      if !Members.trimmed(cell[...]).isEmpty {
        let own = CrowdedName.parts(cell)
        guard own.count == people.count else { return nil }
        out[numbers] = own
      }
    }
    for column in others {
      let own = CrowdedName.parts(text(column))
      if own.count == people.count { out[column] = own }
    }
    return out
  }

  /// What has been split.
  static func note(_ heading: String, rows: Int, people: Int, at location: SourceRange) -> Diagnostic {
    let name = ValueProblem.shown(heading)
    return Diagnostic(
      .note, code: "people-split",
      Text(
        "`\(name)` names several people in \(rows) \(rows == 1 ? "row" : "rows"), read as \(people) records: each has "
          + "the row's other values",
        zh: "`\(name)` 有 \(rows) 行写了多人，按 \(people) 条记录读入：其他各列的值各人相同"),
      hint: Text(
        "check that amounts of these rows are those of each person", zh: "请核对这些行的金额等是否为每人的数"), at: location)
  }
}

/// The rows of a source, a record for each person that one names.
final class SplitCutter: RowCutter {
  let room: Int
  var firstLine: Int { base.firstLine }
  var isUncertain: Bool { base.isUncertain }
  var isAtEnd: Bool { row == filled && base.isAtEnd }
  var progress: Double { base.progress }
  /// How many rows name several people, and how many people they name.
  let counts: (rows: Int, people: Int)
  private let base: any RowCutter
  private let split: RowSplit
  private let block: CellBlock
  private var (filled, row, person) = (0, 0, 0)
  private var parts: [Int: [Range<Int>]]?

  /// - Parameters:
  ///   - base: cuts the rows.
  ///   - ahead: the same anew, to count the people first.
  init(_ base: any RowCutter, ahead: any RowCutter, _ split: RowSplit, columns: Int) {
    (self.base, self.split) = (base, split)
    block = CellBlock(columns: columns)
    var counts = (rows: 0, people: 0)
    while !ahead.isAtEnd {
      for r in 0..<ahead.cut(into: block) {
        guard let parts = SplitCutter.parts(split, block, r)?[split.names] else { continue }
        counts = (counts.rows + 1, counts.people + parts.count)
      }
    }
    self.counts = counts
    room = base.room + counts.people - counts.rows
  }

  deinit { block.deallocate() }

  private static func parts(_ split: RowSplit, _ block: CellBlock, _ row: Int) -> [Int: [Range<Int>]]? {
    split.parts { column in
      let cell = block.cell(column, row)
      return String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self)
    }
  }

  func cut(into out: CellBlock) -> Int {
    if row == filled {
      // The cells of the last block have been read by now.
      guard !base.isAtEnd else { return 0 }
      (filled, row, person) = (base.cut(into: block), 0, 0)
    }
    var count = 0
    while row < filled, count < CellBlock.rows {
      if person == 0 { parts = SplitCutter.parts(split, block, row) }
      for column in 0..<block.columns {
        var cell = block.cell(column, row)
        if let part = parts?[column]?[person], part.upperBound <= cell.count {
          cell = CellBlock.Cell(start: cell.start + part.lowerBound, count: part.count)
          cell.trim()
        }
        out.cells.initialize(column * CellBlock.rows + count, to: cell)
      }
      out.records.initialize(count, to: block.records[row])
      count += 1
      person += 1
      if person >= parts?[split.names]?.count ?? 1 { (row, person) = (row + 1, 0) }
    }
    return count
  }

  func letGo() {}
}

extension CrowdedName {
  private static let marks = Set("、，,;；/／".unicodeScalars)

  /// Where the parts of a text stand between its marks or lines, in bytes, without the blanks around them.
  static func parts(_ text: String) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var (from, at) = (0, 0)
    func add(_ end: Int) {
      let bytes = text.utf8.prefix(end).dropFirst(from)
      if bytes.contains(where: { $0 > 0x20 }) { out.append(from..<end) }
    }
    for scalar in text.unicodeScalars {
      let end = at + UTF8.width(scalar)
      if marks.contains(scalar) || scalar == "\n" || scalar == "\r" {
        add(at)
        from = end
      }
      at = end
    }
    add(at)
    return out
  }

  /// The same of a cell that names several people; none of any other cell.
  static func ranges(_ text: String) -> [Range<Int>] {
    guard isOne(text) else { return [] }
    let parts = parts(text)
    let names = parts.map { CellText.closed(Members.text(text.utf8.prefix($0.upperBound).dropFirst($0.lowerBound))) }
    // 李娜等3人 names one of three.
    return names.allSatisfy { PartText.isName($0) } ? parts : []
  }
}
