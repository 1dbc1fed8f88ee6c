// Amounts with fractions in them, lowered so that nothing is rounded before the end: what is nothing but whole
// figures stays plain arithmetic on columns; products and quotients are one operation; everything else is an exact
// form.
import Facts
import PolicyLanguage
import Reckoning

extension Lowering {
  /// Whether a figure need not be whole: it is a share, a quotient, or made of such.
  func isFractional(_ t: Typed) -> Bool {
    isFractional(t, (exactArguments.last ?? []).map { !$0.isWhole })
  }

  /// - Parameter arguments: whether each argument of the definition looked at is.
  private func isFractional(_ t: Typed, _ arguments: [Bool]) -> Bool {
    let key = FractionalKey(expression: ObjectIdentifier(t), arguments: arguments)
    if let known = fractional[key] { return known }
    let found = isFractionalAnew(t, arguments)
    fractional[key] = found
    return found
  }

  private func isFractionalAnew(_ t: Typed, _ arguments: [Bool]) -> Bool {
    if t.type == .share || t.type == .decimal { return true }
    func any(_ parts: [Typed]) -> Bool { parts.contains { isFractional($0, arguments) } }
    switch t.operation {
    case .divide: return true
    case .multiply(let a, let b), .add(let a, let b), .subtract(let a, let b), .ifThen(_, let a, let b):
      return any([a, b])
    case .pick(_, let all): return any(all)
    case .sum(let x, _), .extreme(_, let x, _), .ofFrame(let x): return any([x])
    case .sideways(let figure): return figure.isOfValues && any([figure.value].compactMap { $0 })
    case .call(let definition, let args):
      return isFractional(definition.body, args.map { isFractional($0, arguments) })
    case .argument(let i): return arguments.indices.contains(i) && arguments[i]
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .field, .frameRecord, .iteration, .not, .and, .or, .compare,
      .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .whole, .yearOf, .dayOfYear,
      .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .dateOfNumber,
      .firstDayAtOnce, .nothing, .notKnown, .rounded, .spellEnd, .spellBegins, .grouped, .numberIn, .different:
      return false
    case .form(let form, _): return form == .grown
    }
  }

  /// A figure in its exact form. One that is used several times is made once; one that has grown large goes on as a
  /// fraction of two columns, so that what is made of it many times stays small.
  func exact(_ t: Typed, _ c: Context) -> Exact {
    guard isFractional(t) else { return .leaf(lower(t, c, .int64)) }
    let key = arguments.isEmpty ? Place(t, c) : nil
    if let key, let known = exactMade[key] { return known.exact }
    var exact = exactAnew(t, c)
    if exact.isLarger(than: 64) {
      exact = .product([.leaf(made(exact, .numerator, t))], over: [.leaf(made(exact, .denominator, t))])
    }
    if let key { exactMade[key] = (t, exact) }
    return exact
  }

  private func exactAnew(_ t: Typed, _ c: Context) -> Exact {
    if t.type == .share || t.type == .decimal {
      if case .argument(let i) = t.operation, let known = exactArgument(i) { return known }
      return .product([.leaf(lower(t, c, .int64))], over: [.leaf(graph.constant64(Share.unit))])
    }
    switch t.operation {
    case .multiply(let a, let b): return .times(exact(a, c), exact(b, c))
    case .divide(let a, let b): return .divided(exact(a, c), by: exact(b, c))
    case .add(let a, let b): return .sum(exact(a, c), exact(b, c), adding: true)
    case .subtract(let a, let b): return .sum(exact(a, c), exact(b, c), adding: false)
    case .ifThen(let condition, let a, let b):
      let test = lower(condition, c, .truth)
      if case .constantTruth(let v) = test.op, v == Truth.yes || v == Truth.no {
        return exact(v == Truth.yes ? a : b, c)
      }
      return .choose(test, exact(a, c), exact(b, c))
    case .pick(let pick, let all): return .pick(pick, all.map { exact($0, c) })
    case .sum(let x, let set): return exactSum(x, over: set)
    case .extreme(let pick, let x, let set): return exactExtreme(pick, x, over: set)
    case .sideways(let figure):
      guard figure.isOfValues, let x = figure.value else { return .leaf(lower(t, c, .int64)) }
      return exactSideways(figure, x, c)
    case .ofFrame(let x):
      guard case .pair(let pairs, _) = c else { return .leaf(lower(t, c, .int64)) }
      return exact(x, frame(of: pairs)).looked { self.ofFrame($0, pairs) }
    case .call(let definition, let args):
      let call = Call(definition, args.map { lower($0, c) }, areExact: args.map { isFractional($0) })
      if let known = exactCalls[call] { return known }
      let exact: Exact = with(args, c) { self.exact(definition.body, c) }
      exactCalls[call] = exact
      return exact
    case .form(.grown, let parts): return grown(parts, c)
    case .form: return .leaf(lower(t, c, .int64))
    case .argument(let i): return exactArgument(i) ?? .leaf(lower(t, c, .int64))
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .field, .frameRecord, .iteration, .not, .and, .or, .compare,
      .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .whole, .yearOf, .dayOfYear,
      .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .dateOfNumber,
      .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .numberIn, .different, .notKnown, .rounded, .nothing:
      return .leaf(lower(t, c, .int64))
    }
  }

  /// The sum of fractions over a set: over one denominator where all members have the same, else member by member.
  private func exactSum(_ x: Typed, over set: Int) -> Exact {
    let inner = members(of: set, for: x)
    let member = exact(x, inner)
    if let (above, below) = member.factors, below.allSatisfy({ $0.domain == .constant }) {
      return .product(
        [.leaf(aggregate(.sum(set, times(above)), .int64, mayBeAbsent: true))], over: below.map { .leaf($0) })
    }
    let above = made(member, .numerator, x), below = made(member, .denominator, x)
    let part = { (isBelow: Bool) in
      Exact.leaf(
        self.aggregate(.sumOfFractions(set, above, below, isBelow: isBelow), .int64, mayBeAbsent: true))
    }
    return .product([part(false)], over: [part(true)])
  }

  /// The largest or smallest of fractions over a set.
  private func exactExtreme(_ pick: Expression.Pick, _ x: Typed, over set: Int) -> Exact {
    let (above, below) = parts(of: x, members(of: set, for: x))
    let isLarger = pick == .larger || pick == .later
    let part = { (isBelow: Bool) in
      Exact.leaf(
        self.aggregate(
          .extremeOfFractions(set, above, below, larger: isLarger, isBelow: isBelow), .int64, mayBeAbsent: true))
    }
    return .product([part(false)], over: [part(true)])
  }

  /// A figure that need not be whole as a numerator and a denominator in lowest terms: two such figures are equal where
  /// both of these are.
  func parts(of t: Typed, _ c: Context) -> (above: Node, below: Node) {
    let exact = exact(t, c)
    return (made(exact, .numerator, t), made(exact, .denominator, t))
  }

  /// Whether a figure is no whole number of the unit that it is reckoned in, so that two columns hold it.
  func needsParts(_ t: Typed) -> Bool { register(t.type) == .int64 && !isScaled(t.type) && isFractional(t) }

  /// An exact amount as a node that is rounded once.
  func made(_ exact: Exact, _ result: ExactResult, _ t: Typed) -> Node {
    let node: Node
    if let (above, below) = exact.factors, result == .rounded || result == .down {
      if below.isEmpty { return times(above) }
      node = graph.apply(
        .product(numerators: above.count, rounded: result == .rounded), above + below, register: .int64,
        mayBeAbsent: true)
    } else {
      var nodes: [Node] = []
      let form = exact.form(&nodes)
      node = graph.apply(.exact(form, result), nodes, register: .int64, mayBeAbsent: true, liftsAbsence: false)
    }
    graph.note(divisorsOf: t, at: node, measure.sets)
    return node
  }

  /// Two exact amounts compared.
  func compared(_ op: Expression.Comparison, _ a: Exact, _ b: Exact, _ t: [Typed]) -> Node {
    let node: Node
    if let x = a.factors, let y = b.factors {
      node = graph.apply(
        .compareProducts(
          op, leftNumerators: x.above.count, leftDenominators: x.below.count, rightNumerators: y.above.count),
        x.above + x.below + y.above + y.below, register: .truth, mayBeAbsent: false)
    } else {
      var nodes: [Node] = []
      let (x, y) = (a.form(&nodes), b.form(&nodes))
      node = graph.apply(.compareExact(op, x, y), nodes, register: .truth, mayBeAbsent: false, liftsAbsence: false)
    }
    for part in t { graph.note(divisorsOf: part, at: node, measure.sets) }
    return node
  }
}

extension Graph {
  /// Remembers which facts, parameters and counts stand below a line, to name them where one is nought.
  func note(divisorsOf t: Typed, at node: Node, _ sets: [CheckedSet]) {
    var names: [String] = []
    t.walk { part in
      guard case .divide(_, let divisor) = part.operation else { return .into }
      divisor.walk { below in
        let name = below.nameAsDivisor(sets)
        if let name { names.append(name) }
        return name == nil ? .into : .past
      }
      return .into
    }
    var inner = node
    while case .gather(let x) = inner.op { inner = x }
    for name in names where !divisors[inner.number, default: []].contains(name) {
      divisors[inner.number, default: []].append(name)
    }
  }
}

extension Typed {
  /// What a figure is called where it is nought and divides another; nil for what is made of figures.
  fileprivate func nameAsDivisor(_ sets: [CheckedSet]) -> String? {
    if case .count(let set) = operation, sets.indices.contains(set) { return sets[set].name }
    if case .selfField(let field) = operation { return field.name }
    if case .field(_, let field) = operation { return field.name }
    if case .parameter(let id) = operation { return id.split(separator: ".").last.map(String.init) ?? id }
    if case .value(let name) = operation { return name }
    return nil
  }
}
