// Lists of payments that stand for one another: lump sums, instalments, several sheets, other names of one beneficiary,
// and what was asked besides. However the same money is listed, it comes to the same.

import Answers
import Diagnostics
import Foundation
import Testing
import View
import Workbooks

@testable import Workbench

@Suite("The same payments in other lists")
struct PaidListTests {
  private static let rules = """
    ```policy
    document settling
      title "Grants" zh "补贴办法"
      jurisdiction 350112
      window from 2022-01-01 to 2023-12-31

    measure fee zh 机构服务费
      title "Fee for agencies" zh "机构服务补助"
      article "一"
      kind agency_reward
      for each hire
      where agency is given and stable for 3 months
      pay agency 200 yuan on completion of 3 months
    ```
    """

  /// Two hundred yuan each for 红星人力, due on 2022-06-01, 2022-07-01 and 2023-02-01; one for 蓝天人力.
  private static let scenario = """
    scenario: 核对 · Audit
    district: 350112
    as_of: 2023-12-31
    documents: [settling]
    enterprises:
      - {id: k, name: 甲厂, district: 350112}
    agencies:
      - {id: q, name: 红星人力, district: 350112}
      - {id: r, name: 蓝天人力, district: 350112}
    hires:
      - {id: h1, worker: 张三, worker_id: 522401199001010116, enterprise: k, agency: q, start: 2022-03-01}
      - {id: h2, worker: 李四, worker_id: 522401199002010126, enterprise: k, agency: q, start: 2022-04-01}
      - {id: h3, worker: 王五, worker_id: 522401199003010136, enterprise: k, agency: q, start: 2022-11-01}
      - {id: h4, worker: 赵六, worker_id: 522401199004010146, enterprise: k, agency: r, start: 2022-03-01}
    """

  private func bench() throws -> Bench {
    let bench = try Bench(Self.scenario, policies: [Self.rules])
    bench.session.folder = bench.path("")
    return bench
  }

  private func write(_ list: String, _ bench: Bench, as name: String = "paid.csv") throws {
    try list.write(toFile: bench.path(name), atomically: true, encoding: .utf8)
  }

  private func audit(_ list: String, _ more: String = "") throws -> JSONValue {
    let bench = try bench()
    try write(list, bench)
    return try bench.object("audit", "audit paid.csv \(more)")
  }

  private func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }

  private func rows(_ value: JSONValue?) -> [JSONValue] { if case .array(let rows)? = value { rows } else { [] } }

  /// The findings of lines, in their order.
  private func lines(_ audit: JSONValue) -> [(finding: String, why: String)] {
    rows(audit["entries"]).filter { $0["line"]?.line != "null" }.sorted {
      (Int($0["line"]?.line ?? "") ?? 0) < (Int($1["line"]?.line ?? "") ?? 0)
    }.map { (text($0["finding"]), text($0["why"])) }
  }

  @Test("a column for each month is payments of that month, as lines of their own say")
  func months() throws {
    let months = """
      2022年服务费发放表,,,,,
      序号,机构,姓名,6月,7月（元）,合计
      1,红星人力,张三,200,-,200
      2,红星人力,李四,,200,200
      3,蓝天人力,赵六,200,0,300
      合计,,,400,200,600

      """
    let lines = "机构,姓名,金额,发放月份\n红星人力,张三,200,2022-06\n红星人力,李四,200,2022-07\n蓝天人力,赵六,200,2022-06\n"
    let (found, same) = (try audit(months), try audit(lines))
    for key in ["paid", "due", "findings"] where same[key] != nil {
      #expect(found[key]?.line == same[key]?.line, "\(key): \(found.line)")
    }
    #expect(self.lines(found).map(\.finding) == self.lines(same).map(\.finding))
    let bench = try bench()
    try write(months, bench)
    let told = bench.ask("核对 paid.csv").flatMap(\.diagnostics).filter { $0.code == "paid-months" }
    #expect(told.first?.message.zh.contains("共 3 笔") == true, "\(told.map(\.message.zh))")
    // The total of the third row is not that of its months.
    #expect(told.contains { $0.severity == .warning && $0.message.zh.contains("300") }, "\(told.map(\.message.zh))")
  }

  @Test("what was not due, or paid twice, and was taken back by a later line comes to nothing")
  func takenBack() throws {
    let head = "机构,姓名,金额,发放日期\n"
    for (list, paid) in [
      ("红星人力,王二,200,2022-06-01\n红星人力,王二,-200,2022-07-01\n", "0.00"),
      ("红星人力,张三,200,2022-06-01\n红星人力,张三,200,2022-06-08\n红星人力,张三,-200,2022-06-20\n", "200.00"),
    ] {
      let found = try audit(head + list)
      #expect(text(found["paid"]) == paid, "\(found.line)")
      #expect(lines(found).filter { $0.finding == "reversed" }.count == 2, "\(lines(found))")
      #expect(!lines(found).contains { ["not_due", "twice"].contains($0.finding) }, "\(lines(found))")
    }
    // What is taken back before it was paid, or another amount, is a fault still.
    let other = try audit(head + "红星人力,王二,200,2022-06-01\n红星人力,王二,-100,2022-07-01\n")
    #expect(!lines(other).contains { $0.finding == "reversed" }, "\(lines(other))")
  }

  @Test("a row of units below the headings, and a unit above them, are those of the amounts")
  func units() throws {
    let plain = try audit("机构,姓名,金额,发放日期\n红星人力,张三,200,2022-06-01\n")
    for head in ["机构,姓名,金额,发放日期\n,,万元,\n", "机构,姓名,发放情况（万元）,\n机构,姓名,金额,发放日期\n"] {
      let found = try audit(head + "红星人力,张三,0.02,2022-06-01\n")
      #expect(found["paid"]?.line == plain["paid"]?.line, "\(head): \(found.line)")
      #expect(lines(found).map(\.finding) == lines(plain).map(\.finding), "\(head): \(lines(found))")
    }
  }

  @Test("of months without a year is asked which it is; a month that is no amount is told of")
  func yearless() throws {
    let list = "机构,姓名,一月份,二月份\n红星人力,张三,200,\n红星人力,李四,,照旧\n"
    let bench = try bench()
    try write(list, bench)
    let refused = bench.ask("audit paid.csv").flatMap(\.diagnostics).filter { $0.severity == .error }
    #expect(refused.contains { $0.hint?.en.contains("constant year = ") == true }, "\(refused.map(\.message.en))")
    let told = bench.ask("audit paid.csv constant year = 2022").flatMap(\.diagnostics)
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.en))")
    #expect(told.contains { $0.code == "not-money" })
    let one = bench.ask("audit paid.csv columns 一月份 = amount").flatMap(\.diagnostics)
    #expect(!one.contains { $0.severity == .error })
  }

  @Test("one line for payments of several years moves each from its own, as separate lines do")
  func years() throws {
    func outturn(_ list: String) throws -> [String] {
      let bench = try bench()
      try write(list, bench)
      return rows(try bench.object("outturn", "outturn paid.csv")["rows"]).map { row in
        ["year", "paid", "count", "rate", "timing", "rest"].map { text(row[$0]) }.joined(separator: " ")
      }
    }
    let each = try outturn(
      """
      机构,姓名,金额,日期
      红星人力,张三,200,2022-12-20
      红星人力,李四,200,2022-12-20
      红星人力,王五,200,2022-12-20

      """)
    #expect(
      each == ["2022 600.00 -200.00 0.00 200.00 0.00", "2023 0.00 0.00 0.00 -200.00 0.00"], "\(each)")
    #expect(try outturn("机构,金额,日期\n红星人力,600,2022-12-20\n") == each)
    // Halves of one payment, the second in the next year, are one payment.
    let halves = try outturn("机构,姓名,金额,日期\n蓝天人力,赵六,100,2022-06-01\n蓝天人力,赵六,100,2023-01-10\n")
    #expect(halves.last == "2023 100.00 -200.00 0.00 100.00 0.00", "\(halves)")
    #expect(halves.first?.hasSuffix(" -100.00 0.00") == true, "\(halves)")
  }

  @Test("a line for several payments says from when to when it is late, and `within` holds the greatest")
  func late() throws {
    let list = "机构,金额,日期\n红星人力,400,2022-12-20\n"
    let found = try audit(list)
    let entry = try #require(rows(found["entries"]).first { $0["line"]?.line == "2" })
    #expect(text(entry["finding"]) == "other_date")
    #expect(text(entry["why"]) == "2 payments together; 172 to 202 days after they were due", "\(text(entry["why"]))")
    #expect(text(entry["due_from"]) == "2022-06-01" && text(entry["due_to"]) == "2022-07-01")
    #expect(lines(try audit(list, "within 201 days")).map(\.finding) == ["other_date"])
    #expect(lines(try audit(list, "within 202 days")).map(\.finding) == ["as_due"])
  }

  @Test("instalments that come to what is due are that, and none of them is paid twice or too little")
  func instalments() throws {
    let head = "机构,姓名,金额,日期\n"
    let exact = try audit(head + "红星人力,张三,100,2022-06-01\n红星人力,张三,100,2022-07-01\n")
    #expect(lines(exact).map(\.finding) == ["as_due", "other_date"], "\(lines(exact))")
    #expect(text(exact["matched"]) == "200.00" && text(exact["too_little"]) == "0.00" && text(exact["twice"]) == "0.00")
    #expect(lines(exact)[1].why == "line 2, 3 together are the 200.00 that are due; 30 days after it was due")
    let little = try audit(head + "红星人力,张三,100,2022-06-01\n红星人力,张三,50,2022-06-01\n")
    #expect(lines(little).map(\.finding) == ["other_amount", "other_amount"] && text(little["too_little"]) == "50.00")
    let much = try audit(head + "红星人力,张三,150,2022-06-01\n红星人力,张三,150,2022-06-01\n")
    #expect(text(much["too_much"]) == "100.00" && text(much["twice"]) == "0.00" && text(much["matched"]) == "200.00")
    // What comes after all is paid is not due.
    let more = try audit(
      head + "红星人力,张三,100,2022-06-01\n红星人力,张三,100,2022-06-02\n红星人力,张三,100,2022-06-03\n")
    #expect(lines(more).map(\.finding) == ["as_due", "other_date", "not_due"], "\(lines(more))")
    // Three lines for two payments.
    let three = try audit("机构,金额\n红星人力,150\n红星人力,150\n红星人力,100\n")
    #expect(lines(three).map(\.finding) == ["as_due", "as_due", "as_due"] && text(three["matched"]) == "400.00")
  }

  @Test("a beneficiary stands once for each measure, by whatever name lines call them")
  func once() throws {
    let found = try audit(
      """
      机构,姓名,金额,日期
      红星人力,张三,200,2022-06-01
      红星人力,赵六,200,2022-06-01
      蓝天人力,张三,200,2022-06-01

      """)
    let keys = rows(found["beneficiaries"]).map { text($0["beneficiary"]) + " " + text($0["measure"]) }
    #expect(Set(keys).count == keys.count && keys.count == 2, "\(keys)")
  }

  @Test("sheets are read as one list when all are named; a line is told by its sheet")
  func sheets() throws {
    let bench = try bench()
    var bytes: [UInt8] = []
    let writer = try WorkbookWriter(WorkbookWriter.Properties(title: "", program: "")) { bytes += $0 }
    for (name, people) in [("6月", ["张三"]), ("7月", ["李四", "张三"])] {
      try writer.begin(WorkbookWriter.Layout(name: name, widths: []))
      for row in [["机构", "姓名", "金额", "日期"]] + people.map({ ["红星人力", $0, "200", "2022-07-01"] }) {
        try writer.add(row.map { WorkbookWriter.Cell(.text($0)) })
      }
    }
    try writer.finish()
    try Data(bytes).write(to: URL(filePath: bench.path("paid.xlsx")))
    let one = try #require(bench.ask("audit paid.xlsx").last)
    let told = try #require(one.diagnostics.first { $0.severity == .warning && $0.message.zh.contains("7月") })
    #expect(told.hint?.en.contains("`paid.xlsx#6月, paid.xlsx#7月`") == true, "\(told)")
    for command in ["audit paid.xlsx#6月, paid.xlsx#7月", "核对 paid.xlsx#6月，paid.xlsx#7月"] {
      let both = try bench.object("audit", command)
      #expect(text(both["paid"]) == "600.00" && rows(both["files"]).count == 2)
      let twice = try #require(rows(both["entries"]).first { text($0["finding"]) == "paid_twice" })
      #expect(text(twice["list"]) == "paid.xlsx#7月" && text(twice["why"]) == "line 2 of paid.xlsx#6月 has paid it")
    }
    #expect(text(try bench.object("outturn", "outturn paid.xlsx#6月, paid.xlsx#7月")["paid"]) == "600.00")
    #expect(bench.ask("audit paid.xlsx#6月, paid.xlsx#6月").haveFailed)
  }

  @Test("what an audit was asked besides, and what it let pass, stands in the answer and for programs")
  func bounds() throws {
    let bench = try bench()
    try write("机构,姓名,金额,日期\n红星人力,张三,200,2022-08-01\n", bench)
    let command = "audit paid.csv for fee within 100 days from 2022-01-01 to 2022-12-31"
    let answer = try #require(bench.ask(command).last)
    let shown = MarkdownRenderer(language: .en).render(answer.document)
    #expect(shown.contains("up to 100 days late") && shown.contains("from 2022-01-01 to 2022-12-31"), "\(shown)")
    #expect(shown.contains("1 line, 200.00; the latest by 61 days"), "\(shown)")
    let json = try #require(answer.json.first)
    #expect(json["within_days"]?.line == "100" && text(json["missed_from"]) == "2022-01-01")
    #expect(text(json["missed_to"]) == "2022-12-31" && text(json["for"]).hasSuffix("fee"))
    #expect(lines(json).map(\.why) == ["61 days after it was due"])
    let book = try #require(answer.book?().sheets.first)
    let prose = book.parts.compactMap { if case .block(let block) = $0 { block } else { nil } }
    #expect(MarkdownRenderer(language: .zh).render(Document(prose)).contains("不超过 100 天"))
    // An outturn has no use for days, and says so.
    #expect(bench.ask("outturn paid.csv from 2022-01-01 to 2022-12-31").haveFailed)
    #expect(bench.ask("outturn paid.csv across 核对, 核对").haveFailed)
    #expect(text(try bench.object("outturn", "outturn paid.csv for fee")["for"]).hasSuffix("fee"))
  }

  @Test("what is offered for cells that cannot be read is a command that reads them")
  func remedies() throws {
    let bench = try bench()
    try write("机构,姓名,金额,日期\n红星人力,张三,200,2022年6月\n", bench)
    let told = bench.ask("audit paid.csv").flatMap(\.diagnostics).compactMap(\.hint)
    #expect(told.contains { $0.zh.contains("各列 日期 = 发放月份") }, "\(told)")
    #expect(!told.contains { $0.zh.contains("该清单的") || $0.en.contains("the list's") })
    for more in ["columns 日期 = month", "各列 日期 = 发放月份", "dates \"first of month\"", "日期写法 按当月1日"] {
      let found = bench.ask("audit paid.csv \(more)")
      #expect(found.flatMap(\.json).last.map { lines($0).map(\.finding) } == ["as_due"], "\(more)")
    }
    try write("机构,姓名,金额,日期\n红星人力,张三,200,1/6/2022\n", bench)
    let either = bench.ask("audit paid.csv").flatMap(\.diagnostics).compactMap(\.hint)
    #expect(either.contains { $0.en.contains("or add `dates \"") }, "\(either)")
    #expect(lines(try bench.object("audit", "audit paid.csv dates \"day first\"")).map(\.finding) == ["as_due"])
    try write("机构,姓名,金额,日期\n红星人力,张三,照旧,2022-06-01\n", bench)
    let cell = try bench.object("audit", "audit paid.csv 单元格 照旧 = 200")
    #expect(lines(cell).map(\.finding) == ["as_due"])
    #expect(bench.ask("audit paid.csv constant 颜色 = 红").haveFailed)
  }

  @Test("a bank's list is read by its headings, and one with a column for each month is told what to do")
  func banks() throws {
    let found = try audit("户名,账号,交易金额,交易日期,摘要\n蓝天人力,6222020200001111222,200.00,2022-06-01,奖补\n", "for fee")
    #expect(lines(found).map(\.finding) == ["as_due"], "\(lines(found))")
    let bench = try bench()
    try write("姓名,3月,4月,合计\n张三,200,,200\n", bench)
    let told = bench.ask("audit paid.csv").flatMap(\.diagnostics)
    #expect(told.first?.code == "paid-columns" && told.first?.message.zh.contains("“3月”“4月”") ?? false, "\(told)")
    #expect(told.first?.hint?.zh.contains("常量 年度 = 2022") ?? false)
    #expect(!bench.ask("audit paid.csv 各列 3月 = 金额").haveFailed)
    try write("姓名,到手的\n张三,200\n", bench)
    #expect(bench.ask("audit paid.csv").flatMap(\.diagnostics).first?.hint?.zh.contains("各列 到手的 = 金额") ?? false)
  }

  @Test("a file of values says what was asked, and a Chinese one its findings in words")
  func values() throws {
    let bench = try bench()
    try write("机构,姓名,金额,日期\n红星人力,张三,200,2022-08-01\n", bench)
    bench.ask("audit paid.csv for fee within 100 days into \"\(bench.path("en.csv"))\"")
    let english = try String(contentsOfFile: bench.path("en.csv"), encoding: .utf8)
    #expect(english.contains(",asked") && english.contains("up to 100 days late passes"), "\(english)")
    bench.session.language = .zh
    bench.ask("核对 paid.csv 措施 机构服务费 存入 \"\(bench.path("zh.csv"))\"")
    let chinese = try String(contentsOfFile: bench.path("zh.csv"), encoding: .utf8)
    #expect(chinese.contains("核对范围") && chinese.contains("应付未付") && !chinese.contains("not_paid"), "\(chinese)")
  }
}
