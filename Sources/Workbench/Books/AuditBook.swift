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
  /// The scenario, where the book has several; its sheets are named for it.
  private let scenario: String?

  init(_ answer: AuditAnswer, of scenario: String? = nil) {
    self.answer = answer
    self.scenario = scenario
  }

  var book: AnswerBook {
    let grounds = GroundSheets([GroundSheets.Part(answer.run)], answer.places, plainIn: answer.language)
    return AnswerBook(sheets + grounds.sheets)
  }

  /// All but what it rests on.
  var sheets: [AnswerBook.Sheet] {
    var sheets = [summary]
    for (finding, entries) in answer.findings {
      var list = BookList(key(finding), answer.entries([(finding, entries)], titled: false))
      list.tallied = ["finding", "paid"]
      sheets.append(AnswerBook.Sheet(named(finding.words), [.list(list)], isLong: finding.finding == .asDue))
    }
    if !answer.audit.names.isEmpty {
      sheets.append(
        AnswerBook.Sheet(named(Text("Names", zh: "同号异名")), [.list(BookList(key("names"), answer.names))]))
    }
    sheets.append(
      AnswerBook.Sheet(
        named(Text("By beneficiary", zh: "各对象")),
        [.list(BookList(key("beneficiaries"), answer.byBeneficiary()))]))
    let naming = answer.language.map { PaperNames.of([answer.run], $0) } ?? [:]
    return sheets.map { $0.named(naming) }
  }

  private func key(_ list: String) -> String { scenario.map { "\($0) \(list)" } ?? list }
  private func key(_ finding: AuditFinding) -> String { key("finding " + finding.key) }

  /// What a sheet is called.
  private func named(_ words: Text) -> Text {
    scenario.map { Text("\($0): \(words.en)", zh: "\($0)：\(words.zh)") } ?? words
  }

  private var summary: AnswerBook.Sheet {
    var parts: [AnswerBook.Part] = answer.head.map { .block($0) }
    let rows = answer.findings
    var list = BookList(key("summary"), findings(rows))
    let keys = rows.map { key($0.finding) }
    list.sums["lines"] = { row in
      let finding = rows[row].finding
      return finding.finding == .unpaid
        ? nil : BookSum(of: nil, in: keys[row], where: "finding", is: [finding.words])
    }
    list.sums["paid"] = { row in
      let finding = rows[row].finding
      return finding.finding == .unpaid
        ? nil : BookSum(of: "paid", in: keys[row], where: "finding", is: [finding.words])
    }
    parts.append(.list(list))
    parts.append(.list(BookList(key("measures"), answer.byMeasure)))
    parts += answer.notes.map { .block($0) }
    return AnswerBook.Sheet(named(Text("Summary", zh: "汇总")), parts)
  }

  private func findings(_ rows: [(finding: AuditFinding, entries: [PaidEntry])]) -> Relation {
    struct Row: Sendable {
      let finding: AuditFinding
      let paid: Int64
      let due: Int64
      let count: Int

      var isUnpaid: Bool { finding.finding == .unpaid }
    }
    let all = rows.map { finding, entries in
      Row(
        finding: finding, paid: entries.reduce(0) { Amounts.add($0, $1.paid) },
        due: entries.reduce(0) { Amounts.add($0, $1.due) }, count: entries.count)
    }
    let (sums, back) = (answer.audit.sums, answer.audit.back)
    var relation = Relation(
      title: Text("What was found", zh: "核对结果"), of: all,
      [
        .words("finding", Text("Finding", zh: "情形"), .essential) { $0.finding.words },
        .count("lines", Text("Lines", zh: "行数"), .essential) { $0.isUnpaid ? nil : Int64($0.count) },
        .money("paid", answer.currency.heading("Paid", zh: "实付"), .essential) {
          $0.isUnpaid ? nil : $0.paid
        },
        .count("payments", Text("Payments not paid", zh: "未付笔数"), .useful) {
          $0.isUnpaid ? Int64($0.count) : nil
        },
        .money("due", answer.currency.heading("Due", zh: "应付"), .essential) { $0.due },
      ])
    relation.footer = Relation.Line(
      [Span(Text("Total", zh: "合计"), .strong)],
      [
        "lines": .count(sums.lines + back.lines), "paid": .money(fen: Amounts.add(sums.paid, -back.paid)),
        "due": .money(fen: Amounts.add(sums.due, -back.due)),
      ], role: .strong)
    return relation
  }
}
