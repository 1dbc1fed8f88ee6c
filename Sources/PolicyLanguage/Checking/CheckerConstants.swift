// Figures that are known from the text alone: which ranges are empty, and which amounts are below nought, whatever the
// facts. Parameters stand at their defaults here.
import Diagnostics
import Reckoning

/// A fraction of raw figures.
private struct Known {
  let above: Int128
  /// Above nought.
  let below: Int128

  init?(_ above: Int128, over below: Int128 = 1) {
    guard below != 0, above != .min, below != .min else { return nil }
    self.above = below < 0 ? -above : above
    self.below = below < 0 ? -below : below
  }

  static func product(_ a: Int128, _ b: Int128) -> Int128? {
    let (p, over) = a.multipliedReportingOverflow(by: b)
    return over ? nil : p
  }

  func times(_ other: Known) -> Known? {
    guard let a = Known.product(above, other.above), let b = Known.product(below, other.below) else { return nil }
    return Known(a, over: b)
  }

  func divided(by other: Known) -> Known? {
    guard let a = Known.product(above, other.below), let b = Known.product(below, other.above) else { return nil }
    return Known(a, over: b)
  }

  func plus(_ other: Known, sign: Int128) -> Known? {
    guard let a = Known.product(above, other.below), let b = Known.product(other.above, below),
      let c = Known.product(below, other.below)
    else { return nil }
    let (sum, over) = a.addingReportingOverflow(sign * b)
    return over ? nil : Known(sum, over: c)
  }

  func isLess(than other: Known) -> Bool? {
    guard let a = Known.product(above, other.below), let b = Known.product(other.above, below) else { return nil }
    return a < b
  }
}

extension Checker {
  /// A range whose end lies before its beginning holds nothing.
  func demandOrder(_ from: Typed, _ to: Typed, at location: SourceRange) {
    var seen: [ObjectIdentifier: Known?] = [:]
    guard let a = known(from, &seen), let b = known(to, &seen), b.isLess(than: a) == true else { return }
    report(
      "reversed-range", Text("This ends before it begins.", zh: "终点早于起点。"),
      hint: Text("Exchange the two ends, or correct one.", zh: "请对调两端，或更正其一。"), at: location)
  }

  /// Amounts that are below nought whatever the facts say: they would be paid to nobody.
  func demandPositive(_ amount: Typed) {
    var seen: [ObjectIdentifier: Known?] = [:]
    var branches: Set<ObjectIdentifier> = []
    func look(_ amount: Typed) {
      guard branches.insert(ObjectIdentifier(amount)).inserted else { return }
      if case .ifThen(_, let a, let b) = amount.operation {
        look(a)
        look(b)
        return
      }
      guard let value = known(amount, &seen), value.above < 0 else { return }
      report(
        "below-nought", Text("This amount is below nought, and nothing would be paid.", zh: "该金额低于零，不会支付。"),
        hint: Text("A payment is not less than nought.", zh: "支付金额不能小于零。"), at: amount.location)
    }
    look(amount)
  }

  /// The raw figure that an expression comes to; nil where that hangs on facts, or is not a figure.
  /// A parameter of the document, of a measure or of a table by its id.
  func parameter(withID id: String) -> Parameter? {
    if id.hasPrefix(documentID + ".") {
      let name = id.dropFirst(documentID.count + 1)
      if let own = parameters[String(name)], own.id == id { return own }
      if let dot = name.firstIndex(of: "."),
        let own = measureParameters[String(name[..<dot])]?[String(name[name.index(after: dot)...])], own.id == id
      {
        return own
      }
    }
    return parameters.values.first { $0.id == id }
      ?? measureParameters.values.lazy.flatMap(\.values).first { $0.id == id }
  }

  private func known(_ t: Typed, _ seen: inout [ObjectIdentifier: Known?]) -> Known? {
    if let value = seen[ObjectIdentifier(t)] { return value }
    let value = work(t, &seen)
    seen[ObjectIdentifier(t)] = value
    return value
  }

  private func work(_ t: Typed, _ seen: inout [ObjectIdentifier: Known?]) -> Known? {
    func both(_ a: Typed, _ b: Typed, _ f: (Known, Known) -> Known?) -> Known? {
      guard let x = known(a, &seen), let y = known(b, &seen) else { return nil }
      return f(x, y)
    }
    switch t.operation {
    case .constant(let raw): return Known(Int128(raw), over: t.type.hundredMillionths)
    case .parameter(let id):
      guard let raw = parameter(withID: id)?.value else { return nil }
      return Known(Int128(raw), over: t.type.hundredMillionths)
    case .add(let a, let b): return t.type == .date ? nil : both(a, b) { $0.plus($1, sign: 1) }
    case .subtract(let a, let b): return t.type == .date ? nil : both(a, b) { $0.plus($1, sign: -1) }
    case .multiply(let a, let b): return both(a, b) { $0.times($1) }
    case .divide(let a, let b): return both(a, b) { $0.divided(by: $1) }
    case .textConstant, .placeConstant, .value, .readingIs, .home, .asOf, .windowStart, .windowEnd, .adopted,
      .selfRecord, .selfField, .argument, .field, .frameRecord, .iteration, .call, .not, .and, .or, .compare, .between,
      .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .whole, .ifThen, .pick, .yearOf,
      .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .sum, .extreme,
      .dateOfNumber, .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn, .different, .ofFrame,
      .notKnown, .rounded, .form, .nothing:
      return nil
    }
  }
}

extension ValueType {
  /// How many raw figures make one.
  fileprivate var hundredMillionths: Int128 { self == .share || self == .decimal ? Int128(Share.unit) : 1 }
}
