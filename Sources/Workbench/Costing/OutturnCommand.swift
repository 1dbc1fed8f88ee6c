// `outturn`: what was estimated against what was paid, from the list that `audit` reads.

import Answers
import Commands
import Diagnostics
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// Holds an estimate against what was paid.
///
///     outturn = "outturn" as "audit"
struct OutturnCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "outturn",
    chinese: ["执行情况", "决算"],
    meaning: Text("what was estimated against what was paid, by measure and year", zh: "预算数与执行数对比，分措施、分年度"),
    usage: Text(
      "outturn FILE[, FILE …] [against PROGRAMME] [for MEASURE] [within N days] [columns HEADING = FACT, …] "
        + "[constant FACT = VALUE, …] [cells TEXT = VALUE, …] [dates \"day first\"]",
      zh: "执行情况 文件[，文件 …] [对照 方案] [措施 名称] [允许 N天] [各列 表头 = 事实, …] [常量 事实 = 值, …] "
        + "[单元格 文字 = 值, …] [日期写法 日在前]"),
    more: Text(
      "The list is read as by `audit`. For each measure and year stand the estimate, what was paid, and "
        + "how much of the "
        + "estimate that is. The gap is split into count (more or fewer payments), rate (other amounts each), timing "
        + "(paid in another year than due), recovery (less or more taken back than is to be) and the rest (lines of "
        + "which nobody can say what or when they are for), whichever is thought of first; "
        + "the parts add up to the gap to the fen.",
      zh: "明细的读取同“核对”。按措施、年度列出预算数、执行数和执行率。差额分为数量（笔数增减）、标准（每笔金额不同）、时间（发放年度与应付年度不同）、"
        + "追回（实际追回与应追回之差）和其他（看不出项目或时间的行），与考虑的先后无关，各部分相加等于差额，精确到分。"),
    group: .costing,
    options: [.settings, .mode])

  private let audit: AuditCommand

  package init(from parser: inout StatementParser) throws(Misread) { audit = try AuditCommand(from: &parser) }

  package func describe(to meaning: inout Meaning) { audit.describe(to: &meaning) }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if let day = audit.days?.from {
      throw Refusal([
        .error(
          "paid-days", Text("an outturn is of whole years", zh: "执行情况按整年核对"),
          hint: Text("leave out `from … to`, which `audit` takes", zh: "请去掉“从…到”；“核对”可限定期间"), at: day.location)
      ])
    }
    if let scenario = audit.scenarios.first {
      throw Refusal([
        .error(
          "paid-across", Text("an outturn is that of one scenario", zh: "执行情况只对照一个情景"),
          hint: Text("`use` the scenario first; `audit … across` takes several", zh: "请先“使用”该情景；“核对 … 跨情景”可写几个"),
          at: scenario.location)
      ])
    }
    let held = try audit.held(in: session, command)
    let bounds = AuditBounds(held.question)
    session.evidence = Evidence(
      [held.run], extra: "outturn " + AuditCommand.digest(held.register) + bounds.digest)
    let outturn = Outturn(held.audit, held.run.ledger, for: held.question.measure)
    var answer = OutturnAnswer(
      outturn, file: audit.name, bounds, held.run, places: session.library.places, AuditNotes.besides(held.audit)
    ).answer
    answer.further = bounds.members
    answer.diagnostics += held.register.doubts.map(ImportRemedy.addedToPayments)
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    AuditCommand.completions(position, after, in: session)
  }

  static func fileEndings(_ after: [Token]) -> [String]? { AuditCommand.fileEndings(after) }
}

/// An estimate and its outturn, in a table.
struct OutturnAnswer: Sendable {
  private let outturn: Outturn
  private let file: String
  private let bounds: AuditBounds
  private let run: Session.Run
  private let places: Gazetteer
  /// How columns of the list were understood.
  private let notes: [Text]

  init(
    _ outturn: Outturn, file: String, _ bounds: AuditBounds, _ run: Session.Run, places: Gazetteer, _ notes: [Text]
  ) {
    (self.outturn, self.file, self.bounds, self.run, self.places) = (outturn, file, bounds, run, places)
    self.notes = notes
  }

  var answer: Answer {
    let table = table
    let sum = outturn.sum
    var body = AnswerBody(blocks: [
      .heading(
        level: 2,
        [
          Span("Outturn of ", zh: "执行情况：", .title), .data(run.programme, .title),
          Span(Text("  from the payments in \(file)", zh: "  依据发放明细 \(file)"), .title),
        ]),
      RunHead(run, places: places).block,
    ])
    if let asked = bounds.block { body.append(asked) }
    if let leftOut { body.append(AnswerBody(blocks: [.paragraph(leftOut)])) }
    body.append(
      .paragraph(
        [
          Span("Estimated ", zh: "预算数 "), .money(fen: sum.estimated.fen), Span(", paid ", zh: "，执行数 "),
          .money(fen: sum.paid.fen), Span("; the gap is ", zh: "；差额 "), .money(fen: sum.gap),
          Span(" = count ", zh: " ＝ 数量 "), .money(fen: sum.count), Span(" + rate ", zh: " ＋ 标准 "),
          .money(fen: sum.rate), Span(" + timing ", zh: " ＋ 时间 "), .money(fen: sum.timing),
        ]
          + (sum.hasRecoveries ? [Span(" + recovery ", zh: " ＋ 追回 "), .money(fen: sum.recovery)] : [])
          + [
            Span(" + the rest ", zh: " ＋ 其他 "), .money(fen: sum.rest),
            Span(run.documents.currency.behind(".", zh: "。")),
          ]))
    if outturn.rows.contains(where: { $0.count != 0 && $0.rate != 0 }) {
      body.append(
        .note(
          Text(
            "Count and rate are what each comes to on average of both orders, count first and rate first; no "
              + "payment need be of such an amount.",
            zh: "数量、标准为先算数量、先算标准两种顺序的平均值，不对应某一笔发放。")))
    }
    if sum.hasRecoveries { body.append(AnswerBody(blocks: [.paragraph(recoveries)])) }
    if let unread { body.append(AnswerBody(blocks: [.paragraph([unread])])) }
    body.append(table)
    for note in notes { body.append(.note(note)) }
    if !takeUps.isEmpty {
      let en = takeUps.map { "take-up of \($0.measure.id) \($0.share) from \(ImportCommand.spelled(file))" }
      let zh = takeUps.map { "\($0.measure.typedName.zh) 申领率 \($0.share) 依据 \(ImportCommand.spelled(file))" }
      body.append(
        .paragraph([
          Span(
            "To reckon with as much being claimed (of what was due by then, without what was paid twice, early or "
              + "without being due): ",
            zh: "按此申领率测算（已到期应付款中已按应付发放的比例，重复、提前和不应发放的不计）：", .muted),
          .command("assume " + en.joined(separator: ", "), zh: "假设 " + zh.joined(separator: "，")),
        ]))
    }
    return Answer(
      body,
      records: [
        Record(
          kind: "outturn",
          [
            "file": .id(file), "programme": .ids(run.names), "estimated": .money(fen: sum.estimated.fen),
            "paid": .money(fen: sum.paid.fen), "gap": .change(fen: sum.gap), "count": .change(fen: sum.count),
            "rate": .change(fen: sum.rate), "timing": .change(fen: sum.timing), "recovery": .change(fen: sum.recovery),
            "rest": .change(fen: sum.rest), "estimated_recovered": .change(fen: sum.estimated.recovered),
            "paid_recovered": .change(fen: sum.paid.recovered),
            "unread_lines": .count(Int64(outturn.unread.count)), "only": .id(outturn.only?.id),
            "left_out": .ids(outturn.leftOut.map(\.measure.id)), "rows": .rows(table),
          ])
      ])
  }

  /// What is taken back in the estimate and in the list, which both are less by it.
  private var recoveries: [Span] {
    let sum = outturn.sum
    return [
      Span("Taken back of the estimate ", zh: "预算中追回 "), .money(fen: sum.estimated.recovered),
      Span(", in the list ", zh: "，明细中追回 "), .money(fen: sum.paid.recovered),
      Span(
        "; count, rate and the share taken up are of payments alone.", zh: "；数量、标准和执行率只就发放计算，不含追回。"),
    ]
  }

  /// That other measures are not looked at, since the list is about one; nil where there are none.
  private var leftOut: [Span]? {
    guard let only = outturn.only, !outturn.leftOut.isEmpty else { return nil }
    let others = outturn.leftOut
    let sum = others.reduce(Int64(0)) { Amounts.add($0, $1.fen) }
    let names = others.map(\.measure.words)
    let one = others.count == 1
    return [
      Span(
        Text(
          "The list is about \(only.name) alone. Not looked at \(one ? "is" : "are") "
            + "\(names.map(\.en).joined(separator: ", ")), estimated at ",
          zh: "明细只涉及“\(only.words.zh)”。其余措施不在对比之列：\(names.map(\.zh).joined(separator: "、"))，预算数 ")),
      .money(fen: sum), Span(run.documents.currency.behind(".", zh: "。")),
    ]
  }

  /// The lines that are in no figure; nil where there are none.
  private var unread: Span? {
    guard let first = outturn.unread.first else { return nil }
    let count = outturn.unread.count
    let more = count > 1
    let place = AuditWords.lines([first])
    return Span(
      Text(
        "Not in these figures: \(count) \(more ? "lines" : "line") whose amount is not said or cannot be read "
          + "(\(place.en)\(more ? " and others" : "")). `audit` lists \(more ? "them" : "it").",
        zh: "以上未计入：\(count)行未写金额或金额无法读取（\(place.zh)\(more ? "等" : "")）。“核对”逐行列出。"), .bad)
  }

  /// How much of what was due of each measure was paid as it was due.
  private var takeUps: [(measure: CheckedMeasure, share: String)] {
    outturn.takeUps.map { ($0.measure, Share(parts: $0.share).text) }
  }

  private var table: Relation {
    let currency = run.documents.currency
    func change(
      _ key: String, _ title: Text, _ importance: Table.Importance? = .important,
      _ fen: @escaping @Sendable (Outturn.Row) -> Int64
    ) -> AnswerColumn<Outturn.Row> { .change(key, title, importance) { fen($0) } }
    var relation = Relation(
      of: outturn.rows,
      [
        .id("measure", Text("Measure", zh: "措施"), .essential) { $0.measure?.id }.shown { row in
          [row.measure.map { Span($0.words, .name) } ?? Span("not said", zh: "未写明", .muted)]
        },
        .id("year", Text("Year", zh: "年度"), .essential) { $0.year.map { String($0) } },
        .count("estimated_payments", Text("Estimated", zh: "预算笔数"), .useful) { Int64($0.estimated.payments) },
        .count("paid_payments", Text("Paid", zh: "执行笔数"), .useful) { Int64($0.paid.payments) },
        .money("estimated", currency.heading("Estimate", zh: "预算数"), .essential) { $0.estimated.fen },
        .money("paid", currency.heading("Outturn", zh: "执行数"), .essential) { $0.paid.fen },
        AnswerColumn(.share, "take_up", Text("Taken up", zh: "执行率"), .important) { row in
          row.takeUp.map { .share(Share(parts: $0)) } ?? .none
        },
        change("gap", Text("Gap", zh: "差额")) { $0.gap }, change("count", Text("Count", zh: "其中数量")) { $0.count },
        change("rate", Text("Rate", zh: "其中标准")) { $0.rate },
        change("timing", Text("Timing", zh: "其中时间")) { $0.timing },
        change("recovery", Text("Recovery", zh: "其中追回"), outturn.sum.hasRecoveries ? .important : nil) { $0.recovery },
        change("rest", Text("Rest", zh: "其中其他")) { $0.rest },
      ])
    let sum = outturn.sum
    var values: [String: Datum] = [
      "estimated_payments": .count(sum.estimated.payments), "paid_payments": .count(sum.paid.payments),
      "estimated": .money(fen: sum.estimated.fen), "paid": .money(fen: sum.paid.fen), "gap": .change(fen: sum.gap),
      "count": .change(fen: sum.count), "rate": .change(fen: sum.rate), "timing": .change(fen: sum.timing),
      "rest": .change(fen: sum.rest),
    ]
    if let takeUp = sum.takeUp { values["take_up"] = .share(Share(parts: takeUp)) }
    relation.footer = Relation.Line([Span(Text("Total", zh: "合计"), .strong)], values, role: .strong)
    return relation
  }
}
