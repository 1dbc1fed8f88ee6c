// Semantics, "Quotas", through rules: who gets the places, in which order, and what becomes of the rest.
import Engine
import Testing

@Suite("Quotas in rules")
struct QuotaTests {
  static func programme(_ clauses: String, amount: String = "100 yuan") -> Programme {
    Programme(
      measure: """
          begins appointed_from
          for each specialist
          pay specialist \(amount) on appointed_from
        \(clauses)
        """)
  }

  /// One place for each enterprise and each county: s1 blocks both s2 (its enterprise) and s3 (its county).
  static let both = programme("  quota 1 for each enterprise\n  quota 1 for each county\n  ordered by filed_on")
  static let facts = """
    enterprises: [{id: k, district: 350112}, {id: l, district: 350112}]
    specialists:
      - {id: s1, enterprise: k, county: 520502, filed_on: 2022-01-01, appointed_from: 2022-03-01}
      - {id: s2, enterprise: k, county: 520523, filed_on: 2022-01-02, appointed_from: 2022-03-01}
      - {id: s3, enterprise: l, county: 520502, filed_on: 2022-01-03, appointed_from: 2022-03-01}
    """

  func paid(_ outcome: Outcome) -> [String] { outcome.entries.filter { $0.standing == .paid }.map(\.subject) }

  @Test("In filing order the first is taken, whoever it blocks")
  func filing() throws {
    let outcome = try #require(Self.both.run(Self.facts))
    #expect(paid(outcome) == ["s1"])
    #expect(outcome.entries.filter { $0.standing == .overQuota }.map(\.subject) == ["s2", "s3"])
    #expect(outcome.total == 10_000)
    #expect(outcome.total("m", .overQuota) == 20_000)
  }

  @Test("As many as possible: the two that the first would block")
  func maximum() throws {
    let outcome = try #require(Self.both.run(Self.facts) { $0.readings["allocation"] = "maximum" })
    #expect(paid(outcome) == ["s2", "s3"])
    #expect(outcome.total == 20_000)
  }

  @Test("The order of filing decides, then the id by code point, however the file lists them")
  func order() throws {
    let programme = Self.programme("  quota 2 in all\n  ordered by filed_on")
    let facts = """
      enterprises: [{id: k, district: 350112}]
      specialists:
        - {id: s9, enterprise: k, county: 520502, filed_on: 2022-01-02, appointed_from: 2022-03-01}
        - {id: s10, enterprise: k, county: 520502, filed_on: 2022-01-02, appointed_from: 2022-03-01}
        - {id: Z, enterprise: k, county: 520502, filed_on: 2022-01-02, appointed_from: 2022-03-01}
        - {id: 一, enterprise: k, county: 520502, filed_on: 2022-01-02, appointed_from: 2022-03-01}
        - {id: late, enterprise: k, county: 520502, filed_on: 2022-01-03, appointed_from: 2022-03-01}
      """
    #expect(paid(try #require(programme.run(facts))) == ["Z", "s10"])
  }

  @Test("A candidate without anything to be paid takes no place")
  func nothingToPay() throws {
    let programme = Self.programme(
      "  quota 1 in all\n  ordered by filed_on", amount: "(if enterprise.above_scale then 100 yuan otherwise 0 yuan)")
    let facts = """
      enterprises: [{id: k, district: 350112}, {id: l, district: 350112, above_scale: true}]
      specialists:
        - {id: s1, enterprise: k, county: 520502, filed_on: 2022-01-01, appointed_from: 2022-03-01}
        - {id: s2, enterprise: l, county: 520502, filed_on: 2022-01-02, appointed_from: 2022-03-01}
      """
    #expect(try #require(programme.run(facts)).lines() == ["s2 s2 2022-03-01 100"])
  }

  @Test("A quota of none pays nobody, an enormous one everybody", arguments: [(0, 0), (1, 1), (1_000_000_000, 3)])
  func sizes(places: Int, paidCount: Int) throws {
    let outcome = try #require(Self.programme("  quota \(places) in all").run(Self.facts))
    #expect(paid(outcome).count == paidCount)
    #expect(outcome.entries.count == 3)
  }

  @Test("Only the first so many: what comes later leaves no entry")
  func onlyFirst() throws {
    let outcome = try #require(Self.programme("  only the first 1 for each county by filed_on").run(Self.facts))
    #expect(outcome.entries.map(\.subject) == ["s1", "s2"])
  }

  @Test("Only the highest: the others are displaced, and the preferred one stands on a tie")
  func onlyHighest() throws {
    let amount = "(if enterprise.above_scale then 200 yuan otherwise 100 yuan)"
    let programme = Self.programme(
      "  only the highest for each county preferring enterprise.state_owned", amount: amount)
    let facts = """
      enterprises:
        - {id: k, district: 350112}
        - {id: l, district: 350112, above_scale: true}
        - {id: m, district: 350112, state_owned: true}
      specialists:
        - {id: s1, enterprise: k, county: 520502, appointed_from: 2022-03-01}
        - {id: s2, enterprise: l, county: 520502, appointed_from: 2022-03-02}
        - {id: s3, enterprise: k, county: 520523, appointed_from: 2022-03-03}
        - {id: s4, enterprise: m, county: 520523, appointed_from: 2022-03-04}
      """
    let outcome = try #require(programme.run(facts))
    #expect(
      outcome.lines() == [
        "s1 s1 2022-03-01 100 displaced", "s2 s2 2022-03-02 200", "s3 s3 2022-03-03 100 displaced",
        "s4 s4 2022-03-04 100",
      ])
  }

  @Test("Once per key keeps the one that begins first, then the smallest id")
  func oncePer() throws {
    let outcome = try #require(
      Self.programme("  once per county").run(
        """
        enterprises: [{id: k, district: 350112}]
        specialists:
          - {id: b, enterprise: k, county: 520502, appointed_from: 2022-03-02}
          - {id: c, enterprise: k, county: 520502, appointed_from: 2022-03-01}
          - {id: a, enterprise: k, county: 520502, appointed_from: 2022-03-02}
          - {id: z10, enterprise: k, county: 520523, appointed_from: 2022-03-02}
          - {id: z9, enterprise: k, county: 520523, appointed_from: 2022-03-02}
        """))
    #expect(outcome.entries.map(\.subject) == ["c", "z10"])
  }

  /// Changle 2020, article 一（六）: 500 posts, the first by start, then id.
  @Test("Changle 2020 一（六）: the 501st post is over quota, and its months are not among the unpriced")
  func posts() throws {
    let programme = Bundled.programme("changle-2020")
    let facts = """
      enterprises: [{id: e, district: 350112, covid_affected: true}]
      cohorts: [{id: p, count: 500, hire: {enterprise: e, public_post: true}, start: 2020-07-02}]
      hires: [{id: late, enterprise: e, public_post: true, start: 2020-07-03}]
      """
    let unpriced = try #require(programme.run(facts))
    #expect(unpriced.unpriced("temporary_posts") == "3000 months: public_post_month")
    let priced = try #require(programme.run(facts) { $0.values["public_post_month"] = 100_000 })
    #expect(priced.total("temporary_posts") == 500 * 6 * 100_000)
    #expect(
      priced.lines("temporary_posts").filter { $0.hasSuffix("overQuota") } == ["e late 2021-01-03 6,000 overQuota"])
  }

  @Test("More than two quotas at once: as many as possible, without a warning")
  func three() throws {
    let programme = Self.programme(
      "  quota 1 for each enterprise\n  quota 1 for each county\n  quota 9 in all\n  ordered by filed_on")
    let outcome = try #require(programme.run(Self.facts) { $0.readings["allocation"] = "maximum" })
    #expect(paid(outcome) == ["s2", "s3"])
    #expect(outcome.ledger.diagnostics.isEmpty)
  }

  @Test("Filing order by a text goes by code point, however the file lists the records")
  func byText() throws {
    let programme = Self.programme("  quota 1 in all\n  ordered by name")
    func facts(_ first: String, _ second: String) -> String {
      """
      enterprises: [{id: k, district: 350112}]
      specialists:
        - {id: 1, name: \(first), enterprise: k, county: 520502, appointed_from: 2022-03-01}
        - {id: 2, name: \(second), enterprise: k, county: 520502, appointed_from: 2022-03-01}
      """
    }
    #expect(paid(try #require(programme.run(facts("anna", "berta")))) == ["1"])
    #expect(paid(try #require(programme.run(facts("berta", "anna")))) == ["2"])
  }

  @Test("Filing order by a record goes by its id, however the file lists the records")
  func byRecord() throws {
    let programme = Self.programme("  quota 1 in all\n  ordered by enterprise")
    func facts(_ order: String) -> String {
      """
      enterprises: [\(order)]
      specialists:
        - {id: 1, enterprise: b, county: 520502, appointed_from: 2022-03-01}
        - {id: 2, enterprise: a, county: 520502, appointed_from: 2022-03-01}
      """
    }
    let a = "{id: a, district: 350112}", b = "{id: b, district: 350112}"
    #expect(paid(try #require(programme.run(facts(a + ", " + b)))) == ["2"])
    #expect(paid(try #require(programme.run(facts(b + ", " + a)))) == ["2"])
  }
}
