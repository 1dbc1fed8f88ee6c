// Why an amount, and why not: the same plan worked out at one row, with every part of the rule beside its value
// (architecture, decision 2). There is no second interpreter here that could disagree with the first.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// One step of an explanation.
public struct Derivation: Sendable {
  public enum Verdict: Sendable {
    case yes
    case no
    case unknown
    case elsewhere
    /// A figure or a fact, which neither holds nor fails.
    case told
  }

  public let verdict: Verdict
  public let text: Text
  /// How far off a failing comparison is: "97 of 100: 3 short".
  public let gap: Text?
  public let children: [Derivation]
  /// Where the rule or the fact stands.
  public let place: Place?

  public init(_ verdict: Verdict, _ text: Text, gap: Text? = nil, children: [Derivation] = [], place: Place? = nil) {
    self.verdict = verdict
    self.text = text
    self.gap = gap
    self.children = children
    self.place = place
  }
}

/// What one measure makes of one subject.
public struct Account: Sendable {
  public let measure: CheckedMeasure
  public let document: CheckedDocument
  /// The amounts that the ledger holds for the subject under this measure.
  public let payments: [(date: Day, fen: Int64, standing: Standing, isUpperBound: Bool, beneficiary: String, subject: String, displacedBy: String?)]
  public let derivations: [Derivation]
  /// Readings and parameters that the measure was run with.
  public let settings: [Derivation]
}

/// Explains what a ledger holds, and what it does not.
public struct Explainer {
  public let ledger: Ledger
  public let scenario: Scenario

  public init(ledger: Ledger, scenario: Scenario) {
    self.ledger = ledger
    self.scenario = scenario
  }

  /// Every measure that the subject has anything to do with; `only` narrows to some.
  /// Empty when nothing in the scenario has this id.
  public func explain(_ subject: String, only: (CheckedMeasure) -> Bool = { _ in true }) -> [Account] {
    var accounts: [Account] = []
    for (index, measure) in ledger.measures.enumerated() where measure.form != .note && only(measure) {
      guard let document = ledger.documents.first(where: { $0.id == measure.document }) else { continue }
      let run = MeasureRun(
        measure, of: document, index: index, scenario: scenario, settings: ledger.settings,
        home: ledger.homes[document.id] ?? scenario.district)
      run.run()
      let narrator = Narrator(run: run, scenario: scenario)
      let derivations = narrator.derivations(for: subject)
      let payments = payments(index, subject)
      if derivations.isEmpty && payments.isEmpty { continue }
      accounts.append(
        Account(
          measure: measure, document: document, payments: payments, derivations: derivations,
          settings: narrator.settings()))
    }
    return accounts
  }

  /// The ledger's entries in which a subject is paid for or is paid.
  private func payments(
    _ index: Int, _ subject: String
  ) -> [(date: Day, fen: Int64, standing: Standing, isUpperBound: Bool, beneficiary: String, subject: String, displacedBy: String?)] {
    var out: [(date: Day, fen: Int64, standing: Standing, isUpperBound: Bool, beneficiary: String, subject: String, displacedBy: String?)] = []
    let name = subject.split(separator: "@").first.map(String.init) ?? subject
    for block in ledger.blocks where block.measure == index {
      let asSubject = rows(named: name, in: block.subjectSpace)
      let asBeneficiary = rows(named: name, in: block.beneficiarySpace)
      if asSubject == nil && asBeneficiary == nil { continue }
      for i in 0..<block.count {
        guard block.subjects[i] == asSubject || block.beneficiaries[i] == asBeneficiary else { continue }
        let full = ledger.subject(block, i)
        if subject.contains("@"), full != subject { continue }
        let by = block.displacedBy.isEmpty ? -1 : block.displacedBy[i]
        out.append(
          (
            Day(number: block.dates[i]), block.amount(i), block.standing(i), block.isUpperBound,
            ledger.beneficiary(block, i), full, by >= 0 ? ledger.measures[Int(by)].id : nil
          ))
        if out.count >= 100_000 { return out }
      }
    }
    return out.sorted { ($0.date, $0.subject, $0.fen) < ($1.date, $1.subject, $1.fen) }
  }

  private func rows(named name: String, in space: Space) -> Int32? {
    switch space {
    case .list(let i): ledger.dataset.tables[i].ids?.row(name).map { Int32(truncatingIfNeeded: $0) }
    case .text: ledger.dataset.texts.id(name)
    case .district: ledger.dataset.places.id(code: name)
    }
  }
}

/// Tells what a finished run of one measure found at single rows.
final class Narrator {
  private let run: MeasureRun
  private let scenario: Scenario
  private var dataset: Dataset { scenario.dataset }
  private var measure: CheckedMeasure { run.measure }

  init(run: MeasureRun, scenario: Scenario) {
    self.run = run
    self.scenario = scenario
  }

  // MARK: What concerns a subject

  func derivations(for subject: String) -> [Derivation] {
    let parts = subject.split(separator: "@", maxSplits: 1)
    let name = parts.first.map(String.init) ?? subject
    let year = parts.count > 1 ? Int64(parts[1]) : nil
    var out: [Derivation] = []
    // As the record that frames stand for.
    if let row = row(named: name, in: run.baseSpace) {
      let frames = run.base.indices.filter { run.base[$0] == row && (year == nil || run.iteration.isEmpty || run.iteration[$0] == year) }
      if frames.isEmpty {
        out.append(refusedFrame(row, name))
      } else {
        for f in frames.prefix(24) { out.append(frame(f)) }
      }
    }
    // As a member of a set.
    for (i, set) in measure.sets.enumerated() where set.isScan {
      guard let list = dataset.dictionary.index(set.list), run.baseSpace != .list(list),
        let row = dataset.tables[list].ids?.row(name)
      else { continue }
      out.append(member(Int32(truncatingIfNeeded: row), i, list))
    }
    return out
  }

  private func row(named name: String, in space: Space) -> Int32? {
    switch space {
    case .list(let i): dataset.tables[i].ids?.row(name).map { Int32(truncatingIfNeeded: $0) }
    case .text: dataset.texts.id(name)
    case .district: dataset.places.id(code: name)
    }
  }

  // MARK: Frames

  private func frame(_ f: Int) -> Derivation {
    var children: [Derivation] = []
    let context = run.frameContext
    let at = Row(context: context, row: Int32(truncatingIfNeeded: f))
    if let w = windowStep(at) { children.append(w) }
    for c in measure.conditions { children += conjuncts(c, at) }
    for (i, set) in measure.sets.enumerated() { children.append(setStep(i, set, f)) }
    for r in measure.requirements { children += conjuncts(r, at) }
    for e in measure.expectations { children += conjuncts(e.condition, at) }
    let t = run.truth[f]
    if t & 0b11 == 0b11 {
      for pay in measure.pays { if let p = payStep(pay, f) { children.append(p) } }
    }
    return Derivation(verdict(t), .same(run.frameName(f)), children: children, place: measure.frame?.place)
  }

  /// A record that its own conditions keep out before there is any frame.
  private func refusedFrame(_ row: Int32, _ name: String) -> Derivation {
    guard let list = run.frameList else {
      return Derivation(.no, Text("\(name): nothing counts for it", zh: "\(name)：没有可计入的记录"), place: measure.frame?.place)
    }
    // Asked of the record itself; what needs a year or a count has no frame to be asked of.
    let at = Row(context: .member(list: list, link: nil, year: nil), row: row)
    var children: [Derivation] = []
    if !run.yearsFromMembers, let w = windowStep(at) { children.append(w) }
    for c in measure.conditions where !mentionsFrame(c) { children += conjuncts(c, at) }
    let failing = children.filter { $0.verdict == .no || $0.verdict == .elsewhere || $0.verdict == .unknown }
    if failing.isEmpty {
      children.append(
        Derivation(.no, Text("no record counts for it in any year", zh: "任何年度都没有可计入的记录")))
      for set in measure.sets where set.isScan { children.append(nearMisses(set, link: row)) }
    } else {
      for set in measure.sets where set.isScan {
        let near = nearMisses(set, link: row)
        if !near.children.isEmpty { children.append(near) }
      }
    }
    return Derivation(.no, .same(name), children: children, place: measure.frame?.place)
  }

  private func windowStep(_ at: Row) -> Derivation? {
    guard run.settings.mode == .enacted, measure.window != nil, !run.lowering.windowOnAccrual || measure.pays.isEmpty else { return nil }
    let date: Node?
    switch at.context {
    case .frame: date = run.frameBegins(yearly: run.yearsFromMembers)
    case .member(let list, _, _): date = run.begins(dataset.tables[list].declaration, at.context)
    }
    guard let date, let condition = run.window(date) else { return nil }
    let v = evaluate(condition, at.row).truth ?? 0
    let day = describe(evaluate(date, at.row), .date)
    let window = windowText()
    return Derivation(
      verdict(v), Text("begins on \(day), within \(window)", zh: "起始于 \(day)，须在 \(window) 之内"), place: measure.window?.place)
  }

  private func windowText() -> String {
    func end(_ t: Typed?) -> String {
      guard let t, case .constant32(let d) = run.lowering.lower(t, .frame(list: nil)).op, d > Absent.none32 else { return "…" }
      return Day(number: d).text
    }
    return end(measure.window?.from) + " – " + end(measure.window?.to)
  }

  private func setStep(_ i: Int, _ set: CheckedSet, _ f: Int) -> Derivation {
    let members = run.sets[i]
    let mine = members.rows.indices.filter { members.frames[$0] == f }
    var names = mine.prefix(5).compactMap { dataset.tables[members.list].ids?.text(Int(members.rows[$0])) }
    if mine.count > 5 { names.append("…") }
    let list = dataset.tables[members.list].declaration.title
    var children: [Derivation] = []
    if set.isScan, run.baseSpace != .district {
      let near = nearMisses(set, link: run.base[f])
      if !near.children.isEmpty { children.append(near) }
    }
    let listed = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    return Derivation(
      .told, Text("\(set.name): \(mine.count) \(list.en)\(listed)", zh: "\(set.name)：\(mine.count) 条\(list.zh)\(listed)"), children: children, place: set.place)
  }

  /// Records of the frame that do not count, by the conditions that each alone keeps them out.
  private func nearMisses(_ set: CheckedSet, link: Int32) -> Derivation {
    guard let list = dataset.dictionary.index(set.list), let linkNode = run.linkNode(of: set) else {
      return Derivation(.told, Text("none", zh: "无"))
    }
    let context = Lowering.Context.member(list: list, link: linkNode, year: nil)
    var parts: [(text: Text, node: Node, place: Place?)] = []
    if !set.atAnyTime {
      let start = set.begins.map { run.lowering.lower($0, context) } ?? run.begins(dataset.tables[list].declaration, context)
      let on = set.on.map { run.lowering.lower($0, context) } ?? start
      if let date = run.lowering.windowOnAccrual ? on : start, let w = run.window(date) {
        parts.append((Text("within \(windowText())", zh: "在 \(windowText()) 之内"), w, measure.window?.place))
      }
    }
    for c in set.conditions {
      for part in flat(c) { parts.append((.same(excerpt(part)), run.lowering.lower(part, context), part.place)) }
    }
    guard !parts.isEmpty else { return Derivation(.told, Text("all count", zh: "全部计入")) }
    let linked = run.graph.apply(
      .compare(.equal), [linkNode, run.graph.constant32(link)], register: .truth, mayBeAbsent: false)
    let selection = run.evaluator.select(linked, [], count: dataset.tables[list].count)
    let rows = selection.rows
    guard !rows.isEmpty else { return Derivation(.told, Text("none of its own", zh: "没有相关记录")) }
    var failing = [[Int32]](repeating: [], count: parts.count)
    var truths: [[UInt8]] = []
    for p in parts { truths.append(values(p.node, rows)) }
    for k in rows.indices {
      let bad = parts.indices.filter { truths[$0][k] & 0b11 != 0b11 }
      if bad.count == 1 { failing[bad[0]].append(rows[k]) }
    }
    let several = rows.indices.filter { k in parts.indices.filter { truths[$0][k] & 0b11 != 0b11 }.count > 1 }.count
    var children: [Derivation] = []
    for j in parts.indices.sorted(by: { failing[$0].count > failing[$1].count }) where !failing[j].isEmpty {
      var names = failing[j].prefix(8).compactMap { dataset.tables[list].ids?.text(Int($0)) }
      if failing[j].count > 8 { names.append("…") }
      let listed = names.joined(separator: ", ")
      children.append(
        Derivation(
          .no,
          Text("\(failing[j].count) would count but for: \(parts[j].text.en) — \(listed)", zh: "\(failing[j].count) 条仅因此不计入：\(parts[j].text.zh) — \(listed)"),
          place: parts[j].place))
    }
    if several > 0 {
      children.append(Derivation(.no, Text("\(several) fail several conditions", zh: "\(several) 条有多项条件不满足")))
    }
    return Derivation(
      .told, Text("of its \(rows.count) records, those that nearly count", zh: "其 \(rows.count) 条记录中接近计入的"), children: children)
  }

  private func payStep(_ pay: CheckedPay, _ f: Int) -> Derivation? {
    let at = Row(context: run.frameContext, row: Int32(truncatingIfNeeded: f))
    if let set = pay.forEach {
      let n = run.sets[set].frames.filter { $0 == f }.count
      let rate = pay.amountInFrame ? value(pay.amount, at) : excerptValue(pay.amount, at, memberOf: set)
      return Derivation(
        .told, Text("pays \(rate) for each of \(n): \(excerpt(pay.amount))", zh: "\(n) 条，每条支付 \(rate)：\(excerpt(pay.amount))"), place: pay.place)
    }
    let amount = value(pay.amount, at)
    let date = pay.on.map { value($0, at) } ?? ""
    return Derivation(
      .told, Text("pays \(amount) on \(date): \(excerpt(pay.amount))", zh: "\(date) 支付 \(amount)：\(excerpt(pay.amount))"), children: figures(pay.amount, at),
      place: pay.place)
  }

  private func excerptValue(_ t: Typed, _ at: Row, memberOf set: Int) -> String {
    let node = run.lowering.lower(t, .member(list: run.sets[set].list, link: nil, year: nil))
    if node.domain == .constant { return describe(evaluate(node, 0), t.type) }
    return excerpt(t)
  }

  // MARK: Members

  private func member(_ row: Int32, _ i: Int, _ list: Int) -> Derivation {
    let set = measure.sets[i]
    let link = run.linkNode(of: set)
    let context = Lowering.Context.member(list: list, link: link, year: nil)
    let at = Row(context: context, row: row)
    var children: [Derivation] = []
    var frameName: String?
    if let link {
      let owner = evaluate(link, row).int32 ?? Absent.none32
      if owner >= 0 {
        frameName = name(owner, run.baseSpace)
        children.append(Derivation(.told, Text("belongs to \(frameName ?? "")", zh: "属于 \(frameName ?? "")")))
      } else {
        children.append(Derivation(.no, Text("belongs to no \(singular())", zh: "没有对应的对象"), place: set.place))
      }
      if owner >= 0, let frameList = run.frameList {
        let ownerAt = Row(context: .member(list: frameList, link: nil, year: nil), row: owner)
        for c in measure.conditions where !mentionsFrame(c) { children += conjuncts(c, ownerAt) }
      }
    }
    if !set.atAnyTime {
      let start = set.begins.map { run.lowering.lower($0, context) } ?? run.begins(dataset.tables[list].declaration, context)
      let on = set.on.map { run.lowering.lower($0, context) } ?? start
      if let date = run.lowering.windowOnAccrual ? on : start, let w = run.window(date) {
        let v = evaluate(w, row).truth ?? 0
        let day = describe(evaluate(date, row), .date)
        children.append(
          Derivation(verdict(v), Text("\(day) lies within \(windowText())", zh: "\(day) 须在 \(windowText()) 之内"), place: measure.window?.place))
      }
    }
    for c in set.conditions { children += conjuncts(c, at) }
    var verdict = Derivation.Verdict.yes
    if children.contains(where: { $0.verdict == .no }) { verdict = .no }
    if verdict == .yes, children.contains(where: { $0.verdict == .unknown }) { verdict = .unknown }
    if verdict == .yes, children.contains(where: { $0.verdict == .elsewhere }) { verdict = .elsewhere }
    let members = run.sets[i]
    if let k = members.rows.firstIndex(of: row) {
      let f = Int(members.frames[k])
      let count = members.frames.filter { $0 == members.frames[k] }.count
      children.append(Derivation(.yes, Text("counts for \(run.frameName(f)): one of \(count)", zh: "计入 \(run.frameName(f))：共 \(count) 条之一")))
      let frameAt = Row(context: run.frameContext, row: members.frames[k])
      for r in measure.requirements { children += conjuncts(r, frameAt) }
      for (j, narrowed) in measure.sets.enumerated() where !narrowed.isScan {
        children.append(narrowedStep(j, narrowed, row, at))
      }
      if run.truth[f] & 0b11 != 0b11 { verdict = .no }
    } else if verdict == .yes {
      verdict = .no
      children.append(
        Derivation(.no, Text("another spell of the same person counts instead, or no year fits", zh: "同一人的另一条记录已计入，或没有合适的年度"), place: set.place))
    }
    let subject = dataset.tables[list].ids?.text(Int(row)) ?? ""
    let words =
      verdict == .yes
      ? Text("\(subject) is one of those \(set.name)", zh: "\(subject) 计入 \(set.name)")
      : Text("\(subject) is not one of those \(set.name)", zh: "\(subject) 不计入 \(set.name)")
    return Derivation(verdict, words, children: children, place: set.place)
  }

  private func narrowedStep(_ j: Int, _ set: CheckedSet, _ row: Int32, _ at: Row) -> Derivation {
    let inside = run.sets[j].rows.contains(row)
    var children: [Derivation] = []
    for c in set.conditions { children += conjuncts(c, at) }
    return Derivation(inside ? .yes : .no, Text("is among \(set.name)", zh: "属于 \(set.name)"), children: children, place: set.place)
  }

  private func singular() -> String {
    run.frameList.map { dataset.tables[$0].declaration.singular } ?? "record"
  }

  private func name(_ id: Int32, _ space: Space) -> String {
    switch space {
    case .list(let i): dataset.tables[i].ids?.text(Int(id)) ?? ""
    case .text: dataset.texts.text(id)
    case .district: dataset.places.codes.indices.contains(Int(id)) ? dataset.places.codes[Int(id)].text : ""
    }
  }

  /// Whether an expression needs a frame (a year, a count) rather than its record alone.
  private func mentionsFrame(_ t: Typed) -> Bool {
    let node = run.lowering.lower(t, run.frameContext)
    func visit(_ n: Node) -> Bool {
      if case .frameColumn(let i, _) = n.op, i > 0 { return true }
      return n.inputs.contains(where: visit)
    }
    return visit(node)
  }

  // MARK: Conditions

  struct Row {
    let context: Lowering.Context
    let row: Int32
  }

  private func flat(_ t: Typed) -> [Typed] {
    if case .and(let xs) = t.kind { return xs.flatMap { flat($0) } }
    return [t]
  }

  private func conjuncts(_ t: Typed, _ at: Row) -> [Derivation] { flat(t).map { condition($0, at, depth: 0) } }

  /// A condition with its value and what decides it: of what holds, the facts; of what fails, the parts that fail.
  private func condition(_ written: Typed, _ at: Row, depth: Int) -> Derivation {
    let t = deciding(written, at)
    let v = evaluate(run.lowering.lower(t, at.context), at.row).truth ?? 0
    let result = verdict(v)
    var children: [Derivation] = []
    var gap: Text?
    if depth < 12 {
      switch t.kind {
      case .and(let xs):
        let parts = xs.map { condition($0, at, depth: depth + 1) }
        children = result == .yes ? parts : parts.filter { $0.verdict != .yes }
      case .or(let xs):
        let parts = xs.map { condition($0, at, depth: depth + 1) }
        children = result == .yes ? Array(parts.filter { $0.verdict == .yes }.prefix(1)) : parts
      case .not(let x): children = facts([x], at)
      case .call(let definition, let args):
        children = facts(args, at)
        run.lowering.with(args, at.context) {
          for part in flat(deciding(definition.body, at)) {
            let d = condition(part, at, depth: depth + 1)
            // Of what holds, only the facts of the record asked about are worth a line.
            if result == .yes { children += d.children.filter { $0.verdict == .told } } else if d.verdict != .yes { children.append(d) }
          }
        }
      case .except(_, let e, let governor, _):
        let excepted = condition(e, at, depth: depth + 1)
        children = excepted.children
        children.append(Derivation(.elsewhere, Text("governed by \(governor)", zh: "适用 \(governor)"), place: e.place))
      case .compare(let op, let a, let b):
        children = facts([a, b], at)
        if v & 0b11 == 0 { gap = self.gap(op, a, b, at) }
      case .between(let x, let a, let b): children = facts([x, a, b], at)
      case .stable(let months, let from, let to):
        children = facts([from, to], at)
        let start = evaluate(run.lowering.lower(from, at.context), at.row).int32 ?? Absent.none32
        let n = evaluate(run.lowering.lower(months, at.context), at.row).int64 ?? 0
        if start > Absent.none32 {
          let needed = Day(number: start).stableFrom(months: Int(max(0, min(12_000, n))), run.lowering.clock, run.lowering.monthEnd)
          let end = evaluate(run.lowering.lower(to, at.context), at.row).int32 ?? Absent.none32
          if n > 0 {
            children.append(
              Derivation(.told, Text("\(n) months are complete with a last day of \(needed.text) or later", zh: "满 \(n) 个月须至少工作到 \(needed.text)")))
          }
          if v & 0b11 == 0, end > Absent.none32 {
            let days = Int(needed.number) - Int(end)
            gap = Text("left \(Day(number: end).text): \(days) day\(days == 1 ? "" : "s") short", zh: "\(Day(number: end).text) 离职：差 \(days) 天")
          }
        }
      case .within(let x, _): children = facts([x], at)
      case .includes(let x, _), .includesBetween(let x, _, _), .isAny(let x, _): children = facts([x], at)
      case .given(let x, _): children = facts([x], at)
      default: break
      }
    }
    return Derivation(result, .same(excerpt(t)), gap: gap, children: children, place: t.place)
  }

  /// The part of a condition that decides it: the branch that a reading or a test chooses, and what stands before an
  /// exception that does not apply.
  private func deciding(_ t: Typed, _ at: Row) -> Typed {
    switch t.kind {
    case .ifThen(let c, let a, let b) where t.type == .truth:
      let test = evaluate(run.lowering.lower(c, at.context), at.row).truth ?? 0
      if test & 0b11 == 0b11 { return deciding(a, at) }
      return test & 0b11 == 0 ? deciding(b, at) : t
    case .except(let x, _, _, _):
      let v = evaluate(run.lowering.lower(t, at.context), at.row).truth ?? 0
      return Truth.isElsewhere(v) ? t : deciding(x, at)
    default: return t
    }
  }

  /// The facts, parameters and counts that expressions name, with their values.
  private func facts(_ ts: [Typed], _ at: Row) -> [Derivation] {
    var out: [Derivation] = []
    func add(_ t: Typed) {
      switch t.kind {
      case .constant, .textConstant, .placeConstant, .nothing, .readingIs, .adopted: return
      case .selfRecord, .frameRecord: return
      default: break
      }
      let v = value(t, at)
      var words = excerpt(t)
      // The beginning and end that a spell implies are not written in the rule.
      if case .selfField(let f) = t.kind, words.contains(" ") { words = f.name }
      let line = "\(words) = \(v)"
      if !out.contains(where: { $0.text.en == line }) { out.append(Derivation(.told, .same(line), place: t.place)) }
    }
    func visit(_ t: Typed) {
      switch t.kind {
      case .selfField, .field, .parameter, .value, .count, .sum, .iteration, .asOf, .home, .dateOfNumber: add(t)
      case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b), .wholeMonths(let a, let b),
        .wholeYears(let a, let b):
        visit(a)
        visit(b)
        if case .wholeMonths = t.kind { add(t) }
        if case .wholeYears = t.kind { add(t) }
      case .whole(let x), .yearOf(let x), .provinceOf(let x): visit(x)
      case .completion(let n, let from):
        visit(n)
        visit(from)
        add(t)
      case .pick(_, let xs): xs.forEach(visit)
      case .ifThen(_, let a, let b):
        visit(a)
        visit(b)
      case .call(_, let args):
        args.forEach(visit)
        add(t)
      default: break
      }
    }
    ts.forEach(visit)
    return out
  }

  private func figures(_ t: Typed, _ at: Row) -> [Derivation] { facts([t], at) }

  /// How far a failing comparison is off.
  private func gap(_ op: Expression.Comparison, _ a: Typed, _ b: Typed, _ at: Row) -> Text? {
    let x = evaluate(run.lowering.lower(a, at.context), at.row), y = evaluate(run.lowering.lower(b, at.context), at.row)
    switch (a.type, b.type) {
    case (.number, .number), (.months, .months), (.money, .money), (.days, .days):
      guard let p = x.int64, let q = y.int64, p > Absent.none64, q > Absent.none64 else { return nil }
      let (off, far) = p < q ? q.subtractingReportingOverflow(p) : p.subtractingReportingOverflow(q)
      if far { return nil }
      let figure = describe(Scalar(int64: off), a.type), has = describe(x, a.type), wants = describe(y, b.type)
      switch op {
      case .greaterOrEqual: return Text("\(has) of \(wants): \(figure) short", zh: "\(has)，须 \(wants)：差 \(figure)")
      case .greater: return Text("\(has), more than \(wants) needed", zh: "\(has)，须多于 \(wants)")
      case .lessOrEqual, .less: return Text("\(has), at most \(wants): \(figure) too many", zh: "\(has)，至多 \(wants)：超出 \(figure)")
      default: return nil
      }
    case (.date, .date):
      guard let p = x.int32, let q = y.int32, p > Absent.none32, q > Absent.none32 else { return nil }
      let days = Int(p < q ? q - p : p - q)
      return p < q
        ? Text("\(days) day\(days == 1 ? "" : "s") too early", zh: "早 \(days) 天") : Text("\(days) day\(days == 1 ? "" : "s") too late", zh: "晚 \(days) 天")
    default: return nil
    }
  }

  private func verdict(_ t: UInt8) -> Derivation.Verdict {
    if t & 0b11 == 0b11 { return .yes }
    if Truth.isElsewhere(t) { return .elsewhere }
    return Truth.isUnknown(t) ? .unknown : .no
  }

  // MARK: Values

  struct Scalar {
    var truth: UInt8?
    var int32: Int32?
    var int64: Int64?
  }

  /// A node at one row: of its own domain's rows, or of a table's.
  private func evaluate(_ node: Node, _ row: Int32) -> Scalar {
    var out = Scalar()
    run.fillAggregates()
    let rows = [node.domain == .constant ? 0 : row]
    rows.withUnsafeBufferPointer { list in
      run.evaluator.run([node], over: .list(list), oneWorker: true) { worker, _, _ in
        switch node.register {
        case .truth: out.truth = worker.truth(0)[0]
        case .int32: out.int32 = worker.int32(0)[0]
        case .int64: out.int64 = worker.int64(0)[0]
        }
      }
    }
    return out
  }

  private func values(_ node: Node, _ rows: [Int32]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      run.evaluator.run([node], over: .list(list), oneWorker: true) { worker, start, n in
        let t = worker.truth(0)
        for k in 0..<n { out[start + k] = t[k] }
      }
    }
    return out
  }

  private func value(_ t: Typed, _ at: Row) -> String {
    if case .set = t.type { return setText(t, at) }
    return describe(evaluate(run.lowering.lower(t, at.context), at.row), t.type, of: t)
  }

  private func setText(_ t: Typed, _ at: Row) -> String {
    let (record, field): (Int32?, Field)
    let list: Int?
    switch t.kind {
    case .selfField(let f):
      field = f
      switch at.context {
      case .frame(let l):
        list = l
        record = run.base.indices.contains(Int(at.row)) ? run.base[Int(at.row)] : nil
      case .member(let l, _, _):
        list = l
        record = at.row
      }
    case .field(let r, let f):
      field = f
      record = evaluate(run.lowering.lower(r, at.context), at.row).int32
      if case .record(let name) = r.type { list = dataset.dictionary.index(name) } else { list = nil }
    default: return "?"
    }
    guard let list, let record, record >= 0 else { return "–" }
    return dataset.describe(dataset.tables[list].declaration.name, Int(record), field.name).en
  }

  private func describe(_ s: Scalar, _ type: ValueType, of t: Typed? = nil) -> String {
    if let v = s.truth { return v & 0b11 == 0b11 ? "yes" : v & 0b11 == 0 ? "no" : "unknown" }
    if let v = s.int32 {
      if v == Absent.unknown32 { return "unknown" }
      if v == Absent.none32 { return "–" }
      switch type {
      case .date: return Day(number: v).text
      case .dateOrYear: return v >= DateOrYear.base - 100_000 ? "\(v - DateOrYear.base)" : Day(number: v).text
      case .place:
        return dataset.places.codes.indices.contains(Int(v))
          ? dataset.places.codes[Int(v)].text + " " + dataset.places.fullName(v) : "?"
      case .choice(let names): return names.indices.contains(Int(v)) ? names[Int(v)] : "?"
      case .record(let list): return dataset.table(list)?.ids?.text(Int(v)) ?? "?"
      case .text:
        if let t { return name(v, run.space(of: t)) }
        return dataset.texts.text(v)
      default: return "\(v)"
      }
    }
    if let v = s.int64 {
      if v == Absent.unknown64 { return "unknown" }
      if v == Absent.none64 { return "–" }
      switch type {
      case .money: return Money(fen: v).grouped + " yuan"
      case .moneyPerMonth: return Money(fen: v).grouped + " yuan per month"
      case .share: return Share(parts: v).text
      case .months: return "\(v) months"
      case .days: return "\(v) days"
      default: return Decimals.grouped(String(v))
      }
    }
    return ""
  }

  /// The rule's own words for an expression, on one line.
  func excerpt(_ t: Typed) -> String {
    let start = t.place.start, end = t.place.end
    guard let source = t.place.source, start < end else { return "" }
    var words: [Substring] = []
    for line in start.line...max(start.line, end.line) {
      guard var text = source.lines.line(line) else { continue }
      if line == end.line { text = text.prefix(max(0, end.column - 1)) }
      if line == start.line { text = text.dropFirst(max(0, start.column - 1)) }
      words += text.split(whereSeparator: \.isWhitespace)
    }
    return words.joined(separator: " ")
  }

  // MARK: What it was run with

  func settings() -> [Derivation] {
    var out: [Derivation] = []
    for p in run.document.parameters + measure.parameters {
      let v = run.lowering.parameterValue(p.id).map { describe(Scalar(int64: $0), p.type) } ?? "not supplied"
      let shown = p.type == .date ? run.lowering.parameterValue(p.id).map { Day(number: Int32(clamping: $0)).text } ?? "–" : v
      out.append(Derivation(.told, .same("\(p.name) = \(shown)"), place: p.place))
    }
    for r in run.document.readings + measure.readings + Reading.global where r.name != "higher_by" {
      let i = run.settings.choice(of: r, measure: measure.id, document: measure.document)
      // A general reading is worth a word where it is not the usual one.
      if r.id == r.name, i == r.defaultIndex { continue }
      out.append(Derivation(.told, .same("\(r.name): \(r.choices[i].name)"), place: r.place))
    }
    return out
  }
}
