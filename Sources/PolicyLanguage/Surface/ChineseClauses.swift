// Clauses in Chinese to syntax: of measures, of the document's head, of lists, and the declarations that are a clause
// by themselves. What they look like stands beside each in `ChineseClauseWriter`.
import Diagnostics

extension ChineseParser {
  mutating func read(_ declaration: ChineseDeclaration) {
    guard let kind = declaration.kind else {
      begin(declaration.head)
      _ = fail(.clause)
      return
    }
    switch kind {
    case .document: header(declaration)
    case .list: listDeclaration(declaration)
    case .value: clause(declaration.head) { p throws(Lost) in p.document.values.append(try p.valueDeclaration()) }
    case .define: clause(declaration.head) { p throws(Lost) in p.document.definitions.append(try p.definition()) }
    case .param: clause(declaration.head) { p throws(Lost) in p.document.parameters.append(try p.parameter()) }
    case .reading:
      clause(declaration.head) { p throws(Lost) in
        p.document.readings.append(try p.reading(declaration.head.choices))
      }
    case .measure: measure(declaration, .measure)
    case .duty: measure(declaration, .duty)
    case .note: measure(declaration, .note)
    case .example: example(declaration)
    case .table:
      clause(declaration.head) { p throws(Lost) in p.document.tables.append(try p.table(declaration.head.choices)) }
    case .limit: limitDeclaration(declaration)
    }
  }

  mutating func begin(_ clause: ChineseClause) {
    tokens = clause.tokens
    index = 0
    depth = 0
  }

  /// Reads one clause behind its first word; what goes wrong loses that clause only.
  mutating func clause(_ clause: ChineseClause, _ read: (inout ChineseParser) throws(Lost) -> Void) {
    begin(clause)
    index = 1
    do {
      try read(&self)
      while take("。") || take("；") {}
      if !isAtEnd { leftover() }
    } catch {}
  }

  // MARK: Declarations of one clause

  mutating func parameter() throws(Lost) -> ParameterSyntax {
    let name = try named()
    try expect("=")
    let amount = try value()
    var low: Expression?
    var high: Expression?
    var dated: [ParameterSyntax.Dated] = []
    while isWord("，") {
      index += 1
      if take("自") {
        let from = try value()
        guard take("起为") || take("起") else { throw fail(.word("起")) }
        dated.append(ParameterSyntax.Dated(value: try value(), from: from))
      } else if take("不少于") || take("不低于") || take("不早于") {
        low = try value()
      } else if take("不超过") || take("不高于") || take("不晚于") {
        high = try value()
      } else {
        throw fail(.word("不少于"))
      }
    }
    return ParameterSyntax(
      name: name, value: amount, atLeast: low, atMost: high, meaning: try optionalWording(), dated: dated)
  }

  mutating func reading(_ lines: [[ChineseToken]]) throws(Lost) -> ReadingSyntax {
    let name = try named()
    let question = try wording()
    if !isAtEnd { leftover() }
    var choices: [ReadingSyntax.Choice] = []
    for line in lines {
      (tokens, index) = (line, 0)
      let choice = try named(.choice)
      var isDefault = take("默认")
      let meaning = try optionalWording()
      isDefault = take("默认") || isDefault
      choices.append(ReadingSyntax.Choice(name: choice, meaning: meaning, isDefault: isDefault))
      if !isAtEnd { leftover() }
      index = tokens.count
    }
    return ReadingSyntax(name: name, question: question, choices: choices)
  }

  /// `引用标准 月最低工资〔minimum_wage〕，单位元[，随日期调整] “…” 依据 “…”`
  private mutating func valueDeclaration() throws(Lost) -> ValueSyntax {
    let name = try named()
    try expect("，")
    let unit = try unit()
    let isByDate = takeAfterComma("随日期调整")
    let meaning = try optionalWording()
    let source = take("依据") ? try wording() : nil
    return ValueSyntax(name: name, unit: unit, meaning: meaning, source: source, isByDate: isByDate)
  }

  /// `定义 本区〔in_home〕（该地〔p〕：地区）＝…`
  private mutating func definition() throws(Lost) -> DefinitionSyntax {
    let name = try named()
    let parameters = isWord("（") ? try arguments() : []
    try expect("=")
    return DefinitionSyntax(name: name, parameters: parameters, body: try expression())
  }

  mutating func area() throws(Lost) -> Name {
    guard let token else { throw fail(.place) }
    index += 1
    switch token.sort {
    case .place(let text), .name(let text), .text(let text), .number(let text, nil), .unknown(let text):
      return Name(text, at: location(of: token))
    case .word, .number, .date, .monthDay, .id:
      index -= 1
      throw fail(.place)
    }
  }

  mutating func day() throws(Lost) -> Name {
    guard let token, case .date(let text) = token.sort else { throw fail(.date) }
    index += 1
    return Name(text, at: location(of: token))
  }

  /// `施行期限 自A至B`, `自A起`, `至B止`
  mutating func window(isNone: Bool) throws(Lost) -> WindowSyntax {
    if isNone { return WindowSyntax(from: nil, to: nil, isNone: true, at: location(since: 0)) }
    var from: Expression?
    var to: Expression?
    if take("自") { from = try value() }
    // 自2026年1月1日起至2026年12月31日止
    if from != nil, take("起"), !isWord("至") {
      return WindowSyntax(from: from, to: nil, isNone: false, at: location(since: 0))
    }
    if from == nil || isWord("至") {
      try expect("至")
      to = try value()
      if case .unknown("止")? = token?.sort { index += 1 }
    }
    return WindowSyntax(from: from, to: to, isNone: false, at: location(since: 0))
  }
}
