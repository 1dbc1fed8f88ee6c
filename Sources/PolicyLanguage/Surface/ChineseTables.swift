// Tables, caps, limits and instalments in Chinese to syntax. What they look like stands beside each in `TableWriter`.
// Knows nothing of what names mean.
import Diagnostics

extension ChineseParser {
  // MARK: Tables

  /// `标准表 奖励标准〔reward〕（人数〔n〕：数），单位元/人 “每人” 依据 “…”`, and its rows.
  mutating func table(_ rows: [[ChineseToken]]) throws(Lost) -> TableSyntax {
    let name = try named()
    let parameters = try arguments()
    try expect("，")
    let unit = try unit()
    let meaning = try optionalWording()
    let source = take("依据") ? try wording() : nil
    if !isAtEnd { leftover() }
    var made: [TableSyntax.Row] = []
    for line in rows {
      (tokens, index) = (line, 0)
      do {
        made.append(try row())
        while take("。") || take("；") {}
        if !isAtEnd { leftover() }
      } catch {}
      index = tokens.count
    }
    return TableSyntax(name: name, parameters: parameters, unit: unit, meaning: meaning, source: source, rows: made)
  }

  /// `（该地〔p〕：地区、日〔day〕：日期）`, with choices of a fact as `企业的规模`.
  mutating func arguments() throws(Lost) -> [(name: Name, type: Name)] {
    try expect("（")
    var found: [(name: Name, type: Name)] = []
    repeat {
      let argument = try named()
      try expect("：")
      let start = index
      var type = try name(.type)
      if take("的") {
        let field = try name(.field)
        type = Name(type.text + "." + field.text, at: location(since: start))
      }
      found.append((argument, type))
    } while take("、") || take("，")
    try expect("）")
    return found
  }

  /// `单位元/人·月`, as the language calls it.
  mutating func unit() throws(Lost) -> Name {
    try expect("单位")
    let start = index
    while let token, !isWord("依据"), !isWord("，") {
      if case .text = token.sort { break }
      index += 1
    }
    guard index > start else { throw fail(.unit) }
    let text = written(tokens[start], tokens[index - 1])
    return Name(names.unitID(String(text.filter { $0 != " " }.map(ChineseLexer.unitSign))), at: location(since: start))
  }

  /// `不超过30：500元，记作 小档〔small〕`
  private mutating func row() throws(Lost) -> TableSyntax.Row {
    let start = index
    let test: TableSyntax.Test
    if take("如") {
      test = .when(try expression())
    } else if take("其余") {
      test = .otherwise
    } else {
      var cells: [TableSyntax.Cell] = []
      repeat { cells.append(try cell()) } while take("，")
      test = .cells(cells)
    }
    try expect("：")
    let value = try value()
    var name: Name?
    if case .id(let id)? = token?.sort {
      index += 1
      name = Name(id, at: location(since: index - 1))
    } else if takeAfterComma("记作") {
      name = try named()
    }
    return TableSyntax.Row(test: test, value: value, name: name, location: location(since: start))
  }

  private mutating func cell() throws(Lost) -> TableSyntax.Cell {
    if take("不限") { return .any }
    if isWord("超过"), isWord("：", after: 1) || isWord("，", after: 1) {
      index += 1
      return .above
    }
    if take("自") {
      let day = try value()
      try expect("起")
      return .from(day)
    }
    if case .word(let word)? = token?.sort {
      switch ChineseWords.relations[word] {
      case .lessOrEqual?:
        index += 1
        return .upTo(try value())
      case .less?:
        index += 1
        return .below(try value())
      case .equal?, .notEqual?, .greater?, .greaterOrEqual?: throw fail(.value)
      case nil: break
      }
    }
    var values = [try value()]
    while take("或") { values.append(try value()) }
    return .values(values)
  }

  // MARK: Caps

  /// `限额 共不超过A`, `限额 同一K、K不超过A`, before it a source of money, then `，任意3年内`, `，先到先得` or `，按比例`, then
  /// `，超出部分由SOURCE承担`; the first word is taken.
  mutating func cap() throws(Lost) -> CapSyntax {
    var keys: [Expression] = []
    let fund = isWord("共不超过") || isWord("同一") ? nil : try fundName()
    if !take("共不超过") {
      try expect("同一")
      keys = try self.keys()
      try expect("不超过")
    }
    let amount = try value()
    let within = try within()
    let isShared = takeAfterComma("按比例")
    if !isShared { _ = takeAfterComma("先到先得") }
    var next: Name?
    if fund != nil, takeAfterComma("超出部分由") {
      next = try fundName()
      try expect("承担")
    }
    return CapSyntax(
      amount: amount, keys: keys, within: within, isShared: isShared,
      source: fund.map { CapSourceSyntax(fund: $0, next: next) }, location: location(since: 0))
  }

  /// A source of money; the checker says which there are.
  private mutating func fundName() throws(Lost) -> Name {
    if case .word(let word)? = token?.sort, Fund.named(word) != nil, let token {
      index += 1
      return Name(word, at: location(of: token))
    }
    if case .unknown(let text)? = token?.sort, let token {
      index += 1
      return Name(text, at: location(of: token))
    }
    return try name()
  }

  /// `资金来源 就业补助资金60%、其余区级财政`; the first word is taken.
  mutating func funds() throws(Lost) -> FundSyntax {
    var shares: [FundSyntax.Share] = []
    repeat {
      let first = index
      let isRest = take("其余")
      let fund = try fundName()
      // One source by itself bears all of it.
      let isAll = shares.isEmpty && isAtEnd && !isRest
      let all = Expression(.number(digits: "100", unit: "%"), at: location(since: first))
      let share = isRest ? nil : isAll ? all : try value()
      shares.append(FundSyntax.Share(fund: fund, share: share, location: location(since: first)))
    } while take("、") || take("，")
    return FundSyntax(shares: shares, location: location(since: 0))
  }

  /// `任意3年内`, `任意24个月内`: how long what was paid counts; nil where nothing is said.
  mutating func within() throws(Lost) -> Expression? {
    guard takeAfterComma("任意") else { return nil }
    let months = try sum()
    try expect("内")
    return months
  }

  /// `合并限额 单家企业〔firm〕` and its clauses.
  mutating func limitDeclaration(_ declaration: ChineseDeclaration) {
    var name: Name?
    clause(declaration.head) { p throws(Lost) in name = try p.named() }
    let location = location(since: 0)
    var title: Wording?
    var article: Name?
    var measures: [Name] = []
    var caps: [CapSyntax] = []
    var lines: [String: Int] = [:]
    let keys = ["名称": "title", "条款": "article", "涉及": "over"]
    for clause in declaration.clauses {
      if let key = clause.word.flatMap({ keys[$0] }) { lines[key] = clause.lines.lowerBound }
      self.clause(clause) { p throws(Lost) in
        switch clause.word {
        case "名称": title = try p.wording()
        case "条款":
          let text = try p.string()
          article = Name(text, at: p.location(since: 1))
        case "涉及": repeat { measures.append(try p.name()) } while p.take("、") || p.take("，")
        case "限额": caps.append(try p.cap())
        default:
          p.index = 0
          throw p.fail(.clause)
        }
      }
    }
    guard let name else { return }
    document.limits.append(
      LimitSyntax(
        name: name, title: title, article: article, measures: measures, caps: caps, location: location,
        clauseLines: lines))
  }

  // MARK: Instalments

  /// `，自D起每3个月一期等额4期`, after an amount; nil where something else stands there.
  mutating func equalParts() throws(Lost) -> EqualPartsSyntax? {
    guard isWord("，"), isWord("自", after: 1) else { return nil }
    let start = index + 1
    index += 2
    let from = try sum()
    try expect("起")
    try expect("每")
    let every = try operand()
    try expect("一期")
    try expect("等额")
    // Of parts 期 is no unit.
    guard case .number(let digits, let unit)? = token?.sort, unit == nil || unit == "courses", let count = Int(digits),
      count >= 2, count <= 120
    else { throw fail(.numberFrom(2, to: 120)) }
    index += 1
    return EqualPartsSyntax(count: count, every: every, from: from, location: location(since: start))
  }

  /// `分期 40%，于D计为应付，限C的`, any number of them.
  mutating func parts() throws(Lost) -> [PartSyntax] {
    var found: [PartSyntax] = []
    while isWord("分期") {
      let start = index
      index += 1
      let amount = take("余额") ? nil : try value()
      var on: Expression?
      if takeAfterComma("于") {
        on = try value()
        try expect("计为应付")
      }
      let when = try limited()
      found.append(PartSyntax(amount: amount, on: on, when: when, location: location(since: start)))
    }
    return found
  }
}
