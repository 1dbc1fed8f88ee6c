// The last day of a document, as its readings stand by default: for saying which documents are in force. Knows
// nothing of settings.
import Reckoning

/// Where a day lies in the time of a document.
package enum DocumentStanding: Equatable, Sendable {
  case inForce
  /// It has applied, until its last day.
  case over(Day)
  /// It was issued later.
  case ahead(Day)
}

extension CheckedDocument {
  /// Whether the document is in force on a day; without a day one that ends has ended, and none lies ahead.
  package func standing(on day: Day?) -> DocumentStanding {
    if let last = lastDay, day.map({ last < $0 }) ?? true { return .over(last) }
    if let issued, let day, day < issued { return .ahead(issued) }
    return .inForce
  }

  /// The last day on which the document applies, with every reading at its default; nil where it has no end, or one
  /// that hangs on more than readings.
  package var lastDay: Day? {
    guard let end = window?.to else { return nil }
    let defaults = Dictionary(
      (readings + Reading.global).map { ($0.id, $0.defaultIndex) }, uniquingKeysWith: { a, _ in a })
    func day(_ t: Typed) -> Day? {
      switch t.operation {
      case .constant(let raw) where t.type == .date: return Int32(exactly: raw).map { Day(number: $0) }
      case .ifThen(let condition, let a, let b):
        guard case .readingIs(let reading, let choice) = condition.operation, let standing = defaults[reading] else {
          return nil
        }
        return day(standing == choice ? a : b)
      case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
        .windowEnd, .adopted, .selfRecord, .selfField, .argument, .field, .frameRecord, .iteration, .call, .not,
        .and, .or, .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .add,
        .subtract, .multiply, .divide, .whole, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion,
        .yearsRunning, .provinceOf, .count, .sum, .extreme, .dateOfNumber, .firstDayAtOnce, .spellEnd, .spellBegins,
        .grouped, .sideways, .numberIn, .different, .ofFrame, .notKnown, .rounded, .form, .nothing:
        return nil
      }
    }
    return day(end)
  }
}
