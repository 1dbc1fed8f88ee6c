// One payment for each frame of a measure: whether, to whom, how much, on which day.
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// The nodes of a clause that pays frames.
  private struct FrameClause {
    let when: Node
    let who: Node
    let amount: Node
    let on: Node

    var roots: [Node] { [when, who, amount, on] }
  }

  func payFrames(_ clause: CheckedPay, _ index: Int, _ pricing: Pricing) -> Candidates {
    var c = Candidates(clause: index, beneficiarySpace: space(of: clause.who), memberList: nil)
    let frames = passingFrames()
    let nodes = lowered(clause, frames, pricing, &c)
    if let low = clause.low, case .constant64(let v) = lowering.lower(low, frameContext).op { c.low = v }
    fillAggregates()
    c.constant = sameForAll(nodes.amount)
    let parts = payments(
      of: frames, nodes.roots, hasOneAmount: c.constant != nil, hasLateDates: c.late != nil)
    c.frames = Reserve.joined(parts.map { ($0.frames, $0.count) })
    c.subjects = c.frames.map { base[Int($0)] }
    c.beneficiaries = Reserve.joined(parts.map { ($0.beneficiaries, $0.count) })
    if c.constant == nil { c.amounts = Reserve.joined(parts.map { ($0.amounts, $0.count) }) }
    if c.late == nil { c.dates = Reserve.joined(parts.map { ($0.dates, $0.count) }) }
    note(parts.reduce(into: BelowNought()) { $0.append($1.below) }, beside: c)
    undated(parts.reduce(0) { $0 + $1.undated }, clause)
    let undetermined = parts.flatMap(\.undetermined)
    if !undetermined.isEmpty {
      openPayments.append(
        OpenPayments(
          space: baseSpace, roots: nodes.roots, ofFrames: [], frames: undetermined,
          subjects: undetermined.map { base[Int($0)] }, positions: undetermined))
    }
    return c
  }

  private func lowered(
    _ clause: CheckedPay, _ frames: [Int32], _ pricing: Pricing, _ c: inout Candidates
  ) -> FrameClause {
    let who = lowering.lower(clause.who, frameContext, .int32)
    let (amount, test) = priced(clause, frameContext, pricing, &c)
    // A date that there is sure to be decides nothing.
    if let on = clause.on, !lowering.windowOnAccrual, isSure(on, for: frames) { c.late = LateDates(self, on) }
    let on =
      c.late != nil
      ? graph.constant32(0)
      : clause.on.map { lowering.lower($0, frameContext, .int32) } ?? frameBegins(yearly: false)
        ?? graph.constant32(.noneMark)
    var whenParts = clause.when.map { [lowering.lower($0, frameContext, .truth)] } ?? []
    if let test { whenParts.append(test) }
    if lowering.windowOnAccrual, let w = window(on) { whenParts.append(w) }
    return FrameClause(when: graph.and(whenParts), who: who, amount: amount, on: on)
  }

  /// What frames are paid, in their order: whether, who, how much, on which day. What hangs on the frames' records
  /// alone is asked of those records, and of no others of their list.
  private func payments(of frames: [Int32], _ roots: [Node], hasOneAmount: Bool, hasLateDates: Bool) -> [FramePart] {
    let direct = atRecords(roots)
    let rows = direct == nil ? frames : frames.map { base[Int($0)] }
    let parts = (0..<evaluator.threads).map { _ in FramePart(capacity: rows.count) }
    rows.withUnsafeBufferPointer { list in
      frames.withUnsafeBufferPointer { frames in
        let frames = Lane(frames)
        evaluator.runParts(direct ?? roots, over: .list(list)) { number, worker, start, n in
          parts[number].take(
            worker, frames.part(from: start, count: n), hasOneAmount: hasOneAmount, hasLateDates: hasLateDates)
        }
      }
    }
    return parts
  }
}

/// One thread's share of what frames are paid.
private final class FramePart: @unchecked Sendable {
  let frames: Reserve<Int32>
  let beneficiaries: Reserve<Int32>
  let amounts: Reserve<Int64>
  let dates: Reserve<Int32>
  private(set) var count = 0
  private(set) var undetermined: [Int32] = []
  private(set) var below = BelowNought()
  /// How many would be paid something on a day that is none.
  private(set) var undated = 0

  init(capacity: Int) {
    frames = Reserve(capacity: capacity)
    beneficiaries = Reserve(capacity: capacity)
    amounts = Reserve(capacity: capacity)
    dates = Reserve(capacity: capacity)
  }

  /// - Parameter frame: the batch's frames.
  func take(_ worker: Worker, _ frame: Lane<Int32>, hasOneAmount: Bool, hasLateDates: Bool) {
    let t = worker.truth(0), b = worker.int32(1), a = worker.int64(2), d = worker.int32(3)
    let frames = frames.lane, beneficiaries = beneficiaries.lane, amounts = amounts.lane, dates = dates.lane
    var at = count
    for k in 0..<frame.count {
      let test = t[k] & 0b11
      if test == 0 || b[k].isNone || a[k].isNone || a[k] == 0 { continue }
      if d[k].isNone {
        if test == 0b11, !b[k].isUnknown, !a[k].isUnknown, a[k] > 0 { undated += 1 }
        continue
      }
      if test == 1 || b[k].isUnknown || a[k].isUnknown || d[k].isUnknown {
        undetermined.append(frame[k])
      } else if a[k] < 0 {
        below.frames.append(frame[k])
        below.beneficiaries.append(b[k])
        below.amounts.append(a[k])
        if !hasLateDates { below.dates.append(d[k]) }
      } else {
        frames[at] = frame[k]
        beneficiaries[at] = b[k]
        if !hasOneAmount { amounts[at] = a[k] }
        if !hasLateDates { dates[at] = d[k] }
        at &+= 1
      }
    }
    count = at
  }
}
