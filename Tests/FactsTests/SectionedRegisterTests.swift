// Registers in several sections, and cells and headings that say something else than they seem to: each once was read
// wrongly without a word.
import Diagnostics
import Facts
import Testing

@Suite("Sections of registers, and what is not what it seems")
struct SectionedRegisterTests {
  private static func read(_ csv: String, _ more: String = "") -> ScenarioReader.Outcome {
    RegisterShapeTests.read(csv, more)
  }

  private static func errors(_ reading: ScenarioReader.Outcome) -> [Diagnostic] {
    reading.diagnostics.filter { $0.severity == .error }
  }

  @Test(
    "A line between the records says whose follow, as the one above the table did",
    arguments: ["用工单位：乙公司,,,", "单位名称,乙公司,,", "乙公司,,,", ",乙公司,,", "二、乙公司（1人）,,,", "用工单位：乙公司  填报日期：2022年3月,,,"])
  func owners(line: String) {
    let head = "序号,姓名,户籍地,参保日期"
    for again in ["", head + "\n"] {
      let csv = "用工单位：甲公司,,,\n\(head)\n1,张三,,2022-03-01\n\(line)\n\(again)2,李四,,2022-03-02\n"
      let reading = Self.read(csv)
      #expect(Self.errors(reading).isEmpty, "\(line) \(Self.errors(reading).map(\.message.en))")
      let employers = Sample.column(reading, "hires", "enterprise")
      #expect(employers.count == 2 && employers.first != employers.last, "\(line) \(employers)")
    }
  }

  @Test("The first employer may come again, and a batch is nobody's name")
  func back() {
    let csv =
      "单位名称：甲公司,,\n序号,姓名,参保日期\n1,张三,2022-03-01\n单位名称：乙公司,,\n2,李四,2022-03-02\n"
      + "单位名称：甲公司,,\n第二批,,\n3,王五,2022-03-03\n"
    let employers = Sample.column(Self.read(csv), "hires", "enterprise")
    #expect(employers.count == 3 && employers[0] == employers[2] && employers[0] != employers[1])
    let grouped = Self.read("姓名,参保日期\n甲公司,\n张三,2022-03-01\n第二批,\n李四,2022-03-02\n")
    #expect(Set(Sample.column(grouped, "hires", "enterprise")).count == 1)
  }

  @Test("A second table below the first one is not taken for the only one")
  func secondHead() {
    let first = "姓名,就业单位,介绍机构,参保日期,\n张三,E1,,2022-03-01,\n李四,E1,,2022-03-02,\n"
    let second = "离职人员,,,,\n姓名,就业单位,介绍机构,参保日期,离职日期\n王五,E1,,2022-03-01,2022-05-01\n"
    for title in ["", "在职人员,,,,\n"] {
      #expect(!Self.errors(Self.read(title + first + second)).isEmpty, "\(title)")
      #expect(Sample.column(Self.read(title + first), "hires", "start").count == 2)
    }
  }

  @Test(
    "Totals are told however they are written",
    arguments: [
      "小计：", "合计:", "本页小计", "合计（元）", "合计2人", "小计（2人）", "3月小计", "一季度小计", "总额", "总金额", "甲公司小计", "共计：", "Total:",
      "Grand total", "Sub-total",
    ])
  func totals(word: String) {
    let reading = Self.read("序号,姓名,就业单位,参保日期,月工资\n1,张三,E1,2022-03-01,4000\n\(word),2人,E1,2022-03-01,8000\n")
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01"], "\(word)")
    #expect(reading.diagnostics.map(\.code).contains("rows-skipped"))
  }

  @Test("Nobody is called a total whose number or whole record says otherwise")
  func people() {
    let reading = Self.read("序号,姓名,就业单位,参保日期\n1,总明,E1,2022-03-01\n2,计小,E1,2022-03-02\n")
    #expect(Sample.column(reading, "hires", "start").count == 2)
  }

  @Test(
    "What stands behind a day and may say that it holds no more is not dropped",
    arguments: ["续签", "在职", "至今", "取消", "作废", "延期", "起", "返岗", "入职", "见备注"])
  func remarks(word: String) {
    for cell in ["2022.5.31（\(word)）", "2022.5.31 \(word)"] {
      let reading = Self.read("姓名,就业单位,参保日期,离职日期\n张三,E1,2022-03-01,\(cell)\n")
      #expect(Self.errors(reading).map(\.code) == [word == "续签" ? "not-ended" : "not-a-date"], "\(cell)")
      #expect(CellPattern.offered(cell, code: "not-a-date") == nil || !"续职至取作延起岗".contains { cell.contains($0) })
    }
  }

  @Test("Why a day is one may stand behind it", arguments: ["辞职", "合同到期", "已核实"])
  func reasons(word: String) {
    let reading = Self.read("姓名,就业单位,参保日期,离职日期\n张三,E1,2022-03-01,2022.5.31（\(word)）\n")
    #expect(Sample.column(reading, "hires", "end") == ["2022-05-31"])
  }

  @Test(
    "A wage by another time than the month is refused by its heading",
    arguments: ["工资（元/年）", "工资（元/天）", "工资（元/日）", "工资（元/小时）", "工资（日）", "工资(按日计)", "工资标准（元/天）", "月工资标准（元/天）"])
  func times(heading: String) {
    let reading = Self.read("姓名,就业单位,参保日期,\(heading)\n张三,E1,2022-03-01,36000\n")
    #expect(Self.errors(reading).map(\.code) == ["heading-unit"], "\(heading)")
  }

  @Test("A wage by the month, and months in years, are read", arguments: ["工资（元/月）", "月工资（元）", "工资(月)", "月工资（元/人/月）"])
  func months(heading: String) {
    let reading = Self.read("姓名,就业单位,参保日期,\(heading)\n张三,E1,2022-03-01,3600\n")
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["3,600 yuan"], "\(Self.errors(reading))")
    #expect(
      Self.errors(Self.read("姓名,就业单位,参保日期,合同期限月数（天）\n张三,E1,2022-03-01,90\n")).map(\.code) == ["heading-unit"])
  }

  @Test("Who came by himself was introduced by no agency", arguments: ["自招", "直招", "自主招聘", "无中介", "本人", "网络招聘", "社招"])
  func unintroduced(word: String) {
    let reading = Self.read("姓名,就业单位,参保日期,介绍机构\n张三,E1,2022-03-01,\(word)\n")
    #expect(Self.errors(reading).isEmpty)
    #expect(Sample.column(reading, "hires", "agency") == ["none"])
    #expect(reading.diagnostics.contains { $0.message.en.contains(word) })
  }

  @Test("A group that is headed as gone is told of", arguments: ["已离职人员", "作废"])
  func gone(head: String) {
    let csv = "姓名,就业单位,参保日期\n一、在职人员,,\n张三,E1,2022-03-01\n二、\(head),,\n李四,E1,2022-03-02\n"
    let told = Self.read(csv).diagnostics.filter { $0.code == "group-gone" }
    #expect(told.count == 1 && told.allSatisfy { $0.message.zh.contains(head) })
  }

  @Test(
    "Two places in one cell are refused with both",
    arguments: [
      "520502/350112", "520502 350112", "七星关区、长乐区", "七星关区 长乐区", "福建长乐区/七星关区",
      "七星关区长乐区",
    ])
  func places(cell: String) {
    let reading = Self.read("姓名,就业单位,参保日期,户籍地\n张三,E1,2022-03-01,\(cell)\n")
    #expect(Self.errors(reading).map(\.code) == ["ambiguous-place"], "\(cell)")
  }

  @Test(
    "One place with what lies around it is one", arguments: ["福建省/福州市/长乐区", "福建省 福州市 长乐区", "350112 长乐区", "长乐区 航城街道"])
  func place(cell: String) {
    let reading = Self.read("姓名,就业单位,参保日期,户籍地\n张三,E1,2022-03-01,\(cell)\n")
    #expect(Sample.column(reading, "hires", "origin") == ["350112 长乐区"], "\(Self.errors(reading).map(\.message.en))")
  }

  @Test("A document is in force once, and what is said of every record is not said in vain")
  func once() {
    let twice = Sample.scenario("documents: [changle-2022, fuzhou-2021, changle-2022]\n", csv: [:])
    #expect(Self.errors(twice).map(\.code) == ["repeated-key"])
    let idle = Self.read("姓名,就业单位,参保日期\n张三,E1,2022-03-01\n", "columns: {hires: {constant: {参保日期: 2022-05-01}}}\n")
    #expect(idle.diagnostics.map(\.code).contains("column-absent"))
  }
}
