// Figures of several words in English, as they are read. Knows nothing of what they mean.
import Diagnostics
import Reckoning

extension RuleWriter {
  func formInEnglish(_ form: FormSyntax, _ parts: [Expression]) -> ([String], Level) {
    func span(_ a: Int = 0) -> [String] { ["from"] + words(parts[a], .sum) + ["to"] + words(parts[a + 1], .sum) }
    switch form {
    case .days: return (["days"] + span(), .sum)
    case .daysPresent:
      if parts.count == 2 { return (["days", "present"] + span(), .sum) }
      return (words(parts[0], .operand) + ["days", "present"] + span(1), .sum)
    case .calendarMonths: return (["calendar", "months"] + span(), .sum)
    case .years(let length):
      let at: [String] =
        switch length {
        case .days(let days): [String(days), "days"]
        case .calendar: ["calendar", "days"]
        case .thirtyDayMonths: ["30", "day", "months"]
        }
      return (["years"] + span() + ["at"] + at, .sum)
    case .edge(let isLast, let stretch):
      return ([isLast ? "last" : "first", "day", "of", stretch.rawValue, "of"] + words(parts[0], .operand), .operand)
    case .numbered(let isLast, let stretch, let number):
      return (
        [isLast ? "last" : "first", "day", "of", stretch.rawValue, String(number), "of"] + words(parts[0], .operand),
        .operand
      )
    case .counted(let isLast, let stretch):
      return (
        [isLast ? "last" : "first", "day", "of", stretch.rawValue] + words(parts[0], .operand) + ["of"]
          + words(parts[1], .operand),
        .operand
      )
    case .grown:
      return (
        words(parts[0], .operand) + ["grown", "by"] + words(parts[1], .operand) + ["for"] + words(parts[2], .operand)
          + ["years"], .product
      )
    case .part(let stretch): return ([stretch.rawValue, "of"] + words(parts[0], .operand), .operand)
    case .county: return (["county", "of"] + words(parts[0], .operand), .operand)
    case .prefecture: return (["prefecture", "of"] + words(parts[0], .operand), .operand)
    case .level: return (["level", "of"] + words(parts[0], .operand), .operand)
    }
  }
}
