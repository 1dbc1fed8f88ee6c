// Clauses of measures in Chinese to syntax. What they look like stands beside each in `ChineseClauseWriter`. Knows
// nothing of what names mean.
import Diagnostics

extension ChineseParser {
  mutating func measure(_ declaration: ChineseDeclaration, _ form: MeasureSyntax.Form) {
    var name: Name?
    clause(declaration.head) { p throws(Lost) in name = try p.named() }
    let location = location(since: 0)
    frameRecord = declaration.frameRecord
    defer { frameRecord = nil }
    var found: [ClauseSyntax] = []
    var lines: [Int] = []
    for clause in declaration.clauses {
      self.clause(clause) { p throws(Lost) in
        found.append(try p.measureClause(clause))
        lines.append(clause.lines.lowerBound)
      }
    }
    guard let name else { return }
    var measure = MeasureSyntax(
      form: form, name: name, clauses: found, source: source(of: declaration.lines), at: location)
    measure.clauseLines = lines
    document.measures.append(measure)
  }

  private mutating func measureClause(_ clause: ChineseClause) throws(Lost) -> ClauseSyntax {
    switch clause.word {
    case "名称": return .title(try wording())
    case "条款":
      let text = try string()
      return .article(Name(text, at: location(since: 1)))
    case "待遇类型": return .kind(try named())
    case "参数": return .parameter(try parameter())
    case "口径": return .reading(try reading(clause.choices))
    case "施行期限", "不设期限": return .window(try window(isNone: clause.word == "不设期限"))
    case "假定": return .assume(try wording())
    case "内容": return .text(try wording())
    case "对本地区", "对每", "对": return .frame(try frame(clause.word ?? ""))
    case "凡":
      let condition = try expression()
      try expect("的")
      return .condition(condition)
    case "以":
      let day = try value()
      try expect("判断期限")
      return .begins(day)
    case "设":
      let name = try named()
      try expect("=")
      return .letting(name, try expression())
    case "计": return try counted()
    case "要求", "须":
      _ = take("：")
      return .require(try expression())
    case "应当":
      _ = take("：")
      let asked = try expression()
      let wording = try optionalWording()
      return .expect(asked, wording, location(since: 0))
    default: return try limitOrPayment(clause)
    }
  }

  private mutating func limitOrPayment(_ clause: ChineseClause) throws(Lost) -> ClauseSyntax {
    switch clause.word {
    case "逐条计算": return .persons(.every, location(since: 0))
    case "每人一次":
      // Said of a whole measure it is 同一人只计一次.
      return .oncePer([made(.name("person"), since: 0)], within: nil, location(since: 0))
    case "同一": return try same()
    case "与":
      if case .unknown? = token?.sort { throw unknownMeasure() }
      let other = try longName()
      try expect("就高不重复")
      let unless = takeAfterComma("标准未明确时除外")
      return .yields(other, unlessUnpriced: unless, when: try limited())
    case "缺省":
      let one = try ownDefault()
      return .ownDefault(one.reading, one.choice, one.reason, one.location)
    case "追回": return .recover(try recovery())
    case "付给": return .pay(try payment())
    case "授予":
      let who = try operand()
      let title = try wording()
      let when = try limited()
      return .grant(GrantSyntax(title: title, who: who, when: when, at: location(since: 0)))
    case "限额": return .cap(try cap())
    case "资金来源": return .fund(try funds())
    case "名额":
      if take("共限") {
        let count = try value()
        return .quota(count, keys: [], location(since: 0))
      }
      if let token, case .word(let word) = token.sort, word.hasPrefix("同时") {
        diagnostics.append(SyntaxMistake.placesAtOnce.diagnostic(at: location(of: token)))
        throw Lost()
      }
      try expect("同一")
      let keys = try keys()
      try expect("限")
      let count = try value()
      return .quota(count, keys: keys, location(since: 0))
    case "次序":
      try expect("按")
      let keys = try keys()
      try expect("先后")
      return .ordered(keys, location(since: 0))
    case "报错":
      let message = try wording()
      guard let when = try limited() else { throw fail(.condition) }
      return .error(message, when: when, location(since: 0))
    default:
      index = 0
      throw fail(.clause)
    }
  }

  /// `，限C的`
  mutating func limited() throws(Lost) -> Expression? {
    guard takeAfterComma("限") else { return nil }
    let condition = try expression()
    try expect("的")
    return condition
  }

  mutating func keys() throws(Lost) -> [Expression] {
    var keys = [try key()]
    while take("、") { keys.append(try key()) }
    return keys
  }

  /// 人 is the person behind a record.
  private mutating func key() throws(Lost) -> Expression {
    guard token?.sort == .unknown("人") else { return try value() }
    let start = index
    index += 1
    return made(.name("person"), since: start)
  }

  /// `同一K[任意24个月内]只计一次`, `同一K只取最高…`, `同一K[连续]只取前n名…，按B先后`
  private mutating func same() throws(Lost) -> ClauseSyntax {
    let keys = try keys()
    let within = try within()
    if within != nil, !isWord("只计一次") { throw fail(.word("只计一次")) }
    if take("只计一次") { return .oncePer(keys, within: within, location(since: 0)) }
    if take("只取最高") {
      var preferring: Expression?
      if isWord("，"), !isWord("限", after: 1) {
        index += 1
        preferring = try expression()
        try expect("的")
        try expect("优先")
      }
      let when = try limited()
      return .onlyHighest(keys: keys, preferring: preferring, when: when, location(since: 0))
    }
    let inSuccession = take("连续只取前")
    if !inSuccession { try expect("只取前") }
    let count = try howMany()
    let when = try limited()
    try expect("，")
    try expect("按")
    let order = try value()
    try expect("先后")
    return .onlyFirst(count, inSuccession: inSuccession, when: when, keys: keys, by: order, location(since: 0))
  }

  /// How many, with 名 behind it, or with another counting word where a figure says it: 3名, 3家.
  mutating func howMany() throws(Lost) -> Expression {
    let start = index
    let count = try value()
    if case .number(let digits, .some) = count.node { return made(.number(digits: digits, unit: nil), since: start) }
    // 前起点＋1名: the word has gone with the last figure.
    if case .number(_, "persons"?) = tokens[index - 1].sort { return count }
    try expect("名")
    return count
  }

  // MARK: Frames and sets

  private mutating func frame(_ word: String) throws(Lost) -> FrameSyntax {
    let base: FrameSyntax.Base
    switch word {
    case "对本地区": base = .district
    case "对每":
      skipClassifier()
      base = .each(try name(.list))
    default:
      // 对本地区 may be cut as 对 and the name of the place.
      if take("本地区") {
        base = .district
        break
      }
      let list = try name(.list)
      try expect("中的每")
      skipClassifier()
      base = .eachText(field: try name(.field), list: list)
    }
    var iterations: [FrameSyntax.Iteration] = []
    while take("，") { iterations.append(try iteration()) }
    return FrameSyntax(base: base, iterations: iterations, at: location(since: 0))
  }

  /// 家, 名, 个: the word with which records are counted; also where a definition's argument is called so, as long as
  /// the name of records follows.
  private mutating func skipClassifier() {
    switch token?.sort {
    case .unknown(let text)?, .word(let text)?: if names.classifiers.contains(text) { index += 1 }
    case .name(let text)? where names.classifiers.contains(text) && index + 1 < tokens.count:
      if case .name = tokens[index + 1].sort { index += 1 }
    case .name, .number, .date, .monthDay, .text, .id, .place, nil: break
    }
  }

  private mutating func iteration() throws(Lost) -> FrameSyntax.Iteration {
    let start = index
    if take("每个年度") { return .years(Name("year", at: location(since: start))) }
    if take("每个完整年度") { return .completeYears(Name("year", at: location(since: start))) }
    if take("在") {
      let condition = try expression()
      try expect("时")
      try expect("每个年度")
      return .yearsWhen(Name("year", at: location(since: start)), condition)
    }
    if take("自") {
      let from = try sum()
      try expect("至")
      let to = try sum()
      if take("每") { return try periods(from: from, to: to, since: start) }
      try expect("的每个")
      let name = try iterated()
      return .range(name, from: from, to: to)
    }
    let set = try value()
    try expect("中的每")
    skipClassifier()
    return .members(try iterated(), of: set)
  }

  /// Behind `自A至B每`: `3个月的每期`, `3个自然月的每期`.
  private mutating func periods(
    from: Expression, to: Expression, since start: Int
  ) throws(Lost) -> FrameSyntax.Iteration {
    guard case .number(let digits, let unit)? = token?.sort, unit == nil || unit == "months", let months = Int(digits),
      (1...1_200).contains(months)
    else { throw fail(.numberFrom(1, to: 1_200)) }
    index += 1
    if unit == nil { try expect("个自然月") }
    try expect("的每期")
    return .periods(
      Name("period", at: location(since: start)),
      PeriodSyntax(months: months, isCalendar: unit == nil, from: from, to: to))
  }

  /// What an iteration is called; the year's name is the language's own.
  private mutating func iterated() throws(Lost) -> Name {
    let name = try named()
    return name.text == SurfaceWords.year ? Name("year", at: name.location) : name
  }

  private mutating func counted() throws(Lost) -> ClauseSyntax {
    let name = try named()
    try expect("=")
    let (source, isAll) = try setSource()
    var conditions: [Expression] = []
    var on: Expression?
    var begins: Expression?
    var inYear: Expression?
    var atAnyTime = false
    var inAnyYear = false
    var persons: SetSyntax.Persons = .byReading
    var personsWhen: Expression?
    while take("，") {
      if take("其中") {
        conditions.append(try expression())
        try expect("的")
      } else if take("于") {
        on = try value()
        try expect("计入")
      } else if take("以") {
        begins = try value()
        try expect("判断期限")
      } else if take("归入年度") {
        inYear = try value()
      } else if take("不论何时") {
        atAnyTime = true
      } else if take("不论年度") {
        inAnyYear = true
      } else if take("逐条计算") {
        persons = .every
      } else if take("每人一次") {
        persons = .once
      } else if take("合计每人一次") {
        persons = .onceInAll
        personsWhen = try limited()
      } else {
        throw fail(.word("其中"))
      }
    }
    return .set(
      SetSyntax(
        name: name, source: source, isAll: isAll, inAnyYear: inAnyYear, conditions: conditions, on: on, begins: begins,
        inYear: inYear, atAnyTime: atAnyTime, persons: persons, personsWhen: personsWhen, at: location(since: 0)))
  }

  /// `付给W：[S每人][不超过]A[，但不低于L][，于D计为应付][，限C的]`
  private mutating func payment() throws(Lost) -> PaySyntax {
    let who = try operand()
    _ = take("：")
    let forEach = forEachMember()
    let isUpperBound = take("不超过")
    let amount = try value()
    let low = takeAfterComma("但不低于") ? try value() : nil
    let equalParts = try equalParts()
    var on: Expression?
    if takeAfterComma("于") {
      on = try value()
      try expect("计为应付")
    }
    let when = try limited()
    let parts = try parts()
    return PaySyntax(
      who: who, amount: amount, isUpperBound: isUpperBound, low: low, forEach: forEach, on: on, when: when,
      parts: parts, equalParts: equalParts, at: location(since: 0))
  }
}

extension ChineseToken {
  var isText: Bool { if case .text = sort { true } else { false } }

  /// The token as it might be written.
  var written: String {
    switch sort {
    case .word(let text), .name(let text), .id(let text), .place(let text), .unknown(let text), .text(let text): text
    case .number(let digits, let unit): digits + (unit ?? "")
    case .date(let day): day
    case .monthDay(let month, let day): "\(month)月\(day)日"
    }
  }
}

extension ChineseDeclaration {
  /// What a measure goes through record by record: 企业 of 对每家企业.
  fileprivate var frameRecord: String? {
    guard let line = clauses.first(where: { $0.word == "对每" }) else { return nil }
    for token in line.tokens { if case .name(let name) = token.sort { return name } }
    return nil
  }
}

extension ChineseParser {
  /// Tells of a measure that nothing is called, up to 就高不重复.
  fileprivate mutating func unknownMeasure() -> Lost {
    let start = index
    while !isAtEnd, !isWord("就高不重复"), !isWord("，") { index += 1 }
    let name = Visible.text(String(written(tokens[start], tokens[index - 1]).prefix(30)))
    diagnostics.append(
      .error(
        "unknown-name", Text("There is no measure called `\(name)` here.", zh: "此处没有名为 `\(name)` 的措施。"),
        hint: Text("Name another measure of this document.", zh: "请写本文件中另一项措施的名称。"), at: location(since: start)))
    return Lost()
  }
}
