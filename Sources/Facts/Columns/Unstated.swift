// Which records do not state a field, whatever stands in its column for want of it: a default looks like a value that
// somebody has stated. Knows nothing of rules.
import Reckoning

/// The records of a list that do not state one of its fields.
public struct Unstated: Sendable {
  /// Stretches of rows, ascending.
  public private(set) var rows: [Range<Int>] = []
  /// How many cells of bulk files are empty; which of them is not kept.
  private(set) var emptyCells = 0

  /// All of it stated.
  init() {}

  /// How many records do not state the field.
  public var count: Int { rows.reduce(emptyCells) { $0 + $1.count } }

  /// Whether it is known that a record does not state the field.
  public func contains(_ row: Int) -> Bool {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].upperBound <= row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].contains(row)
  }

  mutating func add(_ more: Range<Int>) {
    guard !more.isEmpty else { return }
    if let last = rows.last, last.upperBound == more.lowerBound {
      rows[rows.count - 1] = last.lowerBound..<more.upperBound
    } else {
      rows.append(more)
    }
  }

  mutating func add(emptyCells more: Int) { emptyCells += more }
}

extension ListParts {
  /// The fields that not every record states, with the records that do not.
  func unstated() -> [String: Unstated] {
    var out: [String: Unstated] = [:]
    let declaration = schema.declaration
    for (number, field) in schema.fields.enumerated() {
      var found = Unstated()
      var next = 0
      for cell in records.cells[number] ?? [] {
        let row = Int(cell.row)
        if row > next { found.add(next..<row) }
        next = max(next, row + 1)
      }
      found.add(next..<max(records.count, next))
      var first = records.count
      for part in bulk {
        let file = part.records
        if let column = file.column(of: number) {
          found.add(emptyCells: column.empty)
        } else {
          found.add(first..<(first + file.rows))
        }
        first += file.rows
      }
      for part in cohorts {
        let isOwn =
          field.name == CohortList.begins(declaration)
          || (field.name == CohortList.ends(declaration) && !part.cohort.retention.isEmpty)
        if !isOwn, part.cells[number] == nil { found.add(first..<(first + part.cohort.count)) }
        first += part.cohort.count
      }
      if found.count > 0 { out[field.name] = found }
    }
    return out
  }
}

extension Dataset {
  /// The facts as if every record that does not state a field stated a value.
  ///
  /// - Parameter raw: the value as a column holds it; of a set, the one member that each of them has.
  /// - Returns: nil where it is not known which records those are: empty cells among stated ones that look the same.
  public func stating(_ field: String, of list: Int, as raw: Int64) -> Dataset? {
    guard tables.indices.contains(list), let column = tables[list].columns[field],
      let unstated = tables[list].unstated[field]
    else { return nil }
    let table = tables[list]
    guard let rows = table.rows(of: unstated, column, field), let new = column.replacing(rows, by: raw, table.count)
    else { return nil }
    var tables = self.tables
    tables[list] = table.replacing(field, new)
    return Dataset(
      dictionary: dictionary, tables: tables, texts: texts, places: places, cohorts: [], monthEnd: monthEnd)
  }
}

extension FactTable {
  /// The rows that do not state a field; nil where some state the very value that stands for it and which do is not
  /// kept.
  package func rowsWithout(_ field: String) -> Unstated? {
    guard let unstated = unstated[field] else { return Unstated() }
    guard let column = columns[field], let rows = rows(of: unstated, column, field) else { return nil }
    var found = Unstated()
    for stretch in rows { found.add(stretch) }
    return found
  }

  /// Every row that does not state a field. Where cells are empty, they are told by the value that stands for them, as
  /// long as nobody has stated that value.
  fileprivate func rows(of unstated: Unstated, _ column: Column, _ field: String) -> [Range<Int>]? {
    guard unstated.emptyCells > 0 else { return unstated.rows }
    guard let declared = declaration.field(field) else { return nil }
    let usual = ListSchema.whenAbsent(declared)
    var found = Unstated()
    func look(_ raw: (Int) -> Int64) {
      for row in 0..<count where raw(row) == usual { found.add(row..<(row + 1)) }
    }
    switch column.data {
    case .bools(let values): look { Int64(values[$0]) }
    case .int32(let values): look { Int64(values[$0]) }
    case .int64(let values): look { values[$0] }
    case .sets(let offsets, _):
      for row in 0..<count where offsets[row] == offsets[row + 1] { found.add(row..<(row + 1)) }
    case .constant, .ownIDs: return unstated.rows
    }
    return found.count == unstated.count ? found.rows : nil
  }
}

extension Column {
  /// The column with one value in some rows; nil for columns of texts, whose values are not numbers of their own.
  fileprivate func replacing(_ rows: [Range<Int>], by raw: Int64, _ count: Int) -> Column? {
    switch data {
    case .ownIDs: return nil
    case .constant(let usual):
      if rows.count == 1, rows[0] == 0..<count { return Column(.constant(raw), hasAbsent: false) }
      let storage = Storage<Int64>(count: count, repeating: usual)
      for range in rows { for row in range { storage[row] = raw } }
      return Column(.int64(storage), hasAbsent: hasAbsent)
    case .bools(let old):
      return Column(.bools(Column.copy(old, rows, UInt8(truncatingIfNeeded: raw))), hasAbsent: hasAbsent)
    case .int32(let old):
      return Column(.int32(Column.copy(old, rows, Int32(truncatingIfNeeded: raw))), hasAbsent: hasAbsent)
    case .int64(let old): return Column(.int64(Column.copy(old, rows, raw)), hasAbsent: hasAbsent)
    case .sets(let offsets, let values):
      let total = rows.reduce(0) { $0 + $1.count }
      let ends = Storage<Int32>(count: count + 1, repeating: 0)
      let members = Storage<Int32>(count: values.count + total, repeating: 0)
      var (done, next) = (0, 0)
      for row in 0..<count {
        while next < rows.count, rows[next].upperBound <= row { next += 1 }
        if next < rows.count, rows[next].contains(row) {
          members[done] = Int32(truncatingIfNeeded: raw)
          done += 1
        } else {
          for i in Int(offsets[row])..<Int(offsets[row + 1]) {
            members[done] = values[i]
            done += 1
          }
        }
        ends[row + 1] = Int32(truncatingIfNeeded: done)
      }
      return Column(.sets(offsets: ends, values: members), hasAbsent: hasAbsent)
    }
  }

  private static func copy<T>(_ old: Storage<T>, _ rows: [Range<Int>], _ value: T) -> Storage<T> {
    let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: max(old.count, 1))
    for row in 0..<old.count { buffer[row] = old[row] }
    for range in rows { for row in range where row < old.count { buffer[row] = value } }
    return Storage(adopting: buffer, count: old.count)
  }
}
