// Workbooks that other programs have written (`Fixtures/make.py` tells how): openpyxl's, and what LibreOffice
// makes of it.
import Foundation
import Testing

@testable import Workbooks

@Suite("Workbooks of other programs")
struct FixtureTests {
  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](
      try Data(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")))
  }

  @Test("the cells of a register read as an office reads them", arguments: ["openpyxl.xlsx", "libreoffice.xlsx"])
  func cells(name: String) throws {
    let bytes = try bytes(name)
    let table = try Book.read(bytes)
    let isSaved = name.hasPrefix("libre")
    #expect(
      table.texts == [
        ["重点企业用工花名册"], ["编号", "基本信息", "", "用工信息", "", "", "", "占比"],
        ["编号", "姓名*", "身份证号", "用工单位", "入职时间", "月工资（元）", "已签合同", "占比"],
        ["001", "张三", "35018219900101123X", "甲公司", "2022-03-01", "4200.2", "TRUE", "37.5%"],
        ["2", "李四", "350182199001011000", "甲公司", "2022-03-01 08:30:00", "4,200元", "FALSE", "1"],
        ["3", "王五 & <赵>", " ", "乙公司", "2022-03-01", isSaved ? "8400.4" : "=F4*2", "√", "#N/A"],
      ])
    #expect(table.remarks[.cutNumber]?.places.map(\.name) == ["C5"])
    #expect(table.remarks[.hiddenRow]?.places.map(\.name) == ["A5"])
    #expect((table.remarks[.formulaWithoutValue] != nil) == !isSaved)
    #expect(
      Set(table.remarks[.merged]?.places.map(\.name) ?? []) == ["A1:H1", "A2:A3", "B2:C2", "D2:G2", "H2:H3", "D4:D5"])
    let sheets = try bytes.withUnsafeBytes { try Workbook($0).sheets }
    #expect(sheets.map(\.name) == ["花名册", "底稿"] && sheets.map(\.isHidden) == [false, true])
  }

  @Test("other forms of the same register are told apart")
  func others() throws {
    #expect(throws: WorkbookProblem.oldBinary) { try Book.read(try bytes("old.xls")) }
    #expect(throws: WorkbookProblem.openDocument) { try Book.read(try bytes("open.ods")) }
  }

  @Test(
    "wherever such a file is changed, it is read or refused",
    arguments: ["openpyxl.xlsx", "libreoffice.xlsx", "old.xls"])
  func changed(name: String) throws {
    let whole = try bytes(name)
    var refused = 0
    for round in 0..<600 {
      var bytes = whole
      bytes[round * 7_919 % bytes.count] ^= UInt8(truncatingIfNeeded: 1 + round % 255)
      do { _ = try Book.read(bytes) } catch is WorkbookProblem { refused += 1 }
    }
    #expect(refused > 100)
  }
}
