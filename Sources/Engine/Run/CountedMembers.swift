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
    var index = -1
    for document in documents {
      for measure in document.measures {
        index += 1
        guard measure.lacks(in: scenario.dataset.dictionary) == nil,
          let set = measure.sets.firstIndex(where: { $0.name == name || $0.chinese == name })
        else { continue }
        let run = MeasureRun(
          measure, of: document, index: index, scenario: scenario, settings: settings,
          home: home(of: document, scenario, settings), control: control)
        run.run()
        if control.isCancelled() { return out }
        out.append(run.counted(set))
      }
    }
    return out
  }
}

extension MeasureRun {
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
