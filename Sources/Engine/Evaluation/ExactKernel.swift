// Exact amounts at one row: fractions of 128 bits in lowest terms, wider ones where these do not hold them. What does
// not fit at all is told, never wrapped; dividing by nought gives nothing known.
import Facts
import PolicyLanguage
import Reckoning

/// A number that exact amounts are reckoned in.
protocol ExactNumber {
  init(_ whole: Int64)
  var isNought: Bool { get }
  // Nil where it does not fit.
  func adding(_ other: Self) -> Self?
  func times(_ other: Self) -> Self?
  var inverse: Self? { get }
  var negative: Self? { get }
  /// Half away from nought, or down; nil where it does not fit 64 bits.
  func rounded(down: Bool) -> Int64?
  /// -1, 0 or 1 as this is less than, equal to or more than another; nil where it cannot be told.
  func compared(to other: Self) -> Int?
  /// In lowest terms; nil where they do not fit 64 bits.
  var parts: (above: Int64, below: Int64)? { get }
}

/// A fraction in lowest terms with a denominator above nought.
struct Fraction: ExactNumber {
  let above: Int128
  let below: Int128

  init(_ whole: Int64) {
    above = Int128(whole)
    below = 1
  }

  /// Nil where the denominator is nought.
  init?(_ above: Int128, over below: Int128) {
    guard below != 0, above != .min, below != .min else { return nil }
    let d = Fraction.divisor(above.magnitude, below.magnitude)
    let sign: Int128 = below < 0 ? -1 : 1
    self.above = above / Int128(d) * sign
    self.below = below / Int128(d) * sign
  }

  private static func divisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    if a <= UInt64.max, b <= UInt64.max {
      var (x, y) = (UInt64(a), UInt64(b))
      while y != 0 { (x, y) = (y, x % y) }
      return UInt128(max(x, 1))
    }
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }

  /// Nil where it does not fit.
  func adding(_ other: Fraction) -> Fraction? {
    let d = Int128(Fraction.divisor(below.magnitude, other.below.magnitude))
    guard let x = product(above, other.below / d), let y = product(other.above, below / d),
      let below = product(below / d, other.below)
    else { return nil }
    let (sum, over) = x.addingReportingOverflow(y)
    return over ? nil : Fraction(sum, over: below)
  }

  func times(_ other: Fraction) -> Fraction? {
    // Crosswise first, so that what cancels never has to fit.
    guard let x = Fraction(above, over: other.below), let y = Fraction(other.above, over: below),
      let above = product(x.above, y.above), let below = product(x.below, y.below)
    else { return nil }
    return Fraction(above, over: below)
  }

  var isNought: Bool { above == 0 }
  var parts: (above: Int64, below: Int64)? {
    guard let x = Int64(exactly: above), let y = Int64(exactly: below) else { return nil }
    return (x, y)
  }
  var inverse: Fraction? { Fraction(below, over: above) }
  var negative: Fraction? { Fraction(-above, over: below) }

  /// Nil where it does not fit 64 bits.
  func rounded(down: Bool) -> Int64? {
    var q = above / below
    let r = above % below
    if down {
      if r < 0 { q -= 1 }
    } else if r != 0 {
      let rest = r < 0 ? -r : r
      if rest >= below - rest { q += above < 0 ? -1 : 1 }
    }
    return Int64(exactly: q)
  }

  /// -1, 0 or 1 as this is less than, equal to or more than another; nil where it cannot be told in 128 bits.
  func compared(to other: Fraction) -> Int? {
    guard let x = product(above, other.below), let y = product(other.above, below) else { return nil }
    return x < y ? -1 : x == y ? 0 : 1
  }

  private func product(_ a: Int128, _ b: Int128) -> Int128? {
    let (p, over) = a.multipliedReportingOverflow(by: b)
    return over ? nil : p
  }
}

/// What an exact form comes to at one row.
enum ExactValue<Number: ExactNumber> {
  case fraction(Number)
  case none
  case unknown
  /// A divisor is nought.
  case byNought
  case tooLarge

  var isMissing: Bool { if case .fraction = self { false } else { true } }

  private static func worse(_ a: ExactValue, _ b: ExactValue) -> ExactValue {
    switch (a, b) {
    case (.tooLarge, _), (_, .tooLarge): .tooLarge
    case (.unknown, _), (_, .unknown): .unknown
    case (.byNought, _), (_, .byNought): .byNought
    case (.none, .none), (.none, .fraction), (.fraction, .none), (.fraction, .fraction): .none
    }
  }

  static func both(_ a: ExactValue, _ b: ExactValue, _ f: (Number, Number) -> Number?) -> ExactValue {
    guard case .fraction(let x) = a, case .fraction(let y) = b else { return worse(a, b) }
    return f(x, y).map { .fraction($0) } ?? .tooLarge
  }

  /// - Parameters:
  ///   - figure: the input at a place, as a number.
  ///   - truth: the input at a place, as a condition.
  static func of(_ form: ExactForm, _ figure: (Int) -> Int64, _ truth: (Int) -> UInt8) -> ExactValue {
    switch form {
    case .input(let i):
      let v = figure(i)
      return v == Int64.unknownMark ? .unknown : v == Int64.noneMark ? .none : .fraction(Number(v))
    case .product(let above, let below):
      var result = ExactValue.fraction(Number(1))
      for factor in above { result = both(result, of(factor, figure, truth)) { $0.times($1) } }
      for factor in below {
        let divisor = of(factor, figure, truth)
        if case .fraction(let f) = divisor, f.isNought {
          result = worse(result, .byNought)
          continue
        }
        result = both(result, divisor) { a, b in b.inverse.flatMap { a.times($0) } }
      }
      return result
    case .sum(let a, let b, let adding):
      return both(of(a, figure, truth), of(b, figure, truth)) { x, y in
        adding ? x.adding(y) : y.negative.flatMap { x.adding($0) }
      }
    case .choose(let test, let a, let b):
      let t = truth(test)
      if Truth.holds(t) { return of(a, figure, truth) }
      return t & 0b11 == 0 ? of(b, figure, truth) : .unknown
    case .power(let base, let exponent):
      let n = figure(exponent)
      if n.isAbsent { return n.isUnknown ? .unknown : .none }
      guard (0...TypedForm.mostYears).contains(n) else { return .unknown }
      let factor = of(base, figure, truth)
      var result = ExactValue.fraction(Number(1))
      for _ in 0..<n { result = both(result, factor) { $0.times($1) } }
      return result
    case .pick(let pick, let all):
      var best = ExactValue.none
      for part in all {
        let next = of(part, figure, truth)
        guard case .fraction(let y) = next else {
          if case .none = next { continue }
          return next
        }
        guard case .fraction(let x) = best else {
          best = next
          continue
        }
        guard let order = y.compared(to: x) else { return .tooLarge }
        if pick == .larger || pick == .later ? order > 0 : order < 0 { best = next }
      }
      return best
    }
  }
}

extension Worker {
  /// An exact amount as a column holds it.
  func store<Number>(_ value: ExactValue<Number>, _ result: ExactResult) -> Int64 {
    switch value {
    case .unknown, .byNought: return Int64.unknownMark
    case .none: return Int64.noneMark
    case .tooLarge:
      overflowed = true
      return beyond
    case .fraction(let f):
      let figure: Int64? =
        switch result {
        case .rounded: f.rounded(down: false)
        case .down: f.rounded(down: true)
        case .numerator: f.parts?.above
        case .denominator: f.parts?.below
        }
      guard let figure, !figure.isAbsent else {
        overflowed = true
        return beyond
      }
      return figure
    }
  }

  /// Two exact amounts compared; with what is not there nothing compares. Nil where it cannot be told.
  func compared<Number>(
    _ op: Expression.Comparison, _ a: ExactValue<Number>, _ b: ExactValue<Number>
  ) -> UInt8? {
    if case .fraction(let x) = a, case .fraction(let y) = b {
      guard let order = x.compared(to: y) else { return nil }
      return Comparing.holds(op, order, 0) ? Truth.yes : Truth.no
    }
    for value in [a, b] {
      switch value {
      case .unknown, .byNought: return Truth.unknown
      case .tooLarge: return nil
      case .none, .fraction: break
      }
    }
    return Truth.no
  }
}

extension Operation {
  func exact(_ form: ExactForm, _ result: ExactResult) {
    let out = wide
    for k in 0..<count {
      let value: ExactValue<Fraction> = value(form, k)
      if case .tooLarge = value {
        // What grows for many years does not fit; it is reckoned again in as many bits as it takes.
        out[k] = worker.store(self.value(form, k) as ExactValue<WideFraction>, result)
      } else {
        out[k] = worker.store(value, result)
      }
    }
  }

  func compareExact(_ op: Expression.Comparison, _ a: ExactForm, _ b: ExactForm) {
    let out = truths
    for k in 0..<count {
      let (x, y): (ExactValue<Fraction>, ExactValue<Fraction>) = (value(a, k), value(b, k))
      if let truth = worker.compared(op, x, y) {
        out[k] = truth
        continue
      }
      let (p, q): (ExactValue<WideFraction>, ExactValue<WideFraction>) = (value(a, k), value(b, k))
      let truth = worker.compared(op, p, q)
      if truth == nil { worker.overflowed = true }
      out[k] = truth ?? Truth.unknown
    }
  }

  private func value<Number>(_ form: ExactForm, _ k: Int) -> ExactValue<Number> {
    ExactValue.of(form) {
      int64($0)[k]
    } _: {
      truth($0)[k]
    }
  }

  /// A column worked out as a whole, at the rows asked for.
  func wholeColumn() {
    guard case .table(let values) = step.source else {
      Invariant.broken("whole-column-made: a column that hangs on other rows is made before it is looked at")
    }
    switch values.column {
    case .int32(let column): look(Lane(column), narrow)
    case .int64(let column): look(Lane(column), wide)
    case .truth(let column): look(Lane(column), truths)
    }
  }

  private func look<Value: BitwiseCopyable>(_ column: Lane<Value>, _ out: OpenLane<Value>) {
    for k in 0..<count { out[k] = column[row(k)] }
  }
}
