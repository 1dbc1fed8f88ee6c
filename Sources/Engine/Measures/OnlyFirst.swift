// `only the first N for each KEY by ORDER`: of the frames that meet everything, the first few of each group, or those
// less than N beyond the first. Whether a frame's amount rounds to nothing does not matter: it is among the first all
// the same.
import Facts
import PolicyLanguage

extension MeasureRun {
  /// Keeps what only the first frames of each group are paid.
  func onlyFirst(_ all: inout [Candidates]) {
    guard let only = measure.limits.onlyFirst else { return }
    let frames = countingFrames()
    let keys = only.keys.map { key($0) }
    let order = rank(only.by, among: frames)
    let limits = frameValues(lowering.lower(only.limit, frameContext, .int64)).wide
    var groups: [[Int64]: [Int32]] = [:]
    for f in frames { groups[keys.map { $0(Int(f)) }, default: []].append(f) }
    var kept: Set<Int32> = []
    for (_, frames) in groups {
      let sorted = frames.sorted {
        let a = order(Int($0)), b = order(Int($1))
        return a != b ? a < b : idPrecedes($0, $1)
      }
      guard let first = sorted.first else { continue }
      let n = limits[Int(first)]
      if only.inSuccession, lowering.holds(only.when) {
        let begin = order(Int(first))
        kept.formUnion(sorted.filter { order(Int($0)) - begin < n })
      } else {
        kept.formUnion(sorted.prefix(Int(max(0, min(n, Int64(sorted.count))))))
      }
    }
    keep(kept, of: &all)
  }

  /// The frames that meet everything; where the window is on the accrual date, those with some payment in it.
  private func countingFrames() -> [Int32] {
    let passing = passingFrames()
    guard let open = accruesInWindow().map({ frameValues($0).truths }) else { return passing }
    return passing.filter { Truth.holds(open[Int($0)]) }
  }

  /// Whether a set takes one record of a person in all of the measure's frames together.
  func joinsInAll(_ set: CheckedSet) -> Bool { set.persons == .onceInAll && lowering.holds(set.personsWhen) }
}
