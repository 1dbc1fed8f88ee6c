// Semantics, "Money": exact, rounded once, never zero, never a trap.
import Engine
import Testing

@Suite("Amounts")
struct AmountTests {
  static func paying(_ amount: String, _ clauses: String = "") -> Programme {
    Programme(measure: "  for each enterprise\n\(clauses)\n  pay enterprise \(amount) on 2022-01-01")
  }

  static func enterprise(_ fields: String) -> String { "enterprises: [{id: e, district: 350112, \(fields)}]" }

  @Test(
    "A share is rounded to the fen, half away from zero, once",
    arguments: [
      ("50% of ui_premiums_last_year", "0.01", 1), ("50% of ui_premiums_last_year", "0.03", 2),
      ("50% of ui_premiums_last_year", "0.02", 1), ("33.333333% of ui_premiums_last_year", "100", 3333),
      ("66.666667% of ui_premiums_last_year", "0.01", 1), ("49% of ui_premiums_last_year", "0.01", 0),
      // Twice rounded, a quarter of 0.10 would be 0.03 and half of it 0.02.
      ("50% of 25% of ui_premiums_last_year", "0.10", 1), ("50% * 25% * ui_premiums_last_year", "0.10", 1),
      ("50% of (ui_premiums_last_year / 4)", "0.10", 1), ("ui_premiums_last_year / 3 * 3", "0.10", 10),
      ("ui_premiums_last_year / 8 * 4", "0.01", 1), ("150% of ui_premiums_last_year", "0.01", 2),
      ("100% of ui_premiums_last_year", "10000000000", 1_000_000_000_000),
    ])
  func shares(amount: String, of premiums: String, fen: Int) throws {
    let outcome = try #require(Self.paying(amount).run(Self.enterprise("ui_premiums_last_year: \(premiums)")))
    #expect(outcome.total == Int64(fen), "\(amount) of \(premiums)")
    #expect(outcome.entries.count == (fen == 0 ? 0 : 1))
  }

  @Test("Each payment is rounded by itself, never the sum")
  func eachByItself() throws {
    let outcome = try #require(
      Self.paying("50% of ui_premiums_last_year").run(
        """
        enterprises:
          - {id: a, district: 350112, ui_premiums_last_year: 0.01}
          - {id: b, district: 350112, ui_premiums_last_year: 0.01}
          - {id: c, district: 350112, ui_premiums_last_year: 0.01}
        """))
    #expect(outcome.lines() == ["a a 2022-01-01 0.01", "b b 2022-01-01 0.01", "c c 2022-01-01 0.01"])
  }

  @Test(
    "Fractions in branches stay exact until they become an amount",
    arguments: [
      ("(if above_scale then 1 / 3 otherwise 2 / 3) * 3 yuan", 100, 200),
      ("(if above_scale then employees / 3 otherwise employees / 7) * 1 yuan", 333, 143),
      ("(if above_scale then ui_premiums_last_year / 3 otherwise ui_premiums_last_year / 7) * 21", 70, 30),
      ("(if above_scale then 33.333333% otherwise 50%) * 0.03 yuan", 1, 2),
      ("(if above_scale then 50% otherwise 25%) of (if above_scale then 0.01 yuan otherwise 0.02 yuan)", 1, 1),
      ("1 yuan * whole (employees / 3)", 300, 300), ("1 yuan * whole (employees / 11)", 0, 0),
      ("1 yuan * (whole (employees / 3) * 3)", 900, 900),
    ])
  func branches(amount: String, large: Int, small: Int) throws {
    let facts = """
      enterprises:
        - {id: large, district: 350112, above_scale: true, employees: 10, ui_premiums_last_year: 0.10}
        - {id: small, district: 350112, above_scale: false, employees: 10, ui_premiums_last_year: 0.10}
      """
    let outcome = try #require(Self.paying(amount).run(facts))
    func paid(_ id: String) -> Int64 { outcome.entries.filter { $0.subject == id }.reduce(0) { $0 + $1.fen } }
    #expect(paid("large") == Int64(large), "\(amount)")
    #expect(paid("small") == Int64(small), "\(amount)")
  }

  @Test(
    "Comparisons of quotients are exact",
    arguments: [
      ("layoffs / (employees + layoffs) <= 5%", true), ("layoffs / (employees + layoffs) < 5%", false),
      ("layoffs / employees = 1 / 19", true), ("layoffs / employees * 19 = 1", true),
      ("layoffs / employees > 5.263157%", true), ("layoffs / employees < 5.263158%", true),
      ("5% * (employees + layoffs) >= layoffs", true), ("layoffs / (employees - employees) >= 0", false),
    ])
  func comparisons(condition: String, holds: Bool) throws {
    let outcome = try #require(
      Self.paying("1 yuan", "  where \(condition)").run(Self.enterprise("employees: 95, layoffs: 5")))
    #expect(outcome.entries.count == (holds ? 1 : 0), "\(condition)")
  }

  @Test(
    "A payment of zero or less is no payment",
    arguments: [
      "rate", "1 yuan * (employees - 10)", "ui_premiums_last_year - 1 yuan", "0% of ui_premiums_last_year",
      "larger of (ui_premiums_last_year - 1 yuan, 0 yuan)", "smaller of (ui_premiums_last_year - 1 yuan, 1 yuan)",
    ])
  func zero(amount: String) throws {
    let programme = Self.paying(amount, "  param rate = 0 yuan")
    let outcome = try #require(programme.run(Self.enterprise("employees: 10, ui_premiums_last_year: 0.50")))
    #expect(outcome.entries.allSatisfy { $0.standing == .belowNought && $0.fen < 0 }, "\(amount)")
    #expect(outcome.errors.isEmpty && outcome.undetermined() == "" && outcome.unpriced() == "")
  }

  @Test("What is not there is left out of a choice among amounts")
  func picks() throws {
    let programme = Programme(
      measure: """
          begins date
          for each fair
          pay organiser at most smaller of (cost, 300 yuan) on date
        """)
    let outcome = try #require(
      programme.run(
        """
        fairs:
          - {id: a, held_in: 513323, date: 2022-01-01, organiser: x, cost: 100.50}
          - {id: b, held_in: 513323, date: 2022-01-02, organiser: x, cost: 1000}
          - {id: c, held_in: 513323, date: 2022-01-03, organiser: x}
          - {id: d, held_in: 513323, date: 2022-01-04, cost: 5}
        """))
    #expect(outcome.lines() == ["x a 2022-01-01 100.50", "x b 2022-01-02 300", "x c 2022-01-03 300"])
    #expect(outcome.ledger.blocks.allSatisfy { $0.isUpperBound })
  }

  /// Fuzhou 2021, article 三（八）: between 50,000 and 500,000 yuan; without a figure the upper bound, the lower beside it.
  @Test(
    "Fuzhou 2021 三（八）: an award outside its bounds is refused by name, one that is not given is costed at the upper")
  func awards() throws {
    let programme = Bundled.programme("fuzhou-2021")
    let outcome = try #require(
      programme.run(
        "teams: [{id: a, year: 2021, award: 50000}, {id: b, year: 2022}, {id: old, year: 2020, award: 50000}]"))
    #expect(outcome.lines("returnee_teams") == ["a a 2021-12-31 50,000", "b b 2022-12-31 500,000"])
    #expect(outcome.ledger.blocks.contains { $0.low == 5_000_000 && $0.isUpperBound })
    for award in ["49999.99", "500000.01"] {
      let refused = try #require(programme.run("teams: [{id: a, year: 2021, award: \(award)}]"))
      #expect(refused.errors == ["refused-fact"])
      #expect(refused.ledger.diagnostics.first?.message.en.hasPrefix("a: ") == true)
    }
  }

  // MARK: Unpriced

  static let byReference = Programme(
    measure: """
        param rate = post_month
        for each hire
        every record
        let worked = if end is given then whole months from start to end + 1 day otherwise 6 months
        pay enterprise rate * worked on start
      """, declarations: "value post_month yuan per month \"the monthly sum\" from \"another notice\"")

  static let posts = """
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: a, enterprise: e, start: 2022-01-01}
      - {id: b, enterprise: e, start: 2022-01-01, end: 2022-03-31}
      - {id: none, enterprise: e, start: 2022-01-01, end: 2022-01-30}
    """

  @Test("A value by reference is unpriced in months where it is monthly, never zero")
  func unpriced() throws {
    let outcome = try #require(Self.byReference.run(Self.posts))
    #expect(outcome.entries.isEmpty)
    #expect(outcome.unpriced() == "9 months: post_month")
    #expect(outcome.undetermined() == "" && outcome.errors.isEmpty)
  }

  @Test("Supplied, by value or by the parameter, it is priced; zero is a price", arguments: [1000, 0])
  func priced(yuan: Int64) throws {
    let value = try #require(Self.byReference.run(Self.posts) { $0.values["post_month"] = yuan * 100 })
    #expect(value.total == yuan * 100 * 9)
    #expect(value.unpriced() == "")
    let parameter = try #require(
      Self.byReference.run(Self.posts) {
        $0.values["post_month"] = 5
        $0.parameters["test.m.rate"] = yuan * 100
      })
    #expect(parameter.total == yuan * 100 * 9)
  }

  @Test("A sum by reference counts payments, and what is over quota does not count")
  func unpricedQuota() throws {
    let programme = Programme(
      measure: """
          for each hire
          every record
          pay enterprise fee on start
          quota 2 in all
        """, declarations: "value fee yuan")
    #expect(try #require(programme.run(Self.posts)).unpriced() == "2: fee")
  }

  // MARK: Too large

  @Test(
    "What cannot be reckoned is a diagnostic, not a trap",
    arguments: [
      "10000000000 yuan * employees * employees * employees",
      "1 yuan * (employees * employees * employees * employees)",
      "ui_premiums_last_year * employees / 1 * employees * employees",
      "100000% * 100000% * 100000% * 10000000000 yuan * employees * employees",
      "1 yuan * ((employees * employees * employees) / 1 * employees)",
      "ui_premiums_last_year * employees * employees - ui_premiums_last_year * employees * employees * employees",
    ])
  func huge(amount: String) throws {
    let facts = Self.enterprise("employees: 1000000000, ui_premiums_last_year: 10000000000")
    let outcome = try #require(Self.paying(amount).run(facts))
    #expect(outcome.entries.isEmpty && outcome.errors.isEmpty, "\(amount): \(outcome.errors)")
    #expect(outcome.undetermined() == "1: too large", "\(amount)")
  }

  @Test("Whose figure is too large is undetermined, and whoever stands beside it is paid as ever")
  func oneOfSeveral() throws {
    let facts = """
      enterprises:
        - {id: huge, district: 350112, employees: 1000000000, ui_premiums_last_year: 10000000000}
        - {id: small, district: 350112, employees: 2, ui_premiums_last_year: 3}
      """
    let amount = "1 yuan * (employees * employees * employees * employees)"
    let outcome = try #require(Self.paying(amount).run(facts))
    #expect(outcome.entries.map(\.subject) == ["small"] && outcome.total == 1_600 && outcome.errors.isEmpty)
    #expect(outcome.undetermined() == "1: too large")
    let told = Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain("huge").flatMap(\.derivations)
    #expect(told.map(\.verdict) == [.unknown])
    // What hangs on such a figure does, too; what does not hang on it is decided.
    func when(_ condition: String) throws -> Outcome {
      let measure = "  for each enterprise\n  where \(condition)\n  pay enterprise 5 yuan on 2022-01-01"
      return try #require(Programme(measure: measure).run(facts))
    }
    let power = "employees * employees * employees * employees"
    let open = try when("\(power) > 10")
    #expect(open.entries.map(\.subject) == ["small"] && open.undetermined() == "1: too large" && open.errors.isEmpty)
    let decided = try when("employees > 0 or \(power) > 10")
    #expect(decided.entries.map(\.subject) == ["huge", "small"] && decided.undetermined() == "")
  }

  @Test("A sum over records that is too large is undetermined, too")
  func hugeSum() throws {
    let programme = Programme(
      measure: """
          for each enterprise
          count s = hires of enterprise every record
          pay enterprise sum of monthly_wage * 9000000 over s on 2022-01-01
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, start: 2022-01-01, monthly_wage: 10000000000}
          - {id: b, enterprise: e, start: 2022-01-01, monthly_wage: 10000000000}
          - {id: c, enterprise: e, start: 2022-01-01, monthly_wage: 10000000000}
        """))
    #expect(outcome.total == 0 && outcome.errors.isEmpty)
    #expect(outcome.undetermined() == "1: too large")
  }

  // Each of these runs in a process of its own: a trap there would be a test that fails, not the end of all tests.

  @Test("Two payments of the largest size to one beneficiary under measures that yield are no trap")
  func yieldingHuge() async {
    await #expect(processExitsWith: .success) {
      let pay = "  begins date\n  for each fair\n  pay organiser 10000000000 yuan * 9000000 on date"
      let rules = """
        document test
          jurisdiction 350112
        measure a
          title "A"
          article "1"
          kind a
        \(pay)
          yields to b
        measure b
          title "B"
          article "1"
          kind b
        \(pay)
        """
      let facts = """
        fairs:
          - {id: f1, held_in: 513323, date: 2022-01-01, organiser: x}
          - {id: f2, held_in: 513323, date: 2022-01-02, organiser: x}
        """
      _ = Programme(rules).run(facts)
    }
  }

  @Test("Two payments of the largest size for one frame under `only the highest` are no trap")
  func highestHuge() async {
    await #expect(processExitsWith: .success) {
      let programme = Programme(
        measure: """
            begins date
            for each fair
            only the highest for each organiser
            pay organiser 10000000000 yuan * 9000000 on date
            pay organiser 10000000000 yuan * 9000000 on date
          """)
      _ = programme.run("fairs: [{id: f1, held_in: 513323, date: 2022-01-01, organiser: x}]")
    }
  }

  @Test("A quotient of enormous numbers is no trap")
  func quotientHuge() async {
    await #expect(processExitsWith: .success) {
      let big = "1000000000 * 1000000000 * 1000000000 * 1000000000"
      let programme = Programme(
        measure: "  for each enterprise\n  pay enterprise 0.01 yuan * ((\(big) * 95) / (\(big) * 99)) on 2022-01-01")
      _ = programme.run("enterprises: [{id: e, district: 350112}]")
    }
  }
}
