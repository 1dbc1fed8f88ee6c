// Figures of several words about days, months, places and growth, as written. Each takes its operands in the order in
// which they stand in English. Knows nothing of what they mean.

/// A figure of several words.
package enum FormSyntax: Sendable, Hashable {
  /// `days from a to b`: the first counts, the last does not.
  case days
  /// `days present from a to b`, `hire days present from a to b`: both included.
  case daysPresent
  /// `calendar months from a to b`: both included, a part of a month as its days over the month's.
  case calendarMonths
  /// `years from a to b at 360 days`
  case years(YearLength)
  /// `first day of month of d`, `last day of quarter of d`
  case edge(isLast: Bool, of: Stretch)
  /// `first day of month 6 of year`, `last day of quarter 3 of year`
  case numbered(isLast: Bool, of: Stretch, number: Int)
  /// `last day of month m of year`: its number is a figure
  case counted(isLast: Bool, of: Stretch)
  /// `month of d`, `quarter of d`: its number in the year
  case part(Stretch)
  /// `base grown by 5% for n years`
  case grown
  /// `county of p`, `prefecture of p`
  case county
  case prefecture
  /// `level of p`
  case level

  /// By what days are made years.
  package enum YearLength: Sendable, Hashable {
    /// `at 360 days`, `at 365 days`
    case days(Int)
    /// `at calendar days`: each year by its own.
    case calendar
    /// `at 30 day months`
    case thirtyDayMonths
  }

  /// What a day may be the first or last of.
  package enum Stretch: String, Sendable, Hashable {
    case month, quarter, year
  }
}
