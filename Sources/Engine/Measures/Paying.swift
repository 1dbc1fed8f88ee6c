// What a measure's frames and members are paid: amounts, accrual dates, once-only rules and quotas. Taking the higher
// across documents is in TakeTheHigher.swift.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// What one `pay` clause reckons, before once-only rules and quotas.
struct Candidates: Sendable {
  var frames: [Int32] = []
  /// For payments for members: their rows; else empty.
  var members: [Int32] = []
  /// For payments for frames: the records or texts that the frames are of; else empty.
  var subjects: [Int32] = []
  var beneficiaries: [Int32] = []
  /// Accrual dates; empty where they are worked out when somebody asks (`late`).
  var dates: [Int32] = []
  var late: LateDates?
  /// Fen, or units where the amount hangs on a missing value; one for all where `constant`.
  var amounts: [Int64] = []
  var constant: Int64?
  var standings: [UInt8] = []
  let clause: Int
  let beneficiarySpace: Space
  /// The list of members, for payments for members.
  let memberList: Int?
  var missing: [String] = []
  var unitsAreMonths = false
  var low: Int64?
  /// In place of all columns: one rate for the members of frames, not made one by one yet.
  var common: CommonRate?

  func amount(_ i: Int) -> Int64 { constant ?? amounts[i] }
  var count: Int { common?.count ?? frames.count }

  /// The same with its columns made.
  func oneByOne() -> Candidates {
    guard let common else { return self }
    var made = self
    made.common = nil
    (made.members, made.frames, made.dates, made.beneficiaries) = common.columns
    return made
  }

  mutating func keep(_ test: (Int) -> Bool) {
    var c = 0
    let many = constant == nil
    for i in frames.indices where test(i) {
      frames[c] = frames[i]
      if !members.isEmpty { members[c] = members[i] }
      if !subjects.isEmpty { subjects[c] = subjects[i] }
      beneficiaries[c] = beneficiaries[i]
      if late == nil { dates[c] = dates[i] }
      if many { amounts[c] = amounts[i] }
      if !standings.isEmpty { standings[c] = standings[i] }
      c += 1
    }
    let drop = frames.count - c
    frames.removeLast(drop)
    if !members.isEmpty { members.removeLast(drop) }
    if !subjects.isEmpty { subjects.removeLast(drop) }
    beneficiaries.removeLast(drop)
    if late == nil { dates.removeLast(drop) }
    if many { amounts.removeLast(drop) }
    if !standings.isEmpty { standings.removeLast(drop) }
  }
}

extension MeasureRun {
  /// What the measure pays.
  func pay() -> [Candidates] {
    errorsOfFrames()
    var all: [Candidates] = []
    for (i, clause) in measure.pays.enumerated() {
      if let set = clause.forEach {
        all.append(payMembers(clause, i, sets[set]))
      } else {
        all.append(payFrames(clause, i))
      }
    }
    // Who ranks or limits payments has to see them one by one.
    if !measure.limits.oncePer.isEmpty || measure.limits.onlyFirst != nil || measure.limits.onlyHighest != nil
      || !measure.limits.quotas.isEmpty
    {
      all = all.map { $0.oneByOne() }
    }
    onceOnly(&all)
    if !measure.limits.quotas.isEmpty { applyQuotas(&all) }
    return all
  }

  /// The frames that meet everything.
  func passingFrames() -> [Int32] {
    var out: [Int32] = []
    out.reserveCapacity(truth.count)
    for f in truth.indices where truth[f] & 0b11 == 0b11 { out.append(Int32(truncatingIfNeeded: f)) }
    return out
  }

  func errorsOfFrames() {
    guard !measure.outcome.errors.isEmpty else { return }
    let passing = passingFrames()
    for (message, when) in measure.outcome.errors {
      guard let values = frameValues(lowering.lower(when, frameContext, .truth)).truth else { continue }
      for f in passing where values[Int(f)] & 0b11 == 0b11 {
        let name = frameName(Int(f))
        diagnostics.append(
          .error(
            "refused-fact",
            Text(
              "\(name): \(message.en) (\(measure.id), article \(measure.article))",
              zh: "\(name)：\(message.zh)（\(measure.id)，\(measure.article)）"),
            hint: Text("Correct the fact of \(name), or the measure's bounds.", zh: "请更正 \(name) 的事实，或调整措施的界限。"),
            at: baseSpaceTable.flatMap { $0.origin(Int(base[Int(f)])) }))
      }
    }
  }

  var baseSpaceTable: FactTable? { frameList.map { dataset.tables[$0] } }

  /// The subject's id of a frame, with its year.
  func frameName(_ f: Int) -> String {
    let name = dataset.id(base[f], in: baseSpace)
    return framesHaveYear && !iteration.isEmpty && iteration[f] > Absent.none64 ? name + "@\(iteration[f])" : name
  }

  /// Where the beneficiaries that an expression names are to be found.
  func space(of who: Typed) -> Space {
    switch who.type {
    case .record(let list): return .list(dataset.dictionary.index(list) ?? 0)
    default:
      switch who.operation {
      case .selfRecord, .frameRecord: return baseSpace
      case .selfField(let field):
        if let frameList, case .ownIDs? = dataset.tables[frameList].columns[field.name]?.data {
          return .list(frameList)
        }
        return .text
      case .field(let record, let field):
        if case .record(let list) = record.type, let i = dataset.dictionary.index(list),
          case .ownIDs? = dataset.tables[i].columns[field.name]?.data
        {
          return .list(i)
        }
        return .text
      default: return .text
      }
    }
  }

  /// The by-reference values that an amount lacks.
  func missingValues(_ node: Node) -> [String] {
    var names: [String] = []
    var seen: Set<Int> = []
    let known = Set(document.values.map(\.name))
    func visit(_ n: Node) {
      guard seen.insert(n.number).inserted else { return }
      if case .missing(let name, _) = n.op, known.contains(name), !names.contains(name) { names.append(name) }
      if case .gather(let inner) = n.op { visit(inner) }
      for i in n.inputs { visit(i) }
    }
    visit(node)
    return names.sorted()
  }

  /// How many units an unpriced amount comes to: its months where the missing value is monthly, else one.
  func units(_ t: Typed, _ context: Lowering.Context) -> (node: Node, months: Bool) {
    switch t.operation {
    case .multiply(let a, let b):
      let la = missingValues(lowering.lower(a, context)), lb = missingValues(lowering.lower(b, context))
      if a.type == .moneyPerMonth, b.type == .months, !la.isEmpty { return (lowering.lower(b, context, .int64), true) }
      if b.type == .moneyPerMonth, a.type == .months, !lb.isEmpty { return (lowering.lower(a, context, .int64), true) }
      // Nothing of something is nothing, whatever its price.
      if !la.isEmpty { return units(of: units(a, context), unlessZero: b, context) }
      if !lb.isEmpty { return units(of: units(b, context), unlessZero: a, context) }
    case .divide(let a, _): return units(a, context)
    case .ifThen(let c, let a, let b):
      if case .constantTruth(let v) = lowering.lower(c, context).op {
        return units(v == Truth.yes ? a : b, context)
      }
    default: break
    }
    return (graph.constant64(1), false)
  }

  private func units(
    of units: (node: Node, months: Bool), unlessZero factor: Typed, _ context: Lowering.Context
  ) -> (node: Node, months: Bool) {
    let value = lowering.lower(factor, context, .int64)
    let zero = graph.constant64(0)
    if case .constant64(let v) = value.op { return v == 0 ? (zero, units.months) : units }
    let isZero = graph.apply(.compare(.equal), [value, zero], register: .truth, mayBeAbsent: false)
    let node = graph.apply(
      .ifThen, [isZero, zero, units.node], register: .int64, mayBeAbsent: true, liftsAbsence: false)
    return (node, units.months)
  }

  /// A number that is the same for all: a constant, or one that hangs on constants only.
  private func sameForAll(_ node: Node) -> Int64? {
    if case .constant64(let v) = node.op { return v }
    guard node.domain == .constant, let v = evaluator.values(node).int64?[0], v > Absent.none64 else { return nil }
    return v
  }

  // MARK: One payment a frame

  func payFrames(_ clause: CheckedPay, _ index: Int) -> Candidates {
    var c = Candidates(clause: index, beneficiarySpace: space(of: clause.who), memberList: nil)
    let who = lowering.lower(clause.who, frameContext, .int32)
    var amount = lowering.lower(clause.amount, frameContext, .int64)
    c.missing = missingValues(amount)
    if !c.missing.isEmpty {
      let u = units(clause.amount, frameContext)
      amount = u.node
      c.unitsAreMonths = u.months
    }
    // A date that there is sure to be decides nothing.
    let frames = passingFrames()
    if let on = clause.on, !lowering.windowOnAccrual, isSure(on, for: frames) { c.late = LateDates(self, on) }
    let on =
      c.late != nil
      ? graph.constant32(0)
      : clause.on.map { lowering.lower($0, frameContext, .int32) } ?? frameBegins(yearly: false)
        ?? graph.constant32(Absent.none32)
    var whenParts = clause.when.map { [lowering.lower($0, frameContext, .truth)] } ?? []
    if lowering.windowOnAccrual, let w = window(on) { whenParts.append(w) }
    let when = graph.and(whenParts)
    if let low = clause.low, case .constant64(let v) = lowering.lower(low, frameContext).op { c.low = v }
    fillAggregates()
    var undetermined: [Int32] = []
    var negative = 0
    c.constant = sameForAll(amount)
    let parts = payments(
      of: frames, [when, who, amount, on], hasOneAmount: c.constant != nil, hasLateDates: c.late != nil)
    c.frames = Part.joined(parts, \.frames)
    c.subjects = c.frames.map { base[Int($0)] }
    c.beneficiaries = Part.joined(parts, \.beneficiaries)
    if c.constant == nil { c.amounts = Part.joined(parts, \.amounts) }
    if c.late == nil { c.dates = Part.joined(parts, \.dates) }
    for part in parts {
      undetermined += part.undetermined
      negative += part.negative
    }
    tell(negative)
    if !undetermined.isEmpty {
      var facts: Set<String> = []
      for node in [when, who, amount, on] { facts.formUnion(blame(node, rows: undetermined)) }
      noteUndetermined(undetermined.lazy.map { [base] in base[Int($0)] }, facts: facts)
    }
    return c
  }

  /// One thread's share of what frames are paid, in buffers as long as they can ever have to be: pages that nothing is
  /// written to cost nothing.
  private final class Part: @unchecked Sendable {
    let frames: UnsafeMutablePointer<Int32>
    let beneficiaries: UnsafeMutablePointer<Int32>
    let amounts: UnsafeMutablePointer<Int64>
    let dates: UnsafeMutablePointer<Int32>
    var count = 0
    var undetermined: [Int32] = []
    var negative = 0

    init(capacity: Int) {
      frames = .allocate(capacity: capacity)
      beneficiaries = .allocate(capacity: capacity)
      amounts = .allocate(capacity: capacity)
      dates = .allocate(capacity: capacity)
    }

    deinit {
      frames.deallocate()
      beneficiaries.deallocate()
      amounts.deallocate()
      dates.deallocate()
    }

    /// - Parameter frame: the batch's frames.
    func take(_ worker: Worker, _ frame: UnsafePointer<Int32>, _ n: Int, hasOneAmount: Bool, hasLateDates: Bool) {
      let t = worker.truth(0), b = worker.int32(1), a = worker.int64(2), d = worker.int32(3)
      var at = count
      for k in 0..<n {
        let test = t[k] & 0b11
        if test == 0 || b[k] == Absent.none32 || a[k] == Absent.none64 || a[k] == 0 || d[k] == Absent.none32 {
          continue
        }
        if test == 1 || b[k] == Absent.unknown32 || a[k] == Absent.unknown64 || d[k] == Absent.unknown32 {
          undetermined.append(frame[k])
        } else if a[k] < 0 {
          negative += 1
        } else {
          frames[at] = frame[k]
          beneficiaries[at] = b[k]
          if !hasOneAmount { amounts[at] = a[k] }
          if !hasLateDates { dates[at] = d[k] }
          at &+= 1
        }
      }
      count = at
    }

    static func joined<T: BitwiseCopyable>(_ parts: [Part], _ column: (Part) -> UnsafeMutablePointer<T>) -> [T] {
      Array(unsafeUninitializedCapacity: parts.reduce(0) { $0 + $1.count }) { buffer, filled in
        for p in parts {
          buffer.baseAddress.map { ($0 + filled).initialize(from: column(p), count: p.count) }
          filled += p.count
        }
      }
    }
  }

  /// What frames are paid, in their order: whether, who, how much, on which day. What hangs on the frames' records alone
  /// is asked of those records, and of no others of their list.
  private func payments(of frames: [Int32], _ roots: [Node], hasOneAmount: Bool, hasLateDates: Bool) -> [Part] {
    let direct = atRecords(roots)
    let rows = direct == nil ? frames : frames.map { base[Int($0)] }
    let parts = (0..<evaluator.threads).map { _ in Part(capacity: max(rows.count, 1)) }
    rows.withUnsafeBufferPointer { list in
      frames.withUnsafeBufferPointer { frames in
        guard let frames = frames.baseAddress else { return }
        evaluator.runParts(direct ?? roots, over: .list(list)) { number, worker, start, n in
          parts[number].take(worker, frames + start, n, hasOneAmount: hasOneAmount, hasLateDates: hasLateDates)
        }
      }
    }
    return parts
  }

  /// Amounts below zero are no payments; that there were some is told.
  func tell(_ negative: Int) {
    guard negative > 0 else { return }
    diagnostics.append(
      Diagnostic(
        .warning, code: "negative",
        Text(
          "\(measure.id): \(negative) amounts come out below zero and are left out.",
          zh: "\(measure.id)：\(negative) 笔金额为负，未计入。"),
        hint: Text("Use `larger of (0 yuan, …)` if that is what is meant.", zh: "如本意如此，请写 `larger of (0 yuan, …)`。"),
        at: measure.location))
  }

  // MARK: One payment a member

  /// Whether somebody is there to be paid in every frame that passes. Where nobody is, or nobody knows who, the frame's
  /// members have to be looked at one by one.
  private func isKnown(_ who: Storage<Int32>?, where passes: [Bool]) -> Bool {
    guard let who else { preconditionFailure("Whom a clause pays is worked out for every frame.") }
    return passes.indices.allSatisfy { !passes[$0] || (who[$0] != Absent.none32 && who[$0] != Absent.unknown32) }
  }

  func payMembers(_ clause: CheckedPay, _ index: Int, _ members: Members) -> Candidates {
    var c = Candidates(clause: index, beneficiarySpace: space(of: clause.who), memberList: members.list)
    let who = frameValues(lowering.lower(clause.who, frameContext, .int32)).int32
    let link = linkNode(of: measure.sets[clause.forEach ?? 0])
    let context: Lowering.Context =
      clause.amountInFrame ? frameContext : .member(list: members.list, link: link, year: nil)
    var amount = lowering.lower(clause.amount, context, .int64)
    c.missing = missingValues(amount)
    if !c.missing.isEmpty {
      let u = units(clause.amount, context)
      amount = u.node
      c.unitsAreMonths = u.months
    }
    let inner = Lowering.Context.member(list: members.list, link: link, year: nil)
    let on = clause.on.map { lowering.lower($0, inner, .int32) }
    var whenParts = clause.when.map { [lowering.lower($0, inner, .truth)] } ?? []
    if lowering.windowOnAccrual, let on, let w = window(on) { whenParts.append(w) }
    let when = graph.and(whenParts)
    fillAggregates()
    c.constant = sameForAll(amount)
    let perFrame = clause.amountInFrame && c.constant == nil ? frameValues(amount).int64 : nil
    let passes = truth.map { Truth.holds($0) }
    let needsAmounts = c.constant == nil && perFrame == nil
    let trivial = { if case .constantTruth(Truth.yes) = when.op { true } else { false } }()
    if trivial, on == nil, !needsAmounts, let v = c.constant, isKnown(who, where: passes) {
      // The common case: one rate for all, on the date on which each counts.
      if v > 0 { c.common = CommonRate(members, passes: passes, who: who, amount: v) }
      return c
    }
    // Members of frames that pass, with what each is paid.
    let all = members.all
    var rows: [Int32] = [], frames: [Int32] = [], dates: [Int32] = []
    rows.reserveCapacity(all.rows.count)
    frames.reserveCapacity(all.rows.count)
    dates.reserveCapacity(all.rows.count)
    for k in all.rows.indices where passes[Int(all.frames[k])] {
      rows.append(all.rows[k])
      frames.append(all.frames[k])
      dates.append(all.dates[k])
    }
    var undetermined: [Int32] = []
    var negative = 0
    let roots = [when, on ?? graph.constant32(0), needsAmounts ? amount : graph.constant64(0)]
    rows.withUnsafeBufferPointer { list in
      evaluator.run(roots, over: .list(list), oneWorker: true) { worker, start, n in
        let t = worker.truth(0), d = worker.int32(1), a = worker.int64(2)
        for k in 0..<n {
          let i = start + k
          let f = Int(frames[i])
          let date = on == nil ? dates[i] : d[k]
          let value = c.constant ?? perFrame?[f] ?? a[k]
          let b = who?[f] ?? Absent.none32
          let test = t[k] & 0b11
          if test == 0 || b == Absent.none32 || value == Absent.none64 || value == 0 || date == Absent.none32 {
            continue
          }
          if test == 1 || b == Absent.unknown32 || value == Absent.unknown64 || date == Absent.unknown32 {
            undetermined.append(list[i])
            continue
          }
          if value < 0 {
            negative += 1
            continue
          }
          c.members.append(list[i])
          c.frames.append(frames[i])
          c.beneficiaries.append(b)
          c.dates.append(date)
          if c.constant == nil { c.amounts.append(value) }
        }
      }
    }
    tell(negative)
    if !undetermined.isEmpty {
      var facts: Set<String> = []
      for node in roots { facts.formUnion(blame(node, rows: undetermined)) }
      noteUndetermined(undetermined, facts: facts)
    }
    return c
  }
}
