// What expressions of the frame ask of its sets: counts, sums and dates.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// Works out the counts, sums and dates that expressions of the frame have asked for so far.
  func fillAggregates() {
    while filledAggregates < lowering.aggregates.count {
      let (aggregate, node) = lowering.aggregates[filledAggregates]
      let set: Int
      switch aggregate {
      case .count(let i), .sum(let i, _), .sumOfFractions(let i, _, _, _), .extreme(let i, _, _), .dateOfNumber(let i, _), .firstDay(let i, _): set = i
      }
      guard set < sets.count else { return }
      filledAggregates += 1
      guard case .frameColumn(let column, _) = node.op else { continue }
      evaluator.setFrameColumn(column, compute(aggregate, sets[set]))
    }
  }

  func compute(_ aggregate: Lowering.Aggregate, _ members: Members) -> Values {
    switch aggregate {
    case .count:
      let out = Storage<Int64>(count: frameCount, repeating: 0)
      guard let base = out.buffer.baseAddress else { return Values(int64: out) }
      for (f, n) in members.counts(frameCount).enumerated() { base[f] = Int64(n) }
      return Values(int64: out)
    case .sum(_, let node):
      let out = Storage<Int64>(count: frameCount, repeating: 0)
      var overflow = false
      let members = members.all
      members.rows.withUnsafeBufferPointer { rows in
        evaluator.run([node], over: .list(rows), oneWorker: true) { worker, start, n in
          let v = worker.int64(0)
          for k in 0..<n {
            let f = Int(members.frames[start + k])
            if v[k] == Absent.unknown64 || out[f] == Absent.unknown64 {
              out[f] = Absent.unknown64
            } else if v[k] != Absent.none64 {
              let (s, o) = out[f].addingReportingOverflow(v[k])
              out[f] = o ? Absent.none64 : s
              overflow = overflow || o
            }
          }
        }
      }
      if overflow { diagnostics.append(MeasureRun.tooLarge(measure)) }
      return Values(int64: out)
    case .sumOfFractions(_, let above, let below, let isBelow): return fractions(above, below, members.all, isBelow)
    case .extreme(_, let node, let larger):
      if node.register == .int32 {
        let out = Storage<Int32>(count: frameCount, repeating: Absent.none32)
        ask(node, members.all) { worker, k, f in
          out[f] = MeasureRun.pick(out[f], worker.int32(0)[k], larger, Absent.unknown32, Absent.none32)
        }
        return Values(int32: out)
      }
      let out = Storage<Int64>(count: frameCount, repeating: Absent.none64)
      ask(node, members.all) { worker, k, f in
        out[f] = MeasureRun.pick(out[f], worker.int64(0)[k], larger, Absent.unknown64, Absent.none64)
      }
      return Values(int64: out)
    case .dateOfNumber(_, let number):
      let out = Storage<Int32>(count: frameCount, repeating: Absent.none32)
      guard let wanted = frameValues(number).int64 else { return Values(int32: out) }
      let members = members.all
      let buckets = Buckets(members.frames, count: frameCount)
      for f in 0..<frameCount {
        let ks = buckets[f]
        let n = wanted[f]
        if n == Absent.unknown64 {
          out[f] = Absent.unknown32
        } else if n >= 1, n <= Int64(ks.count) {
          var dates = ks.map { members.dates[Int($0)] }
          out[f] = Buckets.nth(Int(n) - 1, of: &dates)
        }
      }
      return Values(int32: out)
    case .firstDay(_, let number):
      let out = Storage<Int32>(count: frameCount, repeating: Absent.none32)
      guard let wanted = frameValues(number).int64 else { return Values(int32: out) }
      let spells = Spells(dataset.tables[members.list])
      let members = members.all
      let buckets = Buckets(members.frames, count: frameCount)
      for f in 0..<frameCount {
        out[f] = spells.firstDay(with: wanted[f], among: buckets[f].map { members.rows[Int($0)] })
      }
      return Values(int32: out)
    }
  }

  /// The sum of fractions over members, frame by frame: its numerator or its denominator, in lowest terms.
  private func fractions(_ above: Node, _ below: Node, _ members: MemberRows, _ isBelow: Bool) -> Values {
    var sums = [Fraction?](repeating: Fraction(0), count: frameCount)
    var isTooLarge = false
    members.rows.withUnsafeBufferPointer { rows in
      evaluator.run([above, below], over: .list(rows), oneWorker: true) { worker, start, n in
        let a = worker.int64(0), b = worker.int64(1)
        for k in 0..<n {
          let f = Int(members.frames[start + k])
          guard let sum = sums[f], a[k] != Absent.none64 else { continue }
          guard a[k] != Absent.unknown64, let next = Fraction(Int128(a[k]), over: Int128(b[k])) else {
            sums[f] = nil
            continue
          }
          sums[f] = sum.adding(next)
          if sums[f] == nil { isTooLarge = true }
        }
      }
    }
    let out = Storage<Int64>(count: frameCount, repeating: Absent.unknown64)
    for (f, sum) in sums.enumerated() {
      guard let sum else { continue }
      guard let part = Int64(exactly: isBelow ? sum.below : sum.above) else {
        isTooLarge = true
        continue
      }
      out[f] = part
    }
    if isTooLarge { diagnostics.append(MeasureRun.tooLarge(measure)) }
    return Values(int64: out)
  }

  /// Asks a node of every member: the worker, the member's place in its batch, and its frame.
  private func ask(_ node: Node, _ members: MemberRows, _ each: (Worker, Int, Int) -> Void) {
    members.rows.withUnsafeBufferPointer { rows in
      evaluator.run([node], over: .list(rows), oneWorker: true) { worker, start, n in
        for k in 0..<n { each(worker, k, Int(members.frames[start + k])) }
      }
    }
  }

  /// The larger or smaller of two; what is not there is left out, what is unknown makes all unknown.
  private static func pick<T: FixedWidthInteger>(_ a: T, _ b: T, _ larger: Bool, _ unknown: T, _ none: T) -> T {
    if a == unknown || b == unknown { return unknown }
    if a == none || b == none { return a == none ? b : a }
    return larger ? max(a, b) : min(a, b)
  }

  static func tooLarge(_ measure: CheckedMeasure) -> Diagnostic {
    .error(
      "too-large", Text("An amount of \(measure.id) is larger than can be reckoned.", zh: "\(measure.id) 的金额超出可计算范围。"),
      hint: Text("Check the rates and facts for a figure with too many digits.", zh: "请检查标准和事实中是否有位数过多的数字。"),
      at: measure.location)
  }
}
