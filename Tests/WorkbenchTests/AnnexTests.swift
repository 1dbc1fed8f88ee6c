// The forms that villages fill in (annexes of the Quanzhou Taiwanese Investment Zone's notice of 2023), as workbooks:
// they load as they are, with the village from the line above the table, and what they do not say is said.

import Foundation
import Testing
import View

@testable import Workbench

@Suite("Forms of villages")
struct AnnexTests {
  private static let title = "泉州台商投资区劳动力资源信息采集表"
  private static let foot = "填报说明：本表所填报对象为男年满16周岁至60周岁、女年满16周岁至55周岁，有劳动能力和就业愿望人员。"

  private static func jobless(_ village: String) -> [[String]] {
    [
      [title], ["（未就业）"], [village], ["序号", "姓名", "性别", "出生\n年月", "文化\n程度", "联系电话", "就业意向"],
      ["1", "张三", "男", "1988.3", "初中", "13800000001", "缝纫"], ["2", "李四", "女", "1990.11", "高中", "13800000002", "电子"],
      ["3"], ["4"], [foot], ["2.联系电话须填写手机号码。"],
    ]
  }

  /// Headings in two rows, the title and the state in one cell, the village in cells of its own.
  private static let employed: [[String]] = [
    [title + "（已就业）"], ["张坂", "乡（镇）", "上塘", "村", "3", "组"],
    ["序号", "姓名", "性别", "出生", "文化", "工种", "联系", "就业单位"], ["", "", "", "年月", "程度", "", "电话", ""],
    ["1", "张三", "男", "1988.3", "初中", "缝纫", "13800000001", "甲制鞋厂"],
    ["2", "李四", "女", "1990.11", "高中", "普工", "13800000002", "乙电子厂"], [foot],
    ["填表人：张会计", "", "", "审核人：李主任", "", "", "", "2023年2月10日"],
  ]

  private static let staff: [[String]] = [
    ["泉州台商投资区就业服务网格工作人员名单"], ["序号", "乡镇", "村", "姓名", "职务", "联系方式"],
    ["1", "张坂镇", "上塘村", "张三", "网格员", "13800000001"], ["2", "东园镇", "长新村", "李四", "网格长", "13800000002"],
  ]

  /// What a form is loaded as: the list's name, and its records.
  private static func records(
    _ rows: [[String]], _ bench: Bench, _ options: String = "in 350500-tiz"
  ) throws -> (list: String, records: [JSONValue], problems: [String]) {
    let path = try ImportTests.write(try ImportTests.xlsx(rows), "表.xlsx", bench)
    try? FileManager.default.removeItem(atPath: bench.path("表.yaml"))
    let answers = bench.ask("import \"\(path)\" \(options)")
    let problems = answers.flatMap(\.diagnostics)
    guard let object = answers.flatMap(\.json).last(where: { $0["kind"] == .string("import") }),
      case .string(let list)? = object["list"]
    else { return ("", [], problems.map(\.code)) }
    guard case .array(let records)? = try bench.object("list", "list \(list)")["records"] else {
      return (list, [], problems.map(\.code))
    }
    return (list, records, problems.map(\.code))
  }

  @Test(
    "Those without work load as registered labour, with the village from the line above, however it is written",
    arguments: [
      "        张坂   乡（镇）    上塘  村   3 组", "张坂乡（镇）上塘村3组", "＿张坂＿乡（镇）＿上塘＿村＿3＿组", "张坂 乡（镇） 上塘 村 3 组  填报日期：2023年2月",
    ])
  func jobless(village: String) throws {
    let bench = try Bench()
    let (list, records, problems) = try Self.records(Self.jobless(village), bench)
    #expect(list == "residents" && records.count == 2, "\(problems)")
    for record in records {
      #expect(record["township"] == .string("张坂") && record["village"] == .string("上塘村"))
      #expect(record["village_group"] == .string("3组") && record["employed"] == .bool(false))
    }
    #expect(records[0]["name"] == .string("张三") && records[0]["born"] == .string("1988-03-01"))
    #expect(problems.contains("beside-columns") && problems.contains("import-unasked"))
    #expect(!problems.contains("column-unread"))
  }

  @Test("Those in work load as registered labour, since the form does not say since when, and that is said")
  func employed() throws {
    let bench = try Bench()
    let (list, records, problems) = try Self.records(Self.employed, bench)
    #expect(list == "residents" && records.count == 2, "\(problems)")
    #expect(records.allSatisfy { $0["employed"] == .bool(true) && $0["village"] == .string("上塘村") })
    #expect(records[1]["employer"] == .string("乙电子厂") && records[1]["born"] == .string("1990-11-01"))
    #expect(problems.contains("register-list"))
    // Whoever knows the day says it once.
    let hires = try Self.records(Self.employed, bench, "as hires in 350500-tiz constant start = 2023-03-01")
    #expect(hires.list == "hires" && hires.records.count == 2, "\(hires.problems)")
    #expect(hires.records.allSatisfy { $0["start"] == .string("2023-03-01") })
  }

  @Test("The list of local staff is one of its own")
  func staff() throws {
    let bench = try Bench()
    let (list, records, problems) = try Self.records(Self.staff, bench)
    #expect(list == "grid_workers" && records.count == 2, "\(problems)")
    #expect(records.map { $0["village"] } == [.string("上塘村"), .string("长新村")])
    #expect(records.map { $0["office"] } == [.string("网格员"), .string("网格长")])
  }

  @Test("Several villages in one sheet each keep their own, and what the next line leaves out is not carried on")
  func villages() throws {
    let bench = try Bench()
    var rows = Self.jobless("张坂镇上塘村3组")
    rows.removeLast(4)
    rows += [["合计", "2人"], [Self.title], ["东园镇 长新村 组"], rows[3], ["1", "王五", "女", "1990.11", "高中", "", ""]]
    let (_, records, problems) = try Self.records(rows, bench)
    #expect(records.map { $0["village"] } == [.string("上塘村"), .string("上塘村"), .string("长新村")], "\(problems)")
    #expect(records.map { $0["village_group"] } == [.string("3组"), .string("3组"), .null])
    #expect(records.map { $0["township"] } == [.string("张坂镇"), .string("张坂镇"), .string("东园镇")])
  }

  @Test("A village line that nobody has filled in is refused with what to say, and a title is no village")
  func unfilled() throws {
    let bench = try Bench()
    for line in ["      乡（镇）      村    组", "上塘村劳动力名单"] {
      let (_, records, problems) = try Self.records(Self.jobless(line), bench)
      #expect(records.isEmpty && problems == ["register-list"])
    }
    let said = try Self.records(
      Self.jobless("      乡（镇）      村    组"), bench, "in 350500-tiz constant village = 上塘村")
    #expect(said.records.map { $0["village"] } == [.string("上塘村"), .string("上塘村")], "\(said.problems)")
  }
}
