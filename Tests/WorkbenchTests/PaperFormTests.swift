// How papers are handed in: each list of what is open once, a unit in every head, in yuan or tens of thousands, what a
// standard is made of, and shares as they are.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Papers as they are handed in", .serialized)
struct PaperFormTests {
  private func bench(_ scenario: String) throws -> Bench {
    let bench = try Bench()
    bench.session.language = .zh
    let path = URL(filePath: #filePath).appending(path: "../../../scenarios/\(scenario).yaml").standardizedFileURL
    try #require(!bench.session.load(path: path.path(percentEncoded: false)).failed)
    return bench
  }

  private func paper(_ line: String, _ bench: Bench) throws -> String {
    let answer = try #require(bench.ask(line).last)
    #expect(!answer.failed, "\(answer.diagnostics.map(\.message.zh))")
    return AnswerRenderer(format: .markdown, language: .zh).render(answer)
  }

  @Test("what is open stands once, without advice to whoever types, and every head of amounts has its unit")
  func once() throws {
    let bench = try bench("jindong-2021")
    let text = try paper("报告 测算说明 jindong-2021", bench)
    #expect(text.components(separatedBy: "无法判定：缺少事实").count == 2, "\(text)")
    #expect(text.components(separatedBy: "标准未明确：缺少引用标准").count == 2)
    for word in ["请在情景或台账中写明", "请输入", "补充时输入", "| 应付 |", "| 未到期 |", "| 累计 |", "| 元 |"] {
      #expect(!text.contains(word), "\(word)")
    }
    for word in ["| 应付（元） |", "| 合计（元） |", "累计（元）"] { #expect(text.contains(word), "\(word)\n\(text)") }
  }

  @Test(
    "amounts are in tens of thousands where that is the unit, exactly, and agree with the run when they are read back")
  func myriads() throws {
    let bench = try bench("jindong-2021")
    bench.ask("设定 单位 = 万")
    let text = try paper("报告 审签表 jindong-2021", bench)
    for word in ["147.2580 万元", "| 合计（万元） |", "| **147.2580** |"] { #expect(text.contains(word), "\(word)\n\(text)") }
    let path = bench.path("su.md")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let check = try bench.object("paper_check", "报告 核验 \(path) 方案 jindong-2021")
    #expect(check["findings"] == .array([]), "\(check)")
  }

  @Test("charts and the box of what is uncertain are in the unit of the tables, and are read back as they are")
  func charted() throws {
    let bench = try bench("agency-edge")
    bench.ask("设定 单位 = 万")
    let answer = try #require(bench.ask("报告 测算说明 changle-2022").last)
    let text = AnswerRenderer(format: .markdown, language: .zh).render(answer)
    #expect(text.contains("0.00 至 11.94 万元") && !text.contains("119,400.00"), "\(text)")
    var charts = 0
    for part in answer.body.parts {
      guard case .block(.chart(let chart)) = part else { continue }
      charts += 1
      let drawn = SVGRenderer(language: .zh).render(chart)
      #expect(drawn.contains("万元") && !drawn.contains("59,700"), "\(drawn)")
    }
    #expect(charts > 0)
    for ending in ["md", "docx", "html"] {
      _ = bench.ask("报告 测算说明 changle-2022 存入 \(bench.path("box.\(ending)"))")
      let check = try bench.object("paper_check", "报告 核验 \(bench.path("box.\(ending)")) 方案 changle-2022")
      #expect(check["findings"] == .array([]), "\(ending) \(check)")
    }
  }

  @Test(
    "a standard that is a product is told with its factors, one that is not, is not; a cap that cuts nothing hides none"
  )
  func makeup() throws {
    let bench = try bench("jindong-2021")
    let text = try paper("报告 计算过程 jindong-2021", bench)
    #expect(text.contains("| 23,760.00 | 每月1080元×22个月 | 427,680.00 |"), "\(text)")
    #expect(text.contains("| 3,000.00 |  | 138,000.00 |"))
    let capped = try Bench(policies: [
      """
      ```policy
      文件 capped
        施行地区 长乐区〔350112〕
      措施 补贴
        名称 “补贴”
        条款 “一”
        待遇类型 补贴
        参数 月标准＝100元/月 “每月”
        参数 月数＝3个月
        对每名录用人员
        付给就业单位：月标准×月数
        限额 同一就业单位不超过10万元
      ```
      """
    ])
    capped.session.language = .zh
    // A cap that cuts nothing leaves the standard what it is.
    let lines = try paper("报告 计算过程 capped", capped)
    #expect(lines.contains("每月100元×3个月"), "\(lines)")
  }

  @Test("shares of the total are rounded as people round, and a total of all years is no figure of each")
  func shares() throws {
    let bench = try bench("jindong-2021")
    #expect(try paper("报告 不确定性 jindong-2021", bench).contains("影响合计的 14.9%"))
    let targets = try paper("报告 指标 jindong-2021", bench)
    #expect(targets.contains("| 预算总成本 | 累计 | ≤ | 1,472,580.00 |"), "\(targets)")
    #expect(targets.contains("| 承办补贴发放对象 | 2022 | ≥ | 1 | 家 |"))
    #expect(!targets.contains("月工资下限"))
  }

  @Test("what leads to a list goes with it, and who bears all is named once")
  func leads() throws {
    let bench = try bench("jindong-2021")
    let text = try paper("报告 起草说明 jindong-2021", bench)
    let lines = text.split(separator: "\n").map(String.init)
    for (line, next) in zip(lines, lines.dropFirst()) where line.contains("未计入以上任何合计") {
      #expect(next.hasPrefix("**"), "\(line) \(next)")
    }
    #expect(text.contains("区级财政100%；省市政策") && !text.contains("区级财政100%；区级财政"))
  }

  @Test("a condition without a figure of its own says what it is about")
  func conditions() throws {
    let bench = try bench("fuzhou-2021")
    let text = try paper("门槛 fuzhou-2021", bench)
    for word in ["税款记录数", "本年记录数", "上年记录数"] { #expect(text.contains(word), "\(word)\n\(text)") }
  }
}
