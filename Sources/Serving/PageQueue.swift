// What viewers ask, in order, until the thread that has the notebook comes to it; and whether what is being worked out
// there is still wanted. Knows nothing of what is asked.

import Dispatch
import Loopback
import Synchronization

/// The queue between the thread of the connections and that of the notebook.
final class PageQueue: Sendable {
  enum Item: Sendable {
    /// The edition is that of the page which asks.
    case request(PageRequest, edition: Int, Gate.Role, Exchange)
    /// A stream has ended.
    case gone(Int)
  }

  private struct State {
    var items: [Item] = []
    /// Since when a parameter has been moved on from what is being worked out.
    var movedOn: DispatchTime?
    /// When what is being worked out is given up.
    var limit: DispatchTime?
    var isEnded = false
  }

  private let state = Mutex(State())
  private let count = DispatchSemaphore(value: 0)

  /// More are refused.
  private static let most = 1000
  /// What takes no longer is finished, so that a slider that is being dragged shows where it comes along.
  private static let patience = DispatchTimeInterval.milliseconds(100)

  /// - Returns: false where too many wait.
  func add(_ item: Item) -> Bool {
    let isTaken = state.withLock { state in
      guard state.items.count < Self.most else { return false }
      state.items.append(item)
      if case .request(let request, _, _, _) = item, request.isMove, state.movedOn == nil { state.movedOn = .now() }
      return true
    }
    if isTaken { count.signal() }
    return isTaken
  }

  func end() {
    state.withLock { $0.isEnded = true }
    count.signal()
  }

  var isEnded: Bool { state.withLock { $0.isEnded } }

  /// Whether nobody wants any more what is being worked out; asked from any thread.
  var isGivenUp: Bool {
    state.withLock { state in
      let now = DispatchTime.now()
      let isLate = state.limit.map { now > $0 } ?? false
      return isLate || state.isEnded || state.movedOn.map { now > $0 + Self.patience } ?? false
    }
  }

  /// Gives work so long, and no longer.
  func limited<T, Failure: Error>(to time: DispatchTimeInterval, _ work: () throws(Failure) -> T) throws(Failure) -> T {
    state.withLock { $0.limit = .now() + time }
    defer { state.withLock { $0.limit = nil } }
    return try work()
  }

  /// The next item; nil when none comes in so many milliseconds.
  func next(within milliseconds: Int) -> Item? {
    guard count.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return nil }
    return state.withLock { state in
      guard !state.items.isEmpty else { return nil }
      let item = state.items.removeFirst()
      let hasMove = state.items.contains { if case .request(let next, _, _, _) = $0 { next.isMove } else { false } }
      if !hasMove { state.movedOn = nil }
      return item
    }
  }
}
