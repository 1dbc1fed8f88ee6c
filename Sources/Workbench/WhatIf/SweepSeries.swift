// What a sweep has come to: the points of its axes, and the totals of each programme along them.

import Diagnostics
import Sessions

/// The points of one axis.
struct SweepAxis {
  let varied: Varied
  let points: [Int64]
  /// That the bounds of the document have cut its range; nil: they have not.
  let cut: Text?
}

/// The totals of one programme along the axes.
struct SweepSeries {
  struct Point {
    let x: Int64
    let y: Int64
    /// Fen; nil where a measure refuses a fact.
    let total: Int64?
    /// Why there is no total.
    let refusal: Text?
  }

  let inquiry: Inquiry
  let points: [Point]
}
