// Amounts in Chinese figures, as finance offices write them: 肆仟贰佰元整, 人民币壹万贰仟叁佰元伍角, 四千二百元. What leaves a
// place out as people speak (四千二, 一万二) has no one meaning and is not read. Knows nothing of columns.

/// Reads amounts in Chinese figures.
enum ChineseAmount {
  private static let digits: [Character: Int64] = [
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "貳": 2, "叁": 3,
    "參": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
  ]
  private static let units: [Character: Int64] = [
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000,
  ]
  private static let noughts: Set<Character> = ["零", "〇"]

  /// - Returns: nil for any other text, and for figures that may mean several amounts.
  static func fen(_ text: String) -> Int64? {
    guard text.utf8.count <= 90 else { return nil }
    var rest = text[...]
    if rest.hasPrefix("人民币") { rest = rest.dropFirst(3).drop { ":： ".contains($0) } }
    rest = Substring(rest.filter { !$0.isWhitespace })
    guard let first = rest.first, digits[first] != nil || first == "十" || first == "拾" else { return nil }
    let point = rest.firstIndex { "元圆".contains($0) }
    let whole = point.map { rest[..<$0] } ?? rest
    // Without its unit a text needs a place of its own: 四千二百.
    guard point != nil || whole.contains(where: { units[$0] != nil || $0 == "万" }), let yuan = number(whole) else {
      return nil
    }
    guard let cents = point.map({ rest[rest.index(after: $0)...] }) else { return yuan * 100 }
    return parts(cents).map { yuan * 100 + $0 }
  }

  /// 整, 伍角, 零伍分, 伍角陆分
  private static func parts(_ text: Substring) -> Int64? {
    if text.isEmpty || text == "整" || text == "正" { return 0 }
    var rest = text
    if let last = rest.last, "整正".contains(last) { rest = rest.dropLast() }
    var fen: Int64 = 0
    for (mark, times) in [("角", 10), ("分", 1)] as [(Character, Int64)] {
      if let first = rest.first, noughts.contains(first) { rest = rest.dropFirst() }
      guard let first = rest.first, let digit = digits[first], rest.dropFirst().first == mark else { continue }
      fen += digit * times
      rest = rest.dropFirst(2)
    }
    return rest.isEmpty && fen > 0 ? fen : nil
  }

  /// A whole number below 10,000 millions.
  private static func number(_ text: Substring) -> Int64? {
    var total: Int64 = 0
    var rest = text
    for (mark, times) in [("亿", 100_000_000), ("万", 10_000)] as [(Character, Int64)] {
      guard let at = rest.firstIndex(of: mark) else { continue }
      guard let high = section(rest[..<at], isFirst: total == 0), high > 0 else { return nil }
      total += high * times
      rest = rest[rest.index(after: at)...]
    }
    if rest.isEmpty { return total > 0 ? total : nil }
    return section(rest, isFirst: total == 0).map { total + $0 }
  }

  /// A number below 10,000.
  /// - Parameter isFirst: whether nothing stands before it: behind 万 a single figure without 零 may be of any place.
  private static func section(_ text: Substring, isFirst: Bool) -> Int64? {
    var (value, last) = (Int64(0), Int64(10_000))
    var digit: Int64?
    var hasNought = false
    for sign in text {
      if noughts.contains(sign) {
        guard digit == nil else { return nil }
        hasNought = true
      } else if let figure = digits[sign] {
        guard digit == nil else { return nil }
        digit = figure
      } else if let unit = units[sign], unit < last {
        guard let count = digit ?? (unit == 10 && value == 0 && isFirst ? 1 : nil) else { return nil }
        value += count * unit
        (last, digit, hasNought) = (unit, nil, false)
      } else {
        return nil
      }
    }
    guard let digit else { return hasNought ? nil : value }
    return hasNought || last == 10 || (last == 10_000 && isFirst) ? value + digit : nil
  }
}
