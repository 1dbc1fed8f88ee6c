// Registers whose headings stand over several columns, whose totals do not add up, or whose employers are written
// otherwise than in the scenario that they go into; and days and ranges as people type them.
import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Registers and lines as people write them")
struct RegisterDoorsTests {
  private func bench(_ texts: [String: String]) throws -> Bench {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    for (name, text) in texts { try text.write(toFile: bench.path(name), atomically: true, encoding: .utf8) }
    return bench
  }

  private func told(_ bench: Bench, _ command: String) -> [Diagnostic] {
    var line = command
    for name in ["a.csv", "b.csv", "a.yaml"] where line.contains(name) {
      line = line.replacing(name, with: "\"\(bench.path(name))\"")
    }
    return bench.ask(line).flatMap(\.diagnostics)
  }

  private func shown(_ bench: Bench, _ command: String) throws -> String {
    AnswerRenderer(format: .table, language: .zh, width: 200).render(try #require(bench.ask(command).last))
  }

  @Test(
    "A heading that is merged over the parts of a place gives one place",
    arguments: [
      // Merged cells that go down stand in both rows; a level of its own below.
      "序号,姓名,性别,户籍地,,用工单位,入职时间\n序号,姓名,性别,省,市,用工单位,入职时间\n1,张伟,男,陕西省,安康市,甲公司,2022-03-01\n",
      "序号,姓名,性别,户籍地,,用工单位,入职时间\n,,,省,市,,\n1,张伟,男,陕西省,安康市,甲公司,2022-03-01\n",
      "序号,姓名,性别,户籍所在地,,用工单位,入职时间\n序号,姓名,性别,市州,县区,用工单位,入职时间\n1,张伟,男,陕西省安康市,安康市,甲公司,2022-03-01\n",
      // Nothing below, and no heading of its own.
      "序号,姓名,性别,户籍地,,用工单位,入职时间\n1,张伟,男,陕西省,安康市,甲公司,2022-03-01\n",
      "序号,姓名,性别,户籍省份,户籍地市,用工单位,入职时间\n1,张伟,男,陕西省,安康市,甲公司,2022-03-01\n",
    ])
  func mergedPlaces(_ csv: String) throws {
    let bench = try bench(["a.csv": csv])
    let told = told(bench, "导入 a.csv 在 350112 核算日 2022-12-31")
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.zh))")
    #expect(try bench.object("count", "count hires where origin = 610900")["count"]?.line == "1", "\(csv)")
    #expect(!told.contains { $0.message.zh.contains("没有表头") }, "\(told.map(\.message.zh))")
  }

  @Test("A blank heading beside a place is none of it where other things stand below")
  func blankHeading() throws {
    let bench = try bench(["a.csv": "姓名,户籍地,,用工单位,入职时间\n张伟,陕西省,组长,甲公司,2022-03-01\n"])
    let told = told(bench, "导入 a.csv 在 350112 核算日 2022-12-31")
    #expect(told.contains { $0.message.zh.contains("没有表头") }, "\(told.map(\.message.zh))")
    #expect(try bench.object("count", "count hires where origin = 610000")["count"]?.line == "1")
  }

  @Test("Amounts of a line of totals are held against the records above it")
  func sums() throws {
    let head = "姓名,用工单位,入职时间,月工资\n张伟,甲公司,2022-03-01,4200\n王芳,甲公司,2022-03-02,3800\n"
    for (rows, line) in [("合计,,,9000\n", "9,000"), ("小计,,,8000\n李娜,乙公司,2022-03-02,3000\n总计,,,12000\n", "12,000")] {
      let told = try told(bench(["a.csv": head + rows]), "导入 a.csv 在 350112 核算日 2022-12-31")
      let found = told.filter { $0.code == "rows-summed" }
      #expect(found.count == 1 && found[0].message.zh.contains(line), "\(rows): \(told.map(\.message.zh))")
    }
    for rows in [
      "合计,,,8000\n", "合计,,,\"8,000.00元\"\n", "小计,,,8000\n李娜,乙公司,2022-03-02,3000\n总计,,,11000\n",
      "小计,,,8000\n李娜,乙公司,2022-03-02,3000\n小计,,,3000\n", "平均,,,4000\n", "",
    ] {
      let told = try told(bench(["a.csv": head + rows]), "导入 a.csv 在 350112 核算日 2022-12-31")
      #expect(!told.contains { $0.code == "rows-summed" }, "\(rows): \(told.map(\.message.zh))")
    }
  }

  @Test("An employer that is nearly one of the scenario, or of another file, is told of, with the name that is known")
  func alike() throws {
    let head = "姓名,用工单位,入职时间\n"
    let texts = ["a.csv": head + "张伟,恒申集团,2022-03-01\n", "b.csv": head + "王芳,福建恒申集团有限公司,2022-04-01\n"]
    let bench = try bench(texts)
    #expect(!told(bench, "导入 a.csv 在 350112 核算日 2022-12-31").contains { $0.code == "register-alike" })
    let onto = told(bench, "导入 b.csv 并入 a.yaml")
    let one = try #require(onto.first { $0.code == "register-alike" }, "\(onto.map(\.message.zh))")
    #expect(one.hint?.zh.contains("\"福建恒申集团有限公司\" = \"恒申集团\"") == true, "\(one.hint?.zh ?? "")")
    let together = try told(self.bench(texts), "导入 a.csv，b.csv 在 350112 核算日 2022-12-31")
    #expect(together.contains { $0.code == "register-alike" }, "\(together.map(\.message.zh))")
  }

  @Test("Days are read as people type them", arguments: ["2022.12.31", "2022/12/31", "2022年12月31日", "20221231"])
  func days(_ day: String) throws {
    let bench = try bench(["a.csv": "姓名,用工单位,入职时间\n张伟,甲公司,2022-03-01\n"])
    #expect(!told(bench, "导入 a.csv 在 350112 核算日 \(day)").contains { $0.severity == .error }, "\(day)")
    #expect(try String(contentsOfFile: bench.path("a.yaml"), encoding: .utf8).contains("as_of: 2022-12-31"))
    #expect(!bench.ask("设 核算日 = \(day)").haveFailed, "\(day)")
  }

  @Test("Conditions take a day with points, and the heading that registers have for a fact")
  func conditions() throws {
    let bench = try bench(["a.csv": "姓名,用工单位,入职时间\n张伟,甲公司,2022-03-01\n王芳,甲公司,2022-04-01\n"])
    _ = told(bench, "导入 a.csv 在 350112 核算日 2022-12-31")
    for condition in ["参保日期晚于2022.3.15", "入职时间晚于2022-03-15", "姓名 = 王芳", "用工单位 = 甲公司 且 姓名 = 王芳"] {
      let text = try shown(bench, "统计 录用人员 其中 \(condition)")
      #expect(text.contains("1"), "\(condition): \(text)")
      #expect(!bench.ask("统计 录用人员 其中 \(condition)").haveFailed, "\(condition): \(text)")
    }
    let wrong = try #require(bench.ask("统计 录用人员 其中 参保日期 晚于 20220315").last?.diagnostics.first)
    #expect(wrong.hint?.zh.contains("2022-03-01") == true, "\(wrong.hint?.zh ?? "")")
    // The months of a contract are a number, of which a year is no unit; 3千 is one.
    let year = try #require(bench.ask("统计 录用人员 其中 合同月数不少于1年").last?.diagnostics.first)
    #expect(year.code == "wrong-type" && year.hint?.zh.contains("12") == true, "\(year.hint?.zh ?? "")")
    #expect(bench.ask("count hires where contract_months >= 3 persons").haveFailed)
    #expect(!bench.ask("统计 录用人员 其中 月工资不低于3千元").haveFailed)
  }

  @Test("A range stands behind an equals sign, too")
  func ranges() throws {
    let bench = try Bench()
    let said = try shown(bench, "扫描 changle-2022.agency_reward.rate_3m 从 200 到 400 步长 100")
    for line in ["= 200..400 步长 100", "= 200元..400元 步长 100", "200 到 400 步长 100", "= 200～400 步长 100"] {
      #expect(try shown(bench, "扫描 changle-2022.agency_reward.rate_3m \(line)") == said, "\(line)")
    }
  }

  @Test("Where each payment has what is asked for anyway, it does not stand there twice")
  func beneficiary() throws {
    let bench = try Bench()
    #expect(!bench.ask("测算 changle-2022").haveFailed)
    #expect(try shown(bench, "明细 按 对象") == shown(bench, "明细"))
  }

  @Test("A unit above the headings or below them is that of the amounts")
  func units() throws {
    let rows = "Q1,甲公司,350112,12.5\nQ2,乙公司,350112,88.6\n"
    for head in [
      "编号,企业名称,注册地,失业保险费（万元）\n,,,上年度失业保险费\n", "编号,企业名称,注册地,上年度失业保险费\n,,,万元\n",
      "编号,企业名称,注册地,上年度失业保险费（万元）\n", "编号,企业名称,注册地,上年度失业保险费\n,,,（万元）\n",
    ] {
      let bench = try bench(["a.csv": head + rows])
      let told = told(bench, "导入 a.csv 作为 企业 在 350112 核算日 2022-12-31")
      #expect(!told.contains { $0.severity == .error }, "\(head): \(told.map(\.message.zh))")
      let count = try bench.object("count", "count enterprises where ui_premiums_last_year = 125,000 yuan")
      #expect(count["count"]?.line == "1", "\(head): \(told.map(\.message.zh))")
    }
  }

  @Test("The two days of a term stand in columns below its heading")
  func terms() throws {
    for head in [
      "姓名,用工单位,起止时间,\n,,起,止\n", "姓名,用工单位,起止时间,\n,,起始,截止\n", "姓名,用工单位,就业时间,\n姓名,用工单位,起,止\n",
    ] {
      let bench = try bench(["a.csv": head + "张伟,甲公司,2022.3.1,2022.8.31\n王芳,甲公司,2022.3.1,\n"])
      let told = told(bench, "导入 a.csv 在 350112 核算日 2022-12-31")
      #expect(!told.contains { $0.severity == .error }, "\(head): \(told.map(\.message.zh))")
      let left = try bench.object("count", "count hires where end = 2022-08-31")
      #expect(left["count"]?.line == "1", "\(head): \(told.map(\.message.zh))")
    }
  }

  @Test("Below a heading that says they have left, records without a last day are told of")
  func sections() throws {
    let csv =
      "姓名,用工单位,入职时间,离职时间\n一、在职人员,,,\n张伟,甲公司,2022-03-01,\n二、离职人员,,,\n王芳,甲公司,2022-03-01,\n"
      + "李娜,甲公司,2022-03-01,2022-05-01\n"
    let mixed = try told(bench(["a.csv": csv]), "导入 a.csv 在 350112 核算日 2022-12-31")
    let one = try #require(mixed.first { $0.code == "group-gone" }, "\(mixed.map(\.message.zh))")
    #expect(one.message.zh.contains("有 1 条没有离职日期"), "\(one.message.zh)")
    let head = "甲厂2022年离职人员名单,,\n姓名,用工单位,入职时间\n"
    let titled = try told(bench(["a.csv": head + "王芳,甲公司,2022-03-01\n"]), "导入 a.csv 在 350112 核算日 2022-12-31")
    #expect(titled.contains { $0.code == "group-gone" }, "\(titled.map(\.message.zh))")
  }

  @Test("A text that a program has written as a formula is that text")
  func formulas() throws {
    let csv = "姓名,用工单位,入职时间\n张伟,\"=\"\"甲公司\"\"\",2022-03-01\n\"=\"\"王芳\"\"\",甲公司,2022-03-01\n"
    let bench = try bench(["a.csv": csv])
    _ = told(bench, "导入 a.csv 在 350112 核算日 2022-12-31")
    #expect(try bench.object("count", "count enterprises")["count"]?.line == "1")
    #expect(try bench.object("count", "统计 录用人员 其中 劳动者 = 王芳")["count"]?.line == "1")
  }

  @Test("A row of dots is left out by its dots alone")
  func dots() throws {
    let csv = "姓名,用工单位,入职时间\n张伟,甲公司,2022-03-01\n…,,\n王芳,甲公司,2022-03-01\n"
    let bench = try bench(["a.csv": csv])
    _ = told(bench, "导入 a.csv 在 350112 核算日 2022-12-31 不读行 \"…\"")
    #expect(try bench.object("count", "count hires")["count"]?.line == "2")
  }

  @Test("A row that was left out by its number is told of where another file is read by the same words")
  func numbers() throws {
    let head = "姓名,用工单位,入职时间\n张伟,甲公司,2022-03-01\n"
    let bench = try bench(["a.csv": head + "李娜,甲公司,2022-03-01\n", "b.csv": head + "王芳,甲公司,2022-03-01\n"])
    _ = told(bench, "导入 a.csv 在 350112 核算日 2022-12-31 不读行 3")
    #expect(told(bench, "导入 b.csv 仿照 a.yaml").contains { $0.code == "import-rows" })
  }

  @Test("A heading that says the contrary of a fact is not proposed for it")
  func contraries() throws {
    for heading in ["是否首次参保", "是否未参保", "非脱贫户", "是否无组织"] {
      let csv = "姓名,用工单位,入职时间,\(heading)\n张伟,甲公司,2022-03-01,是\n王芳,甲公司,2022-03-02,否\n"
      let told = try told(bench(["a.csv": csv]), "导入 a.csv 在 350112 核算日 2022-12-31")
      let hints = told.filter { $0.message.zh.contains(heading) }.compactMap(\.hint?.zh)
      let facts = ["= 本区曾参保", "= 脱贫人员", "= 有组织"]
      #expect(!hints.contains { hint in facts.contains(where: hint.contains) }, "\(hints)")
    }
  }

  @Test("What is said for a file that is added, and changes the records before it, is told of")
  func added() throws {
    let first = "用工单位：宏达公司,,\n姓名,入职时间,离职时间\n张伟,2022-03-01,\n李娜,2022-03-01,\n"
    func added(_ name: String) throws -> [Diagnostic] {
      let bench = try bench(["a.csv": first, "b.csv": "姓名,入职时间,离职时间\n王芳,2022-04-01,\n"])
      #expect(!told(bench, "导入 a.csv 在 350112 核算日 2022-12-31").contains { $0.severity == .error })
      return told(bench, "导入 b.csv 作为 录用人员 并入 a.yaml 常量 就业单位 = \(name)")
    }
    let onto = try added("宏达公司")
    #expect(!onto.contains { $0.message.zh.contains("与原来不同") }, "\(onto.map(\.message.zh))")
    let other = try added("新星公司")
    #expect(other.contains { $0.message.zh.contains("与原来不同") }, "\(other.map(\.message.zh))")
  }
}
