// `explain`: why somebody is paid what, or why two programmes pay different sums.

import Answers
import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reports
import Sessions
import View

/// Explains a payment, or a difference.
struct ExplainCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "explain",
    chinese: ["解释", "说明"],
    meaning: Text("why somebody is paid what", zh: "解释某人为何得到这笔钱"),
    usage: Text("explain ID [MEASURE]", zh: "解释 编号 [措施]"),
    more: Text(
      "Conditions, dates, facts and parameters, each with its article. Records of a year are ID@YEAR.",
      zh: "列出条件、日期、事实和参数，并注明条款。按年度的对象写作 编号@年份。"),
    group: .reasons,
    options: [.settings, .mode])

  enum Question: Sendable {
    case subject(Written, measure: Written?)
    /// `explain A vs B [for ID]`: why two programmes, or two results, pay different sums.
    case difference(Programme, Programme, subject: Written?)
  }

  let question: Question

  /// Everything about one record.
  init(_ subject: Written) { question = .subject(subject, measure: nil) }

  package init(from parser: inout StatementParser) throws(Misread) {
    let isDifference = parser.tokens.indices.dropFirst(parser.index).first {
      ExplainCommand.isVersus(parser.tokens[$0])
    }
    .map { $0 > parser.index }
    if isDifference == true {
      let first = try parser.programme()
      guard ExplainCommand.isVersus(parser.token) else {
        throw parser.fail(.unexpected(parser.token.raw, usage: parser.usage))
      }
      parser.index += 1
      let second = try parser.programme()
      var subject: Written?
      if Keyword.for.matches(parser.token.word) {
        parser.index += 1
        subject = try parser.word(Text("an id", zh: "编号"))
      }
      question = .difference(first, second, subject: subject)
    } else {
      let subject = try parser.word(Text("an id", zh: "编号"))
      question = .subject(subject, measure: parser.optionalPhrase())
    }
  }

  private static func isVersus(_ token: Token) -> Bool { ["vs", "versus", "against", "对比"].contains(token.word) }

  package func describe(to meaning: inout Meaning) {
    switch question {
    case .subject(let subject, let measure):
      meaning.add("subject", subject)
      meaning.add("measure", measure)
    case .difference(let first, let second, let subject):
      meaning.add("first", first)
      meaning.add("second", second)
      meaning.add("subject", subject)
    }
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    switch question {
    case .subject(let subject, let measure): return try explain(subject, measure: measure, in: session, command)
    case .difference(let first, let second, let subject):
      return try explainDifference(first, second, subject, in: session, command)
    }
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty ? session.ids(position) : session.measures(paying: true)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("explain \(n.subject)", zh: "解释 \(n.zh.subject)"),
      Text("explain \(n.subject) \(n.measure)", zh: "解释 \(n.zh.subject) \(n.zh.measure)"),
    ]
  }

  func next(in session: Desk) -> [Text] {
    if case .difference = question { return [] }
    let article = ExampleNames(session).article
    return [Text("show \(article)", zh: "查看 \(article)")]
  }
}

extension ExplainCommand {
  private func explain(
    _ subject: Written, measure: Written?, in session: Desk, _ command: Command
  ) throws(Refusal) -> Answer {
    let run = try session.lastRun(command)
    let only = try measure.map { name throws(Refusal) in try session.measure(name, in: run.documents) }
    let wanted = only?.id
    let (id, list) = try session.subject(subject, in: run)
    let accounts = Explainer(ledger: run.ledger, scenario: run.facts).explain(id, of: list) {
      wanted == nil || $0.id == wanted
    }
    var answer = ExplanationAnswer(id, of: list, accounts, run: run, places: session.library.places).explain()
    if list == nil { answer.diagnostics += Records.shared(id, in: run.ledger.dataset, Text("explain", zh: "解释")) }
    return answer
  }

  private func explainDifference(
    _ a: Programme, _ b: Programme, _ subject: Written?, in session: Desk, _ command: Command
  ) throws(Refusal) -> Answer {
    let (first, second) = try session.both(a, b, command)
    let asked = try subject.map { name throws(Refusal) in try session.subject(name, in: first) }
    let id = asked?.id, list = asked?.list
    let changes = ClauseChanges.between(first, second, session.library.places, session.ruleTexts)
    let difference = PaidDifference(first, second, id, of: list)
    var title: [Span] = [.data("\(first.programme) → \(second.programme)", .title)]
    if let id { title.append(.data("  " + id, .title)) }
    let head = ComparisonHead([first, second], session.library.places)
    var body = AnswerBody(blocks: [.heading(level: 2, title)] + head.blocks())
    let settings = SettingsText.lines([first, second], session.library.places)
    if !settings.isEmpty { body.append(.lines(settings)) }
    body.append(.paragraph(difference.sentence))
    if !difference.rows.isEmpty { body.append(difference.relation) }
    // What of the changes bears on the measures that differ.
    let touched = Set(difference.rows.map(\.measure.id))
    let bearing = changes.filter { change in
      touched.contains {
        $0 == change.owner || change.isMeasure
          ? $0 == change.owner + "." + change.name : change.owner.isEmpty || $0.hasPrefix(change.owner + ".")
      }
    }
    if !bearing.isEmpty {
      body.append(.paragraph(Text("The clauses that differ:", zh: "不同的条款：")))
      body.append(.lines(ClauseChanges.lines(bearing)))
    } else if difference.rows.isEmpty {
      body.append(.paragraph(Text("Nothing differs in what is paid.", zh: "所付金额没有差别。")))
    }
    // Where one side pays nothing, the conditions that fail there.
    if let id {
      for row in difference.rows where row.before == 0 || row.after == 0 {
        let silent = row.before == 0 ? first : second
        guard silent.documents.contains(where: { $0.id == row.measure.document }),
          let own = silent.ledger.measures.first(where: { $0.id == row.measure.id })
        else { continue }
        let accounts = Explainer(ledger: silent.ledger, scenario: silent.facts).explain(id, of: list) {
          $0.id == own.id
        }
        body.append(
          .paragraph([Span("Under ", zh: "按 ", .muted), .data(silent.programme, .name), Span(":", zh: "：", .muted)]))
        body.append(
          ExplanationAnswer(id, of: list, accounts, run: silent, places: session.library.places).whyNot(own).body)
      }
    }
    session.evidence = Evidence([first, second], extra: "explain \(id ?? "")")
    return Answer(
      body,
      records: [
        Record(
          kind: "difference",
          [
            "programmes": .ids([first.programme, second.programme]), "subject": .id(id),
            "measures": .rows(difference.relation),
            "clauses": .rows(ClauseChanges.relation(bearing, withArticles: false)),
            "differ_in": .ids(head.differences.map(\.key)),
          ])
      ]
    ).telling(session.unreckoned(first, second))
  }
}
