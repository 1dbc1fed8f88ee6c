// The caps of a measure, and the limits over several measures of a document: their groups, their amounts, and what is
// told where an amount is not known or not one. How payments are cut is in Caps.swift and CapTurns.swift.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// What stands beside the facts where two amounts stand against one group of a cap.
  static var twoCaps: String { "two caps" }

  /// A measure's own caps.
  func applyCaps(_ all: inout [Candidates]) {
    openByCap = OpenSubjects()
    let limits = measure.limits
    var job = CapJob(all.map { CapPart(run: self, place: 0, candidates: $0) })
    var caps = limits.caps.indices.map { groups($0, job) }
    if setAside(caps, from: job, &all) {
      job = CapJob(all.map { CapPart(run: self, place: 0, candidates: $0) })
      caps = limits.caps.indices.map { groups($0, job) }
    }
    let unfiled = unfiled(job, caps)
    if !unfiled.isEmpty {
      leaveOpen(unfiled, of: &all, for: limits.ordered.map { lowering.lower($0, frameContext) })
      noteOpen(unfiled, .orderUnderCap(limits.ordered))
      job = CapJob(all.map { CapPart(run: self, place: 0, candidates: $0) })
      caps = limits.caps.indices.map { groups($0, job) }
    }
    let frames = limits.ordered.isEmpty ? [] : payableFrames(all)
    // Nobody else holds the columns while they are cut.
    all = []
    if keepsStages { job.owner = .measure(index) }
    let ranks = limits.ordered.map { rank($0, among: frames) }
    capsFound = keepsCaps ? CapsFound(job, caps, ranks, lowering.capEnd) : nil
    job.apply(caps, ranks: ranks, end: lowering.capEnd)
    stages = job.stages
    all = job.parts.map(\.candidates)
    let left = notReckoned(all)
    if job.isCut, left > 0 {
      diagnostics.append(MeasureRun.notReckoned(Text(measure.id, zh: measure.words.zh), left))
    }
  }

  /// Frames of which it is not known when they come, where there is not enough for all.
  private func unfiled(_ job: CapJob, _ caps: [CapGroups]) -> [Int32] {
    let filing = FrameKeys(measure.limits.ordered, of: self)
    if filing.nodes.isEmpty { return [] }
    var out = RowSet()
    for cap in caps {
      let full = job.full(cap)
      for i in cap.group.indices where full[Int(cap.group[i])] {
        let frame = job.parts[job.payments.part(i)].candidates.frames[job.payments.row(i)]
        if !filing.isKnown(frame) { out.insert(frame) }
      }
    }
    return out.first(.max)
  }

  /// How many may still be paid beside what has been reckoned: undetermined, unpriced, or left open by a cap.
  func notReckoned(_ all: [Candidates]) -> Int {
    let unpriced = all.filter { !$0.missing.isEmpty }.reduce(0) { $0 + $1.count }
    return odd.unknown.count + openSubjects.count + openByCap.count + unpriced
  }

  /// The groups of one of the measure's caps.
  private func groups(_ k: Int, _ job: CapJob) -> CapGroups {
    let cap = measure.limits.caps[k]
    let node = lowering.lower(cap.amount, frameContext, .int64)
    func room(_ amount: Int64) -> Int64 { amount.isUnknown ? .unknownMark : amount.isNone ? .max : max(amount, 0) }
    let one = node.domain == .constant ? room(evaluator.values(node).wide[0]) : nil
    let values = one == nil ? frameValues(node).wide : nil
    var groups = job.groups(cap, span: span(of: cap, lowering), name: Int32(truncatingIfNeeded: k), one: one) { _, f in
      values.map { room($0[f]) } ?? one ?? .max
    } key: { t, _, _ in
      self.key(t)
    }
    groups.place = k
    return groups
  }

  /// Takes out what a cap leaves open, since its amount is not known or is not one for the group.
  private func setAside(_ caps: [CapGroups], from job: CapJob, _ all: inout [Candidates]) -> Bool {
    guard caps.contains(where: \.leavesOpen) else { return false }
    var dropped = all.map { [Bool](repeating: false, count: $0.count) }
    var facts: Set<String> = []
    for (k, groups) in caps.enumerated() where groups.leavesOpen {
      let cap = measure.limits.caps[k]
      let node = lowering.lower(cap.amount, frameContext, .int64)
      let values = frameValues(node).wide
      var unknown: [Int32] = [], unkeyed: [Int32] = [], others: [(frame: Int32, group: Int32)] = []
      var unknownGroups: Set<Int32> = []
      for i in groups.group.indices where groups.isOpen(i) {
        let (p, row) = (job.payments.part(i), job.payments.row(i))
        dropped[p][row] = true
        let frame = all[p].frames[row]
        if groups.isUnkeyed(i) {
          unkeyed.append(frame)
        } else if values[Int(frame)].isUnknown {
          unknown.append(frame)
          unknownGroups.insert(groups.group[i])
        } else {
          others.append((frame, groups.group[i]))
        }
      }
      // A group of which all amounts are known says two.
      let two = others.filter { !unknownGroups.contains($0.group) }.map(\.frame)
      noteOpen(unknown + others.filter { unknownGroups.contains($0.group) }.map(\.frame), .amount(cap.amount))
      noteOpen(two, .twoAmounts(cap.amount))
      if !two.isEmpty {
        facts.insert(MeasureRun.twoCaps)
        diagnostics.append(MeasureRun.twoCaps(Text(measure.id, zh: measure.words.zh), cap.location))
      }
      facts.formUnion(blame(node, rows: unknown))
      for case .figure(let key) in cap.keys {
        facts.formUnion(blame(lowering.lower(key, frameContext), rows: unkeyed))
      }
    }
    for p in all.indices {
      let c = all[p]
      let space = space(of: c)
      for i in 0..<c.count where dropped[p][i] {
        let subject = c.subject(i, base: base)
        // Who is undetermined for another reason is not counted twice.
        if isUndetermined(subject, in: space) {
          noteUndetermined(CollectionOfOne(subject), in: space, facts: facts)
        } else {
          openByCap.insert(subject, in: space)
          openByCap.facts = facts
        }
      }
      all[p].keep { !dropped[p][$0] }
    }
    return true
  }

  static func twoCaps(_ name: Text, _ location: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, code: "two-caps",
      Text("\(name.en): one group has two different caps.", zh: "\(name.zh)：同一组出现两个不同的限额。"),
      hint: Text("Add to the keys what the cap's amount hangs on.", zh: "请把限额所依据的项目写进“同一…”。"), at: location)
  }

  static func unknownCap(_ name: Text, _ location: SourceRange) -> Diagnostic {
    .error(
      "unknown-cap", Text("\(name.en): how much the limit is cannot be told.", zh: "\(name.zh)：限额无法确定。"),
      hint: Text("Supply the value with `set`.", zh: "请用 `设定` 给出缺少的数值。"), at: location)
  }

  static func notReckoned(_ name: Text, _ count: Int) -> Diagnostic {
    let (open, they) = count == 1 ? ("1 is", "it") : ("\(count) are", "they")
    return Diagnostic(
      .note, code: "cap-open",
      Text(
        "\(name.en): a cap is reached, and \(open) not reckoned with; should \(they) be paid under it, "
          + "others would not.",
        zh: "\(name.zh)：有限额已满，另有 \(count) 条记录尚未判定；其中如有属于已满的一组并获付的，该组其他支付将相应减少。"),
      hint: Text("State what is missing.", zh: "请补充缺少的事实或数值。"))
  }
}

/// How long what was paid counts against a cap. A time that nobody has stated counts for good.
func span(of cap: CheckedCap, _ lowering: Lowering) -> CapSpan {
  guard let within = cap.within, case .constant64(let n) = lowering.lower(within, .frame(list: nil), .int64).op,
    !n.isAbsent
  else { return .forGood }
  return within.type == .number ? .years(Int(max(1, min(n, 1_200)))) : .months(Int(max(1, min(n, 1_200))))
}

/// The groups of one of a limit's caps; nil where it cannot be told how much it is, which is told.
/// - Parameter l: the limit's place in its document.
func capGroups(
  of limit: CheckedLimit, _ k: Int, _ l: Int, _ job: CapJob, _ document: CheckedDocument, _ lowering: Lowering,
  _ ledger: inout Ledger
) -> CapGroups? {
  if var groups = job.groups(limit, k, Candidates.limit(l)) {
    groups.place = k
    return groups
  }
  let cap = limit.caps[k]
  guard case .constant64(let amount) = lowering.lower(cap.amount, .frame(list: nil), .int64).op, !amount.isUnknown
  else {
    let name = Text(document.id + "." + limit.name, zh: limit.title.zh)
    ledger.diagnostics.append(MeasureRun.unknownCap(name, cap.location))
    return nil
  }
  let room = amount.isNone ? Int64.max : max(amount, 0)
  var groups = job.groups(cap, span: span(of: cap, lowering), name: Candidates.limit(l), one: room) { _, _ in
    room
  } key: { _, _, _ in
    { _ in 0 }
  }
  groups.place = k
  return groups
}

extension Engine {
  /// Limits over several measures of a document; whose payment they leave open, by the measure's place.
  static func limits(
    _ documents: [CheckedDocument], _ measures: [CheckedMeasure], _ runs: [Int: MeasureRun],
    _ candidates: inout [Int: [Candidates]], _ settings: RunSettings, _ ledger: inout Ledger
  ) -> [Int: OpenSubjects] {
    var open: [Int: OpenSubjects] = [:]
    for document in documents {
      let end = CapEnd(choice: settings.choice(of: Reading.capEnd, in: document))
      for (l, limit) in document.limits.enumerated() {
        let places = limit.measures.compactMap { name in
          measures.firstIndex { $0.document == document.id && $0.name == name }
        }
        var parts: [CapPart] = []
        var counts: [(place: Int, count: Int)] = []
        for place in places {
          guard let run = runs[place], let own = candidates[place] else { continue }
          counts.append((place, own.count))
          parts += own.map { CapPart(run: run, place: place, candidates: $0.oneByOne()) }
        }
        guard let run = parts.first?.run else { continue }
        var job = CapJob(parts)
        let lowering = run.lowering.beside(settings)
        let isOpen = job.setAside(limit, &open, &ledger)
        // What a source bears is asked when it is known what is paid.
        let caps = limit.caps.indices.filter { limit.caps[$0].source == nil }.compactMap { k in
          capGroups(of: limit, k, l, job, document, lowering, &ledger)
        }
        if run.keepsStages { job.owner = .limit(document: document.id, name: limit.name) }
        job.apply(caps, ranks: [], end: end)
        ledger.capStages += job.stages
        guard job.isCut || isOpen else { continue }
        var at = 0
        var left = 0
        for (place, count) in counts {
          candidates[place] = job.parts[at..<at + count].map(\.candidates)
          if job.isCut { left += (runs[place]?.notReckoned(candidates[place] ?? []) ?? 0) + (open[place]?.count ?? 0) }
          at += count
        }
        if left > 0 {
          let name = Text(document.id + "." + limit.name, zh: limit.title.zh)
          ledger.diagnostics.append(MeasureRun.notReckoned(name, left))
        }
      }
    }
    return open
  }
}
