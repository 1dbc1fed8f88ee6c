// Caps in money, in a measure and over several. Knows nothing of what is paid.
import Diagnostics

extension RuleParser {
  /// `cap AMOUNT in all`, `cap AMOUNT for each KEY, KEY`, then `in turn` or `in proportion`; the first word is taken.
  mutating func cap(since start: Int) throws(Lost) -> CapSyntax {
    let amount = try value()
    var keys: [Expression] = []
    if !take(.in, .all) {
      guard word == .for else { throw fail(.word("for each")) }
      try expect(.for, .each)
      keys = try self.keys()
    }
    let isShared = take(.in, .proportion)
    if !isShared, word == .in { try expect(.in, .turn) }
    return CapSyntax(amount: amount, keys: keys, isShared: isShared, location: location(since: start))
  }

  /// `limit NAME` and its clauses.
  mutating func limitDeclaration() {
    let start = index
    var name: Name?
    readClause { p throws(Lost) in name = try p.named() }
    var title: Wording?
    var article: Name?
    var measures: [Name] = []
    var caps: [CapSyntax] = []
    var lines: [String: Int] = [:]
    clauses { p in
      let first = p.index
      lines[p.text(of: p.tokens[first])] = p.tokens[first].line
      p.readClause { p throws(Lost) in
        guard let word = LimitWord(p.clause) else { throw p.fail(.clause, at: first) }
        switch word {
        case .title: p.once(&title, try p.wording(), "title", since: first)
        case .article:
          let text = try p.string()
          p.once(&article, Name(text, at: p.location(since: first)), "article", since: first)
        case .over: repeat { measures.append(try p.name()) } while p.take(.comma)
        case .cap: caps.append(try p.cap(since: first))
        }
      }
    }
    guard let name else { return }
    document.limits.append(
      LimitSyntax(
        name: name, title: title, article: article, measures: measures, caps: caps,
        location: location(of: tokens[start]).to(name.location), clauseLines: lines))
  }
}
