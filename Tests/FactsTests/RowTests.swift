// Rows, heads and files as other people's registers have them: marks for the cell above, values written once, seals and
// parts of totals, headings in two rows, tables side by side, other marks between cells, many problems of one kind.
import Diagnostics
import Reckoning
import Testing

@testable import Facts

@Suite("Rows, heads and files of other people's registers")
struct RowTests {
  private static let lists = """
    enterprises: [{id: E1, name: 甲企业, district: 350112}, {id: E2, name: 乙企业, district: 350112}]

    """

  private static func read(_ csv: String, _ more: String = "") -> ScenarioReader.Outcome {
    Sample.scenario(lists + more + "hires_from: h.csv\n", csv: ["h.csv": csv])
  }

  private static func errors(_ reading: ScenarioReader.Outcome) -> [String] {
    reading.diagnostics.filter { $0.severity == .error }.map { "\($0.code): \($0.message.en)" }
  }

  /// The ids of the hires' employers.
  private static func employers(_ reading: ScenarioReader.Outcome) -> [String] {
    Sample.column(reading, "hires", "enterprise").map { String($0.prefix(2)) }
  }

  private static func codes(_ reading: ScenarioReader.Outcome) -> Set<String> { Set(reading.diagnostics.map(\.code)) }

  // MARK: cells that point at others

  @Test("A mark for the cell above is its value, in every kind of column, and said")
  func ditto() {
    let reading = Self.read(
      "编号,姓名,就业单位,参保日期,月工资,户籍地\n1,张三,E1,2022-03-01,4000,520502\n2,李四,〃,同上,同上,〃\n"
        + "3,王五,同上,2022-03-03,5000,同上\n4,赵六,E2,\"\"\"\",〃,520502\n")
    #expect(Self.errors(reading) == [])
    #expect(Self.employers(reading) == ["E1", "E1", "E1", "E2"])
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01", "2022-03-01", "2022-03-03", "2022-03-03"])
    #expect(
      Sample.column(reading, "hires", "monthly_wage") == ["4,000 yuan", "4,000 yuan", "5,000 yuan", "5,000 yuan"])
    #expect(Set(Sample.column(reading, "hires", "origin")).count == 1)
    #expect(reading.diagnostics.contains { $0.code == "read-as" && $0.message.zh.contains("上一行的内容") })
  }

  @Test("A mark that points at nothing is an error, and so is one for the cell to the left")
  func dittoOfNothing() {
    let heads = "编号,姓名,就业单位,参保日期\n"
    let first = Self.read(heads + "1,张三,同上,2022-03-01\n")
    #expect(Sample.problems(first).contains("h.csv:2:6 missing-fact"))
    let left = Self.read(heads + "1,张三,E1,2022-03-01\n2,李四,同左,2022-03-01\n")
    #expect(Sample.problems(left).contains("h.csv:3:6 missing-fact"))
    let above = Self.read(heads + "1,张三,E1,2022-03-01\n2,李四,E1,\n3,王五,E1,同上\n")
    #expect(above.diagnostics.count { $0.severity == .error } == 2)
  }

  @Test("Where rows are read by several threads, a mark in any row has the value of the row above it")
  func dittoAcrossRuns() {
    var csv = "编号,就业单位,参保日期,备注\n"
    for i in 1...20_000 { csv += "\(i),\(i == 1 ? "E1" : "同上"),2022-03-01,一些文字以使文件足够大\n" }
    let folder = Folder()
    folder.write("h.csv", Array(csv.utf8))
    var reader = Sample.reader
    reader.threads = 4
    let text = "scenario: t\ndistrict: 350112\nignore: [备注]\n" + Self.lists + "hires_from: h.csv\n"
    let reading = reader.read(text, source: SourceFile(name: "s.yaml", text: text), folder: folder.path)
    #expect(Self.errors(reading) == [])
    #expect(Set(Self.employers(reading)) == ["E1"] && Self.employers(reading).count == 20_000)
  }

  @Test("A required name that is written once for the rows below it is carried down, with a warning")
  func carried() {
    let heads = "就业单位,姓名,参保日期,月工资\n"
    let reading = Self.read(
      heads + "E1,张三,2022-03-01,1\n,李四,2022-03-02,2\n,王五,2022-03-03,3\nE2,赵六,2022-03-04,4\n,孙七,2022-03-05,5\n")
    #expect(Self.errors(reading) == [])
    #expect(Self.employers(reading) == ["E1", "E1", "E1", "E2", "E2"])
    let warning = reading.diagnostics.first { $0.code == "carried-down" }
    #expect(warning?.severity == .warning && warning?.message.zh.contains("3 个空格") == true)
    // Behind a total nothing is taken from above it.
    let total = Self.read(
      heads + "E1,张三,2022-03-01,1\n,李四,2022-03-02,2\n,王五,2022-03-03,3\n小计,,,6\n,赵六,2022-03-04,4\n")
    #expect(Sample.problems(total).contains("h.csv:6:1 missing-fact"))
  }

  @Test("One blank among names that stand in every row is an error")
  func notCarried() {
    let reading = Self.read(
      "就业单位,姓名,参保日期,月工资\nE1,张三,2022-03-01,1\nE1,李四,2022-03-02,2\n,王五,2022-03-03,3\n,赵六,2022-03-04,4\n")
    #expect(reading.diagnostics.count { $0.code == "missing-fact" } == 2)
  }

  // MARK: rows that are none

  @Test(
    "Seals, signatures, page lines and what a total is made of are no records",
    arguments: [
      "张会计,,,甲企业（盖章）,2022年12月30日", "填表人：张三,,,审核人：李四,2022年12月30日", ",,,打印日期：2022-12-30,第1页 共1页",
      "甲企业小计,,,,4\n其中：男性,3,,,\n女性,1,,,",
    ])
  func noRecords(rows: String) {
    let reading = Self.read("姓名,身份证号,户籍地,就业单位,参保日期\n张三,,520502,E1,2022-03-01\n\(rows)\n李四,,520502,E1,2022-03-02\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "worker") == ["张三", "李四"])
    #expect(Self.codes(reading).contains("rows-skipped"))
  }

  @Test("A unit in a title's brackets scales the amounts below, and is said")
  func unit() {
    let reading = Self.read("花名册（单位：万元）,,,\n编号,就业单位,参保日期,月工资\n1,E1,2022-03-01,0.42\n")
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["4,200 yuan"])
    #expect(reading.diagnostics.contains { $0.message.zh.contains("万元") })
  }

  // MARK: headings

  @Test(
    "A heading in two rows is the group's and its own together",
    arguments: [
      "编号,就业单位,入职,离职\n,,时间,时间\n1,E1,2022-03-01,2022-04-01\n",
      "编号,就业单位,劳动合同,,参保情况,\n,,起始日期,终止日期,起始日期,终止日期\n1,E1,2021-01-01,2029-01-01,2022-03-01,2022-04-01\n",
      "编号,用工单位,参保情况,\n,名称,起始日期,终止日期\n1,E1,2022-03-01,2022-04-01\n编号,用工单位,参保情况,\n,名称,起始日期,终止日期\n",
    ])
  func twoRows(csv: String) {
    let reading = Self.read(csv, "ignore: [劳动合同起始日期, 劳动合同终止日期]\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01"])
    #expect(Sample.column(reading, "hires", "end") == ["2022-04-01"])
  }

  @Test("Columns below groups are told apart in what is said of columns, too")
  func mappedGroups() {
    let reading = Self.read(
      "编号,就业单位,甲,乙\n,,何时,何时\n1,E1,2022-03-01,2022-04-01\n", "columns: {hires: {乙何时: start, 甲何时: none}}\n")
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "start") == ["2022-04-01"])
  }

  @Test("Two tables side by side are refused, and what to do is said")
  func sideBySide() {
    let reading = Self.read("姓名,就业单位,参保日期,姓名,就业单位,参保日期\n张三,E1,2022-03-01,李四,E1,2022-03-02\n")
    #expect(Sample.problems(reading) == ["h.csv:1:14 repeated-column"])
    #expect(reading.diagnostics[0].message.zh.contains("并排"))
  }

  // MARK: texts

  @Test(
    "Cells may be separated by other marks, which is said",
    arguments: [("\t", "制表符"), (";", "“;”"), ("|", "“|”"), ("，", "“，”"), ("；", "“；”")])
  func marks(mark: String, name: String) {
    let rows = ["编号,就业单位,参保日期,月工资,姓名", "1,E1,2022-03-01,\"4,200\",张三", "2,E1,2022-03-02,4300,李四", "3,E2,2022-03-03"]
    let text = rows.map { row in
      row.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map { index, part in
        index % 2 == 0 ? part.replacing(",", with: mark) : part
      }.joined(separator: "\"") + "\n"
    }.joined()
    let reading = Self.read(text)
    #expect(Self.errors(reading) == [])
    #expect(Sample.column(reading, "hires", "monthly_wage").prefix(2) == ["4,200 yuan", "4,300 yuan"])
    #expect(reading.diagnostics.contains { $0.code == "separator" && $0.message.zh.contains(name) })
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let other = Sample.read(
      "scenario: t\ndistrict: 350112\n" + Self.lists + "hires_from: h.csv\n", files: ["h.csv": wide])
    #expect(Sample.column(other, "hires", "start") == ["2022-03-01", "2022-03-02", "2022-03-03"])
  }

  @Test("Semicolons between members, tabs behind names and commas in amounts do not make another mark")
  func commas() {
    let reading = Self.read("编号,就业单位,参保日期,姓名\n1,E1,2022-03-01,张;三;四\n2,E1,2022-03-02,李\t四\n")
    #expect(Self.errors(reading) == [] && !Self.codes(reading).contains("separator"))
  }

  @Test("Long numbers are covered in the lines that messages quote")
  func covered() {
    let reading = Self.read("编号,就业单位,参保日期,姓名,身份证号,电话\n1,E1,x,张三,52050219900101001X,13812345678\n")
    let text = reading.diagnostics.map { DiagnosticRenderer(language: .zh).text($0) }.joined(separator: "\n")
    #expect(text.contains("520502********001X") && text.contains("138****5678"))
    #expect(!text.contains("19900101") && !text.contains("13812345678"))
    #expect(PersonalNumbers.quoted("1234567890 12345678901".utf8) == "1234567890 123****8901")
  }

  // MARK: many problems

  @Test("Problems of one kind in a column are told once, with how many there are and where")
  func groups() {
    var csv = "编号,就业单位,参保日期\n"
    for i in 1...12 { csv += "\(i),E1,第\(i)天\n" }
    csv += "13,E9,2022-03-01\n"
    let reading = Self.read(csv)
    #expect(
      Set(Sample.problems(reading)) == ["h.csv:1:1 headings-read", "h.csv:2:6 not-a-date", "h.csv:14:4 unknown-id"])
    let told = reading.diagnostics.first { $0.code == "not-a-date" }?.message
    #expect(told?.zh.hasSuffix("还有 11 处同类问题：第 3 行、第 4 行、第 5 行……") == true)
    #expect(told?.en.hasSuffix("11 more of the kind in this column: line 3, line 4, line 5, …") == true)
  }
}
