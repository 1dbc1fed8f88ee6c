// `cliffs`: who stands just short of a threshold or just past it, and what hangs on it.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Session {
  func cliffs(_ programme: Programme?, _ within: Written?, _ subject: Written?, _ command: Command) throws(Refusal)
    -> Answer
  {
    let inquiry = try inquiry(programme, command)
    var near: Int64 = 5
    if let within {
      let digits = within.text.split(separator: " ").first.map(String.init) ?? within.text
      guard let n = Int64(digits), (0...1000).contains(n) else {
        throw Refusal(.whatIf(.notACount(within.raw)), at: within.location)
      }
      near = n
    }
    let run = try baseRun(inquiry)
    var id: String?
    if let subject { id = try subjectID(subject, in: run) }
    let (facts, memory) = memorised(inquiry.scenario, inquiry.base)
    let (thresholds, quotas) = Engine.thresholds(
      inquiry.documents, scenario: facts, settings: inquiry.base, near: near, memory: memory, isCancelled: isCancelled)
    let report = CliffReport.make(
      thresholds, quotas, base: run.ledger, only: id, isCancelled: isCancelled, progress: { progress?($0) }
    ) { [self] watched, value in budgetLedger(inquiry, watched.set(value, in: inquiry.base)) }
    evidence = Evidence([inquiry], extra: "cliffs \(near) \(id ?? "")")
    let view = CliffView(report, inquiry: inquiry, near: near, only: id, places: library.places)
    var answer = Answer(view.document(), json: [view.json()])
    answer.chart = view.chart
    return answer
  }
}

struct CliffView {
  let report: CliffReport
  let inquiry: Inquiry
  let near: Int64
  let only: String?
  let places: Gazetteer

  init(_ report: CliffReport, inquiry: Inquiry, near: Int64, only: String?, places: Gazetteer) {
    self.report = report
    self.inquiry = inquiry
    self.near = near
    self.only = only
    self.places = places
  }

  func document() -> Document {
    var blocks: [Block] = [
      .heading(
        level: 2,
        [Span("Cliffs", zh: "门槛与断崖", .title)] + (only.map { [.data("  " + $0, .title)] } ?? [])),
      InquiryHead(inquiry, places: places).block,
    ]
    let moving = report.cliffs.filter { $0.weight > 0 || $0.steps.contains { !$0.subjects.isEmpty } }
    if moving.isEmpty, prices.isEmpty {
      blocks.append(.paragraph(Text("Nobody stands within \(near) of any threshold.", zh: "没有人在任何门槛的 \(near) 以内。")))
    }
    if !moving.isEmpty { blocks.append(.table(table(moving))) }
    let stays = moving.filter { $0.threshold.sort == .stay }
    if !stays.isEmpty {
      blocks.append(
        .note(
          Text(
            "For a stay the figure is the days stayed beyond the last day that is asked for; a negative one is short of it.",
            zh: "就业时长一栏为超过规定最后一日的天数，负数表示差几天。")
        ))
    }
    if !prices.isEmpty { blocks.append(.table(quotas)) }
    if report.isPartial {
      blocks.append(
        .note(.warning, [Span("stopped before the end; what is missing was not tried.", zh: "提前停止；未列出的尚未试算。")]))
    }
    return Document(blocks)
  }

  private func figure(_ value: Int64, _ threshold: Threshold) -> Span {
    threshold.sort == .stay
      ? .data(value > 0 ? "+\(value)" : "\(value)", .number)
      : Span(ValueText.text(value, threshold.type, places: places), .number)
  }

  private func title(_ cliff: CliffReport.Cliff) -> [Span] {
    let t = cliff.threshold
    var line: [Span] = [
      .data(t.watched?.name ?? t.measure.id, .name), .data("  " + t.measure.article, .article), .data("  "),
    ]
    if t.sort == .stay {
      line += [Span("stays of ", zh: "稳定就业 ", .muted), Span(ValueText.text(t.bound, .months, places: places), .number)]
    } else {
      line += [
        .data(t.comparison.rawValue + " ", .muted), Span(ValueText.text(t.bound, t.type, places: places), .number),
      ]
    }
    if t.unlisted > 0 {
      line.append(Span(Text("; \(t.unlisted) more are as near", zh: "；另有 \(t.unlisted) 个同样接近"), .muted))
    }
    return line
  }

  private func table(_ cliffs: [CliffReport.Cliff]) -> Table {
    let sections = cliffs.prefix(40).map { cliff -> Table.Section in
      let steps = cliff.steps.filter { !$0.subjects.isEmpty || $0.admitted != nil || $0.refused != nil }
      let rows = steps.map { step -> Table.Row in
        let isMonths = cliff.threshold.sort == .stay && step.admitted != nil
        let value: [Span] =
          isMonths
          ? [Span(ValueText.text(step.value, .months, places: places), .number)] : [figure(step.value, cliff.threshold)]
        return Table.Row([
          .spans(value),
          step.passes ? .text(Text("passes", zh: "达到"), .good) : .text(Text("short", zh: "未达到"), .warning),
          step.jump.map { .change(fen: $0) } ?? .empty, .spans(who(step)),
        ])
      }
      return Table.Section(title: title(cliff), rows: rows)
    }
    return Table(
      columns: [
        Table.Column(Text("Stands at", zh: "现值"), .right, .essential, key: "value"),
        Table.Column(Text("Now", zh: "现状"), .left, .important, key: "passes"),
        Table.Column(Text("Hangs on it, yuan", zh: "牵涉金额（元）"), .right, .essential, key: "jump"),
        Table.Column(Text("Who", zh: "涉及"), .left, .useful, key: "who"),
      ], sections: Array(sections))
  }

  private func who(_ step: CliffReport.Step) -> [Span] {
    if !step.changes.isEmpty {
      var line: [Span] = .joined(
        step.changes.prefix(4).map { change -> [Span] in
          [
            .data(change.beneficiary, .name),
            .data(" " + Figures.signed(Figures.money(fen: change.difference), change.difference), .money),
          ]
        })
      if step.changes.count > 4 {
        line.append(Span(Text(" and \(step.changes.count - 4) more", zh: " 等，另有 \(step.changes.count - 4) 个"), .muted))
      }
      return line
    }
    return .names(
      step.subjects.map { s in
        s.beneficiary.map { $0 == s.subject || s.subject.hasPrefix($0 + "@") ? s.subject : "\($0): \(s.subject)" }
          ?? s.subject
      },
      limit: 4)
  }

  /// The quotas that hold anybody back or give anybody a place.
  private var prices: [CliffReport.Price] {
    report.prices.filter { $0.oneMore != 0 || $0.oneFewer != 0 || !$0.takers.isEmpty || !$0.losers.isEmpty }
  }

  private static func worth(_ change: Int64?) -> Cell {
    guard let change else { return .empty }
    return change == 0 ? .text(Text("nothing", zh: "无"), .muted) : .change(fen: change)
  }

  private var quotas: Table {
    Table(
      title: Text("Quotas: what one place is worth", zh: "名额：一个名额的价值"),
      columns: [
        Table.Column(Text("Quota", zh: "名额"), .left, .essential, key: "quota"),
        Table.Column(Text("Places", zh: "数量"), .right, .important, key: "places"),
        Table.Column(Text("One more, yuan", zh: "多一个（元）"), .right, .essential, key: "one_more"),
        Table.Column(Text("Taken by", zh: "由谁得到"), .left, .useful, key: "takers"),
        Table.Column(Text("One fewer, yuan", zh: "少一个（元）"), .right, .important, key: "one_fewer"),
        Table.Column(Text("Lost by", zh: "由谁失去"), .left, .useful, key: "losers"),
      ],
      rows: prices.map { price in
        Table.Row([
          .data(price.seat.watched?.name ?? price.seat.measure.id, .name), .integer(price.seat.limit),
          Self.worth(price.oneMore),
          .spans(.names(price.takers.map(\.beneficiary), limit: 4)),
          Self.worth(price.oneFewer),
          .spans(.names(price.losers.map(\.beneficiary), limit: 4)),
        ])
      })
  }

  var chart: Chart? {
    let bars = report.cliffs.filter { $0.weight > 0 }.prefix(20).map { cliff in
      BarChart.Bar(
        .same(cliff.threshold.watched?.name ?? cliff.threshold.measure.id), .money(fen: Int64(clamping: cliff.weight)))
    }
    return bars.isEmpty
      ? nil
      : .bars(BarChart(title: Text("The largest jump of each threshold, yuan", zh: "各门槛的最大跳变（元）"), bars: Array(bars)))
  }

  func json() -> JSONValue {
    let cliffs: [JSONValue] = report.cliffs.map { cliff in
      let t = cliff.threshold
      let steps: [JSONValue] = cliff.steps.map { step in
        [
          "value": t.sort == .stay ? .int(step.value) : Varied.json(step.value, t.type), "passes": .bool(step.passes),
          "admitted": step.admitted.map { .money(fen: $0) } ?? .null,
          "refused": step.refused.map { .money(fen: $0) } ?? .null,
          "jump": step.jump.map { .money(fen: $0) } ?? .null,
          "subjects": .array(
            step.subjects.map {
              ["subject": .string($0.subject), "beneficiary": $0.beneficiary.map { .string($0) } ?? .null]
            }),
          "changes": .array(
            step.changes.map { ["beneficiary": .string($0.beneficiary), "change": .money(fen: $0.difference)] }),
        ]
      }
      return [
        "name": t.watched.map { .string($0.name) } ?? .null, "measure": .string(t.measure.id),
        "article": .string(t.measure.article),
        "kind": t.sort == .stay ? "stay" : "figure", "comparison": .string(t.comparison.rawValue),
        "bound": Varied.json(t.bound, t.type), "unlisted": .int(Int64(t.unlisted)), "steps": .array(steps),
      ]
    }
    func who(_ changes: [Comparison.Change]) -> JSONValue {
      .array(changes.map { ["beneficiary": .string($0.beneficiary), "change": .money(fen: $0.difference)] })
    }
    let quotas: [JSONValue] = report.prices.map { price in
      [
        "name": .string(price.seat.watched?.name ?? ""), "measure": .string(price.seat.measure.id),
        "places": .int(price.seat.limit),
        "one_more": .money(fen: price.oneMore), "takers": who(price.takers),
        "one_fewer": price.oneFewer.map { .money(fen: $0) } ?? .null,
        "losers": who(price.losers),
      ]
    }
    return [
      "kind": "cliffs", "programme": .strings(inquiry.programme.names), "within": .int(near),
      "subject": only.map { .string($0) } ?? .null, "thresholds": .array(cliffs), "quotas": .array(quotas),
      "partial": .bool(report.isPartial),
    ]
  }
}
