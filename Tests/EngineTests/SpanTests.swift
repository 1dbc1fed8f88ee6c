// Days, months, years and periods between dates, against counting day by day.
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@testable import Engine

@Suite("Spans between days")
struct SpanTests {
  static func pair(_ seed: Int) -> (Int32, Int32) {
    var dice = Dice(state: UInt64(seed) &* 6151 &+ 11)
    let a = day(dice.date("2018-01-01", days: 2500)).number
    return (a, a + Int32.random(in: 0...1500, using: &dice))
  }

  /// The parts that each day is of its own month or year.
  static func parts(_ days: some Sequence<Int32>, scale: Int64, _ length: (Day) -> Int) -> Int64 {
    days.reduce(0) { $0 + scale / Int64(length(Day(number: $1))) }
  }

  static func month(_ day: Day) -> Int { Day.length(year: day.parts.year, month: day.parts.month) }
  static func year(_ day: Day) -> Int { (1...12).reduce(0) { $0 + Day.length(year: day.year, month: $1) } }

  @Test("Months and years are the sum of their days' parts", arguments: 0..<400)
  func dayByDay(seed: Int) {
    let (a, b) = Self.pair(seed)
    #expect(Spans.monthParts(a, b) == Self.parts(a...b, scale: TypedForm.monthScale, Self.month))
    #expect(Spans.yearParts(a, b) == Self.parts(a..<b, scale: TypedForm.yearScale, Self.year))
    #expect(Spans.monthParts(b + 1, a) == 0 && Spans.yearParts(b, a) == 0)
  }

  @Test("A stay's days within a stretch are those of both", arguments: 0..<200)
  func present(seed: Int) {
    let (a, b) = Self.pair(seed), (begins, ends) = Self.pair(seed + 1000)
    #expect(Spans.present(begins, ends, a, b) == Int64((a...b).count { $0 >= begins && $0 <= ends }))
    #expect(Spans.present(begins, Absent.none32, a, b) == Int64((a...b).count { $0 >= begins }))
  }

  @Test("Months of thirty days")
  func thirty() {
    func days(_ a: String, _ b: String) -> Int64 { Spans.days360(day(a).number, day(b).number) }
    #expect(days("2024-01-31", "2024-02-29") == 29)
    #expect(days("2024-01-01", "2025-01-01") == 360)
    #expect(days("2024-01-30", "2024-01-31") == 0)
    #expect(days("2024-02-28", "2024-03-31") == 32)
    #expect(days("2024-03-31", "2024-01-31") == 0)
  }

  @Test("Periods follow on one another, and the last is cut", arguments: 0..<200)
  func periods(seed: Int) {
    let (a, b) = Self.pair(seed)
    let months = 1 + seed % 7
    for (isCalendar, reading) in [(false, MonthEnd.clamp), (true, .clamp), (false, .nextDay), (true, .nextDay)] {
      let count = Spans.periods(a, b, months, reading, isCalendar: isCalendar)
      var next = a
      for n in 1...max(count, 1) {
        let start = Spans.periodStart(a, n, months, reading, isCalendar: isCalendar)
        let end = Spans.periodEnd(a, n, b, months, reading, isCalendar: isCalendar)
        #expect(start == next && end >= start && end <= b)
        next = end + 1
        if n < count, isCalendar {
          let parts = Day(number: end + 1).parts
          #expect(parts.day == 1)
        }
      }
      #expect(next == b + 1, "the last of \(count) periods ends where all do")
    }
  }

  @Test("First and last days", arguments: 0..<300)
  func edges(seed: Int) {
    let (a, _) = Self.pair(seed)
    let today = Day(number: a)
    func same(_ x: Day, _ stretch: FormSyntax.Stretch) -> Bool {
      switch stretch {
      case .month: x.year == today.year && x.parts.month == today.parts.month
      case .quarter: x.year == today.year && (x.parts.month - 1) / 3 == (today.parts.month - 1) / 3
      case .year: x.year == today.year
      }
    }
    for stretch in [FormSyntax.Stretch.month, .quarter, .year] {
      var (first, last) = (a, a)
      while same(Day(number: first - 1), stretch) { first -= 1 }
      while same(Day(number: last + 1), stretch) { last += 1 }
      #expect(Spans.edge(a, isLast: false, stretch) == first)
      #expect(Spans.edge(a, isLast: true, stretch) == last)
    }
  }
}
