// A budget as an office hands it in: a summary whose figures are sums over the sheets behind it, what it was taken
// apart by, a sheet for each measure, what is not paid and why, and what all of it rests on. Knows nothing of cells.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct BudgetBook {
  let budget: Budget
  let run: Session.Run
  let places: Gazetteer
  let breakdown: Breakdown?
  /// What the budget was taken apart by: as it stands in the answer.
  let groups: [AnswerBook.Part]
  let notes: [Block]
  let chart: Chart?

  private typealias Line = Budget.Line

  private var hasDates: Bool { budget.ledger.settings.asOf != nil }
  private var currency: Currency { run.documents.currency }

  var book: AnswerBook {
    var sheets = [summary]
    if let breakdown {
      sheets.append(AnswerBook.Sheet(breakdown.basis.title, groups))
      if let chart { sheets.append(AnswerBook.Sheet(Text("Chart", zh: "图"), [.chart(chart)])) }
    } else if !groups.isEmpty {
      sheets.append(AnswerBook.Sheet(Text("Each", zh: "平均"), groups))
    }
    // Payments that another engine has have no sheets here.
    for line in budget.lines where run.there == nil {
      let measure = budget.measure(line)
      guard let document = run.documents.first(where: { $0.id == measure.document }) else { continue }
      sheets.append(
        PaymentSheet(measure: measure, document: document, run: run, tally: line.tally, places: places).sheet)
    }
    sheets.append(unpaid)
    return AnswerBook(sheets + GroundSheets([GroundSheets.Part(run)], places).sheets)
  }

  // MARK: Summary

  private var summary: AnswerBook.Sheet {
    var parts: [AnswerBook.Part] = [
      .block(.heading(level: 2, [Span(run.scenario.title, .title)])), .block(RunHead(run, places: places).block),
    ]
    var list = BookList("summary", measures)
    let budget = budget, isHere = run.there == nil
    func sum(_ key: String, _ figure: String?, _ column: String, _ words: [Text]) {
      guard isHere else { return }
      list.sums[key] = { row in
        BookSum(of: figure, in: PaymentSheet.key(budget.measure(budget.lines[row])), where: column, is: words)
      }
    }
    func status(_ key: String, _ status: PaymentList.Status) {
      sum(key, "amount", "status", [PaymentWords.status(status)])
    }
    sum("payments", nil, "status", [PaymentWords.due, PaymentWords.pending])
    sum("due", "amount", "counts", [PaymentWords.due])
    sum("pending", "amount", "counts", [PaymentWords.pending])
    sum("total", "amount", "counts", [PaymentWords.due, PaymentWords.pending])
    status("displaced", .displaced)
    status("over_quota", .overQuota)
    status("over_cap", .overCap)
    status("recovered", .recovered)
    status("below_nought", .belowNought)
    parts.append(.list(list))
    if let there = run.there {
      let engine = there.engine.prefix { $0 != " " }.lowercased()
      parts.append(
        .block(
          .note(
            .note,
            [
              Span("The payments are with \(there.engine); ", zh: "明细在 \(there.engine) 中；"),
              .command("payments on \(engine) into FILE.parquet", zh: "明细 在 \(engine) 存入 文件.parquet"),
              Span(" writes them.", zh: " 可写出。"),
            ])))
    }
    parts += notes.map { .block($0) }
    if budget.sum.total != 0 {
      let title = currency.heading("By measure", zh: "各措施")
      parts.append(.bars(BookBars(title, axis: currency.axis, list: "summary", names: "measure", figures: "total")))
    }
    return AnswerBook.Sheet(Text("Summary", zh: "汇总"), parts)
  }

  private var measures: Relation {
    let budget = budget
    let documents = run.documents
    let paying = Set(budget.lines.map { budget.measure($0).document })
    let sum = budget.sum
    @Sendable func title(_ line: Line) -> Text? { documents.first { $0.id == budget.measure(line).document }?.title }
    var columns: [AnswerColumn<Line>] = []
    if paying.count > 1 { columns.append(.words("document", Text("Document", zh: "文件"), .useful) { title($0) }) }
    columns += [
      .words("measure", Text("Measure", zh: "措施"), .essential) { budget.measure($0).title },
      .id("article", Text("Article", zh: "条款"), .useful) { budget.measure($0).article },
      .count("payments", Text("Payments", zh: "笔数"), .useful) { Int64($0.tally.payments) },
      .count("beneficiaries", Text("Beneficiaries", zh: "对象数"), .useful) { Int64($0.beneficiaries) },
    ]
    func money(_ key: String, _ title: Text, if isThere: Bool, _ figure: @escaping @Sendable (Tally) -> Int64) {
      if isThere { columns.append(.money(key, title, .essential) { figure($0.tally) }) }
    }
    money("due", currency.heading("Due", zh: "应付"), if: hasDates) { $0.due }
    money("pending", currency.heading("Pending", zh: "未到期"), if: hasDates) { $0.pending }
    money("total", currency.heading("Total", zh: "合计"), if: true) { $0.total }
    money("displaced", Text("Displaced", zh: "就高不重复"), if: sum.displaced != 0) { $0.displaced }
    money("over_quota", Text("Over quota", zh: "超出名额"), if: sum.overQuota != 0) { $0.overQuota }
    money("over_cap", Text("Over cap", zh: "超出限额"), if: sum.overCap != 0) { $0.overCap }
    money("recovered", Text("Of which recovered", zh: "其中追回"), if: sum.recovered != 0) { $0.recovered }
    money("below_nought", Text("Below nought", zh: "低于零"), if: sum.belowNought != 0) { $0.belowNought }
    var relation = Relation(of: budget.lines, columns)
    var values: [String: Datum] = ["payments": .count(sum.payments), "total": .money(fen: sum.total)]
    if hasDates { (values["due"], values["pending"]) = (.money(fen: sum.due), .money(fen: sum.pending)) }
    for (key, fen) in [
      ("displaced", sum.displaced), ("over_quota", sum.overQuota), ("over_cap", sum.overCap),
      ("recovered", sum.recovered), ("below_nought", sum.belowNought),
    ] where fen != 0 { values[key] = .money(fen: fen) }
    relation.footer = Relation.Line([Span(Text("Total", zh: "合计"), .strong)], values, role: .strong)
    return relation
  }

  // MARK: Not paid

  /// A reason for which a measure does not pay.
  private struct Unpaying: Sendable {
    let measure: CheckedMeasure
    let status: PaymentList.Status
    let count: Int
    let fen: Int64
  }

  private var unpaid: AnswerBook.Sheet {
    var parts: [AnswerBook.Part] = [
      .block(.heading(2, Text("What is not paid, and why", zh: "未支付部分及原因")))
    ]
    let rows = unpaying
    if !rows.isEmpty {
      var list = BookList("unpaid", unpaying(rows))
      for (key, figure) in [("payments", nil), ("amount", "amount")] as [(String, String?)] where run.there == nil {
        list.sums[key] = { row in
          BookSum(
            of: figure, in: PaymentSheet.key(rows[row].measure), where: "status",
            is: [PaymentWords.status(rows[row].status)])
        }
      }
      parts.append(.list(list))
    }
    let others = Unpaid(budget.ledger, places: places)
    for (key, isThere, relation) in [
      ("unpriced", !budget.ledger.unpriced.isEmpty, others.unpriced(withLines: false)),
      ("undetermined", !budget.ledger.undetermined.isEmpty, others.undetermined),
      ("elsewhere", !budget.ledger.elsewhere.isEmpty, others.elsewhere),
      ("grants", !budget.ledger.grants.isEmpty, others.grants),
    ] where isThere {
      var relation = relation
      relation.cut = nil
      parts.append(.list(BookList(key, relation)))
    }
    if parts.count == 1 {
      parts.append(.block(.paragraph(Text("Whatever these measures come to is paid.", zh: "各项措施所计金额均予支付。"))))
    }
    return AnswerBook.Sheet(Text("Not paid", zh: "未支付"), parts)
  }

  private var unpaying: [Unpaying] {
    var found: [Unpaying] = []
    for line in budget.lines {
      let measure = budget.measure(line)
      let list = PaymentList(run.ledger) { $0.id == measure.id }
      for status in [PaymentList.Status.displaced, .overQuota, .overCap, .belowNought] {
        let (count, fen) = list.sum(of: status)
        if count > 0 { found.append(Unpaying(measure: measure, status: status, count: count, fen: fen)) }
      }
    }
    return found
  }

  private func unpaying(_ rows: [Unpaying]) -> Relation {
    Relation(
      title: Text("Reckoned and not paid", zh: "已计算、不支付"), of: rows,
      [
        .words("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.title },
        .words("reason", Text("Reason", zh: "情形"), .essential) { PaymentWords.status($0.status) },
        .count("payments", Text("Payments", zh: "笔数"), .essential) { Int64($0.count) },
        .money("amount", currency.amounts, .essential) { $0.fen },
        .words("why", Text("Why", zh: "原因"), .essential) { PaymentWords.reason($0.status) },
      ])
  }
}
