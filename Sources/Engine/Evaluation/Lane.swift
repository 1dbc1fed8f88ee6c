// The values of a batch or a column where they lie in memory, to be read or written by number. In debug builds every
// number is checked; in release builds nothing is left of that. The only place in the engine where a raw address is
// indexed.
import Facts
import Reckoning

/// Values to be read.
struct Lane<Value: BitwiseCopyable> {
  private let buffer: UnsafeBufferPointer<Value>

  @inline(__always) init(_ buffer: UnsafeBufferPointer<Value>) { self.buffer = buffer }

  @inline(__always) init(_ base: UnsafePointer<Value>, count: Int) {
    buffer = UnsafeBufferPointer(start: base, count: count)
  }

  @inline(__always) var count: Int { buffer.count }

  @inline(__always) subscript(i: Int) -> Value {
    Bounds.check(i, count)
    return buffer[i]
  }

  /// `count` values from one on.
  @inline(__always) func part(from start: Int, count: Int) -> Lane {
    Bounds.check(start, count, within: self.count)
    return Lane(UnsafeBufferPointer(start: buffer.baseAddress.map { $0 + start }, count: count))
  }

  /// Puts the values behind others.
  @inline(__always) func append(to values: inout [Value]) { values.append(contentsOf: buffer) }

  /// The values as bytes, to be copied as they are.
  @inline(__always) var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(buffer) }
}

extension Lane where Value == UInt8 {
  /// Eight bytes from one on, at once.
  @inline(__always) func eight(from start: Int) -> UInt64 {
    Bounds.check(start, 8, within: count)
    return bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
  }
}

extension Lane where Value: Sendable {
  /// A column where it lies; valid as long as the column is.
  @inline(__always) init(_ column: Storage<Value>) {
    self.init(UnsafeBufferPointer(rebasing: column.buffer[..<column.count]))
  }
}

/// Values to be written, and read again.
struct OpenLane<Value: BitwiseCopyable> {
  private let buffer: UnsafeMutableBufferPointer<Value>

  @inline(__always) init(_ buffer: UnsafeMutableBufferPointer<Value>) { self.buffer = buffer }

  @inline(__always) init(_ base: UnsafeMutablePointer<Value>, count: Int) {
    buffer = UnsafeMutableBufferPointer(start: base, count: count)
  }

  @inline(__always) var count: Int { buffer.count }

  @inline(__always) subscript(i: Int) -> Value {
    get {
      Bounds.check(i, count)
      return buffer[i]
    }
    nonmutating set {
      Bounds.check(i, count)
      buffer[i] = newValue
    }
  }

  /// `count` values from one on.
  @inline(__always) func part(from start: Int, count: Int) -> OpenLane {
    Bounds.check(start, count, within: self.count)
    return OpenLane(UnsafeMutableBufferPointer(start: buffer.baseAddress.map { $0 + start }, count: count))
  }

  /// The same to be read.
  @inline(__always) var read: Lane<Value> { Lane(UnsafeBufferPointer(buffer)) }

  /// Takes over values that lie elsewhere, as many as there are there.
  @inline(__always) func copy(_ values: Lane<Value>) {
    Bounds.check(0, values.count, within: count)
    UnsafeMutableRawBufferPointer(buffer).copyMemory(from: values.bytes)
  }
}

extension OpenLane where Value: Sendable {
  /// A column to be filled; valid as long as the column is.
  @inline(__always) init(_ column: Storage<Value>) {
    self.init(UnsafeMutableBufferPointer(rebasing: column.buffer[..<column.count]))
  }
}

/// Memory of its own for as many values as there can ever have to be: pages that nothing is written to cost nothing.
/// Values are filled in from the first on; what has not been filled in must not be read.
final class Reserve<Value: BitwiseCopyable> {
  let lane: OpenLane<Value>
  private let memory: UnsafeMutableBufferPointer<Value>

  init(capacity: Int) {
    memory = .allocate(capacity: max(capacity, 1))
    lane = OpenLane(memory)
  }

  init(capacity: Int, repeating value: Value) {
    memory = .allocate(capacity: max(capacity, 1))
    memory.initialize(repeating: value)
    lane = OpenLane(memory)
  }

  deinit { memory.deallocate() }

  /// The first values of several, one after another.
  static func joined(_ parts: [(values: Reserve, count: Int)]) -> [Value] {
    let total = parts.reduce(0) { $0 + $1.count }
    return Array(unsafeUninitializedCapacity: total) { out, filled in
      for part in parts {
        Bounds.check(0, part.count, within: part.values.memory.count)
        _ = UnsafeMutableBufferPointer(rebasing: out[filled...]).initialize(from: part.values.memory.prefix(part.count))
        filled += part.count
      }
    }
  }
}

enum Bounds {
  @inline(__always) static func check(_ i: Int, _ count: Int) {
    #if CHECKED
      if UInt(bitPattern: i) >= UInt(bitPattern: count) { outside(i, count) }
    #endif
  }

  @inline(__always) static func check(_ start: Int, _ count: Int, within all: Int) {
    #if CHECKED
      if start < 0 || count < 0 || start + count > all { outside(start + count, all) }
    #endif
  }

  @inline(never) private static func outside(_ i: Int, _ count: Int) -> Never {
    Invariant.broken("index-in-lane: value \(i) was asked for where there are \(count) values")
  }
}
