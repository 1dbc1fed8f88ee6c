// Lists of what was paid with lines below nought: what was taken back against what is to be, and workbooks of several
// scenarios.

import Answers
import Diagnostics
import Foundation
import Reckoning
import Sessions
import Testing
import View

@testable import Workbench

@Suite("What was taken back against what is to be")
struct AuditRecoveryTests {
  private static let rules = """
    ```policy
    document settling
      title "Grants" zh "补贴办法"
      number "测〔2022〕1号"
      jurisdiction 350112
      issued 2022-01-01
      no window

    measure grant zh 就业补贴
      title "Grant" zh "就业补贴"
      article "一"
      kind grant
      for each hire
      pay enterprise 1,000 yuan on start
      recover all on end when end is given and end < start + 12 months

    measure fee zh 服务费
      title "Fee" zh "服务费"
      article "二"
      kind fee
      for each hire
      where agency is given
      pay agency 200 yuan on start
    ```
    """

  /// h1 and h2 left early, and their 1,000 yuan each are taken back; h3 stays.
  private static let scenario = """
    scenario: 追回 · Back
    district: 350112
    as_of: 2022-12-31
    documents: [settling]
    enterprises:
      - {id: k, name: 甲厂, district: 350112}
      - {id: m, name: 乙厂, district: 350112}
    agencies: [{id: q, name: 红星人力, district: 350112}]
    hires:
      - {id: h1, worker: 张三, enterprise: k, agency: q, start: 2022-01-10, end: 2022-05-15}
      - {id: h2, worker: 李四, enterprise: k, start: 2022-01-11, end: 2022-06-15}
      - {id: h3, worker: 王五, enterprise: m, start: 2022-01-12}
    """

  private func bench() throws -> Bench {
    let bench = try Bench(Self.scenario, policies: [Self.rules])
    bench.session.folder = bench.path("")
    _ = bench.ask("run settling")
    return bench
  }

  private func audit(_ list: String, _ bench: Bench, _ more: String = "") throws -> JSONValue {
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    return try bench.object("audit", "audit paid.csv" + more)
  }

  private func findings(_ told: JSONValue) -> [String] {
    guard case .array(let rows)? = told["entries"] else { return [] }
    return rows.compactMap { row -> String? in
      guard case .string(let finding)? = row["finding"] else { return nil }
      if case .int(let line)? = row["line"] { return "\(line) \(finding)" }
      if case .string(let subject)? = row["subject"] { return "\(subject) \(finding)" }
      return finding
    }.sorted()
  }

  @Test("Taken back and due, due and not taken back, taken back and not due; the sums stand apart and add up")
  func kinds() throws {
    let told = try audit(
      """
      姓名,措施,发放日期,金额
      张三,就业补贴,2022-01-10,1000
      李四,就业补贴,2022-01-11,1000
      王五,就业补贴,2022-01-12,1000
      张三,就业补贴,2022-05-15,-1000
      王五,就业补贴,2022-07-01,-1000

      """, bench())
    #expect(
      findings(told) == [
        "2 as_due", "3 as_due", "4 as_due", "5 recovery_as_due", "6 recovery_not_due", "h2 recovery_not_paid",
      ])
    #expect(told["paid"] == "3000.00" && told["matched"] == "3000.00" && told["due"] == "3000.00")
    let back = try #require(told["recoveries"])
    #expect(back["made"] == "2000.00" && back["matched"] == "1000.00" && back["not_due"] == "1000.00")
    #expect(back["due"] == "2000.00" && back["not_made"] == "1000.00" && back["lines"] == .int(2))
  }

  @Test(
    "However an office writes what is below nought",
    arguments: ["-1000", "－1000", "-1,000.00", "-1000元", "￥-1000", "-￥1000", "(1000)", "（1,000.00）", "−1000"])
  func writings(amount: String) throws {
    let told = try audit("姓名,措施,发放日期,金额\n张三,就业补贴,2022-05-15,\"\(amount)\"\n", bench())
    #expect(findings(told).contains("2 recovery_as_due"), "\(amount): \(findings(told))")
  }

  @Test("Another amount, another day, twice, and a measure that takes nothing back")
  func otherwise() throws {
    let bench = try bench()
    let less = try audit("姓名,措施,发放日期,金额\n张三,就业补贴,2022-05-15,-400\n", bench)
    #expect(findings(less).contains("2 recovery_other_amount"))
    #expect(less["recoveries"]?["too_little"] == "600.00")
    let late = try audit("姓名,措施,发放日期,金额\n张三,就业补贴,2022-06-01,-1000\n", bench)
    #expect(findings(late).contains("2 recovery_other_date"))
    #expect(
      findings(try audit("姓名,措施,发放日期,金额\n张三,就业补贴,2022-06-01,-1000\n", bench, " within 30 days"))
        .contains("2 recovery_as_due"))
    let twice = try audit(
      "姓名,措施,发放日期,金额\n张三,就业补贴,2022-05-15,-1000\n张三,就业补贴,2022-05-15,-1000\n", bench)
    #expect(findings(twice).contains("3 recovery_paid_twice"))
    let fee = try audit("对象,姓名,措施,发放日期,金额\n红星人力,张三,服务费,2022-05-15,-200\n", bench)
    #expect(findings(fee).contains("2 recovery_not_due"))
    bench.session.language = .zh
    let page = AnswerRenderer(format: .table, language: .zh, width: 200).render(
      try #require(bench.ask("audit paid.csv").last))
    #expect(page.contains("该措施没有追回规定") && page.contains("不应追回 200.00"), "\(page)")
  }

  @Test("Together for one enterprise, and what is paid is not taken for what is taken back")
  func together() throws {
    let bench = try bench()
    let both = try audit("对象,措施,发放日期,金额\n甲厂,就业补贴,2022-06-30,-2000\n", bench)
    #expect(both["recoveries"]?["matched"] == "2000.00", "\(findings(both))")
    let paid = try audit("姓名,措施,发放日期,金额\n张三,就业补贴,2022-05-15,1000\n", bench)
    #expect(!findings(paid).contains("2 recovery_as_due"))
    #expect(paid["recoveries"]?["not_made"] == "2000.00")
  }

  @Test("The outturn counts no recovery as a payment")
  func outturn() throws {
    let bench = try bench()
    let list = """
      姓名,措施,发放日期,金额
      张三,就业补贴,2022-01-10,1000
      李四,就业补贴,2022-01-11,1000
      王五,就业补贴,2022-01-12,1000
      张三,就业补贴,2022-05-15,-1000
      李四,就业补贴,2022-06-15,-1000

      """
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let page = AnswerRenderer(format: .table, language: .en, width: 200).render(
      try #require(bench.ask("outturn paid.csv").last))
    #expect(page.contains("100%"), "\(page)")
  }

  @Test("A workbook has a sheet for each finding, of several scenarios those of each", arguments: [Language.en, .zh])
  func workbook(language: Language) throws {
    let bench = try bench()
    let other = Self.scenario.replacing("追回 · Back", with: "别处 · Elsewhere").replacing("h1", with: "g1")
      .replacing("h2", with: "g2").replacing("h3", with: "g3").replacing("张三", with: "钱七")
    try other.write(toFile: bench.path("elsewhere.yaml"), atomically: true, encoding: .utf8)
    let loaded = bench.ask("load elsewhere.yaml; use s")
    #expect(!loaded.haveFailed, "\(loaded.flatMap(\.diagnostics).map(\.message.en))")
    let list = """
      姓名,措施,发放日期,金额
      张三,就业补贴,2022-01-10,1000
      张三,就业补贴,2022-05-15,-1000
      钱七,就业补贴,2022-01-10,1000
      钱七,就业补贴,2022-03-01,-1000

      """
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    bench.session.language = language
    let answers = bench.ask("audit paid.csv against settling across s, elsewhere into joint.xlsx")
    #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let answer = try #require(bench.ask("audit paid.csv against settling across s, elsewhere").last)
    let names = try #require(answer.book?()).sheets.map { $0.name.in(language) }
    #expect(Set(names).count == names.count)
    let wanted =
      language == .en
      ? ["Scenarios", "s: Summary", "s: taken back as due", "elsewhere: Summary", "elsewhere: By beneficiary"]
      : ["各情景", "s：汇总", "s：追回相符", "elsewhere：汇总", "elsewhere：各对象"]
    for name in wanted { #expect(names.contains(name), "\(name): \(names)") }
  }
}
