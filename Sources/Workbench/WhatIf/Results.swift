// Numbered results: every answer about money gets a number, by which it can be compared with, drawn and verified later, and a
// fingerprint of everything it rests on. Knows nothing of how the answers were reckoned.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

/// How an answer is called among the session's results.
public struct ResultTag: Sendable, Hashable {
  /// From 1.
  public let number: Int
  /// A digest of facts, documents, settings and question; nil where the facts are too many to look at without being asked.
  public let fingerprint: String?

  /// `r3`
  public var name: String { "r\(number)" }
}

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

  private static func outcome(_ answer: Answer) -> UInt64 {
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

  private func factsDigest(_ scenario: LoadedScenario) -> UInt64 {
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

  // MARK: Verifying

  func verify(_ name: Written?) throws(Refusal) -> Answer {
    let earlier: NumberedResult
    if let name {
      earlier = try result(name)
    } else if let last = results.last {
      earlier = last
    } else {
      throw Refusal(.unknownResult("_", 0), at: nil)
    }
    // A session of its own carries the command out again, from what was known then.
    let other = Session(library: library, language: language)
    other.threads = threads
    other.folder = folder
    other.mayWrite = false
    other.isCancelled = isCancelled
    other.log = StateLog(earlier.state)
    other.recent = earlier.recent
    other.results = results
    var command = earlier.command
    command.into = nil
    let again = other.perform(command)
    if again.failed { return again }
    var plain = again
    plain.result = nil
    let isSame = Session.outcome(plain) == earlier.outcome
    let fingerprint = fingerprint(earlier.evidence)
    let changed = changedFiles(earlier)
    var lines: [[Span]] = [
      [
        .data(earlier.name, .name), .data("  "), .data(earlier.command.text, .code), .data("  "),
        Span("fingerprint ", zh: "指纹 ", .muted), .data(fingerprint, .number),
      ]
    ]
    lines.append(
      isSame
        ? [Span("✓ carried out again, it comes out the same to the fen.", zh: "✓ 重做结果完全一致，精确到分。", .good)]
        : [Span("✗ carried out again, it comes out otherwise.", zh: "✗ 重做结果不同。", .bad)])
    for file in changed {
      lines.append([
        Span("! the file has changed since it was read: ", zh: "! 读入之后文件已改动：", .warning), .data(file, .name),
      ])
    }
    var answer = Answer(
      Document([.lines(lines)]),
      objects: [
        [
          "kind": "verified", "result": .string(earlier.name), "fingerprint": .string(fingerprint),
          "same": .bool(isSame),
          "changed_files": .strings(changed),
        ]
      ])
    answer.hasMismatch = !isSame || !changed.isEmpty
    return answer
  }

  /// The scenario files of a result whose facts are no longer those that were read.
  private func changedFiles(_ result: NumberedResult) -> [String] {
    var out: [String] = []
    for part in result.evidence.parts where !part.scenario.path.isEmpty && !out.contains(part.scenario.path) {
      let path = part.scenario.path
      let file = Written(text: path, raw: path, location: result.command.location)
      guard let (now, _) = try? read(file) else {
        out.append(path)
        continue
      }
      if factsDigest(now) != factsDigest(part.scenario)
        || now.settings.map(\.value) != part.scenario.settings.map(\.value)
      {
        out.append(path)
      }
    }
    return out
  }

  // MARK: Listing

  func listResults() -> Answer {
    let rows = results.all.map { result in
      Table.Row([
        .data(result.name, .name), .data(result.command.text, .code),
        .data(result.evidence.parts.first?.names.joined(separator: " + ") ?? "", .name),
        result.evidence.tally.map { .money(fen: $0.total) } ?? .empty, .data(fingerprint(result.evidence), .number),
      ])
    }
    let table = Table(
      title: Text("Results of this session", zh: "本次会话的结果"),
      columns: [
        Table.Column(Text("Result", zh: "结果"), .left, .essential, key: "result"),
        Table.Column(Text("Command", zh: "命令"), .left, .essential, key: "command"),
        Table.Column(Text("Programme", zh: "方案"), .left, .useful, key: "programme"),
        Table.Column(Text("Total, yuan", zh: "合计（元）"), .right, .important, key: "total"),
        Table.Column(Text("Fingerprint", zh: "指纹"), .left, .useful, key: "fingerprint"),
      ], rows: rows)
    let json: [JSONValue] = results.all.map { result in
      [
        "result": .string(result.name), "command": .string(result.command.text),
        "total": result.evidence.tally.map { .money(fen: $0.total) } ?? .null,
        "fingerprint": .string(fingerprint(result.evidence)),
      ]
    }
    return Answer(
      rows.isEmpty
        ? Document([.paragraph(Text("There are no results yet.", zh: "还没有结果。"))]) : Document([.table(table)]),
      objects: [["kind": "results", "results": .array(json)]])
  }
}
