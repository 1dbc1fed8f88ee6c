// Thresholds of `first n of`: who has the last of the places, and who comes next. Knows nothing of money.
import Facts
import PolicyLanguage

extension ThresholdFinder {
  /// Who stands near the last of the places that the first of a set have.
  func places(_ limit: Typed, of source: Int) -> [Threshold] {
    guard source < run.sets.count, !run.isEveryone(limit, of: source) else { return [] }
    let limits = run.frameValues(run.lowering.lower(limit, run.frameContext, .int64)).wide
    let same = constant(limit, run.frameContext).flatMap { bound in watched(limit).map { (bound, $0) } }
    let place = memberPlace(source, fits: run.frameTruthNode)
    let members = run.sets[source].all, list = run.sets[source].list
    let buckets = Buckets(members.frames, count: run.frameCount)
    var all: [Standing] = []
    for f in 0..<run.frameCount where !limits[f].isAbsent {
      for (rank, k) in run.ranked(buckets[f], members, list).enumerated() where place.isAsked(k) {
        let beyond = Int64(rank + 1) - limits[f]
        if abs(beyond) > near { continue }
        all.append(
          Standing(position: k, value: same == nil ? beyond : Int64(rank + 1), passes: beyond <= 0))
      }
    }
    let held = Held(
      sort: same == nil ? .place : .figure, figure: limit, watched: same?.1, comparison: .lessOrEqual, type: .number,
      bound: same?.0 ?? 0)
    return [made(held, all, at: place)].compactMap { $0 }
  }
}

extension MeasureRun {
  /// A frame's members in the order in which the first of them are taken: by the day on which they count, those of one
  /// day by id.
  func ranked(_ positions: ArraySlice<Int32>, _ members: MemberRows, _ list: Int) -> [Int] {
    let ids = dataset.tables[list].ids
    return positions.map { Int($0) }.sorted { a, b in
      members.dates[a] != members.dates[b]
        ? members.dates[a] < members.dates[b]
        : ids?.precedes(Int(members.rows[a]), Int(members.rows[b])) ?? (a < b)
    }
  }
}
