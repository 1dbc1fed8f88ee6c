// What two units make of each other when they are added, multiplied and divided. Pairs that are not named here do not
// go together: a unit that is new goes with nothing until somebody says so.
import Diagnostics

/// The arithmetic of units.
enum Units {
  /// What the sum or difference of two units is; nil where there is none.
  static func sum(of a: ValueType, _ b: ValueType, adding: Bool) -> ValueType? {
    if a == b {
      switch a {
      case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction: return a
      case .date: return adding ? nil : .days
      case .truth, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken: return nil
      }
    }
    if a.isNumber, b.isNumber { return .fraction }
    switch (a, b) {
    case (.fraction, .share), (.share, .fraction): return .fraction
    case (.months, .partMonths), (.partMonths, .months): return .partMonths
    case (.date, .months), (.date, .days): return .date
    case (.dateOrYear, .months): return .dateOrYear
    case (.months, .date), (.days, .date): return adding ? .date : nil
    case (_, _): return nil
    }
  }

  /// What the product of two units is; nil where there is none.
  static func product(of a: ValueType, _ b: ValueType) -> ValueType? { times(a, b) ?? times(b, a) }

  /// The same, the first being the multiplier.
  private static func times(_ a: ValueType, _ b: ValueType) -> ValueType? {
    switch (a, b) {
    case (.number, .number): return .number
    case (.number, .months): return .months
    case (.number, .days): return .days
    case (.months, .rate(let rate)), (.partMonths, .rate(let rate)): return rate.without(.month)
    case (.days, .rate(let rate)): return rate.without(.day)
    case (.share, .rate): return b
    case (.share, .number), (.share, .months), (.share, .share), (.share, .fraction), (.share, .decimal):
      return .fraction
    case (.share, .partMonths), (.decimal, .months), (.fraction, .months): return .partMonths
    case (_, .rate(let rate)): return a.isNumber ? rate.counted() ?? b : nil
    case (_, .money), (_, .amount): return a.isNumber || a == .share ? b : nil
    case (_, .partMonths): return a.isNumber ? .partMonths : nil
    case (_, _): return a.isNumber && b.isNumber ? .fraction : nil
    }
  }

  /// What one unit divided by another is; nil where there is nothing.
  static func quotient(of a: ValueType, _ b: ValueType) -> ValueType? {
    if b.isNumber {
      switch a {
      case .money, .amount, .rate, .partMonths: return a
      case .number, .decimal, .fraction, .share, .months, .days: return .fraction
      case .truth, .date, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken: return nil
      }
    }
    switch (a, b) {
    case (.money, .money), (.months, .months), (.days, .days), (.partMonths, .partMonths), (.partMonths, .months),
      (.months, .partMonths), (.share, .share):
      return .fraction
    case (.amount, .amount), (.rate, .rate): return a == b ? .fraction : nil
    case (_, .months): return a.each(.month)
    case (_, .days): return a.each(.day)
    case (_, _): return nil
    }
  }

  /// The unit that several figures have in common, one of which is taken; nil where they have none.
  static func common(_ types: [ValueType]) -> ValueType? {
    guard let first = types.first else { return nil }
    if types.allSatisfy({ $0 == first }) { return first }
    if types.allSatisfy(\.isNumber) { return .fraction }
    // `10% * years`, and 0%: what a share has been multiplied by makes it a number.
    if types.allSatisfy({ $0 == .fraction || $0 == .share }) { return .fraction }
    let areMonths = types.allSatisfy { $0 == .months || $0 == .partMonths }
    return areMonths ? .partMonths : nil
  }
}
