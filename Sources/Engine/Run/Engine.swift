// A run: every measure of a programme over a scenario, then what excludes what, into one ledger.
import Diagnostics
import Dispatch
import Facts
import PolicyLanguage
import Reckoning

/// Runs programmes.
package enum Engine {
  /// Costs documents that are in force together.
  /// - Parameters:
  ///   - documents: the programme, in its order.
  ///   - settings: mode, readings, parameters, by-reference values, `as_of` (the scenario's own are the caller's to
  ///     pass on).
  ///   - memory: what earlier runs over the same facts have worked out; results are the same with and without.
  ///   - control: progress and cancelling.
  ///   - only: the ids of the measures that are run; nil: all.
  /// - Returns: a ledger; errors in it (a fact that a measure refuses, an amount too large) mean that there is no
  /// budget.
  package static func run(
    _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings, memory: RunMemory? = nil,
    control: RunControl = RunControl(), only: Set<String>? = nil
  ) -> Ledger {
    let tables = memory?.tables(scenario.dataset) ?? SharedTables(scenario.dataset)
    return run(
      documents, scenario: scenario, settings: settings, memory: memory, control: control, only: only,
      over: Part(tables: tables, some: nil))
  }

  /// What of a scenario's facts is run over.
  struct Part {
    /// What is worked out of the facts once for all measures.
    let tables: SharedTables
    /// The records of a list that alone are looked at; nil: all.
    let some: SomeRecords?
    /// Whether it is kept what each cap found and left.
    var keepsStages = false
  }

  static func run(
    _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings, memory: RunMemory? = nil,
    control: RunControl, only: Set<String>? = nil, over part: Part
  ) -> Ledger {
    let measures = documents.flatMap(\.measures)
    var homes: [String: Int32] = [:]
    for d in documents { homes[d.id] = home(of: d, scenario, settings) }
    var ledger = Ledger(
      documents: documents, measures: measures, settings: settings, dataset: scenario.dataset, homes: homes)
    for measure in measures where measure.form != .note {
      if let list = measure.lacks(in: scenario.dataset.dictionary) {
        ledger.diagnostics.append(measure.cannotRun(without: list))
      }
    }
    ledger.diagnostics += settings.unknownChoices(in: documents)
    let stop = Stop(control)
    let done = results(
      documents, scenario: scenario, settings: settings, homes: homes, memory, stop.steady, only: only, over: part)
    if stop.isStopped { return ledger.cancelled() }
    var candidates: [Int: [Candidates]] = [:]
    var runs: [Int: MeasureRun] = [:]
    for (index, result) in done {
      runs[index] = result.run
      if result.run.isGuarded { ledger.guarded.insert(index) }
      if result.run.measure.form == .measure { candidates[index] = result.candidates }
      if part.keepsStages { ledger.capStages += result.run.stages }
      ledger.grants += result.grants.map { $0.at(index) }
      if let duty = result.duty { ledger.duties.append(duty.at(index)) }
    }
    let open = limits(documents, measures, runs, &candidates, settings, &ledger)
    sourceCaps(documents, measures, runs, &candidates, settings, open, &ledger)
    yields(measures, runs, &candidates, &ledger)
    for i in measures.indices {
      guard let run = runs[i] else { continue }
      if let paid = candidates[i] { enter(run, i, paid, &ledger) }
    }
    TakeTheHigher.apply(to: &ledger, documents: documents, threads: settings.threads, runs: runs, memory: memory)
    for i in measures.indices {
      guard let run = runs[i], measures[i].form == .measure else { continue }
      report(run, i, &ledger, openByLimit: open[i] ?? OpenSubjects())
      ledger.diagnostics += run.diagnostics + run.omissions
      if run.evaluator.overflowed, !run.isGuarded { ledger.diagnostics.append(MeasureRun.tooLarge(run.measure)) }
    }
    tellCarried(documents, &ledger)
    takeBack(runs, &ledger)
    if let tooLarge = ledger.tooLarge { ledger.diagnostics.append(tooLarge) }
    if stop.isStopped { return ledger.cancelled() }
    ledger.check()
    if Invariant.isChecked { for run in runs.values { run.graph.check(scenario.dataset) } }
    control.progress?(1)
    return ledger
  }

  /// A measure that is to be run, and what a memory knows of it.
  private struct Job {
    let index: Int
    let document: CheckedDocument
    let measure: CheckedMeasure
    let home: Int32
    let known: RunMemory.Known
  }

  /// The district whose measures a document's are: its own as enacted, the scenario's as adopted.
  /// - Source: semantics, "Place", `home`.
  static func home(of document: CheckedDocument, _ scenario: Scenario, _ settings: RunSettings) -> Int32 {
    settings.mode == .enacted && document.jurisdiction >= 0 ? document.jurisdiction : scenario.district
  }

  /// Runs every measure and duty. None depends on another, so that threads may share them; the results stand in the
  /// programme's order.
  private static func results(
    _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings, homes: [String: Int32],
    _ memory: RunMemory?, _ control: RunControl, only: Set<String>?, over part: Part
  ) -> [(index: Int, result: MeasureResult)] {
    var jobs: [Job] = []
    var index = 0
    for document in documents {
      let home = Invariant.value(homes[document.id], "home-of-document: each document of a programme has a home")
      for measure in document.measures {
        let isAsked = only?.contains(measure.id) ?? true
        if isAsked, measure.form != .note, measure.lacks(in: scenario.dataset.dictionary) == nil {
          let known = memory?.look(measure, document, home: home, district: scenario.district, settings) ?? .nothing
          jobs.append(Job(index: index, document: document, measure: measure, home: home, known: known))
        }
        index += 1
      }
    }
    let keeps = memory != nil
    let work = jobs
    @Sendable func one(_ k: Int) -> (MeasureResult, RunMemory.Kept?) {
      run(work[k], scenario, settings, part, control, keeps: keeps)
    }
    // Small scenarios are done before other threads are awake.
    let rows = scenario.dataset.tables.reduce(0) { $0 + $1.count }
    let open = jobs.count { if case .all = $0.known { false } else { true } }
    var done: [(MeasureResult, RunMemory.Kept?)] = []
    if settings.threads > 1, open > 1, rows > 20_000 {
      let board = Board<(MeasureResult, RunMemory.Kept?)>(count: jobs.count)
      let total = Double(max(jobs.count, 1))
      DispatchQueue.concurrentPerform(iterations: min(settings.threads, jobs.count)) { _ in
        while let k = board.next() {
          board.put(one(k), at: k)
          control.progress?(Double(k + 1) / total * 0.9)
        }
      }
      done = board.results
    } else {
      done = jobs.indices.map(one)
    }
    if let memory, !control.isCancelled() {
      for case (_, let kept?) in done { memory.keep(kept) }
      memory.forget()
    }
    Invariant.holds(done.count == jobs.count, "jobs-done: every measure has been run")
    return zip(jobs, done).map { ($0.index, $1.0) }
  }

  private static func run(
    _ job: Job, _ scenario: Scenario, _ settings: RunSettings, _ part: Part, _ control: RunControl,
    keeps: Bool
  ) -> (MeasureResult, RunMemory.Kept?) {
    var from: MeasureRun.State?
    var earlier: [(done: Int, state: MeasureRun.State)] = []
    var done = 0
    switch job.known {
    case .all(let result, _): return (result, nil)
    case .part(let steps, let state, let states):
      (done, from) = (steps, state)
      earlier = states
    case .nothing: break
    }
    func made(from: MeasureRun.State?, isGuarded: Bool) -> MeasureRun {
      let run = MeasureRun(
        job.measure, of: job.document, index: job.index, scenario: scenario, settings: settings, home: job.home,
        tables: part.tables, some: part.some, control: control, from: from, isGuarded: isGuarded)
      run.keepsStages = part.keepsStages
      return run
    }
    var run = made(from: from, isGuarded: false)
    let kept =
      keeps
      ? RunMemory.Kept(
        measure: job.measure, document: job.document, home: job.home, district: scenario.district, settings: settings)
      : nil
    if let from { kept?.states = earlier + [(done, from)] }
    run.run(after: done) { [run] done in kept?.states.append((done, run.state)) }
    var result = result(of: run, control)
    if run.evaluator.overflowed, !control.isCancelled() {
      // Once more, so that whose figure does not fit is undetermined, and the others are not touched by it.
      run = made(from: nil, isGuarded: true)
      run.run()
      result = self.result(of: run, control)
    }
    run.evaluator.finish()
    if let kept {
      kept.reads = run.lowering.reads
      kept.result = result
      kept.own = run.base.count * 16 + result.candidates.reduce(0) { $0 + $1.frames.count * 28 }
    }
    return (result, kept)
  }

  private static func result(of run: MeasureRun, _ control: RunControl) -> MeasureResult {
    var result = MeasureResult(run: run, candidates: [], grants: [], duty: nil)
    if control.isCancelled() { return result }
    switch run.measure.form {
    case .measure:
      result.candidates = run.pay()
      result.grants = run.grant()
    case .duty, .note: result.duty = run.duty()
    }
    return result
  }
}
