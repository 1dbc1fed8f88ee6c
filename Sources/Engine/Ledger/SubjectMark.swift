// What stands behind a subject's id where one record has several: the year that it is for, or the first day of its
// period. Knows nothing of rules.
import Facts
import PolicyLanguage
import Reckoning

/// The year or the period of a subject, as one number: years as they are, days as their digits (20220120).
package enum SubjectMark {
  /// A period that begins on a day.
  static func period(_ day: Int32) -> Int32 {
    let (year, month, date) = Day(number: day).parts
    return Int32(truncatingIfNeeded: year * 10_000 + month * 100 + date)
  }

  /// What is written behind the `@`: `2022`, `2022-01-20`.
  package static func text(_ mark: Int32) -> String {
    if mark < 100_000 { return String(mark) }
    func two(_ n: Int32) -> String { (n < 10 ? "0" : "") + String(n) }
    return String(mark / 10_000) + "-" + two(mark / 100 % 100) + "-" + two(mark % 100)
  }
}

extension MeasureRun {
  /// The first day of a frame's period; nil where frames are no periods, or it is not known.
  func periodStart(_ f: Int) -> Int32? {
    guard let starts = periodStarts, f < starts.count, !starts[f].isAbsent else { return nil }
    return starts[f]
  }

  /// The first days of the frames' periods.
  var periodStarts: Storage<Int32>? {
    startOfPeriod.map { frameValues(lowering.lower($0, frameContext, .int32)).narrow }
  }

  /// The year of each frame: that which it is for, or in which its period begins; nil where frames have none, so that
  /// payments go by their days.
  var yearsOfFrames: [Int64]? {
    if framesHaveYear, !iteration.isEmpty { return iteration }
    guard let starts = periodStarts else { return nil }
    let months = Months.table
    return (0..<frameCount).map {
      starts[$0].isAbsent ? Absence.widen(starts[$0]) : Int64(months.year(starts[$0]))
    }
  }

  /// The day on which the last of a frame's periods ends; nil where frames are no periods.
  var lastDayOfPeriods: Typed? {
    guard let (_, i) = measure.frame?.iterations.first, case .range(_, _, let to) = i,
      case .form(.periods, let ends) = to.operation
    else { return nil }
    return ends[1]
  }

  /// The figure that `periodStarts` holds.
  var firstDayOfPeriod: Typed? {
    guard let (_, i) = measure.frame?.iterations.first, case .range(_, _, let to) = i,
      case .form(.periods(let months, let isCalendar), let ends) = to.operation
    else { return nil }
    let number = Typed(.iteration(0), .number, at: to.location)
    return Typed(
      .form(.periodStart(months: months, isCalendar: isCalendar), [ends[0], number]), .date, at: to.location)
  }
}
