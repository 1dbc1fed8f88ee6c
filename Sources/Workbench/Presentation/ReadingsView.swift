// The open readings of a programme and what each choice does to its budget.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

struct ReadingsView {
  let report: ReadingReport
  let run: Session.Run
  let places: Gazetteer

  init(_ report: ReadingReport, run: Session.Run, places: Gazetteer) {
    self.report = report
    self.run = run
    self.places = places
  }

  func document() -> Document {
    var document = Document([
      .heading(level: 2, [Span(.halves(run.scenario.scenario.title), .title)]), RunHead(run, places: places).block,
    ])
    let moving = report.effects.filter(\.matters)
    let still = report.effects.filter { !$0.matters }
    document.append(
      .paragraph([
        Span("As things stand: ", zh: "现状："), .money(fen: report.now), Span(" yuan.", zh: " 元。"),
      ]))
    if !moving.isEmpty { document.append(.table(table(moving))) }
    if !still.isEmpty {
      document.append(
        .paragraph(
          [Span("Without effect here: ", zh: "在此无影响的读法：", .muted)]
            + .joined(still.map { [.data($0.reading.id, .name)] })))
    }
    if let range = report.range { document.append(.paragraph(sentence(range))) }
    if report.isPartial {
      document.append(
        .note(.warning, [Span("stopped before the end; what is missing was not tried.", zh: "提前停止；未列出的尚未试算。")]))
    }
    return document
  }

  private func table(_ entries: [ReadingReport.Effect]) -> Table {
    let sections = entries.map { entry in
      var title: [Span] = [.data(entry.reading.id, .name), .data("  "), Span(entry.reading.question)]
      let article = article(of: entry.reading)
      if !article.isEmpty { title += [.data("  "), .data(article, .article)] }
      let rows = entry.reading.choices.enumerated().map { i, choice -> Table.Row in
        let change = entry.totals[i] &- report.now
        var name: [Span] = [.data(choice.name, i == entry.current ? .strong : .name)]
        if i == entry.current { name.append(Span(" (now)", zh: "（现）", .muted)) }
        var who: [Span] = []
        if entry.affected[i] > 0 { who = .names(entry.examples[i], of: entry.affected[i], limit: 3) }
        return Table.Row([
          .spans(name), .text(choice.meaning), .money(fen: entry.totals[i]),
          change == 0 ? .empty : .change(fen: change), .spans(who),
        ])
      }
      return Table.Section(title: title, rows: rows)
    }
    return Table(
      columns: [
        Table.Column(Text("Choice", zh: "选项"), .left, .essential, key: "choice"),
        Table.Column(Text("Meaning", zh: "含义"), .left, .useful, key: "meaning"),
        Table.Column(Text("Total, yuan", zh: "合计（元）"), .right, .essential, key: "total"),
        Table.Column(Text("Change", zh: "差额"), .right, .important, key: "change"),
        Table.Column(Text("For whom", zh: "涉及"), .left, .incidental, key: "who"),
      ], sections: sections)
  }

  private func article(of reading: Reading) -> String {
    run.documents.flatMap(\.measures).first { $0.readings.contains { $0.id == reading.id } }?.article ?? ""
  }

  private func sentence(_ range: ReadingReport.Range) -> [Span] {
    var line: [Span] = [
      Span(
        Text(
          range.isExact
            ? "Over all \(range.combinations) combinations of the readings that matter, the budget lies between "
            : "Not exact: over \(range.combinations) combinations of the readings that move it most, the budget lies between ",
          zh: range.isExact
            ? "在有影响的读法的全部 \(range.combinations) 种组合下，预算介于 "
            : "并非精确：在影响最大的读法的 \(range.combinations) 种组合下，预算介于 ")),
      .money(fen: range.low), Span(" and ", zh: " 与 "), .money(fen: range.high), Span(" yuan", zh: " 元之间"),
    ]
    if !range.lowChoices.isEmpty { line += [Span("; the least with ", zh: "；最低时 ")] + choices(range.lowChoices) }
    if !range.highChoices.isEmpty { line += [Span("; the most with ", zh: "；最高时 ")] + choices(range.highChoices) }
    line.append(Span(".", zh: "。"))
    return line
  }

  private func choices(_ choices: [(reading: String, choice: String)]) -> [Span] {
    .joined(choices.map { [.data($0.reading, .name), .data(" = "), .data($0.choice, .number)] })
  }

  /// The least and the largest total of each reading that matters.
  static func chart(_ report: ReadingReport) -> Chart? {
    let bars = report.effects.filter(\.matters).compactMap { entry -> TornadoChart.Bar? in
      guard let low = entry.totals.indices.min(by: { entry.totals[$0] < entry.totals[$1] }),
        let high = entry.totals.indices.max(by: { entry.totals[$0] < entry.totals[$1] })
      else { return nil }
      return TornadoChart.Bar(
        .same(entry.reading.id), low: .money(fen: entry.totals[low]), at: entry.reading.choices[low].name,
        high: .money(fen: entry.totals[high]), at: entry.reading.choices[high].name)
    }
    guard !bars.isEmpty else { return nil }
    return .tornado(
      TornadoChart(
        title: Text("What each reading does, yuan", zh: "各读法的影响（元）"), base: .money(fen: report.now), bars: bars))
  }

  static func json(_ report: ReadingReport, run: Session.Run) -> JSONValue {
    let readings: [JSONValue] = report.effects.map { entry in
      let choices: [JSONValue] = entry.reading.choices.enumerated().map { i, choice in
        [
          "choice": .string(choice.name), "total": .money(fen: entry.totals[i]),
          "affected": .int(Int64(entry.affected[i])), "who": .strings(entry.examples[i]),
        ]
      }
      return [
        "reading": .string(entry.reading.id), "question": .string(entry.reading.question.en),
        "current": .string(entry.reading.choices[entry.current].name), "choices": .array(choices),
      ]
    }
    let range: JSONValue =
      report.range.map {
        [
          "low": .money(fen: $0.low), "high": .money(fen: $0.high), "combinations": .int(Int64($0.combinations)),
          "exact": .bool($0.isExact),
        ]
      } ?? .null
    return [
      "kind": "readings", "programme": .strings(run.names), "total": .money(fen: report.now),
      "readings": .array(readings), "range": range, "partial": .bool(report.isPartial),
    ]
  }
}
