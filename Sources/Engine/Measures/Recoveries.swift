// What a measure's recoveries are asked: made while the measure is run, so that what they depend on is known, and
// answered once it is settled what was paid in the end. Knows nothing of the ledger.
import Facts
import PolicyLanguage
import Reckoning

/// One recovery's condition, day, payer and amount, asked of members with their frames.
struct RecoveryTerms {
  /// The frame's own records with their frames, or the members of a set with theirs.
  let pairs: Pairs
  /// The list of members; nil: the frame's records are asked.
  let memberList: Int?
  let when: Node
  let on: Node
  /// From whom, and where that is to be found; nil: whoever was paid.
  let who: (node: Node, space: Space)?
  /// Nil: all that was paid.
  let amount: Node?
}

/// What is asked before it is known how much was paid.
struct RecoveryAnswers {
  let truth: [UInt8]
  let on: [Int32]
  /// Empty where it is from whoever was paid.
  let who: [Int32]
}

extension MeasureRun {
  /// Makes what recoveries are asked. Afterwards all settings that they depend on have been looked at.
  func prepareRecoveries() {
    recoveryTerms = measure.recoveries.map { terms(of: $0) }
    fillAggregates()
    for terms in recoveryTerms {
      if terms.pairs == .ownFrames {
        let frames = (0..<frameCount).map { Int32(truncatingIfNeeded: $0) }
        makeKnown(MemberRows(rows: base, frames: frames, dates: []), as: .ownFrames)
      } else {
        makeKnown(terms.pairs.set)
      }
      // Nothing has been paid so far.
      if terms.amount != nil { evaluator.setPaid(terms.pairs, Array(repeating: 0, count: count(of: terms))) }
    }
  }

  private func terms(of recovery: CheckedRecovery) -> RecoveryTerms {
    let pairs = recovery.forEach.map { Pairs(set: $0, isNarrowed: true) } ?? .ownFrames
    let memberList = recovery.forEach.map { sets[$0].list }
    let context = recoveryContext(recovery)
    let list = memberList ?? frameList
    return RecoveryTerms(
      pairs: pairs, memberList: memberList,
      when: recovery.when.map { lowering.lower($0, context, .truth) } ?? graph.truth(Truth.yes),
      on: lowering.lower(recovery.on, context, .int32),
      who: recovery.who.map { (lowering.lower($0, context, .int32), space(of: $0, in: list)) },
      amount: recovery.amount.map { amount in
        lowering.with(paid: lowering.paid(pairs)) { lowering.lower(amount, context, .int64) }
      })
  }

  /// How a recovery's expressions are looked at. Where the frame has no list, none of them names a bare field.
  func recoveryContext(_ recovery: CheckedRecovery) -> Lowering.Context {
    let pairs = recovery.forEach.map { Pairs(set: $0, isNarrowed: true) } ?? .ownFrames
    return .pair(pairs, list: recovery.forEach.map { sets[$0].list } ?? frameList ?? 0)
  }

  /// How many members with their frames a recovery may be asked of.
  func count(of terms: RecoveryTerms) -> Int {
    terms.pairs == .ownFrames ? frameCount : sets[terms.pairs.set].all.rows.count
  }

  /// Whether, when and from whom, at some positions.
  func answers(_ terms: RecoveryTerms, at positions: [Int32]) -> RecoveryAnswers {
    var truth = [UInt8](repeating: 0, count: positions.count)
    var on = [Int32](repeating: 0, count: positions.count)
    var who = [Int32](repeating: 0, count: terms.who == nil ? 0 : positions.count)
    let roots = [terms.when, terms.on] + [terms.who?.node].compactMap { $0 }
    positions.withUnsafeBufferPointer { rows in
      evaluator.run(roots, over: .list(rows), oneWorker: true) { worker, start, n in
        let t = worker.truth(0), d = worker.int32(1)
        for k in 0..<n {
          truth[start + k] = t[k] & 0b11
          on[start + k] = d[k]
        }
        guard !who.isEmpty else { return }
        let w = worker.int32(2)
        for k in 0..<n { who[start + k] = w[k] }
      }
    }
    return RecoveryAnswers(truth: truth, on: on, who: who)
  }

  /// How much is to be taken back at some positions, each at most once among them, of what has been paid there.
  func amounts(_ node: Node, _ terms: RecoveryTerms, at positions: [Int32], paid: [Int64]) -> [Int64] {
    var all = [Int64](repeating: 0, count: count(of: terms))
    for (k, position) in positions.enumerated() { all[Int(position)] = paid[k] }
    evaluator.setPaid(terms.pairs, all)
    var out = [Int64](repeating: 0, count: positions.count)
    positions.withUnsafeBufferPointer { rows in
      evaluator.run([node], over: .list(rows), oneWorker: true) { worker, start, n in
        let a = worker.int64(0)
        for k in 0..<n { out[start + k] = a[k] }
      }
    }
    return out
  }
}

extension Lowering {
  /// Does something where `paid` is a node.
  func with<T>(paid: Node, _ body: () -> T) -> T {
    arguments.append([paid])
    exactArguments.append([.leaf(paid)])
    defer {
      arguments.removeLast()
      exactArguments.removeLast()
    }
    return body()
  }
}
