// Documents whose rules are written in Chinese: costed, changed by drafts, shown and saved in the language in which
// they are written or asked for.

import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("Rules in Chinese")
struct ChineseRulesTests {
  static let welcome = """
    # 入职奖励

    ```policy
    文件 welcome
      名称 “入职奖励” en “Welcome bonus”
      施行地区 长乐区〔350112〕
      印发日期 2022年1月1日
    措施 入职奖励〔welcome_bonus〕
      名称 “入职奖励” en “Welcome bonus”
      条款 “一”
      待遇类型 入职奖励〔welcome_bonus〕
      参数 奖励额〔rate〕＝100元，不少于0元 “每人” en “for each”
      口径 奖励范围〔paid_for〕 “为谁计奖？” en “Who is paid for?”
        有组织人员〔organised_only〕 “只计有组织的” en “the organised alone”
        全部录用人员〔everybody〕 默认 “全部” en “everybody”
      对每名录用人员
      凡稳定就业满3个月，且（奖励范围为全部录用人员或属有组织输转）的
      付给就业单位：奖励额，于满3个月之日计为应付
    算例 “一人” en “one”
      已知 企业 e：注册地 350112
      已知 录用人员 h：就业单位 e，参保日期 2022-03-01
      结果 入职奖励 100元
    ```

    """

  @Test("a document in Chinese checks, runs and explains itself")
  func runs() throws {
    let bench = try Bench(policies: [Self.welcome])
    #expect(try bench.total("run welcome") == "10000.00")
    bench.ask("draft big from welcome: rate = 200")
    #expect(try bench.total("run big") == "20000.00")
    let path = bench.path("welcome.md")
    try Self.welcome.write(toFile: path, atomically: true, encoding: .utf8)
    let answer = bench.session.check(paths: [path])
    #expect(!answer.failed && !answer.hasMismatch, "\(answer.diagnostics.map(\.message.en))")
  }

  @Test("a draft of it is saved in Chinese")
  func draft() throws {
    let bench = try Bench(policies: [Self.welcome])
    bench.ask("draft two from welcome: rate = 250, paid_for = organised_only, window = 2022-05-01..2023-12-31")
    let path = bench.path("two.md")
    let told = bench.ask("save two into \(path)")
    #expect(told.allSatisfy { !$0.failed }, "\(told.flatMap(\.diagnostics).map(\.message.en))")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for line in [
      "文件 two", "施行期限 自2022年5月1日至2023年12月31日", "奖励额〔rate〕＝250元，不少于0元", "“只计有组织的” en “the organised alone” 默认",
    ] {
      #expect(text.contains(line), "\(line)\n\(text)")
    }
    for word in ["yuan", "window", "default"] { #expect(!text.contains(word), "\(word)\n\(text)") }
    let answer = bench.session.check(paths: [path])
    #expect(!answer.failed, "\(answer.diagnostics.map(\.message.en))\n\(text)")
  }

  @Test("a rule is shown in the language of the reader")
  func shown() throws {
    let bench = try Bench(policies: [Self.welcome])
    func code(_ text: String) throws -> String {
      let document = try #require(bench.ask(text).last).document
      for case .code(let rule, language: _) in document.blocks { return rule }
      return ""
    }
    #expect(try code("show agency_reward").contains("for each agency"))
    #expect(try code("show welcome_bonus").contains("for each hire"))
    bench.ask("language zh")
    #expect(try code("查看 机构奖励").contains("对每家机构"))
    #expect(try code("查看 入职奖励").contains("对每名录用人员"))
  }

  @Test("a notebook's rules go with its commands")
  func notebook() throws {
    let bench = try Bench()
    let text = """
      ---
      title: rules
      ---

      ```policy name=more from=changle-2022
      # one more
      measure extra zh 另行奖励
        title "Extra" zh "另行奖励"
        article "新"
        kind extra zh 另行奖励
        param bonus zh 另行奖励额 = 10 yuan
        for each hire
        where key(enterprise)
        pay enterprise bonus on start
      ```

      ```cesuan
      run more
      ```

      """
    let path = bench.path("rules.md")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let told = bench.ask("translate \(path) to zh")
    #expect(told.flatMap(\.diagnostics).map(\.code) == [])
    let chinese = try String(contentsOfFile: path, encoding: .utf8)
    for line in [
      "```policy name=more from=changle-2022", "# one more", "措施 另行奖励〔extra〕", "凡就业单位为重点企业的", "付给就业单位：另行奖励额", "测算 more",
    ] {
      #expect(chinese.contains(line), "\(line)\n\(chinese)")
    }
    bench.ask("translate \(path) to en")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    // Rules that do not say what they change cannot be understood alone, and stay.
    let lost = text.replacingOccurrences(of: " from=changle-2022", with: "")
    try lost.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(bench.ask("translate \(path) to zh").flatMap(\.diagnostics).map(\.code) == ["rules-left"])
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("where key(enterprise)"))
  }

  @Test("what has no Chinese name is told: a warning for what comes with the program, a note where others have one")
  func unnamed() throws {
    func told(_ text: String) throws -> Diagnostic? {
      let bench = try Bench()
      let path = bench.path("x.md")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return bench.session.check(paths: [path]).diagnostics.first { $0.code == "no-chinese-name" }
    }
    let plain = CheckTests.grant
    #expect(try told(plain) == nil)
    let some = plain.replacingOccurrences(of: "param amount =", with: "param amount zh 补助额 =")
    let note = try #require(try told(some))
    #expect(note.severity == .note)
    #expect(note.message.zh.contains("`hours_needed`") && !note.message.zh.contains("`amount`"))
    let bundled = plain.replacingOccurrences(of: "document training-grant", with: "document changle-2020")
    #expect(try told(bundled)?.severity == .warning)
  }
}
