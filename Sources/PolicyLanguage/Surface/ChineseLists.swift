// Lists of facts and examples in Chinese. Facts of examples are kept as they are written, since what a value means
// depends on its field. Knows nothing of measures.
import Diagnostics

extension ChineseParser {
  // MARK: Lists

  mutating func listDeclaration(_ declaration: ChineseDeclaration) {
    var names: (Name, Name)?
    var classifier: Name?
    clause(declaration.head) { p throws(Lost) in
      let name = try p.named(.list)
      names = (name, name)
      try p.expect("，")
      try p.expect("每条为")
      names = (name, try p.named())
      if p.take("，") {
        try p.expect("单位")
        let text = try p.string()
        classifier = Name(text, at: p.location(since: p.index - 1))
      }
    }
    guard let (name, singular) = names else { return }
    var parts = ListParts()
    var lines: [String: Int] = [:]
    let keys = ["名称": "title", "同人依据": "person", "起始": "begins", "终止": "ends", "持续": "lasts"]
    for clause in declaration.clauses {
      if let key = clause.word.flatMap({ keys[$0] }) { lines[key] = clause.lines.lowerBound }
      self.clause(clause) { p throws(Lost) in try p.listClause(clause.word, &parts) }
    }
    document.lists.append(
      ListSyntax(
        name: name, singular: singular, title: parts.title, person: parts.person, personID: parts.personID,
        begins: parts.begins, ends: parts.ends, fields: parts.fields, joins: parts.joins, gaps: parts.gaps,
        classifier: classifier, lasts: parts.lasts, clauseLines: lines))
  }

  private struct ListParts {
    var title: Wording?
    var person: Name?
    var personID: Name?
    var begins: Name?
    var ends: Name?
    var lasts: Wording?
    var fields: [ListSyntax.FieldSyntax] = []
    var joins: [JoinsSyntax] = []
    var gaps: [GapSyntax] = []
  }

  private mutating func listClause(_ word: String?, _ parts: inout ListParts) throws(Lost) {
    switch word {
    case "名称": parts.title = try wording()
    case "同人依据":
      let name = try name(.field)
      parts.person = name
      if take("或") {
        parts.personID = name
        parts.person = try self.name(.field)
      }
    case "起始": parts.begins = try name(.field)
    case "终止": parts.ends = try name(.field)
    case "持续": parts.lasts = try wording()
    case "衔接": parts.joins.append(try joins())
    case "间断不超过":
      let days = try value()
      parts.gaps.append(GapSyntax(days: days, when: try listLimit(), at: location(since: 0)))
    case "间断":
      try expect("不含整月")
      parts.gaps.append(GapSyntax(days: nil, when: try listLimit(), at: location(since: 0)))
    case "字段": parts.fields.append(try field())
    default:
      index = 0
      throw fail(.clause)
    }
  }

  private mutating func listLimit() throws(Lost) -> Expression? {
    guard takeAfterComma("限") else { return nil }
    let condition = try expression()
    try expect("的")
    return condition
  }

  /// `衔接 本人、就业单位相同的录用人员，其中C的，限C的`
  private mutating func joins() throws(Lost) -> JoinsSyntax {
    var keys: [Name] = []
    repeat { keys.append(try name(.field)) } while take("、")
    if keys[0].text == SurfaceWords.person { keys[0] = Name("person", at: keys[0].location) }
    try expect("相同的")
    let list = try name(.list)
    var condition: Expression?
    if isWord("，"), isWord("其中", after: 1) {
      index += 2
      condition = try expression()
      try expect("的")
    }
    let when = try listLimit()
    return JoinsSyntax(list: list, keys: keys, condition: condition, when: when, at: location(since: 0))
  }

  // MARK: Fields

  private mutating func field() throws(Lost) -> ListSyntax.FieldSyntax {
    let name = try named()
    let type = try type()
    var isAscending = false
    if case .choice = type { isAscending = take("由低到高") }
    var absence: ListSyntax.AbsenceSyntax?
    var labels: [String] = []
    var meaning: Wording?
    var says: SaysSyntax?
    while !isAtEnd {
      if take("必填") {
        absence = .required
      } else if take("未填即无") {
        absence = ListSyntax.AbsenceSyntax.none
      } else if take("未填即空") {
        absence = .empty
      } else if take("缺省") {
        absence = .value(try rawWord())
      } else if take("标签") {
        repeat { labels.append(try string()) } while take("、")
      } else if take("读作") {
        says = try saying()
      } else if case .text? = token?.sort {
        meaning = try wording()
      } else {
        break
      }
    }
    return ListSyntax.FieldSyntax(
      name: name, type: type, absence: absence, labels: labels, meaning: meaning, says: says, isAscending: isAscending)
  }

  private mutating func saying() throws(Lost) -> SaysSyntax {
    let yes = try string()
    try expect("、")
    let no = try string()
    guard take("en") else { return SaysSyntax(yes: .same(yes), no: .same(no)) }
    let yesInEnglish = try string()
    try expect("、")
    return SaysSyntax(yes: Text(yesInEnglish, zh: yes), no: Text(try string(), zh: no))
  }

  /// One word or figure as written; yes and no by the language's names.
  private mutating func rawWord() throws(Lost) -> Name {
    guard let token else { throw fail(.value) }
    index += 1
    let text = token.written
    let plain = ["是": "true", "否": "false"][text] ?? text
    return Name(plain, at: location(of: token))
  }

  private mutating func type() throws(Lost) -> ListSyntax.TypeSyntax {
    if take("选项") {
      try expect("（")
      var found: [Name] = []
      var labels: [[String]] = []
      repeat {
        found.append(try named())
        var words: [String] = []
        while case .text? = token?.sort { words.append(try string()) }
        labels.append(words)
      } while take("、") || take("，")
      try expect("）")
      return .choice(found, labels: labels)
    }
    if take("引自") { return .reference(try name(.list)) }
    if take("多个") { return .set(try type()) }
    let written = token?.written ?? ""
    guard let plain = SurfaceWords.fieldTypes.first(where: { $0.value == written })?.key else { throw fail(.type) }
    index += 1
    return .plain(plain)
  }

  // MARK: Examples

  mutating func example(_ declaration: ChineseDeclaration) {
    var title: Wording?
    clause(declaration.head) { p throws(Lost) in title = try p.wording() }
    let location = location(since: 0)
    var district: Name?
    var asOf: Name?
    var adopted = false
    var modeLine: Int?
    var settings: [(name: Name, value: Name)] = []
    var givens: [ExampleSyntax.Given] = []
    var expectations: [ExampleSyntax.Expectation] = []
    for clause in declaration.clauses {
      self.clause(clause) { p throws(Lost) in
        switch clause.tokens.first?.written {
        case "本地区": district = try p.area()
        case "核算日": asOf = try p.day()
        case "假设采用": (adopted, modeLine) = (true, clause.lines.lowerBound)
        case "按原文件施行": (adopted, modeLine) = (false, clause.lines.lowerBound)
        case "令": settings += try p.settings()
        case "已知": givens.append(try p.given())
        case "结果": expectations.append(try p.expectation())
        default:
          p.index = 0
          throw p.fail(.clause)
        }
      }
    }
    var example = ExampleSyntax(
      title: title ?? .same(""), district: district, asOf: asOf, adopted: adopted, settings: settings,
      givens: givens, expectations: expectations, at: location)
    example.modeLine = modeLine
    document.examples.append(example)
  }

  /// `N＝值，N＝值`
  private mutating func settings() throws(Lost) -> [(name: Name, value: Name)] {
    var found: [(name: Name, value: Name)] = []
    repeat {
      let start = index
      while !isAtEnd, !isWord("=") { index += 1 }
      guard index > start else { throw fail(.name) }
      let name = Name(raw(start, index), at: location(since: start))
      try expect("=")
      found.append((name, try rawValue()))
    } while take("，")
    return found
  }

  /// `[99名]录用人员 h：劳务基地 b，就业单位 e`
  private mutating func given() throws(Lost) -> ExampleSyntax.Given {
    var count = 1
    var counted: Name?
    if case .number(let digits, let unit)? = token?.sort {
      // 10个团队 is ten records here, not a figure with its unit.
      if let zh = unit.flatMap({ SurfaceWords.units[$0] }), zh.count > 1,
        names.classifiers.contains(String(zh.prefix(1)))
      {
        counted = Name(String(zh.dropFirst()), at: location(since: index))
      }
      guard let number = Int(digits), number >= 1, number <= 1_000_000 else {
        diagnostics.append(SyntaxMistake.badCount(digits).diagnostic(at: location(since: index)))
        throw Lost()
      }
      count = number
      index += 1
      switch token?.sort {
      case .unknown(let text)?, .word(let text)?: if names.classifiers.contains(text) { index += 1 }
      case .name, .number, .date, .monthDay, .text, .id, .place, nil: break
      }
    }
    let list: Name
    if let counted { list = counted } else { list = try name(.list) }
    var ids: [Name] = []
    while !isAtEnd, !isWord("：") {
      let start = index
      while !isAtEnd, !isWord("："), !isWord("、"), !isWord("，") { index += 1 }
      guard index > start else { throw fail(.name) }
      ids.append(Name(raw(start, index), at: location(since: start)))
      _ = take("、") || take("，")
    }
    var fields: [(name: Name, value: Name)] = []
    if take("：") {
      repeat {
        let field = try name(.field)
        _ = take("=") || take("为")
        fields.append((field, try rawValue()))
      } while take("，")
    }
    return ExampleSyntax.Given(list: list, count: count, ids: ids, fields: fields)
  }

  /// Everything up to the next comma outside brackets. A set in brackets loses them, its members parted by `; `.
  private mutating func rawValue() throws(Lost) -> Name {
    let start = index
    if take("（") {
      var members: [String] = []
      while !isAtEnd, !isWord("）") {
        let first = index
        while !isAtEnd, !isWord("）"), !isWord("、"), !isWord("，"), !isWord("；") { index += 1 }
        members.append(raw(first, index))
        if !isWord("）") { index += 1 }
      }
      try expect("）")
      return Name(members.joined(separator: "; "), at: location(since: start))
    }
    var brackets = 0
    while !isAtEnd, brackets > 0 || !isWord("，") {
      if isWord("（") { brackets += 1 }
      if isWord("）") { brackets -= 1 }
      index += 1
    }
    guard index > start else { throw fail(.value) }
    return Name(raw(start, index), at: location(since: start))
  }

  /// What stands between two tokens as it is written, quotation marks removed from a text that stands alone.
  private func raw(_ first: Int, _ end: Int) -> String {
    if end - first == 1 {
      switch tokens[first].sort {
      case .text(let text): return text
      case .place(let code) where tokens[first].endColumn - tokens[first].column > code.count: return code
      case .date(let day): return day
      case .word, .name, .number, .monthDay, .id, .place, .unknown: break
      }
    }
    return written(tokens[first], tokens[end - 1])
  }

  /// `措施 [项目] [金额]`
  private mutating func expectation() throws(Lost) -> ExampleSyntax.Expectation {
    let measure = try longName()
    var quantity = ExampleSyntax.Expectation.Quantity.total
    if let token, let found = Self.quantity(token.written, isLast: index + 1 >= tokens.count) {
      quantity = found
      index += 1
    }
    switch quantity {
    case .met, .notMet, .unknown, .notApplicable:
      return ExampleSyntax.Expectation(measure: measure, quantity: quantity, amount: nil, at: location(since: 0))
    case .total, .due, .pending, .displaced, .overQuota, .overCap, .recovered, .belowNought, .payments, .unpriced,
      .undetermined, .elsewhere,
      .grants:
      _ = take("=") || take("为")
      let amount = try value()
      return ExampleSyntax.Expectation(measure: measure, quantity: quantity, amount: amount, at: location(since: 0))
    }
  }

  /// 无法判定 is a number of payments where a figure follows, and else what a duty comes to.
  private static func quantity(_ word: String, isLast: Bool) -> ExampleSyntax.Expectation.Quantity? {
    let found = SurfaceWords.quantities.filter { $0.1 == word }.map(\.0)
    if found.count == 2 { return isLast ? .unknown : .undetermined }
    return found.first
  }
}
