// The records of a set that are undetermined or governed elsewhere: by what is asked of themselves, or by the frame
// that they fall to. Knows nothing of those that are members.
import Facts
import PolicyLanguage

/// A record that is undetermined or governed elsewhere.
struct OddRecord {
  let row: Int32
  /// The frame that makes it so; -1 where its own condition does.
  let frame: Int32
  let begins: Int32
  let truth: UInt8
}

extension MeasureRun {
  /// The records whose own condition makes them odd: each only for a frame that its record and year leave open.
  /// - Parameter waits: whether those that nothing but their frame leaves open are its members till it is settled.
  /// - Returns: the members till then, with the days on which they begin, and the others.
  func oddMembers(
    _ s: Scanned, _ frameOf: FrameFinder, _ isShared: Bool, waits: Bool
  ) -> (rows: MemberRows, begins: [Int32], odd: [OddRecord]) {
    let rows = s.odd.map(\.row)
    let links = memberValues(s.scan.link, rows), years = s.scan.year.map { memberNumbers($0, rows) }
    let own = waits ? memberTruths(s.scan.own, rows) : []
    let dates = waits ? memberValues(s.scan.date, rows) : []
    let begins = memberValues(s.scan.begins, rows)
    var out = (rows: MemberRows(), begins: [Int32](), odd: [OddRecord]())
    for (k, o) in s.odd.enumerated() {
      let f = links[k] >= 0 || links[k] == Absent.unknown32 ? frameOf(links[k], years?[k]) : -1
      if f < 0, !yearsFromMembers { continue }
      var open = f < 0 ? o.truth : UInt8(0)
      for g in f < 0 ? 0..<0 : framesOf(f, isShared) {
        if waits, Truth.holds(own[k]), Truth.isUnknown(truth[g]) {
          out.rows.rows.append(o.row)
          out.rows.frames.append(Int32(truncatingIfNeeded: g))
          out.rows.dates.append(dates[k])
          out.begins.append(begins[k])
        } else {
          open |= o.truth & truth[g]
        }
      }
      if open != 0 { out.odd.append(OddRecord(row: o.row, frame: -1, begins: begins[k], truth: open)) }
    }
    return out
  }

  /// Notes odd records, and what they lack.
  /// - Parameter late: those whose frames make them so.
  func note(_ own: [OddRecord], _ late: [OddRecord], list: Int, scan: Int) {
    var rows: [Int32] = []
    var frames: Set<Int32> = []
    for o in own {
      note(o.row, o.truth, in: .list(list))
      if Truth.isUnknown(o.truth) { rows.append(o.row) }
    }
    for o in late {
      note(o.row, o.truth, in: .list(list))
      if Truth.isUnknown(o.truth) { frames.insert(o.frame) }
    }
    if !rows.isEmpty { odd.facts.formUnion(blame(memberConditions[scan], rows: rows)) }
    if !frames.isEmpty { odd.facts.formUnion(blame(frameTruthNode, rows: Array(frames))) }
  }

  /// Where one record of a person counts for all frames together, who comes after one that counts does not, whatever is
  /// not known of him; and of those that others govern only the first is.
  func withoutLaterOnes(
    of list: Int, _ own: [OddRecord], _ late: [OddRecord], _ members: MemberRows, _ begins: [Int32]
  ) -> (own: [OddRecord], late: [OddRecord]) {
    let table = dataset.tables[list]
    guard !own.isEmpty || !late.isEmpty, let field = table.declaration.person,
      case .int32(let persons)? = table.columns[field]?.data
    else { return (own, late) }
    let repeated = evaluator.tables.repeated(list, field)
    typealias Place = (begins: Int32, row: Int32)
    func precedes(_ a: Place, _ b: Place) -> Bool {
      if a.begins != b.begins { return a.begins < b.begins }
      return table.ids?.precedes(Int(a.row), Int(b.row)) ?? (a.row < b.row)
    }
    func enter(_ row: Int32, _ begins: Int32, _ first: inout [Int32: Place]) {
      let person = persons[Int(row)], place = (begins, row)
      guard repeated.contains(person) else { return }
      first[person] = first[person].map { precedes(place, $0) ? place : $0 } ?? place
    }
    var counted: [Int32: Place] = [:]
    for k in members.rows.indices { enter(members.rows[k], begins[k], &counted) }
    // As if nothing were governed elsewhere.
    var all = counted
    for o in own + late where Truth.isElsewhere(o.truth) { enter(o.row, o.begins, &all) }
    func stays(_ o: OddRecord) -> Bool {
      let person = persons[Int(o.row)]
      if Truth.isElsewhere(o.truth) { return all[person].map { $0.row == o.row } ?? true }
      return counted[person].map { !precedes($0, (o.begins, o.row)) } ?? true
    }
    return (own.filter(stays), late.filter(stays))
  }
}
