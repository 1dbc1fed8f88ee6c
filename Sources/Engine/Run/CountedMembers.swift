// Whom a measure's named counts have counted: the measure is run once more for its sets, like any other run. Knows
// nothing of payments.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// The members of one named count of a measure.
package struct CountedMembers: Sendable {
  /// The measure, by its index in the programme.
  package let measure: Int
  /// What the count is called.
  package let name: Text
  /// The list whose records are counted, by its index.
  package let list: Int
  /// The different records that are counted by whom or what meets everything that the measure asks, ascending.
  package let rows: [Int32]
  /// The different records that are counted at all.
  package let counted: Int
  /// Where those who count are to be found, and how many records each has that meets everything, by number there.
  package let space: Space
  package let byRecord: [Int32: Int]
}

extension Engine {
  /// The names of the counts that measures of a programme make.
  package static func counts(of documents: [CheckedDocument]) -> [Text] {
    documents.flatMap(\.measures).flatMap(\.sets).map { Text($0.name, zh: $0.chinese ?? $0.name) }
  }

  /// The members of every count of a name.
  ///
  /// - Parameter name: a count's name in either language.
  package static func members(
    of name: String, in documents: [CheckedDocument], scenario: Scenario, settings: RunSettings,
    control: RunControl = RunControl()
  ) -> [CountedMembers] {
    var out: [CountedMembers] = []
    for one in counting(name, in: documents, scenario) {
      let run = MeasureRun(
        one.measure, of: one.document, index: one.index, scenario: scenario, settings: settings,
        home: home(of: one.document, scenario, settings), control: control)
      run.run()
      if control.isCancelled() { return out }
      out.append(run.counted(one.set))
    }
    return out
  }

  /// A measure with a count.
  private struct Counting {
    let measure: CheckedMeasure
    let document: CheckedDocument
    /// The measure's place among those of the programme.
    let index: Int
    /// The count's place among the measure's.
    let set: Int
  }

  /// The measures that make a count of a name and for which the facts are declared.
  private static func counting(
    _ name: String, in documents: [CheckedDocument], _ scenario: Scenario
  ) -> [Counting] {
    let all = documents.flatMap { document in document.measures.map { (document, $0) } }
    return all.enumerated().compactMap { index, one in
      let (document, measure) = one
      guard measure.lacks(in: scenario.dataset.dictionary) == nil,
        let set = measure.sets.firstIndex(where: { $0.name == name || $0.chinese == name })
      else { return nil }
      return Counting(measure: measure, document: document, index: index, set: set)
    }
  }

  /// How many different records the counts of a name have counted for whoever meets everything, as `members` tells it.
  ///
  /// - Parameter memory: what earlier runs over the same facts have worked out.
  package static func counted(
    _ name: String, in documents: [CheckedDocument], scenario: Scenario, settings: RunSettings, memory: RunMemory
  ) -> Int64 {
    let found = counting(name, in: documents, scenario).map { one in
      let run = stepped(
        one.measure, of: one.document, index: one.index, scenario: scenario, settings: settings, memory: memory)
      return (run: run, set: one.set)
    }
    if found.count == 1, found[0].run.hasOneFrameEach {
      let (run, set) = found[0]
      let counts = run.sets[set].counts(run.frameCount)
      return counts.indices.reduce(0) { $0 + (Truth.holds(run.truth[$1]) ? Int64(counts[$1]) : 0) }
    }
    var rows: [Int: RowSet] = [:]
    var count: Int64 = 0
    for (run, set) in found {
      let members = run.sets[set], all = run.sets[set].all
      for k in all.rows.indices where Truth.holds(run.truth[Int(all.frames[k])]) {
        if rows[members.list, default: RowSet()].insert(all.rows[k]) { count += 1 }
      }
    }
    return count
  }

  /// How many records there are that the counts of a name could count.
  package static func countable(_ name: String, in documents: [CheckedDocument], _ dataset: Dataset) -> Int64 {
    let sets = documents.flatMap(\.measures).flatMap(\.sets).filter { $0.name == name || $0.chinese == name }
    let lists = Set(sets.compactMap { dataset.dictionary.index($0.list) })
    return lists.reduce(0) { $0 + Int64(dataset.tables[$1].count) }
  }
}

extension MeasureRun {
  /// Whether a record can be a member of one frame only: it names a record, and has at most one year.
  fileprivate var hasOneFrameEach: Bool {
    switch measure.frame?.iterations.first?.iteration {
    case nil, .years?: !measure.sets.contains(where: \.isOfEveryYear)
    case .completeYears?, .range?, .members?: false
    }
  }

  /// The members of one of the measure's sets.
  fileprivate func counted(_ set: Int) -> CountedMembers {
    let members = sets[set]
    let all = members.all
    var rows: Set<Int32> = []
    var byRecord: [Int32: Set<Int32>] = [:]
    for k in all.rows.indices where Truth.holds(truth[Int(all.frames[k])]) {
      rows.insert(all.rows[k])
      byRecord[base[Int(all.frames[k])], default: []].insert(all.rows[k])
    }
    let words = measure.sets[set]
    return CountedMembers(
      measure: index, name: Text(words.name, zh: words.chinese ?? words.name), list: members.list, rows: rows.sorted(),
      counted: Set(all.rows).count, space: baseSpace, byRecord: byRecord.mapValues(\.count))
  }
}
