// A run: every measure of a programme over a scenario, then what excludes what, into one ledger.
import Diagnostics
import Dispatch
import Facts
import PolicyLanguage
import Reckoning

/// Runs programmes.
public enum Engine {
  /// Costs documents that are in force together.
  /// - Parameters:
  ///   - documents: the programme, in its order.
  ///   - settings: mode, readings, parameters, by-reference values, `as_of` (the scenario's own are the caller's to
  ///     pass on).
  ///   - memory: what earlier runs over the same facts have worked out; results are the same with and without.
  ///   - control: progress and cancelling.
  /// - Returns: a ledger; errors in it (a fact that a measure refuses, an amount too large) mean that there is no budget.
  public static func run(
    _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings, memory: RunMemory? = nil,
    control: RunControl = RunControl()
  ) -> Ledger {
    let measures = documents.flatMap(\.measures)
    var homes: [String: Int32] = [:]
    for d in documents { homes[d.id] = home(of: d, scenario, settings) }
    var ledger = Ledger(
      documents: documents, measures: measures, settings: settings, dataset: scenario.dataset, homes: homes)
    let stop = Stop(control)
    let done = results(documents, scenario: scenario, settings: settings, homes: homes, memory, stop.steady)
    if stop.isStopped { return ledger.cancelled() }
    var candidates: [Int: [Candidates]] = [:]
    var runs: [Int: MeasureRun] = [:]
    for (index, result) in done {
      runs[index] = result.run
      if result.run.measure.form == .measure { candidates[index] = result.candidates }
      ledger.grants += result.grants.map { $0.at(index) }
      if let duty = result.duty { ledger.duties.append(duty.at(index)) }
    }
    Yielding.apply(measures, runs, &candidates, &ledger)
    for i in measures.indices {
      guard let run = runs[i] else { continue }
      enter(run, i, candidates[i] ?? [], &ledger)
    }
    TakeTheHigher.apply(to: &ledger, documents: documents, threads: settings.threads, runs: runs, memory: memory)
    for i in measures.indices {
      guard let run = runs[i], measures[i].form == .measure else { continue }
      report(run, i, &ledger)
      ledger.diagnostics += run.diagnostics
      if run.evaluator.overflowed { ledger.diagnostics.append(MeasureRun.tooLarge(run.measure)) }
    }
    if stop.isStopped { return ledger.cancelled() }
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
    _ memory: RunMemory?,
    _ control: RunControl
  ) -> [(index: Int, result: MeasureResult)] {
    let tables = memory?.tables(scenario.dataset) ?? SharedTables(scenario.dataset)
    var jobs: [Job] = []
    var index = 0
    for document in documents {
      let home = homes[document.id] ?? scenario.district
      for measure in document.measures {
        if measure.form != .note {
          let known = memory?.look(measure, document, home: home, district: scenario.district, settings) ?? .nothing
          jobs.append(Job(index: index, document: document, measure: measure, home: home, known: known))
        }
        index += 1
      }
    }
    let keeps = memory != nil
    let work = jobs
    @Sendable func one(_ k: Int) -> (MeasureResult, RunMemory.Kept?) {
      run(work[k], scenario, settings, tables, control, keeps: keeps)
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
    return zip(jobs, done).map { ($0.index, $1.0) }
  }

  private static func run(
    _ job: Job, _ scenario: Scenario, _ settings: RunSettings, _ tables: SharedTables, _ control: RunControl,
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
    let run = MeasureRun(
      job.measure, of: job.document, index: job.index, scenario: scenario, settings: settings, home: job.home,
      tables: tables,
      control: control, from: from)
    let kept =
      keeps
      ? RunMemory.Kept(
        measure: job.measure, document: job.document, home: job.home, district: scenario.district, settings: settings)
      : nil
    if let from { kept?.states = earlier + [(done, from)] }
    run.run(after: done) { done in kept?.states.append((done, run.state)) }
    var result = MeasureResult(run: run, candidates: [], grants: [], duty: nil)
    if !control.isCancelled() {
      switch job.measure.form {
      case .measure:
        result.candidates = run.pay()
        result.grants = run.grant()
      case .duty, .note: result.duty = run.duty()
      }
    }
    run.evaluator.finish()
    if let kept {
      kept.reads = run.lowering.reads
      kept.result = result
      kept.own = run.base.count * 16 + result.candidates.reduce(0) { $0 + $1.frames.count * 28 }
    }
    return (result, kept)
  }

  // MARK: Payments into the ledger

  private static func enter(_ run: MeasureRun, _ index: Int, _ all: [Candidates], _ ledger: inout Ledger) {
    var units: [String: (missing: [String], months: Bool, units: Int64)] = [:]
    for c in all where c.count > 0 {
      if !c.missing.isEmpty {
        let c = c.oneByOne()
        var sum: Int64 = 0
        for i in 0..<c.count where c.standings.isEmpty || c.standings[i] == Standing.paid.rawValue {
          sum = sum.addingReportingOverflow(c.amount(i)).partialValue
        }
        if sum > 0 {
          let key = c.missing.joined(separator: " ") + (c.unitsAreMonths ? "#" : "")
          units[key, default: (c.missing, c.unitsAreMonths, 0)].units += sum
        }
        continue
      }
      let clause = run.measure.pays[c.clause]
      let subjectSpace = c.memberList.map { Space.list($0) } ?? run.baseSpace
      if let common = c.common {
        ledger.blocks.append(
          PaymentBlock(
            measure: index, clause: c.clause, beneficiarySpace: c.beneficiarySpace, subjectSpace: subjectSpace,
            isUpperBound: clause.isUpperBound, low: c.low, common))
        continue
      }
      let subjects = c.memberList == nil ? c.subjects : c.members
      let years =
        c.memberList == nil && run.framesHaveYear && !run.iteration.isEmpty
        ? c.frames.map { Int32(truncatingIfNeeded: run.iteration[Int($0)]) } : []
      let block = PaymentBlock(
        measure: index, clause: c.clause, beneficiarySpace: c.beneficiarySpace, subjectSpace: subjectSpace,
        beneficiaries: c.beneficiaries, subjects: subjects, years: years, dates: c.dates,
        amounts: c.constant.map { [$0] } ?? c.amounts, isUpperBound: clause.isUpperBound, low: c.low, frames: c.frames,
        late: c.late)
      block.standings = c.standings
      ledger.blocks.append(block)
    }
    for key in units.keys.sorted() {
      guard let u = units[key] else { continue }
      ledger.unpriced.append(Unpriced(measure: index, units: u.units, isMonths: u.months, missing: u.missing))
    }
  }

  private static func report(_ run: MeasureRun, _ index: Int, _ ledger: inout Ledger) {
    func names(_ rows: RowSet) -> [String] { rows.first(1000).map { ledger.name($0, in: run.oddSpace) } }
    if !run.odd.unknown.isEmpty {
      ledger.undetermined.append(
        Undetermined(
          measure: index, subjects: names(run.odd.unknown), count: run.odd.unknown.count, facts: run.odd.facts.sorted())
      )
    }
    if !run.odd.elsewhere.isEmpty {
      ledger.elsewhere.append(
        Elsewhere(
          measure: index, count: run.odd.elsewhere.count, subjects: names(run.odd.elsewhere),
          governedBy: run.governedBy.joined(separator: "; ")))
    }
  }
}

// MARK: Grants and duties

extension MeasureRun {
  /// The statuses that the measure grants: for each frame the first whose condition holds.
  func grant() -> [Grant] {
    guard !measure.grants.isEmpty else { return [] }
    var out: [Grant] = []
    let tests = measure.grants.map { g in g.when.flatMap { frameValues(lowering.lower($0, frameContext, .truth)).truth }
    }
    let whos = measure.grants.map {
      (frameValues(lowering.lower($0.who, frameContext, .int32)).int32, space(of: $0.who))
    }
    for f in passingFrames() {
      for (i, g) in measure.grants.enumerated() {
        if let t = tests[i], t[Int(f)] & 0b11 != 0b11 { continue }
        guard let who = whos[i].0?[Int(f)], who >= 0 else { continue }
        out.append(
          Grant(measure: index, beneficiary: dataset.id(who, in: whos[i].1), subject: frameName(Int(f)), title: g.title)
        )
        break
      }
    }
    return out
  }

  /// How the duty stands: met when every frame meets every expectation.
  func duty() -> DutyResult {
    var failing: [String] = []
    var unknown: [String] = []
    var facts = odd.facts
    var states = [UInt8](repeating: Truth.yes, count: frameCount)
    for e in measure.expectations {
      let node = lowering.lower(e.condition, frameContext, .truth)
      guard let values = frameValues(node).truth else { continue }
      var unknownFrames: [Int32] = []
      for f in states.indices {
        states[f] &= values[f]
        if values[f] & 0b11 == 0b01 { unknownFrames.append(Int32(truncatingIfNeeded: f)) }
      }
      if !unknownFrames.isEmpty { facts.formUnion(blame(node, rows: unknownFrames)) }
    }
    var checked = 0
    var unknownRanges: Set<Int32> = []
    for f in states.indices {
      let t = truth[f] & 0b11
      if t == 0 { continue }
      checked += 1
      if !iteration.isEmpty, iteration[f] == Absent.unknown64 {
        unknownRanges.insert(base[f])
        unknown.append(frameName(f))
      } else if t == 0b11, states[f] & 0b11 == 0 {
        failing.append(frameName(f))
      } else if t == 0b01 || states[f] & 0b11 == 0b01 {
        if t == 0b11 || states[f] & 0b11 != 0b11 { unknown.append(frameName(f)) }
      }
    }
    if !odd.unknown.isEmpty || !unknownRanges.isEmpty,
      case .range(_, let from, let to)? = measure.frame?.iterations.first?.iteration
    {
      for t in [from, to] {
        let node = lowering.lower(t, frameContext, .int64)
        let rows = (0..<frameCount).filter { iteration[$0] == Absent.unknown64 }.map { Int32($0) }
        facts.formUnion(blame(node, rows: rows))
      }
    }
    let status: DutyResult.Status =
      !unknownRanges.isEmpty ? .unknown : !failing.isEmpty ? .notMet : !unknown.isEmpty
      ? .unknown : checked == 0 ? .notApplicable : .met
    return DutyResult(
      measure: index, status: status, checked: checked, failing: failing, unknown: unknown, facts: facts.sorted(),
      detail: detail(status, checked, failing, unknown, facts.sorted()))
  }

  private func detail(
    _ status: DutyResult.Status, _ checked: Int, _ failing: [String], _ unknown: [String], _ facts: [String]
  ) -> Text {
    func some(_ names: [String]) -> String {
      names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", …" : "")
    }
    switch status {
    case .met: return Text("all \(checked) meet it", zh: "\(checked) 项全部符合")
    case .notApplicable: return Text("nothing to judge", zh: "无可判断对象")
    case .notMet:
      return Text(
        "\(failing.count) of \(checked) fail: \(some(failing))",
        zh: "\(checked) 项中 \(failing.count) 项不符合：\(some(failing))")
    case .unknown:
      let of = facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
      return Text(
        "\(unknown.count) of \(checked) cannot be judged\(of): \(some(unknown))",
        zh: "\(checked) 项中 \(unknown.count) 项无法判断\(of)：\(some(unknown))")
    }
  }
}
