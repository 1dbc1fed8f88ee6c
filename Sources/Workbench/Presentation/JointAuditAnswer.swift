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
    let (paid, due) = (joint.paid, joint.due)
    var body = AnswerBody(blocks: [
      .heading(
        level: 2,
        [
          .data(file, .title), Span(" against the scenarios ", zh: " 对照情景 ", .title),
          .data(names.joined(separator: ", "), .title),
        ]),
      .paragraph([
        Span("Paid ", zh: "实付 "), .money(fen: paid), Span(", due ", zh: "，应付 "), .money(fen: due),
        Span(". Each line counts where it fits best.", zh: "。每行只计入最相符的情景。"),
      ]),
    ])
    if joint.persons.isEmpty {
      body.append(.paragraph(Text("Nobody was paid in more than one of them.", zh: "没有人在不止一个情景中领取。")))
    } else {
      body.append(persons)
    }
    var records = [
      Record(
        kind: "joint_audit",
        [
          "file": .id(file), "scenarios": .ids(names), "paid": .money(fen: paid), "due": .money(fen: due),
          "persons": .rows(persons),
        ])
    ]
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
    return Answer(body, records: told)
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
