// Registers whose table says more than its columns do: employers in rows of their own or above the table, units above
// it, places in three columns, rows of every kind that are no records, headings put together of usual words.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("What a table says beside its columns")
struct RegisterShapeTests {
  static func read(_ csv: String, _ more: String = "") -> ScenarioReader.Outcome {
    Sample.scenario(
      "enterprises: [{id: E1, name: 甲公司, district: 350112}, {id: E2, name: 乙公司, district: 350112}]\n" + more
        + "hires_from: h.csv\n", csv: ["h.csv": csv])
  }

  private static func errors(_ reading: ScenarioReader.Outcome) -> [String] {
    reading.diagnostics.filter { $0.severity == .error }.map(\.message.en)
  }

  @Test("Rows that head groups say whose records follow, whoever reads the file")
  func groups() {
    let body = (1...400).map { "员工\($0),2022-03-01" }.joined(separator: "\n")
    let csv = "用工台账,\n姓名,参保日期\n一、甲公司（2人）,\n张三,2022-03-01\n李四,2022-03-02\n小计,2\n单位名称：乙公司,\n\(body)\n总计,402\n"
    let reading = Self.read(csv)
    #expect(Self.errors(reading) == [])
    let employers = Sample.column(reading, "hires", "enterprise")
    #expect(employers.count == 402)
    #expect(employers[0] == employers[1] && employers[1] != employers[2] && Set(employers[2...]).count == 1)
    #expect(reading.diagnostics.map(\.code).contains("beside-columns"))
  }

  @Test("A line above the table says whose register it is, and in what it counts")
  func above() {
    let reading = Self.read("花名册,,\n单位名称：甲公司,,单位：万元\n姓名,参保日期,月工资\n张三,2022-03-01,0.42\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["4,200 yuan"])
    #expect(reading.diagnostics.filter { $0.code == "beside-columns" }.count == 2)
    // A heading with a unit of its own says more.
    let own = Self.read("单位：万元,,\n姓名,就业单位,参保日期,月工资（元）\n张三,E1,2022-03-01,4200\n")
    #expect(Sample.column(own, "hires", "monthly_wage") == ["4,200 yuan"])
  }

  @Test("What is said of every record is, and is looked at")
  func constants() {
    let csv = "姓名,参保日期\n张三,2022-03-01\n李四,2022-03-02\n"
    for key in ["constant", "常量"] {
      let reading = Self.read(csv, "columns: {hires: {\(key): {就业单位: 乙公司, organised: 是}}}\n")
      #expect(Self.errors(reading) == [])
      #expect(Set(Sample.column(reading, "hires", "enterprise")).count == 1)
      #expect(Sample.column(reading, "hires", "organised") == ["yes", "yes"])
    }
    #expect(!Self.errors(Self.read(csv, "columns: {hires: {constant: {enterprise: 丙公司}}}\n")).isEmpty)
    #expect(!Self.errors(Self.read(csv, "columns: {hires: {constant: {没有: 甲公司}}}\n")).isEmpty)
    #expect(!Self.errors(Self.read(csv, "columns: {hires: {constant: {enterprise: E1, origin: 无此地}}}\n")).isEmpty)
  }

  @Test("Province, city and county in columns of their own are one place")
  func parts() {
    let csv = "姓名,省,市,县（区）,就业单位,参保日期\n张三,福建省,福州市,鼓楼区,E1,2022-03-01\n李四,江苏省,南京市,鼓楼区,E1,2022-03-01\n"
    let reading = Self.read(csv)
    #expect(Self.errors(reading) == [])
    let places = Sample.column(reading, "hires", "origin")
    #expect(places[0].contains("350102") && places[1].contains("320106"), "\(places)")
    let wrong = Self.read("姓名,省,县,就业单位,参保日期\n张三,福建省,无此县,E1,2022-03-01\n")
    #expect(Self.errors(wrong).count == 1)
  }

  @Test(
    "Rows of every kind that are no records are left out and said",
    arguments: [
      "甲,乙,1,2,3,4", "1,2,3,4,5,6", "2,,,,,", ",,,,,8000", "例：张某,,,XX公司,2022-03-01,", "示例,李某,,E1,2022-03-01,4000",
      "花名册,,,,,", "第2页,,,,,", "第 1 页 共 3 页,,,,,", ",,,,第2页,",
    ])
  func rows(row: String) {
    let csv = "花名册,,,,,\n序号,姓名,身份证号,就业单位,参保日期,月工资\n\(row)\n1,张三,11010519491231002X,E1,2022-03-01,4000\n"
    let reading = Self.read(csv)
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "id") == ["1"])
    #expect(reading.diagnostics.map(\.code).contains("rows-skipped"))
  }

  @Test("Whoever has an identity number is a record, even one called 合计")
  func named() {
    let csv = "姓名,身份证号,就业单位,参保日期\n合计,11010519491231002X,E1,2022-03-01\n小计,2,,\n"
    #expect(Sample.column(Self.read(csv), "hires", "worker") == ["合计"])
  }

  @Test("Numbers of rows that begin anew, or lack, are no ids, which is said")
  func serials() {
    for (first, second) in [("1", "1"), ("1", "")] {
      let csv = "序号,姓名,就业单位,参保日期\n\(first),张三,E1,2022-03-01\n2,王五,E1,2022-03-01\n\(second),李四,E2,2022-03-01\n"
      let reading = Self.read(csv)
      #expect(Sample.column(reading, "hires", "id") == ["张三-2022-03-01", "王五-2022-03-01", "李四-2022-03-01"])
      #expect(reading.diagnostics.map(\.code) == ["ids-made"])
    }
    let own = Self.read("序号,姓名,就业单位,参保日期\n0001,张三,E1,2022-03-01\n0001,李四,E2,2022-03-01\n")
    #expect(!Self.errors(own).isEmpty)
  }

  @Test("A column is left unread even under a fact's own name")
  func unread() {
    for none in ["none", "不读", ""] {
      let reading = Self.read(
        "序号,姓名,就业单位,参保日期\n1,张三,E1,2022-03-01\n1,李四,E1,2022-03-01\n", "columns: {hires: {序号: \(none)}}\n")
      #expect(Sample.column(reading, "hires", "id") == ["张三-2022-03-01", "李四-2022-03-01"])
    }
  }

  @Test(
    "Headings put together of usual words are understood",
    arguments: [
      ("worker_id", ["身份证件号码", "居民身份证号", "【身份证号】", "2.身份证号码", "員工身份證號碼"]),
      ("end", ["终止时间", "解除日期", "离岗日期", "停保日期", "离职时间（年月日）"]), ("enterprise", ["所属企业", "用工单位全称", "参保单位名称", "用工單位"]),
      ("start", ["上岗日期", "本单位参保日期", "首次参保时间"]), ("origin", ["户籍所在省市县", "户籍地（省市县）", "户口所在地", "户籍详细地址", "戶籍地"]),
      ("agency", ["人力资源服务机构名称", "劳务中介公司"]), ("monthly_wage", ["税前月工资", "月薪（元/月）", "月平均工资（元）"]),
      ("relief_person", ["是否建档立卡脱贫户", "是否脱贫人口"]), ("contract_months", ["合同期限（月）"]), ("organised", ["有组织输出"]),
    ] as [(String, [String])])
  func headings(field: String, names: [String]) {
    let cells = [
      "worker_id": "11010519491231002X", "end": "2022-12-31", "enterprise": "E1", "start": "2022-03-01",
      "origin": "520502", "agency": "A1", "monthly_wage": "4000", "relief_person": "是", "contract_months": "12",
      "organised": "是",
    ]
    for name in names {
      var columns = [("序号", "1")]
      if field != "enterprise" { columns.append(("就业单位", "E1")) }
      if field != "start" { columns.append(("参保日期", "2022-03-01")) }
      columns.append((name, cells[field] ?? ""))
      let csv = columns.map(\.0).joined(separator: ",") + "\n" + columns.map(\.1).joined(separator: ",") + "\n"
      let reading = Self.read(csv, "agencies: [{id: A1, district: 350112}]\n")
      #expect(Self.errors(reading) == [], "\(name)")
      #expect(reading.scenario?.dataset.table("hires")?.unstated[field] == nil, "\(name)")
    }
  }

  @Test("The end of a contract is not a last day, and a native place no home of record", arguments: ["合同终止日期", "籍贯"])
  func notTaken(heading: String) {
    let reading = Self.read("序号,就业单位,参保日期,\(heading)\n1,E1,2022-03-01,2022-12-31\n")
    #expect(Self.errors(reading).count == 1)
  }

  @Test(
    "A line of the mapping says for a column which of several days is meant",
    arguments: [
      ("3/4/2022", "day first", "2022-04-03"), ("3/4/2022", "月在前", "2022-03-04"), ("22.3.1", "20YY", "2022-03-01"),
      ("3/4/22", "[day first, 20YY]", "2022-04-03"), ("2022.3", "按当月1日", "2022-03-01"),
    ])
  func days(cell: String, order: String, day: String) {
    let csv = "序号,就业单位,参保日期\n1,E1,\(cell)\n"
    #expect(!Self.errors(Self.read(csv)).isEmpty)
    for key in ["dates: \(order)", "日期写法: {参保日期: \(order)}"] {
      let reading = Self.read(csv, "columns: {hires: {\(key)}}\n")
      #expect(Sample.column(reading, "hires", "start") == [day], "\(Self.errors(reading))")
    }
    #expect(!Self.errors(Self.read(csv, "columns: {hires: {dates: {start: 随便}}}\n")).isEmpty)
  }

  @Test("Semicolons, tabs and strokes between cells are seen", arguments: [";", "\t", "|"])
  func separators(mark: String) {
    let csv = ["序号,就业单位,参保日期", "1,E1,2022-03-01", "2,E2,2022-03-02"].joined(separator: "\n")
    let reading = Self.read(csv.replacing(",", with: mark))
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-03-02"])
    #expect(reading.diagnostics.map(\.code) == ["separator"])
    let commas = Self.read("序号,姓名,就业单位,参保日期\n1,甲;乙,E1,2022-03-01\n2,甲|乙,E1,2022-03-01\n")
    #expect(Sample.column(commas, "hires", "worker") == ["甲;乙", "甲|乙"])
  }
}
