// Registers as files: titles above the headings, headings of one's own, totals below, the same person twice, ids that
// several lists have.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Registers as offices keep them")
struct RegisterTests {
  static let record = "0001,张三,男,520502,E1,A1,2022/3/1,3000,是"
  static let heads = "序号,姓名,性别,户籍地,就业单位,介绍机构,参保日期,月工资,脱贫人员"
  static let lists = """
    enterprises: [{id: E1, name: 甲企业, district: 350112}]
    agencies: [{id: A1, district: 350112}]

    """

  static func read(_ csv: String) -> ScenarioReader.Outcome {
    Sample.scenario(lists + "hires_from: h.csv\n", csv: ["h.csv": csv])
  }

  @Test(
    "Headings are seen through, and what is read otherwise is said",
    arguments: [
      ("序号,姓名,性别,户籍地(必填),就业单位,介绍机构,*参保日期,月工资（元）,脱贫人员", []),
      ("序 号,姓　名,性别,户籍地,就业单位,介绍机构,参保日期：,月工资(元/月),是否脱贫人员", ["headings-read"]),
      ("\"序\n号\",姓名,性别,户籍所在地,用工单位,中介机构,入职时间,月工资[单位：元],脱贫人员*", ["headings-read"]),
      ("序号,姓名,性别,户籍地,单位名称,介绍机构,参保时间,月工资/元,脱贫人员", ["headings-read"]),
    ] as [(String, [String])])
  func headings(heads: String, codes: [String]) {
    let reading = Self.read(heads + "\n" + Self.record + "\n")
    #expect(reading.diagnostics.map(\.code) == codes, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01"])
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["3,000 yuan"])
    #expect(Sample.column(reading, "hires", "relief_person") == ["yes"])
  }

  @Test(
    "A row that heads a group of records is left out and said; a record that lacks what it must have is not",
    arguments: [
      ("一、陈埭村,,,,,,,,", true), ("（二）东园社区,,,,,,,,", true), ("东园村,,,,,,,,", true),
      ("东园村,东园村,东园村,东园村,东园村,东园村,东园村,东园村,东园村", true),
      (",李四,,,,,,,", false), ("东园村,李四,,,,,,,", false),
    ] as [(String, Bool)])
  func groups(row: String, isGroup: Bool) {
    let reading = Self.read(Self.heads + "\n" + row + "\n" + Self.record + "\n")
    #expect(
      reading.diagnostics.contains { $0.code == "rows-skipped" } == isGroup, "\(reading.diagnostics.map(\.message.en))")
    #expect(reading.diagnostics.contains { $0.severity == .error } == !isGroup)
  }

  @Test("What a scenario says of its columns goes before what they look like, and a row may be said to name them")
  func mapping() {
    let csv = "姓名,就业单位,参保日期,备注\n编号,厂,何时,参保日期\n1,E1,2022-03-01,2022-04-01\n"
    let reading = Sample.scenario(
      Self.lists + "columns: {hires: {编号: id, 厂: enterprise, 何时: none, 参保日期: start}}\nheader_row: {hires: 2}\n"
        + "hires_from: h.csv\n", csv: ["h.csv": csv])
    #expect(!reading.diagnostics.contains { $0.severity == .error }, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "start") == ["2022-04-01"])
    let absent = Sample.scenario(
      Self.lists + "columns: {hires: {没有: end}}\nhires_from: h.csv\n", csv: ["h.csv": Self.heads + "\n" + Self.record])
    #expect(absent.diagnostics.map(\.code) == ["column-absent"])
  }

  @Test("A unit in the heading scales its column, and a foreign one is refused")
  func units() {
    let scaled = Self.read("序号,就业单位,参保日期,月工资（万元）\n1,E1,2022-03-01,0.35\n2,E1,2022-03-01,4200元\n3,E1,2022-03-01,\n")
    #expect(Sample.column(scaled, "hires", "monthly_wage") == ["3,500 yuan", "4,200 yuan", "not stated"])
    #expect(scaled.diagnostics.map(\.code) == ["headings-read", "read-as"])
    #expect(scaled.diagnostics[0].message.en.contains("万元"))
    let foreign = Self.read("序号,就业单位,参保日期,月工资（美元）\n1,E1,2022-03-01,500\n")
    #expect(Sample.problems(foreign) == ["h.csv:1:14 heading-unit"])
  }

  @Test("身份证号 is the worker's number, so that namesakes are two persons")
  func idNumbers() {
    for head in ["身份证号", "身份证号码", "公民身份号码", "身份证", "*身份证号（18位）"] {
      let reading = Self.read(
        "序号,姓名,就业单位,参保日期,\(head)\n1,张伟,E1,2022-03-01,52050219900101001X\n2,张伟,E1,2022-03-01,520502199103020028\n")
      #expect(!reading.diagnostics.contains { $0.severity == .error })
      #expect(Sample.column(reading, "hires", "person") == ["52050219900101001X", "520502199103020028"])
    }
  }

  @Test(
    "Titles above, totals and notes below, repeated headings and empty rows are left out and said",
    arguments: [
      ("2022年务工人员登记表,,,,,,,,\nHEAD\nROW\n", ["titles-skipped"]),
      ("登记表\n填报单位：甲\n\nHEAD\nROW\n", ["titles-skipped"]), ("HEAD\nROW\n合计,,,,,,,3000,\n", ["rows-skipped"]),
      ("HEAD\nROW\n,合计：,,,,,,3000,\n", ["rows-skipped"]), ("HEAD\nROW\n甲企业小计,,,,,,,3000,\n", ["rows-skipped"]),
      ("HEAD\nHEAD\nROW\n", ["rows-skipped"]), ("HEAD\n,,,,,,,,\nROW\n,,,,,,,,\n", ["rows-skipped"]),
      ("HEAD\nROW\n,,,,,,,,\n\n ,\"\",,,,,,,\n", []), ("HEAD\nROW\n制表人：李四,,,,审核：王五,,,,\n", ["rows-skipped"]),
      ("HEAD,\nROW,\n", []), ("HEAD\nROW,,\n", []), ("HEAD,,\nROW,,x\n", ["nameless-column"]),
      (
        "登记表,,,,,,,,\n序号,姓名,基本情况,,就业情况,,,月工资,脱贫人员\n,,性别,户籍地,就业单位,介绍机构,参保日期,,\nROW\n", ["titles-skipped"]
      ),
    ] as [(String, [String])])
  func rows(csv: String, codes: [String]) {
    let text = csv.replacing("HEAD", with: Self.heads).replacing("ROW", with: Self.record)
    let reading = Self.read(text)
    #expect(reading.diagnostics.map(\.code) == codes, "\(reading.diagnostics.map(\.message.en))")
    #expect(Sample.column(reading, "hires", "id") == ["0001"])
    #expect(Sample.column(reading, "hires", "monthly_wage") == ["3,000 yuan"])
  }

  @Test("Lines are counted through rows that are left out")
  func lines() {
    let heads = Self.heads, record = Self.record
    let text = "表\n\(heads)\n\(record)\n小计,,,,,,,1,\n\(heads)\n,,,,,,,,\n0002,李四,男,520502,E9,A1,2022/3/1,3000,是\n"
    #expect(
      Sample.problems(Self.read(text)) == [
        "h.csv:2:1 titles-skipped", "h.csv:4:1 rows-skipped", "h.csv:4:8 rows-summed", "h.csv:7:18 unknown-id",
      ])
  }

  @Test("A row that lacks what it must state is an error, not a total")
  func damaged() {
    let reading = Self.read(
      Self.heads + "\n0001,张三,男,520502,,A1,2022/3/1,3000,是\n0002,合计,男,520502,E1,A1,2022/3/1,3000,是\n")
    #expect(Sample.problems(reading) == ["h.csv:2:18 missing-fact"])
  }

  @Test("A cell beyond the headings is an error still")
  func beyond() {
    #expect(Sample.problems(Self.read(Self.heads + "\n" + Self.record + ",x\n")) == ["h.csv:2:1 cell-count"])
  }

  @Test("The number of a row is not an id where there is another, and is said")
  func serial() {
    let text = "序号,企业编号,单位名称,注册地\n1,E1,甲,350112\n2,E2,乙,350112\n"
    let reading = Sample.scenario("enterprises_from: e.csv\n", csv: ["e.csv": text])
    #expect(reading.diagnostics.map(\.code).sorted() == ["column-not-used", "headings-read"])
    #expect(Sample.column(reading, "enterprises", "id") == ["E1", "E2"])
    let alone = Sample.scenario("enterprises_from: e.csv\n", csv: ["e.csv": "序号,单位名称,注册地\n1,甲,350112\n"])
    #expect(Sample.column(alone, "enterprises", "id") == ["1"])
    let taxes = "序号,机构编号,年度\n1,A1,2022\n"
    let records = Sample.scenario(
      "agencies: [{id: A1, district: 350112}]\ntax_records_from: t.csv\n", csv: ["t.csv": taxes])
    #expect(records.diagnostics.map(\.code) == ["column-not-used"])
  }

  @Test("A register without a column of ids has ids of what tells its records apart, which is said")
  func madeIDs() {
    let rows = "姓名,身份证号,就业单位,参保日期\n张 三,52050219900101001x,E1,2022.3.1\n李四,,E1,2022-03-02\n,,E1,2022-03-02\n"
    let reading = Self.read(rows + "李四,,E1,2022-03-02\n合计,,,\n")
    #expect(
      Sample.column(reading, "hires", "id") == ["张三-001X-2022-03-01", "李四-2022-03-02", "hire-3", "李四-2022-03-02-2"])
    #expect(reading.diagnostics.map(\.code).contains("ids-made"))
    #expect(!reading.diagnostics.contains { $0.severity == .error })
    let numbers = Self.read("身份证号,就业单位,参保日期\n52050219900101001x,E1,2022-03-01\n")
    #expect(Sample.column(numbers, "hires", "id") == ["52050219900101001X-2022-03-01"])
    let neither = Self.read("就业单位,参保日期\nE1,2022-03-01\nE1,2022-03-01\n")
    #expect(Sample.column(neither, "hires", "id") == ["hire-1", "hire-2"])
    #expect(
      neither.diagnostics.map(\.message.en) == [
        "the file has no column of ids; those of hires are made of the number of the row"
      ])
    let firms = Sample.scenario("enterprises_from: e.csv\n", csv: ["e.csv": "单位名称,注册地\n 甲 ,350112\n乙,350112\n"])
    #expect(Sample.column(firms, "enterprises", "id") == ["甲", "乙"])
  }

  @Test("An id that was made does not rest on other rows, or on how many read the file")
  func madeIDsStay() {
    let rows = (1...9000).map { "工人\($0),E1,2022-03-\($0 % 28 + 1 < 10 ? "0" : "")\($0 % 28 + 1)" }
    func ids(_ rows: [String], threads: Int) -> [String] {
      let text = "姓名,就业单位,参保日期\n" + rows.joined(separator: "\n") + "\n"
      return Sample.column(
        Sample.read(
          "scenario: t\ndistrict: 350112\n" + Self.lists + "hires_from: h.csv\n", files: ["h.csv": Array(text.utf8)],
          threads: threads), "hires", "id")
    }
    let all = ids(rows, threads: 4)
    #expect(all == ids(rows, threads: 1))
    #expect(Set(all).count == 9000)
    #expect(ids(Array(rows.dropFirst(100).reversed()), threads: 4) == all.dropFirst(100).reversed())
  }

  @Test("Of two columns for one fact the surer one is used, and the other told")
  func twoColumns() {
    let reading = Self.read("序号,就业单位,入职时间,参保时间\n1,E1,2022-02-01,2022-03-01\n")
    #expect(Sample.column(reading, "hires", "start") == ["2022-03-01"])
    #expect(reading.diagnostics.filter { $0.severity == .warning }.map(\.code) == ["column-not-used"])
  }

  @Test("A total is one where an id alone is asked, too")
  func totalOfIDs() {
    let reading = Sample.scenario("bases_from: b.csv\n", csv: ["b.csv": "基地编号,所在县\nb1,七星关区\n合 计,\n"])
    #expect(reading.diagnostics.map(\.code) == ["rows-skipped"])
    #expect(Sample.column(reading, "bases", "id") == ["b1"])
  }

  @Test("A fact that is named under `ignore` by its heading is read all the same, and that is said")
  func ignored() {
    let reading = Sample.scenario(
      Self.lists + "ignore: [身份证号]\nhires_from: h.csv\n",
      csv: ["h.csv": "序号,就业单位,参保日期,身份证号\n1,E1,2022-03-01,52050219900101001X\n"])
    #expect(reading.diagnostics.map(\.code) == ["ignored-fact", "identity-facts"])
    #expect(Sample.column(reading, "hires", "person") == ["52050219900101001X"])
  }

  // MARK: who is who

  @Test("A spell that stands twice and one that overlaps are told with their rows")
  func spells() {
    let reading = Sample.scenario(
      """
      enterprises: [{id: E1, district: 350112}, {id: E2, district: 350112}]
      hires:
        - {id: h1, worker: 张三, enterprise: E1, start: 2022-03-01, end: 2022-12-31}
        - {id: h2, worker: 张三, enterprise: E1, start: 2022-03-01, end: 2022-12-31}
        - {id: h3, worker: 张三, enterprise: E2, start: 2022-06-01}
        - {id: h4, worker: 张三, enterprise: E2, start: 2022-01-01, end: 2022-02-28}
        - {id: h5, worker: 李四, enterprise: E1, start: 2022-03-01}

      """)
    #expect(Sample.problems(reading) == ["6:10 repeated-spell", "7:10 overlapping-spells"])
    #expect(reading.diagnostics[0].message.en.contains("`h2` and `h1` (lines 6 and 5)"))
    #expect(reading.diagnostics.allSatisfy { $0.severity == .warning })
  }

  @Test("Spells that follow each other, and those of namesakes with numbers of their own, are not told")
  func noOverlap() {
    let reading = Sample.scenario(
      """
      enterprises: [{id: E1, district: 350112}]
      hires:
        - {id: h1, worker: 张三, enterprise: E1, start: 2022-03-01, end: 2022-05-31}
        - {id: h2, worker: 张三, enterprise: E1, start: 2022-06-01}
        - {id: h3, enterprise: E1, start: 2022-06-01}
        - {id: h4, enterprise: E1, start: 2022-06-01}

      """)
    #expect(reading.diagnostics.isEmpty)
  }

  @Test("An id that several lists have is told once, with the lists")
  func sharedIDs() {
    let reading = Sample.scenario(
      """
      enterprises: [{id: 1, district: 350112}, {id: 2, district: 350112}]
      agencies: [{id: 1, district: 350112}]
      hires: [{id: 1, worker: 1, enterprise: 1, start: 2022-03-01}]
      internships: [{id: 2, school_place: 520502, enterprise: 1, start: 2022-03-01}]

      """)
    #expect(reading.diagnostics.map(\.code) == ["shared-ids"])
    #expect(
      reading.diagnostics[0].message.en.hasSuffix(
        "(2 in all) stand in several lists: enterprises, agencies, hires, internships"))
    let apart = Sample.scenario(
      "enterprises: [{id: 1, district: 350112}]\nhires: [{id: 1, worker: 张三, enterprise: 1, start: 2022-03-01}]\n")
    #expect(apart.diagnostics.isEmpty)
  }

  @Test("Blanks of every kind around an id make no other id")
  func blanks() {
    for blank in [" ", "\u{3000}", "\u{A0}", "\u{200B}", "\u{FEFF}", "\t"] {
      let reading = Self.read("序号,姓名,就业单位,参保日期\n0001,张伟,E1\(blank),2022-03-01\n0001\(blank),张伟\(blank),E1,2022-03-05\n")
      #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.code) == ["repeated-id"])
    }
  }
}
