// What the records of a list say, field by field: how many state it, how many differ, the ends, the usual value.
// Knows nothing of how it is shown, nor of what looks wrong (`FieldSuspicions`).

import Diagnostics
import Facts
import Reckoning

/// What records say in one field.
package struct FieldSummary: Sendable {
  package let field: Field
  /// How many records were looked at.
  package let records: Int
  /// How many state it; nil where it is not kept which records leave it out.
  package let stated: Int?
  /// Of how many the default holds; nil likewise.
  package let byDefault: Int?
  /// Of how many it is said or assumed that there is none.
  package let none: Int
  /// Of how many nobody knows.
  package let unknown: Int
  /// How many different values there are; of sets, different members.
  package let distinct: Int
  /// The ends of what has an order, in raw form.
  package let least: Int64?
  package let greatest: Int64?
  /// What most records have, in raw form, where more than one has it.
  package let usual: (raw: Int64, count: Int)?
  /// What looks wrong.
  package internal(set) var suspicions: [FieldSuspicion] = []

  /// Sums up every field of a list over some of its records.
  ///
  /// - Parameters:
  ///   - rows: the records; nil: all.
  ///   - isCancelled: asked between two fields.
  package static func all(
    of table: FactTable, rows: [Int32]?, in dataset: Dataset, isCancelled: () -> Bool = { false }
  ) -> [FieldSummary] {
    var out: [FieldSummary] = []
    for field in table.declaration.fields where field.name != "id" {
      if isCancelled() { break }
      guard let column = table.columns[field.name] else { continue }
      var values = FieldValues(field, column, rows: rows, count: table.count)
      var summary = FieldSummary(field, table, column, &values, rows: rows)
      summary.suspicions = FieldSuspicion.all(of: field, column, table, values, rows: rows, in: dataset)
      out.append(summary)
    }
    return out
  }

  private init(
    _ field: Field, _ table: FactTable, _ column: Column, _ values: inout FieldValues, rows: [Int32]?
  ) {
    self.field = field
    records = rows?.count ?? table.count
    let left = FieldSummary.left(out: field, table, column, rows: rows)
    stated = left.map { [records] in records - $0 }
    switch field.absence {
    case .value, .empty, .field: byDefault = left
    case .required, .none, .unknown: byDefault = 0
    }
    none = values.none
    unknown = values.unknown
    distinct = values.counts.count
    let hasOrder: Bool
    switch field.type {
    case .int, .money, .figure, .date, .dateOrMonth, .dateOrYear: hasOrder = true
    case .text, .bool, .place, .county, .area, .choice, .reference, .set: hasOrder = false
    }
    let rank = field.type == .dateOrYear ? DateOrYear.rank : { $0 }
    least = hasOrder ? values.counts.keys.min { rank($0) < rank($1) } : nil
    greatest = hasOrder ? values.counts.keys.max { rank($0) < rank($1) } : nil
    let most = values.counts.max { a, b in a.value != b.value ? a.value < b.value : a.key > b.key }
    usual = most.flatMap { $0.value > 1 ? ($0.key, $0.value) : nil }
  }

  /// How many records leave the field out; nil where that is known of the list as a whole only.
  private static func left(out field: Field, _ table: FactTable, _ column: Column, rows: [Int32]?) -> Int? {
    if case .field = field.absence, case .ownIDs = column.data { return rows?.count ?? table.count }
    guard let unstated = table.unstated[field.name] else { return 0 }
    guard let rows else { return unstated.count }
    guard let leaving = table.rowsWithout(field.name) else { return nil }
    return rows.count { leaving.contains(Int($0)) }
  }
}

/// The values of a field with how many records have each.
struct FieldValues {
  private(set) var counts: [Int64: Int] = [:]
  private(set) var none = 0
  private(set) var unknown = 0

  init(_ field: Field, _ column: Column, rows: [Int32]?, count: Int) {
    switch column.data {
    case .constant(let raw):
      add(raw, field.type, rows?.count ?? count)
    case .ownIDs:
      // Each is its own.
      for row in 0..<(rows?.count ?? count) { counts[Int64(rows?[row] ?? Int32(truncatingIfNeeded: row))] = 1 }
    case .sets:
      FieldValues.each(rows, count) { row in
        for member in column.members(row) { counts[Int64(member), default: 0] += 1 }
      }
    case .bools, .int32, .int64:
      // Counted by small numbers first, since there may be millions of records.
      var codes = ValueCodes(records: rows?.count ?? count)
      var values: [Int64] = []
      var found: [Int] = []
      FieldValues.each(rows, count) { row in
        let raw = Invariant.value(column.raw(row), "fact-has-row: a column has a value in every row")
        let code = codes.code(of: raw) {
          values.append($0)
          found.append(0)
          return Int32(truncatingIfNeeded: values.count - 1)
        }
        found[Int(code)] += 1
      }
      for (raw, count) in zip(values, found) { add(raw, field.type, count) }
    }
  }

  static func each(_ rows: [Int32]?, _ count: Int, _ body: (Int) -> Void) {
    if let rows { for row in rows { body(Int(row)) } } else { for row in 0..<count { body(row) } }
  }

  private mutating func add(_ raw: Int64, _ type: FieldType, _ count: Int) {
    guard count > 0 else { return }
    switch FactPath.Raw(raw, type) {
    case .none: none += count
    case .unknown: unknown += count
    case .value(let raw): counts[raw, default: 0] += count
    }
  }

  /// The value in the middle; nil where there is none.
  var median: Int64? {
    let total = counts.values.reduce(0, +)
    var seen = 0
    for (raw, count) in counts.sorted(by: { $0.key < $1.key }) {
      seen += count
      if seen * 2 >= total { return raw }
    }
    return nil
  }
}
