// Rules with one mistake, or with `nothing` where something belongs, that are run all the same: a clause with a mistake
// never decides by accident, and nothing traps.
import Engine
import Facts
import PolicyLanguage
import Testing

@Suite("Rules with a mistake, run all the same")
struct MistakenRulesTests {
  /// Checked without looking at what is wrong with it.
  static func programme(_ clauses: String) -> Programme {
    let rules = "document test\n  jurisdiction 350112\nmeasure m\n  title \"M\"\n  article \"1\"\n  kind k\n" + clauses
    let (syntax, _) = PolicyParser.parse(rules: rules[...], in: .init(name: "rules", text: rules), firstLine: 1)
    var dictionary = Bundled.dictionary
    let (document, _) = Checker.check(syntax, dictionary: &dictionary, places: Bundled.places)
    return Programme(documents: document.map { [$0] } ?? [], dictionary: dictionary)
  }

  /// Four hires that differ in nothing but their ids.
  static let facts = """
    enterprises: [{id: e, district: 350112}]
    agencies: [{id: q, district: 350112}]
    hires:
      - {id: a, agency: q, enterprise: e, start: 2022-01-01, origin: 520502}
      - {id: b, agency: q, enterprise: e, start: 2022-01-01, origin: 520502}
      - {id: c, agency: q, enterprise: e, start: 2022-01-01, origin: 520502}
      - {id: d, agency: q, enterprise: e, start: 2022-01-01, origin: 520502}
    """

  static let clauses = [
    "for each agency\n  count s = hires of agency on strat\n  pay agency 1 yuan for each s",
    "for each agency\n  count s = hires of agency on nothing\n  pay agency 1 yuan for each s",
    "for each agency\n  count s = hires of agency begins strat\n  pay agency 1 yuan for each s",
    "for each agency\n  count s = hires of agency begins nothing\n  pay agency 1 yuan for each s",
    "for each agency, each year\n  count s = hires of agency in year yaer\n  pay agency 1 yuan for each s",
    "for each agency\n  count s = hires of agency where organized\n  pay agency 1 yuan for each s",
    "for each agency\n  count s = hires of agency where not organized\n  pay agency 1 yuan for each s",
    "for each agency\n  count s = hires of agency\n  count t = s where organized\n  pay agency 1 yuan for each t",
    "for each hire\n  every record\n  where organized\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where not organized\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where organised and (filed or organized)\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  pay agency 1 yuan on start when organized",
    "for each hire\n  every record\n  pay agency 1 yuan on nothing",
    "for each hire\n  every record\n  pay agency 1 yuan on later of (nothing, nothing)",
    "for each hire\n  every record\n  begins nothing\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where origin within nothing\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where origin is any of (nothing, 520502)\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where stable for 3 months from nothing to nothing\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where whole months from nothing to start >= 0 months\n"
      + "  pay agency 1 yuan on start",
    "window from nothing to 2022-12-31\n  for each hire\n  every record\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where sex is any of (3, 4)\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where enterprise.lists includes 5\n  pay agency 1 yuan on start",
    "for each hire\n  every record\n  where organised from true to false\n  pay agency 1 yuan on start",
    "for each agency\n  count s = hires of agency\n  require count of s >= thre\n  pay agency 1 yuan for each s",
    "for each agency, each n from nothing to 3\n  pay agency 1 yuan on 2022-01-01",
    "for each agency, each n from thre to 3\n  pay agency 1 yuan on 2022-01-01",
    "for each hire\n  every record\n  pay agency 1 yuan on start\n  quota nothing in all",
    "for each hire\n  every record\n  pay agency 1 yuan on start\n  only the first nothing for each agency by start",
  ]

  @Test("They are no trap", arguments: clauses)
  func traps(clauses: String) async {
    await #expect(processExitsWith: .success) { [clauses] in
      _ = MistakenRulesTests.programme("  " + clauses).run(MistakenRulesTests.facts)
    }
  }

  @Test(
    "Records that do not differ fare alike, and nothing is paid on a day that no fact or rule names",
    arguments: clauses.dropFirst(4))
  func alike(clauses: String) throws {
    let outcome = try #require(Self.programme("  " + clauses).run(Self.facts))
    let hires = ["a", "b", "c", "d"]
    func fate(_ id: String) -> [String] {
      outcome.entries.filter { $0.subject == id }.map { "\($0.date.text) \($0.fen) \($0.standing)" }
        + outcome.ledger.undetermined.flatMap(\.subjects).filter { $0 == id }.map { _ in "undetermined" }
        + outcome.ledger.elsewhere.flatMap(\.subjects).filter { $0 == id }.map { _ in "elsewhere" }
    }
    #expect(Set(hires.map(fate)).count == 1, "\(clauses): \(hires.map(fate))")
    #expect(outcome.entries.allSatisfy { $0.date.year == 2022 }, "\(outcome.lines())")
    #expect(outcome.ledger.elsewhere.isEmpty)
  }

  @Test(
    "A thousand definitions made of each other, or figures, are a diagnostic or are reckoned, never a trap",
    arguments: [50, 1000])
  func chains(count: Int) async {
    await #expect(processExitsWith: .success) { [count] in
      let definitions = (0..<count).map { "define d\($0)(p: place)\n  d\($0 + 1)(p) or p within 53\n" }.joined()
      let rules =
        "document test\n  jurisdiction 350112\n\(definitions)define d\(count)(p: place)\n  p within 52\n"
        + "measure m\n  title \"M\"\n  article \"1\"\n  kind k\n  for each hire\n  where d0(origin)\n"
        + "  pay agency 1 yuan on start"
      let (syntax, _) = PolicyParser.parse(rules: rules[...], in: .init(name: "rules", text: rules), firstLine: 1)
      var dictionary = Bundled.dictionary
      let (document, _) = Checker.check(syntax, dictionary: &dictionary, places: Bundled.places)
      _ = Programme(documents: document.map { [$0] } ?? [], dictionary: dictionary).run(MistakenRulesTests.facts)
      let lets = (0..<count).map { $0 == 0 ? "  let x0 = 1\n" : "  let x\($0) = x\($0 - 1) + 1\n" }.joined()
      _ = MistakenRulesTests.programme("  for each agency\n\(lets)  pay agency 1 yuan * x\(count - 1) on 2022-01-01")
        .run(MistakenRulesTests.facts)
    }
  }

  @Test("As many brackets as the parser lets through are no trap further on", arguments: [150, 199])
  func deep(count: Int) async {
    await #expect(processExitsWith: .success) { [count] in
      let condition = String(repeating: "not (", count: count) + "organised" + String(repeating: ")", count: count)
      _ = MistakenRulesTests.programme("  for each hire\n  where \(condition)\n  pay agency 1 yuan on start").run(
        MistakenRulesTests.facts)
    }
  }
}
