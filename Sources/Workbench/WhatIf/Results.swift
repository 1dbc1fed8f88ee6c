// Numbered results: every answer about money gets a number, by which it can be compared with, drawn and verified
// later, and a fingerprint of everything it rests on. Knows nothing of how the answers were reckoned.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

/// What an answer rests on.
struct Evidence {
  /// A programme with the settings that it was run with.
  struct Part {
    let names: [String]
    let documents: [CheckedDocument]
    let settings: [Setting]
    let runSettings: RunSettings
    let scenario: LoadedScenario
  }

  let parts: [Part]
  /// What else decides about the answer, such as the points of a sweep or a seed.
  let extra: String
  let tally: Tally?

  init(_ runs: [Session.Run], extra: String, tally: Tally? = nil) {
    parts = runs.map {
      Part(
        names: $0.names, documents: $0.documents, settings: $0.settings, runSettings: $0.ledger.settings,
        scenario: $0.scenario)
    }
    self.extra = extra
    self.tally = tally
  }

  init(_ inquiries: [Inquiry], extra: String) {
    parts = inquiries.map {
      Part(
        names: $0.programme.names, documents: $0.documents, settings: $0.settings, runSettings: $0.base,
        scenario: $0.scenario)
    }
    self.extra = extra
    tally = nil
  }
}

/// A numbered result.
struct NumberedResult {
  let number: Int
  let command: Command
  let evidence: Evidence
  /// What the session knew, for carrying the command out again.
  let state: SessionState
  let recent: Recent?
  /// A digest of the answer as other programs read it.
  let outcome: UInt64
  let chart: Chart?

  var name: String { "r\(number)" }
}

struct ResultLog {
  private(set) var all: [NumberedResult] = []
  /// No more are remembered.
  private static let limit = 1000
  private var count = 0

  var last: NumberedResult? { all.last }

  func result(_ number: Int) -> NumberedResult? { all.first { $0.number == number } }

  mutating func add(_ make: (Int) -> NumberedResult) -> NumberedResult {
    count += 1
    let result = make(count)
    all.append(result)
    if all.count > ResultLog.limit { all.removeFirst() }
    return result
  }
}

extension Session {
  /// Facts with more records than this are looked at for a fingerprint only when somebody asks for it.
  private static let quickRecords = 1_000_000

  func number(_ answer: inout Answer, _ evidence: Evidence, _ command: Command) {
    let recent = self.recent
    let outcome = Session.outcome(answer)
    let chart = answer.chart
    let result = results.add {
      NumberedResult(
        number: $0, command: command, evidence: evidence, state: state, recent: recent, outcome: outcome, chart: chart)
    }
    let records = evidence.parts.map { $0.scenario.scenario.dataset.tables.reduce(0) { $0 + $1.count } }.max() ?? 0
    answer.result = ResultTag(
      number: result.number, fingerprint: records <= Session.quickRecords ? fingerprint(evidence) : nil)
  }

  /// A digest of an answer as other programs read it.
  static func outcome(_ answer: Answer) -> UInt64 {
    var digest = Digest()
    for object in answer.json { digest.add(object.line) }
    return digest.value
  }

  /// Sixteen hexadecimal digits over scenario, documents, settings and question.
  func fingerprint(_ evidence: Evidence) -> String {
    var digest = Digest()
    digest.add(evidence.extra)
    for part in evidence.parts {
      digest.add(Int64(bitPattern: factsDigest(part.scenario)))
      digest.add(Int64(part.scenario.scenario.district))
      for document in part.documents {
        digest.add(document.id)
        digest.add(document.source.text)
      }
      let settings = part.runSettings
      digest.add(settings.mode.rawValue)
      digest.add(settings.asOf.map { Int64($0.number) } ?? Int64.min)
      for key in settings.parameters.keys.sorted() { digest.add(key + "=\(settings.parameters[key] ?? 0)") }
      for key in settings.values.keys.sorted() { digest.add(key + "=\(settings.values[key] ?? 0)") }
      for key in settings.readings.keys.sorted() { digest.add(key + "=\(settings.readings[key] ?? "")") }
      if let limit = budgetLimit(part.settings) { digest.add("budget=\(limit)") }
    }
    return digest.hex
  }

  /// A digest of the facts of a scenario, reckoned once.
  func factsDigest(_ scenario: LoadedScenario) -> UInt64 {
    if let known = factDigests[scenario.serial] { return known }
    var digest = Digest()
    scenario.scenario.dataset.add(to: &digest)
    factDigests[scenario.serial] = digest.value
    return digest.value
  }

  // MARK: Earlier results as programmes

  /// The result that a programme names; nil when it names documents.
  func result(_ programme: Programme) throws(Refusal) -> NumberedResult? {
    guard let name = programme.names.first, ResultName.isOne(name.text), draft(named: name) == nil else { return nil }
    if programme.names.count > 1 { throw Refusal(.resultInProgramme(name.raw), at: name.location) }
    return try result(name)
  }

  func result(_ name: Written) throws(Refusal) -> NumberedResult {
    let found = name.text == "_" ? results.last : ResultName.number(name.text).flatMap { results.result($0) }
    guard let found else { throw Refusal(.unknownResult(name.raw, results.last?.number ?? 0), at: name.location) }
    return found
  }

  /// Runs the programme of an earlier result as it was run then.
  func run(again result: NumberedResult, _ command: Command) throws(Refusal) -> Run {
    guard result.evidence.parts.count == 1, let part = result.evidence.parts.first else {
      throw Refusal(.notOneProgramme(result.name), at: command.location)
    }
    let ledger = ledger(part.documents, part.scenario, part.runSettings)
    let errors = ledger.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw Refusal(errors) }
    return Run(
      names: [result.name], documents: part.documents, settings: part.settings, scenario: part.scenario,
      facts: memorised(part.scenario, part.runSettings).0, ledger: ledger, depth: log.depth)
  }

  // MARK: Listing

  func listResults() -> Answer {
    let all = results.all.map { result in
      (
        name: result.name, command: result.command.text,
        programme: result.evidence.parts.first?.names.joined(separator: " + ") ?? "",
        total: result.evidence.tally?.total, fingerprint: fingerprint(result.evidence)
      )
    }
    let relation = Relation(
      title: Text("Results of this session", zh: "本次会话的结果"), of: all,
      [
        .id("result", Text("Result", zh: "结果"), .essential) { $0.name }.role(.name),
        .id("command", Text("Command", zh: "命令"), .essential) { $0.command }.role(.code),
        .id("programme", Text("Programme", zh: "方案"), .useful) { $0.programme }.role(.name).forPeople(),
        .money("total", Text("Total, yuan", zh: "合计（元）"), .important) { $0.total },
        .id("fingerprint", Text("Fingerprint", zh: "指纹"), .useful) { $0.fingerprint }.role(.number),
      ])
    let none = AnswerBody(blocks: [.paragraph(Text("There are no results yet.", zh: "还没有结果。"))])
    return Answer(
      all.isEmpty ? none : [.relation(relation)], records: [Record(kind: "results", ["results": .rows(relation)])])
  }
}
