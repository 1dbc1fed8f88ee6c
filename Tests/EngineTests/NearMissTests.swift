// Who is not counted and why: the numbers add up, what nobody stated is no failure, other years are other years, and
// what was never counted is not told as nought. Days that a stay or a deadline asks for.
import Diagnostics
import Engine
import Facts
import Testing

@Suite("Explanations of who is not counted")
struct NearMissTests {
  private func told(_ outcome: Outcome, _ subject: String, _ measure: String = "m") -> [String] {
    FigureExplanationTests.told(outcome, subject, measure)
  }

  private func gaps(_ outcome: Outcome, _ subject: String, _ measure: String) -> [String] {
    func gaps(_ d: Derivation) -> [String] {
      (d.gap.map { [$0.en, $0.zh] } ?? []) + d.children.flatMap(gaps)
    }
    return Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain(subject) { $0.name == measure }
      .flatMap(\.derivations).flatMap(gaps)
  }

  @Test("What is not counted, since the frame's own condition fails, is not told as nought")
  func notCounted() throws {
    let programme = Programme(
      measure: """
          for each agency, each year
          where above_scale
          count mine = tax_records of agency at any time
          require count of mine > 0
          let tax = sum of vat_local over mine
          require tax > 0 yuan
          pay agency tax on 31 December of year
        """)
    let outcome = try #require(
      programme.run(
        """
        agencies: [{id: q, district: 350112, above_scale: false}]
        tax_records: [{agency: q, year: 2022, vat_local: 100, cit_local: 10}]
        """))
    let told = told(outcome, "q")
    #expect(told.contains { $0.contains("above scale") }, "\(told)")
    #expect(told.contains("not counted, since conditions above are not met: mine"), "\(told)")
    #expect(told.contains("因上列条件不满足，未计数：mine"))
    #expect(!told.contains { $0.hasPrefix("mine: 0") || $0.contains("= 0") || $0.contains("：0") }, "\(told)")
  }

  @Test("Of a frame's records each is counted or told: failing, not stated, the same person's, another year's")
  func addsUp() throws {
    let programme = Programme(
      measure: """
          for each enterprise, each year from 2022 to 2022
          count fit = hires of enterprise where contract_months >= 12 once per person
          require count of fit >= 5
          pay enterprise 1 yuan on 31 December of year
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, worker: 甲, enterprise: e, start: 2022-01-01, end: 2022-02-01, contract_months: 12}
          - {id: b, worker: 甲, enterprise: e, start: 2022-03-01, contract_months: 12}
          - {id: c, worker: 乙, enterprise: e, start: 2022-03-01}
          - {id: d, worker: 丙, enterprise: e, start: 2022-03-01, contract_months: 6}
          - {id: f, worker: 丁, enterprise: e, start: 2021-03-01, contract_months: 6}
          - {id: g, worker: 戊, enterprise: e, start: 2021-03-01, contract_months: 12}
        """))
    let told = told(outcome, "e")
    #expect(told.contains("of its 6 records, those that do not count"))
    #expect(told.contains { $0.hasPrefix("1 would count but for") && $0.hasSuffix("— d") }, "\(told)")
    #expect(told.contains { $0.hasPrefix("1 cannot be told") && $0.hasSuffix("not stated) — c") }, "\(told)")
    #expect(told.contains { $0.hasPrefix("1人无法判定") && $0.contains("（合同月数未填）") }, "\(told)")
    #expect(told.contains("1 of a person who counts by another record — b"))
    #expect(told.contains("2 belong to 2021, and not to this year"))
    #expect(told.contains("2人归入2021年度，不属本年度"))
  }

  @Test("For a record that its own condition keeps out, those who meet theirs are told too")
  func refused() throws {
    let programme = Programme(
      measure: """
          for each enterprise, each year
          where state_owned
          count fit = hires of enterprise where contract_months >= 12
          require count of fit >= 1
          pay enterprise 1 yuan on 31 December of year
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112, state_owned: false}]
        hires:
          - {id: a, enterprise: e, start: 2022-01-01, contract_months: 12}
          - {id: b, enterprise: e, start: 2022-03-01, contract_months: 13}
          - {id: d, enterprise: e, start: 2022-03-01, contract_months: 6}
        """))
    let told = told(outcome, "e")
    #expect(told.contains { $0.hasPrefix("2 kept out by the conditions above alone") }, "\(told)")
    #expect(told.contains { $0.hasPrefix("1 would count but for") }, "\(told)")
  }

  /// Changle 2022, article 三（二）: six months from 1 March 2022 ask for a last day of 31 August, 62 days after 30 June.
  @Test("Why there is no second reward: the months of the stay, the day they ask for, and how many days are short")
  func secondStay() throws {
    let outcome = try #require(
      Bundled.programme("changle-2022").run(
        """
        enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
        agencies: [{id: q, district: 350112, filed: true}]
        cohorts: [{id: h, count: 99, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01}]
        hires: [{id: early, agency: q, enterprise: k, origin: 520502, start: 2022-03-01, end: 2022-06-30}]
        """))
    #expect(gaps(outcome, "early", "agency_reward").contains("left 2022-06-30: 62 days short"))
    #expect(gaps(outcome, "early", "agency_reward").contains("离职日期 2022-06-30，差62天"))
    let told = told(outcome, "early", "agency_reward")
    #expect(told.contains("有满足“稳定就业满6个月（再次月数）”的同企业连续就业"), "\(told)")
    #expect(told.contains("满6个月，须离职日期不早于 2022-08-31"))
    #expect(!told.contains { $0.contains("最早的满再次月数之日") })
  }

  /// Jindong 2021: 36 months after 30 June 2018 are 30 June 2021, 244 days before 1 March 2022.
  @Test("A deadline that is a day and months gets its day, and how late it is missed")
  func deadline() throws {
    let outcome = try #require(
      Bundled.programme("jindong-2021").run(
        """
        startups: [{id: s, founder_origin: 621221, founder_graduated: 2018-06-30, district: 330703, start: 2022-03-01}]
        """, district: "330703"))
    let measure = "startup_rent"
    #expect(gaps(outcome, "s", measure).contains { $0.hasPrefix("244 days too late") })
    #expect(gaps(outcome, "s", measure).contains { $0.hasPrefix("晚244天") })
    #expect(told(outcome, "s", measure).contains("开业日期不晚于毕业时间＋毕业时限（2021-06-30）"))
  }
}
