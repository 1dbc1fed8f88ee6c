// `why not`: what stands in the way of a payment, and how far off it is.

import Commands
import Diagnostics

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
  let subject: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    // The Chinese word holds the `not`.
    if parser.index > 0, "why".hasPrefix(parser.tokens[parser.index - 1].word) {
      guard Keyword.not.matches(parser.token.word) else { throw parser.fail(.whyWithoutNot(next: parser.token.raw)) }
      parser.index += 1
    }
    measure = try parser.word(Text("a measure", zh: "措施"))
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

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.whyNot(measure, subject, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    switch after.count {
    case 0: return [Completion("not")]
    case 1: return session.measures()
    case 2: return [Completion(session.language == .zh ? "给" : "for")]
    default: return session.ids(position)
    }
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("why not \(n.measure) for \(n.subject)", zh: "为何没有 \(n.measure) 给 \(n.subject)")]
  }
}
