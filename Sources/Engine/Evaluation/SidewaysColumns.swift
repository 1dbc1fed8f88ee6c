// Figures over records with equal keys, worked out for all who ask at once: totals by group, running figures along the
// order within a group, and conditions on both sides pair by pair. Knows nothing of rules.
import Facts
import PolicyLanguage
import Reckoning

/// What a figure over other records had to leave out.
struct Omitted: Sendable {
  /// Records whose key nobody stated.
  var unkeyed = 0
  /// How many records the largest group has, where there were too many pairs to look at.
  var tooMany: Int?
}

extension Evaluator {
  func sideways(_ op: SidewaysOp, _ node: Node) -> Values {
    let sideways = Sideways(self, op, node)
    let made = sideways.values()
    if sideways.omitted.unkeyed > 0 || sideways.omitted.tooMany != nil { omitted[node] = sideways.omitted }
    return made
  }

  /// The rows of the members that are certain for one who asks, in their order, with what is asked of each.
  func members(of node: Node, askedBy asker: Int) -> [Int32] {
    guard case .whole(.sideways(let op)) = node.op else { return [] }
    return Sideways(self, op, node).members(of: asker)
  }
}

/// One figure over other records while it is worked out.
final class Sideways {
  /// How many pairs of a member and one who asks are looked at together, and at most.
  static let pairsAtOnce = 65_536
  static let mostPairs = 1_000_000_000

  let evaluator: Evaluator
  let op: SidewaysOp
  let node: Node
  let askers: Int
  let condition: Storage<UInt8>
  let groups: KeyGroups
  private let begins: Storage<Int32>?
  let asker: Storage<Int32>?
  private(set) var omitted = Omitted()
  /// Groups with a member of which nobody said when it begins.
  private(set) var undated: Set<Int32> = []
  private(set) lazy var order = makeOrder()
  private lazy var idPrecedes = evaluator.idOrder(op)

  init(_ evaluator: Evaluator, _ op: SidewaysOp, _ node: Node) {
    self.evaluator = evaluator
    self.op = op
    self.node = node
    let members = evaluator.rowCount(op.members)
    askers = evaluator.rowCount(node.domain)
    condition = op.settled(evaluator.truths(node.inputs[0], members), count: members)
    groups = evaluator.groups(op, node.inputs, members: members, askers: askers)
    begins = op.isDated ? evaluator.int32(node.inputs[op.begins], members) : nil
    asker = op.namesAsker ? evaluator.int32(node.inputs[op.asker], askers) : nil
    omitted.unkeyed = Sideways.unkeyed(groups.members, Lane(condition))
  }

  /// How many members have a key that nobody stated.
  private static func unkeyed(_ groups: [Int32], _ condition: Lane<UInt8>) -> Int {
    groups.indices.count { groups[$0] == KeyGroups.unknown && condition[$0] & 0b11 != 0 }
  }

  private func makeOrder() -> GroupOrder {
    let begins = begins, groups = groups
    if let days = begins.map({ Lane($0) }) {
      for row in 0..<days.count where days[row].isUnknown {
        if groups.members[row] >= 0, condition[row] & 0b11 != 0 { undated.insert(groups.members[row]) }
      }
    }
    let ids = idPrecedes, threads = evaluator.parts(groups.members.count)
    return evaluator.tables.order(of: op, node.inputs) {
      GroupOrder(groups.members, count: groups.count, begins: begins, threads: threads, idPrecedes: ids)
    }
  }

  // MARK: Figures

  func values() -> Values {
    switch op.figure {
    case .count where op.pairs == nil && op.order != nil: return running(nil)
    case .count: return numbers(0) { _ in 1 }
    case .sum where op.pairs == nil && op.order != nil && node.inputs[op.value].register == .int64:
      return running(node.inputs[op.value])
    case .sum:
      let value = evaluator.wide(node.inputs[op.value], condition.count)
      return numbers(0) { value($0).isNone ? 0 : value($0) }
    case .pick(let larger):
      let value = evaluator.wide(node.inputs[op.value], condition.count)
      return figures(Int64.noneMark, value, unknown: .unknownMark, { Sideways.pick($0, $1, larger) }, { $0 })
    case .fractions(let isBelow): return fractions(isBelow, from: .fraction(Fraction(0)), Counted.added)
    case .pickOfFractions(let larger, let isBelow):
      return fractions(isBelow, from: .none) { Counted.picked($0, $1, larger) }
    case .different: return different()
    }
  }

  private func numbers(_ identity: Int64, _ value: @escaping (Int) -> Int64) -> Values {
    figures(identity, value, unknown: .unknownMark, { self.added($0, $1) }, { $0 })
  }

  private func added(_ a: Int64, _ b: Int64) -> Int64 {
    if a.isUnknown || b.isUnknown { return .unknownMark }
    let (sum, over) = a.addingReportingOverflow(b)
    if over { evaluator.overflowed = true }
    return over ? .unknownMark : sum
  }

  private static func pick(_ a: Int64, _ b: Int64, _ larger: Bool) -> Int64 {
    if a.isUnknown || b.isUnknown { return .unknownMark }
    if a.isNone || b.isNone { return a.isNone ? b : a }
    return larger ? max(a, b) : min(a, b)
  }

  private func fractions(
    _ isBelow: Bool, from first: Counted, _ join: @escaping (Counted, Counted) -> Counted
  ) -> Values {
    let above = evaluator.wide(node.inputs[op.value], condition.count)
    let below = evaluator.wide(node.inputs[op.value + 1], condition.count)
    let evaluator = evaluator
    return figures(first, { Counted(above($0), over: below($0)) }, unknown: .unknown, join) {
      if $0.isTooLarge { evaluator.overflowed = true }
      return $0.part(isBelow: isBelow)
    }
  }

  /// A figure that is made of its members' by putting two together, in any order.
  private func figures<A>(
    _ identity: A, _ value: @escaping (Int) -> A, unknown: A, _ join: @escaping (A, A) -> A,
    _ result: @escaping (A) -> Int64
  ) -> Values {
    let condition = condition
    let own = { (row: Int) -> A in
      let t = condition[row] & 0b11
      return t == 0b11 ? value(row) : t == 0 ? identity : unknown
    }
    if op.pairs != nil { return inPairs(identity, own, unknown: unknown, join, result) }
    guard op.order != nil || op.leavesOutSelf else {
      var totals = [A](repeating: identity, count: groups.count)
      for row in 0..<condition.count where condition[row] & 0b11 != 0 && groups.members[row] >= 0 {
        let g = Int(groups.members[row])
        totals[g] = join(totals[g], own(row))
      }
      return filled { i in
        let g = groups.askers[i]
        return g >= 0 ? result(totals[Int(g)]) : g == KeyGroups.none ? result(identity) : .unknownMark
      }
    }
    let order = order
    var upTo = (0..<order.rows.count).map { own(Int(order.rows[$0])) }, from = op.order == nil ? upTo : []
    for g in 0..<groups.count {
      let slice = order.slice(g)
      for p in slice.dropFirst() { upTo[p] = join(upTo[p - 1], upTo[p]) }
      if op.order == nil { for p in slice.dropLast().reversed() { from[p] = join(from[p], from[p + 1]) } }
    }
    return filled { i in
      guard let place = place(of: i) else { return .unknownMark }
      guard let (slice, p, isIn) = place else { return result(identity) }
      let before = p == slice.lowerBound ? identity : upTo[p - 1]
      switch op.order {
      case .before: return result(before)
      case .upTo: return result(isIn ? upTo[p] : before)
      case nil:
        if !isIn { return result(slice.isEmpty ? identity : upTo[slice.upperBound - 1]) }
        return result(p + 1 == slice.upperBound ? before : join(before, from[p + 1]))
      }
    }
  }

  private func filled(_ value: (Int) -> Int64) -> Values {
    switch node.register {
    case .int64:
      let out = Storage<Int64>(count: askers, repeating: .unknownMark)
      for i in 0..<askers { out[i] = value(i) }
      return Values(int64: out)
    case .int32:
      let out = Storage<Int32>(count: askers, repeating: .unknownMark)
      for i in 0..<askers { out[i] = Absence.narrow(value(i)) }
      return Values(int32: out)
    case .truth: Invariant.broken("figures-are-numbers: a figure over other records is no condition")
    }
  }

  // MARK: Who asks

  /// Where one who asks stands among the members of its group: the group, how many stand before it, and whether it is
  /// one of them. Nil: it cannot be told; `.some(nil)`: it has no group.
  func place(of i: Int) -> (slice: Range<Int>, position: Int, isIn: Bool)?? {
    let g = groups.askers[i]
    if g == KeyGroups.unknown { return nil }
    guard g >= 0 else { return .some(nil) }
    let order = order
    let slice = order.slice(Int(g))
    let own = asker.map { $0[i] } ?? Int32(truncatingIfNeeded: i)
    if own.isUnknown || (op.order != nil && undated.contains(g)) { return nil }
    if own.isNone { return op.order == nil ? .some((slice, slice.lowerBound, false)) : .some(nil) }
    if let begins, op.order != nil {
      if begins[Int(own)].isUnknown { return nil }
      if begins[Int(own)].isNone { return .some(nil) }
    }
    let position = Int(order.positions[Int(own)])
    if position >= 0, slice.contains(position) { return (slice, position, true) }
    guard op.order != nil else { return (slice, slice.lowerBound, false) }
    // Of another group: where it would stand.
    var (low, high) = (slice.lowerBound, slice.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if precedes(order.rows[middle], own) { low = middle + 1 } else { high = middle }
    }
    return (slice, low, false)
  }

  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    guard let begins, begins[Int(a)] != begins[Int(b)] else { return idPrecedes(a, b) }
    return begins[Int(a)] < begins[Int(b)]
  }

  /// The members that one who asks looks at, as positions in the order; nil: it cannot be told which.
  private func looked(_ i: Int) -> [Range<Int>]? {
    if op.order == nil, !op.leavesOutSelf {
      let g = groups.askers[i]
      return g >= 0 ? [order.slice(Int(g))] : g == KeyGroups.none ? [] : nil
    }
    guard let place = place(of: i) else { return nil }
    guard let (slice, p, isIn) = place else { return [] }
    switch op.order {
    case .before: return [slice.lowerBound..<p]
    case .upTo: return [slice.lowerBound..<(isIn ? p + 1 : p)]
    case nil: return isIn ? [slice.lowerBound..<p, p + 1..<slice.upperBound] : [slice]
    }
  }

  // MARK: Pairs

  /// The same where something is asked of a member and of who asks at once.
  private func inPairs<A>(
    _ identity: A, _ own: @escaping (Int) -> A, unknown: A, _ join: @escaping (A, A) -> A,
    _ result: @escaping (A) -> Int64
  ) -> Values {
    var sums = [A](repeating: identity, count: askers)
    var open = [Bool](repeating: false, count: askers)
    let isDone = eachPair(unknown: { open[$0] = true }) { row, i, truth in
      let t = truth & 0b11
      if t != 0 { sums[i] = join(sums[i], t == 0b11 ? own(row) : unknown) }
    }
    return filled { i in isDone && !open[i] ? result(sums[i]) : .unknownMark }
  }

  /// Looks at every member with everyone who asks about it.
  /// - Returns: false where there are too many.
  private func eachPair(unknown: (Int) -> Void, _ each: (Int, Int, UInt8) -> Void) -> Bool {
    var count = 0, largest = 0
    for i in 0..<askers {
      let n = looked(i)?.reduce(0) { $0 + $1.count } ?? 0
      count += n
      largest = max(largest, n)
    }
    if count > Self.mostPairs {
      omitted.tooMany = largest
      return false
    }
    var batch = MemberRows()
    for i in 0..<askers {
      guard let ranges = looked(i) else {
        unknown(i)
        continue
      }
      for p in ranges.joined() where condition[Int(order.rows[p])] & 0b11 != 0 {
        batch.rows.append(order.rows[p])
        batch.frames.append(Int32(truncatingIfNeeded: i))
        if batch.rows.count >= Self.pairsAtOnce { ask(&batch, each) }
      }
    }
    ask(&batch, each)
    return true
  }

  private func ask(_ batch: inout MemberRows, _ each: (Int, Int, UInt8) -> Void) {
    guard let pairs = op.pairs else { return }
    let test = node.inputs[op.both]
    evaluator.setPairs(pairs, batch)
    if !batch.rows.isEmpty {
      let truths = evaluator.values(test).truths, isOne = test.domain == .constant
      let own = { (k: Int) in self.op.settled(truths[isOne ? 0 : k]) }
      for (k, row) in batch.rows.enumerated() { each(Int(row), Int(batch.frames[k]), own(k)) }
    }
    batch = MemberRows()
    evaluator.setPairs(pairs, batch)
  }

  // MARK: Different ones

  private func different() -> Values {
    let value = compared()
    let out = Storage<Int64>(count: askers, repeating: .unknownMark)
    if op.pairs != nil {
      var seen = KeyedNumbers()
      var counts = [Int64](repeating: 0, count: askers)
      let isDone = eachPair(unknown: { counts[$0] = .unknownMark }) { row, i, truth in
        let t = truth & condition[row] & 0b11
        if t == 0 || counts[i].isUnknown { return }
        counts[i] = more(counts[i], t, value(row)) { seen.isNew(i, $0) }
      }
      for i in 0..<askers where isDone { out[i] = counts[i] }
      return Values(int64: out)
    }
    // Those who look at the same members get the same answer.
    var known: [[Range<Int>]: Int64] = [:]
    for i in 0..<askers {
      guard let ranges = looked(i) else { continue }
      if let count = known[ranges] {
        out[i] = count
        continue
      }
      var seen: Set<Int64> = []
      var count: Int64 = 0
      for p in ranges.joined() where !count.isUnknown {
        let row = Int(order.rows[p])
        count = more(count, condition[row] & 0b11, value(row)) { seen.insert($0).inserted }
      }
      out[i] = count
      known[ranges] = count
    }
    return Values(int64: out)
  }

  /// What members have to differ in: a value, or a number for a fraction.
  private func compared() -> (Int) -> Int64 {
    let value = evaluator.wide(node.inputs[op.value], condition.count)
    guard op.values == 2 else { return value }
    let below = evaluator.wide(node.inputs[op.value + 1], condition.count)
    var seen = KeyedFractions()
    let numbers = (0..<condition.count).map { row in
      value(row).isAbsent ? value(row) : seen.number(value(row), over: below(row))
    }
    return { numbers[$0] }
  }

  private func more(_ count: Int64, _ truth: UInt8, _ value: Int64, _ isNew: (Int64) -> Bool) -> Int64 {
    if truth == 0 || value.isNone && truth == 0b11 { return count }
    if truth != 0b11 || value.isUnknown { return .unknownMark }
    return isNew(value) ? count + 1 : count
  }

  // MARK: One who asks

  func members(of i: Int) -> [Int32] {
    guard i >= 0, i < askers, let ranges = looked(i) else { return [] }
    var rows = ranges.joined().map { order.rows[$0] }.filter { condition[Int($0)] & 0b11 == 0b11 }
    if op.pairs != nil {
      var batch = MemberRows(rows: rows, frames: rows.map { _ in Int32(truncatingIfNeeded: i) }, dates: [])
      rows = []
      ask(&batch) { row, _, truth in if truth & 0b11 == 0b11 { rows.append(Int32(truncatingIfNeeded: row)) } }
    }
    return rows
  }
}
