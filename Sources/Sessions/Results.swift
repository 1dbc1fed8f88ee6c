// Numbered results: every answer about money gets a number, by which it can be compared with, drawn and verified later,
// and a
// fingerprint of everything it rests on. Knows nothing of how the answers were reckoned.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports

/// What an answer rests on.
package struct Evidence {
  /// A programme with the settings that it was run with.
  package struct Part {
    package let names: [String]
    package let documents: [CheckedDocument]
    package let settings: [Setting]
    package let runSettings: RunSettings
    package let scenario: LoadedScenario
    /// The engine that has made the run; nil: it was made here.
    package let engine: String?
  }

  package let parts: [Part]
  /// What else decides about the answer, such as the points of a sweep or a seed.
  package let extra: String
  package let tally: Tally?

  package init(_ runs: [Session.Run], extra: String, tally: Tally? = nil) {
    parts = runs.map {
      Part(
        names: $0.names, documents: $0.documents, settings: $0.settings, runSettings: $0.ledger.settings,
        scenario: $0.scenario, engine: $0.there?.engine)
    }
    self.extra = extra
    self.tally = tally
  }

  package init(_ inquiries: [Inquiry], extra: String) {
    parts = inquiries.map {
      Part(
        names: $0.programme.names, documents: $0.documents, settings: $0.settings, runSettings: $0.base,
        scenario: $0.scenario, engine: nil)
    }
    self.extra = extra
    tally = nil
  }
}

/// A numbered result.
package struct NumberedResult {
  package let number: Int
  package let command: Command
  package let evidence: Evidence
  /// What the session knew, for carrying the command out again.
  package let state: SessionState
  package let recent: Recent?
  /// A digest of the answer as other programs read it.
  package let outcome: UInt64

  package init(number: Int, command: Command, evidence: Evidence, state: SessionState, recent: Recent?, outcome: UInt64)
  {
    self.number = number
    self.command = command
    self.evidence = evidence
    self.state = state
    self.recent = recent
    self.outcome = outcome
  }

  package var name: String { "r\(number)" }
}

package struct ResultLog {
  package private(set) var all: [NumberedResult] = []
  /// No more are remembered.
  package static let limit = 1000
  private var count = 0

  package var last: NumberedResult? { all.last }

  package func result(_ number: Int) -> NumberedResult? { all.first { $0.number == number } }

  package mutating func add(_ make: (Int) -> NumberedResult) -> NumberedResult {
    count += 1
    let result = make(count)
    all.append(result)
    if all.count > ResultLog.limit { all.removeFirst() }
    return result
  }
}

extension Session {
  /// Sixteen hexadecimal digits over scenario, rules, settings and question. Rules count by what they say: in which
  /// language they are written, and the prose around them, changes no result.
  ///
  /// - Parameter withBudget: whether what may be spent counts, which decides no run.
  package func fingerprint(_ evidence: Evidence, withBudget: Bool = true) -> String {
    var digest = Digest()
    digest.add(evidence.extra)
    for part in evidence.parts {
      digest.add(Int64(bitPattern: factsDigest(part.scenario)))
      digest.add(Int64(part.scenario.scenario.district))
      for document in part.documents {
        digest.add(document.id)
        digest.add(Int64(bitPattern: library.rulesDigest(of: document.source)))
      }
      let settings = part.runSettings
      digest.add(settings.mode.rawValue)
      digest.add(settings.asOf.map { Int64($0.number) } ?? Int64.min)
      for key in settings.parameters.keys.sorted() { digest.add(key + "=\(settings.parameters[key] ?? 0)") }
      for key in settings.values.keys.sorted() { digest.add(key + "=\(settings.values[key] ?? 0)") }
      for key in settings.readings.keys.sorted() { digest.add(key + "=\(settings.readings[key] ?? "")") }
      if withBudget, let limit = budgetLimit(part.settings) { digest.add("budget=\(limit)") }
      let assumed = SettingsInForce(part.scenario, part.settings, part.documents).assumptions
      for setting in assumed.settings { digest.add(setting.target.id + "=" + setting.text(library.places).en) }
      if isResponding, !assumed.isEmpty { digest.add("responding") }
    }
    return digest.hex
  }

  package func factsDigest(_ scenario: LoadedScenario) -> UInt64 {
    if let known = factDigests[scenario.serial] { return known }
    var digest = Digest()
    scenario.scenario.dataset.add(to: &digest)
    for (list, place) in scenario.scenario.elsewhere.sorted(by: { $0.key < $1.key }) {
      digest.add(list)
      for file in RecordFolder.files(of: place.folder) {
        digest.add(file.name)
        digest.add(file.size)
        digest.add(file.written)
      }
    }
    factDigests[scenario.serial] = digest.value
    return digest.value
  }

  // MARK: Earlier results as programmes

  /// The result that a programme names; nil when it names documents.
  package func result(_ programme: Programme) throws(Refusal) -> NumberedResult? {
    guard let name = programme.names.first, ResultName.isOne(name.text), draft(named: name) == nil else { return nil }
    if programme.names.count > 1 { throw Refusal(.resultInProgramme(name.raw), at: name.location) }
    return try result(name)
  }

  package func result(_ name: Written) throws(Refusal) -> NumberedResult {
    let found = name.text == "_" ? results.last : ResultName.number(name.text).flatMap { results.result($0) }
    guard let found else { throw Refusal(.unknownResult(name.raw, results.last?.number ?? 0), at: name.location) }
    return found
  }

  /// Runs the programme of an earlier result as it was run then.
  package func run(again result: NumberedResult, _ command: Command) throws(Refusal) -> Run {
    guard result.evidence.parts.count == 1, let part = result.evidence.parts.first else {
      throw Refusal(.notOneProgramme(result.name), at: command.location)
    }
    try demandRecords(of: part.scenario, at: command.location)
    let ledger = ledger(part.documents, part.scenario, part.runSettings)
    let errors = ledger.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw Refusal(errors) }
    let run = Run(
      names: [result.name], documents: part.documents, settings: part.settings, scenario: part.scenario,
      facts: memorised(part.scenario, part.runSettings).0, ledger: ledger, depth: log.depth)
    rest(on: run)
    return run
  }
}
