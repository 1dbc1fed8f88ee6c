// What the open readings of a programme do to its budget: each choice alone, then all of them together where they are
// few enough to try (semantics: the user must be able to see what each choice does). Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// The effect of every open reading.
package struct ReadingReport: Sendable {
  /// A reading and what each of its choices costs.
  package struct Effect: Sendable {
    /// The reading; its choices number what follows.
    package let reading: Reading
    /// The choice that holds now.
    package let current: Int
    /// The total of each choice with all other readings as they are (fen).
    package let totals: [Int64]
    /// How many beneficiaries get another sum than now, under each choice.
    package let affected: [Int]
    /// Some of them, those with the largest change first.
    package let examples: [[String]]

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
    /// Whether every combination of the readings that matter was tried. Otherwise only those that move the budget most
    /// were combined, and the others changed one at a time.
    package let isExact: Bool
  }

  /// In the order of `readings(of:)`.
  package let effects: [Effect]
  /// The total as things stand (fen).
  package let now: Int64
  /// Nil when the work was stopped before its end.
  package let range: Range?
  /// Whether the work was stopped before its end.
  package let isPartial: Bool

  /// No more combinations than this are tried.
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
  ///   - isCancelled: asked between two runs.
  ///   - combines: whether combinations of choices are tried, too.
  package static func make(
    _ documents: [CheckedDocument], settings: RunSettings, run: ([String: String]) -> Ledger,
    isCancelled: () -> Bool = { false }, combines: Bool = true
  ) -> ReadingReport {
    let base = run([:])
    let now = Goal().amount(base), each = BeneficiaryTotals(base)
    var effects: [Effect] = []
    var isPartial = false
    for reading in ReadingReport.readings(of: documents) {
      if isCancelled() {
        isPartial = true
        break
      }
      let current = ReadingReport.current(reading, settings, documents)
      var totals: [Int64] = []
      var affected: [Int] = []
      var examples: [[String]] = []
      for (i, choice) in reading.choices.enumerated() {
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
        Effect(reading: reading, current: current, totals: totals, affected: affected, examples: examples))
    }
    let range =
      isPartial || !combines ? nil : ReadingReport.range(effects, now: now, run: run, isCancelled: isCancelled)
    return ReadingReport(
      effects: effects, now: now, range: range, isPartial: isPartial || (combines && range == nil))
  }

  /// The choice of a reading as set for everything it holds for; settings for single documents or measures aside.
  /// A name that is none of its choices counts as not set, as in the run, which tells it.
  package static func current(_ reading: Reading, _ settings: RunSettings) -> Int {
    settings.readings[reading.id].flatMap { name in reading.choices.firstIndex { $0.name == name } }
      ?? reading.defaultIndex
  }

  /// The same, where the documents have defaults of their own: what all measures have that it holds for.
  package static func current(_ reading: Reading, _ settings: RunSettings, _ documents: [CheckedDocument]) -> Int {
    let set = settings.readings[reading.id].flatMap { name in reading.choices.firstIndex { $0.name == name } }
    if let set { return set }
    let own = Set(
      documents.flatMap(\.measures).map { m in
        m.selection.defaults.first { $0.reading == reading.id }?.choice ?? reading.defaultIndex
      })
    return own.count == 1 ? own.first ?? reading.defaultIndex : reading.defaultIndex
  }

  private static func range(
    _ effects: [Effect], now: Int64, run: ([String: String]) -> Ledger, isCancelled: () -> Bool
  ) -> Range? {
    var varied = effects.filter(\.matters)
    let isExact = combinations(varied) <= limit
    // Too many: those that move the budget most are combined.
    while combinations(varied) > limit {
      guard let least = varied.indices.min(by: { varied[$0].spread < varied[$1].spread }) else { break }
      varied.remove(at: least)
    }
    var (low, high) = (now, now)
    var (lowAt, highAt): ([Int], [Int]) = (varied.map(\.current), varied.map(\.current))
    var (lowRank, highRank) = (Int.max, Int.max)
    var at = Array(repeating: 0, count: varied.count)
    var tried = 0
    while true {
      if isCancelled() { return nil }
      tried += 1
      let total = known(at, varied, now) ?? Goal().amount(run(choices(at, varied)))
      if isCancelled() { return nil }
      // Of combinations that come to the same the one is told whose first readings stand at their first choices.
      let rank = rank(at, varied)
      if total < low || total == low && rank < lowRank && lowRank < .max { (low, lowAt, lowRank) = (total, at, rank) }
      if total > high || total == high && rank < highRank && highRank < .max {
        (high, highAt, highRank) = (total, at, rank)
      }
      guard next(&at, varied) else { break }
    }
    if !isExact {
      // What was left out of the combinations still counts alone.
      for effect in effects {
        for (i, total) in effect.totals.enumerated() where total < low || total > high {
          guard let position = varied.firstIndex(where: { $0.reading.id == effect.reading.id }) else {
            if total < low { low = total }
            if total > high { high = total }
            continue
          }
          var single = varied.map(\.current)
          single[position] = i
          if total < low { (low, lowAt) = (total, single) } else { (high, highAt) = (total, single) }
        }
      }
    }
    return Range(
      low: low, high: high, lowChoices: changed(lowAt, varied), highChoices: changed(highAt, varied),
      combinations: tried, isExact: isExact)
  }

  private static func combinations(_ effects: [Effect]) -> Int {
    var product = 1
    for effect in effects where product <= limit { product *= effect.reading.choices.count }
    return product
  }

  /// The total of a combination that differs from now in one reading at most.
  private static func known(_ at: [Int], _ effects: [Effect], _ now: Int64) -> Int64? {
    let different = at.indices.filter { at[$0] != effects[$0].current }
    guard let only = different.first else { return now }
    return different.count == 1 ? effects[only].totals[at[only]] : nil
  }

  /// The next combination. What measures ask for themselves changes quickest, what all of them ask slowest, so that a
  /// memory finds most measures as it left them.
  private static func next(_ at: inout [Int], _ effects: [Effect]) -> Bool {
    for i in at.indices.reversed() {
      at[i] += 1
      if at[i] < effects[i].reading.choices.count { return true }
      at[i] = 0
    }
    return false
  }

  /// The number of a combination where the first reading counts quickest.
  private static func rank(_ at: [Int], _ effects: [Effect]) -> Int {
    zip(at, effects).reversed().reduce(0) { $0 * $1.1.reading.choices.count + $1.0 }
  }

  private static func choices(_ at: [Int], _ effects: [Effect]) -> [String: String] {
    var out: [String: String] = [:]
    for (effect, i) in zip(effects, at) { out[effect.reading.id] = effect.reading.choices[i].name }
    return out
  }

  private static func changed(_ at: [Int], _ effects: [Effect]) -> [(reading: String, choice: String)] {
    zip(effects, at).compactMap { effect, i in
      i == effect.current ? nil : (effect.reading.id, effect.reading.choices[i].name)
    }
  }
}
