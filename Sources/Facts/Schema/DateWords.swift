// What people write around a day and in place of its figures: 二〇二二年三月一日, 自2022年3月1日起, 2022-12-31（辞职）. What may
// make it another day, or none yet, is left as it is. Knows nothing of days.

enum DateWords {
  /// The text of a day without the words around it, its figures as digits.
  static func plain(_ text: String) -> String {
    var rest = text
    for word in ["上午", "下午", "早上", "晚上", "中午"] where rest.contains(word) { rest = rest.replacing(word, with: " ") }
    for word in ["自", "从", "于"] where rest.hasPrefix(word) { rest = String(rest.dropFirst(word.count)) }
    for word in ["开始", "起", "为止", "止"] where rest.hasSuffix(word) && rest.count > word.count {
      rest = String(rest.dropLast(word.count))
      break
    }
    rest = withoutRemark(rest)
    return numerals(rest) ?? rest
  }

  /// A word that says what a day is of, in brackets or behind a blank, goes; one that says that it is not sure stays.
  private static func withoutRemark(_ text: String) -> String {
    let parts: (day: Substring, remark: Substring)
    if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      parts = (text[..<open], text[text.index(after: open)...].dropLast())
    } else if let gap = text.lastIndex(of: " ") {
      parts = (text[..<gap], text[text.index(after: gap)...])
    } else {
      return text
    }
    let isWord =
      !parts.remark.isEmpty && parts.remark.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
    guard isWord, parts.day.contains(where: \.isNumber), !unsure.contains(where: { parts.remark.contains($0) }),
      !parts.remark.hasPrefix("周"), !parts.remark.hasPrefix("星期"), !parts.remark.hasPrefix("礼拜")
    else { return text }
    return String(Members.trimmed(parts.day))
  }

  private static let unsure = [
    "预", "拟", "计划", "暂", "约", "左右", "前", "后", "或", "未", "待", "疑", "可能", "试", "农历", "阴历", "旧历", "年", "月", "日", "不",
  ]

  private static let digits: [Character: Int] = [
    "〇": 0, "零": 0, "○": 0, "Ο": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]

  /// A day in Chinese figures in digits: 二〇二二年三月十二日; nil for any other text.
  private static func numerals(_ text: String) -> String? {
    guard let year = text.firstIndex(of: "年"), let month = text.firstIndex(of: "月"), year < month else { return nil }
    let years = text[..<year].compactMap { digits[$0] }
    guard years.count == 4, text[..<year].count == 4 else { return nil }
    var rest = text[text.index(after: month)...]
    if let last = rest.last, "日号".contains(last) { rest = rest.dropLast() }
    guard let months = number(text[text.index(after: year)..<month]) else { return nil }
    let head = "\(years.map(String.init).joined())年\(months)月"
    if rest.isEmpty { return head }
    return number(rest).map { head + "\($0)日" }
  }

  /// 1 to 99: 三, 十, 十二, 二十, 二十一, 廿一
  private static func number(_ text: Substring) -> Int? {
    let text = text.hasPrefix("廿") ? "二十" + text.dropFirst() : text
    guard let ten = text.firstIndex(of: "十") else {
      return text.count == 1 ? text.first.flatMap { digits[$0] } : nil
    }
    let (before, after) = (text[..<ten], text[text.index(after: ten)...])
    guard before.count < 2, after.count < 2 else { return nil }
    let tens = before.isEmpty ? 1 : before.first.flatMap { digits[$0] }
    let ones = after.isEmpty ? 0 : after.first.flatMap { digits[$0] }
    guard let tens, let ones, tens > 0 else { return nil }
    return tens * 10 + ones
  }
}
