// What is taken back: that something was paid before, that it is said when, and that `paid` is money of the amount.
import Diagnostics
import Facts

extension Checker {
  /// A recovery of a measure; nil where it cannot be read.
  /// - Parameter pays: the payments above it.
  func recovery(_ syntax: RecoverSyntax, _ scope: Scope, below pays: [CheckedPay]) -> CheckedRecovery? {
    guard let (forEach, inner) = whoseRecovery(syntax, scope, pays) else { return nil }
    guard let day = syntax.on else {
      report(
        "no-date", Text("The recovery does not say when it is due.", zh: "没有写明何时追回。"),
        hint: Text(
          "Add `on` and a date, such as `on \(inner.list?.ends ?? sampleDay)`.",
          zh: "请加上 `on` 和日期，例如 `on \(inner.list?.ends ?? sampleDay)`。"),
        at: syntax.location)
      return nil
    }
    for e in [syntax.on, syntax.when, syntax.who].compactMap({ $0 }) where tellsOfPaid(e, inner) { return nil }
    var amount: Typed?
    if let written = syntax.amount {
      guard let found = takenBack(written, inner) else { return nil }
      amount = found
      if let currency, currency.decimals == 0 {
        let whole = paid(found, at: found.location)
        amount = Typed(whole.operation, whole.type, at: whole.location, telling: found.telling)
      }
    }
    var who: Typed?
    if let written = syntax.who {
      guard let found = fromWhom(written, scope, inner, isForMembers: forEach != nil, pays) else { return nil }
      who = found
    }
    let on = expression(day, inner, of: .date)
    let when = syntax.when.map { condition($0, inner) }
    if on.type == .broken || when?.type == .broken { return nil }
    let all = [on] + [amount, who, when].compactMap { $0 }
    let namesFrame = all.havePart {
      if case .iteration = $0.operation { return true }
      return $0.operation.set != nil
    }
    let made = CheckedRecovery(
      amount: amount, who: who, on: on, when: when, forEach: forEach,
      isOncePerRecord: !scope.iterations.isEmpty && !namesFrame, location: syntax.location)
    warnOfSameDay(made, pays, scope)
    return made
  }

  /// Whose facts a recovery asks about: the frame's record, or the members of a set that are paid for.
  private func whoseRecovery(
    _ syntax: RecoverSyntax, _ scope: Scope, _ pays: [CheckedPay]
  ) -> (forEach: Int?, Scope)? {
    guard !pays.isEmpty else {
      report(
        "recover-nothing", Text("Nothing is paid above this line.", zh: "此行之前没有支付。"),
        hint: Text("`recover` stands below the payments that it takes back.", zh: "`recover` 应写在所追回的支付之后。"),
        at: syntax.location)
      return nil
    }
    guard let set = syntax.forEach else {
      if pays.contains(where: { $0.forEach == nil }) {
        var own = scope.ofMember(scope.list, scope.join)
        own.isOwnFrame = true
        return (nil, own)
      }
      let name = scope.sets.first { $0.value == pays[0].forEach }?.key ?? "…"
      report(
        "recover-nothing",
        Text("Everything is paid for each of a set, and the recovery is for the frame.", zh: "支付按集合逐项进行，追回却未逐项。"),
        hint: Text("Add `for each \(name)`.", zh: "请加上 `for each \(name)`。"), at: syntax.location)
      return nil
    }
    guard let i = self.set(called: set, scope) else {
      unknownSet(set, scope)
      return nil
    }
    let lists = pays.compactMap { $0.forEach.map { scope.setLists[$0] } }
    guard lists.contains(scope.setLists[i]) else {
      report(
        "recover-nothing", Text("Nothing is paid for each of `\(set.text)`.", zh: "没有按 `\(set.text)` 逐项支付。"),
        hint: Text(
          "Leave `for each` out, or name the set that is paid for.", zh: "请删去 `for each`，或写逐项支付的集合。"),
        at: set.location)
      return nil
    }
    return (i, scope.ofMember(dictionary.list(scope.setLists[i]), scope.setJoins[i]))
  }

  /// `paid` is known once it is known when and from whom.
  private func tellsOfPaid(_ e: Expression, _ scope: Scope) -> Bool {
    var place: SourceRange?
    e.walk { part in
      guard let name = part.bareName, id(of: name, scope) == "paid", scope.list?.field("paid") == nil else { return }
      place = place ?? part.location
    }
    guard let place else { return false }
    report(
      "paid-in-amount", Text("`paid` is known in the amount only.", zh: "`paid` 只能用于追回金额。"),
      hint: Text(
        "Say here when and from whom; how much, in front: `recover larger of (paid - 100 yuan, 0 yuan) …`.",
        zh: "此处写何时、向谁追回；金额写在前面，例如 `recover larger of (paid - 100 yuan, 0 yuan) …`。"),
      at: place)
    return true
  }

  private func takenBack(_ written: Expression, _ inner: Scope) -> Typed? {
    var scope = inner
    scope.arguments["paid"] = (0, .money)
    let amount = expression(written, scope)
    if amount.type == .broken { return nil }
    guard amount.type == .money else {
      mismatch(
        amount, wanted: .money,
        hint: amount.type == .share
          ? Text("Write `\(shareText(written)) of paid`.", zh: "请写 `\(shareText(written)) of paid`。") : nil)
      return nil
    }
    if case .constant(let raw) = amount.operation, raw <= 0 {
      report(
        "below-nought", Text("What is taken back is an amount above nought.", zh: "追回的金额应大于零。"),
        hint: Text("Leave the sign out: `recover 500 yuan`.", zh: "请去掉负号：`recover 500 yuan`。"),
        at: amount.location)
      return nil
    }
    return amount
  }

  private func shareText(_ e: Expression) -> String {
    if case .number(let digits, "%") = e.node { return digits + "%" }
    return "(…)"
  }

  /// Who gives back: somebody of the kind that is paid.
  private func fromWhom(
    _ written: Expression, _ scope: Scope, _ inner: Scope, isForMembers: Bool, _ pays: [CheckedPay]
  ) -> Typed? {
    let isOfMember = !isForMembers || namesMember(written, scope, inner)
    var who = expression(written, isOfMember ? inner : scope)
    guard isBeneficiary(who) else { return nil }
    if !isOfMember { who = Typed(.ofFrame(who), who.type, at: who.location) }
    let types = pays.map(\.who.type)
    guard types.contains(who.type) else {
      let paid = types[0].words
      report(
        "recover-from-whom",
        Text(
          "\(paid.en) is paid, and from \(who.type.words.en) nothing can be taken back.",
          zh: "受付者是\(paid.zh)，无法向\(who.type.words.zh)追回。"),
        hint: Text("Leave `from` out: it is from whoever was paid.", zh: "可删去 `from`：即向受付者追回。"),
        at: written.location)
      return nil
    }
    return who
  }

  /// What is taken back no later than it is paid is most likely not meant.
  private func warnOfSameDay(_ recovery: CheckedRecovery, _ pays: [CheckedPay], _ scope: Scope) {
    guard case .selfField(let field) = recovery.on.operation else { return }
    let list = recovery.forEach == nil ? scope.list : recovery.forEach.flatMap { dictionary.list(scope.setLists[$0]) }
    let isNeverBefore = pays.filter { ($0.forEach == nil) == (recovery.forEach == nil) }.allSatisfy { pay in
      guard let on = pay.on else { return recovery.forEach == nil && scope.list?.begins == field.name }
      guard let paid = Checker.earliest(of: on) else { return false }
      return paid == field.name || (list?.begins == field.name && list?.ends == paid)
    }
    guard isNeverBefore else { return }
    diagnostics.append(
      Diagnostic(
        .warning, code: "recover-same-day",
        Text("Nothing is paid before the day on which it is taken back.", zh: "追回当日之前没有任何支付。"),
        hint: Text(
          "Name the day of the recovery, such as `on \(list?.ends ?? sampleDay)`.",
          zh: "请写追回的日期，例如 `on \(list?.ends ?? sampleDay)`。"),
        at: recovery.on.location))
  }

  /// The field before whose day another day never lies; nil where that is not said.
  private static func earliest(of day: Typed) -> String? {
    switch day.operation {
    case .selfField(let field): return field.name
    case .add(let start, let later):
      if case .constant(let raw) = later.operation, raw >= 0 { return earliest(of: start) }
      return nil
    case _: return nil
    }
  }

  /// An amount with two ends cannot be taken back as one.
  func recoveries(_ draft: MeasureDraft) {
    guard let pay = draft.outcome.pays.first(where: { $0.low != nil }), !draft.outcome.recoveries.isEmpty else {
      return
    }
    report(
      "recover-range",
      Text("Of an amount with two ends it cannot be said what is taken back.", zh: "有上下限的金额无法确定追回多少。"),
      hint: Text("Leave `or at least` out.", zh: "请删去 `or at least`。"), at: pay.location)
  }
}
