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
        worker.run(start: start, count: n, rows: Lane(list).part(from: start, count: n))
        trace(code, worker, n, &facts, &next)
        start += n
      }
    }
    for (inner, rows) in next { blame(inner, rows: Array(rows), into: &facts, depth: depth + 1) }
  }

  private func trace(
    _ code: BatchCode, _ worker: Worker, _ n: Int, _ facts: inout Set<String>, _ next: inout [Node: Set<Int32>]
  ) {
    func unknown(_ step: Int, _ k: Int) -> Bool {
      switch code.steps[step].node.register {
      case .truth:
        let v = worker.truth(step: step)[k]
        return v & 0b0011 == 0b0001 || v & 0b1100 == 0b0100
      case .int32: return worker.int32(step: step)[k] == Absent.unknown32
      case .int64: return worker.int64(step: step)[k] == Absent.unknown64
      }
    }
    var masks = [[Int]](repeating: [], count: code.steps.count)
    for r in code.roots { masks[r] = (0..<n).filter { unknown(r, $0) } }
    for i in code.steps.indices.reversed() where !masks[i].isEmpty {
      let step = code.steps[i]
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
      case .form:
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
      case .product, .exact, .compareProducts, .compareExact:
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
        // None of its figures is unknown: a divisor is nought.
        let byNought = masks[i].contains { k in !step.inputs.contains { unknown($0, k) } }
        if byNought {
          facts.insert(MeasureRun.divisionByZero)
          facts.formUnion(graph.divisors[step.node.number, default: []])
        }
      case .gather(let inner):
        guard let index = step.inputs.first else { continue }
        let indices = worker.int32(step: index)
        for k in masks[i] {
          if indices[k] >= 0 {
            next[inner, default: []].insert(indices[k])
          } else {
            masks[index].append(k)
          }
        }
      case .constant32, .constant64, .constantTruth, .row, .spread, .frameColumn, .pairColumn, .ownText, .placeWithin,
        .placeProvince, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .between,
        .betweenDateOrYear, .within, .stable, .includes, .includesBetween, .ifThen, .pick, .addMonths,
        .addMonthsDateOrYear, .addDays, .dateDifference, .completes, .stableFrom, .yearOf, .yearOfDateOrYear,
        .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning, .widen, .add, .subtract, .multiply:
        for input in step.inputs { masks[input] += masks[i].filter { unknown(input, $0) } }
      }
    }
  }
}
