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
    let base = run.ledger.settings
    var done = 0
    return ReadingReport.make(
      run.documents, settings: base,
      run: { changes in
        if changes.isEmpty { return run.ledger }
        done += 1
        progress(done)
        var settings = base
        settings.readings.merge(changes) { $1 }
        return self.ledger(run.documents, run.scenario, settings)
      }, asked: { self.askedReadings(of: run) }, isCancelled: isCancelled)
  }

  /// The ids of the readings that the kept runs of a programme have asked, and of those that are asked when all
  /// measures are done; nil where it is not known.
  private func askedReadings(of run: Run) -> Set<String>? {
    var settings = run.ledger.settings
    // Who comes is found by runs of its own.
    guard !settings.movesRecords else { return nil }
    var asked: Set<String> = []
    if run.documents.count > 1 { asked.formUnion(Reading.global.filter(\.isGlobalOnly).map(\.id)) }
    if run.documents.contains(where: { !$0.limits.isEmpty }) { asked.insert(Reading.capEnd.id) }
    let dataset = run.scenario.scenario.dataset
    var memories = [memorised(run.scenario, settings).1]
    if dataset.dependsOnMonthEnd, let monthEnd = Reading.global.first(where: { $0.name == "month_end" }) {
      // Other facts have a memory of their own.
      asked.insert(monthEnd.id)
      memories = monthEnd.choices.map { choice in
        settings.readings[monthEnd.id] = choice.name
        return memorised(run.scenario, settings).1
      }
    }
    for measure in run.documents.flatMap(\.measures) where measure.form == .measure && !measure.isIdle(in: dataset) {
      let own = memories.compactMap { $0.readings(of: measure) }
      guard !own.isEmpty else { return nil }
      for some in own { asked.formUnion(some) }
    }
    return asked
  }
}

extension CheckedMeasure {
  /// Whether there is no record that it could look at, so that nothing it asks decides anything.
  fileprivate func isIdle(in dataset: Dataset) -> Bool {
    guard case .list(let list)? = frame?.base, let table = dataset.table(list) else { return false }
    return table.count == 0
  }
}
