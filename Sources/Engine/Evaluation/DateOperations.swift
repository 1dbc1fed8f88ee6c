// Dates: months and days added, spans counted, years told, by table where a function of a column's days is one.
import Facts
import PolicyLanguage
import Reckoning

/// Dates that may be years: a year is a number beyond all days. Some months after a year that are no whole years lie in
/// one of two years, which is a number beyond all years.
enum LooseDate {
  private static var limit: Int32 { DateOrYear.base - 100_000 }
  /// How far a year lies from the one of it and the next.
  private static let orNext: Int32 = 1_000_000

  @inline(__always) static func isYear(_ v: Int32) -> Bool { v >= limit }
  @inline(__always) static func isOfTwo(_ v: Int32) -> Bool { v >= limit + orNext }

  /// The year, or the earlier of two.
  @inline(__always) static func year(_ v: Int32) -> Int {
    if !isYear(v) { return Day(number: v).year }
    return Int(v) - Int(DateOrYear.base) - (isOfTwo(v) ? Int(orNext) : 0)
  }

  /// The years that it may lie in.
  static func years(_ v: Int32) -> ClosedRange<Int> { year(v)...year(v) + (isOfTwo(v) ? 1 : 0) }

  /// Months later; of a year, whole years and one more where they are not.
  static func adding(_ a: Int32, _ months: Int64, _ end: MonthEnd) -> Int32 {
    if a.isAbsent || months.isAbsent { return Absence.handedOn(a, months) }
    let m = DateLimits.months(months)
    guard isYear(a) else { return Day(number: a).adding(months: m, end).number }
    let years = Int32(clamping: m >= 0 ? m / 12 : (m - 11) / 12)
    if m % 12 == 0 { return a + years }
    return isOfTwo(a) ? .unknownMark : a + years + orNext
  }
}

/// How far dates are moved at most: beyond all years that can be written.
enum DateLimits {
  @inline(__always) static func months(_ n: Int64) -> Int { Int(max(-240_000, min(240_000, n))) }
  @inline(__always) static func days(_ n: Int64) -> Int32 { Int32(clamping: max(-10_000_000, min(10_000_000, n))) }
}

extension Operation {
  func addMonths(_ end: MonthEnd) {
    let months = Months.table
    dates { Day(number: months.adding($0.number, $1, end)) }
  }

  /// A function of a date and some months.
  @inline(__always) func dates(_ f: (Day, Int) -> Day) {
    let out = narrow, a = int32(0)
    if case .days(let table) = step.source { return look(table, a, Lane(table.values.narrow), out) { $0 } }
    let m = int64(1)
    for k in 0..<count {
      if a[k].isAbsent || m[k].isAbsent {
        out[k] = Absence.handedOn(a[k], m[k])
      } else {
        out[k] = f(Day(number: a[k]), DateLimits.months(m[k])).number
      }
    }
  }

  func yearOf() {
    let out = wide, a = int32(0)
    if case .days(let table) = step.source {
      return look(table, a, Lane(table.values.wide), out) { Absence.widen($0) }
    }
    for k in 0..<count { out[k] = a[k].isAbsent ? Absence.widen(a[k]) : Int64(Day(number: a[k]).year) }
  }

  /// A function of a date by table; an absent date is handed on.
  @inline(__always) private func look<Value: BitwiseCopyable>(
    _ table: DayTable, _ a: Lane<Int32>, _ values: Lane<Value>, _ out: OpenLane<Value>, _ absent: (Int32) -> Value
  ) {
    let first = table.first
    if node.inputs[0].mayBeAbsent, values.count > 0 {
      for k in 0..<count {
        // What an absent date would find is not looked at.
        let day = a[k], isAbsent = day.isAbsent
        let value = values[Int(isAbsent ? 0 : day &- first)]
        out[k] = isAbsent ? absent(day) : value
      }
    } else if node.inputs[0].mayBeAbsent {
      for k in 0..<count { out[k] = absent(a[k]) }
    } else {
      for k in 0..<count { out[k] = values[Int(UInt32(bitPattern: a[k] &- first))] }
    }
  }

  func addMonthsDateOrYear(_ end: MonthEnd) {
    let out = narrow, a = int32(0), m = int64(1)
    for k in 0..<count { out[k] = LooseDate.adding(a[k], m[k], end) }
  }

  func addDays() {
    let out = narrow, a = int32(0), d = int64(1)
    for k in 0..<count {
      out[k] = a[k].isAbsent || d[k].isAbsent ? Absence.handedOn(a[k], d[k]) : a[k] &+ DateLimits.days(d[k])
    }
  }

  func dateDifference() { spans { Int64($0) - Int64($1) } }

  func wholeMonths(_ end: MonthEnd) {
    let months = Months.table
    spans { months.whole($0, $1, end) }
  }

  func wholeYears() {
    let months = Months.table
    spans { months.whole($0, $1, .clamp) / 12 }
  }

  /// A number told of two days.
  @inline(__always) private func spans(_ f: (Int32, Int32) -> Int64) {
    let out = wide, a = int32(0), b = int32(1)
    for k in 0..<count {
      out[k] = a[k].isAbsent || b[k].isAbsent ? Absence.handedOn(a[k], b[k]) : f(a[k], b[k])
    }
  }

  func yearOfDateOrYear() {
    let out = wide, a = int32(0)
    for k in 0..<count {
      let v = a[k]
      out[k] = v.isAbsent ? Absence.widen(v) : LooseDate.isOfTwo(v) ? .unknownMark : Int64(LooseDate.year(v))
    }
  }

  func dayOfYear(_ day: Int, _ month: Int) {
    let out = narrow, year = int64(0)
    for k in 0..<count {
      let y = year[k]
      out[k] = y.isAbsent ? Absence.narrow(y) : Day.clamped(year: Int(y), month: month, day: day).number
    }
  }
}
