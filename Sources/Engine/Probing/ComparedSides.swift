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

  /// What is compared with the bound, in raw form of `type`.
  var figure: Typed {
    guard type != left.type else { return left }
    let unit = Typed(.constant(Share.unit), .number, at: left.location)
    return Typed(.multiply(left, unit), .fraction, at: left.location)
  }

  /// The bound in raw form of `type`; nil where it is too large for it.
  func inType(_ raw: Int64) -> Int64? {
    guard type != bound.type, bound.type == .number else { return raw }
    let (scaled, isTooLarge) = raw.multipliedReportingOverflow(by: Share.unit)
    return isTooLarge ? nil : scaled
  }
}
