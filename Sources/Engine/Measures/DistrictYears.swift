// The years that a duty of the district is judged in beside those in which something falls: a year without anything
// is judged, too.
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// The frames' keys with those of years in which nothing falls.
  func filled(_ keys: Set<UInt64>) -> Set<UInt64> {
    guard case .district? = measure.frame?.base, yearsFromMembers else { return keys }
    if case .completeYears? = measure.frame?.iterations.first?.iteration { return completeYears(keys) }
    guard lowering.isEnacted, measure.selection.ownWindow, let first = windowDay(measure.window?.from)?.year,
      let last = windowDay(measure.window?.to)?.year, first <= last
    else { return keys }
    return keys.union(years(first...min(last, first + 1000)))
  }

  /// Every year from the window's first, as enacted, or the first in which something falls, to the last that `as_of`
  /// completes, or else the last in which something falls.
  private func completeYears(_ keys: Set<UInt64>) -> Set<UInt64> {
    let found = keys.map { Int(Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF)) }
    let opening = lowering.isEnacted ? windowDay(measure.window?.from)?.year : nil
    guard let first = opening ?? found.min(), let last = lowering.lastCompleteYear ?? found.max(), first <= last else {
      return []
    }
    return years(first...min(last, first + 10_000))
  }

  private func years(_ range: ClosedRange<Int>) -> Set<UInt64> { Set(range.compactMap { frameKey(home, Int64($0)) }) }

  private func windowDay(_ t: Typed?) -> Day? {
    guard let t, case .constant32(let day) = lowering.lower(t, .frame(list: nil), .int32).op, day > Absent.none32 else {
      return nil
    }
    return Day(number: day)
  }
}

extension Lowering {
  /// The last calendar year whose 31 December is not after `as_of`; nil where there is no such day.
  var lastCompleteYear: Int? { asOfDay.map { ($0 + 1).year - 1 } }
}
