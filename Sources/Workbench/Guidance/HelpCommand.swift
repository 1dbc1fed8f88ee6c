// `help`: a page of all commands, one for each, and for what has a name.

import Commands
import Diagnostics

/// Explains how the program is used.
struct HelpCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "help",
    chinese: ["帮助"],
    meaning: Text("these pages", zh: "使用说明"),
    usage: Text("help [VERB]", zh: "帮助 [命令]"),
    group: .session,
    order: 9)

  let topic: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    topic = parser.optionalPhrase()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("topic", topic)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.help(topic)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    guard after.isEmpty else { return [] }
    return session.commandWords(all: !position.partial.isEmpty)
      + HelpTopic.allCases.map { Completion($0.word(session.language), $0.title.in(session.language)) }
      + (position.partial.isEmpty ? [] : session.documents() + session.measures() + session.articles())
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("help run", zh: "帮助 测算"), Text("help \(n.article)", zh: "帮助 \(n.article)"),
      Text("help words", zh: "帮助 词语"),
    ]
  }

  static let isSpoken = false
}
