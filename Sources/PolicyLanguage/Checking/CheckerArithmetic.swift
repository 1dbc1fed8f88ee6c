// Arithmetic: sums, products and quotients by their units, branches of one unit, and the larger or later of several.
import Diagnostics
import Facts

extension Checker {
  func sum(_ a: Expression, _ b: Expression, adding: Bool, _ scope: Scope, _ location: SourceRange) -> Typed {
    var ta = expression(a, scope), tb = expression(b, scope)
    if ta.type == .date { tb = wholeMonthsOnly(tb) }
    if tb.type == .date { ta = wholeMonthsOnly(ta) }
    if ta.type == .broken || tb.type == .broken { return broken(location) }
    guard let type = Units.sum(of: ta.type, tb.type, adding: adding) else {
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
    guard let type = Units.product(of: ta.type, tb.type) else {
      let both = [ta.type, tb.type]
      let isMoneyMonths =
        both.contains { $0.amountCurrency != nil } && both.contains { $0 == .months || $0 == .partMonths }
      report(
        "cannot-multiply",
        Text(
          "\(ta.type.words.en) times \(tb.type.words.en) means nothing.",
          zh: "\(ta.type.words.zh)乘以\(tb.type.words.zh)没有意义。"),
        hint: isMoneyMonths
          ? Text(
            "Give the rate as `yuan per month`; of a fact, take the number of months: `monthly_wage * (n / 1 month)`.",
            zh: "请把标准写成 `yuan per month`；事实按月填写的，取月数的个数：`月工资×（n÷1个月）`。")
          : [ta.type, tb.type].contains(.days)
            ? Text(
              "Give the rate as `yuan per day`, or take the number of days: `(days from a to b) / 1 day`.",
              zh: "请把标准写成 `yuan per day`，或取天数的个数：`自a至b的天数÷1日`。")
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
    guard let type = Units.quotient(of: ta.type, tb.type) else {
      report(
        "cannot-divide",
        Text(
          "\(ta.type.words.en) cannot be divided by \(tb.type.words.en).",
          zh: "\(ta.type.words.zh)不能除以\(tb.type.words.zh)。"),
        hint: Text("Divide by a number.", zh: "请除以一个数。"), at: location)
      return broken(location)
    }
    if case .number(let digits, _) = b.node, digits.allSatisfy({ "0.,".contains($0) }) {
      report(
        "divided-by-nought", Text("Nothing is divided by nought.", zh: "除数不能为零。"),
        hint: Text("Write what it is shared among.", zh: "请写实际的除数。"), at: b.location)
      return broken(location)
    }
    return Typed(.divide(ta, tb), type, at: location)
  }

  /// `paid * (term - served) / term`: months over months, days over days, or an amount over another, are a part of an
  /// amount, although an amount times months, or times an amount, is nothing by itself.
  private static func shareOfTime(_ a: Typed, _ b: Typed, over whole: Typed, _ location: SourceRange) -> Typed? {
    guard whole.type == .months || whole.type == .days || whole.type.amountCurrency != nil else { return nil }
    guard b.type == whole.type else { return a.type == whole.type ? shareOfTime(b, a, over: whole, location) : nil }
    guard let type = Units.product(of: .fraction, a.type), Units.product(of: b.type, a.type) == nil else { return nil }
    return Typed(.multiply(Typed(.divide(b, whole), .fraction, at: location), a), type, at: location)
  }

  // MARK: Branches and choices

  func ifThen(
    _ c: Expression, _ a: Expression, _ b: Expression, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let tc = condition(c, scope), ta = expression(a, scope), tb = expression(b, scope)
    if ta.type == .broken || tb.type == .broken || tc.type == .broken { return broken(location) }
    let type = ta.type == .nothing ? tb.type : ta.type
    if ta.type != .nothing, tb.type != .nothing, let type = Units.common([ta.type, tb.type]) {
      return Typed(.ifThen(tc, ta, tb), type, at: location)
    }
    if ta.type != .nothing, tb.type != .nothing {
      report(
        "branches-differ",
        Text(
          "One branch is \(ta.type.words.en), the other \(tb.type.words.en).",
          zh: "一支是\(ta.type.words.zh)，另一支是\(tb.type.words.zh)。"),
        hint: Checker.partOfMonth(ta, tb) ?? Text("Give both the same unit.", zh: "请让两支的单位相同。"), at: location)
      return broken(location)
    }
    return Typed(.ifThen(tc, ta, tb), type, at: location)
  }

  /// How half a month is written, where one branch is months and the other came of dividing some.
  private static func partOfMonth(_ a: Typed, _ b: Typed) -> Text? {
    let types = [a.type, b.type]
    guard types.contains(where: { $0 == .months || $0 == .partMonths }), types.contains(where: \.isNumber) else {
      return nil
    }
    return Text(
      "A part of a month is a number times a month: `0.5 * 1 month`.", zh: "不足一个月的部分写作数乘以月：`0.5 * 1 month`。")
  }

  func pick(_ pick: Expression.Pick, _ xs: [Expression], _ scope: Scope, _ location: SourceRange) -> Typed {
    let ts = xs.map { expression($0, scope) }
    guard let first = ts.first(where: { $0.type != .nothing }), !ts.contains(where: { $0.type == .broken }) else {
      return broken(location)
    }
    let wanted: ValueType = pick == .later || pick == .earlier ? .date : .number
    let given = ts.filter { $0.type != .nothing }
    guard let type = Units.common(given.map(\.type)), type.isPicked(as: wanted) else {
      let odd = given.first { $0.type != first.type } ?? first
      mismatch(odd, wanted: first.type.isPicked(as: wanted) ? first.type : wanted)
      return broken(location)
    }
    return Typed(.pick(pick, ts), type, at: location)
  }
}

extension ValueType {
  /// Whether the later or larger of several such can be told.
  fileprivate func isPicked(as wanted: ValueType) -> Bool {
    switch self {
    case .date: wanted == .date
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction: wanted != .date
    case .truth, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken: false
    }
  }
}
