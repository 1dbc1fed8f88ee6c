// Papers of drafts that change who pays, of standards that stand in tables, of clauses that are added, and of amounts
// that are made up of others.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Who pays, tables and new clauses in papers", .serialized)
struct PaperSourcesTests {
  private static let own = """
    ```policy
    document own
      title "Work in the district" zh "就业奖补办法"
      number "台商人社〔2026〕1号"
      jurisdiction 350112
      issued 2025-01-01
      window from 2025-01-01 to 2026-12-31
      fund employment_subsidy 60%, province 15%, district rest
    measure taking_on zh 吸纳补贴
      title "Taking on workers" zh "吸纳就业补贴"
      article "一"
      kind hiring zh 吸纳
      param sum_each zh 人均标准 = 1,333.33 yuan "for each worker" zh "每人"
      param more zh 西部加发 = 200 yuan "more for the west" zh "西部另加"
      for each hire
      pay enterprise sum_each + (if origin within 52 then more otherwise 0 yuan) on start
    measure skill zh 技能津贴
      title "Skill allowance" zh "新员工技能津贴"
      article "二"
      kind skill zh 技能
      fund unemployment_insurance 70%, employer rest
      param wage_share zh 工资比例 = 7% "of the monthly wage" zh "月工资的比例"
      for each hire
      pay worker wage_share * monthly_wage
        part 50% on start
        part rest on start + 90 days
    table bonus(n: number) yuan per person "for each worker placed" zh "每名"
      up to 1: 200 yuan as low
      up to 6: 250 yuan as middle
      above: 300 yuan as high
    measure agency zh 中介奖励
      title "Agency bonus" zh "中介奖励"
      article "三"
      kind agency zh 中介
      fund city 50%, district rest
      for each agency, each year
      count placed = hires of agency where stable for 1 months on completion of 1 months
      pay agency bonus(count of placed) for each placed
    limit sources zh 市级额度
      title "What the city bears" zh "市级财政额度"
      article "四"
      over agency
      cap 150 yuan of city for each year then district
    ```
    """

  private static let facts = """
    scenario: s
    district: 350112
    as_of: 2026-06-30
    enterprises:
      - {id: e, name: 甲公司, district: 350112}
    agencies:
      - {id: a, name: 乙中介, district: 350112}
    hires:
      - {id: h1, worker: 张三, enterprise: e, agency: a,
         start: 2025-12-01, end: 2026-05-31, origin: 520100, monthly_wage: 5200}
      - {id: h2, worker: 李四, enterprise: e, agency: a,
         start: 2025-12-02, end: 2026-05-31, origin: 350100, monthly_wage: 4000}
      - {id: h3, worker: 王五, enterprise: e, start: 2025-12-03, end: 2026-05-31, origin: 350100, monthly_wage: 4000}
      - {id: h4, worker: 赵六, enterprise: e, agency: a,
         start: 2026-01-10, end: 2026-05-31, origin: 350100, monthly_wage: 4000}
      - {id: h5, worker: 钱七, enterprise: e, agency: a,
         start: 2026-01-11, end: 2026-05-31, origin: 350100, monthly_wage: 4000}
    """

  private static let travel = """
    ```policy
    measure travel zh 交通补贴
      title "Travel home" zh "返岗交通补贴"
      article "五"
      kind travel zh 交通
      param fare zh 交通标准 = 350.55 yuan "for each from another province" zh "省外户籍每人"
      for each hire
      where enterprise.district within home
      where not (origin within 35)
      pay worker fare
    ```
    """

  private func bench(_ language: Language) throws -> Bench {
    let bench = try Bench(Self.facts, policies: [Self.own])
    bench.session.folder = bench.path("")
    bench.session.language = language
    try Self.travel.write(toFile: bench.path("new.md"), atomically: true, encoding: .utf8)
    return bench
  }

  private func paper(_ bench: Bench, _ command: String) throws -> String {
    let answers = bench.ask(command)
    let failed = answers.haveFailed
    try #require(!failed, "\(command): \(answers.flatMap(\.diagnostics).map(\.message.en))")
    return AnswerRenderer(format: .markdown, language: bench.session.language).render(try #require(answers.last))
  }

  private static let moved = "draft f from own: fund.employment_subsidy = 50%, skill.fund.unemployment_insurance = 80%"

  @Test("A draft that changes who pays says so in every paper: who bears what, what is left for the rest")
  func funding() throws {
    for (language, wanted) in [
      (
        Language.zh,
        [
          "| 区级财政 | ", "各来源承担的变化", "各项改动对各来源的影响", "就业补助资金承担的比例", "新员工技能津贴：失业保险基金承担的比例",
          "资金来源由“就业补助资金60%、省级财政15%、区级财政25%”调整为“就业补助资金50%、省级财政15%、区级财政35%”。",
          "二中新员工技能津贴的资金来源由“失业保险基金70%、单位自筹资金30%”调整为“失业保险基金80%、单位自筹资金20%”。",
        ]
      ),
      (
        .en,
        [
          "Who bears it", "What each change moves",
          "Who pays is changed from “employment subsidy fund 60%, province 15%, district 25%” to “employment "
            + "subsidy fund 50%, province 15%, district 35%”.",
        ]
      ),
    ] {
      let bench = try bench(language)
      let text = try paper(bench, Self.moved + "; report amendment f")
      for words in wanted { #expect(text.contains(words), "\(words): \(text)") }
      #expect(text.ranges(of: language == .zh ? "调整为“就业" : "to “employment").count == 1, "\(text)")
      #expect(!bench.ask("report package f into p.md").haveFailed)
      #expect(!(try #require(bench.ask("report check p.md of f").last)).hasMismatch)
    }
    let bench = try bench(.zh)
    let basis = try paper(bench, Self.moved + "; report basis f")
    for words in [
      "就业补助资金承担的比例拟由60%调整为50%", "其余区级财政相应由25%变为35%", "就业补助资金50%、省级财政15%、区级财政35%",
      "失业保险基金80%、单位自筹资金20%",
    ] { #expect(basis.contains(words), "\(words): \(basis)") }
    let review = try paper(bench, "review f")
    #expect(review.contains("就业补助资金50%、省级财政15%、区级财政35%") && !review.contains("就业补助资金60%"), "\(review)")
    let difference = try paper(bench, "diff own, f by fund")
    #expect(difference.contains("区级财政承担的比例＝35%") && !difference.contains("条款没有不同"), "\(difference)")
    #expect(!bench.ask("草案 g 从 own：技能津贴的资金来源.失业保险基金比例 = 75%").haveFailed)
  }

  @Test("A standard in a table stands in the papers with its article, and what is proposed beside it")
  func tables() throws {
    for (language, wanted, sentence) in [
      (Language.zh, ["每名（不超过1）每人200元", "每名（不超过6）拟调整为每人260元"], "三中每名（不超过6）由每人250元调整为每人260元。"),
      (
        .en, ["for each worker placed (up to 1): 200 yuan per person", "(up to 6): proposed 260 yuan per person"],
        "In article 三, “for each worker placed (up to 6)” is changed from 250 yuan per person to 260 yuan per person."
      ),
    ] {
      let bench = try bench(language)
      let basis = try paper(bench, "draft d from own: bonus.middle = 260; report basis d")
      for words in wanted { #expect(basis.contains(words), "\(words): \(basis)") }
      let amendment = try paper(bench, "report amendment d")
      #expect(amendment.contains(sentence), "\(amendment)")
      #expect(amendment.split(separator: "\n").contains { $0.contains("| 三 |") }, "\(amendment)")
      let moved = try paper(bench, "draft b from own: bonus.middle.bound = 8; amend b")
      let bound = language == .zh ? "每名（第2档的界限）" : "for each worker placed (the bound of row 2)"
      #expect(moved.contains(bound), "\(moved)")
      let targets = try paper(bench, "report targets d")
      #expect(targets.contains(language == .zh ? "| 260 | 元/人 |" : "| 260 | yuan per person |"), "\(targets)")
      #expect(!bench.ask("report package d into p.md").haveFailed)
      #expect(!(try #require(bench.ask("report check p.md of d").last)).hasMismatch)
    }
  }

  @Test("A clause that is added stands in the notice in the words of an official text, without codes")
  func clauses() throws {
    let added = "draft t from own: add new.md; amend t"
    let chinese = try paper(bench(.zh), added)
    #expect(
      chinese.contains("增加一项，作为“五、返岗交通补贴”，内容为：“对就业单位注册地在本地区、户籍地不在福建的录用人员，按每人350.55元付给劳动者。”"),
      "\(chinese)")
    let english = try paper(bench(.en), added)
    #expect(english.contains("its origin does not lie within 福建省: the worker is paid 350.55 yuan."), "\(english)")
  }

  @Test("The notice says what becomes of limits over a measure that is left out")
  func limitsOfTheDeleted() throws {
    for (language, wanted) in [
      (Language.zh, "同时删去“市级财政额度”（四）的限额。"), (.en, "The limit “What the city bears” (article 四) is deleted with it."),
    ] {
      let text = try paper(bench(language), "draft t from own: without agency; amend t")
      #expect(text.contains(wanted), "\(text)")
    }
  }

  @Test("Instalments, what is taken back, caps and places of an added clause are sentences of the notice")
  func termsOfClauses() throws {
    let rule = """
      ```policy
      measure settle zh 安家补助
        title "Settling in" zh "安家补助"
        article "六"
        kind settle zh 安家
        for each hire
        quota 2 for each enterprise
        pay worker 2,000 yuan
          part 50% on completion of 3 months when stable for 3 months
          part rest on completion of 6 months when stable for 6 months
          recover 50% * paid on end when end is given and end < start + 6 months
        cap 60,000 yuan for each enterprise, year
        cap 100,000 yuan in all
      ```
      """
    for (language, wanted) in [
      (
        Language.zh,
        [
          "分期支付：稳定就业满3个月的，于满3个月之日支付50%；稳定就业满6个月的，于满6个月之日支付余额", "追回已付金额的50%",
          "同一就业单位每年度累计不超过6万元", "总额不超过10万元", "同一就业单位限2",
        ]
      ),
      (
        .en,
        [
          "50% of it is due on completion of 3 months, if stable for 3 months",
          "the rest is due on completion of 6 months",
          "paid is taken back on end, if end is given", "no more than 60,000 yuan for each enterprise, year",
          "no more than 2 places for each enterprise", "no more than 100,000 yuan in all",
        ]
      ),
    ] {
      let bench = try bench(language)
      try rule.write(toFile: bench.path("terms.md"), atomically: true, encoding: .utf8)
      let text = try paper(bench, "draft t from own: add terms.md; amend t")
      for words in wanted { #expect(text.contains(words), "\(words): \(text)") }
    }
  }

  @Test("A standard that is a sum, or a share of what differs, says what it is made of; a single figure says nothing")
  func makeup() throws {
    let text = try paper(bench(.zh), "report lines own")
    for line in [
      "| 吸纳补贴 | 一 | 1 | 1,533.33 | 1333.33元＋200元 | 1,533.33 |", "| 吸纳补贴 | 一 | 4 | 1,333.33 |  | 5,333.32 |",
      "| 技能津贴 | 二 | 8 | 140.00 | 7%×月工资×50% | 1,120.00 |",
    ] { #expect(text.contains(line), "\(line): \(text)") }
  }

  @Test("A cap for each year counts by the year that is paid for; where the table has more by the day, it says why")
  func years() throws {
    let answer = try paper(bench(.zh), "run own by fund, year")
    #expect(answer.contains("2026年市级财政所列多于每年 150.00 的限额：限额按所属年度计（中介奖励）"), "\(answer)")
    #expect(!(try paper(bench(.zh), "run own by fund")).contains("所列多于"))
  }

  @Test("What is told of a draft's text is told at the lines of the file")
  func lines() throws {
    let bench = try bench(.zh)
    func line(_ command: String) throws -> Int {
      let told = bench.ask(command).flatMap(\.diagnostics).first { $0.code == "source-carried" }
      return try #require(told?.location).start.line
    }
    let plain = try line("run own")
    #expect(try line("draft w from own: without taking_on; run w") == plain)
  }

  @Test("A paper is no list of values, and as an object it is whole")
  func forms() throws {
    let bench = try bench(.zh)
    let refused = bench.ask("run own; report package own into p.csv")
    #expect(refused.flatMap(\.diagnostics).contains { $0.code == "no-rows" && $0.message.en.contains("paper") })
    #expect(!FileManager.default.fileExists(atPath: bench.path("p.csv")))
    #expect(!bench.ask("report lines own into l.csv").haveFailed)
    #expect(!bench.ask("report estimate own into p.json").haveFailed)
    let text = try String(contentsOfFile: bench.path("p.json"), encoding: .utf8)
    for words in ["资金测算说明", "\"lists\":", "资金来源", "\"makeup\":"] { #expect(text.contains(words), "\(words): \(text)") }
  }

  @Test("An employer that was paid for workers who do not qualify is told what they fail; persons have their names")
  func outsiders() throws {
    let bench = try Bench(
      """
      scenario: s
      district: 350112
      as_of: 2026-06-30
      enterprises:
        - {id: e, name: 甲公司, district: 350112}
        - {id: x, name: 外区纺织厂, district: 350104}
      hires:
        - {id: h1, worker: 张三, worker_id: '350112199302010055', enterprise: e, start: 2025-12-01, end: 2026-05-31}
        - {id: h2, worker: 张三, worker_id: '35011220010726002X', enterprise: x, start: 2025-12-02, end: 2026-05-31}
      """,
      policies: [
        """
        ```policy
        document own
          jurisdiction 350112
          window from 2025-01-01 to 2026-12-31
        measure taking_on zh 吸纳补贴
          title "Taking on workers" zh "吸纳补贴"
          article "一"
          kind hiring zh 吸纳
          param sum_each zh 人均标准 = 1,000 yuan "for each worker" zh "每人"
          for each hire
          where enterprise.district within home
          pay enterprise sum_each on start
        measure allowance zh 津贴
          title "Allowance" zh "津贴"
          article "二"
          kind allowance zh 津贴
          for each hire
          pay person 500 yuan on start
        ```
        """
      ])
    bench.session.folder = bench.path("")
    bench.session.language = .zh
    let list = """
      对象,身份证号,项目,金额,发放日期
      甲公司,,吸纳补贴,1000,2025-12-01
      外区纺织厂,,吸纳补贴,1000,2025-12-02
      张三,350112199302010055,津贴,500,2025-12-01
      张三,35011220010726002X,津贴,300,2025-12-02

      """
    try list.write(toFile: bench.path("p.csv"), atomically: true, encoding: .utf8)
    let answers = bench.ask("run own; audit p.csv")
    try #require(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let text = AnswerRenderer(format: .markdown, language: .zh).render(try #require(answers.last))
    #expect(text.contains("注册地") && !text.contains("该措施不涉及此对象"), "\(text)")
    #expect(text.contains("张三（350112********002X）") && text.contains("张三（350112********0055）"), "\(text)")
  }
}
