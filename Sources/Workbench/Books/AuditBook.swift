// An audit as an office hands it in: a summary whose figures are sums over the sheets behind it, a sheet for each
// finding, the sums by beneficiary, and what all of it rests on. Knows nothing of cells.

import Answers
import Diagnostics
import Engine
import Reckoning
import Reports
import Sessions
import View

struct AuditBook {
  private let answer: AuditAnswer

  init(_ answer: AuditAnswer) { self.answer = answer }

  var book: AnswerBook {
    var sheets = [summary]
    for (finding, entries) in answer.findings {
      var list = BookList(AuditBook.key(finding), answer.entries([(finding, entries)], titled: false))
      list.tallied = ["finding", "paid"]
      sheets.append(AnswerBook.Sheet(finding.words, [.list(list)], isLong: finding == .asDue))
    }
    if !answer.audit.names.isEmpty {
      sheets.append(AnswerBook.Sheet(Text("Names", zh: "同号异名"), [.list(BookList("names", answer.names))]))
    }
    sheets.append(
      AnswerBook.Sheet(
        Text("By beneficiary", zh: "各对象"), [.list(BookList("beneficiaries", answer.byBeneficiary()))]))
    return AnswerBook(sheets + GroundSheets([GroundSheets.Part(answer.run)], answer.places).sheets)
  }

  private static func key(_ finding: PaidFinding) -> String { "finding " + finding.rawValue }

  private var summary: AnswerBook.Sheet {
    var parts: [AnswerBook.Part] = answer.head.map { .block($0) }
    let rows = answer.findings
    var list = BookList("summary", findings(rows))
    list.sums["lines"] = { row in
      let finding = rows[row].finding
      return finding == .unpaid
        ? nil : BookSum(of: nil, in: AuditBook.key(finding), where: "finding", is: [finding.words])
    }
    list.sums["paid"] = { row in
      let finding = rows[row].finding
      return finding == .unpaid
        ? nil : BookSum(of: "paid", in: AuditBook.key(finding), where: "finding", is: [finding.words])
    }
    parts.append(.list(list))
    parts.append(.list(BookList("measures", answer.byMeasure)))
    parts += answer.notes.map { .block($0) }
    return AnswerBook.Sheet(Text("Summary", zh: "汇总"), parts)
  }

  private func findings(_ rows: [(finding: PaidFinding, entries: [PaidEntry])]) -> Relation {
    struct Row: Sendable {
      let finding: PaidFinding
      let sums: PaidSums
      let count: Int
    }
    let all = rows.map { finding, entries in
      Row(finding: finding, sums: entries.reduce(into: PaidSums()) { $0.add($1) }, count: entries.count)
    }
    var relation = Relation(
      title: Text("What was found", zh: "核对结果"), of: all,
      [
        .words("finding", Text("Finding", zh: "情形"), .essential) { $0.finding.words },
        .count("lines", Text("Lines", zh: "行数"), .essential) { $0.finding == .unpaid ? nil : Int64($0.count) },
        .money("paid", answer.currency.heading("Paid", zh: "实付"), .essential) {
          $0.finding == .unpaid ? nil : $0.sums.paid
        },
        .count("payments", Text("Payments not paid", zh: "未付笔数"), .useful) {
          $0.finding == .unpaid ? Int64($0.count) : nil
        },
        .money("due", answer.currency.heading("Due", zh: "应付"), .essential) { $0.sums.due },
      ])
    relation.footer = Relation.Line(
      [Span(Text("Total", zh: "合计"), .strong)],
      [
        "lines": .count(answer.audit.sums.lines), "paid": .money(fen: answer.audit.sums.paid),
        "due": .money(fen: answer.audit.sums.due),
      ], role: .strong)
    return relation
  }
}
