// What an officer types into a scenario by hand, and what is said of it: keys as registers have them, values by their
// Chinese names, what nobody stated told as such, and conditions that all fail told by one condition.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Scenarios and answers in plain Chinese")
struct PlainChineseTests {
  private func told(_ bench: Bench, _ text: String) throws -> String {
    bench.session.language = .zh
    let answer = try #require(bench.ask(text).last)
    return AnswerRenderer(format: .table, language: .zh, width: 400).render(answer)
  }

  private static func scenario(_ hire: String, _ enterprise: String = "编号: e, 企业名称: 甲公司, 注册地: 长乐区") -> String {
    """
    情景: 甲
    地区: 350112
    核算日: 2022年12月31日
    企业:
      - {\(enterprise)}
    机构:
      - {编号: a, 机构名称: 乙机构, 注册地: 长乐区}
    录用人员:
      - {编号: h, 劳动者: 张三, 就业单位: e, 参保日期: 2022-03-01, \(hire)}

    """
  }

  /// What is said when a scenario is loaded.
  private func said(_ text: String) throws -> [Diagnostic] {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try text.write(toFile: bench.path("n.yaml"), atomically: true, encoding: .utf8)
    return bench.ask("load \"\(bench.path("n.yaml"))\"").flatMap(\.diagnostics)
  }

  @Test("`编号` is the id of every list, and a choice that is read otherwise is told by its Chinese name")
  func keys() throws {
    let found = try said(Self.scenario("性别: 男性, 介绍机构: a", "编号: e, 企业名称: 甲公司, 注册地: 长乐区, 规模: 小型企业"))
    #expect(!found.contains { $0.severity == .error }, "\(found.map(\.message.zh))")
    let notes = found.map(\.message.zh).joined(separator: "\n")
    #expect(notes.contains("“男性”读作“男”") || notes.contains("`男性` 读作“男”"), "\(notes)")
    #expect(notes.contains("读作“小型”"), "\(notes)")
    for word in ["male", "small", "as_of"] { #expect(!notes.contains(word), "\(word): \(notes)") }
  }

  @Test(
    "A key that registers have as a heading, or that names the list of what is meant, is answered with the fact",
    arguments: [("入职时间: 2022-03-01", "参保日期"), ("中介机构: a", "介绍机构"), ("机构: a", "介绍机构"), ("参保日: 2022-03-01", "参保日期")])
  func headings(_ key: String, _ wanted: String) throws {
    let found = try said(Self.scenario(key))
    let wrong = try #require(found.first { $0.severity == .error })
    #expect(wrong.hint?.zh.contains(wanted) == true, "\(wrong)")
  }

  @Test("What is lacking is told once, and what nobody stated as not stated")
  func lacking() throws {
    let bench = try Bench(Self.scenario("介绍机构: a, 户籍地: 贵州省, 有组织: 是"))
    let text = try told(bench, "run; 为何没有 机构奖励 给 张三")
    let lines = text.split(separator: "\n").filter { $0.contains("乙机构的“备案”为 是") }
    #expect(lines.count == 1 && lines[0].contains("（现未填）"), "\(text)")
  }

  @Test("Records that fail by one condition, each by its own day, are counted together")
  func together() throws {
    var text = Self.scenario("介绍机构: a")
    for (i, day) in ["2026-01-05", "2026-02-06", "2026-03-07"].enumerated() {
      text += "  - {编号: x\(i), 劳动者: 甲\(i), 就业单位: e, 参保日期: \(day)}\n"
    }
    let rule = """
      ```policy
      document d
        jurisdiction 350112
        window from 2024-01-01 to 2024-12-31
      measure m
        title "m" zh "补贴"
        article "一"
        kind m
        for each hire
        pay enterprise 100 yuan
      ```
      """
    let bench = try Bench(text, policies: [rule])
    let budget = try told(bench, "run d")
    #expect(budget.contains("4名录用人员中有4名不符合条件"), "\(budget)")
    #expect(budget.contains("参保日期在施行期限 2024-01-01 至 2024-12-31 之内"), "\(budget)")
    #expect(!budget.contains("其余"), "\(budget)")
  }

  @Test("A place may stand behind 在 as behind 属于")
  func places() throws {
    let bench = try Bench(Self.scenario("户籍地: 贵州省"))
    let (a, b) = (try told(bench, "统计 录用人员 其中 户籍地在贵州"), try told(bench, "统计 录用人员 其中 户籍地属于贵州"))
    #expect(a == b && a.contains("1"), "\(a) \(b)")
    #expect(try told(bench, "统计 录用人员 其中 户籍地在（四川、贵州）之一").contains("1"))
    // As registers write them, too.
    #expect(try told(bench, "统计 录用人员 其中 户籍地属于毕节").contains("0"))
    let several = try bench.mistake("统计 录用人员 其中 户籍地属于鼓楼")
    #expect(several.code == "ambiguous-place" && several.hint?.zh.contains("350102") == true, "\(several)")
  }

  @Test("An example's yes and amounts are in the language of the rules")
  func examples() throws {
    let rule = """
      ```policy
      document d
        jurisdiction 350112
      measure m zh 补贴
        title "m" zh "补贴"
        article "一"
        kind m
        param least zh 下限 = 500 yuan
        for each hire
        where not organised and monthly_wage >= least
        pay enterprise 100 yuan
      example "one" zh "一例"
        with m.least = 400 yuan
        given enterprise e: district 350112
        given hire h: enterprise e, start 2024-03-01, organised true, monthly_wage 500 yuan
        expect m 0 yuan
      ```
      """
    let bench = try Bench(Self.scenario("户籍地: 贵州省"), policies: [rule])
    let chinese = try told(bench, "translate d to zh")
    for words in ["有组织 是", "月工资 500元", "下限＝400元"] { #expect(chinese.contains(words), "\(words): \(chinese)") }
    for word in ["true", "yuan"] { #expect(!chinese.contains(word), "\(word): \(chinese)") }
  }

  @Test("A chart that cannot hold every bar says how many there are")
  func bars() throws {
    var text = Self.scenario("介绍机构: a")
    let firms = (0..<45).map { "  - {编号: e\($0), 企业名称: 公司\($0), 注册地: 长乐区}\n" }.joined()
    text = text.replacing("机构:\n  - {编号: a", with: firms + "机构:\n  - {编号: a")
    for i in 0..<45 { text += "  - {编号: x\(i), 劳动者: 甲\(i), 就业单位: e\(i), 参保日期: 2024-03-0\(i % 9 + 1)}\n" }
    let rule = """
      ```policy
      document d
        jurisdiction 350112
      measure m
        title "m" zh "补贴"
        article "一"
        kind m
        for each hire
        pay enterprise 100 yuan
      ```
      """
    let bench = try Bench(text, policies: [rule])
    let answer = try #require(bench.ask("run d by beneficiary").last)
    guard case .bars(let chart)? = answer.chart else {
      Issue.record("no chart")
      return
    }
    let title = chart.title?.zh ?? ""
    #expect(chart.bars.count == 40 && title.contains("前40项，共46项"), "\(title)")
  }
}
