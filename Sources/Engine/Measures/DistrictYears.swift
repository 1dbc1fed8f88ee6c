// The years that are looked at beside those in which something falls: a duty of the district is judged in a year
// without anything, too, and `each complete year` leaves no year out.
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// The frames' keys with those of years in which nothing falls.
  func filled(_ keys: Set<UInt64>) -> Set<UInt64> {
    guard let frame = measure.frame, yearsFromMembers else { return keys }
    if case .completeYears? = frame.iterations.first?.iteration { return completeYears(keys, frame.base) }
    guard case .district = frame.base, lowering.isEnacted, measure.selection.ownWindow,
      let first = windowDay(measure.window?.from)?.year, let last = windowDay(measure.window?.to)?.year, first <= last
    else { return keys }
    return keys.union(years(first...min(last, first + 1000)))
  }

  /// Every year from the window's first, as enacted, or the first in which something falls, to the last that `as_of`
  /// completes, or else the last in which something falls, and no further than the window; of a record that begins some
  /// day, from that year on.
  private func completeYears(_ keys: Set<UInt64>, _ base: CheckedFrame.Base) -> Set<UInt64> {
    let found = keys.map { Int(Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF)) }
    let opening = lowering.isEnacted ? windowDay(measure.window?.from)?.year : nil
    let common = opening ?? found.min()
    let closing = lowering.isEnacted ? windowDay(measure.window?.to)?.year : nil
    let end = [lowering.lastCompleteYear ?? found.max(), closing].compactMap(\.self).min()
    switch base {
    case .district:
      guard let first = common, let last = end, first <= last else { return [] }
      return years(first...min(last, first + 10_000))
    case .texts:
      guard let first = common, let last = end, first <= last else { return [] }
      return all(Set(keys.map { Int32(truncatingIfNeeded: $0 >> 32) }), last) { _ in first }
    case .list(let list):
      let table = dataset.tables[dataset.list(named: list)]
      let rows = (0..<table.count).lazy.map { Int32(truncatingIfNeeded: $0) }
      guard let name = table.declaration.begins, let field = table.declaration.field(name),
        let column = table.columns[name]
      else {
        guard let first = common, let last = end else { return [] }
        return all(rows, last) { _ in first }
      }
      return all(rows, end ?? Int.min) { row in
        // Whose beginning nobody knows is there in all years.
        guard let own = MeasureRun.year(column.raw(Int(row)), field) else { return common }
        return max(own, common ?? own)
      }
    }
  }

  /// The years of some records, each from a first of its own.
  private func all(_ records: some Sequence<Int32>, _ last: Int, _ first: (Int32) -> Int?) -> Set<UInt64> {
    var keys: Set<UInt64> = []
    for record in records {
      guard let from = first(record), from <= last else { continue }
      for year in from...min(last, from + 10_000) {
        if let key = frameKey(record, Int64(year)) { keys.insert(key) }
      }
    }
    return keys
  }

  /// The year of a field's day, or the year that the field is; nil where it is not stated.
  private static func year(_ raw: Int64?, _ field: Field) -> Int? {
    guard let raw, raw > Int64(Absent.none32) else { return nil }
    if field.type == .int { return Int(raw) }
    if raw >= Int64(DateOrYear.base) { return Int(raw - Int64(DateOrYear.base)) }
    return Day(number: Int32(truncatingIfNeeded: raw)).year
  }

  private func years(_ range: ClosedRange<Int>) -> Set<UInt64> { Set(range.compactMap { frameKey(home, Int64($0)) }) }

  func windowDay(_ t: Typed?) -> Day? {
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
