// Caps of limits over several measures that ask for facts of the frames: each measure reads them in its own frames, and
// all payments of equal keys share a cap. Knows nothing of how payments are cut.
import Facts
import PolicyLanguage
import Reckoning

extension CapJob {
  /// The groups of a limit's cap; nil where it asks nothing of the frames.
  func groups(_ limit: CheckedLimit, _ k: Int, _ name: Int32) -> CapGroups? {
    let own = parts.map { $0.run.measure.limits.joint(limit.name, k) }
    guard let first = own.first, let cap = first else { return nil }
    let amounts = own.indices.map { p in self.amounts(p, own[p] ?? cap) }
    return groups(cap, span: span(of: cap, parts[0].run.lowering), name: name) { p, f in
      let amount = amounts[p](f)
      return amount.isUnknown ? .unknownMark : amount.isNone ? .max : max(amount, 0)
    } key: { t, place, p in
      guard case .figure(let read)? = own[p]?.keys[place] else { return parts[p].run.key(t) }
      return parts[p].run.key(read)
    }
  }

  /// What a part's frames may come to under a cap.
  private func amounts(_ p: Int, _ cap: CheckedCap) -> (Int) -> Int64 {
    let run = parts[p].run
    let values = run.frameValues(run.lowering.lower(cap.amount, run.frameContext, .int64)).wide
    return { values[$0] }
  }

  /// Takes out what a limit leaves open, since a key or an amount is not known, or two amounts stand against one group.
  /// - Parameter open: whose payment is left open, by the measure's place.
  /// - Returns: whether anything was.
  mutating func setAside(_ limit: CheckedLimit, _ open: inout [Int: OpenSubjects], _ ledger: inout Ledger) -> Bool {
    var isAny = false
    for k in limit.caps.indices {
      guard let groups = groups(limit, k, 0), groups.leavesOpen else { continue }
      isAny = true
      var rows = parts.map { _ in RowSet() }
      for i in groups.group.indices where groups.isOpen(i) {
        rows[payments.part(i)].insert(Int32(truncatingIfNeeded: payments.row(i)))
      }
      for p in parts.indices where !rows[p].isEmpty { leaveOpen(rows[p], p, limit, k, &open, &ledger) }
      self = CapJob(parts)
    }
    return isAny
  }

  /// Takes some payments of one measure out, and notes for whom they would be.
  private mutating func leaveOpen(
    _ rows: RowSet, _ p: Int, _ limit: CheckedLimit, _ k: Int, _ open: inout [Int: OpenSubjects],
    _ ledger: inout Ledger
  ) {
    let run = parts[p].run
    let candidates = parts[p].candidates
    guard let cap = run.measure.limits.joint(limit.name, k) else { return }
    let frames = rows.first(.max).map { candidates.frames[Int($0)] }
    var facts = run.blame(run.lowering.lower(cap.amount, run.frameContext, .int64), rows: frames)
    for case .figure(let key) in cap.keys {
      facts.formUnion(run.blame(run.lowering.lower(key, run.frameContext), rows: frames))
    }
    if facts.isEmpty {
      facts.insert(MeasureRun.twoCaps)
      let told = MeasureRun.twoCaps(limit.title, cap.location)
      let isTold = ledger.diagnostics.contains { $0.code == told.code && $0.location?.start == told.location?.start }
      if !isTold { ledger.diagnostics.append(told) }
    }
    let space = run.space(of: candidates)
    for row in rows.first(.max) {
      let subject = candidates.subject(Int(row), base: run.base)
      if run.isUndetermined(subject, in: space) { continue }
      open[parts[p].place, default: OpenSubjects()].insert(subject, in: space)
      open[parts[p].place]?.facts.formUnion(facts)
    }
    parts[p].candidates.keep { !rows.contains(Int32(truncatingIfNeeded: $0)) }
  }
}
