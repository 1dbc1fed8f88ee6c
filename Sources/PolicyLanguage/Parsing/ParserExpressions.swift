// Expressions by precedence: `if`, `or`, `and`, `not`, comparisons, sums, products. Knows nothing of types: that a
// comparison is no amount is found out later.
import Diagnostics

extension RuleParser {
  /// Any expression.
  mutating func expression() throws(Lost) -> Expression {
    try goDeeper()
    let (of, source) = (ofEnds, sourceEnds)
    (ofEnds, sourceEnds) = (false, false)
    defer {
      (ofEnds, sourceEnds) = (of, source)
      depth -= 1
    }
    return word == .if ? try conditional() : try disjunction()
  }

  /// An amount, a date or a number: no comparison, so that words such as `or at least` may follow.
  mutating func value() throws(Lost) -> Expression { word == .if ? try expression() : try sum() }

  /// One level deeper, if there is room: what people write is never so deep that the stack could run out. Every way
  /// from an expression into one of its parts comes through here; whoever calls it takes the level back.
  mutating func goDeeper() throws(Lost) {
    guard depth < Self.deepest else { throw fail(.tooDeep, at: index) }
    depth += 1
  }

  /// An expression over parts of at most that many levels.
  @inline(never)
  mutating func made(_ node: Expression.Node, since start: Int, over tallest: Int = 0) throws(Lost) -> Expression {
    guard tallest < Self.deepest else { throw fail(.tooDeep, at: start) }
    height = tallest + 1
    return Expression(node, at: location(since: start))
  }

  /// `if C then A otherwise B`
  @inline(never)
  private mutating func conditional() throws(Lost) -> Expression {
    let start = index
    index += 1
    let condition = try expression()
    var tallest = height
    try expect(.then)
    let first = try expression()
    tallest = max(tallest, height)
    try expect(.otherwise)
    let second = try expression()
    return try made(.ifThen(condition, then: first, otherwise: second), since: start, over: max(tallest, height))
  }

  private mutating func disjunction() throws(Lost) -> Expression {
    let start = index
    let first = try conjunction()
    guard word == .or, !orLimits else { return first }
    var parts = [first]
    var tallest = height
    while word == .or, !orLimits {
      index += 1
      parts.append(try conjunction())
      tallest = max(tallest, height)
    }
    return try made(.or(parts), since: start, over: tallest)
  }

  /// `or at least LOW` after an upper bound.
  private var orLimits: Bool { word(after: 1) == .at }

  private mutating func conjunction() throws(Lost) -> Expression {
    let start = index
    let first = try negation()
    guard word == .and else { return first }
    var parts = [first]
    var tallest = height
    while take(.and) {
      parts.append(try negation())
      tallest = max(tallest, height)
    }
    return try made(.and(parts), since: start, over: tallest)
  }

  private mutating func negation() throws(Lost) -> Expression {
    guard word == .not else { return try comparison() }
    let start = index
    while take(.not) {}
    let count = index - start
    guard count < Self.deepest else { throw fail(.tooDeep, at: start) }
    var found = try comparison()
    for i in (start..<start + count).reversed() {
      height += 1
      guard height <= Self.deepest else { throw fail(.tooDeep, at: start) }
      let location = SourceRange(source: source, start: location(of: tokens[i]).start, end: found.location.end)
      found = Expression(.not(found), at: location)
    }
    return found
  }

  // MARK: Comparisons

  private mutating func comparison() throws(Lost) -> Expression {
    let start = index
    let left = try sum()
    let tallest = height
    guard let first = try compared(left, tallest, since: start) else { return try excepted(left, since: start) }
    let found = try excepted(first, since: start)
    if startsComparison { throw fail(.chained, at: index) }
    return found
  }

  private var startsComparison: Bool {
    if sort.comparison != nil { return true }
    switch ComparisonWord(word) {
    case .is, .before, .after, .within, .includes: return true
    case .at: return word(after: 1) == .least || word(after: 1) == .most
    case .on: return word(after: 1) == .or
    case .present: return word(after: 1) == .on
    case .from, nil: return false
    }
  }

  /// The comparison that follows a value; nil when none does.
  private mutating func compared(_ left: Expression, _ tallest: Int, since start: Int) throws(Lost) -> Expression? {
    guard let sign = sort.comparison else { return try comparedByWord(left, tallest, since: start) }
    index += 1
    return try compare(sign, left, tallest, since: start)
  }

  private mutating func compare(
    _ sign: Expression.Comparison, _ left: Expression, _ tallest: Int, since start: Int
  ) throws(Lost) -> Expression {
    let right = try sum()
    return try made(.compare(sign, left, right), since: start, over: max(tallest, height))
  }

  @inline(never)
  private mutating func comparedByWord(_ left: Expression, _ tallest: Int, since start: Int) throws(Lost) -> Expression?
  {
    switch ComparisonWord(word) {
    case .is:
      index += 1
      return try comparedByIs(left, tallest, since: start)
    case .at:
      if take(.at, .least) { return try compare(.greaterOrEqual, left, tallest, since: start) }
      if take(.at, .most) { return try compare(.lessOrEqual, left, tallest, since: start) }
      return nil
    case .before:
      index += 1
      return try compare(.less, left, tallest, since: start)
    case .after:
      index += 1
      return try compare(.greater, left, tallest, since: start)
    case .on:
      if take(.on, .or, .before) { return try compare(.lessOrEqual, left, tallest, since: start) }
      if take(.on, .or, .after) { return try compare(.greaterOrEqual, left, tallest, since: start) }
      return nil
    case .from:
      let (low, high, taller) = try fromTo()
      return try made(.between(left, low, high), since: start, over: max(tallest, taller))
    case .present:
      guard take(.present, .on) else { return nil }
      let day = try sum()
      return try made(.present(left, on: day), since: start, over: max(tallest, height))
    case .within:
      index += 1
      let (areas, taller) = try oneOrAnyOf()
      return try made(.within(left, areas), since: start, over: max(tallest, taller))
    case .includes:
      index += 1
      if sees(.any, .from) {
        index += 1
        let (low, high, taller) = try fromTo()
        return try made(.includesBetween(left, low, high), since: start, over: max(tallest, taller))
      }
      let (members, taller) = try oneOrAnyOf()
      return try made(.includes(left, members), since: start, over: max(tallest, taller))
    case nil: return nil
    }
  }

  /// What follows `is`: `given`, `not given`, `any of (...)`, another comparison in words, or a value.
  @inline(never)
  private mutating func comparedByIs(_ left: Expression, _ tallest: Int, since start: Int) throws(Lost) -> Expression {
    let negated = take(.not)
    if word == .given, word(after: 1) != .of {
      index += 1
      return try made(.given(left, negated: negated), since: start, over: tallest)
    }
    var found: Expression?
    if word == .any, word(after: 1) == .of || sort(after: 1) == .open {
      try expect(.any, .of)
      let (options, taller) = try expressions()
      found = try made(.isAny(left, options), since: start, over: max(tallest, taller))
    } else if word != .is, word != .includes {
      found = try comparedByWord(left, tallest, since: start)
    }
    if let found { return negated ? try made(.not(found), since: start, over: height) : found }
    return try compare(negated ? .notEqual : .equal, left, tallest, since: start)
  }

  /// `from A to B`, both of them sums.
  mutating func fromTo() throws(Lost) -> (Expression, Expression, tallest: Int) {
    try expect(.from)
    let low = try sum()
    let taller = height
    try expect(.to)
    let high = try sum()
    return (low, high, max(taller, height))
  }

  /// `X`, or `any of (X, Y)`.
  private mutating func oneOrAnyOf() throws(Lost) -> ([Expression], tallest: Int) {
    if word == .any, sort(after: 1) != .end {
      try expect(.any, .of)
      return try expressions()
    }
    let one = try sum()
    return ([one], height)
  }

  /// `(X, Y, ...)`
  mutating func expressions() throws(Lost) -> ([Expression], tallest: Int) {
    let bracket = index
    try expect(.open, "(")
    var found: [Expression] = []
    var tallest = 0
    repeat {
      found.append(try expression())
      tallest = max(tallest, height)
    } while take(.comma)
    try closeBracket(bracket)
    return (found, tallest)
  }

  /// A bracket that the clause does not close is told where it opens.
  mutating func closeBracket(_ bracket: Int) throws(Lost) {
    if take(.close) { return }
    if isAtEnd { throw fail(.openBracket(model: model), at: bracket) }
    throw fail(.word(")"))
  }

  /// `C except D governed by "document" [when E]`; D and E are single conditions.
  @inline(never)
  private mutating func excepted(_ condition: Expression, since start: Int) throws(Lost) -> Expression {
    guard word == .except else { return condition }
    var tallest = height
    var found = condition
    while take(.except) {
      let exception = try exceptional()
      tallest = max(tallest, height)
      try expect(.governed, .by)
      let document = try string()
      var when: Expression?
      if take(.when) {
        when = try exceptional()
        tallest = max(tallest, height)
      }
      found = try made(.except(found, exception, governedBy: document, when: when), since: start, over: tallest)
      tallest = height
    }
    return found
  }

  private mutating func exceptional() throws(Lost) -> Expression {
    try goDeeper()
    defer { depth -= 1 }
    return try negation()
  }

  // MARK: Arithmetic

  mutating func sum() throws(Lost) -> Expression {
    try goDeeper()
    defer { depth -= 1 }
    let start = index
    var left = try product()
    while sort == .plus || sort == .minus {
      let adds = sort == .plus
      index += 1
      let tallest = height
      let right = try product()
      left = try made(adds ? .add(left, right) : .subtract(left, right), since: start, over: max(tallest, height))
    }
    return left
  }

  private mutating func product() throws(Lost) -> Expression {
    let start = index
    var left = try operand()
    if sees(.grown, .by) { left = try grown(left, since: start) }
    while true {
      let divides = sort == .divide
      let isPortion = word == .of && !ofEnds && !seesSource(behind: left)
      guard divides || sort == .times || isPortion else { return left }
      index += 1
      let tallest = height
      var right = try operand()
      if sees(.grown, .by) { right = try grown(right, since: start) }
      let node: Expression.Node =
        divides ? .divide(left, right) : isPortion ? .portion(left, of: right) : .multiply(left, right)
      left = try made(node, since: start, over: max(tallest, height))
    }
  }
}
