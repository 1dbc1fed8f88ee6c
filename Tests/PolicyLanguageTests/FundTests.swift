// Sources of money in rules: what they may say, in both languages, and what the checker says of mistakes.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("Sources of money")
struct FundTests {
  private static func measure(_ clause: String) -> String {
    """

    measure m
      title "M"
      article "1"
      kind k
      \(clause)
      for each hire
      pay enterprise 1 yuan

    """
  }

  private func checked(_ rules: String) -> (CheckedDocument?, [Diagnostic]) {
    let text = "document d\n  jurisdiction 350112\n" + rules + "\n"
    let (syntax, mistakes) = PolicyParser.parse(rules: text[...], in: SourceFile(name: "r", text: text), firstLine: 1)
    var dictionary = Checking.dictionary
    let (document, problems) = Checker.check(syntax, dictionary: &dictionary, places: Checking.places)
    return (document, mistakes + problems)
  }

  private func codes(_ clause: String) -> [String] { checked(Self.measure(clause)).1.map(\.code) }

  @Test("one source by itself bears all of it, as in Chinese")
  func alone() throws {
    let (document, problems) = checked(Self.measure("fund unemployment_insurance"))
    #expect(problems.isEmpty, "\(problems.map(\.message.en))")
    let (whole, _) = checked(Self.measure("fund unemployment_insurance 100%"))
    #expect(document?.fundParameters.map(\.value) == whole?.fundParameters.map(\.value))
    #expect(document?.fundParameters.isEmpty == false)
    #expect(codes("fund unemployment_insurance, city rest") != [])
  }

  @Test("a measure says it, else its document; shares are figures that may be set")
  func shares() throws {
    let (document, problems) = checked(
      "  fund employment_subsidy 60%, district rest\n" + Self.measure("") + "\n"
        + Self.measure("fund city 100%").replacing("measure m", with: "measure n"))
    #expect(problems.isEmpty, "\(problems.map(\.message.en))")
    let found = try #require(document)
    let (m, n) = (try #require(found.measure("m")), try #require(found.measure("n")))
    let general = try #require(found.funds(of: m))
    #expect(general.shares.map(\.fund) == [.employmentSubsidy, .district])
    #expect(general.parameters.map(\.id) == ["d.fund.employment_subsidy"])
    #expect(general.inForce([:]).map(\.share) == [60_000_000, 40_000_000])
    #expect(general.inForce(["d.fund.employment_subsidy": 75_000_000]).map(\.share) == [75_000_000, 25_000_000])
    let own = try #require(found.funds(of: n))
    #expect(own.inForce([:]).map(\.fund) == [.city] && own.parameters[0].id == "d.n.fund.city")
    #expect(found.fundParameters.count == 2)
  }

  @Test("nobody says: nobody is taken for it")
  func silent() throws {
    let document = try #require(checked(Self.measure("")).0)
    let measure = try #require(document.measure("m"))
    #expect(document.funds(of: measure) == nil)
  }

  @Test("mistakes are told with what to do")
  func mistakes() throws {
    #expect(codes("fund district 100%") == [])
    #expect(codes("fund district 60%, city 40%") == [])
    #expect(codes("fund district 60%, city 50%") == ["fund-sum"])
    #expect(codes("fund district 60%") == ["fund-sum"])
    #expect(codes("fund district 110%, city rest") == ["fund-share"])
    #expect(codes("fund district 60%, province 50%, city rest") == ["fund-sum"])
    #expect(codes("fund district 60 yuan, city rest") == ["fund-share"])
    #expect(codes("fund district rest, city rest") == ["fund-rest"])
    #expect(codes("fund district 60%, district 40%") == ["declared-twice"])
    #expect(codes("fund distrct 100%") == ["unknown-fund"])
    #expect(codes("fund district 100%\n  fund city 100%").contains("declared-twice"))
    let near = try #require(checked(Self.measure("fund distrct 100%")).1.first?.hint)
    #expect(near.en.contains("district"))
    let sum = try #require(checked(Self.measure("fund district 33.5%, city 70%")).1.first)
    #expect(sum.message.en.contains("103.5%") && sum.message.zh.contains("103.5%"))
  }

  @Test("a duty has no money")
  func duty() {
    let codes = checked(
      "duty x\n  title \"X\"\n  article \"1\"\n  fund district 100%\n  for each hire\n  expect wage > 0 yuan\n"
    ).1.map(\.code)
    #expect(!codes.isEmpty)
  }

  @Test("the remark in words stays a remark")
  func remark() throws {
    let (document, problems) = checked("  fund district 100%\n  funded \"the district\"\n" + Self.measure(""))
    #expect(problems.isEmpty, "\(problems.map(\.message.en))")
    #expect(document?.remarks.map(\.key) == ["funded"])
  }
}
