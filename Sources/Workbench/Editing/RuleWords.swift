// What the words of the rule language mean, for whoever points at one: a sentence in both languages, by the words of
// either surface. Knows nothing of places in a file.

import Answers
import Diagnostics
import View

/// The words of the rule language, told.
enum RuleWords {
  /// A word or turn: in English, in Chinese (several parted by blanks), and what it says.
  struct Entry {
    let en: String
    let zh: String
    let meaning: Text

    init(_ en: String, _ zh: String, _ meaning: String, _ chinese: String) {
      (self.en, self.zh, self.meaning) = (en, zh, Text(meaning, zh: chinese))
    }
  }

  /// What a word says that begins a line.
  static func meaning(of word: String, _ language: Language) -> String? {
    byEnglish[word]?.meaning.in(language)
  }

  /// The longest known turn that holds a place of a line, as columns from nought.
  static func entry(in line: [Character], at place: Int) -> Entry? {
    var best: (entry: Entry, length: Int)?
    for (spelling, entry) in spellings where spelling.count > best?.length ?? 0 {
      for start in max(0, place - spelling.count + 1)...place where start + spelling.count <= line.count {
        let end = start + spelling.count
        guard line[start..<end].elementsEqual(spelling) else { continue }
        let isLatin = spelling[0].isASCII
        let isFree =
          !isLatin
          || (start == 0 || !isPart(line[start - 1])) && (end == line.count || !isPart(line[end]))
        if isFree { best = (entry, spelling.count) }
      }
    }
    return best?.entry
  }

  /// Whether a Chinese name is a turn of the language that has more than a word: 稳定就业.
  static func isSpelt(_ name: String, _ entry: Entry) -> Bool {
    entry.zh.split(separator: " ").contains { $0.count > 3 && ($0.hasPrefix(name) || name.hasPrefix($0)) }
  }

  private static func isPart(_ character: Character) -> Bool {
    OpenFile.isNamePart(character) && character.isASCII || character == "."
  }

  /// A word as an editor shows it, with a line that has it.
  static func answer(_ entry: Entry, line: Text?) -> Answer {
    let zh = entry.zh.split(separator: " ").joined(separator: "、")
    var blocks: [Block] = [
      .paragraph([Span(Text(entry.en, zh: zh), .code), Span(Text(" \(zh)", zh: " \(entry.en)"), .muted)]),
      .paragraph(entry.meaning),
    ]
    if let line { blocks.append(.lines([[Span(line, .code)]])) }
    return Answer(
      Document(blocks),
      records: [Record(kind: "word", ["word": .id(entry.en), "meaning": .words(entry.meaning)])])
  }

  private static let byEnglish = Dictionary(
    RuleWordList.all.map { ($0.en, $0) }, uniquingKeysWith: { first, _ in first })

  private static let spellings: [(spelling: [Character], entry: Entry)] = RuleWordList.all.flatMap { entry in
    ([entry.en] + entry.zh.split(separator: " ").map(String.init)).filter { !$0.isEmpty }.map { (Array($0), entry) }
  }
}
