// A reading that is set to what is none of its choices: the default stands, and that is told.
import Diagnostics
import PolicyLanguage
import Testing

@testable import Engine

@Suite("Unknown choices")
struct UnknownChoiceTests {
  private static let programme = Programme(
    measure: "  for each hire\n  pay agency (if r is low then 1 yuan otherwise 2 yuan) on start",
    declarations: "reading r \"Which?\"\n  low \"a little\" default\n  high \"more\"\n")
  private static let facts = """
    enterprises: [{id: e, district: 350112}]
    agencies: [{id: q, district: 350112}]
    hires: [{id: h, agency: q, enterprise: e, start: 2022-01-01}]
    """

  @Test("the default stands and a warning names the reading, what it is set to and what stands")
  func told() throws {
    let outcome = try #require(Self.programme.run(Self.facts) { $0.readings["test.r"] = "middle" })
    #expect(outcome.ledger.diagnostics.map(\.code) == ["unknown-choice"])
    let warning = try #require(outcome.ledger.diagnostics.first)
    #expect(warning.severity == .warning)
    for word in ["test.r", "middle", "low"] { #expect(warning.message.en.contains(word)) }
    #expect(outcome.total == 100)
  }

  @Test("a choice that there is brings no warning", arguments: [("low", 100), ("high", 200)])
  func known(choice: String, fen: Int) throws {
    let outcome = try #require(Self.programme.run(Self.facts) { $0.readings["test.r"] = choice })
    #expect(outcome.ledger.diagnostics.isEmpty)
    #expect(outcome.total == Int64(fen))
  }
}
