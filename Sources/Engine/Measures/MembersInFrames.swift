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
    var oddOnes: [OddRecord] = []
    if tellsOfMembers(scan), !s.odd.isEmpty {
      (members, begins, oddOnes) = oddMembers(s, frameOf, isShared, waits: reportsMembers && decidesLate && !inAll)
      if !persons { begins = [] }
    }
    var hasOpen = !members.rows.isEmpty
    let n = s.rows.count
    members.rows.reserveCapacity(n)
    members.frames.reserveCapacity(n)
    members.dates.reserveCapacity(n)
    let plainYears = s.years.isEmpty
    var lateOnes: [OddRecord] = []
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
          let frame = Int32(truncatingIfNeeded: f)
          lateOnes.append(OddRecord(row: s.rows[k], frame: frame, begins: s.begins[k], truth: t))
        }
      }
      if members.rows.count > MeasureRun.mostMembers {
        tooMany()
        break
      }
    }
    keepLate(&members, &begins, of: set, list: list)
    if inAll { (oddOnes, lateOnes) = withoutLaterOnes(of: list, oddOnes, lateOnes, members, begins) }
    note(oddOnes, lateOnes, list: list, scan: scan)
    var joined = MemberRows()
    if persons {
      let others = joinPersons(&members, list, begins, inAll: inAll)
      // A record that is not its person's first anywhere is not counted by itself.
      if !inAll, decidesLate || hasOpen { joined = others }
    }
    sets.append(Members(list: list, members, byPerson: persons, joined: joined))
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
    // The parts of a joined record are one person's, and the set is all of them.
    if set.partsOf != nil, set.persons != .once { return false }
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
