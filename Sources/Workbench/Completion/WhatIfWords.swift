// What several what-ifs complete alike: keywords, the ends of ranges, programmes, results. Knows nothing of keys or screens.

import Commands
import Diagnostics

/// Keywords of what-ifs as completions.
struct WhatIfWords {
  private let language: Language

  init(_ session: Session) { language = session.language }

  func callAsFunction(_ keyword: Keyword, _ meaning: Text) -> Completion {
    Completion(language == .zh ? keyword.chinese : keyword.spellings[0], meaning.in(language))
  }

  var programme: Completion { self(.in, Text("a programme", zh: "方案")) }

  /// What stands behind `in` and `+` in any of them; nil elsewhere.
  static func common(_ position: CursorContext, _ after: [Token], _ session: Session) -> [Completion]? {
    Keyword.in.matches(position.previous) || after.last?.kind == .plus ? session.documents() : nil
  }

  /// Whether the next of a list is to come.
  static func isInList(_ after: [Token]) -> Bool { after.last?.kind == .comma || after.last?.kind == .colon }

  /// The name whose values are swept over, where one of them is to come: the last one before `from`.
  static func axis(_ position: CursorContext, _ after: [Token]) -> String? {
    guard Keyword.from.matches(position.previous) || Keyword.to.matches(position.previous),
      let from = after.lastIndex(where: { Keyword.from.matches($0.word) }), from > 0
    else { return nil }
    return after[from - 1].text
  }

  /// Numbered results, the latest first.
  static func results(_ session: Session) -> [Completion] {
    session.results.all.reversed().prefix(30).map { Completion($0.name, $0.command.text) }
  }
}
