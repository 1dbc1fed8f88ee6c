// Caps in money, in a measure and over several, and sources of money. Knows nothing of what is paid.
import Diagnostics

extension RuleParser {
  /// `cap AMOUNT in all`, `cap AMOUNT of SOURCE for each KEY, KEY`, then `in any 3 years`, then `in turn` or `in
  /// proportion`, then `then SOURCE`; the first word is taken.
  mutating func cap(since start: Int) throws(Lost) -> CapSyntax {
    let amount = try endedBySource()
    let fund = word == .of ? try sourceName() : nil
    var keys: [Expression] = []
    if !take(.in, .all) {
      guard word == .for else { throw fail(.word("for each")) }
      try expect(.for, .each)
      keys = try self.keys()
    }
    let within = take(.in, .any) ? try value() : nil
    let isShared = take(.in, .proportion)
    if !isShared, word == .in { try expect(.in, .turn) }
    let next = fund != nil && take(.then) ? try name() : nil
    return CapSyntax(
      amount: amount, keys: keys, within: within, isShared: isShared,
      source: fund.map { CapSourceSyntax(fund: $0, next: next) }, location: location(since: start))
  }

  /// An amount that ends where `of` and a source of money come.
  private mutating func endedBySource() throws(Lost) -> Expression {
    let before = sourceEnds
    sourceEnds = true
    defer { sourceEnds = before }
    return try value()
  }

  /// `of SOURCE`
  private mutating func sourceName() throws(Lost) -> Name {
    index += 1
    return try name()
  }

  /// Whether `of` comes with a source of money behind an amount, and not with what the amount is a part of. Behind
  /// `500 yuan` nothing else can stand, so that a source is looked for there whatever it is called.
  func seesSource(behind amount: Expression) -> Bool {
    guard sourceEnds, word == .of, index + 1 < limit else { return false }
    let end = word(after: 2)
    guard end == .for || end == .in else { return false }
    if case .number(_, let unit?) = amount.node, unit != "%" { return true }
    return Fund.named(text(of: tokens[index + 1])) != nil
  }

  /// `fund SOURCE SHARE, SOURCE rest`, `fund SOURCE`; the first word is taken.
  mutating func funds(since start: Int) throws(Lost) -> FundSyntax {
    var shares: [FundSyntax.Share] = []
    repeat {
      let first = index
      let fund = try name()
      // One source by itself bears all of it.
      let isAll = shares.isEmpty && index >= limit
      let all = Expression(.number(digits: "100", unit: "%"), at: location(since: first))
      let share = take(.rest) ? nil : isAll ? all : try value()
      shares.append(FundSyntax.Share(fund: fund, share: share, location: location(since: first)))
    } while take(.comma)
    return FundSyntax(shares: shares, location: location(since: start))
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
