// Operations about days, levels of places and figures of a day, each on whole numbers. Knows nothing of rows.
import Facts
import PolicyLanguage
import Reckoning

/// What is worked out of dates, numbers and places.
enum FormOp: Hashable, Sendable {
  /// A form of dates and numbers; months end as somebody reads it.
  case plain(TypedForm, MonthEnd = .clamp)
  /// Of a place: that of a level which it lies within. Unknown where it is wider.
  case area(PlaceLevel)
  /// Of a place: the number of its level.
  case level
  /// The figure in force on a day: inputs are the day and the figures, each from its own day on; before the first
  /// nothing is known.
  case onDay(name: String, days: [Int32])
  /// What a table has no row for, or a figure that changes on a day where no day is there: never known. Inputs are what
  /// was asked about, as far as it may be absent; the name is the table's.
  case noRow(name: String)
  /// Whether a figure is not known: certainly so or not.
  case isUnknown

  /// Which widths it takes and yields.
  func takes(_ inputs: [Register], giving result: Register) -> Bool {
    switch self {
    case .plain(let form, _):
      switch form {
      case .days, .monthParts, .yearParts, .days360, .periods: return inputs == [.int32, .int32] && result == .int64
      case .daysPresent: return inputs == [.int32, .int32, .int32, .int32] && result == .int64
      case .edge: return inputs == [.int32] && result == .int32
      case .part: return inputs == [.int32] && result == .int64
      case .numbered: return inputs == [.int64] && result == .int32
      case .periodStart: return inputs == [.int32, .int64] && result == .int32
      case .periodEnd: return inputs == [.int32, .int64, .int32] && result == .int32
      case .prefecture, .county, .level, .grown, .onDay: return false
      }
    case .noRow: return !inputs.isEmpty && result != .truth
    case .isUnknown: return inputs == [.int64] && result == .truth
    case .area, .level: return inputs.isEmpty && result == .int32
    case .onDay(_, let days):
      return inputs.count == days.count + 1 && inputs[0] == .int32 && inputs.dropFirst().allSatisfy { $0 == result }
    }
  }

  /// Whether it is asked of all places.
  var isOfPlaces: Bool {
    switch self {
    case .area, .level: true
    case .plain, .onDay, .noRow, .isUnknown: false
    }
  }
}

/// Spans of days, months and years.
enum Spans {
  /// Calendar months from one day to another, both counted, in parts of a month.
  static func monthParts(_ a: Int32, _ b: Int32) -> Int64 {
    guard a <= b else { return 0 }
    let (first, last) = (Day(number: a).parts, Day(number: b).parts)
    func part(_ days: Int, _ year: Int, _ month: Int) -> Int64 {
      Int64(days) * (TypedForm.monthScale / Int64(Day.length(year: year, month: month)))
    }
    if first.year == last.year, first.month == last.month {
      return part(last.day - first.day + 1, first.year, first.month)
    }
    let between = Int64((last.year - first.year) * 12 + last.month - first.month - 1)
    let begin = Day.length(year: first.year, month: first.month) - first.day + 1
    return part(begin, first.year, first.month) + between * TypedForm.monthScale
      + part(last.day, last.year, last.month)
  }

  /// Years of their own length from one day to another, the last not counted, in parts of a year.
  static func yearParts(_ a: Int32, _ b: Int32) -> Int64 {
    guard a < b else { return 0 }
    func start(_ year: Int) -> Int32 { Day.clamped(year: year, month: 1, day: 1).number }
    func part(_ days: Int32, _ year: Int) -> Int64 {
      Int64(days) * (TypedForm.yearScale / Int64(start(year + 1) - start(year)))
    }
    let (y, z) = (Day(number: a).year, Day(number: b).year)
    if y == z { return part(b - a, y) }
    return part(start(y + 1) - a, y) + Int64(z - y - 1) * TypedForm.yearScale + part(b - start(z), z)
  }

  /// Days in months of thirty: the 31st is the 30th.
  static func days360(_ a: Int32, _ b: Int32) -> Int64 {
    guard a < b else { return 0 }
    let (x, y) = (Day(number: a).parts, Day(number: b).parts)
    let days = (y.year - x.year) * 360 + (y.month - x.month) * 30 + min(y.day, 30) - min(x.day, 30)
    return Int64(max(days, 0))
  }

  /// Days of a stay within a stretch, all ends counted.
  static func present(_ begins: Int32, _ ends: Int32, _ a: Int32, _ b: Int32) -> Int64 {
    let last = ends == Absent.none32 ? b : min(ends, b)
    return max(Int64(last) - Int64(max(begins, a)) + 1, 0)
  }

  /// The first or last day of a day's month, quarter or year.
  static func edge(_ day: Int32, isLast: Bool, _ stretch: FormSyntax.Stretch) -> Int32 {
    let (year, month, _) = Day(number: day).parts
    switch stretch {
    case .month: return numbered(year, isLast: isLast, .month, month)
    case .quarter: return numbered(year, isLast: isLast, .quarter, (month + 2) / 3)
    case .year: return Day.clamped(year: year, month: isLast ? 12 : 1, day: isLast ? 31 : 1).number
    }
  }

  /// The first or last day of a month or quarter of a year, by its number.
  static func numbered(_ year: Int, isLast: Bool, _ stretch: FormSyntax.Stretch, _ number: Int) -> Int32 {
    let first = stretch == .quarter ? number * 3 - 2 : number
    let month = stretch == .quarter && isLast ? first + 2 : first
    let day = isLast ? Day.length(year: year, month: month) : 1
    return Day.clamped(year: year, month: month, day: day).number
  }

  /// The number of a day's month or quarter in its year.
  static func part(_ day: Int32, _ stretch: FormSyntax.Stretch) -> Int64 {
    let month = Day(number: day).parts.month
    switch stretch {
    case .month: return Int64(month)
    case .quarter: return Int64((month + 2) / 3)
    case .year: return 1
    }
  }

  // MARK: Periods

  /// The first day of the nth period, counted from the day from which all are.
  static func periodStart(_ from: Int32, _ n: Int64, _ months: Int, _ end: MonthEnd, isCalendar: Bool) -> Int32 {
    if n <= 1 { return from }
    let origin = isCalendar ? edge(from, isLast: false, .month) : from
    return Day(number: origin).adding(months: months * Int(n - 1), end).number
  }

  /// The last day of the nth period, where the whole does not end before.
  static func periodEnd(
    _ from: Int32, _ n: Int64, _ until: Int32, _ months: Int, _ end: MonthEnd, isCalendar: Bool
  ) -> Int32 {
    min(periodStart(from, max(n, 1) + 1, months, end, isCalendar: isCalendar) - 1, until)
  }

  /// How many periods there are.
  static func periods(_ from: Int32, _ until: Int32, _ months: Int, _ end: MonthEnd, isCalendar: Bool) -> Int64 {
    guard from <= until else { return 0 }
    let (a, b) = (Day(number: from).parts, Day(number: until).parts)
    // So many have certainly begun; one more may have.
    var n = Int64(max(0, (b.year - a.year) * 12 + b.month - a.month) / months) + 1
    while n > 1, periodStart(from, n, months, end, isCalendar: isCalendar) > until { n -= 1 }
    return n
  }
}
