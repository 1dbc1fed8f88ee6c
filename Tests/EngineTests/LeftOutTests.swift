// Who is left out by `once per`, `only the first` and quotas, and what is told of whom a key is not known: documents
// with lists of their own, so that nothing hangs on the bundled facts.
import Testing

@testable import Engine

/// Documents over firms and jobs.
enum FirmsAndJobs {
  static let lists = """
    list firms, each a firm
      field id text required
      field pot money
      field places number
    list jobs, each a job
      person worker
      begins start
      field id text required
      field worker text default id
      field firm reference to firms required
      field start date required
      field left date absent means none
      field wage money
      field hours number required
      field rank number
      field grade one of (g1, g2, g3)
    list loans, each a loan
      begins drawn
      field id text required
      field borrower text required
      field firm reference to firms required
      field principal money required
      field drawn date required
      field rate share
    """

  /// One measure `m`.
  static func measure(_ clauses: String, declarations: String = "") -> Programme {
    Programme(measure: clauses, declarations: lists + "\n" + declarations)
  }
}

@Suite("Who is left out, and of whom it cannot be told")
struct LeftOutTests {
  private static let sameWorker = """
    firms: [{id: e}]
    jobs:
      - {id: a, worker: u, firm: e, start: 2024-01-01, hours: 1, wage: 1, grade: g2}
      - {id: b, worker: v, firm: e, start: 2024-02-01, hours: 1, wage: 1, grade: g2}
      - {id: c, worker: u, firm: e, start: 2024-03-01, hours: 1, wage: 1}
    """

  @Test(
    "Of whom a key is not known it cannot be told with whom he shares a place",
    arguments: [
      ("once per person, grade\n  pay firm 1 yuan", ["e a 2024-01-01 1", "e b 2024-02-01 1"]),
      ("quota 1 for each grade\n  pay firm 1 yuan", ["e a 2024-01-01 1", "e b 2024-02-01 1 overQuota"]),
      ("cap 1 yuan for each grade\n  pay firm 1 yuan", ["e a 2024-01-01 1", "e b 2024-02-01 1 overCap"]),
      ("only the first 1 for each grade by start\n  pay firm 1 yuan", ["e a 2024-01-01 1"]),
      ("only the highest for each grade\n  pay firm 1 yuan", ["e a 2024-01-01 1", "e b 2024-02-01 1 displaced"]),
    ])
  func unknownKey(_ clauses: String, _ lines: [String]) throws {
    let outcome = try #require(
      FirmsAndJobs.measure("  for each job\n  every record\n  " + clauses).run(Self.sameWorker))
    #expect(outcome.lines() == lines)
    #expect(outcome.undetermined() == "1: grade")
  }

  @Test("A place among the first, or in a queue that is too long, hangs on what it is ordered by")
  func unknownOrder() throws {
    let jobs = """
      firms: [{id: e}]
      jobs:
        - {id: a, firm: e, start: 2024-01-01, hours: 1, rank: 2}
        - {id: b, firm: e, start: 2024-02-01, hours: 1}
        - {id: c, firm: e, start: 2024-03-01, hours: 1, rank: 3}
      """
    let first = try #require(
      FirmsAndJobs.measure(
        "  for each job\n  every record\n  only the first 1 for each firm by rank\n  pay firm 1 yuan"
      ).run(jobs))
    #expect(first.lines() == ["e a 2024-01-01 1"])
    #expect(first.undetermined() == "1: rank")
    func queue(_ places: Int) throws -> Outcome {
      try #require(
        FirmsAndJobs.measure(
          "  for each job\n  every record\n  quota \(places) in all\n  ordered by rank\n  pay firm 1 yuan"
        ).run(jobs))
    }
    #expect(try queue(1).lines() == ["e a 2024-01-01 1", "e c 2024-03-01 1 overQuota"])
    #expect(try queue(1).undetermined() == "1: rank")
    func purse(_ yuan: Int) throws -> Outcome {
      try #require(
        FirmsAndJobs.measure(
          "  for each job\n  every record\n  cap \(yuan) yuan in all\n  ordered by rank\n  pay firm 1 yuan"
        ).run(jobs))
    }
    #expect(try purse(1).lines() == ["e a 2024-01-01 1", "e c 2024-03-01 1 overCap"])
    #expect(try purse(1).undetermined() == "1: rank")
    #expect(try purse(3).lines().count == 3)
    // Where there is room for all, nobody's place matters.
    #expect(try queue(3).lines().count == 3)
    #expect(try queue(3).undetermined() == "")
  }

  @Test(
    "How many places there are decides about all who share them",
    arguments: [
      "quota firm.places for each firm",
      "only the first firm.places for each firm by start",
    ])
  func unknownPlaces(_ clause: String) throws {
    let outcome = try #require(
      FirmsAndJobs.measure("  for each job\n  every record\n  pay firm 1 yuan\n  \(clause)").run(
        """
        firms: [{id: e}, {id: f, places: 1}]
        jobs:
          - {id: a, firm: e, start: 2024-01-01, hours: 1}
          - {id: b, firm: f, start: 2024-02-01, hours: 1}
        """))
    #expect(outcome.lines() == ["f b 2024-02-01 1"])
    #expect(outcome.undetermined() == "1: places")
  }

  @Test("Whom `once per` leaves out is none of the first")
  func firstAfterOnce() throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        """
          for each job
          every record
          once per worker, firm
          only the first 2 for each firm by hours
          pay worker 1 yuan
        """
      ).run(
        """
        firms: [{id: e}]
        jobs:
          - {id: j1, worker: w3, firm: e, start: 2024-10-16, hours: 2}
          - {id: j2, worker: w2, firm: e, start: 2024-01-15, hours: 40}
          - {id: j3, worker: w3, firm: e, start: 2025-01-01, hours: 1}
        """))
    #expect(outcome.lines() == ["w2 j2 2024-01-15 1", "w3 j1 2024-10-16 1"])
  }

  @Test(
    "What is left out is not listed as below nought either",
    arguments: [
      "every record\n  once per worker, firm", "once per person", "every record\n  once per worker in any 12 months",
    ])
  func belowNought(_ clauses: String) throws {
    let outcome = try #require(
      FirmsAndJobs.measure("  for each job\n  \(clauses)\n  pay firm 3 yuan - wage").run(
        """
        firms: [{id: e}]
        jobs:
          - {id: a, worker: u, firm: e, start: 2024-01-01, hours: 1, wage: 1}
          - {id: b, worker: u, firm: e, start: 2024-02-01, hours: 1, wage: 5}
          - {id: c, worker: v, firm: e, start: 2024-02-01, hours: 1, wage: 7}
        """))
    #expect(outcome.lines() == ["e a 2024-01-01 2", "e c 2024-02-01 -4 belowNought"])
    #expect(outcome.ledger.diagnostics.filter { $0.code == "negative" }.map(\.message.en).count == 1)
  }

  @Test("Who is not among the first is not undetermined, whatever is not known of the amount")
  func firstAndUnknownAmounts() throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        """
          for each job
          every record
          only the first 2 for each firm by hours
          pay worker wage
        """
      ).run(
        """
        firms: [{id: e}]
        jobs:
          - {id: a, firm: e, start: 2024-01-01, hours: 0}
          - {id: b, firm: e, start: 2024-02-01, hours: 1}
          - {id: c, firm: e, start: 2024-03-01, hours: 2}
        """))
    #expect(outcome.undetermined() == "2: wage")
    #expect(outcome.ledger.undetermined.first?.subjects == ["a", "b"])
  }

  @Test("Where one record of a person counts for all frames, who comes after one that counts is not undetermined")
  func onceInAll() throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        """
          for each firm
          count s = jobs of firm where grade is g2 once per person in all
          pay firm 1 yuan for each s
        """
      ).run(
        """
        firms: [{id: e}, {id: f}]
        jobs:
          - {id: a, worker: u, firm: e, start: 2024-01-01, hours: 1, grade: g2}
          - {id: b, worker: u, firm: f, start: 2024-02-01, hours: 1}
          - {id: c, worker: v, firm: e, start: 2024-01-01, hours: 1}
          - {id: d, worker: v, firm: f, start: 2024-02-01, hours: 1, grade: g2}
        """))
    #expect(outcome.lines() == ["e a 2024-01-01 1", "f d 2024-02-01 1"])
    #expect(outcome.undetermined() == "1: grade")
    #expect(outcome.ledger.undetermined.first?.subjects == ["c"])
  }

  @Test("The year of a limit is that of the frames, where they have years")
  func yearOfLimit() throws {
    func measure(_ name: String) -> String {
      """
      measure \(name)
        title "\(name)"
        article "1"
        kind \(name)
        for each firm, each year from 2023 to 2024
        pay firm 60 yuan on 2025-01-01
      """
    }
    let programme = Programme(
      """
      document test
        jurisdiction 350112
      \(FirmsAndJobs.lists)
      \(measure("m1"))
      \(measure("m2"))
      limit l
        title "L"
        article "2"
        over m1, m2
        cap 100 yuan for each beneficiary, year
      """)
    let outcome = try #require(programme.run("firms: [{id: e}]"))
    #expect(outcome.lines("m1") == ["e e@2023 2025-01-01 60", "e e@2024 2025-01-01 60"])
    #expect(outcome.total("m2") == 8_000)
    #expect(outcome.total("m2", .overCap) == 4_000)
    let told = Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain("e@2023") { $0.name == "m2" }
    let text = told.flatMap(\.derivations).map { "\($0.text.en) \($0.children.map(\.text.en))" }.joined()
    #expect(text.contains("60 yuan of the 100 yuan for e in 2023 had gone to 1 payment before it, 40 yuan were left"))
  }
}
