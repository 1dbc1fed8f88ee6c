// `review`: what somebody has to look at before a document is signed: fair competition, periods, documents that it
// cites, clauses that nothing reaches.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// Looks a programme over. Findings, never verdicts.
struct ReviewCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "review",
    chinese: ["审查", "审查要点"],
    meaning: Text(
      "what to look at before signing: fair competition, periods, unreached clauses", zh: "报批前的审查要点：公平竞争、期限、未触及条款"),
    usage: Text("review [PROGRAMME|DRAFT]", zh: "审查 [方案|草案]"),
    more: Text(
      "Told from the structure of the rules: conditions on where an undertaking is registered, pays "
        + "taxes or is counted, "
        + "lists that an office keeps, named firms, other treatment of those from elsewhere, amounts tied "
        + "to taxes; each "
        + "with the article of the fair-competition rules that it may touch, the exception that would have "
        + "to be argued, "
        + "and the budget without the condition. Then periods that have ended, figures older than a year, documents "
        + "cited, measures that no record and no example reaches, and what a submission lacks. These are findings: "
        + "whether they matter is for a person to say.",
      zh:
        "依规则结构列出：以注册地、纳税地、统计归属为条件，主管部门所列名单，点名企业，对外地经营者另作规定，与税收挂钩的金额；逐项列出可能涉及的"
        + "公平竞争审查条款、需论证的例外和去掉该条件后的预算。再列已过期限、超过一年的标准、引用的文件、没有记录和算例触及的措施和任务、报送材料缺项。"
        + "所列为要点，不是结论，是否成立由人判断。"),
    group: .proposals,
    options: [.settings, .mode])

  let programme: Programme?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = try parser.optionalProgramme()
  }

  package func describe(to meaning: inout Meaning) { meaning.add("programme", programme) }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let review = try Review(programme, command, in: session)
    if let run = review.run { session.evidence = Evidence([run], extra: "review") }
    var told = ReviewAnswer(review, places: session.library.places)
    told.language = session.language
    return told.answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] { [Text("review \(n.document)", zh: "审查 \(n.document)")] }
}

/// What was found in a programme.
struct Review: Sendable {
  /// One finding of the screen, with what the budget is without it.
  struct Screened: Sendable {
    let finding: ScreenFinding
    let document: CheckedDocument
    /// The words of the rule.
    let words: Text
    /// The same for people who do not read rules.
    let told: Text
    /// The total without the condition, fen; nil where that cannot be told.
    let without: Int64?
    /// Whether it is all conditions of the document at once, of which the finding is the first.
    var isTogether = false
  }

  /// Something about a period, a figure or a cited document.
  struct Point: Sendable {
    let sort: String
    let document: String
    let subject: Text
    let remark: Text
  }

  /// A measure that nothing reaches.
  struct Unreached: Sendable {
    let measure: CheckedMeasure
    let byRecords: Bool
    let byExamples: Bool
  }

  let documents: [CheckedDocument]
  let names: [String]
  /// Nil where no scenario is loaded.
  let run: Session.Run?
  let screened: [Screened]
  let unjudged: [Unjudged]
  let validity: [Point]
  let unreached: [Unreached]
  /// What a submission needs, and whether it is there.
  let checklist: [(item: Text, found: Text?)]

  /// What the programme costs as it stands, fen.
  var total: Int64? { run.map { Budget($0.ledger).sum.total } }

  init(_ programme: Programme?, _ command: Command, in session: Desk) throws(Refusal) {
    let scenario = session.state.scenario
    let resolved: ResolvedProgramme
    if let programme {
      resolved = try session.resolve(programme)
    } else {
      let documents = session.defaultDocuments(try session.scenario(at: command.location))
      resolved = ResolvedProgramme(names: documents.map(\.id), documents: documents)
    }
    documents = resolved.documents
    names = resolved.names
    if let scenario {
      let settings = try session.settings(command, of: resolved)
      // What another district has laid down is looked at as if it were ours.
      let isOwn = documents.allSatisfy {
        session.library.places.lies(scenario.scenario.district, within: $0.jurisdiction)
      }
      run = try session.run(
        resolved, scenario, settings, mode: session.mode(command, settings, default: isOwn ? .enacted : .adopted))
    } else {
      run = nil
    }
    screened = try Review.screen(documents, run, in: session)
    unjudged = documents.flatMap { Review.unjudged($0, in: session) }
    validity = Review.points(documents, scenario, run)
    unreached = Review.unreached(documents, run)
    let set = run?.ledger.settings.parameters ?? resolved.shares
    checklist = Review.checklist(documents, set, isDraft: !resolved.drafts.isEmpty, at: session)
  }

  // MARK: Screen

  private static func screen(
    _ documents: [CheckedDocument], _ run: Session.Run?, in session: Desk
  ) throws(Refusal) -> [Screened] {
    var out: [Screened] = []
    let (dictionary, places) = (session.dictionary, session.library.places)
    for document in documents {
      let findings = RuleScreen.findings(document, dictionary, places)
      let wording = findings.isEmpty ? nil : document.inChinese(dictionary: dictionary, places: places)
      for finding in findings {
        if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
        let all = Review.words(at: finding.occurrences.map(\.location), of: document, wording)
        let words = Text(all.map(\.en).joined(separator: "; "), zh: all.map(\.zh).joined(separator: "；"))
        let plain = RuleInWords(finding.list.flatMap { dictionary.list($0) }, dictionary)
        let told = all.map { plain.told($0.en) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        out.append(
          Screened(
            finding: finding, document: document, words: words,
            told: Text(told.joined(separator: "; "), zh: words.zh),
            without: run.flatMap { without(finding, document, documents, $0, in: session) }))
      }
      if let run, let all = together(out.filter { $0.document.id == document.id }, documents, run, in: session) {
        out.append(all)
      }
    }
    return out
  }

  /// What a document costs without any of its conditions, where that is not what they come to one by one: each alone
  /// may change nothing since another keeps out the same.
  private static func together(
    _ screened: [Screened], _ documents: [CheckedDocument], _ run: Session.Run, in session: Desk
  ) -> Screened? {
    let conditions = screened.filter { $0.finding.isCondition && $0.without != nil }
    guard conditions.count > 1 else { return nil }
    let document = conditions[0].document
    var measures: [CheckedMeasure] = []
    for measure in conditions.flatMap(\.finding.measures) where !measures.contains(where: { $0.id == measure.id }) {
      measures.append(measure)
    }
    let all = conditions.flatMap { $0.finding.occurrences.map { ($0.location, $0.holdsWithout) } }
    guard let without = without(all, document, documents, run, in: session) else { return nil }
    let total = Budget(run.ledger).sum.total
    let single = conditions.compactMap(\.without).reduce(Int64(0)) { $0 + $1 - total }
    guard without - total != single else { return nil }
    let words = conditions.map(\.words), told = conditions.map(\.told.en)
    var finding = conditions[0].finding
    finding.measures = measures
    return Screened(
      finding: finding, document: document,
      words: Text(words.map(\.en).joined(separator: "; "), zh: words.map(\.zh).joined(separator: "；")),
      told: Text(told.joined(separator: "; "), zh: words.map(\.zh).joined(separator: "；")), without: without,
      isTogether: true)
  }

  /// What the programme costs without a condition; for an amount, without the measures that pay it.
  private static func without(
    _ finding: ScreenFinding, _ document: CheckedDocument, _ documents: [CheckedDocument], _ run: Session.Run,
    in session: Desk
  ) -> Int64? {
    guard finding.isCondition else {
      let budget = Budget(run.ledger)
      let own = finding.measures.compactMap { budget.line($0.id)?.tally.total }.reduce(0, +)
      return budget.sum.total - own
    }
    return without(
      finding.occurrences.map { ($0.location, $0.holdsWithout) }, document, documents, run, in: session)
  }

  private static func without(
    _ conditions: [(location: SourceRange, holds: Bool)], _ document: CheckedDocument, _ documents: [CheckedDocument],
    _ run: Session.Run, in session: Desk
  ) -> Int64? {
    guard let other = session.document(document, without: conditions) else { return nil }
    let changed = documents.map { $0.id == document.id ? other : $0 }
    let ledger = session.ledger(changed, run.scenario, run.ledger.settings)
    guard !ledger.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    return Budget(ledger).sum.total
  }

  // MARK: Validity

  private static func points(
    _ documents: [CheckedDocument], _ scenario: LoadedScenario?, _ run: Session.Run?
  ) -> [Point] {
    var out: [Point] = []
    let asOf = run?.ledger.settings.asOf ?? scenario?.scenario.asOf
    for document in documents {
      out += windows(document, asOf, run?.ledger.settings)
      out += cited(document)
    }
    if let scenario, let asOf { out += figures(documents, scenario, asOf) }
    return out
  }

  private static func windows(_ document: CheckedDocument, _ asOf: Day?, _ settings: RunSettings?) -> [Point] {
    var out: [Point] = []
    func look(_ window: CheckedWindow?, _ subject: Text, _ days: WindowDays) {
      guard let window else { return }
      guard let last = window.to else {
        out.append(
          Point(
            sort: "no-end", document: document.id, subject: subject,
            remark: Text(
              "has no last day; an exception would need one, or a condition that ends it",
              zh: "没有终止日期；如论证例外，须有实施期限或者终止条件")))
        return
      }
      guard let end = days.day(last) else {
        out.append(
          Point(
            sort: "end-by-facts", document: document.id, subject: subject,
            remark: Text("ends on a day that the facts decide", zh: "终止日期依事实确定")))
        return
      }
      if let asOf, end < asOf {
        out.append(
          Point(
            sort: "ended", document: document.id, subject: subject,
            remark: Text("ended on \(end.text), before \(asOf.text)", zh: "已于 \(end.text) 到期，早于核算日 \(asOf.text)")))
      }
    }
    if document.window == nil {
      out.append(
        Point(
          sort: "no-end", document: document.id, subject: Text("the document", zh: "本文件"),
          remark: Text("states no period", zh: "未规定施行期限")))
    }
    look(document.window, Text("the document's period", zh: "文件施行期限"), WindowDays(document, in: settings))
    for measure in document.measures where measure.selection.ownWindow {
      look(measure.window, measure.label, WindowDays(document, measure, in: settings))
    }
    return out
  }

  /// Numbers of other documents that the text speaks of: 长人社就〔2021〕11号.
  private static func cited(_ document: CheckedDocument) -> [Point] {
    var numbers: [String] = []
    for match in document.source.text.matches(of: /[\p{Han}]{2,12}〔\d{4}〕\d{1,5}号/) {
      let number = String(match.output)
      if !numbers.contains(number) { numbers.append(number) }
    }
    // Words before a number run into it: of several that end alike the shortest is the number.
    let own = document.number
    return numbers.filter { number in
      (own.isEmpty || !number.hasSuffix(own)) && !numbers.contains { $0 != number && number.hasSuffix($0) }
    }.map { number in
      Point(
        sort: "cited", document: document.id, subject: .same(number),
        remark: Text("is cited: whether it is still in force is to be looked up", zh: "被引用，是否现行有效须查核"))
    }
  }

  /// Figures laid down elsewhere whose last day lies more than a year back, or that have none.
  private static func figures(_ documents: [CheckedDocument], _ scenario: LoadedScenario, _ asOf: Day) -> [Point] {
    let used = documents.map { Usage($0).values }.reduce(into: Set<String>()) { $0.formUnion($1) }
    let declared = Dictionary(documents.flatMap(\.values).map { ($0.name, $0) }) { first, _ in first }
    return used.sorted().compactMap { name in
      let stated = scenario.scenario.values.filter { $0.name == name || $0.name.hasPrefix(name + ".") }
      guard !stated.isEmpty else { return nil }
      let subject = declared[name]?.words ?? .same(name)
      let days = stated.compactMap { Day($0.name.dropFirst(name.count + 1)) }.filter { $0 <= asOf }
      guard let last = days.max() else {
        return Point(
          sort: "undated", document: "", subject: subject,
          remark: Text("is stated without the day from which it holds", zh: "未写明自何日起执行"))
      }
      guard asOf.number - last.number > 366 else { return nil }
      return Point(
        sort: "old-figure", document: "", subject: subject,
        remark: Text(
          "was last set on \(last.text), more than a year before \(asOf.text)", zh: "最近一次为 \(last.text)，距核算日已逾一年"))
    }
  }

  // MARK: Coverage

  private static func unreached(_ documents: [CheckedDocument], _ run: Session.Run?) -> [Unreached] {
    var reached: Set<String> = []
    if let ledger = run?.ledger {
      for block in ledger.blocks where block.count > 0 { reached.insert(ledger.measures[block.measure].id) }
      let others =
        ledger.unpriced.map(\.measure) + ledger.undetermined.map(\.measure) + ledger.elsewhere.map(\.measure)
        + ledger.grants.map(\.measure) + ledger.duties.filter { $0.checked > 0 }.map(\.measure)
      for measure in others { reached.insert(ledger.measures[measure].id) }
    }
    return documents.flatMap { document in
      let told = Set(
        document.examples.flatMap(\.expectations).filter { !isNought($0.amount) }.map(\.measure.text))
      return document.measures.filter { $0.form != .note }.compactMap { measure in
        let one = Unreached(
          measure: measure, byRecords: reached.contains(measure.id), byExamples: told.contains(measure.name))
        return one.byRecords && one.byExamples ? nil : one
      }
    }.filter { !$0.byRecords }
  }

  /// Who pays by the measures' own clauses; nil where none says so.
  private static func payers(_ documents: [CheckedDocument], _ set: [String: Int64]) -> Text? {
    let all = documents.flatMap { document in
      document.measures.compactMap { document.funds(of: $0)?.words(under: set) }
    }
    let each = all.reduce(into: [Text]()) { if !$0.contains($1) { $0.append($1) } }
    guard !each.isEmpty else { return nil }
    return Text(each.map(\.en).joined(separator: "; "), zh: each.map(\.zh).joined(separator: "；"))
  }

  /// Whether an example expects nothing.
  private static func isNought(_ amount: Expression?) -> Bool {
    guard let amount, case .number(let digits, _) = amount.node else { return false }
    return digits.allSatisfy { $0 == "0" || $0 == "." }
  }

  // MARK: Submission

  /// - Parameters:
  ///   - set: figures that are set, the shares of who pays among them.
  ///   - isDraft: whether something is amended, so that the text in force is not what is submitted.
  ///   - desk: which knows the paper that the review is to stand in, and what is handed in with it.
  private static func checklist(
    _ documents: [CheckedDocument], _ set: [String: Int64], isDraft: Bool, at desk: Desk
  ) -> [(item: Text, found: Text?)] {
    func remark(_ key: String) -> Text? {
      let found = documents.flatMap(\.remarks).filter { $0.key == key }.map(\.text)
      return found.first
    }
    let numbers = documents.map(\.number).filter { !$0.isEmpty }
    let examples = documents.reduce(0) { $0 + $1.examples.count }
    let text = numbers.isEmpty ? nil : Text.same(numbers.joined(separator: "、"))
    let explanation: Text? =
      desk.paperInHand == .explanation
      ? Text("this paper", zh: "即本件")
      : desk.papersBeside.contains(.explanation) ? Text("handed in with this paper", zh: "随本件一并报送") : nil
    // What has been issued is under review as it stands; nothing is submitted.
    let texts: [(item: Text, found: Text?)] =
      isDraft
      ? [(Text("text in force", zh: "现行有效文本"), text), (Text("text for submission", zh: "送审稿"), nil)]
      : text == nil
        ? [(Text("text for submission", zh: "送审稿"), nil)] : [(Text("text as issued", zh: "已印发文本"), text)]
    return texts + [
      (Text("who pays", zh: "资金来源"), remark("funded") ?? Review.payers(documents, set)),
      (Text("who interprets", zh: "解释机关"), remark("interpreted")),
      (Text("worked examples", zh: "算例"), examples == 0 ? nil : Text("\(examples)", zh: "\(examples) 个")),
      (Text("explanation of the draft", zh: "起草说明"), explanation),
      (Text("basis (number and article)", zh: "制定依据（文号、条款）"), nil),
      (Text("opinions asked and taken", zh: "征求意见及采纳情况"), nil),
      (Text("conclusion on fair competition", zh: "公平竞争审查结论"), nil),
    ]
  }
}

extension ResolvedProgramme {
  /// The figures that its drafts set.
  fileprivate var shares: [String: Int64] {
    settings.reduce(into: [:]) { set, setting in
      if case .raw(let raw) = setting.value, case .parameter(let parameter) = setting.target { set[parameter.id] = raw }
    }
  }
}
