// What stands in brackets in Chinese expressions: an expression, or a set of records with the figure that is taken
// of it. Knows nothing of clauses.
import Diagnostics

extension ChineseParser {
  /// A bracket, several things of which one is taken, or a set inside the expression.
  mutating func bracket() throws(Lost) -> Expression {
    let start = index
    if isWord("本人相同的", after: 1) {
      index += 2
      let list = try name(.list)
      return try inline(list, of: nil, since: start)
    }
    index += 1
    var items = [try expression()]
    if case .member(let owner, let list) = items[0].node, let of = owner.bareName,
      isWord("，") && isWord("其中", after: 1)
        || isWord("）") && isWord("中", after: 1) && index + 2 < tokens.count && isExtreme(tokens[index + 2])
    {
      return try inline(list, of: Name(of, at: owner.location), since: start)
    }
    while take("、") || take("，") { items.append(try expression()) }
    try expect("）")
    if isWord("中"), index + 1 < tokens.count, case .word(let word) = tokens[index + 1].sort,
      let pick = ChineseWords.picks[word]
    {
      index += 2
      return made(.pick(pick, items), since: start)
    }
    if items.count > 1 {
      diagnostics.append(SyntaxMistake.listOutside.diagnostic(at: location(since: start)))
      throw Lost()
    }
    return Expression(items[0].node, at: location(since: start))
  }

  func isExtreme(_ token: ChineseToken) -> Bool {
    if case .word(let word) = token.sort { ChineseWords.extremes[word] != nil } else { false }
  }

  /// `，其中C的）中最早的X`, after the list.
  mutating func inline(_ list: Name, of: Name?, since start: Int) throws(Lost) -> Expression {
    var conditions: [Expression] = []
    while isWord("，"), isWord("其中", after: 1) {
      index += 2
      conditions.append(try expression())
      try expect("的")
    }
    try expect("）")
    let set = InlineSetSyntax(list: list, of: of, conditions: conditions, at: location(since: start))
    try expect("中")
    guard let pick = extreme() else { throw fail(.word("最早的")) }
    let figure = try operand()
    return made(.extremeOf(pick, figure, over: set), since: start)
  }
}
