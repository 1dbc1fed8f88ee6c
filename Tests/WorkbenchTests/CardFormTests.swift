// Forms of one person each, one below the other, read as a record each; and lists of payments whose days, persons and
// covered numbers only the list itself explains.

import Answers
import Diagnostics
import Foundation
import Testing
import Workbooks

@testable import Workbench

@Suite("Forms of one person each, and lists of payments as they are published")
struct CardFormTests {
  private static let forms = """
    人员登记卡,,,
    姓名,张三,性别,男
    身份证号,350112199001010013,民族,汉
    用工单位,甲公司,入职时间,2023.3.1
    离职时间,,备注,
    人员登记卡,,,
    姓名：,李四,性别,女
    身份证号,,民族,汉
    用工单位,乙公司,入职时间,2023.4.1
    离职时间,2023.8.1,备注,调出

    """

  private func imported(_ more: String = "") throws -> (bench: Bench, told: [Diagnostic]) {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    try Self.forms.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    return (
      bench, bench.ask("import \"\(bench.path("r.csv"))\"\(more) in 350500-tiz as of 2023-12-31").flatMap(\.diagnostics)
    )
  }

  @Test("Each form is a record, told of, and kept so for the next file")
  func cards() throws {
    for more in ["", " as hires header cards"] {
      let read = try imported(more)
      #expect(!read.told.contains { $0.severity == .error }, "\(read.told.map(\.message.en))")
      #expect(read.told.contains { $0.code == "card-forms" && $0.message.en.contains("2 forms") }, "\(read.told)")
      let rows = read.bench.ask("list hires").flatMap(\.json).map(\.line).joined()
      for text in ["张三", "李四", "甲公司", "乙公司", "2023-03-01", "2023-08-01", "350112199001010013"] {
        #expect(rows.contains(text), "\(text): \(rows)")
      }
      let kept = try String(contentsOfFile: read.bench.path("r.yaml"), encoding: .utf8)
      #expect(kept.contains("header_row: {hires: cards}"), "\(kept)")
      #expect(!read.bench.ask("load \"\(read.bench.path("r.yaml"))\"").haveFailed)
    }
  }

  @Test("What is wrong in a form is told by its own place; a table on its side is none")
  func faults() throws {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    let wrong = Self.forms.replacing("2023.4.1", with: "四月")
    try wrong.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    let told = bench.ask("import \"\(bench.path("r.csv"))\" in 350500-tiz").flatMap(\.diagnostics)
    #expect(told.contains { $0.severity == .error && $0.location?.start.line == 9 }, "\(told)")
    let lying = "姓名,张三,李四\n用工单位,甲公司,乙公司\n入职时间,2023-03-01,2023-04-01\n"
    try lying.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    let side = bench.ask("import \"\(bench.path("r.csv"))\" in 350500-tiz").flatMap(\.diagnostics)
    #expect(side.contains { $0.message.en.contains("lies on its side") }, "\(side)")
  }

  private final class Bytes {
    var bytes: [UInt8] = []
  }

  private static let damaged = "<worksheet><sheetData><row><c t="

  private static func sheet(_ rows: [[String]]) -> String {
    let cells = rows.map { row in
      "<row>" + row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }.joined()
    return "<worksheet><sheetData>\(cells)</sheetData></worksheet>"
  }

  private static func form(_ name: String) -> String {
    sheet([
      ["人员登记卡"], ["姓名", name, "性别", "男"], ["用工单位", "甲公司", "入职时间", "2023-03-01"], ["离职时间", "", "备注", ""],
    ])
  }

  /// A workbook of sheets, each with its name, what else its entry says, and its text.
  private func workbook(_ parts: [(String, String, String)], _ bench: Bench) throws -> String {
    let out = Bytes()
    let zip = ZipWriter { out.bytes.append(contentsOf: $0) }
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let sheets = parts.enumerated().map {
      "<sheet name=\"\($1.0)\" sheetId=\"\($0 + 1)\"\($1.1) r:id=\"r\($0)\"/>"
    }
    try zip.add("xl/workbook.xml", "<workbook><sheets>\(sheets.joined())</sheets></workbook>")
    let relations = parts.indices.map {
      "<Relationship Id=\"r\($0)\" Type=\"\(kind)/worksheet\" Target=\"s\($0).xml\"/>"
    }
    try zip.add("xl/_rels/workbook.xml.rels", "<Relationships>\(relations.joined())</Relationships>")
    for (i, part) in parts.enumerated() { try zip.add("xl/s\(i).xml", part.2) }
    try zip.finish()
    return try ImportTests.write(out.bytes, "r.xlsx", bench)
  }

  @Test("A sheet among forms that cannot be read, one without a form and a hidden one are told of, at every load")
  func sheets() throws {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    let hidden = " state=\"hidden\""
    let file = try workbook(
      [
        ("孙七", "", Self.damaged), ("张三", "", Self.form("张三")), ("李四", "", Self.damaged), ("王五", "", Self.form("王五")),
        ("说明", "", Self.sheet([["填表说明"]])), ("赵六", hidden, Self.form("赵六")), ("周八", hidden, Self.damaged),
      ], bench)
    let first = "import \"\(file)\" as hires header cards in 350500-tiz as of 2023-12-31"
    for command in [first, "load \"\(bench.path("r.yaml"))\""] {
      let told = bench.ask(command).flatMap(\.diagnostics)
      #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.en))")
      for (words, severity) in [
        ("`孙七` cannot be read", Diagnostic.Severity.warning), ("`李四` cannot be read", .warning),
        ("taken for a form: `说明`", .note), ("hidden sheets with forms are left out: `赵六`", .warning),
        ("`周八` cannot be read", .warning),
      ] {
        let found = told.filter { $0.message.en.contains(words) }
        #expect(found.count == 1 && found[0].severity == severity, "\(command) \(words): \(told.map(\.message.en))")
      }
    }
    #expect(bench.ask("count hires").flatMap(\.json).map(\.line).joined().contains("2"))
  }

  @Test("Of a workbook whose first sheet cannot be read the others are read, and it is told of, hidden or not")
  func brokenSheets() throws {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    let register = Self.sheet([
      ["姓名", "用工单位", "入职时间"], ["张三", "甲公司", "2023-03-01"], ["李四", "乙公司", "2023-04-01"],
    ])
    let file = try workbook(
      [("一月", "", Self.damaged), ("二月", "", register), ("三月", " state=\"hidden\"", Self.damaged)], bench)
    let told = bench.ask("import \"\(file)\" as hires in 350500-tiz as of 2023-12-31").flatMap(\.diagnostics)
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.en))")
    let broken = told.filter { $0.message.en.contains("nothing is read of `一月`, `三月`") }
    #expect(broken.count == 1 && broken[0].severity == .warning, "\(told.map(\.message.en))")
    // Where no other sheet is readable the file is refused as it was.
    let none = try workbook([("一月", "", Self.damaged)], bench)
    #expect(bench.ask("import \"\(none)\" as hires in 350500-tiz").haveFailed)
  }

  private func findings(_ text: String, _ more: String = "") throws -> (lines: [String: Int], told: [Diagnostic]) {
    let bench = try Bench()
    try text.write(toFile: bench.path("p.csv"), atomically: true, encoding: .utf8)
    let answers = bench.ask("run changle-2022; audit \"\(bench.path("p.csv"))\"\(more)")
    var lines: [String: Int] = [:]
    for object in answers.flatMap(\.json) where object["kind"] == .string("audit") {
      guard case .array(let entries)? = object["entries"] else { continue }
      for entry in entries {
        if case .string(let finding)? = entry["finding"] { lines[finding, default: 0] += 1 }
      }
    }
    return (lines, answers.flatMap(\.diagnostics))
  }

  @Test("A list of payments shows how its days are written, and what totals and notices are no payments")
  func payments() throws {
    let head = "Payee,Subject,Amount,Payment Date\n"
    let order = try findings(head + "wuling,w-1,300,06/01/2022\nwuling,w-2,300,06/15/2022\n")
    #expect(order.lines["unclear"] == nil, "\(order)")
    let settled = order.told.first { $0.code == "dates-settled" }
    #expect(settled?.hint?.en.contains("scenario") == false, "\(order.told)")
    let rows = "合计笔数,2,,总金额600元\n公示期：2023年1月3日至1月9日，监督电话：12333,,,\n"
    let totals = try findings("收款单位,对应记录,金额,发放日期\nwuling,w-1,300,2022-06-01\n" + rows)
    // The one line that is a payment is of nobody here.
    #expect(totals.lines["matches_nobody"] == 1 && totals.lines["unclear"] == nil, "\(totals)")
  }

  @Test("The person of a payment is known by the headings of offices, beside the payee")
  func persons() throws {
    let bench = try Bench()
    let hires = bench.ask("list hires limit 1").flatMap(\.json).map(\.line).joined()
    try #require(hires.contains("w-1") || !hires.isEmpty)
    for heading in ["补贴对象,对象身份证号", "职工姓名,职工身份证号码", "对应人员姓名,对应人员证件号码"] {
      let text = "收款人,\(heading),奖补类别,发放金额,拨付时间\nwuling,莫须有,350112199001010013,机构奖励,300,2022-06-01\n"
      let found = try findings(text)
      #expect(found.lines["matches_nobody"] == 1, "\(heading): \(found)")
      #expect(!found.told.contains { $0.code == "paid-unread" }, "\(heading): \(found.told)")
    }
  }
}
