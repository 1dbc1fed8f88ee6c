// Whom measures reach, and what is not paid since another measure pays more, as an estimate tells them.

import Answers
import Diagnostics
import Testing
import View

@testable import Workbench

@Suite("Beneficiaries and other policies in an estimate")
struct PaperReachTests {
  private static let facts = """
    scenario: s
    district: 350112
    as_of: 2025-12-31
    enterprises:
      - {id: e, name: 甲公司, district: 350112}
      - {id: f, name: 乙公司, district: 350112}
    hires:
      - {id: h1, worker: 张三, enterprise: e, start: 2025-02-01, monthly_wage: 5000}
      - {id: h2, worker: 李四, enterprise: e, start: 2025-03-01, monthly_wage: 3000}
      - {id: h3, worker: 王五, enterprise: f, start: 2025-03-01, monthly_wage: 2000}
    """

  private static func rules(_ second: String) -> String {
    """
    ```policy
    document own
      title "Work" zh "就业奖补办法"
      jurisdiction 350112
      window from 2025-01-01 to 2026-12-31
      higher "the higher is paid" zh "就高不重复（五）"
    measure taking_on zh 吸纳补贴
      title "Taking on" zh "吸纳就业补贴"
      article "一"
      kind hiring zh 吸纳
      for each hire
      where monthly_wage >= 2500 yuan
      pay enterprise 1,000 yuan on start
    measure settling zh 稳岗补贴
      title "Settling" zh "稳岗补贴"
      article "二"
      kind staying
      for each hire
      \(second)
      pay enterprise 600 yuan on start
    ```
    """
  }

  private func told(_ clause: String, _ text: String, _ language: Language) throws -> String {
    let bench = try Bench(Self.facts, policies: [Self.rules(clause)])
    bench.session.language = language
    return AnswerRenderer(format: .markdown, language: language, width: 400).render(
      try #require(bench.ask(text).last))
  }

  @Test("Each measure says whom it pays, how many, and among how many records they were found")
  func beneficiaries() throws {
    // Two of three hires are paid for by the first, all of them by the second; both pay enterprises.
    let zh = try told("where monthly_wage > 0 yuan", "报告 受益对象 own", .zh)
    #expect(zh.contains("| 吸纳补贴 | 一 | 企业 | 1 | 情景录用人员 3 中的 2 |"), "\(zh)")
    #expect(zh.contains("| 稳岗补贴 | 二 | 企业 | 2 | 情景录用人员 3 中的 3 |"), "\(zh)")
    let en = try told("where monthly_wage > 0 yuan", "report beneficiaries own", .en)
    #expect(en.contains("2 of the scenario's 3 hires"), "\(en)")
  }

  @Test("What another measure displaces is told with what stands; where nothing is, that")
  func overlap() throws {
    // The second gives way to the first, which is higher: 600 are not paid for h1 and h2, and h3 is paid 600.
    let zh = try told("yields to taking_on", "报告 不重复 own", .zh)
    #expect(zh.contains("| 稳岗补贴 | 二 | 吸纳补贴 | own | 2 | 1,200.00 |"), "\(zh)")
    #expect(zh.contains("就高不重复（五）"), "\(zh)")
    let none = try told("where monthly_wage > 0 yuan", "报告 不重复 own", .zh)
    #expect(none.contains("没有因就高不重复而不付的款项") && none.contains("就高不重复（五）"), "\(none)")
    #expect(try told("yields to taking_on", "report estimate own", .en).contains("Beside other policies"))
  }
}
