// Memory of one column while a dataset is being made. Knows nothing of fields.
import Reckoning

/// A column's values being written, in the width that the field's type takes.
struct ColumnBuffer {
  enum Values {
    case bools(CheckedBuffer<UInt8>)
    case int32(CheckedBuffer<Int32>)
    case int64(CheckedBuffer<Int64>)
  }

  let values: Values
  /// Whose memory it is; nil: whoever takes the column releases it.
  let owner: AnyObject?

  init(_ values: Values, owner: AnyObject? = nil) {
    self.values = values
    self.owner = owner
  }

  /// Memory for `count` values of a type, none of which is set.
  static func allocate(_ type: FieldType, _ count: Int) -> ColumnBuffer {
    switch type {
    case .bool: ColumnBuffer(.bools(.allocate(count)))
    case .money, .figure: ColumnBuffer(.int64(.allocate(count)))
    case .text, .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set:
      ColumnBuffer(.int32(.allocate(count)))
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

  /// The first `count` values as bytes.
  func bytes(_ count: Int) -> UnsafeRawBufferPointer {
    switch values {
    case .bools(let p): UnsafeRawBufferPointer(start: p.pointer(0, count: count), count: count)
    case .int32(let p): UnsafeRawBufferPointer(start: p.pointer(0, count: count), count: count * 4)
    case .int64(let p): UnsafeRawBufferPointer(start: p.pointer(0, count: count), count: count * 8)
    }
  }

  /// The values from a row on, to be written by one thread.
  func slots(from row: Int, count: Int) -> ColumnSlots {
    switch values {
    case .bools(let p): ColumnSlots(p.part(from: row, count: count), count: count)
    case .int32(let p): ColumnSlots(p.part(from: row, count: count), count: count)
    case .int64(let p): ColumnSlots(p.part(from: row, count: count), count: count)
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
    case .bools(let p): p.pointer(to, count: count).update(from: p.pointer(from, count: count), count: count)
    case .int32(let p): p.pointer(to, count: count).update(from: p.pointer(from, count: count), count: count)
    case .int64(let p): p.pointer(to, count: count).update(from: p.pointer(from, count: count), count: count)
    }
  }

  /// Copies rows 0..<count of another buffer of the same width.
  func copy(_ other: ColumnBuffer, at row: Int, count: Int) {
    switch (values, other.values) {
    case (.bools(let p), .bools(let q)):
      p.pointer(row, count: count).update(from: q.pointer(0, count: count), count: count)
    case (.int32(let p), .int32(let q)):
      p.pointer(row, count: count).update(from: q.pointer(0, count: count), count: count)
    case (.int64(let p), .int64(let q)):
      p.pointer(row, count: count).update(from: q.pointer(0, count: count), count: count)
    case (.bools, _), (.int32, _), (.int64, _):
      Invariant.broken("columns-of-one-width: values are copied between columns of one field")
    }
  }

  func fill(_ value: Int64, at row: Int, count: Int) {
    switch values {
    case .bools(let p): p.pointer(row, count: count).update(repeating: UInt8(truncatingIfNeeded: value), count: count)
    case .int32(let p): p.pointer(row, count: count).update(repeating: Int32(truncatingIfNeeded: value), count: count)
    case .int64(let p): p.pointer(row, count: count).update(repeating: value, count: count)
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
    let data: Column.Data =
      switch values {
      case .bools(let p): .bools(storage(p, count))
      case .int32(let p): .int32(storage(p, count))
      case .int64(let p): .int64(storage(p, count))
      }
    return Column(data, hasAbsent: hasAbsent)
  }

  private func storage<T>(_ p: CheckedBuffer<T>, _ count: Int) -> Storage<T> {
    Storage(adopting: .init(start: p.pointer(0, count: count), count: count), count: count, owner: owner)
  }
}

/// Where a run of records writes a column's values: memory whose width its column knows.
struct ColumnSlots {
  private let start: UnsafeMutableRawPointer
  #if CHECKED
    private let count: Int
    private let width: Int
  #endif

  init<T>(_ buffer: CheckedBuffer<T>, count: Int) {
    start = UnsafeMutableRawPointer(buffer.start)
    #if CHECKED
      self.count = count
      width = MemoryLayout<T>.stride
    #endif
  }

  /// The values as those of a type, which is that of the column.
  @inline(__always)
  func values<T>(as type: T.Type) -> CheckedBuffer<T> {
    #if CHECKED
      Invariant.holds(
        width == MemoryLayout<T>.stride, "values-of-their-width: \(T.self) is as wide as the column, \(width) bytes")
      return CheckedBuffer(start.assumingMemoryBound(to: T.self), count: count)
    #else
      return CheckedBuffer(start.assumingMemoryBound(to: T.self), count: 0)
    #endif
  }

  @inline(__always)
  func store<T>(_ value: T, _ row: Int) { values(as: T.self)[row] = value }
}
