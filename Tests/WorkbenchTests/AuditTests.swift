// Lists of what was paid, with mistakes planted in them: each is found, none is invented, and the sums add up.

import Answers
import Foundation
import Testing
import View

@testable import Workbench

@Suite("What was paid against what is due")
struct AuditTests {
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
      article "一"
      kind worker_reward
      param months zh 稳定月数 = 3 months "how long" zh "须稳定就业的月数"
      param amount zh 补贴额 = 1000 yuan "the grant" zh "补贴额"
      for each hire
      where enterprise.district within home and stable for months
      pay worker amount on completion of months

    measure fee zh 机构服务费
      title "Fee for agencies" zh "机构服务补助"
      article "二"
      kind agency_reward
      param months zh 稳定月数 = 3 months "how long" zh "须稳定就业的月数"
      param rate zh 每人补助额 = 200 yuan "the fee" zh "每人补助额"
      for each hire
      where agency is given and origin within 52 and stable for months
      pay agency rate on completion of months
    ```
    """

  /// Grants fall due on 2022-06-01 for everybody but h4, who left early.
  private static let scenario = """
    scenario: 核对 · Audit
    district: 350112
    as_of: 2022-12-31
    documents: [settling]
    enterprises:
      - {id: k, name: 甲厂, district: 350112}
    agencies:
      - {id: q, name: 红星人力, district: 350112, filed: true}
    hires:
      - {id: h1, worker: 张三, worker_id: 522401199001010116, enterprise: k, agency: q, origin: 520502, start: 2022-03-01}
      - {id: h2, worker: 李四, worker_id: 522401199002010126, enterprise: k, agency: q, origin: 520502, start: 2022-03-01}
      - {id: h3, worker: 王五, worker_id: 522401199003010136, enterprise: k, agency: q, start: 2022-03-01}
      - {id: h4, worker: 赵六, worker_id: 522401199004010146, enterprise: k, start: 2022-03-01, end: 2022-05-15}
      - {id: h5, worker: 郑一, worker_id: 522401199008010186, enterprise: k, start: 2022-03-01}
      - {id: h6, worker: 郑一, worker_id: 522401199009010196, enterprise: k, start: 2022-03-01}
    """

  private func bench() throws -> Bench {
    let bench = try Bench(Self.scenario, policies: [Self.rules])
    bench.session.folder = bench.path("")
    return bench
  }

  @Test("Columns that say nothing about a payment are named once, with how to read one")
  func unread() throws {
    let bench = try bench()
    let list = "姓名,措施,发放日期,金额,经办人\n张三,就业补贴,2022-06-01,1000,老陈\n"
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let told = bench.ask("audit paid.csv").flatMap(\.diagnostics).filter { $0.code == "paid-unread" }
    #expect(told.count == 1)
    #expect(told.first?.message.zh.contains("经办人") == true)
  }

  @Test("A payment that came back and was made again is one payment, and nothing was taken back")
  func reversed() throws {
    let told = try audit(
      """
      姓名,身份证号,措施,发放日期,金额
      张三,522401199001010116,就业补贴,2022-06-01,1000
      张三,522401199001010116,就业补贴,2022-06-10,-1000
      张三,522401199001010116,就业补贴,2022-06-15,1000

      """, bench(), " for grant")
    #expect(told["paid"] == "1000.00" && told["matched"] == "1000.00", "\(told)")
    #expect(told["twice"] == "0.00" && told["recoveries"]?["not_due"] != "1000.00", "\(told)")
    guard case .array(let rows)? = told["entries"] else { throw SweepTests.Failure() }
    let found = rows.compactMap { row -> String? in
      guard case .int(let line)? = row["line"], case .string(let finding)? = row["finding"] else { return nil }
      return "\(line) \(finding)"
    }
    #expect(found.sorted() == ["2 reversed", "3 reversed", "4 other_date"], "\(found)")
  }

  @Test("A number whose middle is covered is matched by the name and the digits that are shown")
  func covered() throws {
    let told = try audit(
      """
      姓名,身份证号,措施,发放日期,金额
      张三,522401********0116,就业补贴,2022-06-01,1000
      李四,522401********9999,就业补贴,2022-06-01,1000
      郑一,522401********0196,就业补贴,2022-06-01,1000

      """, bench(), " for grant")
    guard case .array(let rows)? = told["entries"] else { throw SweepTests.Failure() }
    let found = rows.compactMap { row -> String? in
      guard case .int(let line)? = row["line"], case .string(let finding)? = row["finding"] else { return nil }
      return "\(line) \(finding)"
    }
    #expect(found.sorted() == ["2 as_due", "3 unclear", "4 as_due"], "\(found)")
  }

  /// The findings of a list's lines in their order, with those of payments that no line is behind them.
  private func audit(_ list: String, _ bench: Bench, _ more: String = "") throws -> JSONValue {
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let audit = try bench.object("audit", "audit paid.csv \(more)")
    try addsUp(audit)
    return audit
  }

  private func entries(_ audit: JSONValue) -> [(line: String, finding: String, why: String)] {
    guard case .array(let entries)? = audit["entries"] else { return [] }
    return entries.map { ($0["line"]?.line ?? "", text($0["finding"]), text($0["why"])) }
      .sorted { (Int($0.line) ?? .max, $0.finding) < (Int($1.line) ?? .max, $1.finding) }
  }

  private func text(_ value: JSONValue?) -> String {
    if case .string(let text)? = value { text } else { "" }
  }

  private func fen(_ value: JSONValue?) throws -> Int {
    let text = text(value)
    return try #require(Int(text.filter { $0 != "." }), "`\(text)` is no amount")
  }

  /// What was paid is the sum of its findings, by row and altogether, and so is what is due.
  private func addsUp(_ audit: JSONValue) throws {
    func check(_ row: JSONValue, _ keys: [String]) throws -> [String: Int] {
      var sums: [String: Int] = [:]
      for key in keys { sums[key] = row[key] == nil ? 0 : try fen(row[key]) }
      func sum(_ parts: String...) -> Int { parts.reduce(0) { $0 + (sums[$1] ?? 0) } }
      #expect(sums["paid"] == sum("matched", "too_much", "twice", "not_due", "open"))
      #expect(sums["due"] == sum("matched", "too_little", "not_paid"))
      return sums
    }
    let keys = ["paid", "matched", "too_much", "twice", "not_due", "open", "due", "too_little", "not_paid"]
    let whole = try check(audit, keys)
    for list in ["measures", "beneficiaries"] {
      guard case .array(let rows)? = audit[list] else {
        Issue.record("there is no list \(list)")
        continue
      }
      var all: [String: Int] = [:]
      for row in rows { all.merge(try check(row, keys), uniquingKeysWith: +) }
      for key in keys { #expect(all[key, default: 0] == whole[key], "\(list) \(key)") }
    }
  }

  @Test("what the program pays is found to be as due, whatever the list's form")
  func asDue() throws {
    let bench = try bench()
    #expect(!bench.ask("payments into own.csv").haveFailed)
    let own = try bench.object("audit", "audit own.csv")
    #expect(entries(own).allSatisfy { $0.finding == "as_due" } && entries(own).count == 7)
    let names = try audit(
      "姓名,身份证号,项目,金额,日期\n张三,522401199001010116,就业补贴,1000,2022年6月1日\n", bench)
    #expect(entries(names).map(\.finding).sorted() == ["as_due", "not_paid", "not_paid", "not_paid", "not_paid"])
    // By the month, by the year, without a day.
    for (head, cell) in [(",所属月份", ",2022年6月"), (",年度", ",2022"), ("", "")] {
      let one = try audit("姓名,项目,金额\(head)\n张三,就业补贴,1000\(cell)\n", bench)
      #expect(entries(one).first?.finding == "as_due", "\(head): \(entries(one))")
    }
  }

  @Test("each planted mistake is found once")
  func planted() throws {
    let bench = try bench()
    let found = try audit(
      """
      姓名,身份证号,项目,金额,日期
      张三,522401199001010116,就业补贴,1000,2022-06-01
      张三,522401199001010116,就业补贴,1000,2022-06-01
      李四,522401199002010126,就业补贴,900,2022-06-01
      王五,522401199003010136,就业补贴,1000,2022-08-01
      赵六,522401199004010146,就业补贴,1000,2022-06-01
      褚卫,,就业补贴,1000,2022-06-01
      郑一,,就业补贴,1000,2022-06-01
      郑一,522401199008010186,培训补贴,1000,2022-06-01

      """, bench)
    let entries = entries(found)
    #expect(
      entries.map(\.finding) == [
        "as_due", "paid_twice", "other_amount", "other_date", "not_due", "matches_nobody", "unclear", "unclear",
        "not_paid", "not_paid",
      ])
    #expect(entries[1].why == "line 2 has paid it")
    #expect(entries[3].why == "61 days after it was due")
    #expect(entries[4].why.contains("stayed 3 months") && entries[4].why.contains("days short"), "\(entries[4].why)")
    #expect(entries[6].why.contains("h5 郑一") && entries[6].why.contains("h6 郑一"))
    #expect(entries[7].why.contains("no measure is called `培训补贴`"))
    #expect(
      entries[8].why == "line 8, 9 may be it" && entries[9].why == "line 8 may be it", "\(entries[8]) \(entries[9])")
    #expect(text(found["paid"]) == "7900.00" && text(found["matched"]) == "2900.00")
    let late = try audit("姓名,项目,金额,日期\n王五,就业补贴,1000,2022-08-01\n", bench, "within 61 days")
    #expect(self.entries(late).first?.finding == "as_due")
    let later = try audit("姓名,项目,金额,日期\n王五,就业补贴,1000,2022-08-01\n", bench, "within 60 days")
    #expect(self.entries(later).first?.finding == "other_date")
  }

  @Test("names and numbers that do not go together are said, not guessed")
  func people() throws {
    let bench = try bench()
    let found = try audit(
      """
      姓名,身份证号,项目,金额
      张三,522401199002010126,就业补贴,1000
      张三,522401199001010999,就业补贴,1000
      李四儿,522401199002010126,就业补贴,1000
      李四,522401199002010126,就业补贴,1000

      """, bench)
    let entries = entries(found)
    #expect(entries.prefix(4).map(\.finding) == ["unclear", "unclear", "as_due", "paid_twice"])
    #expect(entries[0].why == "the number is 李四's, the name is somebody else's")
    #expect(entries[1].why == "the facts have the name under another number")
    #expect(entries[2].why.contains("the facts have the number as 李四"))
    guard case .array(let names)? = found["names"] else {
      Issue.record("no names")
      return
    }
    #expect(names.count == 1 && text(names.first?["known"]) == "李四")
    let told = text(names.first?["names"])
    #expect(told.contains("李四儿 (line 4)"))
  }

  @Test("one line may be several payments of one beneficiary; another sum is another amount")
  func together() throws {
    let bench = try bench()
    let right = try audit("单位名称,金额\n红星人力,400\n", bench, "for fee")
    #expect(entries(right).map(\.finding) == ["as_due"] && entries(right)[0].why == "2 payments together")
    let wrong = try audit("单位名称,金额\n红星人力,700\n", bench, "for fee")
    #expect(entries(wrong).map(\.finding) == ["other_amount"])
    #expect(text(wrong["too_much"]) == "300.00")
    let twice = try audit("单位名称,金额\n红星人力,400\n红星人力,400\n", bench, "for fee")
    #expect(entries(twice).map(\.finding) == ["as_due", "paid_twice"])
    // The origin of a worker is not stated: nobody can say whether the fee is due for them.
    let open = try audit("单位名称,姓名,金额\n红星人力,王五,200\n", bench, "for fee")
    #expect(entries(open).first?.finding == "undetermined", "\(entries(open))")
  }

  @Test("a list without a measure may mean any; where two fit it says so")
  func measures() throws {
    let bench = try bench()
    let one = try audit("姓名,金额\n张三,1000\n", bench)
    #expect(entries(one).first?.finding == "as_due")
    // Both measures have a payment for the record, of amounts that differ; neither is 500.
    let none = try audit("对应记录,金额\nh1,500\n", bench)
    #expect(entries(none).first?.finding == "unclear")
    #expect(entries(none).first?.why == "it may be grant or fee")
    // That one of both has been paid is no sign that this line is the other.
    let left = try audit("对应记录,项目,金额\nh1,就业补贴,1000\nh1,,500\n", bench)
    #expect(entries(left).prefix(2).map(\.finding) == ["as_due", "unclear"], "\(entries(left))")
  }

  @Test("what is paid again later, where the measure asks for more, is not due by what fails; else it is paid twice")
  func later() throws {
    let more = Self.rules.replacing(
      "measure fee zh",
      with: """
        measure steps zh 分段奖励
          title "Reward in two steps" zh "分段奖励"
          article "三"
          kind agency_steps zh 分段奖励
          param amount zh 每段奖励 = 300 yuan "each step" zh "每段奖励"
          for each agency
          count first zh 首段人员 = hires of agency where stable for 3 months on completion of 3 months
          count second zh 二段人员 = first where stable for 6 months on completion of 6 months
          pay agency amount for each first
          pay agency amount for each second

        measure fee zh
        """)
    let people = Self.scenario.replacing(
      "520502, start: 2022-03-01}\n  - {id: h3",
      with: "520502, start: 2022-03-01, end: 2022-07-10}\n  - {id: h3")
    let bench = try Bench(people, policies: [more])
    bench.session.folder = bench.path("")
    let found = try audit(
      """
      单位名称,姓名,项目,金额,日期
      红星人力,张三,分段奖励,300,2022-06-01
      红星人力,张三,分段奖励,300,2022-09-01
      红星人力,张三,分段奖励,300,2022-11-01
      红星人力,李四,分段奖励,300,2022-06-01
      红星人力,李四,分段奖励,300,2022-09-01
      红星人力,李四,分段奖励,300,2022-06-01

      """, bench)
    let entries = entries(found)
    #expect(
      entries.prefix(6).map(\.finding) == ["as_due", "as_due", "paid_twice", "as_due", "not_due", "paid_twice"],
      "\(entries)")
    #expect(entries[4].why.contains("not met for h2") && entries[4].why.contains("line 5"), "\(entries[4].why)")
  }

  @Test("one list against several scenarios: each line where it fits, and who was paid in more than one")
  func across() throws {
    let bench = try bench()
    // The same two people at another firm's register; 周八 is only there.
    let other = Self.scenario.replacing("scenario: 核对 · Audit", with: "scenario: 另一处 · Elsewhere")
      .replacing("start: 2022-03-01", with: "start: 2022-05-01").replacing(
        "worker: 郑一, worker_id: 522401199008010186", with: "worker: 周八, worker_id: 522401199108010196")
    try other.write(toFile: bench.path("other.yaml"), atomically: true, encoding: .utf8)
    let first = try #require(bench.session.state.current)
    #expect(!bench.ask("load other.yaml as other").haveFailed)
    let list = """
      姓名,身份证号,项目,金额,日期
      张三,522401199001010116,就业补贴,1000,2022-06-01
      张三,522401199001010116,就业补贴,1000,2022-08-01
      李四,522401199002010126,就业补贴,1000,2022-06-01
      周八,522401199108010196,就业补贴,1000,2022-08-01
      张三,522401199001010116,就业补贴,1000,2022-08-01

      """
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let answer = try #require(bench.ask("audit paid.csv against settling across \(first), other").last)
    let records = answer.json
    #expect(records.count == 3)
    let joint = try #require(records.first)
    guard case .array(let persons)? = joint["persons"] else {
      Issue.record("no persons: \(joint)")
      return
    }
    #expect(persons.count == 1 && text(persons.first?["name"]) == "张三", "\(persons)")
    #expect(text(joint["paid"]) == "5000.00")
    let found = records.dropFirst().map { entries($0).filter { $0.finding != "not_paid" }.map(\.finding) }
    #expect(found.map(\.count).reduce(0, +) == 5 && found.flatMap(\.self).count { $0 == "paid_twice" } == 1, "\(found)")
    for record in records.dropFirst() { try addsUp(record) }
    #expect(bench.ask("audit paid.csv across other").haveFailed)
    #expect(bench.ask("核对 paid.csv 跨情景 other，没有这个").haveFailed)
  }

  @Test("a workbook has a sheet for each finding, and its formulas come to its figures")
  func workbook() throws {
    let bench = try bench()
    try "姓名,项目,金额,日期\n张三,就业补贴,1000,2022-06-01\n张三,就业补贴,1000,2022-06-01\n赵六,就业补贴,1000,2022-06-01\n".write(
      toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let answers = bench.ask("audit paid.csv into found.xlsx")
    #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let bytes = try Data(contentsOf: URL(filePath: bench.path("found.xlsx")))
    #expect(bytes.starts(with: [0x50, 0x4B]))
  }
}
