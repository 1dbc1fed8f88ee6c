// Raw memory for inner loops, with bounds that debug builds look at on every access and release builds do not have: there
// it is the pointer alone. Knows nothing of what is in it.
import Reckoning

/// A stretch of memory that whoever made it deallocates.
struct CheckedBuffer<Element> {
  /// The first element. What is done through it is not checked.
  let start: UnsafeMutablePointer<Element>
  #if CHECKED
    private let count: Int
  #endif

  /// - Parameter count: how many elements there are from `start`.
  @inline(__always)
  init(_ start: UnsafeMutablePointer<Element>, count: Int) {
    self.start = start
    #if CHECKED
      self.count = count
    #endif
  }

  /// New memory, of at least one element, that holds nothing yet.
  static func allocate(_ count: Int) -> CheckedBuffer {
    CheckedBuffer(.allocate(capacity: max(count, 1)), count: max(count, 1))
  }

  /// New memory that holds the same everywhere.
  static func allocate(_ count: Int, repeating value: Element) -> CheckedBuffer {
    let buffer = allocate(count)
    buffer.start.initialize(repeating: value, count: max(count, 1))
    return buffer
  }

  func deallocate() { start.deallocate() }

  @inline(__always)
  subscript(i: Int) -> Element {
    get {
      check(i, 1)
      return start[i]
    }
    nonmutating _modify {
      check(i, 1)
      yield &start[i]
    }
  }

  /// The element's memory, which has not been set before.
  @inline(__always)
  func initialize(_ i: Int, to value: Element) {
    check(i, 1)
    (start + i).initialize(to: value)
  }

  /// A part of the memory.
  @inline(__always)
  func part(from: Int, count: Int) -> CheckedBuffer {
    check(from, count)
    return CheckedBuffer(start + from, count: count)
  }

  /// Where `count` elements from the ith may be read and written at once.
  @inline(__always)
  func pointer(_ i: Int, count: Int) -> UnsafeMutablePointer<Element> {
    check(i, count)
    return start + i
  }

  @inline(__always)
  private func check(_ i: Int, _ count: Int) {
    #if CHECKED
      Invariant.holds(
        i >= 0 && count >= 0 && i <= self.count && count <= self.count - i,
        "within-bounds: \(count) elements at \(i) lie within the \(self.count) of a buffer of \(Element.self)")
    #endif
  }
}

/// Bytes that are only read, and behind which a parser may look ahead.
struct CheckedBytes {
  /// The first byte. What is read through it is not checked.
  let start: UnsafePointer<UInt8>
  #if CHECKED
    private let count: Int
  #endif

  /// - Parameter count: how many bytes may be read, those behind the last one included.
  @inline(__always)
  init(_ start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    #if CHECKED
      self.count = count
    #endif
  }

  @inline(__always)
  subscript(i: Int) -> UInt8 {
    check(i, 1)
    return start[i]
  }

  /// Eight bytes at once, in the machine's order.
  @inline(__always)
  func word(_ i: Int) -> UInt64 {
    check(i, 8)
    return UnsafeRawPointer(start + i).loadUnaligned(as: UInt64.self)
  }

  /// Where `count` bytes from the ith may be read at once.
  @inline(__always)
  func pointer(_ i: Int, count: Int) -> UnsafePointer<UInt8> {
    check(i, count)
    return start + i
  }

  @inline(__always)
  private func check(_ i: Int, _ count: Int) {
    #if CHECKED
      Invariant.holds(
        i >= 0 && count >= 0 && i <= self.count && count <= self.count - i,
        "within-bounds: \(count) bytes at \(i) lie within the \(self.count) that may be read")
    #endif
  }
}
