// Figures of several words once they are checked, each with its operands. Most come to whole figures, which quotients
// by fixed numbers make months and years of. Knows nothing of columns.

/// What is worked out of some operands.
package enum TypedForm: Sendable, Hashable {
  /// Days from one date to another, the last not counted; none: 0.
  case days
  /// Days of a stay (beginning, end or none) within a stretch, both its days counted.
  case daysPresent
  /// Calendar months from one date to another, both counted, in parts of a month (`monthScale`).
  case monthParts
  /// Years of their own length from one date to another, in parts of a year (`yearScale`).
  case yearParts
  /// Days from one date to another in months of 30 days.
  case days360
  /// The first or last day of the month, quarter or year of a date.
  case edge(isLast: Bool, of: FormSyntax.Stretch)
  /// The first or last day of a numbered month or quarter of a year.
  case numbered(isLast: Bool, of: FormSyntax.Stretch, number: Int)
  /// The number of a date's month or quarter in its year.
  case part(FormSyntax.Stretch)
  /// The place of a level that a place lies within; not known where it is wider.
  case prefecture
  case county
  /// The level of a place: the number of its choice.
  case level
  /// An amount, a share and a number of years: amount × (1 + share) to the power of the number.
  case grown
  /// How many periods of so many months there are from one date to another, the last perhaps cut.
  case periods(months: Int, isCalendar: Bool)
  /// The first day of a period: of the date from which they are counted, and its number.
  case periodStart(months: Int, isCalendar: Bool)
  /// Its last day: the same, and the last day of all.
  case periodEnd(months: Int, isCalendar: Bool)
  /// A value laid down elsewhere, on a day.
  case onDay(String)

  /// A month is so many parts: the least that 28, 29, 30 and 31 days divide.
  package static let monthScale: Int64 = 377_580
  /// A year is so many parts: the least that 365 and 366 days divide.
  package static let yearScale: Int64 = 133_590
  /// The levels of places, as they are chosen from.
  package static let levels = ["province", "prefecture", "county"]
  /// For how many years an amount grows at most.
  package static let mostYears: Int64 = 100
  /// How many periods one record has at most.
  package static let mostPeriods: Int64 = 1_200
}
