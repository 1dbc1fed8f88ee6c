// Which way what a measure pays moves with a figure while nothing is decided otherwise. Knows nothing of goals.
import PolicyLanguage

extension DecisionTracer {
  /// How what the measure pays moves.
  var direction: Direction {
    var all = Direction.none
    for i in run.measure.pays.indices {
      let (amount, context) = run.moving(i, touched: touched.contains)
      all = all.joined(direction(run.lowering.lower(amount, context, .int64)))
    }
    all = run.net(of: all, touched: touched.contains, direction: direction)
    // What a cap leaves rises with the cap and with what is capped; of several it cannot be said.
    let caps = run.measure.limits.caps
    for cap in caps { all = all.joined(direction(run.lowering.lower(cap.amount, run.frameContext, .int64))) }
    // Where who fits less gives way to others, or room comes back with time, more may leave less.
    let takesTurns =
      caps.count > 1 || caps.contains { $0.within != nil || (!$0.isShared && run.lowering.capEnd != .part) }
    return takesTurns && all != .none ? .mixed : all
  }

  func direction(_ node: Node) -> Direction {
    if origins.contains(node) { return .up }
    guard touched.contains(node) else { return .none }
    if let found = known[node] { return found }
    known[node] = .mixed
    let found = direction(ofSteps: node) ?? worked(node)
    known[node] = found
    return found
  }

  /// What a table gone through step by step comes to: it rises with how far it is gone and with every figure, and where
  /// figures ascend it falls with every bound, where they descend it rises. Nil where the node is none.
  private func direction(ofSteps node: Node) -> Direction? {
    guard let (steps, context) = run.lowering.stepsOf[node.number] else { return nil }
    func direction(_ t: Typed) -> Direction { self.direction(run.lowering.lower(t, context, .int64)) }
    var all = direction(steps.amount)
    let figures = steps.steps.map { run.lowering.lower($0.figure, context, .int64) }
    for figure in figures { all = all.joined(self.direction(figure)) }
    let bounds = steps.steps.compactMap(\.upTo).map(direction).reduce(Direction.none) { $0.joined($1) }
    if bounds == .none { return all }
    let values = figures.map { figure -> Int64? in
      if case .constant64(let value) = figure.op, !value.isAbsent { value } else { nil }
    }
    let neighbours = zip(values, values.dropFirst())
    func isOrdered(_ holds: (Int64, Int64) -> Bool) -> Bool {
      neighbours.allSatisfy { a, b in
        guard let a, let b else { return false }
        return holds(a, b)
      }
    }
    return all.joined(isOrdered(<=) ? bounds.flipped : isOrdered(>=) ? bounds : .mixed)
  }

  func direction(_ form: ExactForm, _ inputs: [Node], at node: Node) -> Direction {
    func direction(_ form: ExactForm) -> Direction { self.direction(form, inputs, at: node) }
    func all(_ forms: [ExactForm]) -> Direction { forms.reduce(.none) { $0.joined(direction($1)) } }
    switch form {
    case .input(let i): return self.direction(inputs[i])
    case .product(let above, let below):
      let way = all(above).joined(all(below).flipped)
      let isUp = { (form: ExactForm) in self.isNeverBelowNought(form, node) }
      return way == .none || keepsSign(above, below, moves: { direction($0) != .none }, isUp) ? way : .mixed
    case .sum(let a, let b, let adding):
      let second = direction(b)
      return direction(a).joined(adding ? second : second.flipped)
    // Which branch is taken is a decision.
    case .choose(_, let a, let b): return all([a, b])
    case .pick(_, let forms): return all(forms)
    // What grows rises with the share; with the years as long as the share is not below nought, which none is.
    case .power(let base, let years): return direction(base).joined(self.direction(inputs[years]))
    }
  }

  private func direction(_ op: FormOp, _ inputs: [Node]) -> Direction {
    switch op {
    case .plain(.days, _), .plain(.monthParts, _), .plain(.yearParts, _), .plain(.days360, _), .plain(.periods, _):
      return direction(inputs[0]).flipped.joined(direction(inputs[1]))
    case .plain(.edge, _), .plain(.numbered, _), .plain(.periodStart, _), .plain(.periodEnd, _):
      return inputs.reduce(.none) { $0.joined(direction($1)) }
    case .plain(.daysPresent, _), .plain(.part, _), .plain(.prefecture, _), .plain(.county, _), .plain(.level, _),
      .plain(.grown, _), .plain(.onDay, _),
      .area, .level, .noRow, .isUnknown:
      return inputs.contains(where: touched.contains) ? .mixed : .none
    case .onDay:
      if touched.contains(inputs[0]) { return .mixed }
      return inputs.dropFirst().reduce(.none) { $0.joined(direction($1)) }
    }
  }

  /// Who is a member is a decision, where it is asked of each by itself; what is added up of them moves by itself.
  private func direction(_ op: SidewaysOp, _ inputs: [Node]) -> Direction {
    let others = inputs[1..<op.value] + inputs[op.both...]
    if others.contains(where: touched.contains) { return .mixed }
    let values = inputs[op.value..<op.both]
    switch op.figure {
    case .count: return .none
    case .sum, .pick: return values.reduce(.none) { $0.joined(direction($1)) }
    case .fractions, .pickOfFractions, .different: return values.contains(where: touched.contains) ? .mixed : .none
    }
  }

  private func worked(_ node: Node) -> Direction {
    let inputs = node.inputs
    func all(_ nodes: some Sequence<Node>) -> Direction { nodes.reduce(.none) { $0.joined(direction($1)) } }
    switch node.op {
    case .gather(let inner): return touched.contains(inputs[0]) ? .mixed : direction(inner)
    case .widen, .spread, .yearOf, .yearOfDateOrYear, .dayOfYear: return all(inputs)
    case .multiply:
      let way = all(inputs)
      return way == .none || keepsSign(inputs, []) ? way : .mixed
    case .add, .pick, .addMonths, .addMonthsDateOrYear, .addDays, .completes, .stableFrom: return all(inputs)
    case .subtract, .dateDifference: return direction(inputs[0]).joined(direction(inputs[1]).flipped)
    case .wholeMonths, .wholeYears: return direction(inputs[0]).flipped.joined(direction(inputs[1]))
    case .product(let numerators, _):
      let (above, below) = (Array(inputs.prefix(numerators)), Array(inputs.dropFirst(numerators)))
      let way = all(above).joined(all(below).flipped)
      return way == .none || keepsSign(above, below) ? way : .mixed
    case .exact(let form, _): return direction(form, inputs, at: node)
    case .form(let op): return direction(op, inputs)
    // Which branch is taken is a decision.
    case .ifThen: return direction(inputs[1]).joined(direction(inputs[2]))
    case .frameColumn(let i, _) where i >= 2 && run.lowering.aggregates.indices.contains(i - 2):
      // Who is counted is a decision; what is added up of them moves by itself.
      switch run.lowering.aggregates[i - 2].0 {
      case .count: return .none
      case .sum(_, let x), .dateOfNumber(_, let x), .firstDay(_, let x): return direction(x)
      case .sumOfFractions, .extremeOfFractions, .differentFractions: return .mixed
      case .extreme(_, let x, _): return direction(x)
      case .different(_, let x): return direction(x) == .none ? .none : .mixed
      case .passed: return .none
      }
    case .frameColumn(1, _): return .none
    case .whole(.sideways(let op)): return direction(op, inputs)
    // Conditions and the like do not move; of what else there is it cannot be said.
    case .constant32, .constant64, .constantTruth, .missing, .column, .row, .frameColumn, .pairColumn, .ownText,
      .placeWithin,
      .placeProvince, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .compareProducts, .between,
      .betweenDateOrYear, .within, .stable, .includes, .includesBetween, .yearsRunning, .compareExact, .whole:
      return .mixed
    }
  }

  // MARK: Signs

  /// Whether a product moves as its factors do: beside one that moves no other may be below nought, and none below the
  /// line.
  private func keepsSign<Factor>(
    _ above: [Factor], _ below: [Factor], moves: (Factor) -> Bool, _ isNeverBelowNought: (Factor) -> Bool
  ) -> Bool {
    let moving = above.count(where: moves)
    if below.contains(where: moves) || moving > 1 { return (above + below).allSatisfy(isNeverBelowNought) }
    return (above.filter { !moves($0) } + below).allSatisfy(isNeverBelowNought)
  }

  private func keepsSign(_ above: [Node], _ below: [Node]) -> Bool {
    keepsSign(above, below, moves: touched.contains, isNeverBelowNought)
  }

  private func isNeverBelowNought(_ node: Node) -> Bool {
    switch values(node).column {
    case .truth: true
    case .int32(let v): (0..<v.count).allSatisfy { v[$0] >= 0 || v[$0].isAbsent }
    case .int64(let v): (0..<v.count).allSatisfy { v[$0] >= 0 || v[$0].isAbsent }
    }
  }

  private func isNeverBelowNought(_ form: ExactForm, _ node: Node) -> Bool {
    if case .input(let i) = form { return isNeverBelowNought(node.inputs[i]) }
    return isNeverBelowNought(
      run.graph.make(
        .exact(form, .numerator), node.inputs, domain: node.domain, register: .int64, mayBeAbsent: true))
  }
}
