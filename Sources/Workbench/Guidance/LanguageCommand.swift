// `language`: the language of answers.

import Answers
import Commands
import Diagnostics
import Sessions
import View

/// Turns the answers into a language.
struct LanguageCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "language",
    chinese: ["语言"],
    meaning: Text("language zh, language en", zh: "切换语言：语言 英文、语言 中文"),
    usage: Text("language en|zh", zh: "语言 中文|英文"),
    group: .session,
    order: 4)

  let language: Language

  package init(from parser: inout StatementParser) throws(Misread) {
    language = try parser.language()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("language", language.rawValue)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    session.language = language
    session.preferences.languageSource = (.session, "")
    var answer = Answer(
      Document([.paragraph(Text("Answers are in English now.", zh: "此后用中文回答。"))]),
      records: [Record(kind: "language", ["language": .id(language.rawValue)])])
    answer.language = language
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty ? [Completion("en", "English"), Completion("zh", "中文")] : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("language zh", zh: "语言 英文")]
  }

  static let isSpoken = false
  static let isShownAgain = false
}
