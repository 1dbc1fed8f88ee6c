// Registers as systems of social insurance and of personnel export them: codes below headings, both days in one column,
// months, days in English.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Registers as systems export them")
struct RegisterExportTests {
  private static func read(_ csv: String, _ more: String = "") -> ScenarioReader.Outcome {
    RegisterShapeTests.read(csv, more)
  }

  private static func errors(_ reading: ScenarioReader.Outcome) -> [String] {
    reading.diagnostics.filter { $0.severity == .error }.map(\.message.en)
  }

  @Test(
    "A column that says both days is both",
    arguments: [
      "2022.3.1-2022.12.31", "2022-03-01-2022-12-31", "2022-03-01 - 2022-12-31", "2022年3月1日至2022年12月31日",
      "2022/3/1～2022/12/31", "20220301—20221231", "2022.3.1--2022.12.31", "自2022年3月1日起至2022年12月31日止",
    ])
  func spans(text: String) {
    let reading = Self.read("姓名,就业单位,用工起止时间\n张三,E1,\(text)\n李四,E1,2022.3.1—至今\n王五,E1,2022.3.1 至 今\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-03-01", "2022-03-01"])
    #expect(Sample.column(reading, "hires", "end") == ["2022-12-31", "none", "none"])
    #expect(reading.diagnostics.map(\.code).contains("beside-columns"))
  }

  @Test("The two days of a contract are not those of the employment, and what is no day is told")
  func otherSpans() {
    let contract = Self.read(
      "姓名,就业单位,参保日期,合同起止时间\n张三,E1,2022-03-01,2022.3.1-2025.2.28\n", "columns: {hires: {合同起止时间: none}}\n")
    #expect(Sample.column(contract, "hires", "end") == ["none"])
    let wrong = Self.read("姓名,就业单位,用工起止时间\n张三,E1,2022.3.1-二月\n")
    #expect(Self.errors(wrong).count == 1)
  }

  @Test(
    "Rows below the headings that name the columns once more are no records",
    arguments: [
      "AAC003,AAC147,AAB004,AAC049,AAC040", "emp_name,id_no,company,start_date,wage",
      "Name,ID No,Company,Hire Date,Salary",
      ",,,年月日,", ",,,,元", ",,,,（元）", "姓名,身份证号码,单位名称,入职时间,月薪",
    ])
  func headLines(row: String) {
    let reading = Self.read("姓名,身份证号,就业单位,参保日期,月工资\n\(row)\n张三,11010519491231002X,E1,2022-03-01,4000\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "worker") == ["张三"])
    #expect(reading.diagnostics.map(\.code).contains("rows-skipped"))
  }

  @Test("A record of letters and no figures is one")
  func plainRecords() {
    let reading = Sample.scenario(
      "enterprises_from: e.csv\n",
      csv: ["e.csv": "id,name,district,above_scale\nE1,Alpha,350112,yes\nbeta,Beta,350112,no\n"])
    #expect(Sample.column(reading, "enterprises", "name") == ["Alpha", "Beta"])
  }

  @Test("Rows that head a month, and days without a year where somebody has said it")
  func months() {
    let csv = "姓名,就业单位,参保日期\n三月份,,\n张三,E1,3月1日\n2022年4月,,\n李四,E1,4/2\n第二季度,,\n王五,E1,2022-05-03\n"
    let said = Self.read(csv, "columns: {hires: {dates: year 2022}}\n")
    #expect(Self.errors(said) == [])
    #expect(Sample.column(said, "hires", "start") == ["2022-03-01", "2022-04-02", "2022-05-03"])
    let open = Self.read(csv).diagnostics.filter { $0.severity == .error }
    let hints = open.compactMap { $0.hint?.zh.contains("日期写法: 2022年") }
    #expect(hints == open.map { _ in true } && !open.isEmpty, "\(open.map(\.message.en))")
    let zero = Self.read("姓名,就业单位,参保日期\n张三,E1,3.1\n", "columns: {hires: {日期写法: 2022年}}\n")
    #expect(zero.diagnostics.contains { $0.code == "several-meanings" })
  }

  @Test("What a form says above its table in two cells, and what exports of databases leave out")
  func exports() {
    let csv = "单位名称,甲公司,\n姓名,入职日期,离职日期\n张三,2022 03 01,\\N\n李四,2022-03-02,NULL\n总人数：2人,,\n"
    let reading = Self.read(csv)
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-03-02"])
    #expect(Sample.column(reading, "hires", "end") == ["none", "none"])
  }

  @Test("A column of months does not stand for one of days, and 入职 alone is a day")
  func coarse() {
    let reading = Self.read("姓名,就业单位,首次参保年月,本次参保日期,离职\n张三,E1,202201,2022-03-01,2022.5.1\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01"])
    #expect(Sample.column(reading, "hires", "end") == ["2022-05-01"])
  }
}
