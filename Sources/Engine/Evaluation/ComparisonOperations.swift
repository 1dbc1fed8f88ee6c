// Comparisons: of numbers and days, of days that may be years, of products, of localities, and of a stay with what is
// asked.
import PolicyLanguage
import Reckoning

enum Comparing {
  /// Whether a comparison holds of two figures that are there.
  @inline(__always) static func holds<T: Comparable>(_ op: Expression.Comparison, _ a: T, _ b: T) -> Bool {
    switch op {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }

  /// By day when both are days, else by year; not known where that hangs on which of two years is meant.
  static func loosely(_ op: Expression.Comparison, _ a: Int32, _ b: Int32) -> UInt8 {
    if a.isAbsent || b.isAbsent { return Absence.compared(unknown: a.isUnknown || b.isUnknown) }
    if !LooseDate.isYear(a), !LooseDate.isYear(b) { return holds(op, a, b) ? Truth.yes : Truth.no }
    if LooseDate.isOfTwo(a) || LooseDate.isOfTwo(b) {
      let answers = LooseDate.years(a).flatMap { x in LooseDate.years(b).map { y in holds(op, x, y) } }
      return Set(answers).count > 1 ? Truth.unknown : answers[0] ? Truth.yes : Truth.no
    }
    return holds(op, LooseDate.year(a), LooseDate.year(b)) ? Truth.yes : Truth.no
  }
}

extension Operation {
  func compare(_ op: Expression.Comparison) {
    switch node.inputs[0].register {
    case .int32:
      if case .constant32(let bound) = node.inputs[1].op, !bound.isAbsent {
        compare(op, int32(0), bound)
      } else {
        compare(op, int32(0), int32(1))
      }
    case .int64: compare(op, int64(0), int64(1))
    case .truth: Invariant.broken("compare-numbers: conditions are compared by `and` and `or`")
    }
  }

  @inline(__always) private func compare<T: Marked>(_ op: Expression.Comparison, _ a: Lane<T>, _ b: Lane<T>) {
    switch op {
    case .equal: loop(a, b) { $0 == $1 }
    case .notEqual: loop(a, b) { $0 != $1 }
    case .less: loop(a, b) { $0 < $1 }
    case .lessOrEqual: loop(a, b) { $0 <= $1 }
    case .greater: loop(a, b) { $0 > $1 }
    case .greaterOrEqual: loop(a, b) { $0 >= $1 }
    }
  }

  /// With one bound for all, which is not absent.
  private func compare(_ op: Expression.Comparison, _ a: Lane<Int32>, _ bound: Int32) {
    switch op {
    case .equal: loop(a, bound) { $0 == $1 }
    case .notEqual: loop(a, bound) { $0 != $1 }
    case .less: loop(a, bound) { $0 < $1 }
    case .lessOrEqual: loop(a, bound) { $0 <= $1 }
    case .greater: loop(a, bound) { $0 > $1 }
    case .greaterOrEqual: loop(a, bound) { $0 >= $1 }
    }
  }

  private var mayBeAbsent: Bool { node.inputs.contains { $0.mayBeAbsent } }

  @inline(__always) private func loop<T: Marked>(_ a: Lane<T>, _ b: Lane<T>, _ test: (T, T) -> Bool) {
    let out = truths
    if mayBeAbsent {
      for k in 0..<count {
        let x = a[k], y = b[k]
        let there: T = (x.isAbsent ? 0 : 0b1111) & (y.isAbsent ? 0 : 0b1111)
        let unknown: T = (x.isUnknown ? 0b0101 : 0) | (y.isUnknown ? 0b0101 : 0)
        out[k] = UInt8(truncatingIfNeeded: ((test(x, y) ? 0b1111 : 0) & there) | unknown)
      }
    } else {
      for k in 0..<count { out[k] = test(a[k], b[k]) ? Truth.yes : Truth.no }
    }
  }

  @inline(__always) private func loop(_ a: Lane<Int32>, _ bound: Int32, _ test: (Int32, Int32) -> Bool) {
    let out = truths
    if mayBeAbsent {
      for k in 0..<count {
        let x = a[k]
        // In bits, not branches, since which way a record goes cannot be foreseen; and in words as wide as the values.
        let holds: Int32 = (test(x, bound) ? 0b1111 : 0) & (x.isAbsent ? 0 : 0b1111)
        out[k] = UInt8(truncatingIfNeeded: holds | (x.isUnknown ? 0b0101 : 0))
      }
    } else {
      for k in 0..<count { out[k] = UInt8(truncatingIfNeeded: test(a[k], bound) ? Int32(0b1111) : 0) }
    }
  }

  func between() {
    switch node.inputs[0].register {
    case .int32: between(int32(0), int32(1), int32(2))
    case .int64: between(int64(0), int64(1), int64(2))
    case .truth: Invariant.broken("between-numbers: what lies between two figures is one")
    }
  }

  @inline(__always) private func between<T: Marked>(_ x: Lane<T>, _ a: Lane<T>, _ b: Lane<T>) {
    let out = truths
    for k in 0..<count {
      if x[k].isAbsent || a[k].isAbsent || b[k].isAbsent {
        out[k] = Absence.compared(unknown: x[k].isUnknown || a[k].isUnknown || b[k].isUnknown)
      } else {
        out[k] = x[k] >= a[k] && x[k] <= b[k] ? Truth.yes : Truth.no
      }
    }
  }

  func compareDateOrYear(_ op: Expression.Comparison) {
    let out = truths, a = int32(0), b = int32(1)
    for k in 0..<count { out[k] = Comparing.loosely(op, a[k], b[k]) }
  }

  func betweenDateOrYear() {
    let out = truths, x = int32(0), a = int32(1), b = int32(2)
    for k in 0..<count {
      if x[k].isUnknown || a[k].isUnknown || b[k].isUnknown {
        out[k] = Truth.unknown
      } else {
        out[k] = Comparing.loosely(.greaterOrEqual, x[k], a[k]) & Comparing.loosely(.lessOrEqual, x[k], b[k])
      }
    }
  }

  func within() {
    let out = truths, a = int32(0), b = int32(1)
    evaluator.dataset.places.mark(
      a.bytes.bindMemory(to: Int32.self), within: b.bytes.bindMemory(to: Int32.self),
      output.assumingMemoryBound(to: UInt8.self), yes: Truth.yes, no: Truth.no)
    guard node.inputs.contains(where: \.mayBeAbsent) else { return }
    for k in 0..<count {
      let x = a[k], y = b[k]
      let there: Int32 = (x.isAbsent ? 0 : 0b1111) & (y.isAbsent ? 0 : 0b1111)
      let unknown: Int32 = (x.isUnknown ? 0b0101 : 0) | (y.isUnknown ? 0b0101 : 0)
      out[k] = UInt8(truncatingIfNeeded: (Int32(out[k]) & there) | unknown)
    }
  }

  /// Whether a spell lasts to a day; one without an end goes on.
  func stable() {
    let out = truths, end = int32(0), day = int32(1)
    if node.inputs[1].mayBeAbsent {
      for k in 0..<count {
        let e = end[k], d = day[k]
        let isSet: Int32 = d.isNone ? 0 : 0b1111, known: Int32 = (d.isUnknown ? 0 : 0b1111) & (e.isUnknown ? 0 : 0b1111)
        let lasts: Int32 = (e >= d ? 0b1111 : 0) | (e.isNone ? 0b1111 : 0)
        out[k] = UInt8(truncatingIfNeeded: ((lasts & known) | (0b0101 & ~known)) & isSet)
      }
    } else {
      for k in 0..<count {
        let e = end[k]
        let lasts: Int32 = (e >= day[k] ? 0b1111 : 0) | (e.isNone ? 0b1111 : 0)
        out[k] = UInt8(truncatingIfNeeded: lasts | (e.isUnknown ? 0b0101 : 0))
      }
    }
  }

  func compareProducts(
    _ op: Expression.Comparison, _ leftNumerators: Int, _ leftDenominators: Int, _ rightNumerators: Int
  ) {
    let out = truths
    let inputs = step.inputs.indices.map { int64($0) }
    for k in 0..<count {
      if let absent = Products.absence(inputs, k) {
        out[k] = Absence.compared(unknown: absent.isUnknown)
      } else {
        out[k] = Products.compare(op, inputs, k, leftNumerators, leftDenominators, rightNumerators)
      }
    }
  }
}
