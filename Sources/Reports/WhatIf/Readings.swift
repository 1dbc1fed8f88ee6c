// What the open readings of a programme do to its budget: each choice alone, then all of them together where they are
// few enough to try (semantics: the user must be able to see what each choice does). Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage

/// The effect of every open reading.
public struct ReadingReport: Sendable {
  /// A reading and what each of its choices costs.
  public struct Entry: Sendable {
    public let reading: Reading
    /// The choice that holds now.
    public let current: Int
    /// The total of each choice with all other readings as they are (fen).
    public let totals: [Int64]
    /// How many beneficiaries get another sum than now, under each choice.
    public let affected: [Int]
    /// Some of them, those with the largest change first.
    public let examples: [[String]]

    /// Whether some choice changes the budget or who gets what.
    public var matters: Bool { affected.contains { $0 > 0 } || Set(totals).count > 1 }
  }

  /// The least and the largest total over combinations of readings.
  public struct Range: Sendable {
    public let low: Int64
    public let high: Int64
    /// The choices that lead there: reading and choice, where they are not what holds now.
    public let lowChoices: [(reading: String, choice: String)]
    public let highChoices: [(reading: String, choice: String)]
    public let combinations: Int
    /// Whether every combination of the readings that matter was tried. Otherwise only those that move the budget most
    /// were combined, and the others changed one at a time.
    public let isExact: Bool
  }

  public let entries: [Entry]
  public let now: Int64
  /// Nil when the work was stopped before its end.
  public let range: Range?
  /// Whether the work was stopped before its end.
  public let isPartial: Bool

  /// No more combinations than this are tried.
  public static let limit = 256

  /// Readings that hold for a programme: the general ones, then each document's and its measures'.
  public static func readings(of documents: [CheckedDocument]) -> [Reading] {
    var seen: Set<String> = []
    return (Reading.global + documents.flatMap { $0.readings + $0.measures.flatMap(\.readings) }).filter {
      seen.insert($0.id).inserted
    }
  }

  /// - Parameters:
  ///   - run: the programme run with other readings than now; the keys are readings' ids.
  ///   - isCancelled: asked between two runs.
  ///   - combines: whether combinations of choices are tried, too.
  public init(
    _ documents: [CheckedDocument], settings: RunSettings, run: ([String: String]) -> Ledger,
    isCancelled: () -> Bool = { false }, combines: Bool = true
  ) {
    let base = run([:])
    let now = Budget(base).sum.total
    var entries: [Entry] = []
    var isPartial = false
    for reading in ReadingReport.readings(of: documents) {
      if isCancelled() {
        isPartial = true
        break
      }
      let current = ReadingReport.current(reading, settings)
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
        totals.append(Budget(ledger).sum.total)
        let changes = BeneficiaryTotals.changes(base, ledger)
        affected.append(changes.count)
        examples.append(
          changes.sorted {
            ($1.difference.magnitude, $0.beneficiary) < ($0.difference.magnitude, $1.beneficiary)
          }.prefix(5).map(\.beneficiary))
      }
      // Of a reading that was interrupted nothing is told: its run was cut short.
      if isPartial { break }
      entries.append(
        Entry(reading: reading, current: current, totals: totals, affected: affected, examples: examples))
    }
    self.entries = entries
    self.now = now
    let range =
      isPartial || !combines ? nil : ReadingReport.range(entries, now: now, run: run, isCancelled: isCancelled)
    self.range = range
    self.isPartial = isPartial || (combines && range == nil)
  }

  /// The choice of a reading as set for everything it holds for; settings for single documents or measures aside.
  public static func current(_ reading: Reading, _ settings: RunSettings) -> Int {
    settings.readings[reading.id].flatMap { name in reading.choices.firstIndex { $0.name == name } }
      ?? reading.defaultIndex
  }

  private static func range(
    _ entries: [Entry], now: Int64, run: ([String: String]) -> Ledger, isCancelled: () -> Bool
  ) -> Range? {
    var varied = entries.filter(\.matters)
    let isExact = combinations(varied) <= limit
    // Too many: those that move the budget most are combined.
    while combinations(varied) > limit {
      guard let least = varied.indices.min(by: { spread(varied[$0]) < spread(varied[$1]) }) else { break }
      varied.remove(at: least)
    }
    var (low, high) = (now, now)
    var (lowAt, highAt): ([Int], [Int]) = (varied.map(\.current), varied.map(\.current))
    var at = Array(repeating: 0, count: varied.count)
    var tried = 0
    while true {
      if isCancelled() { return nil }
      tried += 1
      let total = known(at, varied, now) ?? Budget(run(choices(at, varied))).sum.total
      if isCancelled() { return nil }
      if total < low { (low, lowAt) = (total, at) }
      if total > high { (high, highAt) = (total, at) }
      guard next(&at, varied) else { break }
    }
    if !isExact {
      // What was left out of the combinations still counts alone.
      for entry in entries {
        for (i, total) in entry.totals.enumerated() where total < low || total > high {
          guard let position = varied.firstIndex(where: { $0.reading.id == entry.reading.id }) else {
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

  private static func combinations(_ entries: [Entry]) -> Int {
    var product = 1
    for entry in entries where product <= limit { product *= entry.reading.choices.count }
    return product
  }

  private static func spread(_ entry: Entry) -> Int64 {
    Amounts.add(entry.totals.max() ?? 0, -(entry.totals.min() ?? 0))
  }

  /// The total of a combination that differs from now in one reading at most.
  private static func known(_ at: [Int], _ entries: [Entry], _ now: Int64) -> Int64? {
    let different = at.indices.filter { at[$0] != entries[$0].current }
    guard let only = different.first else { return now }
    return different.count == 1 ? entries[only].totals[at[only]] : nil
  }

  private static func next(_ at: inout [Int], _ entries: [Entry]) -> Bool {
    for i in at.indices {
      at[i] += 1
      if at[i] < entries[i].reading.choices.count { return true }
      at[i] = 0
    }
    return false
  }

  private static func choices(_ at: [Int], _ entries: [Entry]) -> [String: String] {
    var out: [String: String] = [:]
    for (entry, i) in zip(entries, at) { out[entry.reading.id] = entry.reading.choices[i].name }
    return out
  }

  private static func changed(_ at: [Int], _ entries: [Entry]) -> [(reading: String, choice: String)] {
    zip(entries, at).compactMap { entry, i in
      i == entry.current ? nil : (entry.reading.id, entry.reading.choices[i].name)
    }
  }
}
