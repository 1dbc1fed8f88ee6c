// The totals of many draws: how they spread, and what drives them apart.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct SimulationAnswer: Sendable {
  let figure: SimulatedFigure
  let inputs: [RandomInput]
  let drawn: [[Double]]
  let totals: [Int64]
  let times: Int
  let refused: Int
  let seed: UInt64
  let limit: Int64?
  /// As things stand; nil where there is no such figure.
  let base: Int64?
  /// Whether it was drawn who stays how long, and who comes at all.
  let drawsStays: Bool
  let drawsTakeUp: Bool
  let inquiry: Inquiry
  let places: Gazetteer
  /// The budget in groups, where it is taken apart.
  var groups: SimulatedGroups?
  /// Another programme in the same draws, and what it comes to more.
  var against: SimulatedDifference?

  private var summary: UncertaintySummary? { UncertaintySummary(totals, limit: limit) }

  private func percent(_ x: Double) -> String { Figures.decimal((x * 1000).rounded() / 10) + "%" }

  /// The inputs with the share of the variance that goes along with each, the largest first.
  private var drivers: [(name: Text, share: Double)] {
    var out = zip(inputs, drawn).map { ($0.label, UncertaintySummary.share(of: $1, in: totals)) }
    out.sort { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.en < $1.0.en }
    return out.map { (name: $0.0, share: $0.1) }
  }

  var answer: Answer {
    var answer = Answer(body, records: [record])
    answer.chart = chart
    answer.inputs = inputsLine
    return answer
  }

  /// What is drawn, in a line.
  private var inputsLine: Text {
    var en = inputs.map { "\($0.label.en) from \($0.shown.en)" }, zh = inputs.map { "\($0.label.zh)取自\($0.shown.zh)" }
    if drawsStays { (en, zh) = (en + ["cohorts' stays by their shares"], zh + ["各批次的留存按所列比例"]) }
    return Text((en + ["seed \(seed)"]).joined(separator: "; "), zh: (zh + ["种子\(seed)"]).joined(separator: "；"))
  }

  private var title: Text {
    figure.isTotal
      ? Text("The budget in \(totals.count) draws", zh: "\(totals.count) 次抽取下的预算")
      : Text("\(figure.label.en) in \(totals.count) draws", zh: "\(totals.count) 次抽取下的\(figure.label.zh)")
  }

  /// What a retention that is drawn is the share of.
  private static let lastShare = Text(
    ": the share still employed at the last month count that a cohort states; of those who leave, as many have left by "
      + "each earlier one as stated",
    zh: "：各批次最后一个月数时的留存率；离开者中，各较早月数时已离开的比例不变")

  private var currency: Currency { inquiry.documents.currency }
  /// The head of a column of the figure.
  private var heading: Text { figure.heading(currency) }

  private var body: AnswerBody {
    var body = AnswerBody(blocks: [
      .heading(level: 2, [Span(title, .title)]),
      InquiryHead(inquiry, places: places).block,
    ])
    var what: [[Span]] = inputs.map { input in
      let line = [Span(input.label, .name), Span(" drawn from ", zh: " 取自 ", .muted), Span(input.shown, .number)]
      return if case .retention = input.what { line + [Span(SimulationAnswer.lastShare, .muted)] } else { line }
    }
    if drawsStays {
      what.append([Span("cohorts' stays drawn at random with their shares", zh: "各批次的留存按所列比例随机抽取", .muted)])
    }
    what.append([Span(Text("seed \(seed): the same seed gives the same draws", zh: "种子 \(seed)：同一种子得到同样的抽取"), .muted)])
    body.append(.list(ordered: false, what))
    // A file has every draw, or the groups that were asked for; people see how they spread.
    if groups == nil { body.append(draws) }
    guard let summary else {
      body.append(.note(.warning, [Span("stopped before the first draw.", zh: "在第一次抽取前停止。")]))
      return body
    }
    var spread = spread(summary)
    if groups != nil { spread.records = .elsewhere }
    body.append(spread)
    if let groups { body.append(groups.relation) }
    if let against { body.append(against.body) }
    if let limit { body.append(.paragraph(risk(summary, limit))) }
    if let chart { body.append(.chart(chart)) }
    if !inputs.isEmpty { body.append(.paragraph(spreadDrivers(summary))) }
    if refused > 0 {
      body.append(
        .note(
          .warning,
          [
            Span(
              Text(
                "\(Count.text(refused, "draw", zh: "").en) had no budget, since a measure refused a fact; "
                  + (refused == 1 ? "it is left out." : "they are left out."),
                zh: "\(refused) 次抽取因措施拒绝某项事实而没有预算，未计入。"))
          ])
      )
    }
    if totals.count + refused < times {
      body.append(
        .note(
          .warning,
          [Span(Text("stopped after \(totals.count) of \(times) draws.", zh: "在 \(times) 次中完成 \(totals.count) 次后停止。"))])
      )
    }
    return body
  }

  /// How likely it is that more is spent than there is.
  private func risk(_ summary: UncertaintySummary, _ limit: Int64) -> [Span] {
    guard let (p, error) = summary.overspending else { return [] }
    let amount: [Span] = [.money(fen: limit), Span(currency.behind("", zh: ""))]
    guard summary.deviation > 0 else {
      return p > 0
        ? [Span("Every draw passes ", zh: "各次抽取都超过 ")] + amount + [Span(".", zh: "。")]
        : [Span("No draw passes ", zh: "各次抽取都不超过 ")] + amount + [Span(".", zh: "。")]
    }
    return [
      Span("It passes ", zh: "超过 "), .money(fen: limit),
      Span(currency.behind(" with a probability of ", zh: "的概率为 ")),
      .data(percent(p), .strong),
      Span(" (standard error ", zh: "（标准误 ", .muted), .data(percent(error), .muted), Span(").", zh: "）。", .muted),
    ]
  }

  /// What the spread goes along with: each input, and what is left.
  private func spreadDrivers(_ summary: UncertaintySummary) -> [Span] {
    guard summary.deviation > 0 else {
      return [
        Span("Nothing spreads: every draw comes to the same.", zh: "没有波动：各次抽取结果相同。")
      ]
    }
    let drivers = self.drivers
    let rest = max(0, 1 - drivers.reduce(0) { $0 + $1.share })
    var line: [Span] = [Span("What drives the spread: ", zh: "波动来源：")]
    line += .joined(drivers.map { [Span($0.name, .name), .data(" " + percent($0.share), .number)] })
    // Of what rounds to nought no cause is told.
    if percent(rest) == percent(0) { return line }
    var causes: [Text] = []
    if drawsStays { causes.append(Text("chance in the stays", zh: "留存的随机性")) }
    if drawsTakeUp { causes.append(Text("chance in who comes", zh: "谁到岗的随机性")) }
    causes.append(
      inputs.count > 1
        ? Text("thresholds with what inputs do together", zh: "门槛和各输入的共同作用") : Text("thresholds", zh: "门槛"))
    let en = causes.map(\.en).enumerated(", ", last: " and ")
    let zh = causes.map(\.zh).enumerated("、", last: causes.contains { $0.zh.contains("和") } ? "、" : "和")
    line.append(Span(Text("; the rest, \(percent(rest)), is \(en)", zh: "；其余 \(percent(rest)) 来自\(zh)"), .muted))
    return line
  }

  private var chart: Chart? {
    let bins = UncertaintySummary.bins(totals, 16)
    guard bins.count > 1 else { return nil }
    return .histogram(
      Histogram(
        title: figure.isTotal
          ? Text("Draws by total, \(currency.word)", zh: "按合计（\(currency.chinese)）的抽取次数")
          : Text("Draws by: \(heading.en)", zh: "按\(heading.zh)的抽取次数"),
        xTitle: heading, yTitle: Text("Draws", zh: "抽取次数"),
        bins: bins.map {
          Histogram.Bin(from: figure.chartValue($0.from), to: figure.chartValue($0.to), count: $0.count)
        }))
  }

  // MARK: Relations

  /// Every total that was drawn.
  private var draws: Relation {
    let totals = totals
    var columns: [AnswerColumn<Int>] = [
      .count("draw", Text("Draw", zh: "抽取")) { Int64($0 + 1) }.faces(.csv),
      figure.column("total", heading, nil) { totals[$0] }.faces(.csv),
    ]
    if let against { columns += against.drawn(figure).map { $0.faces(.csv) } }
    var relation = Relation(count: totals.count, columns) { $0 }
    relation.records = .programs
    return relation
  }

  private func spread(_ summary: UncertaintySummary) -> Relation {
    typealias Row = (name: Span, total: SimulatedFigure.Value?, role: Role?)
    func row(_ name: Text, _ total: SimulatedFigure.Value?, _ role: Role? = nil) -> Row { (Span(name), total, role) }
    var rows = [
      row(Text("as things stand", zh: "按所列事实"), base.map { .whole($0) }),
      row(Text("mean", zh: "均值"), figure.mean(summary)),
    ]
    for q in summary.quantiles {
      rows.append(
        row(UncertaintySummary.name(percent: q.percent), .whole(q.total), q.percent == 50 ? .strong : nil))
    }
    rows.append((Span(Text("standard deviation", zh: "标准差"), .muted), figure.deviation(summary), nil))
    return Relation(
      of: rows, role: { $0.role },
      [
        .words("what", figure.isMoney ? Text("Budget", zh: "预算") : Text("Figure", zh: "数字"), .essential) {
          $0.name.text
        }
        .shown { [$0.name] }.forPeople(),
        figure.column("total", heading, .essential) { $0.total?.rounded }.shown { $0.total?.shown }.forPeople(),
      ])
  }

  /// A decimal with as many places as mean anything.
  static func decimal(_ x: Double) -> Datum { .decimal(String((x * 1_000_000).rounded() / 1_000_000)) }

  private var record: Record {
    let summary = summary
    var record = Record(
      kind: "simulation",
      [
        "programme": .ids(inquiry.programme.names), "times": .count(times), "done": .count(totals.count),
        "refused": .count(refused), "seed": .id(String(seed)),
        "inputs": .rows(
          Relation(
            of: inputs,
            [
              .id("name", Text("Input", zh: "输入")) { $0.name },
              .id("distribution", Text("Distribution", zh: "分布")) { $0.text },
            ])),
        "stated": figure.datum(base), "mean": figure.datum(summary.map { figure.mean($0) }),
        "standard_deviation": figure.datum(summary.map { figure.deviation($0) }),
      ])
    if !figure.isTotal { record.add("figure", .id(figure.id)) }
    record.add(
      "quantiles",
      .rows(
        Relation(
          of: summary?.quantiles ?? [],
          [
            .count("percent", Text("Percent", zh: "百分位")) { Int64($0.percent) },
            figure.column("total", heading, nil) { $0.total },
          ])))
    if let against { record.add(["against": .ids(against.names), "difference": .record(against.record)]) }
    record.add("overspending", overspending)
    record.add(
      "drivers",
      .rows(
        Relation(
          of: drivers,
          [
            .id("name", Text("Input", zh: "输入")) { $0.name.en },
            AnswerColumn(.decimal, "share", Text("Share of the variance", zh: "占方差的比例"), nil) {
              SimulationAnswer.decimal($0.share)
            },
          ])))
    record.add("partial", .flag(totals.count + refused < times))
    groups?.add(to: &record)
    return record
  }

  private var overspending: Datum {
    guard let limit, let found = summary?.overspending else { return .none }
    return .record(
      Record([
        "budget": .money(fen: limit), "probability": SimulationAnswer.decimal(found.probability),
        "standard_error": SimulationAnswer.decimal(found.error),
      ]))
  }
}

extension UncertaintySummary {
  /// What people call the figure that a part of all figures does not exceed.
  static func name(percent: Int) -> Text {
    switch percent {
    case 0: Text("least", zh: "最低")
    case 50: Text("median", zh: "中位数")
    case 100: Text("most", zh: "最高")
    default: Text("\(percent) % lie at or below", zh: "\(percent)% 不超过")
    }
  }
}
