// Conditions taken apart: which comparison with a figure of the text decides, where everything beside it is as it would
// have to be. Of conditions that have to hold together each decides where the others hold, of conditions of which one
// will do each decides where no other holds. Knows nothing of who is paid.
import Facts
import PolicyLanguage
import Reckoning

extension ThresholdFinder {
  /// A comparison with a figure of the text on one side, turned so that it stands on the right.
  struct Comparison {
    let left: Typed
    let op: Expression.Comparison
    let bound: Typed
    /// What else has to hold for the bound to be this one.
    var others: [Node] = []
  }

  private static let mostDecisions = 20_000

  // MARK: What has to hold together

  /// Conditions that have to hold together.
  func decide(all: [Typed], others: Node, at place: AskedPlace) -> [Threshold] {
    let parts = all.map { run.lowering.lower($0, place.context, .truth) }
    return all.indices.flatMap { i in
      let rest = parts.indices.filter { $0 != i }.map { parts[$0] }
      return decide(all[i], others: run.graph.and([others] + rest), at: place)
    }
  }

  /// What decides of a condition.
  /// - Parameter negated: whether it is that the condition does not hold.
  func decide(_ t: Typed, negated: Bool = false, others: Node, at place: AskedPlace) -> [Threshold] {
    // However much conditions are made of each other, an answer comes.
    decisions += 1
    if decisions > ThresholdFinder.mostDecisions { return [] }
    let context = place.context
    func literal(_ t: Typed, _ negated: Bool) -> Node {
      let node = run.lowering.lower(t, context, .truth)
      return negated ? run.lowering.not(node) : node
    }
    /// Each of some with what the others have to be. Where one will do, one that cannot be told does not yet: who
    /// stands at the bound is paid by it, and otherwise undetermined.
    func each(_ parts: [Typed], othersNegated: Bool) -> [Threshold] {
      let isOneEnough = othersNegated != negated
      return parts.indices.flatMap { i in
        let rest = parts.indices.filter { $0 != i }.map { j in
          let other = literal(parts[j], othersNegated)
          return isOneEnough ? run.lowering.orUnknown(other) : other
        }
        return decide(parts[i], negated: negated, others: run.graph.and([others] + rest), at: place)
      }
    }
    switch t.operation {
    case .and(let parts): return each(parts, othersNegated: false)
    case .or(let parts): return each(parts, othersNegated: true)
    case .not(let x): return decide(x, negated: !negated, others: others, at: place)
    case .call(let definition, let arguments):
      let found = arguments.flatMap { explore($0, others: others, at: place) }
      return found
        + run.lowering.with(arguments, context) {
          decide(definition.body, negated: negated, others: others, at: place)
        }
    case .except(let x, let exception, governedBy: _, let when):
      let excepted = run.graph.and([literal(exception, false)] + (when.map { [literal($0, false)] } ?? []))
      return decide(
        x, negated: negated, others: run.graph.and([others, run.lowering.not(excepted)]), at: place)
    case .ifThen(let test, let a, let b):
      let yes = literal(a, negated), no = literal(b, negated)
      let differ = run.graph.or([
        run.graph.and([yes, run.lowering.not(no)]), run.graph.and([no, run.lowering.not(yes)]),
      ])
      return decide(test, others: run.graph.and([others, differ]), at: place)
        + decide(a, negated: negated, others: run.graph.and([others, literal(test, false)]), at: place)
        + decide(b, negated: negated, others: run.graph.and([others, literal(test, true)]), at: place)
    case .between(let x, let low, let high):
      // A figure between two bounds is compared with each of them, where the other holds.
      let least = Typed(.compare(.greaterOrEqual, x, low), .truth, at: t.location)
      let most = Typed(.compare(.lessOrEqual, x, high), .truth, at: t.location)
      let found = [(least, most), (most, least)].map { one, other in
        compared(one, negated: negated, others: run.graph.and([others, literal(other, false)]), at: place)
      }
      if found.contains(where: { $0 != nil }) { looked.insert(ObjectIdentifier(t)) }
      return found.flatMap { $0 ?? [] } + explore(x, others: others, at: place)
    case .compare:
      let found = compared(t, negated: negated, others: others, at: place)
      if found != nil { looked.insert(ObjectIdentifier(t)) }
      return (found ?? []) + t.parts.flatMap { explore($0, others: others, at: place) }
    case .ofFrame(let x): return decide(x, negated: negated, others: run.frameTruthNode, at: framePlace())
    case .spellBegins, .spellEnd, .grouped: return []
    case .stable(let months, let from, let to):
      guard let found = stay(months, from, to, others: others, at: place) else { return [] }
      looked.insert(ObjectIdentifier(t))
      return found
    case _: return t.parts.flatMap { explore($0, others: others, at: place) }
    }
  }

  // MARK: One comparison

  /// Who stands near the bounds of a comparison; nil where it has none, or none that can be looked at here.
  private func compared(_ t: Typed, negated: Bool, others: Node, at place: AskedPlace) -> [Threshold]? {
    let all = comparisons(t, place.context).filter { $0.op != .equal && $0.op != .notEqual }
    let found = all.compactMap { one -> [Threshold]? in
      let op = negated ? one.op.negated : one.op
      // The parts of a whole ask the same, each for itself.
      let node = run.lowering.lower(one.left, place.context).number
      let own = "\(t.location.start)", name = watched(one.bound)?.name ?? one.bound.written
      let told = Told(place: place.key, node: node, comparison: op, bound: own + " " + name)
      guard self.told.insert(told).inserted else { return [] }
      return standing(one.left, op, one.bound, others: run.graph.and([others] + one.others), at: place)
    }
    return found.isEmpty ? nil : found.flatMap { $0 }
  }

  /// Who stands near a bound; nil where the bound is not known, or nothing here is told apart by the figure.
  func standing(
    _ left: Typed, _ op: Expression.Comparison, _ bound: Typed, others: Node, at place: AskedPlace
  ) -> [Threshold]? {
    let sides = ComparedSides(left: left, bound: bound)
    guard let raw = constant(bound, place.context).flatMap(sides.inType) else { return nil }
    let node = run.lowering.lower(sides.figure(op), place.context)
    // What nobody states, or everybody states alike, has nobody near it.
    if node.domain == .constant { return [] }
    guard node.register != .truth, place.tellsApart(node) else { return nil }
    let values = place.values(node), fits = place.values(others).truths
    var all: [Standing] = []
    for k in 0..<place.count where Truth.holds(fits[place.row(others, k)]) {
      guard let v = number(values, place.row(node, k)), !isFar(v, raw, sides.type), place.isAsked(k) else { continue }
      all.append(Standing(position: k, value: v, passes: Comparing.holds(op, v, raw)))
    }
    let held = Held(
      figure: left, watched: watched(bound), comparison: op, type: sides.type, bound: raw, unit: sides.unit)
    return [made(held, all, at: place)].compactMap { $0 }
  }

  /// Of many only those can be near that are.
  private func isFar(_ value: Int64, _ bound: Int64, _ type: ValueType) -> Bool {
    guard isCounted(type) else { return false }
    let (distance, isTooFar) = value.subtractingReportingOverflow(bound)
    return isTooFar || distance.magnitude > near.magnitude
  }

  /// A figure of the text in raw form; nil where it differs from case to case, or is not there.
  func constant(_ t: Typed, _ context: Lowering.Context) -> Int64? {
    guard isFigure(t.type) else { return nil }
    let op = run.lowering.lower(t, context).op
    if case .constant64(let v) = op { return v.isAbsent ? nil : v }
    if case .constant32(let v) = op { return v.isAbsent ? nil : Int64(v) }
    return nil
  }

  /// A comparison as one with a figure of the text; one with a table's figure as one with each row's, where that row
  /// is the one.
  func comparisons(_ t: Typed, _ context: Lowering.Context) -> [Comparison] {
    guard case .compare(let op, let a, let b) = t.operation else { return [] }
    let isA = constant(a, context) != nil, isB = constant(b, context) != nil
    if isA, isB { return [] }
    if isB { return [Comparison(left: a, op: op, bound: b)] }
    if isA { return [Comparison(left: b, op: op.turned, bound: a)] }
    for (part, whole, op) in [(a, b, op), (b, a, op.turned)] {
      let found = rows(of: whole, context).map { Comparison(left: part, op: op, bound: $0.figure, others: $0.others) }
      if !found.isEmpty { return found }
      // 贫困劳动力不少于用工总数的30%: a part of what differs from case to case is a ratio against the share.
      guard case .multiply(let x, let y) = whole.operation else { continue }
      for (share, base) in [(x, y), (y, x)] where share.type == .share && constant(base, context) == nil {
        let ratio = Typed(.divide(part, base), .fraction, at: part.location)
        if constant(share, context) != nil { return [Comparison(left: ratio, op: op, bound: share)] }
        let all = rows(of: share, context)
        if !all.isEmpty { return all.map { Comparison(left: ratio, op: op, bound: $0.figure, others: $0.others) } }
      }
    }
    return []
  }

  /// So many rows of a table are told apart.
  private static let mostRows = 100

  /// The figures that a table gives where it is looked up, each with what has to hold for it to be the one.
  private func rows(of t: Typed, _ context: Lowering.Context) -> [(figure: Typed, others: [Node])] {
    guard case .call(let definition, let arguments) = t.operation, case .rows(let table)? = definition.body.telling,
      table.rows.count <= ThresholdFinder.mostRows, table.rows.allSatisfy({ constant($0.figure, context) != nil })
    else { return [] }
    return run.lowering.with(arguments, context) {
      var before: [Node] = []
      return table.rows.map { row in
        let test = row.test.map { run.lowering.lower($0, context, .truth) }
        defer { before = [run.graph.and(before + [test.map(run.lowering.not) ?? run.graph.truth(Truth.no)])] }
        return (row.figure, before + (test.map { [$0] } ?? []))
      }
    }
  }
}

extension Lowering {
  /// Whether a condition holds or cannot be told.
  fileprivate func orUnknown(_ condition: Node) -> Node {
    if case .constantTruth(let t) = condition.op { return graph.truth(t == Truth.unknown ? Truth.yes : t) }
    let isKnown = graph.apply(.given, [condition], register: .truth, mayBeAbsent: false, liftsAbsence: false)
    return graph.or([condition, not(isKnown)])
  }
}

extension Expression.Comparison {
  /// What holds where it does not.
  fileprivate var negated: Self {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .equal: .notEqual
    case .notEqual: .equal
    }
  }
}
