// Dates and months against naive versions that step day by day and month by month.
import Reckoning
import Testing

/// A generator that gives the same numbers on every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private func day(_ text: String) -> Day { Day(text[...], loose: true) ?? Day(number: .min) }

@Suite("Civil dates")
struct DayTests {
  @Test("Every day from 1599 to 2401 follows the one before it")
  func calendar() {
    var number: Int32?
    for year in 1599...2401 {
      for month in 1...12 {
        for d in 1...Day.length(year: year, month: month) {
          guard let day = Day(year: year, month: month, day: d) else {
            Issue.record("no \(year)-\(month)-\(d)")
            return
          }
          if let number, day.number != number + 1 { Issue.record("gap at \(day.text)") }
          let (y, m, dd) = day.parts
          if (y, m, dd) != (year, month, d) { Issue.record("\(day.text) is not \(year)-\(month)-\(d)") }
          number = day.number
        }
      }
    }
    #expect(day("1970-01-01").number == 0)
    #expect(Day(year: 1900, month: 2, day: 29) == nil)
    #expect(Day(year: 2000, month: 2, day: 29) != nil)
    #expect(Day(year: 0, month: 1, day: 1) == nil)
    #expect(Day(year: 10_000, month: 1, day: 1) == nil)
  }

  @Test(
    "A date is read as it is written, and loosely where that is asked for",
    arguments: [
      ("2022-03-01", true, true), ("2022-3-1", false, true), ("2022/3/1", false, true), ("2022/03/01", false, true),
      ("2022年3月1日", false, true), ("2022-02-29", false, false), ("2022-3/1", false, false), ("22-03-01", false, false),
      ("2022-03-011", false, false), ("2022-03-01-", false, false), ("2022-03", false, false), ("", false, false),
      ("-2022-03-01", false, false), ("99999-01-01", false, false), ("2022年3月1", false, false),
      ("２０２２-03-01", false, false),
    ])
  func reading(text: String, strict: Bool, loose: Bool) {
    #expect((Day(text[...]) != nil) == strict)
    #expect((Day(text[...], loose: true) != nil) == loose)
  }

  @Test("Texts of days are read back")
  func roundTrip() {
    for number in stride(from: Int32(-719_162), through: 2_932_896, by: 977) {
      let day = Day(number: number)
      #expect(Day(day.text[...]) == day)
    }
  }

  /// Month by month is forbidden; this counts year and month and then looks for the day.
  private func naive(_ start: Day, _ n: Int, _ end: MonthEnd) -> Day {
    var (y, m, d) = start.parts
    for _ in 0..<n {
      m += 1
      if m == 13 { (y, m) = (y + 1, 1) }
    }
    if let day = Day(year: y, month: m, day: d) { return day }
    if end == .nextDay {
      m += 1
      if m == 13 { (y, m) = (y + 1, 1) }
      return Day(year: y, month: m, day: 1) ?? start
    }
    while Day(year: y, month: m, day: d) == nil { d -= 1 }
    return Day(year: y, month: m, day: d) ?? start
  }

  @Test("Months are added in one step, whatever the month's end", arguments: MonthEnd.allCases)
  func adding(end: MonthEnd) {
    var random = Seeded(state: 7)
    for _ in 0..<3000 {
      let start = Day(number: Int32.random(in: 0...40_000, using: &random))
      let n = Int.random(in: 0...60, using: &random)
      #expect(start.adding(months: n, end) == naive(start, n, end))
    }
    #expect(day("2022-08-31").adding(months: 6, .clamp) == day("2023-02-28"))
    #expect(day("2022-08-31").adding(months: 6, .nextDay) == day("2023-03-01"))
    #expect(day("2020-02-29").adding(months: 12, .clamp) == day("2021-02-28"))
    #expect(day("2022-03-31").adding(months: -1, .clamp) == day("2022-02-28"))
  }

  @Test("Whole months are the largest number that fits", arguments: MonthEnd.allCases)
  func wholeMonths(end: MonthEnd) {
    var random = Seeded(state: 11)
    for _ in 0..<3000 {
      let a = Day(number: Int32.random(in: 0...40_000, using: &random))
      let b = a + Int32.random(in: -100...2000, using: &random)
      var n = 0
      while naive(a, n + 1, end) <= b { n += 1 }
      #expect(a.wholeMonths(to: b, end) == n, "\(a.text) to \(b.text)")
    }
  }

  @Test("Stability and accrual follow the clock")
  func clocks() {
    let start = day("2022-03-15")
    #expect(start.stableFrom(months: 3, .inclusive, .clamp) == day("2022-06-14"))
    #expect(start.completes(months: 3, .inclusive, .clamp) == day("2022-06-15"))
    #expect(start.stableFrom(months: 3, .anniversary, .clamp) == day("2022-06-15"))
    #expect(start.stableFrom(months: 3, .insuredMonths, .clamp) == day("2022-05-01"))
    #expect(start.completes(months: 3, .insuredMonths, .clamp) == day("2022-05-31"))
    for clock in Clock.allCases {
      #expect(start.completes(months: 0, clock, .clamp) == start)
      #expect(start.stableFrom(months: 0, clock, .clamp) < day("0001-01-01"))
    }
  }
}
