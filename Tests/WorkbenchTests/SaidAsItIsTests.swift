// What an answer says of what is lacking, of whom nothing is paid, and of rules that cannot be read: by the reason that
// it has, and by nothing that is none.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Answers say what it is")
struct SaidAsItIsTests {
  private func desk(_ scenario: String) throws -> Bench {
    let bench = try Bench()
    let path = LanguageBookTests.root.appendingPathComponent("scenarios/\(scenario).yaml").path
    bench.session.language = .zh
    let loaded = bench.session.load(path: path)
    try #require(!loaded.failed)
    return bench
  }

  /// All answers to a text, in Chinese as a wide terminal has them, with what is said beside them.
  private func told(_ bench: Bench, _ text: String) -> String {
    bench.session.language = .zh
    return bench.ask(text, keepGoing: true).map { answer in
      AnswerRenderer(format: .table, language: .zh, width: 400).render(answer)
        + answer.diagnostics.map { "\n\($0.message.zh) \($0.hint?.zh ?? "")" }.joined()
    }.joined(separator: "\n")
  }

  @Test("a duty of the district is asked for by the district's name, its code, and a year")
  func districts() throws {
    let bench = try desk("jindong-2021")
    for name in ["金东区", "330703", "金东区@2023", "330703@2023", "浙江省金华市金东区"] {
      let text = told(bench, "为何没有 信息互通任务 给 \(name)")
      #expect(!text.contains("没有编号"), "\(name): \(text)")
      #expect(text.contains("2023年度"), "\(name): \(text)")
      #expect(name.contains("@") != text.contains("2022年度"), "\(name): \(text)")
    }
    #expect(told(bench, "为何没有 信息互通任务 给 鼓楼区").contains("没有编号"))
    #expect(told(bench, "为何没有 信息互通任务").contains("为何没有 信息互通任务 给 金东区"))
    let bare = told(bench, "解释 金东区")
    #expect(bare.contains("信息互通"), "\(bare)")
  }

  @Test("how many are lacking stands where no day has come on which there are enough")
  func dayOfNumber() throws {
    let text = told(try desk("jindong-2021"), "为何没有 吸纳五十人奖补 给 义山汽配")
    #expect(text.contains("无（8人，须50人，差42人）"), "\(text)")
  }

  @Test("records without ids are counted and not named")
  func nameless() throws {
    let text = told(try desk("fuzhou-2021"), "为何没有 新引进企业奖励 给 常青人力")
    #expect(text.contains("5笔仅因上列条件未计入"), "\(text)")
    #expect(!text.contains("：等"), "\(text)")
  }

  @Test("whoever is none of those that are joined is not told to go on with another")
  func unjoined() throws {
    let bench = try desk("jindong-2021")
    let one = told(bench, "为何没有 就业补贴 给 away")
    #expect(one.contains("✗ 计入区内连续就业"), "\(one)")
    #expect(!one.contains("不是前段的接续"), "\(one)")
  }

  @Test("a measure of a document that belongs elsewhere is asked for with the line that runs it here")
  func elsewhere() throws {
    let bench = try desk("changle-2022-year")
    let text = told(bench, "为何没有 登记年龄任务 给 2457")
    #expect(text.contains("测算 quanzhou-tiz-2023 假设本地采用"), "\(text)")
    let own = told(bench, "测算 changle-2020; 为何没有 机构奖励 给 2457")
    #expect(own.contains("测算 changle-2022") && !own.contains("测算 changle-2022 假设"), "\(own)")
  }

  @Test("drawn against a document of another place, both are costed as adopted here")
  func drawnElsewhere() throws {
    let bench = try desk("shared")
    let found = try bench.object("simulation", "simulate 5 times in changle-2022 against quanzhou-tiz-2023")
    #expect(found["mode"] == .string("adopted"), "\(found.line)")
    let own = try bench.object("simulation", "simulate 5 times in changle-2022")
    #expect(own["mode"] == .string("enacted"), "\(own.line)")
  }

  @Test("a measure that is left out is told without ids and without empty lines")
  func leftOut() throws {
    let bench = try desk("changle-2022-year")
    let text = told(bench, "草案 乙 从 changle-2022：去掉 专员补助; 差异 changle-2022，乙")
    #expect(text.contains("-   参数 招工人数＝10人"), "\(text)")
    #expect(!text.contains("〔"), "\(text)")
    #expect(!text.contains("\n\n\n\n"), "\(text)")
  }

  @Test("the estimate names the values that its programme asks for, and no others")
  func valuesOfEstimate() throws {
    let bench = try desk("shared")
    bench.ask("run changle-2022")
    func head() -> String {
      told(bench, "报告 测算说明").split(separator: "\n").first { $0.hasPrefix("测算方案") }.map(String.init) ?? ""
    }
    #expect(!head().isEmpty && !head().contains("湖北籍服务补助标准"), "\(head())")
    bench.ask("run changle-2020 as adopted")
    #expect(head().contains("湖北籍服务补助标准"), "\(head())")
  }

  @Test("a choice that there is none of is answered with those that there are")
  func choices() throws {
    let text = told(try desk("changle-2020"), "列出 企业 其中 规模 = 超大")
    for word in ["微型", "小型", "中型", "大型"] { #expect(text.contains(word), "\(text)") }
  }
}

@Suite("Rules that cannot be read are told by what is wrong")
struct MistakenRulesTests {
  private func mistakes(_ rule: String, _ head: String = "") throws -> [Diagnostic] {
    let text = """
      ```policy
      document d
        title "D" zh "丁"
        jurisdiction 350112
        window from 2022-01-01 to 2025-12-31
      \(head)

      measure m zh 丙
        title "M" zh "丙"
        article "一"
        kind agency_reward
      \(rule)
      ```
      """
    let bench = try Bench()
    try text.write(toFile: bench.path("d.md"), atomically: true, encoding: .utf8)
    return bench.ask("check \"\(bench.path("d.md"))\"").flatMap(\.diagnostics).filter { $0.severity == .error }
  }

  @Test("a day that no calendar has is told as that, and the figure it stands behind is known all the same")
  func days() throws {
    let found = try mistakes(
      "  for each hire\n  where start >= 2024-02-30\n  pay agency rate(start) on start",
      "param rate = 300 yuan, 400 yuan from 2024-06-31")
    #expect(found.map(\.code) == ["bad-date", "bad-date"], "\(found.map(\.message.en))")
    #expect(found.map(\.message.en).joined().contains("There is no such day: 2024-06-31."), "\(found)")
    #expect(found.map(\.message.zh).joined().contains("2024-02-30"), "\(found)")
  }

  @Test("an amount times one amount over another is a part of it, however it is written")
  func shares() throws {
    for share in ["100 yuan * monthly_wage / 5000 yuan", "100 yuan * (monthly_wage / 5000 yuan)"] {
      let found = try mistakes("  for each hire\n  where monthly_wage is given\n  pay agency \(share) on start")
      #expect(found.isEmpty, "\(share): \(found.map(\.message.en))")
    }
    let squared = try mistakes("  for each hire\n  pay agency 100 yuan * monthly_wage on start")
    #expect(squared.first?.code == "cannot-multiply", "\(squared)")
  }
}
