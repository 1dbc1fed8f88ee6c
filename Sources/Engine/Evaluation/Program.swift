// A run of the plan's nodes over the rows of one domain, in batches that stay in cache. Each worker has buffers of its
// own; columns are read where they lie. Knows nothing of measures.
import Facts
import PolicyLanguage
import Reckoning

/// Which rows a program runs over.
enum Rows {
  case range(Range<Int>)
  case list(UnsafeBufferPointer<Int32>)

  var count: Int {
    switch self {
    case .range(let r): r.count
    case .list(let l): l.count
    }
  }
}

/// A node's values for every row of its domain.
final class Values: @unchecked Sendable {
  let truth: Storage<UInt8>?
  let int32: Storage<Int32>?
  let int64: Storage<Int64>?
  let count: Int

  init(_ register: Register, count: Int) {
    self.count = count
    truth = register == .truth ? Storage(count: count, repeating: 0) : nil
    int32 = register == .int32 ? Storage(count: count, repeating: Absent.none32) : nil
    int64 = register == .int64 ? Storage(count: count, repeating: Absent.none64) : nil
  }

  init(truth: Storage<UInt8>) {
    self.truth = truth
    int32 = nil
    int64 = nil
    count = truth.count
  }

  init(int32: Storage<Int32>) {
    truth = nil
    self.int32 = int32
    int64 = nil
    count = int32.count
  }

  init(int64: Storage<Int64>) {
    truth = nil
    int32 = nil
    self.int64 = int64
    count = int64.count
  }

  var base: UnsafeMutableRawPointer? {
    if let truth { return UnsafeMutableRawPointer(truth.buffer.baseAddress) }
    if let int32 { return UnsafeMutableRawPointer(int32.buffer.baseAddress) }
    return int64.flatMap { UnsafeMutableRawPointer($0.buffer.baseAddress) }
  }
}

/// A function of one date with everything else fixed, worked out for each day of a column's range.
final class DayTable: @unchecked Sendable {
  let first: Int32
  let int32: Storage<Int32>?
  let int64: Storage<Int64>?

  init(first: Int32, int32: Storage<Int32>? = nil, int64: Storage<Int64>? = nil) {
    self.first = first
    self.int32 = int32
    self.int64 = int64
  }
}

/// The nodes of some roots in an order in which each comes after what it needs.
struct Program {
  struct Step {
    let node: Node
    let inputs: [Int]
    /// What a `gather` looks up, or a set's column.
    let values: Values?
    let table: DayTable?
    let sets: (offsets: Storage<Int32>, members: Storage<Int32>)?
  }

  let steps: [Step]
  let roots: [Int]
  let domain: Domain
}

/// One worker's buffers for a program.
final class Worker {
  let program: Program
  private let memory: [UnsafeMutableRawPointer]
  private(set) var pointers: [UnsafeMutableRawPointer]
  private let evaluator: Evaluator
  var overflowed = false

  init(_ program: Program, _ evaluator: Evaluator) {
    self.program = program
    self.evaluator = evaluator
    memory = program.steps.map { _ in
      UnsafeMutableRawPointer.allocate(byteCount: evaluator.batch * 8, alignment: 64)
    }
    pointers = memory
    // What does not vary is worked out once for a whole batch.
    for (i, step) in program.steps.enumerated() where step.node.domain == .constant {
      execute(step, to: memory[i], count: evaluator.batch, at: 0, rows: nil)
    }
  }

  deinit { for m in memory { m.deallocate() } }

  func truth(_ root: Int) -> UnsafePointer<UInt8> {
    UnsafePointer(pointers[program.roots[root]].assumingMemoryBound(to: UInt8.self))
  }
  func int32(_ root: Int) -> UnsafePointer<Int32> {
    UnsafePointer(pointers[program.roots[root]].assumingMemoryBound(to: Int32.self))
  }
  func int64(_ root: Int) -> UnsafePointer<Int64> {
    UnsafePointer(pointers[program.roots[root]].assumingMemoryBound(to: Int64.self))
  }
  func truth(step: Int) -> UnsafePointer<UInt8> { UnsafePointer(pointers[step].assumingMemoryBound(to: UInt8.self)) }
  func int32(step: Int) -> UnsafePointer<Int32> { UnsafePointer(pointers[step].assumingMemoryBound(to: Int32.self)) }
  func int64(step: Int) -> UnsafePointer<Int64> { UnsafePointer(pointers[step].assumingMemoryBound(to: Int64.self)) }

  /// Works out one batch: `count` rows from `start`, or the rows listed.
  func run(start: Int, count: Int, rows: UnsafePointer<Int32>?) {
    for (i, step) in program.steps.enumerated() where step.node.domain != .constant {
      if rows == nil, let base = evaluator.columnBase(step.node) {
        // Columns are read where they lie.
        pointers[i] = base.advanced(
          by: start * (step.node.register == .int64 ? 8 : step.node.register == .int32 ? 4 : 1))
      } else {
        pointers[i] = memory[i]
        execute(step, to: memory[i], count: count, at: start, rows: rows)
      }
    }
  }

  private func execute(
    _ step: Program.Step, to raw: UnsafeMutableRawPointer, count n: Int, at start: Int, rows: UnsafePointer<Int32>?
  ) {
    let ins = step.inputs
    @inline(__always) func t(_ i: Int) -> UnsafePointer<UInt8> { truth(step: ins[i]) }
    @inline(__always) func i32(_ i: Int) -> UnsafePointer<Int32> { int32(step: ins[i]) }
    @inline(__always) func i64(_ i: Int) -> UnsafePointer<Int64> { int64(step: ins[i]) }
    let outT = raw.assumingMemoryBound(to: UInt8.self)
    let out32 = raw.assumingMemoryBound(to: Int32.self)
    let out64 = raw.assumingMemoryBound(to: Int64.self)
    let node = step.node
    switch node.op {
    case .constant32(let v): for k in 0..<n { out32[k] = v }
    case .constant64(let v): for k in 0..<n { out64[k] = v }
    case .constantTruth(let v): for k in 0..<n { outT[k] = v }
    case .missing(_, let r):
      for k in 0..<n {
        switch r {
        case .truth: outT[k] = Truth.unknown
        case .int32: out32[k] = Absent.unknown32
        case .int64: out64[k] = Absent.unknown64
        }
      }
    case .column:
      guard let base = evaluator.columnBase(node), let rows else {
        // Booleans are translated to truth, here or row by row.
        Kernels.bools(evaluator.boolColumn(node), outT, n, start, rows)
        return
      }
      switch node.register {
      case .truth: for k in 0..<n { outT[k] = base.assumingMemoryBound(to: UInt8.self)[Int(rows[k])] }
      case .int32: for k in 0..<n { out32[k] = base.assumingMemoryBound(to: Int32.self)[Int(rows[k])] }
      case .int64: for k in 0..<n { out64[k] = base.assumingMemoryBound(to: Int64.self)[Int(rows[k])] }
      }
    case .row:
      if let rows {
        for k in 0..<n { out32[k] = rows[k] }
      } else {
        for k in 0..<n { out32[k] = Int32(truncatingIfNeeded: start &+ k) }
      }
    case .spread:
      switch node.register {
      case .truth: memcpyBytes(raw, t(0), n)
      case .int32: memcpyBytes(raw, i32(0), n * 4)
      case .int64: memcpyBytes(raw, i64(0), n * 8)
      }
    case .ownText(let list):
      for k in 0..<n {
        let row = rows.map { Int($0[k]) } ?? (start + k)
        out32[k] = evaluator.ownText(list, row)
      }
    case .frameColumn(let c, let r):
      guard let values = evaluator.frameColumn(c) else { return }
      switch r {
      case .truth: Kernels.pick(values.truth, outT, n, start, rows)
      case .int32: Kernels.pick(values.int32, out32, n, start, rows)
      case .int64: Kernels.pick(values.int64, out64, n, start, rows)
      }
    case .placeWithin(let area):
      let places = evaluator.dataset.places
      if let rows {
        for k in 0..<n { outT[k] = places.lies(rows[k], within: area) ? Truth.yes : Truth.no }
      } else {
        places.mark(start..<start + n, within: area, outT, yes: Truth.yes, no: Truth.no)
      }
    case .placeProvince:
      for k in 0..<n {
        let row = rows.map { Int($0[k]) } ?? (start + k)
        out32[k] = evaluator.province(row)
      }
    case .whole: Kernels.pick(step.values?.int32, out32, n, start, rows)
    case .gather:
      guard let values = step.values else { return }
      Kernels.gather(values, node.register, i32(0), raw, n, absent: node.inputs[0].mayBeAbsent)
    case .and:
      let a = t(0), b = t(1)
      for k in 0..<n { outT[k] = a[k] & b[k] }
      for j in ins.indices.dropFirst(2) {
        let c = t(j)
        for k in 0..<n { outT[k] &= c[k] }
      }
    case .or:
      let a = t(0), b = t(1)
      for k in 0..<n { outT[k] = a[k] | b[k] }
      for j in ins.indices.dropFirst(2) {
        let c = t(j)
        for k in 0..<n { outT[k] |= c[k] }
      }
    case .not:
      let a = t(0)
      for k in 0..<n { outT[k] = Truth.not(a[k]) }
    case .except:
      let a = t(0), b = t(1)
      for k in 0..<n { outT[k] = (a[k] & 0b1100) | (a[k] & Truth.not(b[k]) & 0b0011) }
    case .given:
      switch node.inputs[0].register {
      case .truth:
        let a = t(0)
        for k in 0..<n { outT[k] = a[k] == Truth.unknown ? Truth.no : Truth.yes }
      case .int32:
        let a = i32(0)
        for k in 0..<n { outT[k] = a[k] <= Absent.none32 ? Truth.no : Truth.yes }
      case .int64:
        let a = i64(0)
        for k in 0..<n { outT[k] = a[k] <= Absent.none64 ? Truth.no : Truth.yes }
      }
    case .compare(let op):
      let absent = node.inputs.contains { $0.mayBeAbsent }
      if node.inputs[0].register == .int32 {
        if case .constant32(let bound) = node.inputs[1].op, bound > Absent.none32 {
          Kernels.compare(op, i32(0), bound, outT, n, absent: absent)
        } else {
          Kernels.compare(op, i32(0), i32(1), outT, n, absent: absent)
        }
      } else {
        Kernels.compare(op, i64(0), i64(1), outT, n, absent: absent)
      }
    case .compareDateOrYear(let op):
      let a = i32(0), b = i32(1)
      for k in 0..<n { outT[k] = Kernels.compareLoose(op, a[k], b[k]) }
    case .compareProducts(let op, let na, let da, let nb):
      let inputs = ins.indices.map { i64($0) }
      for k in 0..<n {
        outT[k] = Kernels.compareProducts(op, inputs, k, na, da, nb)
      }
    case .between:
      if node.inputs[0].register == .int32 {
        Kernels.between(i32(0), i32(1), i32(2), outT, n)
      } else {
        Kernels.between(i64(0), i64(1), i64(2), outT, n)
      }
    case .betweenDateOrYear:
      let x = i32(0), a = i32(1), b = i32(2)
      for k in 0..<n {
        if x[k] == Absent.unknown32 || a[k] == Absent.unknown32 || b[k] == Absent.unknown32 {
          outT[k] = Truth.unknown
        } else {
          outT[k] = Kernels.compareLoose(.greaterOrEqual, x[k], a[k]) & Kernels.compareLoose(.lessOrEqual, x[k], b[k])
        }
      }
    case .within:
      let a = i32(0), b = i32(1)
      let places = evaluator.dataset.places
      for k in 0..<n {
        if a[k] <= Absent.none32 || b[k] <= Absent.none32 {
          outT[k] = a[k] == Absent.unknown32 || b[k] == Absent.unknown32 ? Truth.unknown : Truth.no
        } else {
          outT[k] = places.lies(a[k], within: b[k]) ? Truth.yes : Truth.no
        }
      }
    case .stable:
      // A spell without an end goes on.
      Kernels.stable(i32(0), i32(1), outT, n, absent: node.inputs[1].mayBeAbsent)
    case .includes:
      guard let sets = step.sets else {
        for k in 0..<n { outT[k] = Truth.no }
        return
      }
      let row = i32(0)
      for k in 0..<n {
        var answer = Truth.no
        if row[k] == Absent.unknown32 {
          answer = Truth.unknown
        } else if row[k] >= 0 {
          for j in 1..<ins.count {
            let wanted = node.inputs[j].register == .int64 ? Kernels.narrow(i64(j)[k]) : i32(j)[k]
            if wanted == Absent.unknown32 {
              answer |= Truth.unknown
            } else if Kernels.contains(sets.offsets, sets.members, row[k], wanted, wanted) {
              answer = Truth.yes
              break
            }
          }
        }
        outT[k] = answer
      }
    case .includesBetween:
      guard let sets = step.sets else {
        for k in 0..<n { outT[k] = Truth.no }
        return
      }
      let row = i32(0)
      for k in 0..<n {
        let a = node.inputs[1].register == .int64 ? Kernels.narrow(i64(1)[k]) : i32(1)[k]
        let b = node.inputs[2].register == .int64 ? Kernels.narrow(i64(2)[k]) : i32(2)[k]
        if row[k] == Absent.unknown32 || a == Absent.unknown32 || b == Absent.unknown32 {
          outT[k] = Truth.unknown
        } else if row[k] < 0 || a == Absent.none32 || b == Absent.none32 {
          outT[k] = Truth.no
        } else {
          outT[k] = Kernels.contains(sets.offsets, sets.members, row[k], a, b) ? Truth.yes : Truth.no
        }
      }
    case .ifThen:
      let c = t(0)
      switch node.register {
      case .truth:
        let a = t(1), b = t(2)
        for k in 0..<n { outT[k] = (c[k] & a[k]) | (Truth.not(c[k]) & b[k]) }
      case .int32:
        let a = i32(1), b = i32(2)
        for k in 0..<n { out32[k] = Truth.holds(c[k]) ? a[k] : c[k] & 0b11 == 0 ? b[k] : Absent.unknown32 }
      case .int64:
        let a = i64(1), b = i64(2)
        for k in 0..<n { out64[k] = Truth.holds(c[k]) ? a[k] : c[k] & 0b11 == 0 ? b[k] : Absent.unknown64 }
      }
    case .pick(let pick):
      let larger = pick == .later || pick == .larger
      if node.register == .int32 {
        Kernels.pickAmong(
          ins.map { int32(step: $0) }, out32, n, larger: larger, unknown: Absent.unknown32, none: Absent.none32)
      } else {
        Kernels.pickAmong(
          ins.map { int64(step: $0) }, out64, n, larger: larger, unknown: Absent.unknown64, none: Absent.none64)
      }
    case .addMonths(let end):
      if let table = step.table {
        Kernels.look(table, i32(0), out32, n, absent: node.inputs[0].mayBeAbsent)
      } else {
        let months = Months.table
        Kernels.dates(i32(0), i64(1), out32, n) { Day(number: months.adding($0.number, $1, end)) }
      }
    case .addMonthsDateOrYear(let end):
      let a = i32(0), m = i64(1)
      for k in 0..<n { out32[k] = Kernels.addLoose(a[k], m[k], end) }
    case .addDays:
      let a = i32(0), d = i64(1)
      for k in 0..<n {
        if a[k] <= Absent.none32 || d[k] <= Absent.none64 {
          out32[k] = a[k] == Absent.unknown32 || d[k] == Absent.unknown64 ? Absent.unknown32 : Absent.none32
        } else {
          out32[k] = min(a[k] &+ Int32(clamping: max(-10_000_000, min(10_000_000, d[k]))), Day.last.number)
        }
      }
    case .dateDifference:
      let a = i32(0), b = i32(1)
      for k in 0..<n {
        if a[k] <= Absent.none32 || b[k] <= Absent.none32 {
          out64[k] = a[k] == Absent.unknown32 || b[k] == Absent.unknown32 ? Absent.unknown64 : Absent.none64
        } else {
          out64[k] = Int64(a[k]) - Int64(b[k])
        }
      }
    case .completes(let clock, let end):
      if let table = step.table {
        Kernels.look(table, i32(0), out32, n, absent: node.inputs[0].mayBeAbsent)
      } else {
        Kernels.dates(i32(0), i64(1), out32, n) { $0.completes(months: $1, clock, end) }
      }
    case .stableFrom(let clock, let end):
      if let table = step.table {
        Kernels.look(table, i32(0), out32, n, absent: node.inputs[0].mayBeAbsent)
      } else {
        Kernels.dates(i32(0), i64(1), out32, n) { $0.stableFrom(months: $1, clock, end) }
      }
    case .yearOf:
      if let table = step.table {
        Kernels.look(table, i32(0), out64, n, absent: node.inputs[0].mayBeAbsent)
      } else {
        let a = i32(0)
        for k in 0..<n { out64[k] = a[k] <= Absent.none32 ? Kernels.widen(a[k]) : Int64(Day(number: a[k]).year) }
      }
    case .yearOfDateOrYear:
      let a = i32(0)
      for k in 0..<n { out64[k] = a[k] <= Absent.none32 ? Kernels.widen(a[k]) : Int64(Kernels.yearLoose(a[k])) }
    case .dayOfYear(let day, let month):
      let y = i64(0)
      for k in 0..<n {
        out32[k] =
          y[k] <= Absent.none64 ? Kernels.narrow(y[k]) : Day.clamped(year: Int(y[k]), month: month, day: day).number
      }
    case .wholeMonths(let end):
      let months = Months.table
      Kernels.spans(i32(0), i32(1), out64, n) { months.whole($0.number, $1.number, end) }
    case .wholeYears:
      let months = Months.table
      Kernels.spans(i32(0), i32(1), out64, n) { months.whole($0.number, $1.number, .clamp) / 12 }
    case .yearsRunning:
      let row = i32(0), from = i64(1)
      for k in 0..<n {
        guard let sets = step.sets, row[k] >= 0, from[k] > Absent.none64 else {
          out64[k] = row[k] == Absent.unknown32 || from[k] == Absent.unknown64 ? Absent.unknown64 : 0
          continue
        }
        var years: Int64 = 0
        while years < 10_000, case let y = Kernels.narrow(from[k] + years),
          Kernels.contains(sets.offsets, sets.members, row[k], y, y)
        {
          years += 1
        }
        out64[k] = years
      }
    case .widen:
      let a = i32(0)
      if node.mayBeAbsent {
        for k in 0..<n { out64[k] = Kernels.widen(a[k]) }
      } else {
        for k in 0..<n { out64[k] = Int64(a[k]) }
      }
    case .add: arithmetic(node, i64(0), i64(1), out64, n) { $0.addingReportingOverflow($1) }
    case .subtract: arithmetic(node, i64(0), i64(1), out64, n) { $0.subtractingReportingOverflow($1) }
    case .multiply: arithmetic(node, i64(0), i64(1), out64, n) { $0.multipliedReportingOverflow(by: $1) }
    case .exact(let form, let result):
      let inputs = node.inputs
      for k in 0..<n {
        let value = ExactValue.of(form) { i64($0)[k] } _: { inputs[$0].register == .truth ? t($0)[k] : Truth.no }
        out64[k] = store(value, result)
      }
    case .compareExact(let op, let a, let b):
      for k in 0..<n {
        outT[k] = compared(op, .of(a) { i64($0)[k] } _: { t($0)[k] }, .of(b) { i64($0)[k] } _: { t($0)[k] })
      }
    case .product(let numerators, let rounded):
      let inputs = ins.indices.map { i64($0) }
      for k in 0..<n {
        let (v, over) = Kernels.product(inputs, k, numerators, rounded: rounded)
        out64[k] = v
        if over { overflowed = true }
      }
    }
  }

  @inline(__always) private func arithmetic(
    _ node: Node, _ a: UnsafePointer<Int64>, _ b: UnsafePointer<Int64>, _ out: UnsafeMutablePointer<Int64>, _ n: Int,
    _ f: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) {
    for k in 0..<n {
      if a[k] <= Absent.none64 || b[k] <= Absent.none64 {
        out[k] = a[k] == Absent.unknown64 || b[k] == Absent.unknown64 ? Absent.unknown64 : Absent.none64
      } else {
        let (v, over) = f(a[k], b[k])
        out[k] = over ? Absent.none64 : v
        if over { overflowed = true }
      }
    }
  }
}
