// What papers and explanations say of figures that are easily taken for others: a draft's for those laid down, a whole
// payment for one that a cap has cut, one list's record for another's, two amounts of a group for an unknown one.

import Answers
import Diagnostics
import Sessions
import Testing

@testable import Workbench

@Suite("Told as it is")
struct ToldAsItIsTests {
  private static func document(_ rules: String) -> String {
    "```policy\ndocument d\n  title \"D\"\n  jurisdiction 350112\n  issued 2022-01-01\n\n\(rules)\n```\n"
  }

  private static func measure(_ name: String, _ clauses: String) -> String {
    "measure \(name)\n  title \"\(name)\"\n  article \"1\"\n  kind \(name)\n"
      + "  for each hire\n  every record\n\(clauses)\n"
  }

  private func text(_ answers: [Answer]) -> String { answers.flatMap(\.json).map(\.line).joined() }

  /// A value by date that the scenario states, and a draft sets for all days, or for a day that has none of its own.
  @Test(
    "What a draft sets in the stead of another document's figure is told beside what that lays down"
  )
  func laidDown() throws {
    let bench = try Bench(
      """
      scenario: V
      district: 350112
      as_of: 2026-12-31
      values:
        lpr: {2024-01-01: 3.45%, 2025-01-20: 3.1%}
      enterprises: [{id: e, district: 350112}]
      hires: [{id: a, worker: A, enterprise: e, start: 2025-06-30}]
      """,
      policies: [
        Self.document(
          "value lpr share by date \"the LPR\" from \"PBC\"\n\n"
            + Self.measure("interest", "  pay enterprise lpr(start) * 10,000 yuan on start"))
      ])
    bench.ask("draft x from d: lpr = 2%; draft y from d: lpr.2025-06-30 = 2.5%")
    let all = text(bench.ask("amend x"))
    let day = text(bench.ask("amend y"))
    #expect(all.contains("3.45% from 2024-01-01, 3.1% from 2025-01-20"), "\(all)")
    #expect(day.contains("\"3.1%\""), "\(day)")
    let basis = text(bench.ask("report basis x"))
    #expect(basis.contains("2%, as proposed here and not laid down"), "\(basis)")
    let own = text(bench.ask("report basis d"))
    #expect(!own.contains("proposed"), "\(own)")
  }

  /// One firm's second share is over its cap, and another's of the same amount is paid whole.
  @Test("A payment that no cap cuts is not what a cap leaves")
  func uncut() throws {
    let bench = try Bench(
      """
      scenario: E
      district: 350112
      as_of: 2026-12-31
      enterprises: [{id: e, district: 350112}, {id: f, district: 350112}]
      hires:
        - {id: b, worker: B, enterprise: e, start: 2025-01-19, monthly_wage: 4000}
        - {id: c, worker: C, enterprise: e, start: 2025-01-20, monthly_wage: 5000}
        - {id: g, worker: G, enterprise: e, start: 2025-05-01, monthly_wage: 4000}
        - {id: h, worker: H, enterprise: f, start: 2025-06-30, monthly_wage: 4000}
      """,
      policies: [
        Self.document(
          Self.measure(
            "c1",
            "  param rate = 7% \"r\"\n  cap 500 yuan for each enterprise\n"
              + "  pay enterprise rate of monthly_wage on start"
          ))
      ])
    bench.ask("run d")
    let lines = text(bench.ask("report lines d"))
    #expect(lines.contains("7% × monthly wage"), "\(lines)")
    #expect(!lines.contains("280 yuan (7% × monthly wage), of which a cap leaves this"), "\(lines)")
    #expect(lines.contains("350 yuan (7% × monthly wage), of which a cap leaves this"), "\(lines)")
  }

  @Test("A group that says two caps is told so beside one whose cap nobody knows")
  func twoCaps() throws {
    let bench = try Bench(
      """
      scenario: Q
      district: 350112
      as_of: 2026-12-31
      enterprises: [{id: s, district: 350112}, {id: t, district: 350112}]
      hires:
        - {id: e, worker: E, enterprise: s, start: 2025-01-01, contract_months: 1}
        - {id: f, worker: F, enterprise: s, start: 2025-01-01, contract_months: 2}
        - {id: g, worker: G, enterprise: t, start: 2025-01-01}
        - {id: h, worker: H, enterprise: t, start: 2025-01-01, contract_months: 1}
      """,
      policies: [
        Self.document(
          Self.measure(
            "m",
            "  cap contract_months * 100 yuan for each enterprise\n  pay enterprise 100.01 yuan on start"
          ))
      ])
    #expect(bench.ask("run d").flatMap(\.diagnostics).contains { $0.code == "two-caps" })
    let two = text(bench.ask("explain e"))
    let unknown = text(bench.ask("explain h"))
    #expect(two.contains("not the same") || two.contains("two"), "\(two)")
    #expect(unknown.contains("not known") || unknown.contains("cannot be told"), "\(unknown)")
  }

  /// `2` is a firm and a hire, `h@2025` a hire, and no measure has years.
  @Test(
    "A record is asked about alone, whatever else has its id, and a year behind it where nothing has years"
  )
  func apart() throws {
    let bench = try Bench(
      """
      scenario: S
      district: 350112
      as_of: 2026-12-31
      enterprises: [{id: '2', district: 350112}, {id: 'h@2025', district: 350112}]
      hires:
        - {id: '2', worker: C, enterprise: 'h@2025', start: 2025-01-31}
        - {id: 'h@2025', worker: B, enterprise: '2', start: 2025-01-31, end: 2025-06-15}
        - {id: k, worker: K, enterprise: '2', start: 2025-03-31, end: 2025-07-30}
      """,
      policies: [
        Self.document(
          Self.measure(
            "halves",
            "  where end is given\n  pay enterprise 10 yuan per month * (calendar months from start to end) on end"
          ))
      ])
    bench.ask("run d")
    let lacking = text(bench.ask("why not halves for hires.2"))
    #expect(!lacking.isEmpty && !lacking.contains("month_end"), "\(lacking)")
    for subject in ["hires.h@2025", "enterprises.h@2025", "k@2025", "hires.k@2025"] {
      let told = bench.ask("explain \"\(subject)\"")
      #expect(!told.haveFailed, "\(subject): \(told.flatMap(\.diagnostics))")
    }
    #expect(
      text(bench.ask("explain k@2025")).contains("\"amount\""),
      "\(text(bench.ask("explain k@2025")))")
  }
}
