// Registers whose columns no row names, and columns that say two things or name two kinds: imported by a line that the
// program itself gives, and kept for next month.
import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View
import Workbooks

@testable import Workbench

@Suite("Registers without headings")
struct HeadlessImportTests {
  private static let rows = """
    1,张三,350182199003120011,贵州省毕节市织金县,鸿达鞋业有限公司,2022.3.1,惠民人力资源公司,13800000001
    2,李四,520502198807210018,贵州省毕节市七星关区,鸿达鞋业有限公司,2022.3.6,惠民人力资源公司,13800000002
    3,王五,511903199001150028,四川省巴中市恩阳区,金峰电子有限公司,2022.4.3,,13800000003

    """

  private func bench(_ text: String) throws -> Bench {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    bench.session.folder = bench.path("")
    try text.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    return bench
  }

  private func told(_ bench: Bench, _ command: String) -> [Diagnostic] { bench.ask(command).flatMap(\.diagnostics) }

  private func scenario(_ bench: Bench, _ name: String = "r.yaml") throws -> String {
    try String(contentsOfFile: bench.path(name), encoding: .utf8)
  }

  @Test("It is said that there are none, what the cells show, and the line that takes it; that line does")
  func proposed() throws {
    let bench = try bench(Self.rows)
    let refused = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31")
    let error = try #require(refused.first { $0.severity == .error })
    #expect(error.code == "register-list")
    for part in ["第2列为劳动者（张三）", "第6列为参保日期（2022.3.1）", "第5列为就业单位"] {
      #expect(error.message.zh.contains(part), "\(error.message.zh)")
    }
    #expect(!error.message.zh.contains("350182199003120011"), "identity numbers are covered")
    #expect(error.hint?.zh.contains("表头行 无") == true)
    let done = told(bench, "导入 r.csv 表头行 无 在 350112 核算日 2022-12-31")
    #expect(!done.contains { $0.severity == .error }, "\(done.map(\.message.zh))")
    let text = try scenario(bench)
    #expect(text.contains("header_row: {hires: none}") && text.contains("\"column 2\": worker"), "\(text)")
    let shown = try #require(bench.ask("list hires").last)
    let table = AnswerRenderer(format: .table, language: .zh, width: 200).render(shown)
    for part in ["王五", "2022-04-03", "511903********0028"] { #expect(table.contains(part), "\(table)") }
    // A column that is not read is told of.
    #expect(done.contains { $0.code == "nameless-column" })
  }

  @Test("Next month's file loads by the scenario; what is said goes before what cells show")
  func next() throws {
    let bench = try bench(Self.rows)
    _ = told(bench, "import r.csv header none in 350112 as of 2022-12-31 columns \"column 8\" = none")
    let more = Self.rows.replacing("3,王五,511903199001150028", with: "3,赵六,511903199001150028")
    try more.write(toFile: bench.path("n.csv"), atomically: true, encoding: .utf8)
    let next = told(bench, "import n.csv like r.yaml")
    #expect(!next.contains { $0.severity == .error }, "\(next.map(\.message.en))")
    let shown = try #require(bench.ask("list hires").last)
    #expect(AnswerRenderer(format: .table, language: .en, width: 200).render(shown).contains("赵六"))
  }

  @Test("What cells do not show is asked for by name")
  func lacking() throws {
    let rows = "1,张三,鸿达鞋业有限公司,2022.3.1,2022.3.5\n2,李四,鸿达鞋业有限公司,2022.3.6,2022.3.2\n"
    let bench = try bench(rows)
    let refused = told(bench, "import r.csv header none in 350112 as of 2022-12-31")
    let error = try #require(refused.first { $0.severity == .error })
    #expect(error.message.en.contains("column 4 may be `start` or `end`"), "\(error.message.en)")
    #expect(error.hint?.en.contains("columns \"column 4\" = start") == true, "\(error.hint?.en ?? "")")
    let done = told(bench, "import r.csv header none in 350112 as of 2022-12-31 columns \"column 4\" = start")
    #expect(!done.contains { $0.severity == .error }, "\(done.map(\.message.en))")
  }

  @Test("Whoever sits at the prompt is asked once")
  func asked() throws {
    let bench = try bench(Self.rows)
    var questions: [String] = []
    bench.session.ask = { question in
      questions.append(question.text.zh)
      return ""
    }
    let done = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31")
    #expect(!done.contains { $0.severity == .error }, "\(done.map(\.message.zh))")
    #expect(questions.contains { $0.contains("没有表头") && $0.contains("第2列劳动者") }, "\(questions)")
  }

  @Test("A column that names agencies and persons is read as both where somebody says so")
  func mixed() throws {
    let bench = try bench("姓名,用工单位,入职时间,引荐人/机构\n张三,甲公司,2022.3.1,惠民人力\n李四,甲公司,2022.3.1,李大嘴\n")
    let first = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31")
    #expect(first.contains { $0.hint?.zh.contains("= 机构或个人") == true })
    let done = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31 各列 \"引荐人/机构\" = 机构或个人 存入 m.yaml")
    #expect(!done.contains { $0.severity == .error }, "\(done.map(\.message.zh))")
    let text = try scenario(bench, "m.yaml")
    #expect(text.contains("\"引荐人/机构\": mixed") && text.contains("惠民人力") && !text.contains("李大嘴"), "\(text)")
    let shown = try #require(bench.ask("list hires").last)
    let table = AnswerRenderer(format: .table, language: .zh, width: 200).render(shown)
    #expect(table.contains("李大嘴") && table.contains("惠民人力"))
    #expect(!bench.session.load(path: bench.path("m.yaml")).failed)
  }

  @Test("A renewal is refused with the line that takes it all the same")
  func renewed() throws {
    let bench = try bench("姓名,用工单位,入职时间\n张三,甲公司,2022.3.1续签\n李四,甲公司,2022.3.1\n")
    let refused = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31")
    let hint = try #require(refused.first { $0.code == "goes-on" }?.hint?.zh)
    #expect(hint.contains("单元格 \"…续签\" = \"…\""), "\(hint)")
    let done = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31 单元格 \"…续签\" = \"…\"")
    #expect(!done.contains { $0.severity == .error }, "\(done.map(\.message.zh))")
  }

  @Test("Each person whom a cell names with others is a record where somebody says so; else it is told")
  func split() throws {
    let bench = try bench(
      "序号,姓名,身份证号,介绍机构,用工单位,入职时间\n1,\"张三、李四\",\"520502198807210018、511903199001150028\",惠民人力,甲公司,2022.3.1\n"
        + "2,王五,,惠民人力,甲公司,2022.3.2\n3,赵六等3人,,惠民人力,甲公司,2022.3.2\n4,\"钱七、孙八\",513323199203120011,惠民人力,甲公司,2022.3.2\n")
    let first = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31 存入 a.yaml")
    let warned = try #require(first.first { $0.code == "several-people" })
    #expect(warned.message.zh.contains("3 格") && warned.hint?.zh.contains("拆分 劳动者") == true, "\(warned)")
    #expect(try bench.object("count", "count hires")["count"]?.line == "4")
    let done = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31 拆分 姓名")
    #expect(!done.contains { $0.severity == .error }, "\(done.map(\.message.zh))")
    // Two numbers for two people are one each; one number for two is nobody's.
    #expect(
      done.contains { $0.code == "people-split" && $0.message.zh.contains("1 行") && $0.message.zh.contains("2 条") })
    #expect(done.contains { $0.code == "several-people" && $0.message.zh.contains("2 格") })
    #expect(try bench.object("count", "count hires")["count"]?.line == "5")
    let shown = try #require(bench.ask("list hires where worker is 李四").last)
    let table = AnswerRenderer(format: .table, language: .zh, width: 200).render(shown)
    #expect(table.contains("511903********0028") && !table.contains("张三"), "\(table)")
    #expect(try scenario(bench).contains("split: [worker]"))
    #expect(!bench.session.load(path: bench.path("r.yaml")).failed)
  }

  @Test("What a further file's headings mean is added to what the scenario says; what it says otherwise is refused")
  func onto() throws {
    let bench = try bench("姓名,用工单位,合同起始日期\n张三,甲公司,2022-03-01\n")
    _ = told(bench, "导入 r.csv 在 350112 核算日 2022-12-31 各列 合同起始日期 = 参保日期 单元格 待定 = 无")
    try "姓名,用工单位,来厂那天,离厂那天\n李四,甲公司,2022-04-01,未知\n".write(
      toFile: bench.path("n.csv"), atomically: true, encoding: .utf8)
    let done = told(bench, "导入 n.csv 并入 r.yaml 各列 来厂那天 = 参保日期, 离厂那天 = 离职日期 单元格 未知 = 无 存入 both.yaml")
    #expect(!done.contains { $0.severity == .error }, "\(done.map(\.message.zh))")
    let text = try scenario(bench, "both.yaml")
    #expect(text.contains("\"合同起始日期\": start") && text.contains("\"来厂那天\": start"), "\(text)")
    #expect(text.contains("cells: {\"待定\": \"无\", \"未知\": \"无\"}"), "\(text)")
    #expect(try bench.object("count", "count hires")["count"]?.line == "2")
    let refused = told(bench, "导入 n.csv 并入 r.yaml 各列 合同起始日期 = 离职日期 存入 c.yaml")
    #expect(refused.contains { $0.code == "import-model" && $0.message.zh.contains("合同起始日期") })
  }

  @Test(
    "Entries go into columns as their author has written them",
    arguments: [
      ("columns:\n  hires: {a: start}\n", "columns:\n  hires: {a: start, x: end, cells: {y: none}}\n"),
      (
        "columns:\n  录用人员:\n    a: start  # 注\n    cells: {b: c}\n",
        "columns:\n  录用人员:\n    x: end\n    a: start  # 注\n    cells: {b: c, y: none}\n"
      ),
      ("各列:\n  agencies: {}\nas_of: 1\n", "各列:\n  hires: {x: end, cells: {y: none}}\n  agencies: {}\nas_of: 1\n"),
      ("scenario: s\n", "scenario: s\ncolumns:\n  hires: {x: end, cells: {y: none}}\n"),
      ("columns: {hires: {a: start}}\n", nil), ("columns:\n  hires:\n    cells:\n      b: c\n", nil),
    ] as [(String, String?)])
  func merged(before: String, after: String?) {
    var lines = before.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isDone = MappingMerge(lists: ["hires", "录用人员"]).add(["x: end", "cells: {y: none}"], to: &lines)
    #expect((isDone ? lines.joined(separator: "\n") : nil) == after)
  }
}
