// Registers in which a heading says more than its fact's name, a row names nobody, a name says who has left, another
// column says for which time a wage is, a record stands above the headings, or a month's sheet has a column more.
import Answers
import Diagnostics
import Foundation
import Testing
import View
import Workbooks

@testable import Workbench

@Suite("What a register says besides")
struct OddRowsTests {
  private static let person = "522401199001010116"

  private func bench(_ text: String, _ name: String = "a.csv") throws -> Bench {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try text.write(toFile: bench.path(name), atomically: true, encoding: .utf8)
    return bench
  }

  private func told(_ bench: Bench, _ more: String = "", _ name: String = "a.csv") -> [Diagnostic] {
    bench.ask("导入 \"\(bench.path(name))\" 在 350112 核算日 2022-12-31 \(more)").flatMap(\.diagnostics)
  }

  @Test(
    "what stands behind the name of a fact and makes it another is no heading of it",
    arguments: [
      ("离职日期（预计）", "2022-07-31", "end"), ("离职日期（合同到期）", "2022-07-31", "end"), ("离职日期/预计", "2022-07-31", "end"),
      ("离职日期：预计", "2022-07-31", "end"), ("离职日期【预计】", "2022-07-31", "end"), ("离职日期(含预计)", "2022-07-31", "end"),
      ("End date (expected)", "2022-07-31", "end"), ("毕业时间（预计）", "2022-06-30", "graduated"),
      ("身份证号（监护人）", OddRowsTests.person, "worker_id"),
      ("脱贫人员（否）", "是", "relief_person"), ("本区曾参保（首次填是）", "是", "insured_before"),
    ])
  func another(_ heading: String, _ cell: String, _ field: String) throws {
    let bench = try bench("姓名,就业单位,参保日期,\(heading)\n张三,甲厂,2022-03-01,\(cell)\n")
    let told = told(bench)
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.zh))")
    let stated = field == "relief_person" || field == "insured_before"
    let count = try bench.object("count", "count hires where \(stated ? field : "\(field) is given")")
    #expect(count["count"]?.line == "0", "\(heading): \(count.line)")
    // Whoever says so is believed.
    let said = try self.bench("姓名,就业单位,参保日期,\(heading)\n张三,甲厂,2022-03-01,\(cell)\n")
    let after = self.told(said, "各列 \"\(heading)\" = \(field)")
    #expect(!after.contains { $0.severity == .error }, "\(after.map(\.message.zh))")
    let read = try said.object("count", "count hires where \(stated ? field : "\(field) is given")")
    #expect(read["count"]?.line == "1", "\(heading): \(read.line)")
  }

  @Test("what stands behind a name and changes nothing is read, and told where it is not understood")
  func harmless() throws {
    for (heading, isTold) in [
      ("离职日期（在职不填）", false), ("离职日期（yyyy-mm-dd）", false), ("离职日期（如有）", false), ("离职日期（人事科）", true),
    ] {
      let bench = try bench("姓名,就业单位,参保日期,\(heading)\n张三,甲厂,2022-03-01,2022-07-31\n")
      let told = told(bench)
      #expect(try bench.object("count", "count hires where end is given")["count"]?.line == "1", "\(heading)")
      let notes = told.filter { $0.message.zh.contains(heading) }
      #expect(notes.isEmpty != isTold, "\(heading): \(told.map(\.message.zh))")
    }
  }

  @Test("a row that names nobody is told of, and carried where that is said")
  func nobody() throws {
    let text = """
      姓名,身份证号,就业单位,参保日期,离职日期
      张三,\(Self.person),甲厂,2022-01-01,2022-03-31
      ,,甲厂,2022-05-01,
      李四,522401199002010126,甲厂,2022-03-01,

      """
    let first = try bench(text)
    let found = told(first).first { $0.code == "names-nobody" }
    #expect(found?.message.zh.contains("1 行没有写是谁（第 3 行）") == true, "\(String(describing: found))")
    #expect(found?.hint?.zh.contains("沿用上行") == true, "\(String(describing: found))")
    let second = try bench(text)
    let carried = told(second, "沿用上行 劳动者，身份证号")
    #expect(!carried.contains { $0.code == "names-nobody" || $0.severity == .error }, "\(carried.map(\.message.zh))")
    #expect(try second.object("count", "count hires where worker_id = \"\(Self.person)\"")["count"]?.line == "2")
    #expect(try !told(bench("姓名,就业单位,参保日期\n张三,甲厂,2022-01-01\n")).contains { $0.code == "names-nobody" })
  }

  @Test("what is said behind a name of having left is told of where no last day is stated")
  func left() throws {
    for (name, end, isTold) in [
      ("张三（已离职）", "", true), ("张三(2022.8离职)", "", true), ("张三（已离职）", "2022-08-31", false), ("张三（组长）", "", false),
      ("张三", "", false),
    ] {
      let told = try told(bench("姓名,就业单位,参保日期,离职日期\n\(name),甲厂,2022-03-01,\(end)\n"))
      #expect(told.contains { $0.code == "left-by-name" } == isTold, "\(name): \(told.map(\.message.zh))")
    }
  }

  @Test("columns that say for which time and in which currency wages are are held against how they are read")
  func terms() throws {
    for (heading, cell, isTold) in [
      ("计薪方式", "年薪", true), ("Pay Frequency", "Annual", true), ("币种", "美元", true), ("Currency", "USD", true),
      ("计薪方式", "月薪", false), ("Pay Frequency", "Monthly", false), ("币种", "人民币", false), ("备注", "年薪", false),
    ] {
      let told = try told(bench("姓名,就业单位,参保日期,月工资,\(heading)\n张三,甲厂,2022-03-01,6300,\(cell)\n"))
      #expect(told.contains { $0.code == "other-terms" } == isTold, "\(heading): \(told.map(\.message.zh))")
    }
    let yearly = try bench("姓名,就业单位,参保日期,年薪\n张三,甲厂,2022-03-01,72000\n")
    #expect(told(yearly, "各列 年薪 = 月工资").contains { $0.code == "heading-unit" && $0.severity == .error })
  }

  @Test("a row above the headings that states an identity number is told to look like a record")
  func above() throws {
    let rows = "张三,\(Self.person),甲厂,2022-03-01\n姓名,身份证号,就业单位,参保日期\n李四,522401199002010126,甲厂,2022-03-01\n"
    let found = try told(bench(rows)).first { $0.code == "titles-skipped" }
    #expect(found?.severity == .warning, "\(String(describing: found))")
    let title = "2022年新增就业人员名单,,,\n姓名,身份证号,就业单位,参保日期\n李四,522401199002010126,甲厂,2022-03-01\n"
    #expect(try told(bench(title)).first { $0.code == "titles-skipped" }?.severity == .note)
  }

  @Test("a file that cannot be read at all is named")
  func named() throws {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try Data([0x61, 0x3A, 0, 0x0A]).write(to: bench.folder.appending(path: "nul.yaml"))
    let answer = bench.session.load(path: bench.path("nul.yaml"))
    #expect(answer.failed)
    #expect(answer.diagnostics.first?.location?.source?.name.hasSuffix("nul.yaml") == true, "\(answer.diagnostics)")
  }
}
