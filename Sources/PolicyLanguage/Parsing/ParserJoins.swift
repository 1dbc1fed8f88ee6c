// The clauses of a list that joins records. Knows nothing of the lists behind them.
import Diagnostics

extension RuleParser {
  /// After `joins`: `hires with same person, enterprise [where CONDITION] [when CONDITION]`.
  mutating func joins(since start: Int) throws(Lost) -> JoinsSyntax {
    let list = try name(.list)
    try expect(.with, .same)
    var keys: [Name] = []
    repeat { keys.append(try name(.field)) } while take(.comma)
    let condition = take(.where) ? try self.condition() : nil
    let when = take(.when) ? try self.condition() : nil
    return JoinsSyntax(list: list, keys: keys, condition: condition, when: when, at: location(since: start))
  }

  /// After `gap`: `at most AMOUNT` or `no calendar month`, with `when CONDITION`.
  mutating func gap(since start: Int) throws(Lost) -> GapSyntax {
    var days: Expression?
    if take(.no) {
      try expect(.calendar, .month)
    } else {
      try expect(.at, .most)
      days = try value()
    }
    let when = take(.when) ? try condition() : nil
    return GapSyntax(days: days, when: when, at: location(since: start))
  }
}
