// Figures in Chinese numerals as digits: 350元 for 三百五十元, 10% for 百分之十. Knows nothing of what they count.

/// Numerals in words.
package enum ChineseNumeral {
  private static let digits: [Character: Int64] = [
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]
  private static let units: [Character: Int64] = [
    "十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000,
  ]
  private static let point: Character = "点"
  /// Nobody writes a longer one.
  private static let longest = 30

  /// A text that begins with a figure in words, with that in digits and the rest as it stands; nil for any other.
  package static func plain(_ text: String) -> String? {
    for (word, places) in [("百分之", 0), ("千分之", 1)] where text.hasPrefix(word) {
      guard let (figure, rest) = leading(text.dropFirst(word.count)) else { return nil }
      return Self.shifted(figure, by: places) + "%" + rest
    }
    guard let (figure, rest) = leading(text[...]) else { return nil }
    return figure + rest
  }

  /// Every figure of a text in digits: 2022年12月31日 for 二〇二二年十二月三十一日.
  package static func allPlain(_ text: String) -> String {
    var out = ""
    var rest = text[...]
    while let first = rest.first {
      if let (figure, behind) = leading(rest) {
        out += figure
        rest = behind
      } else {
        out.append(first)
        rest = rest.dropFirst()
      }
    }
    return out
  }

  /// Both ends of a stretch, or one figure; nil where a piece is none.
  static func plainStretch(_ text: String) -> String? {
    let ends = text.replacing("..", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    guard ends.count <= 2 else { return nil }
    var isChanged = false
    let plain = ends.map { end -> String in
      guard let figure = ChineseNumeral.plain(String(end)) else { return String(end) }
      isChanged = true
      return figure
    }
    return isChanged ? plain.joined(separator: "..") : nil
  }

  /// The figure at the beginning, and what stands behind it.
  private static func leading(_ text: Substring) -> (figure: String, rest: Substring)? {
    var end = text.prefix { digits[$0] != nil || units[$0] != nil }.endIndex
    guard let whole = number(text[..<end]) else { return nil }
    var figure = String(whole)
    if end < text.endIndex, text[end] == point {
      let fraction = text[end...].dropFirst().prefix { digits[$0] != nil }
      if !fraction.isEmpty {
        figure += "." + fraction.compactMap { digits[$0].map { String($0) } }.joined()
        end = fraction.endIndex
      }
    }
    return (figure, text[end...])
  }

  private static func number(_ run: Substring) -> Int64? {
    guard let first = run.first, run.count <= longest else { return nil }
    if !run.contains(where: { units[$0] != nil }) {
      // 二〇二二: digit by digit.
      return Int64(run.compactMap { digits[$0].map { String($0) } }.joined())
    }
    // 十五 and 百万 begin with a unit; 万 by itself is one that stands behind digits.
    guard digits[first] != nil || first == "十" || run.count > 1 && first != "万" && first != "亿" else { return nil }
    return counted(run)
  }

  /// A number that has units: 三百五十, 一万零五, 二亿三千万, and 三百五 for 350.
  private static func counted(_ run: Substring) -> Int64? {
    var (total, section, last): (Int64, Int64, Int64) = (0, 0, 1)
    var pending: Int64?
    var hasGap = false
    for character in run {
      if let digit = digits[character] {
        if let pending, pending > 0 { return nil }
        (pending, hasGap) = (digit, hasGap || digit == 0)
        continue
      }
      guard let unit = units[character] else { return nil }
      if unit < 10_000 {
        let isBare = (pending ?? 0) == 0
        if isBare, unit != 10, section > 0 || total > 0 { return nil }
        section += (isBare ? 1 : pending ?? 1) * unit
      } else {
        section += pending ?? 0
        guard section > 0 || total > 0 else { return nil }
        let sum = unit == 10_000 ? section : total + section
        let (product, isTooLarge) = sum.multipliedReportingOverflow(by: unit)
        if isTooLarge { return nil }
        total = unit == 10_000 ? total + product : product
        section = 0
      }
      (pending, last, hasGap) = (nil, unit, false)
    }
    if let pending { section += hasGap || last < 100 ? pending : pending * (last / 10) }
    return total + section
  }

  /// A figure divided by ten to a number of places.
  private static func shifted(_ figure: String, by places: Int) -> String {
    guard places > 0 else { return figure }
    let parts = figure.split(separator: ".")
    let whole = String(repeating: "0", count: max(0, places + 1 - parts[0].count)) + parts[0]
    return whole.dropLast(places) + "." + whole.suffix(places) + (parts.count > 1 ? parts[1] : "")
  }
}

extension StatementParser {
  /// Commands whose words are figures and names of figures, so that a numeral is nothing else there.
  private static let ofFigures = ["find", "sweep", "simulate", "sensitivity", "project", "attribute", "undo", "redo"]
  private static let comparisons = [
    "不超过", "不高于", "不大于", "不少于", "不低于", "不小于", "至多", "至少", "等于", "为",
  ]

  /// Reads numerals in words as digits, where they can be nothing else. What is given a value behind it is a name.
  mutating func readNumerals() {
    let isOfFigures = form.map { StatementParser.ofFigures.contains($0.name) } ?? false
    for i in tokens.indices.dropFirst(index) where tokens[i].kind == .word {
      let text = tokens[i].text
      if i + 1 < tokens.count, tokens[i + 1].kind == .equals { continue }
      guard isOfFigures || text.hasPrefix("百分之") else { continue }
      if let plain = ChineseNumeral.plainStretch(text), StatementParser.isFigure(plain) {
        read(plain, at: i)
      } else if form?.name == "find", let plain = StatementParser.compared(text) {
        read(plain, at: i)
      }
    }
  }

  private mutating func read(_ text: String, at i: Int) {
    let token = tokens[i]
    tokens[i] = Token(
      kind: token.kind, text: text, raw: token.raw, start: token.start, end: token.end, from: token.from, to: token.to,
      isGlued: token.isGlued)
  }

  /// Whether digits have nothing behind them but a unit: 一次性补贴 is a name.
  private static func isFigure(_ text: String) -> Bool {
    let unit = text.drop { $0.isASCII && ($0.isNumber || $0 == ".") || $0 == "%" }
    return unit.isEmpty || UnitWord.isKnown(String(unit)) || Keyword.times.matches(String(unit))
      || UnitWord.scale(of: String(unit)) != nil || unit.first == "万" || unit.first == "亿"
  }

  /// 合计不超过十万且…: the figure behind the comparison in digits.
  private static func compared(_ text: String) -> String? {
    for word in comparisons {
      guard let found = text.firstRange(of: word) else { continue }
      let tail = String(text[found.upperBound...])
      if let plain = ChineseNumeral.plain(tail) { return text[..<found.upperBound] + plain }
    }
    return nil
  }

  /// Lets go of a comma before a keyword: 求 首次标准，使 …, 扫描 首次标准，从 … 到 …，步长 ….
  mutating func dropCommas() {
    var i = index
    while i + 1 < tokens.count {
      if tokens[i].kind == .comma, StatementParser.goesOn(tokens[i + 1]) {
        tokens.remove(at: i)
      } else {
        i += 1
      }
    }
  }

  /// Whether a word goes on with what stands before a comma. One that only begins as a keyword does may be a name, such
  /// as 从业补贴, unless a figure or a sum follows.
  private static func goesOn(_ token: Token) -> Bool {
    guard token.kind == .word else { return false }
    for keyword in [Keyword.from, .to, .step] {
      if keyword.matches(token.word) { return true }
      for spelling in keyword.spellings where spelling.utf8.count >= 3 && token.text.hasPrefix(spelling) {
        if let next = token.text.dropFirst(spelling.count).first, next.isNumber { return true }
      }
    }
    if Keyword.so.matches(token.word) { return true }
    return Keyword.so.spellings.contains { spelling in
      guard spelling.utf8.count >= 3, token.text.hasPrefix(spelling) else { return false }
      let rest = token.text.dropFirst(spelling.count)
      return (Keyword.total.spellings + Keyword.yearly.spellings).contains { rest.hasPrefix($0) }
    }
  }
}
