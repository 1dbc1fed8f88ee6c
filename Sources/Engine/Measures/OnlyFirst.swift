// `only the first N for each KEY by ORDER`: of the frames that meet everything, the first few of each group, or those
// less than N beyond the first. Whether a frame's amount rounds to nothing does not matter: it is among the first all
// the same.
import Facts
import PolicyLanguage

extension MeasureRun {
  /// Keeps what only the first frames of each group are paid. Whose group or place is not known is left open and is
  /// none of them; where it is not known how many there are, or its frames say two numbers, the whole group is left
  /// open.
  /// - Parameter isLeftOut: whether `once per` has left a frame out, which then is none of the first either.
  func onlyFirst(_ all: inout [Candidates], besides isLeftOut: (Int32) -> Bool) {
    guard let only = measure.limits.onlyFirst else { return }
    let keys = keys(only.keys, leavingOpen: &all)
    let by = key(only.by)
    leaveOpen(
      payableFrames(all).filter { by(Int($0)).isUnknown && !keys.isFree($0) }, of: &all,
      for: [lowering.lower(only.by, frameContext)])
    let frames = countingFrames().filter {
      !isLeftOut($0) && keys.isKnown($0) && !keys.isFree($0) && !by(Int($0)).isUnknown
    }
    let order = rank(only.by, among: frames)
    let limit = lowering.lower(only.limit, frameContext, .int64)
    let said = frameValues(limit).wide
    /// How many of its group a frame says are the first; any number where it says none.
    func most(_ frame: Int32) -> Int64 { said[Int(frame)].isNone ? .max : said[Int(frame)] }
    var groups: [[Int64]: [Int32]] = [:]
    for f in frames { groups[keys(f), default: []].append(f) }
    let inSuccession = only.inSuccession && lowering.holds(only.when)
    var beyond = RowSet()
    var open: [Int32] = []
    var two: [Int32] = []
    for (_, frames) in groups {
      let sorted = frames.sorted {
        let a = order(Int($0)), b = order(Int($1))
        return a != b ? a < b : idPrecedes($0, $1)
      }
      guard let first = sorted.first else { continue }
      let n = most(first)
      if sorted.contains(where: { most($0).isUnknown }) {
        open += sorted
      } else if sorted.contains(where: { most($0) != n }) {
        two += sorted
      } else if inSuccession {
        let begin = order(Int(first))
        for f in sorted {
          let (after, over) = order(Int(f)).subtractingReportingOverflow(begin)
          if over || after >= n { beyond.insert(f) }
        }
      } else {
        for f in sorted.dropFirst(Int(max(0, min(n, Int64(sorted.count))))) { beyond.insert(f) }
      }
    }
    leaveOpen(open.sorted(), of: &all, for: [limit])
    noteOpen(open, .number(only.limit))
    if !two.isEmpty {
      leaveOpen(two.sorted(), of: &all, for: [], facts: [MeasureRun.twoQuotas])
      noteOpen(two, .twoNumbers(only.limit))
      diagnostics.append(twoQuotas(at: only.limit.location))
    }
    keep(of: &all) { !beyond.contains($0) }
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
