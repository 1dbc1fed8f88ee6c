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
    /// (negative: short of it).
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

  /// Whether a figure passes as things stand.
  package func admits(_ value: Int64) -> Bool { Comparing.holds(comparison, value, bound) }
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
  ) -> (thresholds: [Threshold], quotas: [QuotaSeat]) {
    var thresholds: [Threshold] = []
    var quotas: [QuotaSeat] = []
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
      }
    }
    return (thresholds, quotas)
  }
}

/// Reads the thresholds of one measure.
struct ThresholdFinder {
  let run: MeasureRun
  let near: Int64
  let listed: Int

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
    for (i, part) in requirements.enumerated() {
      let others = requirements.enumerated().filter { $0.offset != i }.map {
        run.lowering.lower($0.element, run.frameContext, .truth)
      }
      out += frameThreshold(part, others: run.graph.and([run.frameTruthNode] + others))
    }
    // What is granted without a payment, such as a title.
    let required = requirements.map { run.lowering.lower($0, run.frameContext, .truth) }
    for grant in measure.grants {
      let parts = grant.when?.conjuncts ?? []
      for (i, part) in parts.enumerated() {
        let others = parts.enumerated().filter { $0.offset != i }.map {
          run.lowering.lower($0.element, run.frameContext, .truth)
        }
        out += frameThreshold(part, others: run.graph.and([run.frameTruthNode] + required + others))
      }
    }
    out += conditions()
    out += tables()
    for set in measure.sets {
      guard case .list(let name, let field) = set.source, let list = run.dataset.dictionary.index(name) else {
        continue
      }
      let link = field.map { run.lowering.column(list, $0) } ?? run.graph.constant32(run.home)
      let context = Lowering.Context.member(list: list, link: link, year: nil)
      let conditions = set.conditions.flatMap(\.conjuncts)
      var fixed: [Node] = []
      if let inWindow = run.dates(of: set, list: list, context).inWindow { fixed.append(inWindow) }
      if field != nil, run.frameList != nil { fixed.append(run.graph.gather(run.baseCondition, link)) }
      let links = link.domain == .constant ? nil : run.evaluator.values(link).narrow
      for (i, part) in conditions.enumerated() {
        let others = conditions.enumerated().filter { $0.offset != i }.map {
          run.lowering.lower($0.element, context, .truth)
        }
        out += recordThreshold(part, list: list, context, others: run.graph.and(others + fixed)) { row in
          guard let links else { return nil }
          let record = links[row]
          return record >= 0 ? run.dataset.id(record, in: run.baseSpace) : nil
        }
      }
    }
    return out
  }

  /// The figure that an expression is, where it is one alone.
  func watched(_ t: Typed) -> Watched? {
    if case .parameter(let id) = t.operation { return Watched(parameter: id) }
    if case .value(let name) = t.operation { return Watched(value: name) }
    return nil
  }

  // MARK: Comparisons

  /// A comparison with a figure of the text on one side, turned so that it stands on the right.
  private func comparison(_ t: Typed, _ context: Lowering.Context) -> (
    left: Typed, op: Expression.Comparison, bound: Int64, watched: Watched?, type: ValueType, unit: Int64
  )? {
    guard case .compare(let op, let a, let b) = t.operation else { return nil }
    func constant(_ x: Typed) -> Int64? {
      guard isFigure(x.type) else { return nil }
      let op = run.lowering.lower(x, context).op
      if case .constant64(let v) = op { return v.isAbsent ? nil : v }
      if case .constant32(let v) = op { return v.isAbsent ? nil : Int64(v) }
      return nil
    }
    func made(_ left: Typed, _ op: Expression.Comparison, _ bound: Typed, _ raw: Int64) -> (
      left: Typed, op: Expression.Comparison, bound: Int64, watched: Watched?, type: ValueType, unit: Int64
    )? {
      let sides = ComparedSides(left: left, bound: bound)
      return sides.inType(raw).map { (sides.figure(op), op, $0, watched(bound), sides.type, sides.unit) }
    }
    if let bound = constant(b), constant(a) == nil { return made(a, op, b, bound) }
    if let bound = constant(a), constant(b) == nil { return made(b, ThresholdFinder.turned(op), a, bound) }
    // 贫困劳动力不少于用工总数的30%: a part of what differs from case to case is a ratio against the share.
    for (part, whole, op) in [(a, b, op), (b, a, ThresholdFinder.turned(op))] {
      guard case .multiply(let x, let y) = whole.operation else { continue }
      for (share, base) in [(x, y), (y, x)] where share.type == .share {
        guard let bound = constant(share), constant(base) == nil else { continue }
        return made(Typed(.divide(part, base), .fraction, at: part.location), op, share, bound)
      }
    }
    return nil
  }

  /// A condition that a figure lies between two bounds is one on each of them, where the other holds.
  private func bounds(
    _ part: Typed, _ context: Lowering.Context, others: Node, _ find: (Typed, Node) -> [Threshold]
  ) -> [Threshold]? {
    guard case .between(let x, let low, let high) = part.operation else { return nil }
    let least = Typed(.compare(.greaterOrEqual, x, low), .truth, at: part.location)
    let most = Typed(.compare(.lessOrEqual, x, high), .truth, at: part.location)
    func with(_ other: Typed) -> Node { run.graph.and([others, run.lowering.lower(other, context, .truth)]) }
    return find(least, with(most)) + find(most, with(least))
  }

  private static func turned(_ op: Expression.Comparison) -> Expression.Comparison {
    switch op {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: op
    }
  }

  func frameThreshold(_ part: Typed, others: Node) -> [Threshold] {
    if let both = bounds(part, run.frameContext, others: others, { frameThreshold($0, others: $1) }) { return both }
    guard let c = comparison(part, run.frameContext), c.op != .equal, c.op != .notEqual else { return [] }
    let values = run.frameValues(run.lowering.lower(c.left, run.frameContext))
    let held = run.frameValues(run.lowering.lower(part, run.frameContext, .truth)).truths
    let fits = run.frameValues(others).truths
    let who = beneficiaries()
    var all: [Threshold.Neighbour] = []
    for f in 0..<run.frameCount where Truth.holds(fits[f]) {
      guard let v = number(values, f) else { continue }
      // Of many frames only those can be near that are.
      if isCounted(c.type), abs(v - c.bound) > near { continue }
      all.append(
        Threshold.Neighbour(
          subject: run.frameName(f), beneficiary: who(f), value: v, passes: Truth.holds(held[f])))
    }
    return [made(.figure, c.left, c.watched, c.op, c.type, c.bound, all, unit: c.unit)].compactMap { $0 }
  }

  func recordThreshold(
    _ part: Typed, list: Int, _ context: Lowering.Context, others: Node, who: @escaping (Int) -> String?
  ) -> [Threshold] {
    if case .stable(let months, let from, let to) = part.operation {
      return stay(months, from, to, list: list, context, others: others, who: who)
    }
    if let both = bounds(
      part, context, others: others, { recordThreshold($0, list: list, context, others: $1, who: who) })
    {
      return both
    }
    guard let c = comparison(part, context), c.op != .equal, c.op != .notEqual else { return [] }
    let node = run.lowering.lower(c.left, context)
    guard node.domain == .table(list) else { return [] }
    let values = run.evaluator.values(node)
    let held = truth(run.lowering.lower(part, context, .truth), list)
    let fits = truth(others, list)
    var all: [Threshold.Neighbour] = []
    for row in 0..<run.dataset.tables[list].count where fits(row) {
      guard let v = number(values, row) else { continue }
      // Of many records only those can be near that are.
      if isCounted(c.type), abs(v - c.bound) > near { continue }
      all.append(
        Threshold.Neighbour(
          subject: run.dataset.id(Int32(truncatingIfNeeded: row), in: .list(list)), beneficiary: nil, value: v,
          passes: held(row)))
    }
    return [made(.figure, c.left, c.watched, c.op, c.type, c.bound, all, unit: c.unit, who: (list, who))]
      .compactMap { $0 }
  }

  func truth(_ node: Node, _ list: Int) -> (Int) -> Bool {
    let values = run.evaluator.values(node).truths
    if node.domain == .constant { return { _ in Truth.holds(values[0]) } }
    return { Truth.holds(values[$0]) }
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

  /// - Parameter unnamed: how many there are besides that stand no nearer than the last that is listed.
  func made(
    _ sort: Threshold.Sort, _ figure: Typed, _ watched: Watched?, _ op: Expression.Comparison, _ type: ValueType,
    _ bound: Int64, _ all: [Threshold.Neighbour], unnamed: Int = 0, unit: Int64 = 1,
    who: (list: Int, of: (Int) -> String?)? = nil
  ) -> Threshold? {
    var chosen: [Threshold.Neighbour]
    if sort == .stay {
      chosen = all
    } else if isCounted(type) {
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
    guard !chosen.isEmpty || (watched != nil && isCounted(type) && sort == .figure) else { return nil }
    let origin = sort == .stay ? 0 : bound
    chosen.sort {
      let (x, y) = (abs($0.value - origin), abs($1.value - origin))
      return x != y ? x < y : $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8)
    }
    let unlisted = max(0, chosen.count - listed) + unnamed
    chosen = Array(chosen.prefix(listed))
    if let who {
      chosen = chosen.map { s in
        let row = run.dataset.row(s.subject, in: .list(who.list)).map(Int.init)
        return Threshold.Neighbour(
          subject: s.subject, beneficiary: row.flatMap(who.of), value: s.value, passes: s.passes)
      }
    }
    return Threshold(
      sort: sort, measure: measure, watched: watched, figure: figure, comparison: op, type: type, bound: bound,
      unit: unit, near: chosen, unlisted: unlisted)
  }

  /// Who is paid for a frame.
  func beneficiaries() -> (Int) -> String? {
    // Where each member says who is paid, no one is paid for the frame.
    guard measure.pays.first?.whoInFrame != false,
      let who = measure.pays.first?.who ?? measure.grants.first?.who
    else { return { _ in nil } }
    let values = run.frameValues(run.lowering.lower(who, run.frameContext, .int32)).narrow
    let space = run.space(of: who)
    return { f in
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
