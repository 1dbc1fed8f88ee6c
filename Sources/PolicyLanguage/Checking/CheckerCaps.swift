// Caps in money: their amounts and keys.
import Diagnostics
import Facts

extension Checker {
  /// A cap of a measure, or nil where it cannot be read.
  /// - Parameter isJoint: whether it is one of a limit, in which a year is each payment's own.
  func cap(_ syntax: CapSyntax, _ scope: Scope, isJoint: Bool = false) -> CheckedCap? {
    let amount = expression(syntax.amount, scope)
    if amount.type == .broken { return nil }
    guard amount.type == money else {
      mismatch(
        amount, wanted: money,
        hint: amount.type == .number
          ? Text("A cap is an amount of money; for a number of frames write `quota`.", zh: "`cap` 以金额计；限制名额请写 `quota`。")
          : nil)
      return nil
    }
    demandPositive(amount)
    var source: CapSource?
    if let written = syntax.source {
      guard let made = capSource(written) else { return nil }
      source = made
    }
    var keys: [CheckedCap.Key] = []
    for e in syntax.keys {
      let name = e.bareName.map { id(of: $0, scope) }
      if name == "beneficiary", scope.list?.field("beneficiary") == nil {
        keys.append(.beneficiary)
      } else if name == "year", isJoint {
        keys.append(.yearOfPayment)
      } else if name == "year", scope.list?.field("year") == nil, scope.iterations["year"] == nil,
        scope.lets["year"] == nil
      {
        // A period's year is that in which it begins.
        let ofPeriod = scope.lets["period_start"].map { Typed(.yearOf($0), .number, at: e.location) }
        keys.append(ofPeriod.map { .figure($0) } ?? .yearOfPayment)
      } else {
        let t = expression(e, scope)
        if t.type == .broken { return nil }
        keys.append(.figure(t))
      }
    }
    var within: Typed?
    if let written = syntax.within {
      guard let made = span(written, scope, isShared: syntax.isShared) else { return nil }
      within = made
    }
    return CheckedCap(
      amount: atMost(amount), keys: keys,
      within: within, isShared: syntax.isShared, source: source, location: syntax.location)
  }

  /// Of two caps for the same one decides nothing.
  private func twoAlike(_ caps: [CheckedCap]) {
    func isSame(_ a: CheckedCap, _ b: CheckedCap) -> Bool {
      guard a.keys.count == b.keys.count, a.within == nil, b.within == nil else { return false }
      return zip(a.keys, b.keys).allSatisfy { x, y in
        switch (x, y) {
        case (.beneficiary, .beneficiary), (.yearOfPayment, .yearOfPayment): true
        case (.figure(let s), .figure(let t)): s.isSameFact(as: t)
        case (.beneficiary, _), (.yearOfPayment, _), (.figure, _): false
        }
      }
    }
    for (i, cap) in caps.enumerated() {
      guard caps[..<i].contains(where: { isSame($0, cap) }) else { continue }
      diagnostics.append(
        Diagnostic(
          .warning, code: "caps-alike", Text("A cap above limits the same.", zh: "上面已有同样对象的限额。"),
          hint: Text("Keep the smaller one.", zh: "请只保留较小的一个。"), at: cap.location))
    }
  }

  /// How long what was paid counts against a cap: whole calendar years, or months.
  private func span(_ written: Expression, _ scope: Scope, isShared: Bool) -> Typed? {
    if isShared {
      report(
        "rolling-share", Text("What is shared is shared once, not in any time.", zh: "按比例分配不能按任意时段滚动。"),
        hint: Text("Leave `in any …` out, or write `in turn`.", zh: "请删去 `in any …`，或写 `in turn`。"),
        at: written.location)
      return nil
    }
    var years: Int64?
    if case .number(let digits, let unit?) = written.node, ["year", "years", "年"].contains(unit) {
      years = Int64(digits)
    }
    let found = years.map { Typed(.constant($0), .number, at: written.location) }
    let t = found ?? expression(written, scope.constant)
    if t.type == .broken { return nil }
    guard t.type == .number || t.type == .months else {
      mismatch(
        t, wanted: .months,
        hint: Text("Write `in any 3 years` or `in any 36 months`.", zh: "请写 `in any 3 years` 或 `in any 36 months`。"))
      return nil
    }
    return demandSpan(t) ? t : nil
  }

  /// Whether something can be paid in a time of some length; tells where it cannot.
  func demandSpan(_ t: Typed) -> Bool {
    guard case .constant(let raw) = t.operation, raw < 1 || raw > 1_200 else { return true }
    report(
      "empty-span", Text("Nothing is paid in a time of that length.", zh: "时段长度不合理。"),
      hint: Text("Write `in any 3 years` or `in any 36 months`.", zh: "请写 `in any 3 years` 或 `in any 36 months`。"),
      at: t.location)
    return false
  }

  /// What does not go with a measure's caps.
  func caps(_ draft: MeasureDraft) {
    for cap in draft.limits.caps {
      if cap.isShared, let currency, currency.decimals == 0 {
        report(
          "whole-units",
          Text(
            "Shares of a cap are rounded to hundredths, and \(currency.word) have none.",
            zh: "按比例分配须精确到百分之一，而\(currency.chinese)没有更小单位。"),
          hint: Text("Write `in turn`.", zh: "请写 `in turn`。"), at: cap.location)
      }
      // Quotas and caps in turn go by the order, of which a share knows nothing.
      let isOrderForNothing = draft.limits.quotas.isEmpty && draft.limits.caps.allSatisfy(\.isShared)
      if isOrderForNothing, !draft.limits.ordered.isEmpty {
        report(
          "ordered-share",
          Text("Nobody comes first where all give way alike.", zh: "按比例分配时没有先后。"),
          hint: Text("Leave `ordered by` out, or write `in turn`.", zh: "请删去 `ordered by`，或写 `in turn`。"),
          at: cap.location)
      }
      if cap.within != nil, !draft.limits.ordered.isEmpty {
        report(
          "rolling-order", Text("What counts in any time goes by day.", zh: "滚动限额按日期先后计算。"),
          hint: Text("Leave `ordered by` out.", zh: "请删去 `ordered by`。"), at: cap.location)
      }
      let isForEachFrame = cap.keys.contains { key in
        if case .figure(let t) = key, case .selfRecord = t.operation { true } else { false }
      }
      if isForEachFrame, draft.selection.frame?.iterations.isEmpty == true, draft.outcome.pays.count == 1,
        draft.outcome.pays[0].forEach == nil
      {
        diagnostics.append(
          Diagnostic(
            .warning, code: "cap-of-one",
            Text("There is one payment for each record, and the cap is for each of them.", zh: "每条记录只有一笔支付，而限额也按每条记录。"),
            hint: whomFor(draft.scope.list), at: cap.location))
      }
    }
    twoAlike(draft.limits.caps)
    if let pay = draft.outcome.pays.first(where: { $0.low != nil }), !draft.limits.caps.isEmpty {
      report(
        "cap-with-range", Text("An amount with two ends has no place below a cap.", zh: "有上下限的金额不能再设限额。"),
        hint: Text("Leave `or at least` out.", zh: "请删去 `or at least`。"), at: pay.location)
    }
  }

  /// Whom a cap may be for, of what the records name; without an example where they name nobody.
  private func whomFor(_ list: ListDeclaration?) -> Text {
    let name = list?.fields.first { if case .reference = $0.type { true } else { false } }?.name
    guard let name else { return Text("Write whom it is for, or leave the cap out.", zh: "请写明对谁限额，或删去该限额。") }
    return Text("Write whom it is for, such as `for each \(name)`.", zh: "请写明对谁限额，例如 `for each \(name)`。")
  }
}
