// `explain`: why somebody is paid what, or why two programmes pay different sums.

import Commands
import Diagnostics

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

  package init(from parser: inout StatementParser) throws(Misread) {
    let isDifference = parser.tokens.indices.dropFirst(parser.index).first { ExplainCommand.isVersus(parser.tokens[$0]) }
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

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    switch question {
    case .subject(let subject, let measure): return try session.explain(subject, measure: measure, command)
    case .difference(let first, let second, let subject):
      return try session.explainDifference(first, second, subject, command)
    }
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    after.isEmpty ? session.ids(position) : session.measures(paying: true)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("explain \(n.subject)", zh: "解释 \(n.subject)"),
      Text("explain \(n.subject) \(n.measure)", zh: "解释 \(n.subject) \(n.measure)"),
    ]
  }

  func next(in session: Session) -> [Text] {
    if case .difference = question { return [] }
    let article = ExampleNames(session).article
    return [Text("show \(article)", zh: "查看 \(article)")]
  }
}
