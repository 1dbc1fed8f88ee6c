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
    more: Text("What fails, by how much, and what is lacking.", zh: "哪项条件不满足、差多少、还缺什么。"),
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
    try session.check(wanted, isIn: run, at: measure.location)
    let (id, list) = try session.subject(subject, in: run, for: wanted)
    let accounts = Explainer(ledger: run.ledger, scenario: run.facts).explain(id, of: list) { $0.id == wanted.id }
    let told = ExplanationAnswer(id, of: list, accounts, run: run, places: session.library.places)
    let isLacking = !told.isPaid(wanted)
    let lacking = isLacking ? WhatIsLacking(wanted, id, of: list, run, in: session) : nil
    var answer = isLacking ? told.whyNot(wanted, lack: lacking?.found ?? Lack()) : told.whyNot(wanted)
    // Where the list is said there is nothing to remark.
    let dataset = run.ledger.dataset
    if Records.qualified(subject: subject.raw, in: dataset) == nil {
      answer.diagnostics += Records.shared(
        id, in: run.ledger.dataset,
        Text("why not \(wanted.name) for", zh: "为何没有 \(wanted.words.zh) 给"), meant: list)
    }
    return answer
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

extension Desk {
  /// Sees to it that a run has a measure.
  ///
  /// - Throws: that it is of another document, and how that is run in this district.
  func check(_ measure: CheckedMeasure, isIn run: Run, at place: SourceRange) throws(Refusal) {
    guard !run.documents.contains(where: { $0.id == measure.document }) else { return }
    let document = library.documents.first { $0.id == measure.document }
    let isOwn = document.map { library.places.lies(run.facts.district, within: $0.jurisdiction) } ?? true
    throw Refusal(
      .notInProgramme(
        measure.label,
        document: isOwn
          ? .same(measure.document) : Text("\(measure.document) as adopted", zh: "\(measure.document) 假设本地采用"),
        run.programme), at: place)
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
    let home = Records.isOfDistrict(wanted) ? run.ledger.homes[wanted.document] : nil
    let whom =
      home.map { Text(session.library.places.codes[Int($0)].text, zh: session.library.places.names[Int($0)]) }
      ?? id.map { Text($0, zh: Records.typed($0, in: run.ledger.dataset)) } ?? Text("ID", zh: "编号")
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
}
