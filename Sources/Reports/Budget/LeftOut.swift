// How much a run leaves out of its total for want of a value or a fact, so that of many runs the one that leaves out
// most can be told of. Knows nothing of how it is told.

import Engine
import Reckoning

/// Of several runs, the one that leaves out most, and how many leave out anything.
package struct LeftOut: Sendable {
  /// How many runs leave out something.
  package private(set) var runs = 0
  /// How many runs there were.
  package private(set) var all = 0
  /// The one that leaves out most; nil where none leaves out anything.
  package private(set) var most: Ledger?
  /// Which that was, as whoever looked at it numbered it.
  package private(set) var place = 0
  /// Whether every run leaves out as much as every other, so that none leaves out most.
  package var isEven: Bool { runs == all && least == most?.openCount }
  private var least: Int64?

  package init() {}

  /// - Parameter first: the first of the runs.
  package init(_ first: Ledger) { look(at: first, 0) }

  /// Looks at one more run.
  /// - Parameter place: a number by which it is known again.
  package mutating func look(at ledger: Ledger, _ place: Int) {
    all += 1
    let open = ledger.openCount
    least = min(least ?? open, open)
    guard open > 0 else { return }
    runs += 1
    if open > most?.openCount ?? 0 { (most, self.place) = (ledger, place) }
  }
}

extension Ledger {
  /// Payments or months without a price, and subjects of which nobody can tell.
  var openCount: Int64 {
    let unpriced = self.unpriced.reduce(0) { Amounts.add($0, $1.units) }
    return undetermined.reduce(unpriced) { Amounts.add($0, Int64($1.count)) }
  }
}
