// Figures that many draws come to: amounts to the fen, numbers whole, and what is reckoned of numbers, such as their
// mean, to two decimals. Knows nothing of draws.

import Answers
import Reports
import View

extension SimulatedFigure {
  /// One figure of a distribution.
  enum Value: Sendable {
    /// Fen, or a number of things.
    case whole(Int64)
    /// Hundredths of a number of things; with a sign where it is what there is more or less.
    case hundredths(Int64, isChange: Bool)

    /// Fen, or the nearest number.
    var rounded: Int64 {
      switch self {
      case .whole(let value): value
      case .hundredths(let value, _): (value + (value < 0 ? -50 : 50)) / 100
      }
    }

    /// What people see where that is not the whole number.
    var shown: [Span]? {
      switch self {
      case .whole: nil
      case .hundredths(let value, let isChange):
        [.data(isChange ? Figures.signed(text(grouped: true), value) : text(grouped: true), .number)]
      }
    }

    /// With both decimals.
    private func text(grouped: Bool) -> String {
      guard case .hundredths(let value, _) = self else { return "" }
      let (whole, rest) = (Int64(value.magnitude / 100), value.magnitude % 100)
      return (value < 0 ? "-" : "") + Figures.integer(whole, grouped: grouped) + (rest < 10 ? ".0" : ".") + String(rest)
    }

    /// For programs: a number, without decimals where it is whole.
    var datum: Datum {
      switch self {
      case .whole(let value): .count(value)
      case .hundredths(let value, _):
        value % 100 == 0 ? .count(value / 100) : .decimal(text(grouped: false))
      }
    }
  }

  func mean(_ summary: UncertaintySummary, isChange: Bool = false) -> Value {
    isMoney ? .whole(summary.mean) : .hundredths(summary.meanInHundredths, isChange: isChange)
  }

  func deviation(_ summary: UncertaintySummary) -> Value {
    isMoney
      ? .whole(Int64(clamping: Int(summary.deviation.rounded())))
      : .hundredths(Int64((summary.deviation * 100).rounded()), isChange: false)
  }

  /// A figure of a distribution, typed.
  func datum(_ value: Value?) -> Datum {
    guard let value else { return .none }
    return isMoney ? .money(fen: value.rounded) : value.datum
  }
}
