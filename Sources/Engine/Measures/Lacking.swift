// Figures of a day that is before the first one supplied: what hangs on them has no price, while payments of later days
// have theirs. A clause is then gone through twice. Knows nothing of how payments are reckoned.
import Facts
import PolicyLanguage
import Reckoning

/// Which payments of a clause are reckoned.
enum Pricing {
  /// All: nothing in it hangs on a day without a figure.
  case all
  /// Those whose figures are there.
  case priced
  /// Those of which a figure is lacked.
  case lacking
}

extension MeasureRun {
  /// How a clause is to be gone through, one after the other.
  func pricings(_ amount: Typed, _ context: Lowering.Context) -> [Pricing] {
    guard amount.hasPart(where: { if case .form(.onDay, _) = $0.operation { true } else { false } }) else {
      return [.all]
    }
    let node = lowering.lower(amount, context, .int64)
    guard missingValues(node).isEmpty else { return [.all] }
    let (lacks, names) = lowering.lacks(node)
    if names.isEmpty { return [.all] }
    if case .constantTruth(Truth.no) = lacks.op { return [.all] }
    return [.priced, .lacking]
  }

  /// What an amount comes to under a pricing, its condition, and what is lacked.
  func priced(
    _ clause: CheckedPay, _ context: Lowering.Context, _ pricing: Pricing, _ c: inout Candidates
  ) -> (amount: Node, when: Node?) {
    let amount = lowering.lower(clause.amount, context, .int64)
    switch pricing {
    case .all:
      c.missing = missingValues(amount)
      if c.missing.isEmpty { return (amount, nil) }
      let u = units(clause.amount, context)
      c.unitsAreMonths = u.months
      // Where a fact is not known either, it is not the price alone that is lacking.
      let known = lowering.isKnownButForValues(amount)
      return (u.node, known.op == .constantTruth(Truth.yes) ? nil : known)
    case .priced: return (amount, lowering.not(lowering.lacks(amount).node))
    case .lacking:
      let (lacks, names) = lowering.lacks(amount)
      c.missing = names.sorted()
      return (graph.constant64(1), graph.and([lacks, lowering.isKnownButForValues(amount)]))
    }
  }
}
