// What must not hang on rounding, on a figure that nobody needs, or on which of two years a year is: figures that are
// not whole as keys, prices by branch, years to which months are added, months and quarters of days.
import Diagnostics
import Facts
import Foundation
import PolicyLanguage
import Testing

@testable import Engine

@Suite("What must not hang on rounding or on what nobody needs")
struct ExactFigureTests {
  private static let two = """
    enterprises: [{id: e, district: 350112}, {id: f, district: 350112}]
    hires:
      - {id: a, worker: W, enterprise: e, start: 2026-01-01}
      - {id: b, worker: W, enterprise: f, start: 2026-02-01}
      - {id: c, worker: V, enterprise: e, start: 2026-05-31}
    """

  @Test("A person is paid for once, whoever is paid, where the text says so")
  func oncePerPerson() throws {
    let each = Programme(measure: "  for each hire\n  pay enterprise 100 yuan")
    #expect(try #require(each.run(Self.two)).total("m") == 30_000)
    for clause in ["once per person", "every record\n  once per person"] {
      let once = Programme(measure: "  for each hire\n  \(clause)\n  pay enterprise 100 yuan")
      #expect(try #require(once.run(Self.two)).total("m") == 20_000, "\(clause)")
    }
    // An agency is no person; its members are.
    let agency = Programme(
      measure: "  for each agency\n  count s = hires of agency\n  once per person\n"
        + "  pay agency 100 yuan * count of s on 2026-12-31")
    let facts = """
      enterprises: [{id: e, district: 350112}]
      agencies: [{id: g, district: 350112}]
      hires:
        - {id: a, worker: W, enterprise: e, agency: g, start: 2026-01-01}
        - {id: b, worker: W, enterprise: e, agency: g, start: 2026-02-01}
      """
    let outcome = try #require(agency.run(facts) { $0.readings["count"] = "hires" })
    #expect(outcome.total("m") == 10_000)
  }

  @Test("What is taken back may hang on records of other lists that are asked beside it")
  func askedInRecovery() throws {
    let programme = Programme(
      measure: """
          for each hire
          let n = count of (hires with same enterprise where start < hire.start)
          pay enterprise 100 yuan
          recover 50% of paid on start + 5 days when n > 0
        """)
    let outcome = try #require(programme.run(Self.two))
    // Only c has another before it at its enterprise.
    #expect((outcome.total("m"), outcome.total("m", .recovered)) == (30_000, -5_000))
    let inline = Programme(
      measure: """
          for each hire
          pay enterprise 100 yuan
          recover 50% of paid on start + 5 days
            when count of (hires with same enterprise where start < hire.start) > 0
        """)
    #expect(try #require(inline.run(Self.two)).total("m", .recovered) == -5_000)
  }

  @Test("A record that is no frame is explained by what is asked of it and of others")
  func explainedBeforeFrames() throws {
    let programme = Programme(
      measure: """
          for each hire
          every record
          where start >= 2026-05-01
          where count of (other hires with same enterprise where start < hire.start) = 1
          pay enterprise 100 yuan
        """)
    let outcome = try #require(programme.run(Self.two))
    #expect(outcome.total("m") == 10_000)
    let explainer = Explainer(ledger: outcome.ledger, scenario: outcome.scenario)
    for subject in ["a", "b", "c"] {
      let told = explainer.explain(subject) { $0.name == "m" }
      #expect(!told.isEmpty, "\(subject)")
    }
  }

  @Test("Months added to a year leave open which of two years is meant, and only that")
  func yearAndMonths() throws {
    let programme = Programme(
      measure: "  for each hire\n  where graduated + 6 months >= start\n  pay enterprise 100 yuan")
    func run(_ graduated: String, _ start: String) throws -> Outcome {
      try #require(
        programme.run(
          """
          enterprises: [{id: e, district: 350112}]
          hires: [{id: a, enterprise: e, start: \(start), graduated: \(graduated)}]
          """))
    }
    #expect(try run("2024-07-01", "2025-01-01").total("m") == 10_000)
    #expect(try run("2024", "2024-05-01").total("m") == 10_000)
    #expect(try run("2020", "2025-01-01").ledger.undetermined.isEmpty)
    let open = try run("2024", "2025-01-01")
    #expect(open.total("m") == 0)
    #expect(open.ledger.undetermined.map(\.facts) == [["graduated"]])
  }

  @Test("A month and a quarter are numbers")
  func partsOfYears() throws {
    let programme = Programme(
      measure: "  for each hire\n  pay enterprise 1 yuan * (month of start * 10 + quarter of start)")
    #expect(try #require(programme.run(Self.two)).total("m") == 1_100 + 2_100 + 5_200)
  }

  @Test("A table may ask whether something holds")
  func tableOfTruths() throws {
    let programme = Programme(
      measure: "  for each hire\n  pay enterprise rate(insured_before)",
      declarations: "table rate(first: bool) yuan\n  true: 5 yuan\n  false: 7 yuan\n")
    let facts = """
      enterprises: [{id: e, district: 350112}]
      hires:
        - {id: a, enterprise: e, start: 2026-01-01, insured_before: yes}
        - {id: b, enterprise: e, start: 2026-02-01, insured_before: no}
      """
    #expect(try #require(programme.run(facts)).total("m") == 1_200)
  }

  @Test(
    "Spans, shares and numbers are rounded to so many of their own",
    arguments: [
      ("1 yuan per month * round (calendar months from start to 2026-06-30) up to 1 month", 600 + 500 + 200),
      ("1 yuan per day * round (days from 2026-01-01 to start) down to 30 days", 0 + 3_000 + 15_000),
      ("round (1 / 3) to 1% of 100 yuan", 3 * 3_300),
      ("10 yuan * round (4 / 3) to 0.5", 3 * 1_500),
    ])
  func roundedToUnits(_ amount: String, _ fen: Int) throws {
    let programme = Programme(measure: "  for each hire\n  every record\n  pay enterprise \(amount)")
    #expect(try #require(programme.run(Self.two)).total("m") == Int64(fen))
  }
}
