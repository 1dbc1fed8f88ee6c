// What a line of rules may begin with, by where it stands, each with a line as it should look: for editors. Knows
// nothing of files.

/// A word that begins a declaration or a clause.
package struct LineBeginning: Sendable {
  /// The word in English rules.
  package let word: String
  /// A line that begins with it, as it should look.
  package let line: String
  /// How a Chinese line begins.
  package let chinese: String

  fileprivate init?(_ raw: String) {
    guard let model = Word(rawValue: raw)?.model else { return nil }
    word = raw
    // What stands below it is not of the line.
    line = model.firstRange(of: ", its ").map { String(model[..<$0.lowerBound]) } ?? model
    chinese = RemedyPhrases.all[raw].map { String($0.prefix { $0 != "…" }) } ?? raw
  }
}

/// The beginnings of lines.
package enum LineBeginnings {
  /// Of declarations, which stand at the margin.
  package static let declarations = DeclarationWord.allCases.compactMap { LineBeginning($0.rawValue) }

  /// Of the clauses of a declaration, by the word that begins it in either language; none where it has none.
  package static func clauses(of declaration: String) -> [LineBeginning] {
    let english = Word(rawValue: declaration).flatMap { DeclarationWord($0) }
    guard let word = english ?? ChineseWords.declarations.first(where: { declaration.hasPrefix($0.key) })?.value else {
      return []
    }
    let words =
      switch word {
      case .document: HeaderWord.allCases.map(\.rawValue)
      case .measure, .duty, .note: MeasureWord.allCases.map(\.rawValue)
      case .list: ListWord.allCases.map(\.rawValue)
      case .limit: LimitWord.allCases.map(\.rawValue)
      case .example: ExampleWord.allCases.map(\.rawValue)
      case .value, .define, .reading, .param, .table: [String]()
      }
    return words.compactMap { LineBeginning($0) }
  }
}
