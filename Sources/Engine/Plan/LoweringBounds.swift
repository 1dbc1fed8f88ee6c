// Comparisons of how many other records there are, where of some it cannot be told whether they belong: two that
// certainly do are more than one, whatever a third is. Knows nothing of how they are counted.
import PolicyLanguage

extension Lowering {
  /// A comparison with a count of other records, decided where those that are certain and those that are possible
  /// decide it; nil where nothing is counted, or everything is told.
  func comparedCount(_ op: Expression.Comparison, _ a: Typed, _ b: Typed, _ c: Context) -> Node? {
    if let counts = counts(a, c) { return compared(op, counts, b, c) }
    if let counts = counts(b, c) { return compared(op.turned, counts, a, c) }
    return nil
  }

  /// `count of s from a to b`
  func countBetween(_ x: Typed, _ a: Typed, _ b: Typed, _ c: Context) -> Node? {
    guard let counts = counts(x, c) else { return nil }
    return graph.and([compared(.greaterOrEqual, counts, a, c), compared(.lessOrEqual, counts, b, c)])
  }

  private func counts(_ t: Typed, _ c: Context) -> (asked: Node, least: Node, most: Node)? {
    guard case .sideways(let figure) = t.operation, figure.kind == .count else { return nil }
    let asked = lower(t, c)
    guard case .whole(.sideways) = (asked.gathered ?? asked).op else { return nil }
    guard (asked.gathered ?? asked).inputs.contains(where: { $0.register == .truth && isOpen($0) }) else { return nil }
    return (asked, count(figure.set, open: .leftOut, c), count(figure.set, open: .takenIn, c))
  }

  private func compared(
    _ op: Expression.Comparison, _ x: (asked: Node, least: Node, most: Node), _ b: Typed, _ c: Context
  ) -> Node {
    func test(_ count: Node, _ op: Expression.Comparison) -> Node {
      if isFractional(b) { return compared(op, .leaf(count), exact(b, c), [b]) }
      return graph.apply(.compare(op), [count, lower(b, c, .int64)], register: .truth, mayBeAbsent: false)
    }
    // Of the two bounds one has to pass for the answer to be yes, and the other has to fail for it to be no.
    func decided(_ op: Expression.Comparison, _ sure: Node, _ possible: Node) -> Node {
      graph.and([graph.or([test(x.asked, op), test(sure, op)]), test(possible, op)])
    }
    switch op {
    case .greater, .greaterOrEqual: return decided(op, x.least, x.most)
    case .less, .lessOrEqual: return decided(op, x.most, x.least)
    case .equal:
      return graph.and([decided(.greaterOrEqual, x.least, x.most), decided(.lessOrEqual, x.most, x.least)])
    case .notEqual: return graph.or([decided(.greater, x.least, x.most), decided(.less, x.most, x.least)])
    }
  }

  /// Whether a condition may be unknown of some record.
  private func isOpen(_ node: Node) -> Bool {
    var seen: Set<Int> = []
    func visit(_ n: Node) -> Bool {
      guard seen.insert(n.number).inserted else { return false }
      switch n.op {
      case .column(let list, let field, _):
        return dataset.tables[list].declaration.field(field).map { $0.absence == .unknown } ?? true
      case .constantTruth(let truth): return Truth.isUnknown(truth)
      case .constant32(let value): return value.isUnknown
      case .constant64(let value): return value.isUnknown
      case .missing, .frameColumn, .whole, .exact, .compareExact, .compareProducts, .product: return true
      case .gather(let inner): return visit(inner) || n.inputs.contains(where: visit)
      case .row, .spread, .pairColumn, .ownText, .placeWithin, .placeProvince, .and, .or, .not, .except, .given,
        .compare, .compareDateOrYear, .between, .betweenDateOrYear, .within, .stable, .includes, .includesBetween,
        .ifThen, .pick, .addMonths, .addMonthsDateOrYear, .addDays, .dateDifference, .completes, .stableFrom, .yearOf,
        .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning, .widen, .add, .subtract, .multiply,
        .form:
        return n.inputs.contains(where: visit)
      }
    }
    return visit(node)
  }
}

extension Node {
  /// What is looked up, where the node looks something up.
  fileprivate var gathered: Node? { if case .gather(let inner) = op { inner } else { nil } }
}

extension Expression.Comparison {
  /// The same with its sides exchanged.
  var turned: Expression.Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
