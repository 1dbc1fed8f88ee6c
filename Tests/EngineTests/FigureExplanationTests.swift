// Explanations of figures that are made of others: tables, steps, days, instalments, averages, caps, recoveries. Each
// sentence is checked against figures worked out by hand, in both languages.
import Engine
import Facts
import Reckoning
import Testing

@Suite("Explanations of figures that are made of others")
struct FigureExplanationTests {
  static func lines(_ d: Derivation) -> [String] { [d.text.en, d.text.zh] + d.children.flatMap(lines) }

  static func told(_ outcome: Outcome, _ subject: String, _ measure: String = "m") -> [String] {
    Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain(subject) { $0.name == measure }
      .flatMap(\.derivations).flatMap(lines)
  }

  static let tiers = """
    table reward(n: number) yuan per person "for each worker" zh "每人"
      up to 30: 500 yuan as small
      up to 100: 800 yuan as middle
      above: 1,000 yuan as large
    """

  static func placed(_ count: Int) -> String {
    """
    enterprises: [{id: e, district: 350112}]
    agencies: [{id: q, district: 350112}]
    cohorts: [{id: h, count: \(count), hire: {agency: q, enterprise: e}, start: 2026-03-01}]
    """
  }

  @Test("Each step of a table is told with what lies in it, at its own figure, and the steps add up")
  func steps() throws {
    let programme = Programme(
      measure: """
          for each agency, each year
          count placed = hires of agency
          pay agency reward through count of placed on 31 December of year
        """, declarations: Self.tiers)
    let outcome = try #require(programme.run(Self.placed(110)))
    let told = Self.told(outcome, "q")
    #expect(told.contains("reward through count of placed = 81,000 yuan: 15,000 yuan + 56,000 yuan + 10,000 yuan"))
    #expect(told.contains("30 of 110, up to 30, at 500 yuan per person (reward.small): 15,000 yuan"))
    #expect(told.contains("70 of 110, above 30 up to 100, at 800 yuan per person (reward.middle): 56,000 yuan"))
    #expect(told.contains("10 of 110, above 100, at 1,000 yuan per person (reward.large): 10,000 yuan"))
    #expect(told.contains { $0.hasPrefix("110中超过100的部分 10") && $0.hasSuffix("：10,000元") })
  }

  @Test("A record that frames over numbers count says in which, and asks those that fit it most")
  func frameOfSeveral() throws {
    let programme = Programme(
      measure: """
          for each enterprise, each m from 1 to 6
          let day = last day of month m of 2026
          count young = hires of enterprise where start + 2 months - 1 day <= day and monthly_wage <= 3,000 yuan
              at any time
          where count of young >= 1
          pay enterprise 1 yuan * count of young on day
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, start: 2026-01-01, monthly_wage: 2000}
          - {id: b, enterprise: e, start: 2026-01-01, monthly_wage: 3000.01}
        """))
    let a = Self.told(outcome, "a"), b = Self.told(outcome, "b")
    #expect(a.contains("counts for e (m = 3): one of 1") && a.contains("计入 e（第3个） 的young，共1人"), "\(a)")
    // In the first month it is too early, later it is the wage alone that is too high.
    #expect(!b.contains { $0.contains("too late") }, "\(b)")
  }

  @Test("Whoever is left out of a set since the person is in it already says by which record")
  func otherRecord() throws {
    let programme = Programme(
      measure: """
          for each enterprise
          count taken = hires of enterprise at any time once per person
          pay enterprise 1 yuan for each taken
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, worker: w, enterprise: e, start: 2026-01-01, end: 2026-01-31}
          - {id: b, worker: w, enterprise: e, start: 2026-03-01}
        """))
    let told = Self.told(outcome, "b")
    #expect(told.contains("a of the same person counts instead: each person counts once"), "\(told)")
    #expect(told.contains("每人只计一次：同一人的 w（a） 已计入"))
  }

  @Test("A definition's day is told with the facts of the record that it asks, also through others")
  func definitionOfRecord() throws {
    let programme = Programme(
      measure: """
          for each hire
          where later_day(hire) > start
          pay enterprise 1 yuan on later_day(hire)
        """,
      declarations: """
        define half_year(h: hire) h.start + 6 months
        define later_day(h: hire) if h.monthly_wage >= 1 yuan then half_year(h) otherwise h.end
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: a, enterprise: e, start: 2026-01-01, monthly_wage: 2000}]
        """))
    let told = Self.told(outcome, "a")
    #expect(told.contains { $0.hasPrefix("later day") || $0.hasPrefix("later_day") }, "\(told)")
    #expect(told.contains { $0.hasSuffix("monthly_wage = 2,000 yuan") }, "\(told)")
    // Nobody has stated an end, and it is not asked.
    #expect(!told.contains { $0.hasSuffix("end = –") }, "\(told)")
  }

  @Test(
    "A bound that is set is the one that is told, and one below another leaves its step empty", arguments: [40, 150])
  func setBounds(bound: Int64) throws {
    let programme = Programme(
      measure: """
          for each agency, each year
          count placed = hires of agency
          pay agency reward through count of placed on 31 December of year
          pay agency reward(count of placed) * count of placed on 31 December of year
        """, declarations: Self.tiers)
    let scenario = try #require(programme.scenario(Self.placed(110)))
    let outcome = programme.run(scenario) { $0.parameters["test.reward.small.bound"] = bound }
    let small = min(bound, 110), middle = max(min(110, 100) - bound, 0)
    let steps = small * 500 + middle * 800 + (110 - small - middle) * 1_000
    let whole: Int64 = bound >= 110 ? 500 : 1_000
    #expect(outcome.entries.map(\.fen).sorted() == [steps * 100, 110 * whole * 100].sorted())
    #expect(Self.told(outcome, "q").contains { $0.hasPrefix("\(small) of 110, up to \(bound), at 500 yuan") })
  }

  @Test("A look-up names its row, and why no row fits")
  func rows() throws {
    let programme = Programme(
      measure: """
          for each hire
          pay enterprise floor(enterprise.district, start) * 1 month
        """,
      declarations: """
        table floor(where_it_is: place, day: date) yuan per month "invented" from "令"
          350112, from 2022-04-01: 1,960 yuan
          350112, from 2024-07-01: 2,195 yuan
          any, from 2022-04-01: 1,800 yuan
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}, {id: f, district: 350104}]
        hires:
          - {id: a, enterprise: e, start: 2024-06-30}
          - {id: b, enterprise: e, start: 2024-07-01}
          - {id: c, enterprise: f, start: 2025-01-01}
          - {id: d, enterprise: e, start: 2022-03-31}
        """))
    func line(_ id: String) -> String? { Self.told(outcome, id).first { $0.hasPrefix("floor(") } }
    let row = { (figure: String, words: String, name: String) in
      "floor(enterprise.district, start) = \(figure) yuan per month: the row “\(words)” (floor.\(name)), from “令”"
    }
    #expect(line("a") == row("1,960", "350112, from 2022-04-01", "1"))
    #expect(line("b") == row("2,195", "350112, from 2024-07-01", "2"))
    #expect(line("c") == row("1,800", "from 2022-04-01", "3"))
    #expect(line("d") == "floor(enterprise.district, start) is not known: no row of floor fits")
    let account = Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain("d").first
    #expect(account?.derivations.map(\.verdict) == [.unknown])
  }

  @Test("A figure that changes on certain days says from when on it holds")
  func dated() throws {
    let programme = Programme(
      measure: """
          param rate = 1,000 yuan, 1,200 yuan from 2024-07-01 "each" zh "每人"
          for each hire
          pay enterprise rate(start)
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, start: 2024-06-30}
          - {id: b, enterprise: e, start: 2024-07-01}
        """))
    #expect(Self.told(outcome, "a").contains("rate(start) = 1,000 yuan: the row “before 2024-07-01” (rate)"))
    #expect(
      Self.told(outcome, "b").contains("rate(start) = 1,200 yuan: the row “from 2024-07-01” (rate.2024-07-01)"))
    #expect(Self.told(outcome, "b").contains { $0.contains("适用“自 2024-07-01 起”一行") })
  }

  /// Worked out with Python's fractions: 10,000 yuan times (1 + rate)^100.
  @Test(
    "What grows for a hundred years is exact to the fen",
    arguments: [("3%", 19_218_632), ("3.37%", 27_507_532), ("5.123456%", 147_898_243)])
  func growth(rate: String, fen: Int64) throws {
    let programme = Programme(
      measure: "    for each hire\n    pay enterprise 10,000 yuan grown by \(rate) for 100 years")
    let outcome = try #require(
      programme.run(
        "enterprises: [{id: e, district: 350112}]\nhires: [{id: a, enterprise: e, start: 2026-03-01}]"))
    #expect(outcome.entries.map(\.fen) == [fen])
  }

  @Test("An instalment says which part it is of what, and one whose condition fails is not paid")
  func instalments() throws {
    let programme = Programme(
      measure: """
          for each hire
          pay enterprise 1,001.01 yuan
            part 50% on completion of 3 months when stable for 3 months
            part rest on completion of 12 months when stable for 12 months
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: a, enterprise: e, start: 2026-03-01, end: 2026-08-31}]
        """))
    let told = Self.told(outcome, "a")
    #expect(told.contains("part 1 of 2, 50% of 1,001.01 yuan: pays 500.51 yuan on 2026-06-01"))
    #expect(told.contains("part 2 of 2, the rest of 1,001.01 yuan: is not paid"))
    #expect(told.contains { $0.hasPrefix("第2期（共2期），1,001.01元的余额：不支付") })
  }

  @Test("A frame that fits and is paid nothing since no clause holds is told not to be paid, and why")
  func conditionOfClause() throws {
    let programme = Programme(
      measure: """
          for each hire
          pay enterprise 100 yuan on start when stable for 3 months
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: a, enterprise: e, start: 2026-03-01, end: 2026-03-31}]
        """))
    let account = Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain("a").first
    #expect(account?.derivations.map(\.verdict) == [.no])
    func gaps(_ d: Derivation) -> [String] { (d.gap.map { [$0.en] } ?? []) + d.children.flatMap(gaps) }
    #expect(account?.derivations.flatMap(gaps) == ["left 2026-03-31: 61 days short"])
  }

  @Test("An average over months tells the months, those alike together, and is told as it is before rounding")
  func average() throws {
    let programme = Programme(
      measure: """
          for each enterprise, each year from 2026 to 2026
          let staff = average of (count of (all hires of enterprise where present on
            1 January of year + m * 1 month - 1 day)) for each m from 1 to 12
          pay enterprise 100 yuan * staff on 31 December of year
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, start: 2024-03-01}
          - {id: b, enterprise: e, start: 2026-08-01}
        """))
    let told = Self.told(outcome, "e")
    #expect(told.contains { $0.hasPrefix("average of") && $0.hasSuffix(" = 17/12") })
    #expect(told.contains("m = 1 to 7: 1 (a)") && told.contains("m = 8 to 12: 2 (a, b)"))
    #expect(told.contains { $0.hasPrefix("m＝8 至 12：2（") })
  }

  // MARK: Caps

  @Test("A cap says what was claimed, who took the room before, and what was left")
  func cap() throws {
    let programme = Programme(
      measure: """
          for each hire
          every record
          pay enterprise monthly_wage
          cap 10,000 yuan for each enterprise, year
          ordered by end
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, start: 2026-03-01, end: 2026-12-31, monthly_wage: 5000}
          - {id: b, enterprise: e, start: 2026-05-01, end: 2026-06-30, monthly_wage: 4000}
          - {id: c, enterprise: e, start: 2026-04-01, end: 2026-05-31, monthly_wage: 3000}
        """))
    let told = Self.told(outcome, "a")
    #expect(
      told.contains(
        "of 5,000 yuan claimed 3,000 yuan are paid: 7,000 yuan of the 10,000 yuan for enterprise e in 2026 had gone "
          + "to 2 payments before it, 3,000 yuan were left"))
    #expect(told.contains("4,000 yuan on 2026-05-01 for b") && told.contains("3,000 yuan on 2026-04-01 for c"))
    #expect(told.contains { $0.hasPrefix("应得 5,000元，实付 3,000元：") && $0.hasSuffix("此前 2 笔已占用 7,000元，余 3,000元") })
  }

  @Test("A cap that ends with the first that does not fit says so")
  func stop() throws {
    let programme = Programme(
      measure: """
          default cap_end is stop
          for each hire
          every record
          pay enterprise monthly_wage
          cap 10,000 yuan in all
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, start: 2026-03-01, monthly_wage: 8000}
          - {id: b, enterprise: e, start: 2026-05-01, monthly_wage: 4000}
        """))
    let told = Self.told(outcome, "b")
    #expect(
      told.contains {
        $0.hasPrefix(
          "of 4,000 yuan claimed 0 yuan are paid: 8,000 yuan of the 10,000 yuan had gone to 1 payment before it, "
            + "2,000 yuan were left; cap_end is ")
      })
  }

  @Test("A limit over several measures says which took how much of it")
  func limit() throws {
    let programme = Programme(
      """
      document test
        jurisdiction 350112

      measure m
        title "M"
        article "1"
        kind k
        for each hire
        every record
        pay enterprise 1,000 yuan

      measure n
        title "N"
        article "2"
        kind j
        for each hire
        every record
        pay enterprise 700 yuan on start + 1 day

      limit firm
        title "What a firm may receive" zh "企业限额"
        article "3"
        over m, n
        cap 2,500 yuan for each beneficiary, year
      """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, start: 2026-03-01}
          - {id: b, enterprise: e, start: 2026-05-01}
        """))
    let told = Self.told(outcome, "b", "m")
    #expect(
      told.contains(
        "the limit “What a firm may receive” (article 3): of 1,000 yuan claimed 800 yuan are paid: 1,700 yuan of the "
          + "2,500 yuan for e in 2026 had gone to 2 payments before it, 800 yuan were left"))
    #expect(told.contains("700 yuan on 2026-03-02 for a (n)"))
  }

  @Test("What is taken back is told with what had been paid and the figures of the rule")
  func recovery() throws {
    let programme = Programme(
      measure: """
          param grant = 36,000 yuan "at the start" zh "一次性"
          param term = 36 months "to be served" zh "服务期"
          for each hire
          every record
          let served = whole months from start to end + 1 day
          pay worker grant on start
          recover paid * (term - served) / term on end when end is given and served < term
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: a, worker: 王一, enterprise: e, start: 2022-03-01, end: 2023-02-28}]
        """))
    let told = Self.told(outcome, "a")
    #expect(told.contains("paid = 36,000 yuan") && told.contains("已付：36,000元"))
    #expect(told.contains("term = 36 months"))
    #expect(told.contains { $0.hasPrefix("24,000 yuan of what was paid on 2022-03-01 are taken back on 2023-02-28") })
  }
}
