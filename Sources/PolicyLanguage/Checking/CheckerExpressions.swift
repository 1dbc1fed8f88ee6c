// Expressions: each form checked by what it needs, names resolved in their scope, types and units compared. Names,
// comparisons, arithmetic, and what is asked of days and sets have files of their own.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  func broken(_ location: SourceRange) -> Typed { Typed(.nothing, .broken, at: location) }

  /// A condition, or a diagnostic.
  func condition(_ e: Expression, _ scope: Scope) -> Typed {
    let t = expression(e, scope)
    if t.type != .truth, t.type != .broken {
      mismatch(
        t, wanted: .truth, hint: Text("Compare it with something, such as `>= 100`.", zh: "请与某个值比较，例如 `>= 100`。"))
      return broken(e.location)
    }
    return t
  }

  /// An expression of one of the given types, or a diagnostic.
  func expression(_ e: Expression, _ scope: Scope, of wanted: ValueType...) -> Typed {
    demanded(expression(e, scope), e, of: wanted)
  }

  /// An expression where one of the given types belongs, or a diagnostic.
  func demanded(_ t: Typed, _ e: Expression, of wanted: [ValueType]) -> Typed {
    if t.type != .broken, t.type != .nothing, !wanted.contains(t.type) {
      if case .rate(let rate) = t.type, wanted.contains(rate.whole) { return leftOver(rate, t) }
      if t.type == .partMonths, wanted.contains(.months) { return wholeMonthsOnly(t) }
      mismatch(t, wanted: wanted[0], hint: wanted.contains(.months) ? Checker.inMonths(e) : nil)
      return broken(e.location)
    }
    return t
  }

  /// A rate where an amount belongs: what has not been multiplied is left over.
  private func leftOver(_ rate: Rate, _ t: Typed) -> Typed {
    var what: [Text] = []
    var hint: Text?
    for unit in rate.per {
      switch unit {
      case .month:
        what.append(Text("how many months", zh: "几个月"))
        hint = hint ?? Text("Multiply by months, such as `* 3 months`.", zh: "请乘以月数，例如 `* 3 months`。")
      case .day:
        what.append(Text("how many days", zh: "几天"))
        hint = hint ?? Text("Multiply by days, such as `* 30 days`.", zh: "请乘以天数，例如 `* 30 days`。")
      case .year:
        what.append(Text("how many years", zh: "几年"))
        hint =
          hint
          ?? Text(
            "Multiply by years, such as `* (years from start to end at 365 days)`.",
            zh: "请乘以年数，例如 `* (years from start to end at 365 days)`。")
      case .thing:
        what.append(Text("how many", zh: "几个"))
        hint =
          hint
          ?? Text(
            "Multiply by a number, such as `* count of staff`, or pay `for each`.",
            zh: "请乘以数量，例如 `* count of staff`，或用 `for each` 逐个支付。")
      }
    }
    if rate.per.count > 1 { hint = Text("Multiply by all of these.", zh: "请逐一相乘。") }
    let asked = Text(what.map(\.en).joined(separator: ", and "), zh: what.map(\.zh).joined(separator: "、"))
    mismatchedRate(t, rate, asked, hint ?? asked)
    return broken(t.location)
  }

  private func mismatchedRate(_ t: Typed, _ rate: Rate, _ what: Text, _ hint: Text) {
    let money = rate.currency ?? .yuan
    var remedy = hint
    if case .constant(let raw) = t.operation {
      let written = Decimals.text(raw, scale: 2, keep: 0) + " " + money.word
      remedy = Text("Write `\(written)`, if that is meant; else multiply.", zh: "如果是这个意思，请写 `\(written)`；否则请相乘。")
    }
    report(
      "wrong-type",
      Text(
        "This is \(rate.words.en), where an amount of \(money.word) belongs: for \(what.en)?",
        zh: "这里应为金额（\(money.chinese)），实际是\(rate.words.zh)：按\(what.zh)计？"),
      hint: remedy, at: t.location)
  }

  static let yearUnits: Set<String> = ["year", "years", "年"]

  /// Years as they are to be written where months belong.
  static func inMonths(_ e: Expression) -> Text? {
    guard case .number(let digits, let unit?) = e.node, yearUnits.contains(unit), let years = Int(digits),
      years <= 1_000
    else { return nil }
    let written = "\(years * 12) months"
    return Text("Write `\(written)`: a year is 12 months.", zh: "请写 `\(written)`：一年是 12 个月。")
  }

  func expression(_ e: Expression, _ scope: Scope) -> Typed {
    let found = worked(e, scope)
    notes?.type(found.type, at: e.location)
    return found
  }

  private func worked(_ e: Expression, _ scope: Scope) -> Typed {
    let location = e.location
    // What is asked of a set is a figure of the frame, wherever it is asked.
    if scope.context == .member, e.node.asksSet {
      let t = expression(e, scope.ofFrame)
      return t.type == .broken ? t : Typed(.ofFrame(t), t.type, at: location)
    }
    func typed(_ operation: Typed.Operation, _ type: ValueType) -> Typed { Typed(operation, type, at: location) }
    switch e.node {
    case .broken: return broken(location)
    case .nothing: return typed(.nothing, .nothing)
    case .string(let s): return typed(.textConstant(s), .text)
    case .number, .date: return figure(e)
    case .name(let name): return self.name(Name(name, at: location), scope)
    case .member(let base, let fieldName): return member(base, fieldName, scope, location)
    case .call(let name, let arguments): return call(name, arguments, scope, location)
    case .not(let x): return typed(.not(condition(x, scope)), .truth)
    case .and(let xs): return typed(.and(xs.map { condition($0, scope) }), .truth)
    case .or(let xs): return typed(.or(xs.map { condition($0, scope) }), .truth)
    case .compare(let op, let a, let b): return compare(op, a, b, scope, location)
    case .between(let x, let a, let b): return between(x, a, b, scope, location)
    case .given(let x, let negated): return typed(.given(expression(x, scope), negated: negated), .truth)
    case .within(let x, let areas): return within(x, areas, scope, location)
    case .isAny(let x, let options): return isAny(x, options, scope, location)
    case .includes(let set, let options): return includes(set, options, scope, location)
    case .includesBetween(let set, let a, let b): return includesBetween(set, a, b, scope, location)
    case .stable(let months, let from, let to): return stable(months, from, to, scope, location)
    case .present(let record, let day): return present(record, on: day, scope, location)
    case .except(let x, let exception, let governedBy, let when):
      let test = condition(x, scope), excepted = condition(exception, scope)
      return typed(.except(test, excepted, governedBy: governedBy, when: when.map { condition($0, scope) }), .truth)
    case .add(let a, let b): return sum(a, b, adding: true, scope, location)
    case .subtract(let a, let b): return sum(a, b, adding: false, scope, location)
    case .multiply(let a, let b): return product(a, b, scope, location)
    case .portion(let a, let b): return portion(a, of: b, scope, location)
    case .divide(let a, let b): return quotient(a, b, scope, location)
    case .round(let x, let way, let unit): return round(x, way, to: unit, scope, location)
    case .form(let form, let parts): return self.form(form, parts, scope, location)
    case .through(let table, let x): return through(table, x, scope, location)
    case .whole(let x): return whole(x, scope, location)
    case .ifThen(let c, let a, let b): return ifThen(c, a, b, scope, location)
    case .pick(let pick, let xs): return self.pick(pick, xs, scope, location)
    case .yearOf(let x):
      let t = expression(x, scope, of: .date, .dateOrYear)
      return t.type == .broken ? t : typed(.yearOf(t), .number)
    case .dayOfYear(let day, let month, let year): return dayOfYear(day, month, year, scope, location)
    case .wholeMonths(let a, let b):
      return typed(.wholeMonths(expression(a, scope, of: .date), expression(b, scope, of: .date)), .months)
    case .wholeYears(let a, let b):
      return typed(.wholeYears(expression(a, scope, of: .date), expression(b, scope, of: .date)), .number)
    case .completion(let n, let from): return completion(n, from, scope, location)
    case .yearsRunning(let set, let from): return yearsRunning(set, from, scope, location)
    case .provinceOf(let p):
      let t = expression(p, scope, of: .place)
      return t.type == .broken ? t : typed(.provinceOf(t), .place)
    case .count(let set): return count(of: set, scope, location)
    case .dateOfNumber(let n, let set):
      let t = expression(n, scope, of: .number)
      return aggregate(set, scope) { i, _ in typed(.dateOfNumber(t, in: i), .date) }
    case .firstDayAtOnce(let n, let set):
      let t = expression(n, scope, of: .number)
      return aggregate(set, scope) { i, _ in typed(.firstDayAtOnce(t, of: i), .date) }
    case .sum(let x, let set): return sum(x, over: set, scope, location)
    case .setFigure(let figure): return setFigure(figure, scope, location)
    case .rangeFigure(let figure): return range(figure, scope, location)
    case .extremeOf(let pick, let x, let set): return extreme(pick, x, over: set, scope, location)
    case .extreme(let pick, let x, let set): return extreme(pick, x, over: set, scope, location)
    }
  }

  /// A number rounded down.
  private func whole(_ x: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    let t = expression(x, scope, of: .fraction, .number, .decimal)
    return t.type == .broken ? t : Typed(.whole(t), .number, at: location)
  }

  private func yearsRunning(_ set: Expression, _ from: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    let years = expression(set, scope, of: .set(.number))
    return Typed(.yearsRunning(years, from: expression(from, scope, of: .number)), .number, at: location)
  }

  /// A figure or date as written.
  private func figure(_ e: Expression) -> Typed {
    if let (raw, type) = literal(e) { return Typed(.constant(raw), type, at: e.location) }
    if case .number(_, let unit?) = e.node, unitType(unit) == nil {
      unknownUnit(unit, at: e.location)
      return broken(e.location)
    }
    if let (message, hint) = beyondReach(e) {
      report("bad-figure", message, hint: hint, at: e.location)
      return broken(e.location)
    }
    if saysNoSuchDay(e) { return broken(e.location) }
    report(
      "bad-figure", Text("This figure has too many decimals, or is too large.", zh: "该数字小数位过多或过大。"),
      hint: Text(
        "Yuan take two decimals and go up to ten trillion.", zh: "元最多两位小数、不超过十万亿。"),
      at: e.location)
    return broken(e.location)
  }
}

extension Expression.Node {
  /// Whether it asks something of one of the frame's sets.
  fileprivate var asksSet: Bool {
    switch self {
    case .count, .sum, .extreme, .dateOfNumber, .firstDayAtOnce: true
    case .setFigure(let figure): figure.isOfFrame
    case .number, .date, .string, .name, .member, .call, .not, .and, .or, .compare, .between, .given, .within, .isAny,
      .includes, .includesBetween, .stable, .present, .except, .add, .subtract, .multiply, .portion, .divide, .through,
      .round,
      .whole,
      .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf,
      .extremeOf, .rangeFigure, .form, .nothing, .broken:
      false
    }
  }
}
