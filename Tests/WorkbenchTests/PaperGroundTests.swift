// What papers and notices say of documents: their own figures as theirs and a draft's as proposed, nothing amended that
// the document does not have, nothing repealed that was not meant, days where readings decide them, years apart.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("What papers say of documents", .serialized)
struct PaperGroundTests {
  private func bench(_ scenario: String = Bench.edge, policies: [String] = []) throws -> Bench {
    let bench = try Bench(scenario, policies: policies)
    bench.session.folder = bench.path("")
    bench.session.language = .zh
    return bench
  }

  private func page(_ bench: Bench, _ command: String) throws -> String {
    let answer = try #require(bench.ask(command).last)
    try #require(!answer.failed, "\(command): \(answer.diagnostics.map(\.message.zh))")
    return AnswerRenderer(format: .markdown, language: .zh, width: 400).render(answer)
  }

  @Test("The basis of a draft has the document's own figures, and what is proposed beside them")
  func basis() throws {
    let bench = try bench()
    bench.ask("草案 加码 从 changle-2022：首次标准 = 400元，起奖人数 = 90")
    let page = try page(bench, "报告 依据 加码")
    #expect(page.contains("起奖人数100人") && page.contains("首次标准300元"), "\(page)")
    #expect(page.contains("首次标准拟调整为400元") && page.contains("起奖人数拟调整为90人"), "\(page)")
    #expect(!page.contains("首次标准400元") && !page.contains("起奖人数90人"), "\(page)")
    let plain = try self.page(bench, "报告 依据 changle-2022")
    #expect(plain.contains("首次标准300元") && !plain.contains("与文件不同的"), "\(plain)")
    // What is set for the costing is no proposal.
    bench.ask("设 首次标准 = 500元")
    let set = try self.page(bench, "报告 依据 changle-2022")
    #expect(set.contains("首次标准300元") && set.contains("首次标准测算按500元"), "\(set)")
  }

  @Test("Figures that another document lays down stand in the basis with that document")
  func elsewhere() throws {
    let rules = """
      ```policy
      document lent
        title "Lent" zh "借用标准办法"
        number "测〔2022〕9号"
        jurisdiction 350112
      value wage zh 借用标准 yuan "the wage" zh "借用标准" from "the province's notice" zh "本省最低工资通知"
      measure grant zh 补贴
        title "Grant" zh "补贴"
        article "一"
        kind grant
        for each hire
        pay enterprise wage on start
      ```
      """
    let bench = try bench(policies: [rules])
    bench.ask("设 借用标准 = 1720元")
    let page = try page(bench, "报告 依据 lent")
    #expect(page.contains("借用标准1720元（本省最低工资通知）"), "\(page)")
  }

  @Test("Every paper of a draft says what it amends and how; the explanation has each change with its cost")
  func amended() throws {
    let bench = try bench()
    bench.ask("草案 加码 从 changle-2022：首次标准 = 400元")
    for paper in ["测算说明", "绩效目标", "起草说明", "审签表", "修订对照表"] {
      let page = try page(bench, "报告 \(paper) 加码")
      #expect(page.contains("草案“加码”，拟修改《") && page.contains("长政办〔2022〕8号"), "\(paper): \(page)")
      #expect(page.contains("首次标准由300元调整为400元"), "\(paper): \(page)")
      let head = page.split(separator: "\n").first { $0.hasPrefix("测算方案：") } ?? ""
      #expect(!head.contains("设定"), "\(paper): \(head)")
    }
    let explanation = try page(bench, "报告 起草说明 加码")
    #expect(explanation.contains("| 三（二） | 机构奖励的首次标准 | 300元 | 400元 | +10,000.00 |"), "\(explanation)")
    #expect(explanation.contains("现行有效文本") && explanation.contains("| 送审稿 | 〔待补〕 |"), "\(explanation)")
    #expect(try page(bench, "报告 起草说明 changle-2022").contains("没有拟修改的条款"))
  }

  @Test("A notice deletes no item that holds other measures")
  func deletion() throws {
    let bench = try bench()
    bench.ask("草案 甲 从 jindong-2021：去掉 参会补贴")
    let page = try page(bench, "修订对照 甲")
    #expect(page.contains("删去二（三）中关于") && !page.contains("删去二（三）（"), "\(page)")
    bench.ask("草案 乙 从 changle-2022：去掉 机构奖励")
    let alone = try self.page(bench, "修订对照 乙")
    #expect(alone.contains("删去三（二）"), "\(alone)")
  }

  @Test("What the document does not say is added, not changed from nothing")
  func added() throws {
    let bench = try bench()
    bench.ask("草案 丙 从 quanzhou-tiz-2023：机构招工奖补.稳定月数 = 3个月")
    let page = try page(bench, "修订对照 丙")
    #expect(page.contains("一（六）增加：须稳定就业的月数为3个月。"), "\(page)")
    #expect(page.contains("| 未规定 | 3个月 |") && !page.contains("0个月"), "\(page)")
  }

  @Test("A sentence has the meaning without remarks, counts with their words, and what stood there by reference")
  func sentences() throws {
    let bench = try bench()
    bench.ask("草案 乙 从 changle-2020：临时公益岗补贴.月补贴标准 = 1500元/月，岗位数 = 300")
    let page = try page(bench, "修订对照 乙")
    #expect(page.contains("由500个调整为300个"), "\(page)")
    #expect(page.contains("月补贴标准（每满一个月的补贴）由“按公益性岗位月标准"), "\(page)")
    #expect(!page.contains("一经设定"), "\(page)")
  }

  @Test("A period whose ends hang on readings has the days of the readings in force")
  func window() throws {
    let bench = try bench()
    let page = try page(bench, "审查 jindong-2021")
    #expect(page.contains("2021-05-01 至 2024-11-07") && !page.contains("没有终止日期"), "\(page)")
    #expect(!page.contains("取决于口径"), "\(page)")
    bench.ask("设 第三十日认定 = 当日施行")
    let shown = try self.page(bench, "查看 jindong-2021")
    #expect(shown.contains("2021-05-01 至 2024-11-06"), "\(shown)")
  }

  /// Two hires, one in each of two years.
  private static let years = """
    scenario: 两年 · Two years
    district: 350112
    as_of: 2022-12-31
    documents: [pair]
    enterprises: [{id: k, name: 甲厂, district: 350112}]
    hires:
      - {id: h1, worker: 张三, enterprise: k, origin: 520502, start: 2022-03-01}
      - {id: h2, worker: 李四, enterprise: k, origin: 520502, start: 2023-03-01}
      - {id: h3, worker: 王五, enterprise: k, origin: 520502, start: 2023-04-01}
    """

  private static let pair = """
    ```policy
    document pair
      title "Pair" zh "两项补贴办法"
      number "测〔2022〕7号"
      jurisdiction 350112
    measure grant zh 就业补贴
      title "Grant" zh "就业补贴"
      article "一"
      kind grant
      param amount zh 补贴额 = 50000 yuan "each" zh "每人"
      param monthly zh 月补贴额 = 300 yuan per month "a month" zh "每月"
      for each hire
      pay worker amount + monthly * 1 month on start
    ```
    """

  @Test("Targets of several years stand apart, people are counted as people, and amounts have their units")
  func targets() throws {
    let bench = try bench(Self.years, policies: [Self.pair])
    let page = try page(bench, "报告 指标 pair")
    #expect(page.contains("| 就业补贴发放对象 | 2022 | ≥ | 1 | 人 |"), "\(page)")
    #expect(page.contains("| 就业补贴发放笔数 | 2023 | ≥ | 2 | 笔 |"), "\(page)")
    #expect(page.contains("| 就业补贴补贴额 | 各年 | ＝ | 5 | 万元 |"), "\(page)")
    #expect(page.contains("| 就业补贴月补贴额 | 各年 | ＝ | 300 | 元/月 |"), "\(page)")
    #expect(page.contains("| 年度预算成本 | 2023 | ≤ | 100,600.00 | 元 |"), "\(page)")
    #expect(page.contains("| 预算总成本 | 累计 | ≤ | 150,900.00 | 元 |"), "\(page)")
    // Read back, they are those of the run, and each that was changed is found.
    bench.ask("报告 绩效目标 pair 存入 t.md")
    let text = try String(contentsOfFile: bench.path("t.md"), encoding: .utf8)
    #expect(try bench.object("paper_check", "报告 核验 t.md 方案 pair")["agree"] == .bool(true))
    for (from, to) in [
      ("| 2023 | ≥ | 2 | 笔 |", "| 2023 | ≥ | 3 | 笔 |"), ("| ＝ | 5 | 万元 |", "| ＝ | 6 | 万元 |"),
      ("| 2023 | ≤ | 100,600.00 |", "| 2023 | ≤ | 100,700.00 |"),
    ] {
      let changed = text.replacing(from, with: to)
      try #require(changed != text, "\(from)")
      try changed.write(toFile: bench.path("u.md"), atomically: true, encoding: .utf8)
      #expect(try bench.object("paper_check", "报告 核验 u.md 方案 pair")["agree"] == .bool(false), "\(to)")
    }
  }

  @Test("Numbers of payments, standards and shares of who pays are held against the run")
  func planted() throws {
    let bench = try bench()
    bench.ask("报告 测算说明 changle-2022 存入 a.md")
    let text = try String(contentsOfFile: bench.path("a.md"), encoding: .utf8)
    #expect(try bench.object("paper_check", "报告 核验 a.md 方案 changle-2022")["agree"] == .bool(true))
    for (from, to) in [
      ("首次标准300元", "首次标准350元"), ("区级财政100%", "区级财政80%、市级财政20%"),
      ("起奖人数100人", "起奖人数110人"), ("| 三（二） | 人力资源服务机构奖励", "| 三（三） | 人力资源服务机构奖励"),
      ("| 机构奖励 | 三（二） |", "| 机构奖励 | 三（四） |"),
    ] {
      let changed = text.replacing(from, with: to)
      try #require(changed != text, "\(from)")
      try changed.write(toFile: bench.path("b.md"), atomically: true, encoding: .utf8)
      let told = try bench.object("paper_check", "报告 核验 b.md 方案 changle-2022")
      #expect(told["agree"] == .bool(false), "\(to)")
    }
    // Without the run only the papers themselves are held, which is said.
    #expect(try page(bench, "报告 核验 a.md").contains("未与测算对照"))
    #expect(try !page(bench, "报告 核验 a.md 方案 changle-2022").contains("未与测算对照"))
  }

  @Test("A paper of a package knows what is handed in with it")
  func beside() throws {
    let bench = try bench()
    let whole = try page(bench, "报告 全套 changle-2022")
    #expect(!whole.contains("| 起草说明 | 〔待补〕 |"), "\(whole)")
    #expect(whole.contains("| 起草说明 | 即本件 |"))
    let own = try page(bench, "报告 测算说明 changle-2022")
    #expect(!own.contains("随本件一并报送"))
  }

  @Test("Bounds in two boxes, products over three columns, sums in capitals, heads without a unit")
  func within() throws {
    let bench = try bench()
    func box(_ number: String, _ bound: String) -> String {
      "## \(number)、不确定性\n\n| 事项 | 情况 |\n| --- | --- |\n| 口径 | 1.00 至 \(bound) 元 |\n\n"
    }
    func form(_ sum: String) -> String {
      "| 项目 | 人数 | 标准（元） | 月数 | 金额（元） |\n|---|---|---|---|---|\n| 甲 | 5 | 500 | 12 | \(sum) |\n"
    }
    let samples: [(text: String, wanted: [String])] = [
      (box("一", "5.00") + box("八", "5.00"), []), (box("一", "5.00") + box("八", "6.00"), ["repeats"]),
      (form("30,000"), []), (form("30,100"), ["product"]),
      ("总额 30,000 元（叁万元整）。\n\n" + form("30,000"), []), ("总额 30,000 元（叁万壹仟元整）。\n\n" + form("30,000"), ["capitals"]),
      ("合计人民币叁万元整。\n\n" + form("30,000") + "| 合计 | | | | 30,000 |\n", []),
      ("合计人民币叁万壹仟元整。\n\n" + form("30,000") + "| 合计 | | | | 30,000 |\n", ["said"]),
      (form("30,000").replacing("（元）", with: ""), ["unit"]),
    ]
    for (text, wanted) in samples {
      try text.write(toFile: bench.path("w.md"), atomically: true, encoding: .utf8)
      let told = try bench.object("paper_check", "报告 核验 w.md")
      guard case .array(let rows)? = told["findings"] else { throw SweepTests.Failure() }
      #expect(rows.map { $0["finding"] } == wanted.map { .string($0) }, "\(text): \(rows)")
    }
    try ("增长 12.5%，6家。\n\n" + form("30,000")).write(toFile: bench.path("w.md"), atomically: true, encoding: .utf8)
    let page = try page(bench, "报告 核验 w.md")
    #expect(page.contains("所作") && page.contains("百分数 1 处") && page.contains("数量（人、家、笔等）1 处"), "\(page)")
  }

  @Test("Sums in capitals")
  func capitals() {
    for (text, fen) in [
      ("捌拾陆万伍仟叁佰元整", 86_530_000 as Int64), ("壹亿贰仟万零伍元伍角叁分", 12_000_000_553), ("拾元正", 1_000), ("叁元", 300),
    ] { #expect(CapitalSum(text[...])?.fen == fen, "\(text)") }
    #expect(CapitalSum("万元"[...]) == nil && CapitalSum("叁年"[...]) == nil && CapitalSum("零元"[...]) == nil)
  }

  @Test("A workbook whose formulas have no saved results is refused, and no figure is found wrong")
  func unsaved() throws {
    let bench = try Bench()
    let rows = [["项目", "金额（元）"], ["机构奖励", "1,000.00"], ["合计", ""]]
    let path = try ImportTests.write(ImportTests.xlsx(rows, formula: "SUM(B2:B2)"), "p.xlsx", bench)
    bench.ask("run changle-2022")
    #expect(try bench.mistake("report check \"\(path)\" of changle-2022").code == "paper-formulas")
  }
}
