// Explanations are the plan itself at one row (architecture: One evaluator): what they say adds up to what the ledger
// holds, and nothing that can be asked about makes them fail.
import Engine
import Facts
import Reckoning
import Testing

@Suite("Explanations")
struct ExplanationTests {
  static let seeds = 0..<3

  static func outcome(_ seed: Int) throws -> Outcome {
    let scenario = try #require(Chance.small(seed).scenario())
    return Outcome(
      ledger: Engine.run(Bundled.documents, scenario: scenario, settings: Chance.settings(seed)), scenario: scenario)
  }

  /// Every id, text and code that a user could ask about.
  static func ids(_ outcome: Outcome) -> [String] {
    var ids: Set<String> = [
      "", "@", "350112", "350112@2022", "nobody", "h1@2022", "q1@", "@2022", "q1@x", "ann", "w1", "q1@2022",
    ]
    for table in outcome.scenario.dataset.tables {
      for row in 0..<table.count { ids.insert(table.ids?.text(row) ?? "\(table.declaration.singular) \(row + 1)") }
    }
    ids.formUnion(outcome.entries.map(\.subject))
    ids.formUnion(outcome.entries.map(\.beneficiary))
    return ids.sorted()
  }

  static func holds(_ d: Derivation) -> Bool { d.verdict == .yes }

  @Test("For every payment the explanation's amounts for its subject are the ledger's", arguments: seeds)
  func sums(seed: Int) throws {
    let outcome = try Self.outcome(seed)
    let explainer = Explainer(ledger: outcome.ledger, scenario: outcome.scenario)
    let subjects = Dictionary(grouping: outcome.entries) { $0.subject }
    for (subject, entries) in subjects {
      let accounts = explainer.explain(subject)
      for (measure, mine) in Dictionary(grouping: entries, by: \.measure) {
        let account = accounts.first { $0.measure.id == measure }
        let told = account?.payments.filter { $0.subject == subject } ?? []
        #expect(told.map(\.fen).sorted() == mine.map(\.fen).sorted(), "\(measure) of \(subject)")
        #expect(
          told.map { "\($0.standing)" }.sorted() == mine.map { "\($0.standing)" }.sorted(), "\(measure) of \(subject)")
        #expect(told.map(\.date).sorted() == mine.map(\.date).sorted(), "\(measure) of \(subject)")
        // What is paid is told to hold, in its frame or as a member of one; of what is lost it is told why.
        guard told.contains(where: { $0.standing == .paid }) else { continue }
        #expect(account?.derivations.contains(where: Self.holds) == true, "\(measure) of \(subject)")
      }
    }
  }

  @Test("A payment to a beneficiary is among what is explained of the beneficiary", arguments: seeds)
  func beneficiaries(seed: Int) throws {
    let outcome = try Self.outcome(seed)
    let explainer = Explainer(ledger: outcome.ledger, scenario: outcome.scenario)
    for (who, entries) in Dictionary(grouping: outcome.entries, by: \.beneficiary) {
      let accounts = explainer.explain(who)
      let told = accounts.flatMap { a in a.payments.filter { $0.beneficiary == who }.map(\.fen) }
      #expect(told.sorted() == entries.map(\.fen).sorted(), "\(who)")
    }
  }

  @Test("Whatever is asked about, an explanation ends, in both languages", arguments: [7])
  func everything(seed: Int) throws {
    let outcome = try Self.outcome(seed)
    let explainer = Explainer(ledger: outcome.ledger, scenario: outcome.scenario)
    func check(_ d: Derivation, depth: Int) {
      if d.text.en.isEmpty || d.text.zh.isEmpty { Issue.record("an empty step in seed \(seed)") }
      if depth > 40 {
        Issue.record("an endless explanation in seed \(seed)")
        return
      }
      for c in d.children { check(c, depth: depth + 1) }
    }
    for id in Self.ids(outcome) {
      for account in explainer.explain(id) {
        for d in account.derivations + account.settings { check(d, depth: 0) }
      }
    }
    #expect(explainer.explain("nobody").isEmpty)
  }

  @Test("Only what holds is paid: a subject that no payment names is told why not", arguments: seeds)
  func unpaid(seed: Int) throws {
    let outcome = try Self.outcome(seed)
    let explainer = Explainer(ledger: outcome.ledger, scenario: outcome.scenario)
    let paid = Set(outcome.entries.filter { $0.measure == "changle-2022.enterprise_internship" }.map(\.subject))
    for n in 0..<6 where !paid.contains("i\(n)") {
      let account = try #require(explainer.explain("i\(n)") { $0.id == "changle-2022.enterprise_internship" }.first)
      #expect(!account.derivations.contains(where: Self.holds), "i\(n)")
      func reason(_ d: Derivation) -> Bool {
        d.verdict == .no || d.verdict == .unknown || d.verdict == .elsewhere || d.children.contains(where: reason)
      }
      #expect(account.derivations.contains(where: reason), "i\(n)")
    }
  }

  /// Changle 2022, article 三（二）.
  @Test("A threshold that is missed says by how much: 97 of 100, 3 short")
  func gap() throws {
    let outcome = try #require(
      Bundled.programme("changle-2022").run(
        """
        enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
        agencies: [{id: q, district: 350112, filed: true}]
        cohorts: [{id: h, count: 97, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01}]
        hires: [{id: early, agency: q, enterprise: k, origin: 520502, start: 2022-03-01, end: 2022-05-29}]
        """))
    let explainer = Explainer(ledger: outcome.ledger, scenario: outcome.scenario)
    func gaps(_ d: Derivation) -> [String] { (d.gap.map { [$0.en] } ?? []) + d.children.flatMap(gaps) }
    let agency = explainer.explain("q") { $0.name == "agency_reward" }
    func words(_ d: Derivation) -> [String] { [d.text.en] + d.children.flatMap(words) }
    #expect(agency.flatMap { $0.derivations.flatMap(gaps) }.contains("3 short"))
    #expect(agency.flatMap { $0.derivations.flatMap(words) }.contains { $0.hasPrefix("placed: 97 of 100 needed") })
    let hire = explainer.explain("early") { $0.name == "agency_reward" }
    #expect(hire.flatMap { $0.derivations.flatMap(gaps) }.contains("left 2022-05-29: 2 days short"))
  }

  /// There is no frame whose count could be told, and the record's own row is no frame's.
  @Test("A condition on a count is explained for a record that nothing counts for, without looking elsewhere")
  func countsWithoutFrames() throws {
    let programme = Programme(
      measure: """
          for each agency, each year
          count s = hires of agency
          where count of s >= 1 and filed
          let n = count of s
          require n >= 2
          pay agency 1 yuan * n on 31 December of year
        """)
    let agencies = (0..<300).map { "{id: q\($0), district: 350112, filed: true}" }.joined(separator: ", ")
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        agencies: [\(agencies)]
        hires: [{id: a, agency: q0, enterprise: e, start: 2022-01-01}, {id: b, agency: q0, enterprise: e, \
        start: 2022-01-01}]
        """))
    #expect(outcome.lines() == ["q0 q0@2022 2022-12-31 2"])
    let explainer = Explainer(ledger: outcome.ledger, scenario: outcome.scenario)
    for id in ["q0", "q0@2022", "q0@2023", "q299", "q150@2022"] {
      let holds = explainer.explain(id).contains { $0.derivations.contains(where: Self.holds) }
      #expect(holds == (id == "q0" || id == "q0@2022"), "\(id)")
    }
  }

  @Test("A gap between enormous numbers is no trap")
  func hugeGap() async {
    await #expect(processExitsWith: .success) {
      let big = "9 * 1000000000 * 1000000000"
      let programme = Programme(
        measure:
          "  for each enterprise\n  where 0 - \(big) >= \(big) * employees\n  pay enterprise 1 yuan on 2022-01-01")
      guard let outcome = programme.run("enterprises: [{id: e, district: 350112, employees: 1}]") else { return }
      _ = Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain("e")
    }
  }
}
