// What hangs on each threshold: for every figure near it, the jump of the total when the bound moves past it, who
// stands there, and what they would gain or lose. And what one more seat of a quota would cost. These are the values
// only; CliffSearch finds them. Knows nothing of how they are shown.

import Engine
import PolicyLanguage

/// The thresholds of a programme with the money on them.
package struct CliffReport: Sendable {
  /// One figure near a threshold.
  package struct Step: Sendable {
    /// The figure in raw form; for a stay a number of months.
    package let value: Int64
    /// Whether it passes as things stand.
    package let passes: Bool
    /// The total with the bound just admitting it (fen); nil where the bound cannot be moved, or where a measure then
    /// refuses a fact.
    package let admitted: Int64?
    /// The total with the bound just not admitting it (fen); nil as above.
    package let refused: Int64?
    /// Who stands there.
    package let subjects: [Threshold.Neighbour]
    /// What the bound's passing them changes for each beneficiary.
    package let changes: [Comparison.Change]

    /// The same without what hangs on it.
    fileprivate var withoutSums: Step {
      Step(value: value, passes: passes, admitted: nil, refused: nil, subjects: subjects, changes: [])
    }

    /// What hangs on it (fen): the total when it is admitted less that when it is not; nil where one is not known.
    package var jump: Int64? {
      guard let admitted, let refused else { return nil }
      return Amounts.add(admitted, -refused)
    }
  }

  /// A threshold with the figures near it.
  package struct Cliff: Sendable {
    /// The comparison that a rule makes.
    package let threshold: Threshold
    /// In the order of their values; never empty.
    package var steps: [Step]
    /// Whether the same figure bounds another measure, too, and what hangs on it is told there.
    package var isToldElsewhere = false

    /// The largest sum (fen) that hangs on one figure near it; 0 where none can be told.
    package var weight: UInt64 { steps.compactMap(\.jump?.magnitude).reduce(0, max) }
  }

  /// A quota's price.
  package struct Price: Sendable {
    /// The quota.
    package let seat: QuotaSeat
    /// What one more seat changes in the total (fen).
    package let oneMore: Int64
    /// What one seat fewer changes in the total (fen), 0 where there is none to take away; nil where a measure then
    /// refuses a fact.
    package let oneFewer: Int64?
    /// Who takes one more.
    package let takers: [Comparison.Change]
    /// Who loses one fewer.
    package let losers: [Comparison.Change]
  }

  /// Those with the most money on them first.
  package let cliffs: [Cliff]
  /// Those with the most money on a seat first.
  package let prices: [Price]
  /// The conditions on a figure near which nobody has been looked for.
  package let unseen: [UnseenCondition]
  /// Whether the work was stopped before its end.
  package let isPartial: Bool

  /// Runs the programme with every bound on either side of the figures near it, so that everything that follows from
  /// it is in the figures: who is paid instead, what is displaced.
  ///
  /// - Parameters:
  ///   - unseen: conditions that the thresholds leave out.
  ///   - base: as things stand.
  ///   - only: a beneficiary or subject, where one is asked about.
  ///   - isCancelled: asked before every run.
  ///   - progress: told how much is done, 0 to 1.
  ///   - run: the programme with the figure at another value; nil where a measure then refuses a fact.
  package static func make(
    _ thresholds: [Threshold], _ quotas: [QuotaSeat], unseen: [UnseenCondition] = [], base: Ledger, only: String?,
    isCancelled: @escaping () -> Bool, progress: (Double) -> Void, run: @escaping (Watched, Int64) -> Ledger?
  ) -> CliffReport {
    var search = CliffSearch(base: base, only: only, isCancelled: isCancelled, run: run)
    let cliffs = toldOnce(search.cliffs(thresholds, progress))
    let prices = search.prices(quotas)
    return CliffReport(
      cliffs: sorted(cliffs, by: \.weight),
      prices: sorted(prices) { [$0.oneMore, $0.oneFewer].compactMap { $0?.magnitude }.reduce(0, max) },
      unseen: unseen, isPartial: search.isStopped)
  }

  /// What hangs on one figure that bounds several measures comes of one run and is one sum: it is told with the measure
  /// that has the figure, and with no other.
  private static func toldOnce(_ cliffs: [Cliff]) -> [Cliff] {
    struct Asked: Hashable {
      let watched: Watched
      let comparison: String
      let isStay: Bool
      let value: Int64
    }
    var told: Set<Asked> = []
    var out = cliffs
    func isOwner(_ i: Int) -> Bool {
      cliffs[i].threshold.watched?.name.hasPrefix(cliffs[i].threshold.measure.id + ".") ?? false
    }
    for i in cliffs.indices.filter(isOwner) + cliffs.indices.filter({ !isOwner($0) }) {
      let threshold = cliffs[i].threshold
      guard let watched = threshold.watched else { continue }
      for (j, step) in cliffs[i].steps.enumerated() where step.admitted != nil || step.refused != nil {
        let asked = Asked(
          watched: watched, comparison: threshold.comparison.rawValue, isStay: threshold.sort == .stay,
          value: step.value)
        if told.insert(asked).inserted { continue }
        out[i].steps[j] = step.withoutSums
        out[i].isToldElsewhere = true
      }
      // What said nothing but the sum is left out.
      if out[i].isToldElsewhere {
        out[i].steps.removeAll { $0.subjects.isEmpty && $0.admitted == nil && $0.refused == nil }
      }
    }
    return out.filter { !$0.steps.isEmpty }
  }

  /// The heaviest first; those of the same weight stay in their order.
  private static func sorted<Value>(_ values: [Value], by weight: (Value) -> UInt64) -> [Value] {
    values.map { (value: $0, weight: weight($0)) }.enumerated().sorted { a, b in
      let (x, y) = (a.element.weight, b.element.weight)
      return x != y ? x > y : a.offset < b.offset
    }.map(\.element.value)
  }
}
