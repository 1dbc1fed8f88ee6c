// The members of a measure's sets: scanned from a list, put into frames, a worker's joined, narrowed, the first of them.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// How a set that is read from a list was read.
  enum Reading {
    case counted(CountedSet)
    case selected(Scanned)
  }

  struct Scanned {
    var rows: [Int32]
    var links: [Int32]
    var dates: [Int32]
    var begins: [Int32]
    var years: [Int64]
    var odd: [(row: Int32, truth: UInt8)]
    var link: Node
    var year: Node?

    func oddLinks(_ rows: [Int32], _ values: (Node, [Int32]) -> [Int32]) -> [Int32] { values(link, rows) }
    func oddYears(_ rows: [Int32], _ values: (Node, [Int32]) -> [Int64]) -> [Int64]? { year.map { values($0, rows) } }
  }

  /// The nodes of a set that scans a list.
  struct Scan {
    let condition: Node
    let link: Node
    let date: Node
    let begins: Node
    let year: Node?
  }

  /// The dates of a list's members: when each begins and when it counts, which of them the window tests, and the test.
  func dates(
    of set: CheckedSet, list: Int, _ context: Lowering.Context
  ) -> (begins: Node?, counts: Node?, tested: Node?, inWindow: Node?) {
    let start =
      set.begins.map { lowering.lower($0, context, .int32) } ?? begins(dataset.tables[list].declaration, context)
    let date = set.on.map { lowering.lower($0, context, .int32) } ?? start
    let tested = lowering.windowOnAccrual ? date : start
    return (start, date, tested, set.atAnyTime ? nil : tested.flatMap { window($0) })
  }

  func scan(_ set: CheckedSet, link field: Field?, list: Int) -> Scan {
    let link: Node
    if let field {
      link = lowering.column(list, field)
    } else {
      link = graph.constant32(home)
    }
    let plain = Lowering.Context.member(list: list, link: link, year: nil)
    let (start, date, _, inWindow) = dates(of: set, list: list, plain)
    var year: Node?
    if framesHaveYear {
      if let typed = set.inYear {
        year = lowering.lower(typed, plain, .int64)
      } else if let d = lowering.yearOfCompletion ? date : start {
        year = graph.apply(.yearOf, [d], register: .int64, mayBeAbsent: d.mayBeAbsent)
      }
    }
    let context = Lowering.Context.member(list: list, link: link, year: year)
    var parts = set.conditions.map { lowering.lower($0, context, .truth) }
    if let inWindow { parts.append(inWindow) }
    // What the frame's record alone decides is asked of each hire at once; of other records, which are not counted by
    // themselves, the frame is asked later.
    if field != nil, frameList != nil, dataset.tables[list].declaration.person != nil {
      parts.append(graph.gather(baseCondition, link))
    }
    if link.mayBeAbsent {
      parts.append(graph.apply(.given, [link], register: .truth, mayBeAbsent: false, liftsAbsence: false))
    }
    let none = graph.constant32(Absent.none32)
    return Scan(condition: graph.and(parts), link: link, date: date ?? none, begins: start ?? none, year: year)
  }

  /// Reads every set that stems from a list: counts its records where counts will do, else selects them. Then finds
  /// the frames, unless they are known.
  func scanLists(discovering: Bool) {
    for _ in measure.sets { memberConditions.append(graph.truth(Truth.yes)) }
    for (i, set) in measure.sets.enumerated() {
      guard case .list(let name, let field) = set.source, let list = dataset.dictionary.index(name) else { continue }
      let s = scan(set, link: field, list: list)
      memberConditions[i] = s.condition
      if let counted = count(i, s, list: list) {
        scanned[i] = .counted(counted)
      } else {
        scanned[i] = .selected(select(s, list: list))
      }
    }
    if discovering { discoverFrames() }
    // Nothing falls to the frames of a measure without sets.
    if measure.sets.isEmpty { return }
    finder = FrameFinder(base: base, iteration: iteration, hasYears: framesHaveYear, isDistrict: baseSpace == .district)
  }

  private func select(_ s: Scan, list: Int) -> Scanned {
    var others = [s.link, s.date, s.begins]
    if let y = s.year { others.append(y) }
    let selection = evaluator.select(s.condition, others, count: dataset.tables[list].count)
    return Scanned(
      rows: selection.rows, links: selection.int32[0], dates: selection.int32[1], begins: selection.int32[2],
      years: s.year == nil ? [] : selection.int64[3], odd: selection.odd, link: s.link, year: s.year)
  }

  /// Puts one set's members into their frames.
  func fill(_ i: Int) {
    let set = measure.sets[i]
    if let members = countedMembers(i) {
      sets.append(members)
      return
    }
    switch set.source {
    case .list(let name, _):
      let list = dataset.dictionary.index(name) ?? 0
      switch scanned[i] {
      case .selected(let s): place(set, s, list: list, scan: i)
      case .counted(let c): place(set, select(c.scan, list: list), list: list, scan: i)
      case nil: place(set, nil, list: list, scan: i)
      }
    case .set(let source): narrowSet(set, sets[source])
    case .first(let n, let source): firstOf(set, n, source)
    }
  }

  /// Frames are the records (and years) that members fall to.
  func discoverFrames() {
    var keys: Set<UInt64> = []
    for case .counted(let c) in scanned.values {
      let slots = c.request.slots
      for s in 0..<slots.count where c.counts.counts[0][s] > 0 {
        if let key = frameKey(slots.link(of: s), slots.year(of: s)) { keys.insert(key) }
      }
    }
    for case .selected(let s) in scanned.values {
      let years =
        s.years.isEmpty
        ? (0, 0) : (s.years.lazy.filter { $0 > -30_000 }.min() ?? 0, s.years.lazy.filter { $0 < 50_000 }.max() ?? 0)
      let span = Int(years.1 - years.0) + 1
      let links = Int(s.links.max() ?? -1) + 1
      if span > 0, links * span <= 40_000_000 {
        // Few enough to mark each once.
        var seen = [Bool](repeating: false, count: max(links * span, 1))
        for k in s.rows.indices where s.links[k] >= 0 {
          let y = s.years.isEmpty ? 0 : s.years[k] - years.0
          if y >= 0, y < Int64(span) { seen[Int(s.links[k]) * span + Int(y)] = true }
        }
        for i in seen.indices where seen[i] {
          if let key = frameKey(Int32(truncatingIfNeeded: i / span), s.years.isEmpty ? 0 : years.0 + Int64(i % span)) {
            keys.insert(key)
          }
        }
      } else {
        for k in s.rows.indices {
          if let key = frameKey(s.links[k], s.years.isEmpty ? 0 : s.years[k]) { keys.insert(key) }
        }
      }
    }
    keys = filled(keys)
    let sorted = keys.sorted()
    setFrames(
      sorted.map { Int32(truncatingIfNeeded: $0 >> 32) },
      framesHaveYear ? sorted.map { Int64(Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF)) } : [],
      [UInt8](repeating: Truth.yes, count: sorted.count))
    if frameList != nil, baseCondition.domain != .constant {
      narrow(by: graph.gather(baseCondition, lowering.frameBase))
    } else {
      narrow(by: baseCondition)
    }
    narrow(by: restCondition)
  }

  func frameKey(_ link: Int32, _ year: Int64) -> UInt64? { FrameFinder.key(link, year) }

  /// Whether the measure counts persons: its odd subjects are then the hires themselves (semantics, "Persons and hires").
  var countsHires: Bool {
    measure.sets.contains { dataset.dictionary.list($0.list)?.person != nil }
  }

  func note(_ row: Int32, _ truth: UInt8) {
    if Truth.isElsewhere(truth) {
      odd.elsewhere.insert(row)
    } else if Truth.isUnknown(truth) {
      odd.unknown.insert(row)
    }
  }

  /// Puts a scanned list's rows into their frames and joins a worker's.
  func place(_ set: CheckedSet, _ scanned: Scanned?, list: Int, scan: Int) {
    guard let s = scanned, let frameOf = finder else {
      sets.append(Members(list: list))
      return
    }
    var members = MemberRows()
    let person = dataset.tables[list].declaration.person
    let reportsMembers = person != nil
    if reportsMembers { oddSpace = .list(list) }
    if reportsMembers, !s.odd.isEmpty {
      // A member is undetermined only for a frame that its record and year leave open.
      let rows = s.odd.map(\.row)
      let links = s.oddLinks(rows, memberValues), years = s.oddYears(rows, memberNumbers)
      var unknownRows: [Int32] = []
      for (k, o) in s.odd.enumerated() {
        let f = links[k] >= 0 || links[k] == Absent.unknown32 ? frameOf(links[k], years?[k] ?? 0) : -1
        var t = o.truth
        if f >= 0 { t &= truth[Int(f)] } else if !yearsFromMembers { continue }
        note(o.row, t)
        if Truth.isUnknown(t) { unknownRows.append(o.row) }
      }
      if !unknownRows.isEmpty { odd.facts.formUnion(blame(memberConditions[scan], rows: unknownRows)) }
    }
    let n = s.rows.count
    members.rows.reserveCapacity(n)
    members.frames.reserveCapacity(n)
    members.dates.reserveCapacity(n)
    var begins: [Int32] = []
    let persons = joinsPersons(set, list: list)
    let plainYears = s.years.isEmpty
    var lateFrames: [Int32] = []
    for k in 0..<n {
      let f = frameOf(s.links[k], plainYears ? 0 : s.years[k])
      guard f >= 0 else { continue }
      let t = truth[Int(f)]
      if Truth.holds(t) {
        members.rows.append(s.rows[k])
        members.frames.append(f)
        members.dates.append(s.dates[k])
        if persons { begins.append(s.begins[k]) }
      } else if reportsMembers {
        note(s.rows[k], t)
        if Truth.isUnknown(t) { lateFrames.append(f) }
      } else if t != 0 {
        // Records that are no hires count for an undetermined frame, too: whether it is one shows in the end.
        members.rows.append(s.rows[k])
        members.frames.append(f)
        members.dates.append(s.dates[k])
        if persons { begins.append(s.begins[k]) }
      }
    }
    if !lateFrames.isEmpty { odd.facts.formUnion(blame(frameTruthNode, rows: Array(Set(lateFrames)))) }
    if persons { joinPersons(&members, list, begins, inAll: joinsInAll(set)) }
    sets.append(Members(list: list, members, byPerson: persons))
  }

  var frameTruthNode: Node {
    graph.and([frameList == nil ? baseCondition : graph.gather(baseCondition, lowering.frameBase), restCondition])
  }

  func joinsPersons(_ set: CheckedSet, list: Int) -> Bool {
    guard dataset.tables[list].declaration.person != nil else { return false }
    if measure.form != .duty, joinsInAll(set) { return true }
    switch set.persons {
    case .every: return false
    case .once: return true
    case .byReading, .onceInAll:
      if measure.form == .duty { return false }
      switch measure.persons {
      case .every: return false
      case .once, .onceInAll: return true
      case .byReading: return lowering.countsPersons
      }
    }
  }

  /// Of one worker's members of one frame, only the one that begins first (then smallest id) stays.
  /// - Parameter inAll: of all frames' members together, not of each frame's.
  func joinPersons(_ members: inout MemberRows, _ list: Int, _ begins: [Int32], inAll: Bool = false) {
    let table = dataset.tables[list]
    guard let field = table.declaration.person, case .int32(let persons)? = table.columns[field]?.data else { return }
    let repeated = evaluator.tables.repeated(list, field)
    // Who is not named is nobody else, and few have more than one record.
    let several = members.rows.indices.filter { repeated.contains(persons[Int(members.rows[$0])]) }
    var best = KeyedPlaces(count: several.count)
    var drop: [Bool]?
    for k in several {
      let key =
        UInt64(UInt32(bitPattern: inAll ? 0 : members.frames[k])) << 32 | UInt64(UInt32(bitPattern: persons[Int(members.rows[k])]))
      let (slot, before) = best.enter(key, at: k)
      guard let other = before else { continue }
      if drop == nil { drop = [Bool](repeating: false, count: members.rows.count) }
      let earlier =
        begins[k] != begins[other]
        ? begins[k] < begins[other]
        : table.ids?.precedes(Int(members.rows[k]), Int(members.rows[other])) ?? false
      if earlier {
        drop?[other] = true
        best.replace(slot, k)
      } else {
        drop?[k] = true
      }
    }
    guard let drop else { return }
    members.keep { !drop[$0] }
  }

  /// What a narrower set asks of its source's members, and the date on which they count, where it is another.
  func narrowing(_ set: CheckedSet, list: Int) -> (condition: Node, date: Node?) {
    let inner = Lowering.Context.member(list: list, link: linkNode(of: set), year: nil)
    var parts = set.conditions.map { lowering.lower($0, inner, .truth) }
    let date = set.on.map { lowering.lower($0, inner, .int32) }
    if let date, lowering.windowOnAccrual, !set.atAnyTime, let w = window(date) { parts.append(w) }
    return (graph.and(parts), date)
  }

  func narrowSet(_ set: CheckedSet, _ source: Members) {
    let all = source.all
    var members = MemberRows()
    let (condition, date) = narrowing(set, list: source.list)
    memberConditions[sets.count] = condition
    var truths = [UInt8](repeating: 0, count: all.rows.count)
    var dates = all.dates
    all.rows.withUnsafeBufferPointer { rows in
      truths.withUnsafeMutableBufferPointer { truths in
        dates.withUnsafeMutableBufferPointer { dates in
          nonisolated(unsafe) let truths = truths, dates = dates
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
    let reports = dataset.tables[source.list].declaration.person != nil
    for k in all.rows.indices {
      if truths[k] & 0b11 == 0b11 {
        members.rows.append(all.rows[k])
        members.frames.append(all.frames[k])
        members.dates.append(dates[k])
      } else if truths[k] != 0, reports {
        note(all.rows[k], truths[k])
        if Truth.isUnknown(truths[k]) { unknownRows.append(all.rows[k]) }
      }
    }
    if !unknownRows.isEmpty { odd.facts.formUnion(blame(condition, rows: unknownRows)) }
    var byPerson = source.byPerson
    if set.persons == .once, !byPerson {
      let inner = Lowering.Context.member(list: source.list, link: linkNode(of: set), year: nil)
      let start = begins(dataset.tables[source.list].declaration, inner)
      joinPersons(&members, source.list, start.map { memberValues($0, members.rows) } ?? members.dates)
      byPerson = true
    }
    sets.append(Members(list: source.list, members, byPerson: byPerson))
  }

  /// A date node's values for members.
  func memberValues(_ node: Node, _ rows: [Int32]) -> [Int32] {
    var out = [Int32](repeating: 0, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      out.withUnsafeMutableBufferPointer { out in
        nonisolated(unsafe) let out = out
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

  /// The field by which the list that a set stems from is joined to the frame.
  func linkNode(of set: CheckedSet) -> Node? {
    var current = set
    while true {
      switch current.source {
      case .list(let name, let field):
        guard let list = dataset.dictionary.index(name) else { return nil }
        return field.map { lowering.column(list, $0) }
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
    guard let limits = frameValues(limit).int64 else {
      sets.append(everyone)
      return
    }
    let all = everyone.all
    var keep = [Bool](repeating: false, count: all.rows.count)
    let ids = dataset.tables[everyone.list].ids
    let buckets = Buckets(all.frames, count: frameCount)
    var undeterminedLimits: [Int32] = []
    for f in 0..<frameCount {
      let ks = buckets[f]
      if limits[f] == Absent.unknown64, Truth.holds(truth[f]) { undeterminedLimits.append(Int32(truncatingIfNeeded: f)) }
      let n = Int(max(0, min(limits[f], Int64(ks.count))))
      if n == ks.count {
        for k in ks { keep[Int(k)] = true }
      } else if n > 0 {
        let ordered = ks.map { Int($0) }.sorted {
          all.dates[$0] != all.dates[$1]
            ? all.dates[$0] < all.dates[$1]
            : ids?.precedes(Int(all.rows[$0]), Int(all.rows[$1])) ?? ($0 < $1)
        }
        for k in ordered.prefix(n) { keep[k] = true }
      }
    }
    if !undeterminedLimits.isEmpty {
      // How many are the first cannot be told, so each of them is open.
      let open = Set(undeterminedLimits)
      let rows = all.rows.indices.filter { open.contains(all.frames[$0]) }.map { all.rows[$0] }
      noteUndetermined(rows, facts: blame(limit, rows: undeterminedLimits))
    }
    var members = all
    members.keep { keep[$0] }
    sets.append(Members(list: everyone.list, members, byPerson: everyone.byPerson))
  }
}
