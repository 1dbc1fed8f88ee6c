// Days of the years that facts are about as months and days of months, by table: the calendar's divisions are what a
// count of months is mostly made of. Days beyond are left to the calendar.
import Reckoning

/// Months by day, from 1900 to 2100.
final class Months: Sendable {
  static let table = Months()

  private static let firstYear = 1900, years = 202
  /// The day number of 1 January 1900.
  let first: Int32
  let days: Int
  /// For each day its month, counted from January of year 0, times 32, plus its day within the month.
  nonisolated(unsafe) let parts: Lane<Int32>
  /// The first day of each month from January 1900.
  nonisolated(unsafe) let starts: Lane<Int32>
  let firstMonth: Int32

  private init() {
    first = Day.clamped(year: Months.firstYear, month: 1, day: 1).number
    firstMonth = Int32(Months.firstYear * 12)
    let end = Day.clamped(year: Months.firstYear + Months.years, month: 1, day: 1).number
    days = Int(end - first)
    // Never given back: there is one such table for the whole process.
    let parts = OpenLane<Int32>(.allocate(capacity: days)),
      starts = OpenLane<Int32>(.allocate(capacity: Months.years * 12 + 1))
    var at: Int32 = 0
    for m in 0..<Months.years * 12 {
      let length = Day.length(year: Months.firstYear + m / 12, month: m % 12 + 1)
      starts[m] = first + at
      for d in 0..<length { parts[Int(at) + d] = (firstMonth + Int32(m)) << 5 | Int32(d + 1) }
      at += Int32(length)
    }
    starts[Months.years * 12] = first + at
    (self.parts, self.starts) = (parts.read, starts.read)
  }

  /// Whole months between two days.
  @inline(__always) func whole(_ a: Int32, _ b: Int32, _ end: MonthEnd) -> Int64 {
    let x = UInt32(bitPattern: a &- first), y = UInt32(bitPattern: b &- first)
    guard x < UInt32(days), y < UInt32(days) else { return Int64(Day(number: a).wholeMonths(to: Day(number: b), end)) }
    if b < a { return 0 }
    let p = parts[Int(x)], q = parts[Int(y)]
    let n = (q >> 5) - (p >> 5)
    // The month that is begun counts when its day is reached, or, by `clamp`, with its last day.
    if p & 31 <= q & 31 { return Int64(n) }
    let isLast = end == .clamp && b &+ 1 == starts[Int((q >> 5) - firstMonth) + 1]
    return Int64(isLast ? n : n - 1)
  }

  /// The calendar year of a day.
  @inline(__always) func year(_ day: Int32) -> Int32 {
    let x = UInt32(bitPattern: day &- first)
    guard x < UInt32(days) else { return Int32(truncatingIfNeeded: Day(number: day).year) }
    return (parts[Int(x)] >> 5) / 12
  }

  /// A day plus some months.
  @inline(__always) func adding(_ a: Int32, _ months: Int, _ end: MonthEnd) -> Int32 {
    let x = UInt32(bitPattern: a &- first)
    guard x < UInt32(days) else { return Day(number: a).adding(months: months, end).number }
    let p = parts[Int(x)]
    let m = Int((p >> 5) - firstMonth) + months
    guard m >= 0, m < Months.years * 12 else { return Day(number: a).adding(months: months, end).number }
    let start = starts[m], next = starts[m + 1], d = p & 31
    if d <= next &- start { return start &+ d &- 1 }
    return end == .clamp ? next &- 1 : next
  }
}
