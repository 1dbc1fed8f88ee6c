// Registers in workbooks: they come to the same facts as the CSV file that says the same, messages name the cell, and
// what a sheet hides or has lost is told.
import Diagnostics
import Foundation
import Reckoning
import Testing
import Workbooks

@testable import Facts

/// A workbook of one or two sheets, put together by hand.
enum SheetFile {
  /// - Parameters:
  ///   - rows: the rows of the first sheet, as its XML has them.
  ///   - after: what stands behind them.
  static func bytes(_ rows: String, after: String = "", second: String? = nil) throws -> [UInt8] {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let out = Bytes()
    let zip = ZipWriter { out.bytes.append(contentsOf: $0) }
    let more = second == nil ? "" : "<sheet name=\"说明\" sheetId=\"2\" r:id=\"b\"/>"
    try zip.add(
      "xl/workbook.xml", "<workbook><sheets><sheet name=\"花名册\" sheetId=\"1\" r:id=\"a\"/>\(more)</sheets></workbook>")
    try zip.add(
      "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"a\" Type=\"\(kind)/worksheet\" Target=\"a.xml\"/>"
        + "<Relationship Id=\"b\" Type=\"\(kind)/worksheet\" Target=\"b.xml\"/>"
        + "<Relationship Id=\"c\" Type=\"\(kind)/styles\" Target=\"c.xml\"/></Relationships>")
    try zip.add("xl/a.xml", "<worksheet><sheetData>\(rows)</sheetData>\(after)</worksheet>")
    if let second { try zip.add("xl/b.xml", "<worksheet><sheetData>\(second)</sheetData></worksheet>") }
    try zip.add("xl/c.xml", "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")
    try zip.finish()
    return out.bytes
  }

  private final class Bytes {
    var bytes: [UInt8] = []
  }

  /// Rows of texts.
  static func rows(_ rows: [[String]]) -> String {
    rows.map { row in
      "<row>"
        + row.map { $0.isEmpty ? "<c/>" : "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }.joined()
  }
}

@Suite("Registers in workbooks")
struct WorkbookSourceTests {
  /// What a load comes to: the facts as a digest, and each message with its place.
  private func read(_ bytes: [UInt8], _ name: String = "h.xlsx", list: String = "hires") -> (
    digest: String, told: [String], diagnostics: [Diagnostic]
  ) {
    var builder = DatasetBuilder(dictionary: Contract.dictionary, places: Sample.places)
    for id in ["e1", "e2"] {
      builder.append("enterprises", [StatedValue("id", id), StatedValue("district", "350112")])
    }
    builder.append(list, bytes, as: name, BulkFormat.of(name))
    let (dataset, problems) = builder.finish()
    var digest = Digest()
    dataset.add(to: &digest)
    let told = problems.map { problem in
      let place = problem.location.flatMap { at in at.source?.naming?(at.start) } ?? "-"
      return "\(place) \(problem.severity.rawValue) \(problem.code)"
    }
    return (digest.hex, told, problems)
  }

  private func read(_ rows: [[String]], as name: String) throws -> (digest: String, told: [String]) {
    let text = rows.map { $0.joined(separator: ",") + "\n" }.joined()
    let read =
      name.hasSuffix("csv") ? read(Array(text.utf8), name) : read(try SheetFile.bytes(SheetFile.rows(rows)), name)
    return (read.digest, read.told)
  }

  @Test("a workbook comes to the same facts as the CSV file that says the same", arguments: [2, 3, 6, 5_000])
  func same(count: Int) throws {
    let head = ["id", "enterprise", "start", "monthly_wage", "sex", "worker"]
    let rows = (1..<count).map { i in
      [
        "h\(i)", "e\(i % 2 + 1)", "2022-03-0\(i % 9 + 1)", i % 3 == 0 ? "" : "\(4_000 + i).50", i % 5 == 0 ? "" : "女",
        "",
      ]
    }
    let (book, csv) = (try read([head] + rows, as: "h.xlsx"), try read([head] + rows, as: "h.csv"))
    #expect(book.digest == csv.digest)
    func codes(_ told: [String]) -> [Substring] { told.map { $0.drop { $0 != " " } } }
    #expect(codes(book.told) == codes(csv.told))
    #expect(!book.told.contains { $0.contains("error") })
  }

  @Test("dates are read by their format, and a message names the cell")
  func places() throws {
    let rows =
      "<row r=\"2\"><c t=\"inlineStr\"><is><t>id</t></is></c><c t=\"inlineStr\"><is><t>enterprise</t></is></c>"
      + "<c t=\"inlineStr\"><is><t>start</t></is></c></row>"
      + "<row r=\"4\"><c t=\"inlineStr\"><is><t>h1</t></is></c><c t=\"inlineStr\"><is><t>e1</t></is></c>"
      + "<c s=\"1\"><v>44621</v></c></row>"
      + "<row r=\"17\"><c t=\"inlineStr\"><is><t>h2</t></is></c><c t=\"inlineStr\"><is><t>e1</t></is></c>"
      + "<c t=\"inlineStr\"><is><t>someday</t></is></c></row>"
      + "<row r=\"18\"><c t=\"inlineStr\"><is><t>h3</t></is></c><c t=\"inlineStr\"><is><t>e9</t></is></c>"
      + "<c s=\"1\"><v>44622</v></c></row>"
    let told = read(try SheetFile.bytes(rows))
    #expect(told.told.contains("花名册!C17 error not-a-date"))
    #expect(told.told.contains { $0.hasPrefix("花名册!B18 error") })
    #expect(told.told.count { $0.contains("error") } == 2)
    let text = told.diagnostics.map { DiagnosticRenderer(language: .en).text($0) }.joined(separator: "\n")
    #expect(text.contains("h.xlsx: 花名册!C17: error: ") && !text.contains("17 | "))
  }

  @Test("a sheet may be named behind the file; without a name the others are told")
  func sheets() throws {
    let first = SheetFile.rows([["id", "enterprise", "start"], ["h1", "e1", "2022-03-01"]])
    let bytes = try SheetFile.bytes(first, second: SheetFile.rows([["id"], ["x"]]))
    #expect(read(bytes).told.contains("花名册!A1 note workbook-note"))
    let named = read(bytes, "h.xlsx#花名册")
    #expect(!named.told.contains { $0.contains("workbook") })
    #expect(named.digest == read(bytes).digest && named.digest == read(bytes, "h.XLSX#1").digest)
    let other = read(bytes, "h.xlsx#说明")
    #expect(other.told.contains { $0.hasPrefix("说明!") && $0.contains("error missing") })
    let none = read(bytes, "h.xlsx#第三")
    #expect(none.told == ["- error workbook"] && none.diagnostics[0].hint?.zh.contains("`花名册`、`说明`") == true)
    #expect(BulkPlace("a.xlsx#b").file == "a.xlsx" && BulkPlace("a#b.csv").file == "a#b.csv")
    #expect(BulkPlace("/x#1/名册.xlsx").part == nil && BulkPlace("名册.xlsx#").part == nil)
  }

  @Test(
    "the sheet whose headings fit is found; others with the same headings are warned of, with the lines that take them")
  func fitting() throws {
    let register = [["编号", "用工单位", "入职时间"], ["h1", "e1", "2022-03-01"]]
    let behind = try SheetFile.bytes(SheetFile.rows([["填报说明"], ["请认真填写"]]), second: SheetFile.rows(register))
    #expect(read(behind).told.contains("说明!A1 note workbook-note"))
    #expect(read(behind).digest == read(behind, "h.xlsx#2").digest)
    #expect(read(behind, "h.xlsx#1").told.contains { $0.contains("error") })
    let months = try SheetFile.bytes(
      SheetFile.rows(register), second: SheetFile.rows([register[0], ["h2", "e1", "2022-04-01"]]))
    let told = read(months)
    let warning = told.diagnostics.first { $0.severity == .warning }
    #expect(told.told.contains("花名册!A1 warning workbook-note"))
    #expect(warning?.hint?.zh.contains("`导入 h.xlsx#花名册, h.xlsx#说明`") == true)
    #expect(warning?.hint?.en.contains("`hires_from: [\"h.xlsx#花名册\", \"h.xlsx#说明\"]`") == true)
    #expect(!read(months, "h.xlsx#花名册").told.contains { $0.contains("warning") })
    // A month's sheet with a column more, or with another word for one; and one that is no such list.
    for (rows, isAlike) in [
      ([["编号", "用工单位", "入职时间", "备注"], ["h2", "e1", "2022-04-01", "-"]], true),
      ([["编号", "用工单位", "入职日期*"], ["h2", "e1", "2022-04-01"]], true),
      ([["序号", "编号", "用人单位", "入职时间"], ["1", "h2", "e1", "2022-04-01"]], true),
      ([["用工单位", "地址", "电话"], ["e1", "某路1号", "123"]], false),
    ] {
      let book = try SheetFile.bytes(SheetFile.rows(register), second: SheetFile.rows(rows))
      #expect(read(book).told.contains("花名册!A1 warning workbook-note") == isAlike, "\(rows[0])")
    }
  }

  @Test("a cell that has lost its value is told of once")
  func once() throws {
    let rows =
      SheetFile.rows([["id", "enterprise", "start"]])
      + "<row r=\"2\"><c t=\"inlineStr\"><is><t>h1</t></is></c><c t=\"inlineStr\"><is><t>e1</t></is></c>"
      + "<c><f>A1</f></c></row>"
      + "<row r=\"3\"><c t=\"inlineStr\"><is><t>h2</t></is></c><c t=\"e\"><v>#N/A</v></c>"
      + "<c s=\"1\"><v>44621</v></c></row>"
    let told = read(try SheetFile.bytes(rows)).told.filter { $0.contains("error") }
    #expect(told.sorted() == ["花名册!B3 error workbook-cells", "花名册!C2 error workbook-cells"])
  }

  @Test("a part that grows beyond all measure is told as that")
  func bomb() throws {
    let blank = String(repeating: " ", count: 40 << 20)
    let told = read(try SheetFile.bytes("<row><c t=\"inlineStr\"><is><t>\(blank)</t></is></c></row>"))
    #expect(told.diagnostics.count == 1 && told.diagnostics[0].message.zh.contains("解压后大得异常"))
    let text = told.diagnostics.map { DiagnosticRenderer(language: .zh).text($0) }.joined()
    #expect(text.hasPrefix("h.xlsx: 错误：") && !text.contains("1 | "))
  }

  @Test("what the sheet has lost is an error in columns that are read, in rows that are records, and only there")
  func lost() throws {
    let head = SheetFile.rows([["id", "enterprise", "start", "worker_id", "note"]])
    func row(_ number: Int, _ id: String, _ cells: String) -> String {
      "<row r=\"\(number)\"><c t=\"inlineStr\"><is><t>\(id)</t></is></c><c t=\"inlineStr\"><is><t>e1</t></is></c>"
        + "<c s=\"1\"><v>44621</v></c>\(cells)</row>"
    }
    let bad = "<c><v>3.5010219900101123E+17</v></c><c t=\"e\"><v>#REF!</v></c>"
    let total = "<row r=\"4\"><c t=\"inlineStr\"><is><t>合计</t></is></c><c r=\"D4\"><f>SUM(D1)</f></c></row>"
    let cut = read(try SheetFile.bytes(head + row(2, "h1", bad) + row(3, "h2", "<c><f>A1</f></c>") + total))
    #expect(cut.told.contains("花名册!D2 error workbook-cells") && cut.told.contains("花名册!D3 error workbook-cells"))
    #expect(cut.told.count { $0.contains("workbook-cells") } == 2)
    let good = "<c t=\"inlineStr\"><is><t>35018219900101123X</t></is></c><c t=\"e\"><v>#REF!</v></c>"
    #expect(
      !read(try SheetFile.bytes(head + row(2, "h1", good) + total)).told.contains { $0.contains("workbook-cells") })
  }

  @Test("merged cells hold for their rows and are told; a merged amount has two meanings and is refused")
  func merged() throws {
    let head = ["id", "enterprise", "start", "monthly_wage"]
    let rows = SheetFile.rows([
      head, ["h1", "e1", "2022-03-01", "4000"], ["h2", "", "2022-03-02", ""], ["h3", "e2", "2022-03-03", "5000"],
    ])
    func merge(_ range: String) -> String { "<mergeCells><mergeCell ref=\"\(range)\"/></mergeCells>" }
    let names = read(try SheetFile.bytes(rows, after: merge("B2:B3")))
    #expect(names.told.contains("花名册!B2 note workbook-note") && !names.told.contains { $0.contains("error") })
    let whole = SheetFile.rows([
      head, ["h1", "e1", "2022-03-01", "4000"], ["h2", "e1", "2022-03-02", ""], ["h3", "e2", "2022-03-03", "5000"],
    ])
    #expect(names.digest == read(try SheetFile.bytes(whole)).digest)
    #expect(read(try SheetFile.bytes(rows, after: merge("D2:D3"))).told.contains("花名册!D2 error workbook-cells"))
  }

  @Test("titles and merged headings stand above, rows may be hidden")
  func register() throws {
    let rows = SheetFile.rows([
      ["用工花名册"], ["编号", "基本信息", "", "用工信息"], ["", "姓名*", "性别", "用工单位", "入职时间"], ["h1", "张三", "女", "e1", "2022.3.1"],
      ["合计", "1人"],
    ]).replacing("<row><c t=\"inlineStr\"><is><t>h1", with: "<row hidden=\"1\"><c t=\"inlineStr\"><is><t>h1")
    let told = read(
      try SheetFile.bytes(rows, after: "<mergeCells><mergeCell ref=\"A1:E1\"/><mergeCell ref=\"A2:A3\"/></mergeCells>"))
    #expect(!told.told.contains { $0.contains("error") }, "\(told.told)")
    #expect(told.told.contains("花名册!A4 note workbook-note"))
    let csv = read(Array("编号,姓名,性别,用工单位,入职时间\nh1,张三,女,e1,2022.3.1\n".utf8), "h.csv")
    #expect(told.digest == csv.digest)
  }

  private static func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).appending(path: "../../WorkbooksTests/Fixtures").standardizedFileURL
    return [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  @Test("a workbook as Excel wrote it before 2007 comes to the same facts where its library is installed")
  func old() throws {
    let bytes = try Self.fixture("register.xls")
    let told = read(bytes, "h.xls")
    guard OldWorkbook.isReadable else {
      #expect(told.diagnostics.count == 1 && told.diagnostics[0].hint?.en.contains("libfreexl1") == true)
      return
    }
    let present = read(try Self.fixture("register.xlsx"), "h.xlsx")
    #expect(!present.told.contains { $0.contains("error") }, "\(present.told)")
    #expect(told.digest == present.digest, "\(told.told)")
    #expect(told.diagnostics.contains { $0.message.en.contains("older workbook") })
    // What is wrong in it has its place.
    let wrong = read(try Self.fixture("old.xls"), "h.xls")
    #expect(wrong.told.contains("花名册!C5 error workbook-cells"), "\(wrong.told)")
    // However it is changed, it is read or refused, and nothing ends but the process that reads it.
    for round in 0..<60 {
      var bytes = bytes
      bytes[round * 7_919 % bytes.count] ^= UInt8(1 + round)
      #expect(!read(bytes, "h.xls").told.isEmpty)
      #expect(!read(Array(bytes[..<(bytes.count * round / 60)]), "h.xls").told.isEmpty)
    }
  }

  @Test("each file that is no workbook is told with what to do")
  func refused() throws {
    let container: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 2_000)
    let cases: [([UInt8], String, String)] = [
      (container, "h.xls", "（.xls）"), (container, "h.et", "（.et）"), (Array("a,b\n".utf8), "h.xlsx", "纯文本"),
      (Array("<html>".utf8), "h.xls", "网页"), ([], "h.xlsx", "空的"), (Array("PK\u{3}\u{4}x".utf8), "h.xlsx", "损坏"),
      (try SheetFile.bytes(""), "h.xlsx", "空的"), (try SheetFile.bytes("<row><c t=\"z\"/></row>"), "h.xlsx", "xl/a.xml"),
    ]
    for (bytes, name, words) in cases {
      let told = read(bytes, name)
      #expect(told.diagnostics.count == 1 && told.diagnostics[0].message.zh.contains(words), "\(name) \(told.told)")
      #expect(told.diagnostics[0].hint != nil)
    }
  }
}
