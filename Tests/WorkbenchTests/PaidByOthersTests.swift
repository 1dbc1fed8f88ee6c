// Lists of payments in which somebody stands beside the person: who employs them, who holds the account; and lists that
// say who and when in other ways: numbers covered as this program covers them, a month and its year in two columns.
import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Who stands beside the person that was paid")
struct PaidByOthersTests {
  private static let numbers = ["513323199001010011", "51332319900101002X", "513323199001010038"]

  /// Three workers of 金东区 with 3,000 yuan each, and nothing for who employs them (jindong-2021, 一（一）).
  private static let scenario = """
    scenario: 核对 · Audit
    district: 330703
    as_of: 2023-12-31
    enterprises:
      - {id: e1, name: 众泰汽配厂, district: 330703}
      - {id: e2, name: 孝顺纺织厂, district: 330703}
    hires:
      - {id: h0, worker: 张三, worker_id: '\(numbers[0])', origin: 513323, relief_person: true, enterprise: e1,
         start: 2022-03-01}
      - {id: h1, worker: 李四, worker_id: '\(numbers[1])', origin: 513323, relief_person: true, enterprise: e2,
         start: 2022-03-02}
      - {id: h2, worker: 王五, worker_id: '\(numbers[2])', origin: 513323, relief_person: true, enterprise: e1,
         start: 2022-03-03}
    """

  private func bench(_ list: String) throws -> Bench {
    let bench = try Bench(Self.scenario)
    bench.session.folder = bench.path("")
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    return bench
  }

  private func asDue(_ list: String, _ more: String = "") throws -> String {
    let audit = try bench(list).object("audit", "run; audit paid.csv \(more)")
    return audit["matched"]?.line ?? audit.line
  }

  @Test(
    "a firm beside a person whom the money is due to is their employer, with or without a number and a measure",
    arguments: ["单位", "单位名称", "企业名称", "用工单位"])
  func employer(_ heading: String) throws {
    let firms = ["众泰汽配厂", "孝顺纺织厂", "众泰汽配厂"], names = ["张三", "李四", "王五"]
    let rows = zip(zip(firms, names), Self.numbers).map { ($0.0, $0.1, $1) }
    let numbered = "\(heading),姓名,身份证号,金额\n" + rows.map { "\($0),\($1),\($2),3000\n" }.joined()
    let named = "\(heading),姓名,金额\n" + rows.map { "\($0.0),\($0.1),3000\n" }.joined()
    let grouped =
      "\(heading),姓名,身份证号,金额\n" + rows.map { ($0.0 == "孝顺纺织厂" ? $0.0 : "") + ",\($0.1),\($0.2),3000\n" }.joined()
    for (list, more) in [(numbered, ""), (numbered, "for worker_employment"), (named, ""), (grouped, "")] {
      #expect(try asDue(list, more) == "\"9000.00\"", "\(heading) \(more)")
    }
  }

  @Test("that a firm's column is read as the employer's is said, and a column of payees is not")
  func said() throws {
    let audit = try bench("单位,姓名,身份证号,金额\n众泰汽配厂,张三,\(Self.numbers[0]),3000\n").ask("运行；核对 paid.csv")
    let text = audit.last.map { TerminalRenderer(width: 200, colour: false, language: .zh).render($0.document) }
    #expect(text?.contains("“单位”读作用人单位") == true, "\(text ?? "")")
    // 收款单位 says who was paid.
    let paid = try bench("收款单位,姓名,身份证号,金额\n众泰汽配厂,张三,\(Self.numbers[0]),3000\n").object("audit", "run; audit paid.csv")
    #expect(paid["matched"]?.line == "\"0.00\"", "\(paid.line)")
  }

  @Test("a firm of the list that the measure pays is the payee, whoever else stands beside it")
  func payee() throws {
    let bench = try Bench(
      """
      scenario: 核对 · Audit
      district: 350112
      as_of: 2023-12-31
      enterprises: [{id: e1, name: 众泰汽配厂, district: 350112, lists: [leading_2021]}]
      agencies: [{id: a1, name: 远山劳务, district: 350112, filed: true}]
      hires: [{id: h0, worker: 张三, enterprise: e1, agency: a1, origin: 520502, start: 2022-03-01}]
      """)
    bench.session.folder = bench.path("")
    try "单位名称,姓名,补贴项目,金额\n远山劳务,张三,机构奖励,300\n".write(
      toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let audit = try bench.object("audit", "run changle-2022; audit paid.csv")
    #expect(audit["not_due"]?.line == "\"300.00\"", "\(audit.line)")
    #expect(audit["beneficiaries"]?.line.contains("a1") == true, "\(audit.line)")
  }

  @Test("whoever holds the account beside a named person is told, and the person was paid", arguments: ["收款人", "户名"])
  func holder(_ heading: String) throws {
    let list =
      "姓名,身份证号,\(heading),金额\n张三,\(Self.numbers[0]),父亲某,3000\n李四,\(Self.numbers[1]),李四,3000\n"
      + "王五,\(Self.numbers[2]),,3000\n"
    let audit = try bench(list).object("audit", "run; audit paid.csv")
    #expect(audit["matched"]?.line == "\"9000.00\"", "\(audit.line)")
    #expect(audit.line.contains("父亲某"), "\(audit.line)")
  }

  @Test(
    "this program's own lists are known by the numbers that they show",
    arguments: ["payments into own.xlsx", "payments into own.csv", "run into own.xlsx"])
  func own(_ command: String) throws {
    let bench = try bench("")
    let audit = try bench.object("audit", "run; \(command); audit \(command.split(separator: " ").last ?? "")")
    #expect(audit["matched"]?.line == "\"9000.00\"", "\(audit.line)")
  }

  @Test("a title of several years says no year")
  func years() throws {
    for title in ["2022-2023年就业补贴台账", "2022、2023年度补贴", "2022年至2023年补贴"] {
      let list = "\(title),,,\n姓名,身份证号,5月,6月\n张三,\(Self.numbers[0]),3000,\n"
      let problems = try bench(list).ask("run; audit paid.csv").flatMap(\.diagnostics)
      #expect(problems.contains { $0.severity == .error && $0.code == "paid-columns" }, "\(title)")
    }
    let one = "2022年度就业补贴台账,,,\n姓名,身份证号,5月,6月\n张三,\(Self.numbers[0]),3000,\n"
    #expect(try bench(one).object("audit", "run; audit paid.csv")["paid"]?.line == "\"3000.00\"")
  }

  @Test("a month and its year in two columns are one month", arguments: ["9月", "9", "09月", "九月"])
  func period(_ month: String) throws {
    let parted = "姓名,身份证号,金额,所属月份,所属年度\n张三,\(Self.numbers[0]),3000,\(month),2022\n"
    let whole = "姓名,身份证号,金额,所属月份\n张三,\(Self.numbers[0]),3000,2022-09\n"
    let (found, same) = (
      try bench(parted).object("audit", "run; audit paid.csv"), try bench(whole).object("audit", "run; audit paid.csv")
    )
    #expect(found["findings"]?.line == same["findings"]?.line && found["paid"]?.line == "\"3000.00\"", "\(found.line)")
    #expect(!found.line.contains("\"unclear\",\"lines\":1"), "\(found.line)")
  }
}
