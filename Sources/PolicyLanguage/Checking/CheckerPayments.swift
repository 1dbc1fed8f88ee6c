// Who gets what: payments, grants, and who can be paid at all.
import Diagnostics
import Facts

extension Checker {
  func grant(_ g: GrantSyntax, _ scope: Scope) -> CheckedGrant? {
    let who = expression(g.who, scope)
    guard isBeneficiary(who) else { return nil }
    return CheckedGrant(title: g.title, who: who, when: g.when.map { condition($0, scope) }, location: g.location)
  }

  func isBeneficiary(_ t: Typed) -> Bool {
    if case .textConstant = t.operation {
      mismatch(
        t, wanted: .record("…"),
        hint: Text("Name a record or a field; a text of its own is nobody's id.", zh: "请写记录或字段；单独的文字不是任何对象的编号。"))
      return false
    }
    switch t.type {
    case .record, .text: return true
    case .broken: return false
    case .truth, .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date,
      .dateOrYear, .place,
      .choice, .set, .nothing:
      mismatch(
        t, wanted: .record("…"),
        hint: Text(
          "Name who receives it: the record of the frame, one of its references, or a text such as a referrer.",
          zh: "请写明对象：本记录、它引用的记录，或引荐人等文字字段。"))
      return false
    }
  }

  /// A payment, or each of its instalments.
  func pays(_ p: PaySyntax, _ scope: Scope) -> [CheckedPay] {
    guard p.parts.isEmpty, p.equalParts == nil else { return instalments(p, scope) }
    return pay(p, scope).map { [$0] } ?? []
  }

  /// - Parameter share: makes the amount of an instalment of the whole.
  /// - Parameters:
  ///   - part: which of the instalments it is, from 1 on.
  ///   - share: what the instalment is of the whole.
  func pay(_ p: PaySyntax, _ scope: Scope, part: Int? = nil, _ share: ((Typed) -> Typed)? = nil) -> CheckedPay? {
    var inner = scope
    var forEach: Int?
    var isDated = scope.list?.begins != nil
    if let set = p.forEach {
      guard let i = self.set(called: set, scope) else {
        if sideways(called: set, scope) != nil { onlyFigures(set) } else { unknownSet(set, scope) }
        return nil
      }
      forEach = i
      inner = scope.ofMember(dictionary.list(scope.setLists[i]), scope.setJoins[i])
      inner.memberOf = i
      isDated = scope.datedSets.contains(i)
    }
    // Who is paid is the frame's to say, unless it only is a fact of the member.
    let isOfMember = forEach != nil && namesMember(p.who, scope, inner)
    let who = expression(p.who, isOfMember ? inner : scope)
    guard isBeneficiary(who) else { return nil }
    let (amount, isOfFrame) =
      forEach == nil
      ? (expression(p.amount, scope, of: money), true) : amount(p.amount, ofMember: inner, orFrame: scope)
    if amount.type == .broken { return nil }
    demandPositive(amount)
    var paid = share.map { $0(amount) } ?? amount
    if let currency, currency.decimals == 0 {
      let whole = self.paid(paid, at: amount.location)
      paid = Typed(whole.operation, whole.type, at: whole.location, telling: paid.telling)
    }
    let on = p.on.map { expression($0, inner, of: .date) }
    guard on != nil || isDated else {
      let day = dayToPay(scope)
      report(
        "no-date", Text("The payment does not say when it is due.", zh: "没有写明何时应付。"),
        hint: Text("Add `on` and a date, such as `on \(day)`.", zh: "请加上 `on` 和日期，例如 `on \(day)`。"), at: p.location)
      return nil
    }
    let own = part.map { inner.ofPart($0, on: on, at: p.location) } ?? inner
    return CheckedPay(
      who: who, whoInFrame: !isOfMember, amount: paid, amountInFrame: isOfFrame, isUpperBound: p.isUpperBound,
      low: p.low.map { expression($0, inner, of: money) }, forEach: forEach, on: on,
      when: p.when.map { condition($0, own) }, location: p.location)
  }

  /// A day that the frame has, for a payment that says none: of its year, of its period, or of the document's time.
  private func dayToPay(_ scope: Scope) -> String {
    if scope.iterations["year"] != nil { return "31 December of year" }
    return scope.lets["period_end"] == nil ? sampleDay : "period_end"
  }

  /// An amount that is a matter of the member, or of the frame, whose counts only the frame knows. Where it is neither,
  /// what is wrong with it is told for the member.
  private func amount(_ e: Expression, ofMember member: Scope, orFrame frame: Scope) -> (Typed, isOfFrame: Bool) {
    let typed = each(e, member)
    // What is nothing but the frame's is worked out once for each frame.
    guard typed.type != .broken, typed.asksFrame, !typed.asksMember else { return (typed, false) }
    return (each(e, frame), true)
  }

  /// What each member is paid: an amount, or one for each of a single thing.
  private func each(_ e: Expression, _ scope: Scope) -> Typed {
    let t = expression(e, scope)
    if case .rate(let rate) = t.type, rate.per.count == 1, case .thing = rate.per[0], rate.whole == money { return t }
    if case .rate(let rate) = t.type, rate.per == [.year], let unit = countedTwice(in: t) {
      let (year, of) = (Rate([.year], currency: rate.currency).unit, unit.written)
      report(
        "wrong-type",
        Text(
          "`for each` counts one by one already, and the number has taken the \(of.en) away: a year is left.",
          zh: "“每人”已逐个计，所乘的数又去掉了“\(of.zh)”，余下“每年”。"),
        hint: Text("Give the figure in \(year.en): it is for each anyway.", zh: "请把标准的单位写成“\(year.zh)”：本来就是逐个支付。"),
        at: t.location)
      return broken(t.location)
    }
    return demanded(t, e, of: [money])
  }

  /// What a number has taken away of an amount for each of something and year, where each is paid anyway.
  private func countedTwice(in t: Typed) -> Rate.Unit? {
    var found: Rate.Unit?
    t.walk { part in
      guard found == nil, case .rate(let rate) = part.type, rate.per.contains(.year) else { return .into }
      found = rate.per.first { if case .thing = $0 { true } else { false } }
      return .into
    }
    return found
  }

  /// Whether the name of who is paid can only be a fact of the member: `member.enterprise`, or a field of its list that
  /// the frame knows nothing of.
  func namesMember(_ who: Expression, _ frame: Scope, _ member: Scope) -> Bool {
    switch who.node {
    case .member(let base, _): return namesMember(base, frame, member)
    case .name(let written):
      let name = id(of: written, frame)
      if name == "member" { return frame.list?.field(name) == nil && frame.frame?.name != name }
      if name == "person", frame.list?.personField != nil { return false }
      let isOfFrame =
        frame.frame?.name == name || frame.list?.field(name) != nil || frame.lets[name] != nil
        || frame.iterations[name] != nil || frame.list?.singular == name
      let own = id(of: written, member)
      return !isOfFrame && (member.list?.field(own) != nil || own == "person" || member.list?.singular == own)
    case .number, .date, .string, .call, .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes,
      .includesBetween, .stable, .present, .except, .add, .subtract, .multiply, .portion, .divide, .through, .round,
      .whole,
      .ifThen,
      .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .sum,
      .extreme, .extremeOf, .setFigure, .rangeFigure, .dateOfNumber, .firstDayAtOnce, .form, .nothing, .broken:
      return false
    }
  }

  /// Tells of a set that there is none of; one that is there but could not be read has been told about.
  func unknownSet(_ name: Name, _ scope: Scope) {
    if scope.brokenSets.contains(name.text) { return }
    unknownName(
      Text("set", zh: "集合"), name.text, among: Array(scope.sets.keys) + Array(scope.sideways.keys), at: name.location)
  }
}
