// The parts of an expression that bind tightest: figures, names, calls, and the forms that begin with a word, such as
// `year of`. A word begins such a form only when the form's next word follows; otherwise it is a name like any other.
// Nothing is inlined into what recurses: brackets in brackets have to fit on small stacks.
import Diagnostics

extension RuleParser {
  /// A figure, a name with what hangs on it, a bracket, or a form that begins with a word.
  ///
  /// What follows `of` is again an operand; what follows `from`, `to`, `for` and `over` is a sum.
  mutating func operand() throws(Lost) -> Expression {
    endBeforeMisspelling()
    let start = index
    switch sort {
    case .number: return try figure()
    case .date:
      index += 1
      return try made(.date(text(of: tokens[start])), since: start)
    case .code:
      index += 1
      return try made(.name(text(of: tokens[start])), since: start)
    case .string:
      index += 1
      return try made(.string(text(of: tokens[start])), since: start)
    case .open: return try hanging(try bracket(), since: start)
    case .minus: return try negative()
    case .word:
      if let form = try form() { return form }
      let named = try hanging(try nameOrCall(), since: start)
      guard sees(.days, .present), word(after: 2) == .from else { return named }
      return try daysPresent(of: named, since: start)
    case .close, .comma, .colon, .semicolon, .dot, .percent, .equals, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .plus, .times, .divide, .foreign, .unknown, .end:
      throw fail(.value)
    }
  }

  @inline(never)
  private mutating func bracket() throws(Lost) -> Expression {
    let start = index
    index += 1
    let inner = try expression()
    if sort == .comma { throw fail(.listOutside, at: start) }
    try closeBracket(start)
    return Expression(inner.node, at: location(since: start))
  }

  @inline(never)
  private mutating func negative() throws(Lost) -> Expression {
    let start = index
    index += 1
    guard sort == .number else { throw fail(.negative, at: start) }
    let found = try figure()
    guard case .number(let digits, let unit) = found.node else { throw fail(.negative, at: start) }
    return try made(.number(digits: "-" + digits, unit: unit), since: start)
  }

  /// `NAME through OPERAND`
  @inline(never)
  private mutating func through() throws(Lost) -> Expression {
    let start = index
    let table = Name(text(of: tokens[index]), at: location(of: tokens[index]))
    index += 2
    let figure = try inner()
    return try made(.through(table, figure), since: start, over: height)
  }

  @inline(never)
  private mutating func nameOrCall() throws(Lost) -> Expression {
    if word(after: 1) == .through, !word.isReserved, sort(after: 2) != .end, !tokens[index + 1].startsLine {
      return try through()
    }
    let start = index
    if word == .if { throw fail(.innerIf, at: start) }
    if word.isReserved { throw fail(.value) }
    let token = tokens[index]
    index += 1
    guard sort == .open, !tokens[index].startsLine else { return try made(.name(text(of: token)), since: start) }
    let name = Name(text(of: token), at: location(of: token))
    if sort(after: 1) == .close {
      index += 2
      return try made(.call(name, []), since: start)
    }
    let (arguments, tallest) = try expressions()
    return try made(.call(name, arguments), since: start, over: tallest)
  }

  /// `.field` after an expression, any number of times. Every word is a field's name after a dot.
  @inline(never)
  private mutating func hanging(_ first: Expression, since start: Int) throws(Lost) -> Expression {
    var found = first
    while sort == .dot {
      guard sort(after: 1) == .word else { throw fail(.name, at: index + 1) }
      let field = tokens[index + 1]
      index += 2
      found = try made(.member(found, Name(text(of: field), at: location(of: field))), since: start, over: height)
    }
    return found
  }

  /// Names and dots only: whom a payment goes to.
  mutating func beneficiary() throws(Lost) -> Expression {
    let start = index
    if sort == .open { return try hanging(try bracket(), since: start) }
    let name = try name()
    return try hanging(try made(.name(name.text), since: start), since: start)
  }

  // MARK: Figures

  /// A number with its unit, or `31 December of y`.
  @inline(never)
  private mutating func figure() throws(Lost) -> Expression {
    let start = index
    let token = tokens[start]
    guard let digits = lexer.numberText(token) else { throw fail(.longNumber, at: start) }
    index += 1
    if let month = Self.months[wordText()], word(after: 1) == .of, let day = Int(digits) {
      index += 2
      let year = try inner()
      return try made(.dayOfYear(day: day, month: month, year: year), since: start, over: height)
    }
    let unit = try unit()
    return try made(.number(digits: digits, unit: unit), since: start)
  }

  private static let months = [
    "January": 1, "February": 2, "March": 3, "April": 4, "May": 5, "June": 6, "July": 7, "August": 8, "September": 9,
    "October": 10, "November": 11, "December": 12,
  ]

  private func wordText() -> String {
    // Month names are not words of the language, and begin with a capital.
    guard sort == .word, word == .other, lexer.bytes[tokens[index].start] < 0x61 else { return "" }
    return text(of: tokens[index])
  }

  /// The unit after a number on the same line, if any: `%`, `yuan per month`, `persons`, 元.
  @inline(never)
  mutating func unit() throws(Lost) -> String? {
    if take(.percent) { return "%" }
    guard sort == .word, !tokens[index].startsLine, !word.endsNumber else { return nil }
    var unit = text(of: tokens[index])
    index += 1
    if lexer.byte(tokens[index - 1].start) >= 0x80 { unit = Self.chineseUnits[unit] ?? SurfaceWords.unitID(unit) }
    if word == .per, !tokens[index].startsLine {
      while word == .per, !tokens[index].startsLine {
        index += 1
        unit += " per " + SurfaceWords.perID((try name(.unit)).text)
      }
    } else if sort == .divide, unit == "yuan", sort(after: 1) == .word, text(of: tokens[index + 1]) == "月" {
      index += 2
      unit = "yuan per month"
    }
    return unit == "percent" ? "%" : unit
  }

  private static let chineseUnits = [
    "元": "yuan", "人": "persons", "名": "persons", "月": "months", "个月": "months", "天": "days", "日": "days",
    "年": "years", "元每月": "yuan per month", "个百分点": "%",
  ]

  // MARK: Forms that begin with a word

  @inline(never)
  private mutating func form() throws(Lost) -> Expression? {
    let start = index
    switch FormWord(word) {
    case .nothing:
      index += 1
      return try made(.nothing, since: start)
    case .stable:
      guard take(.stable, .for) else { return nil }
      return try stable(since: start)
    case .days, .calendar, .last: return try spanForm()
    case .first:
      guard take(.first, .day, .with) else { return try spanForm() }
      let count = try endedByOf()
      let tallest = height
      try expect(.of)
      let set = try name()
      try expect(.at, .once)
      return try made(.firstDayAtOnce(count, of: set), since: start, over: tallest)
    case .present:
      guard take(.present, .on) else { return nil }
      let day = try sum()
      return try made(.present(nil, on: day), since: start, over: height)
    case .round: return try rounding()
    case .number: return try numberIn()
    case .whole: return try whole()
    case .years:
      guard take(.years, .running) else { return try spanForm() }
      try expect(.in)
      let set = try inner()
      let tallest = height
      try expect(.from)
      let year = try sum()
      return try made(.yearsRunning(set, from: year), since: start, over: max(tallest, height))
    case nil:
      if sees(.month, .of) || sees(.quarter, .of) { return try partOfYear() }
      guard let first = OfWord(word), word(after: 1) == .of else { return nil }
      return try formWithOf(first)
    }
  }

  /// `month of d`, `quarter of d`
  @inline(never)
  private mutating func partOfYear() throws(Lost) -> Expression {
    let start = index
    let stretch: FormSyntax.Stretch = word == .month ? .month : .quarter
    index += 2
    let day = try inner()
    return try made(.form(.part(stretch), [day]), since: start, over: height)
  }

  @inline(never)
  private mutating func formWithOf(_ first: OfWord) throws(Lost) -> Expression {
    let start = index
    index += 2
    switch first {
    case .year:
      let date = try inner()
      return try made(.yearOf(date), since: start, over: height)
    case .province:
      let location = try inner()
      return try made(.provinceOf(location), since: start, over: height)
    case .prefecture, .county, .level:
      let place = try inner()
      let form: FormSyntax = first == .prefecture ? .prefecture : first == .county ? .county : .level
      return try made(.form(form, [place]), since: start, over: height)
    case .count: return try counting(since: start)
    case .average: return try averaging(since: start)
    case .sum: return try summing(since: start)
    case .smallest: return try extreme(.smaller, since: start)
    case .largest: return try extreme(.larger, since: start)
    case .earliest: return try extreme(.earlier, since: start)
    case .latest: return try extreme(.later, since: start)
    case .date:
      try expect(.number)
      let position = try sum()
      let tallest = height
      try expect(.in)
      let set = try name()
      return try made(.dateOfNumber(position, in: set), since: start, over: tallest)
    case .completion:
      let months = try inner()
      let tallest = height
      guard take(.from) else { return try made(.completion(months, from: nil), since: start, over: tallest) }
      let date = try sum()
      return try made(.completion(months, from: date), since: start, over: max(tallest, height))
    case .later: return try pick(.later, since: start)
    case .earlier: return try pick(.earlier, since: start)
    case .larger: return try pick(.larger, since: start)
    case .smaller: return try pick(.smaller, since: start)
    }
  }

  /// `largest of AMOUNT over SET` and its kin, after `of`.
  @inline(never)
  private mutating func extreme(_ pick: Expression.Pick, since start: Int) throws(Lost) -> Expression {
    let amount = try sum()
    let tallest = height
    if word == .for, pick == .larger || pick == .smaller {
      return try ranging(pick == .larger ? .largest : .smallest, amount, since: start)
    }
    try expect(.over)
    if sort == .open {
      let set = try inlineSet()
      return try made(.extremeOf(pick, amount, over: set), since: start, over: max(tallest, height))
    }
    let set = try name()
    return try made(.extreme(pick, amount, over: set), since: start, over: tallest)
  }

  /// `later of (a, b)` and its kin, after `of`.
  @inline(never)
  private mutating func pick(_ pick: Expression.Pick, since start: Int) throws(Lost) -> Expression {
    let (options, tallest) = try expressions()
    return try made(.pick(pick, options), since: start, over: tallest)
  }

  /// `year of year of year of …` goes as deep as brackets do.
  mutating func inner() throws(Lost) -> Expression {
    try goDeeper()
    defer { depth -= 1 }
    return try operand()
  }

  /// After `stable for`.
  @inline(never)
  private mutating func stable(since start: Int) throws(Lost) -> Expression {
    let months = try sum()
    let tallest = height
    guard word == .from else {
      return try made(.stable(months: months, from: nil, to: nil), since: start, over: tallest)
    }
    let (from, to, taller) = try fromTo()
    return try made(.stable(months: months, from: from, to: to), since: start, over: max(tallest, taller))
  }

  /// `round X to 1 yuan`, `round X down to 10 yuan`, `round X up to …`; nil where `round` is a name.
  @inline(never)
  private mutating func rounding() throws(Lost) -> Expression? {
    let start = index
    guard sort(after: 1) == .open || sort(after: 1) == .number || sort(after: 1) == .word && !word(after: 1).isReserved
    else { return nil }
    index += 1
    let amount = try inner()
    let tallest = height
    let way: Expression.Rounding = take(.down) ? .down : take(.up) ? .up : .nearest
    if index < limit, word != .to, way == .nearest {
      throw fail(
        .expected(
          .word("to"), found: found(index),
          question: Text(
            "what is rounded stands in brackets: `round (90% of cost) down to 10 yuan`.",
            zh: "舍入的算式要加括号：`round (90% of cost) down to 10 yuan`。"), model: nil), at: index)
    }
    try expect(.to)
    let unit = try inner()
    return try made(.round(amount, way, to: unit), since: start, over: max(tallest, height))
  }

  @inline(never)
  private mutating func whole() throws(Lost) -> Expression? {
    let start = index
    if sees(.whole, .months) || sees(.whole, .years) {
      let areMonths = word(after: 1) == .months
      index += 2
      let (from, to, tallest) = try fromTo()
      return try spread(to, since: start, over: tallest) {
        areMonths ? .wholeMonths(from: from, to: $0) : .wholeYears(from: from, to: $0)
      }
    }
    guard sort(after: 1) == .open || sort(after: 1) == .word && !word(after: 1).isReserved else { return nil }
    index += 1
    let inner = try inner()
    return try made(.whole(inner), since: start, over: height)
  }

  /// A number that ends where `of` comes.
  mutating func endedByOf() throws(Lost) -> Expression {
    let before = ofEnds
    ofEnds = true
    defer { ofEnds = before }
    return try value()
  }
}
