// An audit of one list against several scenarios: what it comes to together, who was paid in more than one, then each
// scenario's own findings. Knows nothing of how they were found.

import Answers
import Diagnostics
import Reckoning
import Reports
import Sessions
import View

struct JointAuditAnswer {
  let joint: JointAudit
  /// One for each scenario.
  let parts: [AuditAnswer]
  let file: String

  private var names: [String] { parts.map(\.run.scenario.name) }

  var answer: Answer {
    var body = AnswerBody(blocks: head)
    if !joint.persons.isEmpty { body.append(persons) }
    var first = Record(
      kind: "joint_audit",
      [
        "file": .id(file), "scenarios": .ids(names), "paid": .money(fen: joint.paid), "due": .money(fen: joint.due),
        "persons": .rows(persons),
      ])
    let back = joint.back
    if back != (0, 0) { first.add(["taken_back": .money(fen: back.made), "to_take_back": .money(fen: back.due)]) }
    var records = [first]
    for (name, part) in zip(names, parts) {
      let own = part.answer
      body.append(.heading(level: 3, [Span("Scenario ", zh: "情景 ", .title), .data(name, .title)]))
      for one in own.body.parts.dropFirst() {
        switch one {
        case .block(let block): body.append(block)
        case .relation(let relation): body.append(relation)
        }
      }
      records += own.records
    }
    let told = records
    var answer = Answer(body, records: told)
    let maker = self
    answer.book = { maker.book }
    return answer
  }

  /// What stands above the lists.
  private var head: [Block] {
    let back = joint.back
    var sums: [Span] = [
      Span("Paid ", zh: "实付 "), .money(fen: joint.paid), Span(", due ", zh: "，应付 "), .money(fen: joint.due),
    ]
    if back != (0, 0) {
      sums += [
        Span("; taken back ", zh: "；已追回 "), .money(fen: back.made), Span(", to be taken back ", zh: "，应追回 "),
        .money(fen: back.due),
      ]
    }
    sums.append(Span(". Each line counts where it fits best.", zh: "。每行只计入最相符的情景。"))
    let title: [Span] = [
      .data(file, .title), Span(" against the scenarios ", zh: " 对照情景 ", .title),
      .data(names.joined(separator: ", "), .title),
    ]
    let nobody = Text("Nobody was paid in more than one of them.", zh: "没有人在不止一个情景中领取。")
    return [.heading(level: 2, title), .paragraph(sums)] + (joint.persons.isEmpty ? [.paragraph(nobody)] : [])
  }

  // MARK: Workbook

  /// The scenarios beside each other, who was paid in several, then each scenario's sheets.
  private var book: AnswerBook {
    var sheets = [
      AnswerBook.Sheet(
        Text("Scenarios", zh: "各情景"), head.map { .block($0) } + [.list(BookList("scenarios", scenarios))])
    ]
    if !joint.persons.isEmpty {
      sheets.append(
        AnswerBook.Sheet(Text("In several", zh: "跨情景领取"), [.list(BookList("persons", persons))]))
    }
    for (name, part) in zip(names, parts) { sheets += AuditBook(part, of: name).sheets }
    let grounds = GroundSheets(
      parts.map { GroundSheets.Part($0.run) }, parts[0].places, plainIn: parts[0].language)
    return AnswerBook(sheets + grounds.sheets)
  }

  private struct Row: Sendable {
    let name: String
    let sums: PaidSums
    let back: PaidSums
  }

  /// What each scenario comes to.
  private var scenarios: Relation {
    let rows = zip(names, joint.parts).map { Row(name: $0, sums: $1.sums, back: $1.back) }
    var columns: [AnswerColumn<Row>] = [
      .id("scenario", Text("Scenario", zh: "情景"), .essential) { $0.name }
    ]
    var totals: [String: Datum] = [:]
    func money(_ key: String, _ title: Text, always: Bool = true, _ fen: @escaping @Sendable (Row) -> Int64) {
      guard always || rows.contains(where: { fen($0) != 0 }) else { return }
      columns.append(.money(key, title, .essential) { fen($0) })
      totals[key] = .money(fen: rows.reduce(Int64(0)) { Amounts.add($0, fen($1)) })
    }
    let currency = parts[0].currency
    money("paid", currency.heading("Paid", zh: "实付")) { $0.sums.paid }
    money("matched", Text("As due", zh: "相符")) { $0.sums.matched }
    money("wrong", Text("Not as due", zh: "不相符")) { Amounts.add($0.sums.paid, -$0.sums.matched) }
    money("due", currency.heading("Due", zh: "应付")) { $0.sums.due }
    money("open", Text("Not paid", zh: "未付")) { Amounts.add($0.sums.due, -$0.sums.matched) }
    money("back_made", Text("Taken back", zh: "已追回"), always: false) { $0.back.paid }
    money("back_due", Text("To be taken back", zh: "应追回"), always: false) { $0.back.due }
    var relation = Relation(of: rows, columns)
    relation.footer = Relation.Line([Span(Text("Total", zh: "合计"), .strong)], totals, role: .strong)
    return relation
  }

  private var persons: Relation {
    let names = names
    return Relation(
      title: Text("Paid in several scenarios", zh: "在多个情景中领取"), of: joint.persons,
      [
        .id("number", Text("Number", zh: "号码"), .essential) { AuditWords.covered($0.number) },
        .id("name", Text("Name", zh: "姓名"), .essential) { $0.name },
        .words("where", Text("Where", zh: "情景和行"), .essential) { one in
          let parts = one.paid.map { part in
            let lines = AuditWords.lines(part.lines)
            return Text("\(names[part.ledger]) (\(lines.en))", zh: "\(names[part.ledger])（\(lines.zh)）")
          }
          return Text(parts.map(\.en).joined(separator: "; "), zh: parts.map(\.zh).joined(separator: "；"))
        },
        .money("paid", parts[0].currency.heading("Paid", zh: "实付"), .essential) { $0.sum },
      ])
  }
}
