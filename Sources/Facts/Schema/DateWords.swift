// What people write around a day and in place of its figures: 二〇二二年三月一日, 自2022年3月1日起, 2022-12-31（辞职）. What may
// make it another day, or none yet, is left as it is. Knows nothing of days.

enum DateWords {
  /// The text of a day without the words around it, its figures as digits.
  ///
  /// - Parameter isLast: whether the last day of something is asked for; nil: nobody knows.
  static func plain(_ text: String, isLast: Bool? = nil) -> String {
    var rest = text
    for word in ["上午", "下午", "早上", "晚上", "中午"] where rest.contains(word) { rest = rest.replacing(word, with: " ") }
    for word in ["自", "从", "于"] where rest.hasPrefix(word) { rest = String(rest.dropFirst(word.count)) }
    // A last day from which on something holds is none, and so is a first one until which it does.
    let around = (isLast == true ? [] : ["开始", "起"]) + (isLast == false ? [] : ["为止", "止"])
    for word in around where rest.hasSuffix(word) && rest.count > word.count {
      rest = String(rest.dropLast(word.count))
      break
    }
    rest = withoutRemark(rest, isLast)
    return numerals(rest) ?? rest
  }

  /// A word that says why a day is what it is, in brackets, behind a blank or right behind the day, goes; any other
  /// stays, since it may say that the day holds no more (取消), or not yet.
  private static func withoutRemark(_ text: String, _ isLast: Bool?) -> String {
    let found = apart(text) {
      reasons.contains($0) || isLast != true && firsts.contains($0) || isLast != false && lasts.contains($0)
    }
    guard let found, found.day.contains(where: \.isNumber) else { return text }
    return found.day
  }

  /// A text without the word behind it, in brackets, behind a blank or right behind a day; nil where none is known.
  private static func apart(_ text: String, _ isKnown: (String) -> Bool) -> (day: String, remark: String)? {
    var parts: (day: Substring, remark: Substring)?
    if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      parts = (text[..<open], text[text.index(after: open)...].dropLast())
    } else if let gap = text.lastIndex(of: " ") {
      parts = (text[..<gap], text[text.index(after: gap)...])
    } else if let end = text.lastIndex(where: { $0.isNumber && $0.isASCII }) {
      // 2022.3.1试用, 2022年3月1日试用
      var from = text.index(after: end)
      if from < text.endIndex, "日号".contains(text[from]) { from = text.index(after: from) }
      parts = (text[..<from], text[from...])
    }
    guard let (day, remark) = parts, !remark.isEmpty,
      remark.unicodeScalars.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) }), isKnown(String(remark))
    else { return nil }
    return (String(Members.trimmed(day)), String(remark))
  }

  /// The word behind a day that says that what was before goes on, so that the day is neither a first nor a last one:
  /// 2022.3.1续签; nil for any other text.
  static func goingOn(_ text: String) -> (day: String, word: String)? {
    apart(CellText.plain(text)) { continuing.contains($0) }.map { ($0.day, $0.remark) }
  }

  private static let continuing: Set<String> = [
    "续签", "续聘", "续订", "续约", "续保", "续缴", "续签合同", "合同续签", "续订合同", "续签劳动合同", "转入", "社保转入", "关系转入", "转入参保", "调入", "改签",
    "换签",
    "重签", "延续", "顺延", "转正",
  ]

  /// What may stand behind any day without making it another.
  private static let reasons: Set<String> = [
    "阳历", "公历", "新历", "已核实", "核实", "经核实", "已核对", "已确认", "毕业", "结业", "出生",
  ]
  /// The same of a first day, and of a last one.
  private static let firsts: Set<String> = [
    "入职", "已入职", "新入职", "新招", "新进", "到岗", "上岗", "报到", "参保", "首次参保", "增员", "入职日期", "参保日期", "返岗", "复工", "起聘",
    "签订", "试用", "试用期", "试用期开始", "开始试用", "试工", "见习",
  ]
  private static let lasts: Set<String> = [
    "辞职", "离职", "已离职", "已辞职", "自动离职", "自离", "主动离职", "辞退", "被辞退", "解除", "解除合同", "协商解除", "解除劳动合同", "终止", "终止合同", "合同终止",
    "到期", "合同到期", "期满", "合同期满", "退休", "死亡", "病故", "身故", "裁员", "开除", "离岗", "停保", "减员", "离职日期", "转出", "离厂",
  ]

  private static let digits: [Character: Int] = [
    "〇": 0, "零": 0, "○": 0, "Ο": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]

  /// A day in Chinese figures in digits: 二〇二二年三月十二日; nil for any other text.
  private static func numerals(_ text: String) -> String? {
    guard let year = text.firstIndex(of: "年"), let month = text.firstIndex(of: "月"), year < month else { return nil }
    // 2023年三月一日
    let years = text[..<year].compactMap { digits[$0] ?? ($0.isASCII ? $0.wholeNumberValue : nil) }
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
