// `help`: a page of all commands, one for each, and for what has a name.

import Answers
import Commands
import Diagnostics
import Engine
import Sessions
import View

/// Explains how the program is used.
struct HelpCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "help",
    english: ["help", "?"],
    chinese: ["帮助"],
    meaning: Text("these pages", zh: "使用说明"),
    usage: Text("help [VERB]", zh: "帮助 [命令]"),
    group: .session,
    order: 9)

  let topic: Written?

  package init(from parser: inout StatementParser) throws(Misread) {
    topic = parser.optionalPhrase()
  }

  init(_ topic: Written) { self.topic = topic }

  package func describe(to meaning: inout Meaning) {
    meaning.add("topic", topic)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    guard let topic else { return HelpPages.overview() }
    let word = topic.text.lowercased()
    let vocabulary = WorkbenchCommands.vocabulary
    if let found = vocabulary.named(word) ?? vocabulary.leading(topic.text)?.request {
      return page(found.form, in: session)
    }
    if Keyword.with.matches(word) { return HelpPages.with(session.examples(of: SetCommand.form).first) }
    if word == "why not" { return page(WhyNotCommand.form, in: session) }
    let meant = vocabulary.beginning(with: word)
    if let only = meant.first, meant.count == 1 { return page(only.form, in: session) }
    if let topic = HelpTopic.named(word) { return HelpPages.page(topic) }
    // Anything that can be shown explains itself.
    let show = ShowCommand(topic)
    if let shown = try? show.perform(in: session, Command(show, text: topic.raw, location: topic.location)) {
      return shown
    }
    let topics = vocabulary.forms.flatMap(\.spellings) + HelpTopic.allCases.flatMap { [$0.rawValue, $0.chinese] }
    throw Refusal(
      .unknownTopic(topic.raw, nearest: Nearest.names(to: topic.text, among: topics + session.nearest(topic.text))),
      at: topic.location)
  }

  private func page(_ form: CommandForm, in session: Desk) -> Answer {
    HelpPages.page(form, session.examples(of: form))
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
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
