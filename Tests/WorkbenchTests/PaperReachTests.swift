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

  @Test("People are told apart by their numbers where they have them; bodies that hold something are no persons")
  func named() throws {
    let rules = """
      ```policy
      document own
        title "Work" zh "就业奖补办法"
        jurisdiction 350112
        window from 2025-01-01 to 2026-12-31
      measure settling zh 个人补贴
        title "Settling" zh "个人补贴"
        article "一"
        kind staying
        for each hire
        pay worker 600 yuan on start
      measure fairs zh 承办补贴
        title "Fairs" zh "承办补贴"
        article "二"
        kind fairs
        for each fair
        pay organiser 100 yuan on date
      ```
      """
    let numbers = ["110101199003070011", "110101199003070038"]
    for (ids, wanted) in [
      ([], "个人（按姓名）"), (numbers, "个人（按身份证号）"), ([numbers[0]], "个人（按身份证号，没有号码的按姓名）"),
    ] {
      let hires = (0..<2).map { i in
        let id = ids.indices.contains(i) ? ", worker_id: \"\(ids[i])\"" : ""
        return "  - {id: h\(i), worker: 王伟\(i)\(id), enterprise: e, start: 2025-02-01}\n"
      }
      let facts = """
        scenario: s
        district: 350112
        as_of: 2025-12-31
        enterprises:
          - {id: e, district: 350112}
        fairs:
          - {id: f, organiser: 会展公司, held_in: 620000, date: 2025-03-01, cost: 1000}
        hires:
        \(hires.joined())
        """
      let bench = try Bench(facts, policies: [rules])
      bench.session.language = .zh
      let page = AnswerRenderer(format: .markdown, language: .zh, width: 400).render(
        try #require(bench.ask("报告 受益对象 own").last))
      #expect(page.contains("| 个人补贴 | 一 | \(wanted) | 2 |"), "\(page)")
      #expect(page.contains("| 承办补贴 | 二 | 单位（按名称） | 1 |"), "\(page)")
    }
  }

  @Test("What is taken back is a line of the reckoning and no payment, which is said")
  func recovered() throws {
    let rules = """
      ```policy
      document own
        title "Work" zh "就业奖补办法"
        jurisdiction 350112
        window from 2025-01-01 to 2026-12-31
      measure taking_on zh 吸纳补贴
        title "Taking on" zh "吸纳就业补贴"
        article "一"
        kind hiring
        for each hire
        pay enterprise 600 yuan on start
        recover all on end when end is given and end < start + 12 months
      ```
      """
    for (end, isSaid) in [(", end: 2025-06-01", true), ("", false)] {
      let facts = """
        scenario: s
        district: 350112
        as_of: 2025-12-31
        enterprises:
          - {id: e, district: 350112}
        hires:
          - {id: h0, worker: 张三, enterprise: e, start: 2025-02-01\(end)}
          - {id: h1, worker: 李四, enterprise: e, start: 2025-02-01}
        """
      let bench = try Bench(facts, policies: [rules])
      bench.session.language = .zh
      for command in ["报告 计算过程 own", "报告 测算说明 own"] {
        let page = AnswerRenderer(format: .markdown, language: .zh, width: 400).render(
          try #require(bench.ask(command).last))
        #expect(page.contains("本表笔数含追回 1 笔") == isSaid, "\(page)")
      }
    }
  }
}
