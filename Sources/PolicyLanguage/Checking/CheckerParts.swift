// Instalments, which add up to the fen, and the text's own rounding. Both are made of sums and of figures that are
// rounded once, so that the plan knows nothing of them.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  /// The instalments of a payment: each a payment of its own, on its own day.
  func instalments(_ p: PaySyntax, _ scope: Scope) -> [CheckedPay] {
    if let equal = p.equalParts { return equalParts(p, equal, scope) }
    if p.isUpperBound || p.low != nil || p.on != nil {
      report(
        "whole-and-parts", Text("The instalments say when and how much is paid.", zh: "各期已写明何时支付多少。"),
        hint: Text("Leave `on`, `at most` and `or at least` to the parts.", zh: "`on`、`at most`、`or at least` 请写在各期。"),
        at: p.location)
      return []
    }
    guard let shares = shares(p, scope) else { return [] }
    var made: [CheckedPay] = []
    for (k, (part, amount)) in zip(p.parts, shares).enumerated() {
      let share: (Typed) -> Typed = { whole in
        let own = amount.of(whole)
        let told = Instalment(number: k + 1, count: p.parts.count, whole: whole, share: amount.told)
        return Typed(own.operation, own.type, at: own.location, telling: .instalment(told))
      }
      let one = PaySyntax(
        who: p.who, amount: p.amount, isUpperBound: false, low: nil, forEach: p.forEach, on: part.on,
        when: both(p.when, part.when), at: part.location)
      if let pay = pay(one, scope, part: k + 1, share) { made.append(pay) }
    }
    return made
  }

  private func both(_ a: Expression?, _ b: Expression?) -> Expression? {
    guard let a, let b else { return a ?? b }
    return Expression(.and([a, b]), at: b.location)
  }

  /// What each instalment is of the whole; nil where that cannot be.
  private func shares(_ p: PaySyntax, _ scope: Scope) -> [(of: (Typed) -> Typed, told: Instalment.Share)]? {
    var parts: [Typed] = []
    var shares: [(of: (Typed) -> Typed, told: Instalment.Share)] = []
    var known: Int64 = 0, fixed: Int64 = 0
    for (i, part) in p.parts.enumerated() {
      guard let amount = part.amount else {
        guard i == p.parts.count - 1 else {
          report(
            "rest-last", Text("The rest comes last.", zh: "余额应为最后一期。"),
            hint: Text("Put `part rest` below the other parts.", zh: "请把 `part rest` 放在其他各期之后。"), at: part.location)
          return nil
        }
        let others = parts
        shares.append(({ [self] whole in rest(of: whole, after: others, at: part.location) }, .rest))
        continue
      }
      let share = expression(amount, scope, of: .share, .fraction, money)
      if share.type == .broken { return nil }
      if case .constant(let raw) = share.operation {
        if share.type == .share { known += raw } else { fixed += raw }
      } else if case .divide(let a, let b) = share.operation, case .constant(let over) = a.operation,
        case .constant(let under) = b.operation, share.type == .fraction, under > 0
      {
        let parts = Int128(over) * Int128(Share.unit) / Int128(under)
        known += Int64(min(parts, Int128(2 * Share.unit)))
      }
      parts.append(share)
      shares.append(({ whole in Checker.part(share, of: whole, at: part.location) }, .share(share)))
    }
    if known > Share.unit {
      report(
        "more-than-whole", Text("The parts are more than the whole.", zh: "各期合计超过全额。"),
        hint: Text(
          "Together they may be 100%. Ways to be paid that exclude each other are `pay` lines of their own, "
            + "each with its `when`.",
          zh: "合计不得超过 100%。不同情形分期不同的，各写一条 `pay`，各带 `when`。"), at: p.parts[0].location)
      return nil
    }
    demandWithinWhole(p, fixed: fixed, shares: known, scope)
    tellRemainder(p, parts, shares: known)
    return shares
  }

  /// Tells of shares without a rest that leave something of the whole which is never paid.
  private func tellRemainder(_ p: PaySyntax, _ parts: [Typed], shares: Int64) {
    let isFixed = parts.allSatisfy { part in
      switch part.operation {
      case .constant: part.type == .share
      case .divide(let a, let b): a.isConstant && b.isConstant
      case _: false
      }
    }
    // Quotients have been cut to the hundred-millionth.
    guard isFixed, parts.count == p.parts.count, p.parts.allSatisfy({ $0.when == nil }),
      shares + Int64(parts.count) < Share.unit, let last = p.parts.last
    else { return }
    let (paid, left) = (Share(parts: shares).text, Share(parts: Share.unit - shares).text)
    diagnostics.append(
      Diagnostic(
        .warning, code: "less-than-whole",
        Text(
          "The parts are \(paid) of the whole; \(left) of it are never paid.", zh: "各期合计为全额的 \(paid)，其余 \(left) 永不支付。"),
        hint: Text(
          "Add a last part that is the rest; if so much is meant, write the smaller whole.",
          zh: "请补上为余额的最后一期；如确为此数，请直接写较小的全额。"),
        at: last.location))
  }

  /// Tells of fixed instalments that are more than a whole which stands in the text or is a parameter: what is paid
  /// is then more than is due.
  private func demandWithinWhole(_ p: PaySyntax, fixed: Int64, shares: Int64, _ scope: Scope) {
    guard fixed > 0 else { return }
    var whole = literal(p.amount)?.0, isSet = false
    if whole == nil, let name = p.amount.bareName {
      whole = (scope.parameters[id(of: name, scope)] ?? parameters[id(of: name, scope)])?.value
      isSet = true
    }
    let unit = Int128(Share.unit)
    guard let whole, Int128(fixed) * unit + Int128(whole) * Int128(shares) > Int128(whole) * unit else { return }
    diagnostics.append(
      Diagnostic(
        isSet ? .warning : .error, code: "more-than-whole",
        Text("The parts are more than the whole.", zh: "各期合计超过全额。"),
        hint: Text("Make the fixed parts smaller, or write shares.", zh: "请减少固定金额的各期，或改写比例。"),
        at: p.parts[0].location))
  }

  private static func part(_ share: Typed, of whole: Typed, at location: SourceRange) -> Typed {
    share.type == .share || share.type == .fraction ? Typed(.multiply(share, whole), whole.type, at: location) : share
  }

  /// The whole, rounded once, less every other part, rounded once: what is paid adds up.
  private func rest(of whole: Typed, after parts: [Typed], at location: SourceRange) -> Typed {
    parts.reduce(paid(whole, at: location)) { left, share in
      let part = paid(Checker.part(share, of: whole, at: location), at: location)
      return Typed(.subtract(left, part), whole.type, at: location)
    }
  }

  /// An amount as it is paid: rounded to the hundredth, or to the whole where the currency has no smaller coin.
  func paid(_ t: Typed, at location: SourceRange) -> Typed {
    guard let currency, currency.decimals == 0, t.type.amountCurrency != nil else {
      return Typed(.rounded(t), t.type, at: location)
    }
    let one = Typed(.constant(100), t.type, at: location)
    let count = Typed(.rounded(Typed(.divide(t, one), .fraction, at: location)), .number, at: location)
    return Typed(.multiply(count, one), t.type, at: location)
  }

  /// An amount that nothing may go beyond: where the currency has no smaller coin, the whole below it.
  func atMost(_ t: Typed) -> Typed {
    guard let currency, currency.decimals == 0, t.type.amountCurrency != nil else { return t }
    let one = Typed(.constant(100), t.type, at: t.location)
    let count = Typed(.whole(Typed(.divide(t, one), .fraction, at: t.location)), .number, at: t.location)
    let whole = Typed(.multiply(count, one), t.type, at: t.location)
    return Typed(whole.operation, whole.type, at: whole.location, telling: t.telling)
  }

  /// Part k of n is what is due after k parts, rounded, less what was due after the one before.
  private func equalParts(_ p: PaySyntax, _ equal: EqualPartsSyntax, _ scope: Scope) -> [CheckedPay] {
    if !p.parts.isEmpty || p.on != nil || p.isUpperBound || p.low != nil {
      report(
        "whole-and-parts", Text("The instalments say when and how much is paid.", zh: "各期已写明何时支付多少。"),
        hint: Text("Leave `on`, `at most` and other parts out.", zh: "请删去 `on`、`at most` 和其他各期。"),
        at: equal.location)
      return []
    }
    let location = equal.location
    let every = expression(equal.every, scope)
    if case .constant(let raw) = every.operation, raw < 1 {
      report(
        "empty-span", Text("Between these parts lies no time.", zh: "各期之间没有间隔。"),
        hint: Text("Write how far apart they are, such as `every 3 months`.", zh: "请写间隔，例如 `every 3 months`。"),
        at: equal.every.location)
      return []
    }
    return (1...equal.count).compactMap { k in
      let times = Expression(.number(digits: String(k - 1), unit: nil), at: location)
      let later = Expression(.multiply(times, equal.every), at: location)
      let on = k == 1 ? equal.from : Expression(.add(equal.from, later), at: location)
      let one = PaySyntax(
        who: p.who, amount: p.amount, isUpperBound: false, low: nil, forEach: p.forEach, on: on, when: p.when,
        at: p.location)
      return pay(one, scope, part: k) { [self] whole in
        func due(_ k: Int) -> Typed {
          let count = Typed(.constant(Int64(k)), .number, at: location)
          let all = Typed(.constant(Int64(equal.count)), .number, at: location)
          let share = Typed(
            .divide(Typed(.multiply(count, whole), whole.type, at: location), all), whole.type, at: location)
          return self.paid(share, at: location)
        }
        let own = k == 1 ? due(1) : Typed(.subtract(due(k), due(k - 1)), whole.type, at: location)
        let told = Instalment(number: k, count: equal.count, whole: whole, share: .equal)
        return Typed(own.operation, own.type, at: location, telling: .instalment(told))
      }
    }
  }

  /// Whether figures of a type are rounded to so many of another: to whole figures, to 0.5, to 10 yuan, to a month, to
  /// 30 days, to 1%.
  private static func isRounded(_ a: ValueType, to unit: ValueType) -> Bool {
    switch unit {
    case .number, .decimal: a.isNumber
    case .months, .partMonths: a == .months || a == .partMonths
    case .days: a == .days
    case .share: a == .share || a == .fraction
    case .money, .amount, .rate: a == unit
    case .truth, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken:
      false
    }
  }

  /// How months are rounded.
  private static var toMonths: Text {
    Text(
      "Write `to 1 month`, or `to (0.5 * 1 month)` for half months.",
      zh: "到整月写作“到1个月”，到半个月写作“到（0.5×1个月）”。")
  }

  /// Whether it is a figure above nought that the text gives by itself: `10 yuan`, `0.5 * 1 month`.
  private static func isAboveNought(_ unit: Typed) -> Bool {
    switch unit.operation {
    case .constant(let raw): raw > 0
    case .multiply(let a, let b): isAboveNought(a) && isAboveNought(b)
    case .divide(let a, let b): isAboveNought(a) && isAboveNought(b)
    case _: false
    }
  }

  /// `round x to 10 yuan`: as many tens as there are nearest to x, below it or above it.
  func round(
    _ x: Expression, _ way: Expression.Rounding, to unit: Expression, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let a = expression(x, scope)
    let u = expression(unit, scope)
    if a.type == .broken || u.type == .broken { return broken(location) }
    let fits = Checker.isRounded(a.type, to: u.type)
    guard fits, Checker.isAboveNought(u) else {
      if !fits {
        let areMonths = a.type == .months || a.type == .partMonths
        mismatch(u, wanted: a.type, hint: areMonths ? Checker.toMonths : nil)
      } else {
        report(
          "round-to-what", Text("Rounding goes to a figure above nought.", zh: "取整单位必须是大于零的数字。"),
          hint: Text("For example `round x to 1 yuan`.", zh: "例如 `round x to 1 yuan`。"), at: unit.location)
      }
      return broken(location)
    }
    func typed(_ operation: Typed.Operation, _ type: ValueType) -> Typed { Typed(operation, type, at: location) }
    let tens = typed(.divide(a, u), .fraction)
    let count: Typed
    switch way {
    case .nearest: count = typed(.rounded(tens), .number)
    case .down: count = typed(.whole(tens), .number)
    case .up:
      let zero = typed(.constant(0), .number)
      // What is of another scale than the unit is taken away from nought as it is.
      let negative = typed(.subtract(typed(.constant(0), u.type), a), a.type == u.type ? u.type : .fraction)
      let below = typed(.divide(negative, u), .fraction)
      count = typed(.subtract(zero, typed(.whole(below), .number)), .number)
    }
    return typed(.multiply(count, u), u.type)
  }
}

extension Scope {
  /// What the condition of an instalment may name beside: its own day, where it has one, and its number. What the
  /// document calls so itself stands.
  func ofPart(_ number: Int, on day: Typed?, at location: SourceRange) -> Scope {
    var own = self
    func name(_ name: String, _ chinese: String, _ t: Typed) {
      guard lets[name] == nil, iterations[name] == nil, list?.field(name) == nil, frameList?.field(name) == nil
      else { return }
      own.part[name] = Typed(t.operation, t.type, at: t.location, telling: .named(Text(name, zh: chinese)))
    }
    if let day { name("part_day", "该期应付日", day) }
    name("part_number", "该期期数", Typed(.constant(Int64(number)), .number, at: location))
    return own
  }
}

extension Typed {
  fileprivate var isConstant: Bool { if case .constant = operation { true } else { false } }
}
