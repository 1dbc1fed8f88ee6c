// Explanations of caps that cut a payment one after another, or several at once: what each found and what it left.
import Engine
import Testing

@Suite("Explanations of caps one after another")
struct CapExplanationTests {
  @Test("Caps one after another say each what it found and what it left")
  func capsInStages() throws {
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
          pay enterprise monthly_wage
          cap 1,000 yuan for each year in proportion
        limit all_of
          title "L"
          article "2"
          over m
          cap 900 yuan for each beneficiary
          cap 500 yuan for each year in proportion
      """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, monthly_wage: 3000, start: 2025-01-31}
          - {id: b, enterprise: e, monthly_wage: 1000, start: 2025-06-30}
          - {id: c, enterprise: e, monthly_wage: 600, start: 2026-01-01}
        """))
    func caps(_ id: String) -> [Derivation] {
      Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain(id).flatMap(\.derivations)
        .filter { $0.text.en.hasPrefix("of ") || $0.text.en.hasPrefix("the limit") }
    }
    // 750 and 250 of 3,000 and 1,000; then 750, 150 and 0 of 900; then 500 of 900.
    let limit = "the limit “L” (article 2): "
    func own(_ claimed: String, _ left: String) -> String {
      "of \(claimed) yuan claimed \(left) yuan are left, 25%: 4,000 yuan were claimed in 2025 in 2 payments, "
        + "1,000 yuan are there"
    }
    func shared(_ before: String, _ paid: String) -> String {
      limit + "of \(before) yuan left by the caps before it \(paid) yuan are paid, 55.55%: 900 yuan were left by the "
        + "caps before it in 2025 in 2 payments, 500 yuan are there"
    }
    #expect(caps("a").map(\.text.en) == [own("3,000", "750"), shared("750", "416.67")])
    #expect(
      caps("b").map(\.text.en) == [
        own("1,000", "250"),
        limit + "of 250 yuan left by the caps before it 150 yuan are left: 750 yuan of the 900 yuan for e had gone to "
          + "1 payment before it, 150 yuan were left", shared("150", "83.33"),
      ])
    let chinese = try #require(caps("b").last?.text.zh)
    #expect(chinese.hasPrefix("限额“L”（2）：经此前限额后余 150元，实付 83.33元（55.55%）："))
    #expect(chinese.hasSuffix("2025年 2 笔共经此前限额后余 900元，限额 500元"))
    #expect(
      caps("c").map(\.text.en) == [
        limit + "of 600 yuan claimed 0 yuan are paid: 900 yuan of the 900 yuan for e had gone to 2 payments before it, "
          + "0 yuan were left"
      ])
    #expect(
      caps("c").flatMap(\.children).map(\.text.en) == ["150 yuan on 2025-06-30 for b", "750 yuan on 2025-01-31 for a"])
  }

  @Test("What gives way to a higher one keeps its room below a cap, and is told as not paid", arguments: [false, true])
  func displaced(inProportion: Bool) throws {
    let programme = Programme(
      """
        document test
          jurisdiction 350112
        measure a
          title "A"
          article "1"
          kind a
          for each hire
          pay enterprise 1,000 yuan on start
          cap 2,000 yuan in all\(inProportion ? " in proportion" : "")
        measure b
          title "B"
          article "2"
          kind b
          for each hire
          where relief_person
          yields to a
          pay enterprise 1,500 yuan on start
      """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: h1, enterprise: e, start: 2026-01-01, relief_person: true}
          - {id: h2, enterprise: e, start: 2026-01-02, relief_person: true}
          - {id: h3, enterprise: e, start: 2026-01-03}
        """))
    let told = Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain("h3").flatMap(\.derivations)
    let words =
      (inProportion ? "in 3 payments" : "before it") + ", of which 2 give way to a higher one and keep the room"
    #expect(told.contains { $0.text.en.contains(words) }, "\(told.map(\.text.en))")
    let listed = told.flatMap(\.children).map(\.text.en)
    #expect(inProportion || listed.contains("1,000 yuan on 2026-01-02 for h2, not paid: a higher one is"), "\(listed)")
  }

  @Test("Of several caps at once the one that a payment has closed is named, with that payment")
  func closed() throws {
    let programme = Programme(
      measure: """
          default cap_end is stop
          for each hire
          every record
          pay enterprise monthly_wage
          cap 10,000 yuan in all
          cap 9,000 yuan for each enterprise
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, enterprise: e, start: 2026-03-01, monthly_wage: 8000}
          - {id: b, enterprise: e, start: 2026-04-01, monthly_wage: 1500}
          - {id: c, enterprise: e, start: 2026-05-01, monthly_wage: 500}
        """))
    let told = FigureExplanationTests.told(outcome, "c")
    #expect(
      told.contains {
        $0.hasPrefix(
          "of 500 yuan claimed 0 yuan are paid: 8,000 yuan of the 9,000 yuan for enterprise e had gone to 1 payment "
            + "before it, 1,000 yuan were left; that for b on 2026-04-01 did not fit; cap_end is ")
      }, "\(told)")
  }
}
