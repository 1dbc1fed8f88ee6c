// Registers as systems of other makes write them: headings in other words and in English, cells that are nearly what is
// asked, and the one line that reads all of a kind.
import Diagnostics
import Facts
import Testing

@Suite("Registers in other words")
struct StrangeRegisterTests {
  private static func read(_ csv: String, _ more: String = "") -> ScenarioReader.Outcome {
    RegisterShapeTests.read(csv, more)
  }

  private static func errors(_ reading: ScenarioReader.Outcome) -> [Diagnostic] {
    reading.diagnostics.filter { $0.severity == .error }
  }

  @Test(
    "Headings put together of usual words mean their fact",
    arguments: [
      ("职员姓名", "worker", "张三"), ("输送人员", "worker", "张三"), ("Candidate", "worker", "张三"),
      ("Given + Family Name", "worker", "张三"), ("公民身份证号码", "worker_id", "11010519491231002X"),
      ("National ID", "worker_id", "11010519491231002X"), ("户籍所在市县", "origin", "520502"),
      ("户籍代码及名称", "origin", "520502 七星关区"), ("Permanent Residence", "origin", "520502"),
      ("Registered Residence", "origin", "520502"), ("离开单位时间", "end", "2022-12-31"), ("Left On", "end", "2022-12-31"),
      ("Leaving", "end", "2022-12-31"), ("出厂时间", "end", "2022-12-31"), ("最后工作日", "end", "2022-12-31"),
      ("男/女", "sex", "男"), ("Monthly Base (RMB)", "monthly_wage", "4200"), ("Monthly salary", "monthly_wage", "4200"),
      ("Sourcing Agency", "agency", "劳务一号"),
    ])
  func headings(heading: String, field: String, cell: String) {
    let reading = Self.read(
      "人员编码,\(heading),任职单位,到职日期\n1,\(cell),E1,2022-03-01\n",
      "agencies: [{id: A1, name: 劳务一号, district: 350112}]\n")
    #expect(Self.errors(reading).isEmpty, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01"])
    let found = Sample.column(reading, "hires", field)
    #expect(found.count == 1 && !["none", "not stated"].contains(found[0]), "\(found)")
  }

  @Test(
    "A first day is found in English, and a column of yes and no is none",
    arguments: ["Hired", "Onboarded On", "Entry", "Date Hired", "Placed On", "参保起始"])
  func days(heading: String) {
    let reading = Self.read(
      "Personnel No.,Client Company,\(heading),Terminated\n1,E1,2022-03-01,Y\n2,E1,2022-03-02,N\n",
      "ignore: [Terminated]\n")
    #expect(Self.errors(reading).isEmpty, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-03-02"])
    #expect(Sample.column(reading, "hires", "end") == ["none", "none"])
  }

  @Test("Amounts below the heading Base are no records of another list")
  func base() {
    let reading = Self.read(
      "Name,Company,Hired,Base\n张三,E1,2022-03-01,4200\n李四,E1,2022-03-01,4800.5\n", "ignore: [Base]\n")
    #expect(Self.errors(reading).isEmpty, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "base") == ["none", "none"])
  }

  @Test("A list of enterprises as a statistical office heads it is one")
  func enterprises() {
    let head = "单位详细名称,统一社会信用代码,行政区划,单位规模,从业人员期末人数\n"
    let reading = Sample.scenario(
      "enterprises_from: e.csv\n", csv: ["e.csv": head + "甲公司,91350182MA2Y000001,350112,medium,400\n"])
    #expect(Self.errors(reading).isEmpty, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "enterprises", "name") == ["甲公司"])
    #expect(Sample.column(reading, "enterprises", "employees") == ["400"])
  }

  @Test("Cells that keep digits from being read as numbers need no quotation marks around them")
  func formulaText() {
    let reading = Self.read("姓名\t身份证号\t就业单位\t参保日期\n\"张三\"\t=\"11010519491231002X\"\tE1\t2022-03-01\n")
    #expect(Self.errors(reading).isEmpty, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "worker_id") == ["11010519491231002X"])
    let wrong = Self.read("姓名,就业单位,参保日期\n\"张三\",E1,2022-03-01\n李\"四,E1,2022-03-01\n王五,=\"E1,2022-03-01\n")
    #expect(Self.errors(wrong).filter { $0.message.en.contains("quotation mark") }.count == 2)
  }

  @Test("Places that a form leaves open at its foot are no records, and neither is who made the list")
  func foot() {
    let foot = "甲方（盖章）：,,乙方（盖章）：\n日期：,,日期：____\n"
    let reading = Self.read("姓名,就业单位,参保日期\n张三,E1,2022-03-01\n" + foot + "制单人：甲,审核人：乙,打印日期：2022-12-31\n")
    #expect(Self.errors(reading).isEmpty, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "worker") == ["张三"])
    // Without a remark above it a cell with a colon is a record's.
    #expect(!Self.errors(Self.read("姓名,就业单位,参保日期\n张三,E1,2022-03-01\n日期：,,\n")).isEmpty)
  }

  @Test(
    "A day with two figures for its year is refused with what may be said of it",
    arguments: [
      ("3/1/22", ["month first", "20YY"], "2022-03-01"), ("3/1/22", ["day first", "20YY"], "2022-01-03"),
      ("12/31/22", ["20YY"], "2022-12-31"), ("31.12.98", ["day first", "19YY"], "1998-12-31"),
      ("03/04/22", ["month first", "20YY"], "2022-03-04"),
    ])
  func twoFigures(cell: String, orders: [String], day: String) {
    let csv = "姓名,就业单位,参保日期\n张三,E1,\(cell)\n"
    for said in orders.indices {
      let words = orders[..<said].map { "\"\($0)\"" }.joined(separator: ", ")
      let reading = Self.read(csv, said == 0 ? "" : "columns: {hires: {dates: [\(words)]}}\n")
      #expect(Self.errors(reading).map(\.code) == ["several-meanings"], "\(cell) \(words)")
      let hint = Self.errors(reading).first?.hint?.en ?? ""
      #expect(hint.contains("`dates: "), "\(hint)")
    }
    let words = orders.map { "\"\($0)\"" }.joined(separator: ", ")
    let reading = Self.read(csv, "columns: {hires: {dates: [\(words)]}}\n")
    #expect(Sample.column(reading, "hires", "start") == [day], "\(reading.diagnostics.map(\.message.en))")
  }

  @Test("Where points stand between figures the day is offered first")
  func points() {
    let hint = Self.errors(Self.read("姓名,就业单位,参保日期\n张三,E1,01.03.2022\n")).first?.hint?.en ?? ""
    #expect(hint.contains("`dates: day first` or `dates: month first`"), "\(hint)")
  }

  @Test(
    "One line reads all cells that are written alike",
    arguments: [
      ("参保日期", "…初: …1日", ["2022年3月初", "2022年11月初"], "start", ["2022-03-01", "2022-11-01"]),
      ("参保日期", "…底: …末日", ["2022年2月底", "2022年12月底"], "start", ["2022-02-28", "2022-12-31"]),
      ("参保日期", "...中旬: ...11日", ["2022年3月中旬", "2022-03-02"], "start", ["2022-03-11", "2022-03-02"]),
      ("月工资", "约…: …", ["约4200", "约4,300元"], "monthly_wage", ["4,200 yuan", "4,300 yuan"]),
      ("月工资", "…左右: …", ["4000左右", "4000元左右"], "monthly_wage", ["4,000 yuan", "4,000 yuan"]),
      ("月工资", "…-…: …", ["4000-5000", "3,500-4,000元"], "monthly_wage", ["4,000 yuan", "3,500 yuan"]),
      ("月工资", "约…: …, 约…左右: 无", ["约4000左右", "约4000"], "monthly_wage", ["not stated", "4,000 yuan"]),
    ])
  func patterns(heading: String, line: String, cells: [String], field: String, values: [String]) {
    let day = heading == "参保日期" ? "" : ",参保日期"
    let rows = cells.map { "张三,E1,\"\($0)\"\(day.isEmpty ? "" : ",2022-03-01")\n" }.joined()
    let csv = "姓名,就业单位,\(heading)\(day)\n" + rows
    #expect(!Self.errors(Self.read(csv)).isEmpty)
    let pairs = line.split(separator: ", ").map { pair in
      pair.split(separator: ": ").map { "\"\($0)\"" }.joined(separator: ": ")
    }
    let reading = Self.read(csv, "columns: {hires: {cells: {\(pairs.joined(separator: ", "))}}}\n")
    #expect(Sample.column(reading, "hires", field) == values, "\(reading.diagnostics.map(\.message.en))")
  }

  @Test("Names, references, figures and days may stand for others, and what no cell says is told")
  func saidOfNames() {
    let csv =
      "姓名,就业单位,月工资,参保日期\n待定,E1,0,1900-01-01\n李四,一厂,4200,2022-03-01\n王五,乙公司,4300,2022-04-01\n"
    let reading = Self.read(
      csv,
      "columns: {hires: {cells: {一厂: 乙公司, 待定: 无, \"0\": 无, 1900-01-01: 2022-02-01, 二厂: 乙公司}}}\n")
    #expect(Self.errors(reading).isEmpty, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "enterprise") == ["E1 (甲公司)", "E2 (乙公司)", "E2 (乙公司)"])
    #expect(Sample.column(reading, "hires", "worker") == ["hire-1", "李四", "王五"])
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["not stated", "4,200 yuan", "4,300 yuan"])
    #expect(Sample.column(reading, "hires", "start") == ["2022-02-01", "2022-03-01", "2022-04-01"])
    let told = reading.diagnostics.filter { $0.code == "unmet-cells" }
    #expect(told.map(\.message.zh) == ["`单元格` 所说的 `二厂`，读入的各列中没有"], "\(told.map(\.message.zh))")
  }

  @Test(
    "The line that is offered reads the cell",
    arguments: [
      ("2022年3月初", "not-a-date"), ("2022年3月下旬", "not-a-date"), ("2022年3月月底", "not-a-date"), ("2022年2月末", "not-a-date"),
      ("约2022年3月1日", "not-a-date"), ("2022-03-01前后", "not-a-date"), ("约4200", "not-money"), ("4200元以上", "not-money"),
      ("近4200元", "not-money"),
    ])
  func offered(cell: String, code: String) throws {
    let isDay = code == "not-a-date"
    let csv = isDay ? "姓名,就业单位,参保日期\n张三,E1,\(cell)\n" : "姓名,就业单位,参保日期,月工资\n张三,E1,2022-03-01,\(cell)\n"
    #expect(Self.errors(Self.read(csv)).map(\.code) == [code])
    guard let line = CellPattern.offered(cell, code: code) else {
      #expect(["2022年3月月底", "2022年3月下旬", "4200元以上"].contains(cell), "nothing is offered for \(cell)")
      return
    }
    let said = "columns: {hires: {cells: {\"\(line.text)\": \"\(line.value)\"}}}\n"
    #expect(Self.errors(Self.read(csv, said)).isEmpty, "\(line)")
  }

  @Test(
    "Nothing is offered for what no line would read",
    arguments: ["面议", "4k-5k", "甲4乙", "2022年3月", "4200~4500", "150元/天", "6万/年"])
  func nothingOffered(cell: String) {
    #expect(CellPattern.offered(cell, code: "not-money").map { $0.text } ?? "" != cell)
    #expect(CellPattern.offered(cell, code: "unknown-place") == nil)
  }

  @Test("Each way of writing in a column is told once, with its count")
  func kinds() {
    let cells = ["约4200", "约4300", "约4400", "约4500", "4000左右", "4100左右", "面议", "商议", "再议", "另议"]
    let rows = cells.map { "张三,E1,2022-03-01,\($0)\n" }.joined()
    let errors = Self.errors(Self.read("姓名,就业单位,参保日期,月工资\n" + rows))
    #expect(errors.count == 4, "\(errors.map(\.message.en))")
    #expect(errors.contains { $0.message.en.contains("`约4200`") && $0.message.en.contains("3 more") })
    #expect(errors.contains { $0.message.en.contains("`面议`") && $0.message.en.contains("3 more") })
  }

  @Test("Yes with a word that it was looked at is yes, and with any other word is not")
  func checked() {
    func read(_ cell: String) -> ScenarioReader.Outcome { Self.read("姓名,就业单位,参保日期,脱贫人员\n张三,E1,2022-03-01,\(cell)\n") }
    #expect(Sample.column(read("是（已核实）"), "hires", "relief_person") == ["yes"])
    #expect(Sample.column(read("否（经核实）"), "hires", "relief_person") == ["no"])
    #expect(Self.errors(read("是（已退出）")).count == 1)
  }
}
