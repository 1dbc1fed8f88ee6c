// Results that are numbered and listed. What a result is, the session knows.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

extension Desk {
  /// Facts with more records than this are looked at for a fingerprint only when somebody asks for it.
  private static let quickRecords = 1_000_000

  func number(_ answer: inout Answer, _ evidence: Evidence, _ command: Command) {
    let recent = self.recent
    let outcome = Desk.outcome(answer)
    let result = results.add {
      NumberedResult(
        number: $0, command: command, evidence: evidence, state: state, recent: recent, outcome: outcome)
    }
    charts[result.number] = answer.chart
    if charts.count > ResultLog.limit { charts = charts.filter { results.result($0.key) != nil } }
    resultTables[result.number] = ResultTable.table(of: answer, result.name, language)
    resultTables[result.number - ResultTable.remembered] = nil
    let records = evidence.parts.map { $0.scenario.scenario.dataset.tables.reduce(0) { $0 + $1.count } }.max() ?? 0
    answer.result = ResultTag(
      number: result.number, fingerprint: records <= Desk.quickRecords ? fingerprint(evidence) : nil)
  }

  /// A digest of an answer as other programs read it.
  static func outcome(_ answer: Answer) -> UInt64 {
    var digest = Digest()
    for object in answer.json { digest.add(object.line) }
    return digest.value
  }

  // MARK: Listing

  /// The settings of a result as an object; of several programmes those of each under its name.
  private static func object(_ settings: [ChangedSettings]) -> Datum {
    if settings.count == 1 { return .record(settings[0].record) }
    return .record(Record(settings.map { Record.Member($0.programme, .record($0.record)) }))
  }

  /// What differed from the documents in a result, without what the scenario sets.
  private func changedHere(_ evidence: Evidence) -> Text? {
    let all = changed(evidence.parts.map(\.ground)) { $0.only { $0.source != .scenario } }
    return all.text(.en).flatMap { en in all.text(.zh).map { Text(en, zh: $0) } }
  }

  /// What the scenario sets for a result, in a line; nil where it sets nothing.
  private func setByScenario(_ evidence: Evidence) -> Text? {
    var told: [Text] = []
    for setting in evidence.parts.flatMap({ $0.ground.inForce.settings }) where setting.source == .scenario {
      let (label, value) = (setting.target.label, setting.text(library.places))
      let line = Text("\(label.en) = \(value.en)", zh: "\(label.zh)＝\(value.zh)")
      if !told.contains(line) { told.append(line) }
    }
    if told.isEmpty { return nil }
    return Text(told.map(\.en).joined(separator: "; "), zh: told.map(\.zh).joined(separator: "；"))
  }

  func listResults() -> Answer {
    let all = results.all.map { result in
      (
        name: result.name, command: result.command.text,
        programme: result.evidence.parts.first?.names.joined(separator: " + ") ?? "",
        total: result.evidence.tally?.total, currency: result.evidence.parts.first?.documents.currency ?? .yuan,
        fingerprint: fingerprint(result.evidence), settings: changed(result.evidence),
        scenario: setByScenario(result.evidence), own: changedHere(result.evidence),
        changed: Desk.object(changedSettings(result.evidence))
      )
    }
    // Of several currencies none stands above the column.
    let currencies = Set(all.map(\.currency.word))
    let heading = currencies.count > 1 ? nil : all.first?.currency.heading("Total", zh: "合计")
    let hasSettings = all.contains { $0.settings != nil }
    // What the scenario sets for all of them tells none from another.
    let isShared = all.count > 1 && Set(all.map { $0.scenario?.en ?? "" }).count == 1
    let common = isShared ? all.first?.scenario : nil
    var relation = Relation(
      title: Text("Results of this session", zh: "本次会话的结果"), of: all,
      [
        .id("result", Text("Result", zh: "结果"), .essential) { $0.name }.role(.name).faces([.json, .csv]),
        .id("command", Text("Command", zh: "命令"), .essential) { $0.command }.role(.code).faces([.json, .csv]),
        .id("programme", Text("Programme", zh: "方案"), .useful) { $0.programme }.role(.name).faces([.csv]),
        .money("total", heading ?? Text("Total", zh: "合计"), .important) { $0.total }.faces([.json, .csv]),
        .words("settings", Text("Settings", zh: "设定"), hasSettings ? .essential : nil) { $0.settings }
          .faces([.csv]).shown { one in common == nil ? nil : one.own.map { [Span($0)] } ?? [] },
        .mixed("settings", Text("Settings", zh: "设定")) { $0.changed }.faces([.json]).forProgramsOnly(),
        .id("fingerprint", Text("Fingerprint", zh: "指纹"), .useful) { $0.fingerprint }.role(.number).faces([.json, .csv]
        ),
      ])
    relation.records = .programs
    let listed = relation
    var body: AnswerBody = [.relation(listed)]
    if let common {
      body.append(
        .note(
          .note, [Span("In all of them the scenario has ", zh: "各结果均按情景设定："), Span(common), Span(".", zh: "。")]))
    }
    let none = AnswerBody(blocks: [.paragraph(Text("There are no results yet.", zh: "还没有结果。"))])
    return Answer(
      all.isEmpty ? none : body, records: [Record(kind: "results", ["results": .rows(listed)])])
  }
}
