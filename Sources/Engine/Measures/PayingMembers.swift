// One payment for each member of a set: at one rate for all, which is known by frame, or one by one.
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// A clause that pays members, with what is known of it before a member is looked at.
  private struct MemberClause {
    /// Who is paid for each frame's members; nil where each says so itself.
    let who: Storage<Int32>?
    let when: Node
    /// The accrual date, where it is another than that on which a member counts.
    let on: Node?
    let amount: Node
    /// The amount of each frame's members, where it differs by frame only.
    let perFrame: Storage<Int64>?
    let passes: [Bool]
    /// Frames that pass, and of which it is not known whether their figures are there.
    let open: [Bool]
    /// What was asked of the frames.
    let ofFrames: [Node]
    let needsAmounts: Bool
    let roots: [Node]
  }

  /// Whether somebody is there to be paid in every frame that passes. Where nobody is, or nobody knows who, the frame's
  /// members have to be looked at one by one.
  private func isKnown(_ who: Storage<Int32>, where passes: [Bool]) -> Bool {
    passes.indices.allSatisfy { !passes[$0] || (who[$0] != Absent.none32 && who[$0] != Absent.unknown32) }
  }

  func payMembers(
    _ clause: CheckedPay, _ index: Int, _ members: Members, of set: CheckedSet, _ pricing: Pricing
  ) -> Candidates {
    let whose = clause.whoInFrame ? frameList : members.list
    var c = Candidates(clause: index, beneficiarySpace: space(of: clause.who, in: whose), memberList: members.list)
    let terms = lowered(clause, members, pricing, &c)
    if terms.when.op == .constantTruth(Truth.yes), terms.on == nil, !terms.needsAmounts, let v = c.constant,
      v >= 0, let who = terms.who, isKnown(who, where: terms.passes), !terms.open.contains(true)
    {
      // The common case: one rate for all, on the date on which each counts.
      if v > 0 { c.common = CommonRate(members, passes: terms.passes, who: who, amount: v) }
      return c
    }
    let isOfPairs = terms.roots.contains(where: \.isOfPairs)
    let all = isOfPairs ? members.all : MeasureRun.passing(members.all, terms.passes)
    let (undetermined, below, undated) = take(all, terms, isOfPairs: isOfPairs, &c)
    note(below, beside: c)
    self.undated(undated, clause)
    if !undetermined.isEmpty {
      let rows = undetermined.map { all.rows[Int($0)] }
      openPayments.append(
        OpenPayments(
          space: .list(members.list), roots: terms.roots, ofFrames: terms.ofFrames,
          frames: undetermined.map { all.frames[Int($0)] }, subjects: rows,
          positions: isOfPairs ? undetermined : rows))
    }
    return c
  }

  /// How a clause that pays members looks at them: with their frames where it asks about those.
  func memberContext(of clause: CheckedPay, _ set: Int) -> Lowering.Context {
    let list = sets[set].list
    let parts = [
      clause.amountInFrame ? nil : clause.amount, clause.whoInFrame ? nil : clause.who, clause.on, clause.when,
    ].compactMap { $0 }
    let link = linkNode(of: measure.sets[set])
    return parts.contains { $0.asksFrame || (link == nil && $0.asksFrameRecord) }
      ? .pair(Pairs(set: set, isNarrowed: true), list: list) : .member(list: list, link: link, year: nil)
  }

  private func lowered(
    _ clause: CheckedPay, _ members: Members, _ pricing: Pricing, _ c: inout Candidates
  ) -> MemberClause {
    let set = Invariant.value(clause.forEach, "members-of-set: who is paid for each of a set is paid for its members")
    let inner = memberContext(of: clause, set)
    if case .pair = inner { makeKnown(set) }
    let context = clause.amountInFrame ? frameContext : inner
    let (amount, test) = priced(clause, context, pricing, &c)
    let on = clause.on.map { lowering.lower($0, inner, .int32) }
    var whenParts = clause.when.map { [lowering.lower($0, inner, .truth)] } ?? []
    if let test, !clause.amountInFrame { whenParts.append(test) }
    if lowering.windowOnAccrual, let on, let w = window(on) { whenParts.append(w) }
    let when = graph.and(whenParts)
    fillAggregates()
    // What a figure of the frame lacks, all its members lack.
    let lacks = clause.amountInFrame ? test.map { frameValues($0).truths } : nil
    let passes = truth.indices.map { f in Truth.holds(truth[f]) && (lacks.map { $0[f] & 0b11 != 0 } ?? true) }
    let open = lacks.map { lacks in passes.indices.map { passes[$0] && !Truth.holds(lacks[$0]) } } ?? []
    c.constant = sameForAll(amount)
    let perFrame = clause.amountInFrame && c.constant == nil ? frameValues(amount).wide : nil
    let needsAmounts = c.constant == nil && perFrame == nil
    let whoOfFrame = clause.whoInFrame ? lowering.lower(clause.who, frameContext, .int32) : nil
    let ofFrame = whoOfFrame.map { frameValues($0).narrow }
    let who = clause.whoInFrame ? graph.constant32(0) : lowering.lower(clause.who, inner, .int32)
    return MemberClause(
      who: ofFrame, when: when, on: on, amount: amount, perFrame: perFrame, passes: passes, open: open,
      ofFrames: (clause.amountInFrame ? [amount, test].compactMap { $0 } : []) + [whoOfFrame].compactMap { $0 },
      needsAmounts: needsAmounts,
      roots: [when, on ?? graph.constant32(0), needsAmounts ? amount : graph.constant64(0), who])
  }

  /// Members of frames that pass.
  private static func passing(_ all: MemberRows, _ passes: [Bool]) -> MemberRows {
    var passing = MemberRows()
    passing.rows.reserveCapacity(all.rows.count)
    passing.frames.reserveCapacity(all.rows.count)
    passing.dates.reserveCapacity(all.rows.count)
    for k in all.rows.indices where passes[Int(all.frames[k])] {
      passing.rows.append(all.rows[k])
      passing.frames.append(all.frames[k])
      passing.dates.append(all.dates[k])
    }
    return passing
  }

  /// What each member is paid.
  /// - Returns: the positions of members for which that cannot be said, what comes out below nought, and how many would
  ///   be paid something on a day that is none.
  private func take(
    _ members: MemberRows, _ terms: MemberClause, isOfPairs: Bool, _ c: inout Candidates
  ) -> (undetermined: [Int32], below: BelowNought, undated: Int) {
    var undetermined: [Int32] = []
    var (below, undated) = (BelowNought(), 0)
    members.rows.withUnsafeBufferPointer { list in
      let rows = isOfPairs ? Rows.range(0..<list.count) : .list(list)
      evaluator.run(terms.roots, over: rows, oneWorker: true) { worker, start, n in
        let t = worker.truth(0), d = worker.int32(1), a = worker.int64(2), w = worker.int32(3)
        for k in 0..<n {
          let i = start + k
          let f = Int(members.frames[i])
          guard terms.passes[f] else { continue }
          let date = terms.on == nil ? members.dates[i] : d[k]
          let value = c.constant ?? terms.perFrame?[f] ?? a[k]
          let who = terms.who?[f] ?? w[k]
          let test = t[k] & 0b11
          if test == 0 || who.isNone || value.isNone || value == 0 { continue }
          let isOpen = !terms.open.isEmpty && terms.open[f]
          if date.isNone {
            if test == 0b11, !isOpen, !who.isUnknown, !value.isUnknown, value > 0 { undated += 1 }
            continue
          }
          if test == 1 || isOpen || who.isUnknown || value.isUnknown || date.isUnknown {
            undetermined.append(Int32(truncatingIfNeeded: i))
            continue
          }
          if value < 0 {
            below.members.append(members.rows[i])
            below.frames.append(members.frames[i])
            below.beneficiaries.append(who)
            below.dates.append(date)
            below.amounts.append(value)
            continue
          }
          c.members.append(members.rows[i])
          c.frames.append(members.frames[i])
          c.beneficiaries.append(who)
          c.dates.append(date)
          if c.constant == nil { c.amounts.append(value) }
        }
      }
    }
    return (undetermined, below, undated)
  }
}
