// Charts, heads and sentences as whoever reads them aloud would have them: every series by a sign of its own, every
// figure with its unit, one language in a sentence, and nothing told that was not so.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Answers can be read aloud")
struct ReadAloudTests {
  private func desk(_ scenario: String) throws -> Bench {
    let bench = try Bench()
    let path = LanguageBookTests.root.appendingPathComponent("scenarios/\(scenario).yaml").path
    let loaded = bench.session.load(path: path)
    try #require(!loaded.failed)
    return bench
  }

  /// All answers to a text, as a wide terminal has them.
  private func told(_ bench: Bench, _ text: String, _ language: Language = .zh) -> String {
    bench.session.language = language
    return bench.ask(text, keepGoing: true).map { answer in
      AnswerRenderer(format: .table, language: language, width: 400).render(answer)
        + answer.diagnostics.map { "\n\($0.message.in(language))" }.joined()
    }.joined(separator: "\n")
  }

  private static func document(_ rule: String) -> String {
    """
    ```policy
    文件 d
      施行地区 长乐区〔350112〕

    措施 甲
      名称 “甲”
      条款 “一”
      待遇类型 补贴
    \(rule)
    ```
    """
  }

  // MARK: Charts

  private static func months(_ count: Int) -> Chart {
    .stacked(
      StackedChart(
        xTitle: Text("Time", zh: "时间"), yTitle: Text("Yuan", zh: "元"), places: ["2022-01", "2022-02"],
        series: (1...count).map { .init(.same("part-\($0)."), fen: [Int64($0) * 100, 0]) }))
  }

  @Test("every series of a chart has a sign of its own", arguments: [false, true])
  func signs(ascii: Bool) {
    let text = TerminalRenderer(width: 200, ascii: ascii).render(Document([.chart(Self.months(12))]))
    let legend = text.split(separator: "\n").filter { $0.contains("part-") }
    #expect(legend.count == 12 && Set(legend.compactMap(\.first)).count == 12, "\(text)")
  }

  @Test("the smallest of more series than there are signs stand together, by their names")
  func gathered() {
    let text = TerminalRenderer(width: 2_000, language: .zh).render(Document([.chart(Self.months(40))]))
    let legend = text.split(separator: "\n").filter { $0.contains("part-") }
    #expect(Set(legend.compactMap(\.first)).count == legend.count, "\(text)")
    #expect(legend.last?.contains("其余") == true && legend.last?.contains("part-1.") == true, "\(text)")
    #expect(legend.contains { $0.hasSuffix("part-40.") }, "\(text)")
    let svg = SVGRenderer(language: .zh).render(Self.months(12))
    #expect(svg.contains("其余5项：part-1.、part-2.、part-3.、part-4.、part-5."), "\(svg)")
  }

  @Test("below a chart stand the first settings and how many there are; each programme has its name")
  func shortSubtitle() throws {
    let bench = try Bench()
    bench.session.language = .zh
    let draft =
      "草案 乙 从 changle-2022：首次标准=400元，再次标准=400元，首次月数=2个月，再次月数=5个月，机构奖励.起奖人数=80人，"
      + "专员补助.月补助额=400元/月，基地运作补助.起补人数=80人"
    let chart = try #require(bench.ask("\(draft); 比较 changle-2022，乙").last?.chart)
    let (title, subtitle) = (chart.title?.zh ?? "", try #require(chart.subtitle?.zh))
    #expect(title.count < 20 && subtitle.contains("乙: ") && subtitle.contains("等 7 项"), "\(title) \(subtitle)")
    #expect(!subtitle.contains("起补人数"), "\(subtitle)")
    let settings = [ChangedSettings("乙", (1...8).map { (name: Text.same("n\($0)"), value: Text.same("\($0)")) })]
    #expect(settings.sentence(.en) == "with n1 = 1; n2 = 2; n3 = 3; n4 = 4; n5 = 5; n6 = 6; and 2 more")
    #expect(settings.sentence(.en, isWhole: true)?.contains("n8 = 8") == true)
    // What only one of them holds stands before what all of them hold.
    let common = settings[0].values
    let drafts = [
      ChangedSettings("甲", common), ChangedSettings("乙", common + [(name: .same("rate"), value: .same("400"))]),
    ]
    #expect(
      drafts.sentence(.en)?.contains("乙: with rate = 400; n1 = 1; n2 = 2; n3 = 3; n4 = 4; n5 = 5; and 3 more") == true)
  }

  @Test("what stands below the title of a picture is broken where it has no spaces")
  func brokenSubtitle() {
    let long = String(repeating: "字", count: 200)
    let chart = Self.months(2).with(subtitle: .same(long))
    let svg = SVGRenderer(language: .zh, isStandalone: true).render(chart)
    #expect(svg.contains("字字字") && !svg.contains(String(repeating: "字", count: 60)), "\(svg)")
  }

  // MARK: Units

  @Test(
    "columns of amounts say in what they are",
    arguments: [
      ("敏感性 changle-2022", ["取低值时（元）", "取高值时（元）"]),
      ("缺什么 changle-2022", ["差额（元）"]), ("扫描 首次标准 从 300 到 400 步长 100 于 changle-2022", ["较上一点（元）"]),
      ("草案 乙 从 changle-2022：首次标准=400元; 变动分解 乙", ["单独（元）", "最后（元）"]),
      ("模拟 5 次 于 changle-2022 若 首次标准=200..400", ["取自 200..400 元"]),
    ])
  func units(line: String, heads: [String]) throws {
    let text = told(try Bench(), line)
    for head in heads { #expect(text.contains(head), "\(line): \(text)") }
  }

  @Test("so do the columns of readings")
  func readings() throws {
    let text = told(try desk("fuzhou-2021"), "口径 fuzhou-2021")
    #expect(text.contains("差额（元）"), "\(text)")
  }

  @Test("how many are counted is told by what is counted")
  func counted() throws {
    let text = told(try desk("changle-2022-year"), "测算 changle-2022 每 达标人员")
    #expect(text.contains("全部达标人员") && !text.contains("计数"), "\(text)")
  }

  @Test("what all changes of a draft come to is more or less")
  func moreOrLess() throws {
    for (rate, zh, en) in [
      ("400", "全部改动合计增加 10,000.00 元", "rises by 10,000.00 yuan"),
      ("200", "全部改动合计减少 10,000.00 元", "falls by 10,000.00 yuan"),
    ] {
      let bench = try Bench()
      let text = told(bench, "草案 乙 从 changle-2022：首次标准=\(rate)元; 报告 修订对照 乙")
      #expect(text.contains(zh), "\(text)")
      let english = told(bench, "report amendment 乙", .en)
      #expect(english.contains(en), "\(english)")
    }
  }

  // MARK: Explanations

  @Test("only what was used is told as used")
  func used() throws {
    let bench = try desk("jindong-2021")
    let enacted = try bench.object("explanation", "run jindong-2021; explain love3")
    #expect(!enacted.line.contains("months_if_adopted"), "\(enacted.line)")
    let adopted = try bench.object("explanation", "run jindong-2021 as adopted; explain love3")
    #expect(adopted.line.contains("months_if_adopted"), "\(adopted.line)")
  }

  private static let capped = document(
    """
      对每名录用人员
      逐条计算
      付给就业单位：600元
      限额 共不超过600元
    """)

  private static let two = """
    scenario: 两人
    district: 350112
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: a, worker: 王一, enterprise: e, start: 2026-03-01}
      - {id: b, worker: 王一, enterprise: e, start: 2026-04-01}
    """

  @Test("of what a cap leaves nothing is said where the payment is told")
  func leftNothing() throws {
    let bench = try Bench(Self.two, policies: [Self.capped])
    let text = told(bench, "测算 d; 解释 b")
    #expect(text.contains("✗ ") && text.contains("应得 600元，超出限额，不付"), "\(text)")
    #expect(!text.contains("支付 600元"), "\(text)")
    let english = told(bench, "explain b", .en)
    #expect(english.contains("would pay 600 yuan") && english.contains("the cap leaves nothing"), "\(english)")
    let first = told(bench, "解释 a")
    #expect(!first.contains("✗ ") && first.contains("支付 600元"), "\(first)")
  }

  @Test("one person is paid once: 同一人")
  func samePerson() throws {
    let bench = try Bench(
      Self.two,
      policies: [
        Self.document(
          """
            对每名录用人员
            逐条计算
            同一人、年度只计一次
            付给就业单位：600元
          """)
      ])
    let text = told(bench, "测算 d; 为何没有 甲 给 b")
    #expect(text.contains("同一人、") && !text.contains("同一本人"), "\(text)")
  }

  private static let anniversaries = document(
    """
      对每项创业，自1至3的每个周年
      凡所在地属于本地区的
      设 周年日＝开业日期＋12个月×周年
      凡无停业日期，或停业日期不早于周年日的
      付给该创业：100元，于周年日计为应付
    """)

  private static let startup = """
    scenario: 创业
    district: 350112
    startups:
      - {id: s, founder_origin: 350112, district: 350112, start: 2023-03-01, end: 2025-03-01}
    """

  @Test("a frame is called by the number of what it is one of")
  func anniversary() throws {
    let text = told(try Bench(Self.startup, policies: [Self.anniversaries]), "测算 d; 解释 s")
    #expect(text.contains("第1个周年") && text.contains("第3个周年") && !text.contains("序号"), "\(text)")
  }

  @Test("a sentence is in one language, or has the rule's own words between quotation marks")
  func oneLanguage() throws {
    let text = told(try Bench(Self.startup, policies: [Self.anniversaries]), "run d; explain s", .en)
    #expect(!text.contains("lies 属于") && text.contains("“所在地属于本地区”"), "\(text)")
  }

  @Test("a record of the year before is told as that of the year after")
  func yearBefore() throws {
    let text = told(try desk("fuzhou-2021"), "测算; 解释 changqing 增量奖励")
    #expect(text.contains("1笔用作2025年度的上年记录") && !text.contains("归入2025年度"), "\(text)")
  }

  @Test("no home is suggested where nobody has stated one")
  func openHome() throws {
    let scenario =
      Bench.edge.replacingOccurrences(of: "count: 100", with: "count: 99")
      + "\nhires:\n  - {id: a, agency: q, enterprise: k, start: 2022-03-01}\n"
    let bench = try Bench(scenario)
    let text = told(bench, "测算 changle-2022; 为何没有 机构奖励 给 a")
    #expect(text.contains("补填 a的户籍地（现未填）") && !text.contains("户籍地为 "), "\(text)")
    let english = told(bench, "why not agency_reward for a", .en)
    #expect(english.contains("state origin of a (not stated)"), "\(english)")
  }

  @Test("one fails, several fail")
  func numbers() throws {
    let scenario =
      Bench.edge.replacingOccurrences(of: "count: 100", with: "count: 98") + "\nhires:\n"
      + "  - {id: a, agency: q, enterprise: k, origin: 520502, start: 2022-03-01, end: 2022-04-01, organised: false}\n"
    let text = told(try Bench(scenario), "run changle-2022; why not agency_reward for q", .en)
    #expect(text.contains("1 fails several conditions"), "\(text)")
  }
}
