// Runs of a programme with a bound just on either side of the figures near it, and with one seat of a quota more or
// fewer. Knows nothing of what moves the bound: it is given the run.

import Engine
import PolicyLanguage

/// Finds what hangs on thresholds and quotas, one after another.
struct CliffSearch {
  private let base: Ledger
  private let only: String?
  private let isCancelled: () -> Bool
  private let run: (Watched, Int64) -> Ledger?
  private let total = Goal()
  private lazy var each = BeneficiaryTotals(base)
  /// The runs of the threshold in hand.
  private var known: [Watched: [Int64: Ledger]] = [:]
  /// Whether it was cancelled: then something is missing.
  private(set) var isStopped = false

  /// More ledgers than this are not held at a time.
  private static let held = 4

  init(
    base: Ledger, only: String?, isCancelled: @escaping () -> Bool, run: @escaping (Watched, Int64) -> Ledger?
  ) {
    self.base = base
    self.only = only
    self.isCancelled = isCancelled
    self.run = run
  }

  // MARK: Thresholds

  /// The thresholds that anything can be told of, in their order.
  mutating func cliffs(_ thresholds: [Threshold], _ progress: (Double) -> Void) -> [CliffReport.Cliff] {
    var cliffs: [CliffReport.Cliff] = []
    for (n, threshold) in thresholds.enumerated() {
      if isCancelled() {
        isStopped = true
        break
      }
      progress(Double(n) / Double(thresholds.count))
      known = [:]
      let steps =
        switch threshold.sort {
        case .stay: stay(threshold)
        case .figure, .place: figure(threshold)
        }
      if !steps.isEmpty { cliffs.append(CliffReport.Cliff(threshold: threshold, steps: steps)) }
    }
    return cliffs
  }

  /// The months that are asked for move by one; who is near a day short of them is listed.
  private mutating func stay(_ threshold: Threshold) -> [CliffReport.Step] {
    let byValue = Dictionary(grouping: threshold.near.filter(isAskedFor), by: \.value)
    var steps = byValue.sorted { $0.key < $1.key }.map { value, subjects in
      CliffReport.Step(
        value: value, passes: value >= 0, admitted: nil, refused: nil, subjects: subjects, changes: [])
    }
    guard let watched = threshold.watched, only == nil else { return steps }
    for months in [threshold.bound - 1, threshold.bound] where months >= 0 {
      let inside = ledger(watched, months), outside = ledger(watched, months + 1)
      steps.append(
        CliffReport.Step(
          value: months, passes: months >= threshold.bound, admitted: inside.map { total.amount($0) },
          refused: outside.map { total.amount($0) }, subjects: [], changes: []))
    }
    return steps
  }

  private mutating func figure(_ threshold: Threshold) -> [CliffReport.Step] {
    var steps: [CliffReport.Step] = []
    var values = Set(threshold.near.map(\.value))
    // Counts have a step at the bound itself even where nobody stands.
    if threshold.type == .number, threshold.sort == .figure { values.insert(threshold.bound) }
    for value in values.sorted() {
      let subjects = threshold.near.filter { $0.value == value && isAskedFor($0) }
      if only != nil, subjects.isEmpty { continue }
      guard let watched = threshold.watched,
        let (inside, outside) = Self.sides(threshold.comparison, value, unit: threshold.unit)
      else {
        steps.append(
          CliffReport.Step(
            value: value, passes: threshold.admits(value), admitted: nil, refused: nil, subjects: subjects,
            changes: []))
        continue
      }
      // A figure below zero has no meaning, a date before 1970 does.
      guard inside >= 0 && outside >= 0 || threshold.type == .date else { continue }
      if isCancelled() {
        isStopped = true
        break
      }
      let admitted = ledger(watched, inside), refused = ledger(watched, outside)
      var changes: [Comparison.Change] = []
      if let admitted, let refused {
        changes = BeneficiaryTotals.changes(refused, admitted).sorted(by: Comparison.Change.isLarger)
        if only != nil {
          let own = Set(subjects.flatMap { [$0.beneficiary, $0.subject] }.compactMap(\.self))
          changes.removeAll { $0.beneficiary != only && !own.contains($0.beneficiary) }
        }
      }
      steps.append(
        CliffReport.Step(
          value: value, passes: threshold.admits(value), admitted: admitted.map { total.amount($0) },
          refused: refused.map { total.amount($0) }, subjects: subjects, changes: changes))
    }
    return steps
  }

  private func isAskedFor(_ who: Threshold.Neighbour) -> Bool {
    guard let only else { return true }
    return who.beneficiary == only || who.subject == only || who.subject.hasPrefix(only + "@")
  }

  /// Neighbours share a run.
  private mutating func ledger(_ watched: Watched, _ value: Int64) -> Ledger? {
    if let found = known[watched]?[value] { return found }
    let made = run(watched, value)
    if known[watched, default: [:]].count > Self.held { known[watched] = [:] }
    known[watched, default: [:]][value] = made
    return made
  }

  /// The bounds that just admit a figure and just do not.
  /// - Parameter unit: how many of the figure's parts one of the bound is.
  static func sides(
    _ comparison: Expression.Comparison, _ value: Int64, unit: Int64 = 1
  ) -> (inside: Int64, outside: Int64)? {
    let whole = value / unit - (value % unit < 0 ? 1 : 0), next = value % unit == 0 ? whole : whole + 1
    return switch comparison {
    case .greaterOrEqual: (whole, whole + 1)
    case .greater: (next - 1, next)
    case .lessOrEqual: (next, next - 1)
    case .less: (whole + 1, whole)
    case .equal, .notEqual: nil
    }
  }

  // MARK: Quotas

  /// What a seat of each quota is worth, in the order of the quotas.
  mutating func prices(_ quotas: [QuotaSeat]) -> [CliffReport.Price] {
    var prices: [CliffReport.Price] = []
    let now = total.amount(base)
    for seat in quotas {
      guard let watched = seat.watched, !isStopped else { continue }
      if isCancelled() {
        isStopped = true
        break
      }
      guard let more = run(watched, seat.limit + 1) else { continue }
      let fewer = seat.limit > 0 ? run(watched, seat.limit - 1) : base
      let takers = changed(more)
      let losers = fewer.map { changed($0) } ?? []
      if only != nil, takers.isEmpty, losers.isEmpty { continue }
      prices.append(
        CliffReport.Price(
          seat: seat, oneMore: Amounts.add(total.amount(more), -now),
          oneFewer: fewer.map { Amounts.add(total.amount($0), -now) }, takers: takers, losers: losers))
    }
    return prices
  }

  /// Who gets another sum than as things stand.
  private mutating func changed(_ ledger: Ledger) -> [Comparison.Change] {
    each.changes(to: BeneficiaryTotals(ledger)).filter { only == nil || $0.beneficiary == only }
      .sorted { $0.beneficiary.utf8.lexicographicallyPrecedes($1.beneficiary.utf8) }
  }
}
