// Arithmetic in 64 bits, and products and quotients in 128, rounded once in the end. What overflows is told,
// and is not known in a run that is made again for it.
import PolicyLanguage
import Reckoning

extension Operation {
  func widen() {
    let out = wide, a = int32(0)
    if node.mayBeAbsent {
      for k in 0..<count { out[k] = Absence.widen(a[k]) }
    } else {
      for k in 0..<count { out[k] = Int64(a[k]) }
    }
  }

  @inline(__always) func arithmetic(_ f: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)) {
    let out = wide, a = int64(0), b = int64(1)
    for k in 0..<count {
      if a[k].isAbsent || b[k].isAbsent {
        out[k] = Absence.handedOn(a[k], b[k])
      } else {
        let (v, over) = f(a[k], b[k])
        out[k] = over ? worker.beyond : v
        if over { worker.overflowed = true }
      }
    }
  }

  func product(_ numerators: Int, rounded: Bool) {
    let out = wide
    let inputs = step.inputs.indices.map { int64($0) }
    for k in 0..<count {
      if let absent = Products.absence(inputs, k) {
        out[k] = absent
      } else if let v = Products.quotient(inputs, k, numerators, rounded: rounded) {
        out[k] = v
      } else {
        out[k] = worker.beyond
        worker.overflowed = true
      }
    }
  }
}

/// Products of several nodes at one row, exactly.
enum Products {
  /// The mark that absent factors come to; nil where all are there.
  static func absence(_ inputs: [Lane<Int64>], _ k: Int) -> Int64? {
    var none = false
    for p in inputs {
      if p[k].isUnknown { return .unknownMark }
      if p[k].isNone { none = true }
    }
    return none ? .noneMark : nil
  }

  /// The product of `inputs[range]` at row k; nil when it does not fit.
  private static func multiply(_ inputs: [Lane<Int64>], _ range: Range<Int>, _ k: Int) -> Int128? {
    var p: Int128 = 1
    for j in range {
      let (v, over) = p.multipliedReportingOverflow(by: Int128(inputs[j][k]))
      if over { return nil }
      p = v
    }
    return p
  }

  /// The product of the first inputs over that of the rest; nil where it is too large.
  static func quotient(_ inputs: [Lane<Int64>], _ k: Int, _ numerators: Int, rounded: Bool) -> Int64? {
    guard let n = multiply(inputs, 0..<numerators, k), let d = multiply(inputs, numerators..<inputs.count, k),
      n != Int128.min, d != Int128.min
    else { return nil }
    // Dividing by nought gives nothing known.
    if d == 0 { return .unknownMark }
    let (top, bottom) = d < 0 ? (-n, -d) : (n, d)
    var q = top / bottom
    let r = top % bottom
    if rounded {
      // Half or more of the divisor, asked without doubling what may be too large to double.
      let rest = r < 0 ? -r : r
      if rest >= bottom - rest { q += top < 0 ? -1 : 1 }
    } else if r < 0 {
      q -= 1
    }
    return Int64(exactly: q)
  }

  /// Two quotients compared exactly. Of what has nothing to be shared among, or is too large to be multiplied out, it
  /// is not known how it compares.
  static func compare(
    _ op: Expression.Comparison, _ inputs: [Lane<Int64>], _ k: Int, _ na: Int, _ da: Int, _ nb: Int
  ) -> UInt8 {
    let second = na + da
    guard let n1 = multiply(inputs, 0..<na, k), let d1 = multiply(inputs, na..<second, k),
      let n2 = multiply(inputs, second..<second + nb, k), let d2 = multiply(inputs, second + nb..<inputs.count, k),
      d1 != 0, d2 != 0
    else { return Truth.unknown }
    let (x, o1) = n1.multipliedReportingOverflow(by: d2)
    let (y, o2) = n2.multipliedReportingOverflow(by: d1)
    if o1 || o2 { return Truth.unknown }
    let isTurned = (d1 < 0) != (d2 < 0)
    return Comparing.holds(op, isTurned ? y : x, isTurned ? x : y) ? Truth.yes : Truth.no
  }
}
