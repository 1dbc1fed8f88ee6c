// The least and the greatest budget over combinations of readings. Which readings a result can hang on is what the runs
// themselves have asked: a run that has asked nothing but what was combined comes to the same whatever the others say,
// so that once all combinations of the readings asked are run and none has asked for another, all there are is known.
// Where these are too many, what moves the budget is combined, every three of all are tried together (by rows that
// cover them, CoveringArray), what lies furthest is gone on from by one reading at a time, and the rest is told.

import Engine
import PolicyLanguage
import Reckoning

/// A search over combinations of readings.
struct ReadingSearch {
  /// A choice for each reading, by the number of its effect.
  private typealias Combination = [Int]

  private let effects: [ReadingReport.Effect]
  private let now: Int64
  private let records: Int
  /// The total with some readings changed, nil where there is no budget, and what was asked.
  private let run: ([String: String]) -> (total: Int64?, asked: Set<String>?)
  /// The numbers of the readings that any run has asked, in order.
  private var asked: [Int]
  private var totals: [Combination: Int64?] = [:]
  private var low: (total: Int64, at: Combination?)
  private var high: (total: Int64, at: Combination?)
  /// How far a reading moved the budget together with others, beyond what those do that are known to move it.
  private var joint: [Int: UInt64] = [:]

  /// Every three readings are tried together over facts that have no more records than this.
  static let recordLimit = 20_000

  /// - Parameters:
  ///   - effects: what each choice does by itself, of all readings.
  ///   - now: the total as things stand (fen).
  ///   - records: how many the facts have.
  ///   - asked: the ids of the readings asked so far; nil: perhaps all.
  init(
    _ effects: [ReadingReport.Effect], now: Int64, records: Int, asked: Set<String>?,
    run: @escaping ([String: String]) -> (total: Int64?, asked: Set<String>?)
  ) {
    (self.effects, self.now, self.records, self.run) = (effects, now, records, run)
    // What moves the budget is asked, whatever else is known.
    self.asked = effects.indices.filter { i in asked?.contains(effects[i].reading.id) ?? true || effects[i].matters }
    (low, high) = ((now, nil), (now, nil))
    let present = effects.map(\.current)
    totals[present] = now
    for (i, effect) in effects.enumerated() {
      for (choice, total) in effect.totals.enumerated() where choice != effect.current {
        var at = present
        at[i] = choice
        note(at, effect.refusals[choice] == nil ? total : nil)
      }
    }
  }

  /// The bounds; nil where the work was stopped.
  mutating func range(_ isCancelled: () -> Bool) -> ReadingReport.Range? {
    while combinations(asked) <= ReadingReport.limit {
      let all = asked
      guard combine(all, isCancelled) else { return nil }
      if asked == all { return found(combined: all, together: all.count, isExact: true) }
    }
    let isSmall = records <= ReadingSearch.recordLimit
    while true {
      let (all, wanted) = (asked, few(known))
      guard combine(wanted, isCancelled) else { return nil }
      guard isSmall else { return found(combined: wanted, together: 1, isExact: false) }
      guard let more = screen(isCancelled) else { return nil }
      if more.isEmpty, asked == all {
        guard goOn(isCancelled) else { return nil }
        if asked == all { return found(combined: wanted, together: CoveringArray.strength, isExact: false) }
        continue
      }
      joint.merge(more) { $1 }
    }
  }

  /// Those that move the budget by themselves or were found to do so together with others.
  private var known: [Int] { asked.filter { effects[$0].matters || joint[$0] != nil } }

  /// Some readings, without those that move the budget least where there are too many to combine them all.
  private func few(_ some: [Int]) -> [Int] {
    var wanted = some
    while combinations(wanted) > ReadingReport.limit {
      guard let least = wanted.min(by: { moved($0) < moved($1) }) else { break }
      wanted.removeAll { $0 == least }
    }
    return wanted
  }

  private func found(combined: [Int], together: Int, isExact: Bool) -> ReadingReport.Range {
    ReadingReport.Range(
      low: low.total, high: high.total, lowChoices: changed(low.at), highChoices: changed(high.at),
      combinations: isExact ? combinations(combined) : totals.count, isExact: isExact,
      uncombined: asked.filter { !combined.contains($0) }.map { effects[$0].reading }, together: together,
      refused: totals.values.count { $0 == nil })
  }

  // MARK: Trying

  /// Every combination of some readings, the others as they are. The last changes quickest: what measures ask for
  /// themselves stands behind what all of them ask, so that a memory finds most measures as it left them.
  /// - Returns: whether it came to its end.
  private mutating func combine(_ some: [Int], _ isCancelled: () -> Bool) -> Bool {
    var at = effects.map(\.current)
    for i in some { at[i] = 0 }
    while true {
      guard tried(at, isCancelled) else { return false }
      guard let place = some.last(where: { at[$0] + 1 < effects[$0].states.count }) else { return true }
      at[place] += 1
      for later in some where later > place { at[later] = 0 }
    }
  }

  /// Every three readings together, in all their choices: rows in which they all stand, each against the same row with
  /// only what is known to move the budget.
  /// - Returns: readings that do something there which was not known, with how much (fen), of the first row where some
  ///   do; nil where the work was stopped.
  private mutating func screen(_ isCancelled: () -> Bool) -> [Int: UInt64]? {
    let (some, known) = (asked, Set(known))
    let present = effects.map(\.current)
    let cover = CoveringArray(levels: some.map { effects[$0].totals.count }, usual: some.map { present[$0] })
    for row in cover.rows {
      var (at, base) = (present, present)
      for (i, choice) in zip(some, row) {
        at[i] = choice
        if known.contains(i) { base[i] = choice }
      }
      guard tried(at, isCancelled), tried(base, isCancelled) else { return nil }
      guard let whole = beyond(at, base) else { continue }
      // Who can stand as now without the difference going has no part in it.
      for i in some where at[i] != base[i] {
        var without = at
        without[i] = base[i]
        guard tried(without, isCancelled) else { return nil }
        if beyond(without, base) != nil { at = without }
      }
      let part = beyond(at, base) ?? whole
      return Dictionary(uniqueKeysWithValues: some.filter { at[$0] != base[$0] }.map { ($0, part) })
    }
    return [:]
  }

  /// From the least and the greatest budget on, one reading after another is taken otherwise, as long as that leads
  /// further: what is told as the most is not passed by changing one reading of it.
  /// - Returns: whether it came to its end.
  private mutating func goOn(_ isCancelled: () -> Bool) -> Bool {
    let present = effects.map(\.current)
    while true {
      let reached = [low.at, high.at]
      for start in [low.at ?? present, high.at ?? present] {
        for i in asked {
          for choice in effects[i].totals.indices where choice != start[i] {
            var at = start
            at[i] = choice
            guard tried(at, isCancelled) else { return false }
          }
        }
      }
      if reached == [low.at, high.at] { return true }
    }
  }

  /// How far apart the budgets of two combinations lie (fen); nil where they do not, or one has none.
  private func beyond(_ one: Combination, _ other: Combination) -> UInt64? {
    guard case let a?? = totals[one], case let b?? = totals[other], a != b else { return nil }
    return a.subtractingReportingOverflow(b).partialValue.magnitude
  }

  /// Runs a combination, if it was not run yet.
  /// - Returns: whether it came to its end.
  private mutating func tried(_ at: Combination, _ isCancelled: () -> Bool) -> Bool {
    if isCancelled() { return false }
    if totals[at] != nil { return true }
    var changes: [String: String] = [:]
    for (effect, choice) in zip(effects, at) where choice != effect.current {
      changes[effect.reading.id] = effect.states[choice].name
    }
    let (total, more) = run(changes)
    // Of a run that was cut short nothing is told.
    if isCancelled() { return false }
    let old = asked
    asked = effects.indices.filter { i in old.contains(i) || more?.contains(effects[i].reading.id) ?? true }
    note(at, total)
    return true
  }

  private mutating func note(_ at: Combination, _ total: Int64?) {
    totals.updateValue(total, forKey: at)
    guard let total else { return }
    if total < low.total || total == low.total && low.at.map({ isBefore(at, $0) }) ?? false { low = (total, at) }
    if total > high.total || total == high.total && high.at.map({ isBefore(at, $0) }) ?? false { high = (total, at) }
  }

  // MARK: Numbers

  /// Of combinations that come to the same the one is told that changes least, and of these the one whose last readings
  /// stand at their first choices.
  private func isBefore(_ a: Combination, _ b: Combination) -> Bool {
    let (x, y) = (changes(a), changes(b))
    return x != y ? x < y : a.reversed().lexicographicallyPrecedes(b.reversed())
  }

  private func changes(_ at: Combination) -> Int { zip(effects, at).count { $0.current != $1 } }

  private func moved(_ i: Int) -> UInt64 { max(effects[i].spread.magnitude, joint[i] ?? 0) }

  private func combinations(_ some: [Int]) -> Int {
    var product = 1
    for i in some where product <= ReadingReport.limit { product *= effects[i].states.count }
    return product
  }

  private func changed(_ at: Combination?) -> [(reading: String, choice: String)] {
    guard let at else { return [] }
    return zip(effects, at).compactMap { effect, choice in
      choice == effect.current ? nil : (effect.reading.id, effect.states[choice].name)
    }
  }
}
