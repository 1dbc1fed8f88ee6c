// Registers that contradict themselves or say a fact by halves, and the lines that `import` offers for them: each can
// be performed.

import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("Register lines that are offered")
struct RegisterOffersTests {
  private func imported(_ text: String, _ more: String = "") throws -> (bench: Bench, told: [Diagnostic]) {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    try text.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    let command = "导入 \"\(bench.path("r.csv"))\" 作为 录用人员 在 350500-tiz 核算日 2023-12-31\(more)"
    return (bench, bench.ask(command).flatMap(\.diagnostics))
  }

  private func list(_ bench: Bench) -> String { bench.ask("list hires").flatMap(\.json).map(\.line).joined() }

  @Test("A year and a month in columns of their own are one day by month; a month alone is no day for all like it")
  func months() throws {
    let csv = "姓名,用工单位,入职年份,入职月份,离职月份\n张三,甲公司,2023,3,8\n李四,甲公司,2023,11,\n"
    let told = try imported(csv).told
    #expect(told.contains { $0.code == "beside-columns" && $0.message.zh.contains("入职年份") }, "\(told)")
    #expect(told.contains { $0.hint?.zh.contains("日期写法 按当月1日") == true }, "\(told.map { $0.hint?.zh ?? "" })")
    let bare = try #require(told.first { $0.code == "not-a-date" && $0.quoted == "8" })
    #expect(bare.hint?.zh.contains("缺少年份") == true && bare.hint?.zh.contains("单元格") == false, "\(bare)")
    let read = try imported(csv, " 各列 离职月份 = 不读 日期写法 按当月1日")
    #expect(list(read.bench).contains("2023-03-01") && list(read.bench).contains("2023-11-01"), "\(read.told)")
    // Years and months of a list that are not said to be of anything are not the day of anybody.
    let other = try imported("年份,月份,姓名,用工单位,入职时间\n2023,3,张三,甲公司,2023-03-01\n")
    #expect(list(other.bench).contains("2023-03-01"), "\(other.told.map(\.message.zh))")
  }

  @Test("A line of totals is held against the records above it")
  func totals() throws {
    let head = "用工单位,姓名,入职时间\n甲公司,张三,2023-03-01\n甲公司,李四,2023-03-01\n"
    let more = "乙公司,王五,2023-03-01\n"
    for (text, said) in [
      (head + "总计,3人,\n", 3), (head + "合计：5人,,\n", 5), (head + "小计,2人,\n" + more + "小计,2人,\n", 2),
      (head + "小计,2人,\n" + more + "小计,1人,\n总计,4人,\n", 4),
    ] {
      let told = try imported(text).told.filter { $0.code == "rows-counted" }
      #expect(told.count == 1 && told[0].message.en.contains("counts \(said)"), "\(text): \(told)")
    }
    for text in [
      head + "总计,2人,\n", head + "小计,2人,\n" + more + "小计,1人,\n总计,3人,\n", head + "合计,其中男1人,\n", head + "合计,9000元,\n",
    ] { #expect(try !imported(text).told.contains { $0.code == "rows-counted" }, "\(text)") }
  }

  @Test("A status of being at work beside a last day that has passed is told of")
  func stays() throws {
    let head = "姓名,用工单位,入职时间,离职时间,状态\n"
    let told = try imported(head + "张三,甲公司,2023-03-01,2023-04-01,在职\n").told
    let one = try #require(told.first { $0.code == "stays-and-ended" }, "\(told.map(\.message.zh))")
    #expect(one.severity == .warning && one.message.zh.contains("在职") && one.message.zh.contains("第 2 行"))
    for rows in [
      "张三,甲公司,2023-03-01,,在职\n", "张三,甲公司,2023-03-01,2026-02-28,在职\n", "张三,甲公司,2023-03-01,2023-04-01,离职\n",
      "张三,甲公司,2023-03-01,9999-12-31,在职\n",
    ] { #expect(try !imported(head + rows).told.contains { $0.code == "stays-and-ended" }, "\(rows)") }
  }

  @Test("Of two columns of one heading one is left by its place; a column of ids that repeat is left by its heading")
  func columns() throws {
    let twice = "姓名,用工单位,介绍机构,入职时间,介绍机构\n张三,甲公司,惠民人力,2023-03-01,惠工人力\n"
    let told = try imported(twice).told
    #expect(!told.contains { $0.code == "ignored-fact" }, "\(told)")
    let hint = told.first { $0.code == "repeated-column" }?.hint
    #expect(hint?.zh.contains("各列 第5列 = 不读") == true, "\(told)")
    let read = try imported(twice, " 各列 第5列 = 不读")
    #expect(!read.told.contains { $0.severity == .error || $0.code == "ignored-fact" }, "\(read.told)")
    #expect(list(read.bench).contains("惠民人力") && !list(read.bench).contains("惠工人力"))
    let first = try imported(twice, " 各列 第3列 = 不读")
    #expect(list(first.bench).contains("惠工人力") && !list(first.bench).contains("惠民人力"))

    let ids = "工号,姓名,用工单位,入职时间\n1001,张三,甲公司,2023-03-01\n1001,李四,甲公司,2023-03-02\n"
    let repeated = try imported(ids).told
    let remedy = repeated.first { $0.code == "repeated-id" }?.hint
    #expect(remedy?.zh.contains("各列 工号 = 不读") == true, "\(repeated)")
    let left = try imported(ids, " 各列 工号 = 不读")
    #expect(list(left.bench).contains("李四") && !left.told.contains { $0.severity == .error })
  }

  @Test("Terms of contracts look like months, and half years are read")
  func terms() throws {
    let terms = [("张三", "3年"), ("李四", "36个月"), ("王五", "半年"), ("赵六", "一年半")]
    let rows = terms.map { name, term in "\(name),甲公司,2023-03-01,\(term)\n" }
    let csv = "姓名,用工单位,入职时间,合同期限\n" + rows.joined()
    let told = try imported(csv).told
    #expect(told.contains { $0.hint?.zh.contains("各列 合同期限 = 合同月数") == true }, "\(told.map { $0.hint?.zh ?? "" })")
    let mixed = try imported(csv + "钱七,甲公司,2023-03-01,无固定期限\n孙八,甲公司,2023-03-01,2023.3.1-2026.2.28\n").told
    #expect(mixed.contains { $0.hint?.zh.contains("各列 合同期限 = 合同月数") == true }, "\(mixed)")
    let read = try imported(csv, " 各列 合同期限 = 合同月数")
    #expect(!read.told.contains { $0.severity == .error }, "\(read.told.map(\.message.zh))")
    let note = try #require(read.told.first { $0.code == "read-as" && $0.message.zh.contains("合同期限") })
    #expect(note.message.zh.contains("`半年` 读作 6"), "\(note.message.zh)")
  }

  @Test("What is to be left out and is not there is told of")
  func unmet() throws {
    let bench = try imported("姓名,用工单位,入职时间,备注\n张三,甲公司,2023-03-01,甲\n操作员：某,,,\n").bench
    let head = """
      scenario: t
      district: 350500-tiz
      as_of: 2023-12-31
      enterprises: [{id: 甲公司, district: 350500-tiz}]
      hires_from: r.csv

      """
    func told(_ more: String) throws -> [String] {
      try (head + more).write(toFile: bench.path("k.yaml"), atomically: true, encoding: .utf8)
      let answer = bench.session.load(path: bench.path("k.yaml"))
      let codes = ["ignored-nothing", "ignored-fact", "unmet-rows", "unmet-cells"]
      return answer.diagnostics.filter { codes.contains($0.code) }.map { "\($0.code): \($0.message.en)" }
    }
    let columns = "columns: {hires: {skip: [99, \"没有这行\", \"操作员：某\"], 备注: none}}\n"
    let rows = try told(columns)
    #expect(rows.count == 1 && rows[0].contains("`99`, `没有这行`") && !rows[0].contains("操作员"), "\(rows)")
    let skip = "columns: {hires: {skip: [\"操作员：某\"]}}\n"
    #expect(try told(skip + "ignore: [hires.备注]\n") == [])
    #expect(try told(skip + "ignore: [备注]\n") == [])
    let nothing = try told(skip + "ignore: [hires.备注, hires.没有的]\n")
    #expect(nothing.count == 1 && nothing[0].hasPrefix("ignored-nothing") && nothing[0].contains("没有的"), "\(nothing)")
    let fact = try told(skip + "ignore: [hires.备注, hires.入职时间, hires.参保日期]\n")
    #expect(fact.contains { $0.hasPrefix("ignored-fact") && $0.contains("参保日期") }, "\(fact)")
    // A column that `columns` leaves out is left out.
    #expect(
      try told("columns: {hires: {skip: [\"操作员：某\"], 离职日期: none, 备注: none}}\nignore: [hires.离职日期]\n").isEmpty)
  }

  @Test("A row that is said to name the columns, and is not there")
  func header() throws {
    let told = try imported("姓名,用工单位,入职时间\n张三,甲公司,2023-03-01\n", " 表头行 9").told
    #expect(told.contains { $0.code == "no-header" && $0.message.zh.contains("第 9 行") }, "\(told.map(\.message.zh))")
  }
}
