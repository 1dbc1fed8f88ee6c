// What each parameter and each reading does to the total when it alone is changed.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct SensitivityAnswer: Sendable {
  let entries: [(input: Varied, entry: FigureEffect)]
  let readings: ReadingReport?
  let without: [Text]
  /// Where a figure's end, or a choice, leaves no budget.
  let uncosted: Uncosted
  let total: Int64
  let share: Int64
  let inquiry: Inquiry
  let isPartial: Bool
  let places: Gazetteer

  /// Those that are not known to leave the total as it is.
  private var moving: [(input: Varied, entry: FigureEffect)] { entries.filter { $0.entry.shape(total) != .flat } }

  var answer: Answer {
    var answer = Answer(body, records: [record])
    answer.chart = chart
    return answer
  }

  private var body: AnswerBody {
    var body = AnswerBody(blocks: [
      .heading(
        level: 2,
        [
          Span(Text("Sensitivity, one parameter at a time", zh: "敏感性：各参数逐一变动"), .title)
        ]),
      InquiryHead(inquiry, places: places).block,
      .paragraph([
        Span("As things stand: ", zh: "现状："), .money(fen: total), Span(inquiry.documents.currency.behind(".", zh: "。")),
      ]),
    ])
    body.append(.paragraph([Span(by, .muted)]))
    if let chart { body.append(.chart(chart)) }
    if !moving.isEmpty { body.append(inputs(moving)) }
    for note in uncosted.notes { body.append(note) }
    let flat = entries.filter { $0.entry.shape(total) == .flat }.map(\.input.target.label)
    if !flat.isEmpty {
      body.append(.paragraph([Span("Flat here: ", zh: "在此无影响：", .muted)] + .joined(flat.map { [Span($0, .name)] })))
    }
    if let readings {
      let moving = readings.effects.filter(\.matters)
      if !moving.isEmpty { body.append(choices(moving)) }
    }
    if !without.isEmpty {
      body.append(
        .paragraph(
          [Span("Without a figure, so not varied: ", zh: "没有数值，未变动：", .muted)]
            + .joined(without.map { [Span($0, .keyword)] })))
    }
    if isPartial { body.append(.note(.warning, [Span("stopped before the end.", zh: "提前停止，结果不完整。")])) }
    return body
  }

  /// By how much each sort of figure is changed; only what is there is told.
  private var by: Text {
    let share = Share(parts: share).text
    func has(_ isMeant: (FigureEffect) -> Bool) -> Bool { entries.contains { isMeant($0.entry) } }
    let dates = has { $0.type == .date }
    // A tenth of a small count is less than one.
    let units = has { $0.type != .date && $0.changesByUnit(share: self.share) }
    return Text(
      "Each is changed by ±\(share)" + (units ? "; counts and months by 1 where that is more" : "")
        + (dates ? "; dates by 30 days" : "") + "; within its bounds.",
      zh: "每项变动 ±\(share)" + (units ? "；人数、月数等按此不足 1 的，变动 1" : "") + (dates ? "；日期前后 30 天" : "")
        + "；不超出文件规定的界限。")
  }

  // MARK: Relations

  private func inputs(_ entries: [(input: Varied, entry: FigureEffect)]) -> Relation {
    typealias Input = (input: Varied, entry: FigureEffect)
    let (total, places, currency) = (total, places, inquiry.documents.currency)
    func figure(
      _ key: String, _ title: Text, _ importance: Table.Importance,
      _ value: @escaping @Sendable (FigureEffect) -> Int64
    ) -> AnswerColumn<Input> {
      .mixed(key, title, importance) { $0.input.datum(value($0.entry)) }
        .shown { [Span($0.input.text(value($0.entry), places), .number)] }.aligned(.right).role(.name)
    }
    /// Programs read the total, people what is more or less than now.
    func end(
      _ key: String, _ title: Text, _ amount: @escaping @Sendable (FigureEffect) -> Int64?
    ) -> [AnswerColumn<Input>] {
      [
        .money(key, title) { amount($0.entry) },
        .change(key, title, .essential) { one in
          amount(one.entry).flatMap { $0 == total ? nil : $0 - total }
        }.shown { amount($0.entry) == nil ? [Span(Text("cannot be costed", zh: "不能测算"), .warning)] : nil }.forPeople(),
      ]
    }
    let first: [AnswerColumn<Input>] = [
      .id("name", Text("Input", zh: "参数"), .essential) { $0.input.id }.shown { [Span($0.input.target.label, .name)] },
      figure("now", Text("Now", zh: "现值"), .important) { $0.now },
      figure("low", Text("From", zh: "低值"), .incidental) { $0.low },
      figure("high", Text("To", zh: "高值"), .incidental) { $0.high },
    ]
    let shape = AnswerColumn<Input>.id("shape", Text("Shape", zh: "形态"), .useful) { one in
      switch one.entry.shape(total) {
      case .flat: "flat"
      case .oneSided: "one-sided"
      case .twoSided: "two-sided"
      case .untold: "not-costed"
      }
    }.shown { $0.entry.shape(total) == .oneSided ? [Span(Text("one-sided", zh: "只单向变动"), .muted)] : [] }
    return Relation(
      of: entries,
      first + end("at_low", currency.heading("At the low end", zh: "取低值时")) { $0.atLow }
        + end("at_high", currency.heading("At the high end", zh: "取高值时")) { $0.atHigh } + [shape])
  }

  /// The choices of readings that move the total, those of the reading that moves it most first.
  private func choices(_ entries: [ReadingReport.Effect]) -> Relation {
    let sorted = entries.sorted { $0.spread > $1.spread }
    let total = total
    let moving = sorted.flatMap { entry in
      entry.states.indices.filter { $0 != entry.current && entry.totals[$0] != total }
        .map { (entry: entry, choice: $0) }
    }
    return Relation(
      title: Text("Readings", zh: "口径"), of: moving,
      [
        .id("reading", Text("Reading", zh: "口径"), .essential) { $0.entry.reading.id }
          .shown { [Span($0.entry.reading.label, .name)] }.forPeople(),
        .id("now", Text("Now", zh: "现为"), .important) { $0.entry.states[$0.entry.current].name }
          .shown { [Span($0.entry.states[$0.entry.current].words, .muted)] }
          .forPeople(),
        .id("choice", Text("Choice", zh: "改为"), .essential) { $0.entry.states[$0.choice].name }
          .shown { [Span($0.entry.states[$0.choice].words, .name)] }
          .forPeople(),
        .change("change", inquiry.documents.currency.heading("Change", zh: "差额"), .essential) {
          $0.entry.totals[$0.choice] - total
        }.forPeople(),
      ])
  }

  /// Every reading with what each of its choices comes to, for programs.
  private var readingTotals: Relation {
    Relation(
      of: readings?.effects ?? [],
      [
        .id("reading", Text("Reading", zh: "口径")) { $0.reading.id },
        .id("current", Text("Now", zh: "现为")) { $0.states[$0.current].name },
        .rows("totals", Text("Totals", zh: "合计")) { entry in
          Relation(
            of: Array(entry.states.indices),
            [
              .id("choice", Text("Choice", zh: "选项")) { entry.states[$0].name },
              .money("total", inquiry.documents.currency.heading("Total", zh: "合计")) {
                entry.refusals[$0] == nil ? entry.totals[$0] : nil
              },
            ])
        },
      ])
  }

  private var record: Record {
    var record = Record(
      kind: "sensitivity",
      [
        "programme": .ids(inquiry.programme.names), "change": .share(Share(parts: share)), "total": .money(fen: total),
        "inputs": .rows(inputs(entries)), "readings": .rows(readingTotals), "without_figure": .ids(without.map(\.en)),
        "partial": .flag(isPartial),
      ])
    if !uncosted.isEmpty { record.add("uncosted", uncosted.datum) }
    return record
  }

  private var chart: Chart? {
    let most = 15
    // Of a figure that leaves no budget at an end nobody knows how far its bar goes.
    let costed = moving.compactMap { input, e -> TornadoChart.Bar? in
      guard let low = e.atLow, let high = e.atHigh else { return nil }
      return TornadoChart.Bar(
        input.target.label, low: .money(fen: low), at: input.text(e.low, places), high: .money(fen: high),
        at: input.text(e.high, places))
    }
    let bars = costed.prefix(most)
    guard !bars.isEmpty else { return nil }
    return .tornado(
      TornadoChart(
        title: inquiry.documents.currency.heading("What each figure does to the total", zh: "各参数对合计的影响")
          .ofFirst(most, of: costed.count),
        axis: inquiry.documents.currency.heading("Total", zh: "合计"), base: .money(fen: total), bars: Array(bars)))
  }
}
