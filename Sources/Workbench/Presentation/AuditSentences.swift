// What an audit comes to, in sentences: what was paid and what is due, what was taken back and what is to be, each as
// the sum of its parts. Knows nothing of lists.

import Answers
import Diagnostics
import Reports
import View

struct AuditSentences {
  private let sums: PaidSums
  private let back: PaidSums

  init(_ audit: PaidAudit) { (sums, back) = (audit.sums, audit.back) }

  var blocks: [Block] {
    let paid = AuditSentences.sentence(
      [
        Span(Count.text(sums.lines, "line", zh: "行")), Span(", paid ", zh: "，实付 "), .money(fen: sums.paid),
        .data(" = "), Span("as due ", zh: "相符 "), .money(fen: sums.matched),
      ],
      [
        (sums.tooMuch, Text("too much", zh: "多付")), (sums.twice, PaidFinding.twice.words),
        (sums.notDue, PaidFinding.notDue.words), (sums.open, AuditSentences.open),
      ])
    let due = AuditSentences.sentence(
      [
        Span("Due ", zh: "应付 "), .money(fen: sums.due), .data(" = "), Span("paid as due ", zh: "相符 "),
        .money(fen: sums.matched),
      ],
      [(sums.tooLittle, Text("too little", zh: "少付")), (sums.unpaid, Text("not paid", zh: "未付"))])
    guard back != PaidSums() else { return [paid, due] }
    let taken = AuditSentences.sentence(
      [
        Span(Count.text(back.lines, "line", zh: "行")), Span(", taken back ", zh: "，已追回 "), .money(fen: back.paid),
        .data(" = "), Span("as due ", zh: "相符 "), .money(fen: back.matched),
      ],
      [
        (back.tooMuch, Text("too much", zh: "多追")), (back.twice, Text("twice", zh: "重复追回")),
        (back.notDue, Text("not due", zh: "不应追回")), (back.open, AuditSentences.open),
      ])
    let toTake = AuditSentences.sentence(
      [
        Span("To be taken back ", zh: "应追回 "), .money(fen: back.due), .data(" = "),
        Span("taken back as due ", zh: "相符 "), .money(fen: back.matched),
      ],
      [(back.tooLittle, Text("too little", zh: "少追")), (back.unpaid, Text("not taken back", zh: "未追"))])
    return [paid, due, taken, toTake]
  }

  private static let open = Text("open", zh: "待核实")

  /// A beginning, then the other parts that are not nought.
  private static func sentence(_ beginning: [Span], _ parts: [(fen: Int64, words: Text)]) -> Block {
    let rest = parts.filter { $0.fen != 0 }.flatMap { fen, words -> [Span] in
      [.data(" + "), Span(words), .data(" "), .money(fen: fen)]
    }
    return .paragraph(beginning + rest + [Span(".", zh: "。")])
  }
}
