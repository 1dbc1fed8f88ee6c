// Registers as other offices and programs keep them: who is asked for at a prompt, wages in mixed units, words where
// numbers should be, forms with lines above their headings, headings in two rows.
import Diagnostics
import Foundation
import Testing
import Workbooks

@testable import Workbench

@Suite("Registers of other offices")
struct StrangerFormsTests {
  private static let options = " in 350500-tiz as of 2023-12-31"

  private func imported(_ text: String, _ more: String = "") throws -> (bench: Bench, told: [Diagnostic]) {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    try text.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    let told = bench.ask("import \"\(bench.path("r.csv"))\"\(more)\(Self.options)").flatMap(\.diagnostics)
    return (bench, told)
  }

  private func list(_ bench: Bench, _ name: String) -> String {
    bench.ask("list \(name)").flatMap(\.json).map(\.line).joined()
  }

  @Test("At a prompt the employer is no column that is only left over")
  func employers() throws {
    let rows = "姓名,任职状态,公司主体,部门,入职日期\n张三,在职,甲公司,一车间,2023/03/01\n李四,离职,甲公司,一车间,2023/03/02\n"
    for (text, usual) in [(rows, "[公司主体] "), (rows.replacing("公司主体", with: "主体"), nil)] {
      let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
      try text.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
      var asked: [String] = []
      bench.session.ask = { question in
        asked.append(question.line(in: .zh))
        return nil
      }
      bench.ask("import \"\(bench.path("r.csv"))\"\(Self.options)")
      let line = try #require(asked.first)
      #expect(usual.map(line.hasSuffix) ?? !line.contains("["), "\(line)")
      #expect(usual != nil || line.contains("任职状态"), "\(line)")
    }
  }

  @Test("Wages in a column of 万元: each kind of cell has its sample, and what nobody earns is warned of")
  func wages() throws {
    let told = try imported(
      "姓名,用工单位,入职时间,月工资（万元）\n甲某,甲公司,2023-03-01,0.42\n乙某,甲公司,2023-03-01,4200元\n丙某,甲公司,2023-03-01,0.42万\n"
        + "丁某,甲公司,2023-03-01,4200\n"
    ).told
    let note = try #require(told.first { $0.code == "read-as" && $0.message.zh.contains("月工资") })
    #expect(note.message.zh.contains("“4200”读作 42,000,000.00 元") || note.message.zh.contains("`4200` 读作 42,000,000"))
    #expect(note.message.zh.contains("`0.42` 读作 4,200") && note.message.zh.contains("`0.42万` 读作"), "\(note.message.zh)")
    let far = try #require(told.first { $0.code == "far-wage" })
    #expect(far.message.zh.contains("1 条的") && far.message.zh.contains("42,000,000"), "\(far.message.zh)")
    #expect(far.severity == .warning && far.message.en.contains("above 100,000"), "\(far.message.en)")
    let low = try imported("姓名,用工单位,入职时间,月工资（元）\n甲某,甲公司,2023-03-01,4.2\n乙某,甲公司,2023-03-01,4200\n").told
    #expect(low.contains { $0.code == "far-wage" && $0.message.en.contains("below 500") })
    let usual = try imported("姓名,用工单位,入职时间,月工资（元）\n甲某,甲公司,2023-03-01,1720\n").told
    #expect(!usual.contains { $0.code == "far-wage" })
  }

  @Test("A word or a covered number is no key of who is who: the name is")
  func noNumbers() throws {
    let rows =
      "姓名,用工单位,介绍机构,入职时间,身份证号\n张三,甲公司,惠民人力,2023-03-01,511903*\n李四,甲公司,惠民人力,2023-03-01,511903*\n"
      + "王五,甲公司,惠民人力,2023-03-01,已核\n赵六,甲公司,惠民人力,2023-03-01,已核\n"
    let (bench, told) = try imported(rows)
    #expect(try bench.total("run quanzhou-tiz-2023") == "4000.00")
    #expect(
      told.contains { $0.code == "identity-number" && $0.message.zh.contains("2 处写的是文字") }, "\(told.map(\.message.zh))")
    #expect(told.contains { $0.code == "identity-number" && $0.message.zh.contains("2 个号码有遮盖") })
    #expect(!told.contains { $0.code == "one-number-several-names" })
    // Namesakes whose numbers are covered otherwise are two; the same name with the same cover is one.
    let namesakes = "姓名,用工单位,介绍机构,入职时间,身份证号\n张三,甲公司,惠民人力,2023-03-01,513***0113\n张三,甲公司,惠民人力,2023-03-01,513***0142\n"
    #expect(try imported(namesakes).bench.total("run quanzhou-tiz-2023") == "2000.00")
  }

  @Test("A line of a form above the headings is none of them")
  func formLine() throws {
    let rows =
      "登记表,,,,,\n"
      + "镇（街）：洛阳镇,,村（居）：白沙村,,填表人：李四,填表日期：2023年12月20日\n户主,家庭成员姓名,身份证号,务工单位,务工起始时间,是否脱贫户\n"
      + "陈大,陈建国,513323198201100113,甲公司,2023-03-01,是\n,林晓红,513323198302110142,甲公司,2023-03-02,否\n"
    let (bench, told) = try imported(rows, " as hires")
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.zh))")
    let hires = list(bench, "hires")
    #expect(hires.contains("陈建国") && hires.contains("林晓红") && hires.contains("2023-03-02"), "\(hires)")
  }

  @Test("Headings in two rows over the first and the last day of a term are offered as they are performed")
  func twoRows() throws {
    let rows = "序号,姓名,用工单位,派遣期限,,月工资\n,,,起,止,\n1,张三,甲公司,2023-03-01,2024.2.28,4200\n2,李四,甲公司,2023-03-02,,4300\n"
    let refused = try imported(rows).told
    let hint = try #require(refused.first { $0.severity == .error }?.hint)
    #expect(hint.zh.contains("派遣期限起 = 参保日期") && hint.zh.contains("派遣期限止 = 离职日期"), "\(hint.zh)")
    let (bench, told) = try imported(rows, " as hires columns 派遣期限起 = start, 派遣期限止 = end")
    #expect(!told.contains { $0.severity == .error || $0.message.zh.contains("前一日期") }, "\(told.map(\.message.zh))")
    #expect(list(bench, "hires").contains("2024-02-28"))
  }

  @Test("Of a firm that places domestic workers the household is not the employer")
  func households() throws {
    let rows = "家政企业名称,员工姓名,上户日期,下户日期,雇主\n好孕来家政,张三,2023-03-01,2023-03-31,王女士\n好孕来家政,李四,2023-03-02,-,王女士\n"
    let (bench, told) = try imported(rows, " as hires")
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.zh))")
    let firms = list(bench, "enterprises")
    #expect(firms.contains("好孕来家政") && !firms.contains("王女士"), "\(firms)")
    #expect(list(bench, "hires").contains("2023-03-31"))
  }

  @Test("The month of a graduation is read once somebody has said which day stands for it, which is offered")
  func graduations() throws {
    let rows = "姓名,用工单位,介绍机构,入职时间,毕业时间\n张三,甲公司,惠民人力,2023-07-01,2023.06\n"
    let refused = try #require(try imported(rows).told.first { $0.severity == .error })
    #expect(refused.hint?.zh.contains("日期写法 按当月1日") == true || refused.hint?.zh.contains("按当月1日") == true, "\(refused)")
    let (bench, told) = try imported(rows, " dates \"first of month\"")
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.zh))")
    #expect(list(bench, "hires").contains("2023-06-01"))
    #expect(try !imported(rows.replacing("2023.06", with: "2023届")).told.contains { $0.severity == .error })
  }

  @Test("A reading or a figure at the top of a scenario is told where it belongs")
  func misplaced() throws {
    func hint(_ line: String) throws -> Diagnostic {
      let bench = try Bench()
      try "scenario: x\ndistrict: 350112\n\(line)\n".write(
        toFile: bench.path("x.yaml"), atomically: true, encoding: .utf8)
      return try bench.mistake("load \"\(bench.path("x.yaml"))\"")
    }
    let reading = try hint("clock: anniversary")
    #expect(reading.message.zh.contains("是口径") && reading.hint?.zh.contains("readings") == true, "\(reading)")
    for line in ["changle-2022.agency_reward.rate_3m: 400", "parameters: {rate_3m: 400}", "参数: {首次标准: 400}"] {
      let told = try hint(line)
      #expect(told.hint?.zh.contains("草案") == true && told.hint?.en.contains("ignore") != true, "\(told)")
    }
    #expect(try hint("budget: 30万").hint?.en.contains("`set budget = …`") == true)
    #expect(try hint("nothing_known: 1").hint?.en.contains("ignore") == true)
  }

  @Test("Where an import fails after answers they stand as a command, and Chinese has Chinese quotation marks")
  func answers() throws {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    try "姓名,主体,入职日期\n张三,甲公司,2023/03/01\n李四,甲公司,没有日期\n".write(
      toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    var asked: [String] = []
    bench.session.ask = { question in
      asked.append(question.line(in: .zh))
      return asked.count == 1 ? "xyz" : asked.count == 2 ? "主体" : ""
    }
    bench.session.language = .zh
    let told = bench.ask("导入 \"\(bench.path("r.csv"))\"\(Self.options)").flatMap(\.diagnostics)
    #expect(asked.count >= 2 && asked[1].contains("没有“xyz”这一项"), "\(asked)")
    let kept = try #require(told.first { $0.code == "import-answers" })
    #expect(kept.message.zh.contains("各列 主体 = 就业单位"), "\(kept.message.zh)")
  }

  @Test("Rows of instructions, numbers that are none of single records, and a firm above the headings have a way out")
  func waysOut() throws {
    let rows = "姓名,用工单位,入职时间\n必填,必填,必填，格式YYYY-MM-DD\n张三,甲公司,2023-03-01\n"
    let row = try #require(
      try imported(rows.replacing("必填，格式", with: "格式")).told.first { $0.severity == .error })
    #expect(row.hint?.zh.contains("“不读行 2”") == true && row.hint?.en.contains("`skip 2`") == true, "\(row)")
    let numbers = try imported("工号,姓名,用工单位,入职时间\n1001,张三,甲公司,2023-03-01\n1001,李四,甲公司,2023-03-02\n").told
    #expect(numbers.contains { $0.code == "repeated-id" && $0.hint?.zh.contains("各列 工号 = 不读") == true })
    let above = try imported("核算组织：金华市东兴服饰有限公司,,\n姓名,入职日期,离职日期\n张三,2023-03-01,\n").told
    let hint = try #require(above.first { $0.severity == .error }?.hint)
    #expect(hint.zh.contains("常量 就业单位 = 金华市东兴服饰有限公司"), "\(hint.zh)")
  }

  @Test(
    "Stamps, years in figures beside months in words, and ways to say that somebody is still there",
    arguments: [
      ("20230301000000", "", "2023-03-01"), ("2023年三月一日", "", "2023-03-01"), ("2023-03-01", "999912", "2023-03-01"),
      ("2023-03-01", "至今在职", "2023-03-01"),
    ])
  func days(_ start: String, _ end: String, _ day: String) throws {
    let (bench, told) = try imported("姓名,用工单位,入职时间,离职时间\n张三,甲公司,\(start),\(end)\n")
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.zh))")
    let hires = list(bench, "hires")
    #expect(hires.contains(day) && !hires.contains("9999"), "\(hires)")
  }

  @Test("What is not to be read and is no column is told")
  func absent() throws {
    let told = try imported("姓名,用工单位,入职时间\n张三,甲公司,2023-03-01\n", " columns 备注注 = none").told
    #expect(told.contains { $0.code == "column-absent" && $0.message.zh.contains("备注注") }, "\(told.map(\.message.zh))")
  }
}
