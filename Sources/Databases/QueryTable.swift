// Tables that statements may read: their columns by name and type, and the rows in parts of one form each. Knows
// nothing
// of where they come from.

import CSQLite

/// What a column of a table holds, as far as a statement can tell.
package enum QueryType: String, Sendable {
  case text
  case integer
  /// 1 or 0.
  case flag
  /// Yuan.
  case money
  case decimal
  /// `2022-03-01`, or a year.
  case date

  /// The type in the declaration, whose last word decides how SQLite compares.
  var declared: String {
    switch self {
    case .text: "TEXT"
    case .integer: "INTEGER"
    case .flag: "FLAG INTEGER"
    case .money: "MONEY REAL"
    case .decimal: "DECIMAL REAL"
    case .date: "DATE TEXT"
    }
  }

  /// The type of a column that was declared so.
  init?(declared: String) {
    guard let found = QueryType.all.first(where: { $0.declared == declared }) else { return nil }
    self = found
  }

  private static let all: [QueryType] = [.text, .integer, .flag, .money, .decimal, .date]
}

/// One column of a table.
package struct QueryColumn: Sendable {
  package let name: String
  /// The name in the table's Chinese twin.
  package let chinese: String
  package let type: QueryType
  /// Whether `*` leaves it out.
  package let isHidden: Bool

  package init(_ name: String, zh chinese: String, _ type: QueryType, isHidden: Bool = false) {
    self.name = name
    self.chinese = chinese
    self.type = type
    self.isHidden = isHidden
  }
}

/// The values of one column in one part of a table. Memory that is given by its address is kept by the owner.
package struct QueryValues: @unchecked Sendable {
  let column: cesuan_column
  private var owners: [AnyObject]
  /// What the Chinese twin of the table has instead, where a value is one of few words.
  private(set) var chinese: cesuan_column?

  private init(_ column: cesuan_column, _ owners: [AnyObject]) {
    self.column = column
    self.owners = owners
  }

  /// With words of its own for the Chinese twin of the table.
  package func inChinese(_ other: QueryValues) -> QueryValues {
    var both = self
    both.chinese = other.column
    both.owners += other.owners
    return both
  }

  /// How numbers become values.
  package enum Reading {
    case integer
    /// Divided by this.
    case scaled(Int64)
    case day
    case text(QueryTexts)
    /// Of another column's values: `stated`, `none` or `unknown`; in the Chinese twin 已填, 无, 未知.
    case state
  }

  /// Nothing in any row.
  package static var absent: QueryValues { QueryValues(cesuan_column(), []) }

  /// The same number in every row.
  package static func constant(_ number: Int64, _ reading: Reading) -> QueryValues {
    QueryValues(column(reading, width: 0, constant: number), owners(reading, nil))
  }

  /// The same text in every row.
  package static func constant(_ text: String) -> QueryValues { constant(0, .text(QueryTexts([text]))) }

  /// The text of a row has the row's number.
  package static func byRow(_ texts: QueryTexts) -> QueryValues {
    QueryValues(column(.text(texts), width: -1), [texts])
  }

  /// Numbers in somebody's memory.
  package static func numbers(
    _ start: UnsafeRawPointer, width: Int, _ reading: Reading, owner: AnyObject
  ) -> QueryValues {
    var made = QueryValues(column(reading, width: Int32(width), values: start), owners(reading, owner))
    if case .state = reading {
      var twin = made.column
      twin.kind = Int32(CESUAN_STATE_ZH)
      made.chinese = twin
    }
    return made
  }

  /// A copy of numbers.
  package static func numbers<Number: FixedWidthInteger & Sendable>(
    _ numbers: [Number], _ reading: Reading
  ) -> QueryValues {
    let memory = QueryMemory(numbers)
    return .numbers(memory.start, width: MemoryLayout<Number>.size, reading, owner: memory)
  }

  /// A text or none for each row.
  package static func texts(_ texts: [String?]) -> QueryValues {
    var numbers: [Int32] = []
    var known: [String: Int32] = [:]
    var all: [String] = []
    for text in texts {
      guard let text else {
        numbers.append(-1)
        continue
      }
      if known[text] == nil {
        known[text] = Int32(all.count)
        all.append(text)
      }
      numbers.append(known[text, default: -1])
    }
    return .numbers(numbers, .text(QueryTexts(all)))
  }

  /// A decimal or none for each row.
  package static func reals(_ reals: [Double?]) -> QueryValues {
    let memory = QueryMemory(reals.map { $0 ?? .nan })
    var column = cesuan_column()
    column.kind = Int32(CESUAN_REAL)
    column.values = UnsafeRawPointer(memory.start)
    return QueryValues(column, [memory])
  }

  private static func column(
    _ reading: Reading, width: Int32, values: UnsafeRawPointer? = nil, constant: Int64 = 0
  ) -> cesuan_column {
    var column = cesuan_column()
    column.width = width
    column.values = values
    column.constant = constant
    column.divisor = 1
    switch reading {
    case .integer: column.kind = Int32(CESUAN_INTEGER)
    case .scaled(let divisor): (column.kind, column.divisor) = (Int32(CESUAN_SCALED), divisor)
    case .day: column.kind = Int32(CESUAN_DAY)
    case .text(let texts):
      column.kind = Int32(CESUAN_TEXT)
      (column.offsets, column.bytes, column.texts) = (texts.offsets, texts.bytes, Int64(texts.count))
    case .state: column.kind = Int32(CESUAN_STATE)
    }
    return column
  }

  private static func owners(_ reading: Reading, _ owner: AnyObject?) -> [AnyObject] {
    let own = owner.map { [$0] } ?? []
    guard case .text(let texts) = reading else { return own }
    return own + [texts]
  }
}

/// A copy of numbers that stays where it is.
private final class QueryMemory {
  let start: UnsafeMutableRawPointer

  init<Number>(_ numbers: [Number]) {
    start = .allocate(byteCount: max(numbers.count, 1) * MemoryLayout<Number>.stride, alignment: 16)
    numbers.withUnsafeBytes { if let from = $0.baseAddress { start.copyMemory(from: from, byteCount: $0.count) } }
  }

  deinit { start.deallocate() }
}

/// The cells and parts of a table as SQLite is given them.
private final class QueryMemoryOfTable: @unchecked Sendable {
  let parts: UnsafeMutablePointer<cesuan_part>
  private let cells: UnsafeMutablePointer<cesuan_column>

  init(_ columns: [cesuan_column], rows: [Int]) {
    let width = rows.isEmpty ? 0 : columns.count / rows.count
    cells = .allocate(capacity: max(columns.count, 1))
    for (i, column) in columns.enumerated() { (cells + i).initialize(to: column) }
    parts = .allocate(capacity: max(rows.count, 1))
    for (i, count) in rows.enumerated() {
      (parts + i).initialize(to: cesuan_part(rows: Int64(count), columns: cells + i * width))
    }
  }

  deinit {
    cells.deallocate()
    parts.deallocate()
  }
}

/// A table that statements may read.
package final class QueryTable: @unchecked Sendable {
  package let name: String
  /// The name of its Chinese twin, which has the same rows, with words for the ids of what has a Chinese name.
  package let chinese: String
  package let columns: [QueryColumn]
  /// How many rows there are.
  package let count: Int
  private let values: [QueryValues]
  private let english: QueryMemoryOfTable
  private let inChinese: QueryMemoryOfTable
  private let partCount: Int

  /// A run of rows with a column of values for each column of the table.
  package typealias Part = (count: Int, values: [QueryValues])

  package init(_ name: String, zh chinese: String, _ columns: [QueryColumn], parts given: [Part]) {
    self.name = name
    self.chinese = chinese
    self.columns = columns
    precondition(
      given.allSatisfy { $0.values.count == columns.count }, "a part of table \(name) has values for every column")
    count = given.reduce(0) { $0 + $1.count }
    values = given.flatMap(\.values)
    partCount = given.count
    let rows = given.map(\.count)
    english = QueryMemoryOfTable(values.map(\.column), rows: rows)
    inChinese =
      values.contains { $0.chinese != nil }
      ? QueryMemoryOfTable(values.map { $0.chinese ?? $0.column }, rows: rows) : english
  }

  /// What SQLite is given of it, or of its Chinese twin.
  func table(
    _ declaration: UnsafePointer<CChar>, passed: UnsafeMutablePointer<Int64>, inChinese: Bool
  ) -> cesuan_table {
    cesuan_table(
      declaration: declaration, columns: Int32(columns.count), parts: Int32(partCount),
      part: (inChinese ? self.inChinese : english).parts, rows: Int64(count), passed: passed)
  }

  /// Its declaration, in one language or the other.
  func declaration(inChinese: Bool) -> String {
    let fields = columns.map {
      SQLText.quoted(inChinese ? $0.chinese : $0.name) + " " + $0.type.declared + ($0.isHidden ? " HIDDEN" : "")
    }
    return "CREATE TABLE x(" + fields.joined(separator: ", ") + ")"
  }
}
