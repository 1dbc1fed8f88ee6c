// Numbered jobs given out to threads one by one, and their results in the order of the numbers.
import Dispatch

final class Board<Result: Sendable>: @unchecked Sendable {
  private let lock = DispatchSemaphore(value: 1)
  private var given = 0
  private var slots: [Result?]

  init(count: Int) { slots = Array(repeating: nil, count: count) }

  /// The next job that nobody has, or nil.
  func next() -> Int? {
    lock.wait()
    defer { lock.signal() }
    guard given < slots.count else { return nil }
    given += 1
    return given - 1
  }

  func put(_ result: Result, at index: Int) {
    lock.wait()
    slots[index] = result
    lock.signal()
  }

  /// All results, once the threads are done.
  var results: [Result] { slots.compactMap { $0 } }
}
