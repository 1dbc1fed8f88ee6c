// How amounts are written in the answer that is being made or shown: with as many decimals as its currency has. It goes
// with the work and not with each figure, since an answer has one currency. Knows nothing of currencies.

import Synchronization

/// With how many decimals amounts are written.
package final class AmountWriting: Sendable {
  private let known: Mutex<Int>

  /// That of the work that is under way; nil: two decimals.
  @TaskLocal package static var current: AmountWriting?

  package init(decimals: Int = 2) { known = Mutex(decimals) }

  /// Two, or none where there is no smaller coin. What has a part of a coin all the same, such as a mean, keeps it.
  package var decimals: Int {
    get { known.withLock { $0 } }
    set { known.withLock { $0 = newValue } }
  }

  /// Whether amounts are written without decimals just now.
  package static var isWhole: Bool { current.map { $0.decimals == 0 } ?? false }

  /// Does something while amounts are written with so many decimals.
  package static func with<Result>(decimals: Int, _ work: () throws -> Result) rethrows -> Result {
    // Two is what is written anyway, and what is asked for most.
    if decimals == 2, current == nil { return try work() }
    return try $current.withValue(AmountWriting(decimals: decimals), operation: work)
  }
}
