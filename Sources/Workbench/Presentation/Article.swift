// Articles of a document: its headings, the prose below each, and what the rules do with it. Knows nothing of how they
// are shown.

import Diagnostics
import PolicyLanguage
import Sessions

/// A heading with what belongs to it.
struct Article {
  let level: Int
  /// Chinese and English halves of a heading such as `三（二）机构奖励 · Rewards`.
  let title: Text
  let line: Int
  let prose: [String]
  let measures: [CheckedMeasure]
  /// Definitions, readings, parameters and values that are declared below it.
  let declared: [Text]

  /// The articles of a document in their order.
  static func all(of document: CheckedDocument) -> [Article] {
    var starts: [(level: Int, text: String, line: Int)] = []
    for prose in document.prose where prose.level > 0 { starts.append((prose.level, prose.text, prose.line)) }
    let declared = declarations(of: document)
    return starts.enumerated().map { i, start in
      let end = i + 1 < starts.count ? starts[i + 1].line : Int.max
      let own = start.line..<end
      return Article(
        level: start.level, title: halves(start.text), line: start.line,
        prose: document.prose.filter { $0.level == 0 && own.contains($0.line) }.map(\.text),
        measures: document.measures.filter { own.contains($0.location.start.line) },
        declared: declared.filter { own.contains($0.line) }.map(\.name))
    }
  }

  /// Measures that stand under no heading of an article, by the articles that they name themselves.
  static func unheaded(_ document: CheckedDocument) -> [Article] {
    let headed = Set(all(of: document).filter { $0.level > 1 }.flatMap(\.measures).map(\.id))
    var articles: [(title: String, measures: [CheckedMeasure])] = []
    for measure in document.measures where !headed.contains(measure.id) {
      if let i = articles.firstIndex(where: { $0.title == measure.article }) {
        articles[i].measures.append(measure)
      } else {
        articles.append((measure.article, [measure]))
      }
    }
    return articles.map { one in
      Article(
        level: 2, title: .same(one.title), line: one.measures[0].location.start.line, prose: [], measures: one.measures,
        declared: [])
    }
  }

  /// What a document declares outside its measures, with the line on which it stands.
  private static func declarations(of document: CheckedDocument) -> [(name: Text, line: Int)] {
    document.definitions.map { ($0.words, $0.location.start.line) }
      + document.readings.compactMap { reading in reading.location.map { (reading.words, $0.start.line) } }
      + document.parameters.map { ($0.words, $0.location.start.line) }
      + document.values.map { ($0.words, $0.location.start.line) }
  }

  /// `三（二）… · …`: the Chinese half stands first; a heading without a dot is the same in both.
  static func halves(_ heading: String) -> Text {
    guard let dot = heading.firstRange(of: " · ") else { return .same(heading) }
    let zh = String(heading[..<dot.lowerBound])
    let en = String(heading[dot.upperBound...])
    // The number of the article goes with both.
    let number = zh.prefix { $0 != " " }
    return isNumber(plain(String(number))) ? Text(number + " " + en, zh: zh) : Text(en, zh: zh)
  }

  /// Whether a text looks like the number of an article: `三(二)`, `二`, `附件`.
  static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { "一二三四五六七八九十百零()、,-–—附件第章节条0123456789".contains($0) }
  }

  /// Brackets and spaces made plain: `三（二）` is `三(二)`.
  static func plain(_ text: String) -> String {
    let plain = ValueText.plain(text).filter { $0 != " " }
    return isNumber(plain) ? plain : ""
  }

  /// Whether a document has an article.
  static func exists(_ wanted: String, in document: CheckedDocument) -> Bool {
    document.measures.contains { names($0.article).contains(wanted) }
      || document.prose.contains { $0.level > 0 && number(of: $0.text) == wanted }
  }

  /// The number with which a heading begins, made plain.
  static func number(of heading: String) -> String { plain(String(heading.prefix { $0 != " " && $0 != "·" })) }

  /// The articles that a measure names, each made plain, and all of them together.
  static func names(_ article: String) -> [String] {
    let whole = plain(article)
    return [whole] + whole.split(whereSeparator: { $0 == "," || $0 == "、" }).map(String.init)
  }

  /// The paragraphs in a language, by their letters; all of them when there is none in it.
  func prose(in language: Language) -> [String] {
    let paragraphs = prose.flatMap { text in
      text.split(separator: "\n\n").map {
        $0.split(separator: "\n").joined(separator: isChinese(String($0)) ? "" : " ")
      }
    }.filter { !$0.isEmpty }
    let wanted = paragraphs.filter { isChinese($0) == (language == .zh) }
    return wanted.isEmpty ? paragraphs : wanted
  }

  private func isChinese(_ text: String) -> Bool {
    let letters = text.unicodeScalars.count { $0.properties.isAlphabetic || ($0.value >= 0x4E00 && $0.value <= 0x9FFF) }
    let ideographs = text.unicodeScalars.count { $0.value >= 0x4E00 && $0.value <= 0x9FFF }
    return ideographs * 3 > letters
  }
}

extension String {
  /// The first place of a text.
  func firstRange(of text: String) -> Range<String.Index>? {
    let (all, wanted) = (Array(utf8), Array(text.utf8))
    guard !wanted.isEmpty, all.count >= wanted.count else { return nil }
    for start in 0...(all.count - wanted.count) where all[start..<(start + wanted.count)] == wanted[...] {
      let from = utf8.index(utf8.startIndex, offsetBy: start)
      return from..<utf8.index(from, offsetBy: wanted.count)
    }
    return nil
  }
}
