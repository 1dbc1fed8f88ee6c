// Follows one figure through the graph of a measure that has been run: what it touches, and what is decided with it.
// Which way amounts move is in AmountDirections.swift.
import PolicyLanguage
import Reckoning

/// Follows one figure through the graph of a measure that has been run.
final class DecisionTracer {
  let run: MeasureRun
  let nodes: [Node]
  private(set) var touched: Set<Node> = []
  private var touchedSets: Set<Int> = []
  var known: [Node: Direction] = [:]
  let origins: Set<Node>
  /// Which of several figures is picked, where a comparison is between what is picked.
  var picks = Choices()

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

  /// How many there may be.
  var limits: [Node] {
    var limits: [Node] = rangeEnds
    for set in run.measure.sets {
      if case .first(let n, _) = set.source { limits.append(run.lowering.lower(n, run.frameContext, .int64)) }
    }
    for quota in run.measure.limits.quotas { limits.append(run.lowering.lower(quota.limit, run.frameContext, .int64)) }
    if let only = run.measure.limits.onlyFirst {
      limits.append(run.lowering.lower(only.limit, run.frameContext, .int64))
    }
    return limits
  }

  func add(to digest: inout Digest) {
    for node in nodes where node.register == .truth && touched.contains(node) { add(node, to: &digest) }
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

  func values(_ node: Node) -> Values {
    node.domain == .frame ? run.frameValues(node) : run.evaluator.values(node)
  }

  func numbers(_ node: Node) -> [Int64] {
    switch values(node).column {
    case .truth: []
    case .int32(let v): (0..<v.count).map { Int64(v[$0]) }
    case .int64(let v): (0..<v.count).map { v[$0] }
    }
  }
}
