// Memory of one column while a dataset is being made. Knows nothing of fields.

/// A column's values being written, in the width that the field's type takes.
struct ColumnBuffer {
  enum Values {
    case bools(UnsafeMutablePointer<UInt8>)
    case int32(UnsafeMutablePointer<Int32>)
    case int64(UnsafeMutablePointer<Int64>)
  }

  let values: Values
  /// Whose memory it is; nil: whoever takes the column releases it.
  var owner: AnyObject?

  init(_ values: Values, owner: AnyObject? = nil) {
    self.values = values
    self.owner = owner
  }

  static func allocate(_ type: FieldType, _ count: Int) -> ColumnBuffer {
    switch type {
    case .bool: ColumnBuffer(.bools(.allocate(capacity: max(count, 1))))
    case .money: ColumnBuffer(.int64(.allocate(capacity: max(count, 1))))
    default: ColumnBuffer(.int32(.allocate(capacity: max(count, 1))))
    }
  }

  /// How many bytes a value takes.
  var width: Int {
    switch values {
    case .bools: 1
    case .int32: 4
    case .int64: 8
    }
  }

  func address(of row: Int) -> UnsafeMutableRawPointer {
    switch values {
    case .bools(let p): UnsafeMutableRawPointer(p + row)
    case .int32(let p): UnsafeMutableRawPointer(p + row)
    case .int64(let p): UnsafeMutableRawPointer(p + row)
    }
  }

  func release() {
    guard owner == nil else { return }
    switch values {
    case .bools(let p): p.deallocate()
    case .int32(let p): p.deallocate()
    case .int64(let p): p.deallocate()
    }
  }

  func move(from: Int, to: Int, count: Int) {
    switch values {
    case .bools(let p): (p + to).update(from: p + from, count: count)
    case .int32(let p): (p + to).update(from: p + from, count: count)
    case .int64(let p): (p + to).update(from: p + from, count: count)
    }
  }

  /// Copies rows 0..<count of another buffer of the same width.
  func copy(_ other: ColumnBuffer, at row: Int, count: Int) {
    switch (values, other.values) {
    case (.bools(let p), .bools(let q)): (p + row).update(from: q, count: count)
    case (.int32(let p), .int32(let q)): (p + row).update(from: q, count: count)
    case (.int64(let p), .int64(let q)): (p + row).update(from: q, count: count)
    default: break
    }
  }

  func fill(_ value: Int64, at row: Int, count: Int) {
    switch values {
    case .bools(let p): (p + row).update(repeating: UInt8(truncatingIfNeeded: value), count: count)
    case .int32(let p): (p + row).update(repeating: Int32(truncatingIfNeeded: value), count: count)
    case .int64(let p): (p + row).update(repeating: value, count: count)
    }
  }

  subscript(row: Int) -> Int64 {
    get {
      switch values {
      case .bools(let p): Int64(p[row])
      case .int32(let p): Int64(p[row])
      case .int64(let p): p[row]
      }
    }
    nonmutating set {
      switch values {
      case .bools(let p): p[row] = UInt8(truncatingIfNeeded: newValue)
      case .int32(let p): p[row] = Int32(truncatingIfNeeded: newValue)
      case .int64(let p): p[row] = newValue
      }
    }
  }

  /// Hands the memory over.
  func column(count: Int, hasAbsent: Bool) -> Column {
    switch values {
    case .bools(let p):
      Column(.bools(Storage(adopting: .init(start: p, count: count), count: count, owner: owner)), hasAbsent: hasAbsent)
    case .int32(let p):
      Column(.int32(Storage(adopting: .init(start: p, count: count), count: count, owner: owner)), hasAbsent: hasAbsent)
    case .int64(let p):
      Column(.int64(Storage(adopting: .init(start: p, count: count), count: count, owner: owner)), hasAbsent: hasAbsent)
    }
  }
}
