// How instalments move with a figure: as the whole does that they are shares of, but for their rounding. Knows nothing
// of goals.
import PolicyLanguage

extension MeasureRun {
  /// What a payment moves with, and where it is asked: its amount, or the whole of which it is an instalment, where it
  /// and those before it are shares that stand still.
  func moving(_ pay: Int, touched: (Node) -> Bool) -> (amount: Typed, context: Lowering.Context) {
    let clause = measure.pays[pay]
    var context = frameContext
    if let set = clause.forEach, !clause.amountInFrame, sets.indices.contains(set) {
      context = memberContext(of: clause, set)
    }
    guard let whole = clause.amount.instalment?.whole, standsStill(pay, context, touched) else {
      return (clause.amount, context)
    }
    return (whole, context)
  }

  private func standsStill(_ pay: Int, _ context: Lowering.Context, _ touched: (Node) -> Bool) -> Bool {
    guard let own = measure.pays[pay].amount.instalment, pay + 1 >= own.number else { return false }
    return (pay + 1 - own.number...pay).allSatisfy { k in
      guard let part = measure.pays[k].amount.instalment, part.count == own.count else { return false }
      guard case .share(let share) = part.share else { return true }
      return !touched(lowering.lower(share, context, .int64))
    }
  }

  /// By how many fen the roundings of instalments may move what is paid the other way, at most.
  func roundings(_ candidates: [Candidates]) -> Int64 {
    candidates.reduce(0) { sum, c in
      guard measure.pays.indices.contains(c.clause), let part = measure.pays[c.clause].amount.instalment else {
        return sum
      }
      return sum + Int64(c.count) * Int64(part.count)
    }
  }
}
