// Examples in help and what one may ask next: commands that work on the scenario that is loaded, with its own names.
// Knows
// nothing of how they are shown.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions

/// Names of the session that examples are made of.
struct ExampleNames {
  var document = "changle-2022"
  var other = "jindong-2021"
  var measure = "agency_reward"
  var article = "三（二）"
  var parameter = "rate_3m"
  var value = "400"
  /// A range around it for sweeps, in yuan.
  var low = "200"
  var high = "400"
  var step = "50"
  var reading = "window_on"
  var choice = "accrual"
  var subject = "h17"
  /// The same things by their Chinese names.
  var zh = InChinese()

  struct InChinese {
    var measure = "机构奖励"
    var parameter = "首次标准"
    var value = "400元"
    var reading = "期限判断"
    var choice = "按应付日"
    var list = "录用人员"
    var subject = "h17"
  }

  var list = "hires"
  /// A fact of its records that parts them; none where the scenario has no records.
  var fact: [Text] = []
  var scenario = "year"
  /// The last full year in which records begin, and the list of most of them; nil where there is none.
  var lastYear: Int?
  var growing = Text("hires", zh: "录用人员")

  init(_ session: Desk) {
    let documents =
      session.state.scenario.map { session.defaultDocuments($0) } ?? session.library.document(document).map { [$0] }
      ?? []
    guard let first = documents.first else { return }
    document = first.id
    other = session.library.ids.first { $0 != first.id } ?? other
    let dataset = session.state.scenario?.scenario.dataset
    /// The list that a measure looks at, where the scenario has records of it.
    func list(_ measure: CheckedMeasure) -> FactTable? {
      guard case .list(let name)? = measure.frame?.base, let table = dataset?.table(name), table.count > 0 else {
        return nil
      }
      return table
    }
    let paying = documents.flatMap(\.measures).filter { !$0.pays.isEmpty }
    let all = documents.flatMap(\.measures)
    func name(_ measure: CheckedMeasure) -> String {
      all.count { $0.name == measure.name } == 1 ? measure.name : measure.id
    }
    if let found = paying.first(where: { list($0) != nil }) ?? paying.first {
      measure = name(found)
      zh.measure = all.count { $0.words.zh == found.words.zh } == 1 ? found.words.zh : found.typedName.zh
      article = found.article.isEmpty ? article : found.article
      if let ids = list(found)?.ids, ids.count > 0 { take(subject: ids.text(0), of: dataset) }
    }
    let parameters = documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }
    // A figure that says which facts are mistakes would make mistakes of some when it moves.
    let judging = documents.judgingParameters
    let fitting = parameters.filter { one in
      !judging.contains(one.id) && one.type == .money && one.value != nil && one.atMost == nil
    }
    if let found = fitting.first(where: { one in parameters.count { $0.name == one.name } == 1 }) ?? fitting.first {
      parameter = parameters.count { $0.name == found.name } == 1 ? found.name : found.id
      let raw = found.value ?? 10_000
      let more = (raw &+ raw / 4) / 100 * 100
      value = ValueText.typed(more, found.type).replacing(",", with: "")
      zh.value = ValueText.text(more, found.type).zh.replacing(",", with: "").replacing(" ", with: "")
      zh.parameter =
        parameters.count { $0.words.zh == found.words.zh } == 1
        ? found.words.zh : Settable.parameter(found).typedName.zh
      let whole = max(raw / 100, 4)
      (low, high, step) = (String(whole / 2), String(whole / 2 &+ whole / 4 * 4), String(whole / 4))
    }
    let readings = first.readings + first.measures.flatMap(\.readings)
    if let found = readings.first(where: { reading in
      readings.count { $0.name == reading.name } == 1 && reading.choices.count > 1
    }) {
      reading = found.name
      let other = found.choices[found.defaultIndex == 0 ? 1 : 0]
      choice = other.name
      zh.choice = other.words.zh
      zh.reading =
        readings.count { $0.words.zh == found.words.zh } == 1
        ? found.words.zh : Settable.reading(found, key: found.id).typedName.zh
    }
    if let table = dataset?.tables.filter({ $0.count > 0 }).max(by: { $0.count < $1.count }) {
      self.list = table.declaration.name
      zh.list = table.declaration.words.zh
      let parting = table.declaration.fields.first(where: ExampleNames.parts)
      fact = parting.map { [Text($0.name, zh: $0.words.zh)] } ?? []
    }
    scenario = session.state.scenario?.name ?? scenario
    if let loaded = session.state.scenario?.scenario { takeYear(loaded) }
  }

  private mutating func takeYear(_ scenario: Scenario) {
    guard let year = YearlyRecords.lastFullYear(of: scenario.dataset, asOf: scenario.asOf) else { return }
    let records = YearlyRecords(scenario.dataset, year: year)
    guard let most = records.lists.max(by: { $0.rows.count < $1.rows.count }), !most.rows.isEmpty else { return }
    lastYear = year
    growing = scenario.dataset.tables[most.index].declaration.words
  }

  private mutating func take(subject id: String, of dataset: Dataset?) {
    subject = id
    zh.subject = dataset.map { Records.typed(id, in: $0) } ?? id
  }

  /// Whether few values stand for many records, so that a budget taken apart by the field tells something.
  private static func parts(_ field: Field) -> Bool {
    switch field.type {
    case .reference, .choice, .bool: true
    case .text, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .set: false
    }
  }
}

extension Desk {
  /// Commands to try, on the scenario that is loaded and in the session's language.
  func examples(of form: CommandForm) -> [String] {
    WorkbenchCommands.type(of: form).examples(ExampleNames(self)).map { $0.in(language) }
  }

  /// Whether the present scenario is so large that its columns were worth keeping, and they are not.
  var isSlowToLoad: Bool {
    guard !preferences.isOn(.cache), cacheFolder != nil, let loaded = state.scenario else { return false }
    return loaded.scenario.dataset.tables.contains { $0.count >= 500_000 }
  }

  /// The subject of the first payment of the last run.
  var paidSubject: String? {
    guard let last, let block = last.ledger.blocks.first(where: { $0.count > 0 }) else { return nil }
    let subject = last.ledger.subject(block, 0)
    return subject.isEmpty ? last.ledger.beneficiary(block, 0) : subject
  }
}
