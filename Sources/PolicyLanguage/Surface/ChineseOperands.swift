// Expressions in Chinese, read by recursive descent: every choice is made on the next word or two.
//
// expr     = "如" expr "则" expr "否则" expr | either .
// either   = both { "或" both } .    both = negated { "且" negated } .    negated = "非" negated | compared .
// compared = ( ("有"|"无") operand | "于" sum "在岗" | LASTS "满" sum | "自" sum "至" sum "连续满" sum | sum [ relation ] )
//            { "但" negated "的" [ "在" negated "时" ] "适用" TEXT } .
// relation = ("为"|"不为") ( list "之一" | sum ) | COMPARISON sum | "在" sum "至" sum "之间" | "在" ( list "之一" | PLACE )
//          | "于" sum "在岗" | "属于" ( list "之一" | sum ) | "含" ( list "之一" | sum ) | "中有在" sum "至" sum "之间者" .
// sum, product as in English.
// operand  = NUMBER | DATE | TEXT | "无数额" | "取整" operand | "满" operand "之日"
//          | "自" sum ( "起" ( "满" operand "之日" | "连续列于" operand "的年数" ) | "至" sum ( "的整月数" | "的整年数" | span ) )
//          | SET ( "数" | "数达到" operand "之日" | "同时在职数首次达到" operand "之日" | "中的位次" | "中" figure )
//          | primary { "的" NAME | "的年份" | "的所在省" | "的" M"月"D"日" | SAYS | "按" NAME "累进" | ROUNDING operand | edge
//                    | "自" sum "至" sum ( "的在岗天数" | "各期" range )
//                    | "按" operand "逐年递增" operand "年后的数额" } .
// primary  = NAME [ list ] | "（" expr "）" | list PICK | inline .
//
// Figures over sets, sets inside expressions and ranges are in `ChineseSets`, spans and edges in `ChineseSpans`.
//
// A comma before 且, 或, 则 and 否则 says nothing. 的 before a comma, a bracket's end or the clause's end is the
// sentence's.
import Diagnostics

extension ChineseParser {
  mutating func expression() throws(Lost) -> Expression {
    try goDeeper()
    defer { depth -= 1 }
    guard isWord("如") else { return try either() }
    let start = index
    index += 1
    let condition = try expression()
    guard takeAfterComma("则") else { throw fail(.word("则")) }
    let first = try expression()
    guard takeAfterComma("否则") else { throw fail(.word("否则")) }
    let second = try expression()
    return made(.ifThen(condition, then: first, otherwise: second), since: start)
  }

  /// An amount, a date or a number, which may be chosen by a condition.
  mutating func value() throws(Lost) -> Expression { isWord("如") ? try expression() : try sum() }

  private mutating func goDeeper() throws(Lost) {
    guard depth < RuleParser.deepest / 2 else {
      diagnostics.append(SyntaxMistake.tooDeep.diagnostic(at: location(since: index)))
      throw Lost()
    }
    depth += 1
  }

  func made(_ node: Expression.Node, since start: Int) -> Expression { Expression(node, at: location(since: start)) }

  private mutating func either() throws(Lost) -> Expression {
    let start = index
    var parts = [try both()]
    while takeAfterComma("或", "或者") { parts.append(try both()) }
    return parts.count == 1 ? parts[0] : made(.or(parts), since: start)
  }

  private mutating func both() throws(Lost) -> Expression {
    let start = index
    var parts = [try negated()]
    while takeAfterComma("且", "并且", "同时") { parts.append(try negated()) }
    return parts.count == 1 ? parts[0] : made(.and(parts), since: start)
  }

  private mutating func negated() throws(Lost) -> Expression {
    try goDeeper()
    defer { depth -= 1 }
    let start = index
    guard take("非") else { return try compared() }
    let inner = try negated()
    return made(.not(inner), since: start)
  }

  // MARK: Comparisons

  private mutating func compared() throws(Lost) -> Expression {
    let start = index
    var found = try plainlyCompared()
    while isWord("，"), isWord("但", after: 1) {
      index += 2
      let exception = try negated()
      try expect("的")
      try expect("，")
      var when: Expression?
      if take("在") {
        when = try negated()
        try expect("时")
      }
      try expect("适用")
      let governor = try string()
      found = made(.except(found, exception, governedBy: governor, when: when), since: start)
    }
    return found
  }

  private mutating func plainlyCompared() throws(Lost) -> Expression {
    let start = index
    for (word, negated) in [("有", false), ("无", true)] where isWord(word) {
      index += 1
      let x = try operand()
      return made(.given(x, negated: negated), since: start)
    }
    if case .name(let lasting)? = token?.sort, names.lasting.contains(lasting), isWord("满", after: 1) {
      index += 2
      let months = try sum()
      return made(.stable(months: months, from: nil, to: nil), since: start)
    }
    if isWord("于") {
      if let there = present(nil, since: start) { return there }
      throw fail(.condition)
    }
    let left = try sum()
    return try relation(left, since: start) ?? left
  }

  private mutating func relation(_ left: Expression, since start: Int) throws(Lost) -> Expression? {
    guard case .word(let word)? = token?.sort else { return nil }
    if let comparison = ChineseWords.relations[word] {
      index += 1
      let right = try sum()
      return made(.compare(comparison, left, right), since: start)
    }
    switch word {
    case "=":
      index += 1
      let right = try sum()
      return made(.compare(.equal, left, right), since: start)
    case "为", "不为":
      index += 1
      let isNot = word == "不为"
      if let options = try oneOf() {
        let any = made(.isAny(left, options), since: start)
        return isNot ? made(.not(any), since: start) : any
      }
      let right = try sum()
      return made(.compare(isNot ? .notEqual : .equal, left, right), since: start)
    case "在":
      index += 1
      // 户籍地在贵州 says what 户籍地属于贵州 does.
      if let areas = try oneOf() { return made(.within(left, areas), since: start) }
      let low = try sum()
      guard take("至") else { return made(.within(left, [low]), since: start) }
      let high = try sum()
      try expect("之间")
      return made(.between(left, low, high), since: start)
    case "于": return present(left, since: start)
    case "属于":
      index += 1
      let areas = try oneOrSeveral()
      return made(.within(left, areas), since: start)
    case "含":
      index += 1
      let members = try oneOrSeveral()
      return made(.includes(left, members), since: start)
    case "中有在":
      index += 1
      let (low, high) = try range()
      try expect("之间者")
      return made(.includesBetween(left, low, high), since: start)
    default: return nil
    }
  }

  private mutating func range() throws(Lost) -> (Expression, Expression) {
    let low = try sum()
    try expect("至")
    return (low, try sum())
  }

  private mutating func oneOrSeveral() throws(Lost) -> [Expression] {
    if let several = try oneOf() { return several }
    return [try sum()]
  }

  /// `（…、…）之一`; nil where what stands in brackets is something else.
  private mutating func oneOf() throws(Lost) -> [Expression]? {
    guard isWord("（") else { return nil }
    let (start, told) = (index, diagnostics.count)
    if let items = try? list(), take("之一") { return items }
    index = start
    diagnostics.removeSubrange(told...)
    return nil
  }

  /// `（…、…）`
  mutating func list() throws(Lost) -> [Expression] {
    try expect("（")
    var items = [try expression()]
    while take("、") || take("，") { items.append(try expression()) }
    try expect("）")
    return items
  }

  // MARK: Arithmetic

  mutating func sum() throws(Lost) -> Expression {
    try goDeeper()
    defer { depth -= 1 }
    let start = index
    var left = try product()
    while isWord("+") || isWord("-") {
      let adds = isWord("+")
      index += 1
      let right = try product()
      left = made(adds ? .add(left, right) : .subtract(left, right), since: start)
    }
    return left
  }

  private mutating func product() throws(Lost) -> Expression {
    let start = index
    var left = try rounded(try operand(), since: start)
    while isWord("×") || isWord("÷") {
      let multiplies = isWord("×")
      index += 1
      let right = try operand()
      left = try rounded(made(multiplies ? .multiply(left, right) : .divide(left, right), since: start), since: start)
    }
    return left
  }

  // MARK: Operands

  mutating func operand() throws(Lost) -> Expression {
    let start = index
    guard let token else { throw fail(.value) }
    switch token.sort {
    case .number(let digits, let unit):
      index += 1
      return try hanging(made(.number(digits: digits, unit: unit), since: start), since: start)
    case .date(let day):
      index += 1
      return try hanging(made(.date(day), since: start), since: start)
    case .text(let text):
      index += 1
      return made(.string(text), since: start)
    case .place(let code):
      index += 1
      let isNumber = code.allSatisfy(\.isNumber)
      return try hanging(
        made(isNumber ? .number(digits: code, unit: nil) : .name(code), since: start), since: start)
    case .name: return try hanging(try nameOrSet(), since: start)
    case .word(let word): return try hanging(try form(word), since: start)
    case .monthDay, .id, .unknown: throw fail(.value)
    }
  }

  private mutating func form(_ word: String) throws(Lost) -> Expression {
    let start = index
    switch word {
    case "无数额":
      index += 1
      return made(.nothing, since: start)
    case "取整":
      index += 1
      let inner = try operand()
      return made(.whole(inner), since: start)
    case "满":
      index += 1
      let months = try operand()
      try expect("之日")
      return made(.completion(months, from: nil), since: start)
    case "自":
      index += 1
      return try since(start)
    case "（":
      return try hanging(try bracket(), since: start)
    case "-":
      index += 1
      guard case .number(let digits, let unit)? = token?.sort else { throw fail(.number) }
      index += 1
      return made(.number(digits: "-" + digits, unit: unit), since: start)
    default: throw fail(.value)
    }
  }

  /// After 自: a completion, years in a row, whole months or years, or a stay between two days.
  private mutating func since(_ start: Int) throws(Lost) -> Expression {
    let from = try sum()
    if take("起") {
      if take("满") {
        let months = try operand()
        try expect("之日")
        return made(.completion(months, from: from), since: start)
      }
      try expect("连续列于")
      let set = try operand()
      try expect("的年数")
      return made(.yearsRunning(set, from: from), since: start)
    }
    try expect("至")
    let to = try sum()
    if take("的整月数") { return made(.wholeMonths(from: from, to: to), since: start) }
    if take("的整年数") { return made(.wholeYears(from: from, to: to), since: start) }
    if let span = try span([from, to], since: start) { return span }
    try expect("连续满")
    let months = try sum()
    return made(.stable(months: months, from: from, to: to), since: start)
  }

  /// A name, a call with several things, or what is asked of a set.
  private mutating func nameOrSet() throws(Lost) -> Expression {
    let start = index
    let name = try name()
    if take("数") { return made(.count(name), since: start) }
    if take("数达到") {
      let position = try operand()
      try expect("之日")
      return made(.dateOfNumber(position, in: name), since: start)
    }
    if take("同时在职数首次达到") {
      let count = try operand()
      try expect("之日")
      return made(.firstDayAtOnce(count, of: name), since: start)
    }
    if take("中的位次") { return made(.setFigure(SetFigureSyntax(.number, nil, over: .named(name))), since: start) }
    if take("中") { return try figure(of: .named(name), since: start) }
    guard isWord("（") else { return made(.name(name.text), since: start) }
    if isWord("）", after: 1) {
      index += 2
      return made(.call(name, []), since: start)
    }
    let arguments = try list()
    return made(.call(name, arguments), since: start)
  }

  mutating func extreme() -> Expression.Pick? {
    guard case .word(let word)? = token?.sort, let pick = ChineseWords.extremes[word] else { return nil }
    index += 1
    return pick
  }

  /// What hangs on an expression: 的 with a field or definition, a fact in words, the year of a day.
  private mutating func hanging(_ first: Expression, since start: Int) throws(Lost) -> Expression {
    var found = first
    while let token {
      if isWord("的"), index + 1 < tokens.count {
        switch tokens[index + 1].sort {
        case .name:
          index += 1
          let field = try name()
          found = made(.member(found, field), since: start)
        case .monthDay(let month, let day):
          index += 2
          // 2026年的12月31日 names the year, it does not count years.
          if case .number(let digits, "years") = found.node {
            found = made(.number(digits: digits, unit: nil), since: start)
          }
          found = made(.dayOfYear(day: day, month: month, year: found), since: start)
        case .word, .number, .date, .text, .id, .place, .unknown:
          guard let figure = numbered(found, since: start) else { return found }
          found = figure
        }
      } else if take("的年份") {
        found = made(.yearOf(found), since: start)
      } else if take("的所在省") {
        found = made(.provinceOf(found), since: start)
      } else if case .name(let saying) = token.sort, names.sayings.contains(saying) {
        let field = try name()
        found = made(.member(found, field), since: start)
      } else if let figure = try reckoned(found, since: start) {
        found = figure
      } else if let figure = try form(behind: found, since: start) {
        found = figure
      } else {
        break
      }
    }
    return found
  }
}
