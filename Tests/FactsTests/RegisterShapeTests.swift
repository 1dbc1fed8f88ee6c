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

  @Test(
    "What offices write has its one meaning",
    arguments: [
      ("离职日期", "无固定期限", "end", "none"), ("离职日期", "尚未离职", "end", "none"), ("有组织", "自发", "organised", "no"),
      ("脱贫人员", "一般户", "relief_person", "no"), ("合同月数", "三年", "contract_months", "36"),
      ("合同月数", "24.0", "contract_months", "24"), ("月工资", "4 200", "monthly_wage", "4,200 yuan"),
      ("月工资", "4200.00000001", "monthly_wage", "4,200 yuan"),
    ])
  func words(heading: String, cell: String, field: String, value: String) {
    let reading = Self.read("序号,就业单位,参保日期,\(heading)\n1,E1,2022-03-01,\(cell)\n")
    #expect(Self.errors(reading) == [])
    let read = Sample.column(reading, "hires", field)
    #expect(read.count == 1 && read[0].contains(value), "\(read)")
  }

  @Test("What is less than a fen is not made nothing", arguments: ["0.0000001", "1234.565", "42 00", "4  200"])
  func fine(cell: String) {
    #expect(Self.errors(Self.read("序号,就业单位,参保日期,月工资\n1,E1,2022-03-01,\(cell)\n")).count == 1)
  }

  @Test("What a cell stands for that means nothing by itself can be said", arguments: ["cells", "单元格"])
  func cells(key: String) {
    let csv = "序号,就业单位,参保日期,离职日期,月工资,有组织\n1,E1,2022-03-01,看情况,约4200,不好说\n2,E1,2022-03-02,,4200,是\n"
    #expect(Self.errors(Self.read(csv)).count == 3)
    let said = "columns: {hires: {\(key): {看情况: none, 约4200: 4200, 不好说: 否}}}\n"
    let reading = Self.read(csv, said)
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["4,200 yuan", "4,200 yuan"])
    #expect(Sample.column(reading, "hires", "organised") == ["no", "yes"])
    #expect(Sample.column(reading, "hires", "end") == ["none", "none"])
    // What it stands for is read like any other text.
    #expect(
      Self.errors(Self.read(csv, said.replacing("4200}", with: "4200}").replacing("约4200: 4200", with: "约4200: 多")))
        .count == 1)
  }

  @Test("Notes of several lines at the foot are left out, and names in a record are not")
  func notes() {
    let foot = "说明：1.本表按月填报。,,\n2.参保日期以社保系统为准。,,\n（3）如有疑问请联系人社局。,,\n"
    let reading = Self.read("序号,就业单位,参保日期\n1,E1,2022-03-01\n" + foot)
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "id") == ["1"])
    // Without a note before it a lone text is a record that lacks something.
    #expect(!Self.errors(Self.read("序号,就业单位,参保日期\n1,E1,2022-03-01\n2.参保日期以社保系统为准。,,\n")).isEmpty)
  }

  @Test(
    "Days with words around them, and in Chinese figures",
    arguments: [
      ("二〇二二年三月一日", "2022-03-01"), ("二○二二年十二月二十一日", "2022-12-21"), ("2022.03.01起", "2022-03-01"),
      ("自2022年3月1日起", "2022-03-01"), ("2022-03-01（新招）", "2022-03-01"), ("2022.3.1 返岗", "2022-03-01"),
      ("2022年3月1日 星期二 上午9:00", "2022-03-01"),
    ])
  func worded(cell: String, day: String) {
    let reading = Self.read("序号,就业单位,参保日期\n1,E1,\(cell)\n")
    #expect(Sample.column(reading, "hires", "start") == [day], "\(Self.errors(reading))")
  }

  @Test(
    "The day of a renewal is no first day, which is told, and one word takes it all the same",
    arguments: ["2022.3.1续签", "2022.3.1（续聘）", "2022.3.1 转入", "2022年3月1日续订"])
  func renewed(cell: String) throws {
    let csv = "序号,就业单位,参保日期\n1,E1,\(cell)\n"
    #expect(Self.read(csv).diagnostics.filter { $0.severity == .error }.map(\.code) == ["goes-on"], "\(cell)")
    let (pattern, value) = try #require(CellPattern.offered(cell, code: "goes-on"))
    let reading = Self.read(csv, "columns: {hires: {cells: {\"\(pattern)\": \"\(value)\"}}}\n")
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01"], "\(pattern) \(Self.errors(reading))")
  }

  @Test(
    "What is right behind a day and leaves it what it is goes",
    arguments: ["2022.3.1试用", "2022年3月1日入职", "2022-03-01试用期"])
  func behind(cell: String) {
    #expect(Sample.column(Self.read("序号,就业单位,参保日期\n1,E1,\(cell)\n"), "hires", "start") == ["2022-03-01"])
    #expect(!Self.errors(Self.read("序号,就业单位,参保日期\n1,E1,2022.3.1补录\n")).isEmpty)
  }

  @Test(
    "A column whose heading names two facts says both",
    arguments: [
      ("姓名/性别", "张三/男", "王芳 / 女"), ("姓名（性别）", "张三（男）", "王芳(女)"), ("姓名、性别", "张三、男", "王芳 女"),
    ])
  func parts(heading: String, first: String, second: String) {
    let reading = Self.read("\(heading),就业单位,参保日期\n\(first),E1,2022-03-01\n\(second),E1,2022-03-02\n")
    #expect(Sample.column(reading, "hires", "worker") == ["张三", "王芳"], "\(Self.errors(reading))")
    #expect(Sample.column(reading, "hires", "sex") == ["male", "female"], "\(heading)")
    #expect(reading.diagnostics.contains { $0.code == "beside-columns" })
  }

  @Test("The second of two facts that nothing asks for is left out, and said; one fact stays whole")
  func firstParts() {
    let phone = Self.read("姓名/电话,就业单位,参保日期\n张三/13800000000,E1,2022-03-01\n王芳/,E1,2022-03-02\n")
    #expect(Sample.column(phone, "hires", "worker") == ["张三", "王芳"], "\(Self.errors(phone))")
    let whole = Self.read("姓名/性别,就业单位,参保日期\n张三,E1,2022-03-01\n王芳,E1,2022-03-02\n")
    #expect(Sample.column(whole, "hires", "worker") == ["张三", "王芳"])
    let wrong = Self.read("姓名/性别,就业单位,参保日期\n张三/男,E1,2022-03-01\n王芳/外星,E1,2022-03-02\n")
    #expect(wrong.diagnostics.filter { $0.severity == .error }.map(\.code) == ["unknown-choice"])
  }

  @Test("Rows without a row of headings are read by their places", arguments: ["none", "无"])
  func headless(none: String) {
    let csv = "1,张三,E1,2022.3.1\n2,李四,E1,2022.3.2\n合计,2人,,\n"
    let columns = "columns: {hires: {第2列: worker, column 3: enterprise, 第4列: start, 第1列: none}}\n"
    let reading = Self.read(csv, "header_row: {hires: \(none)}\n" + columns)
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "worker") == ["张三", "李四"])
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-03-02"])
    #expect(!Self.errors(Self.read(csv, "header_row: {hires: 无此行}\n")).isEmpty)
  }

  @Test(
    "A day that is not sure is none",
    arguments: ["2022-03-01（预计）", "2022.3.1 前", "2022-03-01（农历）", "约2022年3月1日", "二〇二二年十三月一日"])
  func unsure(cell: String) {
    #expect(Self.errors(Self.read("序号,就业单位,参保日期\n1,E1,\(cell)\n")).count == 1)
  }

  @Test(
    "Amounts with what is said of them",
    arguments: [("4.2K", 1), ("4200（税前）", 1), ("4200（元）", 1), ("4200（含奖金）", 0), ("4k-5k", 0)])
  func saidAmounts(cell: String, count: Int) {
    let reading = Self.read("序号,就业单位,参保日期,月工资\n1,E1,2022-03-01,\(cell)\n")
    #expect(Self.errors(reading).count == 1 - count)
    if count == 1 { #expect(Sample.column(reading, "hires", "monthly_wage") == ["4,200 yuan"]) }
  }

  @Test("A heading that says what figures stand for is followed, and said")
  func codes() {
    let reading = Self.read(
      "序号,性别（1男2女）,脱贫人员（是填1否填0）,就业单位,参保日期\n1,1,0,E1,2022-03-01\n2,2,1,E1,2022-03-01\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "sex") == ["male", "female"])
    #expect(Sample.column(reading, "hires", "relief_person") == ["no", "yes"])
    #expect(reading.diagnostics.filter { $0.code == "beside-columns" }.count == 2)
    // Without the heading's word the standard's codes hold, which is said; what the words do not mean is not followed.
    let standard = Self.read("序号,性别,就业单位,参保日期\n1,1,E1,2022-03-01\n2,2,E1,2022-03-01\n")
    #expect(Self.errors(standard) == [])
    #expect(Sample.column(standard, "hires", "sex") == ["male", "female"])
    #expect(standard.diagnostics.contains { $0.message.en.contains("GB/T 2261.1") })
    #expect(!Self.errors(Self.read("序号,性别（1甲2乙）,就业单位,参保日期\n1,1,E1,2022-03-01\n")).isEmpty)
  }

  @Test("A row that says how cells are filled in is none")
  func formats() {
    let reading = Self.read(
      "姓名,户籍地,就业单位,参保日期,月工资\n—,省市县,全称,年/月/日,元\n张三,七星关区,E1,2022-03-01,4200\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "worker") == ["张三"])
    #expect(Sample.column(reading, "hires", "origin")[0].contains("520502"))
  }

  @Test("The employer that a title begins with is that of every record, where no column says so")
  func titled() {
    let reading = Self.read("甲公司用工名单,\n姓名,参保日期\n张三,2022-03-01\n")
    #expect(!Self.errors(reading).isEmpty, "two signs are no name of a company")
    let named = Sample.scenario(
      "enterprises: [{id: E1, name: 长乐甲纺织有限公司, district: 350112}]\nhires_from: h.csv\n",
      csv: ["h.csv": "长乐甲纺织有限公司2022年用工名单,\n姓名,参保日期\n张三,2022-03-01\n"])
    #expect(Self.errors(named) == [])
    #expect(named.diagnostics.map(\.code).contains("beside-columns"))
    #expect(!Self.errors(Self.read("毕节众联人力资源有限公司输送名单,\n姓名,参保日期\n张三,2022-03-01\n")).isEmpty)
    #expect(!Self.errors(Self.read("长乐区人社局用工名单,\n姓名,参保日期\n张三,2022-03-01\n")).isEmpty)
  }

  @Test(
    "Headings of other offices' forms",
    arguments: [
      ("enterprise", ["单位全称", "Employer 用人单位", "实际用工单位", "拟录用企业", "合同公司", "签约主体", "Legal Entity", "引进到何企业就业"]),
      ("start", ["上班时间", "Hire Date 入职日期", "入职日期Hire Date", "企业首次为其缴纳社保时间", "社保缴纳起始日期", "Onboard Date", "单位缴纳社保日期"]),
      ("worker", ["被引进劳动力姓名", "姓名 Name"]),
    ] as [(String, [String])])
  func forms(field: String, names: [String]) {
    let cells = ["enterprise": "E1", "start": "2022-03-01", "worker": "张三"]
    for name in names {
      var columns = [("序号", "1")]
      if field != "enterprise" { columns.append(("就业单位", "E1")) }
      if field != "start" { columns.append(("参保日期", "2022-03-01")) }
      columns.append((name, cells[field] ?? ""))
      let csv = columns.map(\.0).joined(separator: ",") + "\n" + columns.map(\.1).joined(separator: ",") + "\n"
      let reading = Self.read(csv)
      #expect(Self.errors(reading) == [], "\(name)")
      #expect(reading.scenario?.dataset.table("hires")?.unstated[field] == nil, "\(name)")
    }
  }

  @Test("Of a heading in two languages a short Latin part says something else")
  func tongues() {
    let reading = Self.read("姓名,就业单位,参保日期,HR公司\n张三,E1,2022-03-01,某某\n", "ignore: [HR公司]\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "enterprise") == ["E1 (甲公司)"])
  }

  @Test("Columns named in the first of two rows of headings have their names, also behind the second's last")
  func twoRows() {
    let heads = "序号,基本情况,,用工情况,,备注\n,姓名,性别,就业单位,参保日期\n"
    let reading = Self.read("花名册\n" + heads + "1,张三,男,E1,2022-03-01,试用\n2,李四,女,E2,2022-03-02\n", "ignore: [备注]\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "enterprise").count == 2)
  }

  @Test("A row that is a numbered part's heading is no record")
  func partsOfTable() {
    let rows = "序号,就业单位,姓名,参保日期\n第一部分  纺织,,,\n1,E1,张三,2022-03-01\n第2组,,,\n2,E2,李四,2022-03-02\n"
    let reading = Self.read(rows)
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "worker") == ["张三", "李四"])
    #expect(reading.diagnostics.contains { $0.code == "rows-skipped" })
    // Any other text is a record that lacks all else.
    for text in ["甲", "第一名", "第一"] {
      #expect(!Self.errors(Self.read("编号,就业单位,姓名,参保日期\n\(text),,,\n1,E1,张三,2022-03-01\n")).isEmpty, "\(text)")
    }
  }

  @Test("Sexes in figures are read by the national standard where no heading says otherwise, and that is said")
  func sexes() {
    let reading = Self.read("姓名,性别,就业单位,参保日期\n张三,1,E1,2022-03-01\n李四,2,E1,2022-03-02\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "sex") == ["male", "female"])
    #expect(reading.diagnostics.contains { $0.code == "beside-columns" && $0.message.en.contains("GB/T 2261.1") })
    let said = Self.read("姓名,性别（1女2男）,就业单位,参保日期\n张三,1,E1,2022-03-01\n")
    #expect(Sample.column(said, "hires", "sex") == ["female"])
    #expect(!Self.errors(Self.read("姓名,性别,就业单位,参保日期\n张三,0,E1,2022-03-01\n")).isEmpty)
    #expect(!Self.errors(Self.read("姓名,性别,就业单位,参保日期\n张三,1,E1,2022-03-01\n李四,3,E1,2022-03-01\n")).isEmpty)
  }
}
