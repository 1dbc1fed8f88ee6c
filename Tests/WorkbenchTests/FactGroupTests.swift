// Budgets taken apart by a fact: who is in which group, that nothing is lost, and what a wrong name is told.

import Answers
import Diagnostics
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Budgets by a fact")
struct FactGroupTests {
  /// Two cohorts of one agency, of different origin, at firms of which one does not state its size.
  static let firms = Bench.edge
    .replacing(
      "lists: [leading_2021]}",
      with: "size: small, lists: [leading_2021]}\n  - {id: m, district: 350112, lists: [leading_2021]}"
    )
    .replacing(
      "start: 2022-03-01}",
      with:
        "start: 2022-03-01}\n  - {id: g, count: 50, hire: {agency: q, enterprise: m, origin: 520524}, "
        + "start: 2022-03-01}"
    )

  private func groups(_ bench: Bench, _ text: String) throws -> [(key: String, total: String)] {
    guard case .array(let groups)? = try bench.object("budget", text)["groups"] else { throw Bench.Missing() }
    return groups.compactMap { group in
      guard case .string(let key)? = group["group"], case .string(let total)? = group["total"] else { return nil }
      return (key, total)
    }
  }

  /// Fen of `60000.00`.
  private func fen(_ text: String) throws -> Int { try #require(Int(text.replacing(".", with: ""))) }

  @Test("a fact of what the subject refers to parts the budget; a firm of unstated size is a group of its own")
  func referred() throws {
    let bench = try Bench(Self.firms)
    let found = try groups(bench, "run changle-2022 by enterprise.size")
    #expect(found.map(\.key) == ["small", "(unknown)"], "\(found)")
    #expect(found.map(\.total) == ["60000.00", "30000.00"], "\(found)")
  }

  @Test("places are told by their codes, the largest first, and in both languages of commands")
  func places() throws {
    let bench = try Bench(Self.firms)
    let found = try groups(bench, "run changle-2022 by origin")
    #expect(found.map(\.key) == ["520502", "520524"] && found.map(\.total) == ["60000.00", "30000.00"], "\(found)")
    #expect(try groups(bench, "测算 changle-2022 按 origin").map(\.key) == found.map(\.key))
    #expect(try groups(bench, "run changle-2022 by agency").map(\.key) == ["q"])
  }

  @Test(
    "the groups add up to the total to the fen",
    arguments: ["enterprise.size", "enterprise", "origin", "start", "id", "filed", "agency.filed", "hire.end"])
  func sums(_ fact: String) throws {
    for text in [Self.firms, Bench.edge] {
      let bench = try Bench(text)
      let found = try groups(bench, "run changle-2022 by \(fact)")
      #expect(!found.isEmpty)
      #expect(try found.map { try fen($0.total) }.reduce(0, +) == fen(try bench.total("run changle-2022")))
    }
  }

  @Test("payments for which there is no such fact are a group of their own")
  func without() throws {
    let bench = try Bench(Self.firms)
    let found = try groups(bench, "run changle-2022 by founder_origin")
    #expect(found.map(\.key) == ["(no such fact)"] && found.map(\.total) == ["90000.00"], "\(found)")
  }

  @Test(
    "a wrong name, a set, or a dimension beside a fact is refused at its place",
    arguments: [
      ("run by enterprise.sise", "unknown-fact", 8), ("run by enterprise.lists", "unknown-fact", 8),
      ("run by origin.size", "unknown-fact", 8), ("run by .", "unknown-fact", 8),
      ("run by origin by year", "option-twice", 15), ("run by yaer", "unknown-fact", 8),
    ])
  func refused(_ text: String, _ code: String, _ column: Int) throws {
    let found = try Bench(Self.firms).mistake(text)
    #expect(found.code == code && found.location?.start.column == column, "\(found)")
  }

  /// `filed` is yes or no of an agency, a day of a claim.
  @Test("of two lists' facts of one name the one is meant that has the level or the bands that are asked for")
  func ofOneName() throws {
    let document = """
      ```policy
      document own
        title "Own"
        jurisdiction 350112
        issued 2022-01-01

      list claims, each a claim
        begins filed
        field id text required
        field filed date required

      measure aid
        title "Aid"
        article "1"
        kind aid
        for each claim
        pay claim 100 yuan on filed
      ```
      """
    let bench = try Bench(
      "scenario: t\ndistrict: 350112\nagencies: [{id: q, district: 350112, filed: true}]\n"
        + "claims: [{id: a, filed: 2022-02-01}, {id: b, filed: 2022-03-01}, {id: c, filed: 2022-11-01}]\n",
      policies: [document])
    let quarters = try groups(bench, "run own by filed at quarter")
    #expect(
      quarters.map(\.key) == ["2022-Q1", "2022-Q4"] && quarters.map(\.total) == ["200.00", "100.00"], "\(quarters)")
    let bands = try groups(bench, "run own by filed in 2022-01-01..2022-06-30, 2022-07-01..")
    #expect(bands.map(\.total) == ["200.00", "100.00"], "\(bands)")
    #expect(!bench.ask("count claims by filed at quarter").haveFailed)
    #expect(try bench.mistake("count agencies by filed at quarter").code == "grouping")
  }

  @Test("it says what was probably meant")
  func nearest() throws {
    #expect(try Bench(Self.firms).mistake("run by enterprise.sise").hint?.en.contains("enterprise.size") == true)
  }
}
