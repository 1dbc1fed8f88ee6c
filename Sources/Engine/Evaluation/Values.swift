// A node's values for all rows of its domain, and tables of functions of one day.
import Facts
import Reckoning

/// A node's values for every row of its domain.
final class Values: @unchecked Sendable {
  /// Where they lie, by register.
  enum Column {
    case truth(Storage<UInt8>)
    case int32(Storage<Int32>)
    case int64(Storage<Int64>)
  }

  let column: Column
  let count: Int

  init(_ register: Register, count: Int) {
    self.count = count
    switch register {
    case .truth: column = .truth(Storage(count: count, repeating: 0))
    case .int32: column = .int32(Storage(count: count, repeating: Absent.none32))
    case .int64: column = .int64(Storage(count: count, repeating: Absent.none64))
    }
  }

  init(truth: Storage<UInt8>) { (column, count) = (.truth(truth), truth.count) }
  init(int32: Storage<Int32>) { (column, count) = (.int32(int32), int32.count) }
  init(int64: Storage<Int64>) { (column, count) = (.int64(int64), int64.count) }

  /// The values of a condition; nil where the node is none.
  var truth: Storage<UInt8>? { if case .truth(let s) = column { s } else { nil } }
  var int32: Storage<Int32>? { if case .int32(let s) = column { s } else { nil } }
  var int64: Storage<Int64>? { if case .int64(let s) = column { s } else { nil } }

  /// The values of what was lowered to be a condition.
  var truths: Storage<UInt8> { Invariant.value(truth, Values.other) }
  /// The values of what was lowered into 32 bits.
  var narrow: Storage<Int32> { Invariant.value(int32, Values.other) }
  /// The values of what was lowered into 64 bits.
  var wide: Storage<Int64> { Invariant.value(int64, Values.other) }

  private static let other = "values-of-register: values are read in the width that their node was lowered to"
}

/// A function of one date with everything else fixed, worked out for each day of a column's range.
final class DayTable: @unchecked Sendable {
  let first: Int32
  let values: Values

  init(first: Int32, _ values: Values) {
    self.first = first
    self.values = values
  }
}
