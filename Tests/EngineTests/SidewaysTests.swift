// Sets by keys, before it and anywhere, against a computation record by record over random small facts.
import Engine
import Testing

@Suite("Records beside the one that asks")
struct SidewaysTests {
  /// A job as the tests reckon with it.
  struct Job {
    let id: String
    let who: String
    let firm: String
    /// Days after 2025-12-31.
    let start: Int
    let wage: Int64?
    let isGood: Bool?

    var line: String {
      var parts = ["id: \(id)", "who: \(who)", "firm: \(firm)", "start: 2026-01-0\(start)"]
      if let wage { parts.append("wage: \(wage)") }
      if let isGood { parts.append("good: \(isGood)") }
      return "  - {\(parts.joined(separator: ", "))}"
    }
  }

  /// A figure that is not known where it cannot be told who belongs.
  enum Figure: Equatable {
    case known(Int64)
    case unknown
  }

  static let list = """
    list jobs, each a job
      person who
      begins start
      field id text required
      field who text required
      field firm text required
      field start date required
      field wage money
      field good bool
      field sex one of (male, female)

    """

  static func jobs(_ seed: Int, known: Bool) -> [Job] {
    var dice = Dice(state: UInt64(seed) &* 7919 &+ 5)
    return (0..<Int.random(in: 3...11, using: &dice)).map { i in
      Job(
        id: "h\(i)", who: dice.one(["w1", "w2", "w3"]), firm: dice.one(["e0", "e1"]), start: dice.one([1, 2, 3, 4]),
        wage: known || dice.chance(85) ? dice.one([0, 100, 200, 300]) : nil,
        isGood: known || dice.chance(85) ? dice.chance(60) : nil)
    }
  }

  static func facts(_ jobs: [Job]) -> String { "jobs:\n" + jobs.map(\.line).joined(separator: "\n") + "\n" }

  /// Whether one stands before another in the list's order.
  static func precedes(_ a: Job, _ b: Job) -> Bool { a.start != b.start ? a.start < b.start : a.id < b.id }

  /// What a measure for each job pays: yuan by job; those that are undetermined apart.
  private func paid(_ clauses: String, _ amount: String, _ jobs: [Job]) throws -> (Programme, [String: Int64], Int) {
    let programme = Programme(
      measure: "  for each job\n  every record\n\(clauses)\n  pay firm 1 yuan + \(amount) on start",
      declarations: Self.list)
    let outcome = try #require(programme.run(Self.facts(jobs)))
    var by: [String: Int64] = [:]
    for entry in outcome.entries { by[entry.subject, default: 0] += entry.fen / 100 - 1 }
    let open = outcome.ledger.undetermined.reduce(0) { $0 + $1.count }
    return (programme, by, open)
  }

  private func compare(
    _ clauses: String, _ amount: String, known: Bool = true, _ figure: (Job, [Job]) -> Figure
  ) throws {
    for seed in 1...25 {
      let jobs = Self.jobs(seed, known: known)
      let (_, by, open) = try paid(clauses, amount, jobs)
      var unknown = 0
      for job in jobs {
        switch figure(job, jobs) {
        case .known(let n): #expect(by[job.id] == n, "seed \(seed), \(job.id): \(Self.facts(jobs))")
        case .unknown:
          unknown += 1
          #expect(by[job.id] == nil, "seed \(seed), \(job.id): \(Self.facts(jobs))")
        }
      }
      #expect(open == unknown, "seed \(seed)")
    }
  }

  private func others(_ job: Job, _ all: [Job]) -> [Job] { all.filter { $0.who == job.who } }

  @Test("Counts before it, up to it, of the others and of all")
  func counts() throws {
    try compare("  count s = jobs with same person before it", "1 yuan * count of s") { h, all in
      .known(Int64(self.others(h, all).count { Self.precedes($0, h) }))
    }
    try compare("  count s = jobs with same person up to it", "1 yuan * count of s") { h, all in
      .known(Int64(self.others(h, all).count { Self.precedes($0, h) || $0.id == h.id }))
    }
    try compare("  count s = other jobs with same person, firm", "1 yuan * count of s") { h, all in
      .known(Int64(self.others(h, all).count { $0.id != h.id && $0.firm == h.firm }))
    }
    try compare("  count s = all jobs", "1 yuan * count of s") { _, all in .known(Int64(all.count)) }
    try compare("", "1 yuan * count of (jobs with firm = firm where good)") { h, all in
      .known(Int64(all.count { $0.firm == h.firm && $0.isGood == true }))
    }
  }

  @Test("Sums, and what is not known of a member makes them unknown")
  func sums() throws {
    for known in [true, false] {
      try compare(
        "  count s = jobs with same person before it where good", "sum of wage over s", known: known
      ) { h, all in
        var sum: Int64 = 0
        for other in self.others(h, all) where Self.precedes(other, h) {
          if other.isGood == false { continue }
          guard other.isGood == true, let wage = other.wage else { return .unknown }
          sum += wage
        }
        return .known(sum)
      }
    }
  }

  @Test("The largest, the average and how many different ones")
  func extremes() throws {
    try compare("  count s = jobs with same person", "largest of wage over s") { h, all in
      .known(self.others(h, all).compactMap(\.wage).max() ?? 0)
    }
    try compare("  count s = other jobs with same person", "sum of wage / 3 over s * 3") { h, all in
      .known(self.others(h, all).filter { $0.id != h.id }.compactMap(\.wage).reduce(0, +))
    }
    try compare("", "average of wage over (jobs with same person) * count of (jobs with same person)") { h, all in
      .known(self.others(h, all).compactMap(\.wage).reduce(0, +))
    }
    try compare("  count s = jobs with same person up to it", "1 yuan * count of different wage over s") { h, all in
      .known(Int64(Set(self.others(h, all).filter { !Self.precedes(h, $0) }.map(\.wage)).count))
    }
  }

  @Test("Conditions on both records, pair by pair")
  func pairs() throws {
    try compare("  count s = jobs with same person where wage >= job.wage", "1 yuan * count of s") { h, all in
      .known(Int64(self.others(h, all).count { ($0.wage ?? 0) >= (h.wage ?? 0) }))
    }
    try compare(
      "  let own = wage\n  count s = other jobs with firm = firm where wage > own",
      "sum of wage over s", known: false
    ) { h, all in
      var sum: Int64 = 0
      for other in all where other.id != h.id && other.firm == h.firm {
        guard let own = h.wage, let wage = other.wage else { return .unknown }
        if wage > own { sum += wage }
      }
      return .known(sum)
    }
  }

  @Test("Candidates are those that passed what stands above, and their figures are facts")
  func candidates() throws {
    let clauses = """
        where good
        let half = wage / 2
        count s = candidates with same person before it
        where wage > 0 yuan
      """
    for seed in 1...25 {
      let jobs = Self.jobs(seed, known: true)
      let (_, by, _) = try paid(clauses, "sum of half over s", jobs)
      for h in jobs where h.isGood == true && (h.wage ?? 0) > 0 {
        let sum = others(h, jobs).filter { $0.isGood == true && Self.precedes($0, h) }.compactMap(\.wage)
          .reduce(0, +)
        #expect(by[h.id] == sum / 2, "seed \(seed), \(h.id)")
      }
      #expect(by.count == jobs.count { $0.isGood == true && ($0.wage ?? 0) > 0 })
    }
  }

  @Test("A definition asks about the record that it is given")
  func definitions() throws {
    let programme = Programme(
      measure: "  for each job\n  every record\n  pay firm 1 yuan * earlier(job) + 1 yuan on start",
      declarations: Self.list
        + "\ndefine earlier(h: job) count of (jobs with same person as h before it where wage <= h.wage)\n")
    for seed in 1...10 {
      let jobs = Self.jobs(seed, known: true)
      let outcome = try #require(programme.run(Self.facts(jobs)))
      for h in jobs {
        let n = others(h, jobs).count { Self.precedes($0, h) && ($0.wage ?? 0) <= (h.wage ?? 0) }
        #expect(outcome.entries.first { $0.subject == h.id }?.fen == Int64(n + 1) * 100, "seed \(seed), \(h.id)")
      }
    }
  }

  @Test("Results hang neither on threads nor on the size of a batch, nor on the order of records")
  func steady() throws {
    let jobs = Self.jobs(7, known: false)
    let (programme, _, _) = try paid(
      "  count s = jobs with same person before it where good", "sum of wage over s", jobs)
    let plain = try #require(programme.run(Self.facts(jobs)))
    let other = try #require(
      programme.run(Self.facts(jobs.reversed())) {
        $0.threads = 3
        $0.batch = 1
      })
    #expect(plain.lines() == other.lines())
  }

  @Test("A record whose key nobody stated is in no group, and is counted")
  func unkeyed() throws {
    let programme = Programme(
      measure: "  for each job\n  every record\n  count s = jobs with same sex\n"
        + "  pay firm 1 yuan * count of s on start", declarations: Self.list)
    let outcome = try #require(
      programme.run(
        """
        jobs:
          - {id: a, who: v, firm: e, start: 2026-01-01, sex: male}
          - {id: b, who: w, firm: e, start: 2026-01-01}
        """))
    #expect(outcome.lines() == ["e a 2026-01-01 1"])
    #expect(outcome.ledger.diagnostics.map(\.code) == ["unkeyed"])
    #expect(outcome.undetermined().hasPrefix("1:"))
  }

  @Test("The place of a member in its set, and once in so many months")
  func placesAndMonths() throws {
    let programme = Programme(
      measure: "  for each firm of jobs\n  count s = jobs of firm every record\n"
        + "  count two = s where number in s <= 2\n  pay firm 1 yuan * number in two for each two",
      declarations: Self.list)
    let jobs = Self.jobs(3, known: true)
    let outcome = try #require(programme.run(Self.facts(jobs)))
    for e in ["e0", "e1"] {
      let own = jobs.filter { $0.firm == e }.sorted(by: Self.precedes)
      let expected = own.prefix(2).enumerated().map { "\($0.element.id) \($0.offset + 1)" }
      let found = outcome.entries.filter { $0.beneficiary == e }.sorted { $0.fen < $1.fen }
      #expect(found.map { "\($0.subject) \($0.fen / 100)" } == expected)
    }
    let once = Programme(
      measure: "  for each job\n  every record\n  once per firm in any 1 month\n  pay firm 1 yuan",
      declarations: Self.list)
    let lines = try #require(
      once.run(
        """
        jobs:
          - {id: a, who: v, firm: e, start: 2026-01-31}
          - {id: b, who: v, firm: e, start: 2026-02-27}
          - {id: c, who: v, firm: e, start: 2026-02-28}
          - {id: d, who: v, firm: e, start: 2026-03-27}
        """)
    ).lines()
    #expect(lines == ["e a 2026-01-31 1", "e c 2026-02-28 1"])
  }
}
