// Sets made from others: what a condition leaves of one, and the first of one.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// What a narrower set asks of its source's members, and the date on which they count, where it is another.
  func narrowing(_ set: CheckedSet, list: Int) -> (condition: Node, date: Node?) {
    let inner = Lowering.Context.member(list: list, link: linkNode(of: set), year: nil)
    var parts = set.conditions.map { lowering.lower($0, inner, .truth) }
    let date = set.on.map { lowering.lower($0, inner, .int32) }
    if let date, lowering.windowOnAccrual, !set.atAnyTime, let w = window(date) { parts.append(w) }
    return (graph.and(parts), date)
  }

  func narrowSet(_ set: CheckedSet, _ source: Members) {
    var members = hasLate(set) ? narrowedLate(set, source) : narrowed(set, source)
    var byPerson = source.byPerson
    if set.persons == .once, !byPerson {
      let inner = Lowering.Context.member(list: source.list, link: linkNode(of: set), year: nil)
      let start = begins(dataset.tables[source.list].declaration, inner)
      joinPersons(&members, source.list, start.map { memberValues($0, members.rows) } ?? members.dates)
      byPerson = true
    }
    sets.append(Members(list: source.list, members, byPerson: byPerson))
  }

  private func narrowed(_ set: CheckedSet, _ source: Members) -> MemberRows {
    let all = source.all
    var members = MemberRows()
    let (condition, date) = narrowing(set, list: source.list)
    memberConditions[sets.count] = condition
    var truths = [UInt8](repeating: 0, count: all.rows.count)
    var dates = all.dates
    all.rows.withUnsafeBufferPointer { rows in
      truths.withUnsafeMutableBufferPointer { truths in
        dates.withUnsafeMutableBufferPointer { dates in
          nonisolated(unsafe) let truths = OpenLane(truths), dates = OpenLane(dates)
          evaluator.run(date.map { [condition, $0] } ?? [condition], over: .list(rows)) { worker, start, n in
            let t = worker.truth(0)
            for k in 0..<n { truths[start + k] = t[k] }
            if date != nil {
              let d = worker.int32(1)
              for k in 0..<n { dates[start + k] = d[k] }
            }
          }
        }
      }
    }
    var unknownRows: [Int32] = []
    let reports = tellsOfMembers(sets.count)
    for k in all.rows.indices {
      if truths[k] & 0b11 == 0b11 {
        members.rows.append(all.rows[k])
        members.frames.append(all.frames[k])
        members.dates.append(dates[k])
      } else if reports, case let t = truths[k] & truth[Int(all.frames[k])], t != 0 {
        note(all.rows[k], t, in: .list(source.list))
        if Truth.isUnknown(t) { unknownRows.append(all.rows[k]) }
      }
    }
    if !unknownRows.isEmpty { odd.facts.formUnion(blame(condition, rows: unknownRows)) }
    return members
  }

  /// A condition's truth for members.
  func memberTruths(_ node: Node, _ rows: [Int32]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      evaluator.run([node], over: .list(list), oneWorker: true) { worker, start, n in
        let t = worker.truth(0)
        for k in 0..<n { out[start + k] = t[k] }
      }
    }
    return out
  }

  /// A date node's values for members.
  func memberValues(_ node: Node, _ rows: [Int32]) -> [Int32] {
    var out = [Int32](repeating: 0, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      out.withUnsafeMutableBufferPointer { out in
        nonisolated(unsafe) let out = OpenLane(out)
        evaluator.run([node], over: .list(list)) { worker, start, n in
          let v = worker.int32(0)
          for k in 0..<n { out[start + k] = v[k] }
        }
      }
    }
    return out
  }

  /// A number node's values for members.
  func memberNumbers(_ node: Node, _ rows: [Int32]) -> [Int64] {
    var out = [Int64](repeating: 0, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      evaluator.run([node], over: .list(list), oneWorker: true) { worker, start, n in
        let v = worker.int64(0)
        for k in 0..<n { out[start + k] = v[k] }
      }
    }
    return out
  }

  /// The field by which the list that a set stems from is joined to the frame; nil for a district's, which has all
  /// records.
  func linkNode(of set: CheckedSet) -> Node? {
    var current = set
    while true {
      switch current.source {
      case .list(let name, let field):
        return field.map { lowering.column(dataset.list(named: name), $0) }
      case .set(let i), .first(_, let i): current = measure.sets[i]
      }
    }
  }

  /// Whether the first of a set are all of it: as many as there are.
  func isEveryone(_ n: Typed, of source: Int) -> Bool {
    let limit = lowering.lower(n, frameContext, .int64)
    return lowering.aggregates.contains { $0.0 == .count(source) && $0.1 === limit }
  }

  func firstOf(_ set: CheckedSet, _ n: Typed, _ source: Int) {
    let everyone = sets[source]
    // Everyone: nothing to rank.
    if isEveryone(n, of: source) {
      sets.append(everyone)
      return
    }
    let limit = lowering.lower(n, frameContext, .int64)
    let limits = frameValues(limit).wide
    let all = everyone.all
    var keep = [Bool](repeating: false, count: all.rows.count)
    let ids = dataset.tables[everyone.list].ids
    let buckets = Buckets(all.frames, count: frameCount)
    var undeterminedLimits: [Int32] = []
    for f in 0..<frameCount {
      let ks = buckets[f]
      if limits[f].isUnknown, Truth.holds(truth[f]) { undeterminedLimits.append(Int32(truncatingIfNeeded: f)) }
      let n = Int(max(0, min(limits[f], Int64(ks.count))))
      if n == ks.count {
        for k in ks { keep[Int(k)] = true }
      } else if n > 0 {
        for k in MeasureRun.first(n, of: ks, dates: all.dates, rows: all.rows, ids) { keep[Int(k)] = true }
      }
    }
    if !undeterminedLimits.isEmpty {
      // How many are the first cannot be told, so each of them is open.
      let open = Set(undeterminedLimits)
      let rows = all.rows.indices.filter { open.contains(all.frames[$0]) }.map { all.rows[$0] }
      noteUndetermined(rows, in: .list(everyone.list), facts: blame(limit, rows: undeterminedLimits))
    }
    var members = all
    members.keep { keep[$0] }
    sets.append(Members(list: everyone.list, members, byPerson: everyone.byPerson))
  }

  /// The first so many of some members, fewer than there are: by the day on which they count, those of one day by id.
  private static func first(
    _ n: Int, of members: ArraySlice<Int32>, dates: [Int32], rows: [Int32], _ ids: IDColumn?
  ) -> [Int32] {
    var days = members.map { dates[Int($0)] }
    let last = Buckets.nth(n - 1, of: &days)
    var chosen = members.filter { dates[Int($0)] < last }
    var tied = members.filter { dates[Int($0)] == last }
    if chosen.count + tied.count > n {
      tied.sort { ids?.precedes(Int(rows[Int($0)]), Int(rows[Int($1)])) ?? ($0 < $1) }
    }
    chosen += tied.prefix(n - chosen.count)
    return chosen
  }
}
