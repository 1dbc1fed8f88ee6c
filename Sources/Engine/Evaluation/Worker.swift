// A run of a code over the rows of one domain, in batches that stay in cache. Each worker has buffers of its own;
// columns are read where they lie. What the operations do is in the files of their families. Knows nothing of measures.
import Facts
import PolicyLanguage
import Reckoning

/// One worker's buffers for a code.
final class Worker {
  let code: BatchCode
  let evaluator: Evaluator
  private var memory: [UnsafeMutableRawPointer] = []
  private var pointers: [UnsafeMutableRawPointer] = []
  /// How many rows the buffers hold: no more than the code's table has, so that few rows cost little.
  private var room: Int
  /// How many rows the batch has that was worked out last.
  private var length: Int
  var overflowed = false
  /// What stands for a figure that does not fit.
  var beyond: Int64 { evaluator.isGuarded ? .unknownMark : .noneMark }

  init(_ code: BatchCode, _ evaluator: Evaluator) {
    self.code = code
    self.evaluator = evaluator
    room = min(evaluator.batch, max(16, evaluator.rowCount(code.domain)))
    length = 0
    makeRoom()
  }

  deinit { for m in memory { m.deallocate() } }

  /// Buffers for `room` rows. What does not vary is worked out once for a whole batch.
  private func makeRoom() {
    for m in memory { m.deallocate() }
    memory = code.steps.map { _ in UnsafeMutableRawPointer.allocate(byteCount: room * 8, alignment: 64) }
    pointers = memory
    length = room
    for (i, step) in code.steps.enumerated() where step.node.domain == .constant { execute(step, i, at: 0, rows: nil) }
  }

  // The values of a root, which has to be of that register.
  func truth(_ root: Int) -> Lane<UInt8> { truth(step: code.roots[root]) }
  func int32(_ root: Int) -> Lane<Int32> { int32(step: code.roots[root]) }
  func int64(_ root: Int) -> Lane<Int64> { int64(step: code.roots[root]) }

  func truth(step: Int) -> Lane<UInt8> { lane(step, .truth) }
  func int32(step: Int) -> Lane<Int32> { lane(step, .int32) }
  func int64(step: Int) -> Lane<Int64> { lane(step, .int64) }

  @inline(__always) private func lane<Value: BitwiseCopyable>(_ step: Int, _ register: Register) -> Lane<Value> {
    Invariant.debug(
      code.steps[step].node.register == register,
      "step-of-register: a step's values are read in the width of its node (\(code.steps[step].node.op))")
    return Lane(UnsafePointer(pointers[step].assumingMemoryBound(to: Value.self)), count: length)
  }

  /// Works out one batch: `count` rows from `start`, or the rows listed.
  func run(start: Int, count: Int, rows: Lane<Int32>?) {
    Invariant.holds(count <= evaluator.batch, "batch-fits: a batch has no more rows than its buffers")
    if count > room {
      room = evaluator.batch
      makeRoom()
    }
    length = count
    for (i, step) in code.steps.enumerated() where step.node.domain != .constant {
      if rows == nil, case .column(let values) = step.source {
        Bounds.check(start, count, within: values.count)
        pointers[i] = values.address(of: start)
      } else {
        pointers[i] = memory[i]
        execute(step, i, at: start, rows: rows)
      }
    }
  }

  private func execute(_ step: BatchCode.Step, _ i: Int, at start: Int, rows: Lane<Int32>?) {
    Operation(worker: self, step: step, output: memory[i], count: length, start: start, rows: rows).perform()
  }
}

extension Values {
  /// Where a row's value lies.
  fileprivate func address(of row: Int) -> UnsafeMutableRawPointer {
    func address<T>(_ column: Storage<T>) -> UnsafeMutableRawPointer {
      let base = Invariant.value(column.buffer.baseAddress, "column-has-memory: a column that is read has an address")
      return UnsafeMutableRawPointer(base + row)
    }
    return switch column {
    case .truth(let s): address(s)
    case .int32(let s): address(s)
    case .int64(let s): address(s)
    }
  }
}

/// One step over one batch: where its inputs lie and where its values go.
struct Operation {
  let worker: Worker
  let step: BatchCode.Step
  let output: UnsafeMutableRawPointer
  let count: Int
  /// The first row, where rows are not listed.
  let start: Int
  let rows: Lane<Int32>?

  var node: Node { step.node }
  var evaluator: Evaluator { worker.evaluator }

  // Inputs.
  @inline(__always) func truth(_ i: Int) -> Lane<UInt8> { worker.truth(step: step.inputs[i]) }
  @inline(__always) func int32(_ i: Int) -> Lane<Int32> { worker.int32(step: step.inputs[i]) }
  @inline(__always) func int64(_ i: Int) -> Lane<Int64> { worker.int64(step: step.inputs[i]) }

  // Where the values go.
  @inline(__always) var truths: OpenLane<UInt8> { open(.truth) }
  @inline(__always) var narrow: OpenLane<Int32> { open(.int32) }
  @inline(__always) var wide: OpenLane<Int64> { open(.int64) }

  @inline(__always) private func open<Value: BitwiseCopyable>(_ register: Register) -> OpenLane<Value> {
    Invariant.debug(
      node.register == register, "output-of-register: an operation writes values in the width of its node")
    return OpenLane(output.assumingMemoryBound(to: Value.self), count: count)
  }

  /// The number of the kth row.
  @inline(__always) func row(_ k: Int) -> Int { rows.map { Int($0[k]) } ?? start &+ k }

  /// Every operation, by the family that does it. A new one has to be named here. What an earlier run has left is read
  /// like a list's own column, whatever made it.
  func perform() {
    if case .column = step.source { return column() }
    switch node.op {
    // Leaves and looking up
    case .constant32(let v): fill(narrow, v)
    case .constant64(let v): fill(wide, v)
    case .constantTruth(let v): fill(truths, v)
    case .missing: missing()
    case .column: column()
    case .row: rowNumbers()
    case .spread: spread()
    case .frameColumn(let i, _): frameColumn(i)
    case .pairColumn(let part): pairColumn(part)
    case .ownText(let list): ownText(list)
    case .placeWithin(let area): placeWithin(area)
    case .placeProvince: placeProvince()
    case .gather: gather()
    case .whole: wholeColumn()
    // Truth
    case .and: join { $0 & $1 }
    case .or: join { $0 | $1 }
    case .not: not()
    case .except: except()
    case .given: given()
    // Comparisons
    case .compare(let comparison): compare(comparison)
    case .compareDateOrYear(let comparison): compareDateOrYear(comparison)
    case .compareProducts(let comparison, let leftNumerators, let leftDenominators, let rightNumerators):
      compareProducts(comparison, leftNumerators, leftDenominators, rightNumerators)
    case .compareExact(let comparison, let a, let b): compareExact(comparison, a, b)
    case .between: between()
    case .betweenDateOrYear: betweenDateOrYear()
    case .within: within()
    case .stable: stable()
    // Sets
    case .includes: includes()
    case .includesBetween: includesBetween()
    case .yearsRunning: yearsRunning()
    // Choice
    case .ifThen: ifThen()
    case .pick(let pick): choose(pick)
    // Dates
    case .addMonths(let end): addMonths(end)
    case .addMonthsDateOrYear(let end): addMonthsDateOrYear(end)
    case .addDays: addDays()
    case .dateDifference: dateDifference()
    case .completes(let clock, let end): dates { $0.completes(months: $1, clock, end) }
    case .stableFrom(let clock, let end): dates { $0.stableFrom(months: $1, clock, end) }
    case .yearOf: yearOf()
    case .yearOfDateOrYear: yearOfDateOrYear()
    case .dayOfYear(let day, let month): dayOfYear(day, month)
    case .wholeMonths(let end): wholeMonths(end)
    case .wholeYears: wholeYears()
    // Numbers
    case .widen: widen()
    case .add: arithmetic { $0.addingReportingOverflow($1) }
    case .subtract: arithmetic { $0.subtractingReportingOverflow($1) }
    case .multiply: arithmetic { $0.multipliedReportingOverflow(by: $1) }
    case .product(let numerators, let rounded): product(numerators, rounded: rounded)
    case .form(let op): form(op)
    case .exact(let form, let result): exact(form, result)
    }
  }
}
