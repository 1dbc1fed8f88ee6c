// Arithmetic: sums, products and quotients by their units, branches of one unit, and the larger or later of several.
import Diagnostics
import Facts

extension Checker {
  func sum(_ a: Expression, _ b: Expression, adding: Bool, _ scope: Scope, _ location: SourceRange) -> Typed {
    let ta = expression(a, scope), tb = expression(b, scope)
    if ta.type == .broken || tb.type == .broken { return broken(location) }
    guard let type = Checker.sum(of: ta.type, tb.type, adding: adding) else {
      let verb = adding ? Text("added to", zh: "相加") : Text("subtracted from", zh: "相减")
      report(
        "units-differ",
        Text(
          "\(tb.type.words.en) cannot be \(verb.en) \(ta.type.words.en).",
          zh: "\(ta.type.words.zh)与\(tb.type.words.zh)不能\(verb.zh)。"),
        hint: Checker.inMonths(a) ?? Checker.inMonths(b)
          ?? Text("Check the units: 6 months, 300 yuan, 100 persons.", zh: "请检查单位：6 months、300 yuan、100 persons。"),
        at: b.location)
      return broken(location)
    }
    if adding, ta.type == .months || ta.type == .days, tb.type == .date {
      return Typed(.add(tb, ta), type, at: location)
    }
    return Typed(adding ? .add(ta, tb) : .subtract(ta, tb), type, at: location)
  }

  func product(_ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    product(expression(a, scope), expression(b, scope), location)
  }

  private func product(_ ta: Typed, _ tb: Typed, _ location: SourceRange) -> Typed {
    if ta.type == .broken || tb.type == .broken { return broken(location) }
    guard let type = Checker.product(of: ta.type, tb.type) ?? Checker.product(of: tb.type, ta.type) else {
      let isMoneyMonths = (ta.type == .money && tb.type == .months) || (ta.type == .months && tb.type == .money)
      report(
        "cannot-multiply",
        Text(
          "\(ta.type.words.en) times \(tb.type.words.en) means nothing.",
          zh: "\(ta.type.words.zh)乘以\(tb.type.words.zh)没有意义。"),
        hint: isMoneyMonths
          ? Text("Give the rate as `yuan per month`.", zh: "请把标准写成 `yuan per month`。")
          : Text("Check the units of both.", zh: "请检查两者的单位。"), at: location)
      return broken(location)
    }
    return Typed(.multiply(ta, tb), type, at: location)
  }

  /// `share of amount`: a count in the place of the share would be that many times the amount.
  func portion(_ a: Expression, of b: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    let share = expression(a, scope)
    guard share.type == .number else { return product(share, expression(b, scope), location) }
    let digits: String? = if case .number(let digits, _) = a.node { digits } else { nil }
    report(
      "count-as-share", Text("This is a number, where a share (%) belongs.", zh: "这里应为比例（%），实际是数。"),
      hint: digits.map { Text("Write `\($0)%`, if that is meant; else `*`.", zh: "如果是这个意思，请写 `\($0)%`；否则用 `*`。") }
        ?? Text("Give it in %, or write `*` to multiply.", zh: "请用 % 表示，或用 `*` 相乘。"), at: a.location)
    return broken(location)
  }

  func quotient(_ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    let ta: Typed
    let tb: Typed
    if case .multiply(let x, let y) = a.node {
      let (tx, ty) = (expression(x, scope), expression(y, scope))
      tb = expression(b, scope)
      if let share = Checker.shareOfTime(tx, ty, over: tb, location) { return share }
      ta = product(tx, ty, a.location)
    } else {
      (ta, tb) = (expression(a, scope), expression(b, scope))
    }
    if ta.type == .broken || tb.type == .broken { return broken(location) }
    guard let type = Checker.quotient(of: ta.type, tb.type) else {
      report(
        "cannot-divide",
        Text(
          "\(ta.type.words.en) cannot be divided by \(tb.type.words.en).",
          zh: "\(ta.type.words.zh)不能除以\(tb.type.words.zh)。"),
        hint: Text("Divide by a number.", zh: "请除以一个数。"), at: location)
      return broken(location)
    }
    return Typed(.divide(ta, tb), type, at: location)
  }

  /// `paid * (term - served) / term`: months over months, or days over days, are a part of an amount, although an
  /// amount times months by itself is nothing.
  private static func shareOfTime(_ a: Typed, _ b: Typed, over whole: Typed, _ location: SourceRange) -> Typed? {
    guard whole.type == .months || whole.type == .days else { return nil }
    guard b.type == whole.type else { return a.type == whole.type ? shareOfTime(b, a, over: whole, location) : nil }
    guard let type = product(of: .fraction, a.type), product(of: b.type, a.type) == nil else { return nil }
    return Typed(.multiply(Typed(.divide(b, whole), .fraction, at: location), a), type, at: location)
  }

  // MARK: Units

  // Pairs of units that are not named here do not go together: a unit that is new goes with nothing until somebody says
  // so.

  /// What the sum or difference of two units is; nil where there is none.
  private static func sum(of a: ValueType, _ b: ValueType, adding: Bool) -> ValueType? {
    if a == b {
      switch a {
      case .number, .months, .days, .money, .rate, .share: return a
      case .date: return adding ? nil : .days
      case .truth, .fraction, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken: return nil
      }
    }
    if a == .date, b == .months || b == .days { return .date }
    if a == .dateOrYear, b == .months { return .dateOrYear }
    if b == .date, a == .months || a == .days { return adding ? .date : nil }
    return nil
  }

  /// What the product of two units is, the first being the multiplier; nil where there is none.
  static func product(of a: ValueType, _ b: ValueType) -> ValueType? { products[a]?[b] }

  private static let products: [ValueType: [ValueType: ValueType]] = [
    .number: [
      .number: .number, .money: .money, .months: .months, .days: .days, .rate(.month): .rate(.month),
      .rate(.day): .rate(.day), .rate(.one): .money, .rate(.oneMonth): .rate(.month),
    ],
    .months: [.rate(.month): .money, .rate(.oneMonth): .rate(.one)],
    .days: [.rate(.day): .money],
    .share: [
      .money: .money, .rate(.month): .rate(.month), .rate(.day): .rate(.day), .rate(.one): .rate(.one),
      .rate(.oneMonth): .rate(.oneMonth), .number: .fraction, .months: .fraction, .share: .fraction,
      .fraction: .fraction,
    ],
    .fraction: [
      .number: .fraction, .money: .money, .rate(.month): .rate(.month), .rate(.day): .rate(.day), .rate(.one): .money,
      .rate(.oneMonth): .rate(.month),
    ],
  ]

  /// What one unit divided by another is; nil where there is nothing.
  private static func quotient(of a: ValueType, _ b: ValueType) -> ValueType? { quotients[a]?[b] }

  private static let quotients: [ValueType: [ValueType: ValueType]] = [
    .money: [.number: .money, .money: .fraction, .months: .rate(.month), .days: .rate(.day)],
    .rate(.month): [.number: .rate(.month)], .rate(.day): [.number: .rate(.day)], .rate(.one): [.number: .rate(.one)],
    .number: [.number: .fraction],
    .months: [.months: .fraction, .number: .fraction],
    .fraction: [.number: .fraction],
    .days: [.days: .fraction],
  ]

  // MARK: Branches and choices

  func ifThen(
    _ c: Expression, _ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let tc = condition(c, scope), ta = expression(a, scope), tb = expression(b, scope)
    if ta.type == .broken || tb.type == .broken || tc.type == .broken { return broken(location) }
    let type = ta.type == .nothing ? tb.type : ta.type
    if ta.type != .nothing, tb.type != .nothing, ta.type != tb.type {
      report(
        "branches-differ",
        Text(
          "One branch is \(ta.type.words.en), the other \(tb.type.words.en).",
          zh: "一支是\(ta.type.words.zh)，另一支是\(tb.type.words.zh)。"),
        hint: Text("Give both the same unit.", zh: "请让两支的单位相同。"), at: location)
      return broken(location)
    }
    return Typed(.ifThen(tc, ta, tb), type, at: location)
  }

  func pick(_ pick: Expression.Pick, _ xs: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    let ts = xs.map { expression($0, scope) }
    guard let first = ts.first(where: { $0.type != .nothing }), !ts.contains(where: { $0.type == .broken }) else {
      return broken(location)
    }
    let allowed: [ValueType] =
      pick == .later || pick == .earlier
      ? [.date] : [.number, .months, .days, .money, .share] + Rate.allCases.map { .rate($0) }
    for t in ts where t.type != .nothing && (t.type != first.type || !allowed.contains(t.type)) {
      mismatch(t, wanted: allowed.contains(first.type) ? first.type : (allowed.contains(.date) ? .date : .number))
      return broken(location)
    }
    return Typed(.pick(pick, ts), first.type, at: location)
  }
}
