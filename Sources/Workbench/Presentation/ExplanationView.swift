// Derivations as prose and trees: what somebody is paid, by which article, resting on which facts; and what is missing,
// with how much. The steps are the engine's own; here they only get marks and indentation.

import Sessions
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

struct ExplanationView {
  let subject: String
  let accounts: [Account]
  let run: Session.Run
  let places: Gazetteer

  init(_ subject: String, _ accounts: [Account], run: Session.Run, places: Gazetteer) {
    self.subject = subject
    self.accounts = accounts
    self.run = run
    self.places = places
  }

  // MARK: explain

  func explain() -> Answer {
    var document = Document([.heading(level: 2, [.data(subject, .title)]), RunHead(run, places: places).block])
    // What is paid comes first, then what might have been.
    let paid = accounts.filter { !$0.payments.isEmpty }
    let unpaid = accounts.filter { $0.payments.isEmpty }
    if accounts.isEmpty {
      document.append(
        .paragraph([
          Span("No measure of this programme has anything to do with ", zh: "本方案没有措施涉及 "), .data(subject, .name),
          Span(".", zh: "。"),
        ]))
    }
    for account in paid { append(account, to: &document) }
    if !paid.isEmpty, !unpaid.isEmpty { document.append(.rule) }
    for account in unpaid { append(account, to: &document, folded: !paid.isEmpty) }
    let accounts = self.accounts.map { json($0) }
    return Answer(
      document, objects: [["kind": "explanation", "subject": .string(subject), "measures": .array(accounts)]])
  }

  private func append(_ account: Account, to document: inout Document, folded: Bool = false) {
    document.append(head(account))
    document.append(.paragraph(sums(account)))
    let payments = self.payments(account)
    if payments.count > 1 { document.append(.list(ordered: false, payments)) }
    var nodes = account.derivations.map { node($0) }
    if folded { for i in nodes.indices { nodes[i].isFolded = !nodes[i].children.isEmpty } }
    if !nodes.isEmpty { document.append(.tree(nodes)) }
    if !account.settings.isEmpty, !folded {
      document.append(
        .paragraph([Span("with ", zh: "所用：", .muted)] + .joined(account.settings.map { [Span($0.text, .muted)] })))
    }
  }

  private func head(_ account: Account) -> Block {
    let measure = account.measure
    return .heading(
      level: 3,
      [
        Span(measure.title, .title), .data("  "), .data(measure.id, .name), .data("  "),
        .data(measure.article, .article),
        .data("  "), .data(account.document.number, .muted),
      ])
  }

  /// "It brings 600.00 yuan in 2 payments", or that it brings nothing.
  private func sums(_ account: Account) -> [Span] {
    let paid = account.payments.filter { $0.standing == .paid }
    let total = paid.reduce(Int64(0)) { $0.addingReportingOverflow($1.fen).partialValue }
    if account.payments.isEmpty {
      if account.measure.form == .duty { return [Span("A duty.", zh: "义务。", .muted)] }
      return [Span("Nothing is paid.", zh: "没有支付。", .bad)]
    }
    var line: [Span] = []
    if paid.isEmpty {
      line.append(Span("Nothing is paid in the end.", zh: "最终没有支付。", .bad))
    } else {
      line += [.money(fen: total), Span(" yuan", zh: " 元", .money)]
      if paid.count > 1 { line += [Span(Text(" in \(paid.count) payments", zh: "，共 \(paid.count) 笔"))] }
      let to = Set(paid.map(\.beneficiary)).sorted()
      line += [Span(" to ", zh: "，支付给 ")] + .names(to, limit: 3)
      if let only = paid.first, paid.count == 1 {
        line += [Span(", accrued on ", zh: "，产生于 "), .data(only.date.text, .date)]
      }
      if paid.contains(where: \.isUpperBound) { line.append(Span(" (at most)", zh: "（上限）", .warning)) }
      line.append(Span(".", zh: "。"))
    }
    return line
  }

  private func payments(_ account: Account) -> [[Span]] {
    let limit = 8
    var lines = account.payments.prefix(limit).map { payment -> [Span] in
      var line: [Span] = [
        .data(payment.date.text, .date), .data("  "), .money(fen: payment.fen), Span(" yuan for ", zh: " 元，事由 "),
        .data(payment.subject, .name), .data("  "),
      ]
      switch payment.standing {
      case .paid:
        line.append(run.ledger.isDue(payment.date.number) ? Span("due", zh: "应付", .good) : Span("pending", zh: "待付"))
      case .overQuota: line.append(Span("over quota", zh: "超出名额", .warning))
      case .displaced:
        line.append(Span("displaced", zh: "就高让出", .warning))
        if let other = payment.displacedBy { line += [Span(" by ", zh: "，让位于 "), .data(other, .name)] }
      }
      return line
    }
    if account.payments.count > limit {
      let more = account.payments.count - limit
      lines.append([
        Span(Text("and \(more) more: ", zh: "另有 \(more) 笔："), .muted), .command("payments \(account.measure.name)"),
      ])
    }
    return lines
  }

  // MARK: why not

  func whyNot(_ measure: CheckedMeasure) -> Answer {
    var document = Document([
      .heading(level: 2, [Span(measure.title, .title), .data("  "), .data(subject, .name)]),
      RunHead(run, places: places).block,
    ])
    let account = accounts.first { $0.measure.id == measure.id }
    let paid = account?.payments.contains { $0.standing == .paid } ?? false
    var missing: [Derivation] = []
    if let account {
      if paid {
        document.append(.paragraph([Span("But it is paid: ", zh: "其实已支付：")] + sums(account)))
        document.append(.list(ordered: false, payments(account)))
      } else {
        missing = account.derivations.flatMap { failures($0) }
        if !missing.isEmpty {
          document.append(.paragraph(Text("What stands in the way:", zh: "不满足之处：")))
          document.append(.list(ordered: false, missing.prefix(8).map { failure($0) }))
        } else if !account.payments.isEmpty {
          document.append(.list(ordered: false, payments(account)))
        }
      }
      if !account.derivations.isEmpty { document.append(.tree(account.derivations.map { node($0) })) }
    } else {
      document.append(
        .paragraph([
          .data(measure.id, .name), Span(" has nothing to do with ", zh: " 不涉及 "), .data(subject, .name),
          Span(": it is about other records.", zh: "：它针对其他记录。"),
        ]))
    }
    let failing: [JSONValue] = missing.map {
      ["text": .string($0.text.en), "gap": $0.gap.map { .string($0.en) } ?? .null]
    }
    let tree: [JSONValue] = account.map { [json($0)] } ?? []
    return Answer(
      document,
      objects: [
        [
          "kind": "why_not", "measure": .string(measure.id), "subject": .string(subject), "paid": .bool(paid),
          "failing": .array(failing), "measures": .array(tree),
        ]
      ])
  }

  /// The conditions at the bottom of a derivation that fail or are not known.
  private func failures(_ derivation: Derivation) -> [Derivation] {
    switch derivation.verdict {
    case .yes: return []
    case .told, .no, .unknown, .elsewhere:
      let below = derivation.children.filter { isBad($0.verdict) }.flatMap { failures($0) }
      if derivation.verdict == .told { return [] }
      // A comparison that says how far off it is speaks for itself.
      if derivation.gap != nil || below.isEmpty { return [derivation] }
      return below
    }
  }

  private func isBad(_ verdict: Derivation.Verdict) -> Bool {
    switch verdict {
    case .no, .unknown, .elsewhere: true
    case .yes, .told: false
    }
  }

  private func failure(_ derivation: Derivation) -> [Span] {
    var line: [Span] = [Span(derivation.text)]
    if let gap = derivation.gap { line += [.data(": "), Span(gap, .bad)] }
    switch derivation.verdict {
    case .unknown: line.append(Span(" (not known)", zh: "（不知道）", .warning))
    case .elsewhere: line.append(Span(" (governed elsewhere)", zh: "（适用其他文件）", .warning))
    case .yes, .no, .told: break
    }
    return line
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

  private func json(_ account: Account) -> JSONValue {
    let payments: [JSONValue] = account.payments.map { payment in
      let status =
        switch payment.standing {
        case .paid: run.ledger.isDue(payment.date.number) ? "due" : "pending"
        case .displaced: "displaced"
        case .overQuota: "over_quota"
        }
      return [
        "beneficiary": .string(payment.beneficiary), "subject": .string(payment.subject),
        "date": .string(payment.date.text), "amount": .money(fen: payment.fen), "status": .string(status),
        "upper_bound": .bool(payment.isUpperBound), "displaced_by": payment.displacedBy.map { .string($0) } ?? .null,
      ]
    }
    return [
      "measure": .string(account.measure.id), "article": .string(account.measure.article),
      "payments": .array(payments), "steps": .array(account.derivations.map { json($0) }),
      "settings": .strings(account.settings.map(\.text.en)),
    ]
  }

  private func json(_ derivation: Derivation) -> JSONValue {
    let verdict =
      switch derivation.verdict {
      case .yes: "yes"
      case .no: "no"
      case .unknown: "unknown"
      case .elsewhere: "elsewhere"
      case .told: "told"
      }
    return [
      "verdict": .string(verdict), "text": .string(derivation.text.en),
      "gap": derivation.gap.map { .string($0.en) } ?? .null,
      "steps": .array(derivation.children.map { json($0) }),
    ]
  }
}
