// Figures of several words in Chinese, for explanations: rules with them are not read back in Chinese yet. Knows
// nothing of what they mean.
import Diagnostics
import Reckoning

extension RuleWriter {
  func formInChinese(_ form: FormSyntax, _ parts: [Expression]) -> ([String], Level) {
    func span(_ a: Int = 0) -> [String] { ["自"] + words(parts[a], .sum) + ["至"] + words(parts[a + 1], .sum) }
    let names: [FormSyntax.Stretch: String] = [.month: "月", .quarter: "季度", .year: "年"]
    func day(_ isLast: Bool) -> String { isLast ? "末日" : "首日" }
    switch form {
    case .days: return (span() + ["的天数"], .operand)
    case .daysPresent:
      if parts.count == 2 { return (span() + ["的在职天数"], .operand) }
      return (words(parts[0], .operand) + span(1) + ["的在职天数"], .operand)
    case .calendarMonths: return (span() + ["的日历月数"], .operand)
    case .years(let length):
      let basis =
        switch length {
        case .days(let days): "每年\(days)天"
        case .calendar: "每年实际天数"
        case .thirtyDayMonths: "每月30天"
        }
      return (span() + ["的年数", "（按" + basis + "计）"], .operand)
    case .edge(let isLast, let stretch):
      return (words(parts[0], .operand) + ["所在" + (names[stretch] ?? ""), day(isLast)], .operand)
    case .numbered(let isLast, let stretch, let number):
      let which = stretch == .quarter ? "年第\(number)季度" : "年\(number)月"
      return (words(parts[0], .operand) + [which, day(isLast)], .operand)
    case .grown:
      return (
        words(parts[0], .operand) + ["按"] + words(parts[1], .operand) + ["逐年递增"] + words(parts[2], .operand)
          + ["年后的数额"], .operand
      )
    case .county: return (words(parts[0], .operand) + ["的所在县"], .operand)
    case .prefecture: return (words(parts[0], .operand) + ["的所在市"], .operand)
    case .level: return (words(parts[0], .operand) + ["的级别"], .operand)
    }
  }
}
