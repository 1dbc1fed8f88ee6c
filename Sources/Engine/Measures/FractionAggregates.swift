// What frames ask of figures of their members that need not be whole: sums, largest and smallest ones, how many
// different ones there are. Nothing is rounded on the way.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// A figure of members put together: a fraction, none, not known, or too large to be told.
enum Counted {
  case fraction(Fraction)
  case none
  case unknown
  case tooLarge

  init(_ above: Int64, over below: Int64) {
    if above.isNone || below.isNone {
      self = .none
    } else if above.isUnknown || below.isUnknown {
      self = .unknown
    } else {
      self = Fraction(Int128(above), over: Int128(below)).map { .fraction($0) } ?? .unknown
    }
  }

  /// What is not there adds nothing; what is not known makes the sum unknown.
  static func added(_ a: Counted, _ b: Counted) -> Counted {
    switch (a, b) {
    case (.tooLarge, _), (_, .tooLarge): .tooLarge
    case (.unknown, _), (_, .unknown): .unknown
    case (.none, _): b
    case (_, .none): a
    case (.fraction(let x), .fraction(let y)): x.adding(y).map { .fraction($0) } ?? .tooLarge
    }
  }

  /// The larger or smaller of two; what is not there is left out, what is not known makes all unknown.
  static func picked(_ a: Counted, _ b: Counted, _ larger: Bool) -> Counted {
    switch (a, b) {
    case (.tooLarge, _), (_, .tooLarge): return .tooLarge
    case (.unknown, _), (_, .unknown): return .unknown
    case (.none, _): return b
    case (_, .none): return a
    case (.fraction(let x), .fraction(let y)):
      guard let order = y.compared(to: x) else { return .tooLarge }
      return (larger ? order > 0 : order < 0) ? b : a
    }
  }

  /// The numerator or the denominator as a column holds it.
  func part(isBelow: Bool) -> Int64 {
    switch self {
    case .fraction(let f): Int64(exactly: isBelow ? f.below : f.above) ?? .unknownMark
    case .none: .noneMark
    case .unknown, .tooLarge: .unknownMark
    }
  }

  var isTooLarge: Bool {
    switch self {
    case .fraction(let f): f.parts == nil
    case .none, .unknown: false
    case .tooLarge: true
    }
  }
}

extension MeasureRun {
  /// Fractions of members put together frame by frame: the result's numerator or denominator, in lowest terms.
  func fractions(
    _ above: Node, _ below: Node, _ members: MemberRows, _ set: Int, _ isBelow: Bool,
    from first: Counted = .fraction(Fraction(0)), _ join: (Counted, Counted) -> Counted
  ) -> Values {
    var figures = [Counted](repeating: first, count: frameCount)
    ask([above, below], members, set) { worker, start, n in
      let a = worker.int64(0), b = worker.int64(1)
      for k in 0..<n {
        let f = Int(members.frames[start + k])
        figures[f] = join(figures[f], Counted(a[k], over: b[k]))
      }
    }
    if figures.contains(where: \.isTooLarge) { evaluator.overflowed = true }
    return Values(int64: Storage(figures.map { $0.part(isBelow: isBelow) }, padding: 0))
  }

  /// How many different fractions the members of each frame have.
  func different(_ above: Node, _ below: Node, _ members: MemberRows, _ set: Int) -> Values {
    let out = Storage<Int64>(count: frameCount, repeating: 0)
    var seen = KeyedFractions()
    ask([above, below], members, set) { worker, start, n in
      let a = worker.int64(0), b = worker.int64(1)
      for k in 0..<n {
        let f = Int(members.frames[start + k])
        if a[k].isUnknown || b[k].isUnknown || out[f].isUnknown {
          out[f] = .unknownMark
        } else if !a[k].isNone, seen.isNew(f, a[k], over: b[k]) {
          out[f] += 1
        }
      }
    }
    return Values(int64: out)
  }

  /// The places of fractions among those of all frames, from nought: equal ones have one place. What is none or not
  /// known stays so.
  func places(ofFractions t: Typed) -> Storage<Int64> {
    let (above, below) = lowering.parts(of: t, frameContext)
    let a = wide(above), b = wide(below)
    let out = Storage<Int64>(count: frameCount, repeating: .noneMark)
    var known: [Int] = []
    for f in 0..<frameCount {
      if a(f).isAbsent || b(f).isAbsent {
        out[f] = .absent(unknown: a(f).isUnknown || b(f).isUnknown)
      } else {
        known.append(f)
      }
    }
    func precedes(_ x: Int, _ y: Int) -> Bool { a(x).multipliedFullWidth(b(y)) < a(y).multipliedFullWidth(b(x)) }
    known.sort(by: precedes)
    var place: Int64 = 0
    for (n, f) in known.enumerated() {
      if n > 0, precedes(known[n - 1], f) { place += 1 }
      out[f] = place
    }
    return out
  }

  /// A figure of the frames by their numbers, also where it is one for all.
  private func wide(_ node: Node) -> (Int) -> Int64 {
    let values = frameValues(node).wide
    return node.domain == .constant ? { _ in values[0] } : { values[$0] }
  }
}

/// Fractions in lowest terms that have been seen after a number.
struct KeyedFractions {
  private var parts = KeyedNumbers()
  private var whole = KeyedNumbers()

  init() {}

  mutating func isNew(_ before: Int, _ above: Int64, over below: Int64) -> Bool {
    whole.isNew(before, number(above, over: below))
  }

  /// A number that stands for the fraction alone.
  mutating func number(_ above: Int64, over below: Int64) -> Int64 {
    // Denominators go by numbers of their own, which no numerator's number is taken for.
    let own = parts.number(-1, below)
    return Int64(parts.number(Int(own), above))
  }
}

extension Int64 {
  fileprivate func multipliedFullWidth(_ other: Int64) -> Int128 { Int128(self) * Int128(other) }
}
