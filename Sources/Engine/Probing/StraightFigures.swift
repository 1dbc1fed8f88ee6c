// Which figures lie on a straight line over the figure that is varied while nothing is decided otherwise: sums, parts
// and differences of such, and the larger of several where it stays the same one. Where two such figures compare alike
// at two values, they do so everywhere between them. Knows nothing of payments.
import PolicyLanguage
import Reckoning

extension DecisionTracer {
  /// What else has to be decided alike for figures to be straight: which of several is picked.
  struct Choice: Hashable {
    let node: Node
    let pick: Expression.Pick
    let forms: [ExactForm]
  }

  /// Such choices, each once, in the order in which they are met.
  struct Choices {
    private(set) var all: [Choice] = []
    private var known: Set<Choice> = []

    mutating func insert(_ choice: Choice) { if known.insert(choice).inserted { all.append(choice) } }
  }

  /// How a figure goes.
  enum Course {
    /// On a straight line.
    case straight
    /// The nearest whole number of what goes on a straight line: it moves one way by itself.
    case rounded
    /// One way.
    case oneWay
    case unknown
  }

  func course(_ node: Node, _ choices: inout Choices) -> Course {
    if isStraight(node, &choices) { return .straight }
    var inner = node
    // What is looked up at a record is as straight there.
    while case .gather(let x) = inner.op, !touched.contains(inner.inputs[0]) { inner = x }
    switch inner.op {
    case .product(let numerators, _):
      if isStraight(above: Array(inner.inputs.prefix(numerators)), below: Array(inner.inputs[numerators...]), &choices)
      {
        return .rounded
      }
    case .exact(let form, .rounded), .exact(let form, .down):
      if isStraight(form, inner, &choices) { return .rounded }
    case _: break
    }
    return direction(node) == .mixed ? .unknown : .oneWay
  }

  /// Whether a figure is not rounded and lies on a straight line.
  func isStraight(_ node: Node, _ choices: inout Choices) -> Bool {
    if origins.contains(node) || !touched.contains(node) { return true }
    func all(_ nodes: some Sequence<Node>) -> Bool { nodes.allSatisfy { isStraight($0, &choices) } }
    switch node.op {
    case .widen, .spread, .add, .subtract: return all(node.inputs)
    case .multiply: return node.inputs.count(where: touched.contains) < 2 && all(node.inputs)
    case .gather(let inner): return !touched.contains(node.inputs[0]) && isStraight(inner, &choices)
    // Which branch is taken is a decision.
    case .ifThen: return all(node.inputs.dropFirst())
    case .pick(let pick):
      if node.register != .int64 { return false }
      choices.insert(Choice(node: node, pick: pick, forms: node.inputs.indices.map { .input($0) }))
      return all(node.inputs)
    case .frameColumn(let i, _) where i >= 2 && run.lowering.aggregates.indices.contains(i - 2):
      switch run.lowering.aggregates[i - 2].0 {
      case .count, .passed: return true
      case .sum(_, let x): return isStraight(x, &choices)
      case .dateOfNumber, .firstDay, .sumOfFractions, .extremeOfFractions, .differentFractions, .extreme, .different:
        return false
      }
    case .whole(.sideways(let op)):
      let others = node.inputs[1..<op.value] + node.inputs[op.both...]
      if others.contains(where: touched.contains) { return false }
      switch op.figure {
      case .count: return true
      case .sum: return all(node.inputs[op.value..<op.both])
      case .pick, .fractions, .pickOfFractions, .different: return false
      }
    case _: return false
    }
  }

  /// The same of an exact amount over a node's inputs.
  func isStraight(_ form: ExactForm, _ node: Node, _ choices: inout Choices) -> Bool {
    let inputs = node.inputs
    if !isTouched(form, inputs) { return true }
    switch form {
    case .input(let i): return isStraight(inputs[i], &choices)
    case .sum(let a, let b, _), .choose(_, let a, let b):
      return isStraight(a, node, &choices) && isStraight(b, node, &choices)
    case .pick(let pick, let forms):
      choices.insert(Choice(node: node, pick: pick, forms: forms))
      return forms.allSatisfy { isStraight($0, node, &choices) }
    case .product(let above, let below):
      var factors: [Node] = [], divisors: [Node] = []
      for case .input(let i) in above { factors.append(inputs[i]) }
      for case .input(let i) in below { divisors.append(inputs[i]) }
      if factors.count == above.count, divisors.count == below.count {
        return isStraight(above: factors, below: divisors, &choices)
      }
      if below.contains(where: { isTouched($0, inputs) }) || above.count(where: { isTouched($0, inputs) }) > 1 {
        return false
      }
      return above.allSatisfy { isStraight($0, node, &choices) }
    case .power: return false
    }
  }

  /// The same of a product over another: of two columns that together are one exact amount, of that amount.
  func isStraight(above: [Node], below: [Node], _ choices: inout Choices) -> Bool {
    var (above, below) = (above, below)
    for divisor in below where touched.contains(divisor) {
      guard let factor = above.first(where: { isOneFigure($0, over: divisor) }) else { return false }
      var inner = factor
      while case .gather(let x) = inner.op { inner = x }
      guard case .exact(let form, _) = inner.op, isStraight(form, inner, &choices) else { return false }
      above.removeAll { $0 === factor }
      below.removeAll { $0 === divisor }
      // The amount itself is the one factor that moves.
      return !(above + below).contains(where: touched.contains)
    }
    return above.count(where: touched.contains) < 2 && above.allSatisfy { isStraight($0, &choices) }
  }

  /// Whether two columns are the numerator and the denominator of one amount.
  private func isOneFigure(_ a: Node, over b: Node) -> Bool {
    switch (a.op, b.op) {
    case (.exact(let x, .numerator), .exact(let y, .denominator)): return x == y && a.inputs == b.inputs
    case (.gather(let x), .gather(let y)):
      return a.inputs == b.inputs && !touched.contains(a.inputs[0]) && isOneFigure(x, over: y)
    case _: return false
    }
  }

  private func isTouched(_ form: ExactForm, _ inputs: [Node]) -> Bool {
    switch form {
    case .input(let i): touched.contains(inputs[i])
    case .product(let above, let below): (above + below).contains { isTouched($0, inputs) }
    case .sum(let a, let b, _): isTouched(a, inputs) || isTouched(b, inputs)
    case .choose(let i, let a, let b):
      touched.contains(inputs[i]) || isTouched(a, inputs) || isTouched(b, inputs)
    case .pick(_, let all): all.contains { isTouched($0, inputs) }
    case .power(let base, let years): isTouched(base, inputs) || touched.contains(inputs[years])
    }
  }

  /// Says which of several figures is picked, row by row.
  func add(_ choice: Choice, to digest: inout Digest) {
    let isLarger = choice.pick == .larger || choice.pick == .later
    var picked: [Int32] = []
    for i in choice.forms.indices.dropFirst() {
      let before: ExactForm = i == 1 ? choice.forms[0] : .pick(choice.pick, Array(choice.forms.prefix(i)))
      let test = run.graph.make(
        .compareExact(isLarger ? .greater : .less, choice.forms[i], before), choice.node.inputs,
        domain: choice.node.domain, register: .truth, mayBeAbsent: false)
      let truths = values(test).truths
      if picked.isEmpty { picked = [Int32](repeating: 0, count: truths.count) }
      for k in picked.indices where k < truths.count {
        if Truth.holds(truths[k]) { picked[k] = Int32(truncatingIfNeeded: i) }
        if Truth.isUnknown(truths[k]) { picked[k] = -1 }
      }
    }
    for k in picked { digest.add(Int64(k)) }
  }
}
