// Which readings the runs of a programme have asked, as their memory knows it, so that those which no record's result
// can hang on need not be combined with others.

import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports

extension Session {
  /// What each choice of each reading does to a run, and combinations of them.
  /// - Parameter progress: told how many runs are done.
  package func readingReport(of run: Run, progress: @escaping (Int) -> Void = { _ in }) -> ReadingReport {
    remembered("readings", run.documents, run.scenario, run.ledger.settings) { newReadingReport(of: run, progress) }
  }

  private func newReadingReport(of run: Run, _ progress: @escaping (Int) -> Void) -> ReadingReport {
    let base = run.ledger.settings
    // What the run itself has asked is known where it was made with the memory that the others are made with.
    _ = ledger(run.documents, run.scenario, base)
    var done = 0
    func changed(_ changes: [String: String]) -> RunSettings {
      var settings = base
      settings.readings.merge(changes) { $1 }
      return settings
    }
    return ReadingReport.make(
      run.documents, settings: base,
      run: { changes in
        if changes.isEmpty { return run.ledger }
        done += 1
        progress(done)
        return self.ledger(run.documents, run.scenario, changed(changes))
      }, asked: { self.askedReadings(of: run, changed($0)) }, isCancelled: isCancelled)
  }

  /// The ids of the readings that a run has asked which has just been made, and of those that are asked when all
  /// measures are done; nil where it is not known.
  private func askedReadings(of run: Run, _ settings: RunSettings) -> Set<String>? {
    // Who comes is found by runs of its own.
    guard !settings.movesRecords else { return nil }
    let dataset = run.scenario.scenario.dataset
    let measures = run.documents.flatMap(\.measures).filter { $0.form == .measure && !$0.isIdle(in: dataset) }
    var asked = AskedReadings.beside(measures, run.documents)
    if run.documents.count > 1 { asked.formUnion(Reading.global.filter(\.isGlobalOnly).map(\.id)) }
    if run.documents.contains(where: { !$0.limits.isEmpty }) { asked.insert(Reading.capEnd.id) }
    // Facts whose months end otherwise are others, with a memory of their own.
    if dataset.dependsOnMonthEnd, let monthEnd = Reading.global.first(where: { $0.name == "month_end" }) {
      asked.insert(monthEnd.id)
    }
    let memory = memorised(run.scenario, settings).1
    for measure in measures {
      guard let own = memory.readings(of: measure) else { return nil }
      asked.formUnion(own)
    }
    return asked
  }
}

/// What is asked beside the runs of single measures.
enum AskedReadings {
  /// The readings that caps, what gives way and what is taken back speak of: they are asked over what several measures
  /// have come to, so that no measure's own run knows of them.
  static func beside(_ measures: [CheckedMeasure], _ documents: [CheckedDocument]) -> Set<String> {
    var rules = documents.flatMap(\.limits).flatMap(\.caps).flatMap(\.expressions)
    for measure in measures {
      rules += measure.limits.caps.flatMap(\.expressions) + measure.limits.joint.flatMap(\.cap.expressions)
      rules += [measure.limits.yields?.when].compactMap(\.self) + measure.outcome.recoveries.flatMap(\.expressions)
    }
    var found: Set<String> = []
    rules.walk { t in
      if case .readingIs(let reading, _) = t.operation { found.insert(reading) }
      return .into
    }
    return found
  }
}

extension CheckedMeasure {
  /// Whether there is no record that it could look at, so that nothing it asks decides anything.
  fileprivate func isIdle(in dataset: Dataset) -> Bool {
    guard case .list(let list)? = frame?.base, let table = dataset.table(list) else { return false }
    return table.count == 0
  }
}
