// Dates of the usual form from eight and two bytes at once: most cells of most files. Knows only two centuries; what it
// does not know is left to `ValueReader`.
import Reckoning

/// The first days and lengths of the months of two centuries, for dates of the usual form.
enum MonthTable {
  static let firstYear = 1900
  static let years = 200
  static var count: Int { years * 16 }

  /// The table, in memory of its own.
  static func make() -> CheckedBuffer<Int32> {
    let months = CheckedBuffer<Int32>.allocate(count, repeating: 0)
    for year in 0..<years {
      for month in 1...12 {
        let first = Day.clamped(year: firstYear + year, month: month, day: 1)
        months[year * 16 + month] = first.number * 32 + Int32(Day.length(year: firstYear + year, month: month))
      }
    }
    return months
  }

  /// The day number of `YYYY-MM-DD`, given as its first eight and its last two bytes.
  @inline(__always)
  static func day(_ low: UInt64, _ high: UInt64, _ months: CheckedBuffer<Int32>) -> Int32? {
    let a = low ^ 0x2D30_302D_3030_3030
    let b = high ^ 0x3030
    // Digits are now 0 to 9 and hyphens 0; adding carries into the top bit of a byte that is anything more.
    let wrong = (a | (a &+ 0x7F76_767F_7676_7676)) & 0x8080_8080_8080_8080 | (b | (b &+ 0x7676)) & 0x8080
    if wrong != 0 { return nil }
    func digit(_ shift: UInt64) -> Int { Int(truncatingIfNeeded: (a &>> shift) & 0xFF) }
    let year = digit(0) &* 1000 &+ digit(8) &* 100 &+ digit(16) &* 10 &+ digit(24)
    let month = digit(40) &* 10 &+ digit(48)
    let day = Int32(truncatingIfNeeded: b & 0xFF) &* 10 &+ Int32(truncatingIfNeeded: b &>> 8)
    let index = year &- firstYear
    guard index >= 0, index < years, month < 16 else { return nil }
    let packed = months[index &* 16 &+ month]
    guard day >= 1, day <= packed & 31 else { return nil }
    return (packed &>> 5) &+ day &- 1
  }
}
