// What commands go on from that say nothing else: one run with its programme, mode, settings and figures, so that what
// is made of it as a whole, such as a paper, cannot ask it otherwise. Knows nothing of papers.

import Commands
import Engine

/// A run that commands are about.
struct Premise {
  let run: Session.Run

  init(_ run: Session.Run) { self.run = run }

  /// What held for that run alone.
  var settings: [Setting] { run.settings.filter { $0.source == .command } }

  var mode: Mode { run.ledger.settings.mode }
}

extension Session {
  /// Performs something whose commands go on from a run, and leaves the session as it was.
  package func following<Result>(_ run: Run, _ body: () throws(Refusal) -> Result) throws(Refusal) -> Result {
    let kept = (premise, evidence, last, recent, grounds)
    follow(run)
    defer { (premise, evidence, last, recent, grounds) = kept }
    return try body()
  }

  /// From here on commands go on from a run.
  package func follow(_ run: Run) {
    premise = Premise(run)
    last = run
    recent = Recent(names: run.names, mode: run.ledger.settings.mode, scenario: run.scenario.name)
  }

  /// The run that commands go on from, where a command asks for just that.
  func premised(_ programme: Programme, _ command: Command) -> Run? {
    guard let run = premise?.run, command.with.isEmpty, command.mode == nil || command.mode == run.ledger.settings.mode,
      !isResponding || !run.ledger.settings.assumptions.isEmpty, isAbout(run, programme)
    else { return nil }
    recent = Recent(names: run.names, mode: run.ledger.settings.mode, scenario: run.scenario.name)
    rest(on: run)
    return run
  }

  private func isAbout(_ run: Run, _ programme: Programme) -> Bool {
    programme.names.map(\.raw) == run.names || (try? resolve(programme))?.names == run.names
  }
}
