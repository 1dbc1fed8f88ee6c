// Chinese keywords need no space before and behind them: `200元到580元`, `rate_3m从200`. Where a name has to stand none of
// them can begin, so that 自付点 and 在岗标准 stay whole. Knows nothing of which names exist.

import Diagnostics

extension StatementParser {
  /// Cuts words at the keywords of a range, a goal and a programme that are glued to them.
  ///
  /// A name has to stand at the beginning, behind a comma or a plus, behind the keyword of a programme, and from the
  /// keyword of a goal up to its comparison. A word there that begins as a keyword does is a name, whole.
  package mutating func splitKeywords() {
    dropCommas()
    let saved = index
    defer { index = saved }
    var standing = Standing.name
    var i = index
    while i < tokens.count, tokens.count < CommandLexer.limit {
      defer { i += 1 }
      index = i
      let text = tokens[i].text
      switch tokens[i].kind {
      case .word: break
      case .comma, .plus:
        standing = .name
        continue
      case .quoted:
        standing = standing == .goal ? .goal : .other
        continue
      case .equals, .colon, .atMost, .atLeast, .end:
        standing = .other
        continue
      }
      if Keyword.so.matches(tokens[i].word) {
        standing = .goal
      } else if Keyword.in.matches(tokens[i].word) {
        standing = .name
      } else if !GluedKeywords.spellings.contains(text) {
        // 使合计不超过80万于长乐: what says the comparison ends the goal.
        if standing == .goal, GluedKeywords.comparisons.contains(where: text.contains) { standing = .other }
        if standing == .other, let spelling = GluedKeywords.leading(text) {
          split(at: spelling.utf8.count)
          // The keyword is met again, now by itself.
          i -= 1
          continue
        }
        if let cut = GluedKeywords.cut(text, isName: standing != .other) { split(at: cut) }
        if standing == .name { standing = .other }
      }
    }
  }

  /// What has to stand at a place.
  private enum Standing {
    /// The name of a figure or of a document.
    case name
    /// What is to reach a figure: names of measures, years, people.
    case goal
    case other
  }
}

/// Chinese keywords within words.
private enum GluedKeywords {
  private static let ofFigures = chinese([.from, .to, .step])
  /// The longer before those that they begin with.
  static let spellings = chinese([.from, .to, .step, .so, .in])
  static let comparisons = ["不", "等于", "至多", "至少", "小于", "低于", "少于", "大于", "高于", "超过"]

  private static func chinese(_ keywords: [Keyword]) -> [String] {
    keywords.flatMap(\.spellings).filter { ($0.utf8.first ?? 0) > 0x7F }.sorted { $0.utf8.count > $1.utf8.count }
  }

  /// The keyword that a word begins with and goes on behind; none where it says a comparison: 至少.
  static func leading(_ text: String) -> String? {
    if ["至多", "至少"].contains(where: text.hasPrefix) { return nil }
    return spellings.first { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
  }

  /// 二百 of 二百到四百.
  private static func isNumeral(_ text: Substring) -> Bool {
    ChineseNumeral.plain(String(text))?.allSatisfy { $0.isASCII || "元万亿个月人天年日％".contains($0) } ?? false
  }

  /// Where a keyword begins behind a figure or a name in letters, in bytes; nil where none does.
  /// - Parameter isName: whether a name has to stand here, of which a keyword of figures is a part unless a figure
  ///   follows: `LPR自付点`.
  static func cut(_ text: String, isName: Bool) -> Int? {
    spellings.compactMap { spelling -> Int? in
      guard let found = text.firstRange(of: spelling), found.lowerBound > text.startIndex,
        text[..<found.lowerBound].allSatisfy({ $0.isASCII || "元万亿个月人天年日％".contains($0) })
          || !isName && isNumeral(text[..<found.lowerBound])
      else { return nil }
      // kk.在岗补贴 is one name.
      if text[..<found.lowerBound].last == "." { return nil }
      let next = text[found.upperBound...].first
      let isFigure = next.map { $0.isASCII && ($0.isNumber || $0 == "-") } ?? true
      if isName, ofFigures.contains(spelling), !isFigure { return nil }
      return text[..<found.lowerBound].utf8.count
    }.min()
  }
}
