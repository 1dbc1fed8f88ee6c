// What a finished run of one measure found at single rows: frames, members, payments, and what nearly counts.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// Tells what a finished run of one measure found at single rows.
final class Narrator {
  let run: MeasureRun
  /// What `let` has named in the measure, by the expressions that the names stand for.
  private(set) lazy var lets: [ObjectIdentifier: Text] = Dictionary(
    measure.selection.lets.map { (ObjectIdentifier($0.value), $0.words) }, uniquingKeysWith: { first, _ in first })
  /// What stands for the arguments of the definitions being looked into, innermost last.
  var argumentWords: [[Text]] = []
  let scenario: Scenario
  /// The document's expressions in Chinese.
  let wording: ChineseWording
  var dataset: Dataset { scenario.dataset }
  var measure: CheckedMeasure { run.measure }

  /// Whether the ledger has an entry of the measure for a subject.
  let isPaid: (String) -> Bool
  /// Whether the measure grants something for a frame.
  var isGranted: (String) -> Bool = { _ in false }
  /// The list that the subject is a record of; nil: whichever has its id.
  var list: Int?
  /// What became of the measure's payments for a frame, where none of them is paid: displaced or over quota.
  var lost: (String) -> Standing? = { _ in nil }
  /// The measure's frames of which something is paid.
  var paidFrames: () -> Set<Int32> = { [] }
  /// What is missing of a subject that the ledger lists as undetermined; nil: it does not.
  var openFacts: (String) -> [String]? = { _ in nil }
  /// What the caps of the document found and left, each in its turn.
  var madeCapStages: () -> [CapStage] = { [] }
  private(set) lazy var capStages = madeCapStages()
  /// Which frames had something to be paid: whoever has not keeps nobody out.
  var payableFrames: () -> PayableFrames = { PayableFrames() }
  private(set) lazy var payable = payableFrames()
  /// Whether what is told of a clause is not paid in the end.
  var loses = false
  /// The clauses of whose payments for a subject of a space, in a frame, the caps leave nothing.
  var overCap: (String, Space, Int32) -> Set<Int> = { _, _, _ in [] }
  /// Whether the caps leave nothing of the clause that is being told.
  var isOverCap = false
  /// Named figures that are being told, which their own parts do not tell again.
  var open: Set<ObjectIdentifier> = []
  /// Alternatives as readings leave them, by the whole.
  var withoutReadings: [ObjectIdentifier: Typed] = [:]
  /// Conditions in the rule's words; each expression is held, so that no other takes its place.
  var generalWords: [ObjectIdentifier: (expression: Typed, words: Text)] = [:]
  /// Which rows of long tables have been told of.
  var longTables = LongTables()
  /// What has been told of the subject so far.
  var told = ToldAtLength()
  /// What the ledger took back of the measure's payments for a subject of a space.
  var takenBack: (String, Space) -> [TakenBack] = { _, _ in [] }
  /// Whether anything of the measure was paid for a subject of a space until a day.
  var wasPaid: (String, Space, Int32) -> Bool = { _, _, _ in true }

  init(
    run: MeasureRun, scenario: Scenario, wording: ChineseWording, isPaid: @escaping (String) -> Bool
  ) {
    self.wording = wording
    self.run = run
    self.isPaid = isPaid
    self.scenario = scenario
  }

  /// Of more frames of one record than these the others are only counted.
  private static var mostFrames: Int { 24 }

  // MARK: What concerns a subject

  func derivations(for subject: String) -> [Derivation] {
    let (name, mark) = dataset.parts(ofSubject: subject)
    let year = mark.flatMap { Int64($0) }
    let period = mark.flatMap { Day($0[...])?.number }
    var out: [Derivation] = []
    told = ToldAtLength()
    // As the record that frames stand for.
    if list == nil || run.baseSpace == list.map({ .list($0) }), let row = dataset.row(name, in: run.baseSpace) {
      let frames = run.base.indices.filter {
        run.base[$0] == row && (year == nil || run.iteration.isEmpty || run.iteration[$0] == year)
          && (period == nil || run.periodStart($0) == period)
      }
      if frames.isEmpty {
        out.append(framesOfOtherTimes(row, mark) ?? refusedFrame(row, name))
      } else {
        let isOne = frames.count == 1
        for f in frames.prefix(Narrator.mostFrames) { out.append(frame(f, recoveriesOfRecord: isOne)) }
        // What is asked once for the record is told once.
        if !isOne, let f = frames.first(where: { run.truth[$0] & 0b11 == 0b11 }) {
          out += recoverySteps(f, once: true)
        }
        let more = frames.count - Narrator.mostFrames
        if more > 0 {
          out.append(
            Derivation(.told, Text("and \(more) more of the same rule are not told", zh: "另有 \(more) 项按同一规则判断，此处不列")))
        }
      }
    }
    out += asMember(name)
    out += asKeyed(name, isAlone: out.isEmpty)
    return out.map(\.toldOnce)
  }

  // MARK: Frames

  /// - Parameter recoveriesOfRecord: whether recoveries that are asked once for its record are told with it.
  func frame(_ f: Int, recoveriesOfRecord: Bool = true) -> Derivation {
    var children: [Derivation] = []
    let context = run.frameContext
    let at = Row(context: context, row: Int32(truncatingIfNeeded: f))
    if let w = windowStep(at) { children.append(w) }
    // For a frame that its own conditions keep out nothing is counted, and nothing is asked of what is not counted.
    let isCounted = run.passed.map { $0[f] & 0b11 != 0 } ?? true
    func asked(_ conditions: [Typed]) -> [Derivation] {
      if isCounted { return conjuncts(conditions, at) }
      return conjuncts(
        conditions.flatMap(\.conjuncts).filter { !run.usesAggregates(run.lowering.lower($0, at.context, .truth)) }, at)
    }
    children += asked(measure.selection.conditions)
    children += isCounted ? setSteps(f) : [notCounted].compactMap { $0 }
    children += asked(measure.selection.requirements) + asked(measure.outcome.expectations.map(\.condition))
    let grants = isCounted ? grantSteps(at) : []
    children += grants
    let t = run.truth[f]
    var result = verdict(t)
    if result == .yes, let granted = standing(ofGrants: grants) { result = granted }
    if t & 0b11 == 0b11, measure.form == .duty {
      // What a duty asks for may fail although it is asked.
      let wanted = measure.outcome.expectations.map { verdict(truth($0.condition, at)) }
      result = wanted.contains(.no) ? .no : wanted.contains(.unknown) ? .unknown : result
    }
    if t & 0b11 == 0b11 {
      if !isPaid(run.frameName(f)), let limit = limitStep(f) {
        children.append(limit)
        result = limit.verdict
      } else {
        loses = lost(run.frameName(f)) != nil
        defer { loses = false }
        let cut = overCap(run.frameName(f), run.baseSpace, at.row)
        let payments = measure.pays.enumerated().map { i, pay in told(overCap: cut.contains(i)) { payStep(pay, f) } }
        children += payments + recoverySteps(f, once: recoveriesOfRecord ? nil : false)
        if let standing = lost(run.frameName(f)) {
          children.append(lossStep(standing, f))
          result = .no
        }
        // A frame that fits is paid nothing where no clause's own condition holds.
        if result == .yes, !payments.isEmpty, !isPaid(payments) {
          result = payments.contains { $0.verdict == .unknown } ? .unknown : .no
        }
      }
    }
    var made = Derivation(result, frameWords(f), children: children, location: measure.frame?.location)
    if measure.form == .duty, t & 0b11 != 0 { made.part = .judged }
    return made
  }

  /// What each set of a frame holds.
  private func setSteps(_ f: Int) -> [Derivation] {
    let told = setsOfRanges
    return measure.sets.enumerated().filter { !told.contains($0.offset) }.map { setStep($0.offset, $0.element, f) }
  }

  /// That nothing is counted for a frame that its own conditions keep out.
  private var notCounted: Derivation? {
    let told = setsOfRanges
    let sets = measure.sets.enumerated().filter { !told.contains($0.offset) }.map(\.element.words)
    guard !sets.isEmpty else { return nil }
    return Derivation(
      .told,
      Text(
        "not counted, since conditions above are not met: \(sets.map(\.en).joined(separator: ", "))",
        zh: "因上列条件不满足，未计数：\(sets.map(\.zh).joined(separator: "、"))"))
  }

  /// That a record which is asked about for one year or day has frames of others alone; nil where it has none, or where
  /// it is asked about as a whole.
  private func framesOfOtherTimes(_ row: Int32, _ mark: String?) -> Derivation? {
    guard let mark else { return nil }
    let frames = run.base.indices.filter { run.base[$0] == row }.prefix(Narrator.mostFrames)
    guard !frames.isEmpty else { return nil }
    let others = frames.map { frameWords($0) }
    let when = Text(mark, zh: Int64(mark) == nil ? mark : mark + "年度")
    let why = Text(
      "no record counts for it in \(when.en); there is: \(others.map(\.en).joined(separator: ", "))",
      zh: "\(when.zh)没有可计入的记录；有记录的是：\(others.map(\.zh).joined(separator: "、"))")
    let name = dataset.words(dataset.id(row, in: run.baseSpace))
    return Derivation(
      .no, Text("\(name.en) \(when.en)", zh: "\(name.zh) \(when.zh)"), children: [Derivation(.no, why)],
      location: measure.frame?.location)
  }

  /// A record that its own conditions keep out before there is any frame.
  func refusedFrame(_ row: Int32, _ name: String) -> Derivation {
    guard let list = run.frameList else {
      return Derivation(
        .no, Text("\(name): nothing counts for it", zh: "\(dataset.words(name).zh)：没有可计入的记录"),
        location: measure.frame?.location)
    }
    // Asked of the record itself; what needs a year or a count has no frame to be asked of.
    let at = Row(context: .member(list: list, link: nil, year: nil), row: row)
    var children: [Derivation] = []
    if !run.yearsFromMembers, let w = windowStep(at) { children.append(w) }
    // Of "a and b" each is asked by itself: one may hang on the year and the other not.
    children += conjuncts(measure.selection.conditions.flatMap(\.conjuncts).filter { !mentionsFrame($0) }, at)
    let failing = children.filter { $0.verdict == .no || $0.verdict == .elsewhere || $0.verdict == .unknown }
    if failing.isEmpty {
      children.append(noFrame(at))
      for (i, set) in measure.sets.enumerated() where set.isScan { children.append(nearMisses(i, link: row)) }
    } else {
      for (i, set) in measure.sets.enumerated() where set.isScan {
        let near = nearMisses(i, link: row, isKeptOut: true)
        if !near.children.isEmpty { children.append(near) }
      }
    }
    return Derivation(.no, dataset.words(name), children: children, location: measure.frame?.location)
  }

  /// Why a record that meets what is asked of it has no frame: nothing counts for it in any year, or the numbers that
  /// its frames go through begin behind their end.
  private func noFrame(_ at: Row) -> Derivation {
    if let frame = measure.frame, case .range(let name, let from, let to)? = frame.iterations.first?.iteration {
      let (first, last) = (value(from, at), value(to, at))
      let zh = (frame.chinese.first ?? nil) ?? name
      return Derivation(
        .no,
        Text("no `\(name)` is there from \(first.en) to \(last.en)", zh: "自\(first.zh)至\(last.zh)没有“\(zh)”"),
        children: facts([from, to], at), location: frame.location)
    }
    return Derivation(.no, Text("no record counts for it in any year", zh: "任何年度都没有可计入的记录"))
  }

  func setStep(_ i: Int, _ set: CheckedSet, _ f: Int) -> Derivation {
    let members = run.sets[i], all = members.all
    let mine = all.rows.indices.filter { all.frames[$0] == f }
    let ids = mine.prefix(5).compactMap { dataset.tables[members.list].ids?.text(Int(all.rows[$0])) }
    let names = listed(ids, of: mine.count)
    let list = dataset.tables[members.list].declaration.title
    var children: [Derivation] = []
    if set.isScan, run.baseSpace != .district {
      let near = nearMisses(i, link: run.base[f], frame: f)
      if !near.children.isEmpty { children.append(near) }
    }
    if let open = openLimit(of: i, Row(context: run.frameContext, row: Int32(truncatingIfNeeded: f))) {
      children.append(open)
    }
    let listed = ids.isEmpty ? "" : " (\(names.en))"
    let listedZh = ids.isEmpty ? "" : "（\(names.zh)）"
    // What only payments ask for is nothing that is given where a requirement fails.
    let isSupposed = run.truth[f] & 0b11 == 0 && isOfPaymentsAlone(i)
    return Derivation(
      .told,
      Text(
        "\(isSupposed ? "if the requirements were met, " : "")\(set.words.en): \(mine.count) \(list.en)\(listed)",
        zh: "\(isSupposed ? "如达标，" : "")\(set.words.zh)\(counted(mine.count, set))\(listedZh)"),
      children: children, location: set.location)
  }

  func excerptValue(_ t: Typed, _ at: Row, memberOf set: Int) -> Text {
    let node = run.lowering.lower(t, .member(list: run.sets[set].list, link: nil, year: nil))
    if node.domain == .constant { return describe(evaluate(node, 0), t.type.paid) }
    return excerpt(t)
  }

  func singular() -> String {
    run.frameList.map { dataset.tables[$0].declaration.singular } ?? "record"
  }

  /// Whether an expression needs a frame (a year, a count) rather than its record alone.
  func mentionsFrame(_ t: Typed) -> Bool {
    // Within what is counted, too, its year or period is one that no frame has.
    if t.asksIteration { return true }
    let node = run.lowering.lower(t, run.frameContext)
    return node.needs { if case .frameColumn(let i, _) = $0.op { i > 0 } else { false } }
  }
}
