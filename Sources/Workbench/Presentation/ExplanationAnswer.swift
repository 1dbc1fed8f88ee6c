// Derivations as prose and trees: what somebody is paid, by which article, resting on which facts; and what is missing,
// with how much. The steps are the engine's own; here they only get marks and indentation.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct ExplanationAnswer: Sendable {
  let subject: String
  /// The list that it is a record of, where that is said.
  let list: Int?
  let accounts: [Account]
  let run: Session.Run
  let places: Gazetteer

  init(_ subject: String, of list: Int? = nil, _ accounts: [Account], run: Session.Run, places: Gazetteer) {
    self.subject = subject
    self.list = list
    self.accounts = accounts
    self.run = run
    self.places = places
  }

  // MARK: explain

  func explain() -> Answer {
    var body = AnswerBody(blocks: [
      .heading(level: 2, [Span(run.ledger.dataset.words(subject, of: list), .title)]),
      RunHead(run, places: places).block,
    ])
    // What is paid comes first, then what might have been.
    let paid = accounts.filter { !$0.payments.isEmpty }
    let unpaid = accounts.filter { $0.payments.isEmpty }
    if accounts.isEmpty {
      body.append(
        .paragraph([
          Span("No measure of this programme has anything to do with ", zh: "本方案没有措施涉及 "),
          Span(run.ledger.dataset.words(subject), .name),
          Span(".", zh: "。"),
        ]))
    }
    for account in paid { append(account, to: &body) }
    if !paid.isEmpty, !unpaid.isEmpty { body.append(.rule) }
    for account in unpaid { append(account, to: &body, folded: !paid.isEmpty) }
    if !paid.isEmpty, let first = unpaid.first {
      body.append(
        .paragraph([
          Span("Each of these in full: ", zh: "以上各项可逐项细看：", .muted),
          .command(
            "explain \(subject) \(first.measure.name)",
            zh: "解释 \(Records.typed(subject, in: run.ledger.dataset)) \(first.measure.words.zh)"),
        ]))
    }
    return Answer(
      body, records: [Record(kind: "explanation", ["subject": .id(subject), "measures": .rows(measures(accounts))])])
  }

  private func append(_ account: Account, to body: inout AnswerBody, folded: Bool = false) {
    body.append(head(account))
    body.append(.paragraph(sums(account)))
    let payments = self.payments(account)
    if payments.count > 1 { body.append(.list(ordered: false, payments)) }
    var nodes = account.derivations.map { node($0) }
    if folded { for i in nodes.indices { nodes[i].isFolded = !nodes[i].children.isEmpty } }
    if !nodes.isEmpty { body.append(.tree(nodes)) }
    if !nodes.isEmpty, !folded { body.append(ruleLine(account.measure)) }
    if !account.settings.isEmpty, !folded {
      body.append(
        .paragraph([Span("with ", zh: "所用标准和口径：", .muted)] + .joined(account.settings.map { [Span($0.text, .muted)] })))
    }
  }

  /// Where the rule stands in its own words.
  private func ruleLine(_ measure: CheckedMeasure) -> Block {
    let measures = run.documents.flatMap(\.measures)
    let isOnly = measures.count { $0.name == measure.name } == 1
    let isOnlyInChinese = measures.count { $0.words.zh == measure.words.zh } == 1
    return .paragraph([
      Span("The rule in its own words: ", zh: "规则原文：", .muted),
      .command(
        "show \(isOnly ? measure.name : measure.id)",
        zh: "查看 \(isOnlyInChinese ? measure.words.zh : measure.typedName.zh)"),
    ])
  }

  private func head(_ account: Account) -> Block {
    let measure = account.measure
    let number = measure.addedFrom ?? account.document.number
    return .heading(
      level: 3,
      [
        Span(measure.title, .title), .data("  "), Span(Text(measure.id, zh: ""), .name), Span("  ", zh: ""),
        .data(measure.article, .article),
      ] + (number.isEmpty ? [] : [.data("  "), .data(number, .muted)]))
  }

  /// "It brings 600.00 yuan in 2 payments", or that it brings nothing.
  private func sums(_ account: Account) -> [Span] {
    let paid = account.payments.filter { $0.standing == .paid }
    let back = account.payments.filter { $0.standing == .recovered }
    let total = paid.reduce(Int64(0)) { $0.addingReportingOverflow($1.fen).partialValue }
    if account.payments.isEmpty { return withoutPayments(account) }
    var line: [Span] = []
    if paid.isEmpty {
      line.append(Span("Nothing is paid in the end.", zh: "最终没有支付。", .bad))
    } else {
      line += [.money(fen: total), Span(run.documents.currency.behind(), .money)]
      if paid.count > 1 { line += [Span(Text(" in \(paid.count) payments", zh: "，共 \(paid.count) 笔"))] }
      let to = Set(paid.map(\.beneficiary)).sorted()
      line += [Span(" to ", zh: "，支付给 ")] + run.ledger.dataset.names(to, limit: 3)
      if let only = paid.first, paid.count == 1 {
        if only.subject != subject, only.subject != only.beneficiary {
          line += [Span(" for ", zh: "（"), Span(run.ledger.dataset.words(only.subject), .name), Span("", zh: "）")]
        }
        line += [Span(", accrued on ", zh: "，"), .data(only.date.text, .date), Span("", zh: " 计为应付")]
        if !run.ledger.isDue(only.date.number) { line.append(Span(" (pending)", zh: "（未到期）")) }
      }
      if paid.contains(where: \.isUpperBound) { line.append(Span(" (at most)", zh: "（按上限计）", .warning)) }
      if !back.isEmpty {
        let fen = back.reduce(Int64(0)) { $0.subtractingReportingOverflow($1.fen).partialValue }
        let left = total.subtractingReportingOverflow(fen).partialValue
        line += [
          Span("; of it ", zh: "；其中追回 ", .warning), .money(fen: fen),
          Span(run.documents.currency.behind(" are taken back, which leaves ", zh: "，余 "), .warning), .money(fen: left),
          Span(run.documents.currency.behind(), .money),
        ]
      }
      line.append(Span(".", zh: "。"))
    }
    return line
  }

  private func payments(_ account: Account) -> [[Span]] {
    let limit = 8
    let toSeveral = Set(account.payments.map(\.beneficiary)).count > 1
    var lines = account.payments.prefix(limit).map { payment -> [Span] in
      var line: [Span] = [
        .data(payment.date.text, .date), .data("  "), .money(fen: payment.fen),
        Span(run.documents.currency.behind(" for ", zh: "，")),
        Span(run.ledger.dataset.words(payment.subject), .name),
      ]
      if toSeveral, payment.beneficiary != payment.subject {
        line += [Span(" to ", zh: "，付给 "), Span(run.ledger.dataset.words(payment.beneficiary), .name)]
      }
      line.append(.data("  "))
      switch payment.standing {
      case .paid:
        line.append(run.ledger.isDue(payment.date.number) ? Span("due", zh: "应付", .good) : Span("pending", zh: "未到期"))
      case .overQuota: line.append(Span("over quota", zh: "超出名额", .warning))
      case .overCap: line.append(Span("over cap", zh: "超出限额", .warning))
      case .belowNought: line.append(Span("below nought, not paid", zh: "低于零，不支付", .warning))
      case .recovered:
        line += [
          Span("recovered", zh: "追回", .warning), Span(", ", zh: "，"),
          run.ledger.isDue(payment.date.number) ? Span("due", zh: "应付", .good) : Span("pending", zh: "未到期"),
        ]
      case .displaced:
        line.append(Span("displaced", zh: "就高不重复", .warning))
        if let other = payment.displacedBy {
          line += [Span(" by ", zh: "，已付 "), Span(GroupNames(.measure, [run]).words(other), .name)]
        }
      }
      return line
    }
    if account.payments.count > limit {
      let more = account.payments.count - limit
      let lost = account.payments.count { $0.standing != .paid && $0.standing != .recovered }
      lines.append([
        Span(
          Text(
            "and \(more) more" + (lost > 0 ? " (\(lost) of all are not paid)" : "") + ": ",
            zh: "另有 \(more) 笔" + (lost > 0 ? "（全部明细中 \(lost) 笔未付）" : "") + "："), .muted),
        .command("payments \(account.measure.name)", zh: "明细 \(account.measure.words.zh)"),
      ])
    }
    return lines
  }

  // MARK: why not

  /// Whether a measure pays after all.
  func isPaid(_ measure: CheckedMeasure) -> Bool {
    account(measure)?.payments.contains { $0.standing == .paid } ?? false
  }

  private func account(_ measure: CheckedMeasure) -> Account? { accounts.first { $0.measure.id == measure.id } }

  /// Why a measure does not pay.
  /// - Parameter lack: what was found to be lacking, where anybody looked for it.
  func whyNot(_ measure: CheckedMeasure, lack: Lack? = nil) -> Answer {
    var body = AnswerBody(blocks: [
      .heading(
        level: 2, [Span(measure.title, .title), .data("  "), Span(run.ledger.dataset.words(subject, of: list), .name)]),
      RunHead(run, places: places).block,
    ])
    let account = account(measure)
    let paid = isPaid(measure)
    var missing: [Derivation] = []
    if let account {
      if paid {
        let isKept = account.payments.filter(\.standing.isInTotal).reduce(0) { $0 &+ $1.fen } > 0
        let lead =
          isKept
          ? Span("But it is in the budget: ", zh: "其实已列入预算：")
          : Span("It was paid, and all of it is taken back: ", zh: "已支付，但已全部追回：")
        body.append(.paragraph([lead] + sums(account)))
        body.append(.list(ordered: false, payments(account)))
      } else {
        if !account.payments.isEmpty { body.append(.list(ordered: false, payments(account))) }
        let failing = account.derivations.map { (whole: $0, parts: $0.failures) }.filter { !$0.parts.isEmpty }
        missing = failing.flatMap(\.parts)
        if account.payments.isEmpty { appendNoughts(account, to: &body) }
        append(failing, to: &body)
        if failing.isEmpty, account.payments.isEmpty { body.append(.paragraph(withoutPayments(account))) }
      }
      if !account.derivations.isEmpty { body.append(.tree(account.derivations.map { node($0) })) }
      body.append(ruleLine(measure))
    } else if case let blocks = related(measure), !blocks.isEmpty {
      for block in blocks { body.append(block) }
    } else {
      body.append(
        .paragraph([
          Span(measure.label, .name), Span(" has nothing to do with ", zh: " 不涉及 "),
          Span(run.ledger.dataset.words(subject), .name),
          Span(": it is about other records.", zh: "：它针对其他记录。"),
        ]))
    }
    var record = Record(
      kind: "why_not",
      [
        "measure": .id(measure.id), "subject": .id(subject), "paid": .flag(paid), "failing": .rows(failing(missing)),
        "measures": .rows(measures(account.map { [$0] } ?? [])),
      ])
    if let lack {
      append(lack, missing, to: &body)
      lack.add(to: &record)
    }
    let told = record
    return Answer(body, records: [told])
  }

  /// What meets every condition and comes to nothing: why, its own figures say.
  private func appendNoughts(_ account: Account, to body: inout AnswerBody) {
    let idle = account.derivations.filter { $0.verdict == .yes && $0.failures.isEmpty && $0.countedIn.isEmpty }
    guard !account.measure.pays.isEmpty, !idle.isEmpty else { return }
    body.append(
      .list(
        ordered: false,
        ExplanationAnswer.first(
          idle.compactMap { whole in
            whole.children.last.map { last in
              [
                Span(
                  Text(
                    "\(whole.text.en): every condition is met, and it comes to nothing: \(last.text.en)",
                    zh: "\(whole.text.zh)：条件均已满足，但算得零：\(last.text.zh)"))
              ]
            }
          })))
  }

  /// What fails, and what is not known, each under a head of its own; of several frames each with its frame's name.
  private func append(_ failing: [(whole: Derivation, parts: [Derivation])], to body: inout AnswerBody) {
    func isOpen(_ d: Derivation) -> Bool { if case .unknown = d.verdict { true } else { false } }
    let heads: [(Text, (Derivation) -> Bool)] = [
      (Text("Conditions that are not met:", zh: "下列条件不满足："), { !isOpen($0) }),
      (Text("What cannot be told:", zh: "下列条件无法判定："), isOpen),
    ]
    for (head, fits) in heads {
      var lines: [[Span]] = []
      for (whole, parts) in failing {
        for part in ExplanationAnswer.joined(parts.filter(fits)) {
          let of = failing.count > 1 ? [Span(Text(whole.text.en + ": ", zh: whole.text.zh + "："), .muted)] : []
          let line = of + ExplanationAnswer.failure(part)
          if !lines.contains(line) { lines.append(line) }
        }
      }
      guard !lines.isEmpty else { continue }
      body.append(.paragraph(head))
      body.append(.list(ordered: false, ExplanationAnswer.first(lines)))
    }
  }

  /// The first lines of a list, with how many more there are.
  private static func first(_ lines: [[Span]]) -> [[Span]] {
    let most = 8, more = lines.count - most
    guard more > 1 else { return lines }
    return lines.prefix(most) + [[Span(Text("and \(more) more", zh: "另有\(more)项"), .muted)]]
  }

  // MARK: Trees

  private func node(_ derivation: Derivation, depth: Int = 0) -> TreeNode {
    var line: [Span] = []
    switch derivation.verdict {
    case .yes: line.append(.data("✓ ", .good))
    case .no: line.append(.data("✗ ", .bad))
    case .unknown: line.append(.data("? ", .warning))
    case .elsewhere: line.append(.data("→ ", .warning))
    case .told: break
    }
    line.append(Span(derivation.text, depth == 0 ? .strong : .plain))
    if let gap = derivation.gap { line += [.data("  "), Span(gap, derivation.verdict == .no ? .bad : .muted)] }
    return TreeNode(line, children: derivation.children.map { node($0, depth: depth + 1) })
  }

  // MARK: For programs

  private func measures(_ accounts: [Account]) -> Relation {
    let ledger = run.ledger
    return Relation(
      of: accounts,
      [
        .id("measure", Text("Measure", zh: "措施")) { $0.measure.id },
        .chineseName { $0.measure.words.zh },
        .id("article", Text("Article", zh: "条款")) { $0.measure.article },
        .rows("payments", Text("Payments", zh: "明细")) { ExplanationAnswer.payments($0, ledger) },
        .rows("steps", Text("Steps", zh: "步骤")) { ExplanationAnswer.steps($0.derivations) },
        AnswerColumn(.list, "settings", Text("Settings", zh: "设定"), nil) { account in
          .list(account.settings.map { .words($0.text) })
        },
      ])
  }

  private static func payments(_ account: Account, _ ledger: Ledger) -> Relation {
    Relation(
      of: account.payments,
      [
        .id("beneficiary", Text("Beneficiary", zh: "对象")) { $0.beneficiary },
        .id("subject", Text("For", zh: "对应记录")) { $0.subject },
        .date("date", Text("Date", zh: "日期")) { $0.date.text },
        .money("amount", ledger.documents.currency.amounts) { $0.fen },
        .id("status", Text("Status", zh: "状态")) { payment in
          switch payment.standing {
          case .paid: ledger.isDue(payment.date.number) ? "due" : "pending"
          case .displaced: "displaced"
          case .overQuota: "over_quota"
          case .overCap: "over_cap"
          case .recovered: "recovered"
          case .belowNought: "below_nought"
          }
        },
        .flag("upper_bound", Text("At most", zh: "上限")) { $0.isUpperBound },
        .id("displaced_by", Text("Displaced by", zh: "让位于")) { $0.displacedBy },
      ])
  }

  private static func steps(_ derivations: [Derivation]) -> Relation {
    Relation(
      of: derivations,
      [
        .id("verdict", Text("Verdict", zh: "判定")) { derivation in
          switch derivation.verdict {
          case .yes: "yes"
          case .no: "no"
          case .unknown: "unknown"
          case .elsewhere: "elsewhere"
          case .told: "told"
          }
        },
        .words("text", Text("Condition", zh: "条件")) { $0.text }, .words("gap", Text("Short by", zh: "差")) { $0.gap },
        .rows("steps", Text("Steps", zh: "步骤")) { steps($0.children) },
      ])
  }

  private func failing(_ derivations: [Derivation]) -> Relation {
    Relation(
      of: derivations,
      [
        .words("text", Text("Condition", zh: "条件")) { $0.text }, .words("gap", Text("Short by", zh: "差")) { $0.gap },
      ])
  }
}
