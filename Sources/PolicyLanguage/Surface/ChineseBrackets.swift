// What stands in brackets in Chinese expressions: an expression, several things of which one is taken, or a set of
// records with the figure that is taken of it. Knows nothing of clauses.
import Diagnostics

extension ChineseParser {
  /// A bracket, several things of which one is taken, or a set inside the expression.
  mutating func bracket() throws(Lost) -> Expression {
    let start = index
    if opensSet { return try inlineFigure() }
    index += 1
    var items = [try expression()]
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
}
