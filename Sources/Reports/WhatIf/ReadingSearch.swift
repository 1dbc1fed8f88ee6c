// The least and the greatest budget over combinations of readings. Which readings a result can hang on is what the runs
// themselves have asked: a run that has asked nothing but what was combined comes to the same whatever the others say,
// so that once all combinations of the readings asked are run and none has asked for another, all there are is known.
// Where these are too many, what moves the budget alone or in twos is combined, and the rest is told.

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
  /// How far a reading moved the budget together with one other, beyond what that one does.
  private var joint: [Int: UInt64] = [:]

  /// Every two readings are tried over facts that have no more records than this.
  static let recordLimit = 20_000
  /// And where so many runs are enough for that.
  static let pairLimit = 1_000

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
      if asked == all { return found(combined: all, isPairwise: true, isExact: true) }
    }
    let isSmall = records <= ReadingSearch.recordLimit
    var isPairwise = false
    if isSmall {
      guard let whole = tryPairs(isCancelled) else { return nil }
      isPairwise = whole
    }
    var wanted = asked.filter { effects[$0].matters || joint[$0] != nil }
    // Too many: those that move the budget most are combined.
    while combinations(wanted) > ReadingReport.limit {
      guard let least = wanted.min(by: { moved($0) < moved($1) }) else { break }
      wanted.removeAll { $0 == least }
    }
    // What room there is costs little over few records.
    if isSmall {
      for i in asked where !wanted.contains(i) && combinations(wanted + [i]) <= ReadingReport.limit { wanted.append(i) }
      wanted.sort()
    }
    guard combine(wanted, isCancelled) else { return nil }
    return found(combined: wanted, isPairwise: isPairwise, isExact: false)
  }

  private func found(combined: [Int], isPairwise: Bool, isExact: Bool) -> ReadingReport.Range {
    ReadingReport.Range(
      low: low.total, high: high.total, lowChoices: changed(low.at), highChoices: changed(high.at),
      combinations: isExact ? combinations(combined) : totals.count, isExact: isExact,
      uncombined: asked.filter { !combined.contains($0) }.map { effects[$0].reading }, isPairwise: isPairwise,
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
      guard let place = some.last(where: { at[$0] + 1 < effects[$0].reading.choices.count }) else { return true }
      at[place] += 1
      for later in some where later > place { at[later] = 0 }
    }
  }

  /// Every two readings of which one does nothing by itself.
  /// - Returns: whether all of them were tried; nil where the work was stopped.
  private mutating func tryPairs(_ isCancelled: () -> Bool) -> Bool? {
    var runs = 0
    let present = effects.map(\.current)
    for i in asked {
      for j in asked where j > i && !(effects[i].matters && effects[j].matters) {
        for a in effects[i].totals.indices where a != present[i] {
          for b in effects[j].totals.indices where b != present[j] {
            if runs >= ReadingSearch.pairLimit { return false }
            runs += 1
            var at = present
            (at[i], at[j]) = (a, b)
            guard tried(at, isCancelled) else { return nil }
            guard case let total?? = totals[at] else { continue }
            // One of the two does nothing by itself, so that together they do what the other does.
            let wanted = effects[i].totals[a] == now ? effects[j].totals[b] : effects[i].totals[a]
            let beyond = total.subtractingReportingOverflow(wanted).partialValue.magnitude
            guard beyond > 0 else { continue }
            for k in [i, j] { joint[k] = max(joint[k] ?? 0, beyond) }
          }
        }
      }
    }
    return true
  }

  /// Runs a combination, if it was not run yet.
  /// - Returns: whether it came to its end.
  private mutating func tried(_ at: Combination, _ isCancelled: () -> Bool) -> Bool {
    if isCancelled() { return false }
    if totals[at] != nil { return true }
    var changes: [String: String] = [:]
    for (effect, choice) in zip(effects, at) where choice != effect.current {
      changes[effect.reading.id] = effect.reading.choices[choice].name
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

  /// Of combinations that come to the same the one is told whose last readings stand at their first choices.
  private func isBefore(_ a: Combination, _ b: Combination) -> Bool {
    a.reversed().lexicographicallyPrecedes(b.reversed())
  }

  private func moved(_ i: Int) -> UInt64 { max(effects[i].spread.magnitude, joint[i] ?? 0) }

  private func combinations(_ some: [Int]) -> Int {
    var product = 1
    for i in some where product <= ReadingReport.limit { product *= effects[i].reading.choices.count }
    return product
  }

  private func changed(_ at: Combination?) -> [(reading: String, choice: String)] {
    guard let at else { return [] }
    return zip(effects, at).compactMap { effect, choice in
      choice == effect.current ? nil : (effect.reading.id, effect.reading.choices[choice].name)
    }
  }
}
