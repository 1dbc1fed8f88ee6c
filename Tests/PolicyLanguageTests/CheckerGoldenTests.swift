// One golden for each mistake that the checker and the dictionary's builder can tell: the source, then the whole
// message in both languages.
import Diagnostics
import Facts
import Reckoning
import Testing

@testable import PolicyLanguage

/// Facts and places for checking rules, and what the checker says of them.
enum Checking {
  static let places = Gazetteer(
    table: """
      code,name
      320000,江苏省
      320100,南京市
      320106,鼓楼区
      350000,福建省
      350100,福州市
      350102,鼓楼区
      350112,长乐区
      520000,贵州省
      520502,七星关区
      """)

  static let facts = """
    list enterprises, each an enterprise
      field id text required
      field name text default id
      field district place required
      field lists set of one of (leading_2021, honest_employer)
      field size one of (micro, small)
      field state_owned bool default false
      field employees number
      field premiums money
    list agencies, each an agency
      field id text required
      field district place required
      field filed bool default false
      field registered_on date
    list hires, each a hire
      person worker
      begins start
      ends end
      field id text required
      field worker text default id
      field origin place
      field enterprise reference to enterprises required
      field agency reference to agencies absent means none
      field start date required
      field end date absent means none
      field graduated date or year absent means none
      field wage money
      field organised bool default true
    list loans, each a loan
      field id text required
      field lender reference to enterprises required
      field borrower reference to enterprises required
      field years set of number
    """

  static let dictionary: FactDictionary = {
    let (syntax, mistakes) = PolicyParser.parse(
      rules: facts[...], in: SourceFile(name: "facts", text: facts), firstLine: 1)
    let (made, problems) = DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: places)
    for problem in mistakes + problems { Issue.record("\(problem.message.en)") }
    return made
  }()

  /// The checked rules and what is wrong with them; the parser itself must have nothing to say.
  static func check(_ rules: String, location: SourceLocation = #_sourceLocation) -> (CheckedDocument?, [Diagnostic]) {
    let (syntax, mistakes) = PolicyParser.parse(
      rules: rules[...], in: SourceFile(name: "draft", text: rules), firstLine: 1)
    for problem in mistakes { Issue.record("the parser: \(problem.message.en)", sourceLocation: location) }
    var lists = dictionary
    return Checker.check(syntax, dictionary: &lists, places: places)
  }

  static let head = "document d\n  jurisdiction 350112\n"

  /// A measure under a head, without a mistake but for its clauses.
  static func measure(_ clauses: String, before: String = "") -> String {
    head + before + "measure m\n  title \"M\"\n  article \"1\"\n  kind k\n" + clauses
  }

  static func condition(_ text: String) -> String {
    measure("  for each hire\n  where \(text)\n  pay enterprise 1 yuan on start")
  }
  static func amount(_ text: String) -> String { measure("  for each hire\n  pay enterprise \(text) on start") }
}

@Suite("What the checker says")
struct CheckerGoldenTests {
  private static func condition(_ text: String) -> String { Checking.condition(text) }
  private static func amount(_ text: String) -> String { Checking.amount(text) }
  private static func measure(_ text: String, before: String = "") -> String { Checking.measure(text, before: before) }
  private static let head = Checking.head
  private static let firms = "list firms, each a firm\n  title \"Firms\" zh \"企业\"\n  field id text required\n"
  private static let pay = "\n  pay enterprise 1 yuan on start"

  /// Names begin with the mistake's code; what follows `+` tells variants apart.
  static let mistakes: [(name: String, rules: String)] =
    first + FurtherMistakes.all + FigureMistakes.all + SetMistakes.all

  private static let first: [(name: String, rules: String)] = [
    // Names
    ("unknown-name", condition("organized")),
    ("unknown-name+far", condition("qqqqqq = 3")),
    ("unknown-name+field", condition("enterprise.distrct within home")),
    ("unknown-name+definition", condition("sending(origin)")),
    (
      "unknown-name+near-definition",
      measure(
        "  for each hire\n  where in_hom(origin)" + pay,
        before: "define in_home(p: place)\n  p within home\ndefine u(p: place)\n  in_home(p)\n")
    ),
    ("unknown-name+choice", condition("enterprise.size is mikro")),
    (
      "unknown-name+reading-choice",
      measure(
        "  reading r \"Which?\"\n    one_way \"x\" default\n    other_way \"y\"\n  for each hire\n  where r is oneway"
          + pay)
    ),
    (
      "unknown-name+set",
      measure(
        "  for each agency\n  count placed = hires of agency\n  require count of place >= 3\n"
          + "  pay agency 1 yuan for each placed"
      )
    ),
    (
      "unknown-name+paid-set",
      measure("  for each agency\n  count placed = hires of agency\n  pay agency 1 yuan for each plased")
    ),
    (
      "unknown-name+first-of",
      measure("  for each agency\n  count few = first (3) of placed\n  pay agency 1 yuan for each few")
    ),
    ("unknown-name+record", measure("  for each agncy\n  pay agency 1 yuan on 2022-01-01")),
    ("unknown-name+text-frame", measure("  for each origin of hires\n  pay origin 1 yuan on 2022-01-01")),
    ("unknown-name+list-frame", measure("  for each worker of hirings\n  pay worker 1 yuan on 2022-01-01")),
    ("unknown-name+list", measure("  for each agency\n  count s = hirings of agency\n  pay agency 1 yuan for each s")),
    ("unknown-name+frame", measure("  for each agency\n  count s = hires of agencies\n  pay agency 1 yuan for each s")),
    (
      "unknown-name+link",
      measure(
        "  for each enterprise\n  count s = loans by lendr of enterprise\n"
          + "  pay enterprise 1 yuan * count of s on 2022-01-01"
      )
    ),
    ("unknown-name+yields", measure("  for each hire\n  yields to n" + pay)),
    ("unknown-name+type", head + "define f(e: enterprize)\n  e.state_owned"),
    (
      "unknown-name+reference",
      head + "list visits, each a visit\n  field id text required\n  field host reference to enterprise"
    ),
    (
      "unknown-name+begins",
      head + "list visits, each a visit\n  begins startt\n  field id text required\n  field start date"
    ),
    ("declared-twice", measure("  param rate = 1 yuan\n  param rate = 2 yuan\n  for each hire" + pay)),
    (
      "declared-twice+field",
      head + "list visits, each a visit\n  field id text required\n  field day date\n  field day date"
    ),
    ("name-taken", head + firms + "list shops, each a shop\n  title \"Shops\" zh \"企业\"\n  field id text required"),
    ("name-taken+name", head + firms + "list shops zh 企业, each a shop\n  title \"S\"\n  field id text required"),
    ("declared-otherwise", head + "list hires, each a hire\n  field origin text"),
    ("declared-otherwise+begins", head + "list hires, each a hire\n  begins end"),
    (
      "declared-twice+measure",
      measure("  for each hire" + pay) + "\nmeasure m\n  title \"M\"\n  article \"2\"\n  kind k\n  for each hire" + pay
    ),
    (
      "declared-twice+definition",
      head
        + "define f(p: place)\n  p within home\ndefine f(q: place)\n  q within home\ndefine g(p: place)\n"
        + "  f(p) and g2(p)\ndefine g2(p: place)\n  p within 52\nmeasure m\n  title \"M\"\n  article \"1\"\n"
        + "  kind k\n  for each hire\n  where g(origin)"
        + pay
    ),
    ("declared-twice+global-reading", head + "reading clock \"Which?\"\n  a \"x\" default\n  b \"y\""),
    ("declared-twice+choice", head + "reading r \"Which?\"\n  a \"x\" default\n  a \"y\""),
    ("declared-twice+article", measure("  article \"2\"\n  for each hire" + pay)),
    ("declared-twice+window", measure("  no window\n  no window\n  for each hire" + pay)),
    ("declared-twice+let", measure("  for each hire\n  let x = 1\n  let x = 2" + pay)),
    (
      "declared-twice+set",
      measure(
        "  for each agency\n  count s = hires of agency\n  count s = hires of agency\n  pay agency 1 yuan for each s")
    ),
    ("declared-twice+value", head + "value fee yuan\nvalue fee %"),
    (
      "circular-definition",
      head
        + "define a(p: place)\n  b(p)\ndefine b(p: place)\n  c(p)\ndefine c(p: place)\n  p within 52 or a(p)\n"
        + "measure m\n  title \"M\"\n  article \"1\"\n  kind k\n  for each hire\n  where a(origin)"
        + pay
    ),
    (
      "circular-definition+itself",
      head
        + "define a(p: place)\n  a(p)\nmeasure m\n  title \"M\"\n  article \"1\"\n  kind k\n  for each hire\n"
        + "  where a(origin)"
        + pay
    ),
    (
      "wrong-count",
      measure("  for each hire\n  where near(origin)" + pay, before: "define near(p: place, q: place)\n  p within q\n")
    ),
    (
      "set-alone",
      measure("  for each agency\n  count s = hires of agency\n  require s >= 3\n  pay agency 1 yuan for each s")
    ),
    ("reading-alone", condition("clock")),
    ("no-fields", condition("start.year = 2022")),
    ("shadowed", measure("  param wage = 3 yuan\n  for each hire\n  where wage >= 1 yuan" + pay)),
    (
      "unreachable",
      measure(
        "  reading r \"Which?\"\n    one_way \"x\" default\n    other_way \"y\"\n  for each hire\n"
          + "  where if r is one_way then (if r is other_way then organised otherwise wage > 1 yuan) otherwise "
          + "organised"
          + pay)
    ),
    ("unused-definition", head + "define f(p: place)\n  p within home"),
    // Types and units
    ("units-differ", amount("1 yuan + 3 persons")),
    ("units-differ+subtract", condition("end - 3 persons > start")),
    ("units-differ+months", amount("300 yuan + 3 months")),
    ("wrong-type", condition("start + 3 months")),
    ("wrong-type+amount", amount("3 months")),
    ("wrong-type+date", measure("  for each hire\n  pay enterprise 1 yuan on 300 yuan")),
    (
      "wrong-type+argument",
      measure("  for each hire\n  where big(start)" + pay, before: "define big(e: enterprise)\n  e.employees >= 100\n")
    ),
    ("wrong-type+who", measure("  for each hire\n  pay start 1 yuan on start")),
    ("wrong-type+place", condition("worker within home")),
    ("wrong-type+comparison", condition("wage >= 3 months")),
    ("wrong-type+between", condition("start from 3 months to end")),
    ("wrong-type+includes", condition("worker includes 3")),
    ("wrong-type+quota", measure("  for each hire" + pay + "\n  quota 3 months in all")),
    ("wrong-type+window", measure("  window from 3 months to 2022-12-31\n  for each hire" + pay)),
    ("wrong-type+pick", condition("later of (start, 3 months) > start")),
    ("wrong-type+set-option", condition("enterprise.lists includes 5")),
    ("wrong-type+any-of", condition("enterprise.size is any of (3, 4)")),
    ("wrong-type+members", measure("  for each enterprise, each x in lists\n  pay enterprise 1 yuan on 2022-01-01")),
    ("no-order", condition("worker < \"a\"")),
    ("no-order+between", condition("worker from \"a\" to \"b\"")),
    ("no-order+sets", condition("enterprise.lists = enterprise.lists")),
    ("cannot-multiply", amount("300 yuan * 3 months")),
    ("cannot-multiply+dates", condition("start * 2 > start")),
    ("cannot-divide", amount("300 yuan / 50%")),
    ("branches-differ", amount("(if organised then 300 yuan otherwise 3 months)")),
    ("wrong-type+person", head + "list visits, each a visit\n  person day\n  field id text required\n  field day date"),
    ("wrong-type+begins", head + "list visits, each a visit\n  begins who\n  field id text required\n  field who text"),
    // Figures and places
    ("bad-figure", amount("0.001 yuan")),
    ("bad-figure+large", amount("10000000000001 yuan")),
    ("unknown-unit", head + "value allowance persons per day"),
    ("unknown-unit+figure", amount("3 persons per day")),
    ("bad-date+calendar", condition("start before 2022-02-30")),
    ("bad-date", head + "  issued 2022-02-30"),
    ("bad-date+example", head + "example \"x\"\n  as of 2022-02-30"),
    ("bad-date+year", measure("  for each hire\n  pay enterprise 1 yuan on 29 February of 2024")),
    ("not-a-figure", measure("  param rate = start\n  for each hire" + pay)),
    ("bound-unit", measure("  param rate = 1 yuan, at least 3 months\n  for each hire" + pay)),
    ("out-of-bounds", measure("  param rate = 1 yuan, at least 5 yuan\n  for each hire" + pay)),
    ("out-of-bounds+more", measure("  param rate = 9 yuan, at least 1 yuan, at most 2 yuan\n  for each hire" + pay)),
    ("ambiguous-place", condition("origin within \"鼓楼区\"")),
    ("unknown-place", condition("origin within 350113")),
    ("unknown-place+name", condition("origin within \"长乐市\"")),
    // What is missing
    ("no-header", "measure m\n  title \"M\"\n  article \"1\"\n  kind k\n  for each hire" + pay),
    ("no-jurisdiction", "document d\n  title \"D\""),
    ("missing-clause+title", head + "measure m\n  article \"1\"\n  kind k\n  for each hire" + pay),
    ("missing-clause+article", head + "measure m\n  title \"M\"\n  kind k\n  for each hire" + pay),
    ("missing-clause+kind", head + "measure m\n  title \"M\"\n  article \"1\"\n  for each hire" + pay),
    ("missing-clause+frame", measure("  pay enterprise 1 yuan on 2022-01-01")),
    ("missing-clause+pay", measure("  for each hire\n  where organised")),
    ("missing-clause+expect", head + "duty m\n  title \"M\"\n  article \"1\"\n  for each enterprise"),
    ("stray-clause", head + "note m\n  title \"M\"\n  article \"1\"\n  text \"x\"\n  for each hire"),
    ("stray-clause+duty", head + "duty m\n  title \"M\"\n  article \"1\"\n  for each hire\n  expect organised" + pay),
    ("stray-clause+expect", measure("  for each hire\n  expect organised" + pay)),
    (
      "stray-clause+kind",
      head + "duty m\n  title \"M\"\n  article \"1\"\n  kind k\n  for each hire\n  expect organised"
    ),
    (
      "stray-clause+quota",
      head + "duty m\n  title \"M\"\n  article \"1\"\n  for each hire\n  expect organised\n  quota 3 in all"
    ),
    ("two-frames", measure("  for each hire\n  for each hire" + pay)),
    (
      "too-many-iterations",
      measure(
        "  for each enterprise, each year, each n from 1 to 3\n  count s = hires of enterprise\n"
          + "  pay enterprise 1 yuan on 31 December of year"
      )
    ),
    ("no-date", measure("  for each agency\n  pay agency 1 yuan")),
    (
      "no-date+set",
      measure("  for each enterprise\n  count s = loans by lender of enterprise\n  pay enterprise 1 yuan for each s")
    ),
    (
      "no-date+year",
      measure(
        "  for each enterprise, each year\n  count s = loans by lender of enterprise\n"
          + "  pay enterprise 1 yuan * count of s on 31 December of year"
      )
    ),
    ("no-years", measure("  for each enterprise, each year\n  pay enterprise 1 yuan on 31 December of year")),
    (
      "quota-of-members",
      measure(
        "  for each agency\n  count s = hires of agency\n  pay agency 1 yuan for each s\n  quota 3 for each agency")
    ),
    ("no-link", measure("  for each agency\n  count s = hires\n  pay agency 1 yuan for each s")),
    (
      "no-link+none",
      measure("  for each agency\n  count s = loans of agency\n  pay agency 1 yuan * count of s on 2022-01-01")
    ),
    (
      "no-link+several",
      measure(
        "  for each enterprise\n  count s = loans of enterprise\n  pay enterprise 1 yuan * count of s on 2022-01-01")
    ),
    ("no-spell", measure("  for each agency\n  where stable for 3 months\n  pay agency 1 yuan on 2022-01-01")),
    ("no-spell+completion", measure("  for each agency\n  pay agency 1 yuan on completion of 3 months")),
    ("one-choice", head + "reading r \"Which?\"\n  a \"x\" default"),
    ("no-default", head + "reading r \"Which?\"\n  a \"x\"\n  b \"y\""),
    ("no-default+two", head + "reading r \"Which?\"\n  a \"x\" default\n  b \"y\" default"),
    ("bad-default", head + "list visits, each a visit\n  field id text required\n  field open bool default perhaps"),
    (
      "bad-default+choice",
      head + "list visits, each a visit\n  field id text required\n  field sort one of (a, b) default c"
    ),
    // Records that follow on
    (
      "cannot-join",
      head + "list stays, each a stay\n  title \"Stays\"\n  joins agencies with same person\n  gap at most 0 days\n"
    ),
    (
      "cannot-join+no-person-first",
      head
        + "list stays, each a stay\n  title \"Stays\"\n  joins hires with same enterprise\n  gap at most 0 days\n"
    ),
    (
      "missing-clause+gap",
      head + "list stays, each a stay\n  title \"Stays\"\n  joins hires with same person\n"
    ),
    (
      "no-record",
      measure(
        "  for each enterprise\n  pay enterprise 1 yuan on 2022-01-01",
        before: "define first_day(p: place)\n  earliest of start over (hires with same person) <= 2022-01-01\n")
    ),
    (
      "no-person",
      measure(
        "  for each enterprise\n  count s = hires of enterprise where start is earliest of registered_on "
          + "over (agencies with same person)\n  pay enterprise 1 yuan for each s")
    ),
  ]

  /// The parser knows the types, too; only a syntax that is made otherwise can hold another.
  @Test("A type of fact that there is none of has its message")
  func unknownType() {
    let source = SourceFile(name: "draft", text: "list a, each a b\n  field x txt")
    let start = Position(line: 2, column: 9)
    let name = Name("x", at: SourceRange(source: source, start: start, end: start))
    let list = ListSyntax(
      name: name, singular: name, title: nil, person: nil, begins: nil, ends: nil,
      fields: [.init(name: name, type: .plain("txt"), absence: nil, labels: [], meaning: nil, says: nil)])
    let (_, problems) = DictionaryBuilder.extend(FactDictionary(), with: [list], places: Checking.places)
    #expect(problems.map(\.code) == ["unknown-type"])
  }

  @Test("Every mistake has its message", arguments: mistakes.indices)
  func message(of i: Int) {
    let (name, rules) = Self.mistakes[i]
    let (_, all) = Checking.check(rules)
    // Warnings stand beside errors; a golden is of one or the other.
    let problems = all.contains { $0.severity == .error } ? all.filter { $0.severity == .error } : all
    let code = name.split(separator: "+").first.map(String.init)
    #expect(problems.first?.code == code, "\(name)")
    #expect(problems.count == 1, "\(name): \(problems.map(\.message.en))")
    for problem in problems {
      #expect(problem.hint != nil && problem.location != nil, "\(name)")
      #expect(problem.message.en != problem.message.zh, "\(name)")
    }
    let messages = problems.flatMap { problem in
      [Language.en, .zh].map { DiagnosticRenderer(language: $0).text(problem) }
    }
    expectGolden(rules + "\n----\n" + messages.joined(separator: "\n") + "\n", name, folder: "Checker")
  }
}
