// Measures' rules as a reader of either language reads them: as they are written, or translated. A document is
// translated once. Knows nothing of how rules are shown.

import Diagnostics
import PolicyLanguage
import Sessions

/// The rules of measures in the reader's language.
final class RuleTexts {
  private let library: Library
  private var translated: [String: [String: String]] = [:]

  init(_ library: Library) { self.library = library }

  /// The rule of a measure; as it is written where it cannot be said in the language.
  func rule(_ measure: CheckedMeasure, of document: CheckedDocument, in language: Language) -> String {
    let isChinese = document.syntax.isChinese(line: measure.location.start.line)
    if isChinese == (language == .zh) { return measure.source }
    let key = "\(language.rawValue) \(document.id)"
    if let known = translated[key] { return known[measure.name] ?? measure.source }
    let result = RuleTranslation.translate(
      document.source, to: language, dictionary: library.dictionary, places: library.places)
    guard result.diagnostics.isEmpty else {
      translated[key] = [:]
      return measure.source
    }
    let source = SourceFile(name: document.source.name, text: result.text)
    let (syntax, _) = PolicyParser.parse(document: source, dictionary: library.dictionary)
    var rules: [String: String] = [:]
    for measure in syntax.measures {
      rules[measure.name.text] = language == .zh ? RuleTexts.withoutEnglish(measure.source) : measure.source
    }
    translated[key] = rules
    return rules[measure.name] ?? measure.source
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
