// Members put into the frames that they fall to, and a worker's records joined.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// Puts a scanned list's rows into their frames and joins a worker's.
  func putIntoFrames(_ set: CheckedSet, _ s: Scanned, list: Int, scan: Int) {
    let isShared = isShared(set)
    let frameOf = Invariant.value(
      isShared && framesHaveYear ? everyYear : finder, "finder-made: members are put into frames that are known")
    let reportsMembers = dataset.tables[list].declaration.person != nil
    let persons = joinsPersons(set, list: list)
    let inAll = persons && joinsInAll(set)
    // What is open about a frame may be settled by what is asked of its members: till then they count for it.
    var members = MemberRows()
    var begins: [Int32] = []
    if reportsMembers, !s.odd.isEmpty {
      (members, begins) = oddMembers(s, frameOf, isShared, waits: decidesLate && !inAll, scan: scan)
      if !persons { begins = [] }
    }
    var hasOpen = !members.rows.isEmpty
    let n = s.rows.count
    members.rows.reserveCapacity(n)
    members.frames.reserveCapacity(n)
    members.dates.reserveCapacity(n)
    let plainYears = s.years.isEmpty
    var lateFrames: [Int32] = []
    for k in 0..<n {
      let first = frameOf(s.links[k], plainYears ? nil : s.years[k])
      guard first >= 0 else { continue }
      for f in framesOf(first, isShared) {
        let t = truth[f]
        if t == 0 { continue }
        // Records count for an undetermined frame, too: whether it is one shows in the end. Where one record of a
        // person counts for all frames together, none may stand in the way of what is certain.
        let isOpen = Truth.isUnknown(t) && !inAll
        if Truth.holds(t) || !reportsMembers || isOpen {
          hasOpen = hasOpen || isOpen
          members.rows.append(s.rows[k])
          members.frames.append(Int32(truncatingIfNeeded: f))
          members.dates.append(s.dates[k])
          if persons { begins.append(s.begins[k]) }
        } else {
          note(s.rows[k], t, in: .list(list))
          if Truth.isUnknown(t) { lateFrames.append(Int32(truncatingIfNeeded: f)) }
        }
      }
      if members.rows.count > MeasureRun.mostMembers {
        tooMany()
        break
      }
    }
    if !lateFrames.isEmpty { odd.facts.formUnion(blame(frameTruthNode, rows: Array(Set(lateFrames)))) }
    keepLate(&members, &begins, of: set, list: list)
    var joined = MemberRows()
    if persons {
      let others = joinPersons(&members, list, begins, inAll: inAll)
      // A record that is not its person's first anywhere is not counted by itself.
      if !inAll, decidesLate || hasOpen { joined = others }
    }
    sets.append(Members(list: list, members, byPerson: persons, joined: joined))
  }

  /// Notes the records that are undetermined or governed elsewhere: each only for a frame that its record and year
  /// leave open.
  /// - Parameter waits: whether those that nothing but their frame leaves open are its members till it is settled.
  /// - Returns: these, with the days on which they begin.
  private func oddMembers(
    _ s: Scanned, _ frameOf: FrameFinder, _ isShared: Bool, waits: Bool, scan: Int
  ) -> (rows: MemberRows, begins: [Int32]) {
    let rows = s.odd.map(\.row)
    let links = memberValues(s.scan.link, rows), years = s.scan.year.map { memberNumbers($0, rows) }
    let own = waits ? memberTruths(s.scan.own, rows) : []
    let days = waits ? (memberValues(s.scan.date, rows), memberValues(s.scan.begins, rows)) : ([], [])
    var waiting = (rows: MemberRows(), begins: [Int32]())
    var unknownRows: [Int32] = []
    for (k, o) in s.odd.enumerated() {
      let f = links[k] >= 0 || links[k] == Absent.unknown32 ? frameOf(links[k], years?[k]) : -1
      if f < 0, !yearsFromMembers { continue }
      var open = f < 0 ? o.truth : UInt8(0)
      for g in f < 0 ? 0..<0 : framesOf(f, isShared) {
        if waits, Truth.holds(own[k]), Truth.isUnknown(truth[g]) {
          waiting.rows.rows.append(o.row)
          waiting.rows.frames.append(Int32(truncatingIfNeeded: g))
          waiting.rows.dates.append(days.0[k])
          waiting.begins.append(days.1[k])
        } else {
          open |= o.truth & truth[g]
        }
      }
      note(o.row, open, in: .list(s.scan.list))
      if Truth.isUnknown(open) { unknownRows.append(o.row) }
    }
    if !unknownRows.isEmpty { odd.facts.formUnion(blame(memberConditions[scan], rows: unknownRows)) }
    return waiting
  }

  /// How many members all frames together may have where they share them.
  static var mostMembers: Int { 100_000_000 }

  /// The frames of a record from its first one: one, unless its frames share its members.
  func framesOf(_ first: Int32, _ isShared: Bool) -> Range<Int> {
    let first = Int(first)
    guard isShared else { return first..<first + 1 }
    var end = first + 1
    while end < base.count, base[end] == base[first] { end += 1 }
    return first..<end
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
      switch measure.selection.persons {
      case .every: return false
      case .once, .onceInAll: return true
      case .byReading: return lowering.countsPersons
      }
    }
  }

  /// Of one worker's members of one frame, only the one that begins first (then smallest id) stays.
  /// - Parameter inAll: of all frames' members together, not of each frame's.
  /// - Returns: the members that do not stay.
  @discardableResult
  func joinPersons(_ members: inout MemberRows, _ list: Int, _ begins: [Int32], inAll: Bool = false) -> MemberRows {
    let table = dataset.tables[list]
    guard let field = table.declaration.person, case .int32(let persons)? = table.columns[field]?.data else {
      return MemberRows()
    }
    let repeated = evaluator.tables.repeated(list, field)
    // Who is not named is nobody else, and few have more than one record.
    let several = members.rows.indices.filter { repeated.contains(persons[Int(members.rows[$0])]) }
    var best = KeyedPositions(count: several.count)
    var drop: [Bool]?
    for k in several {
      let key =
        UInt64(UInt32(bitPattern: inAll ? 0 : members.frames[k])) << 32
        | UInt64(UInt32(bitPattern: persons[Int(members.rows[k])]))
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
    guard let drop else { return MemberRows() }
    var others = members
    others.keep { drop[$0] }
    members.keep { !drop[$0] }
    return others
  }
}
