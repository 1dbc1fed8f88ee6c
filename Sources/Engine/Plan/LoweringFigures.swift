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
    let (na, da) = factors(a, c), (nb, db) = factors(b, c)
    if !da.isEmpty || !db.isEmpty {
      return graph.apply(
        .compareProducts(op, leftNumerators: na.count, leftDenominators: da.count, rightNumerators: nb.count),
        na + da + nb + db, register: .truth, mayBeAbsent: false)
    }
    var x = lower(a, c), y = lower(b, c)
    // What could not be read stands in no order to anything.
    if x.register != y.register { return graph.truth(Truth.no) }
    if a.type == .text { (x, y) = (pooled(x), pooled(y)) }
    return graph.apply(.compare(op), [x, y], register: .truth, mayBeAbsent: false)
  }

  /// A text as a number of the pool, for comparing: columns of own ids hold rows instead.
  private func pooled(_ n: Node) -> Node {
    if n.op == .row, case .table(let list) = n.domain {
      return graph.make(.ownText(list), domain: n.domain, register: .int32, mayBeAbsent: false)
    }
    if case .gather(let inner) = n.op { return graph.gather(pooled(inner), n.inputs[0]) }
    return n
  }

  func sum(_ a: Typed, _ b: Typed, adding: Bool, _ c: Context) -> Node {
    let x = lower(a, c, register(a.type)), y = lower(b, c, register(b.type))
    let absent = x.mayBeAbsent || y.mayBeAbsent
    if a.type == .date, b.type == .date {
      return graph.apply(.dateDifference, [x, y], register: .int64, mayBeAbsent: absent)
    }
    guard let moved = dateOperation(a.type, b.type) else {
      return graph.apply(adding ? .add : .subtract, [x, y], register: .int64, mayBeAbsent: absent)
    }
    let by =
      adding
      ? y : graph.apply(.subtract, [graph.constant64(0), y], register: .int64, mayBeAbsent: y.mayBeAbsent)
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

  /// The factors above and below the line of a product or quotient.
  private func factors(_ t: Typed, _ c: Context) -> ([Node], [Node]) {
    if case .multiply(let a, let b) = t.operation {
      let (na, da) = factors(a, c), (nb, db) = factors(b, c)
      return (na + nb, da + db)
    }
    if case .divide(let a, let b) = t.operation {
      let (na, da) = factors(a, c), (nb, db) = factors(b, c)
      return (na + db, da + nb)
    }
    if case .call(let definition, let args) = t.operation {
      arguments.append(args.map { lower($0, c) })
      defer { arguments.removeLast() }
      return factors(definition.body, c)
    }
    guard register(t.type) == .int64 else { return ([absent(.none, .int64)], []) }
    if case .ifThen(let condition, let a, let b) = t.operation, a.type != .nothing, b.type != .nothing {
      return branches(t, condition, a, b, c)
    }
    return ([lower(t, c, .int64)], t.type == .share ? [graph.constant64(Share.unit)] : [])
  }

  /// Branches keep their exact form: over one denominator, which is rounded only in the end.
  private func branches(
    _ t: Typed, _ condition: Typed, _ a: Typed, _ b: Typed, _ c: Context
  ) -> ([Node], [Node]) {
    let test = lower(condition, c, .truth)
    if case .constantTruth(let v) = test.op, v == Truth.yes || v == Truth.no {
      return factors(v == Truth.yes ? a : b, c)
    }
    let (na, da) = factors(a, c), (nb, db) = factors(b, c)
    if da.isEmpty && db.isEmpty { return ([lower(t, c)], []) }
    let same = da.map(\.number) == db.map(\.number)
    let x = times(same ? na : na + db), y = times(same ? nb : nb + da)
    let chosen = graph.apply(.ifThen, [test, x, y], register: .int64, mayBeAbsent: true, liftsAbsence: false)
    return ([chosen], same ? da : da + db)
  }

  /// The product of some nodes.
  private func times(_ nodes: [Node]) -> Node {
    guard var node = nodes.first else { return graph.constant64(1) }
    for n in nodes.dropFirst() {
      node = graph.apply(.multiply, [node, n], register: .int64, mayBeAbsent: node.mayBeAbsent || n.mayBeAbsent)
    }
    return node
  }

  func product(_ t: Typed, _ c: Context, rounded: Bool) -> Node {
    let (numerators, denominators) = factors(t, c)
    // A share that stands alone keeps its own scale.
    if t.type == .share, denominators.count == 1, numerators.count == 1 { return numerators[0] }
    if denominators.isEmpty { return times(numerators) }
    return graph.apply(
      .product(numerators: numerators.count, rounded: rounded), numerators + denominators, register: .int64,
      mayBeAbsent: true)
  }
}
