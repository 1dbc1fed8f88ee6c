// The words of a goal in both languages, whichever they were typed in: what is known by a name in the other is called
// so there, and what is a person's own stays as it was typed. Knows nothing of what they stand for in a search.

import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reports
import Sessions

/// Tells goals.
struct GoalWords {
  private let documents: [CheckedDocument]
  private let counts: [Text]

  init(_ inquiry: Inquiry) {
    documents = inquiry.documents
    counts = Engine.counts(of: inquiry.documents)
  }

  func text(_ words: [Written]) -> Text {
    var en: [String] = [], zh: [String] = []
    for word in words {
      let told = text(word)
      if !told.en.isEmpty, en.last != told.en || told.en != "every year" { en.append(told.en) }
      if !told.zh.isEmpty, zh.last != told.zh { zh.append(told.zh) }
    }
    return Text(en.joined(separator: " "), zh: zh.joined(separator: " "))
  }

  private func text(_ word: Written) -> Text {
    let isChinese = word.text.utf8.contains { $0 >= 0x80 }
    let known = meaning(of: word.text.lowercased()) ?? name(word.text)
    guard let known else { return .same(word.raw) }
    return isChinese ? Text(known.en, zh: word.raw) : Text(word.raw, zh: known.zh)
  }

  /// The words that the language itself has.
  private func meaning(of word: String) -> Text? {
    if YearlySearch.everyYear.contains(word) { return Text("every year", zh: "每年") }
    switch word {
    case "due", "应付": return Text("due", zh: "应付")
    case "pending", "待付", "未到期": return Text("pending", zh: "未到期")
    case "of", "in", "for", "the", "yuan", "元", "中", "的": return Text("", zh: "")
    default: break
    }
    if Keyword.total.matches(word) { return Text("total", zh: "合计") }
    if let year = Int(word), (1900...2200).contains(year) { return Text(word, zh: word + "年") }
    if word.hasSuffix("年"), let year = Int(word.dropLast()) { return Text(String(year), zh: word) }
    return nil
  }

  /// Names that documents give.
  private func name(_ word: String) -> Text? {
    if let measure = documents.flatMap(\.measures).first(where: {
      $0.id == word || $0.name == word || $0.words.zh == word
    }) {
      return Text(measure.name, zh: measure.words.zh)
    }
    return counts.first { $0.en == word || $0.zh == word }
  }
}
