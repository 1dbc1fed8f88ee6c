// Thresholds of stays: who stays a few days longer than is asked, or a few days short of it. Of millions of records
// only those are looked at further that are so near. Knows nothing of money.
import Facts
import PolicyLanguage
import Reckoning

/// Records whose stay ends near the day that is asked for.
private struct NearStays {
  var rows: [Int32] = []
  /// By how many days each is beyond that day.
  var beyond: [Int64] = []
}

extension ThresholdFinder {
  /// Who stays nearly as long as is asked; nil where it hangs on their frames as well.
  func stay(_ months: Typed, _ from: Typed, _ to: Typed, others: Node, at place: AskedPlace) -> [Threshold]? {
    let context = place.context
    guard let list = place.list, case .constant64(let n) = run.lowering.lower(months, context, .int64).op else {
      return nil
    }
    let start = run.lowering.lower(from, context, .int32), end = run.lowering.lower(to, context, .int32)
    let asked = run.graph.apply(
      .stableFrom(run.lowering.clock, run.lowering.monthEnd), [start, run.graph.constant64(n)], register: .int32,
      mayBeAbsent: start.mayBeAbsent)
    if asked.domain == .constant || end.domain == .constant { return [] }
    guard asked.domain == .table(list), end.domain == .table(list) else { return nil }
    let own = Told(place: place.key, node: end.number, comparison: .greaterOrEqual, bound: "\(asked.number)")
    guard told.insert(own).inserted else { return [] }
    let stays = fitting(others, nearStays(end, asked, list))
    let reach = reach(of: stays)
    var all: [Standing] = []
    var unnamed = 0
    func add(_ position: Int, _ beyond: Int64) {
      guard place.isAsked(position) else { return }
      if abs(beyond) > reach {
        unnamed += 1
      } else {
        all.append(Standing(position: position, value: beyond, passes: beyond >= 0))
      }
    }
    if place.records == nil {
      let beyond = Dictionary(zip(stays.rows, stays.beyond), uniquingKeysWith: { first, _ in first })
      for (k, row) in place.members.enumerated() {
        if let own = beyond[row] { add(k, own) }
      }
    } else {
      for (row, beyond) in zip(stays.rows, stays.beyond) { add(Int(row), beyond) }
    }
    let held = Held(
      sort: .stay, figure: months, watched: watched(months), comparison: .greaterOrEqual, type: .months, bound: n)
    return [made(held, all, at: place, unnamed: unnamed)].compactMap { $0 }
  }

  /// The records whose stay ends near a day, in their order.
  private func nearStays(_ end: Node, _ asked: Node, _ list: Int) -> NearStays {
    let count = run.dataset.tables[list].count, near = near
    var found = [NearStays](repeating: NearStays(), count: run.evaluator.parts(count))
    found.withUnsafeMutableBufferPointer { found in
      nonisolated(unsafe) let found = found
      run.evaluator.runParts([end, asked], over: .range(0..<count)) { part, worker, start, n in
        let ends = worker.int32(0), days = worker.int32(1)
        for k in 0..<n where ends[k] > Absent.none32 && days[k] > Absent.none32 {
          let beyond = Int64(ends[k]) - Int64(days[k])
          if abs(beyond) > near { continue }
          found[part].rows.append(Int32(truncatingIfNeeded: start + k))
          found[part].beyond.append(beyond)
        }
      }
    }
    return NearStays(rows: found.flatMap(\.rows), beyond: found.flatMap(\.beyond))
  }

  /// Those of them for which everything else fits.
  private func fitting(_ others: Node, _ stays: NearStays) -> NearStays {
    if others.domain == .constant {
      return Truth.holds(run.evaluator.values(others).truths[0]) ? stays : NearStays()
    }
    let fits = Values(.truth, count: stays.rows.count)
    stays.rows.withUnsafeBufferPointer { rows in
      run.evaluator.run([others], over: .list(rows)) { worker, start, n in
        run.evaluator.copy(worker, to: fits, start, n)
      }
    }
    let truths = fits.truths
    let left = stays.rows.indices.filter { Truth.holds(truths[$0]) }
    return NearStays(rows: left.map { stays.rows[$0] }, beyond: left.map { stays.beyond[$0] })
  }

  /// How far those stand at most that can be among the listed, who are the nearest.
  private func reach(of stays: NearStays) -> Int64 {
    if stays.rows.count <= listed { return near }
    var counts: [Int64: Int] = [:]
    for beyond in stays.beyond { counts[abs(beyond), default: 0] += 1 }
    var nearer = 0
    for (distance, count) in counts.sorted(by: { $0.key < $1.key }) {
      nearer += count
      if nearer >= listed { return distance }
    }
    return near
  }
}
