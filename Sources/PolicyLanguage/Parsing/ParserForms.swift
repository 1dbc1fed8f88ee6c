// Figures of several words: spans of days, first and last days, growth. A word begins such a form only where the form's
// next words follow; otherwise it is a name like any other. Knows nothing of what they mean.
import Diagnostics

extension RuleParser {
  /// A form that begins with the present word; nil where it is a name.
  @inline(never)
  mutating func spanForm() throws(Lost) -> Expression? {
    let start = index
    if take(.days, .from) {
      index -= 1
      return try span(.days, since: start)
    }
    if take(.days, .present, .from) {
      index -= 1
      return try span(.daysPresent, since: start)
    }
    if take(.calendar, .months, .from) {
      index -= 1
      return try span(.calendarMonths, since: start)
    }
    if sees(.years, .from) {
      index += 1
      return try years(since: start)
    }
    if sees(.first, .day) || sees(.last, .day), word(after: 2) == .of { return try edge(since: start) }
    return nil
  }

  private mutating func span(_ form: FormSyntax, since start: Int) throws(Lost) -> Expression {
    let (from, to, tallest) = try fromTo()
    return try spread(to, since: start, over: tallest) { .form(form, [from, $0]) }
  }

  /// A span up to a day. What the span is multiplied or divided by stands behind that day, of which there is nothing to
  /// multiply: `calendar months from a to b / 1 month`, `whole months from a to b + 1 day / 1 month`.
  mutating func spread(
    _ to: Expression, since start: Int, over tallest: Int, _ span: (Expression) -> Expression.Node
  ) throws(Lost) -> Expression {
    if case .multiply(let day, let factor) = to.node {
      return try made(.multiply(spread(day, since: start, over: tallest, span), factor), since: start, over: height)
    }
    if case .divide(let day, let divisor) = to.node {
      return try made(.divide(spread(day, since: start, over: tallest, span), divisor), since: start, over: height)
    }
    if case .add(let day, let more) = to.node, case .divide(let added, let divisor) = more.node,
      case .number(_, .some) = divisor.node
    {
      let last = Expression(.add(day, added), at: to.location)
      return try made(.divide(spread(last, since: start, over: tallest, span), divisor), since: start, over: height)
    }
    return try made(span(to), since: start, over: tallest)
  }

  /// After a record: `days present from a to b`.
  @inline(never)
  mutating func daysPresent(of record: Expression, since start: Int) throws(Lost) -> Expression {
    let height = self.height
    index += 2
    let (from, to, tallest) = try fromTo()
    return try made(.form(.daysPresent, [record, from, to]), since: start, over: max(height, tallest))
  }

  /// `from a to b at 360 days`
  private mutating func years(since start: Int) throws(Lost) -> Expression {
    let (from, to, tallest) = try fromTo()
    try expect(.at)
    let length: FormSyntax.YearLength
    if take(.calendar) {
      try expect(.days)
      length = .calendar
    } else {
      guard sort == .number, let days = Int(text(of: tokens[index])) else { throw fail(.number) }
      index += 1
      if days == 30, take(.day) {
        try expect(.months)
        length = .thirtyDayMonths
      } else {
        try expect(.days)
        guard days == 360 || days == 365 else { throw fail(.word("360 days"), at: index - 2) }
        length = .days(days)
      }
    }
    return try made(.form(.years(length), [from, to]), since: start, over: tallest)
  }

  /// `first day of month of d`, `last day of quarter 3 of year`
  private mutating func edge(since start: Int) throws(Lost) -> Expression {
    let isLast = word == .last
    index += 3
    let stretch: FormSyntax.Stretch
    if take(.month) {
      stretch = .month
    } else if take(.quarter) {
      stretch = .quarter
    } else if take(.year) {
      stretch = .year
    } else {
      throw fail(.word("month"))
    }
    var number: Int?
    let most = stretch == .month ? 12 : 4
    if stretch != .year, sort == .number {
      guard let n = Int(text(of: tokens[index])), (1...most).contains(n) else { throw fail(.digits(upTo: most)) }
      number = n
      index += 1
    } else if stretch != .year, word != .of {
      let which = try inner()
      let tallest = height
      try expect(.of)
      let year = try inner()
      return try made(
        .form(.counted(isLast: isLast, of: stretch), [which, year]), since: start, over: max(tallest, height))
    }
    try expect(.of)
    let day = try inner()
    let form: FormSyntax =
      number.map { .numbered(isLast: isLast, of: stretch, number: $0) } ?? .edge(isLast: isLast, of: stretch)
    return try made(.form(form, [day]), since: start, over: height)
  }

  /// After an amount: `grown by 5% for n years`.
  @inline(never)
  mutating func grown(_ base: Expression, since start: Int) throws(Lost) -> Expression {
    var tallest = height
    index += 2
    let share = try inner()
    tallest = max(tallest, height)
    try expect(.for)
    var years = try inner()
    tallest = max(tallest, height)
    if case .number(let digits, let unit?) = years.node, unit == "years" || unit == "year" {
      years = Expression(.number(digits: digits, unit: nil), at: years.location)
    } else if !take(.year) {
      try expect(.years)
    }
    return try made(.form(.grown, [base, share, years]), since: start, over: tallest)
  }
}
