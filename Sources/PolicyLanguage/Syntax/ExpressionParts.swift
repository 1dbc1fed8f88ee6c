// What expressions are made of, and where documents hold them, so that whoever looks at all of them does so in one way.
// Knows nothing of what they mean.

extension Expression {
  /// The expressions inside this one, in the order in which they are written in English.
  package var parts: [Expression] {
    switch node {
    case .number, .date, .string, .name, .count, .nothing, .broken: []
    case .through(_, let x), .member(let x, _), .not(let x), .given(let x, _), .whole(let x), .yearOf(let x),
      .provinceOf(let x), .dayOfYear(_, _, let x), .sum(let x, _), .extreme(_, let x, _), .dateOfNumber(let x, _),
      .firstDayAtOnce(let x, _):
      [x]
    case .form(_, let xs), .call(_, let xs), .and(let xs), .or(let xs), .pick(_, let xs): xs
    case .round(let x, _, let unit): [x, unit]
    case .compare(_, let a, let b), .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
      .portion(let a, let b), .divide(let a, let b), .wholeMonths(let a, let b), .wholeYears(let a, let b),
      .yearsRunning(let a, let b):
      [a, b]
    case .between(let a, let b, let c), .includesBetween(let a, let b, let c), .ifThen(let a, let b, let c): [a, b, c]
    case .within(let x, let xs), .isAny(let x, let xs), .includes(let x, let xs): [x] + xs
    case .stable(let n, let from, let to): [n] + [from, to].compactMap { $0 }
    case .except(let c, let exception, _, let when): [c, exception] + [when].compactMap { $0 }
    case .present(let record, let day): [record, day].compactMap { $0 }
    case .completion(let n, let from): [n] + [from].compactMap { $0 }
    case .extremeOf(_, let x, let set): [x] + set.expressions
    case .setFigure(let figure): figure.expressions
    case .rangeFigure(let figure): [figure.term, figure.from, figure.to]
    }
  }

  /// Visits this expression and all inside it.
  package func walk(_ visit: (Expression) -> Void) {
    visit(self)
    for part in parts { part.walk(visit) }
  }
}

extension ClauseSyntax {
  /// The expressions of the clause.
  var expressions: [Expression] {
    switch self {
    case .title, .article, .kind, .assume, .text, .reading, .persons, .ownDefault: []
    case .parameter(let p):
      [p.value] + [p.atLeast, p.atMost].compactMap { $0 } + p.dated.flatMap { [$0.value, $0.from] }
    case .window(let w): [w.from, w.to].compactMap { $0 }
    case .frame(let f): f.iterations.flatMap(\.expressions)
    case .condition(let e), .begins(let e), .letting(_, let e), .require(let e), .expect(let e, _, _),
      .error(_, let e, _):
      [e]
    case .set(let s): s.expressions
    case .oncePer(let keys, let months, _): keys + [months].compactMap { $0 }
    case .ordered(let keys, _): keys
    case .onlyFirst(let n, _, let when, let keys, let by, _): [n] + [when].compactMap { $0 } + keys + [by]
    case .onlyHighest(let keys, let preferring, let when, _): keys + [preferring, when].compactMap { $0 }
    case .yields(_, _, let when): [when].compactMap { $0 }
    case .pay(let p): p.expressions
    case .grant(let g): [g.who] + [g.when].compactMap { $0 }
    case .quota(let n, let keys, _): [n] + keys
    case .fund(let funds): funds.shares.compactMap(\.share)
    case .cap(let cap): [cap.amount] + [cap.within].compactMap { $0 } + cap.keys
    case .recover(let r): [r.amount, r.who, r.on, r.when].compactMap { $0 }
    }
  }
}

extension FrameSyntax.Iteration {
  var expressions: [Expression] {
    switch self {
    case .years, .completeYears: []
    case .yearsWhen(_, let e), .members(_, let e): [e]
    case .range(_, let a, let b): [a, b]
    case .periods(_, let periods): [periods.from, periods.to]
    }
  }
}

extension PaySyntax {
  var expressions: [Expression] {
    [who, amount] + [low, on, when, equalParts?.every, equalParts?.from].compactMap { $0 }
      + parts.flatMap { [$0.amount, $0.on, $0.when].compactMap { $0 } }
  }
}

extension TableSyntax {
  var expressions: [Expression] {
    rows.flatMap { row -> [Expression] in
      switch row.test {
      case .when(let e): [e, row.value]
      case .otherwise: [row.value]
      case .cells(let cells): cells.flatMap(\.expressions) + [row.value]
      }
    }
  }
}

extension TableSyntax.Cell {
  fileprivate var expressions: [Expression] {
    switch self {
    case .upTo(let e), .below(let e), .from(let e): [e]
    case .values(let all): all
    case .above, .any: []
    }
  }
}

extension SetSyntax {
  var expressions: [Expression] {
    var all = conditions + [on, begins, inYear, personsWhen].compactMap { $0 }
    switch source {
    case .first(let n, _): all.append(n)
    case .keyed(let set): all += set.expressions
    case .list, .set: break
    }
    return all
  }
}

extension DocumentSyntax {
  /// Every expression of the document's declarations and rules, outermost ones only.
  package var expressions: [Expression] {
    var all = definitions.map(\.body) + [header?.window?.from, header?.window?.to].compactMap { $0 }
    for p in parameters { all += ClauseSyntax.parameter(p).expressions }
    for list in lists {
      for join in list.joins { all += [join.condition, join.when].compactMap { $0 } }
      for gap in list.gaps { all += [gap.days, gap.when].compactMap { $0 } }
    }
    all += tables.flatMap(\.expressions)
    for limit in limits { all += limit.caps.flatMap { [$0.amount] + $0.keys } }
    for measure in measures { all += measure.clauses.flatMap(\.expressions) }
    return all
  }
}
