// Comparisons and arithmetic: which operation fits the types, and products that are kept exact until the end.
import Facts
import PolicyLanguage
import Reckoning

extension Lowering {
  func within(_ p: Node, _ area: Node) -> Node {
    if case .constant32(let id) = area.op, id >= 0 {
      if case .constant32(let place) = p.op {
        guard place >= 0 else { return graph.truth(place == Absent.unknown32 ? Truth.unknown : Truth.no) }
        return graph.truth(dataset.places.lies(place, within: id) ? Truth.yes : Truth.no)
      }
      let table = graph.make(.placeWithin(id), domain: .places, register: .truth, mayBeAbsent: false)
      return graph.gather(table, p)
    }
    return graph.apply(.within, [p, area], register: .truth, mayBeAbsent: false)
  }

  func compare(_ op: Expression.Comparison, _ a: Typed, _ b: Typed, _ c: Context) -> Node {
    if a.type == .nothing || b.type == .nothing {
      let given = graph.apply(
        .given, [lower(a.type == .nothing ? b : a, c)], register: .truth, mayBeAbsent: false, liftsAbsence: false)
      return op == .equal ? not(given) : given
    }
    if a.type == .truth {
      let x = lower(a, c, .truth), y = lower(b, c, .truth)
      let same = graph.or([graph.and([x, y]), graph.and([not(x), not(y)])])
      return op == .equal ? same : not(same)
    }
    if a.type == .dateOrYear || b.type == .dateOrYear {
      return graph.apply(
        .compareDateOrYear(op), [lower(a, c, .int32), lower(b, c, .int32)], register: .truth, mayBeAbsent: false)
    }
    if let counted = comparedCount(op, a, b, c) { return counted }
    if register(a.type) == .int64, register(b.type) == .int64, isFractional(a) || isFractional(b) {
      return compared(op, exact(a, c), exact(b, c), [a, b])
    }
    var x = lower(a, c), y = lower(b, c)
    // What could not be read stands in no order to anything.
    if x.register != y.register { return graph.truth(Truth.no) }
    if a.type == .text { (x, y) = (pooled(x), pooled(y)) }
    return graph.apply(.compare(op), [x, y], register: .truth, mayBeAbsent: false)
  }

  /// A text as a number of the pool, for comparing: columns of own ids hold rows instead.
  func pooled(_ n: Node) -> Node {
    if n.op == .row, case .table(let list) = n.domain {
      return graph.make(.ownText(list), domain: n.domain, register: .int32, mayBeAbsent: false)
    }
    if case .gather(let inner) = n.op { return graph.gather(pooled(inner), n.inputs[0]) }
    return n
  }

  func sum(_ a: Typed, _ b: Typed, adding: Bool, _ c: Context) -> Node {
    let x = lower(a, c, register(a.type)), y = lower(b, c, register(b.type))
    let absent = x.mayBeAbsent || y.mayBeAbsent || isGuarded
    if a.type == .date, b.type == .date {
      return graph.apply(.dateDifference, [x, y], register: .int64, mayBeAbsent: absent)
    }
    guard let moved = dateOperation(a.type, b.type) else {
      return graph.apply(adding ? .add : .subtract, [x, y], register: .int64, mayBeAbsent: absent)
    }
    let by =
      adding
      ? y : graph.apply(.subtract, [graph.constant64(0), y], register: .int64, mayBeAbsent: y.mayBeAbsent || isGuarded)
    return graph.apply(moved, [x, by], register: .int32, mayBeAbsent: absent)
  }

  /// How a date is moved by months or days; nil where no date is.
  private func dateOperation(_ a: ValueType, _ b: ValueType) -> Op? {
    switch (a, b) {
    case (.date, .days): .addDays
    case (.date, .months): .addMonths(monthEnd)
    case (.dateOrYear, .months): .addMonthsDateOrYear(monthEnd)
    case (_, _): nil
    }
  }

  /// Arithmetic on whole figures, dates and shares as they are.
  func plain(_ t: Typed, _ c: Context) -> Node {
    if case .add(let a, let b) = t.operation { return sum(a, b, adding: true, c) }
    if case .subtract(let a, let b) = t.operation { return sum(a, b, adding: false, c) }
    guard case .multiply(let a, let b) = t.operation else {
      Invariant.broken("plain-arithmetic: only sums and products of whole figures are plain arithmetic")
    }
    return times([lower(a, c, .int64), lower(b, c, .int64)])
  }

  /// The product of some nodes.
  func times(_ nodes: [Node]) -> Node {
    guard var node = nodes.first else { return graph.constant64(1) }
    for n in nodes.dropFirst() {
      node = graph.apply(
        .multiply, [node, n], register: .int64, mayBeAbsent: node.mayBeAbsent || n.mayBeAbsent || isGuarded)
    }
    return node
  }
}
