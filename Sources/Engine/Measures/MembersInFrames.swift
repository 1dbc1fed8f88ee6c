// Members put into the frames that they fall to, and a worker's records joined.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// Whether the measure counts persons: its odd subjects are then the hires themselves (semantics, "Persons and
  /// hires").
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
  func putIntoFrames(_ set: CheckedSet, _ s: Scanned, list: Int, scan: Int) {
    let frameOf = Invariant.value(finder, "finder-made: members are put into frames that are known")
    var members = MemberRows()
    let person = dataset.tables[list].declaration.person
    let reportsMembers = person != nil
    if reportsMembers { oddSpace = .list(list) }
    if reportsMembers, !s.odd.isEmpty {
      // A member is undetermined only for a frame that its record and year leave open.
      let rows = s.odd.map(\.row)
      let links = memberValues(s.link, rows), years = s.year.map { memberNumbers($0, rows) }
      var unknownRows: [Int32] = []
      for (k, o) in s.odd.enumerated() {
        let f = links[k] >= 0 || links[k] == Absent.unknown32 ? frameOf(links[k], years?[k]) : -1
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
      let f = frameOf(s.links[k], plainYears ? nil : s.years[k])
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
    var joined = MemberRows()
    if persons {
      let inAll = joinsInAll(set)
      let others = joinPersons(&members, list, begins, inAll: inAll)
      // A record that is not its person's first anywhere is not counted by itself.
      if !inAll, decidesLate { joined = others }
    }
    sets.append(Members(list: list, members, byPerson: persons, joined: joined))
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
