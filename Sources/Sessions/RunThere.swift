// A programme that another engine is to compute: which documents, over which scenario, with which settings. Knows
// nothing of scripts.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports

extension Session {
  /// The question that a command asks which another engine computes.
  package func inquiryThere(
    _ programme: Programme?, _ command: Command, default mode: Mode
  ) throws(Refusal) -> Inquiry {
    let scenario = try self.scenario(at: command.location, staysThere: true)
    let (resolved, settings) = try asked(programme, scenario, command)
    recent = Recent(
      names: resolved.names, mode: lastingMode(command, settings, default: mode), scenario: scenario.name)
    return try inquiryThere(resolved, settings, scenario, command, default: mode)
  }

  /// One programme of a comparison which another engine computes.
  package func comparedThere(
    _ programme: Programme, _ all: [Programme], _ command: Command
  ) throws(Refusal) -> Inquiry {
    let scenario = try self.scenario(at: command.location, staysThere: true)
    let (resolved, settings) = try askedCompared(programme, all, command)
    return try inquiryThere(resolved, settings, scenario, command, default: .adopted)
  }

  private func inquiryThere(
    _ resolved: ResolvedProgramme, _ settings: [Setting], _ scenario: LoadedScenario, _ command: Command,
    default mode: Mode
  ) throws(Refusal) -> Inquiry {
    try demandOneCurrency(of: resolved.documents, at: command.location)
    let base = runSettings(scenario, mode: self.mode(command, settings, default: mode), with: settings)
    return Inquiry(programme: resolved, settings: settings, scenario: scenario, base: base)
  }

  /// The run of a question as another engine has made it.
  package func run(
    _ inquiry: Inquiry, found: FoundElsewhere, there: Session.There
  ) throws(Refusal) -> Run {
    let facts = self.facts(inquiry.scenario, inquiry.base)
    let ledger = Ledger(of: found, inquiry.documents, scenario: facts, settings: inquiry.base)
    let errors = ledger.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw Refusal(errors) }
    var run = Run(
      names: inquiry.programme.names, documents: inquiry.documents, settings: inquiry.settings,
      scenario: inquiry.scenario, facts: facts, ledger: ledger, depth: log.depth)
    run.there = there
    rest(on: run)
    return run
  }
}
