// Whether a figure that has no price lacks nothing else: all facts that it hangs on are known, and only what is laid
// down elsewhere is not. Knows nothing of payments.
import PolicyLanguage
import Reckoning

extension Lowering {
  /// A condition that is unknown where a figure hangs on a fact that is not known, else holds.
  /// - Parameter node: a figure that hangs on values which nobody has supplied.
  func isKnownButForValues(_ node: Node) -> Node {
    var looking = KnownFacts(self)
    return looking.look(node)
  }
}

extension Lowering {
  /// Whether a figure is not known, for whatever reason.
  func isUnknown(_ figure: Node) -> Node {
    graph.apply(.form(.isUnknown), [figure], register: .truth, mayBeAbsent: false, liftsAbsence: false)
  }

  /// What is laid down elsewhere and may be lacked where a figure hangs on it, as it is told: values that nobody has
  /// supplied, and figures of a day before the first.
  func lackedSomewhere(_ node: Node) -> Set<String> {
    var names: Set<String> = []
    var seen: Set<Int> = []
    let values = Set(document.values.map(\.name))
    func visit(_ n: Node) {
      guard seen.insert(n.number).inserted else { return }
      if case .missing(let name, _) = n.op, values.contains(name) { names.insert(name) }
      if case .form(.onDay(let name, let days)) = n.op, mayBeBefore(days[0], n.inputs[0]) {
        names.insert(Lowering.before(name, days[0]))
      }
      if case .gather(let inner) = n.op { visit(inner) }
      n.inputs.forEach(visit)
    }
    visit(node)
    return names
  }

  private func mayBeBefore(_ first: Int32, _ day: Node) -> Bool {
    if case .constant32(let day) = day.op { return day < first }
    return true
  }

  /// Whether a figure is lacked whatever the facts are: nothing chooses between it and one that is there.
  func isLackedThroughout(_ node: Node) -> Bool {
    switch node.op {
    case .missing(let name, _): document.values.contains { $0.name == name }
    case .gather(let inner): isLackedThroughout(inner)
    case .add, .subtract, .multiply, .product: node.inputs.contains(where: isLackedThroughout)
    case .constant32, .constant64, .constantTruth, .column, .row, .spread, .frameColumn, .pairColumn, .ownText,
      .placeWithin, .placeProvince, .whole, .and, .or, .not, .except, .given, .compare, .compareDateOrYear,
      .compareProducts, .compareExact, .between, .betweenDateOrYear, .within, .stable, .includes, .includesBetween,
      .ifThen, .pick, .addMonths, .addMonthsDateOrYear, .addDays, .dateDifference, .completes, .stableFrom, .yearOf,
      .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning, .widen, .form, .exact:
      false
    }
  }
}

/// Follows a figure down to its facts, each node once.
private struct KnownFacts {
  private let lowering: Lowering
  private let graph: Graph
  private let values: Set<String>
  private var known: [Int: Node] = [:]
  private var holes: [Int: Bool] = [:]

  init(_ lowering: Lowering) {
    self.lowering = lowering
    graph = lowering.graph
    values = Set(lowering.document.values.map(\.name))
  }

  mutating func look(_ n: Node) -> Node {
    if let found = known[n.number] { return found }
    let made = hasHole(n) ? around(n) : settled(n)
    known[n.number] = made
    return made
  }

  /// Whether a value that nobody has supplied stands in it.
  private mutating func hasHole(_ n: Node) -> Bool {
    if let found = holes[n.number] { return found }
    var found = false
    if case .missing(let name, _) = n.op { found = values.contains(name) }
    if case .form(.onDay) = n.op { found = true }
    if case .gather(let inner) = n.op { found = hasHole(inner) }
    for input in n.inputs where !found { found = hasHole(input) }
    holes[n.number] = found
    return found
  }

  /// Of what is unknown in any case for want of a value: whether its parts are known.
  private mutating func around(_ n: Node) -> Node {
    if case .missing = n.op { return graph.truth(Truth.yes) }
    // What is asked of other records is asked of each of them.
    if case .whole = n.op { return graph.truth(Truth.yes) }
    if case .gather(let inner) = n.op {
      let index = n.inputs[0], within = look(inner)
      let there =
        within.domain == .constant
        ? within : graph.or([graph.gather(within, index), lowering.not(lowering.given(index))])
      return graph.and([look(index), there])
    }
    if n.op == .ifThen { return chosen(n.inputs[0], look(n.inputs[1]), look(n.inputs[2])) }
    if case .exact(let form, _) = n.op { return around(form, n.inputs) }
    return graph.and(n.inputs.map { look($0) })
  }

  private mutating func around(_ form: ExactForm, _ inputs: [Node]) -> Node {
    switch form {
    case .input(let i): return look(inputs[i])
    case .product(let above, let below): return graph.and((above + below).map { around($0, inputs) })
    case .sum(let a, let b, _): return graph.and([around(a, inputs), around(b, inputs)])
    case .choose(let test, let a, let b): return chosen(inputs[test], around(a, inputs), around(b, inputs))
    case .pick(_, let all): return graph.and(all.map { around($0, inputs) })
    case .power(let base, let years): return graph.and([around(base, inputs), look(inputs[years])])
    }
  }

  /// A branch that is not taken need not be known.
  private mutating func chosen(_ test: Node, _ a: Node, _ b: Node) -> Node {
    graph.and([look(test), graph.or([lowering.not(test), a]), graph.or([test, b])])
  }

  /// Holds where a node's value is there or there is none.
  private func settled(_ n: Node) -> Node {
    if n.register != .truth, !n.mayBeAbsent { return graph.truth(Truth.yes) }
    if case .constantTruth(let t) = n.op { return graph.truth(t | Truth.not(t)) }
    let own =
      n.register == .truth
      ? n : graph.apply(.compare(.equal), [n, n], register: .truth, mayBeAbsent: false)
    return graph.or([own, lowering.not(own)])
  }
}
