// Figures of several words in Chinese. The grammar that reads them back is in `ChineseSpans`. Knows nothing of what
// they mean.
import Diagnostics
import Reckoning

extension RuleWriter {
  func formInChinese(_ form: FormSyntax, _ parts: [Expression]) -> ([String], Level) {
    func span(_ a: Int = 0) -> [String] { ["自"] + words(parts[a], .sum) + ["至"] + words(parts[a + 1], .operand) }
    let behind = ChineseWords.forms.first { $0.form == form }?.zh
    switch form {
    case .days: return (span() + ["的天数"], .head)
    case .daysPresent:
      if parts.count == 2 { return (span() + ["的在岗天数"], .head) }
      return (words(parts[0], .head) + span(1) + ["的在岗天数"], .head)
    case .calendarMonths: return (span() + ["的自然月数"], .head)
    case .years(let length):
      switch length {
      case .days(let days): return (span() + ["按一年", "\(days)天", "折算的年数"], .head)
      case .calendar: return (span() + ["按实际天数折算的年数"], .head)
      case .thirtyDayMonths: return (span() + ["按每月", "30天", "折算的年数"], .head)
      }
    case .edge, .part, .county, .prefecture, .level:
      return (words(parts[0], .head) + (behind.map { [$0] } ?? []), .head)
    case .numbered(let isLast, let stretch, let number):
      let which = stretch == .quarter ? "第\(number)季度" : "\(number)月"
      return (words(parts[0], .head) + ["的" + which + (isLast ? "末日" : "首日")], .head)
    case .counted(let isLast, let stretch):
      let which = stretch == .quarter ? "季度" : "月"
      let number = parts[0].bareName == nil ? ["（"] + words(parts[0], .sum) + ["）"] : words(parts[0], .operand)
      return (words(parts[1], .head) + ["的", "第"] + number + [which + (isLast ? "末日" : "首日")], .head)
    case .grown:
      let years: [String] =
        if case .number(let digits, nil) = parts[2].node {
          [digits + "年", "后的数额"]
        } else {
          words(parts[2], .operand) + ["年后的数额"]
        }
      return (words(parts[0], .head) + ["按"] + words(parts[1], .operand) + ["逐年递增"] + years, .head)
    }
  }
}
