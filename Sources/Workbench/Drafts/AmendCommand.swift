// `amend`: a draft as the table of amendments that an office hands in, with what each costs and for whom.

import Answers
import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// Makes the table of amendments and the sentences of the notice.
struct AmendCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "amend",
    chinese: ["修订对照", "修订对照表"],
    meaning: Text("a draft as a table of amendments, with what each costs", zh: "草案的修订对照表，附各条资金影响"),
    usage: Text("amend DRAFT", zh: "修订对照 草案"),
    more: Text(
      "Article, now, proposed, what it costs (split as by `attribute`, so that the rows add up), how "
        + "many gain and lose "
        + "by it alone; then the sentences of the amending notice, readings that are settled or opened, "
        + "thresholds that "
        + "move. What only a person can write stays a marked blank. `into FILE.docx` or `.xlsx` for handing in.",
      zh:
        "逐条列出条款、现行、修订、资金影响（同“变动分解”，各行相加等于总数）、单独此项的得益和受损人数；并生成修改通知的文句、"
        + "已明确或新出现的理解口径、移动的门槛。须由人撰写的，留作标明的空白。“存入 文件.docx”或“.xlsx”供报送。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let draft: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    draft = try parser.one(Text("a draft", zh: "草案"))
  }

  package func describe(to meaning: inout Meaning) { meaning.add("draft", draft) }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    guard let found = session.draft(named: draft) else {
      throw Refusal(.unknownDraft(draft.raw, session.state.drafts.map(\.name)), at: draft.location)
    }
    return try session.amending([draft], command) { () throws(Refusal) in try answer(found, command, in: session) }
  }

  private func answer(_ found: Draft, _ command: Command, in session: Desk) throws(Refusal) -> Answer {
    let split = try DraftSplit(found, command, in: session, at: draft.location)
    let amendment = try Amendment(split, in: session)
    session.evidence = Evidence([split.base, split.proposed], extra: "amend")
    var answer = AmendmentAnswer(amendment, places: session.library.places)
    answer.naming = PaperNames.of([amendment.base, amendment.proposed], session.language)
    answer.language = session.language
    return answer.answer.telling(session.unreckoned(split.base, split.proposed))
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty ? session.state.drafts.map { Completion($0.name) } : []
  }

  func next(in session: Desk) -> [Text] {
    [Text("amend \(draft.raw) into \(draft.raw).docx", zh: "修订对照 \(draft.raw) 存入 \(draft.raw).docx")]
  }
}

/// A draft's changes with what they cost, whom they reach, and what moves with them.
struct Amendment: Sendable {
  /// One change.
  struct Row: Sendable {
    let words: ChangeWords
    let clause: AmendedClause
    let part: Attribution.Part
    /// How many get more, and less, where this change is made alone.
    let gaining: Int
    let losing: Int
  }

  /// A reading that the draft settles, brings or takes away.
  struct OpenReading: Sendable {
    enum Fate: Sendable { case settled, opened, gone }
    let reading: Reading
    let fate: Fate
    /// What it is settled as.
    let choice: Text?
  }

  /// A threshold whose figure is another with the draft, or which the draft brings or takes away.
  struct MovedCliff: Sendable {
    let measure: CheckedMeasure
    let label: Text
    /// What the figures are written in where no parameter says it: the type of what is compared.
    let type: ValueType
    /// The figure, where it can be varied.
    let parameter: Parameter?
    /// The bound in the raw form of the parameter's type, without one in that of `type`; nil where it is not there.
    let before: Int64?
    let after: Int64?
    /// The largest sum on one step of it, fen; nil where no step was reckoned: nobody stands near, or the figure stands
    /// in the condition itself and cannot be moved.
    let weightBefore: UInt64?
    let weightAfter: UInt64?
    let nearBefore: Int
    let nearAfter: Int
  }

  let name: String
  let base: Session.Run
  let proposed: Session.Run
  let rows: [Row]
  /// Changes that say what holds already: they are no amendments.
  let unchanged: [ChangeWords]
  let attribution: Attribution
  /// Who gets more and less under the whole draft.
  let gaining: [Comparison.Change]
  let losing: [Comparison.Change]
  let readings: [OpenReading]
  let cliffs: [MovedCliff]
  /// The conditions of the touched measures near which nobody has been looked for, in words; nil where there are none.
  let unseen: Text?
  /// What each source of money bears.
  let sources: AmendedSources

  init(_ split: DraftSplit, in session: Desk) throws(Refusal) {
    name = split.name
    base = split.base
    proposed = split.proposed
    var groups = AmendedSources.areMoved(by: split) ? AttributedGroups() : nil
    attribution = try split.attribution { set, budget in
      groups?.add(set, Breakdown(budget, by: [AmendedSources.key]))
    }
    sources = AmendedSources(split, groups, attribution)
    let places = session.library.places
    let before = Budget(base.ledger)
    func changes(_ ledger: Ledger) -> (gain: [Comparison.Change], lose: [Comparison.Change]) {
      Comparison(
        [.init(name: "now", budget: before), .init(name: "then", budget: Budget(ledger))], by: .measure
      ).changes(1)
    }
    var rows: [Row] = []
    let words = ChangeWords.together(split.words, split.changes, base.documents, places)
    unchanged = words.filter(\.isSame)
    for (i, change) in split.changes.enumerated() where !words[i].isSame {
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      let alone = changes(try split.ledger(of: 1 << UInt64(i)))
      rows.append(
        Row(
          words: words[i],
          clause: AmendedClause(
            change, words[i], base: split.base, proposed: split.proposed, rules: session.ruleTexts,
            places: places),
          part: attribution.parts[i], gaining: alone.gain.count, losing: alone.lose.count))
    }
    self.rows = rows
    (gaining, losing) = changes(proposed.ledger)
    readings = Amendment.readings(split)
    (cliffs, unseen) = Amendment.cliffs(split, in: session)
  }

  private static func readings(_ split: DraftSplit) -> [OpenReading] {
    func all(_ run: Session.Run) -> [Reading] {
      run.documents.flatMap { document in
        document.readings
          + document.measures.filter { !DraftText.isLeftOut($0.source) }.flatMap(\.readings)
      }
    }
    let (old, new) = (all(split.base), all(split.proposed))
    var out: [OpenReading] = []
    for case (.setting(let setting), let words) in zip(split.changes, split.words) where !words.isSame {
      guard case .reading(let reading, _) = setting.target, case .choice(let name) = setting.value else { continue }
      out.append(
        OpenReading(reading: reading, fate: .settled, choice: reading.choices.first { $0.name == name }?.meaning))
    }
    for reading in new where !old.contains(where: { $0.id == reading.id }) {
      out.append(OpenReading(reading: reading, fate: .opened, choice: nil))
    }
    for reading in old where !new.contains(where: { $0.id == reading.id }) {
      out.append(OpenReading(reading: reading, fate: .gone, choice: nil))
    }
    return out
  }

  // MARK: Cliffs

  /// How near to a threshold somebody stands who is counted there.
  private static let near: Int64 = 5

  private struct Key: Hashable {
    let measure: String
    let name: String
    let sort: String
    let number: Int
  }

  /// The thresholds of measures that the draft touches, before and after it. One whose figure stays is left out, also
  /// where others stand near it now, or something else hangs on it.
  ///
  /// - Returns: those that move, and what is said of conditions that are not looked at.
  private static func cliffs(_ split: DraftSplit, in session: Desk) -> ([MovedCliff], unseen: Text?) {
    let touched = split.touchedMeasures
    let (old, new) = (found(split.base, touched, session), found(split.proposed, touched, session))
    let (before, after) = (old.cliffs, new.cliffs)
    let names = (now: NameTable(split.base.documents).all, then: NameTable(split.proposed.documents).all)
    let moved: [MovedCliff] = Set(before.keys).union(after.keys).sorted {
      ($0.measure, $0.name, $0.sort, $0.number) < ($1.measure, $1.name, $1.sort, $1.number)
    }.compactMap { key in
      let (x, y) = (before[key], after[key])
      guard let one = (y ?? x)?.threshold else { return nil }
      func near(_ cliff: CliffReport.Cliff?) -> Int {
        cliff.map { $0.threshold.near.count + $0.threshold.unlisted } ?? 0
      }
      func weight(_ cliff: CliffReport.Cliff?) -> UInt64? {
        cliff.flatMap { cliff in
          cliff.steps.contains { $0.admitted != nil && $0.refused != nil } ? cliff.weight : nil
        }
      }
      // What the draft takes away has its name in the text in force.
      let (label, parameter) =
        y == nil
        ? Amendment.name(one, names.now, split.base, session) : Amendment.name(one, names.then, split.proposed, session)
      // Near a threshold that stands there may be nobody now, or nobody then.
      func bound(_ cliff: CliffReport.Cliff?, in run: Session.Run) -> Int64? {
        func own(_ threshold: Threshold) -> Int64 { parameter == nil ? threshold.bound : threshold.ownBound }
        if let cliff { return own(cliff.threshold) }
        guard one.stands(in: run.documents) else { return nil }
        guard let parameter else { return own(one) }
        return run.ledger.settings.parameters[parameter.id] ?? parameter.value ?? own(one)
      }
      let moved = MovedCliff(
        measure: one.measure, label: label, type: one.sort == .stay ? .months : one.type, parameter: parameter,
        before: bound(x, in: split.base), after: bound(y, in: split.proposed), weightBefore: weight(x),
        weightAfter: weight(y),
        nearBefore: near(x), nearAfter: near(y))
      return moved.before == moved.after ? nil : moved
    }
    return (
      moved,
      UnseenCondition.note(
        new.unseen, split.proposed.documents, split.proposed.facts.dataset.dictionary, session.library.places)
    )
  }

  /// The thresholds of the touched measures in one run, and their conditions near which nobody is looked for.
  private static func found(
    _ run: Session.Run, _ touched: Set<String>, _ session: Desk
  ) -> (cliffs: [Key: CliffReport.Cliff], unseen: [UnseenCondition]) {
    let settings = run.ledger.settings
    let (facts, memory) = session.memorised(run.scenario, settings)
    let (all, _, unseen) = Engine.thresholds(
      run.documents, scenario: facts, settings: settings, near: near, memory: memory,
      isCancelled: session.isCancelled)
    let thresholds = all.filter { touched.contains($0.measure.id) && $0.sort != .place }
    let report = CliffReport.make(
      thresholds, [], base: run.ledger, only: nil, isCancelled: session.isCancelled, progress: { _ in }
    ) { watched, value in
      let ledger = session.ledger(run.documents, run.scenario, watched.set(value, in: settings))
      return ledger.diagnostics.contains { $0.severity == .error } ? nil : ledger
    }
    var seen: [String: Int] = [:]
    var out: [Key: CliffReport.Cliff] = [:]
    // In the order of the text: the same condition has the same number before and after.
    let inText = report.cliffs.sorted { $0.threshold.figure.location.start < $1.threshold.figure.location.start }
    for cliff in inText {
      let sort = cliff.threshold.sort == .stay ? "stay" : cliff.threshold.comparison.rawValue
      let base = "\(cliff.threshold.measure.id) \(cliff.threshold.watched?.name ?? "") \(sort)"
      let number = seen[base, default: 0]
      seen[base] = number + 1
      out[
        Key(
          measure: cliff.threshold.measure.id, name: cliff.threshold.watched?.name ?? "", sort: sort, number: number)
      ] = cliff
    }
    return (out, unseen.filter { touched.contains($0.measure.id) })
  }

  /// What a threshold is called: the figure, with the measure before it where it is another's; without a figure of its
  /// own what is held against the bound.
  private static func name(
    _ threshold: Threshold, _ names: [Settable], _ run: Session.Run, _ session: Desk
  ) -> (Text, Parameter?) {
    guard let found = names.first(where: { $0.id == threshold.watched?.name ?? "" }) else {
      let (own, places) = (threshold.measure.label, session.library.places)
      let held = threshold.heldWords(run.documents, run.facts.dataset.dictionary, places)
      return (Text("\(own.en): \(held.en)", zh: "\(own.zh)：\(held.zh)"), nil)
    }
    let parameter = if case .parameter(let one) = found { one } else { nil as Parameter? }
    return (threshold.called(found.label), parameter)
  }
}

extension Threshold {
  /// Whether the measure is among some documents and still speaks of what decides: the figure that can be varied, or
  /// else what is held against the bound.
  fileprivate func stands(in documents: [CheckedDocument]) -> Bool {
    guard let other = documents.lazy.flatMap(\.measures).first(where: { $0.id == measure.id }) else { return false }
    guard let watched else { return other.expressions.havePart { $0.written == figure.written } }
    return other.expressions.havePart { watched.isFigure($0) }
  }
}
