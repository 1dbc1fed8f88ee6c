// Requests between whoever reads them and whoever carries them out, in the order in which they came, and the wish that
// the one being carried out be given up. Knows nothing of what is asked.

import Dispatch
import Synchronization
import View

/// A queue with one taker and any number of senders.
final class RequestQueue: Sendable {
  /// What was read: a request, or why there was none.
  enum Item: Sendable {
    case request(ServingRequest)
    case mistake(RequestMistake)
    /// A request that was given up before its turn.
    case givenUp(JSONValue)

    var id: JSONValue {
      switch self {
      case .request(let request): request.id
      case .mistake(let mistake): mistake.id
      case .givenUp(let id): id
      }
    }
  }

  private struct State {
    var waiting: [Item] = []
    var running: JSONValue?
    var isGivenUp = false
    var hasEnded = false
  }

  private let state = Mutex(State())
  private let count = DispatchSemaphore(value: 0)

  /// Puts an item behind the others.
  func add(_ item: Item) {
    state.withLock { $0.waiting.append(item) }
    count.signal()
  }

  /// No more will come.
  func end() {
    state.withLock { $0.hasEnded = true }
    count.signal()
  }

  /// Whether a request waits or is being carried out under this id.
  func has(_ id: JSONValue) -> Bool {
    state.withLock { state in state.running == id || state.waiting.contains { $0.id == id } }
  }

  /// The next item, waited for; nil behind the last.
  func next() -> Item? {
    count.wait()
    return state.withLock { state in
      guard !state.waiting.isEmpty else {
        precondition(state.hasEnded, "queue-counts: a turn without an item is the end")
        // Whoever asks again gets the same answer.
        count.signal()
        return nil
      }
      let item = state.waiting.removeFirst()
      state.running = item.id
      state.isGivenUp = false
      return item
    }
  }

  /// Takes everything that waits, without waiting for more.
  func close() -> [Item] {
    state.withLock { state in
      defer { state.waiting = [] }
      state.hasEnded = true
      return state.waiting
    }
  }

  /// The item taken last is done.
  /// - Returns: whether somebody wished that it be given up.
  @discardableResult
  func done() -> Bool {
    state.withLock { state in
      state.running = nil
      return state.isGivenUp
    }
  }

  /// Wishes that a request be given up, if it is not done yet.
  /// - Returns: whether there was such a request.
  func giveUp(_ id: JSONValue) -> Bool {
    state.withLock { state in
      if state.running == id {
        state.isGivenUp = true
        return true
      }
      guard
        let at = state.waiting.firstIndex(where: { if case .request(let one) = $0 { one.id == id } else { false } })
      else { return false }
      state.waiting[at] = .givenUp(id)
      return true
    }
  }

  /// Gives up everything.
  func abandon() {
    state.withLock { state in
      state.isGivenUp = true
      state.waiting = state.waiting.map { .givenUp($0.id) }
    }
  }

  /// Whether what is being carried out is to be given up; asked from any thread.
  var isGivenUp: Bool { state.withLock { $0.isGivenUp } }
}
