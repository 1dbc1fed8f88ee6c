// What is paid only once in any so many months: of frames with the same keys one after another, each that lies far
// enough after the last one that is paid. Knows nothing of what is paid.
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// The day of each frame from which months are counted: its own begin, of a year its first day.
  var frameDays: Storage<Int32>? {
    if let begins = frameBegins(yearly: yearsFromMembers) { return frameValues(begins).narrow }
    guard framesHaveYear, !iteration.isEmpty else { return nil }
    return Storage(
      iteration.map { year in
        Int(exactly: year).flatMap { Day(year: $0, month: 1, day: 1) }?.number ?? Absent.none32
      }, padding: Absent.none32)
  }

  /// How many months have to lie between two payments of the same keys; nil: there is only ever one.
  var onceWithin: Int? {
    guard let months = measure.limits.onceWithin else { return nil }
    return DateLimits.months(evaluator.values(lowering.lower(months, .frame(list: nil), .int64)).wide[0])
  }

  /// Frames in order by whether they are paid, lie less than so many months after one that is, or neither: what has
  /// nothing to be paid keeps nobody out.
  /// - Parameter isPayable: whether a frame has something to be paid.
  func paidOnce(
    _ frames: [Int32], within months: Int, _ keys: FrameKeys, _ days: Storage<Int32>?, isPayable: (Int32) -> Bool
  ) -> (paid: RowSet, leftOut: RowSet) {
    let end = lowering.monthEnd
    var last: [[Int64]: Int32] = [:]
    var out = (paid: RowSet(), leftOut: RowSet())
    for f in frames.sorted(by: { framePrecedes(days, $0, $1) }) {
      let k = keys(f)
      let day = days?[Int(f)] ?? Absent.none32
      if keys.isFree(f) {
        if isPayable(f) { out.paid.insert(f) }
      } else if day.isAbsent {
        // What has no day has no place in time.
        if isPayable(f) { out.leftOut.insert(f) }
      } else if let before = last[k], Day(number: before).adding(months: months, end).number > day {
        out.leftOut.insert(f)
      } else if isPayable(f) {
        last[k] = day
        out.paid.insert(f)
      }
    }
    return out
  }

  /// Keeps what is paid once in so many months. Where nobody knows when a frame begins, it and those of the same keys
  /// are open.
  /// - Returns: whether a frame lies less than so many months after one that is paid, or is open, and so is none of
  /// those that count.
  func keepOnce(
    _ all: inout [Candidates], per keyTexts: [Typed], within months: Int
  ) -> (Int32) -> Bool {
    let keys = keys(keyTexts, leavingOpen: &all)
    let days = frameDays
    let unknown = payableFrames(all).filter { !keys.isFree($0) && days?[Int($0)].isUnknown ?? true }
    if !unknown.isEmpty, let begins = frameBegins(yearly: yearsFromMembers) {
      let open = Set(unknown.map { keys($0) })
      leaveOpen(payableFrames(all).filter { !keys.isFree($0) && open.contains(keys($0)) }, of: &all, for: [begins])
    }
    var payable = RowSet(), asked = RowSet()
    for f in payableFrames(all) {
      payable.insert(f)
      asked.insert(f)
    }
    for f in belowNought.flatMap(\.frames) + openPayments.flatMap(\.frames) where keys.isPlaced(f) { asked.insert(f) }
    if measure.limits.onlyFirst != nil { for f in passingFrames() where keys.isPlaced(f) { asked.insert(f) } }
    let (_, leftOut) = paidOnce(asked.first(.max), within: months, keys, days) { payable.contains($0) }
    keep(of: &all) { !leftOut.contains($0) }
    return { leftOut.contains($0) || !keys.isPlaced($0) }
  }
}
