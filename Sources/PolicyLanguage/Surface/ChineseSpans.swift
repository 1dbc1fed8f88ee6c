// Figures of several words about days, months, places and growth in Chinese to syntax. What they look like stands
// beside each in `ChineseFigures`. Knows nothing of what they mean.
//
// span = "自" sum "至" sum ( "的天数" | "的在岗天数" | "的自然月数" | "按一年" DAYS "折算的年数" | "按每月" DAYS "折算的年数"
//                           | "按实际天数折算的年数" ) .
// edge = operand ( "所在月的首日" | … | "的" MONTH ( "月首日" | "月末日" ) | "的第" NUMBER ( "季度首日" | "季度末日" )
//                 | "的第" operand ( "月首日" | "月末日" | "季度首日" | "季度末日" ) ) .
import Diagnostics

extension ChineseParser {
  /// After `自a至b`: what is counted between the two days; nil where something else follows.
  mutating func span(_ ends: [Expression], since start: Int) throws(Lost) -> Expression? {
    if take("的天数") { return made(.form(.days, ends), since: start) }
    if take("的在岗天数") { return made(.form(.daysPresent, ends), since: start) }
    if take("的自然月数") { return made(.form(.calendarMonths, ends), since: start) }
    if take("按实际天数折算的年数") { return made(.form(.years(.calendar), ends), since: start) }
    guard isWord("按一年") || isWord("按每月") else { return nil }
    let isMonth = isWord("按每月")
    index += 1
    guard case .number(let digits, "days")? = token?.sort, let days = Int(digits) else { throw fail(.number) }
    guard isMonth ? days == 30 : days == 360 || days == 365 else { throw fail(.word(isMonth ? "30天" : "360天")) }
    index += 1
    try expect("折算的年数")
    return made(.form(.years(isMonth ? .thirtyDayMonths : .days(days)), ends), since: start)
  }

  /// What of several words stands behind an operand; nil where none does.
  mutating func form(behind first: Expression, since start: Int) throws(Lost) -> Expression? {
    for (zh, form) in ChineseWords.forms where take(zh) { return made(.form(form, [first]), since: start) }
    if let figure = try stretch(first, since: start) { return figure }
    return try grown(first, since: start)
  }

  /// `年度的6月末日`, `年度的第3季度首日`, `年度的第m月末日`; nil, with nothing taken, where 的 leads to something else.
  mutating func numbered(_ year: Expression, since start: Int) -> Expression? {
    let isQuarter = index + 1 < tokens.count && tokens[index + 1].sort == .unknown("第")
    let i = index + (isQuarter ? 2 : 1)
    if isQuarter, i < tokens.count {
      if case .number = tokens[i].sort {} else { return counted(year, since: start) }
    }
    guard i + 1 < tokens.count, case .number(let digits, nil) = tokens[i].sort, let number = Int(digits),
      (1...(isQuarter ? 4 : 12)).contains(number), case .word(let word) = tokens[i + 1].sort
    else { return nil }
    let isLast: Bool
    switch (word, isQuarter) {
    case ("季度首日", true), ("月首日", false): isLast = false
    case ("季度末日", true), ("月末日", false): isLast = true
    default: return nil
    }
    index = i + 2
    return made(
      .form(.numbered(isLast: isLast, of: isQuarter ? .quarter : .month, number: number), [year]), since: start)
  }

  private mutating func counted(_ year: Expression, since start: Int) -> Expression? {
    let (before, told) = (index, diagnostics.count)
    index += 2
    if let number = try? operand(), case .word(let word)? = token?.sort,
      let (isLast, stretch) = ChineseWords.counted[word]
    {
      index += 1
      return made(.form(.counted(isLast: isLast, of: stretch), [number, year]), since: start)
    }
    index = before
    diagnostics.removeSubrange(told...)
    return nil
  }

  /// `该员自a至b的在岗天数` of a record, `m自1至12，各期E之和` of a name; nil, with nothing taken, where 自 leads to
  /// something else.
  private mutating func stretch(_ first: Expression, since start: Int) throws(Lost) -> Expression? {
    guard isWord("自") else { return nil }
    let (before, told) = (index, diagnostics.count)
    index += 1
    if let from = try? sum(), take("至"), let to = try? sum() {
      if take("的在岗天数") { return made(.form(.daysPresent, [first, from, to]), since: start) }
      if let name = first.bareName, takeAfterComma("各期") {
        return try range(Name(name, at: first.location), from: from, to: to, since: start)
      }
    }
    index = before
    diagnostics.removeSubrange(told...)
    return nil
  }

  /// `首年租金按3%逐年递增（周年－1）年后的数额`; nil, with nothing taken, where 按 leads to something else.
  private mutating func grown(_ base: Expression, since start: Int) throws(Lost) -> Expression? {
    guard isWord("按") else { return nil }
    let (before, told) = (index, diagnostics.count)
    index += 1
    guard let share = try? operand(), take("逐年递增") else {
      index = before
      diagnostics.removeSubrange(told...)
      return nil
    }
    let first = index
    if case .number(let digits, "years")? = token?.sort, isWord("后的数额", after: 1) {
      index += 2
      let years = Expression(.number(digits: digits, unit: nil), at: location(of: tokens[first]))
      return made(.form(.grown, [base, share, years]), since: start)
    }
    let years = try operand()
    try expect("年后的数额")
    return made(.form(.grown, [base, share, years]), since: start)
  }
}

extension ChineseWords {
  /// What stands behind the number of a month or quarter.
  static let counted: [String: (isLast: Bool, of: FormSyntax.Stretch)] = [
    "月首日": (false, .month), "月末日": (true, .month), "季度首日": (false, .quarter), "季度末日": (true, .quarter),
  ]

  /// Forms that stand behind what they are asked of.
  static let forms: [(zh: String, form: FormSyntax)] =
    [
      ("的所在县区", .county), ("的所在市", .prefecture), ("的行政级别", .level), ("的月份", .part(.month)),
      ("的季度", .part(.quarter)),
    ]
    + [("月", FormSyntax.Stretch.month), ("季度", .quarter), ("年", .year)].flatMap { zh, stretch in
      [
        ("所在\(zh)的首日", .edge(isLast: false, of: stretch)), ("所在\(zh)的末日", .edge(isLast: true, of: stretch)),
      ]
    }
}
