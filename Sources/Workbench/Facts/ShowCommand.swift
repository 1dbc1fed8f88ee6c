// `show`: whatever has a name: a document, measure, article, parameter, reading, value, record.

import Commands
import Diagnostics

/// Shows what a name stands for.
struct ShowCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "show",
    chinese: ["查看", "显示"],
    meaning: Text("a document, measure, article, parameter, reading or record", zh: "查看文件、措施、条款、参数、读法或记录"),
    usage: Text("show DOCUMENT|MEASURE|ARTICLE|NAME|ID", zh: "查看 文件|措施|条款|名称|编号"),
    group: .scenarios,
    options: [.settings])

  let thing: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    thing = try parser.phrase(Text("what to show", zh: "要查看的内容"))
  }

  init(_ thing: Written) { self.thing = thing }

  package func describe(to meaning: inout Meaning) {
    meaning.add("thing", thing)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.show(thing, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    guard after.isEmpty else { return [] }
    return session.documents() + session.measures() + session.articles() + session.names() + session.ids(position)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("show \(n.document)", zh: "查看 \(n.document)"), Text("show \(n.article)", zh: "查看 \(n.article)"),
      Text("show \(n.measure)", zh: "查看 \(n.measure)"), Text("show \(n.parameter)", zh: "查看 \(n.parameter)"),
    ]
  }
}
