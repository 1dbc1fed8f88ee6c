// What is said of registers: the cells that notes name, the employer among several, columns without a heading, units
// below a table, wages for another time, the day of an extract, remarks, groups headed by agencies, and days of birth.
import Answers
import Diagnostics
import Foundation
import Testing
import View
import Workbooks

@testable import Workbench

@Suite("What is said of registers")
struct RegisterRemarksTests {
  private func bench(_ text: String) throws -> Bench {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try text.write(toFile: bench.path("a.csv"), atomically: true, encoding: .utf8)
    return bench
  }

  private func book(_ rows: [[String]]) throws -> Bench { try book([("S", rows)]) }

  private func book(_ sheets: [(name: String, rows: [[String]])]) throws -> Bench {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    var bytes: [UInt8] = []
    let writer = try WorkbookWriter(WorkbookWriter.Properties(title: "", program: "")) { bytes += $0 }
    for sheet in sheets {
      try writer.begin(WorkbookWriter.Layout(name: sheet.name, widths: []))
      for row in sheet.rows { try writer.add(row.map { WorkbookWriter.Cell(.text($0)) }) }
    }
    try writer.finish()
    try Data(bytes).write(to: URL(filePath: bench.path("a.xlsx")))
    return bench
  }

  private func told(_ bench: Bench, _ more: String = "", _ name: String = "a.csv") -> [Diagnostic] {
    bench.ask("导入 \"\(bench.path(name))\" 在 350112 核算日 2022-12-31 \(more)").flatMap(\.diagnostics)
  }

  private func count(_ bench: Bench, _ condition: String) throws -> String? {
    try bench.object("count", "count hires where \(condition)")["count"]?.line
  }

  // MARK: Places

  @Test("what is read of joined and split columns is told at cells that the sheet has")
  func cells() throws {
    let sheets: [(rows: [[String]], at: String, last: Character)] = [
      ([["姓名", "单位名称", "用工起止时间"], ["张三", "甲公司", "2022.3.1-2022.12.31"]], "S!C2", "C"),
      (
        [["姓名", "单位名称", "入职日期", "省", "市", "县"], ["张三", "甲公司", "2022-03-01", "四川", "甘孜州", "丹巴"]], "S!D2", "F"
      ),
    ]
    for (rows, at, last) in sheets {
      let places = told(try book(rows), "", "a.xlsx").compactMap { problem in
        problem.location.flatMap { range in range.source?.naming.map { $0(range.start) } }
      }
      #expect(places.contains(at), "\(places)")
      let beyond = places.filter { $0.hasPrefix("S!") && ($0.dropFirst(2).first.map { $0 > last } ?? true) }
      #expect(beyond.isEmpty, "\(beyond)")
    }
  }

  // MARK: Headings

  @Test("the employer is who receives the worker, and the others are named")
  func employer() throws {
    let head = "姓名,劳动合同签订单位,派遣单位,实际用工单位,进厂日期\n"
    let bench = try bench(head + "张三,乙劳务派遣,乙劳务派遣,甲公司,2022-03-01\n李四,乙劳务派遣,乙劳务派遣,丙公司,2022-03-02\n")
    let told = told(bench)
    #expect(told.contains { $0.message.zh.contains("甲公司") && $0.message.zh.contains("丙公司") }, "\(told)")
    let unused = told.filter { $0.code == "column-not-used" && $0.severity == .warning }.map(\.message.zh)
    #expect(unused.contains { $0.contains("`劳动合同签订单位`") && $0.contains("取自 `实际用工单位`") }, "\(unused)")
  }

  @Test("a column beyond the headings is told with what stands in it and the line that reads it")
  func further() throws {
    let head = ["姓名", "单位名称", "入职时间"]
    for cells in [["2022-08-31", "2022-09-01"], ["2022-8-31离职", ""]] {
      let bench = try book([
        head, ["张三", "甲公司", "2022-03-01", cells[0]],
        ["李四", "甲公司", "2022-03-01"] + cells.dropFirst().filter { !$0.isEmpty },
      ])
      let found = told(bench, "", "a.xlsx").filter { $0.severity == .error }
      #expect(found.map(\.code) == ["nameless-column"], "\(found)")
      #expect(found.first?.message.zh.contains("D 列没有表头，却写有 `\(cells[0])`") == true, "\(found)")
      #expect(found.first?.hint?.zh.contains("各列 第4列 = 离职日期") == true, "\(found)")
      let read = told(bench, "各列 第4列 = 离职日期", "a.xlsx")
      #expect(!read.contains { $0.severity == .error }, "\(read)")
      #expect(try count(bench, "end is given") == String(cells.count { !$0.isEmpty }))
    }
    let other = try book([head, ["张三", "甲公司", "2022-03-01", "组长"], ["李四", "甲公司", "2022-03-01"]])
    let found = told(other, "", "a.xlsx").first { $0.severity == .error }
    #expect(
      found?.code == "nameless-column" && found?.hint?.zh.contains("各列 第4列 = 不读") == true,
      "\(String(describing: found))")
    #expect(found?.hint?.zh.contains("离职日期") == false)
    #expect(!told(other, "各列 第4列 = 不读", "a.xlsx").contains { $0.severity == .error })
  }

  @Test("wages for another time are told as such, whatever they are counted in")
  func otherTimes() throws {
    for (heading, cell) in [("年薪（万元）", "6"), ("年薪", "72000"), ("日工资（元）", "200")] {
      let text = "姓名,单位名称,入职日期,\(heading)\n张三,甲公司,2022-03-01,\(cell)\n李四,甲公司,2022-03-01,\(cell)\n"
      let found = try told(bench(text)).filter { $0.code == "column-unread" }
      #expect(found.count == 1 && found[0].message.zh.contains("月工资（按月计）"), "\(heading): \(found)")
      #expect(found.first?.hint?.zh.contains("= 月工资") == false, "\(found)")
      let quoted = heading.contains("（") ? "\"\(heading)\"" : heading
      #expect(found.first?.hint?.zh.contains("各列 \(quoted) = 不读") == true, "\(found)")
      let left = try told(bench(text), "各列 \(quoted) = 不读")
      #expect(!left.contains { $0.code == "column-unread" || $0.severity == .error }, "\(left)")
    }
  }

  // MARK: Rows

  @Test("a line below the table says in what amounts are counted")
  func units() throws {
    let rows = "姓名,单位名称,入职日期,月工资\n张三,甲公司,2022-03-01,0.42\n李四,甲公司,2022-03-01,0.45\n"
    for line in ["单位：万元,,,", "（金额单位：万元）,,,", "注：单位：万元,,,", ",,,单位：万元", "单位：,万元,,"] {
      let bench = try bench(rows + line + "\n")
      let told = told(bench)
      #expect(!told.contains { $0.severity == .error }, "\(line): \(told)")
      #expect(told.contains { $0.message.zh.contains("金额以万元计（见表下第 4 行）") }, "\(line): \(told)")
      #expect(try count(bench, "monthly_wage = 4,200 yuan") == "1", "\(line)")
      #expect(try count(bench, "start is given") == "2", "\(line)")
    }
    // What a heading or a line above says holds.
    let said = try bench(rows.replacing("月工资", with: "月工资（元）").replacing("0.4", with: "420") + "单位：万元,,,\n")
    _ = told(said)
    #expect(try count(said, "monthly_wage = 4,202 yuan") == "1")
    let above = try bench("单位：千元,,,\n" + rows.replacing("0.4", with: "4.") + "单位：万元,,,\n")
    _ = told(above)
    #expect(try count(above, "monthly_wage = 4,200 yuan") == "1")
  }

  @Test("the last day that all records have may be the day of an extract")
  func extract() throws {
    func text(_ rows: Int, _ states: [String]) -> String {
      let people = (0..<rows).map { "张\($0),甲公司,2022-03-01,2022-12-31,\(states[$0 % states.count])" }
      return "姓名,单位名称,参保时间,截止时间,参保状态\n" + people.joined(separator: "\n") + "\n"
    }
    func found(_ text: String, _ more: String = "") throws -> [Diagnostic] {
      try told(bench(text), more).filter { $0.code == "same-last-day" }
    }
    let stays = try found(text(2, ["正常参保", "暂停缴费"]))
    #expect(stays.first?.message.zh.contains("`参保状态` 列有 1 条写着“正常参保”") == true, "\(stays)")
    #expect(stays.first?.hint?.zh.contains("各列 截止时间 = 不读") == true, "\(stays)")
    #expect(try found(text(6, [""])).count == 1)
    #expect(try found(text(2, [""])).isEmpty)
    #expect(try found(text(6, [""]).replacing("张0,甲公司,2022-03-01,2022-12-31", with: "张0,甲公司,2022-03-01,")).isEmpty)
    #expect(try found(text(6, [""]), "各列 截止时间 = 离职日期").isEmpty)
    #expect(try found(text(6, [""]), "各列 截止时间 = 不读").isEmpty)
  }

  @Test("a few remarks that are left out are quoted")
  func remarks() throws {
    let rows = "姓名,单位名称,入职日期\n张三,甲公司,2022-03-01\n"
    let one = try told(bench(rows + "备注：标红为离职人员,,\n")).first { $0.code == "rows-skipped" }
    #expect(one?.message.zh.contains("说明行 1 行（第 3 行：“备注：标红为离职人员”）") == true, "\(String(describing: one))")
    #expect(one?.message.en.contains("1 remark (line 3: `备注：标红为离职人员`)") == true, "\(String(describing: one))")
    let long = try told(bench(rows + "备注：" + String(repeating: "甲", count: 80) + ",,\n")).first {
      $0.code == "rows-skipped"
    }
    #expect(long?.message.zh.contains("甲…”") == true, "\(String(describing: long))")
    let many = try told(bench(rows + "备注：一,,\n备注：二,,\n备注：三,,\n备注：四,,\n")).first { $0.code == "rows-skipped" }
    #expect(many?.message.zh.contains("说明行 4 行（首行为第 3 行）") == true, "\(String(describing: many))")
  }

  @Test("groups that are headed by an agency say that none is read from there")
  func agencies() throws {
    let rows = "黔西劳务有限公司输送人员,,\n张三,甲公司,2022-03-01\n自主应聘人员,,\n王五,甲公司,2022-03-01\n"
    let found = try told(bench("姓名,用工单位,入职时间\n" + rows)).filter { $0.code == "group-agency" }
    #expect(found.count == 1 && found[0].message.zh.contains("“黔西劳务有限公司输送人员”（第 2 行）"), "\(found)")
    #expect(found.first?.hint?.zh.contains("“介绍机构”一列") == true, "\(found)")
    let stated = "姓名,用工单位,入职时间,介绍机构\n黔西劳务有限公司输送人员,,,\n张三,甲公司,2022-03-01,黔西劳务有限公司\n"
    #expect(try !told(bench(stated)).contains { $0.code == "group-agency" })
    #expect(try !told(bench("姓名,用工单位,入职时间\n劳务派遣人员,,\n张三,甲公司,2022-03-01\n")).contains { $0.code == "group-agency" })
  }

  // MARK: Days

  @Test("days of birth are read as others of the file show")
  func births() throws {
    for rows in [
      "张三,甲公司,2022-03-01,07/08/1990\n李四,甲公司,2022-03-01,12/25/1990\n", "张三,甲公司,12/25/2021,07/08/1990\n",
    ] {
      let bench = try bench("姓名,单位名称,入职日期,出生日期\n" + rows)
      let told = told(bench)
      #expect(!told.contains { $0.severity == .error }, "\(told)")
      #expect(told.contains { $0.code == "dates-settled" && $0.message.zh.contains("`出生日期`") }, "\(told)")
      #expect(try count(bench, "born = 1990-07-08") == "1", "\(rows)")
    }
    let open = try told(bench("姓名,单位名称,入职日期,出生日期\n张三,甲公司,2022-03-01,07/08/1990\n"))
    #expect(open.contains { $0.code == "several-meanings" && $0.severity == .error }, "\(open)")
  }

  @Test("3.1 in the year of a title is the first where others keep their noughts, else what somebody says")
  func lostNoughts() throws {
    let head = "2022年度新招用人员名单,,\n姓名,用工单位,入职日期\n张三,甲公司,3.1\n"
    let shown = try bench(head + "李四,甲公司,3.20\n")
    let settled = told(shown).filter { $0.code == "dates-settled" }
    #expect(settled.contains { $0.message.zh.contains("按“.1是1日”读入，依据是 `3.20`") }, "\(settled.map(\.message.zh))")
    #expect(try count(shown, "start = 2022-03-01") == "1")
    let bare = try bench(head + "李四,甲公司,4.15\n")
    let asked = try #require(told(bare).first { $0.code == "several-meanings" })
    #expect(asked.hint?.zh.contains("`日期写法: .1是1日` 或 `日期写法: .1是10日`") == true, "\(String(describing: asked.hint))")
    for (word, day) in [(".1是1日", "2022-03-01"), (".1是10日", "2022-03-10")] {
      let bench = try bench(head + "李四,甲公司,4.15\n")
      let found = told(bench, "日期写法 \(word)")
      #expect(!found.contains { $0.severity == .error }, "\(found)")
      #expect(try count(bench, "start = \(day)") == "1", "\(word)")
      #expect(try count(bench, "start = 2022-04-15") == "1", "\(word)")
    }
  }

  @Test("a sheet that is named for those who have left is told of where its records state no last day")
  func leavingSheet() throws {
    let head = ["姓名", "用工单位", "入职时间", "离职时间"]
    for (name, isTold) in [("离职", true), ("2022年离职人员", true), ("入离职台账", false), ("在职", false)] {
      let bench = try book([
        (name, [head, ["王芳", "甲公司", "2022-03-01", ""], ["张三", "甲公司", "2022-03-01", "2022-05-01"]]),
        ("说明", [["本表按月更新"]]),
      ])
      let found = told(bench, "", "a.xlsx").filter { $0.code == "group-gone" }
      #expect(found.count == (isTold ? 1 : 0), "\(name): \(found.map(\.message.zh))")
    }
  }

  // MARK: Payments

  private static let rules = """
    ```policy
    document settling
      title "Grants" zh "补贴办法"
      number "测〔2022〕1号"
      jurisdiction 350112
      issued 2022-01-01
      window from 2022-01-01 to 2022-12-31

    measure grant zh 就业补贴
      title "Grant to workers" zh "劳动者稳定就业补贴"
      article "二（三）"
      kind worker_reward
      for each hire
      where enterprise.district within home
      pay worker 1,000 yuan on completion of 3 months

    measure fee zh 机构服务费
      title "Fee for agencies" zh "机构服务补助"
      article "二（四）"
      kind agency_reward
      for each hire
      where agency is given
      pay agency 200 yuan on completion of 3 months
    ```
    """

  private static let scenario = """
    scenario: 核对
    district: 350112
    as_of: 2022-12-31
    documents: [settling]
    enterprises:
      - {id: k, name: 甲厂, district: 350112}
    hires:
      - {id: h1, worker: 张三, worker_id: 522401199001010116, enterprise: k, start: 2022-03-01}
    """

  @Test("a list is about a measure that is named by its article, and its amounts are counted as a line below it says")
  func articles() throws {
    for (words, amount, below) in [
      ("措施 二（三）", "1000", ""), ("for 二（三）就业补贴", "1000", ""), ("措施 二（三）", "0.1", "单位：万元,,,\n"),
    ] {
      let bench = try Bench(Self.scenario, policies: [Self.rules])
      let list = "姓名,身份证号,金额,发放日期\n张三,522401199001010116,\(amount),2022-06-01\n" + below
      try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
      let told = bench.ask("run settling; audit \"\(bench.path("paid.csv"))\" \(words)")
      let problems = told.flatMap(\.diagnostics)
      let audit = try #require(told.flatMap(\.json).last { $0["kind"] == .string("audit") }, "\(words): \(problems)")
      guard case .array(let rows)? = audit["entries"] else { throw SweepTests.Failure() }
      let found = rows.compactMap { row -> String? in
        if case .string(let finding)? = row["finding"] { finding } else { nil }
      }
      #expect(found == ["as_due"], "\(words): \(found), \(problems.map(\.message.zh))")
    }
    let bench = try Bench(Self.scenario, policies: [Self.rules])
    try "姓名,金额\n张三,1000\n".write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let unknown = bench.ask("run settling; audit \"\(bench.path("paid.csv"))\" 措施 二（九）").flatMap(\.diagnostics)
    #expect(unknown.contains { $0.code == "unknown-measure" }, "\(unknown)")
  }

  @Test("ids of a long list of firms are those of their rows, however many runs it was read in")
  func manyFirms() throws {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    let rows = (0..<20_000).map { "e\($0),厂\($0),350112" }.joined(separator: "\n")
    try "编号,企业名称,所在地\n\(rows)\n".write(toFile: bench.path("f.csv"), atomically: true, encoding: .utf8)
    let told = bench.ask("import \"\(bench.path("f.csv"))\" in 350112 as of 2023-06-30").flatMap(\.diagnostics)
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.en))")
    #expect(try bench.object("count", "count enterprises where id = \"e19999\"")["count"]?.line == "1")
  }

  @Test("a firm entered twice in a list without ids is told of")
  func firmTwice() throws {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try "企业名称,所在地\n甲厂,350112\n乙厂,350112\n乙厂,350112\n".write(
      toFile: bench.path("f.csv"), atomically: true, encoding: .utf8)
    let told = bench.ask("import \"\(bench.path("f.csv"))\" as enterprises in 350112 as of 2023-06-30")
      .flatMap(\.diagnostics)
    #expect(told.contains { $0.code == "repeated-name" }, "\(told.map(\.message.en))")
  }
}
