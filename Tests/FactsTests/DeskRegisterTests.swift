// Registers as desks keep them: figures in words, notes below the table, second heads, groups written once, days in
// three columns, wages by the day. Each once came out wrong, or stopped with no way to go on.
import Diagnostics
import Testing

@testable import Facts

@Suite("Registers as desks keep them")
struct DeskRegisterTests {
  private static func read(_ csv: String, _ more: String = "") -> ScenarioReader.Outcome {
    RegisterShapeTests.read(csv, more.isEmpty ? "" : "columns: {hires: {\(more)}}\n")
  }

  private static func errors(_ reading: ScenarioReader.Outcome) -> [String] {
    reading.diagnostics.filter { $0.severity == .error }.map(\.code)
  }

  @Test(
    "A word that may change an amount or a day is never offered away",
    arguments: [
      "4.2仟", "4200千克", "150元/天", "6万/年", "4.2百万", "12薪4200", "4200w", "4200/工", "4200(日结)", "试用期4200", "不足4200",
      "4200以下",
      "超过4200", "4200减", "4200起", "2人4200", "4200美元", "港币4200",
    ])
  func amounts(cell: String) {
    #expect(CellPattern.offered(cell, code: "not-money") == nil, "\(cell)")
  }

  @Test(
    "The same of days",
    arguments: [
      "2023.3.5前", "2023.3.5后", "2023年3月上旬", "2023年3月中旬", "2022.5.31（续签）", "截至2023.3.5", "原2023.3.5", "2023.3.5补",
      "农历2023.3.5",
    ])
  func days(cell: String) {
    #expect(CellPattern.offered(cell, code: "not-a-date") == nil, "\(cell)")
  }

  @Test("What leaves an amount what it is may be", arguments: ["约4200", "4200左右", "税前4200元", "月薪约4200元/月"])
  func about(cell: String) {
    #expect(CellPattern.offered(cell, code: "not-money") != nil, "\(cell)")
  }

  @Test(
    "Amounts in Chinese figures are read",
    arguments: [
      ("4.2千", "4,200 yuan"), ("42百", "4,200 yuan"), ("肆仟贰佰元整", "4,200 yuan"), ("人民币肆仟贰佰圆正", "4,200 yuan"),
      ("四千二百", "4,200 yuan"), ("壹万零伍元伍角", "10,005.50 yuan"), ("叁仟零伍拾元零陆分", "3,050.06 yuan"), ("一万二千元", "12,000 yuan"),
      ("拾贰万元整", "120,000 yuan"), ("三千零八元", "3,008 yuan"),
    ])
  func capitals(cell: String, shown: String) {
    let reading = Self.read("姓名,就业单位,参保日期,月工资\n张三,E1,2022-03-01,\(cell)\n")
    #expect(Self.errors(reading) == [] && Sample.column(reading, "hires", "monthly_wage") == [shown], "\(cell)")
  }

  @Test(
    "Figures that leave a place out are not",
    arguments: ["四千二", "一万二", "二百五", "四", "千元", "零元", "四二百元", "四百千元", "四千二百元五", "壹佰零元"])
  func unclear(cell: String) {
    let reading = Self.read("姓名,就业单位,参保日期,月工资\n张三,E1,2022-03-01,\(cell)\n")
    #expect(Self.errors(reading) == ["not-money"], "\(cell)")
  }

  @Test("The month in which something ended is its last day, and 按当月1日 is not taken for it")
  func months() {
    let csv = "姓名,就业单位,参保日期,离职日期\n张三,E1,2022.3,2022.8\n"
    let refused = Self.read(csv, "日期写法: 按当月1日")
    #expect(Self.errors(refused) == ["not-a-date"])
    #expect(refused.diagnostics.contains { $0.hint?.zh.contains("按当月末日") ?? false })
    let read = Self.read(csv, "日期写法: [按当月1日, 按当月末日]")
    #expect(Self.errors(read) == [])
    #expect(Sample.column(read, "hires", "start") == ["2022-03-01"])
    #expect(Sample.column(read, "hires", "end") == ["2022-08-31"])
    #expect(
      Sample.column(
        Self.read(csv.replacing("2022.8", with: "2022.12"), "dates: [first of month, last of month]"), "hires", "end")
        == ["2022-12-31"])
  }

  @Test(
    "A wage by the day or hour is refused wherever its bracket says so",
    arguments: [
      "元/人·天", "元/人天", "元/人.日", "元·天", "每人每天元", "元/天，税前", "元/天·税前", "元/课时", "元／工时", "日/元", "一天", "元/天", "税前，元/天",
      "按天计", "元/件", "元/次", "元，半月", "元/旬", "元，含加班", "元/双周", "年薪，元", "元/年·人", "日结", "每小时", "万元/年",
    ])
  func wages(unit: String) {
    let reading = Self.read("姓名,就业单位,参保日期,工资（\(unit)）\n张三,E1,2022-03-01,200\n")
    #expect(Self.errors(reading) == ["heading-unit"], "\(unit)")
  }

  @Test(
    "A wage by the month is read with its unit",
    arguments: [
      ("元/月", "200 yuan"), ("元/人/月", "200 yuan"), ("元／人·月", "200 yuan"), ("税前，元/月", "200 yuan"), ("月，元", "200 yuan"),
      ("2022年12月，元", "200 yuan"), ("单位：元", "200 yuan"), ("千元/人·月", "200,000 yuan"), ("万元，税前", "2,000,000 yuan"),
      ("税前", "200 yuan"),
      ("人民币元", "200 yuan"), ("2023年", "200 yuan"), ("应发部分", "200 yuan"),
    ])
  func monthly(unit: String, shown: String) {
    let reading = Self.read("姓名,就业单位,参保日期,工资（\(unit)）\n张三,E1,2022-03-01,200\n")
    #expect(Self.errors(reading) == [] && Sample.column(reading, "hires", "monthly_wage") == [shown], "\(unit)")
  }

  @Test("What somebody says of a heading with an unclear unit goes, and of another time does not")
  func said() {
    let csv = "姓名,就业单位,参保日期,\"工资（元，含加班）\"\n张三,E1,2022-03-01,200\n"
    #expect(Self.errors(Self.read(csv, "\"工资（元，含加班）\": monthly_wage")) == [])
    let daily = "姓名,就业单位,参保日期,工资（元/天）\n张三,E1,2022-03-01,200\n"
    #expect(Self.errors(Self.read(daily, "工资（元/天）: monthly_wage")) == ["heading-unit"])
  }

  @Test(
    "Words that say that nobody has introduced somebody name no referrer",
    arguments: ["自己应聘", "自荐", "自行应聘", "本人", "个人", "网络", "自招", "亲友", "老乡介绍", "朋友", "现场招聘会", "无介绍人", "员工介绍", "同学介绍"])
  func referrers(word: String) {
    let reading = Self.read("姓名,就业单位,参保日期,引荐人,介绍机构\n张三,E1,2022-03-01,\(word),\(word)\n李四,E1,2022-03-01,老林,\n")
    #expect(Self.errors(reading) == [], "\(word)")
    #expect(Sample.column(reading, "hires", "referrer") == ["none", "老林"], "\(word)")
    #expect(Sample.column(reading, "hires", "agency") == ["none", "none"], "\(word)")
    #expect(reading.diagnostics.contains { $0.code == "read-as" && $0.message.zh.contains(word) })
  }

  @Test("Each of such words is shown")
  func apart() {
    let reading = Self.read("姓名,就业单位,参保日期,介绍机构\n张三,E1,2022-03-01,自招\n李四,E1,2022-03-01,本人\n")
    let told = reading.diagnostics.filter { $0.code == "read-as" }
    #expect(told.contains { $0.message.zh.contains("自招") && $0.message.zh.contains("本人") })
  }

  @Test(
    "Notes, days and offices below the table are no records",
    arguments: [
      "　　以上共计 3 人。", "（以下空白）", "—以下空白—", "以上名单经核实无误。", "此表一式两份", "特此证明", "台商投资区人力资源和社会保障局", "2023年12月20日",
      "人数合计：3", "※ 表示已离职", "转下页", "* 表示试用期", "以上情况属实", "共3人", "张坂镇人社服务中心", "合计人数：3人",
    ])
  func notes(line: String) {
    let csv = "序号,姓名,就业单位,参保日期\n1,张三,E1,2022-03-01\n\(line),,,\n"
    let reading = Self.read(csv)
    #expect(Self.errors(reading) == [], "\(line)")
    #expect(Sample.column(reading, "hires", "start").count == 1, "\(line)")
    #expect(reading.diagnostics.map(\.code).contains("rows-skipped"))
  }

  @Test("承上页 with its figure is a remark, and what is no record otherwise is told with a line that leaves it out")
  func strays() {
    let pages = Self.read("序号,姓名,就业单位,参保日期,月工资\n1,张三,E1,2022-03-01,4000\n承上页,,,,4000\n2,李四,E1,2022-03-02,4100\n")
    #expect(Self.errors(pages) == [] && Sample.column(pages, "hires", "start").count == 2)
    let csv = "姓名,就业单位,参保日期,离职日期\n张三,E1,2022-03-01,\n某句没人见过的话,,,\n"
    let reading = Self.read(csv)
    #expect(Self.errors(reading) == ["stray-row"])
    #expect(reading.diagnostics.contains { $0.hint?.zh.contains("不读行 \"某句没人见过的话\"") ?? false })
    for skip in ["skip: [某句没人见过的话]", "不读行: [某句…]", "skip: [3]"] {
      let without = Self.read(csv, skip)
      #expect(Self.errors(without) == [], "\(skip)")
      #expect(Sample.column(without, "hires", "start").count == 1, "\(skip)")
    }
  }

  @Test("A second head with more columns is told, and what its columns state can be said")
  func heads() {
    let csv =
      "在职人员,,,,\n姓名,就业单位,介绍机构,参保日期,\n张三,E1,,2022-03-01,\n离职人员,,,,\n姓名,就业单位,介绍机构,参保日期,离职时间\n"
      + "王五,E1,,2022-03-01,2022-05-01\n"
    let refused = Self.read(csv)
    #expect(Self.errors(refused).contains("second-head"))
    #expect(refused.diagnostics.contains { $0.hint?.zh.contains("第5列 = 离职日期") ?? false })
    for place in ["第5列", "column 5"] {
      let read = Self.read(csv, "\(place): end")
      #expect(Self.errors(read) == [], "\(place) \(read.diagnostics.map(\.message.zh))")
      #expect(Sample.column(read, "hires", "end") == ["none", "2022-05-01"], "\(place)")
    }
  }

  @Test("A fact that is written once for its group is told of, and carried down where somebody says so")
  func groups() {
    let csv =
      "姓名,就业单位,引荐人,参保日期\n张三,E1,老林,2022-03-01\n李四,E1,,2022-03-02\n王五,E1,,2022-03-03\n"
      + "赵六,E1,老许,2022-03-04\n钱七,E1,,2022-03-05\n"
    let reading = Self.read(csv)
    #expect(reading.diagnostics.map(\.code).contains("carried-doubt"))
    #expect(Sample.column(reading, "hires", "referrer") == ["老林", "none", "none", "老许", "none"])
    for more in ["carry: [referrer]", "沿用上行: 引荐人"] {
      let carried = Self.read(csv, more)
      #expect(!carried.diagnostics.map(\.code).contains("carried-doubt"))
      #expect(Sample.column(carried, "hires", "referrer") == ["老林", "老林", "老林", "老许", "老许"], "\(more)")
    }
  }

  @Test(
    "Year, month and day in columns of their own are one day",
    arguments: ["姓名,就业单位,年,月,日", "姓名,就业单位,入职年,入职月,入职日", "姓名,就业单位,入职时间,,\n,,年,月,日"])
  func dated(head: String) {
    let reading = Self.read("\(head)\n张三,E1,2022,3,1\n李四,E1,2022年,12月,31日\n")
    #expect(Self.errors(reading) == [], "\(reading.diagnostics.map(\.message.zh))")
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-12-31"], "\(head)")
    #expect(!Self.errors(Self.read("\(head)\n张三,E1,2022,3,\n")).isEmpty)
  }

  @Test("Two days in one cell are read as somebody says")
  func spans() {
    let csv = "姓名,就业单位,合同起止时间\n张三,E1,2023.3.1-2024.2.28\n"
    #expect(!Self.errors(Self.read(csv)).isEmpty)
    let first = Self.read(csv, "合同起止时间: start")
    #expect(Self.errors(first) == [] && Sample.column(first, "hires", "start") == ["2023-03-01"])
    #expect(Sample.column(first, "hires", "end") == ["none"])
    for word in ["span", "起止日期"] {
      let both = Self.read(csv, "合同起止时间: \(word)")
      #expect(Self.errors(both) == [] && Sample.column(both, "hires", "end") == ["2024-02-28"])
    }
  }

  @Test("A heading broken over lines is one word")
  func broken() {
    let csv = "姓名,就业单位,参保日期,\"签订劳动合同\n时间\"\n张三,E1,2022-03-01,2022-02-01\n"
    let told = Self.read(csv).diagnostics
    #expect(told.contains { $0.message.zh.contains("签订劳动合同时间") } && !told.contains { $0.message.zh.contains("␊") })
    for name in ["签订劳动合同时间", "签订劳动合同␊时间"] {
      #expect(!Self.read(csv, "\(name): none").diagnostics.contains { $0.message.zh.contains("签订劳动合同") })
    }
    let ignored = RegisterShapeTests.read(csv, "ignore: [\"hires.签订劳动合同\\n时间\"]\n")
    #expect(!ignored.diagnostics.contains { $0.message.zh.contains("签订劳动合同") })
  }

  @Test("A firm above the table that nothing is taken from is named, and taken where somebody says so")
  func firms() {
    let csv = "花名册,,\n填报单位（盖章）：台商区惠民人力资源有限公司,,\n姓名,就业单位,参保日期\n张三,E1,2022-03-01\n"
    let told = Self.read(csv).diagnostics.filter { $0.code == "firm-above" }
    #expect(told.count == 1 && told.allSatisfy { $0.hint?.zh.contains("各列 填报单位 = 介绍机构") ?? false })
    let agencies = "agencies: [{id: q, name: 台商区惠民人力资源有限公司, district: 350112}]\n"
    let read = RegisterShapeTests.read(csv, agencies + "columns: {hires: {填报单位: agency}}\n")
    #expect(!read.diagnostics.contains { $0.code == "firm-above" || $0.code == "column-absent" })
    #expect(
      Sample.column(read, "hires", "agency") == ["q 台商区惠民人力资源有限公司"]
        || Sample.column(read, "hires", "agency").first?.contains("q") == true)
  }

  @Test("填报单位 between two sections says whose the second is, and the note tells of both")
  func sections() {
    let more =
      "enterprises: [{id: e, name: 甲纺织有限公司, district: 350112}, {id: f, name: 乙纺织有限公司, district: 350112}]\n"
    let csv = "单位：甲纺织有限公司,,\n序号,姓名,参保日期\n1,张三,2022-03-01\n填报单位：乙纺织有限公司,,\n序号,姓名,参保日期\n2,李四,2022-03-02\n"
    let reading = Sample.scenario(more + "hires_from: h.csv\n", csv: ["h.csv": csv])
    let employers = Sample.column(reading, "hires", "enterprise")
    #expect(employers.count == 2 && employers.first != employers.last, "\(employers)")
    let told = reading.diagnostics.filter { $0.code == "read-as" }.map(\.message.zh).joined()
    #expect(told.contains("甲纺织有限公司") && told.contains("乙纺织有限公司"), "\(told)")
  }

  @Test("Members of a set may stand between full-width commas")
  func sets() {
    #expect(Members.split("甲公司，乙公司；丙公司、丁").count == 4)
  }

  @Test("Several names in one cell are several people", arguments: ["张伟、王芳", "李娜等3人", "李娜等人", "张伟，王芳"])
  func crowds(cell: String) { #expect(CrowdedName.isOne(cell)) }

  @Test("One name is one person", arguments: ["张伟", "阿卜杜拉·买买提", "张伟（离职）", "阿依、", "欧阳修"])
  func alone(cell: String) { #expect(!CrowdedName.isOne(cell)) }

  @Test("A last day before the first is told in the reader's words")
  func words() {
    let told = Self.read("姓名,就业单位,参保日期,离职日期\n张三,E1,2022-03-01,2022-02-01\n").diagnostics
    #expect(told.contains { $0.code == "end-before-start" && $0.message.zh.contains("离职日期 2022-02-01 早于参保日期") })
  }
}
