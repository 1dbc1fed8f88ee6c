// Going through checked expressions: the order, each part once, and stopping.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("Walking over expressions")
struct TypedPartsTests {
  private let start = Typed(.windowStart, .date, at: TypedPartsTests.nowhere)
  private static let nowhere = SourceRange(
    source: SourceFile(name: "x", text: "x"), start: Position(line: 1, column: 1), end: Position(line: 1, column: 2))

  private func typed(_ operation: Typed.Operation) -> Typed { Typed(operation, .truth, at: Self.nowhere) }

  @Test("the whole comes before its parts, a call's definition before its arguments")
  func order() {
    let body = typed(.adopted)
    let definition = Definition(name: "d", parameters: [], body: body, location: Self.nowhere)
    let call = typed(.call(definition, [start]))
    let whole = typed(.and([call, typed(.given(start, negated: false))]))
    var seen: [Typed] = []
    whole.walk { t in
      seen.append(t)
      return .into
    }
    #expect(seen.map(ObjectIdentifier.init).prefix(4) == [whole, call, body, start].map(ObjectIdentifier.init)[...])
    #expect(seen.count == 5)
  }

  @Test("what is used twice is visited once, so that definitions made of each other cost no more than their number")
  func sharing() {
    var t = typed(.adopted)
    for _ in 0..<150 { t = typed(.and([t, t])) }
    var visits = 0
    t.walk { _ in
      visits += 1
      return .into
    }
    #expect(visits == 151)
    #expect(!t.asksSets)
  }

  @Test("a walk goes past what it is told to, and stops where it is told to")
  func steps() {
    let inner = typed(.not(typed(.adopted)))
    let whole = typed(.or([inner, typed(.count(0))]))
    var visits = 0
    whole.walk { t in
      visits += 1
      return t === inner ? .past : .into
    }
    #expect(visits == 3)
    visits = 0
    whole.walk { t in
      visits += 1
      return t === inner ? .stop : .into
    }
    #expect(visits == 2)
    #expect(whole.asksSets)
    #expect(!inner.asksSets)
  }

  @Test("conditions that hold together are told apart at any depth")
  func conjuncts() {
    let a = typed(.adopted), b = typed(.not(a)), c = typed(.or([a, b]))
    let conjuncts = typed(.and([typed(.and([a, b])), c])).conjuncts
    #expect(conjuncts.map(ObjectIdentifier.init) == [a, b, c].map(ObjectIdentifier.init))
    #expect(c.conjuncts.count == 1)
  }

  @Test("a measure's expressions are those of all its clauses")
  func expressions() throws {
    let rules = """
      document d
        jurisdiction 350112
      measure m
        title "M"
        article "1"
        kind k
        window from 2022-01-01 to 2022-12-31
        param p = 3 yuan
        for each hire
        where organised
        require wage >= 1 yuan
        once per worker
        only the first 3 for each agency by start
        only the highest for each worker preferring organised
        quota 5 for each agency
        ordered by start
        error "no" when wage > 9 yuan
        pay enterprise at most p or at least 1 yuan on start when organised
      """
    let (checked, problems) = Checking.check(rules)
    #expect(problems.map(\.code) == [])
    let document = try #require(checked)
    let measure = try #require(document.measure("m"))
    // Two of the window, one condition, one requirement, one key, limit, order and key, key and preference, limit and
    // key, order, error, beneficiary, amount, low, day and condition.
    #expect(measure.expressions.count == 19)
  }
}

@Suite("Words that begin something")
struct WordFamilyTests {
  @Test("every word that begins a declaration or a clause has a line to show how it looks")
  func models() {
    for word in Word.allCases
    where word.isDeclaration || word.isMeasureClause || word.isHeaderClause || word.isListClause
      || word.isExampleClause
    {
      #expect(word.model?.hasPrefix(word.rawValue) == true, "\(word)")
    }
  }

  @Test("a family's members are words by the same names, and nothing else is a member")
  func members() {
    #expect(MeasureWord(.pay) == .pay)
    #expect(MeasureWord(.zh) == nil)
    #expect(OfWord(.other) == nil)
    #expect(Word.allCases.filter(\.isDeclaration).count == DeclarationWord.allCases.count)
    #expect(Word.allCases.filter { ComparisonWord($0) != nil }.count == ComparisonWord.allCases.count)
  }
}
