// `why not`: what stands in the way of a payment, and how far off it is.

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

/// Explains why there is no payment.
struct WhyNotCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "why",
    chinese: ["为何没有", "为什么没有", "为何不"],
    meaning: Text("why not MEASURE for SUBJECT: what is missing, and how much", zh: "某人为何没有得到，差多少"),
    usage: Text("why not MEASURE for ID", zh: "为何没有 措施 给 编号"),
    more: Text("What fails, by how much, and the smallest change that would do.", zh: "哪项条件不满足、差多少、怎样改变才够。"),
    group: .reasons,
    options: [.settings, .mode])

  let measure: Written
  /// Nil where only one thing is named: a record, or a measure whose records are still to be chosen from.
  let subject: Written?

  private init(measure: Written, subject: Written) { (self.measure, self.subject) = (measure, subject) }

  package init(from parser: inout StatementParser) throws(Misread) {
    // The Chinese word holds the `not`.
    if parser.index > 0, "why".hasPrefix(parser.tokens[parser.index - 1].word) {
      guard Keyword.not.matches(parser.token.word) else { throw parser.fail(.whyWithoutNot(next: parser.token.raw)) }
      parser.index += 1
    }
    measure = try parser.word(Text("a measure", zh: "措施"))
    if parser.isAtEnd || parser.isOption(parser.token) {
      subject = nil
      return
    }
    guard Keyword.for.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("`for` and an id", zh: "`给` 和编号"), usage: parser.usage))
    }
    parser.index += 1
    subject = try parser.word(Text("an id", zh: "编号"))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("measure", measure)
    meaning.add("subject", subject)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    guard let subject else { return try answerOfOne(in: session, command) }
    let run = try session.lastRun(command)
    let wanted = try session.measure(measure, in: run.documents)
    let id = try session.subjectID(subject, in: run, for: wanted)
    guard run.documents.contains(where: { $0.id == wanted.document }) else {
      throw Refusal(.notInProgramme(wanted.label, document: wanted.document, run.programme), at: measure.location)
    }
    let accounts = Explainer(ledger: run.ledger, scenario: run.facts).explain(id) { $0.id == wanted.id }
    let answer = ExplanationAnswer(id, accounts, run: run, places: session.library.places)
    if answer.isPaid(wanted) { return answer.whyNot(wanted) }
    return answer.whyNot(wanted, change: .lookedFor(remedy(wanted, id, run, in: session)))
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    // The Chinese word holds the `not`.
    let isChinese = position.verb.map { form.chinese.contains($0) } ?? false
    switch after.count + (isChinese ? 1 : 0) {
    case 0: return [Completion("not")]
    case 1: return session.measures()
    case 2: return [Completion(isChinese || session.language == .zh ? "给" : "for")]
    default:
      let named = after.dropFirst(isChinese ? 0 : 1).first
      let measure = named.flatMap { token in
        (session.last?.documents ?? session.nearDocuments).flatMap(\.measures).first {
          $0.name == token.text || $0.words.zh == token.text || $0.id == token.text
        }
      }
      return session.ids(position, of: measure)
    }
  }

  func next(in session: Desk) -> [Text] { [Text("show \(measure.raw)", zh: "查看 \(measure.raw)")] }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("why not \(n.measure) for \(n.subject)", zh: "为何没有 \(n.zh.measure) 给 \(n.zh.subject)")]
  }
}

extension WhyNotCommand {
  /// What `why not` of one thing alone asks: of a record everything about it; of a measure, about whom is to be said.
  private func answerOfOne(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let run = try session.lastRun(command)
    let measures = run.documents.flatMap(\.measures)
    func called(_ text: some StringProtocol) -> CheckedMeasure? {
      measures.first { $0.name == text || $0.words.zh == text || $0.id == text }
    }
    // 为何没有机构奖励给洞江人力, without a space.
    if let give = measure.raw.firstIndex(of: "给"), called(measure.raw[..<give]) != nil {
      func part(_ text: Substring) -> Written {
        Written(text: String(text), raw: String(text), location: measure.location)
      }
      let whole = WhyNotCommand(
        measure: part(measure.raw[..<give]), subject: part(measure.raw[measure.raw.index(after: give)...]))
      return try whole.perform(in: session, command)
    }
    guard let wanted = called(measure.text) ?? called(measure.raw) else {
      return try ExplainCommand(measure).perform(in: session, command)
    }
    let id = WhyNotCommand.somebodyUnpaid(wanted, run.ledger)
    let whom = id.map { Text($0, zh: Records.typed($0, in: run.ledger.dataset)) } ?? Text("ID", zh: "编号")
    throw Refusal(
      .whyNotWhom(Text("why not \(measure.raw) for \(whom.en)", zh: "为何没有 \(measure.raw) 给 \(whom.zh)")),
      at: measure.location)
  }

  /// A record that a measure looks at and pays nothing, where there is one.
  private static func somebodyUnpaid(_ measure: CheckedMeasure, _ ledger: Ledger) -> String? {
    guard let index = ledger.measures.firstIndex(where: { $0.id == measure.id }) else { return nil }
    if let open = ledger.undetermined.first(where: { $0.measure == index })?.subjects.first { return open }
    guard case .list(let name)? = measure.frame?.base, let table = ledger.dataset.table(name), let ids = table.ids
    else {
      return nil
    }
    var paid: Set<Int> = []
    for block in ledger.blocks where block.measure == index {
      for (space, rows) in [(block.subjectSpace, block.subjects), (block.beneficiarySpace, block.beneficiaries)] {
        guard case .list(let list) = space, ledger.dataset.tables[list].declaration.name == name else { continue }
        for row in rows { paid.insert(Int(row)) }
      }
    }
    return (0..<table.count).first { !paid.contains($0) }.map { ids.text($0) }
  }

  /// What would have to be otherwise, and what would be paid then; nil when nothing small was found that does.
  ///
  /// A proposal of the engine is told only after the whole programme has been run over the changed facts and pays.
  private func remedy(
    _ measure: CheckedMeasure, _ subject: String, _ run: Session.Run, in session: Desk
  ) -> FoundChange? {
    guard let document = run.documents.first(where: { $0.id == measure.document }) else { return nil }
    let settings = run.ledger.settings
    for remedy in Engine.remedies(measure, of: document, subject: subject, scenario: run.facts, settings: settings)
      .prefix(4)
    {
      if session.isCancelled() { return nil }
      let facts = run.facts.with(run.facts.dataset.edited(remedy.parts.map(\.edit)))
      let ledger = Engine.run(run.documents, scenario: facts, settings: settings, control: session.control)
      if ledger.diagnostics.contains(where: { $0.severity == .error }) { continue }
      let paid = WhyNotCommand.paid(ledger, measure.id, subject)
      guard paid > 0 else { continue }
      let lines = RemedyText(run.facts.dataset, session.library.places).lines(remedy)
      let changes = lines.map { line in
        Datum.words(Text(line.map { $0.text.en }.joined(), zh: line.map { $0.text.zh }.joined()))
      }
      let effect = EffectOfChange(of: measure, paid, run.ledger, ledger, GroupNames(.measure, [run]))
      return FoundChange(
        text: lines + [effect.line(run.documents.currency)],
        record: Record([
          "changes": .list(changes), "paid": .money(fen: paid), "facts": .count(remedy.parts.count),
          "total_change": .money(fen: effect.total),
        ]))
    }
    return nil
  }

  /// What a ledger pays to or for somebody under a measure. Of a year's group (`k1@2022`) what goes to its beneficiary
  /// counts, whichever record it is for: the payments of a group are for its members.
  private static func paid(_ ledger: Ledger, _ measure: String, _ subject: String) -> Int64 {
    let bare = subject.split(separator: "@").first.map(String.init) ?? subject
    var sum: Int64 = 0
    for block in ledger.blocks where ledger.measures[block.measure].id == measure {
      let asSubject = ledger.dataset.row(bare, in: block.subjectSpace),
        asBeneficiary = ledger.dataset.row(bare, in: block.beneficiarySpace)
      if asSubject == nil {
        // Payments that have only been counted are not made for the sum of somebody's.
        let isCounted = block.forEachCount { who, count in
          guard who == asBeneficiary else { return }
          let (part, over) = block.amount(0).multipliedReportingOverflow(by: Int64(count))
          sum = over ? .max : sum.addingReportingOverflow(part).partialValue
        }
        if isCounted { continue }
      }
      let subjects = block.subjects, beneficiaries = block.beneficiaries
      for i in subjects.indices where block.standing(i).isInTotal {
        guard subjects[i] == asSubject || beneficiaries[i] == asBeneficiary else { continue }
        if subject.contains("@"), ledger.subject(block, i) != subject, subjects[i] == asSubject { continue }
        sum = sum.addingReportingOverflow(block.amount(i)).partialValue
      }
    }
    return sum
  }
}
