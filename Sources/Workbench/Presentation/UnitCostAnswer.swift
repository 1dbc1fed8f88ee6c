// A budget for each of something: measure by measure, how it spreads, and the dearest. Programs find it in the budget's
// object.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct UnitCostAnswer: Sendable {
  private static let dearest = 10

  let costs: UnitCosts
  /// What there is one each of, and how programs call it.
  let name: String
  let title: Text
  /// What one of them is called, and the word with which Chinese counts them.
  var one = (words: Text("Who", zh: "对象"), classifier: "个")

  private var ledger: Ledger { costs.ledger }
  private var currency: Currency { ledger.documents.currency }
  /// The head of what there is for each.
  var each: Text { Text("\(currency.axis.en) each", zh: "平均（\(currency.chinese)）") }

  /// The measures, then how the figures for each spread.
  var body: AnswerBody {
    var body = AnswerBody()
    body.append(lines)
    // Of a few the list says it all.
    let isMany = costs.shares.count > UnitCostAnswer.dearest
    if isMany, let summary = costs.spread { body.append(quantiles(summary)) }
    if costs.shares.count > 1 { body.append(largest) }
    if isMany, let chart { body.append(.chart(chart)) }
    return body
  }

  /// Whether more are counted under the name than what is paid rests on.
  private var hasCounted: Bool { costs.lines.contains { $0.counted != nil && $0.counted != $0.units } }
  /// The head of how many are counted, whether or not what is asked beside is met.
  private var counted: Text { Text("\(title.en), all counted", zh: "全部\(title.zh)") }
  /// The head of how many there are; beside all who are counted it says that it is these who are paid for.
  private var units: Text { hasCounted ? Text("\(title.en), paid for", zh: "其中据以支付的") : title }

  private var lines: Relation {
    let ledger = ledger
    let both: ColumnHead.Faces = [.json, .csv]
    let several = Set(costs.lines.map { ledger.measures[$0.measure].document }).count > 1
    var relation = Relation(
      of: costs.lines,
      [
        .id("measure", Text("Measure", zh: "措施"), .essential) { ledger.measures[$0.measure].id }
          .shown { line in
            let measure = ledger.measures[line.measure]
            return [Span(several ? measure.label : measure.words, .name)]
          }.faces(both),
        .count("counted", counted, hasCounted ? .useful : nil) { $0.counted.map(Int64.init) }.faces(both),
        .count("units", units, .essential) { Int64($0.units) }.faces(both),
        .money("total", currency.heading("Total", zh: "合计"), .essential) { $0.total }.faces(both),
        .money("each", each, .essential) { $0.each }.faces(both),
      ])
    relation.records = .programs
    relation.footer = Relation.Line(
      [Span(Text("Different ones, in all", zh: "不重复合计"), .strong)],
      ["units": .count(costs.units), "total": .money(fen: costs.total), "each": .money(costs.each)], role: .strong)
    return relation
  }

  /// Of whom the spread is: those who are paid for, or those who count them.
  private func quantiles(_ summary: UncertaintySummary) -> Relation {
    var rows: [(name: Text, fen: Int64)] = [(Text("mean", zh: "均值"), summary.mean)]
    for q in summary.quantiles {
      rows.append((UncertaintySummary.name(percent: q.percent), q.total))
    }
    let count = costs.shares.count
    return Relation(
      title: Text("How it spreads over \(count)", zh: "在 \(count) \(one.classifier)\(one.words.zh)之间的分布"), of: rows,
      [
        .words("what", Text("Spread", zh: "分布"), .essential) { $0.name }.forPeople(),
        .money("fen", each, .essential) { $0.fen }.forPeople(),
      ])
  }

  private var largest: Relation {
    let dataset = ledger.dataset
    let hasUnits = costs.shares.contains { $0.units != 1 }
    let (title, one) = (title, one)
    return Relation(
      title: Text("The dearest", zh: "最高的几个"), of: Array(costs.shares.prefix(UnitCostAnswer.dearest)),
      [
        .id("id", one.words, .essential) { $0.name }.shown { [Span(dataset.words($0.name), .name)] },
        .count("units", title, hasUnits ? .important : nil) { Int64($0.units) },
        .money("total", currency.heading("Total", zh: "合计"), hasUnits ? .important : nil) { $0.total },
        .money("each", each, .essential) { $0.each },
      ])
  }

  var chart: Chart? {
    let bins = UncertaintySummary.bins(costs.shares.map(\.each), 16)
    guard bins.count > 1 else { return nil }
    return .histogram(
      Histogram(
        title: Text(
          "How many get so many \(currency.word) each", zh: "按平均金额（\(currency.chinese)）的个数"),
        xTitle: currency.heading("Each", zh: "平均金额"), yTitle: Text("Number", zh: "个数"),
        bins: bins.map { Histogram.Bin(from: .money(fen: $0.from), to: .money(fen: $0.to), count: $0.count) }))
  }

  /// What the budget's object has more.
  func add(to record: inout Record) {
    record.add([
      "per": .id(name), "units": .count(costs.units), "each": .money(costs.each), "unit_costs": .rows(lines),
    ])
    guard let summary = costs.spread else { return }
    record.add(
      "quantiles",
      .rows(
        Relation(
          of: summary.quantiles,
          [
            .count("percent", Text("Percent", zh: "百分位")) { Int64($0.percent) },
            .money("each", each) { $0.total },
          ])))
    record.add("largest", .rows(largest))
  }
}
