// Lists of payments read as offices keep them: what of a workbook is not read or cannot be taken as it stands is said,
// and so is what a list itself says of its rows.

import Diagnostics
import Foundation
import Reckoning
import Testing

@testable import Facts

@Suite("Lists of payments")
struct PaidRegisterTests {
  private func read(_ bytes: [UInt8], _ name: String, _ mapping: ColumnMapping = ColumnMapping()) throws -> PaidRegister
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "paid-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name)
    try Data(bytes).write(to: path)
    return try RegisterSurvey.paid(
      at: path.path(percentEncoded: false), as: name, Sample.places, mapping: mapping, threads: 2,
      control: WorkControl())
  }

  private func csv(_ rows: String) throws -> [Diagnostic] { try read(Array(rows.utf8), "paid.csv").doubts }

  private static let head = ["姓名", "金额", "发放日期"]

  @Test("of a workbook's sheets with the same headings those that are not read are named, with how to read all")
  func sheets() throws {
    let months = try SheetFile.bytes(
      SheetFile.rows([Self.head, ["张三", "1000", "2022-06-01"]]),
      second: SheetFile.rows([Self.head, ["李四", "1000", "2022-07-01"]]))
    let found = try read(months, "paid.xlsx")
    #expect(found.lines.map(\.person) == ["张三"])
    let told = try #require(found.doubts.first { $0.severity == .warning && $0.message.en.contains("`说明`") })
    #expect(told.hint?.zh.contains("`paid.xlsx#花名册, paid.xlsx#说明`") == true, "\(told.hint?.zh ?? "")")
    let both = PaidRegister(
      joining: try ["paid.xlsx#花名册", "paid.xlsx#说明"].map { ($0, try read(months, String($0.prefix(9)))) })
    #expect(both.lines.count == 2 && both.lines.map { $0.place.list?.number } == [0, 1])
    // Another sheet that holds something else is only noted.
    let other = try SheetFile.bytes(
      SheetFile.rows([Self.head, ["张三", "1000", "2022-06-01"]]), second: SheetFile.rows([["备注"]]))
    #expect(try read(other, "paid.xlsx").doubts.contains { $0.severity == .note && $0.message.en.contains("`说明`") })
  }

  @Test("hidden rows are told, and a sum over several rows is none of theirs")
  func hidden() throws {
    let rows = SheetFile.rows([Self.head, ["张三", "1000", "2022-06-01"], ["李四", "1000", "2022-06-01"]])
      .replacing("<row><c t=\"inlineStr\"><is><t>李四", with: "<row hidden=\"1\"><c t=\"inlineStr\"><is><t>李四")
    let hidden = try read(try SheetFile.bytes(rows), "paid.xlsx")
    #expect(hidden.lines.count == 2 && hidden.doubts.contains { $0.message.en.contains("hidden row") })
    let merged = try read(
      try SheetFile.bytes(
        SheetFile.rows([Self.head, ["张三", "2000", "2022-06-01"], ["李四", "", "2022-06-01"], ["王五", "500", ""]]),
        after: "<mergeCells><mergeCell ref=\"B2:B3\"/></mergeCells>"), "paid.xlsx")
    #expect(merged.lines.map(\.isFaulty) == [true, true, false])
    #expect(merged.doubts.contains { $0.severity == .warning && $0.message.en.contains("merged figure") })
  }

  @Test(
    "what a column that is not read says of its rows is warned of",
    arguments: [
      ("备注", "作废", true), ("备注", "已退回（账号有误）", true), ("备注", "2022年6月退汇", true), ("备注", "不符合条件", true),
      ("备注", "删除", true), ("发放状态", "发放失败", true), ("是否退回", "是", true), ("是否发放成功", "否", true), ("作废标志", "1", true),
      ("备注", "未退回", false), ("备注", "无作废", false), ("是否退回", "否", false), ("是否发放成功", "是", false), ("备注", "已离职", false),
      ("备注", "第二批", false), ("处理结果", "交易失败", true), ("处理结果", "失败：账号有误", true), ("状态", "未成功", true),
      ("状态", "发放不成功", true), ("发放结果", "户名不符", true), ("状态", "止付", true), ("状态", "收款账户已销户", true), ("状态", "交易成功", false),
      ("状态", "无异常", false), ("状态", "无失败记录", false), ("result", "Transfer failed", true),
      ("result", "unsuccessful", true),
      ("result", "paid", false), ("result", "not returned", false),
    ])
  func remarks(_ heading: String, _ text: String, _ isWarned: Bool) throws {
    let doubts = try csv("姓名,金额,\(heading)\n张三,1000,\(text)\n李四,1000,\n")
    #expect(doubts.contains { $0.code == "column-unread" && $0.message.zh.contains(text) } == isWarned, "\(doubts)")
  }

  @Test("days that say only their month can be read as months, which is offered")
  func months() throws {
    let list = Array("姓名,金额,发放时间\n张三,1000,2022年6月\n李四,1000,2022.6\n".utf8)
    let told = try #require(try read(list, "paid.csv").doubts.first { $0.code == "not-a-date" })
    #expect(told.hint?.zh.contains("“各列 发放时间 = 发放月份”") == true && told.hint?.zh.contains("`columns` 下") == false)
    #expect(told.hint?.en.contains("`dates \"first of month\"`") == true)
    var mapping = ColumnMapping()
    mapping.add("发放时间", as: "month", of: PaidRegister.list.name)
    let found = try read(list, "paid.csv", mapping)
    #expect(found.lines.allSatisfy { $0.month?.text == "2022-06-01" && !$0.isFaulty })
  }
}
