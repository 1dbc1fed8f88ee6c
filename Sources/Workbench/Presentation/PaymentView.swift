// The ledger itself, payment by payment. A screen gets the first of them and is told how many there are; a file and
// another program get all.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

struct PaymentView: Sendable {
  /// How many payments a table shows.
  static let limit = 60

  let list: PaymentList
  let run: Session.Run
  /// The only measure that is listed; nil: all.
  let measure: String?
  /// Whether the session's settings have changed since the run.
  let changed: Bool

  init(_ list: PaymentList, run: Session.Run, measure: String?, changed: Bool) {
    self.list = list
    self.run = run
    self.measure = measure
    self.changed = changed
  }

  func document() -> Document {
    let places = list.ledger.dataset.places
    var document = Document([RunHead(run, places: places).block])
    if changed {
      document.append(
        .note(
          .note,
          [
            Span("settings have changed since; ", zh: "此后设定已变更；"), .command("run"),
            Span(" reckons anew.", zh: " 重新测算。"),
          ]))
    }
    let several = run.documents.count > 1
    let sum = list.sum
    let isSplit = list.ledger.settings.asOf != nil || sum.displaced != 0 || sum.overQuota != 0
    var columns = [
      Table.Column(Text("Date", zh: "日期"), .left, .essential, key: "date"),
      Table.Column(Text("Measure", zh: "措施"), .left, .important, key: "measure"),
      Table.Column(Text("Beneficiary", zh: "对象"), .left, .essential, key: "beneficiary"),
      Table.Column(Text("For", zh: "事由"), .left, .useful, key: "subject"),
      Table.Column(Text("Yuan", zh: "金额（元）"), .right, .essential, key: "amount"),
    ]
    if isSplit { columns.append(Table.Column(Text("Status", zh: "状态"), .left, .important, key: "status")) }
    let rows = list.first(PaymentView.limit).map { entry -> Table.Row in
      var amount: Cell = .money(fen: entry.amount)
      if entry.isUpperBound { amount = .spans([.data("≤ ", .warning), .money(fen: entry.amount)]) }
      var cells: [Cell] = [
        .date(entry.date.text), .data(several ? entry.measure.id : entry.measure.name, .name),
        .data(entry.beneficiary, .name), .data(entry.subject), amount,
      ]
      if isSplit { cells.append(.spans(PaymentView.status(entry))) }
      let isPaid = entry.status == .due || entry.status == .pending
      return Table.Row(cells, role: isPaid ? nil : .muted)
    }
    let footer = Table.Row(
      [
        .text(Text("Total", zh: "合计"), .strong), .empty, .empty,
        .spans([Span(Count.text(sum.payments, "payment", zh: "笔"), .muted)]),
        .money(fen: sum.total),
      ], role: .strong)
    document.append(.table(Table(columns: columns, rows: rows, footer: footer)))
    if list.count > PaymentView.limit {
      let command = "payments" + (measure.map { " " + $0 } ?? "") + " into FILE.csv"
      document.append(
        .note(
          .warning,
          [
            Span(
              Text(
                "the first \(PaymentView.limit) of \(Figures.integer(Int64(list.count))) are shown; all of them: ",
                zh: "共 \(Figures.integer(Int64(list.count))) 笔，仅列前 \(PaymentView.limit) 笔；全部存入文件：")),
            .command(command),
          ]))
    }
    return document
  }

  /// What became of a payment, and what displaced it.
  static func status(_ entry: PaymentList.Payment) -> [Span] {
    switch entry.status {
    case .due: return [Span("due", zh: "应付", .good)]
    case .pending: return [Span("pending", zh: "待付")]
    case .overQuota: return [Span("over quota", zh: "超出名额", .warning)]
    case .displaced:
      guard let other = entry.displacedBy else { return [Span("displaced", zh: "就高让出", .warning)] }
      return [Span("displaced by ", zh: "让位于 ", .warning), .data(other.id, .name)]
    }
  }

  // MARK: Other programs

  func json() -> JSONValue {
    let payments: [JSONValue] = (0..<list.count).map { i in
      let entry = list[i]
      var members: [JSONValue.Member] = [
        .init("measure", .string(entry.measure.id)), .init("beneficiary", .string(entry.beneficiary)),
        .init("subject", .string(entry.subject)), .init("date", .string(entry.date.text)),
        .init("amount", .money(fen: entry.amount)), .init("status", .string(entry.status.rawValue)),
        .init("upper_bound", .bool(entry.isUpperBound)),
      ]
      if let other = entry.displacedBy { members.append(.init("displaced_by", .string(other.id))) }
      return .object(members)
    }
    return ["kind": "payments", "payments": .array(payments)]
  }

  /// The same as one object, and as records with the same columns, written straight away: there may be millions of rows.
  var stream: AnswerStream {
    let list = list
    return AnswerStream(list: "payments", count: list.count) { request, sink in
      try PaymentWriter(list, as: request.format == .json ? .json : .csv).write(request, to: sink)
    }
  }
}
