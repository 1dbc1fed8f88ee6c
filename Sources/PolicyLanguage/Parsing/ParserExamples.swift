// Examples: the tests inside a document. Facts are kept as written, since what a value means depends on its field.
// Knows nothing of lists and fields.
import Diagnostics

extension RuleParser {
  mutating func example() {
    let start = index
    var title: Wording?
    readClause { p throws(Lost) in title = try p.wording() }
    var district: Name?
    var asOf: Name?
    var adopted: Bool?
    var settings: [(name: Name, value: Name)] = []
    var givens: [ExampleSyntax.Given] = []
    var expectations: [ExampleSyntax.Expectation] = []
    var modeLine: Int?
    clauses { p in
      let first = p.index
      p.readClause { p throws(Lost) in
        guard let word = ExampleWord(p.clause) else { throw p.fail(.clause, at: first) }
        switch word {
        case .district: p.once(&district, try p.area(), "district", since: first)
        case .as:
          if p.take(.adopted) {
            p.once(&adopted, true, "as", since: first)
            modeLine = p.tokens[first].line
          } else if p.take(.enacted) {
            p.once(&adopted, false, "as", since: first)
            modeLine = p.tokens[first].line
          } else {
            guard p.take(.of) else { throw p.fail(.word("of")) }
            p.once(&asOf, try p.day(), "as of", since: first)
          }
        case .with: settings += try p.settings()
        case .given: givens.append(try p.given())
        case .expect: expectations.append(try p.expectation(since: first))
        }
      }
    }
    var example = ExampleSyntax(
      title: title ?? .same(""), district: district, asOf: asOf, adopted: adopted ?? false, settings: settings,
      givens: givens, expectations: expectations, at: location(of: tokens[start]))
    example.modeLine = modeLine
    document.examples.append(example)
  }

  /// `NAME = VALUE, NAME = VALUE`
  private mutating func settings() throws(Lost) -> [(name: Name, value: Name)] {
    var found: [(name: Name, value: Name)] = []
    repeat {
      let name = try longName()
      try expect(.equals, "=")
      found.append((name, try rawValue()))
    } while take(.comma)
    return found
  }

  /// `[N] LIST [ID, ID]: FIELD VALUE, FIELD VALUE`
  private mutating func given() throws(Lost) -> ExampleSyntax.Given {
    var count = 1
    if sort == .number {
      let written = lexer.numberText(tokens[index]) ?? text(of: tokens[index])
      guard let number = Int(written), number >= 1, number <= 1_000_000 else {
        throw fail(.badCount(Visible.text(String(written.prefix(30)))), at: index)
      }
      count = number
      index += 1
    }
    let list = try name(.list)
    var ids: [Name] = []
    if sort != .colon, !isAtEnd {
      repeat { ids.append(try id()) } while take(.comma)
    }
    var fields: [(name: Name, value: Name)] = []
    guard !isAtEnd else { return ExampleSyntax.Given(list: list, count: count, ids: ids, fields: fields) }
    try expect(.colon, ":")
    while !isAtEnd {
      guard sort == .word else { throw fail(.field) }
      let field = tokens[index]
      index += 1
      // `enterprise = e` says the same.
      _ = take(.equals)
      guard !isAtEnd, sort != .comma else { throw fail(.value) }
      fields.append((Name(text(of: field), at: location(of: field)), try rawValue()))
      if !isAtEnd { try expect(.comma, ",") }
    }
    return ExampleSyntax.Given(list: list, count: count, ids: ids, fields: fields)
  }

  private mutating func id() throws(Lost) -> Name {
    guard sort == .string else { return try longName() }
    index += 1
    return Name(text(of: tokens[index - 1]), at: location(of: tokens[index - 1]))
  }

  /// Everything up to the next comma outside brackets, as written. A set in brackets loses them, and its members are
  /// parted by `; `.
  private mutating func rawValue() throws(Lost) -> Name {
    let start = index
    if sort == .open { return try rawSet() }
    var brackets = 0
    while !isAtEnd, sort != .comma || brackets > 0 {
      if sort == .open { brackets += 1 }
      if sort == .close { brackets = max(0, brackets - 1) }
      index += 1
    }
    guard index > start else { throw fail(.value) }
    return Name(rawText(start, index), at: location(since: start))
  }

  private mutating func rawSet() throws(Lost) -> Name {
    let start = index
    index += 1
    var members: [String] = []
    while sort != .close {
      let first = index
      var brackets = 0
      while !isAtEnd, brackets > 0 || (sort != .comma && sort != .semicolon && sort != .close) {
        if sort == .open { brackets += 1 }
        if sort == .close { brackets -= 1 }
        index += 1
      }
      if isAtEnd { throw fail(.openBracket(model: model), at: start) }
      guard index > first else { throw fail(.value) }
      members.append(rawText(first, index))
      if sort != .close { index += 1 }
    }
    index += 1
    return Name(members.joined(separator: "; "), at: location(since: start))
  }

  // MARK: Expectations

  /// `MEASURE [QUANTITY] [AMOUNT]`
  private mutating func expectation(since start: Int) throws(Lost) -> ExampleSyntax.Expectation {
    let measure = try longName()
    let quantity = quantity()
    switch quantity {
    case .met, .notMet, .unknown, .notApplicable:
      return ExampleSyntax.Expectation(measure: measure, quantity: quantity, amount: nil, at: location(since: start))
    case .total, .due, .pending, .displaced, .overQuota, .overCap, .recovered, .belowNought, .payments, .unpriced,
      .undetermined, .elsewhere,
      .grants:
      endBeforeMisspelling()
      _ = take(.equals)
      guard !isAtEnd else { throw fail(.quantity) }
      let amount = try value()
      return ExampleSyntax.Expectation(measure: measure, quantity: quantity, amount: amount, at: location(since: start))
    }
  }

  /// Where none is named, the amount is the total.
  private mutating func quantity() -> ExampleSyntax.Expectation.Quantity {
    if take(.not, .met) { return .notMet }
    if take(.not, .applicable) { return .notApplicable }
    if take(.over, .quota) { return .overQuota }
    if take(.over, .cap) { return .overCap }
    if take(.below, .nought) { return .belowNought }
    guard let found = ExampleSyntax.Expectation.Quantity(rawValue: word.rawValue) else { return .total }
    index += 1
    return found
  }
}
