// A draft's effect split over its changes: what each is given, what it adds by itself and as the last, and how that was
// reckoned.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct AttributionAnswer: Sendable {
  private let name: String
  private let base: Session.Run
  private let proposed: Session.Run
  private let attribution: Attribution
  private let rows: [Row]
  private let places: Gazetteer
  /// The same in groups, where somebody asks.
  var groups: AttributionGroups?

  private struct Row: Sendable {
    let words: ChangeWords
    let part: Attribution.Part
  }

  init(_ split: DraftSplit, _ attribution: Attribution, places: Gazetteer) {
    name = split.name
    base = split.base
    proposed = split.proposed
    self.attribution = attribution
    self.places = places
    rows = zip(split.words, attribution.parts).map { Row(words: $0, part: $1) }
  }

  private var currency: Currency { base.documents.currency }
  private var isSampled: Bool { if case .sampled = attribution.method { true } else { false } }

  var answer: Answer {
    let title: [Span] = [.data("\(base.programme) → \(name)", .title)]
    var body = AnswerBody(blocks: [.heading(level: 2, title), RunHead(proposed, places: places).block])
    if rows.isEmpty {
      body.append(.paragraph(Text("It changes nothing yet.", zh: "尚无改动。")))
    } else {
      body.append(.paragraph(sentence))
      var changes = relation
      // Who asks for groups wants those in a table of values.
      if groups != nil { changes.records = .elsewhere }
      body.append(changes)
      if let groups { body.append(groups.shown) }
      for note in notes { body.append(.note(.note, [Span(note)])) }
    }
    let told = record
    var answer = Answer(body, records: [told])
    if !rows.isEmpty {
      answer.chart = .bars(
        BarChart(
          title: currency.heading("What each change costs", zh: "各项改动的影响"), axis: currency.axis,
          bars: rows.map { .init($0.words.label, .money(fen: $0.part.fen)) }))
    }
    return answer
  }

  private var sentence: [Span] {
    let effect = attribution.effect
    if effect == 0 {
      return [Span("Together the changes come to nothing; each of them does this:", zh: "各项改动合计没有影响，其中：")]
    }
    return [
      Span(
        effect > 0 ? "Together the changes add " : "Together the changes save ",
        zh: effect > 0 ? "各项改动合计增加 " : "各项改动合计减少 "),
      .money(fen: abs(effect)), Span(currency.behind(":", zh: "，其中：")),
    ]
  }

  private var relation: Relation {
    var columns: [AnswerColumn<Row>] = [
      .id("change", Text("Change", zh: "改动"), .essential) { $0.words.id }.shown { [Span($0.words.label, .name)] },
      .id("article", Text("Article", zh: "条款"), .useful) { $0.words.article.isEmpty ? nil : $0.words.article }
        .role(.article),
      .words("now", Text("Now", zh: "现行"), .important) { $0.words.now },
      .words("proposed", Text("Proposed", zh: "修订"), .important) { $0.words.proposed },
      .change("alone", currency.heading("Alone", zh: "单独"), .useful) { $0.part.alone },
      .change("last", currency.heading("Last", zh: "最后"), .useful) { $0.part.last },
      .change("part", currency.heading("Part", zh: "分摊"), .essential) { $0.part.fen },
    ]
    if isSampled {
      columns.append(.money("error", currency.heading("± error", zh: "±误差"), .essential) { $0.part.error })
    }
    var relation = Relation(of: rows, columns)
    relation.footer = Relation.Line(
      [Span(Text("Together", zh: "合计"), .strong)], ["part": .change(fen: attribution.effect)], role: .strong)
    return relation
  }

  private var notes: [Text] {
    var notes: [Text] = []
    switch attribution.method {
    case .exact(let runs):
      notes.append(
        Text(
          "A part is the average over all orders of what the change adds (\(Count.text(runs, "run", zh: "").en)).",
          zh: "分摊为该项在所有先后顺序下增加额的平均值（测算 \(runs) 次）。"))
    case .sampled(let orders, let runs, let seed):
      notes.append(
        Text(
          "A part is the average over \(orders) orders drawn with seed \(seed) (\(runs) runs); the error is one "
            + "standard error.",
          zh: "分摊为抽取的 \(orders) 种顺序下增加额的平均值（种子 \(seed)，测算 \(runs) 次）；误差为一个标准误差。"))
    }
    let rounded = rows.filter(\.part.isRounded).map(\.words.label)
    if !rounded.isEmpty {
      notes.append(
        Text(
          "So that the parts add up, one fen more is given to \(rounded.map(\.en).joined(separator: ", ")), whose "
            + "remainders are largest.",
          zh: "为使合计相符，余数最大的\(rounded.map(\.zh).joined(separator: "、"))各多计 1 分。"))
    }
    return notes
  }

  private var record: Record {
    var record = Record(
      kind: "attribution",
      [
        "draft": .id(name), "from": .ids(base.names), "effect": .change(fen: attribution.effect),
        "changes": .rows(relation),
      ])
    switch attribution.method {
    case .exact(let runs): record.add(["method": .id("exact"), "runs": .count(runs)])
    case .sampled(let orders, let runs, let seed):
      record.add([
        "method": .id("sampled"), "orders": .count(orders), "runs": .count(runs), "seed": .count(Int64(seed)),
      ])
    }
    groups?.add(to: &record)
    return record
  }
}
