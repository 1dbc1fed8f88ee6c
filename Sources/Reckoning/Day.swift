// Civil dates and month arithmetic (semantics, "Dates"). Proleptic Gregorian, no time of day, no time zone.

/// A civil date, as the number of days since 1970-01-01.
public struct Day: Sendable, Hashable, Comparable {
  /// Days since 1 January 1970.
  public let number: Int32

  /// The day with a number.
  @inlinable public init(number: Int32) { self.number = number }

  /// Nil when there is no such day. Years 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(year: year, month: month)
    else { return nil }
    self.number = Day.civil(year, month, day)
  }

  /// Whether the first comes before the second.
  @inlinable public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  /// So many days later; the caller keeps it within what 32 bits hold.
  @inlinable public static func + (a: Day, days: Int32) -> Day { Day(number: a.number &+ days) }
  /// So many days earlier; the caller keeps it within what 32 bits hold.
  @inlinable public static func - (a: Day, days: Int32) -> Day { Day(number: a.number &- days) }

  /// Year, month and day of the month in the Gregorian calendar, which is taken to have held for ever.
  @inlinable public var parts: (year: Int, month: Int, day: Int) {
    // Days are counted in eras of 400 years that begin on 1 March, so that leap days come last.
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// The year it lies in.
  @inlinable public var year: Int { parts.year }

  @inlinable static func civil(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(truncatingIfNeeded: era * 146_097 + dayOfEra - 719_468)
  }

  /// The number of days in a month.
  @inlinable public static func length(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// A day of a year that is within reach of the calendar, out of range or not: for sums such as `31 December of year`.
  @inlinable public static func clamped(year: Int, month: Int, day: Int) -> Day {
    Day(number: civil(max(-20_000, min(40_000, year)), month, day))
  }

  /// `YYYY-MM-DD`.
  public var text: String {
    let (y, m, d) = parts
    return Day.padded(y, 4) + "-" + Day.padded(m, 2) + "-" + Day.padded(d, 2)
  }

  static func padded(_ n: Int, _ width: Int) -> String {
    let s = String(n.magnitude)
    return (n < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - s.utf8.count)) + s
  }

  /// Reads `YYYY-MM-DD`; with `loose` also `2022/3/1`, `2022年3月1日` and single-digit months and days.
  public init?(_ text: Substring, loose: Bool = false) {
    var numbers: [Int] = []
    var current: Int?
    var digits: [Int] = []
    var separators: [Unicode.Scalar] = []
    var run = 0
    for scalar in text.unicodeScalars {
      if let v = scalar.value >= 0x30 && scalar.value <= 0x39 ? Int(scalar.value - 0x30) : nil {
        if run >= 4 { return nil }
        current = current.map { $0 * 10 + v } ?? v
        run += 1
      } else {
        guard let c = current, separators.count < 3 else { return nil }
        numbers.append(c)
        digits.append(run)
        separators.append(scalar)
        current = nil
        run = 0
      }
    }
    if let c = current {
      numbers.append(c)
      digits.append(run)
    }
    guard numbers.count == 3, digits[0] == 4 else { return nil }
    let plain = separators == ["-", "-"] && digits == [4, 2, 2]
    let other = separators == ["/", "/"] || separators == ["-", "-"] || separators == ["年", "月", "日"]
    guard plain || (loose && other && digits[1] <= 2 && digits[2] <= 2) else { return nil }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }
}

/// What a month that lacks the day does (reading `month_end`).
public enum MonthEnd: String, Sendable, CaseIterable {
  case clamp
  case nextDay = "next_day"
}

/// How "stable for n months" is counted (reading `clock`).
public enum Clock: String, Sendable, CaseIterable {
  case inclusive
  case anniversary
  case insuredMonths = "insured_months"
}

extension Day {
  /// This day plus `n` calendar months, in one step.
  /// - Source: semantics, "Dates", `completes(n)` and reading `month_end`.
  @inlinable public func adding(months n: Int, _ end: MonthEnd) -> Day { Day.bounded(unbounded(months: n, end)) }

  /// The last day that is ever produced: a sum that would lie beyond is that day.
  @inlinable public static var last: Day { Day(number: 2_932_896) }

  @inlinable static func bounded(_ day: Day) -> Day { min(day, last) }

  /// The same without that bound, for counting months.
  @inlinable func unbounded(months n: Int, _ end: MonthEnd) -> Day {
    let (y, m, d) = parts
    let index = y * 12 + (m - 1) + max(-240_000, min(240_000, n))
    let year = index >= 0 ? index / 12 : (index - 11) / 12
    let month = index - year * 12 + 1
    let last = Day.length(year: year, month: month)
    if d <= last { return Day(number: Day.civil(year, month, d)) }
    switch end {
    case .clamp: return Day(number: Day.civil(year, month, last))
    case .nextDay: return Day(number: Day.civil(year, month, last) &+ 1)
    }
  }

  /// The largest n >= 0 with this day + n months <= `other`; 0 when there is none.
  /// - Source: semantics, "Dates", "Whole months from a to b".
  @inlinable public func wholeMonths(to other: Day, _ end: MonthEnd) -> Int {
    if other < self { return 0 }
    let (y0, m0, _) = parts
    let (y1, m1, _) = other.parts
    var n = (y1 - y0) * 12 + (m1 - m0)
    // With `next_day` the month after may still be reached no later than `other`, so start one above.
    n += 1
    while n > 0, unbounded(months: n, end) > other { n -= 1 }
    return max(n, 0)
  }

  /// The date on which n months of a spell that begins on this day accrue, by the clock.
  /// - Source: semantics, "Dates", reading `clock`.
  @inlinable public func completes(months n: Int, _ clock: Clock, _ end: MonthEnd) -> Day {
    if n <= 0 { return self }
    switch clock {
    case .inclusive, .anniversary: return adding(months: n, end)
    case .insuredMonths:
      let (y, m, _) = parts
      let index = y * 12 + (m - 1) + min(n - 1, 240_000)
      let year = index / 12
      let month = index % 12 + 1
      return Day.bounded(Day(number: Day.civil(year, month, Day.length(year: year, month: month))))
    }
  }

  /// The first `end` with which a spell that begins on this day is stable for n months, by the clock.
  /// For n = 0 every end is late enough.
  @inlinable public func stableFrom(months n: Int, _ clock: Clock, _ end: MonthEnd) -> Day {
    if n <= 0 { return Day(number: Int32.min + 2) }
    switch clock {
    case .inclusive: return adding(months: n, end) - 1
    case .anniversary: return adding(months: n, end)
    case .insuredMonths:
      let (y, m, _) = parts
      let index = y * 12 + (m - 1) + min(n - 1, 240_000)
      return Day(number: Day.civil(index / 12, index % 12 + 1, 1))
    }
  }
}
