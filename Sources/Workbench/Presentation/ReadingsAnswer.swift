// The open readings of a programme and what each choice does to its budget.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct ReadingsAnswer: Sendable {
  let report: ReadingReport
  let run: Session.Run
  let places: Gazetteer

  init(_ report: ReadingReport, run: Session.Run, places: Gazetteer) {
    self.report = report
    self.run = run
    self.places = places
  }

  var answer: Answer {
    var answer = Answer(body, records: [record])
    answer.chart = chart
    return answer
  }

  private var body: AnswerBody {
    var body = AnswerBody(blocks: [
      .heading(level: 2, [Span(.halves(run.scenario.scenario.title), .title)]), RunHead(run, places: places).block,
    ])
    let moving = report.effects.filter { $0.matters || !$0.refusals.isEmpty }
    let still = report.effects.filter { !$0.matters && $0.refusals.isEmpty }
    body.append(
      .paragraph([
        Span("As things stand: ", zh: "现状："), .money(fen: report.now),
        Span(run.documents.currency.behind(".", zh: "。")),
      ]))
    if !moving.isEmpty {
      let sections = moving.map { (title: title($0) as [Span]?, entries: choices(of: $0)) }
      var relation = Relation(sections: sections, columns)
      relation.order = ["choice", "meaning", "total", "change", "who"]
      body.append(relation)
    }
    if !still.isEmpty {
      body.append(
        .paragraph(
          [Span("Without effect by themselves: ", zh: "单独无影响的口径：", .muted)]
            + .joined(still.map { [Span($0.reading.label, .name)] })))
    }
    if let range = report.range { body.append(.paragraph(sentence(range))) }
    if report.isPartial {
      body.append(
        .note(.warning, [Span("stopped before the end; what is missing was not tried.", zh: "提前停止；未列出的尚未试算。")]))
    }
    return body
  }

  private var record: Record {
    let range: Datum =
      report.range.map {
        .record(
          Record([
            "low": .money(fen: $0.low), "high": .money(fen: $0.high), "combinations": .count($0.combinations),
            "exact": .flag($0.isExact), "uncombined": .ids($0.uncombined.map(\.id)), "together": .count($0.together),
            "refused": .count($0.refused),
          ]))
      } ?? .none
    return Record(
      kind: "readings",
      [
        "programme": .ids(run.names), "total": .money(fen: report.now), "readings": .rows(readings), "range": range,
        "partial": .flag(report.isPartial),
      ])
  }

  // MARK: Relations

  /// A choice of a reading and what it does.
  private struct Choice: Sendable {
    let entry: ReadingReport.Effect
    let number: Int
    /// What is paid as things stand (fen).
    let now: Int64

    var choice: ReadingReport.State { entry.states[number] }
    /// Nil where there is no budget.
    var total: Int64? { refusal == nil ? entry.totals[number] : nil }
    var refusal: Text? { entry.refusals[number] }
    var isCurrent: Bool { number == entry.current }
  }

  private func choices(of entry: ReadingReport.Effect) -> [Choice] {
    entry.states.indices.map { Choice(entry: entry, number: $0, now: report.now) }
  }

  private var columns: [AnswerColumn<Choice>] {
    let dataset = run.ledger.dataset
    return [
      .id("choice", Text("Choice", zh: "选项"), .essential) { $0.choice.name }
        .shown { choice in
          let name = Span(choice.choice.words, choice.isCurrent ? .strong : .name)
          return choice.isCurrent ? [name, Span(" (now)", zh: "（现）", .muted)] : [name]
        },
      .money("total", run.documents.currency.heading("Total", zh: "合计"), .essential) { $0.total }
        .shown { one in
          one.refusal.map { [Span(Text("no budget: \($0.en)", zh: "无法测算：\($0.zh)"), .warning)] }
        },
      .words("meaning", Text("Meaning", zh: "含义"), .useful) { $0.choice.meaning }.forPeople(),
      .change("change", run.documents.currency.heading("Change", zh: "差额"), .important) { one in
        one.total.flatMap { $0 == one.now ? nil : $0 &- one.now }
      }.forPeople(),
      .count("affected", Text("Affected", zh: "涉及对象数")) { Int64($0.entry.affected[$0.number]) },
      .ids("who", Text("For whom", zh: "涉及"), .incidental) { $0.entry.examples[$0.number] }
        .shown { choice in
          let affected = choice.entry.affected[choice.number]
          return affected > 0 ? dataset.names(choice.entry.examples[choice.number], of: affected, limit: 3) : []
        },
    ]
  }

  private var readings: Relation {
    Relation(
      of: report.effects,
      [
        .id("reading", Text("Reading", zh: "口径")) { $0.reading.id },
        .chineseName { $0.reading.words.zh },
        .words("question", Text("Question", zh: "问题")) { $0.reading.question },
        .id("current", Text("Now", zh: "现为")) { $0.states[$0.current].name },
        .rows("choices", Text("Choices", zh: "选项")) { entry in Relation(of: choices(of: entry), columns) },
      ])
  }

  private func title(_ entry: ReadingReport.Effect) -> [Span] {
    let title: [Span] = [Span(entry.reading.label, .name), .data("  "), Span(entry.reading.question)]
    let article = article(of: entry.reading)
    return article.isEmpty ? title : title + [.data("  "), .data(article, .article)]
  }

  private func article(of reading: Reading) -> String {
    run.documents.flatMap(\.measures).first { $0.readings.contains { $0.id == reading.id } }?.article ?? ""
  }

  private func sentence(_ range: ReadingReport.Range) -> [Span] {
    let isStill = range.low == range.high
    if isStill, range.isExact, range.refused == 0 {
      return [Span("No reading changes the budget, alone or with others.", zh: "各种口径无论单独还是组合都不改变预算。")]
    }
    let count = range.combinations
    var line: [Span] = [
      range.isExact
        ? Span(
          Text(
            "Over all \(count) combinations of the readings that are asked, the budget lies between ",
            zh: "在所涉口径的全部 \(count) 种组合下，预算介于 "))
        : Span(
          Text(
            "There are too many combinations to try them all: over the \(count) that were tried the budget ",
            zh: "口径组合过多，未全部试算：在已试算的 \(count) 种组合下，预算"))
    ]
    if isStill { return line + [Span("stays as it is.", zh: "不变。")] + uncombined(range) }
    if !range.isExact { line.append(Span("lies between ", zh: "介于 ")) }
    line += [
      .money(fen: range.low), Span(" and ", zh: " 与 "), .money(fen: range.high),
      Span(run.documents.currency.behind("", zh: "之间")),
    ]
    if !range.lowChoices.isEmpty { line += [Span("; the least with ", zh: "；最低时 ")] + choices(range.lowChoices) }
    if !range.highChoices.isEmpty { line += [Span("; the most with ", zh: "；最高时 ")] + choices(range.highChoices) }
    line.append(Span(".", zh: "。"))
    if range.refused > 0 {
      line.append(
        Span(
          Text(
            " \(range.refused) of them have no budget, since a measure refuses a fact or a sum is too large.",
            zh: "其中 \(range.refused) 种无法测算（措施不接受某一事实，或合计过大）。")))
    }
    return line + uncombined(range)
  }

  /// What was not looked at where not all combinations were tried.
  private func uncombined(_ range: ReadingReport.Range) -> [Span] {
    guard !range.isExact else { return [] }
    guard !range.uncombined.isEmpty else { return [] }
    if range.together > 1 {
      return [
        Span(
          " Every three of the readings were tried together; what four or more do together is not known.",
          zh: "任意三项口径均已一起试算；四项以上共同的影响未知。")
      ]
    }
    return [Span(" Only alone, and not with all others, were tried: ", zh: "仅单独试算、未与其他口径全部组合的：")]
      + .joined(range.uncombined.map { [Span($0.label, .name)] })
      + [Span("; what they do together with others is not known.", zh: "；其与其他口径共同的影响未知。")]
  }

  private func choices(_ choices: [(reading: String, choice: String)]) -> [Span] {
    .joined(
      choices.map { pair in
        let reading = report.effects.first { $0.reading.id == pair.reading }?.reading
        let choice = reading?.choices.first { $0.name == pair.choice }?.words ?? .same(pair.choice)
        return [Span(reading?.label ?? .same(pair.reading), .name), Span(" = ", zh: "＝"), Span(choice, .number)]
      })
  }

  /// The least and the largest total of each reading that matters.
  private var chart: Chart? {
    let bars = report.effects.filter(\.matters).compactMap { entry -> TornadoChart.Bar? in
      guard let low = entry.totals.indices.min(by: { entry.totals[$0] < entry.totals[$1] }),
        let high = entry.totals.indices.max(by: { entry.totals[$0] < entry.totals[$1] })
      else { return nil }
      return TornadoChart.Bar(
        entry.reading.label, low: .money(fen: entry.totals[low]), at: entry.states[low].words,
        high: .money(fen: entry.totals[high]), at: entry.states[high].words)
    }
    guard !bars.isEmpty else { return nil }
    return .tornado(
      TornadoChart(
        title: run.documents.currency.heading("What each reading does", zh: "各口径的影响"),
        axis: run.documents.currency.heading("Total", zh: "合计"), base: .money(fen: report.now), bars: bars))
  }
}
