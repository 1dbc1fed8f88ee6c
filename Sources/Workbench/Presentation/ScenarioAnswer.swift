// What a scenario holds, in a few lines.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

enum ScenarioAnswer {
  static func answer(_ loaded: LoadedScenario, documents: [CheckedDocument], _ problems: [Diagnostic] = []) -> Answer {
    Answer(summary(loaded, documents: documents), records: [record(loaded)], diagnostics: problems)
  }

  private static func summary(_ loaded: LoadedScenario, documents: [CheckedDocument]) -> Document {
    let scenario = loaded.scenario
    let places = scenario.dataset.places
    var blocks: [Block] = [.heading(level: 2, [Span(.halves(scenario.title), .title)])]
    var facts: [[Span]] = []
    for table in scenario.dataset.tables where table.count > 0 {
      facts.append([Span(count(table))])
    }
    let none = [Span("no facts", zh: "没有事实", .muted)]
    blocks.append(.paragraph(facts.isEmpty ? none : .joined(facts)))
    var line: [Span] = [
      Span("District ", zh: "地区 "), Span(places.words(scenario.district), .place),
      Span("; ", zh: "；"),
    ]
    line += scenario.documents == nil ? periods(documents, asOf: scenario.asOf) : named(documents)
    if let day = scenario.asOf { line += [Span("; as of ", zh: "；核算日 "), .data(day.text, .date)] }
    blocks.append(.paragraph(line))
    if !loaded.settings.isEmpty {
      blocks.append(
        .paragraph(
          [Span("It sets ", zh: "情景已设定 ")]
            + .joined(
              loaded.settings.map {
                [Span($0.target.label, .name), Span(" = ", zh: "＝"), Span($0.text(places), .number)]
              })))
    }
    return Document(blocks)
  }

  private static func named(_ documents: [CheckedDocument]) -> [Span] {
    [Span("documents: ", zh: "文件：")]
      + (documents.isEmpty ? [Span("none", zh: "无", .muted)] : .joined(documents.map { [.data($0.id, .name)] }))
  }

  /// What applies in the district: what is in force on the day of the costing, and what was, with its last day.
  private static func periods(_ documents: [CheckedDocument], asOf: Day?) -> [Span] {
    if documents.isEmpty { return [Span("in force: ", zh: "现行有效："), Span("none", zh: "无", .muted)] }
    var (current, over, ahead): ([[Span]], [[Span]], [[Span]]) = ([], [], [])
    for document in documents {
      let name = Span.data(document.id, .name)
      switch document.standing(on: asOf) {
      case .inForce: current.append([name])
      case .over(let last): over.append([name, .data(" \(last.text)", .date)])
      case .ahead(let issued): ahead.append([name, .data(" \(issued.text)", .date)])
      }
    }
    var line: [Span] = []
    for (lead, names) in [
      (Span("in force: ", zh: "现行有效："), current), (Span("applied here until: ", zh: "曾在此适用，止于："), over),
      (Span("issued after that day: ", zh: "核算日以后印发："), ahead),
    ] where !names.isEmpty {
      if !line.isEmpty { line.append(Span("; ", zh: "；")) }
      line += [lead] + .joined(names)
    }
    return line
  }

  /// `3,459 hires`, `1 agency`
  static func count(_ table: FactTable) -> Text {
    let list = table.declaration
    let title = list.title.en.prefix(1).lowercased() + list.title.en.dropFirst()
    let figure = Figures.integer(Int64(table.count))
    return Text("\(figure) \(table.count == 1 ? list.singular : title)", zh: "\(list.title.zh) \(figure)")
  }

  static func record(_ loaded: LoadedScenario) -> Record {
    let scenario = loaded.scenario
    let counts = scenario.dataset.tables.filter { $0.count > 0 }.map {
      Record.Member($0.declaration.name, .count($0.count))
    }
    return Record(
      kind: "scenario",
      [
        "name": .id(loaded.name), "title": .id(scenario.title),
        "district": .id(scenario.dataset.places.code(scenario.district)), "as_of": .day(scenario.asOf),
        "documents": scenario.documents.map { .ids($0) } ?? .none, "records": .record(Record(counts)),
      ])
  }
}
