// What hangs on a member and on its frame as well: conditions of a set that speak of the frame's number or of a figure
// of it, and days and amounts that do. Asked of pairs, each a member's row and its frame's number.
import Facts
import PolicyLanguage

extension MeasureRun {
  /// Whether a condition can only be asked of a member together with its frame: it speaks of a figure of the frame, or
  /// of its number where that is not the year that the member itself falls into.
  func isLate(_ t: Typed, in set: CheckedSet) -> Bool {
    if t.asksFrameRecord, frameList != nil, linkNode(of: set) == nil { return true }
    guard t.asksFrame else { return false }
    return set.isScan && framesHaveYear && !set.isOfEveryYear ? t.hasPart(where: \.isOfFrame) : true
  }

  /// What of a set can only be asked of its members together with their frames: conditions, and whether it is the days.
  func late(_ set: CheckedSet) -> (conditions: [Typed], days: Bool) {
    (
      set.conditions.filter { isLate($0, in: set) },
      [set.on, set.begins].contains { $0.map { isLate($0, in: set) } ?? false }
    )
  }

  /// Whether a record's members belong to all of its frames, rather than to the one of their year.
  func isShared(_ set: CheckedSet) -> Bool { sharesMembers || (framesHaveYear && set.isOfEveryYear) }

  func hasLate(_ set: CheckedSet) -> Bool {
    let late = late(set)
    return late.days || !late.conditions.isEmpty
  }

  /// Keeps the members that meet what hangs on them and on their frames as well, and finds the days that do.
  /// - Parameter begins: the day on which each member begins; empty where nobody asks.
  func keepLate(_ members: inout MemberRows, _ begins: inout [Int32], of set: CheckedSet, list: Int) {
    let late = late(set)
    if late.conditions.isEmpty, !late.days { return }
    let pairs = Pairs(set: sets.count, isNarrowed: false)
    let context = Lowering.Context.pair(pairs, list: list)
    var parts = late.conditions.map { lowering.lower($0, context, .truth) }
    var days: (date: Node?, begins: Node?)
    if late.days {
      let all = dates(of: set, list: list, context)
      if let inWindow = all.inWindow { parts.append(inWindow) }
      days = (all.counts, all.begins)
    }
    let condition = graph.and(parts)
    lateConditions[sets.count] = condition
    makeKnown(members, as: pairs)
    if let date = days.date { members.dates = memberDays(date, members.rows.count) }
    if let start = days.begins, !begins.isEmpty { begins = memberDays(start, members.rows.count) }
    keep(where: condition, &members, &begins, list)
  }

  /// The same for a set that is narrowed from another.
  func narrowedLate(_ set: CheckedSet, _ source: Members) -> MemberRows {
    var members = source.all
    let pairs = Pairs(set: sets.count, isNarrowed: false)
    let context = Lowering.Context.pair(pairs, list: source.list)
    var parts = set.conditions.map { lowering.lower($0, context, .truth) }
    let date = set.on.map { lowering.lower($0, context, .int32) }
    if let date, lowering.windowOnAccrual, !set.atAnyTime, let w = window(date) { parts.append(w) }
    let condition = graph.and(parts)
    lateConditions[sets.count] = condition
    makeKnown(members, as: pairs)
    if let date { members.dates = memberDays(date, members.rows.count) }
    var begins: [Int32] = []
    keep(where: condition, &members, &begins, source.list)
    return members
  }

  /// Makes members known with their frames, so that nodes can be asked of both.
  func makeKnown(_ members: MemberRows, as pairs: Pairs) {
    fillAggregates()
    evaluator.setPairs(pairs, members)
  }

  /// The members that a set has in the end, known with their frames.
  func makeKnown(_ set: Int) {
    let key = Pairs(set: set, isNarrowed: true)
    if evaluator.pairs[key] == nil { makeKnown(sets[set].all, as: key) }
  }

  /// A day of every member that is known with its frame.
  private func memberDays(_ node: Node, _ count: Int) -> [Int32] {
    let values = evaluator.values(node).narrow
    return node.domain == .constant ? Array(repeating: values[0], count: count) : Array(values.buffer)
  }

  /// Keeps members for which a condition on them and their frames holds; who cannot be judged is noted.
  private func keep(where condition: Node, _ members: inout MemberRows, _ begins: inout [Int32], _ list: Int) {
    if case .constantTruth(Truth.yes) = condition.op { return }
    let isOne = condition.domain == .constant
    let truths = evaluator.values(condition).truths
    let reports = tellsOfMembers(sets.count)
    var unknown: [Int32] = []
    var keeps = [Bool](repeating: false, count: members.rows.count)
    for k in members.rows.indices {
      let t = truths[isOne ? 0 : k]
      keeps[k] = Truth.holds(t)
      guard !keeps[k], reports, case let open = t & truth[Int(members.frames[k])], open != 0 else { continue }
      note(members.rows[k], open, in: .list(list))
      if Truth.isUnknown(open) { unknown.append(Int32(truncatingIfNeeded: isOne ? 0 : k)) }
    }
    if !unknown.isEmpty { odd.facts.formUnion(blame(condition, rows: unknown)) }
    if !begins.isEmpty { begins = begins.indices.filter { keeps[$0] }.map { begins[$0] } }
    members.keep { keeps[$0] }
  }
}
