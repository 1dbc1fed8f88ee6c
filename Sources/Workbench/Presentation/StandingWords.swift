// How a subject stands with a measure that pays it nothing: what is granted, whether a duty is met, that it cannot be
// told, that another document governs it.
import Diagnostics
import Engine
import PolicyLanguage
import View

extension ExplanationAnswer {
  /// How it stands with a measure that has no payment for the subject: what is granted, whether a duty is met, that it
  /// cannot be told, or that nothing is paid.
  func withoutPayments(_ account: Account) -> [Span] {
    let verdicts = account.derivations.map(\.verdict)
    func count(_ wanted: (Derivation.Verdict) -> Bool) -> Int { verdicts.count(where: wanted) }
    let open = count { if case .unknown = $0 { true } else { false } }
    let index = run.ledger.measures.firstIndex { $0.id == account.measure.id }
    if account.measure.form == .duty {
      return duty(account.derivations, run.ledger.duties.first { $0.measure == index })
    }
    let granted = run.ledger.grants.filter {
      $0.measure == index && ($0.subject == subject || $0.beneficiary == subject || $0.subject.hasPrefix(subject + "@"))
    }
    if !granted.isEmpty {
      return [Span("Granted: ", zh: "授予：", .good)] + .joined(granted.map { [Span($0.title, .strong)] })
        + [Span(".", zh: "。")]
    }
    if count({ if case .elsewhere = $0 { true } else { false } }) > 0 {
      return [Span("Not paid here: another document governs it.", zh: "不在此支付：适用其他文件。", .warning)]
    }
    if open > 0 {
      let isOpenByPrice = account.derivations.filter { $0.verdict == .unknown }.allSatisfy(\.isOpenOnlyByPrice)
      if isOpenByPrice { return [Span("Not priced: a figure is not supplied.", zh: "标准未明确，无法计算金额。", .warning)] }
      let open = account.derivations.flatMap(\.failures).filter { $0.verdict == .unknown }
      return [Span(ExplanationAnswer.cannotTell(open), .warning)]
    }
    var counted: [String] = []
    for name in account.derivations.flatMap(\.countedIn) where !counted.contains(name) { counted.append(name) }
    if !counted.isEmpty {
      let names = counted.prefix(6).map { run.ledger.dataset.words($0) }
      let more = counted.count - names.count
      let isGranting = account.measure.pays.isEmpty
      // Where one of them is what is paid by, the record counts in that.
      let byCondition = account.derivations.filter { !$0.countedIn.isEmpty }.allSatisfy(\.countsByCondition)
      return [
        byCondition
          ? Span(
            "Nothing is \(isGranting ? "granted" : "paid") for it; it counts for the conditions of ",
            zh: "\(isGranting ? "不对其授予" : "不对其支付")，只计入以下对象的条件：")
          : isGranting
            ? Span("Nothing is granted for it by itself; it counts in what is granted for ", zh: "不单独授予；已计入对以下对象的授予：")
            : Span("Nothing is paid for it by itself; it counts in what is paid for ", zh: "不单独支付；已计入对以下对象的支付："),
        Span(Text(names.map(\.en).joined(separator: ", "), zh: names.map(\.zh).joined(separator: "、")), .name),
        Span(Text(more > 0 ? " and \(more) more." : ".", zh: more > 0 ? " 等 \(counted.count) 项。" : "。")),
      ]
    }
    if count({ $0 == .yes }) > 0, account.measure.pays.contains(where: { $0.forEach != nil }) {
      return [
        Span("Paid for its members, one by one: ", zh: "不付给本记录，按所列人员逐人支付：", .plain),
        .command("payments \(account.measure.name)", zh: "明细 \(account.measure.words.zh)"), Span(".", zh: "。"),
      ]
    }
    if !account.measure.grants.isEmpty, account.measure.pays.isEmpty {
      return [Span("Nothing is granted.", zh: "未授予。", .bad)]
    }
    return [Span("Nothing is paid.", zh: "没有支付。", .bad)]
  }

  /// That it cannot be told, and every reason why.
  private static func cannotTell(_ open: [Derivation]) -> Text {
    var causes: [Text] = []
    if open.isEmpty || open.contains(where: { !$0.isByItself }) {
      causes.append(Text("a fact is missing", zh: "缺少事实"))
    }
    if open.contains(where: { $0.isByItself && !$0.isTooLarge }) {
      causes.append(Text("a divisor is nought", zh: "除数为零"))
    }
    if open.contains(where: \.isTooLarge) {
      causes.append(Text("a figure is too large to be reckoned", zh: "数值过大，无法计算"))
    }
    return Text(
      "It cannot be told: \(causes.map(\.en).joined(separator: ", and ")).",
      zh: "无法判定：\(causes.map(\.zh).joined(separator: "；"))。")
  }

  /// How a duty stands, and what the subject is of it: one of those that are judged, counted for one, or neither.
  private func duty(_ derivations: [Derivation], _ result: DutyResult?) -> [Span] {
    let judged = derivations.filter { $0.part == .judged }.map(\.verdict)
    guard let result else { return judgedAlone(judged) }
    let whole: [Span] = [
      DutyAnswer.status(result.status), Span(Text(" (\(result.detail.en)).", zh: "（\(result.detail.zh)）。")),
    ]
    if !judged.isEmpty {
      let own = judgedAlone(judged)
      return result.checked <= judged.count ? own : own + [Span(" In all: ", zh: "总体：")] + whole
    }
    let isCounted = derivations.contains { $0.part == .counted }
    return [Span("A duty: ", zh: "任务：")] + whole + [
      isCounted
        ? Span(" This record counts for it.", zh: "本记录计入其中。")
        : Span(" This record is no part of it.", zh: "本记录不在其内。", .muted)
    ]
  }

  /// How those stand that are judged for the subject itself.
  private func judgedAlone(_ verdicts: [Derivation.Verdict]) -> [Span] {
    let failed = verdicts.count { if case .no = $0 { true } else { false } }
    let met = verdicts.count { if case .yes = $0 { true } else { false } }
    let open = verdicts.count { if case .unknown = $0 { true } else { false } }
    let all = verdicts.count
    if all > 1 {
      return [
        Span(
          Text(
            "A duty: \(met) of \(all) met, \(failed) not met" + (open > 0 ? ", \(open) not known." : "."),
            zh: "任务：\(all) 次中完成 \(met) 次，未完成 \(failed) 次" + (open > 0 ? "，无法判定 \(open) 次。" : "。")),
          failed > 0 ? .bad : .plain)
      ]
    }
    if failed > 0 { return [Span("A duty: not met.", zh: "任务：未完成。", .bad)] }
    if open > 0 { return [Span("A duty: not known.", zh: "任务：无法判定。", .warning)] }
    return [Span("A duty: met.", zh: "任务：完成。", .good)]
  }
}
