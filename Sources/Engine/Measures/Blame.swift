// Which missing facts make a condition undetermined: from the condition back to the facts, through the parts that are
// unknown themselves.
import Facts
import PolicyLanguage

extension MeasureRun {
  /// How many subjects are asked what they lack: beyond so many no further fact is to be expected, and the bound keeps
  /// a huge gap in the facts cheap.
  static var blamed: Int { 20_000 }

  /// What stands beside the facts where a divisor is nought.
  static var divisionByZero: String { "division by zero" }

  /// What stands beside the facts where a figure does not fit.
  static var tooLarge: String { "too large" }

  /// The names of the facts and values that make a node unknown at some rows.
  func blame(_ node: Node, rows: [Int32]) -> Set<String> {
    var facts: Set<String> = []
    blame(node, rows: Array(rows.prefix(MeasureRun.blamed)), into: &facts, depth: 0)
    return facts
  }

  private func blame(_ node: Node, rows: [Int32], into facts: inout Set<String>, depth: Int) {
    if depth > 64 || rows.isEmpty { return }
    if case .missing(let name, _) = node.op {
      facts.insert(name)
      return
    }
    let code = evaluator.compile([node])
    let worker = Worker(code, evaluator)
    var next: [Node: Set<Int32>] = [:]
    rows.withUnsafeBufferPointer { list in
      var start = 0
      while start < list.count {
        let n = min(evaluator.batch, list.count - start)
        let batch = Lane(list).part(from: start, count: n)
        worker.run(start: start, count: n, rows: batch)
        trace(code, worker, batch, &facts, &next)
        start += n
      }
    }
    for (inner, rows) in next { blame(inner, rows: Array(rows), into: &facts, depth: depth + 1) }
  }

  private func trace(
    _ code: BatchCode, _ worker: Worker, _ rows: Lane<Int32>, _ facts: inout Set<String>,
    _ next: inout [Node: Set<Int32>]
  ) {
    let n = rows.count
    let looked = LookedAt(code: code, worker: worker)
    func unknown(_ step: Int, _ k: Int) -> Bool { looked.isUnknown(step, k) }
    var masks = [[Int]](repeating: [], count: code.steps.count)
    for r in code.roots { masks[r] = (0..<n).filter { unknown(r, $0) } }
    for i in code.steps.indices.reversed() where !masks[i].isEmpty {
      let step = code.steps[i]
      masks[i] = MeasureRun.once(masks[i])
      switch step.node.op {
      case .column(_, let field, _): facts.insert(field)
      case .missing(let name, _): facts.insert(name)
      case .whole:
        // What is not known of others makes it unknown.
        for input in step.node.inputs where input.domain != .constant {
          next[input, default: []].formUnion((0..<Int32(min(evaluator.rowCount(input.domain), MeasureRun.blamed))))
        }
      case .form(.onDay(let name, let days)):
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
        let day = worker.int32(step: step.inputs[0])
        if masks[i].contains(where: { !day[$0].isAbsent && day[$0] < days[0] }) {
          facts.insert(Lowering.before(name, days[0]))
        }
      case .form(.noRow(let name)):
        for k in masks[i] {
          for input in looked.withoutRow(step, k, name, &facts) { masks[input].append(k) }
        }
      case .form:
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
      case .ifThen:
        for k in masks[i] { for input in looked.taken(step, k) where unknown(input, k) { masks[input].append(k) } }
      case .frameColumn(let column, _) where column >= 2:
        for (node, rows) in asked(ofColumn: column - 2, of: masks[i].map { rows[$0] }) {
          next[node, default: []].formUnion(rows)
        }
      case .product, .exact, .compareProducts, .compareExact:
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
        // None of its figures is unknown: a divisor is nought, or it does not fit.
        blame(step, of: masks[i].filter { k in !step.inputs.contains { unknown($0, k) } }, looked, &facts)
      case .gather(let inner):
        guard let index = step.inputs.first else { continue }
        let indices = worker.int32(step: index)
        for k in masks[i] where indices[k] >= 0 { next[inner, default: []].insert(indices[k]) }
        masks[index] += masks[i].filter { indices[$0] < 0 }
      case .compareDateOrYear, .betweenDateOrYear, .yearOfDateOrYear:
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
        // All of its dates are known, but one only by its year.
        if masks[i].contains(where: { k in !step.inputs.contains { unknown($0, k) } }) {
          for input in step.inputs { facts.formUnion(MeasureRun.years(behind: code.steps[input].node)) }
        }
      case .add, .subtract, .multiply:
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
        if masks[i].contains(where: { k in !step.inputs.contains { unknown($0, k) } }) {
          facts.insert(MeasureRun.tooLarge)
        }
      case .constant32, .constant64, .constantTruth, .row, .spread, .frameColumn, .pairColumn, .ownText, .placeWithin,
        .placeProvince, .and, .or, .not, .except, .given, .compare, .between, .within, .stable, .includes,
        .includesBetween, .pick, .addMonths, .addMonthsDateOrYear, .addDays, .dateDifference, .completes, .stableFrom,
        .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning, .widen:
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
      }
    }
  }

  /// Why a quotient or a product is not known of rows of which all its figures are.
  private func blame(_ step: BatchCode.Step, of rows: [Int], _ looked: LookedAt, _ facts: inout Set<String>) {
    if rows.contains(where: { looked.isTooLarge(step, $0) }) { facts.insert(MeasureRun.tooLarge) }
    guard rows.contains(where: { !looked.isTooLarge(step, $0) }) else { return }
    facts.insert(MeasureRun.divisionByZero)
    facts.formUnion(graph.divisors[step.node.number, default: []])
  }

  /// Rows each once, in their order: what several steps need is asked once.
  private static func once(_ rows: [Int]) -> [Int] { rows.count > 1 ? Set(rows).sorted() : rows }

  /// What a frame's figure over its members was worked out from, with the rows at which it was, for some frames.
  private func asked(ofColumn column: Int, of frames: [Int32]) -> [(Node, [Int32])] {
    guard !frames.isEmpty, lowering.aggregates.indices.contains(column) else { return [] }
    func members(_ set: Int, _ nodes: [Node]) -> [(Node, [Int32])] {
      var wanted = RowSet()
      for f in frames { wanted.insert(f) }
      let all = sets[set].all
      let places = all.frames.indices.filter { wanted.contains(all.frames[$0]) }.prefix(MeasureRun.blamed)
      return nodes.map { node in
        (node, node.isOfPairs ? places.map { Int32(truncatingIfNeeded: $0) } : places.map { all.rows[$0] })
      }
    }
    switch lowering.aggregates[column].0 {
    case .count: return []
    case .sum(let set, let x), .extreme(let set, let x, _), .different(let set, let x): return members(set, [x])
    case .sumOfFractions(let set, let above, let below, _), .extremeOfFractions(let set, let above, let below, _, _),
      .differentFractions(let set, let above, let below):
      return members(set, [above, below])
    case .dateOfNumber(_, let n), .firstDay(_, let n): return [(n, frames)]
    case .passed: return [(frameTruthNode, frames)]
    }
  }

  /// The facts that may be years, and to which months are added.
  private static func years(behind node: Node) -> Set<String> {
    var facts: Set<String> = []
    var seen: [Set<Int>] = [[], []]
    func visit(_ n: Node, isMoved: Bool) {
      guard seen[isMoved ? 1 : 0].insert(n.number).inserted else { return }
      if case .column(_, let field, _) = n.op, isMoved { facts.insert(field) }
      if case .gather(let inner) = n.op { return visit(inner, isMoved: isMoved) }
      for (i, input) in n.inputs.enumerated() {
        visit(input, isMoved: isMoved || (n.op.isOfMonthsAndYears && i == 0))
      }
    }
    visit(node, isMoved: false)
    return facts
  }

  /// The facts that a figure is made of, as far as they may be absent.
  fileprivate static func facts(behind node: Node) -> Set<String> {
    var facts: Set<String> = []
    var seen: Set<Int> = []
    func visit(_ n: Node) {
      guard n.mayBeAbsent || n.register == .truth, seen.insert(n.number).inserted else { return }
      if case .column(_, let field, _) = n.op { facts.insert(field) }
      if case .gather(let inner) = n.op { visit(inner) }
      for input in n.inputs { visit(input) }
    }
    visit(node)
    return facts
  }
}

extension Op {
  fileprivate var isOfMonthsAndYears: Bool { if case .addMonthsDateOrYear = self { true } else { false } }
}

/// The values of a batch's steps, where they are not known or are not there.
private struct LookedAt {
  let code: BatchCode
  let worker: Worker

  func isUnknown(_ step: Int, _ k: Int) -> Bool {
    switch code.steps[step].node.register {
    case .truth:
      let v = worker.truth(step: step)[k]
      return v & 0b0011 == 0b0001 || v & 0b1100 == 0b0100
    case .int32: return worker.int32(step: step)[k] == Absent.unknown32
    case .int64: return worker.int64(step: step)[k] == Absent.unknown64
    }
  }

  /// Of a table without a row that fits: what is asked of it and not known, which it then hangs on; else the facts that
  /// are not there, or the table itself, are what is missing.
  func withoutRow(_ step: BatchCode.Step, _ k: Int, _ name: String, _ facts: inout Set<String>) -> [Int] {
    let open = step.inputs.filter { isUnknown($0, k) }
    let none = step.inputs.filter { isNone($0, k) }
    for input in none { facts.formUnion(MeasureRun.facts(behind: code.steps[input].node)) }
    if open.isEmpty, none.isEmpty { facts.insert(name) }
    return open
  }

  /// What a choice hangs on: a branch that was not taken has nothing to do with it.
  func taken(_ step: BatchCode.Step, _ k: Int) -> [Int] {
    let test = worker.truth(step: step.inputs[0])[k]
    let passed = Truth.holds(test) ? step.inputs[2] : test & 0b11 == 0 ? step.inputs[1] : -1
    return step.inputs.filter { $0 != passed }
  }

  /// Whether what is not known although all its figures are does not fit; else a divisor is nought.
  func isTooLarge(_ step: BatchCode.Step, _ k: Int) -> Bool {
    func noughts(_ inputs: Range<Int>) -> Bool {
      inputs.contains { worker.int64(step: step.inputs[$0])[k] == 0 }
    }
    func isTooLarge(_ form: ExactForm) -> Bool {
      let value = ExactValue<WideFraction>.of(form) {
        worker.int64(step: step.inputs[$0])[k]
      } _: {
        worker.truth(step: step.inputs[$0])[k]
      }
      switch value {
      case .tooLarge, .fraction: return true
      case .none, .unknown, .byNought: return false
      }
    }
    let count = step.inputs.count
    switch step.node.op {
    case .product(let above, _): return !noughts(above..<count)
    case .compareProducts(_, let above, let below, let other):
      return !noughts(above..<above + below) && !noughts(above + below + other..<count)
    case .exact(let form, _): return isTooLarge(form)
    case .compareExact(_, let a, let b): return isTooLarge(a) && isTooLarge(b)
    case _: return false
    }
  }

  func isNone(_ step: Int, _ k: Int) -> Bool {
    switch code.steps[step].node.register {
    case .truth: false
    case .int32: worker.int32(step: step)[k].isNone
    case .int64: worker.int64(step: step)[k].isNone
    }
  }
}
