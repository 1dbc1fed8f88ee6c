// What another programme comes to more in the same draws: since both have the same chance, their difference spreads
// less than either. Knows nothing of how draws are made.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// Two programmes in the same draws.
struct SimulatedDifference: Sendable {
  /// Of the other programme.
  let names: [String]
  private let name: String
  private let figure: SimulatedFigure
  private let currency: Currency
  /// As things stand; nil where either has no such figure.
  private let stated: (other: Int64?, difference: Int64?)
  private let others: [Int64]
  private let differences: [Int64]
  /// What is drawn alike for both, where they differ in it as things stand.
  private let drawnAlike: [(name: Text, own: Text, other: Text)]

  /// - Parameters:
  ///   - inquiry: the one that the other is told against.
  ///   - stated: what both come to as things stand, the other one last.
  init(
    _ other: Inquiry, against inquiry: Inquiry, _ inputs: SimulateInputs, _ draws: SimulatedDraws, stated: [Int64?],
    _ figure: SimulatedFigure, _ places: Gazetteer
  ) {
    drawnAlike = inputs.all.compactMap { input in
      guard case .figure(let varied) = input.what else { return nil }
      let (a, b) = (varied.current(inquiry.base), varied.current(other.base))
      func text(_ raw: Int64?) -> Text { raw.map { varied.text($0, places) } ?? Text("none", zh: "无") }
      return a == b ? nil : (input.label, text(a), text(b))
    }
    names = other.programme.names
    name = other.name
    self.figure = figure
    currency = other.documents.currency
    others = draws.others
    differences = zip(draws.totals, draws.others).map { Amounts.add($1, -$0) }
    let last = stated.last ?? nil
    self.stated = (last, (stated.first ?? nil).flatMap { first in last.map { Amounts.add($0, -first) } })
  }

  private var heading: Text { Text("Difference", zh: "差额") }

  /// Its columns in a file of draws.
  func drawn(_ figure: SimulatedFigure) -> [AnswerColumn<Int>] {
    let (others, differences) = (others, differences)
    return [
      figure.column("against", .same(name), nil) { others[$0] },
      figure.difference("difference", heading, nil) { differences[$0] },
    ]
  }

  private struct Row: Sendable {
    let name: Text
    let other: SimulatedFigure.Value?
    let difference: SimulatedFigure.Value?
    let isMiddle: Bool
  }

  var body: AnswerBody {
    guard let all = UncertaintySummary(others, limit: nil), let apart = UncertaintySummary(differences, limit: 0) else {
      return AnswerBody()
    }
    var rows = [
      Row(
        name: Text("as things stand", zh: "按所列事实"), other: stated.other.map { .whole($0) },
        difference: stated.difference.map { .whole($0) }, isMiddle: false),
      Row(
        name: Text("mean", zh: "均值"), other: figure.mean(all), difference: figure.mean(apart, isChange: true),
        isMiddle: false),
    ]
    rows += zip(all.quantiles, apart.quantiles).map { q, d in
      Row(
        name: UncertaintySummary.name(percent: q.percent), other: .whole(q.total),
        difference: .whole(d.total), isMiddle: q.percent == 50)
    }
    rows.append(
      Row(
        name: Text("standard deviation", zh: "标准差"), other: figure.deviation(all),
        difference: figure.deviation(apart), isMiddle: false))
    let relation = Relation(
      title: Text("Against \(name), in the same draws", zh: "对比 \(name)（同样的抽取）"), of: rows,
      role: { $0.isMiddle ? .strong : nil },
      [
        .words("what", Text("Figure", zh: "数字"), .essential) { $0.name }.forPeople(),
        figure.column("against", figure.isMoney ? currency.heading(name, zh: name) : .same(name), .essential) {
          $0.other?.rounded
        }
        .shown { $0.other?.shown }.forPeople(),
        figure.difference("difference", heading, .essential) { $0.difference?.rounded }
          .shown { $0.difference?.shown }.forPeople(),
      ])
    var body: AnswerBody = [.relation(relation)]
    if !drawnAlike.isEmpty { body.append(.note(.warning, [Span(alike)])) }
    if let share = below {
      body.append(
        .paragraph([
          .data(name, .name), Span(" comes to less in ", zh: " 较少的抽取占 "),
          .data(Figures.decimal((share.probability * 1000).rounded() / 10) + "%", .strong),
          Span(" of the draws; nine of ten differences lie between ", zh: "；十次中有九次差额在 "),
          figure.span(quantile(apart, 5)), Span(" and ", zh: " 与 "), figure.span(quantile(apart, 95)),
          Span(".", zh: " 之间。"),
        ]))
    }
    return body
  }

  /// That what one of them sets holds in no draw.
  private var alike: Text {
    let en = drawnAlike.map { "\($0.name.en) (\($0.own.en); \(name): \($0.other.en))" }.joined(separator: ", ")
    let zh = drawnAlike.map { "\($0.name.zh)（\($0.own.zh)；\(name) 为 \($0.other.zh)）" }.joined(separator: "、")
    return Text(
      "drawn alike for both, so that the difference between them in it holds in no draw: \(en).",
      zh: "以下数值两方案抽取相同，各次抽取中没有二者在此项上的差别：\(zh)。")
  }

  private func quantile(_ summary: UncertaintySummary, _ percent: Int) -> Int64 {
    Invariant.value(
      summary.quantiles.first { $0.percent == percent }, "quantiles-told: a twentieth is among those that are told."
    ).total
  }

  /// The share of draws in which the other comes to less, with its standard error.
  private var below: (probability: Double, error: Double)? {
    UncertaintySummary(differences.map { -$0 }, limit: 0)?.overspending
  }

  var record: Record {
    let apart = UncertaintySummary(differences, limit: nil)
    let figure = figure, heading = heading
    return Record([
      "stated": figure.change(stated.difference), "mean": figure.change(apart),
      "standard_deviation": figure.datum(apart.map { figure.deviation($0) }),
      "quantiles": .rows(
        Relation(
          of: apart?.quantiles ?? [],
          [
            .count("percent", Text("Percent", zh: "百分位")) { Int64($0.percent) },
            figure.difference("total", heading, nil) { $0.total },
          ])),
      "less": below.map {
        .record(
          Record([
            "probability": SimulationAnswer.decimal($0.probability),
            "standard_error": SimulationAnswer.decimal($0.error),
          ]))
      } ?? .none,
    ])
  }
}

extension SimulatedFigure {
  /// A column of the figure.
  func column<Entry: Sendable>(
    _ key: String, _ title: Text, _ importance: Table.Importance?, _ value: @escaping @Sendable (Entry) -> Int64?
  ) -> AnswerColumn<Entry> {
    isMoney ? .money(key, title, importance, value) : .count(key, title, importance, value)
  }

  /// A column of what it is more or less.
  func difference<Entry: Sendable>(
    _ key: String, _ title: Text, _ importance: Table.Importance?, _ value: @escaping @Sendable (Entry) -> Int64?
  ) -> AnswerColumn<Entry> {
    isMoney ? .change(key, title, importance, value) : .count(key, title, importance, value)
  }

  /// The figure, typed.
  func datum(_ value: Int64?) -> Datum { value.map { isMoney ? .money(fen: $0) : .count($0) } ?? .none }

  /// What it is more or less, typed.
  func change(_ value: Int64?) -> Datum { value.map { isMoney ? .change(fen: $0) : .count($0) } ?? .none }

  /// The mean of what it is more or less, typed.
  func change(_ summary: UncertaintySummary?) -> Datum {
    isMoney ? change(summary?.mean) : datum(summary.map { mean($0, isChange: true) })
  }

  /// The figure on an axis.
  func chartValue(_ value: Int64) -> ChartValue { isMoney ? .money(fen: value) : .integer(value) }

  /// The figure in a sentence.
  func span(_ value: Int64) -> Span { isMoney ? .money(fen: value) : .data(Figures.integer(value), .number) }
}
