// Figures over records with equal keys that run along their order: how many come before one who asks, and what they
// come to. Threads share the groups. Knows nothing of rules.
import Facts
import PolicyLanguage

extension Sideways {
  /// How many members there are before one who asks, or up to it, or what they come to: along the order of each group,
  /// without anything that is made for each record.
  func running(_ value: Node?) -> Values {
    let order = order
    let out = Storage<Int64>(count: askers, repeating: .unknownMark)
    let others = othersAsking(order, out)
    let upTo = others.isEmpty ? nil : Storage<Int64>(count: order.rows.count, repeating: 0)
    let run = RunningFigure(
      order: order, condition: Lane(condition), values: value.map { Lane(evaluator.values($0).wide) },
      isOne: value?.domain == .constant, includesOwn: op.order == .upTo, out: OpenLane(out),
      upTo: upTo.map { OpenLane($0) })
    let parts = evaluator.parts(order.rows.count)
    let over = Reserve<Bool>(capacity: parts, repeating: false)
    groups.askers.withUnsafeBufferPointer { askers in
      let askers = Lane(askers)
      evaluator.share(parts) { part in
        let own = GroupOrder.part(part, of: parts, groups.count)
        over.lane[part] = run.go(through: own, askers, isOwn: asker == nil && undated.isEmpty)
      }
    }
    if (0..<parts).contains(where: { over.lane[$0] }) { evaluator.overflowed = true }
    guard let upTo else { return Values(int64: out) }
    let includesOwn = op.order == .upTo
    for row in others {
      let i = Int(row)
      // Whose place cannot be told stays unknown.
      guard let place = place(of: i) else { continue }
      guard let (slice, p, isIn) = place else {
        out[i] = 0
        continue
      }
      let before = p == slice.lowerBound ? 0 : upTo[p - 1]
      out[i] = includesOwn && isIn ? upTo[p] : before
    }
    return Values(int64: out)
  }

  /// Those who ask about a group in which they have no place of their own. Who has no group gets nought.
  private func othersAsking(_ order: GroupOrder, _ out: Storage<Int64>) -> [Int32] {
    let isOwn = asker == nil && undated.isEmpty
    let asked = groups.askers, members = groups.members, positions = Lane(order.positions), out = OpenLane(out)
    var others: [Int32] = []
    for i in 0..<askers {
      let g = asked[i]
      if g < 0 {
        if g == KeyGroups.none { out[i] = 0 }
      } else if !isOwn || i >= positions.count || members[i] != g || positions[i] < 0 {
        others.append(Int32(truncatingIfNeeded: i))
      }
    }
    return others
  }
}

/// A figure that runs along the order of groups.
private struct RunningFigure: @unchecked Sendable {
  let order: GroupOrder
  let condition: Lane<UInt8>
  /// Nil: members are counted.
  let values: Lane<Int64>?
  /// Whether there is one value for all.
  let isOne: Bool
  let includesOwn: Bool
  /// The figure of each who asks.
  let out: OpenLane<Int64>
  /// The figure up to each place of the order; nil: nobody asks for it.
  let upTo: OpenLane<Int64>?

  /// - Parameter isOwn: whether members ask themselves, by the groups that are given.
  /// - Returns: whether a sum was too large.
  func go(through groups: Range<Int>, _ askers: Lane<Int32>, isOwn: Bool) -> Bool {
    let rows = Lane(order.rows), offsets = Lane(order.offsets)
    var isOver = false
    for g in groups {
      var sum: Int64 = 0
      for p in Int(offsets[g])..<Int(offsets[g + 1]) {
        let row = Int(rows[p]), t = condition[row] & 0b11, before = sum
        if t != 0 {
          let own = values.map { $0[isOne ? 0 : row] } ?? 1
          if t != 0b11 || sum.isUnknown || own.isUnknown {
            sum = .unknownMark
          } else {
            let (more, over) = sum.addingReportingOverflow(own.isNone ? 0 : own)
            sum = over ? .unknownMark : more
            isOver = isOver || over
          }
        }
        upTo?[p] = sum
        if isOwn, row < askers.count, askers[row] == Int32(truncatingIfNeeded: g) {
          out[row] = includesOwn ? sum : before
        }
      }
    }
    return isOver
  }
}
