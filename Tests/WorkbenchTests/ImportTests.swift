// From a register to the first figure: `import` comes to what the same facts come to that somebody has stated by hand,
// from a CSV file and from a workbook, and the next month's register needs one command.
import Answers
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
  private static func xlsx(_ rows: [[String]]) throws -> [UInt8] {
    let out = Bytes()
    let zip = ZipWriter { out.bytes.append(contentsOf: $0) }
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    try zip.add(
      "xl/workbook.xml", "<workbook><sheets><sheet name=\"花名册\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>")
    try zip.add(
      "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"a\" Type=\"\(kind)/worksheet\" Target=\"a.xml\"/></Relationships>")
    let cells = rows.map { row in
      "<row>" + row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }.joined()
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

  private static func write(_ bytes: [UInt8], _ name: String, _ bench: Bench) throws -> String {
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
}
