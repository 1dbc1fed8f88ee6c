// What each input moves: every parameter a little down and a little up, every reading through its choices, every value
// laid down elsewhere likewise, all else as it is. Knows nothing of names or of how it is shown.

import Engine
import PolicyLanguage
import Reckoning

/// How the total answers to one figure.
package struct FigureEffect: Sendable {
  /// How the total moves when the figure goes to its ends.
  package enum Shape: Sendable {
    /// Neither end changes the total.
    case flat
    /// Only one end does, or both move it the same way.
    case oneSided
    case twoSided
    /// An end has no budget, so that nobody can tell.
    case untold
  }

  /// The figure.
  package let watched: Watched
  /// Its type, which says what the raw figures mean.
  package let type: ValueType
  /// The raw figure as it is.
  package let now: Int64
  /// The raw figure at its lower end.
  package let low: Int64
  /// The raw figure at its upper end.
  package let high: Int64
  /// The total at the lower end (fen); nil where a measure then refuses a fact.
  package let atLow: Int64?
  /// The total at the upper end (fen); nil where a measure then refuses a fact.
  package let atHigh: Int64?

  /// A figure with its ends and what they come to.
  package init(watched: Watched, type: ValueType, now: Int64, low: Int64, high: Int64, atLow: Int64?, atHigh: Int64?) {
    self.watched = watched
    self.type = type
    self.now = now
    self.low = low
    self.high = high
    self.atLow = atLow
    self.atHigh = atHigh
  }

  /// Whether a share of the figure is less than its smallest unit, so that it is changed by one.
  package func changesByUnit(share: Int64) -> Bool { (Decimals.muldiv(abs(now), share, Share.unit) ?? 1) < 1 }

  /// How far the ends lie apart from each other and from the total as it is (fen).
  package func spread(_ total: Int64) -> Int64 {
    let ends = [atLow, atHigh].compactMap(\.self)
    return Amounts.add(ends.reduce(total, max), -ends.reduce(total, min))
  }

  /// Which of the ends move the total (fen) that there is now.
  package func shape(_ total: Int64) -> Shape {
    guard let atLow, let atHigh else { return .untold }
    let down = atLow - total, up = atHigh - total
    if down == 0, up == 0 { return .flat }
    return down == 0 || up == 0 || (down > 0) == (up > 0) ? .oneSided : .twoSided
  }
}

/// The ends to which figures are moved.
package enum Sensitivity {
  /// The ends of a figure that is changed by a share of itself: at least by one unit, and inside its bounds.
  ///
  /// - Parameter change: hundred-millionths, 10 000 000 for 10 %.
  package static func ends(_ now: Int64, change: Int64, type: ValueType, atLeast: Int64?, atMost: Int64?) -> (
    Int64, Int64
  ) {
    let unit: Int64 = 1
    let step: Int64
    if case .date = type {
      // A tenth of a date means nothing: a month either way.
      step = 30
    } else {
      step = max(unit, Decimals.muldiv(abs(now), change, Share.unit) ?? unit)
    }
    var low = now.subtractingReportingOverflow(step).partialValue
    var high = now.addingReportingOverflow(step).partialValue
    if type != .date, atLeast ?? 0 >= 0 { low = max(low, 0) }
    if let atLeast { low = max(low, atLeast) }
    if let atMost { high = min(high, atMost) }
    return (min(low, now), max(high, now))
  }
}
