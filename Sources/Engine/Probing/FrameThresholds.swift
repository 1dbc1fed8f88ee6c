// Thresholds of what is asked of frames and their records, and of the rows of tables that amounts and conditions look
// up: whoever stands near a row's bound stands near another figure. Knows nothing of money.
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
      let row = run.graph.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false)
      let context = Lowering.Context.member(list: list, link: row, year: nil)
      var fixed: [Node] = []
      if !run.yearsFromMembers, measure.selection.begins == nil, !run.lowering.windowOnAccrual,
        let date = run.begins(run.dataset.tables[list].declaration, context), let w = run.window(date)
      {
        fixed.append(w)
      }
      for (i, part) in ofRecord.enumerated() {
        let others = run.graph.and(lowered(ofRecord, without: i, context) + fixed)
        let who: (Int) -> String? = { beneficiary(ofFrameRecord: $0) }
        out += recordThreshold(part, list: list, context, others: others, who: who)
        for lookUp in lookUps(in: part) {
          out += recordThreshold(lookUp, list: list, context, others: others, who: who)
        }
      }
    }
    // Frames are those whose records fit; what is asked of them besides is asked of each.
    let required = measure.selection.requirements.map { run.lowering.lower($0, run.frameContext, .truth) }
    for (i, part) in all.enumerated() where run.frameList == nil || part.asksSets || part.asksFrame {
      let others = run.graph.and(lowered(all, without: i, run.frameContext) + required)
      out += frameThreshold(part, others: others)
      for lookUp in lookUps(in: part) { out += frameThreshold(lookUp, others: others) }
    }
    return out
  }

  private func lowered(_ all: [Typed], without i: Int, _ context: Lowering.Context) -> [Node] {
    all.enumerated().filter { $0.offset != i }.map { run.lowering.lower($0.element, context, .truth) }
  }

  // MARK: Tables

  /// One bound of a table where it is looked up.
  struct LookUp {
    /// What is compared with the bound.
    let left: Typed
    let comparison: Expression.Comparison
    let bound: Typed
    /// What else has to hold for the row, about the definition's arguments.
    let others: [Typed]
    let arguments: [Typed]

    var sides: ComparedSides { ComparedSides(left: left, bound: bound) }
    var type: ValueType { sides.type }
    var figure: Typed { sides.figure(comparison) }
  }

  /// The bounds of tables that amounts look up, each once.
  func tables() -> [Threshold] {
    var out: [Threshold] = []
    var seen: Set<String> = []
    let required = measure.selection.requirements.map { run.lowering.lower($0, run.frameContext, .truth) }
    let fits = run.graph.and([run.frameTruthNode] + required)
    for pay in measure.pays {
      for lookUp in lookUps(in: pay.amount) {
        guard let figure = watched(lookUp.bound), seen.insert(figure.name).inserted else { continue }
        if let set = pay.forEach, !pay.amountInFrame {
          out += memberThreshold(lookUp, pay, set, fits: fits)
        } else {
          out += frameThreshold(lookUp, others: fits)
        }
      }
    }
    return out
  }

  /// Where an expression looks a table up by something that is compared with its bounds, or goes through one.
  func lookUps(in t: Typed) -> [LookUp] {
    var found: [LookUp] = []
    t.walk { part in
      if case .steps(let steps)? = part.telling {
        for step in steps.steps {
          guard let bound = step.upTo, !namesArgument(steps.amount) else { continue }
          found.append(
            LookUp(left: steps.amount, comparison: .lessOrEqual, bound: bound, others: [], arguments: []))
        }
      }
      guard case .call(let definition, let arguments) = part.operation,
        case .rows(let table)? = definition.body.telling, !arguments.contains(where: namesArgument)
      else { return .into }
      for row in table.rows {
        let parts = row.test?.conjuncts ?? []
        for (i, test) in parts.enumerated() {
          guard case .compare(let comparison, let a, let bound) = test.operation, case .argument(let k) = a.operation,
            case .parameter = bound.operation, arguments.indices.contains(k)
          else { continue }
          let others = parts.enumerated().filter { $0.offset != i }.map(\.element)
          found.append(
            LookUp(
              left: arguments[k], comparison: comparison, bound: bound, others: others, arguments: arguments))
        }
      }
      return .into
    }
    return found
  }

  /// Inside a definition what is looked up hangs on whoever calls it.
  private func namesArgument(_ t: Typed) -> Bool {
    t.hasPart { if case .argument = $0.operation { true } else { false } }
  }

  /// The bound of a look-up in raw form, and what else has to hold there; nil where it is not known.
  private func terms(_ lookUp: LookUp, _ context: Lowering.Context) -> (bound: Int64, others: [Node])? {
    guard isFigure(lookUp.bound.type) else { return nil }
    let bound: Int64
    switch run.lowering.lower(lookUp.bound, context).op {
    case .constant64(let v) where !v.isAbsent: bound = v
    case .constant32(let v) where !v.isAbsent: bound = Int64(v)
    case _: return nil
    }
    let others = run.lowering.with(lookUp.arguments, context) {
      lookUp.others.map { run.lowering.lower($0, context, .truth) }
    }
    return lookUp.sides.inType(bound).map { ($0, others) }
  }

  private func frameThreshold(_ lookUp: LookUp, others: Node) -> [Threshold] {
    guard let terms = terms(lookUp, run.frameContext) else { return [] }
    let values = run.frameValues(run.lowering.lower(lookUp.figure, run.frameContext))
    let fits = run.frameValues(run.graph.and([others] + terms.others)).truths
    let who = beneficiaries()
    var all: [Threshold.Neighbour] = []
    for f in 0..<run.frameCount where Truth.holds(fits[f]) {
      guard let v = number(values, f), !isFar(v, terms.bound, lookUp.type) else { continue }
      all.append(neighbour(run.frameName(f), who(f), v, lookUp, terms.bound))
    }
    return made(lookUp, terms.bound, all)
  }

  private func recordThreshold(
    _ lookUp: LookUp, list: Int, _ context: Lowering.Context, others: Node, who: (Int) -> String?
  ) -> [Threshold] {
    guard let terms = terms(lookUp, context) else { return [] }
    let node = run.lowering.lower(lookUp.figure, context)
    guard node.domain == .table(list) else { return [] }
    let values = run.evaluator.values(node)
    let fits = truth(run.graph.and([others] + terms.others), list)
    var all: [Threshold.Neighbour] = []
    for row in 0..<run.dataset.tables[list].count where fits(row) {
      guard let v = number(values, row), !isFar(v, terms.bound, lookUp.type) else { continue }
      let subject = run.dataset.id(Int32(truncatingIfNeeded: row), in: .list(list))
      all.append(neighbour(subject, who(row), v, lookUp, terms.bound))
    }
    return made(lookUp, terms.bound, all)
  }

  private func memberThreshold(_ lookUp: LookUp, _ pay: CheckedPay, _ set: Int, fits: Node) -> [Threshold] {
    let context = run.memberContext(of: pay, set)
    var isOfPairs = false
    if case .pair = context {
      run.makeKnown(set)
      isOfPairs = true
    }
    guard let terms = terms(lookUp, context) else { return [] }
    let frames = run.frameValues(fits).truths
    let node = run.lowering.lower(lookUp.figure, context)
    let other = run.graph.and(terms.others)
    run.fillAggregates()
    let values = run.evaluator.values(node), truths = run.evaluator.values(other).truths
    let members = run.sets[set].all
    let who = beneficiaries()
    var all: [Threshold.Neighbour] = []
    func place(_ node: Node, _ k: Int) -> Int {
      node.domain == .constant ? 0 : isOfPairs && node.isOfPairs ? k : Int(members.rows[k])
    }
    for k in members.rows.indices where Truth.holds(frames[Int(members.frames[k])]) {
      guard Truth.holds(truths[place(other, k)]), let v = number(values, place(node, k)),
        !isFar(v, terms.bound, lookUp.type)
      else { continue }
      let subject = run.dataset.id(members.rows[k], in: .list(run.sets[set].list))
      all.append(neighbour(subject, who(Int(members.frames[k])), v, lookUp, terms.bound))
    }
    return made(lookUp, terms.bound, all)
  }

  /// Of many only those can be near that are.
  private func isFar(_ value: Int64, _ bound: Int64, _ type: ValueType) -> Bool {
    isCounted(type) && abs(value - bound) > near
  }

  private func neighbour(
    _ subject: String, _ beneficiary: String?, _ value: Int64, _ lookUp: LookUp, _ bound: Int64
  ) -> Threshold.Neighbour {
    Threshold.Neighbour(
      subject: subject, beneficiary: beneficiary, value: value,
      passes: Comparing.holds(lookUp.comparison, value, bound))
  }

  private func made(_ lookUp: LookUp, _ bound: Int64, _ all: [Threshold.Neighbour]) -> [Threshold] {
    let watched = watched(lookUp.bound), unit = lookUp.sides.unit
    return [made(.figure, lookUp.left, watched, lookUp.comparison, lookUp.type, bound, all, unit: unit)]
      .compactMap { $0 }
  }
}
