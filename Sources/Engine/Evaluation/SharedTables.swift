// What is the same for every measure and every run over one dataset: the ranges of date columns, functions of a date by
// day, places within an area. Worked out when first asked for; safe for several threads.
import Facts
import PolicyLanguage
import Reckoning

final class SharedTables: @unchecked Sendable {
  let dataset: Dataset
  let texts: TextNumbers
  /// Whether runs tell their nodes which text of a rule they stand for: not where a memory hands nodes from run to run.
  let keepsOrigins: Bool
  /// What several runs work out for whole lists; nil where there is but one run.
  let kept: KeptColumns?
  private let lock = Lock()

  private struct ColumnKey: Hashable {
    let list: Int
    let field: String
  }

  private struct DayKey: Hashable {
    let column: ColumnKey
    let op: Op
    /// The function of the column whose day the operation is asked of; nil: the column itself.
    let inner: Op?
    let months: Int
  }

  private var ranges: [ColumnKey: ClosedRange<Int32>?] = [:]
  private var repeats: [ColumnKey: RowSet] = [:]
  private var days: [DayKey: DayTable] = [:]
  private var areas: [Op: Values] = [:]
  private var orders: [OrderKey: GroupOrder] = [:]

  private struct OrderKey: Hashable {
    let members: Domain
    let keys: [Op]
    let begins: Op?
  }

  /// - Parameter kept: where a memory hands columns from run to run.
  init(_ dataset: Dataset, kept: KeptColumns? = nil) {
    self.dataset = dataset
    self.kept = kept
    keepsOrigins = kept == nil
    texts = TextNumbers(dataset.texts)
  }

  /// Tables of facts that differ in few records from another's: what is asked of places is the same.
  init(_ dataset: Dataset, placesOf other: SharedTables) {
    self.dataset = dataset
    (kept, keepsOrigins) = (nil, true)
    texts = TextNumbers(dataset.texts)
    areas = other.lock.hold { other.areas }
  }

  /// The least and the greatest value of a 32-bit column that is not absent; nil when there is none.
  func range(_ list: Int, _ field: String) -> ClosedRange<Int32>? {
    lock.hold {
      let key = ColumnKey(list: list, field: field)
      if let known = ranges[key] { return known }
      var found: ClosedRange<Int32>?
      if case .int32(let storage)? = dataset.tables[list].columns[field]?.data {
        let column = Lane(storage)
        var low = Int32.max, high = Int32.min
        for i in 0..<column.count {
          let v = column[i]
          low = !v.isAbsent && v < low ? v : low
          high = v > high ? v : high
        }
        if low <= high { found = low...high }
      }
      ranges[key] = .some(found)
      return found
    }
  }

  /// The texts of a column that several records have: whose hires may have to be joined. Empty where each has its own.
  func repeated(_ list: Int, _ field: String) -> RowSet {
    lock.hold {
      let key = ColumnKey(list: list, field: field)
      if let known = repeats[key] { return known }
      var seen = RowSet(), several = RowSet()
      if case .int32(let column)? = dataset.tables[list].columns[field]?.data {
        for text in column.buffer[..<column.count] where !seen.insert(text) { several.insert(text) }
      }
      repeats[key] = several
      return several
    }
  }

  /// Whether several records of a list may be one person's.
  func sharesPersons(_ list: Int) -> Bool {
    guard let person = dataset.tables[list].declaration.person else { return false }
    return !repeated(list, person).isEmpty
  }

  /// A table by day for a function of a date column whose other inputs are fixed, or for the year of such a function;
  /// nil where the node is no such function, or its column's days are too many.
  func days(_ node: Node) -> DayTable? {
    guard let column = node.dateColumn, case .column(let list, let field, .int32) = column.op else { return nil }
    let inner = node.inputs[0] === column ? nil : node.inputs[0]
    var months = 0
    if let moved = inner ?? (node.op == .yearOf ? nil : node) {
      guard case .constant64(let v) = moved.inputs[1].op, !v.isAbsent else { return nil }
      months = DateLimits.months(v)
    }
    guard let range = range(list, field), range.upperBound - range.lowerBound < 100_000 else { return nil }
    let key = DayKey(column: ColumnKey(list: list, field: field), op: node.op, inner: inner?.op, months: months)
    return lock.hold {
      if let known = days[key] { return known }
      let made = SharedTables.table(node.op, of: inner?.op, months, range)
      // A sweep over months makes one table after another.
      if days.count >= 256 { days = [:] }
      days[key] = made
      return made
    }
  }

  private static func table(_ op: Op, of inner: Op?, _ months: Int, _ range: ClosedRange<Int32>) -> DayTable {
    let days = range.lazy.map { Day(number: $0) }
    if let f = op.ofDateAndMonths {
      return DayTable(
        first: range.lowerBound, Values(int32: Storage(days.map { f($0, months).number }, padding: .noneMark)))
    }
    let asked = inner?.ofDateAndMonths.map { f in days.map { f($0, months) } } ?? Array(days)
    return DayTable(
      first: range.lowerBound, Values(int64: Storage(asked.map { Int64($0.year) }, padding: .noneMark)))
  }

  /// Members by group and in their order: the same for every figure over a list by the same columns.
  func order(of op: SidewaysOp, _ inputs: [Node], _ make: () -> GroupOrder) -> GroupOrder {
    let keys = inputs[1..<op.askedKeys].map(\.op), begins = op.isDated ? inputs[op.begins].op : nil
    guard case .table = op.members, op.keys > 0, (keys + [begins].compactMap { $0 }).allSatisfy(\.isColumn) else {
      return make()
    }
    let key = OrderKey(members: op.members, keys: keys, begins: begins)
    return lock.hold {
      if let known = orders[key] { return known }
      let made = make()
      orders[key] = made
      return made
    }
  }

  /// Of every place: does it lie within an area, or which province is it in. `make` fills a new table; nothing that
  /// was cut short is kept.
  func areas(_ op: Op, make: () -> Values, isWhole: () -> Bool) -> Values {
    lock.hold {
      if let known = areas[op] { return known }
      let made = make()
      if isWhole() { areas[op] = made }
      return made
    }
  }
}

extension Node {
  /// The date column that a function of one column's days is of: of a date moved by months, or of the year of a date.
  var dateColumn: Node? {
    guard op == .yearOf || op.ofDateAndMonths != nil, let input = inputs.first else { return nil }
    if case .column(_, _, .int32) = input.op { return input }
    return op == .yearOf && input.op.ofDateAndMonths != nil ? input.dateColumn : nil
  }
}

extension Op {
  /// Whether it is nothing but a list's column.
  fileprivate var isColumn: Bool {
    if case .column = self { return true }
    return self == .row
  }
}
