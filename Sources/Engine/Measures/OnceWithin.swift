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

  /// Of frames in order, those that are paid.
  func paidOnce(_ frames: [Int32], within months: Int, _ keys: [(Int) -> Int64], _ days: Storage<Int32>?) -> Set<Int32>
  {
    let end = lowering.monthEnd
    var last: [[Int64]: Int32] = [:]
    var paid: Set<Int32> = []
    for f in frames.sorted(by: { framePrecedes(days, $0, $1) }) {
      let k = keys.map { $0(Int(f)) }
      let day = days?[Int(f)] ?? Absent.none32
      if day.isAbsent { continue }
      if let before = last[k], Day(number: before).adding(months: months, end).number > day { continue }
      last[k] = day
      paid.insert(f)
    }
    return paid
  }

  /// Keeps what is paid once in so many months. Where nobody knows when a frame begins, it and those of the same keys
  /// are open.
  func keepOnce(_ all: inout [Candidates], per keyTexts: [Typed], within months: Int) {
    let keys = keyTexts.map { key($0) }
    let days = frameDays
    let payable = payableFrames(all)
    let open = Set(payable.filter { days?[Int($0)].isUnknown ?? true }.map { f in keys.map { $0(Int(f)) } })
    let known = payable.filter { f in open.isEmpty || !open.contains(keys.map { $0(Int(f)) }) }
    if known.count < payable.count, let begins = frameBegins(yearly: yearsFromMembers) {
      let unknown = payable.filter { days?[Int($0)].isUnknown ?? true }
      let rest = Set(payable).subtracting(known)
      noteUndetermined(rest.map { base[Int($0)] }.sorted(), facts: blame(begins, rows: unknown))
    }
    keep(paidOnce(known, within: months, keys, days), of: &all)
  }
}
