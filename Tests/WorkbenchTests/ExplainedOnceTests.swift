// Explanations that say of somebody what is of somebody else: another record of the same id, another frame, a day that
// had not come. Each is asked as a person asks.

import Answers
import Diagnostics
import Testing
import View

@testable import Workbench

@Suite("What is told of somebody is his")
struct ExplainedOnceTests {
  /// What a text's last answer says, as on a terminal.
  private func told(_ bench: Bench, _ text: String, _ language: Language = .en) throws -> String {
    let answer = try #require(bench.ask(text).last)
    return AnswerRenderer(format: .table, language: language, width: 400).render(answer)
  }

  private static func policy(_ rules: String) -> String {
    "```policy\ndocument d\n  jurisdiction 350112\n\(rules)\n```\n"
  }

  private static func measure(_ clauses: String, name: String = "m") -> String {
    "\nmeasure \(name)\n  title \"m\"\n  article \"1\"\n  kind \(name)\n\(clauses)\n"
  }

  // MARK: Ids that two lists share

  private static let shared = """
    scenario: t
    district: 350112
    as_of: 2026-12-31
    enterprises: [{id: 1, district: 350112}, {id: 2, district: 350112}]
    hires:
      - {id: 1, worker: 王一, enterprise: 2, start: 2024-05-02, end: 2024-06-30}
      - {id: 2, worker: B, enterprise: 1, start: 2024-01-01, end: 2024-04-30}
      - {id: 3, worker: C, enterprise: 1, start: 2024-01-01}
    """

  private static let taken = measure(
    """
      for each hire
      pay enterprise 1,000 yuan on start + 3 months when stable for 3 months
      recover 50% * paid on end when end is given and whole months from start to end + 1 day < 6 months
    """)

  @Test("A hire is not told what the enterprise of its id gets", arguments: ["王一", "hires.1"])
  func ids(name: String) throws {
    let bench = try Bench(Self.shared, policies: [Self.policy(Self.taken)])
    bench.ask("run d")
    let hire = try told(bench, "explain \(name)")
    #expect(!hire.contains("1,000.00") && !hire.contains("500"), "\(hire)")
    let firm = try told(bench, "explain enterprises.1")
    #expect(firm.contains("2,000.00 yuan in 2 payments to 1") && firm.contains("1,500.00"), "\(firm)")
    #expect(try bench.object("why_not", "why not m for 1")["paid"] == .bool(false))
    #expect(try bench.mistake("why not m for 1").code == "shared-id")
  }

  // MARK: Frames

  private static let leaving = """
    scenario: t
    district: 350112
    as_of: 2026-12-31
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: a, worker: A, enterprise: e, start: 2024-01-01, end: 2024-06-30, monthly_wage: 2500}
      - {id: b, worker: B, enterprise: e, start: 2024-01-01, end: 2025-06-30, monthly_wage: 1500}
    """

  @Test("A record is among the narrower set of the year that it leaves in, and the amount is told down to its row")
  func narrower() throws {
    let bench = try Bench(
      Self.leaving,
      policies: [
        Self.policy(
          """
          table kept(r: share) share
            below 50%: 60% as low
            above: 80% as high
          """
            + Self.measure(
              """
                for each enterprise, each year from 2024 to 2025
                count done = hires of enterprise in any year
                count leaving = done where year of end = year
                count well = leaving where monthly_wage >= 2,000 yuan
                let used = kept(count of well / count of leaving)
                pay enterprise used of monthly_wage for each leaving on end
              """))
      ])
    bench.ask("run d")
    let text = try told(bench, "explain b")
    #expect(text.contains("✗ is among leaving") && text.contains("✓ is among leaving"), "\(text)")
    #expect(text.contains("the row “below 50%” (kept.low)"), "\(text)")
    #expect(text.contains("900.00 yuan to e"), "\(text)")
  }

  @Test("What counts for what is granted is told so")
  func granted() throws {
    let bench = try Bench(
      Self.leaving,
      policies: [
        Self.policy(
          Self.measure(
            """
              for each enterprise
              count well = hires of enterprise where monthly_wage >= 2,000 yuan
              grant "Silver" to enterprise when count of well = 1
            """))
      ])
    bench.ask("run d")
    let text = try told(bench, "explain a")
    #expect(text.contains("it counts in what is granted for e."), "\(text)")
  }

  @Test("A recovery of the record is told once, and one that finds nothing says why")
  func recoveries() throws {
    let scenario = """
      scenario: t
      district: 350112
      as_of: 2026-12-31
      enterprises: [{id: e, district: 350112}]
      hires: [{id: a, worker: A, enterprise: e, start: 2024-05-02, end: 2024-07-31}]
      """
    let early = Self.measure(
      """
        for each hire
        pay enterprise 1,000 yuan on start + 3 months
        recover 50% * paid on end when end is given
      """, name: "early")
    let many = Self.measure(
      """
        for each hire, each n from 1 to 3
        pay enterprise 100 yuan on start + n * 1 month
        recover all on start + 4 months when end is given
      """, name: "many")
    let bench = try Bench(scenario, policies: [Self.policy(early + many)])
    bench.ask("run d")
    let nothing = try told(bench, "explain a early")
    #expect(nothing.contains("nothing is taken back: nothing was paid by 2024-07-31"), "\(nothing)")
    let once = try told(bench, "explain a many")
    #expect(once.components(separatedBy: "are taken back on 2024-09-02").count == 2, "\(once)")
  }

  // MARK: Days

  @Test("A joined record ends too early or too late by its own last day, which is told")
  func joined() throws {
    let scenario = """
      scenario: t
      district: 350112
      as_of: 2026-12-31
      enterprises: [{id: e, district: 350112}]
      hires:
        - {id: a, worker: A, enterprise: e, start: 2023-09-01, end: 2023-11-15}
        - {id: b, worker: A, enterprise: e, start: 2023-11-16, end: 2023-11-25}
      """
    let list = """
      list stays, each a stay
        title "Stays"
        joins hires with same person
        gap at most 0 days
      """
    let bench = try Bench(
      scenario,
      policies: [
        Self.policy(
          list + Self.measure("  for each stay\n  where end >= start + 3 months\n  pay enterprise 100 yuan"))
      ])
    bench.ask("run d")
    let text = try told(bench, "why not m for a")
    #expect(text.contains("6 days too early") && text.contains("end = 2023-11-25"), "\(text)")
    #expect(try told(bench, "cliffs d").contains("end >= start + 3 months"))
    // The second goes on with the first, and is no other that fails.
    let run = try told(bench, "run d")
    #expect(run.contains("end >= start + 3 months (2023-12-01) fails for 1 of 1 hires asked"), "\(run)")
  }

  @Test("The number and the day of an instalment are called by their names", arguments: [Language.en, .zh])
  func parts(language: Language) throws {
    let scenario = """
      scenario: t
      district: 350112
      as_of: 2026-12-31
      enterprises: [{id: e, district: 350112}]
      hires: [{id: a, worker: A, enterprise: e, start: 2023-09-01, end: 2023-11-15}]
      """
    let bench = try Bench(
      scenario,
      policies: [
        Self.policy(
          Self.measure(
            """
              for each hire
              pay enterprise 100 yuan in 2 equal parts every 2 months from start + 3 months
                when (end is not given or end > part_day) and part_number <= 1
            """))
      ])
    bench.ask("run d")
    let text = try told(bench, "why not m for a", language)
    #expect(!text.contains("in 2 equal parts every") && !text.contains("pay enterprise"), "\(text)")
    #expect(text.contains(language == .en ? "part_number is at most 1" : "该期期数不超过1"), "\(text)")
  }
}
