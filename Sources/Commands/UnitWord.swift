// The units that people write after a number. Knows nothing of values.

import PolicyLanguage

/// The words after a number.
package enum UnitWord {
  private static let money: Set<String> = ["yuan", "元", "rmb", "cny", "块", "圆", "人民币"]
  private static let perMonth: Set<String> = ["yuan per month", "元/月", "yuan/month", "元每月", "元 每月", "每月"]
  private static let share: Set<String> = ["%", "percent"]
  private static let months: Set<String> = ["month", "months", "个月", "月", "mo"]
  private static let years: Set<String> = ["year", "years", "年"]
  private static let days: Set<String> = ["day", "days", "天", "日"]
  /// Words for what is counted; rules may use others.
  private static let counts: Set<String> = [
    "person", "persons", "people", "hire", "hires", "worker", "workers", "post", "posts", "place", "places", "team",
    "teams", "time", "times", "point", "points", "specialist", "specialists", "enterprise", "enterprises", "人", "名",
    "个", "次", "家", "项", "岗", "岗位", "名额", "支", "倍",
  ]

  /// By which power of ten a word multiplies the number before it: million, 300k, 百万; nil when it is none.
  package static func scale(of word: String) -> Int? {
    switch word {
    case "k", "thousand", "千": 3
    case "million", "millions", "mn", "百万": 6
    case "billion", "billions", "bn", "十亿": 9
    case "百": 2
    case "十万": 5
    case "千万": 7
    default: nil
    }
  }

  /// The scales that may follow a number without a space, the longest first.
  package static let scales = [
    "thousand", "millions", "million", "billions", "billion", "百万", "十万", "千万", "十亿", "mn", "bn", "k", "千", "百",
  ]

  /// Whether a word is some unit.
  package static func isKnown(_ word: String) -> Bool {
    word == "万" || word == "亿" || word == "万元" || word == "亿元" || type(of: word) != nil
      || perMonth.contains(word)
  }

  /// What a unit measures, and by how much its figure is multiplied; nil when it is no known unit.
  package static func type(of unit: String) -> (type: ValueType, factor: Int64)? {
    if unit.isEmpty { return nil }
    if perMonth.contains(unit) { return (.rate(.month), 1) }
    if unit == "yuan per day" || unit == "元/天" { return (.rate(.day), 1) }
    if money.contains(unit) { return (.money, 1) }
    if share.contains(unit) { return (.share, 1) }
    if months.contains(unit) { return (.months, 1) }
    if years.contains(unit) { return (.months, 12) }
    if days.contains(unit) { return (.days, 1) }
    if counts.contains(unit) { return (.number, 1) }
    return nil
  }
}
