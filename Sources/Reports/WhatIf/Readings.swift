// What the open readings of a programme do to its budget: each choice alone, then all of them together where they are
// few enough to try (semantics: the user must be able to see what each choice does). Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// The effect of every open reading.
package struct ReadingReport: Sendable {
  /// What a reading may be: one of its choices, or what each measure has by itself.
  package struct State: Sendable {
    package let name: String
    package let words: Text
    package let meaning: Text

    package init(_ choice: Reading.Choice) { (name, words, meaning) = (choice.name, choice.words, choice.meaning) }

    private init(_ name: String, zh: String, _ meaning: Text) {
      (self.name, words, self.meaning) = (name, Text(name, zh: zh), meaning)
    }

    /// Nobody sets it.
    static let asEachHas = State(
      "as_each_has", zh: "按各措施所定", Text("what each measure has by its own text", zh: "按各措施原文各自所定"))
  }

  /// A reading and what each of its choices costs.
  package struct Effect: Sendable {
    package let reading: Reading
    /// What it may be, which numbers what follows: its choices, and behind them what holds now where measures have
    /// defaults of their own that differ.
    package let states: [State]
    /// The state that holds now.
    package let current: Int
    /// The total of each choice with all other readings as they are (fen); of a choice without a budget what it is now.
    package let totals: [Int64]
    /// How many beneficiaries get another sum than now, under each choice.
    package let affected: [Int]
    /// Some of them, those with the largest change first.
    package let examples: [[String]]
    /// Why there is no budget under a choice: a measure refuses a fact, or a sum is too large; by the choice's number.
    package var refusals: [Int: Text] = [:]

    /// Whether some choice changes the budget or who gets what.
    package var matters: Bool { affected.contains { $0 > 0 } || Set(totals).count > 1 }

    /// How far the totals of the choices lie apart (fen).
    package var spread: Int64 {
      guard let least = totals.min(), let greatest = totals.max() else {
        Invariant.broken("readings-have-choices: a reading has choices, and each of them a total.")
      }
      return Amounts.add(greatest, -least)
    }
  }

  /// The least and the largest total over combinations of readings.
  package struct Range: Sendable {
    /// The least total (fen).
    package let low: Int64
    /// The greatest total (fen).
    package let high: Int64
    /// The choices that lead to the least: reading and choice, where they are not what holds now.
    package let lowChoices: [(reading: String, choice: String)]
    /// The choices that lead to the greatest.
    package let highChoices: [(reading: String, choice: String)]
    /// How many combinations were looked at.
    package let combinations: Int
    /// Whether every combination of all readings that are asked was tried. Otherwise only some were combined, and the
    /// others changed one at a time.
    package let isExact: Bool
    /// Readings that are asked and were not combined with all others; none where it is exact.
    package let uncombined: [Reading]
    /// How many of the readings that are asked were changed together, in whatever choices, wherever they stand among
    /// the others: all where it is exact, else three, or one where there are too many records for that.
    package let together: Int
    /// How many of the combinations have no budget, so that the bounds are not theirs.
    package let refused: Int
  }

  /// In the order of `readings(of:)`.
  package let effects: [Effect]
  /// The total as things stand (fen).
  package let now: Int64
  /// Nil when the work was stopped before its end.
  package let range: Range?
  /// Whether the work was stopped before its end.
  package let isPartial: Bool
  /// What the runs leave out of their totals.
  package let leftOut: LeftOut

  /// No more combinations of a choice for each of several readings are tried than this.
  package static let limit = 256

  /// Readings that hold for a programme: the general ones, then each document's and its measures'.
  package static func readings(of documents: [CheckedDocument]) -> [Reading] {
    var seen: Set<String> = []
    return
      (Reading.global.filter { $0.isAsked(in: documents) }
      + documents.flatMap { $0.readings + $0.measures.flatMap(\.readings) }).filter {
        seen.insert($0.id).inserted
      }
  }

  /// Runs the programme with each choice of each reading, and with combinations of those that matter.
  ///
  /// - Parameters:
  ///   - run: the programme run with other readings than now; the keys are readings' ids.
  ///   - asked: the ids of the readings that a run with these changes, the last that was made, has asked wherever a
  ///     result can hang on one; nil where that is not known, so that all may be.
  ///   - isCancelled: asked between two runs.
  ///   - combines: whether combinations of choices are tried, too.
  package static func make(
    _ documents: [CheckedDocument], settings: RunSettings, run: @escaping ([String: String]) -> Ledger,
    asked: @escaping ([String: String]) -> Set<String>? = { _ in nil }, isCancelled: @escaping () -> Bool = { false },
    combines: Bool = true
  ) -> ReadingReport {
    let base = run([:])
    let now = Goal().amount(base), each = BeneficiaryTotals(base)
    var effects: [Effect] = []
    var isPartial = false
    var leftOut = LeftOut(base)
    var found = combines ? asked([:]) : nil
    for reading in ReadingReport.readings(of: documents) {
      if isCancelled() {
        isPartial = true
        break
      }
      let (states, current) = ReadingReport.states(reading, settings, documents)
      var totals: [Int64] = []
      var affected: [Int] = []
      var examples: [[String]] = []
      var refusals: [Int: Text] = [:]
      for (i, choice) in states.enumerated() {
        guard i != current else {
          totals.append(now)
          affected.append(0)
          examples.append([])
          continue
        }
        let ledger = run([reading.id: choice.name])
        if isCancelled() {
          isPartial = true
          break
        }
        if combines { found = asked([reading.id: choice.name]).flatMap { found?.union($0) } }
        refusals[i] = ledger.refusal
        guard refusals[i] == nil else {
          totals.append(now)
          affected.append(0)
          examples.append([])
          continue
        }
        leftOut.look(at: ledger, leftOut.all)
        totals.append(Goal().amount(ledger))
        let changes = each.changes(to: BeneficiaryTotals(ledger))
        affected.append(changes.count)
        examples.append(
          changes.sorted {
            ($1.difference.magnitude, $0.beneficiary) < ($0.difference.magnitude, $1.beneficiary)
          }.prefix(5).map(\.beneficiary))
      }
      // Of a reading that was interrupted nothing is told: its run was cut short.
      if isPartial { break }
      effects.append(
        Effect(
          reading: reading, states: states, current: current, totals: totals, affected: affected, examples: examples,
          refusals: refusals))
    }
    var range: Range?
    if !isPartial, combines {
      let records = base.dataset.tables.reduce(0) { $0 + $1.count }
      var search = ReadingSearch(effects, now: now, records: records, asked: found) { changes in
        let ledger = run(changes)
        if ledger.refusal == nil { leftOut.look(at: ledger, leftOut.all) }
        return (ledger.refusal == nil ? Goal().amount(ledger) : nil, asked(changes))
      }
      range = search.range(isCancelled)
    }
    return ReadingReport(
      effects: effects, now: now, range: range, isPartial: isPartial || (combines && range == nil), leftOut: leftOut)
  }

  /// The choice of a reading as set for everything it holds for; settings for single documents or measures aside.
  /// A name that is none of its choices counts as not set, as in the run, which tells it.
  package static func current(_ reading: Reading, _ settings: RunSettings) -> Int {
    settings.readings[reading.id].flatMap { name in reading.choices.firstIndex { $0.name == name } }
      ?? reading.defaultIndex
  }

  /// What a reading may be over some documents, and which of it holds. Where nothing is set and measures have defaults
  /// of their own that differ, what holds is none of the choices.
  package static func states(
    _ reading: Reading, _ settings: RunSettings, _ documents: [CheckedDocument]
  ) -> (states: [State], current: Int) {
    let set = settings.readings[reading.id].flatMap { name in reading.choices.firstIndex { $0.name == name } }
    let choices = reading.choices.map(State.init)
    if let set { return (choices, set) }
    let own = reading.defaults(in: documents)
    if own.count < 2 { return (choices, own.first ?? reading.defaultIndex) }
    return (choices + [.asEachHas], choices.count)
  }
}

extension Reading {
  /// The choices that measures of some documents have where nothing is set, by their numbers.
  package func defaults(in documents: [CheckedDocument]) -> Set<Int> {
    Set(
      documents.flatMap(\.measures).filter { $0.form != .note }.map { measure in
        measure.selection.defaults.first { $0.reading == id }?.choice ?? defaultIndex
      })
  }
}

extension Ledger {
  /// Why there is no budget; nil where there is one.
  package var refusal: Text? { diagnostics.first { $0.severity == .error }?.message }
}
