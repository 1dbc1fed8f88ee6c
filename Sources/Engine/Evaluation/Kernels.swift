// The inner loops of column operations. Absent values are passed on: what is unknown stays unknown, and a comparison
// with what is not there is false.
import Facts
import PolicyLanguage
import Reckoning

enum Kernels {
  @inline(__always) static func widen(_ v: Int32) -> Int64 {
    v == Absent.unknown32 ? Absent.unknown64 : v == Absent.none32 ? Absent.none64 : Int64(v)
  }

  @inline(__always) static func narrow(_ v: Int64) -> Int32 {
    v == Absent.unknown64
      ? Absent.unknown32 : v == Absent.none64 ? Absent.none32 : Int32(clamping: max(v, Int64(Int32.min) + 2))
  }

  static func bools(
    _ column: Storage<UInt8>?, _ out: UnsafeMutablePointer<UInt8>, _ n: Int, _ start: Int, _ rows: UnsafePointer<Int32>?
  ) {
    guard let base = column?.buffer.baseAddress else { return }
    @inline(__always) func truth(_ v: UInt8) -> UInt8 { v == 0 ? Truth.no : v == 1 ? Truth.yes : Truth.unknown }
    if let rows {
      for k in 0..<n { out[k] = truth(base[Int(rows[k])]) }
    } else {
      let from = base + start
      for k in 0..<n { out[k] = truth(from[k]) }
    }
  }

  static func pick<T: BitwiseCopyable & Sendable>(
    _ column: Storage<T>?, _ out: UnsafeMutablePointer<T>, _ n: Int, _ start: Int, _ rows: UnsafePointer<Int32>?
  ) {
    guard let base = column?.buffer.baseAddress else { return }
    if let rows {
      for k in 0..<n { out[k] = base[Int(rows[k])] }
    } else {
      for k in 0..<n { out[k] = base[start + k] }
    }
  }

  static func gather(
    _ values: Values, _ register: Register, _ index: UnsafePointer<Int32>, _ raw: UnsafeMutableRawPointer, _ n: Int,
    absent: Bool
  ) {
    switch register {
    case .truth:
      guard let base = values.truth?.buffer.baseAddress else { return }
      look(base, values.count, index, raw.assumingMemoryBound(to: UInt8.self), n, absent, Truth.unknown, Truth.no)
    case .int32:
      guard let base = values.int32?.buffer.baseAddress else { return }
      look(
        base, values.count, index, raw.assumingMemoryBound(to: Int32.self), n, absent, Absent.unknown32, Absent.none32)
    case .int64:
      guard let base = values.int64?.buffer.baseAddress else { return }
      look(
        base, values.count, index, raw.assumingMemoryBound(to: Int64.self), n, absent, Absent.unknown64, Absent.none64)
    }
  }

  /// The values at the rows that an index names; where it names none, `unknown` or `none`.
  @inline(__always) private static func look<T: BitwiseCopyable>(
    _ base: UnsafeMutablePointer<T>, _ count: Int, _ index: UnsafePointer<Int32>, _ out: UnsafeMutablePointer<T>,
    _ n: Int,
    _ absent: Bool, _ unknown: T, _ none: T
  ) {
    if !absent {
      for k in 0..<n { out[k] = base[Int(UInt32(bitPattern: index[k]))] }
    } else if count > 0 {
      for k in 0..<n {
        let i = index[k]
        let v = base[Int(i >= 0 ? i : 0)]
        out[k] = i >= 0 ? v : (i == Absent.unknown32 ? unknown : none)
      }
    } else {
      for k in 0..<n { out[k] = index[k] == Absent.unknown32 ? unknown : none }
    }
  }

  @inline(__always) private static func loop<T: FixedWidthInteger>(
    _ a: UnsafePointer<T>, _ b: UnsafePointer<T>, _ out: UnsafeMutablePointer<UInt8>, _ n: Int, _ absent: Bool,
    _ test: (T, T) -> Bool
  ) {
    if absent {
      for k in 0..<n {
        let x = a[k], y = b[k]
        let there: T = (x > T.min + 1 ? 0b1111 : 0) & (y > T.min + 1 ? 0b1111 : 0)
        let unknown: T = (x == T.min ? 0b0101 : 0) | (y == T.min ? 0b0101 : 0)
        out[k] = UInt8(truncatingIfNeeded: ((test(x, y) ? 0b1111 : 0) & there) | unknown)
      }
    } else {
      for k in 0..<n { out[k] = test(a[k], b[k]) ? Truth.yes : Truth.no }
    }
  }

  @inline(__always) private static func compareAny<T: FixedWidthInteger>(
    _ op: Expression.Comparison, _ a: UnsafePointer<T>, _ b: UnsafePointer<T>, _ out: UnsafeMutablePointer<UInt8>,
    _ n: Int, absent: Bool
  ) {
    switch op {
    case .equal: loop(a, b, out, n, absent) { $0 == $1 }
    case .notEqual: loop(a, b, out, n, absent) { $0 != $1 }
    case .less: loop(a, b, out, n, absent) { $0 < $1 }
    case .lessOrEqual: loop(a, b, out, n, absent) { $0 <= $1 }
    case .greater: loop(a, b, out, n, absent) { $0 > $1 }
    case .greaterOrEqual: loop(a, b, out, n, absent) { $0 >= $1 }
    }
  }

  static func compare(
    _ op: Expression.Comparison, _ a: UnsafePointer<Int32>, _ b: UnsafePointer<Int32>,
    _ out: UnsafeMutablePointer<UInt8>,
    _ n: Int, absent: Bool
  ) { compareAny(op, a, b, out, n, absent: absent) }

  /// With one bound for all, which is not absent.
  static func compare(
    _ op: Expression.Comparison, _ a: UnsafePointer<Int32>, _ bound: Int32, _ out: UnsafeMutablePointer<UInt8>,
    _ n: Int,
    absent: Bool
  ) {
    switch op {
    case .equal: loop(a, bound, out, n, absent) { $0 == $1 }
    case .notEqual: loop(a, bound, out, n, absent) { $0 != $1 }
    case .less: loop(a, bound, out, n, absent) { $0 < $1 }
    case .lessOrEqual: loop(a, bound, out, n, absent) { $0 <= $1 }
    case .greater: loop(a, bound, out, n, absent) { $0 > $1 }
    case .greaterOrEqual: loop(a, bound, out, n, absent) { $0 >= $1 }
    }
  }

  @inline(__always) private static func loop(
    _ a: UnsafePointer<Int32>, _ bound: Int32, _ out: UnsafeMutablePointer<UInt8>, _ n: Int, _ absent: Bool,
    _ test: (Int32, Int32) -> Bool
  ) {
    if absent {
      for k in 0..<n {
        let x = a[k]
        // In bits, not branches, since which way a record goes cannot be foreseen; and in words as wide as the values.
        let holds: Int32 = (test(x, bound) ? 0b1111 : 0) & (x > Absent.none32 ? 0b1111 : 0)
        out[k] = UInt8(truncatingIfNeeded: holds | (x == Absent.unknown32 ? 0b0101 : 0))
      }
    } else {
      for k in 0..<n { out[k] = UInt8(truncatingIfNeeded: test(a[k], bound) ? Int32(0b1111) : 0) }
    }
  }

  static func compare(
    _ op: Expression.Comparison, _ a: UnsafePointer<Int64>, _ b: UnsafePointer<Int64>,
    _ out: UnsafeMutablePointer<UInt8>,
    _ n: Int, absent: Bool
  ) { compareAny(op, a, b, out, n, absent: absent) }

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

  static func between<T: FixedWidthInteger>(
    _ x: UnsafePointer<T>, _ a: UnsafePointer<T>, _ b: UnsafePointer<T>, _ out: UnsafeMutablePointer<UInt8>, _ n: Int
  ) {
    for k in 0..<n {
      if x[k] <= T.min + 1 || a[k] <= T.min + 1 || b[k] <= T.min + 1 {
        out[k] = x[k] == T.min || a[k] == T.min || b[k] == T.min ? Truth.unknown : Truth.no
      } else {
        out[k] = x[k] >= a[k] && x[k] <= b[k] ? Truth.yes : Truth.no
      }
    }
  }

  // MARK: Dates that may be years

  @inline(__always) static func yearLoose(_ v: Int32) -> Int {
    v >= DateOrYear.base - 100_000 ? Int(v) - Int(DateOrYear.base) : Day(number: v).year
  }

  /// By day when both are days, else by year.
  static func compareLoose(_ op: Expression.Comparison, _ a: Int32, _ b: Int32) -> UInt8 {
    if a <= Absent.none32 || b <= Absent.none32 {
      return a == Absent.unknown32 || b == Absent.unknown32 ? Truth.unknown : Truth.no
    }
    let limit = DateOrYear.base - 100_000
    if a < limit, b < limit { return holds(op, a, b) ? Truth.yes : Truth.no }
    return holds(op, yearLoose(a), yearLoose(b)) ? Truth.yes : Truth.no
  }

  static func addLoose(_ a: Int32, _ months: Int64, _ end: MonthEnd) -> Int32 {
    if a <= Absent.none32 || months <= Absent.none64 {
      return a == Absent.unknown32 || months == Absent.unknown64 ? Absent.unknown32 : Absent.none32
    }
    let m = Int(max(-240_000, min(240_000, months)))
    if a >= DateOrYear.base - 100_000 { return a + Int32(clamping: m >= 0 ? m / 12 : (m - 11) / 12) }
    return Day(number: a).adding(months: m, end).number
  }

  // MARK: Dates

  @inline(__always) static func dates(
    _ a: UnsafePointer<Int32>, _ m: UnsafePointer<Int64>, _ out: UnsafeMutablePointer<Int32>, _ n: Int,
    _ f: (Day, Int) -> Day
  ) {
    for k in 0..<n {
      if a[k] <= Absent.none32 || m[k] <= Absent.none64 {
        out[k] = a[k] == Absent.unknown32 || m[k] == Absent.unknown64 ? Absent.unknown32 : Absent.none32
      } else {
        out[k] = f(Day(number: a[k]), Int(max(-240_000, min(240_000, m[k])))).number
      }
    }
  }

  static func spans(
    _ a: UnsafePointer<Int32>, _ b: UnsafePointer<Int32>, _ out: UnsafeMutablePointer<Int64>, _ n: Int,
    _ f: (Day, Day) -> Int64
  ) {
    for k in 0..<n {
      if a[k] <= Absent.none32 || b[k] <= Absent.none32 {
        out[k] = a[k] == Absent.unknown32 || b[k] == Absent.unknown32 ? Absent.unknown64 : Absent.none64
      } else {
        out[k] = f(Day(number: a[k]), Day(number: b[k]))
      }
    }
  }

  static func look(
    _ table: DayTable, _ a: UnsafePointer<Int32>, _ out: UnsafeMutablePointer<Int32>, _ n: Int, absent: Bool
  ) {
    guard let base = table.int32?.buffer.baseAddress else { return }
    let first = table.first
    if absent {
      for k in 0..<n { out[k] = a[k] <= Absent.none32 ? a[k] : base[Int(a[k] &- first)] }
    } else {
      for k in 0..<n { out[k] = base[Int(UInt32(bitPattern: a[k] &- first))] }
    }
  }

  static func look(
    _ table: DayTable, _ a: UnsafePointer<Int32>, _ out: UnsafeMutablePointer<Int64>, _ n: Int, absent: Bool
  ) {
    guard let base = table.int64?.buffer.baseAddress else { return }
    let first = table.first
    if absent {
      for k in 0..<n { out[k] = a[k] <= Absent.none32 ? widen(a[k]) : base[Int(a[k] &- first)] }
    } else {
      for k in 0..<n { out[k] = base[Int(UInt32(bitPattern: a[k] &- first))] }
    }
  }

  /// Whether a spell lasts to a day; one without an end goes on.
  static func stable(
    _ end: UnsafePointer<Int32>, _ day: UnsafePointer<Int32>, _ out: UnsafeMutablePointer<UInt8>, _ n: Int, absent: Bool
  ) {
    if absent {
      for k in 0..<n {
        let e = end[k], d = day[k]
        if d == Absent.none32 {
          out[k] = Truth.no
        } else if d == Absent.unknown32 || e == Absent.unknown32 {
          out[k] = Truth.unknown
        } else {
          out[k] = e == Absent.none32 || e >= d ? Truth.yes : Truth.no
        }
      }
    } else {
      for k in 0..<n {
        let e = end[k]
        let lasts: Int32 = (e >= day[k] ? 0b1111 : 0) | (e == Absent.none32 ? 0b1111 : 0)
        out[k] = UInt8(truncatingIfNeeded: lasts | (e == Absent.unknown32 ? 0b0101 : 0))
      }
    }
  }

  // MARK: Sets and choices

  /// Whether the set of a row has a member from `a` to `b`.
  @inline(__always) static func contains(
    _ offsets: Storage<Int32>, _ members: Storage<Int32>, _ row: Int32, _ a: Int32, _ b: Int32
  ) -> Bool {
    for j in Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1]) where members[j] >= a && members[j] <= b {
      return true
    }
    return false
  }

  static func pickAmong<T: FixedWidthInteger>(
    _ ins: [UnsafePointer<T>], _ out: UnsafeMutablePointer<T>, _ n: Int, larger: Bool, unknown: T, none: T
  ) {
    for k in 0..<n {
      var best = none
      for p in ins {
        let v = p[k]
        if v == unknown {
          best = unknown
          break
        }
        if v == none { continue }
        if best == none || (larger ? v > best : v < best) { best = v }
      }
      out[k] = best
    }
  }

  // MARK: Products

  /// The product of `inputs[range]` at row k; nil when it does not fit.
  private static func multiply(_ inputs: [UnsafePointer<Int64>], _ range: Range<Int>, _ k: Int) -> Int128? {
    var p: Int128 = 1
    for j in range {
      let (v, over) = p.multipliedReportingOverflow(by: Int128(inputs[j][k]))
      if over { return nil }
      p = v
    }
    return p
  }

  private static func absence(_ inputs: [UnsafePointer<Int64>], _ k: Int) -> Int64? {
    var none = false
    for p in inputs {
      if p[k] == Absent.unknown64 { return Absent.unknown64 }
      if p[k] == Absent.none64 { none = true }
    }
    return none ? Absent.none64 : nil
  }

  static func product(
    _ inputs: [UnsafePointer<Int64>], _ k: Int, _ numerators: Int, rounded: Bool
  ) -> (Int64, Bool) {
    if let a = absence(inputs, k) { return (a, false) }
    guard let n = multiply(inputs, 0..<numerators, k), let d = multiply(inputs, numerators..<inputs.count, k) else {
      return (Absent.none64, true)
    }
    if n == Int128.min || d == Int128.min { return (Absent.none64, true) }
    // Dividing by nought gives nothing known.
    if d == 0 { return (Absent.unknown64, false) }
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
    guard let v = Int64(exactly: q) else { return (Absent.none64, true) }
    return (v, false)
  }

  private static func zeroDivisor(_ inputs: [UnsafePointer<Int64>], _ k: Int, _ range: Range<Int>) -> Bool {
    range.contains { inputs[$0][k] == 0 }
  }

  static func compareProducts(
    _ op: Expression.Comparison, _ inputs: [UnsafePointer<Int64>], _ k: Int, _ na: Int, _ da: Int, _ nb: Int
  ) -> UInt8 {
    if let a = absence(inputs, k) { return a == Absent.unknown64 ? Truth.unknown : Truth.no }
    let second = na + da
    guard let n1 = multiply(inputs, 0..<na, k), let d1 = multiply(inputs, na..<second, k),
      let n2 = multiply(inputs, second..<second + nb, k), let d2 = multiply(inputs, second + nb..<inputs.count, k),
      d1 != 0, d2 != 0
    else { return zeroDivisor(inputs, k, na..<second) || zeroDivisor(inputs, k, second + nb..<inputs.count) ? Truth.unknown : Truth.no }
    let (x, o1) = n1.multipliedReportingOverflow(by: d2)
    let (y, o2) = n2.multipliedReportingOverflow(by: d1)
    if o1 || o2 { return Truth.no }
    return holds(op, (d1 < 0) != (d2 < 0) ? y : x, (d1 < 0) != (d2 < 0) ? x : y) ? Truth.yes : Truth.no
  }
}
