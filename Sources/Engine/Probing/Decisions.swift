// How a programme decides while one figure is varied: a digest of every comparison that the figure takes part in, and
// the direction in which amounts move with it. Where two runs decide alike and amounts move one way, nothing else can
// happen between the two: every comparison flips at most once as the figure grows (an equality and a `from ... to` are
// looked at as two comparisons), and a sum of amounts that all rise, or the higher of several, rises too. Goal seeking
// is exact because of this. Knows nothing of goals.
import Facts
import PolicyLanguage
import Reckoning

/// In which direction amounts move when a figure grows.
package enum Direction: Sendable, Hashable {
  /// They stay.
  case none
  case up
  case down
  /// Some up and some down, or it cannot be said.
  case mixed

  func joined(_ other: Direction) -> Direction {
    if self == .none || self == other { return other }
    return other == .none ? self : .mixed
  }

  var flipped: Direction {
    switch self {
    case .up: .down
    case .down: .up
    case .none, .mixed: self
    }
  }
}

/// How a programme decides at one value of a figure.
package struct Decisions: Sendable, Hashable {
  /// A digest of every comparison; equal digests are equal decisions.
  package let digest: UInt64
  /// How amounts move with the figure as long as nothing is decided otherwise.
  package let direction: Direction
  /// By how many fen at most the total may move the other way all the same: instalments are rounded one by one.
  package let slack: Int64
}

extension Engine {
  /// Looks at every measure that speaks of the figure.
  /// - Parameter memory: what earlier runs over the same facts have worked out, as far as the figure was not looked at.
  package static func decisions(
    on watched: Watched, _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings,
    memory: RunMemory? = nil
  ) -> Decisions {
    var digest = Digest()
    var direction = Direction.none
    var slack: Int64 = 0
    var index = 0
    for document in documents {
      for measure in document.measures {
        defer { index += 1 }
        guard measure.form == .measure, measure.mentions(watched),
          measure.lacks(in: scenario.dataset.dictionary) == nil
        else { continue }
        let run = stepped(
          measure, of: document, index: index, scenario: scenario, settings: settings, memory: memory,
          watching: watched)
        let candidates = run.pay()
        let tracer = DecisionTracer(run, watched)
        digest.add(Int64(index))
        tracer.add(to: &digest)
        for c in candidates {
          digest.add(Int64(c.count))
          digest.add(c.missing.isEmpty ? 0 : 1)
        }
        digest.add(run.diagnostics.contains { $0.severity == .error } ? 1 : 0)
        direction = direction.joined(tracer.direction)
        slack += run.roundings(candidates)
      }
    }
    for limit in documents.flatMap(\.limits) where limit.caps.flatMap(\.expressions).mention(watched) {
      // A limit that rises lets no payment fall, unless two of them take turns.
      direction = direction.joined(limit.caps.count == 1 && limit.caps[0].within == nil ? .up : .mixed)
    }
    let isJoint = documents.flatMap(\.measures).contains { measure in
      measure.limits.joint.contains { $0.cap.expressions.mention(watched) }
    }
    if isJoint { direction = .mixed }
    let crossing = documents.contains { document in
      let end = CapEnd(choice: settings.choice(of: Reading.capEnd, in: document))
      return document.limits.contains { limit in
        (limit.caps.count > 1 || limit.caps.contains { $0.within != nil || (!$0.isShared && end != .part) })
          && (limit.caps.flatMap(\.expressions).mention(watched)
            || document.measures.contains { limit.measures.contains($0.name) && $0.mentions(watched) })
      }
    }
    let isCut = crossing || isBornePartly(watched, documents)
    if isCut || (direction != .none && recoversBeside(watched, documents)) { direction = .mixed }
    return Decisions(digest: digest.value, direction: direction, slack: slack)
  }
}

/// Whether a figure bears on payments of which the cap of a source decides what is paid: their parts are rounded one by
/// one, and may go the other way.
private func isBornePartly(_ watched: Watched, _ documents: [CheckedDocument]) -> Bool {
  documents.contains { document in
    document.limits.contains { limit in
      limit.capsSources
        && (limit.caps.flatMap(\.expressions).mention(watched)
          || document.fundParameters.contains { watched == Watched(parameter: $0.id) }
          || document.measures.contains { limit.measures.contains($0.name) && $0.mentions(watched) })
    }
  }
}

/// Follows one figure through the graph of a measure that has been run.
private final class DecisionTracer {
  private let run: MeasureRun
  private let nodes: [Node]
  private var touched: Set<Node> = []
  private var touchedSets: Set<Int> = []
  private var known: [Node: Direction] = [:]
  private let origins: Set<Node>

  init(_ run: MeasureRun, _ watched: Watched) {
    self.run = run
    nodes = run.graph.nodes
    origins = Set(run.lowering.nodes(of: watched))
    spread()
  }

  // MARK: What the figure touches

  private func spread() {
    touched = origins
    var isGrowing = true
    while isGrowing {
      let before = touched.count + touchedSets.count
      for node in nodes where !touched.contains(node) && isReached(node) { touched.insert(node) }
      for (i, set) in run.measure.sets.enumerated() where !touchedSets.contains(i) && isReached(set, i) {
        touchedSets.insert(i)
      }
      isGrowing = touched.count + touchedSets.count > before
    }
  }

  private func isReached(_ node: Node) -> Bool {
    if node.inputs.contains(where: touched.contains) { return true }
    switch node.op {
    case .gather(let inner): return touched.contains(inner)
    case .frameColumn(1, _): return rangeEnds.contains(where: touched.contains)
    case .frameColumn(let i, _) where i >= 2:
      guard run.lowering.aggregates.indices.contains(i - 2) else { return false }
      switch run.lowering.aggregates[i - 2].0 {
      case .count(let s): return touchedSets.contains(s)
      case .sum(let s, let x), .dateOfNumber(let s, let x), .firstDay(let s, let x):
        return touchedSets.contains(s) || touched.contains(x)
      case .sumOfFractions(let s, let x, let y, _), .extremeOfFractions(let s, let x, let y, _, _),
        .differentFractions(let s, let x, let y):
        return touchedSets.contains(s) || touched.contains(x) || touched.contains(y)
      case .extreme(let s, let x, _), .different(let s, let x): return touchedSets.contains(s) || touched.contains(x)
      case .passed: return touched.contains(run.baseCondition) || touched.contains(run.restCondition)
      }
    case .constant32, .constant64, .constantTruth, .missing, .column, .row, .spread, .frameColumn, .pairColumn,
      .ownText,
      .placeWithin,
      .placeProvince, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .compareProducts, .between,
      .betweenDateOrYear, .within, .stable, .includes, .includesBetween, .ifThen, .pick, .addMonths,
      .addMonthsDateOrYear,
      .addDays, .dateDifference, .completes, .stableFrom, .yearOf, .yearOfDateOrYear, .dayOfYear, .wholeMonths,
      .wholeYears, .yearsRunning, .widen, .add, .subtract, .multiply, .product, .exact, .compareExact, .whole, .form:
      return false
    }
  }

  private func isReached(_ set: CheckedSet, _ i: Int) -> Bool {
    if run.memberConditions.indices.contains(i), touched.contains(run.memberConditions[i]) { return true }
    if let late = run.lateConditions[i], touched.contains(late) { return true }
    if touched.contains(run.baseCondition) || touched.contains(run.restCondition) { return true }
    switch set.source {
    case .list: return false
    case .set(let source): return touchedSets.contains(source)
    case .first(let n, let source):
      return touchedSets.contains(source) || touched.contains(run.lowering.lower(n, run.frameContext, .int64))
    }
  }

  private var rangeEnds: [Node] {
    guard let (_, i) = run.measure.frame?.iterations.first, case .range(_, let from, let to) = i else { return [] }
    return [from, to].map { run.lowering.lower($0, run.frameContext, .int64) }
  }

  // MARK: Decisions

  func add(to digest: inout Digest) {
    for node in nodes where node.register == .truth && touched.contains(node) { add(node, to: &digest) }
    var limits: [Node] = rangeEnds
    for set in run.measure.sets {
      if case .first(let n, _) = set.source { limits.append(run.lowering.lower(n, run.frameContext, .int64)) }
    }
    for quota in run.measure.limits.quotas { limits.append(run.lowering.lower(quota.limit, run.frameContext, .int64)) }
    if let only = run.measure.limits.onlyFirst {
      limits.append(run.lowering.lower(only.limit, run.frameContext, .int64))
    }
    // A limit beyond everything that there is limits nothing, however large.
    let counts = run.sets.compactMap { $0.counts(run.frameCount).max().map(Int64.init) }
    let most = counts.reduce(Int64(run.frameCount), max) + 1
    for limit in limits where touched.contains(limit) {
      let isRange = rangeEnds.contains { $0 === limit }
      numbers(limit).forEach { digest.add(isRange ? $0 : min($0, most)) }
    }
  }

  private func add(_ node: Node, to digest: inout Digest) {
    switch node.op {
    case .and, .or, .not, .ifThen, .except, .gather, .spread, .constantTruth, .frameColumn, .pairColumn: break
    case .between, .betweenDateOrYear:
      order(node.inputs[0], node.inputs[1], &digest)
      order(node.inputs[0], node.inputs[2], &digest)
    case .compare(.equal), .compare(.notEqual), .compareDateOrYear(.equal), .compareDateOrYear(.notEqual):
      if node.inputs[0].register == .truth {
        addTruth(node, &digest)
      } else {
        order(node.inputs[0], node.inputs[1], &digest)
      }
    // Whether a price is lacking hangs on no figure but by being there.
    case .compare, .compareDateOrYear, .stable, .given, .form(.isUnknown): addTruth(node, &digest)
    case .compareExact(let comparison, _, _) where comparison != .equal && comparison != .notEqual:
      addTruth(node, &digest)
    case .compareProducts(let comparison, _, _, _) where comparison != .equal && comparison != .notEqual:
      addTruth(node, &digest)
    case .compareProducts, .within, .includes, .includesBetween, .column, .missing, .placeWithin, .pick, .constant32,
      .constant64, .row, .ownText, .placeProvince, .addMonths, .addMonthsDateOrYear, .addDays, .dateDifference,
      .completes, .stableFrom, .yearOf, .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning, .widen,
      .add, .subtract, .multiply, .product, .exact, .compareExact, .whole, .form:
      // Whatever else asks about the figure: as long as the figure is the same, so is the answer.
      for input in node.inputs where touched.contains(input) && input.register != .truth {
        numbers(input).forEach { digest.add($0) }
      }
      addTruth(node, &digest)
    }
  }

  private func addTruth(_ node: Node, _ digest: inout Digest) {
    let truth = values(node).truths
    digest.add(UnsafeRawBufferPointer(start: truth.buffer.baseAddress, count: truth.count))
  }

  /// Which of two figures is the larger, row by row.
  private func order(_ a: Node, _ b: Node, _ digest: inout Digest) {
    let x = numbers(a), y = numbers(b)
    for i in 0..<max(x.count, y.count) where !x.isEmpty && !y.isEmpty {
      let p = x[x.count == 1 ? 0 : i], q = y[y.count == 1 ? 0 : i]
      digest.add(p < q ? 0 : p > q ? 2 : 1)
    }
  }

  private func values(_ node: Node) -> Values {
    node.domain == .frame ? run.frameValues(node) : run.evaluator.values(node)
  }

  private func numbers(_ node: Node) -> [Int64] {
    switch values(node).column {
    case .truth: []
    case .int32(let v): (0..<v.count).map { Int64(v[$0]) }
    case .int64(let v): (0..<v.count).map { v[$0] }
    }
  }

  // MARK: Directions

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

  private func direction(_ node: Node) -> Direction {
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

  private func direction(_ form: ExactForm, _ inputs: [Node]) -> Direction {
    func all(_ forms: [ExactForm]) -> Direction { forms.reduce(.none) { $0.joined(direction($1, inputs)) } }
    switch form {
    case .input(let i): return direction(inputs[i])
    case .product(let above, let below): return all(above).joined(all(below).flipped)
    case .sum(let a, let b, let adding):
      let second = direction(b, inputs)
      return direction(a, inputs).joined(adding ? second : second.flipped)
    // Which branch is taken is a decision.
    case .choose(_, let a, let b): return all([a, b])
    case .pick(_, let forms): return all(forms)
    // What grows rises with the share; with the years as long as the share is not below nought, which none is.
    case .power(let base, let years): return direction(base, inputs).joined(direction(inputs[years]))
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
    case .add, .multiply, .pick, .addMonths, .addMonthsDateOrYear, .addDays, .completes, .stableFrom: return all(inputs)
    case .subtract, .dateDifference: return direction(inputs[0]).joined(direction(inputs[1]).flipped)
    case .wholeMonths, .wholeYears: return direction(inputs[0]).flipped.joined(direction(inputs[1]))
    case .product(let numerators, _):
      return all(inputs.prefix(numerators)).joined(all(inputs.dropFirst(numerators)).flipped)
    case .exact(let form, _): return direction(form, inputs)
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
}
