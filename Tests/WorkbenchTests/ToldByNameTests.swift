// What charts, tables of thresholds and of amendments say of groups, of who loses a place, of what stands as it was.

import Answers
import Diagnostics
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Told by name")
struct ToldByNameTests {
  private static func bench(_ scenario: String) throws -> Bench {
    let bench = try Bench()
    let path = LanguageBookTests.root.appendingPathComponent("scenarios/\(scenario).yaml").path
    bench.session.language = .zh
    try #require(!bench.session.load(path: path).failed)
    return bench
  }

  private static func chart(_ command: String, _ bench: Bench) throws -> [String] {
    let answer = try #require(bench.ask(command).last)
    let chart = try #require(answer.chart, "\(answer.diagnostics.map(\.message.zh))")
    return chart.table.sections.flatMap(\.rows).map { row in
      row.cells.map { $0.plain(.zh) }.joined(separator: " ")
    }
  }

  private static func text(_ command: String, _ bench: Bench) throws -> String {
    let answer = try #require(bench.ask(command).last)
    return AnswerRenderer(format: .table, language: .zh, width: 300).render(answer)
  }

  @Test("a bar is called as its row in the table: a kind is none of its measures, a beneficiary no id")
  func bars() throws {
    let bench = try Self.bench("changle-2020")
    let kinds = try Self.chart("测算 按 待遇类型", bench)
    let names = kinds.map { String($0.prefix { $0 != " " }) }
    #expect(names == ["失业保险返还", "公益性岗位", "吸纳就业补贴", "失业待遇"], "\(kinds)")
    let payees = try Self.chart("测算 按 对象", bench)
    #expect(!payees.isEmpty && !payees.contains { $0.hasPrefix("darong") }, "\(payees)")
    let measures = try Self.chart("测算", bench)
    #expect(measures.contains { $0.hasPrefix("稳岗返还 ") }, "\(measures)")
  }

  @Test("a change is split over beneficiaries by their names")
  func split() throws {
    let bench = try Self.bench("changle-2022-year")
    bench.ask("草案 加码 从 changle-2022：首次标准 = 400，起奖人数 = 90")
    let told = try Self.text("变动分解 加码 按 对象", bench)
    #expect(told.contains("鹤上人力") && !told.contains("A10"), "\(told)")
  }

  @Test("who gains by one place fewer has not lost it")
  func places() throws {
    let bench = try Self.bench("specialist-quotas")
    let told = try Self.text("门槛 changle-2022", bench)
    #expect(told.contains("罗夏来；改由安晓云得到") || told.replacing("\n", with: "").contains("改由安晓云"), "\(told)")
  }

  @Test("a figure that leaves no budget at an end has no bar: nobody knows how far it would go")
  func bar() throws {
    let bench = try Self.bench("fuzhou-2021")
    let rows = try Self.chart("敏感性 fuzhou-2021", bench)
    #expect(!rows.isEmpty && !rows.contains { $0.hasPrefix("团队启动资金的资助上限") }, "\(rows)")
  }

  @Test("a threshold near which nobody stands any more is still what it was")
  func stays() throws {
    let bench = try Self.bench("changle-2022-year")
    bench.ask("草案 甲 从 changle-2022：机构奖励的起奖人数 = 5000")
    let answer = try bench.object("amendment", "修订对照 甲")
    guard case .array(let thresholds)? = answer["thresholds"] else { throw Bench.Missing() }
    #expect(!thresholds.isEmpty)
    for one in thresholds where one["before"] != .null { #expect(one["after"] != .null, "\(one)") }
  }

  @Test("days are compared as days")
  func days() throws {
    let told = try Self.text("门槛", try Self.bench("jindong-2021"))
    #expect(told.contains("不早于2021-05-01") && !told.contains("不少于2021"), "\(told)")
  }
}
