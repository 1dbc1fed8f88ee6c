// Small numbers for keys of several parts, given out as they come. Knows nothing of what the keys are.

/// Numbers from 0 for values, each after a number that what stands before it has.
struct KeyedNumbers {
  private struct Key: Hashable {
    let before: Int
    let value: Int64
  }

  private var numbers: [Key: Int32] = [:]

  var count: Int { numbers.count }

  /// The number of a value after another's.
  mutating func number(_ before: Int, _ value: Int64) -> Int32 {
    let next = Int32(truncatingIfNeeded: numbers.count)
    return numbers[Key(before: before, value: value), default: next, entering: next]
  }

  func known(_ before: Int, _ value: Int64) -> Int32? { numbers[Key(before: before, value: value)] }

  /// Whether a value has not been seen after another's number.
  mutating func isNew(_ before: Int, _ value: Int64) -> Bool {
    let count = numbers.count
    _ = number(before, value)
    return numbers.count > count
  }
}

extension Dictionary {
  /// The value of a key, which is entered where there was none.
  fileprivate subscript(key: Key, default value: Value, entering new: Value) -> Value {
    mutating get {
      if let known = self[key] { return known }
      self[key] = new
      return value
    }
  }
}
