// Rules as the checker takes them: what is allowed, where mistakes are placed, and that one does not hide another.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("The checker")
struct CheckerTests {
  private func codes(_ rules: String) -> [String] { Checking.check(rules).1.map(\.code) }

  @Test(
    "Rules without a mistake are taken without a word",
    arguments: [
      "origin within home", "origin within 52", "origin within any of (\"长乐区\", 520502, 32)",
      "enterprise.size is micro",
      "enterprise.size is any of (micro, small)", "enterprise.lists includes any of (leading_2021, honest_employer)",
      "agency.district within enterprise.district", "agency is given and agency.filed",
      "end is not given or end >= start + 3 months",
      "wage from 1000 yuan to 2000.50 yuan", "wage * 2 >= 10 yuan", "50% of wage < 3 yuan",
      "enterprise.employees / 3 > 5%",
      "graduated on or before start", "year of graduated = year of start", "graduated + 36 months >= start",
      "whole months from start to end >= 3 months", "completion of 3 months before 2022-05-01", "clock is inclusive",
      "not (organised = false)", "start - end <= 3 days", "worker is \"林\"", "province of origin is 52",
      "if organised then wage >= 1 yuan otherwise wage >= 2 yuan", "larger of (wage, 3 yuan) > 1 yuan",
      "origin within 52 except origin within 520502 governed by \"x\" when enacted", "hire.start = start",
      "true or false",
    ])
  func allowed(condition: String) {
    #expect(codes(Checking.condition(condition)) == [], "\(condition)")
  }

  @Test("A set in brackets that says not whose is asked whose, not for a person that there is none of")
  func whose() {
    func problems(_ frame: String, _ set: String) -> [Diagnostic] {
      Checking.check(
        Checking.head + "duty m\n  title \"M\"\n  article \"1\"\n  for \(frame)\n  expect count of (\(set)) >= 2"
      ).1
    }
    let told = problems("the district", "hires where wage >= 1 yuan")
    #expect(told.map(\.code) == ["no-link"])
    #expect(told.first?.hint?.en == "For all of them write `all hires`.")
    #expect(problems("the district", "all hires where wage >= 1 yuan").isEmpty)
    let linked = problems("each enterprise", "hires where wage >= 1 yuan")
    #expect(linked.first?.hint?.en == "Write `hires of enterprise`, or `all hires`.")
    #expect(problems("each enterprise", "hires of enterprise where wage >= 1 yuan").isEmpty)
  }

  @Test("Adding persons to yuan is told at the very word")
  func location() throws {
    let (_, problems) = Checking.check(Checking.amount("1 yuan + 3 persons"))
    let location = try #require(problems.first?.location)
    let line = try #require(location.source?.lines.line(location.start.line))
    #expect(
      line.dropFirst(location.start.column - 1).prefix(location.end.column - location.start.column) == "3 persons")
  }

  @Test("Several mistakes in one file are all told")
  func several() {
    let rules = """
      document d
        jurisdiction 999999
      param rate = 3 yuan
      define broken(p: place)
        p within nowhere
      measure a
        title "A"
        article "1"
        kind k
        for each hire
        where organized
        where wage + 3 persons >= 1 yuan
        where broken(origin)
        pay enterprise rate + 3 months on start
      measure b
        title "B"
        article "2"
        for each agency
        pay agency 3 yuan
      note c
        article "3"
        text "x"
      """
    #expect(
      codes(rules).sorted() == [
        "missing-clause", "no-date", "units-differ", "units-differ", "unknown-name", "unknown-name", "unknown-place",
      ])
  }

  @Test("A mistake in a definition is told once, however often it is used")
  func once() {
    let rules = Checking.measure(
      "  for each hire\n  where f(origin) or f(enterprise.district)\n  where not f(origin)\n"
        + "  pay enterprise 1 yuan on start",
      before: "define f(p: place)\n  p within nowhere\n")
    #expect(codes(rules) == ["unknown-name"])
  }

  @Test("The rest of a document with a mistake stays usable")
  func rest() throws {
    let rules =
      Checking.measure("  for each hire\n  pay enterprise 1 yuan on start")
      + "\nmeasure n\n  title \"N\"\n  article \"2\"\n  kind k\n  for each nothing_known\n"
      + "  pay enterprise 1 yuan on start"
    let (document, problems) = Checking.check(rules)
    #expect(problems.contains { $0.code == "unknown-name" })
    let measure = try #require(document?.measure("m"))
    #expect(measure.pays.count == 1)
    #expect(measure.id == "d.m")
  }

  @Test("A payment with a mistake is left out, and a condition with one is never silently dropped from what is paid")
  func brokenClauses() throws {
    let (document, problems) = Checking.check(
      Checking.measure("  for each hire\n  pay enterprise 1 yuan + 3 months on start\n  pay enterprise 1 yuan on start")
    )
    #expect(problems.map(\.code) == ["units-differ"])
    #expect(document?.measure("m")?.pays.count == 1)
  }

  @Test("Names are found in their order: the measure's own before the document's, a field before either")
  func order() throws {
    let rules = Checking.measure(
      "  param rate = 2 yuan\n  for each hire\n  let pay_now = rate\n  pay enterprise pay_now on start",
      before: "param rate = 1 yuan\n")
    let (document, problems) = Checking.check(rules)
    #expect(problems.isEmpty)
    guard case .parameter(let id)? = document?.measure("m")?.pays.first?.amount.operation else {
      Issue.record("not a parameter")
      return
    }
    #expect(id == "d.m.rate")
  }

  @Test("Another measure's parameter may be used by its full name")
  func otherParameter() {
    let rules =
      Checking.measure("  param rate = 2 yuan\n  for each hire\n  pay enterprise rate on start")
      + "\nmeasure n\n  title \"N\"\n  article \"2\"\n  kind k\n  for each hire\n  pay enterprise m.rate on start"
    #expect(codes(rules) == [])
  }

  @Test("A parameter takes bounds from its unit, and zero where none is written")
  func bounds() throws {
    let rules = Checking.measure(
      "  param rate = 2 yuan, at most 9.50 yuan\n  param first = 2022-01-01\n  param share = 50%, at least 1%\n"
        + "  for each hire\n  where start >= first\n  pay enterprise share of rate on start"
    )
    let (document, problems) = Checking.check(rules)
    #expect(problems.map(\.code) == [])
    let parameters = try #require(document?.measure("m")?.parameters)
    #expect(parameters.map(\.value) == [200, 18_993, 50_000_000])
    #expect(parameters.map(\.atLeast) == [0, nil, 1_000_000])
    #expect(parameters.map(\.atMost) == [950, nil, nil])
  }

  @Test("A document may add fields to a list and lists of its own")
  func lists() {
    let rules = Checking.measure(
      "  for each visit\n  where bonus and host.rating >= 3\n  pay host 1 yuan on day_on",
      before: """
        list enterprises, each an enterprise
          field rating number
        list visits, each a visit
          begins day_on
          field id text required
          field host reference to enterprises required
          field day_on date required
          field bonus bool default false

        """)
    let (syntax, _) = PolicyParser.parse(rules: rules[...], in: SourceFile(name: "draft", text: rules), firstLine: 1)
    var dictionary = Checking.dictionary
    let (_, problems) = Checker.check(syntax, dictionary: &dictionary, places: Checking.places)
    #expect(problems.map(\.code) == [])
    #expect(dictionary.list("visits")?.begins == "day_on")
    #expect(dictionary.list("enterprises")?.field("rating") != nil)
    #expect(dictionary.list("enterprises")?.field("district") != nil)
  }

  @Test("Full-width signs and Chinese units say the same")
  func fullWidth() {
    #expect(codes(Checking.condition("（wage ＞＝ 300 元）").replacing("＞＝", with: ">=")) == [])
    #expect(codes(Checking.amount("300 元")) == [])
    #expect(codes(Checking.amount("300 元/月 * 3 个月")) == [])
  }

  @Test("A definition that nothing uses is a warning, not an error")
  func unused() {
    let (_, problems) = Checking.check(Checking.head + "define f(p: place)\n  p within home")
    #expect(problems.map(\.severity) == [.warning])
  }
}
