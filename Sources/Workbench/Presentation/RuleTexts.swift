// Measures' rules as a reader of either language reads them: as they are written, or translated. A document is
// translated once. Knows nothing of how rules are shown.

import Diagnostics
import Districts
import PolicyLanguage
import Sessions
import Synchronization

/// The rules of measures in the reader's language.
final class RuleTexts {
  private let library: Library
  /// By language and text: a draft has the id of the document that it changes.
  private var translated: [Key: [String: String]] = [:]

  private struct Key: Hashable {
    let language: Language
    let text: String
  }

  /// Those of bundled documents, which say the same in every session that has nothing beside them.
  private static let bundled = Mutex<[Key: [String: String]]>([:])

  init(_ library: Library) { self.library = library }

  /// The rule of a measure; as it is written where it cannot be said in the language.
  func rule(_ measure: CheckedMeasure, of document: CheckedDocument, in language: Language) -> String {
    let isChinese = document.syntax.isChinese(line: measure.location.start.line)
    if isChinese == (language == .zh) { return measure.source }
    let key = Key(language: language, text: document.source.text)
    let rules = translated[key] ?? self.rules(of: document.source, in: language, key)
    translated[key] = rules
    return rules[measure.name] ?? measure.source
  }

  /// A document's rules by the names of measures; none where it cannot be said in the language.
  private func rules(of source: SourceFile, in language: Language, _ key: Key) -> [String: String] {
    let isBundled =
      library.ownFiles.isEmpty && Districts.documents.contains { $0.fileName == source.name && $0.text == source.text }
    if isBundled, let known = RuleTexts.bundled.withLock({ $0[key] }) { return known }
    let result = RuleTranslation.translate(
      source, to: language, dictionary: library.dictionary, places: library.places)
    guard result.diagnostics.isEmpty else { return [:] }
    let translation = SourceFile(name: source.name, text: result.text)
    let syntax = PolicyParser.syntax(of: translation, dictionary: library.dictionary)
    var rules: [String: String] = [:]
    for measure in syntax.measures {
      rules[measure.name.text] = language == .zh ? RuleTexts.withoutEnglish(measure.source) : measure.source
    }
    if isBundled { RuleTexts.bundled.withLock { $0[key] = rules } }
    return rules
  }

  /// A rule in Chinese without the English of its texts, which whoever reads it has no use for.
  private static func withoutEnglish(_ rule: String) -> String {
    var out = ""
    var rest = rule[...]
    while let from = String(rest).firstRange(of: " en “") {
      let text = String(rest)
      out += text[..<from.lowerBound]
      let behind = text[from.upperBound...]
      guard let end = behind.firstIndex(of: "”") else { return rule }
      rest = Substring(String(behind[behind.index(after: end)...]))
    }
    return out + rest
  }

  /// The same in both.
  func rule(_ measure: CheckedMeasure, of document: CheckedDocument) -> Text {
    Text(rule(measure, of: document, in: .en), zh: rule(measure, of: document, in: .zh))
  }
}
