// What the clauses of a measure ask, and of whom: frames and their records, members of sets, records by keys; and in
// amounts the rows of tables and the conditions on which an amount hangs. Knows nothing of money.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension ThresholdFinder {
  // MARK: Conditions of frames

  /// What is asked of the frames' records, and of frames together with their year, their number or their sets.
  func conditions() -> [Threshold] {
    var out: [Threshold] = []
    let all = measure.selection.conditions.flatMap(\.conjuncts)
    let ofRecord = run.frameList == nil ? [] : all.filter { !$0.asksSets && !$0.asksFrame }
    if let list = run.frameList, !ofRecord.isEmpty {
      let place = ownRecordPlace(list)
      var fixed: [Node] = []
      if !run.yearsFromMembers, measure.selection.begins == nil, !run.lowering.windowOnAccrual,
        let date = run.begins(run.dataset.tables[list].declaration, place.context), let w = run.window(date)
      {
        fixed.append(w)
      }
      out += decide(all: ofRecord, others: run.graph.and(fixed), at: place)
    }
    // Frames are those whose records fit; what is asked of them besides is asked of each.
    let parts = lowered(all, run.frameContext)
    let required = lowered(measure.selection.requirements, run.frameContext)
    for (i, part) in all.enumerated() where run.frameList == nil || part.asksSets || part.asksFrame {
      let others = parts.indices.filter { $0 != i }.map { parts[$0] }
      out += decide(part, others: run.graph.and(others + required), at: framePlace())
    }
    return out
  }

  // MARK: Payments

  /// On what it hangs whether a clause pays, and how much.
  func payments(fits: Node) -> [Threshold] {
    let frames = framePlace()
    var out: [Threshold] = []
    for pay in measure.pays where pay.forEach ?? -1 < run.sets.count {
      var place = frames
      if let set = pay.forEach { place = memberPlace(set, run.memberContext(of: pay, set), fits: fits) }
      let others = pay.forEach == nil ? fits : run.graph.truth(Truth.yes)
      let when = pay.when.map { run.lowering.lower($0, place.context, .truth) }
      if pay.forEach != nil, pay.amountInFrame {
        out += explore(pay.amount, others: fits, at: frames)
      } else {
        out += explore(pay.amount, others: run.graph.and([others] + [when].compactMap { $0 }), at: place)
      }
      out += decide(all: pay.when?.conjuncts ?? [], others: others, at: place)
    }
    return out
  }

  /// On what it hangs whether something is taken back.
  func recoveries(fits: Node) -> [Threshold] {
    measure.recoveries.flatMap { recovery -> [Threshold] in
      guard let when = recovery.when else { return [] }
      if let set = recovery.forEach {
        guard set < run.sets.count else { return [] }
        return decide(
          all: when.conjuncts, others: run.graph.truth(Truth.yes),
          at: memberPlace(set, run.recoveryContext(recovery), fits: fits))
      }
      if let list = run.frameList, !when.asksSets, !when.asksFrame {
        return decide(all: when.conjuncts, others: run.baseCondition, at: ownRecordPlace(list))
      }
      return decide(all: when.conjuncts, others: fits, at: framePlace())
    }
  }

  // MARK: Members

  /// What is asked of a set's members, each where everything else holds.
  func members(of set: CheckedSet, _ number: Int) -> [Threshold] {
    let conditions = set.conditions.flatMap(\.conjuncts)
    switch set.source {
    case .list(let name, let field):
      guard let list = run.dataset.dictionary.index(name), !conditions.isEmpty else { return [] }
      if run.hasLate(set) {
        guard let place = candidatePlace(set, number, field, list) else { return [] }
        let inWindow = run.dates(of: set, list: list, place.context).inWindow
        return decide(all: conditions, others: run.graph.and([inWindow].compactMap { $0 }), at: place)
      }
      let link = field.map { run.lowering.column(list, $0) } ?? run.graph.constant32(run.home)
      let context = Lowering.Context.member(list: list, link: link, year: nil)
      var fixed: [Node] = []
      if let inWindow = run.dates(of: set, list: list, context).inWindow { fixed.append(inWindow) }
      if field != nil, run.frameList != nil { fixed.append(run.graph.gather(run.baseCondition, link)) }
      let links = link.domain == .constant ? nil : run.evaluator.values(link).narrow
      let place = recordPlace(.records(number), list, context) { [run] row in
        guard let links, links[row] >= 0 else { return nil }
        return run.dataset.id(links[row], in: run.baseSpace)
      }
      return decide(all: conditions, others: run.graph.and(fixed), at: place)
    case .set(let source):
      guard source < run.sets.count, !conditions.isEmpty else { return [] }
      let list = run.sets[source].list
      let plain = Lowering.Context.member(list: list, link: run.linkNode(of: set), year: nil)
      let place = memberPlace(source, run.hasLate(set) ? nil : plain, fits: run.frameTruthNode)
      return decide(all: conditions, others: run.graph.truth(Truth.yes), at: place)
    case .first(let limit, let source): return places(limit, of: source)
    }
  }

  // MARK: Figures

  /// What an amount hangs on: rows of tables, steps, conditions; of its sums what is asked of each member.
  /// - Parameter others: what holds where the amount matters.
  func explore(_ t: Typed, others: Node, at place: AskedPlace) -> [Threshold] {
    guard t.height > 1, explored.insert(Explored(place: place.key, expression: ObjectIdentifier(t))).inserted
    else { return [] }
    if t.type == .truth { return decide(t, others: others, at: place) }
    var out: [Threshold] = []
    if case .steps(let steps)? = t.telling {
      out += steps.steps.flatMap { step in
        step.upTo.map { tableBound($0, .lessOrEqual, steps.amount, others: others, at: place) } ?? []
      }
    }
    switch t.operation {
    case .ofFrame(let x): return out + explore(x, others: run.frameTruthNode, at: framePlace())
    case .ifThen(let test, let a, let b):
      out += decide(test, others: others, at: place)
      let holds = run.lowering.lower(test, place.context, .truth)
      out += explore(a, others: run.graph.and([others, holds]), at: place)
      return out + explore(b, others: run.graph.and([others, run.lowering.not(holds)]), at: place)
    case .call(let definition, let arguments):
      out += arguments.flatMap { explore($0, others: others, at: place) }
      if case .rows(let table)? = definition.body.telling {
        return out + rows(table, arguments, others: others, at: place)
      }
      let nodes = arguments.map { run.lowering.lower($0, place.context).number }
      guard calls.insert(Call(place: place.key, definition: ObjectIdentifier(definition), arguments: nodes)).inserted
      else { return out }
      return out
        + run.lowering.with(arguments, place.context) {
          // What a definition asks of its arguments it asks in each call.
          let before = explored
          defer { explored = before }
          return explore(definition.body, others: others, at: place)
        }
    case .sum(let x, let set), .different(let x, let set), .extreme(_, let x, let set):
      guard set < run.sets.count else { return out }
      let plain = Lowering.Context.member(
        list: run.sets[set].list, link: run.linkNode(of: measure.sets[set]), year: nil)
      let isOfBoth = x.asksFrame || x.asksFrameRecord
      return out
        + explore(
          x, others: run.graph.truth(Truth.yes),
          at: memberPlace(set, isOfBoth ? nil : plain, fits: run.frameTruthNode))
    case .sideways(let figure): return out + byKeys(figure, at: place)
    // What is asked of the records that are joined to one is asked of none by itself.
    case .spellBegins, .spellEnd, .grouped: return out
    case _: return out + t.parts.flatMap { explore($0, others: others, at: place) }
    }
  }

  /// What is asked of records by keys, and the figures of them.
  private func byKeys(_ figure: SidewaysFigure, at place: AskedPlace) -> [Threshold] {
    let set = figure.set
    guard case .list(let name) = set.members, let list = run.dataset.dictionary.index(name) else { return [] }
    let records = keyedPlace(set, list, asked: place)
    let conditions = set.conditions.flatMap(\.conjuncts)
    let all = run.graph.and(lowered(conditions, records.context))
    var out: [Threshold] = []
    if explored.insert(Explored(place: records.key, expression: ObjectIdentifier(set))).inserted {
      out += decide(all: conditions, others: run.graph.truth(Truth.yes), at: records)
    }
    if let value = figure.value { out += explore(value, others: all, at: records) }
    return out
  }

  // MARK: Tables

  /// The bounds of a table's rows where it is looked up.
  private func rows(
    _ table: TableRows, _ arguments: [Typed], others: Node, at place: AskedPlace
  ) -> [Threshold] {
    /// A bound with the argument that is compared with it, and what else the row asks.
    typealias Bound = (figure: Typed, comparison: Expression.Comparison, argument: Int, others: [Node])
    let bounds = run.lowering.with(arguments, place.context) {
      table.rows.flatMap { row -> [Bound] in
        let parts = row.test?.conjuncts ?? []
        return parts.enumerated().compactMap { i, test -> Bound? in
          guard case .compare(let comparison, let a, let bound) = test.operation, case .argument(let k) = a.operation,
            case .parameter = bound.operation, arguments.indices.contains(k)
          else { return nil }
          let rest = parts.indices.filter { $0 != i }
          return (bound, comparison, k, rest.map { run.lowering.lower(parts[$0], place.context, .truth) })
        }
      }
    }
    return bounds.flatMap { bound in
      tableBound(
        bound.figure, bound.comparison, arguments[bound.argument], others: run.graph.and([others] + bound.others),
        at: place)
    }
  }

  /// Who stands near one bound of a table, told once.
  private func tableBound(
    _ bound: Typed, _ comparison: Expression.Comparison, _ left: Typed, others: Node, at place: AskedPlace
  ) -> [Threshold] {
    guard let figure = watched(bound), bounds.insert(Explored.Bound(place: place.key, name: figure.name)).inserted
    else { return [] }
    return standing(left, comparison, bound, others: others, at: place) ?? []
  }
}
