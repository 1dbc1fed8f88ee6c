// The ledger itself, payment by payment. A screen gets the first of them and is told how many there are; a file and
// another program get all.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct PaymentAnswer: Sendable {
  /// How many payments a table shows.
  static let limit = 60

  let list: PaymentList
  let run: Session.Run
  /// The only measure that is listed; nil: all.
  let measure: String?
  /// Whether the session's settings have changed since the run.
  let changed: Bool
  /// The facts that stand beside each payment.
  let groups: PaymentGroups?

  init(_ list: PaymentList, run: Session.Run, measure: String?, changed: Bool, groups: PaymentGroups? = nil) {
    self.list = list
    self.groups = groups
    self.run = run
    self.measure = measure
    self.changed = changed
  }

  var answer: Answer {
    var answer = Answer(body, records: [Record(kind: "payments", ["payments": .rows(payments)])])
    // Only what every payment has by itself is written block by block.
    if groups == nil { answer.stream = stream }
    return answer
  }

  private var body: AnswerBody {
    let places = list.ledger.dataset.places
    var body = AnswerBody(blocks: [RunHead(run, places: places).block])
    if changed {
      body.append(
        .note(
          .note,
          [
            Span("settings have changed since; ", zh: "此后设定已变更；"), .command("run"),
            Span(" reckons anew.", zh: " 重新测算。"),
          ]))
    }
    body.append(seen)
    return body
  }

  // MARK: Relations

  private var columns: [AnswerColumn<PaymentList.Payment>] {
    let sum = list.sum
    let isSplit =
      list.ledger.settings.asOf != nil || sum.displaced != 0 || sum.overQuota != 0 || sum.overCap != 0
      || sum.recovered != 0 || sum.belowNought != 0
    let all = PaymentColumns.all(
      severalDocuments: run.documents.count > 1, isSplit: isSplit, dataset: run.ledger.dataset,
      currency: run.documents.currency, hasCuts: list.hasCuts)
    guard let groups else { return all }
    return all
      + groups.keys.indices.map { number in
        .id(PaymentAnswer.key(number), groups.keys[number].title, .important) { groups.name($0, number).key }
          .shown { [Span(groups.name($0, number).title)] }.faces([.json, .csv])
      }
  }

  /// What programs call the fact of a number.
  private static func key(_ number: Int) -> String { number == 0 ? "group" : "group_\(number + 1)" }

  private var order: [String] {
    let further = (groups?.keys.indices).map { $0.map { PaymentAnswer.key($0) } } ?? []
    var order = PaymentColumns.forPeople
    order.insert(contentsOf: further, at: order.firstIndex(of: PaymentColumns.amount) ?? order.endIndex)
    return order
  }

  /// The first payments, which people see. Finding them is far less work than putting all in order.
  private var seen: Relation {
    var relation = Relation(of: Array(list.first(PaymentAnswer.limit)), role: PaymentAnswer.role, columns)
    if groups != nil { relation.records = .programs }
    relation.order = order
    relation.whole = { [self] in
      var all = payments
      all.order = order
      all.footer = footer
      return all
    }
    relation.footer = footer
    relation.more = [more].compactMap(\.self)
    return relation
  }

  /// How to get all of them, where a table shows the first.
  private var more: Block? {
    guard list.count > PaymentAnswer.limit else { return nil }
    let measures = run.documents.flatMap(\.measures)
    let wanted = measure.flatMap { id in measures.first { $0.id == id } }
    let isOnly = measures.count { $0.words.zh == wanted?.words.zh } == 1
    let name = wanted.map { Text(" " + $0.id, zh: " " + (isOnly ? $0.words.zh : $0.typedName.zh)) } ?? .same("")
    return .note(
      .warning,
      [
        Span(
          Text(
            "the first \(PaymentAnswer.limit) of \(Figures.integer(Int64(list.count))) are shown; all of them: ",
            zh: "共 \(Figures.integer(Int64(list.count))) 笔，仅列前 \(PaymentAnswer.limit) 笔；全部存入文件：")),
        .command("payments\(name.en) into FILE.csv", zh: "明细\(name.zh) 存入 文件.csv"),
      ])
  }

  private var footer: Relation.Line {
    let sum = list.sum
    return Relation.Line(
      [Span(Text("Total", zh: "合计"), .strong)], [PaymentColumns.amount: .money(fen: sum.total)],
      shown: [PaymentColumns.subject: [Span(Count.text(sum.payments, "payment", zh: "笔"), .muted)]], role: .strong)
  }

  /// All of them.
  private var payments: Relation {
    Relation(count: list.count, role: PaymentAnswer.role, columns) { [list] in list[$0] }
  }

  /// What is not paid is of less interest.
  private static let role: @Sendable (PaymentList.Payment) -> Role? = {
    switch $0.status {
    case .due, .pending, .recovered: nil
    case .displaced, .overQuota, .overCap, .belowNought: .muted
    }
  }

  /// The same as one object, and as records with the same columns, written straight away: there may be millions of
  /// rows.
  private var stream: AnswerStream {
    let list = list
    let payments = payments
    return AnswerStream(list: "payments", count: list.count) { request, sink in
      if request.format == .csv, let language = request.names {
        return try PaymentAnswer.write(payments, in: language, request, to: sink)
      }
      try PaymentWriter(list, as: request.format == .json ? .json : .csv).write(request, to: sink)
    }
  }
}

extension PaymentAnswer {
  /// So many records are made at once.
  private static var blockSize: Int { 4_096 }

  /// Writes payments as records with names in a language.
  private static func write(
    _ payments: Relation, in language: Language, _ request: AnswerStream.Request, to sink: AnswerStream.Sink
  ) throws {
    let records = NamedRecords(payments, language, request.companion(language).map { [$0] } ?? [])
    func hand(_ text: String) throws {
      var text = Visible.text(text, keepLines: true, keepTabs: true)
      try text.withUTF8 { try sink(UnsafeRawBufferPointer($0)) }
    }
    try hand(records.heads)
    var first = 0
    while first < payments.count {
      if request.isCancelled() { throw AnswerStream.Interrupted() }
      let next = min(first + blockSize, payments.count)
      try hand(records.records(first..<next))
      first = next
      request.progress?(Double(next) / Double(payments.count))
    }
  }
}

/// The columns of payments, for tables and objects as for what is written block by block.
enum PaymentColumns {
  static let measure = "measure"
  static let beneficiary = "beneficiary"
  static let subject = "subject"
  static let date = "date"
  static let amount = "amount"
  static let status = "status"
  static let upperBound = "upper_bound"
  static let displacedBy = "displaced_by"
  static let claimed = "claimed"
  static let limit = "limit"

  /// The order in which people read them.
  static let forPeople = [date, measure, beneficiary, subject, amount, status, claimed, limit]

  /// - Parameters:
  ///   - severalDocuments: whether people need to be told whose measure it is.
  ///   - isSplit: whether not every payment has the same status.
  ///   - hasCuts: whether a cap has cut any of them.
  ///   - dataset: the facts that have names for ids.
  static func all(
    severalDocuments: Bool, isSplit: Bool, dataset: Dataset?, currency: Currency = .yuan, hasCuts: Bool = false
  ) -> [AnswerColumn<PaymentList.Payment>] {
    let both: ColumnHead.Faces = [.json, .csv]
    let cuts: [AnswerColumn<PaymentList.Payment>] =
      hasCuts
      ? [
        .money(claimed, Text("Claimed", zh: "应得"), .incidental) { $0.claimed }.faces(both).leftOutWhenNone(),
        .id(limit, Text("Limit", zh: "限额"), .incidental) { $0.limit }
          .shown { $0.limit == $0.measure.id ? [Span($0.measure.words, .name)] : nil }.faces(both).leftOutWhenNone(),
      ] : []
    return [
      .id(measure, Text("Measure", zh: "措施"), .important) { $0.measure.id }
        .shown { [Span(severalDocuments ? $0.measure.label : $0.measure.words, .name)] }.faces(both),
      .id(beneficiary, Text("Beneficiary", zh: "对象"), .essential) { $0.beneficiary }
        .shown { [Span(dataset?.words($0.beneficiary) ?? .same($0.beneficiary), .name)] }.faces(both),
      .id(subject, Text("For", zh: "对应记录"), .useful) { $0.subject }
        .shown { [Span(dataset?.words($0.subject) ?? .same($0.subject))] }.faces(both),
      .date(date, Text("Date", zh: "日期"), .essential) { $0.date.text }.faces(both),
      .money(amount, currency.amounts, .essential) { $0.amount }
        .shown { $0.isUpperBound ? [.data("≤ ", .warning), .money(fen: $0.amount)] : nil }.faces(both),
      .id(status, Text("Status", zh: "状态"), isSplit ? .important : nil) { $0.status.rawValue }
        .shown(PaymentColumns.told).faces(both),
      .flag(upperBound, Text("At most", zh: "上限")) { $0.isUpperBound }.faces(both),
      .id(displacedBy, Text("Displaced by", zh: "就高所付")) { $0.displacedBy?.id }.leftOutWhenNone(),
    ] + cuts
  }

  /// The columns of a file, from left to right.
  static let ofFiles: [String] = keys(hasCuts: false)

  /// The columns of a file in which some payments may have been cut by a cap.
  static func keys(hasCuts: Bool) -> [String] {
    let relation = Relation(of: [], all(severalDocuments: false, isSplit: false, dataset: nil, hasCuts: hasCuts))
    return relation.columns(.csv).map { relation.columns[$0].key }
  }

  /// What became of a payment, and what displaced it.
  private static func told(_ entry: PaymentList.Payment) -> [Span]? {
    switch entry.status {
    case .due: return [Span("due", zh: "应付", .good)]
    case .pending: return [Span("pending", zh: "未到期")]
    case .overQuota: return [Span("over quota", zh: "超出名额", .warning)]
    case .overCap: return [Span("over cap", zh: "超出限额", .warning)]
    case .recovered: return [Span("recovered", zh: "追回", .warning)]
    case .belowNought: return [Span("below nought", zh: "低于零", .warning)]
    case .displaced:
      guard let other = entry.displacedBy else { return [Span("displaced", zh: "就高不重复", .warning)] }
      return [Span("displaced by ", zh: "就高不重复，已付 ", .warning), Span(other.label, .name)]
    }
  }
}
