// Months by table against the calendar.
import Reckoning
import Testing

@testable import Engine

@Suite("Months by table")
struct MonthsTests {
  private static func end(of year: Int, _ month: Int) -> Int32 { Day.clamped(year: year, month: month, day: 28).number }

  static func days(_ seed: UInt64) -> [Int32] {
    var dice = Dice(state: seed)
    // Inside the table's years, around their ends, and far outside; ends of months above all.
    return (0..<4000).map { _ in
      switch Int.random(in: 0..<5, using: &dice) {
      case 0: Int32.random(in: -30_000...50_000, using: &dice)
      case 1: Int32.random(in: -400_000...400_000, using: &dice)
      case 2:
        end(of: Int.random(in: 1899...2103, using: &dice), Int.random(in: 1...12, using: &dice))
          + Int32.random(in: 0...4, using: &dice)
      case 3: Months.table.first + Int32.random(in: -3...3, using: &dice)
      default: Int32.random(in: 18_000...20_000, using: &dice)
      }
    }
  }

  @Test("Whole months between days are the calendar's", arguments: [MonthEnd.clamp, .nextDay])
  func whole(end: MonthEnd) {
    let a = Self.days(1), b = Self.days(2)
    for k in a.indices {
      #expect(Months.table.whole(a[k], b[k], end) == Int64(Day(number: a[k]).wholeMonths(to: Day(number: b[k]), end)))
      let near = a[k] + Int32(k % 400)
      #expect(Months.table.whole(a[k], near, end) == Int64(Day(number: a[k]).wholeMonths(to: Day(number: near), end)))
    }
  }

  @Test("A day plus months is the calendar's", arguments: [MonthEnd.clamp, .nextDay])
  func adding(end: MonthEnd) {
    var dice = Dice(state: 3)
    for a in Self.days(4) {
      let n = Int.random(in: -40...400, using: &dice)
      #expect(Months.table.adding(a, n, end) == Day(number: a).adding(months: n, end).number)
    }
  }

  @Test("The year of a day is the calendar's")
  func years() {
    for day in Self.days(5) { #expect(Months.table.year(day) == Int32(Day(number: day).year)) }
  }
}
