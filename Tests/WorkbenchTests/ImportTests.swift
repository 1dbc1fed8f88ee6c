// From a register to the first figure: `import` comes to what the same facts come to that somebody has stated by hand,
// from a CSV file and from a workbook, and the next month's register needs one command.
import Answers
import Diagnostics
import Foundation
import Testing
import Workbooks

@testable import Workbench

@Suite("From a register to the first figure")
struct ImportTests {
  /// What offices call things; each register of a district has its own.
  private static let jindong = [
    ["2022年对口地区务工人员花名册"], ["填报单位：某街道", "", "", "", "", "", "", "", "单位：元"],
    ["姓 名", "身份证号", "户籍所在地", "用工单位", "用工单位所在地", "*入职时间", "离职时间", "是否脱贫人员", "月工资", "备注"],
    ["张三", "622624199001010017", "甘肃省陇南市成县", "甲（金华）有限公司", "金东区", "2022.3.1", "至今", "√", "4,200元", ""],
    ["李四", "622624199001010033", "621224", "甲(金华)有限公司", "330703", "2022.3.2", "2023.6.30", "有", "-", "请假"],
    ["王五", "513323199001010012", "甘孜州丹巴县", "乙厂", "", "20220401", "—", "×", "3900", ""], ["合计：3人"],
    ["制表人：赵六", "", "", "审核：钱七"],
  ]

  private static let jindongByHand = """
    scenario: t
    district: 330703
    enterprises:
      - {id: E1, name: 甲（金华）有限公司, district: 330703}
      - {id: E2, name: 乙厂, district: 330703}
    hires:
      - {id: h1, worker: 张三, worker_id: 622624199001010017, origin: 621221, enterprise: E1,
         start: 2022-03-01, relief_person: true, monthly_wage: 4200}
      - {id: h2, worker: 李四, worker_id: 622624199001010033, origin: 621224, enterprise: E1,
         start: 2022-03-02, end: 2023-06-30, relief_person: true}
      - {id: h3, worker: 王五, worker_id: 513323199001010012, origin: 513323, enterprise: E2,
         start: 2022-04-01, monthly_wage: 3900}

    """

  /// A hundred and twenty workers whom one agency has brought, in 长乐区.
  private static var changle: [[String]] {
    var rows = [["2022年度中介介绍务工人员登记表"], ["姓名", "户籍地址", "用人单位", "中介机构", "到岗日期", "离职日期"]]
    for n in 1...120 {
      rows.append([
        "工人\(n)", "贵州省毕节市七星关区", n % 2 == 0 ? "海纺公司" : "长源公司", "红星人力", "2022.\(n % 3 + 4).\(n % 28 + 1)",
        n % 10 == 0 ? "2022年9月30日" : "无",
      ])
    }
    return rows + [["合计", "", "", "", "", "120人"]]
  }

  /// What no register tells: which enterprises are key ones, which agency has filed.
  private static let changleDesk = """
    scenario: t
    district: 350112
    enterprises:
      - {id: E1, name: 海纺公司, district: 350112, lists: [leading_2021]}
      - {id: E2, name: 长源公司, district: 350112, lists: [leading_2021]}
    agencies: [{id: A1, name: 红星人力, district: 350112, filed: true}]

    """

  private static var changleByHand: String {
    var text = changleDesk + "hires:\n"
    for n in 1...120 {
      let day = n % 28 + 1
      text += "  - {id: h\(n), worker: w\(n), origin: 520502, enterprise: E\(n % 2 + 1), agency: A1, "
      text += "start: 2022-0\(n % 3 + 4)-\(day < 10 ? "0" : "")\(day)\(n % 10 == 0 ? ", end: 2022-09-30" : "")}\n"
    }
    return text
  }

  private static func csv(_ rows: [[String]]) -> [UInt8] {
    let width = rows.map(\.count).max() ?? 0
    return Array(
      rows.map { row in
        (row + Array(repeating: "", count: width - row.count)).map { $0.contains(",") ? "\"\($0)\"" : $0 }
          .joined(separator: ",")
      }.joined(separator: "\n").utf8)
  }

  private final class Bytes {
    var bytes: [UInt8] = []
  }

  /// A workbook with a sheet 花名册 whose title is merged over its columns.
  /// - Parameter formula: one whose result was not saved, in a last row.
  static func xlsx(_ rows: [[String]], formula: String? = nil) throws -> [UInt8] {
    let out = Bytes()
    let zip = ZipWriter { out.bytes.append(contentsOf: $0) }
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    try zip.add(
      "xl/workbook.xml", "<workbook><sheets><sheet name=\"花名册\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>")
    try zip.add(
      "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"a\" Type=\"\(kind)/worksheet\" Target=\"a.xml\"/></Relationships>")
    let last = formula.map { "<row><c><f>\($0)</f></c></row>" } ?? ""
    let cells =
      rows.map { row in
        "<row>" + row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
      }.joined() + last
    try zip.add(
      "xl/a.xml",
      "<worksheet><sheetData>\(cells)</sheetData><mergeCells><mergeCell ref=\"A1:F1\"/></mergeCells></worksheet>")
    try zip.finish()
    return out.bytes
  }

  private static func byHand(_ scenario: String) throws -> String {
    let bench = try Bench()
    try scenario.write(toFile: bench.path("hand.yaml"), atomically: true, encoding: .utf8)
    return try bench.total("load \"\(bench.path("hand.yaml"))\"; run")
  }

  static func write(_ bytes: [UInt8], _ name: String, _ bench: Bench) throws -> String {
    try Data(bytes).write(to: URL(filePath: bench.path(name)))
    return bench.path(name)
  }

  @Test("A register comes to what its facts come to when they are stated by hand", arguments: [false, true])
  func figures(isWorkbook: Bool) throws {
    for (rows, isChangle) in [(Self.jindong, false), (Self.changle, true)] {
      let bench = try Bench()
      let path = try Self.write(
        isWorkbook ? Self.xlsx(rows) : Self.csv(rows), isWorkbook ? "花名册.xlsx" : "花名册.csv", bench)
      try Self.changleDesk.write(toFile: bench.path("desk.yaml"), atomically: true, encoding: .utf8)
      let answers = bench.ask(
        "import \"\(path)\(isWorkbook ? "#花名册" : "")\" "
          + (isChangle ? "like \"\(bench.path("desk.yaml"))\"" : "in 330703"))
      #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
      let total = try bench.total("run")
      #expect(total == (try Self.byHand(isChangle ? Self.changleByHand : Self.jindongByHand)))
      #expect(total != "0.00")
    }
  }

  @Test("The scenario loads again in another session, and the register's next edition with it")
  func again() throws {
    let bench = try Bench()
    let path = try Self.write(Self.csv(Self.jindong), "花名册.csv", bench)
    let first = try bench.total("import \"\(path)\" in 330703; run")
    #expect(try bench.total("load \"\(bench.path("花名册.yaml"))\"; run") == first)
    // Whoever completes the scenario keeps what was written, and employers that are new are added.
    var text = try String(contentsOfFile: bench.path("花名册.yaml"), encoding: .utf8)
    text = text.replacing("# as_of: 2023-12-31", with: "as_of: 2023-12-31 # of mine")
    try text.write(toFile: bench.path("花名册.yaml"), atomically: true, encoding: .utf8)
    var rows = Self.jindong
    rows.insert(["赵六", "", "丹巴县", "丙厂", "金东区", "2022.5.1", "", "", "", ""], at: 5)
    let next = try Self.write(Self.csv(rows), "五月.csv", bench)
    let answers = bench.ask("import \"\(next)\" like \"\(bench.path("花名册.yaml"))\"")
    #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let made = try String(contentsOfFile: bench.path("五月.yaml"), encoding: .utf8)
    #expect(made.contains("as_of: 2023-12-31 # of mine"))
    #expect(made.contains("- {id: \"丙厂\", name: \"丙厂\", district: 330703}"))
    #expect(made.contains("hires_from: \"五月.csv\""))
    #expect(made.components(separatedBy: "乙厂").count == 3, "known employers are not added again")
  }

  @Test("A scenario that is there is not replaced unasked, and with an error nothing is written")
  func kept() throws {
    let bench = try Bench()
    let path = try Self.write(Self.csv(Self.jindong), "花名册.csv", bench)
    try "mine".write(toFile: bench.path("花名册.yaml"), atomically: true, encoding: .utf8)
    #expect(try bench.mistake("import \"\(path)\" in 330703").severity == .error)
    #expect(try String(contentsOfFile: bench.path("花名册.yaml"), encoding: .utf8) == "mine")
    let broken = try Self.write(Array("姓名,用工单位,入职时间\n张三,甲厂,何时\n".utf8), "坏.csv", bench)
    #expect(bench.ask("import \"\(broken)\" in 330703").contains { $0.failed })
    #expect(!FileManager.default.fileExists(atPath: bench.path("坏.yaml")))
    #expect(bench.ask("import \"\(path)\" in 330703 into \"\(path)\"").contains { $0.failed })
  }

  @Test("What a heading means that is not known is said once, and the next edition of the register needs no word")
  func columns() throws {
    let bench = try Bench()
    let rows = "姓名,用工单位,合同起始日期,备注\n张三,甲厂,2022.3.1,甲\n一、乙组,,,\n李四,甲厂,2022.4.1,乙\n"
    let path = try Self.write(Array(rows.utf8), "台账.csv", bench)
    // Without a word: which column could be meant, and the line that says so.
    let mistake = try bench.mistake("import \"\(path)\" as hires in 330703")
    #expect(mistake.code == "register-columns")
    #expect(mistake.hint?.en.contains("columns 合同起始日期 = start") == true)
    let answers = bench.ask("import \"\(path)\" in 330703 columns 合同起始日期 = 参保日期, 备注 = 不读")
    #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let made = try String(contentsOfFile: bench.path("台账.yaml"), encoding: .utf8)
    #expect(made.contains("columns:\n  hires: {\"合同起始日期\": start, \"备注\": none}"))
    #expect(bench.ask("load \"\(bench.path("台账.yaml"))\"").allSatisfy { !$0.failed })
    let next = try Self.write(Array((rows + "王五,乙厂,2022.5.1,丙\n").utf8), "五月.csv", bench)
    let again = bench.ask("import \"\(next)\" like \"\(bench.path("台账.yaml"))\"")
    #expect(again.allSatisfy { !$0.failed }, "\(again.flatMap(\.diagnostics).map(\.message.en))")
  }

  @Test("English headings are known")
  func english() throws {
    let bench = try Bench()
    let rows =
      "Employee No,Name,ID Number,Employer,Employment Agency,Start Date,Leave Date,Native place,Monthly Salary\n"
      + "E1,Zhang,52050219900101001X,Factory A,Guxian HR,2022-03-01,,520502,4200\n"
    let path = try Self.write(Array(rows.utf8), "staff.csv", bench)
    let answers = bench.ask("import \"\(path)\" in 350112; show E1")
    #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
  }

  @Test("What is said of cells and days is kept, and an error of a cell says what to say")
  func cells() throws {
    let bench = try Bench()
    let rows = "姓名,用工单位,入职时间,月工资\n张三,甲厂,3/4/2022,约4200\n李四,甲厂,2022.4.1,4100\n"
    let path = try Self.write(Array(rows.utf8), "台账.csv", bench)
    let problems = bench.ask("import \"\(path)\" in 330703").flatMap(\.diagnostics).filter { $0.severity == .error }
    #expect(problems.contains { $0.hint?.en.contains("`cells \"约…\" = \"…\"`") == true }, "\(problems.map(\.hint?.en))")
    let answers = bench.ask("import \"\(path)\" in 330703 cells 约4200 = 4200 dates \"day first\"; list hires")
    #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let made = try String(contentsOfFile: bench.path("台账.yaml"), encoding: .utf8)
    #expect(made.contains("cells: {\"约4200\": \"4200\"}, 日期写法: [\"day first\"]"), "\(made)")
    let text = answers.flatMap(\.json).map(\.line).joined()
    #expect(text.contains("2022-04-03") && text.contains("4200.00"))
    #expect(
      try bench.mistake("import \"\(path)\" in 330703 dates somehow into \"\(bench.path("x.yaml"))\"").code
        == "import-dates")
  }

  @Test("Every way of reading days that is offered can be said, one after another")
  func twoFigures() throws {
    let bench = try Bench()
    let path = try Self.write(Array("姓名,用工单位,入职时间\n张三,甲厂,3/1/22\n李四,甲厂,12/31/22\n".utf8), "t.csv", bench)
    let hints = bench.ask("import \"\(path)\" in 330703").flatMap(\.diagnostics).compactMap { $0.hint?.en }
    #expect(hints.contains { $0.contains("`dates \"month first\"` or `dates \"day first\"`") }, "\(hints)")
    let line = "import \"\(path)\" in 330703 dates \"month first\", \"20YY\"; list hires"
    let answers = bench.ask(line)
    #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let text = answers.flatMap(\.json).map(\.line).joined()
    #expect(text.contains("2022-03-01") && text.contains("2022-12-31"))
  }

  @Test("Headings that fit no list are answered with the line that says what could be meant")
  func nearest() throws {
    let bench = try Bench()
    let rows = "姓名,单位甲乙,合同起始日期,合同终止日期,备注\n张三,甲厂,2022.3.1,2023.3.1,甲\n李四,甲厂,2022.4.1,2023.4.1,乙\n"
    let path = try Self.write(Array(rows.utf8), "台账.csv", bench)
    let hint = try #require(try bench.mistake("import \"\(path)\" in 330703").hint)
    #expect(hint.en.contains("as hires columns 单位甲乙 = enterprise, 合同起始日期 = start`"), "\(hint.en)")
    #expect(hint.en.contains("start could be 合同起始日期, 合同终止日期"))
    let said = "as hires columns 单位甲乙 = enterprise, 合同起始日期 = start"
    #expect(bench.ask("import \"\(path)\" \(said) in 330703").allSatisfy { !$0.failed })
  }

  @Test("A register without a record is warned of")
  func empty() throws {
    let bench = try Bench()
    let path = try Self.write(Array("姓名,用工单位,入职时间\n".utf8), "空.csv", bench)
    let problems = bench.ask("import \"\(path)\" in 330703").flatMap(\.diagnostics)
    #expect(problems.contains { $0.code == "import-empty" && $0.severity == .warning })
  }

  @Test("At a prompt only what the register does not say is asked, and the answers are kept")
  func questions() throws {
    let rows = "姓名,用工单位,合同起始日期,备注\n张三,甲厂,2022.3.1,甲\n李四,甲厂,2022.4.1,乙\n"
    func run(_ answers: [String?], _ options: String = "") throws -> (asked: [String], made: String?, failed: Bool) {
      let bench = try Bench("scenario: 空\ndistrict: 330703\n")
      let path = try Self.write(Array(rows.utf8), "台账.csv", bench)
      var asked: [String] = []
      bench.session.ask = { question in
        asked.append(question.line(in: .en))
        return asked.count <= answers.count ? answers[asked.count - 1] : nil
      }
      let failed = bench.ask("import \"\(path)\"\(options)").contains { $0.failed }
      let made = try? String(contentsOfFile: bench.path("台账.yaml"), encoding: .utf8)
      return (asked, made, failed)
    }
    // Enter takes what could be; the district is that of the scenario that is loaded.
    let usual = try run(["", "", ""])
    #expect(!usual.failed)
    try #require(usual.asked.count == 3, "\(usual.asked)")
    #expect(usual.asked[0].contains("`start`") && usual.asked[0].hasSuffix("[合同起始日期] "))
    #expect(usual.asked[1].contains("330703"))
    #expect(usual.made?.contains("\"合同起始日期\": start") == true && usual.made?.contains("district: 330703") == true)
    #expect(usual.made?.contains("# as_of:") == true)
    // Numbers, names, mistakes that are told and asked again.
    let own = try run(["7", "合同起始日期", "nowhere", "350112", "2022", "2022-12-31"])
    #expect(!own.failed)
    try #require(own.asked.count == 6, "\(own.asked)")
    #expect(own.asked[1].contains("none of them") && own.asked[3].contains("no place"))
    #expect(own.made?.contains("district: 350112") == true && own.made?.contains("as_of: 2022-12-31") == true)
    // One value for every record.
    let same = try run(["=2022-05-01", "", ""])
    #expect(same.made?.contains("constant: {start: \"2022-05-01\"}") == true)
    // Ctrl-C costs nothing, and what is said is not asked.
    let stopped = try run(["", nil])
    #expect(stopped.failed && stopped.made == nil)
    let said = try run([], " as hires in 350112 as of 2022-12-31 columns 合同起始日期 = start")
    #expect(said.asked.isEmpty && !said.failed)
  }

  @Test("Of a column that is not read only what its heading speaks of is asked")
  func spokenOf() throws {
    let rows = "姓名,用工单位,入职时间,离开那天,上报\n张三,甲厂,2022.3.1,2022.9.1,2022.12.31\n李四,甲厂,2022.4.1,2022.9.2,\n"
    for (answer, end) in [("", "2022-09-01"), ("2", "")] {
      let bench = try Bench("scenario: 空\ndistrict: 330703\n")
      let path = try Self.write(Array(rows.utf8), "台账.csv", bench)
      var asked: [String] = []
      bench.session.ask = { question in
        asked.append(question.line(in: .en))
        return asked.count == 1 ? answer : nil
      }
      let answers = bench.ask("import \"\(path)\" in 330703 as of 2022-12-31; list hires")
      #expect(asked.count == 1 && asked[0].contains("`离开那天` looks like"), "\(asked)")
      #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
      #expect(answers.flatMap(\.json).map(\.line).joined().contains("2022-09-01") == !end.isEmpty)
      #expect(
        answers.flatMap(\.diagnostics).contains { $0.code == "column-unread" && $0.message.en.contains("上报") }
          == end.isEmpty)
    }
  }

  @Test("Words for leaving are known by their kinds, and their denials")
  func leaving() throws {
    let bench = try Bench()
    let gone = [
      "退工", "已退工", "辞退", "已辞退", "解聘", "开除", "解除合同", "终止合同", "退场", "不在岗", "不在职", "非在职", "停缴", "中断", "暂停缴费", "暂停缴费（中断）",
      "退休", "调出",
      "转出", "离司", "离职", "自动离职", "离厂", "停保", "死亡", "2023.6.1离职", "已不在岗", "Resigned", "no longer employed",
    ]
    let here = ["在职", "在岗", "参保缴费", "正常", "未离职", "退休返聘", "无中断", "未退场", "试用", "active", "not resigned", "正式"]
    for (words, isTold) in [(gone, true), (here, false)] {
      for (number, word) in words.enumerated() {
        let rows = "姓名,用工单位,入职时间,任职状态\n张三,甲厂,2022.3.1,\(word)\n"
        let path = try Self.write(Array(rows.utf8), "\(isTold)-\(number).csv", bench)
        let told = bench.ask("import \"\(path)\" in 330703").flatMap(\.diagnostics)
        #expect(told.contains { $0.code == "column-unread" && $0.message.zh.contains(word) } == isTold, "\(word)")
      }
    }
  }

  @Test("Rows that a column says no longer hold are warned of, and a table on its side is told")
  func doubtful() throws {
    let bench = try Bench()
    func problems(_ rows: String, _ name: String) throws -> [Diagnostic] {
      let path = try Self.write(Array(rows.utf8), name, bench)
      return bench.ask("import \"\(path)\" in 330703").flatMap(\.diagnostics)
    }
    let heads = "姓名,用工单位,入职时间,状态"
    let left = try problems("\(heads)\n张三,甲厂,2022.3.1,在职\n李四,甲厂,2022.3.1,离职\n", "a.csv")
    #expect(
      left.contains { $0.code == "column-unread" && $0.message.en.contains("`离职` in 1 row") },
      "\(left.map(\.message.en))")
    let all = try problems("\(heads)\n张三,甲厂,2022.3.1,在职\n李四,甲厂,2022.3.1,在职\n", "b.csv")
    #expect(!all.contains { $0.code == "column-unread" })
    // Where a column states the last day, who has left is told by it.
    let ended = try problems("\(heads),离职日期\n张三,甲厂,2022.3.1,离职,2022.5.1\n李四,甲厂,2022.3.1,在职,\n", "c.csv")
    #expect(!ended.contains { $0.code == "column-unread" })
    // So does a question that is answered, in its heading's sense.
    for (heading, mark, isTold) in [("是否离职", "是", true), ("是否在职", "否", true), ("是否离职", "否", false)] {
      let asked = try problems("姓名,用工单位,入职时间,\(heading)\n张三,甲厂,2022.3.1,\(mark)\n", "e-\(heading)\(mark).csv")
      #expect(asked.contains { $0.code == "column-unread" } == isTold, "\(heading) \(mark)")
    }
    let unstated = try problems("\(heads),离职日期\n张三,甲厂,2022.3.1,离职,\n李四,甲厂,2022.3.1,离职,2022.5.1\n", "g.csv")
    #expect(
      unstated.contains { $0.message.zh.contains("其中有 1 行写着“离职”而没有写离职日期（第 2 行）") }, "\(unstated.map(\.message.zh))")
    let endless = try problems("\(heads),离职日期\n张三,甲厂,2022.3.1,已退工,9999/12/31\n", "h.csv")
    #expect(endless.contains { $0.message.en.contains("that states no last day (2)") }, "\(endless.map(\.message.en))")
    let several = try problems("\(heads)\n张三,甲厂,2022.3.1,已退回\n李四,甲厂,2022.3.1,信息有误作废\n", "f.csv")
    #expect(several.contains { $0.message.zh.contains("“已退回”、“信息有误作废”") }, "\(several.map(\.message.zh))")
    let lying = try problems("姓名,张三,李四\n身份证号,,\n用工单位,甲厂,甲厂\n入职时间,2022.3.1,2022.3.1\n", "d.csv")
    #expect(lying.contains { $0.message.en.contains("lies on its side") }, "\(lying.map(\.message.en))")
  }

  @Test(
    "Places as they were called once, and with hyphens",
    arguments: [
      ("贵州省毕节地区毕节市", "520502"), ("毕节市毕节市", "520502"), ("云南省昭通地区鲁甸县", "530621"), ("毕节市-七星关区-鸭池镇", "520502"),
      ("贵州-毕节-七星关", "520502"),
    ])
  func places(written: String, code: String) throws {
    let bench = try Bench()
    let path = try Self.write(Array("姓名,用工单位,入职时间,户籍地\n张三,甲厂,2022.3.1,\(written)\n".utf8), "a.csv", bench)
    let answers = bench.ask("import \"\(path)\" in 350112; list hires")
    #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    #expect(answers.flatMap(\.json).map(\.line).joined().contains("\"\(code)\""))
  }
}
