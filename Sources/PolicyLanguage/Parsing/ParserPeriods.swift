// Periods that a frame goes through, and the currency of a document. Knows nothing of what they mean.
import Diagnostics
import Reckoning

extension RuleParser {
  /// After `each`, before `period of`: `period of 3 [calendar] months from A to B`; nil where `period` is a name.
  @inline(never)
  mutating func periods() throws(Lost) -> FrameSyntax.Iteration? {
    let start = index
    guard sees(.period, .of) else { return nil }
    index += 2
    guard sort == .number, let months = Int(text(of: tokens[index])), (1...1_200).contains(months) else {
      throw fail(.numberFrom(1, to: 1_200))
    }
    index += 1
    let isCalendar = take(.calendar)
    if !take(.month) { try expect(.months) }
    let (from, to, _) = try fromTo()
    let name = Name("period", at: location(of: tokens[start]))
    return .periods(name, PeriodSyntax(months: months, isCalendar: isCalendar, from: from, to: to))
  }

  /// After `currency`: `dollar`, `dollar zh "美元"`, `yen 0 decimals`.
  mutating func currency() throws(Lost) -> Currency {
    let start = index
    let name = try name(.unit)
    if YuanNames.include(name.text) { throw fail(.yuanNamed(name.text), since: start) }
    let chinese: String? = take(.zh) ? try string() : nil
    guard sort == .number else { return Currency(name.text, chinese: chinese) }
    guard let decimals = Int(text(of: tokens[index])), decimals == 0 || decimals == 2 else {
      throw fail(.word("0 decimals"))
    }
    index += 1
    try expect(.decimals)
    return Currency(name.text, chinese: chinese, decimals: decimals)
  }
}

/// What the yuan is called where a currency is named. Amounts are counted in it where a document names none.
enum YuanNames {
  private static let all: Set<String> = [
    "yuan", "yuán", "renminbi", "rmb", "cny", "cnh", "元", "圆", "人民币", "人民币元", "中国元",
  ]

  static func include(_ word: String) -> Bool { all.contains(word.lowercased()) }
}
