// Sets whose members are counted without being written down: which sets that is right for, and what their counts come
// to once the frames are known.
import Facts
import PolicyLanguage

/// A set that is read from a list, counted together with those that narrow it.
struct CountedSet {
  let scan: MeasureRun.Scan
  let request: CountRequest
  let counts: SlotCounts
  /// Which condition of the request each set stands for.
  let positions: [Int: Int]
  /// Everything that a member of each condition meets, and the date on which it counts.
  let conditions: [Node]
  let dates: [Node]
}

extension MeasureRun {
  /// Whether joining a worker's members can change anything: not where every record is a worker of its own.
  private func canJoin(_ list: Int) -> Bool {
    guard let field = dataset.tables[list].declaration.person else { return false }
    return !evaluator.tables.repeated(list, field).isEmpty
  }

  /// Counts a set, and those that narrow it; nil where its members are needed one by one, or their slots cannot be told
  /// beforehand.
  func count(_ i: Int, _ s: Scan, list: Int) -> CountedSet? {
    let set = measure.sets[i]
    let joins = canJoin(list)
    if joins, joinsPersons(set, list: list) { return nil }
    guard let slots = slots(s, list: list) else { return nil }
    var positions = [i: 0]
    var conditions = [s.condition], further = [s.condition], dates = [s.date], parents = [-1]
    for j in measure.sets.indices.dropFirst(i + 1) {
      let narrower = measure.sets[j]
      switch narrower.source {
      case .list: continue
      case .set(let source):
        guard let parent = positions[source], !joins || narrower.persons != .once, !hasLate(narrower) else { continue }
        let (condition, date) = narrowing(narrower, list: list)
        memberConditions[j] = condition
        positions[j] = conditions.count
        conditions.append(graph.and([conditions[parent], condition]))
        further.append(condition)
        dates.append(date ?? dates[parent])
        parents.append(parent)
      case .first(let n, let source):
        if let parent = positions[source], isEveryone(n, of: source) { positions[j] = parent }
      }
    }
    let rows = dataset.tables[list].count
    let request = CountRequest(conditions: further, parents: parents, slots: slots, rows: rows)
    let counts = evaluator.count(request)
    if counts.isIrregular { return nil }
    return CountedSet(
      scan: s, request: request, counts: counts, positions: positions, conditions: conditions, dates: dates)
  }

  private func slots(_ s: Scan, list: Int) -> Slots? {
    var links = 1
    switch baseSpace {
    case .list(let i): links = dataset.tables[i].count
    case .text: links = dataset.texts.count
    case .district: break
    }
    var first: Int64 = 0, span = 1
    if let year = s.year {
      guard let range = evaluator.range(year), range.lowerBound >= 2, range.upperBound < 50_000 else { return nil }
      first = range.lowerBound
      span = Int(range.upperBound - range.lowerBound) + 1
    }
    // More slots than records are no saving.
    guard links > 0, links * span <= max(100_000, dataset.tables[list].count) else { return nil }
    return Slots(
      link: s.link, isDistrict: baseSpace == .district, district: home, links: links, year: s.year, firstYear: first,
      span: span)
  }

  /// The counted set that a set belongs to.
  private func counted(_ j: Int) -> (scan: Int, set: CountedSet)? {
    for case (let i, .counted(let c)) in scanned where c.positions[j] != nil { return (i, c) }
    return nil
  }

  /// A counted set's members; nil where they have to be looked at one by one after all: a frame of theirs is
  /// undetermined.
  func countedMembers(_ j: Int) -> Members? {
    guard let (i, c) = counted(j), let position = c.positions[j], let finder else { return nil }
    let set = measure.sets[j]
    if case .first(_, let source) = set.source { return sets[source] }
    let list = dataset.list(named: measure.sets[i].list)
    let reports = dataset.tables[list].declaration.person != nil
    let slots = c.request.slots
    // What an open frame comes to is asked of its members, also of those that it alone leaves open.
    if reports, decidesLate, !c.counts.odd[0].isEmpty, truth.contains(where: Truth.isUnknown) { return nil }
    for s in 0..<slots.count where c.counts.counts[0][s] > 0 {
      let f = finder(slots.link(of: s), slots.year(of: s))
      guard f >= 0 else { continue }
      let t = truth[Int(f)]
      if reports, t != 0, !Truth.holds(t) { return nil }
    }
    let keeps = truth.map { reports ? Truth.holds($0) : $0 != 0 }
    if tellsOfMembers(j) {
      noteOdd(c, position, scan: i == j ? i : nil, condition: memberConditions[j], finder, keeps)
    }
    var byPerson = joinsPersons(measure.sets[i], list: list)
    if i != j, set.persons == .once { byPerson = true }
    if case .set(let source) = set.source, sets[source].byPerson { byPerson = true }
    let members = MemberScan(
      evaluator: evaluator, request: c.request, condition: c.conditions[position], date: c.dates[position],
      finder: finder,
      keeps: keeps)
    return Members(list: list, members, counts: c.counts.byFrame(position, slots, finder, keeps), byPerson: byPerson)
  }

  /// Notes the records that a condition leaves undetermined or refers elsewhere.
  private func noteOdd(
    _ c: CountedSet, _ position: Int, scan: Int?, condition: Node, _ finder: FrameFinder, _ keeps: [Bool]
  ) {
    let odd = c.counts.odd[position]
    guard !odd.isEmpty else { return }
    var unknownRows: [Int32] = []
    // Where there are no frames, which frame a record falls to need not be asked.
    let isFrameless = keeps.isEmpty
    if isFrameless, scan == nil || !yearsFromMembers { return }
    let roots = isFrameless ? [] : [c.scan.link] + (c.scan.year.map { [$0] } ?? [])
    let worker = isFrameless ? nil : Worker(evaluator.compile(roots), evaluator)
    odd.forEachBatch { rows, truths in
      worker?.run(start: 0, count: rows.count, rows: rows)
      for k in 0..<rows.count {
        var t = truths[k]
        if let worker {
          let link = worker.int32(0)[k]
          let f =
            link >= 0 || link == Absent.unknown32 ? finder(link, c.scan.year == nil ? nil : worker.int64(1)[k]) : -1
          if scan == nil {
            // A narrower set looks at members only.
            guard f >= 0, keeps[Int(f)] else { continue }
          } else if f >= 0 {
            t &= truth[Int(f)]
          } else if !yearsFromMembers {
            continue
          }
        }
        note(rows[k], t, in: .list(c.scan.list))
        if Truth.isUnknown(t), unknownRows.count < MeasureRun.blamed { unknownRows.append(rows[k]) }
      }
    }
    if !unknownRows.isEmpty { self.odd.facts.formUnion(blame(condition, rows: unknownRows)) }
  }
}
