// Amounts: which are the same for all, which lack a price, and how many units there would be to pay.
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// The by-reference values that an amount lacks.
  func missingValues(_ node: Node) -> [String] {
    var names: [String] = []
    var seen: Set<Int> = []
    let known = Set(document.values.map(\.name))
    func visit(_ n: Node) {
      guard seen.insert(n.number).inserted else { return }
      if case .missing(let name, _) = n.op, known.contains(name), !names.contains(name) { names.append(name) }
      if case .gather(let inner) = n.op { visit(inner) }
      for i in n.inputs { visit(i) }
    }
    visit(node)
    return names.sorted()
  }

  /// What each of two factors lacks: values that nobody has supplied, or else figures of days before the first in one.
  private func lacked(_ a: Node, _ b: Node) -> ([String], [String]) {
    let (x, y) = (missingValues(a), missingValues(b))
    if !x.isEmpty || !y.isEmpty { return (x, y) }
    let (early, other) = (lowering.lackedSomewhere(a).sorted(), lowering.lackedSomewhere(b).sorted())
    return early.isEmpty || other.isEmpty ? (early, other) : ([], [])
  }

  /// How many units an unpriced amount comes to: its months where the missing value is monthly, else one.
  func units(_ t: Typed, _ context: Lowering.Context) -> (node: Node, months: Bool) {
    switch t.operation {
    case .multiply(let a, let b):
      let (la, lb) = lacked(lowering.lower(a, context), lowering.lower(b, context))
      if a.type == .rate(.month), b.type == .months, !la.isEmpty { return (lowering.lower(b, context, .int64), true) }
      if b.type == .rate(.month), a.type == .months, !lb.isEmpty { return (lowering.lower(a, context, .int64), true) }
      // Nothing of something is nothing, whatever its price.
      if !la.isEmpty { return units(of: units(a, context), unlessZero: b, context) }
      if !lb.isEmpty { return units(of: units(b, context), unlessZero: a, context) }
    case .divide(let a, _): return units(a, context)
    case .ifThen(let c, let a, let b):
      if case .constantTruth(let v) = lowering.lower(c, context).op {
        return units(v == Truth.yes ? a : b, context)
      }
      return units(ofEither: a, b, c, context)
    // A figure by itself, a sum with others or one of several: a payment each.
    case .constant, .parameter, .value, .argument, .selfField, .field, .iteration, .call, .add, .subtract, .whole,
      .pick,
      .yearOf, .wholeMonths, .wholeYears, .yearsRunning, .count, .sum, .extreme, .ofFrame,
      .notKnown, .rounded, .form, .sideways, .numberIn, .different, .nothing:
      break
    case .textConstant, .placeConstant, .readingIs, .home, .asOf, .windowStart, .windowEnd, .adopted, .selfRecord,
      .frameRecord, .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .stable,
      .except, .dayOfYear, .completion, .provinceOf, .dateOfNumber, .firstDayAtOnce, .spellEnd,
      .spellBegins, .grouped:
      Invariant.broken("amount-is-figure: what lacks a price is a figure, no condition, date or record")
    }
    return (graph.constant64(1), false)
  }

  /// Those of the branch that is taken, where something is lacked in it.
  private func units(
    ofEither a: Typed, _ b: Typed, _ test: Typed, _ context: Lowering.Context
  ) -> (node: Node, months: Bool) {
    if lowering.lackedSomewhere(lowering.lower(a, context, .int64)).isEmpty { return units(b, context) }
    if lowering.lackedSomewhere(lowering.lower(b, context, .int64)).isEmpty { return units(a, context) }
    let (x, y) = (units(a, context), units(b, context))
    guard x.months == y.months else { return (graph.constant64(1), false) }
    let chosen = graph.apply(
      .ifThen, [lowering.lower(test, context, .truth), x.node, y.node], register: .int64, mayBeAbsent: true,
      liftsAbsence: false)
    return (chosen, x.months)
  }

  private func units(
    of units: (node: Node, months: Bool), unlessZero factor: Typed, _ context: Lowering.Context
  ) -> (node: Node, months: Bool) {
    let zero = graph.constant64(0)
    // Of a quotient it is asked exactly: less than a half is something.
    let nought = Typed(.constant(0), factor.type, at: factor.location)
    let isZero = lowering.compare(.equal, factor, nought, context)
    if case .constantTruth(let v) = isZero.op { return v == Truth.yes ? (zero, units.months) : units }
    let node = graph.apply(
      .ifThen, [isZero, zero, units.node], register: .int64, mayBeAbsent: true, liftsAbsence: false)
    return (node, units.months)
  }

  /// A number that is the same for all: a constant, or one that hangs on constants only.
  func sameForAll(_ node: Node) -> Int64? {
    if case .constant64(let v) = node.op { return v }
    guard node.domain == .constant, case let v = evaluator.values(node).wide[0], !v.isAbsent else { return nil }
    return v
  }
}
