// A question that runs one programme again and again: which documents and settings it starts from, and how to run it
// with
// others. Runs over the same facts share a memory, so that a change costs what depends on it.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports

/// One programme over one scenario, to be run with changing settings.
package struct Inquiry {
  package let programme: ResolvedProgramme
  /// The user's settings that take part.
  package let settings: [Setting]
  package let scenario: LoadedScenario
  package let base: RunSettings

  package var documents: [CheckedDocument] { programme.documents }
  package var name: String { programme.names.joined(separator: " + ") }
}

/// The facts of scenarios as runs take them, each with what runs over it may keep.
final class RunMemories {
  private struct Entry {
    let serial: Int
    let monthEnd: MonthEnd
    let facts: Scenario
    let memory: RunMemory
  }

  private var entries: [Entry] = []

  /// The facts of a scenario under a reading of `month_end`, and their memory.
  package func facts(_ scenario: LoadedScenario, _ monthEnd: MonthEnd, make: () -> Scenario) -> (Scenario, RunMemory) {
    if let i = entries.firstIndex(where: { $0.serial == scenario.serial && $0.monthEnd == monthEnd }) {
      let entry = entries.remove(at: i)
      entries.append(entry)
      return (entry.facts, entry.memory)
    }
    let entry = Entry(serial: scenario.serial, monthEnd: monthEnd, facts: make(), memory: RunMemory())
    entries.append(entry)
    if entries.count > 3 { entries.removeFirst() }
    return (entry.facts, entry.memory)
  }

  private struct Crowded {
    let serial: Int
    let monthEnd: MonthEnd
    let crowd: Crowd
    let facts: Scenario
    let memory: RunMemory
  }

  private var crowded: [Crowded] = []

  /// The facts with those who respond, and their memory.
  func facts(_ scenario: LoadedScenario, _ monthEnd: MonthEnd, _ crowd: Crowd, of stated: Scenario) -> (
    Scenario, RunMemory
  ) {
    if let known = crowded.first(where: {
      $0.serial == scenario.serial && $0.monthEnd == monthEnd && $0.crowd == crowd
    }) {
      return (known.facts, known.memory)
    }
    let made = Crowded(
      serial: scenario.serial, monthEnd: monthEnd, crowd: crowd, facts: crowd.scenario(stated), memory: RunMemory())
    crowded.append(made)
    if crowded.count > 3 { crowded.removeFirst() }
    return (made.facts, made.memory)
  }
}

extension Session {
  /// The question that a command asks about a programme, or about what was asked about last.
  /// - Parameter staysThere: whether the command does without the records that are read by an engine alone.
  package func inquiry(
    _ programme: Programme?, _ command: Command, default mode: Mode = .enacted, staysThere: Bool = false
  ) throws(Refusal) -> Inquiry {
    let scenario = try self.scenario(at: command.location, staysThere: staysThere)
    let (resolved, usual) = try programmeAsked(programme, scenario, command, default: mode)
    return try inquiry(resolved, scenario, command, default: usual)
  }

  /// The programme that a command names, or that was asked about last, with how it is usually run.
  package func programmeAsked(
    _ programme: Programme?, _ scenario: LoadedScenario, _ command: Command, default mode: Mode = .enacted
  ) throws(Refusal) -> (ResolvedProgramme, Mode) {
    guard let programme else { return try currentProgramme(scenario, command) }
    return (try resolve(programme), mode)
  }

  package func inquiry(
    _ resolved: ResolvedProgramme, _ scenario: LoadedScenario, _ command: Command, default mode: Mode
  ) throws(Refusal) -> Inquiry {
    guard !resolved.documents.isEmpty else {
      throw Refusal(.nothingInForce(library.places.fullName(scenario.scenario.district)), at: command.location)
    }
    try demandOneCurrency(of: resolved.documents, at: command.location)
    let settings = try self.settings(command, of: resolved)
    let base = runSettings(scenario, mode: self.mode(command, settings, default: mode), with: settings)
    recent = Recent(
      names: resolved.names, mode: lastingMode(command, settings, default: mode), scenario: scenario.name)
    let inquiry = Inquiry(programme: resolved, settings: settings, scenario: scenario, base: base)
    rest(on: Ground(inquiry.name, inquiry.inForce))
    return inquiry
  }

  /// Budgets of different currencies are never added up, nor told against each other.
  package func demandOneCurrency(of documents: [CheckedDocument], at location: SourceRange?) throws(Refusal) {
    guard Set(documents.map(\.currency)).count > 1 else { return note(documents) }
    var told: [(document: String, currency: Currency)] = []
    for document in documents where !told.contains(where: { $0.currency == document.currency }) {
      told.append((document.id, document.currency))
    }
    throw Refusal(.currencies(told), at: location)
  }

  /// The answer that is being made is in the currency of some documents.
  package func note(_ documents: [CheckedDocument]) {
    if let currency = documents.first?.currency { noteCurrency(currency) }
  }

  /// Runs documents over a scenario.
  package func ledger(_ documents: [CheckedDocument], _ scenario: LoadedScenario, _ settings: RunSettings) -> Ledger {
    let (facts, memory) = memorised(scenario, settings, documents)
    return Engine.run(documents, scenario: facts, settings: settings, memory: memory, control: control)
      .taken(up: settings.takeUp)
  }

  package func memorised(_ scenario: LoadedScenario, _ settings: RunSettings) -> (Scenario, RunMemory) {
    // Facts that are the same by every reading of `month_end` share what runs over them keep.
    let isOfMonthEnd = scenario.scenario.dataset.dependsOnMonthEnd
    return memories.facts(scenario, isOfMonthEnd ? monthEnd(settings) : .clamp) { self.facts(scenario, settings) }
  }

  /// The same for a run of some documents, whose settings may say how people respond to them.
  package func memorised(
    _ scenario: LoadedScenario, _ settings: RunSettings, _ documents: [CheckedDocument]
  ) -> (Scenario, RunMemory) {
    let (facts, memory, _) = responding(scenario, settings, documents)
    return (facts, memory)
  }

  /// The same with a digest of who comes and how often; nought where all come as they are stated.
  package func responding(
    _ scenario: LoadedScenario, _ settings: RunSettings, _ documents: [CheckedDocument]
  ) -> (Scenario, RunMemory, digest: UInt64) {
    let (stated, memory) = memorised(scenario, settings)
    guard settings.movesRecords else { return (stated, memory, 0) }
    let crowd = Crowd(stated, documents, settings, control: control)
    guard !crowd.isAsStated else { return (stated, memory, 0) }
    let (facts, own) = memories.facts(scenario, monthEnd(settings), crowd, of: stated)
    return (facts, own, crowd.digest)
  }

  /// Progress and cancelling for the engine, which asks from several threads.
  package var control: RunControl { RunControl(isCancelled: isCancelled) }

  package func monthEnd(_ settings: RunSettings) -> MonthEnd {
    guard let reading = Reading.global.first(where: { $0.name == "month_end" }) else { return .clamp }
    return MonthEnd(rawValue: reading.choices[ReadingReport.current(reading, settings)].name) ?? .clamp
  }

  /// The inquiry's programme with other settings; nil where a measure refuses a fact, so that there is no budget.
  package func budgetLedger(_ inquiry: Inquiry, _ settings: RunSettings) -> Ledger? {
    let ledger = ledger(inquiry.documents, inquiry.scenario, settings)
    return ledger.diagnostics.contains { $0.severity == .error } ? nil : ledger
  }

  /// The inquiry's programme as it stands; errors in its ledger refuse the command.
  package func baseRun(_ inquiry: Inquiry) throws(Refusal) -> Run {
    try run(inquiry.programme, inquiry.scenario, inquiry.settings, mode: inquiry.base.mode)
  }

  /// What may be spent, where the user says so.
  package func budgetLimit(_ settings: [Setting]) -> Int64? { limit(settings, of: nil) }

  /// The same by source of money, of those that have a limit.
  package func fundLimits(_ settings: [Setting]) -> [String: Int64] {
    var limits: [String: Int64] = [:]
    for fund in Fund.allCases { limits[fund.rawValue] = limit(settings, of: fund) }
    return limits
  }

  private func limit(_ settings: [Setting], of wanted: Fund?) -> Int64? {
    for setting in settings.reversed() {
      if case .budget(let fund) = setting.target, fund == wanted, case .raw(let raw) = setting.value { return raw }
    }
    return nil
  }
}
