// Which records of a base year come again in later years, and how often. Growth is an input: what is not whole is
// spread evenly over the records by a fixed rule. Knows nothing of rules, or of how growth is written.

import Diagnostics
import Facts
import Reckoning

/// How counts grow from year to year.
package enum YearlyGrowth {
  /// What one comes to after so many years, in parts of `Share.unit`: the year before, times one and the growth, to
  /// eight decimals.
  ///
  /// - Parameter growth: parts of a share, from minus one on.
  /// - Returns: nil where it cannot be held.
  package static func factor(_ growth: Int64, years: Int) -> Int64? {
    var factor = Share.unit
    for _ in 0..<max(years, 0) {
      guard let next = Decimals.muldiv(factor, Share.unit &+ growth, Share.unit) else { return nil }
      factor = next
    }
    return factor
  }

  /// A figure after so many years, rounded half away from nought; nil where it cannot be held.
  package static func grown(_ figure: Int64, _ growth: Int64, years: Int) -> Int64? {
    factor(growth, years: years).flatMap { Decimals.muldiv(figure, $0, Share.unit) }
  }

  /// How often the ith of `n` (from 0) comes where `wanted` are to come: all as often, and what is left over evenly.
  package static func times(_ i: Int, of n: Int, for wanted: Int) -> Int { (i + 1) * wanted / n - i * wanted / n }
}

/// Records that grow alike.
package struct YearlyStream: Sendable {
  /// The list, by its place among the tables.
  package let list: Int
  /// The rows of the base year in the order in which what is not whole is spread over them.
  package let rows: [Int32]

  /// Rows of one list.
  package init(list: Int, rows: [Int32]) {
    self.list = list
    self.rows = rows
  }

  /// How many come in each of the years that follow the base.
  package func copies(_ counts: [Int]) -> [[RecordCopy]] {
    counts.enumerated().map { k, wanted in
      rows.enumerated().flatMap { i, row in
        (0..<YearlyGrowth.times(i, of: rows.count, for: wanted)).map { number in
          RecordCopy(source: row, years: k + 1, number: Int32(truncatingIfNeeded: number + 1))
        }
      }
    }
  }
}

/// What begins in a base year, list by list.
package struct YearlyRecords: Sendable {
  /// One list whose records begin on a day or in a year.
  package struct List: Sendable {
    /// Its place among the tables.
    package let index: Int
    /// The rows that begin in the base year, in the order of the spread: by what they refer to, then by their first
    /// day, then as they stand.
    package let rows: [Int32]
    /// The rows that stay as they are: those that begin by the end of the base year, and those without a first day.
    package let kept: [Int32]
    /// How many begin after the base year.
    package let later: Int
    /// How many have no first day.
    package let undated: Int
    /// How many of the base year have no last day, in a list whose records may end.
    package let open: Int
    /// How many of the base year are of persons who have a record before it.
    package let known: Int
  }

  package let year: Int
  /// The lists that have any record with a first day, in the dictionary's order.
  package let lists: [List]
  /// The years in which records begin; nil where none does.
  package let years: ClosedRange<Int>?

  /// Looks at what begins when.
  package init(_ dataset: Dataset, year: Int) {
    self.year = year
    var lists: [List] = []
    var first = Int.max, last = Int.min
    for (index, table) in dataset.tables.enumerated() where table.count > 0 {
      guard let begins = table.declaration.begins, let column = table.columns[begins],
        let type = table.declaration.field(begins)?.type
      else { continue }
      let began = (0..<table.count).map { YearlyRecords.year(column, type, $0) }
      for year in began.compactMap(\.self) {
        first = min(first, year)
        last = max(last, year)
      }
      lists.append(YearlyRecords.list(index, table, began, year))
    }
    self.lists = lists.filter { list in
      !list.rows.isEmpty || list.later > 0 || list.kept.count > list.undated
    }
    years = first <= last ? first...last : nil
  }

  /// The last year that is over on the day of costing; without such a day the last in which a record begins. Nil where
  /// none does.
  package static func lastFullYear(of dataset: Dataset, asOf: Day?) -> Int? {
    guard let day = asOf else { return YearlyRecords(dataset, year: 0).years?.upperBound }
    return Day(number: day.number + 1).year - 1
  }

  /// The year in which a record begins; nil where it has no first day.
  private static func year(_ column: Column, _ type: FieldType, _ row: Int) -> Int? {
    guard let raw = column.stated(row) else { return nil }
    if type == .int { return Int(raw) }
    if raw >= Int64(DateOrYear.base) { return Int(raw) - Int(DateOrYear.base) }
    return Day(number: Int32(clamping: raw)).year
  }

  private static func list(_ index: Int, _ table: FactTable, _ began: [Int?], _ year: Int) -> List {
    var rows: [Int32] = [], kept: [Int32] = []
    var later = 0, undated = 0
    for row in 0..<table.count {
      let number = Int32(truncatingIfNeeded: row)
      guard let own = began[row] else {
        undated += 1
        kept.append(number)
        continue
      }
      if own > year {
        later += 1
        continue
      }
      kept.append(number)
      if own == year { rows.append(number) }
    }
    var earlier: Set<Int64> = []
    var known = 0
    if let person = table.declaration.person.flatMap({ table.columns[$0] }) {
      for row in kept where (began[Int(row)] ?? year) < year {
        if let raw = person.stated(Int(row)) { earlier.insert(raw) }
      }
      known = rows.count { row in person.stated(Int(row)).map { earlier.contains($0) } ?? false }
    }
    var open = 0
    if let ends = table.declaration.ends, let column = table.columns[ends] {
      open = rows.count { column.stated(Int($0)) == nil }
    }
    return List(
      index: index, rows: spread(rows, table), kept: kept, later: later, undated: undated, open: open, known: known)
  }

  /// The order in which what is not whole is spread: records that refer to the same stand together, so that each of
  /// those that are referred to has its share.
  static func spread(_ rows: [Int32], _ table: FactTable) -> [Int32] {
    var keys: [Column] = table.declaration.fields.compactMap { field in
      if case .reference = field.type { table.columns[field.name] } else { nil }
    }
    if let begins = table.declaration.begins, let column = table.columns[begins] { keys.append(column) }
    let values = keys.map { key in rows.map { key.stated(Int($0)) ?? .max } }
    return rows.indices.sorted { a, b in
      for key in values where key[a] != key[b] { return key[a] < key[b] }
      return a < b
    }.map { rows[$0] }
  }

  // MARK: Who stays

  /// Lets a share of a year's copies stay, in the order of the spread.
  ///
  /// Where more are to stay, leavers lose their last day, evenly among them; where fewer, some who stay leave, evenly
  /// among them, each after as long as one of the base year's leavers, of whom
  /// those who leave sooner and later are taken in the shares that they have.
  ///
  /// - Parameters:
  ///   - copies: one year's.
  ///   - leaves: whether a row of the base year has a last day.
  ///   - leavers: the base year's rows with a last day, in the order of the spread.
  package static func keep(
    _ share: Int64, of copies: inout [RecordCopy], leaves: (Int32) -> Bool, leavers: [Int32]
  ) {
    let wanted = Int(
      Invariant.value(
        Decimals.muldiv(Int64(copies.count), share, Share.unit),
        "shares-of-copies: a share of a year's records is within reach"))
    let stay = copies.indices.filter { !leaves(copies[$0].source) }
    let leave = copies.indices.filter { leaves(copies[$0].source) }
    if wanted > stay.count {
      for (i, place) in leave.enumerated() where YearlyGrowth.times(i, of: leave.count, for: wanted - stay.count) > 0 {
        copies[place].stay = .open
      }
    } else if wanted < stay.count, !leavers.isEmpty {
      let more = stay.count - wanted
      var turn = 0
      for (i, place) in stay.enumerated() where YearlyGrowth.times(i, of: stay.count, for: more) > 0 {
        copies[place].stay = .like(leavers[min((2 * turn + 1) * leavers.count / (2 * more), leavers.count - 1)])
        turn += 1
      }
    }
  }
}

extension Column {
  /// The raw value of a row where there is one: not of a mark of absence.
  fileprivate func stated(_ row: Int) -> Int64? { raw(row).flatMap { $0 > Int64(Absent.none32) ? $0 : nil } }
}
