// How answers and hints are worded for an officer: conditions with their facts, heads of files, turns of notices, and
// what people type. Each test holds one kind of sentence.

import Diagnostics
import Foundation
import Testing

@testable import Answers
@testable import PolicyLanguage
@testable import Sessions
@testable import Workbench

@Suite("What an officer reads")
struct WordsTests {
  private func text(_ answers: [Answer], _ language: Language = .zh) -> String {
    answers.map { AnswerRenderer(format: .table, language: language, width: 300).render($0) }.joined()
  }

  /// A session over a bundled scenario.
  private func bench(_ scenario: String, _ language: Language = .zh) throws -> Bench {
    let bench = try Bench()
    bench.session.language = language
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "scenarios/\(scenario).yaml").path(percentEncoded: false)
    try #require(!bench.session.load(path: path).failed)
    return bench
  }

  private func contents(_ bench: Bench, _ name: String) throws -> String {
    try String(contentsOfFile: bench.path(name), encoding: .utf8)
  }

  // MARK: Why not

  @Test("A condition that fails stands with the facts by which it fails")
  func facts() throws {
    let told = text(try bench("specialist-quotas").ask("测算；为何没有 专员补助 给 朱南星"))
    #expect(told.contains("• 有备案日期（备案日期：无）"))
    let late = text(try bench("jindong-2021").ask("测算；为何没有 创业租金补贴 给 su-cheng"))
    #expect(late.contains("• 开业日期不晚于毕业时间＋毕业时限（2021-06-30），晚244天"))
    #expect(late.contains("开业日期：2022-03-01") && late.contains("毕业时间：2018-06-30"))
    #expect(late.contains("取决于已填写的事实：") && !late.contains("差在哪里"))
  }

  @Test("What hangs on one fact that nobody stated is one line, which names the fact")
  func missing() throws {
    let told = text(try bench("fuzhou-2021").ask("测算；为何没有 新引进企业奖励 给 不详人力"))
    let lines = told.split(separator: "\n").filter { $0.contains("未填，无从判断：") }
    #expect(lines.count == 1 && lines[0].contains("注册日期未填"))
    #expect(lines[0].contains("施行期限") && lines[0].contains("2021年5月26日"))
  }

  @Test("A window is told by the name of the day, a stay by its months")
  func windows() throws {
    let told = text(try bench("month-ends").ask("测算；为何没有 就业补贴 给 梁元旦"))
    #expect(told.contains("参保日期 2023-08-31，在施行期限 2021-05-01 至 2024-11-07 之内"))
    #expect(told.contains("稳定就业满6个月（稳定月数），离职日期 2024-01-01，差58天"))
  }

  @Test("What is lacking all together is said to be, and what has been stated of how people came is not in it")
  func together() throws {
    let told = text(try bench("shared").ask("测算；为何没有 机构奖励 给 江楚人力"))
    #expect(told.contains("（以下各项须同时具备）") && !told.contains("“有组织”为"))
  }

  // MARK: Files

  @Test("CSV of a Chinese session has names in files and ids where programs listen")
  func heads() throws {
    let bench = try bench("agency-edge")
    let file = bench.path("明细.csv")
    _ = bench.ask("测算；明细 存入 \"\(file)\"")
    let written = try contents(bench, "明细.csv")
    let lines = written.split(whereSeparator: \.isNewline)
    #expect(lines[0].hasSuffix("措施,对象,对应记录,日期,金额（元）,状态,上限"))
    #expect(lines[1].contains("机构奖励") && lines[1].contains("300.00") && lines[1].contains("应付"))
    let answers = bench.ask("明细")
    let ids = AnswerRenderer(format: .csv, language: .zh).render(answers[0])
    #expect(ids.hasPrefix("measure,beneficiary,subject,date,amount,status,upper_bound"))
    _ = bench.ask("设定 表头 = 编号；设定 替换 = 开；明细 存入 \"\(file)\"")
    #expect(try contents(bench, "明细.csv").contains("measure,beneficiary"))
  }

  @Test("In tens of thousands the head says so and the figures need not")
  func units() throws {
    let bench = try bench("agency-edge")
    let answers = bench.ask("测算")
    var renderer = AnswerRenderer(format: .table, language: .zh, width: 200)
    renderer.look.unit = .wan
    let told = renderer.render(answers[0])
    #expect(told.contains("合计（万元）") && told.contains("5.97") && !told.contains("5.97万"))
  }

  // MARK: Drafts

  @Test("A draft of a Chinese session is Chinese, shown and saved, and has no empty fences")
  func drafts() throws {
    let bench = try bench("jindong-2021")
    let told = text(bench.ask("草案 试行 从 jindong-2021：一次性补贴额 = 4000，去掉 参会补贴；查看 试行"))
    #expect(told.contains("去掉 参会补贴") && told.contains("差异 jindong-2021，试行"))
    #expect(told.contains("措施 就业补贴〔worker_employment〕") && !told.contains("\n  measure "))
    let file = bench.path("试行.md")
    _ = bench.ask("保存 试行 存入 \"\(file)\"")
    let saved = try contents(bench, "试行.md")
    #expect(saved.contains("参数 一次性补贴额〔amount〕＝4000元"))
    #expect(!saved.contains("```policy\n```") && !saved.contains("```policy\n\n```"))
  }

  // MARK: What people type

  @Test(
    "Questions in words do the obvious thing",
    arguments: [
      ("如果把首次标准改成400会怎样", "首次标准"), ("若设定 首次标准 = 500元，测算 按 年度", "500"), ("按月份测算", "2022-04"),
      ("为什么洞江人力没有机构奖励", "人力资源服务机构奖励"), ("测算 长乐2022", "changle-2022，"), ("测算 长乐", "changle-2022"),
      ("对比 长乐2020 长乐2022", "changle-2020"), ("求解 首次标准 使 合计 不超过 80万", "首次标准"),
      ("求解 首次标准 使 合计不超过80万", "首次标准"), ("设 核算日 = 2022.12.31", "2022-12-31"),
    ])
  func typed(_ line: String, _ expected: String) throws {
    let answers = try bench("changle-2022-year").ask(line)
    #expect(!answers.contains { $0.failed }, "\(line): \(answers.flatMap(\.diagnostics).map(\.message.zh))")
    #expect(text(answers).contains(expected), "\(line)")
  }

  @Test("A measure where a record belongs is told as such, bands need a fact, retention needs cohorts that have it")
  func hints() throws {
    let bench = try bench("changle-2022-year")
    func hint(_ line: String) -> String { bench.ask(line).flatMap(\.diagnostics).last?.hint?.zh ?? "" }
    _ = bench.ask("测算")
    #expect(hint("解释 机构奖励").contains("查看 机构奖励"))
    #expect(bench.ask("测算 按 分档 16..24").flatMap(\.diagnostics).contains { $0.message.zh.contains("年龄 于 参保日期 分档") })
    #expect(bench.ask("求解 首次标准 使 合计 小于 80万").flatMap(\.diagnostics).contains { $0.message.zh.contains("不超过") })
    let edge = try self.bench("agency-edge")
    #expect(edge.ask("模拟 5 次：留存率 = 60%..85%").flatMap(\.diagnostics).contains { $0.message.zh.contains("留存率") })
  }
}

@Suite("Turns of notices")
struct EverydayTurnTests {
  private static let head = """
    ```policy
    文件 试
      施行地区 长乐区〔350112〕

    措施 吸纳补贴
      名称 “吸纳补贴”
      条款 “一”
      待遇类型 吸纳就业补贴

    """

  /// The hints of a measure with these lines.
  private func hints(_ lines: String) -> [String] {
    let library = Library()
    let source = SourceFile(name: "试.md", text: Self.head + lines + "\n```\n")
    return DocumentCheck(source, library: library, threads: 1).run().diagnostics.compactMap(\.hint?.zh)
  }

  @Test(
    "The line as rules have it, which can be read",
    arguments: [
      ("  对每名录用人员\n  凡月工资4000元以上的\n  付给就业单位：1000元", "凡月工资不低于4000元的"),
      ("  对每名录用人员\n  凡月工资在4000元以上的\n  付给就业单位：1000元", "凡月工资不低于4000元的"),
      ("  对每名录用人员\n  凡稳定就业满3个月以上的\n  付给就业单位：1000元", "凡稳定就业满3个月的"),
      ("  对每名录用人员\n  凡稳定就业满三个月的\n  付给就业单位：1000元", "凡稳定就业满3个月的"),
      ("  对每名录用人员\n  凡稳定就业满半年的\n  付给就业单位：1000元", "凡稳定就业满6个月的"),
      ("  对每名录用人员\n  付给就业单位：一千元", "付给就业单位：1000元"),
      ("  对每名录用人员\n  付给就业单位：百分之十×月工资", "付给就业单位：10%×月工资"),
      ("  对每名录用人员\n  付给就业单位：月工资的10%", "付给就业单位：10%×月工资"),
      ("  对每名录用人员\n  付给就业单位：10%×月工资，最高不超过1000元", "付给就业单位：（10%×月工资、1000元）中较小者"),
      ("  对每名录用人员\n  付给就业单位：10%×月工资，但不超过1000元", "付给就业单位：（10%×月工资、1000元）中较小者"),
      ("  对每名录用人员\n  付给就业单位：10%×月工资，最高不超过10万元", "付给就业单位：（10%×月工资、10万元）中较小者"),
      ("  对每名录用人员\n  给予就业单位1000元补贴", "付给就业单位：1000元"),
      ("  对每名录用人员\n  凡户籍地不属于云南的\n  付给就业单位：1000元", "凡非（户籍地属于云南）的"),
      ("  对每名录用人员\n  凡户籍地属于贵州省、云南省的\n  付给就业单位：1000元", "凡户籍地属于（贵州省、云南省）之一的"),
      ("  对每名录用人员\n  凡参保日期在2026年的\n  付给就业单位：1000元", "凡参保日期在2026年1月1日至2026年12月31日之间的"),
      ("  对每名员工\n  付给就业单位：1000元", "对每名录用人员"),
      ("  对每名录用人员\n  凡户籍地属于长乐区的\n  付给就业单位：1000元", "凡户籍地属于长乐区〔350112〕的"),
      ("  对每名录用人员\n  要求：户籍地不属于长乐区\n  付给就业单位：1000元", "要求：非（户籍地属于长乐区〔350112〕）"),
      ("  对每名录用人员\n  凡年龄不满35周岁的\n  付给就业单位：1000元", "凡自出生年月至参保日期的整年数少于35的"),
      ("  对每名录用人员\n  要求：年满16周岁\n  付给就业单位：1000元", "要求：自出生年月至参保日期的整年数不少于16"),
      (
        "  对每名录用人员\n  付给就业单位：如性别为男，则800元；性别为女，则1200元；其余1500元",
        "付给就业单位：如性别为男，则800元，否则（如性别为女，则1200元，否则1500元）"
      ),
      (
        "  对每家机构，每个年度\n  计 甲＝该机构引荐的录用人员，其中稳定就业满3个月，于满3个月之日计入\n  付给该机构：100元",
        "计 甲＝该机构的录用人员，其中稳定就业满3个月的，于满3个月之日计入"
      ),
      ("  对每家企业，每个年度\n  凡规模为小型或微型的\n  付给该企业：1000元", "凡规模为（小型、微型）之一的"),
      ("  对每家企业，每个年度\n  凡规模是小型的\n  付给该企业：1000元", "凡规模为小型的"),
    ])
  func lines(_ rules: String, _ expected: String) {
    let found = hints(rules)
    #expect(found.contains { $0.contains("`\(expected)`") }, "\(found)")
  }

  @Test("What follows from a line that could not be read is not told again")
  func cascades() {
    let broken = "  对每家机构，每个年度\n  参数 门槛人数＝10人\n  计 甲＝该机构的录用人员，其中稳定就业满\n  要求：甲数不少于门槛人数\n  付给该机构：甲每人1元"
    let source = SourceFile(name: "试.md", text: Self.head + broken + "\n```\n")
    let told = DocumentCheck(source, library: Library(), threads: 1).run().diagnostics
    #expect(told.filter { $0.severity == .error }.count == 1, "\(told.map(\.message.zh))")
    #expect(!told.contains { $0.code.hasPrefix("unused-") })
    // A name that nothing declares is told of beside it.
    let other = SourceFile(name: "试.md", text: Self.head + broken.replacing("不少于门槛人数", with: "不少于门坎") + "\n```\n")
    #expect(DocumentCheck(other, library: Library(), threads: 1).run().errors == 2)
  }

  @Test(
    "Signs and names that have one meaning are read",
    arguments: ["月工资≥3000元", "月工资>=3000元", "月工资大于3000元", "月工资不小于3000元", "户籍地属于贵州省"])
  func signs(_ condition: String) {
    let library = Library()
    let text = Self.head + "  对每名录用人员\n  凡\(condition)的\n  付给就业单位：1000元\n```\n"
    let found = DocumentCheck(SourceFile(name: "试.md", text: text), library: library, threads: 1).run()
    #expect(found.errors == 0, "\(found.diagnostics.map(\.message.zh))")
  }

  @Test(
    "Numbers in Chinese", arguments: [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("一千五百", 1_500), ("两万", 20_000)])
  func numerals(_ text: String, _ value: Int) { #expect(ChineseNumeral.value(text) == value) }
}
