// What runs over the same facts keep for each other, so that a changed setting costs only what depends on it. A run of
// a measure goes through steps, and notes which settings it has looked at by the end of each. Another run whose
// settings differ only in what was looked at later goes on from there; where nothing that the measure ever looked at
// differs, everything it found is taken as it is.
import Facts
import PolicyLanguage

/// What runs over the same facts may keep between them.
///
/// A memory belongs to one scenario's facts (given others, it forgets) and must not be used by two threads at once. It
/// keeps the latest few runs of each measure and forgets the oldest when they take more than `limit` bytes.
package final class RunMemory {
  /// About how many bytes are kept at most.
  package let limit: Int
  /// About how many bytes columns may take that several runs read.
  private let columns: Int
  private var tables: SharedTables?
  private var kept: [Kept] = []
  /// Which payments gave way to the higher, by kind, in the latest run that had to find out.
  var outcomes: [String: TakeTheHigher.Outcome] = [:]
  /// How many runs of measures were taken whole, were taken up after some of their steps, and were made anew.
  package private(set) var taken = 0, resumed = 0, made = 0

  /// - Parameters:
  ///   - limit: about how many bytes of runs are kept at most.
  ///   - columns: about how many bytes of columns that several of them read.
  package init(limit: Int = 1 << 29, columns: Int = 1 << 28) { (self.limit, self.columns) = (limit, columns) }

  /// A run of one measure.
  final class Kept: @unchecked Sendable {
    let measure: CheckedMeasure
    let document: CheckedDocument
    let home: Int32
    let district: Int32
    let settings: RunSettings
    /// The state after each step from some step on: how many steps were done.
    var states: [(done: Int, state: MeasureRun.State)] = []
    /// Everything that was read in the end, and what was found.
    var reads: [SettingRead] = []
    var result: MeasureResult?
    /// About how many bytes its frames and payments take.
    var own = 0

    init(measure: CheckedMeasure, document: CheckedDocument, home: Int32, district: Int32, settings: RunSettings) {
      self.measure = measure
      self.document = document
      self.home = home
      self.district = district
      self.settings = settings
    }
  }

  /// What is known of a measure under some settings.
  enum Known {
    case nothing
    case part(done: Int, MeasureRun.State, earlier: [(done: Int, state: MeasureRun.State)])
    case all(MeasureResult, RunSettings)
  }

  func tables(_ dataset: Dataset) -> SharedTables {
    if let tables, tables.dataset.isSame(as: dataset) { return tables }
    let made = SharedTables(dataset, kept: KeptColumns(limit: columns))
    tables = made
    kept = []
    outcomes = [:]
    return made
  }

  func look(
    _ measure: CheckedMeasure, _ document: CheckedDocument, home: Int32, district: Int32, _ settings: RunSettings
  ) -> Known {
    var best: (done: Int, state: MeasureRun.State)?
    var earlier: [(done: Int, state: MeasureRun.State)] = []
    var from: Kept?
    for k in kept.reversed()
    where k.measure === measure && k.document === document && k.home == home && k.district == district {
      let difference = SettingsDifference(k.settings, settings)
      let same = difference.same(k.reads, measure)
      if same == k.reads.count, let result = k.result {
        taken += 1
        use(k)
        return .all(result, k.settings)
      }
      // The furthest state is gone on from; one in which nothing is done yet is no beginning to go on from.
      for (done, state) in k.states where state.reads.count <= same && done > best?.done ?? 0 {
        best = (done, state)
        earlier = k.states.filter { $0.done < done }
        from = k
      }
    }
    if let from { use(from) }
    guard let best else {
      made += 1
      return .nothing
    }
    resumed += 1
    return .part(done: best.done, best.state, earlier: earlier)
  }

  /// The readings that a measure has looked at in the run of it that was made or found last; nil where there is none.
  package func readings(of measure: CheckedMeasure) -> Set<String>? {
    guard let last = kept.last(where: { $0.measure === measure && $0.result != nil }) else { return nil }
    return last.reads.reduce(into: []) { found, read in
      if case .reading(let reading) = read { found.insert(reading.id) }
    }
  }

  /// What has been of use is forgotten last: what is varied is mostly varied from the same.
  private func use(_ one: Kept) {
    guard let i = kept.firstIndex(where: { $0 === one }) else { return }
    kept.append(kept.remove(at: i))
  }

  /// The furthest state in which a run of a measure with these settings would be as well, after how many steps.
  ///
  /// - Parameter watched: a figure that must not have been looked at yet, since whoever asks follows it from its first
  ///   mention on.
  func beginning(
    of measure: CheckedMeasure, _ document: CheckedDocument, home: Int32, district: Int32, _ settings: RunSettings,
    before watched: Watched?
  ) -> (done: Int, state: MeasureRun.State)? {
    var best: (done: Int, state: MeasureRun.State)?
    for k in kept.reversed()
    where k.measure === measure && k.document === document && k.home == home && k.district == district {
      let same = SettingsDifference(k.settings, settings).same(k.reads, measure)
      for (done, state) in k.states where state.reads.count <= same && done > best?.done ?? 0 {
        if let watched, state.reads.contains(where: { $0.speaks(of: watched) }) { continue }
        best = (done, state)
      }
    }
    return best
  }

  func keep(_ new: Kept) {
    kept.append(new)
    // A few settings of each measure are enough for going back and forth.
    var same = 0
    for i in kept.indices.reversed() where kept[i].measure === new.measure {
      same += 1
      if same > 6 {
        kept.remove(at: i)
        break
      }
    }
  }

  /// Forgets the oldest while the kept take more than they may.
  func forget() {
    while kept.count > 1, bytes > limit { kept.removeFirst(max(1, kept.count / 8)) }
    let outcomes = outcomes.values.reduce(0) { $0 + $1.blocks.reduce(0) { $0 + $1.count * 21 } }
    if outcomes > limit { self.outcomes = [:] }
  }

  /// About how many bytes are kept. What several runs share is counted once.
  private var bytes: Int {
    var seen: Set<ObjectIdentifier> = []
    var sum = 0
    for k in kept {
      sum += 4096 + k.own
      for (_, state) in k.states {
        for members in state.sets where seen.insert(ObjectIdentifier(members)).inserted { sum += members.bytes }
        for case .selected(let s) in state.scanned.values { sum += s.rows.count * 24 }
      }
    }
    return sum
  }
}

extension Engine {
  /// A measure with its frames and sets, up to its payments; what a memory knows of it is not done again.
  /// - Parameter watched: a figure that gets a node of its own in the graph, so that it can be followed.
  static func stepped(
    _ measure: CheckedMeasure, of document: CheckedDocument, index: Int, scenario: Scenario, settings: RunSettings,
    memory: RunMemory?, watching watched: Watched? = nil
  ) -> MeasureRun {
    let home = home(of: document, scenario, settings)
    let tables = memory?.tables(scenario.dataset)
    let known = memory?.beginning(
      of: measure, document, home: home, district: scenario.district, settings, before: watched)
    let run = MeasureRun(
      measure, of: document, index: index, scenario: scenario, settings: settings, home: home, tables: tables,
      from: known?.state)
    run.lowering.watching = watched
    run.run(after: known?.done ?? 0)
    return run
  }
}

/// What one measure or duty comes to by itself.
struct MeasureResult: Sendable {
  let run: MeasureRun
  var candidates: [Candidates]
  var grants: [Grant]
  var duty: DutyResult?
}

extension Dataset {
  /// Whether two datasets are the same facts in the same memory.
  func isSame(as other: Dataset) -> Bool {
    guard tables.count == other.tables.count, texts.count == other.texts.count else { return false }
    for (a, b) in zip(tables, other.tables) {
      guard a.count == b.count, a.columns.count == b.columns.count, a.ids === b.ids else { return false }
      for (name, column) in a.columns {
        guard let x = b.columns[name] else { return false }
        switch (column.data, x.data) {
        case (.constant(let v), .constant(let w)): if v != w { return false }
        case (.ownIDs, .ownIDs): continue
        case (.bools(let v), .bools(let w)): if v !== w { return false }
        case (.int32(let v), .int32(let w)): if v !== w { return false }
        case (.int64(let v), .int64(let w)): if v !== w { return false }
        case (.sets(let o, let v), .sets(let p, let w)): if o !== p || v !== w { return false }
        case (.constant, _), (.ownIDs, _), (.bools, _), (.int32, _), (.int64, _), (.sets, _): return false
        }
      }
    }
    return true
  }
}
