// Figures that are laid down elsewhere and that nobody has supplied, or not for so early a day: what hangs on them has
// no price, while payments that do without have theirs. A clause is then gone through twice. Knows nothing of how
// payments are reckoned.
import Facts
import PolicyLanguage
import Reckoning

/// Which payments of a clause are reckoned.
enum Pricing {
  /// All: every one has its price, or none has.
  case all
  /// Those whose figures are there.
  case priced
  /// Those of which a figure is lacked.
  case lacking
}

extension MeasureRun {
  /// How a clause is to be gone through, one after the other.
  func pricings(_ amount: Typed, _ context: Lowering.Context) -> [Pricing] {
    let node = lowering.lower(amount, context, .int64)
    return lowering.lackedSomewhere(node).isEmpty || lowering.isLackedThroughout(node) ? [.all] : [.priced, .lacking]
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
    case .priced: return (amount, lowering.not(lowering.isUnknown(amount)))
    case .lacking:
      c.missing = lowering.lackedSomewhere(amount).sorted()
      let u = units(clause.amount, context)
      c.unitsAreMonths = u.months
      return (u.node, graph.and([lowering.isUnknown(amount), lowering.isKnownButForValues(amount)]))
    }
  }
}
