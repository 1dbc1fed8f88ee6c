// How a figure goes from year to year: it grows from the base year's, and may be set anew from a year on. Knows nothing
// of what the figure is of.

import Diagnostics
import Reports

/// One input as it is written: a figure, or a distribution that figures are drawn from.
struct YearlyInput: Sendable {
  /// What it is called: 录用人员增长率.
  let label: Text
  let spread: Spread
  let text: String
  let atLeast: Int64
  let atMost: Int64

  var isFixed: Bool { if case .fixed = spread { true } else { false } }
  /// The figure in the middle of what it may be.
  var middle: Int64 { min(max(spread.middle, atLeast), atMost) }
}

/// How one figure goes. Inputs are named by their places in the list of all.
struct YearlyCourse: Sendable {
  var growth: Int?
  var resets: [(year: Int, input: Int)] = []

  /// Whether it stays what it is.
  var isFlat: Bool { growth == nil && resets.isEmpty }
  /// Every input that it goes by.
  var inputs: [Int] { (growth.map { [$0] } ?? []) + resets.map(\.input) }

  /// The figure in a year.
  ///
  /// - Parameters:
  ///   - figure: the base year's; nil where there is none.
  ///   - values: a figure for each input.
  /// - Returns: nil where there is none, or it cannot be held.
  func figure(_ figure: Int64?, base: Int, in year: Int, _ values: [Int64]) -> Int64? {
    let reset = resets.filter { $0.year <= year }.max { $0.year < $1.year }
    guard let from = reset.map({ values[$0.input] }) ?? figure else { return nil }
    guard let growth else { return from }
    return YearlyGrowth.grown(from, values[growth], years: year - (reset?.year ?? base))
  }
}

extension Spread {
  /// The figure in the middle: of a range its middle, of a normal distribution its mean, of a triangle its peak, of
  /// values their median.
  var middle: Int64 {
    switch self {
    case .fixed(let value): value
    case .uniform(let a, let b): a + (b - a) / 2
    case .normal(let mean, _): mean
    case .triangular(_, let peak, _): peak
    case .empirical(let values): values.sorted()[(values.count - 1) / 2]
    }
  }
}
