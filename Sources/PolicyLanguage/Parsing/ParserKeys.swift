// Sets by keys, and sets and ranges inside expressions. Knows nothing of the lists behind them.
import Diagnostics

extension Word {
  /// Begins an option of a set, where its source has ended.
  var isSetOption: Bool { self == .begins || self == .every || self == .once }
}

extension RuleParser {
  /// `[all | other] (LIST | candidates) [by FIELD] [of NAME] [with …] [before it | up to it]`
  mutating func keyedSource() throws(Lost) -> InlineSetSyntax {
    let start = index
    let isAll = takeBeforeName(.all), isOther = !isAll && takeBeforeName(.others)
    let list = try name(.list)
    var of = take(.of) ? try name() : nil
    let by = take(.by) ? try name(.field) : nil
    if of == nil, take(.of) { of = try name() }
    let matches = take(.with) ? try self.matches() : nil
    let order: KeysSyntax.Order? = take(.before, .it) ? .before : take(.up, .to, .it) ? .upTo : nil
    let isKeyed = matches != nil || isOther || order != nil || (isAll && of == nil && by == nil)
    return InlineSetSyntax(
      list: list, of: of, by: by, isAll: isAll,
      keys: isKeyed ? KeysSyntax(isOther: isOther, matches: matches ?? [], order: order) : nil, conditions: [],
      at: location(since: start))
  }

  /// A word that is one of the language's where a name follows: `all hires`, and a list that is called `all`.
  private mutating func takeBeforeName(_ wanted: Word) -> Bool {
    guard word == wanted, sort(after: 1) == .word, !word(after: 1).isReserved, !word(after: 1).isSetOption,
      word(after: 1) != .with, word(after: 1) != .up
    else { return false }
    index += 1
    return true
  }

  private mutating func matches() throws(Lost) -> [MatchSyntax] {
    var found: [MatchSyntax] = []
    repeat {
      if word == .same, sort(after: 1) == .word, !word(after: 1).isReserved {
        index += 1
        var keys = [try name(.field)]
        while sort == .comma, isKey(after: 1) {
          index += 1
          keys.append(try name(.field))
        }
        found.append(.same(keys, as: take(.as) ? try name() : nil))
      } else {
        let member = try sum()
        try expect(.equals, "=")
        found.append(.equal(member, try sum()))
      }
    } while takeCommaBeforeMatch()
    return found
  }

  /// Whether a name stands there that is a key of its own: neither an option nor the left side of an equation.
  private func isKey(after steps: Int) -> Bool {
    guard sort(after: steps) == .word else { return false }
    let word = word(after: steps)
    if word.isReserved || word.isSetOption || word == .same { return false }
    // `year of first = y` is the left side of an equation.
    if self.word(after: steps + 1) == .of { return false }
    switch sort(after: steps + 1) {
    case .word, .comma, .close, .end: return true
    case .number, .date, .code, .string, .open, .colon, .semicolon, .dot, .percent, .equals, .notEqual, .less,
      .lessOrEqual, .greater, .greaterOrEqual, .plus, .minus, .times, .divide, .foreign, .unknown:
      return false
    }
  }

  private mutating func takeCommaBeforeMatch() -> Bool {
    guard sort == .comma, sort(after: 1) == .word, !word(after: 1).isReserved, !word(after: 1).isSetOption else {
      return false
    }
    index += 1
    return true
  }

  // MARK: In expressions

  /// A set in brackets after `over` or `count of`.
  mutating func inlineSet() throws(Lost) -> InlineSetSyntax {
    let start = index
    try expect(.open, "(")
    let source = try keyedSource()
    var conditions: [Expression] = []
    var isEvery = false
    while true {
      if take(.where) {
        conditions.append(try condition())
      } else if take(.every, .record) {
        isEvery = true
      } else {
        break
      }
    }
    try closeBracket(start)
    return InlineSetSyntax(
      list: source.list, of: source.of, by: source.by, isAll: source.isAll, keys: source.keys, conditions: conditions,
      isEvery: isEvery, at: location(since: start))
  }

  /// What stands after `over`: a set by its name, or in brackets.
  private mutating func over() throws(Lost) -> SetFigureSyntax.Source {
    try expect(.over)
    return sort == .open ? .inline(try inlineSet()) : .named(try name())
  }

  /// After `count of`: a set, or `different X over` one.
  @inline(never)
  mutating func counting(since start: Int) throws(Lost) -> Expression {
    if sort == .open {
      let set = try inlineSet()
      return try made(.setFigure(SetFigureSyntax(.count, nil, over: .inline(set))), since: start, over: height)
    }
    let goesOn = sort(after: 1) == .open || sort(after: 1) == .number || sort(after: 1) == .word
    guard word == .different, goesOn, !word(after: 1).isReserved, !tokens[index + 1].startsLine else {
      return try made(.count(try name()), since: start)
    }
    index += 1
    let value = try sum()
    let tallest = height
    let set = try over()
    return try made(
      .setFigure(SetFigureSyntax(.different, value, over: set)), since: start, over: max(tallest, height))
  }

  /// After `sum of`: an amount over a set or for each of a range.
  @inline(never)
  mutating func summing(since start: Int) throws(Lost) -> Expression {
    let amount = try sum()
    let tallest = height
    if word == .for { return try ranging(.sum, amount, since: start) }
    switch try over() {
    case .named(let set): return try made(.sum(amount, over: set), since: start, over: tallest)
    case .inline(let set):
      return try made(
        .setFigure(SetFigureSyntax(.sum, amount, over: .inline(set))), since: start, over: max(tallest, height))
    }
  }

  /// After `average of`.
  @inline(never)
  mutating func averaging(since start: Int) throws(Lost) -> Expression {
    let amount = try sum()
    let tallest = height
    if word == .for { return try ranging(.average, amount, since: start) }
    let set = try over()
    return try made(
      .setFigure(SetFigureSyntax(.average, amount, over: set)), since: start, over: max(tallest, height))
  }

  /// `… for each m from 1 to 12`, after what is asked for each.
  @inline(never)
  mutating func ranging(
    _ kind: RangeFigureSyntax.Kind, _ term: Expression, since start: Int
  ) throws(Lost) -> Expression {
    let tallest = height
    try expect(.for, .each)
    let variable = try name()
    let (from, to, taller) = try fromTo()
    return try made(
      .rangeFigure(RangeFigureSyntax(kind, term, for: variable, from: from, to: to)), since: start,
      over: max(tallest, taller))
  }

  /// `number in SET`; nil where `number` is a name.
  @inline(never)
  mutating func numberIn() throws(Lost) -> Expression? {
    guard word(after: 1) == .in, sort(after: 2) == .word, !word(after: 2).isReserved, word(after: 2) != .any else {
      return nil
    }
    let start = index
    index += 2
    return try made(.setFigure(SetFigureSyntax(.number, nil, over: .named(try name()))), since: start)
  }
}
