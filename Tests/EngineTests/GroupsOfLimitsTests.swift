// The groups of limits: what is not known of one says nothing of another, and who has none of a key is in none.
import Engine
import Facts
import Testing

@Suite("Groups of limits")
struct GroupsOfLimitsTests {
  private func paid(_ outcome: Outcome) -> [String] {
    outcome.entries.filter { $0.standing == .paid }.map(\.subject).sorted()
  }

  private func told(_ outcome: Outcome, _ subject: String, _ words: String) -> Bool {
    FigureExplanationTests.told(outcome, subject).contains { $0.contains(words) }
  }

  private static func jobs(_ clauses: String) -> Programme {
    FirmsAndJobs.measure("  for each job\n  every record\n\(clauses)\n  pay firm 10 yuan")
  }

  /// Two groups: one with places for both, one that asks for one too many.
  private static let queues = """
    firms: [{id: f}, {id: g}]
    jobs:
      - {id: a, firm: f, start: 2024-01-01, hours: 1, rank: 1}
      - {id: b, firm: f, start: 2024-01-01, hours: 1}
      - {id: c, firm: g, start: 2024-01-01, hours: 1, rank: 1}
      - {id: d, firm: g, start: 2024-01-01, hours: 1}
      - {id: e, firm: g, start: 2024-01-01, hours: 1, rank: 2}
    """

  @Test("An order that is not known leaves open who is in a group that has not places enough", arguments: [1, 2])
  func order(quotas: Int) throws {
    let second = quotas == 2 ? "\n  quota 9 for each start" : ""
    let outcome = try #require(
      Self.jobs("  quota 2 for each firm\(second)\n  ordered by rank").run(Self.queues))
    #expect(paid(outcome) == ["a", "b", "c", "e"])
    #expect(outcome.undetermined() == "1: rank")
    #expect(told(outcome, "d", "whether it has one of the places, which are too few"))
  }

  private static let numbers = """
    firms: [{id: f}, {id: g}]
    jobs:
      - {id: a, firm: f, start: 2024-01-01, hours: 1, rank: 1}
      - {id: b, firm: g, start: 2024-01-01, hours: 1RANK}
      - {id: c, firm: g, start: 2024-01-01, hours: 1, rank: 5}
    """

  @Test("A number of places that is not known leaves its whole group open")
  func unknown() throws {
    let outcome = try #require(
      Self.jobs("  quota rank for each firm").run(Self.numbers.replacing("RANK", with: "")))
    #expect(paid(outcome) == ["a"])
    #expect(outcome.undetermined() == "2: rank")
    #expect(outcome.ledger.diagnostics.isEmpty)
    #expect(told(outcome, "b", "how many places there are"))
    #expect(told(outcome, "c", "rank is not known of others of its group"))
  }

  @Test("So do two numbers in one group")
  func two() throws {
    let outcome = try #require(
      Self.jobs("  quota rank for each firm").run(Self.numbers.replacing("RANK", with: ", rank: 1")))
    #expect(paid(outcome) == ["a"])
    #expect(outcome.undetermined() == "2: two quotas")
    #expect(outcome.ledger.diagnostics.map(\.code) == ["two-quotas"])
  }

  @Test(
    "Who has none of a key is limited by nobody",
    arguments: [
      "once per left", "once per left, firm", "once per left in any 24 months", "quota 1 for each left",
      "quota 1 for each left\n  quota 1 for each left, firm", "quota 1 for each left\n  quota 9 for each firm",
      "cap 10 yuan for each left", "cap 10 yuan for each left in proportion", "only the first 1 for each left by start",
      "only the highest for each left",
    ], ["filing_order", "maximum"])
  func none(clause: String, allocation: String) throws {
    let outcome = try #require(
      Self.jobs("  \(clause)").run(
        """
        firms: [{id: e}]
        jobs:
          - {id: a, firm: e, start: 2024-01-01, hours: 1}
          - {id: b, firm: e, start: 2024-01-02, hours: 1}
          - {id: c, firm: e, start: 2024-01-03, hours: 1}
          - {id: d, firm: e, start: 2024-01-04, hours: 1, left: 2025-01-01}
          - {id: f, firm: e, start: 2024-01-05, hours: 1, left: 2025-01-01}
        """
      ) { $0.readings["allocation"] = allocation })
    #expect(outcome.total == 4_000)
    #expect(Set(paid(outcome)).isSuperset(of: ["a", "b", "c"]))
    #expect(outcome.undetermined() == "")
  }

  @Test("None of one key says so whatever is not known of another")
  func noneAndUnknown() throws {
    let outcome = try #require(
      Self.jobs("  quota 1 for each rank, left").run(
        """
        firms: [{id: e}]
        jobs:
          - {id: a, firm: e, start: 2024-01-01, hours: 1}
          - {id: b, firm: e, start: 2024-01-01, hours: 1, left: 2024-05-01}
        """))
    #expect(paid(outcome) == ["a"])
    #expect(outcome.undetermined() == "1: rank")
  }

  @Test("The parts of a joined record are all of them, however people are counted", arguments: ["persons", "hires"])
  func parts(count: String) throws {
    let joined = """
      list stays, each a stay
        title "Stays"
        joins hires with same person, enterprise
        gap at most 10 days
      """
    func measure(_ persons: String) -> Programme {
      Programme(
        measure: """
            for each stay
            count there = hires of stay\(persons)
            pay enterprise 1 yuan * count of there
          """, declarations: joined)
    }
    let facts = """
      enterprises: [{id: e, district: 350112}]
      hires:
        - {id: d, worker: B, enterprise: e, start: 2024-01-02, end: 2024-01-31}
        - {id: h, worker: B, enterprise: e, start: 2024-02-10, end: 2024-02-29}
      """
    #expect(try #require(measure("").run(facts) { $0.readings["count"] = count }).total == 200)
    #expect(try #require(measure(" once per person").run(facts) { $0.readings["count"] = count }).total == 100)
  }
}
