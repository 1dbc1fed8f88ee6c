// A figure and the bound that it is compared with, brought to one raw form: 7.99 hours and 8, a quotient and 20%.
import PolicyLanguage
import Reckoning

/// What is compared, and with what.
struct ComparedSides {
  let left: Typed
  let bound: Typed

  /// What both are compared in: where they are numbers of two kinds, hundred-millionths.
  var type: ValueType {
    if left.type == bound.type || !left.type.isNumber { return left.type }
    return bound.type == .share ? .share : .decimal
  }

  /// What is compared with the bound, in raw form of `type`. A quotient between two raw figures is the one of them as
  /// which a bound of this comparison admits it, while the next admits it no more.
  func figure(_ comparison: Expression.Comparison) -> Typed {
    guard type != left.type else { return left }
    let at = left.location
    let scaled = Typed(.multiply(left, Typed(.constant(Share.unit), .number, at: at)), .fraction, at: at)
    switch comparison {
    case .greaterOrEqual, .less: return Typed(.whole(scaled), .number, at: at)
    case .greater, .lessOrEqual:
      let nought = Typed(.constant(0), .number, at: at)
      let below = Typed(.whole(Typed(.subtract(nought, scaled), .fraction, at: at)), .number, at: at)
      return Typed(.subtract(nought, below), .number, at: at)
    case .equal, .notEqual: return scaled
    }
  }

  /// What one more of the bound's own raw form is in raw form of `type`.
  var unit: Int64 { type != bound.type && bound.type == .number ? Share.unit : 1 }

  /// The bound in raw form of `type`; nil where it is too large for it.
  func inType(_ raw: Int64) -> Int64? {
    let (scaled, isTooLarge) = raw.multipliedReportingOverflow(by: unit)
    return isTooLarge ? nil : scaled
  }
}
