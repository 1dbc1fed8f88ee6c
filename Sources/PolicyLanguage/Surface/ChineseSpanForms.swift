// What stands behind a figure or a record in Chinese and makes another of it: steps of a table, rounding, presence on a
// day. Knows nothing of clauses.
import Diagnostics

extension ChineseParser {
  /// `按N累进` behind a figure; nil where it does not stand there.
  mutating func reckoned(_ figure: Expression, since start: Int) throws(Lost) -> Expression? {
    if isWord("按"), isWord("累进", after: 2) {
      index += 1
      let table = try name()
      index += 1
      return made(.through(table, figure), since: start)
    }
    return nil
  }

  /// `四舍五入到1元`, `舍去到10元`, `进位到100元` behind a figure or a product, all of which is rounded: 90%×保险费舍去到10元.
  mutating func rounded(_ product: Expression, since start: Int) throws(Lost) -> Expression {
    guard case .word(let word)? = token?.sort, let way = ChineseWords.roundings[word] else { return product }
    index += 1
    let unit = try operand()
    return try rounded(made(.round(product, way, to: unit), since: start), since: start)
  }

  /// `于D在岗`, of a record or of the one that is looked at; nil, with nothing taken, where 于 leads to something else.
  mutating func present(_ record: Expression?, since start: Int) -> Expression? {
    guard isWord("于") else { return nil }
    let (before, told) = (index, diagnostics.count)
    index += 1
    if let day = try? sum(), take("在岗") { return made(.present(record, on: day), since: start) }
    index = before
    diagnostics.removeSubrange(told...)
    return nil
  }
}
