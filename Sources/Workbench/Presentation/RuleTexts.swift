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
  private var translated: [Key: Rules] = [:]

  /// A document's rules in one language: those of measures by their names, and the clauses that say what a word means.
  private struct Rules {
    var measures: [String: String] = [:]
    var clauses: [String: String] = [:]
  }

  private struct Key: Hashable {
    let language: Language
    let text: String
  }

  /// Those of bundled documents, which say the same in every session that has nothing beside them.
  private static let bundled = Mutex<[Key: Rules]>([:])

  init(_ library: Library) { self.library = library }

  /// The rule of a measure; as it is written where it cannot be said in the language.
  func rule(_ measure: CheckedMeasure, of document: CheckedDocument, in language: Language) -> String {
    let isChinese = document.syntax.isChinese(line: measure.location.start.line)
    if isChinese == (language == .zh) { return measure.source }
    return rules(of: document, in: language).measures[measure.name] ?? measure.source
  }

  /// The clause that says what a word means; as it is written where it cannot be said in the language.
  func clause(_ term: RuleTerm, in language: Language) -> String {
    let written = RuleTerm.clauses(term.document.syntax)[term.key] ?? ""
    let declared = RuleTerm.declared(term.document.syntax).first { $0.key == term.key }
    let isChinese = term.document.syntax.isChinese(line: declared?.name.location.start.line ?? 0)
    if isChinese == (language == .zh) { return written }
    return rules(of: term.document, in: language).clauses[term.key] ?? written
  }

  private func rules(of document: CheckedDocument, in language: Language) -> Rules {
    let key = Key(language: language, text: document.source.text)
    let rules = translated[key] ?? self.rules(of: document.source, in: language, key)
    translated[key] = rules
    return rules
  }

  /// A document's rules; none where it cannot be said in the language.
  private func rules(of source: SourceFile, in language: Language, _ key: Key) -> Rules {
    let isBundled =
      library.ownFiles.isEmpty && Districts.documents.contains { $0.fileName == source.name && $0.text == source.text }
    if isBundled, let known = RuleTexts.bundled.withLock({ $0[key] }) { return known }
    let result = RuleTranslation.translate(
      source, to: language, dictionary: library.dictionary, places: library.places)
    guard result.diagnostics.isEmpty else { return Rules() }
    let translation = SourceFile(name: source.name, text: result.text)
    let syntax = PolicyParser.syntax(of: translation, dictionary: library.dictionary)
    func told(_ rule: String) -> String { language == .zh ? RuleTexts.withoutEnglish(rule) : rule }
    var rules = Rules(clauses: RuleTerm.clauses(syntax).mapValues(told))
    for measure in syntax.measures { rules.measures[measure.name.text] = told(measure.source) }
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

  /// A measure's rule for whoever only reads it: in Chinese without ids, which stand behind Chinese names for those who
  /// write rules.
  func reading(_ measure: CheckedMeasure, of document: CheckedDocument, in language: Language) -> String {
    RuleTexts.withoutIDs(rule(measure, of: document, in: language), in: language)
  }

  /// The same in both.
  func reading(_ measure: CheckedMeasure, of document: CheckedDocument) -> Text {
    Text(reading(measure, of: document, in: .en), zh: reading(measure, of: document, in: .zh))
  }

  /// The same of the clause that says what a word means.
  func readingClause(_ term: RuleTerm, in language: Language) -> String {
    RuleTexts.withoutIDs(clause(term, in: language), in: language)
  }

  /// A rule without the ids in 〔〕 behind names; the texts in it stay as they are.
  private static func withoutIDs(_ rule: String, in language: Language) -> String {
    language == .zh ? rule.replacing(/〔[A-Za-z_][A-Za-z0-9_.\-]*〕/, with: "") : rule
  }

  /// The same in both.
  func rule(_ measure: CheckedMeasure, of document: CheckedDocument) -> Text {
    Text(rule(measure, of: document, in: .en), zh: rule(measure, of: document, in: .zh))
  }
}
