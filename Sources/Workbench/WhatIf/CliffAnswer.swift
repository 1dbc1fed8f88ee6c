// Who stands just short of a threshold or just past it, and what one place of a quota is worth.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct CliffAnswer: Sendable {
  let report: CliffReport
  let inquiry: Inquiry
  let near: Int64
  let only: String?
  let places: Gazetteer
  private var dataset: Dataset { inquiry.scenario.scenario.dataset }

  init(_ report: CliffReport, inquiry: Inquiry, near: Int64, only: String?, places: Gazetteer) {
    self.report = report
    self.inquiry = inquiry
    self.near = near
    self.only = only
    self.places = places
  }

  var answer: Answer {
    var answer = Answer(body, records: [record])
    answer.chart = chart
    return answer
  }

  private var body: AnswerBody {
    var body = AnswerBody(blocks: [
      .heading(
        level: 2,
        [Span("Cliffs", zh: "门槛", .title)] + (only.map { [.data("  "), Span(dataset.words($0), .title)] } ?? [])),
      InquiryHead(inquiry, places: places).block,
    ])
    let moving = report.cliffs.filter { $0.weight > 0 || $0.steps.contains { !$0.subjects.isEmpty } }
    if moving.isEmpty, prices.isEmpty {
      let nobody =
        report.unseen.isEmpty
        ? Text("Nobody stands within \(near) of any threshold.", zh: "没有人在任何门槛的 \(near) 以内。")
        : Text(
          "Nobody stands within \(near) of any threshold that is looked at.", zh: "已查的门槛，没有人在其 \(near) 以内。")
      body.append(.paragraph(nobody))
    }
    if !moving.isEmpty { body.append(steps(moving)) }
    if moving.contains(where: { $0.threshold.sort == .stay && $0.steps.contains { $0.admitted != nil } }) {
      body.append(
        .note(
          Text(
            "Days are counted from the last day that a stay asks for; what hangs on a stay is told by whole months.",
            zh: "按期限判断的，差几天、超几天自规定的最后一日起算；牵涉金额按整月试算。")))
    }
    if !prices.isEmpty { body.append(quotas(prices)) }
    body.append(
      .note(
        Text(
          "What is compared with a figure, share, age, day or length of stay of the text is looked at; "
            + "other conditions are not.",
          zh: "只查与条文所定数值、比例、年龄、日期、期限相比较的条件，其他条件不在其内。")))
    if moving.contains(where: { $0.threshold.watched == nil }) {
      body.append(
        .note(
          Text(
            "A threshold without a parameter's name has its bound in the rule itself: it cannot be moved, and "
              + "what hangs on it is not told.",
            zh: "没有参数名的门槛，界限直接写在条文中，不能调整，因而没有列出牵涉金额。")))
    }
    if let unseen = UnseenCondition.note(report.unseen, inquiry.documents, dataset.dictionary, places) {
      body.append(.note(unseen))
    }
    if report.isPartial {
      body.append(
        .note(.warning, [Span("stopped before the end; what is missing was not tried.", zh: "提前停止；未列出的尚未试算。")]))
    }
    return body
  }

  private func figure(_ value: Int64, _ threshold: Threshold) -> Span {
    switch threshold.sort {
    case .figure: return Span(text(value, threshold), .number)
    case .place: return Span(ThresholdPlace.words(value), .number)
    case .stay: break
    }
    let days = value.magnitude
    let unit = days == 1 ? "day" : "days"
    if value == 0 { return Span(Text("to the day", zh: "恰满"), .number) }
    return Span(
      value < 0
        ? Text("\(days) \(unit) short", zh: "差 \(days) 天") : Text("\(days) \(unit) over", zh: "超 \(days) 天"), .number)
  }

  /// A figure of a threshold; in Chinese with the word that counts it, where the threshold is a parameter.
  private func text(_ value: Int64, _ threshold: Threshold) -> Text {
    let names = NameTable(inquiry.programme.documents).all
    if let watched = threshold.watched, case .parameter(let parameter)? = names.first(where: { $0.id == watched.name }),
      parameter.type == threshold.type
    {
      return ValueText.text(value, of: parameter, places: places)
    }
    return ValueText.text(value, threshold.type, places: places)
  }

  /// The figure that a threshold is, or else its measure.
  @Sendable private func label(_ watched: Watched?, _ measure: CheckedMeasure) -> Text {
    guard let watched else { return measure.label }
    let names = NameTable(inquiry.programme.documents).all
    return names.first { $0.id == watched.name }?.label ?? .same(watched.name)
  }

  /// The figure that a threshold is; with the measure before it where it is another measure's, which may be the
  /// threshold of several.
  private func called(_ threshold: Threshold) -> Text {
    let figure = label(threshold.watched, threshold.measure)
    return threshold.watched == nil ? figure : threshold.called(figure)
  }

  private func title(_ cliff: CliffReport.Cliff) -> [Span] {
    let t = cliff.threshold
    var line: [Span] = [Span(called(t), .name), .data("  " + t.measure.article, .article), .data("  ")]
    // A condition without a figure of its own says what it is about, and so does one of several with the same figure.
    let alike = report.cliffs.count {
      $0.threshold.sort == .figure && $0.threshold.measure.id == t.measure.id && $0.threshold.watched == t.watched
        && $0.threshold.comparison == t.comparison
    }
    if t.watched == nil || alike > 1, t.sort == .figure {
      line += [Span(t.heldWords(inquiry.documents, dataset.dictionary, places), .name), .data(" ")]
    }
    if t.sort == .stay {
      line += [Span("stays of ", zh: "须满 ", .muted), Span(ValueText.text(t.bound, .months, places: places), .number)]
    } else if t.sort == .place {
      let held = t.heldWords(inquiry.documents, dataset.dictionary, places)
      line.append(Span(Text("the first \(held.en)", zh: "前（\(held.zh)）名"), .name))
    } else {
      line += [
        Span(t.comparison.rawValue + " ", zh: t.comparison.words(of: t.type), .muted),
        Span(text(t.bound, t), .number),
      ]
    }
    if cliff.isToldElsewhere {
      let figure = label(t.watched, t.measure)
      line.append(
        Span(Text("; what hangs on it is told with \(figure.en)", zh: "；牵涉金额见“\(figure.zh)”，不重复列"), .muted))
    }
    if t.unlisted > 0, only == nil {
      line.append(Span(Text("; \(t.unlisted) more are as near", zh: "；另有 \(t.unlisted) 个同样接近"), .muted))
    }
    return line
  }

  // MARK: Relations

  /// What stands at one value of a threshold.
  private struct Step: Sendable {
    let threshold: Threshold
    let step: CliffReport.Step
  }

  /// The steps of thresholds, each threshold a section; people see those where somebody stands or something hangs on
  /// it.
  private func steps(_ cliffs: [CliffReport.Cliff]) -> Relation {
    let sections = cliffs.prefix(40).map { cliff in
      let steps = cliff.steps.filter { !$0.subjects.isEmpty || $0.admitted != nil || $0.refused != nil }
      return (title: title(cliff) as [Span]?, entries: steps.map { Step(threshold: cliff.threshold, step: $0) })
    }
    return Relation(sections: sections, columns)
  }

  private var columns: [AnswerColumn<Step>] {
    [
      .mixed("value", Text("Stands at", zh: "现值"), .essential) { one in
        let t = one.threshold
        return t.sort == .stay ? .count(one.step.value) : Varied.datum(one.step.value, t.type)
      }.aligned(.right).shown(value),
      .flag("passes", Text("Now", zh: "现状"), .important) { $0.step.passes }
        .shown { [$0.step.passes ? Span("passes", zh: "达到", .good) : Span("short", zh: "未达到", .warning)] },
      .money("admitted", inquiry.documents.currency.heading("If it passes", zh: "达到时")) { $0.step.admitted },
      .money("refused", inquiry.documents.currency.heading("If it does not", zh: "未达到时")) { $0.step.refused },
      .change("jump", inquiry.documents.currency.heading("Hangs on it", zh: "牵涉金额"), .essential) { $0.step.jump },
      .rows("subjects", Text("Subjects", zh: "对象")) { one in
        Relation(
          of: one.step.subjects,
          [
            .id("subject", Text("Subject", zh: "对象")) { $0.subject },
            .id("beneficiary", Text("Beneficiary", zh: "受益人")) { $0.beneficiary },
          ])
      },
      .rows("changes", Text("Changes", zh: "变动")) { CliffAnswer.changes($0.step.changes) },
      AnswerColumn(.list, "who", Text("Who", zh: "涉及"), .useful) { _ in .none }.shown { who($0.step) }.forPeople(),
    ]
  }

  private func value(_ one: Step) -> [Span]? {
    let isMonths = one.threshold.sort == .stay && one.step.admitted != nil
    if isMonths { return [Span(ValueText.text(one.step.value, .months, places: places), .number)] }
    return [figure(one.step.value, one.threshold)]
  }

  private static func changes(_ changes: [Comparison.Change]) -> Relation {
    Relation(
      of: changes,
      [
        .id("beneficiary", Text("Beneficiary", zh: "对象")) { $0.beneficiary },
        .change("change", Text("Change", zh: "差额")) { $0.difference },
      ])
  }

  private func who(_ step: CliffReport.Step) -> [Span] {
    if !step.changes.isEmpty {
      var line: [Span] = .joined(
        step.changes.prefix(4).map { change -> [Span] in
          [
            Span(dataset.words(change.beneficiary), .name),
            .data(" " + Figures.signed(Figures.money(fen: change.difference), change.difference), .money),
          ]
        })
      if step.changes.count > 4 {
        line.append(Span(Text(" and \(step.changes.count - 4) more", zh: "等，共 \(step.changes.count) 个"), .muted))
      }
      return line
    }
    let names = step.subjects.map { s -> Text in
      let subject = dataset.words(s.subject)
      guard let other = s.beneficiary, other != s.subject, !s.subject.hasPrefix(other + "@") else { return subject }
      let owner = dataset.words(other).zh
      return Text("\(other): \(subject.en)", zh: subject.zh.hasPrefix(owner) ? subject.zh : "\(owner)：\(subject.zh)")
    }
    return .names(CliffAnswer.once(names), limit: 4)
  }

  /// Each name once, with how often it stands there: frames over numbers are called by their record.
  private static func once(_ names: [Text]) -> [Text] {
    var counts: [(name: Text, count: Int)] = []
    var places: [String: Int] = [:]
    for name in names {
      if let place = places[name.en] {
        counts[place].count += 1
      } else {
        places[name.en] = counts.count
        counts.append((name, 1))
      }
    }
    return counts.map { one in
      one.count == 1 ? one.name : Text("\(one.name.en) (\(one.count) times)", zh: "\(one.name.zh)（\(one.count) 次）")
    }
  }

  /// The quotas that hold anybody back or give anybody a place.
  private var prices: [CliffReport.Price] {
    report.prices.filter { $0.oneMore != 0 || $0.oneFewer != 0 || !$0.takers.isEmpty || !$0.losers.isEmpty }
  }

  private func quotas(_ prices: [CliffReport.Price]) -> Relation {
    typealias Price = CliffReport.Price
    /// What a place is worth; people read that it is nothing where nobody gets another sum.
    func worth(
      _ key: String, _ title: Text, _ importance: Table.Importance, _ fen: @escaping @Sendable (Price) -> Int64?,
      _ changes: @escaping @Sendable (Price) -> [Comparison.Change]
    ) -> AnswerColumn<Price> {
      .change(key, title, importance) { fen($0) }
        .shown { fen($0) == 0 && changes($0).isEmpty ? [Span(Text("nothing", zh: "无"), .muted)] : nil }
    }
    /// Programs read who gets how much more or less, people some of the names.
    let dataset = dataset
    /// Who gets less where somebody takes one more, or more where one has to go, stands behind them.
    func who(
      _ key: String, _ title: Text, gain: Bool, _ changes: @escaping @Sendable (Price) -> [Comparison.Change]
    ) -> [AnswerColumn<Price>] {
      @Sendable func some(_ price: Price, gain: Bool) -> [String] {
        changes(price).filter { ($0.difference > 0) == gain }.map(\.beneficiary)
      }
      return [
        .rows(key, title) { CliffAnswer.changes(changes($0)) },
        .ids(key, title, .useful) { changes($0).map(\.beneficiary) }
          .shown { price in
            let own = dataset.names(some(price, gain: gain), limit: 4), others = some(price, gain: !gain)
            if others.isEmpty { return own }
            let word = gain ? Text("; instead of ", zh: "；顶替") : Text("; taken up by ", zh: "；改由")
            return own + [Span(word, .muted)] + dataset.names(others, limit: 4)
              + [Span(gain ? .same("") : Text("", zh: "得到"), .muted)]
          }.forPeople(),
      ]
    }
    let first: [AnswerColumn<Price>] = [
      .id("quota", Text("Quota", zh: "名额"), .essential) { $0.seat.watched?.name ?? $0.seat.measure.id }
        .shown { [Span(label($0.seat.watched, $0.seat.measure), .name)] }
        .forPeople(),
      .id("name", Text("Parameter", zh: "参数")) { $0.seat.watched?.name ?? "" },
      .id("measure", Text("Measure", zh: "措施")) { $0.seat.measure.id },
      .count("places", Text("Places", zh: "数量"), .important) { $0.seat.limit },
    ]
    return Relation(
      title: Text("Quotas: what one place is worth", zh: "名额：一个名额的价值"), of: prices,
      first + [
        worth("one_more", inquiry.documents.currency.heading("One more", zh: "多一个"), .essential, { $0.oneMore }) {
          $0.takers
        }
      ]
        + who("takers", Text("Taken by", zh: "由谁得到"), gain: true) { $0.takers }
        + [
          worth("one_fewer", inquiry.documents.currency.heading("One fewer", zh: "少一个"), .important, { $0.oneFewer }) {
            $0.losers
          }
        ]
        + who("losers", Text("Lost by", zh: "由谁失去"), gain: false) { $0.losers })
  }

  private var thresholds: Relation {
    Relation(
      of: report.cliffs,
      [
        .id("name", Text("Parameter", zh: "参数")) { $0.threshold.watched?.name },
        .id("measure", Text("Measure", zh: "措施")) { $0.threshold.measure.id },
        .id("article", Text("Article", zh: "条款")) { $0.threshold.measure.article },
        .id("kind", Text("Kind", zh: "类型")) { $0.threshold.sort.name },
        .id("comparison", Text("Comparison", zh: "比较")) { $0.threshold.comparison.rawValue },
        .mixed("bound", Text("Bound", zh: "门槛")) { Varied.datum($0.threshold.bound, $0.threshold.type) },
        .count("unlisted", Text("Not listed", zh: "未列出")) { Int64($0.threshold.unlisted) },
        .rows("steps", Text("Steps", zh: "台阶")) { cliff in
          Relation(of: cliff.steps.map { Step(threshold: cliff.threshold, step: $0) }, columns)
        },
      ])
  }

  private var unseen: Relation {
    let (documents, dictionary, places) = (inquiry.documents, dataset.dictionary, places)
    return Relation(
      of: report.unseen,
      [
        .id("measure", Text("Measure", zh: "措施")) { $0.measure.id },
        .id("article", Text("Article", zh: "条款")) { $0.measure.article },
        .words("condition", Text("Condition", zh: "条件")) { $0.words(documents, dictionary, places) },
      ])
  }

  private var record: Record {
    Record(
      kind: "cliffs",
      [
        "programme": .ids(inquiry.programme.names), "within": .count(near), "subject": .id(only),
        "thresholds": .rows(thresholds), "quotas": .rows(quotas(report.prices)), "not_looked_at": .rows(unseen),
        "partial": .flag(report.isPartial),
      ])
  }

  private var chart: Chart? {
    let bars = report.cliffs.filter { $0.weight > 0 }.map { cliff in
      BarChart.Bar(
        called(cliff.threshold), .money(fen: Int64(clamping: cliff.weight)))
    }
    return bars.isEmpty
      ? nil
      : .bars(
        BarChart(
          ofMost: bars,
          title: inquiry.documents.currency.heading("The largest jump of each threshold", zh: "各门槛的最大牵涉金额"),
          axis: inquiry.documents.currency.axis, most: 20))
  }
}
