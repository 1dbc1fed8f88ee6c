// What lists of payments call a measure: any of its names, its article, or both together. Knows nothing of lines.

import PolicyLanguage

package enum MeasureWords {
  /// The measures that a text names as lines do: those of that very name or article before those of both together.
  package static func named(_ said: String, among measures: [CheckedMeasure]) -> [CheckedMeasure] {
    let plain = PayeeSearch.plain(said).lowercased()
    let whole = measures.filter { of($0).contains(plain) }
    if !whole.isEmpty { return whole }
    return measures.filter { areBoth(plain, article: $0.article, of($0)) }
  }

  /// Its names and its article, as they are compared.
  static func of(_ measure: CheckedMeasure) -> Set<String> {
    let words = [
      measure.id, measure.name, measure.words.zh, measure.title.en, measure.title.zh, measure.article,
    ]
    return Set(words.filter { !$0.isEmpty }.map { PayeeSearch.plain($0).lowercased() })
  }

  /// Whether a text says an article and one of the names together.
  ///
  /// - Parameters:
  ///   - plain: the text, as names are compared.
  ///   - words: the names.
  static func areBoth(_ plain: String, article: String, _ words: Set<String>) -> Bool {
    let article = PayeeSearch.plain(article).lowercased()
    guard !article.isEmpty else { return false }
    let signs = "()[]【】〔〕:;,.、。，：；-—·/"
    func bare(_ text: String) -> String { text.filter { !signs.contains($0) } }
    let said = bare(plain), number = bare(article)
    return words.contains { word in
      let name = bare(word)
      guard name != number, said.count > name.count else { return false }
      return [number, "第" + number, "第" + number + "条", number + "条", "第" + number + "项", number + "项"].contains {
        said == $0 + name || said == name + $0
      }
    }
  }
}
