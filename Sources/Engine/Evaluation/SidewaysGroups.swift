// Records put together by equal keys, and put in order within what has the same. Knows nothing of figures.
import Facts
import PolicyLanguage
import Reckoning

/// Which group each member, and each record that asks, belongs to.
struct KeyGroups {
  /// A key that is absent matches nothing.
  static let none: Int32 = -1
  /// A key that nobody stated.
  static let unknown: Int32 = -2

  let count: Int
  let members: [Int32]
  let askers: [Int32]
}

/// Members by group, in the order of the day on which they begin, then of their ids, where they have one.
final class GroupOrder: Sendable {
  /// Where each group begins among the rows.
  let offsets: Storage<Int32>
  let rows: Storage<Int32>
  /// Where each member stands among the rows; -1: it is in no group, or does not begin.
  let positions: Storage<Int32>

  /// - Parameters:
  ///   - groups: the group of each member.
  ///   - begins: the day on which each begins, where that orders them; who has none has no place.
  ///   - threads: how many share the groups.
  ///   - idPrecedes: the order of those that begin on one day.
  init(
    _ groups: [Int32], count: Int, begins: Storage<Int32>?, threads: Int, idPrecedes: (Int32, Int32) -> Bool
  ) {
    let all = GroupOrder.placed(groups, begins, idPrecedes)
    let offsets = Storage<Int32>(count: count + 1, repeating: 0)
    let rows = Storage<Int32>(count: all.count, repeating: -1)
    let positions = Storage<Int32>(count: groups.count, repeating: -1)
    let next = Reserve<Int32>(capacity: count)
    (self.offsets, self.rows, self.positions) = (offsets, rows, positions)
    // Each thread looks at all and takes what is of its own groups, which lie close together in memory.
    groups.withUnsafeBufferPointer { groups in
      all.withUnsafeBufferPointer { all in
        let share = GroupShare(groups: Lane(groups), all: Lane(all), begins: begins.map { Lane($0) })
        let first = OpenLane(offsets), next = next.lane
        Evaluator.share(threads) { part in
          share.count(GroupOrder.part(part, of: threads, count), first)
        }
        var sum: Int32 = 0
        for g in 0..<count {
          next[g] = sum
          sum += first[g]
          first[g] = next[g]
        }
        first[count] = sum
        Evaluator.share(threads) { part in
          let own = GroupOrder.part(part, of: threads, count)
          share.put(own, next, OpenLane(rows))
          share.order(own, first.read, OpenLane(rows), OpenLane(positions))
        }
      }
    }
  }

  /// The groups of one thread.
  static func part(_ part: Int, of parts: Int, _ count: Int) -> Range<Int> {
    count * part / parts..<count * (part + 1) / parts
  }

  /// Those that have a place; where days order them, in the order of their ids.
  private static func placed(
    _ groups: [Int32], _ begins: Storage<Int32>?, _ idPrecedes: (Int32, Int32) -> Bool
  ) -> [Int32] {
    var all = [Int32](unsafeUninitializedCapacity: groups.count) { all, filled in
      let all = OpenLane(all)
      if let begins = begins.map({ Lane($0) }) {
        for row in groups.indices where groups[row] >= 0 && !begins[row].isAbsent {
          all[filled] = Int32(truncatingIfNeeded: row)
          filled += 1
        }
      } else {
        for row in groups.indices where groups[row] >= 0 {
          all[filled] = Int32(truncatingIfNeeded: row)
          filled += 1
        }
      }
    }
    // Mostly records stand in the order of their ids.
    let isByID = begins == nil || all.indices.dropFirst().allSatisfy { !idPrecedes(all[$0], all[$0 - 1]) }
    if !isByID { all.sort(by: idPrecedes) }
    return all
  }

  func slice(_ group: Int) -> Range<Int> { Int(offsets[group])..<Int(offsets[group + 1]) }
}

/// What threads share that put members into their groups.
private struct GroupShare: @unchecked Sendable {
  let groups: Lane<Int32>
  /// The members that have a place, those of one day in their order.
  let all: Lane<Int32>
  let begins: Lane<Int32>?

  /// How many members some groups have.
  func count(_ own: Range<Int>, _ counts: OpenLane<Int32>) {
    for k in 0..<all.count {
      let g = Int(groups[Int(all[k])])
      if own.contains(g) { counts[g] &+= 1 }
    }
  }

  /// Puts the members of some groups side by side.
  /// - Parameter next: where the next member of each group goes.
  func put(_ own: Range<Int>, _ next: OpenLane<Int32>, _ rows: OpenLane<Int32>) {
    for k in 0..<all.count {
      let row = all[k], g = Int(groups[Int(row)])
      if own.contains(g) {
        rows[Int(next[g])] = row
        next[g] &+= 1
      }
    }
  }

  /// Puts the members of each of some groups in the order of their days, and notes where each stands.
  func order(_ own: Range<Int>, _ first: Lane<Int32>, _ rows: OpenLane<Int32>, _ positions: OpenLane<Int32>) {
    for g in own {
      let from = Int(first[g]), to = Int(first[g + 1])
      if let begins, to - from > 1 { GroupShare.sort(rows.part(from: from, count: to - from), by: begins) }
      for p in from..<to { positions[Int(rows[p])] = Int32(truncatingIfNeeded: p) }
    }
  }

  /// Mostly a group has few members, and each finds its place among those before it.
  private static func sort(_ rows: OpenLane<Int32>, by begins: Lane<Int32>) {
    if rows.count > 24 {
      var sorted = (0..<rows.count).map { rows[$0] }
      CountingSort.sort(&sorted) { Int64(begins[Int($0)]) }
      for k in sorted.indices { rows[k] = sorted[k] }
      return
    }
    for k in 1..<rows.count {
      let row = rows[k], day = begins[Int(row)]
      var to = k
      while to > 0, begins[Int(rows[to - 1])] > day {
        rows[to] = rows[to - 1]
        to -= 1
      }
      rows[to] = row
    }
  }
}

extension Evaluator {
  /// The groups of members and of askers by their keys.
  func groups(_ op: SidewaysOp, _ inputs: [Node], members: Int, askers: Int) -> KeyGroups {
    if op.keys == 0 {
      return KeyGroups(
        count: 1, members: [Int32](repeating: 0, count: members), askers: [Int32](repeating: 0, count: askers))
    }
    if op.keys == 1, let dense = dense(inputs[1], inputs[2], members, askers) { return dense }
    var own = [Int32](repeating: 0, count: members), asked = [Int32](repeating: 0, count: askers)
    var count = 1
    for k in 0..<op.keys {
      var numbers = KeyedNumbers()
      let a = wide(inputs[1 + k], members), b = wide(inputs[op.askedKeys + k], askers)
      for row in 0..<members where own[row] != KeyGroups.none {
        let v = a(row)
        if v.isNone {
          own[row] = KeyGroups.none
        } else if v.isUnknown || own[row] == KeyGroups.unknown {
          own[row] = KeyGroups.unknown
        } else {
          own[row] = numbers.number(Int(own[row]), v)
        }
      }
      for row in 0..<askers where asked[row] != KeyGroups.none {
        let v = b(row)
        if v.isNone {
          asked[row] = KeyGroups.none
        } else if v.isUnknown || asked[row] == KeyGroups.unknown {
          asked[row] = KeyGroups.unknown
        } else {
          asked[row] = numbers.known(Int(asked[row]), v) ?? KeyGroups.none
        }
      }
      count = max(1, numbers.count)
    }
    return KeyGroups(count: count, members: own, askers: asked)
  }

  /// One key of small numbers, such as persons and references, is its own group.
  private func dense(_ own: Node, _ asked: Node, _ members: Int, _ askers: Int) -> KeyGroups? {
    guard own.register == .int32, asked.register == .int32 else { return nil }
    let a = int32(own, members), b = own === asked ? a : int32(asked, askers)
    var most: Int32 = 0
    let keys = Lane(a)
    for row in 0..<members {
      if keys[row] < 0, !keys[row].isAbsent { return nil }
      most = max(most, keys[row])
    }
    // Whoever asks, the members' groups are numbered alike: their order is kept.
    guard Int(most) <= 4 * members + 65_536 else { return nil }
    let largest = most
    func group(_ v: Int32) -> Int32 {
      if v.isAbsent { return v.isUnknown ? KeyGroups.unknown : KeyGroups.none }
      return v < 0 || v > largest ? KeyGroups.none : v
    }
    func groups(_ values: Storage<Int32>, _ count: Int) -> [Int32] {
      let values = Lane(values)
      return [Int32](unsafeUninitializedCapacity: count) { out, filled in
        let out = OpenLane(out)
        for row in 0..<count { out[row] = group(values[row]) }
        filled = count
      }
    }
    let grouped = groups(a, members)
    return KeyGroups(
      count: Int(most) + 1, members: grouped, askers: a === b && members == askers ? grouped : groups(b, askers))
  }

  /// A node's values as 64-bit numbers, whatever their width.
  func wide(_ node: Node, _ count: Int) -> (Int) -> Int64 {
    let isOne = node.domain == .constant
    switch values(node).column {
    case .int64(let v): return { v[isOne ? 0 : $0] }
    case .int32(let v): return { Absence.widen(v[isOne ? 0 : $0]) }
    case .truth: Invariant.broken("keys-are-numbers: a condition has been made a number before it is a key")
    }
  }

  /// The order of two members that begin on the same day.
  func idOrder(_ op: SidewaysOp) -> (Int32, Int32) -> Bool {
    let ids = op.list.flatMap { dataset.tables[$0].ids }
    guard op.members == .frame else {
      return { ids?.precedes(Int($0), Int($1)) ?? ($0 < $1) }
    }
    let base = frameColumn(0)?.narrow, iteration = frameColumn(1)
    let texts = dataset.texts
    let isText = op.list == nil
    return { a, b in
      guard let base else { return a < b }
      let x = base[Int(a)], y = base[Int(b)]
      if x != y {
        if isText { return texts.text(x).utf8.lexicographicallyPrecedes(texts.text(y).utf8) }
        return ids?.precedes(Int(x), Int(y)) ?? (x < y)
      }
      switch iteration?.column {
      case .int64(let v)?: return v[Int(a)] < v[Int(b)]
      case .int32(let v)?: return v[Int(a)] < v[Int(b)]
      case .truth?, nil: return a < b
      }
    }
  }

  // MARK: Places

  /// The place of each member in its frame's set, from 1.
  func places(_ node: Node, _ list: Int) -> Storage<Int64> {
    guard case .pairs(let key) = node.domain, let known = pairs[key], let days = pairDays[key] else {
      Invariant.broken("places-of-members: places are those of members whose days are known")
    }
    let rows = known.rows.narrow, frames = known.frames.narrow
    let ids = dataset.tables[list].ids
    let order = (0..<rows.count).sorted { a, b in
      if frames[a] != frames[b] { return frames[a] < frames[b] }
      if days[a] != days[b] { return days[a] < days[b] }
      return ids?.precedes(Int(rows[a]), Int(rows[b])) ?? (rows[a] < rows[b])
    }
    let out = Storage<Int64>(count: rows.count, repeating: 0)
    var place: Int64 = 0
    for (n, k) in order.enumerated() {
      place = n > 0 && frames[order[n - 1]] == frames[k] ? place + 1 : 1
      out[k] = place
    }
    return out
  }
}

extension SidewaysOp {
  /// Whether a member belongs, with those of which it cannot be told taken for none or for all.
  func settled(_ truth: UInt8) -> UInt8 {
    guard truth & 0b11 == 0b01 else { return truth }
    switch open {
    case .unknown: return truth
    case .leftOut: return Truth.no
    case .takenIn: return Truth.yes
    }
  }

  func settled(_ truths: Storage<UInt8>, count: Int) -> Storage<UInt8> {
    guard open != .unknown else { return truths }
    let out = Storage<UInt8>(count: count, repeating: Truth.no)
    for row in 0..<count { out[row] = settled(truths[row]) }
    return out
  }
}
