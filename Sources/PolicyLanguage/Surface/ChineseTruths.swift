// Yes-or-no facts of the document's own lists in the words that say whether they hold: 属紧缺工种, 不为紧缺工种. Knows nothing of
// facts that have words of their own.
import Facts

extension ChineseNames {
  /// 属紧缺工种, 不为紧缺工种: a yes-or-no fact behind the words that say whether it holds.
  mutating func addSayings(of truth: String) {
    for (word, _) in Self.isWords {
      // 为重点企业 of a choice or a definition compares.
      if word.hasSuffix("为"), choices.contains(truth) { continue }
      add(word + truth)
      sayings.insert(word + truth)
    }
  }

  /// The words before a yes-or-no fact, and whether they say that it holds.
  private static let isWords: [(String, Bool)] = [
    ("属于", true), ("不属于", false), ("属", true), ("不属", false), ("为", true), ("不为", false), ("是", true), ("不是", false),
    ("系", true), ("不系", false),
  ]

  /// A yes-or-no fact in such words: its name, and whether it then holds.
  static func truth(in saying: String) -> [(name: String, holds: Bool)] {
    isWords.filter { saying.hasPrefix($0.0) }.map { (String(saying.dropFirst($0.0.count)), $0.1) }
  }

  /// `字段 紧缺工种 是否`, `field scarce zh 紧缺工种 bool`
  mutating func declareTruths(_ line: Substring) {
    let text = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
    if text.hasPrefix("定义") || text.hasPrefix("define ") {
      let words = text.split(whereSeparator: Self.ends)
      for name in words.dropFirst().prefix(3) { choices.insert(String(name)) }
    }
    let words = text.split(whereSeparator: { " 　\t".contains($0) })
    guard words.count > 2, words[0] == "字段" || words[0] == "field" else { return }
    guard words[2...].prefix(3).contains(where: { $0 == "是否" || $0 == "bool" }) else { return }
    let name = words[0] == "field" && words[2] == "zh" && words.count > 3 ? words[3] : words[1]
    let zh = String(name.prefix { !Self.ends($0) })
    if zh.isChinese { truths.insert(zh) }
  }
}
