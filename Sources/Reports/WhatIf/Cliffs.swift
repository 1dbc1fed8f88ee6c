// What hangs on each threshold: for every figure near it, the jump of the total when the bound moves past it, who stands there,
// and what they would gain or lose. And what one more seat of a quota would cost. Found by running the programme with the
// bound just on either side, so that everything that follows from it is in the figures: who is paid instead, what is displaced.
import Engine
import PolicyLanguage

/// The thresholds of a programme with the money on them.
public struct CliffReport: Sendable {
  /// One figure near a threshold.
  public struct Step: Sendable {
    public let value: Int64
    /// Whether it passes as things stand.
    public let passes: Bool
    /// The total with the bound just admitting it, and just not (fen); nil where the bound cannot be moved.
    public let admitted: Int64?
    public let refused: Int64?
    /// Who stands there.
    public let subjects: [Threshold.Neighbour]
    /// What the bound's passing them changes for each beneficiary.
    public let changes: [Comparison.Change]

    /// What hangs on it: the total when it is admitted less that when it is not.
    public var jump: Int64 { Amounts.add(admitted ?? 0, -(refused ?? 0)) }
  }

  public struct Cliff: Sendable {
    public let threshold: Threshold
    public let steps: [Step]

    /// The largest sum that hangs on one figure near it.
    public var weight: UInt64 { steps.map(\.jump.magnitude).max() ?? 0 }
  }

  /// A quota's price.
  public struct Price: Sendable {
    public let seat: QuotaSeat
    /// What one more seat changes in the total, and one fewer.
    public let oneMore: Int64
    public let oneFewer: Int64
    /// Who takes it, and who loses it.
    public let takers: [Comparison.Change]
    public let losers: [Comparison.Change]
  }

  /// Those with the most money on them first.
  public let cliffs: [Cliff]
  public let prices: [Price]
  public let isPartial: Bool

  /// - Parameters:
  ///   - base: as things stand.
  ///   - run: the programme with the figure at another value; nil where a measure then refuses a fact.
  ///   - only: a beneficiary or subject, where one is asked about.
  public init(
    _ thresholds: [Threshold], _ quotas: [QuotaSeat], base: Ledger, only: String?, isCancelled: () -> Bool,
    progress: (Double) -> Void, run: (Watched, Int64) -> Ledger?
  ) {
    var cliffs: [Cliff] = []
    var prices: [Price] = []
    var stopped = false
    var known: [Watched: [Int64: Ledger]] = [:]
    func ledger(_ watched: Watched, _ value: Int64) -> Ledger? {
      if let found = known[watched]?[value] { return found }
      let made = run(watched, value)
      // Neighbours share a run; more would keep too much.
      if known[watched]?.count ?? 0 > 4 { known[watched] = [:] }
      known[watched, default: [:]][value] = made
      return made
    }
    let total = Goal()
    for (n, threshold) in thresholds.enumerated() {
      if isCancelled() {
        stopped = true
        break
      }
      progress(Double(n) / Double(max(thresholds.count, 1)))
      known = [:]
      var steps: [Step] = []
      switch threshold.sort {
      case .stay:
        // The months that are asked for move by one; who is near a day short of them is listed.
        var byValue: [Int64: [Threshold.Neighbour]] = [:]
        for s in threshold.near { byValue[s.value, default: []].append(s) }
        for value in byValue.keys.sorted() {
          steps.append(
            Step(
              value: value, passes: value >= 0, admitted: nil, refused: nil, subjects: byValue[value] ?? [], changes: []
            ))
        }
        if let watched = threshold.watched, only == nil {
          for months in [threshold.bound - 1, threshold.bound] where months >= 0 {
            let a = ledger(watched, months), b = ledger(watched, months + 1)
            steps.append(
              Step(
                value: months, passes: months >= threshold.bound, admitted: a.map { total.amount($0) },
                refused: b.map { total.amount($0) },
                subjects: [], changes: []))
          }
        }
      case .figure:
        var values = Set(threshold.near.map(\.value))
        // Counts have a step at the bound itself even where nobody stands.
        if threshold.type == .number { values.insert(threshold.bound) }
        for value in values.sorted() {
          let subjects = threshold.near.filter { $0.value == value }
          if let only,
            !subjects.contains(where: {
              $0.beneficiary == only || $0.subject == only || $0.subject.hasPrefix(only + "@")
            })
          {
            continue
          }
          guard let watched = threshold.watched, let (inside, outside) = CliffReport.sides(threshold.comparison, value)
          else {
            steps.append(
              Step(
                value: value, passes: threshold.admits(value), admitted: nil, refused: nil, subjects: subjects,
                changes: []))
            continue
          }
          guard inside >= 0 || threshold.type == .date, outside >= 0 || threshold.type == .date else { continue }
          if isCancelled() {
            stopped = true
            break
          }
          let a = ledger(watched, inside), b = ledger(watched, outside)
          var changes: [Comparison.Change] = []
          if let a, let b {
            changes = BeneficiaryTotals.changes(b, a).sorted(by: Comparison.Change.isLarger)
          }
          steps.append(
            Step(
              value: value, passes: threshold.admits(value), admitted: a.map { total.amount($0) },
              refused: b.map { total.amount($0) }, subjects: subjects, changes: changes))
        }
      }
      if !steps.isEmpty { cliffs.append(Cliff(threshold: threshold, steps: steps)) }
    }
    let now = total.amount(base)
    for seat in quotas {
      guard let watched = seat.watched, !stopped else { continue }
      if isCancelled() {
        stopped = true
        break
      }
      guard let more = run(watched, seat.limit + 1) else { continue }
      let fewer = seat.limit > 0 ? run(watched, seat.limit - 1) : nil
      func changed(_ ledger: Ledger) -> [Comparison.Change] {
        BeneficiaryTotals.changes(base, ledger).filter { only == nil || $0.beneficiary == only }
          .sorted { $0.beneficiary.utf8.lexicographicallyPrecedes($1.beneficiary.utf8) }
      }
      let takers = changed(more), losers = fewer.map(changed) ?? []
      if only != nil, takers.isEmpty, losers.isEmpty { continue }
      prices.append(
        Price(
          seat: seat, oneMore: Amounts.add(total.amount(more), -now),
          oneFewer: fewer.map { Amounts.add(total.amount($0), -now) } ?? 0,
          takers: takers, losers: losers))
    }
    self.cliffs = cliffs.enumerated().sorted {
      $0.element.weight != $1.element.weight ? $0.element.weight > $1.element.weight : $0.offset < $1.offset
    }
    .map(\.element)
    self.prices = prices.enumerated().sorted {
      let (x, y) = (
        max($0.element.oneMore.magnitude, $0.element.oneFewer.magnitude),
        max($1.element.oneMore.magnitude, $1.element.oneFewer.magnitude)
      )
      return x != y ? x > y : $0.offset < $1.offset
    }.map(\.element)
    isPartial = stopped
  }

  /// The bounds that just admit a figure and just do not.
  static func sides(_ comparison: Expression.Comparison, _ value: Int64) -> (inside: Int64, outside: Int64)? {
    switch comparison {
    case .greaterOrEqual: (value, value + 1)
    case .greater: (value - 1, value)
    case .lessOrEqual: (value, value - 1)
    case .less: (value + 1, value)
    case .equal, .notEqual: nil
    }
  }
}
