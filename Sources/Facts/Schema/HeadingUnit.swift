// What a heading says in brackets of the amounts below it: in what they are counted and for which time, in whatever
// order and with whatever is said besides. Knows nothing of headings without brackets, or of cells.

/// A unit as headings have it: 元/人·天, 万元, 税前，元/月.
struct HeadingUnit {
  /// The unit of money, and how many yuan it is.
  private(set) var unit: (name: String, yuan: Int64)?
  /// The times that are spoken of: hour, day, week, month, quarter, year.
  private(set) var times: Set<String> = []
  /// What is not understood.
  private(set) var rest = ""
  /// Whether it is counted in another currency, or in hundredths.
  private(set) var isForeign = false
  /// Whether a time is said as a measure (/天, 每天, 按日), or nothing but a time.
  private var isMeasured = false
  private let text: String

  /// - Parameter text: what stands in brackets, closed and in small letters.
  init(_ text: String) {
    self.text = text
    var left = HeadingUnit.withoutDates(text)[...]
    var others = 0
    while let first = left.first {
      if let (name, word) = HeadingUnit.first(of: left, HeadingUnit.times) {
        times.insert(name)
        isMeasured = isMeasured || HeadingUnit.measures.contains { text.contains($0 + word) }
        left = left.dropFirst(word.count)
      } else if let known = HeadingUnit.units.first(where: { left.hasPrefix($0.name) }) {
        if let unit, unit.yuan != known.yuan { rest += known.name } else { unit = known }
        left = left.dropFirst(known.name.count)
      } else if let word = HeadingUnit.foreign.first(where: left.hasPrefix) {
        // 部分 is no hundredth.
        if word.count > 1 || text == word || text == "单位:" + word { isForeign = true } else { rest += word }
        left = left.dropFirst(word.count)
      } else if let word = HeadingUnit.harmless.first(where: left.hasPrefix) {
        left = left.dropFirst(word.count)
      } else {
        rest.append(first)
        others += 1
        left = left.dropFirst()
      }
    }
    isMeasured = isMeasured || (others == 0 && !times.isEmpty)
    // 千户 counts no money: a bare numeral is a unit of it only by itself.
    if let unit, !unit.name.contains("元"), !["yuan", "rmb", "cny", "圆"].contains(unit.name), !rest.isEmpty {
      self.unit = nil
    }
  }

  /// Whether amounts are for another time than a field's: 元/天 of a wage by the month, 天 of a contract's months.
  func isOfOtherTime(than field: Field) -> Bool {
    guard unit != nil || isMeasured, !times.isEmpty else { return false }
    switch field.type {
    case .money:
      if field.name.hasPrefix("monthly") { return !times.contains("month") }
      return times.contains { ["hour", "day", "week"].contains($0) && !field.name.contains($0) }
        && !field.name.contains("dai")
    // A contract's months may be said in years.
    case .int: return field.name.hasSuffix("_months") && !times.isSubset(of: ["month", "year"])
    case .text, .bool, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set, .figure:
      return false
    }
  }

  /// Whether something is said that may make the amounts others than a field's: what is not understood, or several
  /// times.
  func isUnclear(of field: Field) -> Bool { !rest.isEmpty || field.name.hasPrefix("monthly") && times.count > 1 }

  private static let measures = ["/", "每", "按", "·", ".", "一", "单", "元", "每1", "/1", "以"]
  private static let units = AmountWriting.units.sorted { $0.name.count > $1.name.count }
  private static let foreign = ["美元", "usd", "$", "港元", "港币", "欧元", "eur", "日元", "%", "％", "分", "角"]

  /// Words for times, longer ones first.
  private static let times: [(name: String, word: String)] = [
    ("hour", ["个小时", "小时", "时薪", "工时", "课时", "学时", "钟头", "时", "hours", "hour", "h"]),
    ("day", ["工作日", "日工资", "日薪", "日结", "日均", "工日", "个工", "天", "日", "days", "day"]),
    ("week", ["周薪", "星期", "礼拜", "周", "week"]), ("month", ["个月", "月薪", "月均", "月", "months", "month"]),
    ("quarter", ["季度", "季", "quarter"]), ("year", ["年薪", "年度", "年均", "全年", "年", "years", "year", "annual"]),
  ].flatMap { name, words in words.map { (name, $0) } }.sorted { $0.word.count > $1.word.count }

  /// What says nothing of how much an amount is.
  private static let harmless = [
    "单位:", "人民币", "基本工资", "平均工资", "小数点后两位", "保留两位小数", "两位小数", "税前", "税后", "含税", "不含税", "应发", "实发", "底薪", "工资", "薪资",
    "平均", "标准", "金额", "人均", "每人", "劳动者", "职工", "计算", "计", "人", "名", "家", "户", "每", "按", "以", "均", "为", "单位", "必填", "选填",
    "数字", "大写",
    "小写", "per", "person", "in", "of", "a", "/", "·", ".", ",", ";", ":", "-", "、", "，", "。", "*", "×", "x", "一", "1",
    "单", "+",
  ].sorted { $0.count > $1.count }

  private static func first(
    of text: Substring, _ words: [(name: String, word: String)]
  ) -> (name: String, word: String)? {
    words.first { text.hasPrefix($0.word) }
  }

  /// Without the years, months and days that a heading is of, which are no measures: 2022年12月.
  private static func withoutDates(_ text: String) -> String {
    var out = ""
    var figures = ""
    for sign in text {
      if sign.isNumber {
        figures.append(sign)
      } else {
        let isDate = !figures.isEmpty && figures != "1" && "年月日".contains(sign)
        if !isDate { out += figures + String(sign) }
        figures = ""
      }
    }
    return out + figures
  }
}
