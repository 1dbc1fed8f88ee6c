// Sets that are counted, and payments for their members. Knows nothing of the lists behind them: whether a name is a
// list or an earlier set, the checker sees.
import Diagnostics

extension RuleParser {
  /// `count NAME = SOURCE options`. When the set cannot be read its name stays known, as a broken `let`.
  mutating func counted(since start: Int) throws(Lost) -> ClauseSyntax {
    let name = try named()
    do {
      try expect(.equals, "=")
      return .set(try set(name, since: start))
    } catch {
      abandoned = true
      return .letting(name, Expression(.broken, at: location(since: start)))
    }
  }

  private mutating func set(_ name: Name, since start: Int) throws(Lost) -> SetSyntax {
    let (source, isAll) = try setSource()
    var conditions: [Expression] = []
    var on: Expression?
    var begins: Expression?
    var inYear: Expression?
    var atAnyTime: Bool?
    var inAnyYear: Bool?
    var persons: SetSyntax.Persons?
    var personsWhen: Expression?
    while !isAtEnd {
      let option = index
      _ = take(.comma)
      if take(.where) {
        conditions.append(try condition())
      } else if take(.on) {
        once(&on, try value(), "on", since: option)
      } else if take(.begins) {
        once(&begins, try value(), "begins", since: option)
      } else if take(.in) {
        if take(.any, .year) {
          once(&inAnyYear, true, "in any year", since: option)
          continue
        }
        try expect(.year)
        once(&inYear, try value(), "in year", since: option)
      } else if take(.at) {
        try expect(.any, .time)
        once(&atAnyTime, true, "at any time", since: option)
      } else if take(.every) {
        try expect(.record)
        once(&persons, .every, "every record", since: option)
      } else if take(.once) {
        try expect(.per, .person)
        if take(.in) {
          try expect(.all)
          once(&persons, .onceInAll, "once per person", since: option)
          if take(.when) { personsWhen = try condition() }
        } else {
          once(&persons, .once, "once per person", since: option)
        }
      } else {
        index = option
        break
      }
    }
    return SetSyntax(
      name: name, source: source, isAll: isAll, inAnyYear: inAnyYear ?? false, conditions: conditions, on: on,
      begins: begins, inYear: inYear,
      atAnyTime: atAnyTime ?? false, persons: persons ?? .byReading, personsWhen: personsWhen,
      at: location(since: start))
  }

  /// `hires of agency`, `hires by FIELD of agency`, `hires with same person`, `first N of SET`, or a bare name: a set,
  /// or all of a list.
  private mutating func setSource() throws(Lost) -> (SetSyntax.Source, isAll: Bool) {
    if word == .first, sort(after: 1) != .end, !sees(.first, .of), !sees(.first, .by), !sees(.first, .where) {
      index += 1
      let count = try endedByOf()
      try expect(.of)
      return (.first(count, of: try name()), false)
    }
    let source = try keyedSource()
    let isEvery = source.isAll && source.keys?.matches.isEmpty == true && source.keys?.order == nil
    if source.keys != nil, !isEvery { return (.keyed(source), source.isAll) }
    guard source.of != nil || source.by != nil else { return (.set(source.list), source.isAll) }
    return (.list(source.list, of: source.of, by: source.by), source.isAll)
  }

  /// `pay WHO [at most] AMOUNT [or at least LOW] [for each SET] [on DATE] [when CONDITION]`
  mutating func payment(since start: Int) throws(Lost) -> PaySyntax {
    let who = try beneficiary()
    let isUpperBound = take(.at, .most)
    if isAtEnd { throw fail(.value) }
    let amount = try value()
    var low: Expression?
    var forEach: Name?
    var on: Expression?
    var when: Expression?
    var parts: [PartSyntax] = []
    var equalParts: EqualPartsSyntax?
    while !isAtEnd {
      let option = index
      if take(.part) {
        parts.append(try part(since: option))
      } else if take(.in) {
        once(&equalParts, try self.equalParts(since: option), "equal parts", since: option)
      } else if take(.or, .at, .least) {
        once(&low, try value(), "or at least", since: option)
      } else if take(.for) {
        try expect(.each)
        once(&forEach, try name(), "for each", since: option)
      } else if take(.on) {
        once(&on, try value(), "on", since: option)
      } else if take(.when) {
        once(&when, try condition(), "when", since: option)
      } else {
        break
      }
    }
    return PaySyntax(
      who: who, amount: amount, isUpperBound: isUpperBound, low: low, forEach: forEach, on: on, when: when,
      parts: parts, equalParts: equalParts, at: location(since: start))
  }

  /// After `part`: a share, an amount or `rest`, with its own day and condition.
  private mutating func part(since start: Int) throws(Lost) -> PartSyntax {
    let isRest =
      word == .rest
      && (sort(after: 1) == .end || word(after: 1) == .on || word(after: 1) == .when
        || word(after: 1) == .part)
    var amount: Expression?
    if isRest { index += 1 } else { amount = try value() }
    var on: Expression?
    var when: Expression?
    while !isAtEnd {
      let option = index
      if take(.on) {
        once(&on, try value(), "on", since: option)
      } else if take(.when) {
        once(&when, try condition(), "when", since: option)
      } else {
        break
      }
    }
    return PartSyntax(amount: amount, on: on, when: when, location: location(since: start))
  }

  /// After `in`: `3 equal parts every 3 months from start`.
  private mutating func equalParts(since start: Int) throws(Lost) -> EqualPartsSyntax {
    guard sort == .number, let count = Int(lexer.numberText(tokens[index]) ?? ""), count >= 2, count <= 120 else {
      throw fail(.numberFrom(2, to: 120))
    }
    index += 1
    try expect(.equal, .parts)
    try expect(.every)
    let every = try value()
    try expect(.from)
    let from = try value()
    return EqualPartsSyntax(count: count, every: every, from: from, location: location(since: start))
  }
}
