// The thresholds of a programme as its rules have them: every comparison of something counted or stated with a figure
// of the text, with everybody who stands near. Read off the engine's own columns, not sampled. Knows nothing of money.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// A comparison that decides who is paid.
package struct Threshold: Sendable {
  /// Somebody, or a group, that the comparison is made for.
  package struct Neighbour: Sendable {
    /// The id of the record, with its year where it has one.
    package let subject: String
    /// The id of whoever would be paid; nil where that cannot be said.
    package let beneficiary: String?
    /// What is compared with the bound, in raw form; for stays the days stayed beyond the day that is asked for
    /// (negative: short of it); for places how many come after the last.
    package let value: Int64
    /// Whether the comparison holds.
    package let passes: Bool
  }

  /// What is compared.
  package enum Sort: Sendable {
    /// A count, sum or fact against a figure.
    case figure
    /// A stay of some months.
    case stay
    /// A place among the first of a set, of whom there are not as many everywhere.
    case place
  }

  /// What is compared.
  package let sort: Sort
  /// The measure that it is a condition of.
  package let measure: CheckedMeasure
  /// The figure, where it can be varied.
  package let watched: Watched?
  /// What is held against it: a count, a fact, the months of a stay.
  package let figure: Typed
  /// With the bound on the right.
  package let comparison: Expression.Comparison
  /// The unit of the bound.
  package let type: ValueType
  /// The bound as it is, in raw form.
  package let bound: Int64
  /// What one more of the figure's own raw form is in that of what is compared: more than 1 where a whole number bounds
  /// a decimal or a quotient.
  package let unit: Int64
  /// Those who stand near, the nearest first; everything else about them fits.
  package let near: [Neighbour]
  /// How many there are besides who stand as near but are not listed.
  package let unlisted: Int

  /// The bound in the raw form of the figure's own type, as settings have it: 120 where a decimal is held against a
  /// whole number of 120, which is 12,000,000,000 in `type`.
  package var ownBound: Int64 { unit == 1 ? bound : bound / unit }

  /// Whether a figure passes as things stand.
  package func admits(_ value: Int64) -> Bool { Comparing.holds(comparison, value, bound) }
}

/// A condition on a figure of the text that is not looked at: nobody can say who stands near it.
package struct UnseenCondition: Sendable {
  /// The measure that it belongs to.
  package let measure: CheckedMeasure
  package let condition: Typed
}

/// A limit on how many are paid.
package struct QuotaSeat: Sendable {
  /// The measure that it limits.
  package let measure: CheckedMeasure
  /// The figure, where it can be varied.
  package let watched: Watched?
  /// How many seats there are.
  package let limit: Int64
}

extension Engine {
  /// Every threshold of a programme.
  /// - Parameters:
  ///   - near: how near is near: units for counts, months and days; for money, shares and dates so many different
  ///     figures on either side.
  ///   - listed: how many are listed for one threshold.
  package static func thresholds(
    _ documents: [CheckedDocument], scenario: Scenario, settings: RunSettings, near: Int64, listed: Int = 200,
    memory: RunMemory? = nil, isCancelled: () -> Bool = { false }
  ) -> (thresholds: [Threshold], quotas: [QuotaSeat], unseen: [UnseenCondition]) {
    var thresholds: [Threshold] = []
    var quotas: [QuotaSeat] = []
    var unseen: [UnseenCondition] = []
    var index = 0
    for document in documents {
      for measure in document.measures {
        defer { index += 1 }
        guard measure.form == .measure, !isCancelled(), measure.lacks(in: scenario.dataset.dictionary) == nil else {
          continue
        }
        let run = stepped(
          measure, of: document, index: index, scenario: scenario, settings: settings, memory: memory)
        let finder = ThresholdFinder(run, near: near, listed: listed)
        thresholds += finder.find()
        quotas += finder.quotas()
        unseen += finder.unseen()
      }
    }
    return (thresholds, quotas, unseen)
  }
}

/// Reads the thresholds of one measure.
final class ThresholdFinder {
  let run: MeasureRun
  let near: Int64
  let listed: Int
  /// The conditions that have been looked at, whoever stands near them.
  var looked: Set<ObjectIdentifier> = []
  /// What has been gone through for tables and conditions of amounts, and where.
  var explored: Set<Explored> = []
  /// The calls of definitions that have been gone through, and where.
  var calls: Set<Call> = []
  /// The bounds of tables that have been found, and where.
  var bounds: Set<Explored.Bound> = []
  /// The comparisons that have been told, and where.
  var told: Set<Told> = []
  /// How many conditions have been taken apart.
  var decisions = 0

  /// An expression at a place.
  struct Explored: Hashable {
    let place: AskedPlace.Key
    let expression: ObjectIdentifier

    /// A table's bound at a place.
    struct Bound: Hashable {
      let place: AskedPlace.Key
      let name: String
    }
  }

  /// A comparison of the text at a place.
  struct Told: Hashable {
    let place: AskedPlace.Key
    let node: Int
    let comparison: Expression.Comparison
    /// The name of a figure of the text, or where the comparison stands that has one of its own.
    let bound: String
  }

  /// A definition of some arguments at a place.
  struct Call: Hashable {
    let place: AskedPlace.Key
    let definition: ObjectIdentifier
    let arguments: [Int]
  }

  init(_ run: MeasureRun, near: Int64, listed: Int) {
    self.run = run
    self.near = near
    self.listed = listed
  }

  var measure: CheckedMeasure { run.measure }

  func quotas() -> [QuotaSeat] {
    measure.limits.quotas.compactMap { quota in
      let node = run.lowering.lower(quota.limit, run.frameContext, .int64)
      guard case .constant64(let limit) = node.op, limit >= 0 else { return nil }
      return QuotaSeat(measure: measure, watched: watched(quota.limit), limit: limit)
    }
  }

  func find() -> [Threshold] {
    var out: [Threshold] = []
    // Requirements on counts: of frames for which everything else holds.
    let requirements = measure.selection.requirements.flatMap(\.conjuncts)
    let frames = framePlace()
    out += decide(all: requirements, others: run.frameTruthNode, at: frames)
    // What is granted without a payment, such as a title.
    let required = run.graph.and([run.frameTruthNode] + lowered(requirements, run.frameContext))
    for grant in measure.grants { out += decide(all: grant.when?.conjuncts ?? [], others: required, at: frames) }
    out += conditions()
    out += payments(fits: required)
    for (i, set) in measure.sets.enumerated() { out += members(of: set, i) }
    out += recoveries(fits: required)
    return out
  }

  func lowered(_ all: [Typed], _ context: Lowering.Context) -> [Node] {
    all.map { run.lowering.lower($0, context, .truth) }
  }

  /// The figure that an expression is, where it is one alone.
  func watched(_ t: Typed) -> Watched? {
    if case .parameter(let id) = t.operation { return Watched(parameter: id) }
    if case .value(let name) = t.operation { return Watched(value: name) }
    return nil
  }

  func number(_ values: Values, _ i: Int) -> Int64? {
    switch values.column {
    case .int64(let v): v[i].isAbsent ? nil : v[i]
    case .int32(let v): v[i].isAbsent ? nil : Int64(v[i])
    case .truth: Invariant.broken("threshold-of-figures: what is near a bound is a figure")
    }
  }

  // MARK: Who is near

  /// Whether a bound of this type can be moved up and down.
  func isFigure(_ type: ValueType) -> Bool {
    switch type {
    case .number, .money, .amount, .rate, .months, .days, .share, .decimal, .date: true
    case .truth, .partMonths, .fraction, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken: false
    }
  }

  /// Whether one more or less is near.
  func isCounted(_ type: ValueType) -> Bool {
    switch type {
    case .number, .months, .days: true
    case .truth, .partMonths, .money, .amount, .rate, .share, .decimal, .fraction, .date, .dateOrYear, .place, .text,
      .choice, .record, .set,
      .nothing, .broken:
      false
    }
  }

  /// What stands at a place: by its position there.
  struct Standing {
    let position: Int
    let value: Int64
    let passes: Bool
  }

  /// What is held against a bound.
  struct Held {
    var sort = Threshold.Sort.figure
    let figure: Typed
    let watched: Watched?
    let comparison: Expression.Comparison
    let type: ValueType
    let bound: Int64
    var unit: Int64 = 1
  }

  /// - Parameter unnamed: how many there are besides that stand no nearer than the last that is listed.
  func made(_ held: Held, _ all: [Standing], at place: AskedPlace, unnamed: Int = 0) -> Threshold? {
    let bound = held.bound, isCounted = isCounted(held.type)
    var chosen: [Standing]
    if held.sort != .figure {
      chosen = all
    } else if isCounted {
      chosen = all.filter { abs($0.value - bound) <= near }
    } else {
      // The nearest different figures on either side.
      func figures(_ passing: Bool) -> Set<Int64> {
        let values = Set(all.filter { $0.passes == passing }.map(\.value))
        return Set(values.sorted { abs($0 - bound) < abs($1 - bound) }.prefix(Int(clamping: near)))
      }
      let wanted = figures(true).union(figures(false))
      chosen = all.filter { wanted.contains($0.value) }
    }
    guard !chosen.isEmpty || (held.watched != nil && isCounted && held.sort == .figure) else { return nil }
    let origin = held.sort == .figure ? bound : 0
    let names = Dictionary(
      chosen.map { ($0.position, place.subject($0.position)) }, uniquingKeysWith: { first, _ in first })
    func name(_ one: Standing) -> String { names[one.position] ?? "" }
    chosen.sort {
      let (x, y) = (abs($0.value - origin), abs($1.value - origin))
      return x != y ? x < y : name($0).utf8.lexicographicallyPrecedes(name($1).utf8)
    }
    let named = chosen.prefix(listed).map { one in
      Threshold.Neighbour(
        subject: name(one), beneficiary: place.beneficiary(one.position), value: one.value, passes: one.passes)
    }
    return Threshold(
      sort: held.sort, measure: measure, watched: held.watched, figure: held.figure, comparison: held.comparison,
      type: held.type, bound: bound, unit: held.unit, near: named,
      unlisted: max(0, chosen.count - listed) + unnamed)
  }

  /// Who is paid for a frame.
  func beneficiaries() -> (Int) -> String? {
    // Where each member says who is paid, no one is paid for the frame.
    guard measure.pays.first?.whoInFrame != false,
      let who = measure.pays.first?.who ?? measure.grants.first?.who
    else { return { _ in nil } }
    let values = run.frameValues(run.lowering.lower(who, run.frameContext, .int32)).narrow
    let space = run.space(of: who)
    return { [run] f in
      values[f] >= 0 ? run.dataset.id(values[f], in: space) : nil
    }
  }

  /// Who is paid for a record that frames are made of, whether it is a frame now or not.
  func beneficiary(ofFrameRecord row: Int) -> String? {
    guard let list = run.frameList, measure.pays.first?.whoInFrame == true, let who = measure.pays.first?.who else {
      return nil
    }
    let record = run.graph.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false)
    let node = run.lowering.lower(who, .member(list: list, link: record, year: nil), .int32)
    guard node.domain == .table(list) else { return nil }
    let values = run.evaluator.values(node).narrow
    guard values[row] >= 0 else { return nil }
    return run.dataset.id(values[row], in: run.space(of: who))
  }
}
