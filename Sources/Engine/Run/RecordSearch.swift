// Which records of a list meet a condition: the condition is lowered and worked out like that of a measure, in columns.
// Knows nothing of commands.
import Facts
import PolicyLanguage
import Reckoning

/// The records that meet a condition, and those of which it cannot be told.
package struct RecordSelection: Sendable {
  /// The rows that meet it, ascending.
  package let rows: [Int32]
  /// The rows for which it is not known, ascending.
  package let undecided: [Int32]
  /// The facts whose absence leaves it open.
  package let facts: [String]
}

extension Engine {
  /// Looks for the records that meet a condition.
  ///
  /// - Parameters:
  ///   - condition: one of a list that the facts have.
  ///   - scenario: the facts.
  ///   - settings: the readings, values and the day that the condition may hang on.
  package static func select(
    _ condition: RecordCondition, scenario: Scenario, settings: RunSettings, control: RunControl = RunControl()
  ) -> RecordSelection {
    let run = MeasureRun(
      condition.measure, of: condition.document, index: 0, scenario: scenario, settings: settings,
      home: scenario.district, control: control)
    let list = scenario.dataset.list(named: condition.list)
    let node = run.lowering.lower(condition.condition, .member(list: list, link: nil, year: nil), .truth)
    let found = run.evaluator.select(node, [], count: scenario.dataset.tables[list].count)
    let undecided = found.odd.filter { Truth.isUnknown($0.truth) }.map(\.row)
    let facts = undecided.isEmpty ? [] : run.blame(node, rows: undecided).sorted()
    return RecordSelection(rows: found.rows, undecided: undecided, facts: facts)
  }
}
