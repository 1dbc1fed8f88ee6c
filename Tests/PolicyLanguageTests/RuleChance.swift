// Rules made up by chance that check: clauses and expressions of every form, nested. The same seed makes the same
// rules.

/// Makes up rules.
struct RuleChance {
  private var state: UInt64
  /// What the expressions stand in: of a hire, or of an agency in a year with its sets.
  private var isOfHire = true

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  private mutating func below(_ n: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(n))
  }

  private mutating func one(_ of: [String]) -> String { of[below(of.count)] }
  private mutating func happens(_ times: Int = 2) -> Bool { below(times) == 0 }

  // MARK: Documents

  mutating func document() -> String {
    """
    ```policy
    document chance-1
      jurisdiction 350112
    param least zh 下限人数 = 3 persons, at least 0, at most 500
    param bonus zh 奖金 = 1,000 yuan, 1,200 yuan from 2024-07-01, 1,300 yuan from 2025-01-01 "a bonus" zh "奖金"
    param daily = 30 yuan per day
    reading scope zh 计奖人员范围 "Who?" zh "哪些人？"
      everyone zh 所有人 default "all" zh "全部"
      first_few zh 前若干人 "some" zh "部分"
    value wage zh 最低月工资 yuan per month "the least" zh "最低" from "a notice" zh "通知"
    define key(e: enterprise) e.above_scale and e.lists includes leading_2021
    define local zh 属本区的(p zh 地点: place) p within home
    define served zh 服务月数(h zh 某人: hire) whole months from h.start to as_of
    table reward zh 奖励标准(n zh 人数: number) yuan per person "for each" zh "每人" from "a notice"
      up to 30: 500 yuan as small zh 小档
      below 100: 800 yuan per person
      above: 1,000 yuan as large
    table floor_of(p: place, d zh 发生日: date, size: enterprises.size) yuan
      350112, from 2022-04-01, small or micro: 1,960 yuan
      any, from 2023-04-01, any: 50,000 yuan
    table share_of zh 比例表(h: hire) %
      when h.enterprise.size is large and h.organised: 50%
      otherwise: 60% as rest_of
    \(measure("one", isOfHire: true))
    \(measure("two", isOfHire: false))
    limit firm zh 单家企业
      title "One firm" zh "单家企业"
      article "9"
      over one, two
      cap \(100 + below(900)) yuan for each beneficiary, year in \(one(["turn", "proportion"]))
      cap 60,000 yuan in all
    ```
    """
  }

  private mutating func measure(_ name: String, isOfHire: Bool) -> String {
    self.isOfHire = isOfHire
    var lines = ["measure \(name)", "  title \"\(name)\" zh \"措施\(name)\"", "  article \"一\"", "  kind \(name)"]
    if happens(3) { lines.append("  window from 2022-01-01 to 2023-12-31") }
    if happens(4) { lines.append("  assume \"so\" zh \"如此\"") }
    lines.append(isOfHire ? "  for each hire" : "  for each agency, each year")
    if isOfHire {
      for _ in 0...below(3) { lines.append("  where \(truth(3))") }
      lines.append("  let mine zh 本人金额 = \(money(2))")
      lines.append("  require \(truth(2))")
      lines.append("  pay enterprise \(payment())")
      lines += parts()
      if happens() { lines.append("  ordered by start") }
      if happens() { lines.append("  quota 5 for each enterprise, \(one(["sex", "year of start"]))") }
      if happens(3) { lines.append("  once per enterprise, sex") }
      if happens(3) { lines.append("  only the first 3 for each enterprise by start") }
      if happens() { lines.append("  cap \(money(0)) for each enterprise, year in turn") }
      if happens(3) { lines.append("  error \"no\" zh \"不行\" when \(truth(1))") }
    } else {
      lines.append(
        "  where \(one(["filed", "not filed", "district within home", "local(district)"]))")
      self.isOfHire = true
      lines.append("  count placed zh 达标人员 = \(one(["", "all "]))hires of agency where \(truth(2))\(options())")
      lines.append("  count few = placed where \(truth(2))")
      lines.append("  count early = first 5 of placed")
      self.isOfHire = false
      lines.append("  let n zh 人数甲 = \(number(2))")
      lines.append("  require \(truth(2))")
      lines.append("  pay agency \(money(2)) for each placed on start")
      lines.append("  pay agency \(money(2)) on \(date(1)) when \(truth(1))")
      if happens(3) { lines.append("  grant \"gold\" zh \"金牌\" to agency when \(truth(1))") }
    }
    return lines.joined(separator: "\n")
  }

  private mutating func options() -> String {
    var out = happens() ? " on \(date(1))" : ""
    if happens(3) { out += " at any time" }
    return out + one(["", " every record", " once per person"])
  }

  private mutating func payment() -> String {
    switch below(4) {
    case 0: "\(money(2)) in \(2 + below(5)) equal parts every 3 months from start"
    case 1: "at most 5,000 yuan on start when \(truth(1))"
    case 2: "\(money(3)) on \(date(1)) when \(truth(2))"
    default: "mine"
    }
  }

  private mutating func parts() -> [String] {
    // Only what says nothing of its own day takes parts.
    happens()
      ? [
        "  pay enterprise \(money(1))", "    part 40% on \(date(1)) when \(truth(1))", "    part 100 yuan on start",
        "    part rest on start + 12 months",
      ] : []
  }

  // MARK: Expressions

  mutating func truth(_ depth: Int) -> String {
    guard depth > 0 else {
      return isOfHire
        ? one([
          "organised", "not relief_person", "enterprise.covid_affected", "not enterprise.above_scale", "sex is male",
          "enterprise.size is any of (small, micro)", "enterprise.lists includes leading_2021", "origin within 52",
          "origin within any of (35, 520000)", "end is given", "monthly_wage is not given", "stable for 3 months",
          "scope is everyone", "adopted", "key(enterprise)", "not key(enterprise)", "local(origin)", "love_post",
          "specialist.passed_years includes any from 2021 to 2022", "province of origin is 350000",
        ]) : one(["scope is first_few", "filed", "above_scale", "enacted", "not local(district)"])
    }
    let d = depth - 1
    switch below(12) {
    case 0: return "(\(truth(d)) and \(truth(d)))"
    case 1: return "(\(truth(d)) or \(truth(d)) or \(truth(0)))"
    case 2: return "not (\(truth(d)))"
    case 3: return "\(number(d)) \(one(["=", "<", "<=", ">", ">=", "is not"])) \(number(d))"
    case 4: return "\(money(d)) \(one(["<", ">=", "="])) \(money(d))"
    case 5: return "\(date(d)) \(one(["<", "<=", ">", ">="])) \(date(d))"
    case 6: return "\(months(d)) \(one(["<", ">="])) \(months(d))"
    case 7: return isOfHire ? "\(one(["", "hire "]))present on \(date(d))" : "\(number(d)) from 1 to 100"
    case 8:
      let when = happens() ? " when \(truth(0))" : ""
      return "(\(truth(0)) except \(truth(0)) governed by \"另一文件\"\(when))"
    case 9: return "(if \(truth(d)) then \(truth(d)) otherwise \(truth(d)))"
    case 10: return "\(date(d)) from 2021-03-04 to 2024-05-06"
    default: return isOfHire ? "stable for \(months(d)) from start to \(date(0))" : "(\(truth(d)) and count of few > 3)"
    }
  }

  mutating func number(_ depth: Int) -> String {
    guard depth > 0 else {
      return one(
        ["3", "least", "1,234"]
          + (isOfHire
            ? ["contract_months", "enterprise.employees", "year of start"]
            : ["count of placed", "year", "count of few"]))
    }
    let d = depth - 1
    switch below(7) {
    case 0: return "(\(number(d)) + \(number(d)))"
    case 1: return "(\(number(d)) - \(number(d)) - 1)"
    case 2: return "whole (\(number(d)) / \(number(d)))"
    case 3: return "year of \(date(0))"
    case 4: return "\(one(["larger", "smaller"])) of (\(number(d)), \(number(d)))"
    case 5: return "(if \(truth(d)) then \(number(d)) otherwise \(number(d)))"
    default: return isOfHire ? "(whole years from start to \(date(0)))" : "count of early * \(number(d))"
    }
  }

  mutating func money(_ depth: Int) -> String {
    guard depth > 0 else {
      return isOfHire
        ? one(["monthly_wage", "300 yuan", "50,000 yuan", "99.99 yuan", "reward.small * 1"])
        : one(["20,000 yuan", "sum of monthly_wage over placed", "smallest of monthly_wage over few"])
    }
    let d = depth - 1
    switch below(9) {
    case 0: return "(\(money(d)) + \(money(d)))"
    case 1: return "\(money(d)) * \(number(d))"
    case 2:
      return "round (\(money(d)) \(one(["/ 3", "* 1"]))) \(one(["to", "down to", "up to"])) 10 yuan"
    case 3: return "(reward through \(operand(number(d))))"
    case 4: return "reward(\(number(d))) * \(number(0))"
    case 5: return "bonus(\(date(d)))"
    case 6: return isOfHire ? "share_of(hire) of (\(money(d)))" : "50% of (\(money(d)))"
    case 7: return isOfHire ? "floor_of(origin, \(date(d)), enterprise.size)" : "wage * \(months(d))"
    default: return "\(one(["larger", "smaller"])) of (\(money(d)), \(money(d)))"
    }
  }

  private func operand(_ text: String) -> String { "(" + text + ")" }

  mutating func date(_ depth: Int) -> String {
    guard depth > 0 else {
      return one(["2022-01-28", "as_of"] + (isOfHire ? ["start", "end"] : ["earliest of start over placed"]))
    }
    let d = depth - 1
    switch below(7) {
    case 0: return "\(one(["later", "earlier"])) of (\(date(d)), \(date(d)))"
    case 1: return "(\(date(d)) + \(months(d)))"
    case 2: return "(\(date(d)) + 1 day)"
    case 3: return "31 December of \(operand(number(d)))"
    case 4: return "(completion of \(operand(months(d))) from \(date(d)))"
    case 5: return isOfHire ? "(completion of 6 months)" : "date of number 2 in placed"
    default: return isOfHire ? "start" : "first day with 3 of placed at once"
    }
  }

  mutating func months(_ depth: Int) -> String {
    guard depth > 0 else { return one(["3 months", "1 month", "12 months"]) }
    return one([
      "whole months from 2022-01-28 to \(operand(date(depth - 1)))", "(6 months * \(number(0)))",
      isOfHire ? "served(hire)" : "36 months",
    ])
  }
}
