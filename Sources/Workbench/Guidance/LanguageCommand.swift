// `language`: the language of answers.

import Commands
import Diagnostics

/// Turns the answers into a language.
struct LanguageCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "language",
    chinese: ["语言"],
    meaning: Text("language zh, language en", zh: "切换语言：language zh 或 en"),
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

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return session.speak(language)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    after.isEmpty ? [Completion("en", "English"), Completion("zh", "中文")] : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("language zh", zh: "语言 英文")]
  }

  static let isSpoken = false
  static let isShownAgain = false
}
