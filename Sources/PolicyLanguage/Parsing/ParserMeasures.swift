// Measures, duties and notes, clause by clause. Every form takes every clause here; which of them mean something in a
// note is a later question. Knows nothing of sets and payments, which have a file of their own.
import Diagnostics

extension RuleParser {
  mutating func measureDeclaration(_ form: MeasureSyntax.Form) {
    let start = index
    frameRecord = nil
    var name: Name?
    readClause { p throws(Lost) in name = try p.named() }
    var found: [ClauseSyntax] = []
    var lines: [Int] = []
    clauses { p in
      let line = p.tokens[p.index].line
      p.readClause { p throws(Lost) in
        let start = p.index - 1
        guard let clause = try p.measureClause() else { return }
        if case .title = clause, found.contains(where: \.isTitle) {
          p.report(.repeated("title"), at: p.location(of: p.tokens[start]))
          return
        }
        found.append(clause)
        lines.append(line)
      }
    }
    guard let name else { return }
    var measure = MeasureSyntax(
      form: form, name: name, clauses: found, source: declarationText(start, index),
      at: location(of: tokens[start]).to(name.location))
    measure.clauseLines = lines
    document.measures.append(measure)
  }

  /// The whole lines from a declaration's first word to its last, as written.
  private func declarationText(_ first: Int, _ end: Int) -> String {
    var start = tokens[first].start
    while start > 0, lexer.byte(start - 1) == 0x20 || lexer.byte(start - 1) == 0x09 { start -= 1 }
    var stop = tokens[end - 1].end
    while stop < lexer.bytes.count, lexer.byte(stop) != 0x0A { stop += 1 }
    if stop > start, lexer.byte(stop - 1) == 0x0D { stop -= 1 }
    let bytes = lexer.bytes[start..<stop]
    guard bytes.contains(0x0D) else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self)
  }

  /// The clause whose first word is taken already; nil when it was told to be no clause of a measure.
  private mutating func measureClause() throws(Lost) -> ClauseSyntax? {
    let start = index - 1
    guard let word = MeasureWord(clause) else { throw fail(.clause, at: start) }
    switch word {
    case .title: return .title(try wording())
    case .article:
      let text = try string()
      return .article(Name(text, at: location(of: tokens[index - 1])))
    case .kind: return .kind(try named())
    case .param: return .parameter(try parameter())
    case .reading: return .reading(try reading())
    case .window, .no: return .window(try window(since: start))
    case .assume: return .assume(try wording())
    case .text: return .text(try wording())
    case .for: return .frame(try frame(since: start))
    case .where: return .condition(try condition())
    case .begins: return .begins(try value())
    case .let:
      let name = try named()
      return .letting(
        name,
        try kept { p throws(Lost) in
          try p.expect(.equals, "=")
          return try p.expression()
        })
    case .count: return try counted(since: start)
    case .require: return .require(try condition())
    case .once, .every: return try personClause(since: start)
    case .only: return try onlyClause(since: start)
    case .yields:
      try expect(.to)
      let other = try longName()
      let unlessUnpriced = take(.unless)
      if unlessUnpriced { try expect(.unpriced) }
      return .yields(other, unlessUnpriced: unlessUnpriced, when: take(.when) ? try condition() : nil)
    case .default:
      let own = try ownDefault(since: start)
      return .ownDefault(own.reading, own.choice, own.reason, own.location)
    case .pay: return .pay(try payment(since: start))
    case .grant:
      let title = try wording()
      try expect(.to)
      let who = try beneficiary()
      let when = take(.when) ? try condition() : nil
      return .grant(GrantSyntax(title: title, who: who, when: when, at: location(since: start)))
    case .quota: return try quota(since: start)
    case .cap: return .cap(try cap(since: start))
    case .fund: return .fund(try funds(since: start))
    case .recover: return .recover(try recovery(since: start))
    case .ordered:
      try expect(.by)
      return .ordered(try keys(), location(since: start))
    case .error:
      let text = try wording()
      try expect(.when)
      let condition = try condition()
      return .error(text, when: condition, location(since: start))
    case .expect:
      let asked = try condition()
      return .expect(asked, try optionalWording(), location(since: start))
    }
  }

  /// `READING is CHOICE "why"`; `default` is taken.
  mutating func ownDefault(since start: Int) throws(Lost) -> DefaultSyntax {
    let reading = try name()
    try expect(.is)
    let choice = try name()
    return DefaultSyntax(
      reading: reading, choice: choice, reason: try optionalWording(), location: location(since: start))
  }

  /// An expression that is to hold. That it is no amount is found out by the checker.
  mutating func condition() throws(Lost) -> Expression {
    if isAtEnd { throw fail(.condition) }
    return try expression()
  }

  /// `KEY, KEY, ...`
  mutating func keys() throws(Lost) -> [Expression] {
    var found: [Expression] = []
    repeat { found.append(try value()) } while take(.comma)
    return found
  }

  // MARK: Frames

  /// `for each agency, each year`
  private mutating func frame(since start: Int) throws(Lost) -> FrameSyntax {
    let base: FrameSyntax.Base
    if take(.the) {
      try expect(.district)
      base = .district
    } else {
      try expect(.each)
      let name = try name()
      base = take(.of) ? .eachText(field: name, list: try self.name(.list)) : .each(name)
      frameRecord = name.text
    }
    var iterations: [FrameSyntax.Iteration] = []
    while sort == .comma || word == .each {
      _ = take(.comma)
      do {
        try expect(.each)
        iterations.append(try iteration())
      } catch {
        // The record of the frame stays known.
        abandoned = true
        break
      }
    }
    return FrameSyntax(base: base, iterations: iterations, at: location(since: start))
  }

  private mutating func iteration() throws(Lost) -> FrameSyntax.Iteration {
    let start = index
    if take(.complete, .year) { return .completeYears(Name("year", at: location(since: start))) }
    if let found = try periods() { return found }
    let name = try named()
    if take(.in) { return .members(name, of: try value()) }
    if word == .from {
      let (from, to, _) = try fromTo()
      return .range(name, from: from, to: to)
    }
    guard name.text == "year" else { throw fail(.namelessYears(Visible.text(name.text)), at: start) }
    return take(.when) ? .yearsWhen(name, try condition()) : .years(name)
  }

  // MARK: Who and how many

  /// `once per KEY, KEY`, which may go on `in any 24 months`, or `every record`
  private mutating func personClause(since start: Int) throws(Lost) -> ClauseSyntax {
    if clause == .every {
      try expect(.record)
      return .persons(.every, location(since: start))
    }
    try expect(.per)
    let keys = try keys()
    guard take(.in) else { return .oncePer(keys, within: nil, location(since: start)) }
    try expect(.any)
    return .oncePer(keys, within: try value(), location(since: start))
  }

  /// `only the first N for each KEY by EXPRESSION` or `only the highest for each KEY ...`
  private mutating func onlyClause(since start: Int) throws(Lost) -> ClauseSyntax {
    try expect(.the)
    if take(.highest) {
      let keys = try forEachKey()
      let preferring = take(.preferring) ? try condition() : nil
      let when = take(.when) ? try condition() : nil
      return .onlyHighest(keys: keys, preferring: preferring, when: when, location(since: start))
    }
    guard take(.first) else { throw fail(.word("first")) }
    let count = try value()
    let inSuccession = take(.in)
    if inSuccession { try expect(.succession) }
    let when = inSuccession && take(.when) ? try condition() : nil
    let keys = try forEachKey()
    try expect(.by)
    let order = try value()
    return .onlyFirst(
      count, inSuccession: inSuccession, when: when, keys: keys, by: order, location(since: start))
  }

  private mutating func forEachKey() throws(Lost) -> [Expression] {
    try expect(.for, .each)
    return try keys()
  }

  /// `quota N for each KEY, KEY` or `quota N in all`
  private mutating func quota(since start: Int) throws(Lost) -> ClauseSyntax {
    let count = try value()
    if take(.in) {
      try expect(.all)
      return .quota(count, keys: [], location(since: start))
    }
    if word == .at { throw fail(.placesAtOnce, at: index) }
    guard word == .for else { throw fail(.word("for each")) }
    return .quota(count, keys: try forEachKey(), location(since: start))
  }
}

extension ClauseSyntax {
  fileprivate var isTitle: Bool { if case .title = self { true } else { false } }
}

extension SourceRange {
  func to(_ other: SourceRange) -> SourceRange { SourceRange(source: source, start: start, end: other.end) }
}
